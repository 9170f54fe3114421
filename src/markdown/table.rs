//! GFM's tables. Cells beyond the header's keep their text: columns are added for them.

use comrak::Node;
use comrak::nodes::{NodeValue, TableAlignment};

use super::caption;
use super::grid::{self, Faults};
use super::html::{self, Piece};
use super::leaf;
use super::reader::Reader;
use crate::diag::Code;
use crate::document::{Alignment, Block, BlockKind, Cell, CellScope, Column, Inline, MOST_COLUMNS, Row, Table};
use crate::source::Span;

/// Columns beyond which a row's further cells are not given columns of their own.
const MOST_ADDED: usize = 64;

/// A table.
pub(super) fn table(reader: &mut Reader<'_>, node: Node<'_>, depth: usize) -> Block {
    let span = reader.span(node.data().sourcepos);
    let mut columns: Vec<Column> = Vec::new();
    if let NodeValue::Table(table) = &node.data().value {
        columns.extend(table.alignments.iter().map(|side| Column {
            alignment: alignment(*side),
            width: None,
            change: None,
        }));
    }
    // comrak fills rows up to the header's columns: they are counted before anything is made of them.
    let (rows, counted) = (node.children().count(), columns.len().clamp(1, MOST_COLUMNS));
    if grid::take_room(reader, span, counted, rows).is_none() {
        return grid::refused(reader, span);
    }
    let (mut head, mut body) = (Vec::new(), Vec::new());
    for child in node.children() {
        let is_head = matches!(child.data().value, NodeValue::TableRow(true));
        let scope = if is_head { CellScope::Column } else { CellScope::Data };
        let row = row(reader, child, scope, depth);
        if is_head { head.push(row) } else { body.push(row) }
    }
    if counted > 1 {
        report_text(reader, &body);
    }
    let mut faults = Faults::default();
    let (width, _) = grid::fit(&mut head, &mut faults);
    let width = width.max(grid::fit(&mut body, &mut faults).0);
    faults.report(reader);
    if grid::take_room(reader, span, width.saturating_sub(counted), rows).is_none() {
        return grid::refused(reader, span);
    }
    columns.resize(width, Column::default());
    grid::widen(reader, &mut head, width, CellScope::Column);
    grid::widen(reader, &mut body, width, CellScope::Data);
    // GFM has no table without a header row: one that says nothing is there for the syntax alone.
    let says_nothing = |row: &Row| row.cells.iter().all(|cell| cell.blocks.iter().all(is_blank));
    if !body.is_empty() {
        head.retain(|row| !says_nothing(row));
    }
    reader.plain_block(span, BlockKind::Table(Table { caption: None, columns, head, body, file: None }))
}

/// Warns of the first line that only looked like text beneath the table: any line up to an empty one is a row (GFM 4.10).
fn report_text(reader: &mut Reader<'_>, body: &[Row]) {
    if reader.place.whole().is_some() {
        return;
    }
    // Captions and attribute lists right beneath a table belong to it.
    let belongs = |text: &str| caption::mark(text).is_some() || text.starts_with('{');
    let is_text = |row: &&Row| {
        let text = reader.place.text(row.span).trim_start();
        row.cells.len() > 1 && !text.contains('|') && !belongs(text)
    };
    let Some(span) = body.iter().find(is_text).map(|row| row.span) else { return };
    let message = "this line became a row of the table above it";
    let hint = "leave a line empty beneath a table; a row that is meant has a `|`";
    reader.warn_with(Code::TextInTable, span, message, hint);
}

fn is_blank(block: &Block) -> bool {
    matches!(&block.kind, BlockKind::Paragraph(content) if content.is_empty())
}

fn alignment(alignment: TableAlignment) -> Alignment {
    match alignment {
        TableAlignment::None => Alignment::None,
        TableAlignment::Left => Alignment::Start,
        TableAlignment::Center => Alignment::Center,
        TableAlignment::Right => Alignment::End,
    }
}

fn row(reader: &mut Reader<'_>, node: Node<'_>, scope: CellScope, depth: usize) -> Row {
    let span = reader.span(node.data().sourcepos);
    let mut cells: Vec<Cell> = Vec::new();
    for child in node.children() {
        let at = trimmed(reader, reader.span(child.data().sourcepos));
        let pieces = reader.within(at, |reader| leaf::pieces(reader, child, 0));
        let blocks = reader.within(at, |reader| cell_blocks(reader, at, pieces, depth));
        cells.push(grid::cell(reader, at, scope, blocks));
    }
    let last = node.last_child().map(|cell| reader.span(cell.data().sourcepos));
    for at in excess(reader, span, last) {
        let text = reader.place.text(at).replace("\\|", "|");
        let content = leaf::fragment(reader, &text, at);
        let paragraph = reader.plain_block(at, BlockKind::Paragraph(content));
        cells.push(grid::cell(reader, at, scope, vec![paragraph]));
    }
    Row { id: reader.ids.fresh(), span, cells, change: None }
}

/// A cell's content: one paragraph, or what HTML makes of it.
fn cell_blocks(reader: &mut Reader<'_>, at: Span, pieces: Vec<Piece>, depth: usize) -> Vec<Block> {
    if pieces.iter().any(Piece::holds_block) {
        return html::blocks(reader, pieces, depth + 1);
    }
    let content: Vec<Inline> = html::trimmed(html::inlines(reader, pieces, 0));
    vec![reader.plain_block(at, BlockKind::Paragraph(content))]
}

/// The cells of a row that GFM drops: those after the last that the header has a column for.
fn excess(reader: &mut Reader<'_>, row: Span, last: Option<Span>) -> Vec<Span> {
    let Some(last) = last.filter(|_| reader.place.whole().is_none()) else { return Vec::new() };
    let rest = reader.place.between(last.range().end.min(row.range().end), row.range().end);
    let text = reader.place.text(rest);
    let Some(bar) = text.find('|') else { return Vec::new() };
    if text[bar + 1..].replace('|', "").trim().is_empty() {
        return Vec::new();
    }
    let mut cells = Vec::new();
    let mut start = bar + 1;
    let bytes = text.as_bytes();
    for at in bar + 1..=text.len() {
        let ends = at == text.len() || bytes[at] == b'|' && bytes[at - 1] != b'\\';
        if ends && (at < text.len() || !text[start..].trim().is_empty()) && cells.len() < MOST_ADDED {
            let end = if cells.len() + 1 == MOST_ADDED { text.len() } else { at };
            cells.push(trimmed(reader, reader.place.between(rest.range().start + start, rest.range().start + end)));
            start = at + 1;
        }
    }
    let message = format!("this row has {} more than the table has columns; columns were added", counted(cells.len()));
    let at = cells.first().copied().unwrap_or(row);
    reader.warn_with(Code::RaggedTable, at, message, "a `|` that is no border is written `\\|`");
    cells
}

fn counted(cells: usize) -> String {
    if cells == 1 { "one cell".to_owned() } else { format!("{cells} cells") }
}

fn trimmed(reader: &Reader<'_>, span: Span) -> Span {
    let text = reader.place.text(span);
    let start = span.range().start + text.len() - text.trim_ascii_start().len();
    reader.place.between(start, (span.range().start + text.trim_ascii_end().len()).max(start))
}
