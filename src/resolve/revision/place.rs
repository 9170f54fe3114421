//! The blocks that changes stand in, by which a reader is told where to look.

use super::ChangeObject;
use super::excerpt::{opening, sentences};
use super::object::{self, object};
use crate::document::{Block, NodeId, Note, Side, settle_blocks, word_count};
use crate::resolve::resolved::ResolvedDocument;

/// A block of the text that changes stand in: a paragraph, heading or figure; a table, a box, a note as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceInfo {
    /// What it is.
    pub object: ChangeObject,
    /// As a sentence names it, where it is numbered: "paragraph 14".
    pub name: Option<String>,
    /// Its first words: those of the new version, of the old one where it is gone.
    pub opening: String,
    /// Words that it has in the old version.
    pub before: usize,
    /// Words that it has in the new version.
    pub after: usize,
}

/// A block, or the blocks of a note.
#[derive(Debug, Clone, Copy)]
pub(super) struct Unit<'d> {
    pub(super) id: NodeId,
    blocks: &'d [Block],
    object: ChangeObject,
}

impl<'d> Unit<'d> {
    pub(super) fn of_block(block: &'d Block) -> Self {
        Self { id: block.id, blocks: std::slice::from_ref(block), object: object(&block.kind) }
    }

    pub(super) fn of_note(note: &'d Note) -> Self {
        Self { id: note.id, blocks: &note.blocks, object: ChangeObject::Note }
    }

    pub(super) fn info(&self, doc: &ResolvedDocument, name: Option<String>) -> PlaceInfo {
        let [was, is] = [Side::Old, Side::New].map(|side| {
            let settled = settle_blocks(self.blocks, &|_| Some(side));
            settled.iter().map(|block| object::text(doc, block)).collect::<Vec<_>>().join("\n")
        });
        let text = if is.is_empty() { &was } else { &is };
        let boxed = matches!(self.object, ChangeObject::Box | ChangeObject::Recommendation);
        PlaceInfo {
            object: self.object,
            name,
            opening: if boxed { opening(&sentences(text)) } else { opening(text) },
            before: word_count(&was),
            after: word_count(&is),
        }
    }
}
