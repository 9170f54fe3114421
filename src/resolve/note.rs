//! The order of notes, and their anchors.
//!
//! In: the tree. Out: which notes are printed, in the order of their numbers: that of the first references
//! in the text, then those that only other notes refer to. Never loops on notes that refer to each other.

mod group;
mod language;

pub(super) use language::inherit;

use std::collections::HashMap;

use super::anchor::Anchors;
use super::count::numeral;
use super::info::{NoteGroup, NoteInfo, NoteReferenceInfo};
use super::number::Numbers;
use super::reading::{self, Place, Read};
use super::resolved::SideTable;
use crate::document::{Document, Inline, InlineKind, NodeId, Visit, walk_blocks};
use crate::project::AnnexNotes;

/// Positions in [`Document::notes`] of those that are printed, in the order of their numbers.
pub(super) fn order(document: &Document) -> Vec<usize> {
    let index = positions(document);
    let mut order = Order { index: &index, seen: vec![false; document.notes.len()], order: Vec::new() };
    for part in &document.parts {
        walk_blocks(&part.blocks, &mut order);
    }
    let mut next = 0;
    while let Some(&note) = order.order.get(next) {
        walk_blocks(&document.notes[note].blocks, &mut order);
        next += 1;
    }
    order.order
}

fn positions(document: &Document) -> HashMap<NodeId, usize> {
    document.notes.iter().enumerate().map(|(index, note)| (note.id, index)).collect()
}

struct Order<'i> {
    index: &'i HashMap<NodeId, usize>,
    seen: Vec<bool>,
    order: Vec<usize>,
}

impl Visit<'_> for Order<'_> {
    fn inline(&mut self, inline: &Inline) {
        if let InlineKind::Note(id) = &inline.kind
            && let Some(&index) = self.index.get(id)
            && !std::mem::replace(&mut self.seen[index], true)
        {
            self.order.push(index);
        }
    }
}

/// What was decided about notes.
pub(super) struct Notes {
    pub(super) notes: Vec<NoteInfo>,
    pub(super) groups: Vec<NoteGroup>,
    pub(super) references: SideTable<NoteReferenceInfo>,
}

/// Numbers notes in that order and gives places to them and to what refers to them.
pub(super) fn resolve(
    document: &Document,
    order: &[usize],
    numbers: &Numbers<'_>,
    numbering: AnnexNotes,
    anchors: &mut Anchors,
) -> Notes {
    let mut notes = Vec::new();
    let mut by_id = HashMap::new();
    for (&index, number) in order.iter().zip(1u32..) {
        let id = document.notes[index].id;
        let anchor = anchors.reserve(&format!("note-{number}"));
        by_id.insert(id, number);
        notes.push(NoteInfo { id, index, number, label: String::new(), ordinal: 0, anchor, references: Vec::new() });
    }
    let groups = group::groups(document, order, numbers, numbering, &by_id);
    for group in &groups {
        for (&number, ordinal) in group.numbers.iter().zip(1..) {
            let note = &mut notes[number as usize - 1];
            (note.ordinal, note.label) = (ordinal, numeral(ordinal, group.style));
        }
    }
    let mut references = References { notes, by_id, anchors, found: SideTable::default() };
    reading::read(document, order, &mut references);
    Notes { notes: references.notes, groups, references: references.found }
}

struct References<'s> {
    notes: Vec<NoteInfo>,
    by_id: HashMap<NodeId, u32>,
    anchors: &'s mut Anchors,
    found: SideTable<NoteReferenceInfo>,
}

impl<'a> Read<'a> for References<'_> {
    fn inline(&mut self, inline: &'a Inline, _place: &Place<'a>) {
        let InlineKind::Note(id) = &inline.kind else { return };
        let Some(&number) = self.by_id.get(id) else {
            let anchor = self.anchors.reserve("note-ref");
            let label = "[^?]".to_owned();
            self.found
                .insert(inline.id, NoteReferenceInfo { number: None, label, anchor, first: false, was_first: false });
            return;
        };
        let note = &mut self.notes[number as usize - 1];
        let first = note.references.is_empty();
        let wanted = match note.references.len() {
            0 => format!("note-ref-{number}"),
            before => format!("note-ref-{number}-{}", before + 1),
        };
        let anchor = self.anchors.reserve(&wanted);
        note.references.push(anchor.clone());
        let label = note.label.clone();
        let info = NoteReferenceInfo { number: Some(number), label, anchor, first, was_first: first };
        self.found.insert(inline.id, info);
    }
}
