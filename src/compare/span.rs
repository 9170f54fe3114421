//! Rows of a table in which cells reach over others.
//!
//! In: the rows of both versions, of as many columns. Out: those of both. Rows over which one cell reaches hang together: they come and go
//! together. Rows of one shape are gone into, cell by cell.

use std::ops::Range;

use super::align::{Step, Units, align};
use super::item::{Marks, of_text};
use super::words::Bag;
use super::{Work, canon, table};
use crate::document::{Row, Side};

/// The rows of both.
pub(super) fn rows(work: &mut Work<'_>, old: &[Row], new: &[Row]) -> Vec<Row> {
    let (olds, news) = (bands(old), bands(new));
    let unit = |rows: &[Row]| of_text(|text| rows.iter().for_each(|row| canon::row(row, text)));
    let mut before: Vec<_> = olds.iter().map(|band| unit(&old[band.clone()])).collect();
    let mut after: Vec<_> = news.iter().map(|band| unit(&new[band.clone()])).collect();
    let firsts = |bands: &[Range<usize>]| bands.iter().map(|band| band.start).collect::<Vec<usize>>();
    let (first_old, first_new) = (firsts(&olds), firsts(&news));
    table::name(&mut before, first_old.iter().map(|at| &old[*at]), &mut after, first_new.iter().map(|at| &new[*at]));
    let (here, there) = (|at: usize| bag(&old[olds[at].clone()]), |at: usize| bag(&new[news[at].clone()]));
    let steps = align(&Units { units: before, bag: &here }, &Units { units: after, bag: &there });
    let mut marks = Marks::default();
    let mut out = Vec::with_capacity(old.len().max(new.len()));
    for step in steps {
        match step {
            Step::Both(i, j) if shape(&old[olds[i].clone()]) == shape(&new[news[j].clone()]) => {
                marks.last = None;
                let pairs = old[olds[i].clone()].iter().zip(&new[news[j].clone()]);
                out.extend(pairs.map(|(was, is)| row(work, was, is)));
            }
            Step::Both(i, j) => {
                whole(work, &mut marks, Side::Old, &old[olds[i].clone()], &mut out);
                whole(work, &mut marks, Side::New, &new[news[j].clone()], &mut out);
            }
            Step::Old(i) => whole(work, &mut marks, Side::Old, &old[olds[i].clone()], &mut out),
            Step::New(j) => whole(work, &mut marks, Side::New, &new[news[j].clone()], &mut out),
        }
    }
    out
}

/// Rows that hang together.
fn bands(rows: &[Row]) -> Vec<Range<usize>> {
    let mut bands: Vec<Range<usize>> = Vec::new();
    let mut until = 0;
    for (at, row) in rows.iter().enumerate() {
        match bands.last_mut() {
            Some(band) if at < until => band.end = at + 1,
            Some(_) | None => bands.push(at..at + 1),
        }
        let reach = row.cells.iter().map(|cell| usize::from(cell.row_span)).max().unwrap_or(1);
        until = until.max(at + reach);
    }
    bands
}

/// How the cells of rows lie.
fn shape(rows: &[Row]) -> Vec<Vec<(u16, u16)>> {
    rows.iter().map(|row| row.cells.iter().map(|cell| (cell.column_span, cell.row_span)).collect()).collect()
}

fn bag(rows: &[Row]) -> Bag {
    let bags = rows.iter().flat_map(|row| &row.cells).map(|cell| Bag::of_blocks(&cell.blocks));
    bags.reduce(|one, other| one.and(&other)).unwrap_or_default()
}

fn row(work: &mut Work<'_>, old: &Row, new: &Row) -> Row {
    let cells = old.cells.iter().zip(&new.cells).map(|(was, is)| table::both(work, was, is)).collect();
    Row { cells, ..new.clone() }
}

/// Rows that stand in one version only.
fn whole(work: &mut Work<'_>, marks: &mut Marks, side: Side, rows: &[Row], out: &mut Vec<Row>) {
    let change = marks.whole(work, side);
    out.extend(rows.iter().map(|row| Row { change: change.clone(), ..row.clone() }));
}
