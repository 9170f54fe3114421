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
mod stand;
mod weight;

pub use info::{CellStand, RowHeaders, Slot, SlotContent, TableInfo};

use super::reading::{self, Place, Read};
use super::resolved::{ResolvedDocument, SideTable};
use crate::document::{Block, BlockKind, Document, NodeId, Pt, Table};
use stand::{Grid, Stands};
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
    /// How their cells stand.
    stands: Stands,
}

/// Resolves every table.
pub(super) fn resolve(document: &Document, notes: &[usize], around: &Surroundings<'_>) -> Tables {
    let mut reader = Reader { around, versions: None, tables: Tables::default() };
    reading::read(document, notes, &mut reader);
    reader.tables
}

/// Resolves every table of a redline, whose cells stand as they do in its versions.
pub(super) fn resolve_both(
    document: &Document,
    notes: &[usize],
    around: &Surroundings<'_>,
    (old, new): (&Tables, &Tables),
) -> Tables {
    let stands = Stands::of_both(&old.stands, &new.stands);
    let mut reader = Reader { around, versions: Some(stands), tables: Tables::default() };
    reading::read(document, notes, &mut reader);
    Tables { stands: reader.versions.unwrap_or_default(), ..reader.tables }
}

impl Tables {
    /// Aligns numbers at their decimal marks: what a cell lacks after its number stands there as blank space of the
    /// same width, so that the three formats look alike and a column still copies as numbers.
    pub(super) fn pad(&self, document: &mut Document) {
        decimal::pad(document, &self.stands.paddings);
    }

    /// How a cell stands.
    pub(super) fn stand(&self, cell: NodeId) -> Option<CellStand> {
        self.stands.get(cell)
    }
}

struct Reader<'p> {
    around: &'p Surroundings<'p>,
    /// How cells stand in the versions of a redline.
    versions: Option<Stands>,
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
        let width = grid::width(table);
        let (mut head, mut body) = (grid::lay(&table.head, width), grid::lay(&table.body, width));
        let worded = self.around.worded;
        let is_empty = |blocks: &[Block]| worded.plain_text_of_blocks(blocks).is_empty();
        let associated = header::associate(table, &mut head, &mut body, &is_empty);
        let mut grid = Grid { table, head: &mut head, body: &mut body, width };
        let (columns, stands) = match &self.versions {
            Some(versions) => (grid.by_versions(versions), versions),
            None => {
                let columns = grid.by_values(language, &worded.note_references, &mut self.tables.stands);
                (columns, &self.tables.stands)
            }
        };
        let (paddings, numeric) = (&stands.paddings, columns.numeric.as_slice());
        let weigh = Weigh { worded, picture: self.around.picture, paddings, numeric };
        let typed = |column: usize| table.columns.get(column).copied().unwrap_or_default();
        let wanted: Vec<_> = (0..width).map(|column| typed(column).width).collect();
        let widths = weigh.widths(grid::placed(table, &head, &body), &wanted, (self.around.measure)(id));
        let row_headers = header::row_headers(table, &body);
        let stand::Columns { alignments, numeric } = columns;
        TableInfo { widths, alignments, numeric, head, body, associated, row_headers }
    }
}
