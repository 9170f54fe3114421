//! Two tables as one.
//!
//! In: two tables. Out: one of the rows and columns of both, those of one version marked; cells are gone into. Where cells reach over
//! others, rows that hang together come and go together ([`span`]), and a column that came or went replaces the table.

use std::collections::HashMap;

use super::align::{Step, Unit, Units, align};
use super::item::{Marks, of_text};
use super::words::Bag;
use super::{Work, block, canon, span};
use crate::document::{
    Block, BlockKind, Cell, Change, Column, ColumnMark, Former, Row, Side, StandingKind, Table, Was,
    plain_text_of_blocks,
};

/// A column of both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Place {
    old: Option<usize>,
    new: Option<usize>,
    number: u32,
}

/// Both tables; `None` where they are better shown whole.
pub(super) fn table(work: &mut Work<'_>, old: &Table, new: &Table) -> Option<Table> {
    if old.file != new.file {
        return None;
    }
    work.rows += 1;
    let around = work.table.replace(work.rows);
    let both = unite(work, old, new);
    work.table = around;
    both
}

fn unite(work: &mut Work<'_>, old: &Table, new: &Table) -> Option<Table> {
    let caption = block::caption(work, old.caption.as_ref(), new.caption.as_ref());
    if !is_regular(old) || !is_regular(new) {
        if old.columns.len() != new.columns.len() {
            return None;
        }
        let head = span::rows(work, &old.head, &new.head);
        let body = span::rows(work, &old.body, &new.body);
        return Some(Table { caption, head, body, ..new.clone() });
    }
    let places = columns(work, old, new);
    if !places.iter().any(|place| place.old.is_some() && place.new.is_some()) {
        return None;
    }
    let head = rows(work, &old.head, &new.head, &places);
    let body = rows(work, &old.body, &new.body, &places);
    let columns = places.iter().filter_map(|place| {
        let column = match (place.old, place.new) {
            (_, Some(at)) => new.columns.get(at),
            (Some(at), None) => old.columns.get(at),
            (None, None) => None,
        };
        let change = side(*place).map(|side| ColumnMark { kind: StandingKind::on(side), number: place.number });
        column.map(|column| Column { change, ..*column })
    });
    Some(Table { caption, columns: columns.collect(), head, body, file: new.file.clone() })
}

/// Whether the columns that stayed stand and are wide as they were.
pub(super) fn same_columns(both: &Table, old: &Block, new: &Block) -> bool {
    let (BlockKind::Table(old), BlockKind::Table(new)) = (&old.kind, &new.kind) else { return false };
    let (mut olds, mut news) = (old.columns.iter(), new.columns.iter());
    both.columns.iter().all(|column| match column.change.map(|mark| mark.kind.side()) {
        Some(Side::Old) => olds.next().is_some(),
        Some(Side::New) => news.next().is_some(),
        None => olds.next() == news.next(),
    })
}

fn side(place: Place) -> Option<Side> {
    match (place.old, place.new) {
        (Some(_), None) => Some(Side::Old),
        (None, Some(_)) => Some(Side::New),
        (Some(_), Some(_)) | (None, None) => None,
    }
}

/// Whether every row has a cell in every column and none reaches over another.
fn is_regular(table: &Table) -> bool {
    table.head.iter().chain(&table.body).all(|row| {
        row.cells.len() == table.columns.len()
            && row.cells.iter().all(|cell| cell.column_span == 1 && cell.row_span == 1)
    })
}

/// The columns of both: by their headers, then by what they hold; two alone in their place are one.
fn columns(work: &mut Work<'_>, old: &Table, new: &Table) -> Vec<Place> {
    let unit = |table: &Table, at: usize| {
        of_text(|text| table.head.iter().for_each(|row| canon::blocks(&row.cells[at].blocks, text)))
    };
    let units = |table: &Table| (0..table.columns.len()).map(|at| unit(table, at)).collect::<Vec<Unit>>();
    let bag = |table: &Table, at: usize| {
        let rows = table.head.iter().chain(&table.body);
        let bags = rows.map(|row| Bag::of_blocks(&row.cells[at].blocks));
        bags.reduce(|one, other| one.and(&other)).unwrap_or_default()
    };
    let (here, there) = (|at: usize| bag(old, at), |at: usize| bag(new, at));
    let steps = align(&Units { units: units(old), bag: &here }, &Units { units: units(new), bag: &there });
    let mut places: Vec<Place> = Vec::new();
    for gap in steps.chunk_by(|one, other| !matches!(one, Step::Both(..)) && !matches!(other, Step::Both(..))) {
        if let [Step::Old(i), Step::New(j)] = gap {
            places.push(Place { old: Some(*i), new: Some(*j), number: 0 });
            continue;
        }
        for step in gap {
            let (old, new) = match *step {
                Step::Both(i, j) => (Some(i), Some(j)),
                Step::Old(i) => (Some(i), None),
                Step::New(j) => (None, Some(j)),
            };
            let number = if old.is_some() && new.is_some() { 0 } else { work.mark().number };
            places.push(Place { old, new, number });
        }
    }
    places
}

