//! Which notes count together.
//!
//! In: the tree, the order of notes, the configuration. Out: [`NoteGroup`]s: the report's notes first, then those of
//! each annex, if annexes have their own. A note belongs to where it is first referred to; one that only other notes
//! refer to, to where the first of them belongs.

use std::collections::HashMap;

use super::super::info::{HeadingPlace, NoteGroup};
use super::super::number::{NumberedHeading, Numbers};
use super::super::reading::{self, Flow, Place, Read};
use crate::document::{
    Block, BlockKind, Document, HeadingLevel, Inline, InlineKind, NodeId, OrderedStyle, Part, PartKind, plain_text,
};
use crate::project::AnnexNotes;

/// The groups. Without notes of their own, annexes have none.
pub(super) fn groups(
    document: &Document,
    order: &[usize],
    numbers: &Numbers<'_>,
    numbering: AnnexNotes,
    by_id: &HashMap<NodeId, u32>,
) -> Vec<NoteGroup> {
    let report = NoteGroup { heading: None, title: None, style: OrderedStyle::Decimal, numbers: Vec::new() };
    let mut groups = vec![report];
    if numbering == AnnexNotes::Letters {
        groups.extend(annexes(numbers));
    }
    let begins = groups.iter().enumerate().filter_map(|(at, group)| Some((group.heading?, at))).collect();
    let mut found = Found { begins, by_id, at: 0, of: vec![None; order.len()] };
    reading::read(document, order, &mut found);
    for (number, at) in (1..).zip(found.of) {
        groups[at.unwrap_or_default()].numbers.push(number);
    }
    groups
}

/// A group for each annex.
fn annexes(numbers: &Numbers<'_>) -> Vec<NoteGroup> {
    let first = HeadingLevel::new(1);
    let own = numbers.headings.iter().filter(|heading| {
        heading.place == HeadingPlace::Annex && heading.level == first && heading.top && !heading.empty
    });
    let group = |heading: &NumberedHeading<'_>| {
        let number = heading.number.as_ref().map(|number| number.printed.trim_end_matches('.').to_owned());
        let title = number.unwrap_or_else(|| plain_text(heading.content));
        let heading = Some(heading.block.id);
        NoteGroup { heading, title: Some(title), style: OrderedStyle::LowerAlpha, numbers: Vec::new() }
    };
    own.map(group).collect()
}

struct Found<'s> {
    /// Groups by the heading at which they begin.
    begins: HashMap<NodeId, usize>,
    by_id: &'s HashMap<NodeId, u32>,
    /// The group of what is being read.
    at: usize,
    /// The group of each note, by its number.
    of: Vec<Option<usize>>,
}

impl<'a> Read<'a> for Found<'_> {
    fn part(&mut self, part: &'a Part) {
        if part.kind != PartKind::Annex {
            self.at = 0;
        }
    }

    fn note(&mut self, number: u32) {
        self.at = self.of[number as usize - 1].unwrap_or_default();
    }

    fn block(&mut self, block: &'a Block, place: &Place<'a>) {
        if place.flow == Flow::Top
            && matches!(block.kind, BlockKind::Heading(_))
            && let Some(&at) = self.begins.get(&block.id)
        {
            self.at = at;
        }
    }

    fn inline(&mut self, inline: &'a Inline, _place: &Place<'a>) {
        if let InlineKind::Note(id) = &inline.kind
            && let Some(&number) = self.by_id.get(id)
        {
            self.of[number as usize - 1].get_or_insert(self.at);
        }
    }
}
