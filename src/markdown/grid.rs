//! A table's rows made a full grid: no cell is missing, none covers another, none lies beyond the limits
//! (HTML 4.9.12, the table model).
//!
//! In: rows as typed. Out: the same with spans cut to what is free and empty cells where rows are short. What has no
//! place of its own stands in the last cell of its row; no text is lost.

use super::reader::Reader;
use crate::diag::{Code, Diagnostic};
use crate::document::{
    self, Alignment, Attributes, Block, BlockKind, Cell, CellScope, ColumnWidth, MOST_CELLS, MOST_COLUMNS, Row, Table,
};
use crate::source::Span;

/// What a table typed in a draft did not say rightly, and where first.
#[derive(Debug, Default)]
pub(super) struct Faults {
    overlapping: Option<Span>,
    leading_out: Option<Span>,
    beyond: Option<Span>,
}

impl Faults {
    /// Says each once.
    pub(super) fn report(self, reader: &mut Reader<'_>) {
        let limit = format!("a table has at most {MOST_COLUMNS} columns; what lies beyond stands in the last");
        let told = [
            (
                self.overlapping,
                "this cell spans columns that a cell above covers; it was cut".to_owned(),
                "make `colspan` smaller",
            ),
            (
                self.leading_out,
                "this cell spans more rows than there are; it was cut".to_owned(),
                "make `rowspan` smaller",
            ),
            (self.beyond, limit, "split the table"),
        ];
        for (span, message, hint) in told {
            if let Some(span) = span {
                reader.warn_with(Code::RaggedTable, span, message, hint);
            }
        }
    }
}

/// Counts the cells of a report.
#[derive(Debug, Clone, Default)]
pub(super) struct Cells(usize);

impl Cells {
    /// Whether a report with these has room for some more.
    pub(super) fn have_room_for(&self, more: &Self) -> bool {
        self.0.saturating_add(more.0) <= MOST_CELLS
    }

    pub(super) fn add(&mut self, more: &Self) {
        self.0 = self.0.saturating_add(more.0);
    }

    /// Those that have come since there were so many.
    pub(super) fn since(&self, before: &Self) -> Self {
        Self(self.0.saturating_sub(before.0))
    }
}

/// Takes room for a table; `None` if there is none left: the report is refused, and nothing is made of the table.
pub(super) fn take_room(reader: &mut Reader<'_>, span: Span, columns: usize, rows: usize) -> Option<()> {
    let before = reader.cells.0;
    reader.cells.0 = before.saturating_add(document::cells(columns, rows));
    if reader.cells.0 <= MOST_CELLS {
        return Some(());
    }
    if before <= MOST_CELLS {
        let message = format!("the tables of a report have at most {MOST_CELLS} cells, and here there are more");
        let hint = "split the report, or leave out what nobody reads";
        reader.diagnostics.push(Diagnostic::new(Code::TooLarge, span, message).hint(hint));
    }
    None
}

/// What stands for a table that is refused.
pub(super) fn refused(reader: &mut Reader<'_>, span: Span) -> Block {
    reader.plain_block(span, BlockKind::Division(Vec::new()))
}

/// Cuts what spans too far; the number of columns, and blocks that found no cell. These rows are a group that no
/// span leads out of.
pub(super) fn fit(rows: &mut [Row], faults: &mut Faults) -> (usize, Vec<Block>) {
    let count = rows.len();
    let mut homeless = Vec::new();
    let mut width = 0;
    // Rows that a cell from above still covers, by column.
    let mut covered = [0_usize; MOST_COLUMNS];
    for (index, row) in rows.iter_mut().enumerate() {
        let mut column = 0;
        let mut cells: Vec<Cell> = Vec::with_capacity(row.cells.len().min(MOST_COLUMNS));
        for mut cell in std::mem::take(&mut row.cells) {
            while column < MOST_COLUMNS && covered[column] > 0 {
                column += 1;
            }
            if column == MOST_COLUMNS {
                faults.beyond.get_or_insert(cell.span);
                let said = cell.blocks.into_iter().filter(|block| !is_empty(block));
                match cells.last_mut() {
                    Some(last) => last.blocks.extend(said),
                    None => homeless.extend(said),
                }
                continue;
            }
            let free = covered[column..].iter().take_while(|rows| **rows == 0).count();
            let (wanted, wanted_rows) = (usize::from(cell.column_span), usize::from(cell.row_span));
            if wanted > free {
                let reaches = column + free == MOST_COLUMNS;
                let fault = if reaches { &mut faults.beyond } else { &mut faults.overlapping };
                fault.get_or_insert(cell.span);
            }
            if wanted_rows > count - index && cell.row_span != TO_THE_END {
                faults.leading_out.get_or_insert(cell.span);
            }
            let (columns, rows) = (wanted.clamp(1, free), wanted_rows.clamp(1, count - index));
            cell.column_span = u16::try_from(columns).unwrap_or(u16::MAX);
            cell.row_span = u16::try_from(rows).unwrap_or(u16::MAX);
            covered[column..column + columns].fill(rows);
            column += columns;
            cells.push(cell);
        }
        row.cells = cells;
        width = width.max(covered.iter().rposition(|rows| *rows > 0).map_or(0, |last| last + 1));
        covered = covered.map(|rows| rows.saturating_sub(1));
    }
    (width, homeless)
}

