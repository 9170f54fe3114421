//! Items that stand deeper than they did, or less deep.
//!
//! In: two lists. Out: the items of both, in which an item that says what it said at another level is itself and says the level that it had.
//! Only where that can be taken back, one by one and in any order; else nothing, and such an item went here and came there.

use std::collections::{HashMap, HashSet};

use super::align::{Step, Unit, Units, align};
use super::words::Bag;
use super::{Work, canon, item};
use crate::document::{
    Block, BlockKind, Change, Former, LevelItem, List, ListItem, ListKind, NodeId, Side, Was, flatten, nest,
};

/// Where an item stood.
type Stood = (usize, ListKind);

/// The items of both lists; `None` where none has changed its level.
pub(super) fn items(work: &mut Work<'_>, old: &List, new: &List) -> Option<Vec<ListItem>> {
    if work.within_items > 0 || !(is_deep(old) || is_deep(new)) {
        return None;
    }
    let (before, after) = (flatten(old.clone()), flatten(new.clone()));
    let pairs = pairs(&before, &after);
    let moved: Vec<(usize, usize)> =
        pairs.iter().copied().filter(|(i, j)| before[*i].level != after[*j].level).collect();
    let plain = |row: &LevelItem| matches!(row.item.blocks.as_slice(), [Block { kind: BlockKind::Paragraph(_), .. }]);
    if moved.is_empty() || !moved.iter().all(|(i, j)| plain(&before[*i]) && plain(&after[*j])) {
        return None;
    }
    // The same must hold the other way round.
    let (levels, back) =
        (with_levels(&before, &after, &moved)?, moved.iter().map(|(i, j)| (*j, *i)).collect::<Vec<_>>());
    with_levels(&after, &before, &back)?;
    // What stands before such an item stays: were it to come or go, the item would stand under it, or not.
    let stay: HashSet<(Side, usize)> = pairs.iter().flat_map(|(i, j)| [(Side::Old, *i), (Side::New, *j)]).collect();
    let stays = |side: Side, at: usize| at > 0 && stay.contains(&(side, at - 1));
    if !moved.iter().all(|(i, j)| stays(Side::Old, *i) && stays(Side::New, *j)) {
        return None;
    }
    let was = moved.iter().map(|(i, j)| (after[*j].item.id, (before[*i].level, before[*i].kind))).collect();
    let both = item::items(work, &nest(levels, old.tight), &new.items);
    marked(work, flatten(List { items: both, ..*new }), was).map(|rows| nest(rows, new.tight))
}

/// Items at the levels of those that they are paired with; `None` where they cannot stand there.
fn with_levels(rows: &[LevelItem], others: &[LevelItem], pairs: &[(usize, usize)]) -> Option<Vec<LevelItem>> {
    let mut rows = rows.to_vec();
    for (i, j) in pairs {
        rows[*i].level = others[*j].level;
    }
    let fits = rows.first().is_some_and(|row| row.level == 0)
        && rows.windows(2).all(|pair| pair[1].level <= pair[0].level + 1);
    fits.then_some(rows)
}

fn is_deep(list: &List) -> bool {
    let deep = |item: &ListItem| item.blocks.last().is_some_and(|block| matches!(block.kind, BlockKind::List(_)));
    list.items.iter().any(deep)
}

/// Pairs of items that say the same, or nearly.
fn pairs(before: &[LevelItem], after: &[LevelItem]) -> Vec<(usize, usize)> {
    let units = |rows: &[LevelItem]| {
        let unit = |row: &LevelItem| item::of_text(|text| canon::item(row.item.checked, &row.item.blocks, text));
        rows.iter().map(unit).collect::<Vec<Unit>>()
    };
    let (here, there) =
        (|at: usize| Bag::of_blocks(&before[at].item.blocks), |at: usize| Bag::of_blocks(&after[at].item.blocks));
    let steps = align(&Units { units: units(before), bag: &here }, &Units { units: units(after), bag: &there });
    let pairs = steps.into_iter().filter_map(|step| match step {
        Step::Both(i, j) => Some((i, j)),
        Step::Old(_) | Step::New(_) => None,
    });
    pairs.collect()
}

/// Says of each item where it stood; neighbours of one change.
fn marked(work: &mut Work<'_>, mut rows: Vec<LevelItem>, mut was: HashMap<NodeId, Stood>) -> Option<Vec<LevelItem>> {
    let mut last = None;
    let mut before_stands = true;
    for row in &mut rows {
        let stands = row.item.change.as_ref().is_some_and(|change| change.standing.is_some());
        let Some((level, kind)) = was.remove(&row.item.id) else {
            (last, before_stands) = (None, stands);
            continue;
        };
        // One that came or went before it would be what it stands under, or not.
        if stands || before_stands || row.item.change.is_some() {
            return None;
        }
        let mark = last.get_or_insert_with(|| work.mark()).clone();
        let former = Some(Former { was: Was::Level { level, kind }, mark });
        row.item.change = Some(Box::new(Change { former, ..Change::default() }));
    }
    was.is_empty().then_some(rows)
}
