//! The properties of a paragraph in a redline: whether its end stands in both versions, and what it was.

use super::super::writer::Writer;
use super::super::xml::{ParagraphChange, ParagraphProperties, RunProperties, Tracked};
use super::{Joined, Track};
use crate::document::{Mark, Side, StandingKind};

impl<'a> Writer<'a> {
    /// What a redline says of a paragraph whose properties are known; `was` are those that it had in the old version.
    pub fn revise(&mut self, properties: &mut ParagraphProperties, was: Option<ParagraphProperties>) {
        if !self.changes.redline {
            return;
        }
        let (ghost, end) = (std::mem::take(&mut self.changes.ghost), self.changes.end.take());
        let ends = self.changes.standing.or(end);
        if let Some(track) = ends {
            self.changes.announce_next(track.mark);
            properties.ends.push(self.tracked(track));
        } else if let (true, Some(nearest)) = (ghost, self.changes.nearest) {
            for kind in [StandingKind::Inserted, StandingKind::Deleted] {
                properties.ends.push(Tracked { kind, revision: self.revision(nearest.mark) });
            }
        }
        let was = was.map(|was| ParagraphProperties {
            spacing: properties.spacing,
            page_break_before: properties.page_break_before,
            keep_next: properties.keep_next,
            ..was
        });
        let was = self.join(properties, was, end);
        if let Some(was) = was.filter(|was| !same_base(was, properties)) {
            self.record(properties, was);
        }
    }

    /// All that are one in a version have the same properties there: those of the first.
    fn join(
        &mut self,
        properties: &mut ParagraphProperties,
        was: Option<ParagraphProperties>,
        end: Option<Track<'a>>,
    ) -> Option<ParagraphProperties> {
        let mut was = was;
        match self.changes.joined.take() {
            Some(Joined { side: Side::Old, properties: first }) => was = Some(first),
            Some(Joined { side: Side::New, properties: first }) => {
                let own = was.unwrap_or_else(|| properties.clone());
                *properties = ParagraphProperties { ends: std::mem::take(&mut properties.ends), ..first };
                was = Some(own);
            }
            None => {}
        }
        if let Some(end) = end {
            let side = end.kind.side().other();
            let of = match side {
                Side::Old => was.as_ref().unwrap_or(properties),
                Side::New => &*properties,
            };
            let bare = ParagraphProperties { ends: Vec::new(), change: None, section: None, ..of.clone() };
            self.changes.joined = Some(Joined { side, properties: bare });
        }
        was
    }

    /// Records what a paragraph was, by the change that was met last.
    pub(super) fn record(&mut self, properties: &mut ParagraphProperties, was: ParagraphProperties) {
        let Some(nearest) = self.changes.nearest else { return };
        let revision = self.revision(nearest.mark);
        let was = ParagraphProperties {
            ends: Vec::new(),
            change: None,
            section: None,
            mark: RunProperties::default(),
            ..was
        };
        properties.change = Some(Box::new(ParagraphChange { revision, was }));
    }

    /// A change that what is recorded before any other belongs to; its number is said where it stands.
    pub fn near(&mut self, mark: &'a Mark) {
        self.changes.nearest.get_or_insert(Track { kind: StandingKind::Inserted, mark });
    }

    /// A change that is recorded with what follows: [`Self::record`] takes it for its own.
    pub fn meet(&mut self, mark: &'a Mark, side: Side) {
        self.changes.nearest = Some(Track { kind: StandingKind::on(side), mark });
        self.changes.announce_next(mark);
    }
}

/// Whether two paragraphs look the same, their ends aside.
pub(super) fn same_base(one: &ParagraphProperties, other: &ParagraphProperties) -> bool {
    let bare = |of: &ParagraphProperties| ParagraphProperties {
        ends: Vec::new(),
        change: None,
        section: None,
        mark: RunProperties::default(),
        ..of.clone()
    };
    bare(one) == bare(other)
}
