//! How columns and cells stand: by what they hold, or as they do in each version of a redline.
//!
//! In: a table and its grid. Out: which columns hold numbers, how columns and slots are aligned. The values of a redline are never looked at: those of two
//! versions side by side are no number. What stands in the new version stands as it does there, what is gone as it did.

use super::data::{self, Data};
use super::decimal::{self, Padding};
use super::info::{CellStand, Slot};
use super::number;
use crate::document::{Alignment, Cell, CellScope, Direction, NodeId, Row, Table};
use crate::resolve::info::NoteReferenceInfo;
use crate::resolve::language::LanguageInfo;
use crate::resolve::resolved::SideTable;

/// How the columns of a table stand.
pub(super) struct Columns {
    /// By column.
    pub(super) alignments: Vec<Alignment>,
    /// By column, whether it holds numbers.
    pub(super) numeric: Vec<bool>,
}

/// How cells stand, and what follows their numbers.
#[derive(Debug, Clone, Default)]
pub(super) struct Stands {
    cells: SideTable<Stand>,
    pub(super) paddings: SideTable<Padding>,
}

/// How a cell stands, and the column that it is in.
#[derive(Debug, Clone, Copy)]
struct Stand {
    cell: CellStand,
    column: Alignment,
    numeric: bool,
}

impl Stands {
    /// Those of both versions: what stands in both stands as it does in the new one.
    pub(super) fn of_both(old: &Self, new: &Self) -> Self {
        let mut both = new.clone();
        let is_gone = |cell: NodeId| new.cells.get(cell).is_none();
        both.cells.complete(old.cells.clone(), is_gone);
        both.paddings.complete(old.paddings.clone(), is_gone);
        both
    }

    /// How a cell stands.
    pub(super) fn get(&self, cell: NodeId) -> Option<CellStand> {
        self.cells.get(cell).map(|stand| stand.cell)
    }

    /// Keeps how the cells of a table stand.
    fn keep(&mut self, rows: &[Row], slots: &[Vec<Slot>], columns: &Columns) {
        for (row, slots) in rows.iter().zip(slots) {
            for slot in slots {
                let Some(cell) = slot.cell(row) else { continue };
                let stand = CellStand { alignment: slot.alignment, left_to_right: slot.left_to_right };
                let (column, numeric) = (columns.alignments[slot.column], columns.numeric[slot.column]);
                self.cells.insert(cell.id, Stand { cell: stand, column, numeric });
            }
        }
    }
}

/// A table and its grid.
pub(super) struct Grid<'g> {
    pub(super) table: &'g Table,
    pub(super) head: &'g mut [Vec<Slot>],
    pub(super) body: &'g mut [Vec<Slot>],
    /// How many columns it has.
    pub(super) width: usize,
}

impl Grid<'_> {
    /// Decides by what the cells hold.
    pub(super) fn by_values(
        &mut self,
        language: &str,
        notes: &SideTable<NoteReferenceInfo>,
        stands: &mut Stands,
    ) -> Columns {
        let table = self.table;
        let data = data::data(table, self.body, self.width, notes);
        let direction = LanguageInfo::new(language).direction;
        let right = mirrored(Alignment::End, direction);
        let numeric: Vec<bool> = data.iter().map(|texts| is_numeric(texts)).collect();
        let typed = |column: usize| table.columns.get(column).copied().unwrap_or_default();
        let alignments: Vec<Alignment> = data
            .iter()
            .enumerate()
            .map(|(column, texts)| match (typed(column).alignment, numeric[column]) {
                (Alignment::None, true) if !is_years(texts) => right,
                (Alignment::None, true | false) => Alignment::Start,
                (typed @ (Alignment::Start | Alignment::Center | Alignment::End), _) => mirrored(typed, direction),
            })
            .collect();
        for (column, texts) in data.iter().enumerate() {
            if numeric[column] && alignments[column] == right {
                decimal::align(texts, language, &mut stands.paddings);
            }
        }
        let columns = Columns { alignments, numeric };
        for (rows, slots) in [(&table.head, &mut *self.head), (&table.body, &mut *self.body)] {
            for (row, slots) in rows.iter().zip(&mut *slots) {
                slots.iter_mut().for_each(|slot| columns.stand(slot, slot.cell(row), (direction, notes)));
            }
            stands.keep(rows, slots, &columns);
        }
        columns
    }

    /// Decides by how the cells stand in their versions.
    pub(super) fn by_versions(&mut self, stands: &Stands) -> Columns {
        let (table, mut found) = (self.table, vec![None; self.width]);
        // A column stands as its values do; as its header does, if it has none.
        for (rows, slots) in [(&table.body, &mut *self.body), (&table.head, &mut *self.head)] {
            for (row, slots) in rows.iter().zip(slots) {
                for slot in slots.iter_mut() {
                    let Some(stand) = slot.cell(row).and_then(|cell| stands.cells.get(cell.id)) else { continue };
                    (slot.alignment, slot.left_to_right) = (stand.cell.alignment, stand.cell.left_to_right);
                    if slot.columns == 1 {
                        found[slot.column].get_or_insert((stand.column, stand.numeric));
                    }
                }
            }
        }
        let columns = found.into_iter().map(|column| column.unwrap_or((Alignment::Start, false)));
        let (alignments, numeric) = columns.unzip();
        Columns { alignments, numeric }
    }
}

impl Columns {
    /// Decides how a slot stands.
    fn stand(
        &self,
        slot: &mut Slot,
        cell: Option<&Cell>,
        (direction, notes): (Direction, &SideTable<NoteReferenceInfo>),
    ) {
        let own = cell.map(|cell| cell.alignment).unwrap_or_default();
        let heads = cell.is_some_and(|cell| cell.scope == CellScope::Column);
        let covered = slot.column..slot.column + slot.columns;
        let spans_numbers = heads && slot.columns > 1 && self.numeric[covered].contains(&true);
        let is_number = |cell: &Cell| self.numeric[slot.column] || data::is_number(cell, notes);
        let is_data = |cell: &&Cell| cell.scope == CellScope::Data;
        let backward = direction == Direction::RightToLeft;
        slot.left_to_right = backward && cell.filter(is_data).is_some_and(is_number);
        slot.alignment = match own {
            // Above columns of numbers it belongs to none of them more than to another.
            Alignment::None if spans_numbers => Alignment::Center,
            Alignment::None => self.alignments[slot.column],
            Alignment::Start | Alignment::Center | Alignment::End => mirrored(own, direction),
        };
    }
}

/// Drafts say left and right (`:--`, `--:`): in a table that runs from right to left its columns begin at the right. Digits
/// stand beneath one another at the right in every language.
fn mirrored(alignment: Alignment, direction: Direction) -> Alignment {
    match (direction, alignment) {
        (Direction::RightToLeft, Alignment::Start) => Alignment::End,
        (Direction::RightToLeft, Alignment::End) => Alignment::Start,
        (Direction::RightToLeft, Alignment::None | Alignment::Center) | (Direction::LeftToRight, _) => alignment,
    }
}

/// Whether every data cell of a column that is not empty holds a number, and one is not empty.
fn is_numeric(data: &[Data]) -> bool {
    !data.is_empty() && data.iter().all(|data| number::is_number(&data.text))
}

/// Whether a column holds years: they name their row, and nobody adds them up.
fn is_years(data: &[Data]) -> bool {
    data.iter().all(|data| number::is_year(&data.text))
}
