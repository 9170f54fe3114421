//! Tables: every slot of the grid is generated, so that what Typst lays out is what `resolve` has.

use super::change::{self, Shown};
use super::fit::{self, Breaking};
use super::generator::{Generator, Place};
use crate::document::{Alignment, Block, BlockKind, Cell, CellScope, Direction, NodeId, Pt, Row, Table};
use crate::resolve::{Is, Slot, SlotContent, TableInfo};

/// A head that may be higher than this share of the text's height is not repeated on later pages.
const TALLEST_HEAD: f64 = 0.5;

impl Generator<'_> {
    pub(super) fn table(&mut self, id: NodeId, table: &Table) {
        let doc = self.doc;
        let info = &doc.tables[id];
        let (head, body) = (Rows::new(&table.head, &info.head), Rows::new(&table.body, &info.body));
        let head_height = self.height(head, info);
        let breaking = Breaking::of(head_height + self.height(body, info), self.text_height());
        // A head that fills half a page would leave the rows beneath it none, on page after page.
        let repeats = head_height <= self.text_height().0 * TALLEST_HEAD;
        self.statement("captioned(table, ");
        self.caption(id, table.caption.as_ref());
        self.out.push(&format!(", {}, ", breaking.literal()));
        if info.widths.is_empty() || (table.head.is_empty() && table.body.is_empty()) {
            return self.out.push("[])");
        }
        self.out.push("grid-table((");
        for share in &info.widths {
            self.out.push(&format!("{:.3}%, ", share * 100.0));
        }
        self.out.push("), (");
        for alignment in &info.alignments {
            self.out.push(&format!("{}, ", aligned(*alignment, self.place.direction)));
        }
        self.out.push(&format!("), {}", table.head.len()));
        if !table.head.is_empty() {
            self.out.push(if repeats { ",\nhead-rows(" } else { ",\nhead-rows(repeat: false, " });
            let repeated = Place { in_repeated_head: breaking == Breaking::Breakable && repeats, ..self.place };
            self.within(repeated, |g| g.rows(head, info, true));
            self.out.push(")");
        }
        self.rows(body, info, false);
        self.out.push("))");
        self.head_notes();
    }

    fn rows(&mut self, rows: Rows<'_>, info: &TableInfo, head: bool) {
        for (index, (row, slots)) in rows.iter().enumerate() {
            let whole = self.row_height(row, slots, info) <= 160.0;
            let own = slots.iter().filter(|slot| slot.content != SlotContent::Covered);
            for (nth, slot) in own.enumerate() {
                let line = match (nth, head && index == 0) {
                    (0, true) => "\n",
                    (0, false) => ",\n",
                    _ => ", ",
                };
                self.out.push(line);
                self.slot(row, slot, info, head, whole);
            }
        }
    }

    fn slot(&mut self, row: &Row, slot: &Slot, info: &TableInfo, head: bool, whole: bool) {
        let change = slot.cell(row).and_then(|cell| change::standing(&cell.change));
        let change = change::standing(&row.change).or(change);
        let place = Place { change: change.or(self.place.change), ..self.place };
        self.within(place, |g| g.table_cell((row, slot), info, (head, whole), change));
    }

    fn table_cell(
        &mut self,
        (row, slot): (&Row, &Slot),
        info: &TableInfo,
        (head, whole): (bool, bool),
        change: Option<Shown>,
    ) {
        let cell = slot.cell(row);
        let scope = cell.map_or(CellScope::Data, |cell| cell.scope);
        let close = match (scope, head) {
            (CellScope::Row, _) => "pdf.header-cell(scope: \"row\", ",
            (CellScope::Column, false) => "pdf.header-cell(scope: \"column\", ",
            (CellScope::Data, true) => "pdf.data-cell(",
            (CellScope::Column, true) | (CellScope::Data, false) => "",
        };
        self.out.push(close);
        self.out.push("table.cell(");
        if slot.columns > 1 {
            self.out.push(&format!("colspan: {}, ", slot.columns));
        }
        if slot.rows > 1 {
            self.out.push(&format!("rowspan: {}, ", slot.rows));
        } else if whole {
            self.out.push("breakable: false, ");
        }
        if slot.alignment != info.alignments[slot.column] {
            self.out.push(&format!("align: {}, ", aligned(slot.alignment, self.place.direction)));
        }
        if let Some(shown) = change {
            self.out.push(&format!("fill: change-fill(\"{}\"), ", shown.name()));
        }
        let style = if head || scope == CellScope::Column {
            "head-text("
        } else if scope == CellScope::Row {
            "row-head("
        } else {
            ""
        };
        self.out.push(style);
        if !head && !self.head_notes.is_empty() {
            self.sequence(Self::head_notes);
            self.out.push(" + ");
        }
        self.out.push(if slot.left_to_right { "text(dir: ltr, " } else { "" });
        match cell {
            Some(cell) => self.cell(cell, self.cell_place(slot, info)),
            None => self.out.push("[]"),
        }
        self.out.push(if slot.left_to_right { ")" } else { "" });
        if !style.is_empty() {
            self.out.push(")");
        }
        self.out.push(if close.is_empty() { ")" } else { "))" });
    }

    /// A cell of one paragraph holds its inlines and no more.
    fn cell(&mut self, cell: &Cell, place: Place) {
        let start = self.out.position();
        self.within(place, |g| {
            g.former_format(&cell.change, Is::Cell);
            match cell.blocks.as_slice() {
                [block @ Block { kind: BlockKind::Paragraph(content), .. }]
                    if g.doc.languages.get(block.id).is_none() =>
                {
                    g.whole(&block.change, |g| g.line(block, content));
                }
                blocks => g.blocks(blocks),
            }
        });
        self.out.came_from(start, cell.span);
    }

    fn cell_place(&self, slot: &Slot, info: &TableInfo) -> Place {
        let role = self.style.role("table");
        let share: f64 = info.widths.iter().skip(slot.column).take(slot.columns).sum();
        let width = Pt((self.place.width.0 * share - 2.0 * role.extra_length("cell_x").unwrap_or(Pt(6.0)).0).max(12.0));
        Place { width, size: role.size, contained: true, ..self.place }
    }

    fn row_height(&self, row: &Row, slots: &[Slot], info: &TableInfo) -> f64 {
        let role = self.style.role("table");
        let cells = slots.iter().filter_map(|slot| {
            let cell = slot.cell(row)?;
            Some(fit::height(&cell.blocks, self.cell_place(slot, info).width, role) / slot.rows as f64)
        });
        cells.fold(role.line.0, f64::max) + 8.0
    }

    fn height(&self, rows: Rows<'_>, info: &TableInfo) -> f64 {
        rows.iter().map(|(row, slots)| self.row_height(row, slots, info)).sum()
    }
}

/// Rows with their slots.
#[derive(Clone, Copy)]
struct Rows<'a> {
    rows: &'a [Row],
    grid: &'a [Vec<Slot>],
}

impl<'a> Rows<'a> {
    fn new(rows: &'a [Row], grid: &'a [Vec<Slot>]) -> Self {
        Self { rows, grid }
    }

    fn iter(self) -> impl Iterator<Item = (&'a Row, &'a [Slot])> {
        self.rows.iter().zip(self.grid.iter().map(Vec::as_slice))
    }
}

/// Where a cell may run the other way than its table, start and end are named by side.
fn aligned(alignment: Alignment, direction: Direction) -> &'static str {
    match (alignment, direction) {
        (Alignment::Center, _) => "center + top",
        (Alignment::None | Alignment::Start, Direction::LeftToRight) => "left + top",
        (Alignment::End, Direction::LeftToRight) => "right + top",
        (Alignment::None | Alignment::Start, Direction::RightToLeft) => "right + top",
        (Alignment::End, Direction::RightToLeft) => "left + top",
    }
}
