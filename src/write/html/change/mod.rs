//! What a redline says of its nodes: what came stands in `ins`, what went in `del` (HTML 4.7), what is of another form in an element that
//! says so; each with its change's number, and in words for those who do not see how it looks.
//!
//! In: the marks of the tree. Out: markup around what the other files write; a tree without marks has none of it. Nothing is told by colour
//! alone. `data-change` is the number, `data-was` the form before, which `inspect` reads back; what is written for readers alone has the
//! class `change-label`, `change-number` or `unseen`.

mod former;
mod line;
mod look;
mod panel;

use std::collections::{BTreeMap, BTreeSet};

pub(super) use line::{end, in_link, write_code_line, write_line};
pub(super) use panel::{current, words, write_bar, write_panel};

use super::writer::{Tag, Writer};
use crate::document::{Block, BlockKind, Column, Former, Mark, Marked, Side, Standing};
use crate::resolve::{Date, Is};
use look::{Look, Shown};

/// The style sheet of what only redlines have.
pub(super) const LAYOUT: &str = include_str!("change.css");
/// The script of the panel.
pub(super) const SCRIPT: &str = include_str!("change.js");

/// What has been said of changes so far.
#[derive(Debug, Default)]
pub(super) struct Marks {
    /// How each change looks at its place.
    placed: BTreeMap<u32, Look>,
    /// Moves whose other end has its place, too.
    ended: BTreeSet<u32>,
    /// Numbers shown on labels, each with what it was shown for.
    labelled: BTreeSet<(u32, Look)>,
    /// Numbers shown.
    numbered: BTreeSet<u32>,
    /// In how many links it is being written.
    links: usize,
    /// Within what is marked whole.
    whole: bool,
    /// Within a summary, which is a control itself.
    summary: bool,
}

/// Adds a marked node's place, number and time, and how it looks.
fn mark(w: &mut Writer, tag: Tag, shown: Shown, mark: &Mark) -> Tag {
    let tag = tag.maybe("id", place(w, shown)).attr("data-change", shown.number.to_string());
    match shown.look.side() {
        Some(_) => tag.maybe("datetime", time(w, mark)),
        None => tag,
    }
}

/// The place that a node is of its change: its first, or the first of a move's other end.
fn place(w: &mut Writer, shown: Shown) -> Option<String> {
    let Shown { number, look } = shown;
    match w.marks.placed.get(&number) {
        None => {
            w.marks.placed.insert(number, look);
            Some(format!("change-{number}"))
        }
        Some(first) if look.is_moved() && *first != look && w.marks.ended.insert(number) => {
            Some(format!("change-{number}-other"))
        }
        Some(_) => None,
    }
}

/// When a change was made (HTML 2.3.5.7, a global date and time).
fn time(w: &Writer, mark: &Mark) -> Option<String> {
    let hand = mark.hand.as_deref().or(w.doc.revision.as_ref().map(|revision| &revision.author))?;
    Some(Date::moment(hand.time))
}

/// The element of what stands in one version.
fn element(side: Side) -> &'static str {
    match side {
        Side::Old => "del",
        Side::New => "ins",
    }
}

/// Where it is not in the old version or not in the new, how a node looks.
fn standing(change: &Marked) -> Option<(Shown, &Standing)> {
    let standing = change.as_ref()?.standing.as_ref()?;
    Some((Shown { look: Look::of(standing.kind), number: standing.mark.number }, standing))
}

/// Writes a block with what is said of it as a whole.
pub(super) fn write_block(w: &mut Writer, block: &Block, content: impl FnOnce(&mut Writer)) {
    let Some(change) = block.change.as_deref().filter(|_| w.is_page()) else { return content(w) };
    if let Some((shown, standing)) = standing(&block.change) {
        let label = w.doc.standing_label(shown.number, standing.kind, &block.kind);
        let tag = Tag::new(element(standing.kind.side())).class(format!("block {}", shown.look.class()));
        let tag = mark(w, tag, shown, &standing.mark);
        w.group(tag, |w| {
            write_label(w, shown, &label);
            within(w, content);
            write_spoken(w, look::spoken(w.doc, shown.look).1);
        });
    } else if let Some(former) = &change.former {
        write_reformed(w, &block.kind, former, content);
    } else {
        content(w);
    }
}

/// A block of another form than before.
fn write_reformed(w: &mut Writer, kind: &BlockKind, former: &Former, content: impl FnOnce(&mut Writer)) {
    let shown = Shown { look: Look::Reformatted, number: former.mark.number };
    let tag = Tag::new("div").class("block reformatted");
    let tag = former::was(mark(w, tag, shown, &former.mark), former);
    let label = w.doc.former_label(former, Is::Block(kind));
    w.group(tag, |w| {
        write_label(w, shown, &label);
        content(w);
    });
}

/// Nothing beneath what is marked whole is marked again.
fn within(w: &mut Writer, content: impl FnOnce(&mut Writer)) {
    let outer = std::mem::replace(&mut w.marks.whole, true);
    content(w);
    w.marks.whole = outer;
}

/// Writes a summary: a click on it folds what it heads, so that its numbers are no links.
pub(super) fn in_summary(w: &mut Writer, content: impl FnOnce(&mut Writer)) {
    w.marks.summary = true;
    content(w);
    w.marks.summary = false;
}

