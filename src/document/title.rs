use super::{Block, BlockKind, Document, Heading, HeadingLevel, Ids, Inline, InlineKind, Part, plain_text};
use crate::source::Span;

impl Document {
    /// Titles that front matter gives become headings: each the first of a file that has none of level 1. Done again, it changes nothing.
    pub fn give_titles(&mut self) {
        let mut ids = self.free_ids();
        for part in &mut self.parts {
            give_title(part, &mut ids);
        }
    }
}

fn give_title(part: &mut Part, ids: &mut Ids) {
    let Some(title) = part.title.as_deref().map(str::trim).filter(|title| !title.is_empty()) else { return };
    if has_chapter(&part.blocks) {
        return;
    }
    let span = Span::new(part.file, 0, 0);
    let text = Inline { id: ids.fresh(), span, kind: InlineKind::Text(title.to_owned()), change: None };
    let kind = BlockKind::Heading(Heading { level: HeadingLevel::new(1), content: vec![text] });
    part.blocks.insert(0, Block { id: ids.fresh(), span, attributes: Default::default(), kind, change: None });
}

fn has_chapter(blocks: &[Block]) -> bool {
    blocks.iter().any(|block| {
        if let BlockKind::Division(blocks) = &block.kind {
            return has_chapter(blocks);
        }
        is_chapter(&block.kind)
    })
}

/// Whether a block is a heading of level 1 with some text.
pub fn is_chapter(kind: &BlockKind) -> bool {
    matches!(kind, BlockKind::Heading(heading) if heading.level.get() == 1 && !plain_text(&heading.content).trim().is_empty())
}
