//! Diagnostics as text: for people, for programs, for a workflow's annotations.

mod github;
mod human;
mod json;

use std::collections::HashSet;
use std::path::Path;

use super::terminal::{self, printable};
use super::{MessageFormat, exit::Exit};
use crate::diag::{Diagnostic, Diagnostics, Place, Severity, Status};
use crate::source::{LineColumn, Sources, Span};

/// What diagnostics are written with.
#[derive(Debug, Clone)]
pub(super) struct Messages<'a> {
    pub(super) format: MessageFormat,
    pub(super) sources: &'a Sources,
    pub(super) status: Status,
    /// The project's root as seen from the folder that the user is in; empty where they are the same.
    pub(super) prefix: String,
}

impl Messages<'_> {
    /// Writes each once: those about whole files first, then by place.
    pub(super) fn write(&self, diagnostics: &Diagnostics) {
        for diagnostic in in_order(diagnostics) {
            let text = match self.format {
                MessageFormat::Human => human::render(self, diagnostic),
                MessageFormat::Json => json::render(self, diagnostic),
                MessageFormat::Github => github::render(self, diagnostic),
            };
            terminal::message(&text);
        }
    }

    /// How many there are of a severity.
    pub(super) fn count(&self, diagnostics: &Diagnostics, severity: Severity) -> usize {
        in_order(diagnostics).into_iter().filter(|found| found.severity(self.status) == severity).count()
    }

    /// How the command ends after them.
    pub(super) fn exit(&self, diagnostics: &Diagnostics) -> Exit {
        Exit::of(diagnostics, self.status)
    }

    /// A path beneath the project, as the user would type it.
    fn path(&self, path: &str) -> String {
        let path = if path.is_empty() { "." } else { path };
        printable(&match (self.prefix.as_str(), path) {
            ("", path) => path.to_owned(),
            (prefix, ".") => prefix.to_owned(),
            (prefix, path) => format!("{prefix}/{path}"),
        })
    }

    /// Path, first place and place after the last, as far as a diagnostic has them.
    fn location(&self, place: &Place) -> Option<Location> {
        match place {
            Place::Span(span) => Some(self.span_location(*span)),
            Place::Path(path) => Some(Location { path: self.path(path), range: None }),
            Place::Nowhere => None,
        }
    }

    fn span_location(&self, span: Span) -> Location {
        let file = &self.sources[span.file];
        let range = (file.line_column(span.start), file.line_column(span.end));
        Location { path: self.path(file.path()), range: Some(range) }
    }
}

struct Location {
    path: String,
    range: Option<(LineColumn, LineColumn)>,
}

/// The project's root as seen from a folder: relative where it lies beneath, else absolute.
pub(super) fn prefix(root: &Path, here: &Path) -> String {
    let shown = here.canonicalize().ok().and_then(|here| root.strip_prefix(here).ok().map(Path::to_owned));
    shown.unwrap_or_else(|| root.to_owned()).to_string_lossy().replace('\\', "/")
}

fn in_order(diagnostics: &Diagnostics) -> Vec<&Diagnostic> {
    let mut seen = HashSet::new();
    let mut ordered: Vec<&Diagnostic> = diagnostics.iter().filter(|diagnostic| seen.insert(*diagnostic)).collect();
    ordered.sort_by_key(|diagnostic| match &diagnostic.place {
        Place::Nowhere => (0, None),
        Place::Path(_) => (1, None),
        Place::Span(span) => (2, Some(*span)),
    });
    ordered
}

fn severity_name(severity: Severity) -> &'static str {
    match severity {
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}
