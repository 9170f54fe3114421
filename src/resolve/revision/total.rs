//! Changes counted.

use std::collections::BTreeMap;

use super::{ChangeInfo, ChangeKind, RevisionInfo};

/// What the changes of a section, or all of them, come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Total {
    /// Changes.
    pub changes: usize,
    /// Words that came.
    pub added: usize,
    /// Words that went.
    pub removed: usize,
}

impl Total {
    /// Of some changes.
    pub fn of<'c>(changes: impl Iterator<Item = &'c ChangeInfo>) -> Self {
        let mut total = Self::default();
        changes.for_each(|change| total.add(change));
        total
    }

    fn add(&mut self, change: &ChangeInfo) {
        self.changes += 1;
        self.added += change.added;
        self.removed += change.removed;
    }
}

impl RevisionInfo {
    /// All changes.
    pub fn total(&self) -> Total {
        Total::of(self.changes.iter())
    }

    /// How many changes there are of each kind that there is.
    pub fn kinds(&self) -> Vec<(ChangeKind, usize)> {
        let count = |kind: ChangeKind| self.changes.iter().filter(|change| change.kind == kind).count();
        ChangeKind::ALL.into_iter().map(|kind| (kind, count(kind))).filter(|(_, count)| *count > 0).collect()
    }

    /// The changes of each section that has some, in the order of the sections; what stands before the first comes first, as `None`.
    pub fn sections_changed(&self) -> Vec<(Option<usize>, Total)> {
        self.totals(|section| section)
    }

    /// The same by chapters.
    pub fn chapters_changed(&self) -> Vec<(Option<usize>, Total)> {
        self.totals(|section| self.sections[section].chapter)
    }

    fn totals(&self, of: impl Fn(usize) -> usize) -> Vec<(Option<usize>, Total)> {
        let mut totals: BTreeMap<Option<usize>, Total> = BTreeMap::new();
        for change in &self.changes {
            totals.entry(change.section.map(&of)).or_default().add(change);
        }
        totals.into_iter().collect()
    }
}
