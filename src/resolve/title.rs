use crate::document::{Attributes, Block, BlockKind, Document, Heading, HeadingLevel, Ids, Inline, InlineKind};
use crate::source::Span;

/// Gives a part whose front matter has a title, and which has no level-1 heading, that title as its first heading.
pub(super) fn add_missing(document: &mut Document) {
    let mut ids = Ids::beyond_drafts();
    for part in &mut document.parts {
        let has_heading = part
            .blocks
            .iter()
            .any(|block| matches!(&block.kind, BlockKind::Heading(heading) if heading.level == HeadingLevel::new(1)));
        let Some(title) = part.title.as_ref().filter(|title| !has_heading && !title.trim().is_empty()) else {
            continue;
        };
        let span = Span::new(part.file, 0, 0);
        let text = Inline { id: ids.next(), span, kind: InlineKind::Text(title.clone()) };
        let heading = Heading { level: HeadingLevel::new(1), content: vec![text] };
        let kind = BlockKind::Heading(heading);
        part.blocks.insert(0, Block { id: ids.next(), span, attributes: Attributes::default(), kind });
    }
}
