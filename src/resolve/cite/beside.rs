//! What stands beside a citation that becomes the sign of a note: the space before it goes, and the punctuation behind it may come before it.
//!
//! In: a line before and behind the sign. Out: the same as the sign wants it. In a redline each version is seen to for itself, as if
//! it were alone: what goes from one of them stays in the other, and says so. Never touches a line without a citation.

use std::collections::VecDeque;

use crate::document::{Change, Ids, Inline, InlineKind, Mark, Marked, Side, StandingKind};

/// Versions in which something stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Sides {
    old: bool,
    new: bool,
}

impl Sides {
    fn of_mark(change: &Marked) -> Option<Self> {
        let side = change.as_ref()?.standing.as_ref()?.kind.side();
        Some(Self { old: side == Side::Old, new: side == Side::New })
    }

    fn of(inline: &Inline) -> Self {
        let both = Self { old: true, new: true };
        Self::of_mark(&inline.change).unwrap_or_else(|| match inline.children() {
            [] => both,
            children => children.iter().map(Self::of).fold(Self::default(), Self::or),
        })
    }

    fn or(self, other: Self) -> Self {
        Self { old: self.old || other.old, new: self.new || other.new }
    }

    fn and(self, other: Self) -> Self {
        Self { old: self.old && other.old, new: self.new && other.new }
    }

    fn without(self, other: Self) -> Self {
        Self { old: self.old && !other.old, new: self.new && !other.new }
    }

    fn is_empty(self) -> bool {
        self == Self::default()
    }

    /// The one version, where it is one.
    fn side(self) -> Option<Side> {
        match (self.old, self.new) {
            (true, false) => Some(Side::Old),
            (false, true) => Some(Side::New),
            (true, true) | (false, false) => None,
        }
    }
}

/// The versions that are still to be seen to, and the change by which they differ there.
struct Open {
    sides: Sides,
    mark: Option<Mark>,
}

impl Open {
    fn of(sign: &Marked) -> Self {
        let sides = Sides::of_mark(sign).unwrap_or(Sides { old: true, new: true });
        Self { sides, mark: mark_of(sign) }
    }

    /// Says of something that it stands in one version only.
    fn stands(&self, sides: Sides) -> Option<Marked> {
        Some(Change::stands(StandingKind::on(sides.side()?), self.mark.clone()?))
    }
}

fn mark_of(change: &Marked) -> Option<Mark> {
    change.as_ref()?.standing.as_ref().map(|standing| standing.mark.clone())
}

/// Takes the space before a sign away.
pub(super) fn trim_space(out: &mut Vec<Inline>, sign: &Marked, ids: &mut Ids) {
    let mut open = Open::of(sign);
    let mut at = out.len();
    while at > 0 && !open.sides.is_empty() {
        at -= 1;
        let here = Sides::of(&out[at]);
        let seen = here.and(open.sides);
        if seen.is_empty() {
            continue;
        }
        open.mark = mark_of(&out[at].change).or(open.mark);
        let Some(words) = out[at].kind.words() else {
            open.sides = open.sides.without(seen);
            continue;
        };
        let (kept, space) = words.split_at(words.trim_end().len());
        let (kept, space) = (kept.to_owned(), space.to_owned());
        // What stays of the space, for the other version.
        let stays = open.stands(here.without(seen)).map(|change| Inline {
            id: if kept.is_empty() { out[at].id } else { ids.fresh() },
            span: out[at].span,
            kind: InlineKind::Text(space.clone()),
            change,
        });
        if !kept.is_empty() {
            open.sides = open.sides.without(seen);
        }
        match (kept.is_empty(), stays.filter(|_| !space.is_empty())) {
            (true, Some(space)) => out[at] = space,
            (true, None) => drop(out.remove(at)),
            (false, Some(space)) => {
                out[at].kind = InlineKind::Text(kept);
                out.insert(at + 1, space);
            }
            (false, None) => out[at].kind = InlineKind::Text(kept),
        }
    }
}

/// Whether a version goes on with punctuation.
pub(super) fn goes_on_with_punctuation(rest: &VecDeque<Inline>, side: Side) -> bool {
    let stands = |inline: &&Inline| {
        let sides = Sides::of(inline);
        if side == Side::Old { sides.old } else { sides.new }
    };
    let next = rest.iter().find(stands);
    next.is_some_and(
        |next| matches!(&next.kind, InlineKind::Text(text) if text.starts_with(['.', ',', ';', ':', '!', '?'])),
    )
}

/// Takes the punctuation that the text goes on with, to stand before the sign.
pub(super) fn punctuation(rest: &mut VecDeque<Inline>, sign: &Marked, ids: &mut Ids) -> Vec<Inline> {
    let mut open = Open::of(sign);
    let (mut taken, mut passed, mut at) = (Vec::new(), Sides::default(), 0);
    while at < rest.len() && !open.sides.is_empty() {
        let here = Sides::of(&rest[at]);
        let seen = here.and(open.sides);
        open.mark = mark_of(&rest[at].change).or(open.mark);
        open.sides = open.sides.without(seen);
        if !seen.is_empty()
            && let Some(piece) = first_marks(&mut rest[at], ids)
        {
            // In a version where something stands between, it stays behind.
            let behind = here.without(seen).and(passed);
            match (open.stands(here.without(behind)), open.stands(behind)) {
                (Some(change), Some(stays)) if !behind.is_empty() => {
                    rest.insert(at, Inline { id: ids.fresh(), change: stays, ..piece.clone() });
                    taken.push(Inline { change, ..piece });
                    at += 1;
                }
                _ => taken.push(piece),
            }
        }
        passed = passed.or(here);
        at += 1;
    }
    taken
}

/// Cuts off the punctuation that a text begins with.
fn first_marks(inline: &mut Inline, ids: &mut Ids) -> Option<Inline> {
    let InlineKind::Text(text) = &mut inline.kind else { return None };
    let len = text.find(|c: char| !".,;:!?”’\"".contains(c)).unwrap_or(text.len());
    let taken = text[..len].to_owned();
    if !taken.starts_with(['.', ',', ';', ':', '!', '?']) {
        return None;
    }
    *text = text[len..].to_owned();
    Some(Inline { id: ids.fresh(), span: inline.span, kind: InlineKind::Text(taken), change: inline.change.clone() })
}
