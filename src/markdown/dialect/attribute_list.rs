//! kramdown's attribute lists for blocks: `{: #id .class}` on a line beneath (or above) what they are about.

use super::super::attributes;
use super::super::boxes;
use super::super::reader::Reader;
use super::super::text::Located;
use crate::document::{Attributes, Block, BlockKind, Box as Boxed, Inline, InlineKind};
use crate::source::Span;

/// Gives attributes to the blocks that they stand beneath, else to those that they stand above; what
/// stands beside none is text.
pub(super) fn settle(reader: &mut Reader<'_>, blocks: Vec<Block>) -> Vec<Block> {
    let mut out: Vec<Block> = Vec::with_capacity(blocks.len());
    let mut waiting: Option<(Block, Attributes)> = None;
    for mut block in blocks {
        if let Some(attributes) = alone(reader, &block) {
            if let Some(before) = out.last_mut().filter(|before| is_next_line(reader, before.span, block.span)) {
                give(reader, before, attributes);
            } else {
                out.extend(waiting.replace((block, attributes)).map(|(block, _)| block));
            }
            continue;
        }
        let (first, last) = (above(reader, &mut block), beneath(reader, &mut block));
        block = hoisted(reader, block);
        if let Some((list, attributes)) = waiting.take() {
            if is_next_line(reader, list.span, block.span) {
                give(reader, &mut block, attributes);
            } else {
                out.push(list);
            }
        }
        for attributes in first.into_iter().chain(last) {
            give(reader, &mut block, attributes);
        }
        out.push(block);
    }
    out.extend(waiting.map(|(block, _)| block));
    out
}

/// The attributes that a paragraph consists of.
fn alone(reader: &Reader<'_>, block: &Block) -> Option<Attributes> {
    let BlockKind::Paragraph(content) = &block.kind else { return None };
    let [only] = content.as_slice() else { return None };
    read(reader, only)
}

/// Takes the attributes off a paragraph's first line.
fn above(reader: &Reader<'_>, block: &mut Block) -> Option<Attributes> {
    let BlockKind::Paragraph(content) = &mut block.kind else { return None };
    let [first, line, _, ..] = content.as_slice() else { return None };
    if !matches!(line.kind, InlineKind::SoftBreak) {
        return None;
    }
    let attributes = read(reader, first)?;
    content.drain(..2);
    Some(attributes)
}

/// Takes the attributes off a paragraph's last line, or off the line beneath a table, which GFM takes for a row.
fn beneath(reader: &Reader<'_>, block: &mut Block) -> Option<Attributes> {
    if let BlockKind::Table(table) = &mut block.kind {
        let [Block { kind: BlockKind::Paragraph(content), .. }] = table.body.last()?.cells.first()?.blocks.as_slice()
        else {
            return None;
        };
        let [only] = content.as_slice() else { return None };
        let line = reader.place.text(table.body.last()?.span).trim();
        let attributes = read(reader, only).filter(|_| line.starts_with("{:") && !line.contains('|'))?;
        table.body.pop();
        return Some(attributes);
    }
    let BlockKind::Paragraph(content) = &mut block.kind else { return None };
    let [.., line, last] = content.as_slice() else { return None };
    if !matches!(line.kind, InlineKind::SoftBreak) {
        return None;
    }
    let attributes = read(reader, last)?;
    content.truncate(content.len() - 2);
    Some(attributes)
}

/// A quote whose list of attributes stands beneath it without `>`: its last paragraph took that for its own.
fn hoisted(reader: &Reader<'_>, mut block: Block) -> Block {
    let BlockKind::BlockQuote(blocks) = &mut block.kind else { return block };
    let last_line = reader.place.text(block.span).lines().next_back().unwrap_or_default();
    if !last_line.trim_start().starts_with("{:") {
        return block;
    }
    let Some(last) = blocks.last_mut() else { return block };
    block.attributes = attributes::merged(block.attributes, std::mem::take(&mut last.attributes));
    if let BlockKind::Box(boxed) = &mut last.kind {
        let kind = boxed.kind;
        let held = std::mem::take(&mut boxed.blocks);
        blocks.pop();
        blocks.extend(held);
        let blocks = std::mem::take(blocks);
        block.kind = BlockKind::Box(Boxed { kind, title: None, blocks });
    }
    block
}

/// `{: …}`, and nothing else.
fn read(reader: &Reader<'_>, inline: &Inline) -> Option<Attributes> {
    let InlineKind::Text(text) = &inline.kind else { return None };
    let text = text.trim_end();
    let parsed = attributes::parse(text).filter(|parsed| text.starts_with("{:") && parsed.len == text.len())?;
    let escaped = Located::new(&reader.place, inline.span, text).is_escaped(0);
    (!escaped && !parsed.attributes.is_empty()).then_some(parsed.attributes)
}

fn is_next_line(reader: &Reader<'_>, before: Span, after: Span) -> bool {
    let between =
        reader.place.text(reader.place.between(before.range().end, after.range().start.max(before.range().end)));
    between.matches('\n').count() <= 1
}

/// A paragraph or quote of a class that names a box is that box (`{: .note}`).
fn give(reader: &mut Reader<'_>, block: &mut Block, attributes: Attributes) {
    let kind = attributes.classes.iter().find_map(|class| boxes::kind(class));
    let boxable = matches!(block.kind, BlockKind::Paragraph(_) | BlockKind::BlockQuote(_));
    let Some(kind) = kind.filter(|_| boxable) else {
        block.attributes = attributes::merged(std::mem::take(&mut block.attributes), attributes);
        return;
    };
    let held = std::mem::replace(&mut block.kind, BlockKind::ThematicBreak);
    let blocks =
        if let BlockKind::BlockQuote(blocks) = held { blocks } else { vec![reader.plain_block(block.span, held)] };
    block.attributes = attributes::merged(std::mem::take(&mut block.attributes), attributes);
    block.kind = BlockKind::Box(Boxed { kind, title: None, blocks });
}
