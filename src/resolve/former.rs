//! What was otherwise in the baseline of what stands in both versions, and follows from what stands around it: levels, numbers, the lead.
//!
//! In: the old version, counted; the tables of both versions. Out: [`FormerInfo`], for a writer whose format can be taken back to the old version. Nothing of
//! it is a change of its own: it has no number.

use std::collections::HashMap;

use super::info::{Anchor, BoxInfo, CaptionInfo, HeadingInfo, ParagraphInfo};
use super::number::Numbers;
use super::resolved::SideTable;
use super::table::{CellStand, TableInfo, Tables};
use crate::document::{Block, BlockKind, Document, NodeId, Table, Visit, walk_blocks};

/// By block, what was decided about it in the old version.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FormerInfo {
    /// By heading; without an anchor, which a place has once only.
    pub headings: SideTable<HeadingInfo>,
    /// By paragraph.
    pub paragraphs: SideTable<ParagraphInfo>,
    /// By figure or table.
    pub captions: SideTable<CaptionInfo>,
    /// By box.
    pub boxes: SideTable<BoxInfo>,
    /// Of tables and their cells.
    pub tables: FormerTables,
}

/// Of tables, what was otherwise.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FormerTables {
    /// By table one of whose columns came or went: each version of it for itself.
    pub versions: SideTable<TableVersions>,
    /// By cell that stood otherwise: how.
    pub cells: SideTable<CellStand>,
}

/// A table in both versions.
#[derive(Debug, Clone, PartialEq)]
pub struct TableVersions {
    /// As it was.
    pub old: TableVersion,
    /// As it is.
    pub new: TableVersion,
}

/// A table in one version, without marks.
#[derive(Debug, Clone, PartialEq)]
pub struct TableVersion {
    /// The table.
    pub table: Table,
    /// What was decided about it.
    pub info: TableInfo,
}

impl FormerInfo {
    /// What the old version was counted as.
    pub(super) fn of(numbers: &Numbers<'_>) -> Self {
        let mut headings = SideTable::default();
        for heading in &numbers.headings {
            let number = heading.number.as_ref().map(|number| number.printed.clone());
            let (level, place, anchor) = (heading.level, heading.place, Anchor(String::new()));
            headings.insert(heading.block.id, HeadingInfo { level, number, place, anchor });
        }
        let (paragraphs, captions) = (numbers.paragraphs.clone(), numbers.captions.clone());
        let boxes = numbers.boxes.clone();
        Self { headings, paragraphs, captions, boxes, tables: FormerTables::default() }
    }
}

impl FormerTables {
    /// What both versions of a marked tree, resolved, say of its tables.
    pub(super) fn of(document: &Document, (old, was): (&Document, &Tables), (new, is): (&Document, &Tables)) -> Self {
        let mut met = Met::default();
        read(document, &mut met);
        let mut former = Self::default();
        for id in met.cells {
            if let Some(stood) = was.stand(id).filter(|stood| is.stand(id).is_some_and(|stands| stands != *stood)) {
                former.cells.insert(id, stood);
            }
        }
        if met.changed.is_empty() {
            return former;
        }
        let (olds, news) = (Found::of(old), Found::of(new));
        let version = |found: &Found<'_>, infos: &SideTable<TableInfo>, id: NodeId| {
            Some(TableVersion { table: (*found.0.get(&id)?).clone(), info: infos.get(id)?.clone() })
        };
        for id in met.changed {
            if let (Some(old), Some(new)) = (version(&olds, &was.infos, id), version(&news, &is.infos, id)) {
                former.versions.insert(id, TableVersions { old, new });
            }
        }
        former
    }
}

fn read<'a>(document: &'a Document, visit: &mut impl Visit<'a>) {
    document.parts.iter().for_each(|part| walk_blocks(&part.blocks, visit));
    document.notes.iter().for_each(|note| walk_blocks(&note.blocks, visit));
}

/// Tables one of whose columns came or went, and the cells of all.
#[derive(Default)]
struct Met {
    changed: Vec<NodeId>,
    cells: Vec<NodeId>,
}

impl Visit<'_> for Met {
    fn block(&mut self, block: &Block) {
        let BlockKind::Table(table) = &block.kind else { return };
        if table.columns.iter().any(|column| column.change.is_some()) {
            self.changed.push(block.id);
        }
        self.cells.extend(table.head.iter().chain(&table.body).flat_map(|row| &row.cells).map(|cell| cell.id));
    }
}

/// Tables by their blocks.
#[derive(Default)]
struct Found<'a>(HashMap<NodeId, &'a Table>);

impl<'a> Found<'a> {
    fn of(document: &'a Document) -> Self {
        let mut found = Self::default();
        read(document, &mut found);
        found
    }
}

impl<'a> Visit<'a> for Found<'a> {
    fn block(&mut self, block: &'a Block) {
        if let BlockKind::Table(table) = &block.kind {
            self.0.insert(block.id, table);
        }
    }
}
