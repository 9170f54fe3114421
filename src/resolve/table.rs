//! Tables: how wide each column is, how it stands, and whether it holds numbers.
//!
//! In: tables. Out: a [`TableInfo`] for each. Never looks at a style: it weighs characters.

mod grid;
mod number;
mod weight;

use std::ops::Range;

use super::info::TableInfo;
use super::reading::{self, Place, Read};
use super::resolved::{ResolvedDocument, SideTable};
use crate::document::{Alignment, Block, BlockKind, Cell, Document, NodeId, Pt, Table, plain_text_of_blocks};
use grid::{Placed, Section};
use weight::Weigh;

/// Resolves every table. References and notes are worded already; `picture` gives the width of an image as it
/// would like to be shown.
pub(super) fn resolve(
    document: &Document,
    notes: &[usize],
    worded: &ResolvedDocument,
    measure: Pt,
    picture: &dyn Fn(NodeId) -> Option<Pt>,
) -> SideTable<TableInfo> {
    let mut tables = Tables { weigh: Weigh { worded, picture }, measure, table: SideTable::default() };
    reading::read(document, notes, &mut tables);
    tables.table
}

struct Tables<'p> {
    weigh: Weigh<'p>,
    measure: Pt,
    table: SideTable<TableInfo>,
}

impl<'a> Read<'a> for Tables<'_> {
    fn block(&mut self, block: &'a Block, _place: &Place<'a>) {
        if let BlockKind::Table(table) = &block.kind {
            self.table.insert(block.id, self.info(table));
        }
    }
}

impl Tables<'_> {
    fn info(&self, table: &Table) -> TableInfo {
        let placed = grid::place(table);
        let columns = grid::columns(&placed).max(table.columns.len());
        let numeric: Vec<bool> = (0..columns).map(|column| is_numeric(&placed, column)).collect();
        let alignments = numeric.iter().enumerate().map(|(column, numeric)| {
            match (table.columns.get(column).copied().unwrap_or_default(), numeric) {
                (Alignment::None, true) if !is_years(&placed, column) => Alignment::End,
                (Alignment::None, true | false) => Alignment::Start,
                (typed @ (Alignment::Start | Alignment::Center | Alignment::End), _) => typed,
            }
        });
        let widths = self.weigh.widths(&placed, columns, self.measure);
        TableInfo { widths, alignments: alignments.collect(), numeric }
    }
}

/// Every cell with the columns that it covers.
pub(super) fn column_ranges(table: &Table) -> impl Iterator<Item = (&Cell, Range<usize>)> {
    grid::place(table).into_iter().map(|placed| (placed.cell, placed.columns))
}

/// Whether every data cell of a column that is not empty holds a number, and one is not empty.
fn is_numeric(placed: &[Placed<'_>], column: usize) -> bool {
    let mut texts = data(placed, column).peekable();
    texts.peek().is_some() && texts.all(|text| number::is_number(&text))
}

/// Whether a column holds years: they name their row, and nobody adds them up.
fn is_years(placed: &[Placed<'_>], column: usize) -> bool {
    data(placed, column).all(|text| number::is_year(&text))
}

/// The texts of a column's data cells that are not empty.
fn data(placed: &[Placed<'_>], column: usize) -> impl Iterator<Item = String> {
    let own =
        placed.iter().filter(move |placed| placed.section == Section::Body && placed.columns == (column..column + 1));
    own.map(|placed| plain_text_of_blocks(&placed.cell.blocks)).filter(|text| !number::is_nothing(text))
}
