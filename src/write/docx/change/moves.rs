//! Which moves Word can be told of: both ends whole paragraphs of the report's own flow. Half a move makes Word refuse the file, and a reference to a note
//! cannot stand in two places, so that all others are written as deleted here and inserted there.

use std::collections::{BTreeMap, BTreeSet};

use super::super::writer::Writer;
use super::super::xml::{Build, revision_name};
use super::Track;
use crate::document::{
    Block, BlockKind, Change, Inline, InlineKind, PartKind, StandingKind, Visit, walk_block, walk_blocks,
};
use crate::resolve::ResolvedDocument;

/// Moves that are written as such.
#[derive(Debug, Default)]
pub(super) struct Moves {
    safe: BTreeSet<u32>,
}

/// What is known of a move.
#[derive(Default)]
struct Ends {
    /// Rows of neighbours that are the one end or the other.
    groups: [usize; 2],
    /// Blocks at the top.
    blocks: usize,
    /// Marks anywhere.
    marks: usize,
    refused: bool,
}

impl Moves {
    /// Those of a report.
    pub fn of(doc: &ResolvedDocument) -> Self {
        let mut found: BTreeMap<u32, Ends> = BTreeMap::new();
        let last = doc.document.parts.iter().flat_map(|part| &part.blocks).last().map(|block| block.id);
        for part in &doc.document.parts {
            let mut before = None;
            for block in &part.blocks {
                let moved = Track::of(&block.change).and_then(|track| Some((end(track.kind)?, track.mark.number)));
                if let Some((at, number)) = moved {
                    let ends = found.entry(number).or_default();
                    ends.blocks += 1;
                    ends.groups[at] += usize::from(before != moved);
                    ends.refused |= part.kind == PartKind::Cover || Some(block.id) == last || !is_text(block);
                }
                before = moved;
            }
        }
        let mut marks = Marks(BTreeMap::new());
        doc.document.parts.iter().for_each(|part| walk_blocks(&part.blocks, &mut marks));
        doc.document.notes.iter().for_each(|note| walk_blocks(&note.blocks, &mut marks));
        for (number, count) in marks.0 {
            found.entry(number).or_default().marks = count;
        }
        let safe = |ends: &Ends| ends.groups == [1, 1] && ends.blocks == ends.marks && !ends.refused;
        Self { safe: found.into_iter().filter(|(_, ends)| safe(ends)).map(|(number, _)| number).collect() }
    }

    /// Whether a move is written as one.
    pub fn is_safe(&self, number: u32) -> bool {
        self.safe.contains(&number)
    }
}

/// Which end of a move, if it is one.
fn end(kind: StandingKind) -> Option<usize> {
    match kind {
        StandingKind::MovedFrom => Some(0),
        StandingKind::MovedTo => Some(1),
        StandingKind::Inserted | StandingKind::Deleted => None,
    }
}

/// How often each move is marked.
struct Marks(BTreeMap<u32, usize>);

impl Visit<'_> for Marks {
    fn change(&mut self, change: &Change) {
        if let Some(standing) = change.standing.as_ref().filter(|standing| end(standing.kind).is_some()) {
            *self.0.entry(standing.mark.number).or_default() += 1;
        }
    }
}

/// Whether a block is paragraphs alone, and refers to no note.
fn is_text(block: &Block) -> bool {
    struct Text(bool);
    impl Visit<'_> for Text {
        fn block(&mut self, block: &Block) {
            self.0 &= matches!(block.kind, BlockKind::Paragraph(_) | BlockKind::Heading(_) | BlockKind::List(_));
        }

        fn inline(&mut self, inline: &Inline) {
            self.0 &= !matches!(inline.kind, InlineKind::Note(_));
        }
    }
    let mut text = Text(true);
    walk_block(block, &mut text);
    text.0
}

impl<'a> Writer<'a> {
    /// The range of one end of a move begins, if one does: the block before is not of it.
    pub fn begin_move(&mut self, before: Option<&'a Block>, block: &'a Block) -> Option<u32> {
        let track = Track::of(&block.change).filter(|track| end(self.changes.kind(*track)).is_some())?;
        if before.is_some_and(|before| same(before, block)) {
            return None;
        }
        let (revision, name) = (self.revision(track.mark), format!("move{}", track.mark.number));
        let element = format!("{}RangeStart", revision_name(track.kind));
        let attributes = revision.attributes();
        let mut attributes: Vec<_> =
            attributes.iter().map(|(name, value)| (*name, value as &dyn std::fmt::Display)).collect();
        attributes.push(("w:name", &name));
        self.empty(&element, &attributes);
        Some(revision.id)
    }

    /// It ends, if the block behind is not of it.
    pub fn end_move(&mut self, range: &mut Option<u32>, block: &'a Block, next: Option<&'a Block>) {
        if next.is_some_and(|next| same(block, next)) {
            return;
        }
        if let (Some(id), Some(track)) = (range.take(), Track::of(&block.change)) {
            self.empty(&format!("{}RangeEnd", revision_name(track.kind)), &[("w:id", &id)]);
        }
    }
}

/// Whether two blocks are of one end.
fn same(one: &Block, other: &Block) -> bool {
    let of = |block: &Block| Track::of(&block.change).map(|track| (track.kind, track.mark.number));
    of(one) == of(other)
}
