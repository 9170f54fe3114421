//! HTML's tables: their parts, whatever they stand in, to rows and columns (HTML 4.9).

use super::super::grid::{self, Faults, TO_THE_END};
use super::super::reader::Reader;
use super::blocks::blocks;
use super::element::{Name, Section};
use super::inlines;
use super::tree::{Element, Named, Piece};
use crate::document::{
    Alignment, Attributes, Block, BlockKind, Caption, Cell, CellScope, Column, ColumnWidth, Inline, InlineKind,
    MOST_COLUMNS, Pt, Row, Table,
};
use crate::source::Span;

/// Columns that one cell may cover (HTML 4.9.11).
const WIDEST: u16 = 1000;

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
    let Parts { caption, columns, groups, strays } = parts;
    let caption = caption.map(|caption| inlines::caption(reader, Piece::Element(caption)));
    let caption = caption.filter(|(_, content)| !content.is_empty());
    let caption = caption.map(|(span, content)| Caption { id: reader.ids.fresh(), span, content });
    let mut strays = blocks(reader, strays, depth);
    let mut faults = Faults::default();
    let (mut head, mut body, mut width) = (Vec::new(), Vec::new(), columns.len());
    for Group { rows, is_head } in read_groups(reader, groups, depth) {
        let mut rows = rows;
        let (needed, homeless) = grid::fit(&mut rows, &mut faults);
        width = width.max(needed);
        strays.extend(homeless);
        if is_head { head.extend(rows) } else { body.extend(rows) }
    }
    faults.report(reader);
    if grid::take_room(reader, span, width, head.len() + body.len()).is_none() {
        return grid::refused(reader, span);
    }
    grid::widen(reader, &mut head, width, CellScope::Column);
    grid::widen(reader, &mut body, width, CellScope::Data);
    let mut columns = columns;
    columns.resize(width, Column::default());
    let mut table = Table { caption, columns, head, body, file: None };
    grid::apply(reader, span, &mut table, &attributes);
    let attributes = Attributes { pairs: Vec::new(), ..attributes };
    let table = reader.block(span, attributes, BlockKind::Table(table));
    if strays.is_empty() {
        return table;
    }
    // What stands in a table but in no cell goes before it.
    strays.push(table);
    reader.plain_block(span, BlockKind::Division(strays))
}

/// Rows, columns and caption of a table, in whatever they stand.
#[derive(Default)]
struct Parts {
    caption: Option<Element>,
    columns: Vec<Column>,
    /// Each `thead`, `tbody` and `tfoot`, and rows that stand in none.
    groups: Vec<(Option<Section>, Vec<Element>)>,
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
                match self.groups.last_mut().filter(|(last, _)| *last == section) {
                    Some((_, rows)) => rows.push(element),
                    None => self.groups.push((section, vec![element])),
                }
            } else if element.name == Name::Caption && self.caption.is_none() {
                self.caption = Some(element);
            } else if let Name::Section(inner) = element.name {
                self.groups.push((Some(inner), Vec::new()));
                self.collect(element.children, Some(inner));
            } else if matches!(element.name, Name::Column | Name::ColumnGroup) {
                self.columns(&element, Column::default());
            } else {
                self.strays.push(Piece::Element(element));
            }
        }
    }

    /// `col`, or `colgroup` with or without `col`s.
    fn columns(&mut self, element: &Element, around: Column) {
        let own = column(&element.attributes, around);
        let within: Vec<&Element> = element.children.iter().filter_map(Piece::as_element).collect();
        if within.is_empty() {
            let span = element.attributes.get("span").and_then(|span| span.trim().parse().ok()).unwrap_or(1);
            let room = MOST_COLUMNS - self.columns.len().min(MOST_COLUMNS);
            self.columns.extend(std::iter::repeat_n(own, span.clamp(1, MOST_COLUMNS).min(room)));
        }
        within.into_iter().filter(|inner| inner.name == Name::Column).for_each(|inner| self.columns(inner, own));
    }
}

fn column(attributes: &Attributes, around: Column) -> Column {
    let width = attributes.get("width").and_then(|typed| {
        let typed = typed.trim();
        let (number, unit) =
            typed.split_at(typed.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(typed.len()));
        let number: f64 = number.parse().ok().filter(|number| *number > 0.0)?;
        match unit.trim() {
            "%" => Some(ColumnWidth::Share(number / 100.0)),
            "" | "px" => Some(ColumnWidth::Length(Pt::from_px(number))),
            "pt" => Some(ColumnWidth::Length(Pt(number))),
            _ => None,
        }
    });
    let own = alignment(attributes);
    let alignment = if own == Alignment::None { around.alignment } else { own };
    Column { alignment, width: width.or(around.width), change: None }
}

