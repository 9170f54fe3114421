//! Notes: by where they are referred to.
//!
//! In: pairs of notes whose references stand in the same place of both versions. Out: the notes of both: the new ones, each
//! compared with the one that it was, and those of the old version that nothing refers to any more.

use std::collections::HashMap;

use super::words::{Bag, alike};
use super::{Work, block, canon, mark};
use crate::document::{
    Block, Change, Document, Inline, InlineKind, NodeId, Note, Side, StandingKind, Visit, VisitMut, walk_blocks,
    walk_blocks_mut,
};

/// Which old note a new one was.
#[derive(Default)]
pub(super) struct Pairs {
    /// In the order in which they were found.
    found: Vec<(NodeId, NodeId)>,
    was: HashMap<NodeId, NodeId>,
    is: HashMap<NodeId, NodeId>,
}

impl Pairs {
    pub(super) fn len(&self) -> usize {
        self.found.len()
    }

    pub(super) fn truncate(&mut self, len: usize) {
        for (old, new) in self.found.drain(len..) {
            self.is.remove(&old);
            self.was.remove(&new);
        }
    }
}

/// Notes that are less alike than this are two.
const LEAST: f64 = 0.2;

impl Work<'_> {
    /// Takes two notes for one; whether they can be.
    pub(super) fn pair_notes(&mut self, old: NodeId, new: NodeId) -> bool {
        match (self.notes.is.get(&old), self.notes.was.get(&new)) {
            (Some(is), Some(_)) if *is == new => return true,
            (None, None) => {}
            (Some(_), _) | (None, Some(_)) => return false,
        }
        let bag = |note: Option<&&Note>| note.map(|note| Bag::of_blocks(&note.blocks)).unwrap_or_default();
        if alike(&bag(self.old_notes.get(&old)), &bag(self.new_notes.get(&new))) < LEAST {
            return false;
        }
        self.notes.found.push((old, new));
        self.notes.is.insert(old, new);
        self.notes.was.insert(new, old);
        true
    }

    /// The same for all notes of two blocks that say the same; none is taken if one cannot be.
    pub(super) fn pair_all_notes(&mut self, old: &Block, new: &Block) -> bool {
        self.pair_notes_of(std::slice::from_ref(old), std::slice::from_ref(new))
    }

    /// The same for several.
    pub(super) fn pair_notes_of(&mut self, old: &[Block], new: &[Block]) -> bool {
        let point = self.notes.len();
        let (old, new) = (canon::notes_of(old), canon::notes_of(new));
        let all = old.len() == new.len() && old.into_iter().zip(new).all(|(old, new)| self.pair_notes(old, new));
        if !all {
            self.notes.truncate(point);
        }
        all
    }
}

/// Gives the document the notes of both versions, and leads every reference to one of them.
pub(super) fn notes(work: &mut Work<'_>, document: &mut Document) {
    // Notes that came and went as a whole within text that is the same elsewhere.
    let mut done = 0;
    let mut blocks: HashMap<NodeId, Vec<Block>> = HashMap::new();
    // Comparing two notes may pair those that they refer to.
    while let Some(&(old, new)) = work.notes.found.get(done) {
        done += 1;
        if let (Some(old), Some(now)) = (work.old_notes.get(&old).copied(), work.new_notes.get(&new).copied()) {
            let both = block::blocks(work, &old.blocks, &now.blocks);
            blocks.insert(new, both);
        }
    }
    for note in &mut document.notes {
        if let Some(both) = blocks.remove(&note.id) {
            note.blocks = both;
        }
    }
    let mut references = References { first_old: work.first_old, is: &work.notes.is };
    document.parts.iter_mut().for_each(|part| walk_blocks_mut(&mut part.blocks, &mut references));
    document.notes.iter_mut().for_each(|note| walk_blocks_mut(&mut note.blocks, &mut references));
    let mut at = 0;
    let mut met = Met::default();
    document.parts.iter().for_each(|part| met.blocks(&part.blocks));
    document
        .notes
        .iter()
        .filter(|note| work.notes.was.contains_key(&note.id))
        .for_each(|note| met.blocks(&note.blocks));
    // What refers to a note that came or went says which change it is of.
    while let Some((id, number)) = met.found.get(at).copied() {
        at += 1;
        if id >= work.first_old {
            let Some(note) = work.old_notes.get(&id) else { continue };
            if document.notes.iter().all(|note| note.id != id) {
                let mut note = (*note).clone();
                walk_blocks_mut(&mut note.blocks, &mut references);
                stand(&mut note.blocks, Side::Old, number);
                met.blocks(&note.blocks);
                document.notes.push(note);
            }
        } else if !work.notes.was.contains_key(&id)
            && let Some(note) = document.notes.iter_mut().find(|note| note.id == id)
            && note.blocks.iter().all(|block| block.change.is_none())
        {
            stand(&mut note.blocks, Side::New, number);
            met.blocks(&note.blocks);
        }
    }
}

/// All of a note stands in one version.
fn stand(blocks: &mut [Block], side: Side, number: Option<u32>) {
    let Some(number) = number else { return };
    for block in blocks {
        block.change = Change::stands(StandingKind::on(side), mark(number));
    }
}

/// References to a note of the old version that is one of the new lead to that.
struct References<'w> {
    first_old: NodeId,
    is: &'w HashMap<NodeId, NodeId>,
}

impl VisitMut for References<'_> {
    fn inline(&mut self, inline: &mut Inline) {
        if let InlineKind::Note(id) = &mut inline.kind
            && *id >= self.first_old
            && let Some(is) = self.is.get(id)
        {
            *id = *is;
        }
    }
}

/// References to notes, with the number of what they stand in.
#[derive(Default)]
struct Met {
    found: Vec<(NodeId, Option<u32>)>,
    /// The standing that was met last.
    number: Option<u32>,
}

impl Met {
    fn blocks(&mut self, blocks: &[Block]) {
        walk_blocks(blocks, self);
    }
}

impl Visit<'_> for Met {
    fn change(&mut self, change: &Change) {
        if let Some(standing) = &change.standing {
            self.number = Some(standing.mark.number);
        }
    }

    fn inline(&mut self, inline: &Inline) {
        if let InlineKind::Note(id) = inline.kind {
            self.found.push((id, self.number));
        }
    }
}
