//! Which columns a cell covers.
//!
//! In: rows of cells with spans. Out: each cell with its columns.

use std::ops::Range;

use crate::document::{Cell, Row, Table};

/// A cell and where it stands.
pub(super) struct Placed<'a> {
    pub(super) cell: &'a Cell,
    pub(super) section: Section,
    pub(super) columns: Range<usize>,
}

/// Header or data rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Section {
    Head,
    Body,
}

/// Places every cell; no span leads from the header into the data.
pub(super) fn place(table: &Table) -> Vec<Placed<'_>> {
    let mut placed = Vec::new();
    section(&table.head, Section::Head, &mut placed);
    section(&table.body, Section::Body, &mut placed);
    placed
}

fn section<'a>(rows: &'a [Row], section: Section, placed: &mut Vec<Placed<'a>>) {
    // How many further rows each column is covered for by a cell above.
    let mut covered: Vec<u16> = Vec::new();
    for row in rows {
        let mut column = 0;
        let mut started: Vec<(Range<usize>, u16)> = Vec::new();
        for cell in &row.cells {
            while covered.get(column).is_some_and(|rows| *rows > 0) {
                column += 1;
            }
            let columns = column..column + usize::from(cell.column_span.max(1));
            column = columns.end;
            started.push((columns.clone(), cell.row_span.max(1)));
            placed.push(Placed { cell, section, columns });
        }
        covered.iter_mut().for_each(|rows| *rows = rows.saturating_sub(1));
        for (columns, rows) in started {
            if covered.len() < columns.end {
                covered.resize(columns.end, 0);
            }
            covered[columns].fill(rows - 1);
        }
    }
}

/// How many columns the cells need.
pub(super) fn columns(placed: &[Placed<'_>]) -> usize {
    placed.iter().map(|placed| placed.columns.end).max().unwrap_or(0)
}
