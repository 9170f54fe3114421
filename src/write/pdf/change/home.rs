//! Which part of a document each change begins in, or was moved to: parts are generated side by side, and a change has one place.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::{Change, Inline, InlineKind, NodeId, StandingKind, Visit, walk_blocks};
use crate::resolve::ResolvedDocument;

/// By the number of a change, the part that it begins in, by its position; nothing of a document without marks.
pub(in crate::write::pdf) fn homes(doc: &ResolvedDocument) -> BTreeMap<u32, usize> {
    let mut homes = Homes { doc, part: 0, notes: Vec::new(), found: BTreeMap::new(), moved: BTreeSet::new() };
    for (at, part) in doc.document.parts.iter().enumerate() {
        homes.part = at;
        walk_blocks(&part.blocks, &mut homes);
        // Notes of notes come with them.
        while let Some(note) = homes.notes.pop() {
            let Some(note) = doc.document.notes.iter().find(|other| other.id == note) else { continue };
            walk_blocks(&note.blocks, &mut homes);
        }
    }
    homes.found
}

struct Homes<'d> {
    doc: &'d ResolvedDocument,
    part: usize,
    notes: Vec<NodeId>,
    found: BTreeMap<u32, usize>,
    /// Those whose new place was met.
    moved: BTreeSet<u32>,
}

impl Visit<'_> for Homes<'_> {
    fn change(&mut self, change: &Change) {
        for mark in change.marks() {
            self.found.entry(mark.number).or_insert(self.part);
        }
        if let Some(standing) = change.standing.as_ref().filter(|standing| standing.kind == StandingKind::MovedTo)
            && self.moved.insert(standing.mark.number)
        {
            self.found.insert(standing.mark.number, self.part);
        }
    }

    fn inline(&mut self, inline: &Inline) {
        let InlineKind::Note(note) = inline.kind else { return };
        if self.doc.note_references.get(inline.id).is_some_and(|info| info.first) {
            self.notes.push(note);
        }
    }
}
