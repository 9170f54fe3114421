//! Hunks as a reader wants them.
//!
//! In: where two lines differ, token by token. Out: the same with less to read: what stays between two edits is given up where it is
//! nothing to hold on to, an insertion or deletion that could stand a little to either side stands where a sentence or word begins, and
//! where most of a paragraph has changed, sentences or the whole are replaced.

use super::hunk::Hunk;
use super::token::{Line, Token, TokenClass};

/// Beyond this share of changed words the whole is replaced.
const WHOLE: f64 = 0.85;
/// Beyond this, sentence by sentence.
const BY_SENTENCE: f64 = 0.6;
/// Lines of fewer words are shown word by word in any case.
const FEWEST_WORDS: usize = 6;

/// Tidies hunks.
pub(super) fn tidy(old: &Line, new: &Line, mut hunks: Vec<Hunk>) -> Vec<Hunk> {
    for at in 0..hunks.len() {
        slide(old, new, &mut hunks, at);
    }
    hunks = apart(hunks);
    hunks = without_islands(old, new, hunks);
    let words = words(&old.tokens) + words(&new.tokens);
    let changed: usize = hunks.iter().map(|hunk| hunk_words(old, new, hunk)).sum();
    let share = changed as f64 / words.max(1) as f64;
    let replaced = hunks.iter().any(|hunk| !hunk.old.is_empty()) && hunks.iter().any(|hunk| !hunk.new.is_empty());
    if !replaced || words < FEWEST_WORDS {
        return hunks;
    }
    if share > WHOLE && new.cuts.is_empty() && old.cuts.is_empty() {
        return vec![Hunk { old: 0..old.tokens.len(), new: 0..new.tokens.len() }];
    }
    if share > BY_SENTENCE { by_sentence(old, hunks) } else { hunks }
}

fn words(tokens: &[Token]) -> usize {
    tokens.iter().filter(|token| token.class.is_word()).count()
}

fn hunk_words(old: &Line, new: &Line, hunk: &Hunk) -> usize {
    words(&old.tokens[hunk.old.clone()]) + words(&new.tokens[hunk.new.clone()])
}

/// How much stays the same before a hunk and behind it.
fn room(old: &Line, hunks: &[Hunk], at: usize) -> (usize, usize) {
    let before = at.checked_sub(1).map_or(0, |before| hunks[before].old.end);
    let behind = hunks.get(at + 1).map_or(old.tokens.len(), |next| next.old.start);
    (hunks[at].old.start - before, behind - hunks[at].old.end)
}

/// Moves a pure insertion or deletion to where it reads best: at the start of a sentence, else of a word.
fn slide(old: &Line, new: &Line, hunks: &mut [Hunk], at: usize) {
    let (before, behind) = room(old, hunks, at);
    let hunk = &mut hunks[at];
    let (line, range) = match (hunk.old.is_empty(), hunk.new.is_empty()) {
        (true, false) => (new, hunk.new.clone()),
        (false, true) => (old, hunk.old.clone()),
        (true, true) | (false, false) => return,
    };
    if !old.cuts.is_empty() || !new.cuts.is_empty() {
        return;
    }
    let tokens = &line.tokens;
    let same = |one: usize, other: usize| tokens[one].sign == tokens[other].sign;
    let back = (1..=before.min(MOST_STEPS)).take_while(|step| same(range.start - step, range.end - step)).count();
    let ahead = (0..behind.min(MOST_STEPS)).take_while(|step| same(range.start + step, range.end + step)).count();
    let offsets = -(back as isize)..=ahead as isize;
    let best = offsets.max_by_key(|offset| {
        let (start, end) = (range.start.saturating_add_signed(*offset), range.end.saturating_add_signed(*offset));
        (beauty(tokens, start, end), -offset.abs())
    });
    let Some(offset) = best else { return };
    for side in [&mut hunk.old, &mut hunk.new] {
        *side = side.start.saturating_add_signed(offset)..side.end.saturating_add_signed(offset);
    }
}

/// So far a hunk is moved at most.
const MOST_STEPS: usize = 64;

