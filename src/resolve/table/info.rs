//! What is decided about a table.

use crate::document::{Alignment, Cell, NodeId, Row};

/// What was decided about a table. Its grid has as many columns as `widths`; no slot covers another.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TableInfo {
    /// One per column, from its content or as typed; they sum to 1.
    pub widths: Vec<f64>,
    /// One per column: as typed, else numbers at the end, years and the rest at the start.
    pub alignments: Vec<Alignment>,
    /// One per column: whether its data cells are numbers (set in tabular figures).
    pub numeric: Vec<bool>,
    /// The slots of each header row, from the first column to the last.
    pub head: Vec<Vec<Slot>>,
    /// The slots of each other row.
    pub body: Vec<Vec<Slot>>,
    /// Whether cells name their headers ([`Slot::headers`]), because `scope` alone would not tell.
    pub associated: bool,
    /// Whether the first cell of every row that is no header row heads its row.
    pub row_headers: RowHeaders,
}

/// Whether rows are headed by their first cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RowHeaders {
    /// Not all of them.
    #[default]
    None,
    /// All of them.
    FirstColumn,
}

/// How a cell stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CellStand {
    /// As [`Slot::alignment`].
    pub alignment: Alignment,
    /// As [`Slot::left_to_right`].
    pub left_to_right: bool,
}

/// A part of a row of the grid.
#[derive(Debug, Clone, PartialEq)]
pub struct Slot {
    /// What stands there.
    pub content: SlotContent,
    /// The first column that it covers, from 0.
    pub column: usize,
    /// How many columns it covers, at least 1.
    pub columns: usize,
    /// How many rows it covers from here on, at least 1.
    pub rows: usize,
    /// How its text stands: never [`Alignment::None`].
    pub alignment: Alignment,
    /// Whether it is a number in a table that runs from right to left: by itself it runs the other way, or its sign
    /// and its groups of digits would change places.
    pub left_to_right: bool,
    /// The header cells that say what it is, where `scope` alone would not tell (HTML 4.9.12.2).
    pub headers: Vec<NodeId>,
}

/// What stands in a slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SlotContent {
    /// The cell at this index of its row.
    Cell(usize),
    /// A cell of a row above that reaches down to here.
    Covered,
    /// Nothing: the row is shorter than the table.
    Missing,
}

impl Slot {
    /// The cell that begins here, of the slot's row.
    pub fn cell<'a>(&self, row: &'a Row) -> Option<&'a Cell> {
        match self.content {
            SlotContent::Cell(index) => row.cells.get(index),
            SlotContent::Covered | SlotContent::Missing => None,
        }
    }
}
