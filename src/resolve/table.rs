//! Tables: where each cell stands, how wide each column is, how it stands, whether it holds numbers, and which
//! headers a cell has.
//!
//! In: tables. Out: a [`TableInfo`] for each, and numbers aligned at their decimal mark. Never looks at a style: it
//! weighs characters.

mod data;
mod decimal;
mod grid;
mod header;
mod info;
mod number;
mod weight;

pub use info::{RowHeaders, Slot, SlotContent, TableInfo};

use super::language::LanguageInfo;
use super::reading::{self, Place, Read};
use super::resolved::{ResolvedDocument, SideTable};
use crate::document::{Alignment, Block, BlockKind, Cell, CellScope, Direction, Document, NodeId, Pt, Table};
use data::Data;
use decimal::Padding;
use weight::Weigh;

/// What is known where tables stand.
pub(super) struct Surroundings<'p> {
    /// References and notes, worded already.
    pub(super) worded: &'p ResolvedDocument,
    /// The width of the text block, where a block stands.
    pub(super) measure: &'p dyn Fn(NodeId) -> Pt,
    /// The width of an image as it would like to be shown.
    pub(super) picture: &'p dyn Fn(NodeId) -> Option<Pt>,
    /// The report's language.
    pub(super) language: &'p str,
}

/// What was decided about tables.
#[derive(Default)]
pub(super) struct Tables {
    /// By table.
    pub(super) infos: SideTable<TableInfo>,
    /// By cell: what makes its number stand at the column's decimal mark.
    paddings: SideTable<Padding>,
}

/// Resolves every table.
pub(super) fn resolve(document: &Document, notes: &[usize], around: &Surroundings<'_>) -> Tables {
    let mut reader = Reader { around, tables: Tables::default() };
    reading::read(document, notes, &mut reader);
    reader.tables
}

impl Tables {
    /// Aligns numbers at their decimal marks: what a cell lacks after its number stands there as blank space of the
    /// same width, so that the three formats look alike and a column still copies as numbers.
    pub(super) fn pad(&self, document: &mut Document) {
        decimal::pad(document, &self.paddings);
    }
}

struct Reader<'p> {
    around: &'p Surroundings<'p>,
    tables: Tables,
}

impl<'a> Read<'a> for Reader<'_> {
    fn block(&mut self, block: &'a Block, place: &Place<'a>) {
        if let BlockKind::Table(table) = &block.kind {
            let part = place.part.and_then(|part| part.language.as_deref());
            let language = block.attributes.language.as_deref().or(part).unwrap_or(self.around.language);
            let info = self.info(block.id, table, language);
            self.tables.infos.insert(block.id, info);
        }
    }
}

impl Reader<'_> {
    fn info(&mut self, id: NodeId, table: &Table, language: &str) -> TableInfo {
        let columns = grid::width(table);
        let (mut head, mut body) = (grid::lay(&table.head, columns), grid::lay(&table.body, columns));
        let worded = self.around.worded;
        let is_empty = |blocks: &[Block]| worded.plain_text_of_blocks(blocks).is_empty();
        let associated = header::associate(table, &mut head, &mut body, &is_empty);
        let data = data::data(table, &body, columns, &worded.note_references);
        let numeric: Vec<bool> = data.iter().map(|texts| is_numeric(texts)).collect();
        let typed = |column: usize| table.columns.get(column).copied().unwrap_or_default();
        let direction = LanguageInfo::new(language).direction;
        let right = mirrored(Alignment::End, direction);
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
                decimal::align(texts, language, &mut self.tables.paddings);
            }
        }
        for (rows, grid) in [(&table.head, &mut head), (&table.body, &mut body)] {
            for (row, slots) in rows.iter().zip(grid) {
                for slot in slots.iter_mut() {
                    let cell = slot.cell(row);
                    let own = cell.map(|cell| cell.alignment).unwrap_or_default();
                    let heads = cell.is_some_and(|cell| cell.scope == CellScope::Column);
                    let covered = slot.column..slot.column + slot.columns;
                    let spans_numbers = heads && slot.columns > 1 && numeric[covered].contains(&true);
                    let is_number =
                        |cell: &Cell| numeric[slot.column] || data::is_number(cell, &worded.note_references);
                    let is_data = |cell: &&Cell| cell.scope == CellScope::Data;
                    let backward = direction == Direction::RightToLeft;
                    slot.left_to_right = backward && cell.filter(is_data).is_some_and(is_number);
                    slot.alignment = match own {
                        // Above columns of numbers it belongs to none of them more than to another.
                        Alignment::None if spans_numbers => Alignment::Center,
                        Alignment::None => alignments[slot.column],
                        Alignment::Start | Alignment::Center | Alignment::End => mirrored(own, direction),
                    };
                }
            }
        }
        let weigh = Weigh { worded, picture: self.around.picture, paddings: &self.tables.paddings, numeric: &numeric };
        let wanted: Vec<_> = (0..columns).map(|column| typed(column).width).collect();
        let widths = weigh.widths(grid::placed(table, &head, &body), &wanted, (self.around.measure)(id));
        let row_headers = header::row_headers(table, &body);
        TableInfo { widths, alignments, numeric, head, body, associated, row_headers }
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
