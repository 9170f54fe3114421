//! Blocks nested so deep that nothing can be indented any more: their text, one after the other.

use super::escape;
use super::generator::Generator;
use super::list::mark;
use crate::document::{Block, BlockKind};

impl Generator<'_> {
    /// A block where nothing can be indented any more: what it holds, one after the other.
    pub(super) fn unindented(&mut self, block: &Block) {
        match &block.kind {
            BlockKind::BlockQuote(blocks) => self.block_statements(blocks),
            BlockKind::Box(boxed) => {
                if let Some(label) = self.doc.boxes[block.id].text() {
                    self.statement("p(strong(");
                    self.out.literal(&escape::shown(&label));
                    self.out.push("))\n");
                }
                if let Some(title) = &boxed.title {
                    self.strong_paragraph(title);
                }
                self.block_statements(&boxed.blocks);
            }
            BlockKind::Details(details) => {
                self.strong_paragraph(&details.summary);
                self.block_statements(&details.blocks);
            }
            BlockKind::DescriptionList(items) => {
                for item in items {
                    self.whole(&item.change, |g| {
                        g.strong_paragraph(&item.term);
                        g.block_statements(&item.details);
                    });
                }
            }
            BlockKind::List(list) => {
                let markers = &self.doc.lists[block.id].markers;
                for (item, marker) in list.items.iter().zip(markers) {
                    self.statement("p(");
                    self.out.literal(mark(item, marker));
                    self.out.push(")\n");
                    self.whole(&item.change, |g| g.block_statements(&item.blocks));
                }
            }
            BlockKind::Paragraph(_)
            | BlockKind::Heading(_)
            | BlockKind::CodeBlock(_)
            | BlockKind::Figure(_)
            | BlockKind::Table(_)
            | BlockKind::ThematicBreak
            | BlockKind::Division(_)
            | BlockKind::Formula(_)
            | BlockKind::Bibliography(_) => self.in_full(block),
        }
    }
}
