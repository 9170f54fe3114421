//! What stands before each item of a list.
//!
//! In: lists. Out: a [`ListInfo`] for each: how deep it is, and each item's marker as printed.

use super::count::{delimited, numeral};
use super::info::ListInfo;
use super::reading::{self, Place, Read};
use super::resolved::SideTable;
use crate::document::{Block, BlockKind, Document, List, ListKind, Side};

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
    // What went counts with what stood beside it, what is there with what is.
    let (mut old, mut new) = (0, 0);
    let markers = list.items.iter().map(|item| {
        let standing = item.change.as_ref().and_then(|change| change.standing.as_ref());
        let side = standing.map(|standing| standing.kind.side());
        let number = if side == Some(Side::Old) { old } else { new };
        old += u32::from(side != Some(Side::New));
        new += u32::from(side != Some(Side::Old));
        marker(number)
    });
    markers.collect()
}
