//! Which columns and rows a cell covers (HTML 4.9.12, the table model).
//!
//! In: rows of cells with spans. Out: for each row its slots, from the first column to the last: cells with
//! spans cut to what is free, what cells above cover, and holes. One look at each cell.

use super::info::{Slot, SlotContent};
use crate::document::{Alignment, Cell, MOST_COLUMNS, Row, Table};

/// A cell and where it stands.
pub(super) struct Placed<'a> {
    pub(super) cell: &'a Cell,
    pub(super) section: Section,
    pub(super) slot: &'a Slot,
}

/// Header or data rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Section {
    Head,
    Body,
}

/// Every cell with its slot.
pub(super) fn placed<'a>(
    table: &'a Table,
    head: &'a [Vec<Slot>],
    body: &'a [Vec<Slot>],
) -> impl Iterator<Item = Placed<'a>> {
    let sections = [(Section::Head, &table.head, head), (Section::Body, &table.body, body)];
    sections.into_iter().flat_map(|(section, rows, grid)| {
        rows.iter().zip(grid).flat_map(move |(row, slots)| {
            slots.iter().filter_map(move |slot| Some(Placed { cell: slot.cell(row)?, section, slot }))
        })
    })
}

/// How many columns a table needs, at most [`MOST_COLUMNS`].
pub(super) fn width(table: &Table) -> usize {
    let needed = widest(&table.head).max(widest(&table.body)).max(table.columns.len());
    needed.min(MOST_COLUMNS)
}

fn widest(rows: &[Row]) -> usize {
    // How many rows below each column are still covered by a cell above.
    let mut covered = [0_usize; MOST_COLUMNS];
    let mut widest = 0;
    for row in rows {
        let mut column = 0;
        let mut below = covered.map(|rows| rows.saturating_sub(1));
        for cell in &row.cells {
            while column < MOST_COLUMNS && covered[column] > 0 {
                column += 1;
            }
            let end = (column + usize::from(cell.column_span.max(1))).min(MOST_COLUMNS);
            below[column..end].fill(usize::from(cell.row_span.max(1)) - 1);
            column = end;
        }
        let reach = |covered: &[usize]| covered.iter().rposition(|rows| *rows > 0).map_or(0, |last| last + 1);
        widest = widest.max(column).max(reach(&covered));
        covered = below;
    }
    widest
}

/// Every slot of a grid of `width` columns; no span leads out of these rows.
pub(super) fn lay(rows: &[Row], width: usize) -> Vec<Vec<Slot>> {
    // By column: rows below that a cell above still covers, and that cell's columns.
    let mut covered = vec![(0_usize, 1_usize); width];
    let mut grid = Vec::with_capacity(rows.len());
    for (index, row) in rows.iter().enumerate() {
        let mut slots = Vec::new();
        let mut cells = row.cells.iter().enumerate();
        let mut column = 0;
        while column < width {
            let (left, columns) = covered[column];
            if left > 0 {
                covered[column..column + columns].fill((left - 1, columns));
                slots.push(slot(SlotContent::Covered, column, columns, 1));
                column += columns;
                continue;
            }
            let free = covered[column..].iter().take_while(|(rows, _)| *rows == 0).count();
            let slot = match cells.next() {
                Some((at, cell)) => {
                    let columns = usize::from(cell.column_span).clamp(1, free);
                    let rows = usize::from(cell.row_span).clamp(1, rows.len() - index);
                    slot(SlotContent::Cell(at), column, columns, rows)
                }
                None => slot(SlotContent::Missing, column, 1, 1),
            };
            covered[column..column + slot.columns].fill((slot.rows - 1, slot.columns));
            column += slot.columns;
            slots.push(slot);
        }
        grid.push(slots);
    }
    grid
}

fn slot(content: SlotContent, column: usize, columns: usize, rows: usize) -> Slot {
    Slot { content, column, columns, rows, alignment: Alignment::Start, left_to_right: false, headers: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{CellScope, Ids};
    use crate::source::{Sources, Span};

    fn rows(spans: &[&[(u16, u16)]]) -> Vec<Row> {
        let mut ids = Ids::default();
        let span = Span::new(Sources::default().add("a.md", ""), 0, 0);
        let mut cell = |(column_span, row_span): (u16, u16)| Cell {
            id: ids.fresh(),
            span,
            scope: CellScope::Data,
            column_span,
            row_span,
            alignment: Alignment::None,
            blocks: Vec::new(),
            change: None,
        };
        let cells: Vec<Vec<Cell>> = spans.iter().map(|row| row.iter().map(|&spans| cell(spans)).collect()).collect();
        cells.into_iter().map(|cells| Row { id: Ids::default().fresh(), span, cells, change: None }).collect()
    }

    /// Column, columns and rows of each slot; what is covered has no rows, what is missing no columns.
    fn shape(rows: &[Row], width: usize) -> Vec<Vec<(usize, usize, usize)>> {
        let of = |slot: &Slot| match slot.content {
            SlotContent::Cell(_) => (slot.column, slot.columns, slot.rows),
            SlotContent::Covered => (slot.column, slot.columns, 0),
            SlotContent::Missing => (slot.column, 0, 1),
        };
        lay(rows, width).iter().map(|row| row.iter().map(of).collect()).collect()
    }

    #[test]
    fn spans_are_cut_to_the_grid_and_holes_are_filled() {
        let rows = rows(&[&[(1, 2), (9, 1)], &[(1, 5)], &[]]);
        assert_eq!(
            shape(&rows, 3),
            [vec![(0, 1, 2), (1, 2, 1)], vec![(0, 1, 0), (1, 1, 2), (2, 0, 1)], vec![(0, 0, 1), (1, 1, 0), (2, 0, 1)]]
        );
    }

    #[test]
    fn what_comes_down_is_one_slot_as_wide_as_its_cell() {
        let rows = rows(&[&[(1, 1), (2, 2)], &[(3, 1)]]);
        assert_eq!(shape(&rows, 3), [vec![(0, 1, 1), (1, 2, 2)], vec![(0, 1, 1), (1, 2, 0)]]);
        assert_eq!(widest(&rows), 3);
    }

    #[test]
    fn no_table_is_wider_than_the_limit() {
        assert_eq!(widest(&rows(&[&[(u16::MAX, u16::MAX); 9], &[(1, 1)]])), MOST_COLUMNS);
        assert_eq!(widest(&rows(&[&[(1, 2), (1, 1)], &[(1, 1), (1, 1), (1, 1)]])), 4);
    }
}
