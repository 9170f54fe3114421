//! Two versions as one tree: what must hold of any two, tried on drafts and edits by chance. `RAPPORTEUR_SCALE` multiplies the runs.

#[path = "compare/cases.rs"]
mod cases;
#[path = "compare/coarsen.rs"]
mod coarsen;
#[path = "compare/cover.rs"]
mod cover;
#[path = "compare/hostile.rs"]
mod hostile;
#[path = "compare/proof.rs"]
mod proof;
#[path = "compare/report.rs"]
mod report;
#[path = "compare/revision.rs"]
mod revision;
#[path = "compare/word.rs"]
mod word;

#[path = "support/dice.rs"]
mod dice;
#[path = "compare/draft.rs"]
mod draft;
#[path = "compare/hard.rs"]
mod hard;
#[path = "compare/shown.rs"]
mod shown;

use std::collections::BTreeSet;

use dice::Dice;
use draft::Draft;
use rapporteur::compare::{Comparison, Moves, Options, compare, difference, same};
use rapporteur::document::{Block, Change, Document, Inline, InlineKind, Side, StandingKind, Visit, walk_blocks};
use rapporteur::source::Sources;

fn runs(of: u64) -> std::ops::Range<u64> {
    let scale = std::env::var("RAPPORTEUR_SCALE").ok().and_then(|scale| scale.parse().ok()).unwrap_or(1);
    0..of * scale
}

/// A draft, an edited one, and what is said when something does not hold.
fn versions(seed: u64, edits: usize) -> (Draft, Draft, String) {
    let mut dice = Dice::new(seed);
    let files = 1 + dice.throw(3);
    let old = draft::draft(&mut dice, files, 8);
    let mut new = old.clone();
    for at in 0..=dice.throw(edits) {
        draft::edit(&mut new, &mut dice, 1_000 + at);
    }
    let shown = format!(
        "seed {seed}\n=== old ===\n{}\n=== new ===\n{}",
        draft::text(&old).join("\n~~~\n"),
        draft::text(&new).join("\n~~~\n")
    );
    (old, new, shown)
}

fn both(old: &Draft, new: &Draft) -> (Document, Document) {
    let mut sources = Sources::default();
    let new = draft::parsed(&mut sources, new);
    (draft::parsed(&mut sources, old), new)
}

/// Calls at every mark of a document, in reading order.
fn marks(document: &Document) -> Vec<&Change> {
    struct Marks<'a>(Vec<&'a Change>);
    impl<'a> Visit<'a> for Marks<'a> {
        fn change(&mut self, change: &'a Change) {
            self.0.push(change);
        }
    }
    let mut marks = Marks(Vec::new());
    let parts = document.parts.iter().map(|part| &part.blocks);
    parts.chain(document.notes.iter().map(|note| &note.blocks)).for_each(|blocks| walk_blocks(blocks, &mut marks));
    marks.0
}

#[test]
fn rejecting_gives_the_old_and_accepting_the_new() {
    for seed in runs(400) {
        let (old, new, shown) = versions(seed, 12);
        let (before, after) = both(&old, &new);
        let Comparison { document, .. } = compare(&before, &after, &Options::default());
        assert_eq!(difference(&document.side(Side::New), &after), None, "accepting all is not the new: {shown}");
        assert_eq!(difference(&document.side(Side::Old), &before), None, "rejecting all is not the old: {shown}");
    }
}

