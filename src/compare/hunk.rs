//! The only door to imara-diff: two sequences of signs, and where they differ.
//!
//! Histogram finds what a reader would; raw Myers is never asked for, which some inputs would cost half a minute. The two versions
//! are given in an order of their own, not in that of time, so that comparing them the other way round finds the same places.

use std::collections::HashMap;
use std::ops::Range;

use imara_diff::{Algorithm, Diff, Token};

/// A place that differs: what stands there in each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hunk {
    pub(super) old: Range<usize>,
    pub(super) new: Range<usize>,
}

/// Where two sequences differ, in order; what stands between is the same in both.
pub(super) fn hunks(old: &[u64], new: &[u64]) -> Vec<Hunk> {
    let swapped = (old.len(), old) > (new.len(), new);
    let (before, after) = if swapped { (new, old) } else { (old, new) };
    let mut known: HashMap<u64, u32> = HashMap::new();
    let mut token = |sign: &u64| {
        let next = known.len() as u32;
        Token(*known.entry(*sign).or_insert(next))
    };
    let before: Vec<Token> = before.iter().map(&mut token).collect();
    let after: Vec<Token> = after.iter().map(&mut token).collect();
    let mut diff = Diff::default();
    diff.compute_with(Algorithm::Histogram, &before, &after, known.len() as u32);
    let range = |range: Range<u32>| range.start as usize..range.end as usize;
    let hunks = diff.hunks().map(|hunk| {
        let (before, after) = (range(hunk.before), range(hunk.after));
        if swapped { Hunk { old: after, new: before } } else { Hunk { old: before, new: after } }
    });
    hunks.collect()
}

/// The stretches between hunks: those of both versions are of one length.
pub(super) fn between(hunks: &[Hunk], old: usize, new: usize) -> Vec<(Range<usize>, Range<usize>)> {
    let mut at = (0, 0);
    let mut found = Vec::new();
    for hunk in hunks.iter().cloned().chain([Hunk { old: old..old, new: new..new }]) {
        if at.0 < hunk.old.start {
            found.push((at.0..hunk.old.start, at.1..hunk.new.start));
        }
        at = (hunk.old.end, hunk.new.end);
    }
    found
}
