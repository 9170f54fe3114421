//! Tables: every cell of the grid is generated, so that what Typst lays out is what the draft has even
//! where spans overlap or leave holes.

use super::fit::{self, Breaking};
use super::generator::{Generator, Place};
use crate::document::{Alignment, Block, BlockKind, Cell, CellScope, NodeId, Pt, Row, Table};
use crate::resolve::TableInfo;

/// A cell in its place, its spans cut to the grid; `None` for a hole.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Slot<'a> {
    cell: Option<&'a Cell>,
    column: usize,
    columns: usize,
    rows: usize,
}

impl Generator<'_> {
    pub(super) fn table(&mut self, id: NodeId, table: &Table) {
        let doc = self.doc;
        let info = &doc.tables[id];
        let width = info.widths.len();
        let head = slots(&table.head, width);
        let body = slots(&table.body, width);
        let breaking = Breaking::of(self.height(&head, info) + self.height(&body, info), self.style);
        self.statement("captioned(table, ");
        self.caption(id, table.caption.as_ref());
        self.out.push(&format!(", {}, ", breaking.literal()));
        if width == 0 || (head.is_empty() && body.is_empty()) {
            return self.out.push("[])");
        }
        self.out.push("grid-table((");
        for share in &info.widths {
            self.out.push(&format!("{:.3}%, ", share * 100.0));
        }
        self.out.push("), (");
        for alignment in &info.alignments {
            self.out.push(&format!("{}, ", aligned(*alignment)));
        }
        self.out.push(&format!("), {}", head.len()));
        if !head.is_empty() {
            self.out.push(",\nhead-rows(");
            let repeated = Place { in_repeated_head: breaking == Breaking::Breakable, ..self.place };
            self.within(repeated, |g| g.rows(&head, info, true));
            self.out.push(")");
        }
        self.rows(&body, info, false);
        self.out.push("))");
        self.head_notes();
    }

    fn rows(&mut self, rows: &[Vec<Slot>], info: &TableInfo, head: bool) {
        for (index, row) in rows.iter().enumerate() {
            self.out.push(if head && index == 0 { "\n" } else { ",\n" });
            let whole = self.row_height(row, info) <= 160.0;
            for (nth, slot) in row.iter().enumerate() {
                if nth > 0 {
                    self.out.push(", ");
                }
                self.slot(slot, info, head, whole);
            }
        }
    }

    fn slot(&mut self, slot: &Slot, info: &TableInfo, head: bool, whole: bool) {
        let scope = slot.cell.map_or(CellScope::Data, |cell| cell.scope);
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
        match slot.cell {
            Some(cell) => self.cell(cell, self.cell_place(slot, info)),
            None => self.out.push("[]"),
        }
        if !style.is_empty() {
            self.out.push(")");
        }
        self.out.push(if close.is_empty() { ")" } else { "))" });
    }

    /// A cell of one paragraph holds its inlines and no more.
    fn cell(&mut self, cell: &Cell, place: Place) {
        let start = self.out.position();
        self.within(place, |g| match cell.blocks.as_slice() {
            [Block { kind: BlockKind::Paragraph(content), attributes, .. }] if attributes.language.is_none() => {
                g.inlines(content);
            }
            blocks => g.blocks(blocks),
        });
        self.out.came_from(start, cell.span);
    }

    fn cell_place(&self, slot: &Slot, info: &TableInfo) -> Place {
        let role = self.style.role("table");
        let share: f64 = info.widths.iter().skip(slot.column).take(slot.columns).sum();
        let width = Pt((self.place.width.0 * share - 2.0 * role.extra_length("cell_x").unwrap_or(Pt(6.0)).0).max(12.0));
        Place { width, size: role.size, contained: true, ..self.place }
    }

    fn row_height(&self, row: &[Slot], info: &TableInfo) -> f64 {
        let role = self.style.role("table");
        let cells = row.iter().filter_map(|slot| {
            let cell = slot.cell?;
            Some(fit::height(&cell.blocks, self.cell_place(slot, info).width, role) / slot.rows as f64)
        });
        cells.fold(role.line.0, f64::max) + 8.0
    }

    fn height(&self, rows: &[Vec<Slot>], info: &TableInfo) -> f64 {
        rows.iter().map(|row| self.row_height(row, info)).sum()
    }
}

fn aligned(alignment: Alignment) -> &'static str {
    match alignment {
        Alignment::None | Alignment::Start => "start + top",
        Alignment::Center => "center + top",
        Alignment::End => "end + top",
    }
}

/// Every place of the grid, row by row: cells with spans cut to what is free, and holes.
fn slots(rows: &[Row], width: usize) -> Vec<Vec<Slot<'_>>> {
    // How many rows below each column are still covered by a cell above.
    let mut covered = vec![0_usize; width];
    let mut grid = Vec::with_capacity(rows.len());
    for (index, row) in rows.iter().enumerate() {
        let mut slots = Vec::new();
        let mut cells = row.cells.iter();
        let mut column = 0;
        let mut below = covered.iter().map(|rows| rows.saturating_sub(1)).collect::<Vec<_>>();
        while column < width {
            if covered[column] > 0 {
                column += 1;
                continue;
            }
            let free = covered[column..].iter().take_while(|rows| **rows == 0).count();
            let cell = cells.next();
            let columns = cell.map_or(1, |cell| usize::from(cell.column_span).clamp(1, free));
            let spanned = cell.map_or(1, |cell| usize::from(cell.row_span).clamp(1, rows.len() - index));
            below[column..column + columns].fill(spanned - 1);
            slots.push(Slot { cell, column, columns, rows: spanned });
            column += columns;
        }
        covered = below;
        grid.push(slots);
    }
    grid
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Ids;
    use crate::source::{Sources, Span};

    fn row(ids: &mut Ids, spans: &[(u16, u16)]) -> Row {
        let span = Span::new(Sources::default().add("a.md", ""), 0, 0);
        let cell = |(columns, rows): &(u16, u16), id| Cell {
            id,
            span,
            scope: CellScope::Data,
            column_span: *columns,
            row_span: *rows,
            blocks: Vec::new(),
        };
        let id = ids.fresh();
        Row { id, span, cells: spans.iter().map(|s| cell(s, ids.fresh())).collect() }
    }

    fn shape(rows: &[Row], width: usize) -> Vec<Vec<(usize, usize, usize)>> {
        let grid = slots(rows, width);
        grid.iter().map(|row| row.iter().map(|s| (s.column, s.columns, s.rows)).collect()).collect()
    }

    #[test]
    fn spans_are_cut_to_the_grid_and_holes_are_filled() {
        let mut ids = Ids::default();
        let rows = [row(&mut ids, &[(1, 2), (9, 1)]), row(&mut ids, &[(1, 5)]), row(&mut ids, &[])];
        assert_eq!(
            shape(&rows, 3),
            [vec![(0, 1, 2), (1, 2, 1)], vec![(1, 1, 2), (2, 1, 1)], vec![(0, 1, 1), (2, 1, 1)]]
        );
    }
}
