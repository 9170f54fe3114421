//! HTML's tables as a full grid: no cell is missing, none covers another (HTML 4.9.12).

use super::super::reader::Reader;
use super::blocks::blocks;
use super::element::{Name, Section};
use super::inlines;
use super::tree::{Element, Named, Piece};
use crate::document::{Alignment, Attributes, Block, BlockKind, Caption, Cell, CellScope, Column, Row, Table};
use crate::source::Span;

/// Columns or rows that one cell may cover.
const WIDEST: u16 = 256;

/// A `table`.
pub(super) fn table(
    reader: &mut Reader<'_>,
    attributes: Attributes,
    span: Span,
    children: Vec<Piece>,
    depth: usize,
) -> Block {
    let mut parts = Parts::default();
    parts.collect(children, None);
    let caption = parts.caption.take().map(|caption| inlines::caption(reader, Piece::Element(caption)));
    let caption = caption.filter(|(_, content)| !content.is_empty());
    let caption = caption.map(|(span, content)| Caption { id: reader.ids.fresh(), span, content });
    let headed = parts.rows.iter().any(|(section, _)| *section == Some(Section::Head));
    let mut leading = !headed;
    let (mut head, mut body, mut foot) = (Vec::new(), Vec::new(), Vec::new());
    let mut alignments = Vec::new();
    for (section, row) in parts.rows {
        leading &= is_header_row(&row);
        let in_head = section == Some(Section::Head) || leading;
        let row = self::row(reader, row, in_head, depth, &mut alignments);
        match section {
            Some(Section::Foot) => foot.push(row),
            _ if in_head => head.push(row),
            _ => body.push(row),
        }
    }
    if body.is_empty() && foot.is_empty() && !headed {
        std::mem::swap(&mut head, &mut body);
    }
    body.extend(foot);
    let width = fill(reader, &mut head, CellScope::Column).max(fill(reader, &mut body, CellScope::Data));
    widen(reader, &mut head, width, CellScope::Column);
    widen(reader, &mut body, width, CellScope::Data);
    alignments.resize(width, None);
    let column = |side: Option<Alignment>| Column { alignment: side.unwrap_or_default(), width: None };
    let columns = alignments.into_iter().map(column).collect();
    let attributes = Attributes { pairs: Vec::new(), ..attributes };
    let table = reader.block(span, attributes, BlockKind::Table(Table { caption, columns, head, body }));
    beside(reader, table, parts.strays, depth)
}

/// Rows and caption of a table, in whatever they stand.
#[derive(Default)]
struct Parts {
    caption: Option<Element>,
    rows: Vec<(Option<Section>, Element)>,
    strays: Vec<Piece>,
}

impl Parts {
    fn collect(&mut self, pieces: Vec<Piece>, section: Option<Section>) {
        for piece in pieces {
            let Piece::Element(element) = piece else {
                self.strays.push(piece);
                continue;
            };
            if element.name == Name::Row {
                self.rows.push((section, element));
            } else if element.name == Name::Caption && self.caption.is_none() {
                self.caption = Some(element);
            } else if let Name::Section(inner) = element.name {
                self.collect(element.children, Some(inner));
            } else if element.name != Name::Column {
                self.strays.push(Piece::Element(element));
            }
        }
    }
}

/// What stands in a table but in no cell goes before it.
fn beside(reader: &mut Reader<'_>, table: Block, strays: Vec<Piece>, depth: usize) -> Block {
    let mut blocks = blocks(reader, strays, depth);
    if blocks.is_empty() {
        return table;
    }
    let span = table.span;
    blocks.push(table);
    reader.plain_block(span, BlockKind::Division(blocks))
}

fn is_header_row(row: &Element) -> bool {
    let mut cells = row.children.iter().filter_map(Piece::as_element).map(|element| element.name);
    let first = cells.next();
    first == Some(Name::HeaderCell) && cells.all(|name| name == Name::HeaderCell)
}

fn row(
    reader: &mut Reader<'_>,
    row: Element,
    in_head: bool,
    depth: usize,
    alignments: &mut Vec<Option<Alignment>>,
) -> Row {
    let mut cells: Vec<Cell> = Vec::new();
    let mut column = 0;
    for piece in row.children {
        let element = match piece.named(Name::is_cell) {
            Named::Element(element) => element,
            Named::Other(other) => {
                let blocks = blocks(reader, vec![other], depth + 1);
                match cells.last_mut() {
                    Some(last) => last.blocks.extend(blocks),
                    None if !blocks.is_empty() => cells.push(cell(reader, row.span, CellScope::Data, blocks)),
                    None => {}
                }
                continue;
            }
        };
        let alignment = alignment(&element.attributes);
        let cell = read_cell(reader, element, in_head, depth);
        if alignment.is_some() && cell.column_span == 1 {
            if alignments.len() <= column {
                alignments.resize(column + 1, None);
            }
            alignments[column] = alignments[column].or(alignment);
        }
        column += usize::from(cell.column_span);
        cells.push(cell);
    }
    Row { id: reader.ids.fresh(), span: row.span, cells }
}

