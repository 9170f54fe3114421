//! How large an image may be where it stands.
//!
//! In: the tree, the shares of its columns, the text block of its page. Out: the room of each image. A list, quote or box takes
//! some room of its own, a cell has that of its columns.

use crate::document::{Block, BlockKind, Document, Inline, InlineKind, NodeId, Pt, Table, Visit, walk_inlines};
use crate::resolve::resolved::SideTable;
use crate::resolve::table::TableInfo;
use crate::resolve::{Options, Orientation, TextBlock};

/// What a list, quote, box or description takes from the width.
const INSET: Pt = Pt(30.0);
/// What a cell's padding takes.
const PADDING: Pt = Pt(12.0);
/// However deep, there is this much.
const LEAST: Pt = Pt(24.0);

/// What a heading takes of a page's height.
const HEADING: Pt = Pt(48.0);

/// The room of every image.
pub(super) fn rooms(
    document: &Document,
    tables: &SideTable<TableInfo>,
    orientations: &SideTable<Orientation>,
    options: &Options,
) -> SideTable<TextBlock> {
    let upright = options.portrait;
    let mut rooms =
        Rooms { tables, orientations, options, tallest: upright.tallest_image, table: SideTable::default() };
    document.parts.iter().for_each(|part| rooms.blocks(&part.blocks, upright.measure));
    document.notes.iter().for_each(|note| rooms.blocks(&note.blocks, less(upright.measure, PADDING)));
    rooms.table
}

fn less(room: Pt, taken: Pt) -> Pt {
    Pt((room - taken).0.max(LEAST.0))
}

struct Rooms<'t> {
    tables: &'t SideTable<TableInfo>,
    orientations: &'t SideTable<Orientation>,
    options: &'t Options,
    /// On the page at hand.
    tallest: Pt,
    table: SideTable<TextBlock>,
}

impl Rooms<'_> {
    fn blocks(&mut self, blocks: &[Block], room: Pt) {
        let mut headings = 0.0;
        for block in blocks {
            let turned = self.orientations.get(block.id).copied().unwrap_or_default();
            let page = self.options.text_block(turned);
            if page.tallest_image == self.tallest {
                self.block(block, room);
            } else {
                // The page turns here: all of its width is there.
                let outer = std::mem::replace(&mut self.tallest, page.tallest_image);
                self.block(block, page.measure);
                self.tallest = outer;
            }
            // Headings stand on the page of what turns it.
            headings = match (&block.kind, turned) {
                (BlockKind::Heading(_), Orientation::Landscape) => headings + 1.0,
                (BlockKind::Figure(_), Orientation::Landscape) if headings > 0.0 => {
                    let tallest_image = less(page.tallest_image, HEADING * headings);
                    self.table.insert(block.id, TextBlock { tallest_image, ..page });
                    0.0
                }
                (_, Orientation::Portrait | Orientation::Landscape) => 0.0,
            };
        }
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
                self.table.insert(block.id, self.room(room));
                self.line(figure.caption.as_ref().map_or(&[], |caption| &caption.content), room);
            }
            BlockKind::Table(table) => self.cells(block.id, table, room),
            BlockKind::Details(details) => {
                self.line(&details.summary, room);
                self.blocks(&details.blocks, inset);
            }
            BlockKind::Division(blocks) | BlockKind::Bibliography(blocks) => self.blocks(blocks, room),
            BlockKind::CodeBlock(_) | BlockKind::ThematicBreak | BlockKind::Formula(_) => {}
        }
    }

    fn cells(&mut self, id: NodeId, table: &Table, room: Pt) {
        self.line(table.caption.as_ref().map_or(&[], |caption| &caption.content), room);
        let tables = self.tables;
        // The tables of notes that nothing refers to are not resolved.
        let Some(info) = tables.get(id) else { return };
        for (rows, grid) in [(&table.head, &info.head), (&table.body, &info.body)] {
            for (row, slots) in rows.iter().zip(grid) {
                for slot in slots {
                    let share: f64 = info.widths[slot.column..slot.column + slot.columns].iter().sum();
                    let blocks = slot.cell(row).map_or(&[][..], |cell| &cell.blocks);
                    self.blocks(blocks, less(room * share, PADDING));
                }
            }
        }
    }

    fn room(&self, measure: Pt) -> TextBlock {
        TextBlock { measure, tallest_image: self.tallest }
    }

    fn line(&mut self, content: &[Inline], room: Pt) {
        struct Line<'t>(&'t mut SideTable<TextBlock>, TextBlock);
        impl Visit<'_> for Line<'_> {
            fn inline(&mut self, inline: &Inline) {
                if matches!(inline.kind, InlineKind::Image(_)) {
                    self.0.insert(inline.id, self.1);
                }
            }
        }
        let room = self.room(room);
        walk_inlines(content, &mut Line(&mut self.table, room));
    }
}
