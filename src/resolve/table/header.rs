//! Which header cells say what a cell is.
//!
//! In: a grid. Out: for each data cell its headers, where the table is not regular: one row of headers above, none of
//! which covers several columns, and row headers that cover one row need no help.

use super::info::{RowHeaders, Slot, SlotContent};
use crate::document::{Block, CellScope, MOST_COLUMNS, NodeId, Row, Table};

/// Whether every row of the body begins with a header of its own.
pub(super) fn row_headers(table: &Table, body: &[Vec<Slot>]) -> RowHeaders {
    let heads = |(row, slots): (&Row, &Vec<Slot>)| {
        let first = slots.first().and_then(|slot| slot.cell(row));
        // A cell from above that still covers the first column heads this row as well.
        let covered = || slots.first().is_some_and(|slot| slot.content == SlotContent::Covered);
        first.map_or_else(covered, |cell| cell.scope == CellScope::Row)
    };
    let first = table.body.first().and_then(|row| row.cells.first()).is_some_and(|cell| cell.scope == CellScope::Row);
    if first && table.body.iter().zip(body).all(heads) { RowHeaders::FirstColumn } else { RowHeaders::None }
}

/// Fills in the headers of each cell, where `scope` alone would not tell; whether that was so.
pub(super) fn associate(
    table: &Table,
    head: &mut [Vec<Slot>],
    body: &mut [Vec<Slot>],
    is_empty: &dyn Fn(&[Block]) -> bool,
) -> bool {
    if is_regular(table) {
        return false;
    }
    // Header cells above each column, from the top.
    let mut above: Vec<Vec<NodeId>> = vec![Vec::new(); MOST_COLUMNS];
    for (row, slots) in table.head.iter().zip(head.iter_mut()) {
        column_headers(row, slots, is_empty, &mut above);
    }
    // Row headers that still cover rows below: the cell, and how many.
    let mut beside: Vec<(NodeId, usize)> = Vec::new();
    for (row, slots) in table.body.iter().zip(body) {
        beside.retain(|(_, rows)| *rows > 0);
        beside.iter_mut().for_each(|(_, rows)| *rows -= 1);
        let own = slots.iter().filter_map(|slot| {
            let cell = slot.cell(row).filter(|cell| cell.scope == CellScope::Row && !is_empty(&cell.blocks))?;
            Some((cell.id, slot.rows - 1))
        });
        let own: Vec<(NodeId, usize)> = own.collect();
        beside.extend(own);
        for slot in slots.iter_mut() {
            let Some(cell) = slot.cell(row) else { continue };
            let mut headers = covering(&above, slot);
            let row_headers = beside.iter().map(|(id, _)| *id).filter(|id| *id != cell.id);
            if cell.scope == CellScope::Data {
                headers.extend(row_headers);
            }
            slot.headers = headers;
        }
        column_headers(row, slots, is_empty, &mut above);
    }
    true
}

/// A header row's cells head their columns; those above them head them too.
fn column_headers(row: &Row, slots: &mut [Slot], is_empty: &dyn Fn(&[Block]) -> bool, above: &mut [Vec<NodeId>]) {
    for slot in slots {
        let Some(cell) = slot.cell(row).filter(|cell| cell.scope == CellScope::Column && !is_empty(&cell.blocks))
        else {
            continue;
        };
        slot.headers = covering(above, slot);
        for column in &mut above[slot.column..slot.column + slot.columns] {
            if column.len() < MOST_HEADERS {
                column.push(cell.id);
            }
        }
    }
}

/// Headers above one cell beyond which nobody would listen.
const MOST_HEADERS: usize = 8;

/// The headers above a slot's columns, each once.
fn covering(above: &[Vec<NodeId>], slot: &Slot) -> Vec<NodeId> {
    let mut found = Vec::new();
    for id in above[slot.column..slot.column + slot.columns].iter().flatten() {
        if !found.contains(id) {
            found.push(*id);
        }
    }
    found.truncate(MOST_HEADERS);
    found
}

fn is_regular(table: &Table) -> bool {
    let single = |row: &Row| row.cells.iter().all(|cell| cell.column_span < 2 && cell.row_span < 2);
    let in_place = |row: &Row| row.cells.iter().all(|cell| cell.scope != CellScope::Column && cell.row_span < 2);
    table.head.len() < 2 && table.head.iter().all(single) && table.body.iter().all(in_place)
}
