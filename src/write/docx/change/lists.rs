//! Lists within lists while they are written, for items that stood at another level of them.

use super::super::numbering::ItemList;
use crate::document::{Block, BlockKind, ListItem, ListKind, NodeId};

/// The lists that are open, and those that were within them.
#[derive(Debug, Default)]
pub(in super::super) struct Lists {
    /// The depth of the outermost.
    root: u8,
    /// The list that ends the item that is being written: its levels go on.
    beneath: Option<NodeId>,
    /// By depth and kind.
    known: Vec<(u8, ListKind, ItemList)>,
}

impl Lists {
    /// A list begins.
    pub fn begin(&mut self, id: NodeId, depth: u8) {
        if self.beneath.take() != Some(id) {
            self.root = depth;
            self.known.clear();
        }
    }

    /// An item begins, which may end with a list.
    pub fn item(&mut self, item: &ListItem) {
        let stands = |block: &&Block| block.change.as_ref().is_none_or(|change| change.standing.is_none());
        let last = item.blocks.last().filter(|block| matches!(block.kind, BlockKind::List(_))).filter(stands);
        self.beneath = last.map(|block| block.id);
    }

    /// How far a list has come.
    pub fn know(&mut self, depth: u8, kind: ListKind, list: &ItemList) {
        self.known.retain(|(of, known, _)| (*of, *known) != (depth, kind));
        self.known.push((depth, kind, list.clone()));
    }

    /// The depth of a level, and the list of a kind there, if one is known.
    pub fn at(&self, level: usize, kind: ListKind) -> (u8, Option<ItemList>) {
        let depth = self.root.saturating_add(u8::try_from(level).unwrap_or(u8::MAX));
        let known = self.known.iter().find(|(of, known, _)| (*of, *known) == (depth, kind));
        (depth, known.map(|(.., list)| list.clone()))
    }
}
