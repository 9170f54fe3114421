//! What a node is to a list of changes, and what it says there.

use super::ChangeObject;
use super::excerpt::one_line;
use crate::document::{Block, BlockKind, BoxKind, Format, Inline, InlineKind, Row, Run, Table};
use crate::resolve::resolved::ResolvedDocument;

/// What a block says: a row of a table on a line of its own, a figure without a caption what it shows.
pub(super) fn text(doc: &ResolvedDocument, block: &Block) -> String {
    match &block.kind {
        BlockKind::Table(table) => table_text(doc, table),
        BlockKind::Figure(figure) if figure.caption.is_none() => figure.image.alternative.clone(),
        BlockKind::Paragraph(_)
        | BlockKind::Heading(_)
        | BlockKind::List(_)
        | BlockKind::DescriptionList(_)
        | BlockKind::BlockQuote(_)
        | BlockKind::Box(_)
        | BlockKind::CodeBlock(_)
        | BlockKind::Figure(_)
        | BlockKind::ThematicBreak
        | BlockKind::Details(_)
        | BlockKind::Division(_)
        | BlockKind::Formula(_)
        | BlockKind::Bibliography(_) => doc.plain_text_of_blocks(std::slice::from_ref(block)),
    }
}

fn table_text(doc: &ResolvedDocument, table: &Table) -> String {
    let caption = table.caption.iter().map(|caption| doc.plain_text(&caption.content));
    let rows = table.head.iter().chain(&table.body).map(|row| row_text(doc, row));
    caption.chain(rows).collect::<Vec<_>>().join("\n")
}

/// The cells of a row.
pub(super) fn row_text(doc: &ResolvedDocument, row: &Row) -> String {
    let cells = row.cells.iter().map(|cell| one_line(&doc.plain_text_of_blocks(&cell.blocks)));
    cells.collect::<Vec<_>>().join(" | ")
}

/// What a leaf of a line is.
pub(super) fn leaf_object(leaf: &Inline) -> ChangeObject {
    match &leaf.kind {
        InlineKind::Image(_) => ChangeObject::Figure,
        InlineKind::Note(_) => ChangeObject::Note,
        InlineKind::Formula(_) => ChangeObject::Formula,
        InlineKind::Text(_)
        | InlineKind::SoftBreak
        | InlineKind::LineBreak
        | InlineKind::Emphasis(_)
        | InlineKind::Strong(_)
        | InlineKind::Strikethrough(_)
        | InlineKind::Highlight(_)
        | InlineKind::Superscript(_)
        | InlineKind::Subscript(_)
        | InlineKind::Code(_)
        | InlineKind::Link(_)
        | InlineKind::Reference(_)
        | InlineKind::Citation(_)
        | InlineKind::Span(..) => ChangeObject::Words,
    }
}

/// What a block is.
pub(super) fn object(kind: &BlockKind) -> ChangeObject {
    match kind {
        BlockKind::Paragraph(_) => ChangeObject::Paragraph,
        BlockKind::Heading(_) => ChangeObject::Heading,
        BlockKind::List(_) => ChangeObject::List,
        BlockKind::DescriptionList(_) => ChangeObject::Term,
        BlockKind::BlockQuote(_) => ChangeObject::Quote,
        BlockKind::Box(boxed) if boxed.kind == BoxKind::Recommendation => ChangeObject::Recommendation,
        BlockKind::Box(_) => ChangeObject::Box,
        BlockKind::CodeBlock(_) => ChangeObject::Code,
        BlockKind::Figure(_) => ChangeObject::Figure,
        BlockKind::Table(_) => ChangeObject::Table,
        BlockKind::Formula(_) => ChangeObject::Formula,
        BlockKind::ThematicBreak => ChangeObject::Rule,
        BlockKind::Details(_) | BlockKind::Division(_) | BlockKind::Bibliography(_) => ChangeObject::Passage,
    }
}

/// Where the link leads that a leaf stands in.
pub(super) fn link(run: &Run) -> Option<&str> {
    match &run.link()?.format {
        Format::Link { destination, .. } => Some(destination),
        Format::Emphasis
        | Format::Strong
        | Format::Strikethrough
        | Format::Highlight
        | Format::Superscript
        | Format::Subscript
        | Format::Code
        | Format::Span(_) => None,
    }
}
