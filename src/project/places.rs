use std::collections::BTreeMap;

use crate::diag::Place;
use crate::source::{FileId, Span};

/// Where in `rapporteur.toml` each value stands, by its dotted key (`report.isbn`, `drafts.order.0`).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Places {
    spans: BTreeMap<String, Span>,
    file: Option<FileId>,
}

impl Places {
    /// Of one file, none yet.
    pub(super) fn of_file(file: FileId) -> Self {
        Self { spans: BTreeMap::new(), file: Some(file) }
    }

    pub(super) fn insert(&mut self, key: String, span: Span) {
        self.spans.insert(key, span);
    }

    /// From now on what stands at `other`, and beneath it, stands for `key` and what is beneath that.
    pub(super) fn stand_for(&mut self, key: &str, other: &str) {
        let moved = |name: &String| {
            let rest = name.strip_prefix(other).filter(|rest| rest.is_empty() || rest.starts_with('.'))?;
            Some(format!("{key}{rest}"))
        };
        let spans: Vec<(String, Span)> =
            self.spans.iter().filter_map(|(name, span)| Some((moved(name)?, *span))).collect();
        self.spans.extend(spans);
    }

    /// A value's place; without one, the configuration's beginning; without a configuration, nowhere.
    pub fn place(&self, key: &str) -> Place {
        let span = self.span(key).or_else(|| self.file.map(|file| Span::new(file, 0, 0)));
        span.map_or(Place::Nowhere, Place::Span)
    }

    /// The configuration, if there is one.
    pub fn file(&self) -> Option<FileId> {
        self.file
    }

    /// A value's span, where the configuration gives it.
    pub fn span(&self, key: &str) -> Option<Span> {
        self.spans.get(key).copied()
    }
}
