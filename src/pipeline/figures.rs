//! Counts of what a report holds, for its manifest.

use crate::document::{Block, BlockKind, Document, Visit, walk_blocks, word_count};
use crate::output::Figures;
use crate::resolve::ResolvedDocument;

/// Counts a report; `pages` is that of its PDF.
pub fn count(resolved: &ResolvedDocument, pages: Option<usize>) -> Figures {
    let mut counter = Counter::default();
    for blocks in all_blocks(&resolved.document) {
        walk_blocks(blocks, &mut counter);
        counter.figures.words += word_count(&resolved.plain_text_of_blocks(blocks));
    }
    Figures { pages, notes: resolved.notes.len(), ..counter.figures }
}

fn all_blocks(document: &Document) -> impl Iterator<Item = &[Block]> {
    let parts = document.parts.iter().map(|part| part.blocks.as_slice());
    parts.chain(document.notes.iter().map(|note| note.blocks.as_slice()))
}

#[derive(Default)]
struct Counter {
    figures: Figures,
}

impl<'a> Visit<'a> for Counter {
    fn block(&mut self, block: &'a Block) {
        match &block.kind {
            BlockKind::Heading(_) => self.figures.headings += 1,
            BlockKind::Table(_) => self.figures.tables += 1,
            BlockKind::Figure(_) => self.figures.figures += 1,
            BlockKind::Paragraph(_)
            | BlockKind::List(_)
            | BlockKind::DescriptionList(_)
            | BlockKind::BlockQuote(_)
            | BlockKind::Box(_)
            | BlockKind::CodeBlock(_)
            | BlockKind::ThematicBreak
            | BlockKind::Details(_)
            | BlockKind::Division(_)
            | BlockKind::Formula(_)
            | BlockKind::Bibliography(_) => {}
        }
    }
}
