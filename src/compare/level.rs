//! Items that stand deeper than they did, or less deep.
//!
//! In: two lists. Out: the items of both, in which an item that says what it said at another level is itself and says the level that it had.
//! Only where that can be taken back, one by one and in any order; else nothing, and such an item went here and came there.

use std::collections::HashMap;

use super::align::{Step, Unit, Units, align};
use super::words::Bag;
use super::{Work, canon, item};
use crate::document::{BlockKind, Change, Former, LevelItem, List, ListItem, ListKind, NodeId, Was, flatten, nest};

/// Where an item stood.
type Stood = (usize, ListKind);

/// The items of both lists; `None` where none has changed its level.
pub(super) fn items(work: &mut Work<'_>, old: &List, new: &List) -> Option<Vec<ListItem>> {
    if work.within_items > 0 || !(is_deep(old) || is_deep(new)) {
        return None;
    }
    let (mut before, after) = (flatten(old.clone()), flatten(new.clone()));
    let stood = at_other_levels(&before, &after);
    if stood.is_empty() {
        return None;
    }
    let mut was = HashMap::new();
    for (i, j) in stood {
        was.insert(after[j].item.id, (before[i].level, before[i].kind));
        before[i].level = after[j].level;
    }
    let levelled = nest(before, old.tight);
    let both = item::items(work, &levelled, &new.items);
    marked(work, flatten(List { items: both, ..*new }), was).map(|rows| nest(rows, new.tight))
}

fn is_deep(list: &List) -> bool {
    let deep = |item: &ListItem| item.blocks.last().is_some_and(|block| matches!(block.kind, BlockKind::List(_)));
    list.items.iter().any(deep)
}

/// Pairs of items of which one stands deeper.
fn at_other_levels(before: &[LevelItem], after: &[LevelItem]) -> Vec<(usize, usize)> {
    let units = |rows: &[LevelItem]| {
        let unit = |row: &LevelItem| item::of_text(|text| canon::item(row.item.checked, &row.item.blocks, text));
        rows.iter().map(unit).collect::<Vec<Unit>>()
    };
    let (here, there) =
        (|at: usize| Bag::of_blocks(&before[at].item.blocks), |at: usize| Bag::of_blocks(&after[at].item.blocks));
    let steps = align(&Units { units: units(before), bag: &here }, &Units { units: units(after), bag: &there });
    let pairs = steps.into_iter().filter_map(|step| match step {
        Step::Both(i, j) => (before[i].level != after[j].level).then_some((i, j)),
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
