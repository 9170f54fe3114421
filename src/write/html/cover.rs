//! The title block.

use super::block;
use super::writer::{Tag, Writer};
use crate::document::{Block, PartKind, Side};

/// Title and what stands around it, then the text that drafts put on the cover.
pub(super) fn write(w: &mut Writer) {
    w.group(Tag::new("header").class("cover"), |w| {
        write_panel(w);
        w.group(Tag::new("div").class("wrap cover-foot"), |w| {
            write_rows(w);
            write_cover_text(w);
            write_disclaimer(w);
        });
    });
}

fn write_panel(w: &mut Writer) {
    let metadata = &w.doc.metadata;
    w.group(Tag::new("div").class("panel"), |w| {
        w.group(Tag::new("div").class("wrap"), |w| {
            let (series, reference) = (metadata.series.as_deref(), metadata.reference.as_deref());
            if series.is_some() || reference.is_some() {
                w.group(Tag::new("div").class("kicker"), |w| {
                    write_line(w, "p", "series", "cover-kicker", series);
                    write_line(w, "p", "reference", "cover-reference", reference);
                });
            }
            write_line(w, "h1", "title", "title", Some(&metadata.title));
            write_line(w, "p", "subtitle", "subtitle", metadata.subtitle.as_deref());
        });
    });
}

fn write_line(w: &mut Writer, element: &'static str, class: &str, role: &str, text: Option<&str>) {
    if let Some(text) = text {
        w.block(Tag::new(element).class(class), |w| w.in_role(role, |w| w.text(text)));
    }
}

fn write_rows(w: &mut Writer) {
    let metadata = &w.doc.metadata;
    w.group(Tag::new("div").class("cover-line"), |w| {
        write_line(w, "p", "draft-label", "draft-label", metadata.draft_label.as_deref());
        if metadata.cover_rows.is_empty() {
            return;
        }
        w.group(Tag::new("dl").class("cover-rows"), |w| {
            for row in &metadata.cover_rows {
                w.block(Tag::new("div"), |w| {
                    w.in_role("cover-meta", |w| {
                        w.inline(Tag::new("dt"), |w| w.text(&row.label));
                        w.raw(" ");
                        w.inline(Tag::new("dd"), |w| w.in_bold(|w| w.text(&row.value)));
                    });
                });
            }
        });
    });
}

fn write_cover_text(w: &mut Writer) {
    let doc = w.doc;
    for (index, part) in doc.document.parts.iter().enumerate() {
        if part.kind == PartKind::Cover && !part.blocks.is_empty() {
            write_part(w, index, "cover-text", "cover-text", block::write);
        }
    }
}

/// A part of the report in an element of its own; `content` writes its blocks.
pub(super) fn write_part(
    w: &mut Writer,
    index: usize,
    class: &str,
    role: &str,
    content: impl FnOnce(&mut Writer, &[Block]),
) {
    let doc = w.doc;
    let (part, language) = (&doc.document.parts[index], doc.part_languages.get(index).and_then(Option::as_ref));
    let gone = if part.side == Some(Side::Old) { " deleted" } else { "" };
    let tag = w.in_language(Tag::new("div").class(format!("{class}{gone}")), language);
    w.with_language(language, |w| w.group(tag, |w| w.in_role(role, |w| content(w, &part.blocks))));
}

fn write_disclaimer(w: &mut Writer) {
    write_line(w, "p", "disclaimer", "disclaimer", w.doc.metadata.disclaimer.as_deref());
}
