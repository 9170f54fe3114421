//! Diagnostics with their places spelled out, so that they outlive the sources that they were found in.

use std::collections::HashSet;
use std::sync::Arc;

use super::state::SourcePlace;
use crate::diag::{self, Diagnostic, Diagnostics, Place, Severity};
use crate::source::{Sources, Span};

/// Something found in the drafts.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Finding {
    /// How bad it is, at the report's status.
    pub severity: Severity,
    /// Its stable name, `dead-link`.
    pub code: &'static str,
    /// One line, in the writer's words.
    pub message: String,
    /// Where, if it has a place; line and column are 1 where it concerns a whole file.
    pub place: Option<SourcePlace>,
    /// The line of the place as typed, and the characters of it that are meant; `None` for whole files.
    pub excerpt: Option<Excerpt>,
    /// Other places that matter, each with what it is.
    pub related: Vec<(SourcePlace, String)>,
    /// What to do about it.
    pub hints: Vec<String>,
}

/// A line of a draft.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Excerpt {
    /// Without its end; cut around the place where it is very long.
    pub text: String,
    /// The characters that are meant, half open.
    pub marked: std::ops::Range<usize>,
}

/// Why the last good state is still shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The first error's message, or what else is in the way.
    pub message: String,
    /// Where it is.
    pub place: Option<SourcePlace>,
    /// How many more errors there are.
    pub more: usize,
}

impl Fault {
    /// One that has no place.
    pub(super) fn alone(message: impl Into<String>) -> Self {
        Self { message: message.into(), place: None, more: 0 }
    }

    /// The program's own.
    pub(super) fn defect() -> Self {
        Self::alone("this is a defect of rapporteur; please report it with the drafts")
    }

    /// Something without a word.
    pub(super) fn of_layout() -> Self {
        Self::alone("the pages cannot be laid out")
    }
}

/// Characters of a line that are shown around a place.
const WIDEST_EXCERPT: usize = 240;

/// Each diagnostic once: those about whole files first, then by place.
pub(super) fn findings(diagnostics: &Diagnostics, sources: &Sources, status: diag::Status) -> Arc<[Finding]> {
    let mut seen = HashSet::new();
    let mut ordered: Vec<&Diagnostic> = diagnostics.iter().filter(|diagnostic| seen.insert(*diagnostic)).collect();
    ordered.sort_by_key(|diagnostic| match &diagnostic.place {
        Place::Nowhere => (0, None),
        Place::Path(_) => (1, None),
        Place::Span(span) => (2, Some(*span)),
    });
    ordered.into_iter().map(|diagnostic| finding(diagnostic, sources, status)).collect()
}

/// What a banner says of findings; `None` if none of them is an error.
pub(super) fn fault(findings: &[Finding]) -> Option<Fault> {
    let mut errors = findings.iter().filter(|finding| finding.severity == Severity::Error);
    let first = errors.next()?;
    Some(Fault { message: first.message.clone(), place: first.place.clone(), more: errors.count() })
}

fn finding(diagnostic: &Diagnostic, sources: &Sources, status: diag::Status) -> Finding {
    let (place, excerpt) = match &diagnostic.place {
        Place::Nowhere => (None, None),
        Place::Path(path) => (Some(SourcePlace { path: path.as_str().into(), line: 1, column: 1 }), None),
        Place::Span(span) => (Some(place(*span, sources)), Some(excerpt(*span, sources))),
    };
    Finding {
        severity: diagnostic.severity(status),
        code: diagnostic.code.slug(),
        message: diagnostic.message.clone(),
        place,
        excerpt,
        related: diagnostic.related.iter().map(|(span, label)| (self::place(*span, sources), label.clone())).collect(),
        hints: diagnostic.hints.clone(),
    }
}

/// Where a span begins.
pub(super) fn place(span: Span, sources: &Sources) -> SourcePlace {
    let file = &sources[span.file];
    let at = file.line_column(span.start);
    SourcePlace { path: file.path().into(), line: at.line, column: at.column }
}

/// Looks at no more of a line than it shows: a draft can be one line, with thousands of places in it.
fn excerpt(span: Span, sources: &Sources) -> Excerpt {
    let file = &sources[span.file];
    let (text, lines) = (file.text(), file.lines());
    let line = file.line_column(span.start).line;
    let from = lines.line_start(line);
    let until = if line < lines.count() { lines.line_start(line + 1) } else { text.len() };
    let whole = text.get(from..until).unwrap_or_default().trim_end_matches(['\n', '\r']);
    let within = |offset: usize| whole.ceil_char_boundary(offset.saturating_sub(from));
    let start = within(span.range().start);
    let end = within(span.range().end).max(start);
    let fits = whole[..end].chars().nth(WIDEST_EXCERPT).is_none();
    let before = whole[..start].char_indices().rev().map(|(at, _)| at);
    let first = if fits { 0 } else { before.take(WIDEST_EXCERPT / 4).last().unwrap_or(start) };
    let characters = |until: usize| whole[first..until].chars().take(WIDEST_EXCERPT).count();
    Excerpt { text: whole[first..].chars().take(WIDEST_EXCERPT).collect(), marked: characters(start)..characters(end) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_excerpt_of_a_long_line_is_cut_around_the_place() {
        let long = "é".repeat(1000);
        let typed = format!("first\r\n{long}Ω{long}\r\nlast");
        let mut sources = Sources::default();
        let file = sources.add("a.md", typed.as_str());
        let omega = typed.find('Ω').expect("it is typed");
        for (range, text, marked) in [
            (0..2, "first".to_owned(), 0..2),
            (5..7, "first".to_owned(), 5..5),
            (7..11, "é".repeat(240), 0..2),
            (omega..omega + 2, format!("{}Ω{}", "é".repeat(60), "é".repeat(179)), 60..61),
            (omega..typed.len(), format!("{}Ω{}", "é".repeat(60), "é".repeat(179)), 60..240),
            (typed.len() - 1..typed.len(), "last".to_owned(), 3..4),
            (typed.len()..typed.len(), "last".to_owned(), 4..4),
        ] {
            let found = excerpt(Span::new(file, range.start, range.end), &sources);
            assert_eq!(found, Excerpt { text, marked }, "{range:?}");
        }
    }
}