/// Rows that no span leads out of.
struct Group {
    rows: Vec<Row>,
    is_head: bool,
}

/// Header rows are those of `thead`; without one, the first rows that hold nothing but `th`. `tfoot` comes last.
fn read_groups(reader: &mut Reader<'_>, groups: Vec<(Option<Section>, Vec<Element>)>, depth: usize) -> Vec<Group> {
    let headed = groups.iter().any(|(section, rows)| *section == Some(Section::Head) && !rows.is_empty());
    // A table of nothing but headers has no header rows.
    let only_headers = !headed && groups.iter().flat_map(|(_, rows)| rows).all(is_header_row);
    let mut leading = !headed;
    let (mut read, mut foot) = (Vec::new(), Vec::new());
    for (section, elements) in groups {
        let (mut heads, mut others) = (Vec::new(), Vec::new());
        for element in elements {
            leading &= is_header_row(&element);
            let in_head = section == Some(Section::Head) || leading;
            let row = row(reader, element, in_head, depth);
            if in_head { heads.push(row) } else { others.push(row) }
        }
        read.push(Group { rows: heads, is_head: !only_headers });
        let group = Group { rows: others, is_head: false };
        if section == Some(Section::Foot) { foot.push(group) } else { read.push(group) }
    }
    read.extend(foot);
    read
}

fn is_header_row(row: &Element) -> bool {
    let mut cells = row.children.iter().filter_map(Piece::as_element).map(|element| element.name);
    let first = cells.next();
    first == Some(Name::HeaderCell) && cells.all(|name| name == Name::HeaderCell)
}

fn row(reader: &mut Reader<'_>, row: Element, in_head: bool, depth: usize) -> Row {
    let mut cells: Vec<Cell> = Vec::new();
    let around = alignment(&row.attributes);
    for piece in row.children {
        let element = match piece.named(Name::is_cell) {
            Named::Element(element) => element,
            Named::Other(other) => {
                let blocks = blocks(reader, vec![other], depth + 1);
                match cells.last_mut() {
                    Some(last) => last.blocks.extend(blocks),
                    None if !blocks.is_empty() => cells.push(grid::cell(reader, row.span, CellScope::Data, blocks)),
                    None => {}
                }
                continue;
            }
        };
        let mut cell = read_cell(reader, element, in_head, depth);
        if cell.alignment == Alignment::None {
            cell.alignment = around;
        }
        cells.push(cell);
    }
    Row { id: reader.ids.fresh(), span: row.span, cells, change: None }
}

fn read_cell(reader: &mut Reader<'_>, element: Element, in_head: bool, depth: usize) -> Cell {
    let attributes = element.attributes;
    let number = |key| attributes.get(key).and_then(|value| value.trim().parse::<u16>().ok());
    let scope = match (attributes.get("scope"), element.name == Name::HeaderCell, in_head) {
        (Some("row" | "rowgroup"), true, _) => CellScope::Row,
        (Some("col" | "colgroup"), true, _) => CellScope::Column,
        (_, true, false) => CellScope::Row,
        (_, _, true) => CellScope::Column,
        (_, false, false) => CellScope::Data,
    };
    let column_span = number("colspan").unwrap_or(1).clamp(1, WIDEST);
    let row_span = number("rowspan").map_or(1, |rows| if rows == 0 { TO_THE_END } else { rows });
    let blocks = blocks(reader, element.children, depth + 1);
    let mut cell = grid::cell(reader, element.span, scope, without_figures(blocks));
    (cell.column_span, cell.row_span, cell.alignment) = (column_span, row_span, alignment(&attributes));
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
            let inline = InlineKind::Image(image);
            block.kind =
                BlockKind::Paragraph(vec![Inline { id: block.id, span: block.span, kind: inline, change: None }]);
        }
    }
    blocks
}

fn alignment(attributes: &Attributes) -> Alignment {
    match attributes.get("align").map(str::to_ascii_lowercase).as_deref() {
        Some("left" | "start") => Alignment::Start,
        Some("center" | "middle") => Alignment::Center,
        Some("right" | "end") => Alignment::End,
        Some(_) | None => Alignment::None,
    }
}
