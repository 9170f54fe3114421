//! What of two rows of siblings is the same, what is alike, and what is neither.
//!
//! In: [`Units`], blocks or items or rows by their digests. Out: [`Step`]s through both in order. What is there once in each row
//! and the same is an anchor; the heaviest rising row of anchors stands; between them equal neighbours are matched, and what is left
//! is paired by how alike it is. Costs are bounded: in a wide gap only those are weighed that share a rare word.

use std::collections::HashMap;

use super::hunk::{between, hunks};
use super::words::{Bag, Weights};

/// A row of siblings.
pub(super) struct Units<'u> {
    pub(super) units: Vec<Unit>,
    /// The words of one.
    pub(super) bag: &'u dyn Fn(usize) -> Bag,
}

/// One of them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Unit {
    /// Of all that it says.
    pub(super) hash: u64,
    /// How much it says.
    pub(super) weight: u64,
    /// Only those of one class are ever paired.
    pub(super) class: Class,
    /// What names it, where something does that names no other in its row: two of one name are one, whatever else they say.
    pub(super) key: Option<u64>,
}

/// What may be paired.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Class {
    /// Paragraphs and headings.
    Text,
    /// Headings: these are paired more freely.
    Heading,
    /// What is shown whole.
    Whole,
    /// Of one kind, by its number.
    Kind(u8),
}

impl Class {
    /// How alike two must be to be shown as one; `None` for what never is.
    fn least(self, other: Self) -> Option<f64> {
        match (self, other) {
            (Self::Heading, Self::Heading) => Some(0.3),
            (Self::Text | Self::Heading, Self::Text | Self::Heading) => Some(0.5),
            (Self::Kind(one), Self::Kind(other)) => (one == other).then_some(0.4),
            (Self::Whole | Self::Kind(_) | Self::Text | Self::Heading, _) => None,
        }
    }
}

/// A step through two rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// One of each: the same, or alike.
    Both(usize, usize),
    /// One of the old row.
    Old(usize),
    /// One of the new row.
    New(usize),
}

/// Pairs of a gap that are all weighed; in a larger one only candidates are.
const ALL_PAIRS: usize = 2_500;

/// Candidates for each.
const MOST_CANDIDATES: usize = 8;

/// A word that more than so many of a gap hold names no candidate.
const MOST_HOLDERS: u32 = 48;

/// Steps through both rows: what went before what came, in each gap. The rows are given in an order of their own, so that the other way
/// round the same is found.
pub(super) fn align(old: &Units<'_>, new: &Units<'_>) -> Vec<Step> {
    let signs = |units: &Units<'_>| units.units.iter().map(|unit| unit.hash).collect::<Vec<u64>>();
    let (before, after) = (signs(old), signs(new));
    if (before.len(), &before) <= (after.len(), &after) {
        return steps((old, before), (new, after));
    }
    let turned = steps((new, after), (old, before)).into_iter().map(|step| match step {
        Step::Both(j, i) => Step::Both(i, j),
        Step::Old(j) => Step::New(j),
        Step::New(i) => Step::Old(i),
    });
    let mut turned: Vec<Step> = turned.collect();
    for gap in turned.chunk_by_mut(|one, other| !matches!(one, Step::Both(..)) && !matches!(other, Step::Both(..))) {
        gap.sort_by_key(|step| matches!(step, Step::New(_)));
    }
    turned
}

fn steps((old, before): (&Units<'_>, Vec<u64>), (new, after): (&Units<'_>, Vec<u64>)) -> Vec<Step> {
    let mut matches = Vec::new();
    let mut from = (0, 0);
    for (i, j) in spine(old, new).into_iter().chain([(before.len(), after.len())]) {
        for (same, there) in between(&hunks(&before[from.0..i], &after[from.1..j]), i - from.0, j - from.1) {
            matches.extend(same.map(|at| at + from.0).zip(there.map(|at| at + from.1)));
        }
        if i < before.len() {
            matches.push((i, j));
        }
        from = (i + 1, j + 1);
    }
    let mut steps = Vec::with_capacity(before.len().max(after.len()));
    let mut from = (0, 0);
    for (i, j) in matches.into_iter().chain([(before.len(), after.len())]) {
        gap((old, from.0..i), (new, from.1..j), &mut steps);
        if i < before.len() {
            steps.push(Step::Both(i, j));
        }
        from = (i + 1, j + 1);
    }
    steps
}

/// What is there once in each row and the same: the heaviest choice of these that rises in both.
fn spine(old: &Units<'_>, new: &Units<'_>) -> Vec<(usize, usize)> {
    let once = |units: &Units<'_>| {
        let mut places: HashMap<u64, Option<usize>> = HashMap::new();
        for (at, unit) in units.units.iter().enumerate() {
            places.entry(unit.hash).and_modify(|place| *place = None).or_insert(Some(at));
        }
        places
    };
    let (here, there) = (once(old), once(new));
    let pairs = old.units.iter().enumerate().filter_map(|(at, unit)| {
        here[&unit.hash]?;
        let other = there.get(&unit.hash).copied().flatten()?;
        let bonus = if unit.class == Class::Text { 1 } else { 40 };
        Some((at, other, (unit.weight + bonus) as f64))
    });
    rising(pairs.collect(), new.units.len())
}

