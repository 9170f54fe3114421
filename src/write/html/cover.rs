//! The title block.

use super::block;
use super::inline;
use super::writer::{Tag, Writer};
use crate::document::{Block, CoverLine, PartKind, Side};
use crate::resolve::CoverText;

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
    let (doc, metadata) = (w.doc, &w.doc.metadata);
    w.group(Tag::new("div").class("panel"), |w| {
        w.group(Tag::new("div").class("wrap"), |w| {
            let series = doc.cover_text(CoverLine::Series, metadata.series.as_deref());
            let reference = doc.cover_text(CoverLine::Reference, metadata.reference.as_deref());
            if series.is_some() || reference.is_some() {
                w.group(Tag::new("div").class("kicker"), |w| {
                    write_line(w, "p", "series", "cover-kicker", series);
                    write_line(w, "p", "reference", "cover-reference", reference);
                });
            }
            write_line(w, "h1", "title", "title", doc.cover_text(CoverLine::Title, Some(&metadata.title)));
            let subtitle = doc.cover_text(CoverLine::Subtitle, metadata.subtitle.as_deref());
            write_line(w, "p", "subtitle", "subtitle", subtitle);
        });
    });
}

fn write_line(w: &mut Writer, element: &'static str, class: &str, role: &str, text: Option<CoverText<'_>>) {
    if let Some(text) = text {
        let tag = keyed(w, Tag::new(element).class(format!("{class}{}", gone(text))), text);
        w.block(tag, |w| w.in_role(role, |w| write_text(w, text)));
    }
}

fn write_text(w: &mut Writer, text: CoverText<'_>) {
    match text {
        CoverText::Plain(text) => w.text(text),
        CoverText::Marked { content, .. } => inline::write(w, content),
    }
}

/// A class for a line of which nothing is left.
fn gone(text: CoverText<'_>) -> &'static str {
    if text.is_gone() { " deleted" } else { "" }
}

/// The place that a redline gives a line.
fn keyed(w: &Writer, tag: Tag, text: CoverText<'_>) -> Tag {
    match text {
        CoverText::Plain(_) => tag,
        CoverText::Marked { block, .. } => w.keyed(tag, block.id),
    }
}

fn write_rows(w: &mut Writer) {
    let (doc, metadata) = (w.doc, &w.doc.metadata);
    w.group(Tag::new("div").class("cover-line"), |w| {
        write_line(w, "p", "draft-label", "draft-label", metadata.draft_label.as_deref().map(CoverText::Plain));
        if metadata.cover_rows.is_empty() {
            return;
        }
        w.group(Tag::new("dl").class("cover-rows"), |w| {
            for row in &metadata.cover_rows {
                let Some(value) = doc.cover_text(row.line, Some(&row.value)) else { continue };
                let tag = Tag::new("div").maybe("class", value.is_gone().then_some("deleted"));
                let tag = keyed(w, tag, value);
                w.block(tag, |w| {
                    w.in_role("cover-meta", |w| {
                        w.inline(Tag::new("dt"), |w| w.text(&row.label));
                        w.raw(" ");
                        w.inline(Tag::new("dd"), |w| w.in_bold(|w| write_text(w, value)));
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
    let disclaimer = w.doc.cover_text(CoverLine::Disclaimer, w.doc.metadata.disclaimer.as_deref());
    write_line(w, "p", "disclaimer", "disclaimer", disclaimer);
}
