//! Words shown by the short way: what their pages are made of, and where in the drafts all else stands since.

use std::sync::Arc;

use super::desk::Good;
use super::patch::Edit;
use crate::document::{Block, Part};
use crate::source::{FileId, Sources, Span};

/// A good state with other words in one block.
pub(super) struct Reworded {
    pub(super) revision: u64,
    /// The state that all but the words is of.
    pub(super) whole: Arc<Good>,
    /// The files of that state, and behind them the draft as it is now.
    pub(super) sources: Arc<Sources>,
    pub(super) moved: Moved,
    /// Which part of the document the block is in.
    pub(super) part: usize,
    /// Which of the part's blocks it is.
    pub(super) index: usize,
    /// It, with places in the draft as it is now.
    pub(super) block: Block,
}

impl Reworded {
    /// The part with its other words.
    pub(super) fn edited_part(&self) -> Option<Part> {
        let mut part = self.whole.resolved.document.parts.get(self.part)?.clone();
        *part.blocks.get_mut(self.index)? = self.block.clone();
        Some(part)
    }
}

/// Places in a draft that was edited in one block: those of the block are of the draft as it is now, all others of the
/// draft as it was.
#[derive(Debug, Clone)]
pub(super) struct Moved {
    pub(super) edit: Edit,
    /// The draft as it was.
    pub(super) before: FileId,
    /// The block, in the draft as it is now.
    pub(super) block: Span,
}

impl Moved {
    /// Where something stands now.
    pub(super) fn now(&self, span: Span) -> Span {
        if span.file != self.before {
            return span;
        }
        let (start, end) = self.edit.moved(span);
        Span::new(self.block.file, start, end)
    }

    /// As what places know a place of the files as they are now; a file and an offset.
    pub(super) fn known(&self, file: FileId, offset: usize) -> (FileId, usize) {
        if file != self.before {
            (file, offset)
        } else if self.block.range().contains(&offset) {
            (self.block.file, offset)
        } else {
            (file, self.edit.moved_back(offset))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_those_of_the_draft_as_it_is_now() {
        let (old, new) = ("# A\n\nOne word.\n\nBehind.\n", "# A\n\nOne longer\nword.\n\nBehind.\n");
        let mut sources = Sources::default();
        let (before, now) = (sources.add("a.md", old), sources.add("a.md", new));
        let at = |text: &str, what: &str| text.find(what).expect("it is there");
        let edit = Edit::between(old, new).expect("they differ");
        let moved = Moved { edit, before, block: Span::new(now, at(new, "One"), at(new, "\n\nBehind")) };
        for what in ["# A", "Behind"] {
            let span = Span::new(before, at(old, what), at(old, what) + what.len());
            assert_eq!(sources.text(moved.now(span)), what);
            assert_eq!(moved.known(before, at(new, what)), (before, at(old, what)));
        }
        assert_eq!(moved.known(before, at(new, "word")), (now, at(new, "word")));
        let of_now = Span::new(now, at(new, "longer"), at(new, "longer") + 6);
        assert_eq!(moved.now(of_now), of_now);
    }
}