#[test]
fn changes_are_decided_one_by_one_in_any_order() {
    for seed in runs(150) {
        let (old, new, shown) = versions(seed, 10);
        let (before, after) = both(&old, &new);
        let Comparison { document, changes, .. } = compare(&before, &after, &Options::default());
        let mut dice = Dice::new(seed + 1);
        for (side, whole) in [(Side::New, &after), (Side::Old, &before)] {
            let mut left: Vec<u32> = (1..=changes).collect();
            let mut settled = document.clone();
            while !left.is_empty() {
                let number = left.swap_remove(dice.throw(left.len()));
                settled = settled.settle(&|of| (of == number).then_some(side));
            }
            assert!(!settled.is_marked(), "{shown}");
            assert_eq!(difference(&settled, whole), None, "one by one is not {side:?}: {shown}");
        }
        // Some accepted, some rejected: whatever comes first.
        let sides: Vec<Side> = (0..=changes).map(|_| if dice.throw(2) == 0 { Side::Old } else { Side::New }).collect();
        let mut order: Vec<u32> = (1..=changes).collect();
        let mut settled = document.clone();
        while !order.is_empty() {
            let number = order.swap_remove(dice.throw(order.len()));
            settled = settled.settle(&|of| (of == number).then_some(sides[number as usize]));
        }
        let at_once = document.settle(&|of| Some(sides[of as usize]));
        assert_eq!(difference(&settled, &at_once), None, "the order matters: {shown}");
    }
}

#[test]
fn numbers_rise_in_reading_order_and_none_is_left_out() {
    for seed in runs(150) {
        let (old, new, shown) = versions(seed, 10);
        let (before, after) = both(&old, &new);
        let Comparison { document, changes, .. } = compare(&before, &after, &Options::default());
        let mut met = BTreeSet::new();
        for mark in marks(&document).iter().flat_map(|change| change.marks()) {
            let next = u32::try_from(met.len()).expect("few") + 1;
            assert!(met.contains(&mark.number) || mark.number == next, "{} comes before {next}: {shown}", mark.number);
            met.insert(mark.number);
        }
        assert_eq!(met.len(), changes as usize, "{shown}");
    }
}

#[test]
fn a_version_is_no_change_of_itself() {
    for seed in runs(200) {
        let (old, _, shown) = versions(seed, 1);
        let (before, after) = both(&old, &old);
        let Comparison { document, changes, coarsened } = compare(&before, &after, &Options::default());
        assert_eq!((changes, coarsened.len()), (0, 0), "{shown}");
        assert!(!document.is_marked() && same(&document, &after), "{shown}");
    }
}

/// Files that were split, joined or renamed hold the same report, and so do lines that were broken elsewhere.
#[test]
fn how_a_report_is_cut_into_files_and_lines_is_no_change() {
    for seed in runs(100) {
        let (mut old, _, shown) = versions(seed, 1);
        // Lists on either side of a joint would be one list, and a line of hyphens at the top is no block.
        for file in &mut old {
            file.insert(0, "Here begins a file.".to_owned());
            file.push("Here ends a file.".to_owned());
        }
        let new = vec![
            old.concat()
                .iter()
                .enumerate()
                .map(|(at, block)| match at % 2 {
                    0 if block.starts_with("own") => block.replace(' ', "\n"),
                    1 if block.starts_with("own") => block.replace(' ', "   "),
                    _ => block.clone(),
                })
                .collect(),
        ];
        let (before, after) = both(&old, &new);
        assert_eq!(compare(&before, &after, &Options::default()).changes, 0, "{shown}");
    }
}

#[test]
fn nothing_is_marked_but_what_was_edited() {
    for seed in runs(150) {
        let mut dice = Dice::new(seed);
        let old = draft::draft(&mut dice, 2, 9);
        let mut new = old.clone();
        let mut edited = BTreeSet::new();
        for _ in 0..=dice.throw(3) {
            let file = dice.throw(new.len());
            let at = dice.throw(new[file].len());
            // An edited fence takes what follows with it.
            if old[file][at].starts_with(['`', '<', ':', '-', '$', '|', '!', '1']) {
                continue;
            }
            draft::edit_words(&mut new[file][at], &mut dice);
            edited.insert((file, at));
        }
        let (before, after) = both(&old, &new);
        let (document, shown) = (compare(&before, &after, &Options::default()).document, draft::text(&new).join("\n"));
        for block in document.parts.iter().flat_map(|part| &part.blocks) {
            let text = rapporteur::document::plain_text_of_blocks(std::slice::from_ref(block));
            let mut any = Any(false);
            rapporteur::document::walk_block(block, &mut any);
            // Lists side by side are one.
            let owns = text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.starts_with("own"));
            let holds = |block: &str, own: &str| block.split(|c: char| !c.is_alphanumeric()).any(|word| word == own);
            let typed = |own: &str| {
                edited.iter().any(|(file, at)| holds(&old[*file][*at], own) || holds(&new[*file][*at], own))
            };
            if text.contains("own") && !owns.clone().any(typed) {
                assert!(!any.0, "seed {seed}: a block was not edited and is marked: {text}\n{shown}");
            }
        }
    }
}

