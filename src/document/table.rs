use super::{Block, Caption, ColumnMark, Marked, NodeId, Pt};
use crate::source::Span;

/// Columns that a table may have: Word's own limit, in every format. A row's further cells stand in its last one.
pub const MOST_COLUMNS: usize = 63;

/// Cells that the tables of a report may have, columns times rows, whatever its configuration allows: beyond it nothing
/// is made of them.
pub const MOST_CELLS: usize = 1_000_000;

/// A table.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// From a `Table: …` paragraph beside it, or HTML's `caption`.
    pub caption: Option<Caption>,
    /// One per column, as typed.
    pub columns: Vec<Column>,
    /// Header rows, repeated on each page.
    pub head: Vec<Row>,
    /// The others.
    pub body: Vec<Row>,
    /// Where its rows are still to be read from.
    pub file: Option<TableFile>,
}

impl Table {
    /// How many cells it counts for against every limit: see [`cells`].
    pub fn cells(&self) -> usize {
        cells(self.columns.len(), self.head.len() + self.body.len())
    }
}

/// How many cells a table of so many columns and rows counts for: those that a span covers are counted too.
pub fn cells(columns: usize, rows: usize) -> usize {
    columns.saturating_mul(rows)
}

/// A file that holds a table's rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableFile {
    /// As typed, from the draft's own folder.
    pub path: String,
    /// The line that names it.
    pub span: Span,
}

/// A column, as typed.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Column {
    /// How its cells stand.
    pub alignment: Alignment,
    /// How wide it is (HTML's `col`), if anything was said.
    pub width: Option<ColumnWidth>,
    /// What a redline says of it.
    pub change: Option<ColumnMark>,
}

/// A column's width as typed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum ColumnWidth {
    /// Of the table's width, from 0 to 1.
    Share(f64),
    /// As it is.
    Length(Pt),
}

/// How a column or a cell stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Alignment {
    /// Not said.
    #[default]
    None,
    /// At the start.
    Start,
    /// Centred.
    Center,
    /// At the end.
    End,
}

/// A row.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Keys the tables of `resolve`.
    pub id: NodeId,
    /// Where it was typed.
    pub span: Span,
    /// Its cells; with spans fewer than there are columns.
    pub cells: Vec<Cell>,
    /// What a redline says of it.
    pub change: Marked,
}

/// A cell.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// Keys the tables of `resolve`.
    pub id: NodeId,
    /// Where it was typed.
    pub span: Span,
    /// Data, or a header of something.
    pub scope: CellScope,
    /// Columns it covers, at least 1.
    pub column_span: u16,
    /// Rows it covers, at least 1.
    pub row_span: u16,
    /// As typed for this cell alone; else its column's.
    pub alignment: Alignment,
    /// Its content; a GFM cell is one paragraph.
    pub blocks: Vec<Block>,
    /// What a redline says of it.
    pub change: Marked,
}

/// What a cell is to others (HTML's `scope`, PDF's `Scope`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CellScope {
    /// Data.
    #[default]
    Data,
    /// Heads its column.
    Column,
    /// Heads its row.
    Row,
}
