//! What stands before each item of a list.
//!
//! In: lists. Out: a [`ListInfo`] for each: how deep it is, and each item's marker as printed.

use super::count::{delimited, numeral};
use super::info::ListInfo;
use super::reading::{self, Place, Read};
use super::resolved::SideTable;
use crate::document::{Block, BlockKind, Document, List, ListKind};

/// The bullet of a style that has none.
const BULLET: &str = "•";

/// Resolves every list; `bullets` are the style's, by depth and over again.
pub(super) fn resolve(document: &Document, notes: &[usize], bullets: &[String]) -> SideTable<ListInfo> {
    let mut lists = Lists { bullets, table: SideTable::default() };
    reading::read(document, notes, &mut lists);
    lists.table
}

struct Lists<'b> {
    bullets: &'b [String],
    table: SideTable<ListInfo>,
}

impl<'a> Read<'a> for Lists<'_> {
    fn block(&mut self, block: &'a Block, place: &Place<'a>) {
        if let BlockKind::List(list) = &block.kind {
            let bullet = self.bullets.get(usize::from(place.lists) % self.bullets.len().max(1));
            let markers = markers(list, bullet.map_or(BULLET, String::as_str));
            self.table.insert(block.id, ListInfo { depth: place.lists, markers });
        }
    }
}

fn markers(list: &List, bullet: &str) -> Vec<String> {
    let marker = |number: u32| match list.kind {
        ListKind::Bullet => bullet.to_owned(),
        ListKind::Ordered { start, style, delimiter } => {
            delimited(&numeral(start.saturating_add(number), style), delimiter)
        }
    };
    (0..).take(list.items.len()).map(marker).collect()
}
