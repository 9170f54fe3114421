//! Diagnostics as text: for people, for programs, for a workflow's annotations.

mod change;
mod findings;
mod github;
mod human;
mod json;
mod table;

use std::collections::{BTreeMap, HashSet};
use std::path::Path;

pub(super) use change::Told;
pub(super) use findings::Findings;
pub(super) use github::Allowance;

use super::terminal::{self, Stream, printable};
use super::{MessageFormat, exit::Exit};
use crate::diag::{Code, Diagnostic, Diagnostics, Place, Severity, Status};
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

/// Of each kind so many are shown to people; programs get all.
const MOST_SHOWN: usize = 100;

impl Messages<'_> {
    /// Writes each once to standard error: those about whole files first, then by place.
    pub(super) fn write(&self, diagnostics: &Diagnostics) {
        self.tell(diagnostics, Stream::Error);
    }

    /// The same, to where it is asked for.
    pub(super) fn tell(&self, diagnostics: &Diagnostics, stream: Stream) {
        let ordered = in_order(diagnostics);
        let lines = match self.format {
            MessageFormat::Human => self.for_people(&ordered, stream),
            MessageFormat::Json => ordered.iter().map(|found| json::render(self, found)).collect(),
            MessageFormat::Github => {
                github::annotations(&ordered.iter().map(|found| (self, *found)).collect::<Vec<_>>())
            }
        };
        lines.iter().for_each(|line| terminal::tell(stream, line));
    }

    fn for_people(&self, ordered: &[&Diagnostic], stream: Stream) -> Vec<String> {
        let mut met: BTreeMap<Code, usize> = BTreeMap::new();
        let mut lines = Vec::new();
        for diagnostic in ordered {
            let met = met.entry(diagnostic.code).or_default();
            *met += 1;
            if *met <= MOST_SHOWN {
                lines.push(human::render(self, diagnostic, stream));
            }
        }
        let others = met.into_iter().filter_map(others);
        lines.extend(others.map(|others| human::render(self, &others, stream)));
        lines
    }

    /// How many there are of a severity.
    pub(super) fn count(&self, diagnostics: &Diagnostics, severity: Severity) -> usize {
        in_order(diagnostics).into_iter().filter(|found| found.severity(self.status) == severity).count()
    }

    /// How the command ends after them.
    pub(super) fn exit(&self, diagnostics: &Diagnostics) -> Exit {
        Exit::of(diagnostics, self.status)
    }

    /// A path beneath the project, as the user would type it. Files of the program itself lie in no folder.
    fn path(&self, path: &str) -> String {
        let path = if path.is_empty() { "." } else { path };
        printable(&match (self.prefix.as_str(), path) {
            (_, path) if path.starts_with("rapporteur:") => path.to_owned(),
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

/// What stands for those of a kind that are not shown.
fn others((code, met): (Code, usize)) -> Option<Diagnostic> {
    let others = met.checked_sub(MOST_SHOWN).filter(|others| *others > 0)?;
    let message = format!("and {} more like this", grouped(others));
    Some(Diagnostic::at(code, Place::Nowhere, message).hint("`--message-format json` lists every one"))
}

/// "4,980".
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let groups = digits.as_bytes().rchunks(3).rev().map(String::from_utf8_lossy);
    groups.collect::<Vec<_>>().join(",")
}

fn in_order(diagnostics: &Diagnostics) -> Vec<&Diagnostic> {
    let mut seen = HashSet::new();
    let mut ordered: Vec<&Diagnostic> = diagnostics.iter().filter(|diagnostic| seen.insert(*diagnostic)).collect();
    ordered.sort_by_key(|diagnostic| match &diagnostic.place {
        Place::Nowhere => (0, None, None),
        Place::Path(path) => (1, Some(path.as_str()), None),
        Place::Span(span) => (2, None, Some(*span)),
    });
    ordered
}

fn severity_name(severity: Severity) -> &'static str {
    match severity {
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST_SHOWN, grouped, others};
    use crate::diag::Code;

    #[test]
    fn what_is_not_shown_is_counted() {
        assert_eq!(others((Code::DeadLink, MOST_SHOWN)), None);
        let message = others((Code::DeadLink, MOST_SHOWN + 4_980)).expect("there are more").message;
        assert_eq!(message, "and 4,980 more like this");
        assert_eq!([7, 999, 1_000, 1_234_567].map(grouped), ["7", "999", "1,000", "1,234,567"]);
    }
}
