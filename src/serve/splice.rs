//! From one row of digests to another: what goes and what comes, and where.

use std::collections::HashMap;
use std::ops::Range;

use crate::preview::Digest;

/// At a position of the old row, so many give way to a part of the new row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Splice {
    pub at: usize,
    pub gone: usize,
    pub come: Range<usize>,
}

/// The splices, from the end to the beginning, so that each position holds when its turn comes. What stands once in
/// both rows, in the same order, stays.
pub(super) fn splices(old: &[Digest], new: &[Digest]) -> Vec<Splice> {
    let mut found = Vec::new();
    let (mut from_old, mut from_new) = (0, 0);
    let ends = std::iter::once((old.len(), new.len()));
    for (i, j) in kept(old, new).into_iter().chain(ends) {
        if from_old < i || from_new < j {
            found.push(Splice { at: from_old, gone: i - from_old, come: from_new..j });
        }
        (from_old, from_new) = (i + 1, j + 1);
    }
    found.reverse();
    found
}

/// Pairs of positions that stay: what both begin and end with, and between them what is unique in both.
fn kept(old: &[Digest], new: &[Digest]) -> Vec<(usize, usize)> {
    let most = old.len().min(new.len());
    let head = (0..most).take_while(|at| old[*at] == new[*at]).count();
    let tail = (0..most - head).take_while(|at| old[old.len() - 1 - at] == new[new.len() - 1 - at]).count();
    let (a, b) = (&old[head..old.len() - tail], &new[head..new.len() - tail]);
    let (in_old, in_new) = (unique(a), unique(b));
    let candidates = a.iter().enumerate().filter(|(_, digest)| in_old.get(digest).is_some_and(Option::is_some));
    let pairs = candidates.filter_map(|(i, digest)| Some((i, (*in_new.get(digest)?)?))).collect::<Vec<_>>();
    let between = rising(&pairs).into_iter().map(|(i, j)| (head + i, head + j));
    let ends = (0..tail).rev().map(|at| (old.len() - 1 - at, new.len() - 1 - at));
    (0..head).map(|at| (at, at)).chain(between).chain(ends).collect()
}

/// Where each digest stands; `None` where it stands more than once.
fn unique(row: &[Digest]) -> HashMap<&Digest, Option<usize>> {
    let mut places = HashMap::new();
    for (at, digest) in row.iter().enumerate() {
        places.entry(digest).and_modify(|place| *place = None).or_insert(Some(at));
    }
    places
}

/// The longest run of pairs whose second positions rise (patience sorting).
fn rising(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut piles: Vec<usize> = Vec::new();
    let mut below: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    for (at, (_, second)) in pairs.iter().enumerate() {
        let pile = piles.partition_point(|top| pairs[*top].1 < *second);
        below.push(pile.checked_sub(1).map(|under| piles[under]));
        if pile == piles.len() {
            piles.push(at);
        } else {
            piles[pile] = at;
        }
    }
    let mut run: Vec<_> = std::iter::successors(piles.last().copied(), |at| below[*at]).map(|at| pairs[at]).collect();
    run.reverse();
    run
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(text: &str) -> Vec<Digest> {
        text.chars().map(|letter| Digest::of(&letter)).collect()
    }

    /// The splices lead from one to the other.
    fn applied(old: &str, new: &str) -> usize {
        let (mut have, want) = (row(old), row(new));
        let splices = splices(&have, &want);
        for Splice { at, gone, come } in &splices {
            have.splice(*at..at + gone, want[come.clone()].iter().copied());
        }
        assert_eq!(have, want, "{old} to {new}");
        splices.iter().map(|splice| splice.come.len()).sum()
    }

    #[test]
    fn only_what_is_new_comes() {
        // What stands more than once between the ends is not matched: it comes again.
        for (old, new, come) in [
            ("", "", 0),
            ("", "ab", 2),
            ("ab", "", 0),
            ("abcd", "abcd", 0),
            ("abcd", "abXd", 1),
            ("abcd", "aXbcd", 1),
            ("abcdef", "aXcdYf", 2),
            ("abcdef", "bcdefa", 1),
            ("aabb", "aabbb", 1),
            ("abab", "baba", 4),
        ] {
            assert_eq!(applied(old, new), come, "{old} to {new}");
        }
    }

    #[test]
    fn any_row_becomes_any_other() {
        let words: Vec<String> = (0..3_u32.pow(5))
            .map(|mut n| {
                std::iter::repeat_with(|| {
                    let letter = char::from(b'a' + (n % 3) as u8);
                    n /= 3;
                    letter
                })
                .take(5)
                .collect()
            })
            .collect();
        for (at, old) in words.iter().enumerate() {
            for new in words.iter().skip(at % 7).step_by(7) {
                applied(old, new.trim_end_matches('c'));
            }
        }
    }
}
