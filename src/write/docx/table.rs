//! Tables: header rows repeated, cells merged, widths as `resolve` has them.

use super::frame::{Flow, Frame, Keep};
use super::style::{ParagraphStyle, REPORT_TABLE, style_id};
use super::writer::{Last, Writer};
use super::xml::{
    Border, Build, CellProperties, RowProperties, TableBorders, TableProperties, TextAlignment, VerticalMerge,
};
use crate::document::{Alignment, Cell, CellScope, NodeId, Pt, Row, Table, plain_text_of_blocks};

/// A table being written.
struct Grid<'a> {
    /// One per column.
    widths: Vec<Pt>,
    /// One per column.
    alignments: Vec<Alignment>,
    /// By column: rows that a cell above still covers, and its columns.
    covered: Vec<(u16, u16)>,
    /// Whether the row stays on a page with the next.
    keep: Keep,
    /// The frame of the table; cells' texts stand in frames of their own.
    frame: Frame<'a>,
    /// Between a cell's edge and its text.
    margin: Pt,
    /// More at both outer edges, where a box around the table keeps its padding.
    padding: (Pt, Pt),
}

/// A place in a row.
enum Slot<'a> {
    /// A cell of the draft.
    Cell(&'a Cell),
    /// Covered from above.
    Continued,
    /// Nothing: the row is shorter than the table.
    Missing,
}

/// A cell of the file.
struct Placed<'a> {
    slot: Slot<'a>,
    column: usize,
    span: u16,
}

/// Which rows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Group {
    /// The first of the header rows, which the table style knows.
    FirstHeader,
    /// Other header rows.
    Header,
    /// Data.
    Body,
}

impl<'a> Writer<'a> {
    /// A table beneath its caption.
    pub fn table(&mut self, id: NodeId, table: &'a Table, frame: &Frame<'a>) {
        match &table.caption {
            Some(caption) => self.caption(id, caption, frame),
            None => self.anchor_next(id),
        }
        self.part_from_table();
        let mut grid = self.grid(id, table, frame);
        if grid.widths.is_empty() {
            return;
        }
        let short = is_short(table);
        let caption = table.caption.as_ref().map(|caption| self.caption_text(id, caption));
        let properties = self.table_properties(&grid, caption, !table.head.is_empty());
        self.element("w:tbl", &[], |w| {
            properties.write(w.xml());
            w.element("w:tblGrid", &[], |w| {
                for width in &grid.widths {
                    w.empty("w:gridCol", &[("w:w", &width.twips())]);
                }
            });
            for (index, row) in table.head.iter().enumerate() {
                w.row(row, if index == 0 { Group::FirstHeader } else { Group::Header }, &mut grid);
            }
            grid.covered.fill((0, 1));
            for (index, row) in table.body.iter().enumerate() {
                grid.keep = if short && index + 1 < table.body.len() { Keep::All } else { Keep::None };
                w.row(row, Group::Body, &mut grid);
            }
        });
        let own = if frame.surround.is_some() { Pt(0.0) } else { self.sheet.tokens.role("table").after };
        let space = frame.after.unwrap_or(own);
        self.last = Last::Table(space);
    }

