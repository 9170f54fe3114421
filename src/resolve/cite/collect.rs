//! Citations in the order in which a reader meets them.
//!
//! In: the settled tree. Out: [`Cited`]s: those of a note where the note is first referred to, for that is where it
//! is read; and the numbers that notes will have, since styles of notes ask for them. Never recurses into notes.

use std::collections::{HashMap, VecDeque};

use hayagriva::citationberg::StyleClass;

use crate::document::{Block, Citation, Document, Inline, InlineKind, NodeId, Visit, walk_blocks, walk_inline};
use crate::source::Span;

/// A citation, and where it stands.
pub(super) struct Cited {
    pub(super) id: NodeId,
    pub(super) citation: Citation,
    pub(super) span: Span,
    /// The number of the note that it stands in, or that it will be.
    pub(super) note: Option<usize>,
}

/// Every citation of a document.
pub(super) fn collect(document: &Document, class: StyleClass) -> Vec<Cited> {
    let notes = document.notes.iter().map(|note| (note.id, note.blocks.as_slice())).collect();
    let mut collect = Collect { notes, class, count: 0, within: None, waiting: VecDeque::new(), found: Vec::new() };
    for part in &document.parts {
        for block in &part.blocks {
            walk_blocks(std::slice::from_ref(block), &mut collect);
            collect.read_notes();
        }
    }
    collect.found
}

struct Collect<'a> {
    /// Notes that were not yet referred to.
    notes: HashMap<NodeId, &'a [Block]>,
    class: StyleClass,
    count: usize,
    within: Option<usize>,
    waiting: VecDeque<(usize, &'a [Block])>,
    found: Vec<Cited>,
}

impl Collect<'_> {
    fn read_notes(&mut self) {
        while let Some((number, blocks)) = self.waiting.pop_front() {
            self.within = Some(number);
            walk_blocks(blocks, self);
        }
        self.within = None;
    }
}

impl Visit<'_> for Collect<'_> {
    fn inline(&mut self, inline: &Inline) {
        match &inline.kind {
            InlineKind::Note(id) => {
                if let Some(blocks) = self.notes.remove(id) {
                    self.count += 1;
                    self.waiting.push_back((self.count, blocks));
                }
            }
            InlineKind::Citation(citation) => {
                let own = self.within.is_none() && self.class == StyleClass::Note;
                self.count += usize::from(own);
                let note = if own { Some(self.count) } else { self.within };
                self.found.push(Cited { id: inline.id, citation: citation.clone(), span: inline.span, note });
                // Notes around its works are read behind it.
                for item in &citation.items {
                    item.prefix.iter().chain(&item.suffix).for_each(|inline| walk_inline(inline, self));
                }
            }
            InlineKind::Text(_)
            | InlineKind::SoftBreak
            | InlineKind::LineBreak
            | InlineKind::Emphasis(_)
            | InlineKind::Strong(_)
            | InlineKind::Strikethrough(_)
            | InlineKind::Highlight(_)
            | InlineKind::Superscript(_)
            | InlineKind::Subscript(_)
            | InlineKind::Code(_)
            | InlineKind::Link(_)
            | InlineKind::Image(_)
            | InlineKind::Reference(_)
            | InlineKind::Formula(_)
            | InlineKind::Span(..) => {}
        }
    }
}
