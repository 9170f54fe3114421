//! Inlines.

use super::change;
use super::escape;
use super::figure;
use super::formula;
use super::writer::{Tag, Voice, Writer};
use crate::document::{Image, Inline, InlineKind, Label, Link, NodeId};
use crate::resolve::{Emphasis, LinkTarget};

/// Writes inlines in order.
pub(super) fn write(w: &mut Writer, inlines: &[Inline]) {
    if w.redline {
        return change::write_line(w, inlines);
    }
    for inline in inlines {
        write_one(w, inline);
    }
}

/// Writes one, whatever is said of it.
pub(super) fn write_one(w: &mut Writer, inline: &Inline) {
    let anchor = w.anchor(inline.id);
    match &inline.kind {
        InlineKind::Text(text) => w.text(text),
        InlineKind::SoftBreak => w.raw("\n"),
        InlineKind::LineBreak => w.raw("<br>\n"),
        InlineKind::Emphasis(content) => write_emphasis(w, content),
        InlineKind::Strong(content) => w.inline(Tag::new("strong"), |w| w.in_bold(|w| write(w, content))),
        InlineKind::Strikethrough(content) => {
            // No longer accurate, not removed: `del` is for revisions. GFM prints `del`.
            let name = if w.is_page() { "s" } else { "del" };
            w.inline(Tag::new(name), |w| write(w, content));
        }
        InlineKind::Highlight(content) => w.inline(Tag::new("mark"), |w| write(w, content)),
        InlineKind::Superscript(content) => w.inline(Tag::new("sup"), |w| write(w, content)),
        InlineKind::Subscript(content) => w.inline(Tag::new("sub"), |w| write(w, content)),
        InlineKind::Code(text) => w.inline(w.left_to_right(Tag::new("code")), |w| w.in_mono(|w| w.text(text))),
        InlineKind::Link(link) => write_link(w, inline.id, link),
        InlineKind::Image(image) => write_image(w, inline.id, image),
        InlineKind::Note(_) => write_note_reference(w, inline.id),
        InlineKind::Reference(reference) => write_reference(w, inline.id, &reference.label),
        InlineKind::Formula(formula) => formula::write(w, inline.id, formula),
        InlineKind::Citation(citation) => w.text(&citation.source),
        InlineKind::Span(_, content) => {
            let language = w.doc.languages.get(inline.id);
            let tag = w.in_language(Tag::new("span").maybe("id", anchor), language);
            w.with_language(language, |w| w.inline(tag, |w| write(w, content)));
        }
    }
}

fn write_emphasis(w: &mut Writer, content: &[Inline]) {
    match w.emphasis() {
        Emphasis::Italic => w.inline(Tag::new("em"), |w| w.in_italic(|w| write(w, content))),
        Emphasis::Bold => w.inline(Tag::new("em").class("upright"), |w| w.in_bold(|w| write(w, content))),
    }
}

fn write_link(w: &mut Writer, id: NodeId, link: &Link) {
    if w.voice == Voice::Echo {
        return write(w, &link.content);
    }
    let title = (!link.title.is_empty()).then_some(link.title.as_str());
    if !w.is_page() {
        let tag = Tag::new("a").attr("href", escape::address(&link.destination)).maybe("title", title);
        return w.inline(tag, |w| write(w, &link.content));
    }
    let tag = match w.doc.links.get(id) {
        Some(LinkTarget::External(url)) => {
            Tag::new("a").attr("href", url.as_str()).attr("rel", "external").maybe("title", title)
        }
        Some(LinkTarget::Internal(anchor)) => {
            Tag::new("a").attr("href", format!("#{}", anchor.as_str())).maybe("title", title)
        }
        Some(LinkTarget::Dead) | None => Tag::new("span").class("dead-link"),
    };
    let language = w.doc.languages.get(id);
    let tag = w.in_language(tag.maybe("id", w.anchor(id)), language);
    w.with_language(language, |w| w.inline(tag, |w| change::in_link(w, |w| write(w, &link.content))));
}

fn write_image(w: &mut Writer, id: NodeId, image: &Image) {
    if w.voice == Voice::Echo {
        return w.text(&image.alternative);
    }
    if w.is_page() {
        return figure::write_picture(w, id);
    }
    let title = (!image.title.is_empty()).then_some(image.title.as_str());
    figure::write_plain_image(w, image, title);
}

fn write_note_reference(w: &mut Writer, id: NodeId) {
    let Some(info) = w.doc.note_references.get(id).filter(|_| w.voice == Voice::Own) else {
        return;
    };
    match info.number {
        Some(number) => w.inline(Tag::new("sup").class("note-ref"), |w| {
            let note = w.doc.note(number).0.anchor.as_str();
            let tag = Tag::new("a")
                .attr("role", "doc-noteref")
                .attr("id", info.anchor.as_str())
                .attr("href", format!("#{note}"));
            w.inline(tag, |w| w.text(&info.label));
        }),
        None => w.text(&info.label),
    }
}

fn write_reference(w: &mut Writer, id: NodeId, label: &Label) {
    let Some(info) = w.doc.references.get(id) else {
        return w.text(&format!("@{label}"));
    };
    match info.target.as_ref().filter(|_| w.voice == Voice::Own) {
        Some(target) => {
            let tag = Tag::new("a").class("reference").attr("href", format!("#{}", target.as_str()));
            w.inline(tag, |w| w.text(&info.text()));
        }
        None => w.text(&info.text()),
    }
}
