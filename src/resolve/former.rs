//! What was otherwise in the baseline of what stands in both versions, and follows from what stands around it: levels, numbers, the lead.
//!
//! In: the old version, counted; tables whose columns changed. Out: [`FormerInfo`], for a writer whose format can be taken back to the old version. Nothing of
//! it is a change of its own: it has no number.

use std::collections::HashMap;

use super::info::{Anchor, BoxInfo, CaptionInfo, HeadingInfo, ParagraphInfo};
use super::number::Numbers;
use super::resolved::SideTable;
use super::table::TableInfo;
use crate::document::{Block, BlockKind, Document, Form, NodeId, Side, Table, Visit, Was, walk_blocks};

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
    /// By table one of whose columns came, went, or stands otherwise: each version of it for itself.
    pub tables: SideTable<TableVersions>,
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
        Self { headings, paragraphs, captions, boxes, tables: SideTable::default() }
    }

    /// Takes in tables whose columns changed; `resolve` decides about those of one version.
    pub(super) fn take_tables(&mut self, document: &Document, resolve: impl Fn(&Document) -> SideTable<TableInfo>) {
        let mut changed = Changed::default();
        read(document, &mut changed);
        if changed.0.is_empty() {
            return;
        }
        let (old, new) = (document.side(Side::Old), document.side(Side::New));
        let (was, is) = (resolve(&old), resolve(&new));
        let (olds, news) = (Found::of(&old), Found::of(&new));
        let version = |found: &Found<'_>, infos: &SideTable<TableInfo>, id: NodeId| {
            Some(TableVersion { table: (*found.0.get(&id)?).clone(), info: infos.get(id)?.clone() })
        };
        for id in changed.0 {
            if let (Some(old), Some(new)) = (version(&olds, &was, id), version(&news, &is, id)) {
                self.tables.insert(id, TableVersions { old, new });
            }
        }
    }
}

fn read<'a>(document: &'a Document, visit: &mut impl Visit<'a>) {
    document.parts.iter().for_each(|part| walk_blocks(&part.blocks, visit));
    document.notes.iter().for_each(|note| walk_blocks(&note.blocks, visit));
}

/// Tables whose columns are not those that they were.
#[derive(Default)]
struct Changed(Vec<NodeId>);

impl Visit<'_> for Changed {
    fn block(&mut self, block: &Block) {
        let BlockKind::Table(table) = &block.kind else { return };
        let former = block.change.as_ref().and_then(|change| change.former.as_ref());
        let columns = former.is_some_and(|former| match &former.was {
            Was::Block(was) => matches!(&was.form, Form::Table(columns) if *columns != table.columns),
            Was::Run(_) | Was::Item(_) | Was::Level { .. } | Was::Cell { .. } => false,
        });
        if columns || table.columns.iter().any(|column| column.change.is_some()) {
            self.0.push(block.id);
        }
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
