//! What went here and came there.
//!
//! In: the blocks that stand whole in one version. Out: by their numbers, which of them are moved, and the number that both ends share.
//! A block or list item is moved if it has at least eight words and says the very same at its other end, but for the spelling of a word; an item within
//! its list, and what fills a cell within its table, is however short it is. One that was edited on the way is deleted and inserted: an edit within a move would be shown nowhere.
//! With what is moved go its neighbours that are the same, so
//! that a section moves with its heading, and neighbours that move together are one change.

use std::collections::HashMap;

use super::Work;
use super::words::Bag;
use crate::document::{NodeId, Side, StandingKind};

/// A block that stands whole in one version.
pub(super) struct Whole {
    pub(super) number: u32,
    pub(super) side: Side,
    pub(super) hash: u64,
    /// The same, however its words are spelt.
    pub(super) spelt: u64,
    pub(super) bag: Bag,
    /// The list or table that it stands in, where what is short may be found elsewhere in it.
    pub(super) within: Option<u32>,
    /// Which row of siblings it stands in, and where.
    pub(super) at: (u32, usize),
    /// The notes that it refers to.
    pub(super) notes: Vec<NodeId>,
}

/// What a mark is, once moves are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Moved {
    pub(super) kind: StandingKind,
    /// The number of both ends.
    pub(super) number: u32,
    /// The number of the old end alone.
    pub(super) end: u32,
}

/// Words that are worth being shown as moved.
const LEAST_WORDS: u32 = 8;

/// Takes the notes of what is moved for the same.
pub(super) fn pair_notes(work: &mut Work<'_>) {
    if work.whole.iter().all(|whole| whole.notes.is_empty()) {
        return;
    }
    let moved = find(work);
    let of = |side: Side| {
        let noted = work.whole.iter().filter(move |whole| whole.side == side && !whole.notes.is_empty());
        noted.filter_map(|whole| Some((moved.get(&whole.number)?.end, whole.hash, whole.notes.clone())))
    };
    let ends: HashMap<u32, (u64, Vec<NodeId>)> = of(Side::Old).map(|(end, hash, notes)| (end, (hash, notes))).collect();
    let pairs = of(Side::New).filter_map(|(end, hash, notes)| {
        let (other, olds) = ends.get(&end)?;
        (*other == hash).then(|| olds.iter().copied().zip(notes).collect::<Vec<_>>())
    });
    let pairs: Vec<(NodeId, NodeId)> = pairs.flatten().collect();
    for (old, new) in pairs {
        work.pair_notes(old, new);
    }
}

/// Finds moves.
pub(super) fn find(work: &Work<'_>) -> HashMap<u32, Moved> {
    let of = |side: Side| work.whole.iter().filter(|whole| whole.side == side).collect::<Vec<&Whole>>();
    let (olds, news) = (of(Side::Old), of(Side::New));
    let mut pairs = Pairs { from: vec![None; olds.len()], to: vec![None; news.len()] };
    same(&olds, &news, &mut pairs, |whole| whole.hash);
    same(&olds, &news, &mut pairs, |whole| whole.spelt);
    within(&olds, &news, &mut pairs);
    neighbours(&olds, &news, &mut pairs);
    numbers(&olds, &news, &pairs)
}

/// Which old one is which new one.
struct Pairs {
    from: Vec<Option<usize>>,
    to: Vec<Option<usize>>,
}

impl Pairs {
    fn take(&mut self, old: usize, new: usize) {
        if self.from[old].is_none() && self.to[new].is_none() {
            (self.from[old], self.to[new]) = (Some(new), Some(old));
        }
    }
}

fn is_long(whole: &Whole) -> bool {
    whole.bag.total >= LEAST_WORDS
}

/// Those that say the very same.
fn same(olds: &[&Whole], news: &[&Whole], pairs: &mut Pairs, said: impl Fn(&Whole) -> u64) {
    let mut known: HashMap<u64, Vec<usize>> = HashMap::new();
    let free = |(at, whole): &(usize, &&Whole)| is_long(whole) && pairs.from[*at].is_none();
    for (at, whole) in olds.iter().enumerate().rev().filter(free) {
        known.entry(said(whole)).or_default().push(at);
    }
    for (new, whole) in news.iter().enumerate() {
        if pairs.to[new].is_none()
            && let Some(old) = known.get_mut(&said(whole)).and_then(Vec::pop)
        {
            pairs.take(old, new);
        }
    }
}

