//! What a line says of its leaves.
//!
//! Leaves side by side that came or went together stand in one element, whatever formats are within; the number stands before the first of them,
//! outside of any link.

use super::look::{self, Look, Shown};
use super::{element, former, mark, write_number, write_spoken};
use crate::document::{Change, Former, Inline, InlineKind, Marked, Side, Standing};
use crate::write::html::inline;
use crate::write::html::writer::{Tag, Writer};

/// What is said of an inline and of all within.
#[derive(Clone, Copy, PartialEq)]
enum Said<'i> {
    /// It stands in one version alone.
    Stands(&'i Standing),
    /// It was of another format.
    Was(&'i Former),
}

impl Said<'_> {
    fn shown(self) -> Shown {
        let (look, mark) = match self {
            Self::Stands(standing) => (Look::of(standing.kind), &standing.mark),
            Self::Was(former) => (Look::Reformatted, &former.mark),
        };
        Shown { look, number: mark.number }
    }
}

/// Writes a line, or a part of one, whose leaves may be marked.
pub(in crate::write::html) fn write_line(w: &mut Writer, inlines: &[Inline]) {
    if w.marks.whole {
        return inlines.iter().for_each(|inline| inline::write_one(w, inline));
    }
    let mut rest = inlines;
    while let Some(first) = rest.first() {
        let found = said(first);
        let same = found.map_or(1, |one| rest.iter().take_while(|next| said(next) == Some(one)).count());
        let (group, after) = rest.split_at(same.max(1));
        match found {
            Some(said) => write_group(w, said, group),
            None => {
                if matches!(first.kind, InlineKind::Link(_)) {
                    write_numbers_within(w, first);
                }
                inline::write_one(w, first);
            }
        }
        rest = after;
    }
}

/// Before a link, the numbers of the changes that begin in it.
fn write_numbers_within(w: &mut Writer, inline: &Inline) {
    if let Some(said) = said(inline) {
        write_first_number(w, said.shown());
    }
    inline.children().iter().for_each(|child| write_numbers_within(w, child));
}

/// A change's number, where that is not said yet and may be said.
fn write_first_number(w: &mut Writer, shown: Shown) {
    if w.marks.links == 0 && w.marks.numbered.insert(shown.number) {
        write_number(w, shown);
    }
}

/// Writes the content of a link: no number stands within.
pub(in crate::write::html) fn in_link(w: &mut Writer, content: impl FnOnce(&mut Writer)) {
    w.marks.links += 1;
    content(w);
    w.marks.links -= 1;
}

/// What is said of all of an inline.
fn said(inline: &Inline) -> Option<Said<'_>> {
    let Some((first, rest)) = inline.children().split_first() else {
        let change = inline.change.as_deref()?;
        let former = || change.former.as_ref().map(Said::Was);
        return change.standing.as_ref().map(Said::Stands).or_else(former);
    };
    let one = said(first).filter(|one| matches!(one, Said::Stands(_)))?;
    rest.iter().all(|next| said(next) == Some(one)).then_some(one)
}

fn write_group(w: &mut Writer, said: Said<'_>, group: &[Inline]) {
    let shown = said.shown();
    let (tag, made) = match said {
        Said::Stands(standing) => (Tag::new(element(standing.kind.side())), &standing.mark),
        Said::Was(former) => (former::was(Tag::new("span").class("reformatted"), former), &former.mark),
    };
    let tag = mark(w, tag, shown, made);
    let (before, behind) = look::spoken(w.doc, shown.look);
    write_first_number(w, shown);
    w.inline(tag, |w| {
        write_spoken(w, before);
        super::within(w, |w| {
            for inline in group {
                if matches!(inline.kind, InlineKind::LineBreak) {
                    write_sign(w, "↵");
                }
                inline::write_one(w, inline);
            }
        });
        write_spoken(w, behind);
    });
}

/// A sign for what cannot be seen by itself.
fn write_sign(w: &mut Writer, sign: &str) {
    w.inline(Tag::new("span").class("change-label").attr("aria-hidden", "true"), |w| w.text(sign));
}

/// The sign of a paragraph's end that stands in one version alone: where it was split, or merged with the next.
pub(in crate::write::html) fn end(w: &mut Writer, change: &Marked) {
    let Some(end) = change.as_ref().and_then(|change| change.end.as_ref()).filter(|_| w.is_page()) else { return };
    let look = match end.side {
        Side::New => Look::Inserted,
        Side::Old => Look::Deleted,
    };
    let shown = Shown { look, number: end.mark.number };
    let tag = Tag::new(element(end.side)).class("paragraph-end");
    let tag = mark(w, tag, shown, &end.mark);
    write_first_number(w, shown);
    w.inline(tag, |w| {
        write_spoken(w, look::parted(w.doc, end.side));
        write_sign(w, "¶");
    });
}

/// Writes a line of code; its number stands before it where it is the first of its change.
pub(in crate::write::html) fn write_code_line(
    w: &mut Writer,
    change: Option<&Change>,
    at: usize,
    content: impl FnOnce(&mut Writer),
) {
    let mark_of = |change: &Change| change.lines.iter().find(|line| line.line == at).map(|line| line.standing.clone());
    let Some(standing) = change.filter(|_| w.is_page()).and_then(mark_of) else {
        content(w);
        return w.raw("\n");
    };
    write_marked_line(w, &standing, content);
}

fn write_marked_line(w: &mut Writer, standing: &Standing, content: impl FnOnce(&mut Writer)) {
    let shown = Shown { look: Look::of(standing.kind), number: standing.mark.number };
    let tag = Tag::new(element(standing.kind.side())).class("line");
    let tag = mark(w, tag, shown, &standing.mark);
    w.inline(tag, |w| {
        write_spoken(w, look::spoken(w.doc, shown.look).0);
        w.need("+−");
        write_first_number(w, shown);
        content(w);
        w.raw("\n");
    });
}