/// `rowspan="0"`: down to the last row of the group (HTML 4.9.11).
pub(super) const TO_THE_END: u16 = u16::MAX;

fn is_empty(block: &Block) -> bool {
    matches!(&block.kind, BlockKind::Paragraph(content) if content.is_empty())
}

/// Adds empty cells until each row has `width` columns.
pub(super) fn widen(reader: &mut Reader<'_>, rows: &mut [Row], width: usize, scope: CellScope) {
    let mut covered: Vec<usize> = vec![0; width];
    for row in rows {
        let mut missing: usize = covered.iter().filter(|rows| **rows == 0).count();
        let mut column = 0;
        for cell in &row.cells {
            while covered.get(column).is_some_and(|rows| *rows > 0) {
                column += 1;
            }
            let end = (column + usize::from(cell.column_span)).min(width);
            missing = missing.saturating_sub(end - column.min(end));
            covered[column.min(end)..end].fill(usize::from(cell.row_span));
            column = end;
        }
        for _ in 0..missing {
            let end = Span { start: row.span.end, ..row.span };
            let empty = cell(reader, end, scope, Vec::new());
            row.cells.push(empty);
        }
        covered.iter_mut().for_each(|rows| *rows = rows.saturating_sub(1));
    }
}

/// A cell of one column and row; without blocks it holds an empty paragraph.
pub(super) fn cell(reader: &mut Reader<'_>, span: Span, scope: CellScope, mut blocks: Vec<Block>) -> Cell {
    if blocks.is_empty() {
        blocks.push(reader.plain_block(span, BlockKind::Paragraph(Vec::new())));
    }
    Cell {
        id: reader.ids.fresh(),
        span,
        scope,
        column_span: 1,
        row_span: 1,
        alignment: Alignment::None,
        blocks,
        change: None,
    }
}

/// What a table's attributes say of its columns: `.header-column` or `header-columns=2`, and `widths="20 30 50"`.
pub(super) fn apply(reader: &mut Reader<'_>, span: Span, table: &mut Table, attributes: &Attributes) {
    let mut refuse = |key: &str, value: &str, hint: &str| {
        reader.warn_with(Code::InvalidAttributes, span, format!("`{key}` cannot be `{value}`"), hint);
    };
    let typed = attributes.get("header-columns").and_then(|count| {
        let number = count.trim().parse::<usize>().ok();
        number.or_else(|| {
            refuse("header-columns", count, "write how many columns head their rows: `header-columns=2`");
            None
        })
    });
    let headers = typed.unwrap_or(usize::from(attributes.has_class("header-column")));
    if headers > 0 {
        head_rows(&mut table.body, headers);
    }
    let widths = attributes.get("widths").or(attributes.get("tbl-colwidths")).unwrap_or_default();
    let shares = widths.split(|c: char| !c.is_ascii_digit() && c != '.').filter(|share| !share.is_empty());
    let shares: Vec<f64> = shares.filter_map(|share| share.parse().ok()).collect();
    if shares.is_empty() && !widths.trim().is_empty() {
        refuse("widths", widths, "write the share of each column: `widths=\"20 30 50\"`");
    }
    // Shares of one as shares of a hundred.
    let whole = if shares.iter().sum::<f64>() <= 1.5 { 1.0 } else { 100.0 };
    for (column, share) in table.columns.iter_mut().zip(shares) {
        column.width = Some(ColumnWidth::Share(share / whole));
    }
}

/// Makes the cells of the first columns head their rows.
fn head_rows(rows: &mut [Row], headers: usize) {
    let mut covered: Vec<u16> = vec![0; headers.min(MOST_COLUMNS)];
    for row in rows {
        let mut column = 0;
        for cell in &mut row.cells {
            while covered.get(column).is_some_and(|rows| *rows > 0) {
                column += 1;
            }
            if column >= covered.len() {
                break;
            }
            if cell.scope == CellScope::Data {
                cell.scope = CellScope::Row;
            }
            let end = column + usize::from(cell.column_span.max(1));
            let until = end.min(covered.len());
            covered[column..until].fill(cell.row_span.max(1));
            column = end;
        }
        covered.iter_mut().for_each(|rows| *rows = rows.saturating_sub(1));
    }
}