    fn grid(&self, id: NodeId, table: &Table, frame: &Frame<'a>) -> Grid<'a> {
        let info = &self.doc.tables[id];
        let columns = columns(table).max(info.widths.len());
        let padding = frame
            .surround
            .map_or((Pt(0.0), Pt(0.0)), |(surround, edge)| (surround.start + (frame.start - edge), surround.end));
        let room = frame.width + padding.0 + padding.1;
        // A column that nothing is known about is as wide as an average one.
        let mut shares = info.widths.clone();
        shares.resize(columns, 1.0 / columns.max(1) as f64);
        let sum: f64 = shares.iter().sum();
        let inner = frame.width;
        let mut widths: Vec<Pt> = shares.iter().map(|share| inner * (share / sum)).collect();
        if let (Some(first), false) = (widths.first_mut(), room == inner) {
            *first = *first + padding.0;
        }
        if let (Some(last), false) = (widths.last_mut(), room == inner) {
            *last = *last + padding.1;
        }
        let mut alignments = info.alignments.clone();
        alignments.resize(columns, Alignment::None);
        let margin = self.sheet.tokens.role("table").extra_length("cell_x").unwrap_or_default();
        Grid { widths, alignments, covered: vec![(0, 1); columns], keep: Keep::None, frame: *frame, margin, padding }
    }

    /// In a box the table is as wide as the box, and has its fill and its bars.
    fn table_properties(&self, grid: &Grid<'a>, caption: Option<String>, header: bool) -> TableProperties {
        let total = grid.widths.iter().fold(Pt(0.0), |sum, width| sum + *width);
        let unspaced = |border: Option<Border>| border.map(|border| Border { space: Pt(0.0), ..border });
        let borders = grid.frame.surround.map(|(surround, _)| TableBorders {
            left: unspaced(surround.borders.left),
            right: unspaced(surround.borders.right),
            ..self.table_borders()
        });
        TableProperties {
            style: Some(style_id(REPORT_TABLE)),
            width: Some(total),
            indent: Some(grid.frame.start - grid.padding.0),
            borders,
            margins: None,
            first_row: Some(header),
            description: caption.clone(),
            caption,
        }
    }

    fn table_borders(&self) -> TableBorders {
        let role = self.sheet.tokens.role("table");
        let line = |token: &Option<crate::style::Border>| {
            token.as_ref().map(|token| Border::single(token.width, Pt(0.0), self.sheet.tokens.color(&token.color)))
        };
        TableBorders {
            top: line(&role.borders.top),
            bottom: line(&role.borders.bottom),
            inside: line(&role.borders.inside),
            ..TableBorders::default()
        }
    }

    fn row(&mut self, row: &'a Row, group: Group, grid: &mut Grid<'a>) {
        let header = group != Group::Body;
        let placed = place(row, &mut grid.covered);
        self.element("w:tr", &[], |w| {
            RowProperties { cant_split: header || length(row) < SHORT_ROW, header }.write(w.xml());
            w.anchor_next(row.id);
            for cell in &placed {
                w.cell(cell, group, grid);
            }
        });
    }

    fn cell(&mut self, placed: &Placed<'a>, group: Group, grid: &Grid<'a>) {
        let range = placed.column..placed.column + usize::from(placed.span);
        let width = grid.widths[range.clone()].iter().fold(Pt(0.0), |sum, width| sum + *width);
        let (first, last) = (range.start == 0, range.end == grid.widths.len());
        let padded = |at_edge: bool, padding: Pt| (at_edge && padding.0 > 0.0).then(|| padding + grid.margin);
        let (left, right) = (padded(first, grid.padding.0), padded(last, grid.padding.1));
        let properties = CellProperties {
            width: Some(width),
            span: (placed.span > 1).then_some(placed.span),
            merge: match placed.slot {
                Slot::Cell(cell) => (cell.row_span > 1).then_some(VerticalMerge::Restart),
                Slot::Continued => Some(VerticalMerge::Continue),
                Slot::Missing => None,
            },
            left_margin: left,
            right_margin: right,
            ..self.cell_look(group, grid)
        };
        let text = width - left.unwrap_or(grid.margin) - right.unwrap_or(grid.margin);
        self.element("w:tc", &[], |w| {
            properties.write(w.xml());
            w.cell_content(placed, group, text, grid);
        });
    }

    /// What the table style does not bring: header rows after the first, and a box's fill.
    fn cell_look(&self, group: Group, grid: &Grid<'a>) -> CellProperties {
        let header = self.sheet.tokens.role("table-header");
        let line = header.borders.bottom.as_ref();
        let bottom = line.map(|token| Border::single(token.width, Pt(0.0), self.sheet.tokens.color(&token.color)));
        match group {
            Group::Header => CellProperties {
                borders: Some(TableBorders { bottom, ..TableBorders::default() }),
                fill: header.fill.as_ref().map(|name| self.sheet.tokens.color(name)),
                ..CellProperties::default()
            },
            Group::FirstHeader => CellProperties::default(),
            Group::Body => CellProperties {
                fill: grid.frame.surround.and_then(|(surround, _)| surround.fill),
                ..CellProperties::default()
            },
        }
    }

    fn cell_content(&mut self, placed: &Placed<'a>, group: Group, width: Pt, grid: &Grid<'a>) {
        let alignment = match grid.alignments[placed.column] {
            Alignment::None | Alignment::Start => None,
            Alignment::Center => Some(TextAlignment::Center),
            Alignment::End => Some(TextAlignment::End),
        };
        let heads = match placed.slot {
            Slot::Cell(cell) => cell.scope != CellScope::Data,
            Slot::Continued | Slot::Missing => false,
        };
        let header = group != Group::Body || heads;
        let style = if header { ParagraphStyle::TableHeader } else { ParagraphStyle::TableText };
        let frame = Frame {
            flow: if grid.frame.flow == Flow::Note { Flow::Note } else { Flow::Container },
            paragraph: style,
            list: Some(ParagraphStyle::TableList),
            start: Pt(0.0),
            end: Pt(0.0),
            width: Pt(width.0.max(8.0)),
            surround: None,
            before: None,
            after: None,
            keep: grid.keep,
            alignment,
            language: grid.frame.language,
        };
        self.last = Last::Plain;
        match placed.slot {
            Slot::Cell(cell) => {
                self.anchor_next(cell.id);
                self.blocks(&cell.blocks, &frame);
                if cell.blocks.is_empty() {
                    self.plain(&frame, style, |_| {});
                }
            }
            Slot::Continued | Slot::Missing => self.plain(&frame, style, |_| {}),
        }
        self.end_container();
    }
}

/// Characters up to which a row stays on one page: an eighth of a page or so.
const SHORT_ROW: usize = 600;
/// Rows and characters up to which a table stays on one page: half a page or so.
const SHORT_TABLE: (usize, usize) = (14, 1200);

fn is_short(table: &Table) -> bool {
    let rows = table.head.iter().chain(&table.body);
    rows.clone().count() <= SHORT_TABLE.0 && rows.map(length).sum::<usize>() <= SHORT_TABLE.1
}

fn length(row: &Row) -> usize {
    row.cells.iter().map(|cell| plain_text_of_blocks(&cell.blocks).chars().count()).sum()
}

/// The widest row's columns; a row's cells stand beside those that cover it from above.
fn columns(table: &Table) -> usize {
    let mut widest = 0;
    for rows in [&table.head, &table.body] {
        let mut covered: Vec<(u16, u16)> = Vec::new();
        for row in rows {
            let placed = place_open(row, &mut covered);
            widest = widest.max(placed.iter().map(|cell| cell.column + usize::from(cell.span)).max().unwrap_or(0));
        }
    }
    widest
}

/// Where a row's cells stand, with those that continue and those that are missing.
fn place<'a>(row: &'a Row, covered: &mut Vec<(u16, u16)>) -> Vec<Placed<'a>> {
    let columns = covered.len();
    let mut placed = place_open(row, covered);
    let end = placed.last().map_or(0, |cell| cell.column + usize::from(cell.span));
    placed.extend((end..columns).map(|column| Placed { slot: Slot::Missing, column, span: 1 }));
    placed
}