/// A digest of a text in which two spellings of a long word are one: with a hyphen or without, and as in Britain or in America.
pub(super) fn spelt(text: &str) -> u64 {
    let apart = |c: char| !(c.is_alphabetic() || matches!(c, '-' | '\u{2010}' | '\u{2011}'));
    let mut plain = String::with_capacity(text.len());
    for piece in text.split_inclusive(apart) {
        if piece.chars().filter(|c| c.is_alphabetic()).count() < SHORTEST_SPELT {
            plain.push_str(piece);
            continue;
        }
        let mut word = String::with_capacity(piece.len());
        for c in piece.chars().filter(|c| !matches!(c, '-' | '\u{2010}' | '\u{2011}')) {
            let c = if c == 'z' { 's' } else { c };
            if !(c.is_alphabetic() && word.ends_with(c)) {
                word.push(c);
            }
        }
        plain.push_str(&word.replace("our", "or"));
    }
    super::canon::hash(&plain)
}

/// Letters of a word that may be spelt in two ways: of short ones, each is another word.
const SHORTEST_SPELT: usize = 6;

/// What says the very same elsewhere in its list or table, however short it is.
fn within(olds: &[&Whole], news: &[&Whole], pairs: &mut Pairs) {
    let mut there: HashMap<(u32, u64), Vec<usize>> = HashMap::new();
    for (at, whole) in news.iter().enumerate().filter(|(_, whole)| whole.bag.total > 0) {
        whole.within.into_iter().for_each(|within| there.entry((within, whole.hash)).or_default().push(at));
    }
    let mut here: HashMap<(u32, u64), Vec<usize>> = HashMap::new();
    for (at, whole) in olds.iter().enumerate() {
        whole.within.into_iter().for_each(|within| here.entry((within, whole.hash)).or_default().push(at));
    }
    // One of several that say the same is not known to be this one.
    for (old, whole) in olds.iter().enumerate() {
        let Some(key) = whole.within.map(|within| (within, whole.hash)) else { continue };
        if let (Some([_]), Some([new])) = (here.get(&key).map(Vec::as_slice), there.get(&key).map(Vec::as_slice)) {
            pairs.take(old, *new);
        }
    }
}

/// The neighbours of what is moved, as far as they are the same.
fn neighbours(olds: &[&Whole], news: &[&Whole], pairs: &mut Pairs) {
    let places =
        |wholes: &[&Whole]| wholes.iter().enumerate().map(|(at, whole)| (whole.at, at)).collect::<HashMap<_, _>>();
    let (old_places, new_places) = (places(olds), places(news));
    let mut waiting: Vec<(usize, usize)> =
        pairs.from.iter().enumerate().filter_map(|(old, new)| Some((old, (*new)?))).collect();
    while let Some((old, new)) = waiting.pop() {
        for step in [-1, 1] {
            let next = |(row, at): (u32, usize)| Some((row, at.checked_add_signed(step)?));
            let old = next(olds[old].at).and_then(|place| old_places.get(&place).copied());
            let new = next(news[new].at).and_then(|place| new_places.get(&place).copied());
            if let (Some(old), Some(new)) = (old, new)
                && (pairs.from[old], pairs.to[new]) == (None, None)
                && olds[old].hash == news[new].hash
            {
                pairs.take(old, new);
                waiting.push((old, new));
            }
        }
    }
}

/// Gives both ends one number, and neighbours that move together the same.
fn numbers(olds: &[&Whole], news: &[&Whole], pairs: &Pairs) -> HashMap<u32, Moved> {
    let mut moved = HashMap::new();
    let mut before: Option<(usize, usize, u32)> = None;
    for (old, new) in pairs.from.iter().enumerate() {
        let Some(new) = *new else { continue };
        let follows = |one: (u32, usize), other: (u32, usize)| one.0 == other.0 && one.1 + 1 == other.1;
        let number = match before {
            Some((last, there, number))
                if follows(olds[last].at, olds[old].at) && follows(news[there].at, news[new].at) =>
            {
                number
            }
            Some(_) | None => olds[old].number,
        };
        before = Some((old, new, number));
        let end = olds[old].number;
        moved.insert(end, Moved { kind: StandingKind::MovedFrom, number, end });
        moved.insert(news[new].number, Moved { kind: StandingKind::MovedTo, number, end });
    }
    moved
}