/// The heaviest choice of pairs that rises on both sides. Pairs come in the order of their first, and then of their second.
fn rising(mut pairs: Vec<(usize, usize, f64)>, width: usize) -> Vec<(usize, usize)> {
    // Of those with one first, the later seconds go before, so that none builds upon another.
    pairs.sort_by(|a, b| (a.0, b.1).cmp(&(b.0, a.1)));
    // The best that ends before a second (Fenwick's tree of prefix maxima).
    let mut best: Vec<Option<usize>> = vec![None; width + 1];
    let mut chains: Vec<(f64, Option<usize>)> = Vec::with_capacity(pairs.len());
    for (at, &(_, second, weight)) in pairs.iter().enumerate() {
        let mut before: Option<usize> = None;
        let mut node = second;
        while node > 0 {
            before = heavier(before, best[node], &chains);
            node -= node & node.wrapping_neg();
        }
        chains.push((weight + before.map_or(0.0, |before| chains[before].0), before));
        let mut node = second + 1;
        while node <= width {
            best[node] = heavier(best[node], Some(at), &chains);
            node += node & node.wrapping_neg();
        }
    }
    let mut last = (0..chains.len()).fold(None, |best, at| heavier(best, Some(at), &chains));
    let mut found = Vec::new();
    while let Some(at) = last {
        found.push((pairs[at].0, pairs[at].1));
        last = chains[at].1;
    }
    found.reverse();
    found
}

/// The heavier of two chains; the earlier of equal ones.
fn heavier(one: Option<usize>, other: Option<usize>, chains: &[(f64, Option<usize>)]) -> Option<usize> {
    match (one, other) {
        (Some(a), Some(b)) => Some(if chains[b].0 > chains[a].0 { b } else { a }),
        (some, None) | (None, some) => some,
    }
}

type Gap<'g, 'u> = (&'g Units<'u>, std::ops::Range<usize>);

fn gap((old, i): Gap<'_, '_>, (new, j): Gap<'_, '_>, steps: &mut Vec<Step>) {
    let pairs = if i.is_empty() || j.is_empty() { Vec::new() } else { pairs((old, i.clone()), (new, j.clone())) };
    let mut from = (i.start, j.start);
    for (a, b) in pairs.into_iter().chain([(i.end, j.end)]) {
        steps.extend((from.0..a).map(Step::Old));
        steps.extend((from.1..b).map(Step::New));
        if a < i.end {
            steps.push(Step::Both(a, b));
        }
        from = (a + 1, b + 1);
    }
}

/// Those of a gap that are alike, in order.
fn pairs((old, i): Gap<'_, '_>, (new, j): Gap<'_, '_>) -> Vec<(usize, usize)> {
    let here: Vec<Bag> = i.clone().map(old.bag).collect();
    let there: Vec<Bag> = j.clone().map(new.bag).collect();
    let weights = Weights::of(here.iter().chain(&there));
    let alone = here.len() == 1 && there.len() == 1;
    let mut found = Vec::new();
    let mut weigh = |a: usize, b: usize| {
        let (one, other) = (old.units[i.start + a], new.units[j.start + b]);
        let Some(least) = one.class.least(other.class) else { return };
        // Where nothing else stands, less is asked; of headings, nothing.
        let least = match (alone, one.class) {
            (true, Class::Heading) if other.class == Class::Heading => 0.0,
            (true, _) => least * 0.6,
            (false, _) => least,
        };
        let named = one.key.is_some() && one.key == other.key;
        let few = 2 * here[a].total.min(there[b].total) + 2;
        if !named && few < (least * f64::from(here[a].total.max(there[b].total))) as u32 {
            return;
        }
        let alike = weights.alike(&here[a], &there[b]);
        let alike = if named { alike.midpoint(1.0) } else { alike };
        if alike >= least {
            // One kind of thing goes before another, and length decides between pairs that are equally alike.
            let kind = if one.class == other.class { 0.05 } else { 0.0 };
            let length = f64::from(here[a].total.min(200)) / 4_000.0;
            found.push((a, b, alike + kind + length));
        }
    };
    if here.len() * there.len() <= ALL_PAIRS {
        (0..here.len()).for_each(|a| (0..there.len()).for_each(|b| weigh(a, b)));
    } else {
        candidates(&here, &there, &weights, &mut weigh);
        let key = |(at, unit): (usize, &Unit)| Some((unit.key?, at));
        let named: HashMap<u64, usize> = new.units[j.clone()].iter().enumerate().filter_map(key).collect();
        for (key, a) in old.units[i.clone()].iter().enumerate().filter_map(key) {
            named.get(&key).into_iter().for_each(|b| weigh(a, *b));
        }
    }
    let rising = rising(found, there.len());
    rising.into_iter().map(|(a, b)| (i.start + a, j.start + b)).collect()
}

/// Of each, those that share most rare words with it.
fn candidates(here: &[Bag], there: &[Bag], weights: &Weights, weigh: &mut dyn FnMut(usize, usize)) {
    let rare = |word: u64| (2..=MOST_HOLDERS).contains(&weights.met(word));
    let mut holders: HashMap<u64, Vec<usize>> = HashMap::new();
    for (b, bag) in there.iter().enumerate() {
        bag.distinct().filter(|word| rare(*word)).for_each(|word| holders.entry(word).or_default().push(b));
    }
    for (a, bag) in here.iter().enumerate() {
        let mut shared: HashMap<usize, f64> = HashMap::new();
        for word in bag.distinct().filter(|word| rare(*word)) {
            for &b in holders.get(&word).map(Vec::as_slice).unwrap_or_default() {
                *shared.entry(b).or_default() += 1.0 / f64::from(weights.met(word));
            }
        }
        let mut shared: Vec<(usize, f64)> = shared.into_iter().collect();
        shared.sort_by(|x, y| y.1.total_cmp(&x.1).then(x.0.cmp(&y.0)));
        shared.truncate(MOST_CANDIDATES);
        shared.into_iter().for_each(|(b, _)| weigh(a, b));
    }
}