/// Rows of both, of tables without cells that reach over others.
fn rows(work: &mut Work<'_>, old: &[Row], new: &[Row], places: &[Place]) -> Vec<Row> {
    // By what stands in the columns that stayed.
    let kept = |side: Side| {
        places.iter().filter(|place| place.old.is_some() && place.new.is_some()).filter_map(move |place| match side {
            Side::Old => place.old,
            Side::New => place.new,
        })
    };
    let unit = |row: &Row, side: Side| of_text(|text| kept(side).for_each(|at| canon::cell(&row.cells[at], text)));
    let bag = |row: &Row| {
        let bags = row.cells.iter().map(|cell| Bag::of_blocks(&cell.blocks));
        // The first cell says what the row is about.
        let key = row.cells.first().map(|cell| Bag::of_blocks(&cell.blocks)).unwrap_or_default();
        bags.fold(key, |one, other| one.and(&other))
    };
    let mut before: Vec<Unit> = old.iter().map(|row| unit(row, Side::Old)).collect();
    let mut after: Vec<Unit> = new.iter().map(|row| unit(row, Side::New)).collect();
    name(&mut before, old.iter(), &mut after, new.iter());
    let (here, there) = (|at: usize| bag(&old[at]), |at: usize| bag(&new[at]));
    let steps = align(&Units { units: before, bag: &here }, &Units { units: after, bag: &there });
    let mut marks = Marks::default();
    let mut out = Vec::with_capacity(steps.len());
    for step in steps {
        let (was, is) = match step {
            Step::Both(i, j) => (Some(&old[i]), Some(&new[j])),
            Step::Old(i) => (Some(&old[i]), None),
            Step::New(j) => (None, Some(&new[j])),
        };
        let change = match (was, is) {
            (Some(_), Some(_)) | (None, None) => {
                marks.last = None;
                None
            }
            (Some(_), None) => marks.whole(work, Side::Old),
            (None, Some(_)) => marks.whole(work, Side::New),
        };
        let Some(either) = is.or(was) else { continue };
        let cells = places.iter().map(|place| cell(work, *place, was, is)).collect();
        out.push(Row { cells, change, id: either.id, span: either.span });
    }
    out
}

/// Rows are known by their first cell, where it says in words what no other row's does.
pub(super) fn name<'r>(
    before: &mut [Unit],
    old: impl Iterator<Item = &'r Row>,
    after: &mut [Unit],
    new: impl Iterator<Item = &'r Row>,
) {
    for (units, rows) in [(before, old.collect::<Vec<_>>()), (after, new.collect())] {
        let keys: Vec<Option<u64>> = rows.into_iter().map(key).collect();
        let mut met: HashMap<u64, usize> = HashMap::new();
        keys.iter().flatten().for_each(|key| *met.entry(*key).or_default() += 1);
        for (unit, key) in units.iter_mut().zip(keys) {
            unit.key = key.filter(|key| met[key] == 1);
        }
    }
}

fn key(row: &Row) -> Option<u64> {
    let text = plain_text_of_blocks(&row.cells.first()?.blocks);
    // A plain number counts rows: it is another row's once one has come before it. "1.4.2" is a name.
    let figures = text.split(|c: char| !c.is_numeric()).filter(|figures| !figures.is_empty()).count();
    (text.contains(char::is_alphabetic) || figures > 1).then(|| canon::hash(&text))
}

/// A cell of both rows; empty where a column that came or went crosses a row that did not have it.
fn cell(work: &mut Work<'_>, place: Place, old: Option<&Row>, new: Option<&Row>) -> Cell {
    let was = place.old.and_then(|at| old?.cells.get(at));
    let is = place.new.and_then(|at| new?.cells.get(at));
    let change = || side(place).and_then(|side| Change::stands(StandingKind::on(side), super::mark(place.number)));
    match (was, is) {
        (Some(was), Some(is)) => both(work, was, is),
        (Some(one), None) | (None, Some(one)) => Cell { change: change(), ..one.clone() },
        (None, None) => {
            let one = new.or(old).and_then(|row| row.cells.first()).expect("a row of a table with columns has a cell");
            Cell { change: change(), blocks: Vec::new(), ..one.clone() }
        }
    }
}

pub(super) fn both(work: &mut Work<'_>, old: &Cell, new: &Cell) -> Cell {
    let blocks = block::blocks(work, &old.blocks, &new.blocks);
    let same = (old.scope, old.alignment) == (new.scope, new.alignment);
    let former = (!same).then(|| {
        let was = Was::Cell { scope: old.scope, alignment: old.alignment };
        Former { was, mark: work.mark() }
    });
    let change = former.map(|former| std::boxed::Box::new(Change { former: Some(former), ..Change::default() }));
    Cell { blocks, change, ..new.clone() }
}
