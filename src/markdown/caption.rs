//! `Table: caption {#tbl-x}`, a paragraph before or after a table.

use super::attributes;
use super::grid;
use super::hygiene::clean;
use super::leaf;
use super::reader::Reader;
use super::text::Located;
use crate::diag::Code;
use crate::document::{
    Attributes, Block, BlockKind, Caption, Inline, InlineKind, Table, TableFile, plain_text_of_blocks,
};
use crate::source::Span;

const MARK: &str = "Table:";
/// pandoc's short mark: a caption only right beside a table, else text.
const COLON: &str = ": ";

/// The mark that a text begins with.
pub(super) fn mark(text: &str) -> Option<&'static str> {
    [MARK, COLON].into_iter().find(|mark| text.starts_with(mark))
}

/// Moves captions into the tables that they stand beside.
pub(super) fn attach(reader: &mut Reader<'_>, blocks: Vec<Block>) -> Vec<Block> {
    if !blocks.iter().any(|block| is_caption(block) || is_table(block)) {
        return blocks;
    }
    let mut out: Vec<Block> = Vec::with_capacity(blocks.len());
    let mut waiting: Option<Block> = None;
    let heads_next = heads_next(&blocks);
    for (mut block, heads_next) in blocks.into_iter().zip(heads_next) {
        if waiting.is_some() && uncaptioned(&block) {
            give(reader, &mut block, waiting.take());
        }
        out.extend(stray(reader, waiting.take()));
        if is_table(&block) {
            let last = last_row_caption(reader, &mut block);
            out.push(block);
            if let (Some(caption), Some(table)) = (last, out.last_mut()) {
                give(reader, table, Some(caption));
            }
        } else if !is_caption(&block) {
            out.push(block);
        } else if let Some(table) = out.last_mut().filter(|last| uncaptioned(last) && !heads_next) {
            give(reader, table, Some(block));
        } else {
            waiting = Some(block);
        }
    }
    out.extend(stray(reader, waiting));
    out
}

/// By block, whether a caption between two tables is the second one's: captions stand above, unless that table has
/// one of its own beneath it.
fn heads_next(blocks: &[Block]) -> Vec<bool> {
    let at = |index: usize| blocks.get(index);
    let before_table = |index: usize| at(index + 1).is_some_and(uncaptioned) && !at(index + 2).is_some_and(is_caption);
    (0..blocks.len()).map(before_table).collect()
}

fn is_caption(block: &Block) -> bool {
    let BlockKind::Paragraph(content) = &block.kind else { return false };
    matches!(content.first(), Some(Inline { kind: InlineKind::Text(text), .. }) if mark(text).is_some())
}

fn is_table(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Table(_))
}

fn uncaptioned(block: &Block) -> bool {
    matches!(&block.kind, BlockKind::Table(Table { caption: None, .. }))
}

fn stray(reader: &mut Reader<'_>, waiting: Option<Block>) -> Option<Block> {
    let block = waiting?;
    if reader.awaits_caption {
        return Some(block);
    }
    if matches!(&block.kind, BlockKind::Paragraph(content)
        if matches!(content.first(), Some(Inline { kind: InlineKind::Text(text), .. }) if text.starts_with(COLON)))
    {
        return Some(block);
    }
    let hint = "put it right before or after its table, or begin the paragraph with another word";
    reader.warn_with(Code::StrayCaption, block.span, "no table stands beside this caption", hint);
    Some(block)
}

/// Makes a paragraph the caption of a table.
fn give(reader: &mut Reader<'_>, table: &mut Block, paragraph: Option<Block>) {
    let Some(Block { span, kind: BlockKind::Paragraph(content), .. }) = paragraph else { return };
    let BlockKind::Table(inner) = &mut table.kind else { return };
    let content = without_mark(reader, content);
    let (content, attributes) = leaf::trailing_attributes(reader, content, Attributes::default());
    inner.caption = Some(Caption { id: reader.ids.fresh(), span, content });
    grid::apply(reader, span, inner, &attributes);
    table.attributes = attributes::merged(std::mem::take(&mut table.attributes), attributes);
}

/// A table whose rows lie in a file. The first paragraph of its box is its caption, with or without the mark; else the
/// box's title. What else stands in the box stands beneath the table.
pub(super) fn table_from_file(
    reader: &mut Reader<'_>,
    span: Span,
    attributes: Attributes,
    file: TableFile,
    title: Option<Vec<Inline>>,
    mut blocks: Vec<Block>,
) -> Block {
    let line = file.span;
    let table = Table { caption: None, columns: Vec::new(), head: Vec::new(), body: Vec::new(), file: Some(file) };
    let mut table = reader.block(span, attributes, BlockKind::Table(table));
    let is_source = |content: &[Inline]| matches!(content.first(), Some(Inline { kind: InlineKind::Text(text), .. }) if text.starts_with("Source:"));
    let begins =
        matches!(blocks.first(), Some(Block { kind: BlockKind::Paragraph(content), .. }) if !is_source(content));
    if begins && title.is_none() {
        let caption = blocks.remove(0);
        give(reader, &mut table, Some(caption));
    } else if let (Some(content), BlockKind::Table(inner)) = (title, &mut table.kind) {
        inner.caption = Some(Caption { id: reader.ids.fresh(), span: line, content });
    }
    if blocks.is_empty() {
        return table;
    }
    blocks.insert(0, table);
    reader.plain_block(span, BlockKind::Division(blocks))
}

fn without_mark(reader: &Reader<'_>, mut content: Vec<Inline>) -> Vec<Inline> {
    if let Some(Inline { span, kind: InlineKind::Text(text), .. }) = content.first_mut() {
        let rest = text[mark(text).map_or(0, str::len)..].trim_start();
        let at = text.len() - rest.len();
        *span = Located::new(&reader.place, *span, text).part(at..text.len());
        *text = clean(rest.to_owned());
        if text.is_empty() {
            content.remove(0);
        }
    }
    content
}

/// A caption right under a table, without a blank line, which GFM reads as its last row.
fn last_row_caption(reader: &mut Reader<'_>, block: &mut Block) -> Option<Block> {
    let BlockKind::Table(table) = &mut block.kind else { return None };
    let row = table.body.last()?;
    let (first, others) = row.cells.split_first()?;
    let line: Span = row.span;
    let source = reader.place.text(line).trim_start();
    let empty = others.iter().all(|cell| plain_text_of_blocks(&cell.blocks).is_empty());
    let [Block { kind: BlockKind::Paragraph(_), .. }] = first.blocks.as_slice() else { return None };
    if table.caption.is_some() || !empty || mark(source).is_none() || source.contains('|') {
        return None;
    }
    let row = table.body.pop()?;
    let mut caption = row.cells.into_iter().next()?.blocks.pop()?;
    caption.span = line;
    block.span = Span { end: block.span.end.min(line.start), ..block.span };
    Some(caption)
}
