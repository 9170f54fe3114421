//! What stands before each item of a list.
//!
//! In: lists. Out: a [`ListInfo`] for each: how deep it is, and each item's marker as printed.

use super::count::{delimited, numeral};
use super::info::ListInfo;
use super::reading::{self, Place, Read};
use super::resolved::SideTable;
use crate::document::{Block, BlockKind, Document, List, ListItem, ListKind};

/// The bullet of a style that has none.
const BULLET: &str = "•";
/// Of tasks that are done and that are not.
const TASKS: (&str, &str) = ("☑", "☐");

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
    let marker = |(item, number): (&ListItem, u32)| match (item.checked, list.kind) {
        (Some(true), _) => TASKS.0.to_owned(),
        (Some(false), _) => TASKS.1.to_owned(),
        (None, ListKind::Bullet) => bullet.to_owned(),
        (None, ListKind::Ordered { start, style, delimiter }) => {
            delimited(&numeral(start.saturating_add(number), style), delimiter)
        }
    };
    list.items.iter().zip(0..).map(marker).collect()
}
