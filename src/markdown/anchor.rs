//! Anchors that stand alone in a paragraph (`<a id="scope"></a>` above a heading): they belong to what follows.

use super::reader::Reader;
use crate::document::{Attributes, Block, BlockKind, Heading, Inline, InlineKind, Label};

/// Moves anchors into the blocks that they stand before.
pub(super) fn settle(reader: &mut Reader<'_>, blocks: Vec<Block>) -> Vec<Block> {
    if !blocks.iter().any(is_anchor) {
        return blocks;
    }
    let mut out: Vec<Block> = Vec::with_capacity(blocks.len());
    let mut waiting: Vec<Block> = Vec::new();
    for block in blocks {
        if is_anchor(&block) {
            waiting.push(block);
        } else {
            let anchors = waiting.drain(..).flat_map(content).collect();
            out.push(with_anchors(reader, block, anchors));
        }
    }
    for block in waiting {
        let (id, span) = (block.id, block.span);
        for anchor in content(block) {
            let attributes = Attributes { label: label(&anchor), ..Attributes::default() };
            out.push(Block { id, span, attributes, kind: BlockKind::Division(Vec::new()), change: None });
        }
    }
    out
}

fn is_anchor(block: &Block) -> bool {
    let BlockKind::Paragraph(content) = &block.kind else { return false };
    let blank = |inline: &Inline| {
        matches!(&inline.kind, InlineKind::Text(text) if text.trim().is_empty())
            || matches!(inline.kind, InlineKind::SoftBreak)
    };
    let mut anchors = content.iter().filter(|inline| !blank(inline)).peekable();
    anchors.peek().is_some() && anchors.all(|inline| label(inline).is_some())
}

/// The label of an empty span.
fn label(inline: &Inline) -> Option<Label> {
    let InlineKind::Span(attributes, content) = &inline.kind else { return None };
    attributes.label.clone().filter(|_| content.is_empty())
}

fn content(block: Block) -> Vec<Inline> {
    let BlockKind::Paragraph(content) = block.kind else { return Vec::new() };
    content.into_iter().filter(|inline| label(inline).is_some()).collect()
}

fn with_anchors(reader: &mut Reader<'_>, mut block: Block, anchors: Vec<Inline>) -> Block {
    if anchors.is_empty() {
        return block;
    }
    if let BlockKind::Paragraph(content) | BlockKind::Heading(Heading { content, .. }) = &mut block.kind {
        content.splice(0..0, anchors);
        return block;
    }
    for anchor in anchors {
        let label = label(&anchor);
        if block.attributes.label.is_none() {
            block.attributes.label = label;
        } else {
            let span = block.span;
            let attributes = Attributes { label, ..Attributes::default() };
            block = reader.block(span, attributes, BlockKind::Division(vec![block]));
        }
    }
    block
}
