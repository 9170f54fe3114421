//! Tables: header rows repeated, cells merged, widths as `resolve` has them.

use super::change::{FormerFrame, Track};
use super::frame::{Flow, Frame, Keep};
use super::style::{ParagraphStyle, REPORT_TABLE, style_id};
use super::writer::{Last, Writer};
use super::xml::{
    Border, Build, CellProperties, Look, RowProperties, TableBorders, TableProperties, TextAlignment, VerticalMerge,
};
use crate::document::{
    Alignment, Caption, Cell, CellScope, Change, Direction, Mark, NodeId, Pt, Row, Side, StandingKind, Table, Visit,
    Was, plain_text_of_blocks, walk_blocks,
};
use crate::resolve::{RowHeaders, Slot, SlotContent, TableInfo, TableVersions};

/// A table being written.
struct Grid<'a> {
    /// One per column.
    widths: Vec<Pt>,
    /// Whether the row stays on a page with the next.
    keep: Keep,
    /// The frame of the table; cells' texts stand in frames of their own.
    frame: Frame<'a>,
    /// Between a cell's edge and its text.
    margin: Pt,
    /// More at both outer edges, where a box around the table keeps its padding.
    padding: (Pt, Pt),
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
        let former = self.doc.former.as_deref().and_then(|former| former.tables.versions.get(id));
        let former = former.filter(|_| self.changes.standing.is_none());
        match former.and_then(|versions| Some((versions, column_mark(table)?))) {
            Some((versions, mark)) => self.both_tables((id, table), versions, mark, frame),
            None => {
                // A header stands otherwise for the sake of a value beneath it.
                First::of(table).into_iter().for_each(|mark| self.near(mark));
                self.grid_of((id, table.caption.as_ref()), table, &self.doc.tables[id], frame);
            }
        }
    }

    /// A table one of whose columns came or went: Word's other readers know no such revision, so that the table that was goes and the one that is comes.
    fn both_tables(
        &mut self,
        (id, table): (NodeId, &'a Table),
        versions: &'a TableVersions,
        mark: &'a Mark,
        frame: &Frame<'a>,
    ) {
        cells(table)
            .filter_map(|cell| Track::of(&cell.change))
            .for_each(|track| self.changes.announce_next(track.mark));
        for (kind, version) in [(StandingKind::Deleted, &versions.old), (StandingKind::Inserted, &versions.new)] {
            self.changes.copy = kind == StandingKind::Deleted;
            let caption = table.caption.as_ref();
            self.within(Some(Track { kind, mark }), |w| w.grid_of((id, caption), &version.table, &version.info, frame));
            self.changes.copy = false;
        }
    }

    /// The grid of a table.
    fn grid_of(
        &mut self,
        (id, caption): (NodeId, Option<&'a Caption>),
        table: &'a Table,
        info: &'a TableInfo,
        frame: &Frame<'a>,
    ) {
        self.part_from_table();
        let mut grid = self.grid(info, frame);
        if grid.widths.is_empty() {
            return;
        }
        let short = is_short(table);
        let caption = caption.map(|caption| self.caption_text(id, caption));
        let properties = self.table_properties(&grid, caption, look(table, info));
        self.element("w:tbl", &[], |w| {
            properties.write(w.xml());
            w.element("w:tblGrid", &[], |w| {
                for width in &grid.widths {
                    w.empty("w:gridCol", &[("w:w", &width.twips())]);
                }
            });
            for (index, (row, slots)) in table.head.iter().zip(&info.head).enumerate() {
                w.row(row, slots, if index == 0 { Group::FirstHeader } else { Group::Header }, &grid);
            }
            for (index, (row, slots)) in table.body.iter().zip(&info.body).enumerate() {
                grid.keep = if short && index + 1 < table.body.len() { Keep::All } else { Keep::None };
                w.row(row, slots, Group::Body, &grid);
            }
        });
        let own = if frame.surround.is_some() { Pt(0.0) } else { self.sheet.tokens.role("table").after };
        let space = frame.after.unwrap_or(own);
        let side = self.changes.side();
        self.changes.tail.table(side);
        self.wrote(Last::Table(space));
    }

    fn grid(&self, info: &TableInfo, frame: &Frame<'a>) -> Grid<'a> {
        let padding = frame.surround.map_or((Pt(0.0), Pt(0.0)), |around| {
            (around.surround.start + (frame.start - around.start), around.surround.end)
        });
        let room = frame.width + padding.0 + padding.1;
        let inner = frame.width;
        let mut widths: Vec<Pt> = info.widths.iter().map(|share| inner * *share).collect();
        if let (Some(first), false) = (widths.first_mut(), room == inner) {
            *first = *first + padding.0;
        }
        if let (Some(last), false) = (widths.last_mut(), room == inner) {
            *last = *last + padding.1;
        }
        let margin = self.sheet.tokens.role("table").extra_length("cell_x").unwrap_or_default();
        Grid { widths, keep: Keep::None, frame: *frame, margin, padding }
    }

    /// In a box the table is as wide as the box, and has its fill and its bars.
    fn table_properties(&self, grid: &Grid<'a>, caption: Option<String>, look: Look) -> TableProperties {
        let total = grid.widths.iter().fold(Pt(0.0), |sum, width| sum + *width);
        let unspaced = |border: Option<Border>| border.map(|border| Border { space: Pt(0.0), ..border });
        let borders = grid.frame.surround.map(|around| TableBorders {
            start: unspaced(around.surround.sides.0),
            end: unspaced(around.surround.sides.1),
            ..self.table_borders()
        });
        TableProperties {
            style: Some(style_id(REPORT_TABLE)),
            direction: grid.frame.direction,
            width: Some(total),
            indent: Some(grid.frame.start - grid.padding.0),
            borders,
            margins: None,
            look: Some(look),
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

    fn row(&mut self, row: &'a Row, slots: &'a [Slot], group: Group, grid: &Grid<'a>) {
        self.within(Track::of(&row.change), |w| w.row_here(row, slots, group, grid));
    }

    fn row_here(&mut self, row: &'a Row, slots: &'a [Slot], group: Group, grid: &Grid<'a>) {
        let header = group != Group::Body;
        let standing = self.changes.standing;
        self.element("w:tr", &[], |w| {
            // A row is not moved: Word knows that of text alone.
            let tracked = standing.map(|track| {
                w.changes.announce_next(track.mark);
                w.tracked(Track { kind: StandingKind::on(track.kind.side()), ..track })
            });
            RowProperties { cant_split: header || length(row) < SHORT_ROW, header, tracked }.write(w.xml());
            w.anchor_next(row.id);
            for slot in slots {
                w.cell(row, slot, group, grid);
            }
        });
    }

    fn cell(&mut self, row: &'a Row, slot: &Slot, group: Group, grid: &Grid<'a>) {
        let range = slot.column..slot.column + slot.columns;
        let width = grid.widths[range.clone()].iter().fold(Pt(0.0), |sum, width| sum + *width);
        let (first, last) = (range.start == 0, range.end == grid.widths.len());
        let padded = |at_edge: bool, padding: Pt| (at_edge && padding.0 > 0.0).then(|| padding + grid.margin);
        let (start, end) = (padded(first, grid.padding.0), padded(last, grid.padding.1));
        let properties = CellProperties {
            width: Some(width),
            span: (slot.columns > 1).then_some(slot.columns),
            merge: match slot.content {
                SlotContent::Cell(_) => (slot.rows > 1).then_some(VerticalMerge::Restart),
                SlotContent::Covered => Some(VerticalMerge::Continue),
                SlotContent::Missing => None,
            },
            start_margin: start,
            end_margin: end,
            ..self.cell_look(group, grid)
        };
        let text = width - start.unwrap_or(grid.margin) - end.unwrap_or(grid.margin);
        self.element("w:tc", &[], |w| {
            properties.write(w.xml());
            w.contained(|w| w.cell_content(row, slot, group, text, grid));
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
                fill: grid.frame.surround.and_then(|around| around.surround.fill),
                ..CellProperties::default()
            },
        }
    }

    fn cell_content(&mut self, row: &'a Row, slot: &Slot, group: Group, width: Pt, grid: &Grid<'a>) {
        let cell = slot.cell(row);
        let direction = if slot.left_to_right { Direction::LeftToRight } else { grid.frame.direction };
        let alignment = text_alignment(slot.alignment, direction != grid.frame.direction);
        let header = group != Group::Body || cell.is_some_and(|cell| cell.scope != CellScope::Data);
        let style = if header { ParagraphStyle::TableHeader } else { ParagraphStyle::TableText };
        let frame = Frame {
            flow: if grid.frame.flow == Flow::Note { Flow::Note } else { Flow::Container },
            orientation: grid.frame.orientation,
            paragraph: style,
            list: Some(ParagraphStyle::TableList),
            direction,
            start: Pt(0.0),
            end: Pt(0.0),
            width: Pt(width.0.max(8.0)),
            surround: None,
            before: None,
            after: None,
            keep: grid.keep,
            alignment,
            language: grid.frame.language,
            former: self.former_cell(cell, style, (alignment, direction), grid),
        };
        self.begin_container();
        if let Some(cell) = cell {
            self.anchor_next(cell.id);
            self.blocks(&cell.blocks, &frame);
        }
        if cell.is_none_or(|cell| cell.blocks.is_empty()) {
            self.plain(&frame, style, |_| {});
        }
        self.end_container();
        if self.changes.standing.is_none() {
            self.end_tail();
        }
    }

    /// What a cell was, where it was of another kind or stood otherwise.
    fn former_cell(
        &mut self,
        cell: Option<&'a Cell>,
        style: ParagraphStyle,
        (alignment, direction): (Option<TextAlignment>, Direction),
        grid: &Grid<'a>,
    ) -> Option<FormerFrame> {
        let cell = cell?;
        let stood = self.doc.former.as_deref().and_then(|former| former.tables.cells.get(cell.id));
        let stood = stood.filter(|_| self.changes.standing.is_none()).map(|stood| {
            let direction = if stood.left_to_right { Direction::LeftToRight } else { grid.frame.direction };
            (text_alignment(stood.alignment, direction != grid.frame.direction), direction)
        });
        let former = cell.change.as_ref().and_then(|change| change.former.as_ref());
        let kind = former.and_then(|former| match former.was {
            Was::Cell { scope, .. } => Some((scope, &former.mark)),
            Was::Block(_) | Was::Run(_) | Was::Item(_) | Was::Level { .. } => None,
        });
        let style = match kind {
            Some((scope, mark)) => {
                self.meet(mark, Side::New);
                if scope == CellScope::Data { ParagraphStyle::TableText } else { ParagraphStyle::TableHeader }
            }
            None if stood.is_none() => return None,
            None => style,
        };
        let (alignment, direction) = stood.unwrap_or((alignment, direction));
        Some(FormerFrame::Cell { style, alignment, direction })
    }
}

/// How a cell's text stands in a paragraph that runs as the table does, or the other way.
fn text_alignment(alignment: Alignment, turned: bool) -> Option<TextAlignment> {
    match (alignment, turned) {
        (Alignment::Center, _) => Some(TextAlignment::Center),
        (Alignment::None | Alignment::Start, false) | (Alignment::End, true) => None,
        (Alignment::End, false) | (Alignment::None | Alignment::Start, true) => Some(TextAlignment::End),
    }
}

/// Every cell.
fn cells(table: &Table) -> impl Iterator<Item = &Cell> {
    table.head.iter().chain(&table.body).flat_map(|row| &row.cells)
}

/// The mark of a column that came or went.
fn column_mark(table: &Table) -> Option<&Mark> {
    let numbers: Vec<u32> = table.columns.iter().filter_map(|column| Some(column.change?.number)).collect();
    let tracks = cells(table).filter_map(|cell| Track::of(&cell.change));
    tracks.map(|track| track.mark).find(|mark| numbers.contains(&mark.number))
}

/// The first change of a table.
#[derive(Default)]
struct First<'a>(Option<&'a Mark>);

impl<'a> First<'a> {
    fn of(table: &'a Table) -> Option<&'a Mark> {
        let mut first = Self::default();
        for cell in cells(table) {
            cell.change.iter().for_each(|change| first.change(change));
            walk_blocks(&cell.blocks, &mut first);
        }
        first.0
    }
}

impl<'a> Visit<'a> for First<'a> {
    fn change(&mut self, change: &'a Change) {
        self.0 = self.0.or_else(|| change.marks().next());
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

fn look(table: &Table, info: &TableInfo) -> Look {
    Look { first_row: !table.head.is_empty(), first_column: info.row_headers == RowHeaders::FirstColumn }
}
