//! The order of notes, and their anchors.
//!
//! In: the tree. Out: which notes are printed, in the order of their numbers: that of the first references
//! in the text, then those that only other notes refer to. Never loops on notes that refer to each other.

use std::collections::HashMap;

use super::anchor::Anchors;
use super::info::{NoteInfo, NoteReferenceInfo};
use super::reading::{self, Place, Read};
use super::resolved::SideTable;
use crate::document::{Document, Inline, InlineKind, NodeId, Visit, walk_blocks};

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

/// Numbers notes in that order and gives places to them and to what refers to them.
pub(super) fn resolve(
    document: &Document,
    order: &[usize],
    anchors: &mut Anchors,
) -> (Vec<NoteInfo>, SideTable<NoteReferenceInfo>) {
    let mut notes = Vec::new();
    let mut numbers = HashMap::new();
    for (&index, number) in order.iter().zip(1u32..) {
        let id = document.notes[index].id;
        let anchor = anchors.reserve(&format!("note-{number}"));
        numbers.insert(id, number);
        notes.push(NoteInfo { id, index, number, anchor, references: Vec::new() });
    }
    let mut references = References { notes, numbers, anchors, found: SideTable::default() };
    reading::read(document, order, &mut references);
    (references.notes, references.found)
}

struct References<'s> {
    notes: Vec<NoteInfo>,
    numbers: HashMap<NodeId, u32>,
    anchors: &'s mut Anchors,
    found: SideTable<NoteReferenceInfo>,
}

impl<'a> Read<'a> for References<'_> {
    fn inline(&mut self, inline: &'a Inline, _place: &Place<'a>) {
        let InlineKind::Note(id) = &inline.kind else { return };
        let Some(&number) = self.numbers.get(id) else {
            let anchor = self.anchors.reserve("note-ref");
            let label = "[^?]".to_owned();
            self.found.insert(inline.id, NoteReferenceInfo { number: None, label, anchor, first: false });
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
        let label = number.to_string();
        self.found.insert(inline.id, NoteReferenceInfo { number: Some(number), label, anchor, first });
    }
}