/// The same, without what is missing at the end; `covered` grows with the row.
fn place_open<'a>(row: &'a Row, covered: &mut Vec<(u16, u16)>) -> Vec<Placed<'a>> {
    let mut placed = Vec::new();
    let mut cells = row.cells.iter();
    let mut column = 0;
    loop {
        if let Some((rows, span)) = covered.get_mut(column).filter(|(rows, _)| *rows > 0) {
            *rows -= 1;
            placed.push(Placed { slot: Slot::Continued, column, span: *span });
            column += usize::from(*span);
            continue;
        }
        let Some(cell) = cells.next() else {
            // Cells that come down further along the row still have their place, past missing ones.
            let Some(next) = (column..covered.len()).find(|at| covered[*at].0 > 0) else { break };
            placed.extend((column..next).map(|column| Placed { slot: Slot::Missing, column, span: 1 }));
            column = next;
            continue;
        };
        // A cell is no wider than the room up to the next that comes down.
        let free =
            (column + 1..covered.len()).find(|at| covered[*at].0 > 0).map_or(u16::MAX, |at| (at - column) as u16);
        let span = cell.column_span.clamp(1, free.max(1)).min(MOST_COLUMNS);
        let end = column + usize::from(span);
        if covered.len() < end {
            covered.resize(end, (0, 1));
        }
        covered[column] = (cell.row_span.max(1) - 1, span);
        placed.push(Placed { slot: Slot::Cell(cell), column, span });
        column = end;
    }
    placed
}

/// Word's own limit.
const MOST_COLUMNS: u16 = 63;
