//! The language of a note is that in which it was typed: an inline note's that of the passage around it, a defined one's
//! that of the block, or else of the draft, in which its definition stands.
//!
//! In: the tree as parsed. Out: the same, in which the blocks of such a note say their language themselves, for they are
//! printed elsewhere.

use std::collections::HashMap;

use crate::document::{Block, Document, Inline, InlineKind, NodeId, Note, Part, Visit, walk_block, walk_inlines};
use crate::project::is_language;
use crate::source::Span;

/// Gives every note its language.
pub(in super::super) fn inherit(document: &mut Document) {
    let mut passages = Passages::default();
    for part in &document.parts {
        part.blocks.iter().for_each(|block| walk_block(block, &mut passages));
    }
    for note in &document.notes {
        note.blocks.iter().for_each(|block| walk_block(block, &mut passages));
    }
    let language = |note: &Note| {
        let language = passages.language(note, &document.parts).filter(|language| is_language(language));
        language.map(str::to_owned)
    };
    let languages: Vec<Option<String>> = document.notes.iter().map(language).collect();
    for (note, language) in document.notes.iter_mut().zip(languages) {
        for block in &mut note.blocks {
            let own = &mut block.attributes.language;
            *own = own.take().or_else(|| language.clone());
        }
    }
}

/// Passages in a language of their own, and the notes that are referred to in them.
#[derive(Default)]
struct Passages<'a> {
    /// Blocks, the outer before the inner.
    blocks: Vec<(Span, &'a str)>,
    /// By note: the language of the innermost passage.
    notes: HashMap<NodeId, &'a str>,
}

impl<'a> Passages<'a> {
    fn language(&self, note: &Note, parts: &'a [Part]) -> Option<&'a str> {
        let holds =
            |span: &Span| span.file == note.span.file && span.start <= note.span.start && note.span.end <= span.end;
        let typed = || self.blocks.iter().rev().find(|(span, _)| holds(span)).map(|(_, language)| *language);
        let passage = if note.label.is_none() { self.notes.get(&note.id).copied() } else { typed() };
        passage.or_else(|| parts.iter().find(|part| part.file == note.file)?.language.as_deref())
    }
}

impl<'a> Visit<'a> for Passages<'a> {
    fn block(&mut self, block: &'a Block) {
        if let Some(language) = block.attributes.language.as_deref() {
            self.blocks.push((block.span, language));
            walk_block(block, &mut Referred { language, notes: &mut self.notes });
        }
    }

    fn inline(&mut self, inline: &'a Inline) {
        if let InlineKind::Span(attributes, content) = &inline.kind
            && let Some(language) = attributes.language.as_deref()
        {
            walk_inlines(content, &mut Referred { language, notes: &mut self.notes });
        }
    }
}

/// Notes referred to within a passage; passages within it come after it, and take theirs back.
struct Referred<'n, 'a> {
    language: &'a str,
    notes: &'n mut HashMap<NodeId, &'a str>,
}

impl<'a> Visit<'a> for Referred<'_, 'a> {
    fn inline(&mut self, inline: &'a Inline) {
        if let InlineKind::Note(id) = inline.kind {
            self.notes.insert(id, self.language);
        }
    }
}
