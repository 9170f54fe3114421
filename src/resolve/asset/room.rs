//! How wide an image may be where it stands.
//!
//! In: the tree, the shares of its columns, the measure. Out: a width for each image. A list, quote or box takes
//! some room of its own, a cell has that of its columns.

use crate::document::{Block, BlockKind, Document, Inline, InlineKind, NodeId, Pt, Table, Visit, walk_inlines};
use crate::resolve::info::TableInfo;
use crate::resolve::resolved::SideTable;
use crate::resolve::table::column_ranges;

/// What a list, quote, box or description takes from the width.
const INSET: Pt = Pt(30.0);
/// What a cell's padding takes.
const PADDING: Pt = Pt(12.0);
/// However deep, there is this much.
const LEAST: Pt = Pt(24.0);

/// The room of every image.
pub(super) fn rooms(document: &Document, tables: &SideTable<TableInfo>, measure: Pt) -> SideTable<Pt> {
    let mut rooms = Rooms { tables, table: SideTable::default() };
    document.parts.iter().for_each(|part| rooms.blocks(&part.blocks, measure));
    document.notes.iter().for_each(|note| rooms.blocks(&note.blocks, less(measure, PADDING)));
    rooms.table
}

fn less(room: Pt, taken: Pt) -> Pt {
    Pt((room - taken).0.max(LEAST.0))
}

struct Rooms<'t> {
    tables: &'t SideTable<TableInfo>,
    table: SideTable<Pt>,
}

impl Rooms<'_> {
    fn blocks(&mut self, blocks: &[Block], room: Pt) {
        blocks.iter().for_each(|block| self.block(block, room));
    }

    fn block(&mut self, block: &Block, room: Pt) {
        let inset = less(room, INSET);
        match &block.kind {
            BlockKind::Paragraph(content) => self.line(content, room),
            BlockKind::Heading(heading) => self.line(&heading.content, room),
            BlockKind::List(list) => list.items.iter().for_each(|item| self.blocks(&item.blocks, inset)),
            BlockKind::DescriptionList(items) => {
                for item in items {
                    self.line(&item.term, room);
                    self.blocks(&item.details, inset);
                }
            }
            BlockKind::BlockQuote(blocks) => self.blocks(blocks, inset),
            BlockKind::Box(boxed) => {
                self.line(boxed.title.as_deref().unwrap_or_default(), inset);
                self.blocks(&boxed.blocks, inset);
            }
            BlockKind::Figure(figure) => {
                self.table.insert(block.id, room);
                self.line(figure.caption.as_ref().map_or(&[], |caption| &caption.content), room);
            }
            BlockKind::Table(table) => self.cells(block.id, table, room),
            BlockKind::Details(details) => {
                self.line(&details.summary, room);
                self.blocks(&details.blocks, inset);
            }
            BlockKind::Division(blocks) => self.blocks(blocks, room),
            BlockKind::CodeBlock(_) | BlockKind::ThematicBreak | BlockKind::Formula(_) | BlockKind::Bibliography => {}
        }
    }

    fn cells(&mut self, id: NodeId, table: &Table, room: Pt) {
        self.line(table.caption.as_ref().map_or(&[], |caption| &caption.content), room);
        let tables = self.tables;
        let shares = tables.get(id).map_or(&[][..], |info| &info.widths);
        for (cell, columns) in column_ranges(table) {
            let share: f64 = shares.get(columns).map_or(1.0, |shares| shares.iter().sum());
            self.blocks(&cell.blocks, less(room * share, PADDING));
        }
    }

    fn line(&mut self, content: &[Inline], room: Pt) {
        struct Line<'t>(&'t mut SideTable<Pt>, Pt);
        impl Visit<'_> for Line<'_> {
            fn inline(&mut self, inline: &Inline) {
                if matches!(inline.kind, InlineKind::Image(_)) {
                    self.0.insert(inline.id, self.1);
                }
            }
        }
        walk_inlines(content, &mut Line(&mut self.table, room));
    }
}
