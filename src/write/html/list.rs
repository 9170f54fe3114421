//! Lists and description lists.

use super::block;
use super::change;
use super::inline;
use super::writer::{Spacing, Tag, Writer};
use crate::document::{Block, DescriptionItem, List, ListItem, ListKind, OrderedStyle};
use crate::resolve::Is;

/// A list. Its markers are those that were decided; a page without its style sheet counts by itself.
pub(super) fn write(w: &mut Writer, block: &Block, list: &List) {
    let markers = w.doc.lists.get(block.id).map_or(&[][..], |info| &info.markers);
    let class = if list.tight { "list tight" } else { "list" }.to_owned() + marker_room(markers);
    let tag = block::own(w, start_tag(list.kind).class(class), block);
    w.group(tag, |w| {
        let spacing = if list.tight { Spacing::Tight } else { Spacing::Loose };
        w.with_spacing(spacing, |w| {
            for (index, item) in list.items.iter().enumerate() {
                write_item(w, item, markers.get(index).map(String::as_str));
            }
        });
    });
}

/// Room for long markers, by the longest.
fn marker_room(markers: &[String]) -> &'static str {
    match markers.iter().map(|marker| marker.chars().count()).max().unwrap_or(0) {
        0..=3 => "",
        4 => " markers-4",
        5 => " markers-5",
        6 => " markers-6",
        _ => " markers-7",
    }
}

fn start_tag(kind: ListKind) -> Tag {
    match kind {
        ListKind::Bullet => Tag::new("ul"),
        ListKind::Ordered { start, style, delimiter: _ } => {
            let tag = Tag::new("ol").maybe("start", (start != 1).then(|| start.to_string()));
            tag.maybe("type", (style != OrderedStyle::Decimal).then(|| counting(style)))
        }
    }
}

/// How a list counts (HTML 4.4.5, `type`).
pub(super) fn counting(style: OrderedStyle) -> &'static str {
    match style {
        OrderedStyle::Decimal => "1",
        OrderedStyle::LowerAlpha => "a",
        OrderedStyle::UpperAlpha => "A",
        OrderedStyle::LowerRoman => "i",
        OrderedStyle::UpperRoman => "I",
    }
}

fn write_item(w: &mut Writer, item: &ListItem, marker: Option<&str>) {
    let class = match item.checked {
        Some(true) => Some("task done"),
        Some(false) => Some("task"),
        None => None,
    };
    let tag = change::write_tag(w, Tag::new("li"), class, w.anchor(item.id), &item.change);
    let tag = tag.maybe("data-marker", marker);
    w.need(marker.unwrap_or_default());
    w.block(tag, |w| {
        if let Some(done) = item.checked {
            write_task(w, done);
        }
        if w.spacing == Spacing::Loose && !item.blocks.is_empty() {
            w.line();
        }
        change::write_within(w, &item.change, Is::Item(item.checked), |w| block::write(w, &item.blocks));
    });
}

/// A box that can be seen, and its state in words.
fn write_task(w: &mut Writer, done: bool) {
    let (yes, no) = w.doc.terms.task;
    w.inline(Tag::new("span").class("task-box").attr("aria-hidden", "true"), |_| {});
    let state = if done { yes } else { no };
    w.inline(Tag::new("span").class("task-state"), |w| w.text(&format!("{state}{}", w.doc.terms.colon)));
}

/// Terms and descriptions.
pub(super) fn write_descriptions(w: &mut Writer, block: &Block, items: &[DescriptionItem]) {
    let tag = block::own(w, Tag::new("dl").class("descriptions"), block);
    w.group(tag, |w| {
        for item in items {
            let tag = change::write_tag(w, Tag::new("dt"), None, w.anchor(item.id), &item.change);
            let term = |w: &mut Writer| w.in_role("term", |w| inline::write(w, &item.term));
            w.block(tag, |w| change::write_within(w, &item.change, Is::Item(None), term));
            let tag = change::write_tag(w, Tag::new("dd"), None, None, &item.change);
            let details = |w: &mut Writer| w.with_spacing(Spacing::Loose, |w| block::write(w, &item.details));
            w.group(tag, |w| change::write_within(w, &item.change, Is::Item(None), details));
        }
    });
}
