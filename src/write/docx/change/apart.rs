//! What stands between neighbours that Word would join, each version for itself.

use super::super::writer::{Last, Writer};
use super::Track;
use crate::document::{Side, StandingKind};

impl<'a> Writer<'a> {
    /// What was written last, for what comes next in the same version.
    pub fn wrote(&mut self, last: Last) {
        self.changes.written_last = last;
        match self.changes.side() {
            Some(Side::Old) => self.changes.old_last = last,
            Some(Side::New) => self.last = last,
            None => (self.last, self.changes.old_last) = (last, last),
        }
    }

    /// What was written last in the version of what comes.
    pub fn last_here(&self) -> Last {
        if self.changes.is_gone() { self.changes.old_last } else { self.last }
    }

    /// Keeps apart what Word would join: in each version for itself, and where neighbours are of different ones.
    pub fn keep_apart(&mut self, joins: impl Fn(Last) -> bool) {
        let side = self.changes.side();
        let old = side != Some(Side::New) && joins(self.changes.old_last);
        let new = side != Some(Side::Old) && joins(self.last);
        let one_sided = side.is_none() && self.changes.redline && old != new;
        if let (true, Some(nearest)) = (one_sided, self.changes.nearest) {
            let kind = StandingKind::on(if old { Side::Old } else { Side::New });
            self.within(Some(Track { kind, ..nearest }), Self::gap);
        } else if old || new {
            self.gap();
        } else if self.changes.redline && joins(self.changes.written_last) {
            self.ghost();
        }
    }

    /// The change that was met last, as one that stands on a side; `None` where none was met.
    pub fn nearest_on(&self, side: Side) -> Option<Option<Track<'a>>> {
        let nearest = self.changes.nearest?;
        Some(Some(Track { kind: StandingKind::on(side), ..nearest }))
    }

    /// A paragraph that is in neither version.
    fn ghost(&mut self) {
        let (last, old) = (self.last, self.changes.old_last);
        self.changes.ghost = true;
        self.unmarked(Self::gap);
        (self.last, self.changes.old_last) = (last, old);
    }
}
