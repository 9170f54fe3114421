//! One draft while it is read: what every construct needs at hand.

use std::collections::HashMap;

use comrak::Node;
use comrak::nodes::Sourcepos;

use super::definition::Definitions;
use super::fence::Fences;
use super::grid::Cells;
use super::note;
use super::place::Place;
use super::text;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::document::{Attributes, Block, BlockKind, Ids, Inline, InlineKind, NodeId, Note};
use crate::source::{FileId, Span};

/// One draft while it is read.
pub(super) struct Reader<'a> {
    pub(super) file: FileId,
    /// Where the text at hand stands.
    pub(super) place: Place<'a>,
    pub(super) fences: &'a Fences,
    pub(super) ids: &'a mut Ids,
    /// Cells of tables so far, in all drafts.
    pub(super) cells: &'a mut Cells,
    pub(super) diagnostics: &'a mut Diagnostics,
    /// Notes by their folded label.
    pub(super) labels: HashMap<String, NodeId>,
    /// Whether a caption needs no table beside it: its box has one in a file.
    pub(super) awaits_caption: bool,
    /// Inline notes by the name that comrak gave them.
    pub(super) inline_notes: HashMap<String, NodeId>,
    pub(super) notes: Vec<Note>,
    /// What labels of links lead to, for text that is parsed by itself.
    pub(super) definitions: Definitions,
    /// Where the text that is looked for may stand, and how far it was found.
    leaf: Span,
    cursor: usize,
}

impl<'a> Reader<'a> {
    /// Ready to read what stands at `place`.
    pub(super) fn new(
        file: FileId,
        place: Place<'a>,
        fences: &'a Fences,
        ids: &'a mut Ids,
        cells: &'a mut Cells,
        diagnostics: &'a mut Diagnostics,
    ) -> Self {
        let leaf = Span::new(file, 0, place.draft().len());
        let (labels, inline_notes, notes) = (HashMap::new(), HashMap::new(), Vec::new());
        Self {
            file,
            place,
            fences,
            ids,
            cells,
            diagnostics,
            labels,
            awaits_caption: false,
            inline_notes,
            notes,
            definitions: Definitions::default(),
            leaf,
            cursor: 0,
        }
    }

    /// The note with a label.
    pub(super) fn label(&self, label: &str) -> Option<&NodeId> {
        self.labels.get(&note::fold(label))
    }

    /// A block with an id of its own.
    pub(super) fn block(&mut self, span: Span, attributes: Attributes, kind: BlockKind) -> Block {
        Block { id: self.ids.fresh(), span, attributes, kind, change: None }
    }

    /// A block without attributes.
    pub(super) fn plain_block(&mut self, span: Span, kind: BlockKind) -> Block {
        self.block(span, Attributes::default(), kind)
    }

    /// An inline with an id of its own.
    pub(super) fn inline(&mut self, span: Span, kind: InlineKind) -> Inline {
        Inline { id: self.ids.fresh(), span, kind, change: None }
    }

    /// Adds a diagnostic.
    pub(super) fn warn(&mut self, code: Code, span: Span, message: impl Into<String>) {
        self.diagnostics.push(Diagnostic::new(code, span, message));
    }

    /// Adds a diagnostic with a hint.
    pub(super) fn warn_with(&mut self, code: Code, span: Span, message: impl Into<String>, hint: &str) {
        self.diagnostics.push(Diagnostic::new(code, span, message).hint(hint));
    }

    /// The span of a node.
    pub(super) fn span(&self, at: Sourcepos) -> Span {
        self.place.span(at)
    }

    /// The span of a block that holds inlines; where a fence cuts it short, comrak does not know its end.
    pub(super) fn leaf_span(&self, node: Node<'_>) -> Span {
        let span = self.place.span(node.data().sourcepos);
        let last = node.last_child().map_or(span, |last| self.place.span(last.data().sourcepos));
        if last.start < span.start { span } else { span.to(last) }
    }

    /// Runs `read` for the inlines of one leaf: text that comrak places wrongly is looked for there.
    pub(super) fn within<T>(&mut self, leaf: Span, read: impl FnOnce(&mut Self) -> T) -> T {
        let outer = (self.leaf, self.cursor);
        (self.leaf, self.cursor) = (leaf, leaf.range().start);
        let value = read(self);
        (self.leaf, self.cursor) = outer;
        value
    }

    /// Where a text stands. comrak's position is taken where the source there says the same; else the
    /// next place in the leaf that does (positions in inline notes, after link definitions in
    /// a paragraph and after `\|` in a cell are off); else the leaf.
    pub(super) fn locate(&mut self, at: Sourcepos, said: &str) -> Span {
        let guess = self.place.span(at);
        self.locate_near(guess, said)
    }

    /// As [`Self::locate`], with a span to try first.
    pub(super) fn locate_near(&mut self, guess: Span, said: &str) -> Span {
        if let Some(whole) = self.place.whole() {
            return whole;
        }
        let inside = guess.start >= self.leaf.start && guess.end <= self.leaf.end;
        if inside && text::says(self.place.text(guess), said) {
            self.cursor = guess.range().end;
            return guess;
        }
        let rest = self.place.between(self.cursor, self.leaf.range().end);
        match self.place.text(rest).find(said) {
            Some(found) if !said.is_empty() => {
                let start = self.cursor + found;
                self.cursor = start + said.len();
                self.place.between(start, self.cursor)
            }
            Some(_) | None => self.leaf,
        }
    }

    /// Text that is looked for stands behind `span`.
    pub(super) fn pass(&mut self, span: Span) {
        self.cursor = self.cursor.max(span.range().end.min(self.leaf.range().end));
    }

    /// The span of an inline that is no text: comrak's, if it lies in the leaf.
    pub(super) fn locate_node(&mut self, at: Sourcepos) -> Span {
        let guess = self.place.span(at);
        let inside = guess.start >= self.leaf.start && guess.end <= self.leaf.end;
        if inside || self.place.whole().is_some() { guess } else { self.leaf }
    }

    /// Attributes in braces that are none.
    pub(super) fn refuse_attributes(&mut self, span: Span) {
        let message = "these attributes cannot be read and are kept as text";
        let hint = "write them like `{#id .class key=\"value\"}`";
        self.warn_with(Code::InvalidAttributes, span, message, hint);
    }
}
