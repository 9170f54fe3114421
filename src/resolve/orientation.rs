//! What stands on a page that lies on its side.
//!
//! In: blocks with the class `landscape`. Out: the orientation of every block of such a page. What gives a figure's or table's source
//! stays with it, and headings right before it go along: none is left alone at the foot of the page before. Only what stands in the
//! report's own flow can turn a page.

use super::info::Orientation;
use super::reading::{self, Flow, Place, Read};
use super::resolved::SideTable;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::document::{Block, BlockKind, Document, Visit, walk_block};

/// By block, where it is not upright.
pub(super) fn resolve(
    document: &Document,
    notes: &[usize],
    is_source: &dyn Fn(&Block) -> bool,
    found: &mut Diagnostics,
) -> SideTable<Orientation> {
    let mut pages = Pages { is_source, table: SideTable::default(), found };
    reading::read(document, notes, &mut pages);
    let mut table = pages.table;
    for part in document.parts.iter().filter(|part| !part.kind.is_on_cover()) {
        turn_headings(&part.blocks, &mut table);
    }
    table
}

/// Turns the headings before what is turned, and a group of which all is.
fn turn_headings(blocks: &[Block], table: &mut SideTable<Orientation>) {
    let mut next_turned = false;
    for block in blocks.iter().rev() {
        if let BlockKind::Division(within) = &block.kind
            && table.get(block.id).is_none()
        {
            turn_headings(within, table);
            if !within.is_empty() && within.iter().all(|block| table.get(block.id).is_some()) {
                table.insert(block.id, Orientation::Landscape);
            }
        }
        if next_turned && matches!(block.kind, BlockKind::Heading(_)) {
            table.insert(block.id, Orientation::Landscape);
        }
        next_turned = table.get(block.id).is_some();
    }
}

struct Pages<'f> {
    is_source: &'f dyn Fn(&Block) -> bool,
    table: SideTable<Orientation>,
    found: &'f mut Diagnostics,
}

impl<'a> Read<'a> for Pages<'_> {
    fn block(&mut self, block: &'a Block, place: &Place<'a>) {
        let turned = self.table.get(block.id).is_some();
        let asked = block.attributes.has_class("landscape");
        let follows = (self.is_source)(block)
            && place.previous.is_some_and(|previous| self.table.get(previous.id).is_some())
            && place.flow == Flow::Top;
        if turned || !(asked || follows) {
            return;
        }
        let in_flow = place.flow == Flow::Top && place.part.is_some_and(|part| !part.kind.is_on_cover());
        if !in_flow {
            return self.refuse(block, "the page around this stays upright: it stands within something else");
        }
        if matches!(block.kind, BlockKind::Heading(_)) {
            return self.refuse(block, "a heading alone turns no page");
        }
        walk_block(block, &mut Turn(&mut self.table));
    }
}

impl Pages<'_> {
    fn refuse(&mut self, block: &Block, message: &str) {
        let hint = "put what belongs on the page between `::: {.landscape}` and `:::`, outside lists, boxes, notes and the cover";
        self.found.push(Diagnostic::new(Code::NotLandscape, block.span, message).hint(hint));
    }
}

/// Marks a block and all within it.
struct Turn<'t>(&'t mut SideTable<Orientation>);

impl Visit<'_> for Turn<'_> {
    fn block(&mut self, block: &Block) {
        self.0.insert(block.id, Orientation::Landscape);
    }
}
