//! The items of two lists, and the terms of two lists of terms, as those of one.

use super::align::{Class, Step, Unit, Units, align};
use super::moves::{self, Whole};
use super::words::Bag;
use super::{Work, block, canon, line};
use crate::document::{Block, BlockKind, Change, DescriptionItem, Former, ListItem, Marked, Side, StandingKind, Was};

/// The items of both.
pub(super) fn items(work: &mut Work<'_>, old: &[ListItem], new: &[ListItem]) -> Vec<ListItem> {
    let unit = |item: &ListItem| of_text(|text| canon::item(item.checked, &item.blocks, text));
    let (before, after) = (old.iter().map(unit).collect::<Vec<_>>(), new.iter().map(unit).collect::<Vec<_>>());
    let (here, there) = (|at: usize| own_words(&old[at].blocks), |at: usize| own_words(&new[at].blocks));
    let steps = align(&Units { units: before.clone(), bag: &here }, &Units { units: after.clone(), bag: &there });
    let mut marks = Marks::of_row(work);
    let mut out = Vec::with_capacity(steps.len());
    let whole = |marks: &mut Marks, work: &mut Work<'_>, side: Side, item: &ListItem, (unit, at): (Unit, usize)| {
        let change = marks.moving(work, side, (unit.hash, at), item);
        ListItem { change, ..item.clone() }
    };
    for step in steps {
        let at = out.len();
        out.push(match step {
            Step::Both(i, j)
                if before[i].hash == after[j].hash && work.pair_notes_of(&old[i].blocks, &new[j].blocks) =>
            {
                marks.last = None;
                new[j].clone()
            }
            Step::Both(i, j) => {
                marks.last = None;
                item(work, &old[i], &new[j])
            }
            Step::Old(i) => whole(&mut marks, work, Side::Old, &old[i], (before[i], at)),
            Step::New(j) => whole(&mut marks, work, Side::New, &new[j], (after[j], at)),
        });
    }
    out
}

fn item(work: &mut Work<'_>, old: &ListItem, new: &ListItem) -> ListItem {
    work.within_items += 1;
    let blocks = block::blocks(work, &old.blocks, &new.blocks);
    work.within_items -= 1;
    let change = (old.checked != new.checked).then(|| {
        let former = Some(Former { was: Was::Item(old.checked), mark: work.mark() });
        std::boxed::Box::new(Change { former, ..Change::default() })
    });
    ListItem { blocks, change, ..new.clone() }
}

/// The terms of both.
pub(super) fn descriptions(
    work: &mut Work<'_>,
    old: &[DescriptionItem],
    new: &[DescriptionItem],
) -> Vec<DescriptionItem> {
    let unit = |item: &DescriptionItem| of_text(|text| canon::description(&item.term, &item.details, text));
    let (before, after) = (old.iter().map(unit).collect::<Vec<_>>(), new.iter().map(unit).collect::<Vec<_>>());
    let here = |at: usize| Bag::of_both(&old[at].term, &old[at].details);
    let there = |at: usize| Bag::of_both(&new[at].term, &new[at].details);
    let steps = align(&Units { units: before.clone(), bag: &here }, &Units { units: after.clone(), bag: &there });
    let mut marks = Marks::default();
    let mut out = Vec::with_capacity(steps.len());
    for step in steps {
        out.push(match step {
            Step::Both(i, j) => {
                marks.last = None;
                let term = line::line(work, &old[i].term, &new[j].term);
                let details = block::blocks(work, &old[i].details, &new[j].details);
                DescriptionItem { term, details, ..new[j].clone() }
            }
            Step::Old(i) => DescriptionItem { change: marks.whole(work, Side::Old), ..old[i].clone() },
            Step::New(j) => DescriptionItem { change: marks.whole(work, Side::New), ..new[j].clone() },
        });
    }
    out
}

/// What is known of an item by all that it says.
pub(super) fn of_text(write: impl FnOnce(&mut String)) -> Unit {
    let mut text = String::new();
    write(&mut text);
    Unit { hash: canon::hash(&text), weight: text.len() as u64, class: Class::Kind(u8::MAX), key: None }
}

/// The marks of what stands whole in one version: one that went and one that came in its place are one change.
#[derive(Default)]
pub(super) struct Marks {
    pub(super) last: Option<(u32, Side)>,
    row: u32,
}

impl Marks {
    /// Of a row whose members may be found elsewhere.
    pub(super) fn of_row(work: &mut Work<'_>) -> Self {
        work.rows += 1;
        Self { last: None, row: work.rows }
    }

    pub(super) fn whole(&mut self, work: &mut Work<'_>, side: Side) -> Marked {
        let mark = work.mark();
        if let Some((last, of)) = self.last
            && of != side
        {
            work.neighbours.push((last, mark.number));
        }
        self.last = Some((mark.number, side));
        Change::stands(StandingKind::on(side), mark)
    }

    /// The mark of an item, by the digest of what it says and its place among those of both.
    fn moving(&mut self, work: &mut Work<'_>, side: Side, (hash, at): (u64, usize), item: &ListItem) -> Marked {
        let change = self.whole(work, side);
        let number = self.last.map_or(0, |(number, _)| number);
        let (bag, notes) = (Bag::of_blocks(&item.blocks), canon::notes_of(&item.blocks));
        let mut text = String::new();
        canon::item(item.checked, &item.blocks, &mut text);
        let (spelt, within) = (moves::spelt(&text), Some(self.row));
        work.whole.push(Whole { number, side, hash, spelt, bag, within, at: (self.row, at), notes });
        change
    }
}

/// What an item says itself, without the lists in it.
fn own_words(blocks: &[Block]) -> Bag {
    let own = blocks.iter().filter(|block| !matches!(block.kind, BlockKind::List(_)));
    let bags = own.map(|block| Bag::of_blocks(std::slice::from_ref(block)));
    let bag = bags.reduce(|one, other| one.and(&other));
    bag.filter(|bag| bag.total > 0).unwrap_or_else(|| Bag::of_blocks(blocks))
}