/// Before a block: number and words, for all once, for those who cannot see it at each of its blocks.
fn write_label(w: &mut Writer, shown: Shown, label: &str) {
    let first = is_first(w, shown);
    let class = if first { "change-label" } else { "change-label unseen" };
    w.block(Tag::new("p").class(class), |w| {
        w.in_role("cover-meta", |w| {
            if first {
                write_number(w, shown);
                w.raw(" ");
            }
            let other = first.then(|| other_end(w, shown)).flatten();
            let words = |w: &mut Writer| w.in_bold(|w| w.words(|w| w.text(label)));
            match other {
                Some(place) => w.inline(Tag::new("a").attr("href", place), words),
                None => words(w),
            }
        });
    });
}

/// Whether a change is labelled for the first time for how it looks here.
fn is_first(w: &mut Writer, shown: Shown) -> bool {
    w.marks.numbered.insert(shown.number);
    w.marks.labelled.insert((shown.number, shown.look))
}

/// Where the other end of a move is.
fn other_end(w: &Writer, shown: Shown) -> Option<String> {
    if !shown.look.is_moved() {
        return None;
    }
    let here = w.marks.placed.get(&shown.number) == Some(&shown.look);
    Some(format!("#change-{}{}", shown.number, if here { "-other" } else { "" }))
}

/// The number, which leads to the change's entry in the list.
fn write_number(w: &mut Writer, shown: Shown) {
    let number = shown.number;
    let entry = if w.doc.revision.is_some() { "_" } else { "" };
    let text = |w: &mut Writer| w.in_bold(|w| w.text(&format!("[{number}]")));
    if w.marks.summary {
        return w.inline(Tag::new("span").class("change-number"), text);
    }
    let tag = Tag::new("a").class("change-number").attr("href", format!("#{entry}change-{number}"));
    w.inline(tag.attr("aria-label", w.doc.change_name(number)), text);
}

/// Words for those who cannot see how something looks.
fn write_spoken(w: &mut Writer, words: &str) {
    if !words.is_empty() {
        w.inline(Tag::new("span").class("unseen"), |w| w.words(|w| w.text(&format!(" {words} "))));
    }
}

/// Adds what an item, row or cell says of itself, its class and its anchor; where it has an anchor, the change's place is what it holds.
pub(super) fn write_tag(w: &mut Writer, tag: Tag, class: Option<&str>, anchor: Option<&str>, change: &Marked) -> Tag {
    let found = standing(change).filter(|_| w.is_page()).map(|(shown, _)| shown);
    let look = found.map(|shown| shown.look.class());
    let classes: Vec<&str> = class.into_iter().chain(look).collect();
    let tag = tag.maybe("class", (!classes.is_empty()).then(|| classes.join(" ")));
    match (found, anchor) {
        (Some(shown), None) => tag.maybe("id", place(w, shown)).attr("data-change", shown.number.to_string()),
        (Some(shown), Some(anchor)) => tag.attr("id", anchor).attr("data-change", shown.number.to_string()),
        (None, anchor) => tag.maybe("id", anchor),
    }
}

/// Writes what an item or a cell holds, with what is said of it or of its row.
pub(super) fn write_within(w: &mut Writer, change: &Marked, is: Is<'_>, content: impl FnOnce(&mut Writer)) {
    if !w.is_page() {
        return content(w);
    }
    if let Some((shown, standing)) = standing(change) {
        let label = w.doc.standing_words(shown.number, standing.kind);
        let tag = Tag::new(element(standing.kind.side())).class("within").maybe("id", place(w, shown));
        let tag = tag.maybe("datetime", time(w, &standing.mark));
        w.inline(tag, |w| {
            write_small_label(w, shown, |w| write_spoken(w, &label));
            within(w, content);
        });
    } else if let Some(former) = change.as_ref().and_then(|change| change.former.as_ref()) {
        let shown = Shown { look: Look::Reformatted, number: former.mark.number };
        let tag = Tag::new("div").class("within reformatted");
        let tag = former::was(mark(w, tag, shown, &former.mark), former);
        let label = w.doc.former_label(former, is);
        w.inline(tag, |w| {
            let words = |w: &mut Writer| w.in_bold(|w| w.words(|w| w.text(&label)));
            write_small_label(w, shown, |w| w.inline(Tag::new("span").class("words"), words));
            content(w);
        });
    } else {
        content(w);
    }
}

/// Before what an item or a cell holds: the number to see, the words to hear.
fn write_small_label(w: &mut Writer, shown: Shown, words: impl FnOnce(&mut Writer)) {
    let first = is_first(w, shown);
    w.inline(Tag::new("span").class("change-label"), |w| {
        w.in_role("cover-meta", |w| {
            if first {
                write_number(w, shown);
            }
            words(w);
        });
    });
}

/// How a column looks that stands in one version alone.
pub(super) fn column_class(column: Option<&Column>) -> Option<&'static str> {
    column.and_then(|column| column.change).map(|mark| Look::of(mark.kind).class())
}

/// Whether all of some blocks are gone.
pub(super) fn is_gone(blocks: &[Block]) -> bool {
    let gone = |block: &Block| standing(&block.change).is_some_and(|(shown, _)| shown.look.side() == Some(Side::Old));
    !blocks.is_empty() && blocks.iter().all(gone)
}