fn read_cell(reader: &mut Reader<'_>, element: Element, in_head: bool, depth: usize) -> Cell {
    let attributes = element.attributes;
    let number = |key| {
        let number = attributes.get(key).and_then(|value| value.trim().parse::<u16>().ok()).unwrap_or(1);
        number.clamp(1, WIDEST)
    };
    let scope = match (attributes.get("scope"), element.name == Name::HeaderCell, in_head) {
        (Some("row" | "rowgroup"), true, _) => CellScope::Row,
        (Some("col" | "colgroup"), true, _) => CellScope::Column,
        (_, true, false) => CellScope::Row,
        (_, _, true) => CellScope::Column,
        (_, false, false) => CellScope::Data,
    };
    let (column_span, row_span) = (number("colspan"), number("rowspan"));
    let blocks = blocks(reader, element.children, depth + 1);
    let mut cell = cell(reader, element.span, scope, without_figures(blocks));
    (cell.column_span, cell.row_span) = (column_span, row_span);
    if let Some(label) = attributes.label
        && let Some(first) = cell.blocks.first_mut()
        && first.attributes.label.is_none()
    {
        first.attributes.label = Some(label);
    }
    cell
}

/// An image alone in a cell is an image in a line, as in GFM's tables, unless it has a caption.
fn without_figures(mut blocks: Vec<Block>) -> Vec<Block> {
    for block in &mut blocks {
        if let BlockKind::Figure(figure) = &mut block.kind
            && figure.caption.is_none()
        {
            let mut image = figure.image.clone();
            image.attributes = std::mem::take(&mut block.attributes);
            let inline = crate::document::InlineKind::Image(image);
            block.kind =
                BlockKind::Paragraph(vec![crate::document::Inline { id: block.id, span: block.span, kind: inline }]);
        }
    }
    blocks
}

fn alignment(attributes: &Attributes) -> Option<Alignment> {
    match attributes.get("align")?.to_ascii_lowercase().as_str() {
        "left" => Some(Alignment::Start),
        "center" => Some(Alignment::Center),
        "right" => Some(Alignment::End),
        _ => None,
    }
}

fn cell(reader: &mut Reader<'_>, span: Span, scope: CellScope, mut blocks: Vec<Block>) -> Cell {
    if blocks.is_empty() {
        blocks.push(reader.plain_block(span, BlockKind::Paragraph(Vec::new())));
    }
    Cell { id: reader.ids.fresh(), span, scope, column_span: 1, row_span: 1, alignment: Alignment::None, blocks }
}

/// Cuts what spans too far and fills what is missing; the number of columns.
fn fill(reader: &mut Reader<'_>, rows: &mut [Row], scope: CellScope) -> usize {
    let count = rows.len();
    // Rows that a cell from above still covers, by column.
    let mut covered: Vec<usize> = Vec::new();
    let mut widths = Vec::with_capacity(count);
    for (index, row) in rows.iter_mut().enumerate() {
        let mut column = 0;
        let mut cells = Vec::with_capacity(row.cells.len());
        for mut cell in std::mem::take(&mut row.cells) {
            while covered.get(column).is_some_and(|rows| *rows > 0) {
                column += 1;
            }
            let free = covered.iter().skip(column).take_while(|rows| **rows == 0).count();
            let ends = column + free >= covered.len();
            let wanted = usize::from(cell.column_span);
            let columns = if ends { wanted } else { wanted.min(free.max(1)) };
            let rows = usize::from(cell.row_span).min(count - index);
            cell.column_span = u16::try_from(columns).unwrap_or(u16::MAX);
            cell.row_span = u16::try_from(rows).unwrap_or(u16::MAX);
            covered.resize(covered.len().max(column + columns), 0);
            covered[column..column + columns].fill(rows);
            column += columns;
            cells.push(cell);
        }
        row.cells = cells;
        widths.push(covered.iter().rposition(|rows| *rows > 0).map_or(0, |last| last + 1));
        covered.iter_mut().for_each(|rows| *rows = rows.saturating_sub(1));
    }
    let width = widths.into_iter().max().unwrap_or_default();
    widen(reader, rows, width, scope);
    width
}

/// Adds empty cells until each row has `width` columns.
fn widen(reader: &mut Reader<'_>, rows: &mut [Row], width: usize, scope: CellScope) {
    let mut covered: Vec<usize> = vec![0; width];
    for row in rows {
        let mut missing: usize = covered.iter().filter(|rows| **rows == 0).count();
        let mut column = 0;
        for cell in &row.cells {
            while covered.get(column).is_some_and(|rows| *rows > 0) {
                column += 1;
            }
            let end = (column + usize::from(cell.column_span)).min(width);
            missing = missing.saturating_sub(end - column.min(end));
            covered[column.min(end)..end].fill(usize::from(cell.row_span));
            column = end;
        }
        for _ in 0..missing {
            let end = Span { start: row.span.end, ..row.span };
            let empty = cell(reader, end, scope, Vec::new());
            row.cells.push(empty);
        }
        covered.iter_mut().for_each(|rows| *rows = rows.saturating_sub(1));
    }
}
