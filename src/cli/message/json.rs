//! One object a line.

use serde::Serialize;

use super::{Location, Messages, severity_name};
use crate::cli::terminal;
use crate::diag::Diagnostic;
use crate::source::LineColumn;

#[derive(Serialize)]
struct Message<'a> {
    code: &'a str,
    severity: &'a str,
    message: &'a str,
    file: Option<String>,
    line: Option<usize>,
    column: Option<usize>,
    end: Option<End>,
    hints: &'a [String],
    related: Vec<Related<'a>>,
}

/// The place after the last character.
#[derive(Serialize)]
struct End {
    line: usize,
    column: usize,
}

#[derive(Serialize)]
struct Related<'a> {
    message: &'a str,
    file: String,
    line: Option<usize>,
    column: Option<usize>,
}

/// One diagnostic.
pub(super) fn render(messages: &Messages<'_>, diagnostic: &Diagnostic) -> String {
    let location = messages.location(&diagnostic.place);
    let range = location.as_ref().and_then(|location| location.range);
    let related = diagnostic.related.iter().map(|(span, label)| {
        let Location { path, range } = messages.span_location(*span);
        let (line, column) = line_and_column(range);
        Related { message: label, file: path, line, column }
    });
    let (line, column) = line_and_column(range);
    let message = Message {
        code: diagnostic.code.slug(),
        severity: severity_name(diagnostic.severity(messages.status)),
        message: &diagnostic.message,
        line,
        column,
        end: range.map(|(_, end)| End { line: end.line, column: end.column }),
        file: location.map(|location| location.path),
        hints: &diagnostic.hints,
        related: related.collect(),
    };
    terminal::json(&message)
}

fn line_and_column(range: Option<(LineColumn, LineColumn)>) -> (Option<usize>, Option<usize>) {
    range.map(|(start, _)| (start.line, start.column)).unzip()
}
