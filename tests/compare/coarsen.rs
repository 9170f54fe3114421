//! What a file could not show in part is shown whole, and is still both versions.

use std::collections::BTreeSet;

use rapporteur::compare::{Options, coarsen, compare, difference};
use rapporteur::document::{Change, Document, Side};

use crate::dice::Dice;
use crate::{both, marks, runs, versions};

/// Whether a change says that a node stands whole in one version, and nothing else.
fn is_whole(change: &Change) -> bool {
    change.standing.is_some() && change.former.is_none() && change.end.is_none() && change.lines.is_empty()
}

/// Holds a coarsened redline to what it was made of.
fn hold(document: &Document, changes: u32, (before, after): (&Document, &Document), shown: &str) {
    assert_eq!(difference(&document.side(Side::New), after), None, "accepting all is not the new: {shown}");
    assert_eq!(difference(&document.side(Side::Old), before), None, "rejecting all is not the old: {shown}");
    let mut met = BTreeSet::new();
    for mark in marks(document).iter().flat_map(|change| change.marks()) {
        let next = u32::try_from(met.len()).expect("few") + 1;
        assert!(met.contains(&mark.number) || mark.number == next, "{} before {next}: {shown}", mark.number);
        met.insert(mark.number);
    }
    assert_eq!(met.len(), changes as usize, "{shown}");
}

#[test]
fn what_is_coarsened_is_still_both_versions() {
    for seed in runs(120) {
        let (old, new, shown) = versions(seed, 10);
        let (before, after) = both(&old, &new);
        let comparison = compare(&before, &after, &Options::default());
        let mut dice = Dice::new(seed + 5);
        let numbers: BTreeSet<u32> = (1..=comparison.changes).filter(|_| dice.throw(3) == 0).collect();
        let coarsened = coarsen(&comparison.document, &numbers);
        hold(&coarsened.document, coarsened.changes, (&before, &after), &shown);
        assert!(numbers.is_empty() || !coarsened.blocks.is_empty() || !coarsened.left.is_empty(), "{shown}");
        // One by one, too.
        let mut left: Vec<u32> = (1..=coarsened.changes).collect();
        let mut settled = coarsened.document.clone();
        while !left.is_empty() {
            let number = left.swap_remove(dice.throw(left.len()));
            settled = settled.settle(&|of| (of == number).then_some(Side::Old));
        }
        assert_eq!(difference(&settled, &before), None, "{shown}");
    }
}

#[test]
fn again_and_again_all_is_whole() {
    for seed in runs(60) {
        let (old, new, shown) = versions(seed, 10);
        let (before, after) = both(&old, &new);
        let comparison = compare(&before, &after, &Options::default());
        let (mut document, mut changes) = (comparison.document, comparison.changes);
        for _ in 0..12 {
            let all: BTreeSet<u32> = (1..=changes).collect();
            let coarsened = coarsen(&document, &all);
            (document, changes) = (coarsened.document, coarsened.changes);
            if coarsened.blocks.is_empty() {
                break;
            }
        }
        hold(&document, changes, (&before, &after), &shown);
        let blocks = document.parts.iter().flat_map(|part| &part.blocks);
        let wholes = blocks.filter_map(|block| block.change.as_deref()).count();
        let notes = document.notes.iter().flat_map(|note| &note.blocks);
        let noted = notes.filter_map(|block| block.change.as_deref()).count();
        let found = marks(&document);
        assert!(found.iter().all(|change| is_whole(change)), "{shown}");
        assert_eq!(found.len(), wholes + noted, "what is left stands at the top: {shown}");
    }
}

#[test]
fn nothing_is_touched_that_has_not_failed() {
    let (old, new, _) = versions(3, 10);
    let (before, after) = both(&old, &new);
    let comparison = compare(&before, &after, &Options::default());
    let coarsened = coarsen(&comparison.document, &BTreeSet::new());
    assert_eq!(coarsened.document, comparison.document);
    assert_eq!(coarsened.changes, comparison.changes);
}
