use std::collections::HashMap;

use super::labels::Labels;
use super::resolved::{NoteInfo, NoteReferenceInfo, ResolvedDocument};
use crate::document::{Document, Inline, InlineKind, NodeId, Visit, walk_blocks};

/// Numbers the notes through, in the order of their first references. Notes hold no notes: `markdown` expands them.
pub(super) fn number(document: &Document, labels: &mut Labels, doc: &mut ResolvedDocument) {
    let index: HashMap<NodeId, usize> = document.notes.iter().enumerate().map(|(at, note)| (note.id, at)).collect();
    let mut references = References::default();
    document.parts.iter().for_each(|part| walk_blocks(&part.blocks, &mut references));
    let mut numbers: HashMap<NodeId, u32> = HashMap::new();
    for (inline, note) in references.found {
        let Some(&at) = index.get(&note) else { continue };
        let first = !numbers.contains_key(&note);
        let next = u32::try_from(numbers.len() + 1).expect("a report has fewer than 2^32 notes");
        let number = *numbers.entry(note).or_insert(next);
        let anchor = labels.generate(&format!("note-ref-{number}"), "note-ref");
        if first {
            let own = labels.generate(&format!("note-{number}"), "note");
            doc.notes.push(NoteInfo { id: note, index: at, number, anchor: own, references: vec![anchor.clone()] });
        } else {
            doc.notes[number as usize - 1].references.push(anchor.clone());
        }
        let label = document.notes[at].label.clone().unwrap_or_default();
        doc.note_references.insert(inline, NoteReferenceInfo { number: Some(number), label, anchor, first });
    }
}

#[derive(Default)]
struct References {
    found: Vec<(NodeId, NodeId)>,
}

impl<'a> Visit<'a> for References {
    fn inline(&mut self, inline: &'a Inline) {
        if let InlineKind::Note(note) = inline.kind {
            self.found.push((inline.id, note));
        }
    }
}
