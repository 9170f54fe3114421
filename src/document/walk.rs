use super::{Block, BlockKind, Change, Inline, InlineKind, Marked, Row};

/// What to do at each node, parents before children, in reading order.
/// Notes are not entered: they stand in `Document::notes`. Nor are citations: `resolve` unfolds them first of all.
pub trait Visit<'a> {
    /// At a block; its children follow.
    fn block(&mut self, _block: &'a Block) {}
    /// At an inline; its children follow.
    fn inline(&mut self, _inline: &'a Inline) {}
    /// At what a redline says of a block, item, row, cell or inline, before the node itself.
    fn change(&mut self, _change: &'a Change) {}
}

/// Visits blocks and all beneath them.
pub fn walk_blocks<'a>(blocks: &'a [Block], visit: &mut impl Visit<'a>) {
    for block in blocks {
        walk_block(block, visit);
    }
}

/// Visits a block and all beneath it. Captions and titles come before the content they head.
pub fn walk_block<'a>(block: &'a Block, visit: &mut impl Visit<'a>) {
    at(&block.change, visit);
    visit.block(block);
    match &block.kind {
        BlockKind::Paragraph(content) => walk_inlines(content, visit),
        BlockKind::Heading(heading) => walk_inlines(&heading.content, visit),
        BlockKind::List(list) => {
            for item in &list.items {
                at(&item.change, visit);
                walk_blocks(&item.blocks, visit);
            }
        }
        BlockKind::DescriptionList(items) => {
            for item in items {
                at(&item.change, visit);
                walk_inlines(&item.term, visit);
                walk_blocks(&item.details, visit);
            }
        }
        BlockKind::BlockQuote(blocks) | BlockKind::Division(blocks) | BlockKind::Bibliography(blocks) => {
            walk_blocks(blocks, visit);
        }
        BlockKind::Box(boxed) => {
            walk_inlines(boxed.title.as_deref().unwrap_or_default(), visit);
            walk_blocks(&boxed.blocks, visit);
        }
        BlockKind::Figure(figure) => {
            if let Some(caption) = &figure.caption {
                walk_inlines(&caption.content, visit);
            }
        }
        BlockKind::Table(table) => {
            if let Some(caption) = &table.caption {
                walk_inlines(&caption.content, visit);
            }
            walk_rows(&table.head, visit);
            walk_rows(&table.body, visit);
        }
        BlockKind::Details(details) => {
            walk_inlines(&details.summary, visit);
            walk_blocks(&details.blocks, visit);
        }
        BlockKind::CodeBlock(_) | BlockKind::ThematicBreak | BlockKind::Formula(_) => {}
    }
}

fn walk_rows<'a>(rows: &'a [Row], visit: &mut impl Visit<'a>) {
    for row in rows {
        at(&row.change, visit);
        for cell in &row.cells {
            at(&cell.change, visit);
            walk_blocks(&cell.blocks, visit);
        }
    }
}

fn at<'a>(change: &'a Marked, visit: &mut impl Visit<'a>) {
    if let Some(change) = change {
        visit.change(change);
    }
}

/// Visits inlines and all beneath them.
pub fn walk_inlines<'a>(inlines: &'a [Inline], visit: &mut impl Visit<'a>) {
    for inline in inlines {
        walk_inline(inline, visit);
    }
}

/// Visits an inline and all beneath it.
pub fn walk_inline<'a>(inline: &'a Inline, visit: &mut impl Visit<'a>) {
    at(&inline.change, visit);
    visit.inline(inline);
    walk_inlines(inline.children(), visit);
}

impl Inline {
    /// The inlines directly within; those around the works of a citation are its own.
    pub fn children(&self) -> &[Inline] {
        match &self.kind {
            InlineKind::Emphasis(content)
            | InlineKind::Strong(content)
            | InlineKind::Strikethrough(content)
            | InlineKind::Highlight(content)
            | InlineKind::Superscript(content)
            | InlineKind::Subscript(content)
            | InlineKind::Span(_, content) => content,
            InlineKind::Link(link) => &link.content,
            InlineKind::Text(_)
            | InlineKind::SoftBreak
            | InlineKind::LineBreak
            | InlineKind::Code(_)
            | InlineKind::Image(_)
            | InlineKind::Note(_)
            | InlineKind::Reference(_)
            | InlineKind::Formula(_)
            | InlineKind::Citation(_) => &[],
        }
    }
}