struct Any(bool);

impl Visit<'_> for Any {
    fn change(&mut self, _change: &Change) {
        self.0 = true;
    }
}

/// What stands in one version only, and how, each leaf's words together; in no order.
fn standings(document: &Document) -> Vec<(StandingKind, String)> {
    struct Standings(Vec<(StandingKind, String)>);
    impl<'a> Visit<'a> for Standings {
        fn block(&mut self, block: &'a Block) {
            let whole = |change: &'a Change| change.standing.as_ref();
            if let Some(standing) = block.change.as_deref().and_then(whole) {
                let text = rapporteur::document::plain_text_of_blocks(std::slice::from_ref(block));
                self.0.push((standing.kind, text));
            }
        }
        fn inline(&mut self, inline: &'a Inline) {
            let here = inline.change.as_ref().and_then(|change| change.standing.as_ref());
            if let (InlineKind::Text(text), Some(standing)) = (&inline.kind, here) {
                match self.0.last_mut().filter(|(kind, _)| *kind == standing.kind) {
                    Some((_, before)) => before.push_str(text),
                    None => self.0.push((standing.kind, text.clone())),
                }
            }
        }
    }
    let mut standings = Standings(Vec::new());
    document.parts.iter().for_each(|part| walk_blocks(&part.blocks, &mut standings));
    standings.0.sort();
    standings.0
}

fn letters(document: &Document, side: Side) -> usize {
    let here = standings(document).into_iter().filter(|(kind, _)| kind.side() == side);
    here.map(|(_, text)| text.chars().filter(|c| !c.is_whitespace()).count()).sum()
}

#[test]
fn the_other_way_round_it_is_mirrored() {
    let mut unlike = Vec::new();
    for seed in runs(200) {
        let (old, new, _) = versions(seed, 6);
        let (before, after) = both(&old, &new);
        let there = compare(&before, &after, &Options::default());
        let back = compare(&after, &before, &Options::default());
        let count = |comparison: &Comparison, side| letters(&comparison.document, side);
        let mirrored =
            count(&there, Side::New) == count(&back, Side::Old) && count(&there, Side::Old) == count(&back, Side::New);
        let moved = |comparison: &Comparison| {
            let kinds = standings(&comparison.document).into_iter().map(|(kind, _)| kind);
            kinds.filter(|kind| matches!(kind, StandingKind::MovedFrom | StandingKind::MovedTo)).count()
        };
        if !mirrored || there.changes != back.changes || moved(&there) != moved(&back) {
            let shown = [there, back].map(|comparison| shown::shown(&comparison.document));
            unlike.push(format!("seed {seed}:\n{}", shown.join("\n=== back ===\n")));
        }
    }
    assert!(unlike.is_empty(), "not mirrored: {}", unlike.join("\n"));
}

#[test]
fn a_paragraph_that_stands_elsewhere_is_moved_unless_that_is_turned_off() {
    let paragraph =
        |n: usize| format!("Paragraph {n} says of matter {n} what nobody says of any other matter but {n}.");
    let old: Draft = vec![(0..9).map(paragraph).collect()];
    let mut new = old.clone();
    let moved = new[0].remove(1);
    new.push(vec![moved]);
    let (before, after) = both(&old, &new);
    let kinds = |moves| {
        let document = compare(&before, &after, &Options { moves }).document;
        let standings = marks(&document).into_iter().filter_map(|change| change.standing.clone());
        standings.map(|standing| (standing.kind, standing.mark.number)).collect::<Vec<_>>()
    };
    assert_eq!(kinds(Moves::Marked), [(StandingKind::MovedFrom, 1), (StandingKind::MovedTo, 1)]);
    assert_eq!(kinds(Moves::Plain), [(StandingKind::Deleted, 1), (StandingKind::Inserted, 2)]);
}
