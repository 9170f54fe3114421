//! What a watcher tells of a build after the first: what is new, and how much has gone.

use std::collections::BTreeMap;

use super::super::{summary, terminal};
use super::{Messages, in_order};
use crate::diag::{Code, Diagnostic, Diagnostics, Place, Severity};

/// What was told of a build, whatever lines it stood on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in super::super) struct Told(BTreeMap<(Severity, Code, String, String), usize>);

impl Told {
    /// What is told of these.
    pub(in super::super) fn of(messages: &Messages<'_>, diagnostics: &Diagnostics) -> Self {
        let mut told = Self::default();
        for diagnostic in in_order(diagnostics) {
            *told.0.entry(key(messages, diagnostic)).or_default() += 1;
        }
        told
    }

    /// Whether something of these words was told, wherever it stood.
    pub(in super::super) fn holds(&self, severity: Severity, words: &str) -> bool {
        self.0.keys().any(|(told, _, _, message)| *told == severity && message == words)
    }

    /// What was told elsewhere was told.
    pub(in super::super) fn add(&mut self, other: Option<&Self>) {
        for (key, times) in other.iter().flat_map(|other| &other.0) {
            let known = self.0.entry(key.clone()).or_default();
            *known = (*known).max(*times);
        }
    }

    /// Those that were not told before: of several alike, the last.
    pub(in super::super) fn new_ones(&self, messages: &Messages<'_>, diagnostics: &Diagnostics) -> Diagnostics {
        let mut before = self.0.clone();
        let mut new = Diagnostics::new();
        for diagnostic in in_order(diagnostics) {
            match before.get_mut(&key(messages, diagnostic)) {
                Some(times) if *times > 0 => *times -= 1,
                Some(_) | None => new.push(diagnostic.clone()),
            }
        }
        new
    }

    /// Tells people of another build what is new since these were told, and how much has gone.
    pub(in super::super) fn tell_since(&self, messages: &Messages<'_>, diagnostics: &Diagnostics, now: &Self) {
        messages.write(&self.new_ones(messages, diagnostics));
        let gone = |severity| self.gone(now, severity);
        if let Some(gone) = summary::counts(gone(Severity::Error), gone(Severity::Warning)) {
            terminal::message(&format!("mended since the last build: {gone}"));
        }
    }

    /// How many of a severity were told before and are told no longer.
    pub(in super::super) fn gone(&self, now: &Self, severity: Severity) -> usize {
        let of = self.0.iter().filter(|((told, ..), _)| *told == severity);
        of.map(|(key, times)| times.saturating_sub(now.0.get(key).copied().unwrap_or_default())).sum()
    }
}

fn key(messages: &Messages<'_>, diagnostic: &Diagnostic) -> (Severity, Code, String, String) {
    let file = match &diagnostic.place {
        Place::Span(span) => messages.sources[span.file].path().to_owned(),
        Place::Path(path) => path.clone(),
        Place::Nowhere => String::new(),
    };
    (diagnostic.severity(messages.status), diagnostic.code, file, diagnostic.message.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::MessageFormat;
    use crate::diag::Status;
    use crate::source::{Sources, Span};

    #[test]
    fn what_is_new_is_told_and_what_has_gone_is_counted() {
        let mut sources = Sources::default();
        let file = sources.add("a.md", "one\ntwo\nthree\n");
        let format = MessageFormat::Human;
        let messages = Messages { format, sources: &sources, status: Status::Draft, prefix: String::new() };
        let build = |found: &[(usize, &str)]| {
            let mut diagnostics = Diagnostics::new();
            for (at, message) in found {
                diagnostics.push(Diagnostic::new(Code::DeadLink, Span::new(file, *at, at + 1), *message));
            }
            diagnostics
        };
        let before = Told::of(&messages, &build(&[(0, "a"), (1, "b"), (2, "b")]));
        let now = build(&[(3, "a"), (4, "b"), (5, "b"), (6, "b"), (7, "c")]);
        let new: Vec<String> = before.new_ones(&messages, &now).iter().map(|found| found.message.clone()).collect();
        assert_eq!(new, ["b", "c"]);
        let after = Told::of(&messages, &build(&[(9, "b")]));
        assert_eq!(before.gone(&after, Severity::Warning), 2);
        assert_eq!(before.gone(&after, Severity::Error), 0);
    }
}
