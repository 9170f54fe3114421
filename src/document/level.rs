//! Lists within lists as one row of items, each at its level, and back.
//!
//! In: a list. Out: its items in reading order, those of a list that ends an item behind it and a level deeper; and the list that such a row
//! makes, whatever its levels: none is deeper than one level below what it stands under. Nothing is flattened beneath an item that stands in one version
//! only, nor does another ever come to stand beneath it: it goes as it came.

use super::settle::Decision;
use super::{Block, BlockKind, Former, List, ListItem, ListKind, Side, Was};

/// An item at its level.
#[derive(Debug, Clone, PartialEq)]
pub struct LevelItem {
    /// From 0, in the outermost list.
    pub level: usize,
    /// Of the list that it stands in, or stood in.
    pub kind: ListKind,
    /// Without the list that ends it.
    pub item: ListItem,
    /// That list, without its items.
    shell: Option<Block>,
}

/// A list's items and those beneath them.
pub fn flatten(list: List) -> Vec<LevelItem> {
    let mut rows = Vec::new();
    add(list, 0, &mut rows);
    rows
}

fn add(list: List, level: usize, rows: &mut Vec<LevelItem>) {
    let kind = list.kind;
    for mut item in list.items {
        let beneath = if stands(&item) { None } else { item.blocks.pop_if(|block| is_beneath(block)) };
        let (shell, within) = match beneath {
            Some(Block { kind: BlockKind::List(mut inner), id, span, attributes, change }) => {
                let items = std::mem::take(&mut inner.items);
                let within = List { items, kind: inner.kind, tight: inner.tight };
                (Some(Block { kind: BlockKind::List(inner), id, span, attributes, change }), Some(within))
            }
            Some(_) | None => (None, None),
        };
        rows.push(LevelItem { level, kind, item, shell });
        within.into_iter().for_each(|list| add(list, level + 1, rows));
    }
}

fn stands(item: &ListItem) -> bool {
    item.change.as_ref().is_some_and(|change| change.standing.is_some())
}

fn is_beneath(block: &Block) -> bool {
    let standing = block.change.as_ref().is_some_and(|change| change.standing.is_some());
    matches!(block.kind, BlockKind::List(_)) && !standing
}

/// The items of the outermost list.
pub fn nest(rows: Vec<LevelItem>, tight: bool) -> Vec<ListItem> {
    let mut done = Vec::new();
    // What is still open, the outermost first, each with the items beneath it.
    let mut open: Vec<(LevelItem, Vec<LevelItem>)> = Vec::new();
    for row in rows {
        let deepest = match open.last() {
            Some((last, _)) if stands(&last.item) => open.len() - 1,
            Some(_) | None => open.len(),
        };
        let level = row.level.min(deepest);
        while open.len() > level {
            close(&mut open, &mut done, tight);
        }
        open.push((row, Vec::new()));
    }
    while !open.is_empty() {
        close(&mut open, &mut done, tight);
    }
    done.into_iter().map(|row| row.item).collect()
}

fn close(open: &mut Vec<(LevelItem, Vec<LevelItem>)>, done: &mut Vec<LevelItem>, tight: bool) {
    let Some((mut row, beneath)) = open.pop() else { return };
    if let Some(first) = beneath.first() {
        // A list that was not there has the name of its first item.
        let list = List { kind: first.kind, tight, items: Vec::new() };
        let (id, span) = (first.item.id, first.item.span);
        let new = || Block { id, span, attributes: Default::default(), kind: BlockKind::List(list), change: None };
        let mut shell = row.shell.take().unwrap_or_else(new);
        if let BlockKind::List(list) = &mut shell.kind {
            list.items = beneath.into_iter().map(|row| row.item).collect();
        }
        row.item.blocks.push(shell);
    }
    match open.last_mut() {
        Some((_, beneath)) => beneath.push(row),
        None => done.push(row),
    }
}

/// Puts items back to the levels that they had, where that is decided.
pub(super) fn settle(blocks: &mut [Block], decide: Decision<'_>) {
    for block in blocks {
        if let BlockKind::List(list) = &mut block.kind
            && list.items.iter().any(|item| is_decided(item, decide))
        {
            settle_list(list, decide);
        }
        block.each_row(&mut |within| settle(within, decide));
    }
}

fn settle_list(list: &mut List, decide: Decision<'_>) {
    let items = std::mem::take(&mut list.items);
    let mut rows = flatten(List { items, ..*list });
    for row in &mut rows {
        let Some((level, side)) = decided(&row.item, decide) else { continue };
        if let Some(change) = &mut row.item.change {
            change.former = None;
        }
        super::settle::clear(&mut row.item.change);
        if side == Side::Old {
            (row.level, row.kind) = level;
        }
    }
    list.items = nest(rows, list.tight);
}

/// The level and the kind of list that an item had, and the version that it is decided for.
fn decided(item: &ListItem, decide: Decision<'_>) -> Option<((usize, ListKind), Side)> {
    let former = item.change.as_ref()?.former.as_ref()?;
    let Former { was: Was::Level { level, kind }, mark } = former else { return None };
    Some(((*level, *kind), decide(mark.number)?))
}

/// Whether something is decided about an item's level, or one beneath it.
fn is_decided(item: &ListItem, decide: Decision<'_>) -> bool {
    decided(item, decide).is_some()
        || item.blocks.last().is_some_and(|block| {
            matches!(&block.kind, BlockKind::List(list) if list.items.iter().any(|item| is_decided(item, decide)))
        })
}