/// How well a hunk stands.
fn beauty(tokens: &[Token], start: usize, end: usize) -> u8 {
    let class = |at: usize| tokens.get(at).map(|token| token.class);
    let before = start.checked_sub(1).and_then(class);
    let sentence = before.is_none()
        || before == Some(TokenClass::Space)
            && start.checked_sub(2).and_then(class).is_none_or(|class| class == TokenClass::End);
    let last = class(end - 1);
    let ends = last == Some(TokenClass::Space) || end == tokens.len();
    let begins_with_space = class(start) == Some(TokenClass::Space);
    match (sentence, ends) {
        (true, true) => 4,
        // A sentence at the end of a line takes the space before it along.
        _ if begins_with_space && last == Some(TokenClass::End) && before == Some(TokenClass::End) => 3,
        (false, true) if !begins_with_space => 2,
        _ if begins_with_space && last.is_some_and(TokenClass::is_word) => 1,
        (true, false) | (false, true | false) => 0,
    }
}

/// Hunks that touch after they were moved are one; where one was moved over another, both are.
pub(super) fn apart(hunks: Vec<Hunk>) -> Vec<Hunk> {
    let mut kept: Vec<Hunk> = Vec::with_capacity(hunks.len());
    for hunk in hunks {
        match kept.last_mut() {
            Some(last) if hunk.old.start <= last.old.end || hunk.new.start <= last.new.end => unite(last, &hunk),
            Some(_) | None => kept.push(hunk),
        }
    }
    kept
}

fn unite(last: &mut Hunk, hunk: &Hunk) {
    // What lies between is of one length in both.
    last.old.end = last.old.end.max(hunk.old.end);
    last.new.end = last.new.end.max(hunk.new.end);
}

/// Gives up what stays between two edits where it is space, marks and words that say nothing, or two words that are shorter than
/// either edit.
fn without_islands(old: &Line, new: &Line, hunks: Vec<Hunk>) -> Vec<Hunk> {
    let mut kept: Vec<Hunk> = Vec::with_capacity(hunks.len());
    for hunk in hunks {
        kept.push(hunk);
        while let [.., last, next] = kept.as_slice()
            && is_island(old, new, last, next)
        {
            let next = next.clone();
            kept.pop();
            if let Some(last) = kept.last_mut() {
                unite(last, &next);
            }
        }
    }
    kept
}

fn is_island(old: &Line, new: &Line, last: &Hunk, next: &Hunk) -> bool {
    let island = &new.tokens[last.new.end..next.new.start];
    let cut = |line: &Line, from: usize, to: usize| line.cuts.iter().any(|cut| (from..=to).contains(cut));
    let atoms = island.iter().any(|token| token.class == TokenClass::Atom);
    if atoms || cut(new, last.new.end, next.new.start) || cut(old, last.old.end, next.old.start) {
        return false;
    }
    // A word put in before and one behind are two edits, whatever stands between.
    let pure = |hunk: &Hunk| hunk.old.is_empty() || hunk.new.is_empty();
    let said = island.iter().filter(|token| token.class == TokenClass::Word).count();
    if said == 0 {
        let few = island.iter().filter(|token| token.class != TokenClass::Space).count() <= 2;
        return few && !(pure(last) && pure(next) && island.iter().any(|token| token.class.is_word()));
    }
    let long = |line: &Line, range: &std::ops::Range<usize>| line.covered(range).len();
    let edit = |hunk: &Hunk| long(old, &hunk.old).max(long(new, &hunk.new));
    let between = long(new, &(last.new.end..next.new.start));
    words(island) <= 2 && between < edit(last) && between < edit(next) && !pure(last) && !pure(next)
}

/// Grows each hunk to the ends of its sentences, as far as these have changed for the greater part.
fn by_sentence(old: &Line, hunks: Vec<Hunk>) -> Vec<Hunk> {
    let mut grown: Vec<Hunk> = Vec::with_capacity(hunks.len());
    for (at, hunk) in hunks.iter().enumerate() {
        let (before, behind) = room(old, &hunks, at);
        let mut hunk = hunk.clone();
        let back = old.tokens[hunk.old.start - before..hunk.old.start].iter().rev();
        let back = back.take_while(|token| !ends_sentence(token)).count();
        let rest = &old.tokens[hunk.old.end..hunk.old.end + behind];
        let ahead = rest.iter().position(ends_sentence).map_or(rest.len(), |end| end + 1);
        let back = if back > SHORT { 0 } else { back };
        let ahead = if ahead > SHORT { 0 } else { ahead };
        hunk.old = hunk.old.start - back..hunk.old.end + ahead;
        hunk.new = hunk.new.start - back..hunk.new.end + ahead;
        grown.push(hunk);
    }
    apart(grown)
}

/// Tokens of a sentence that are given up at most beside a hunk.
const SHORT: usize = 24;

fn ends_sentence(token: &Token) -> bool {
    matches!(token.class, TokenClass::End | TokenClass::Atom)
}
