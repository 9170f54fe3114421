//! Inlines: each becomes one expression of Typst, text always a literal.

use super::block::Generator;
use super::{escape, fit};
use crate::document::{CrossReference, Image, Inline, InlineKind, Link, NodeId, Pt};
use crate::resolve::{Alternative, LinkTarget, MediaType, Picture, ResolvedDocument};

/// Inlines nested deeper than this lose their look and keep their text: Typst's own depth has an end.
const DEPTH: u8 = 20;

impl Generator<'_> {
    /// Inlines as one expression, after the anchors that wait for a place.
    pub(super) fn inlines(&mut self, content: &[Inline]) {
        self.sequence(|g| {
            g.waiting_anchors();
            g.inline_statements(content);
        });
    }

    fn inline_statements(&mut self, content: &[Inline]) {
        for inline in content {
            let start = self.out.position();
            self.inline(inline);
            self.out.came_from(start, inline.span);
        }
    }

    fn inline(&mut self, inline: &Inline) {
        let doc = self.doc;
        if let Some(anchor) = doc.anchors.get(inline.id)
            && !self.place.in_contents
        {
            self.anchor(anchor);
        }
        match &inline.kind {
            InlineKind::Text(text) => self.text(text),
            InlineKind::SoftBreak => self.statement_literal(" "),
            InlineKind::LineBreak => self.statement("linebreak()"),
            InlineKind::Emphasis(content) => self.wrapped("emph", content),
            InlineKind::Strong(content) => self.wrapped("strong", content),
            InlineKind::Strikethrough(content) => self.struck(content),
            InlineKind::Highlight(content) => self.wrapped("marked", content),
            InlineKind::Superscript(content) => self.wrapped("raised", content),
            InlineKind::Subscript(content) => self.wrapped("lowered", content),
            InlineKind::Code(text) => self.inline_code(text),
            InlineKind::Link(link) => self.link(inline.id, link),
            InlineKind::Image(image) => self.image(inline.id, image),
            InlineKind::Note(_) => self.note_reference(inline.id),
            InlineKind::Reference(reference) => self.reference(inline.id, reference),
            InlineKind::Span(attributes, content) => match &attributes.language {
                Some(language) => self.in_language(language, |g| g.inlines_plain(content)),
                None => self.inline_statements(content),
            },
        }
    }

    /// Text, with places where a word too long for its line may be split.
    pub(super) fn text(&mut self, text: &str) {
        let text = escape::shown(text);
        let room = fit::room(self.place.width, self.place.size, 0.6);
        self.split_text(&text, room.min(40));
    }

    fn split_text(&mut self, text: &str, room: usize) {
        for (index, piece) in escape::pieces(text, room).into_iter().enumerate() {
            if index > 0 {
                self.statement("wbr");
            }
            self.statement_literal(piece);
        }
    }

    /// Inlines as one expression, without taking the anchors that wait.
    fn inlines_plain(&mut self, content: &[Inline]) {
        self.sequence(|g| g.inline_statements(content));
    }

    fn wrapped(&mut self, function: &str, content: &[Inline]) {
        if self.place.depth >= DEPTH {
            return self.inline_statements(content);
        }
        self.place.depth += 1;
        self.statement(function);
        self.out.push("(");
        self.inlines_plain(content);
        self.out.push(")");
        self.place.depth -= 1;
    }

    /// PDF/UA-1 has one text decoration at a time: within struck text links are not underlined.
    fn struck(&mut self, content: &[Inline]) {
        let outer = std::mem::replace(&mut self.place.struck, true);
        self.wrapped("strike", content);
        self.place.struck = outer;
    }

    fn inline_code(&mut self, text: &str) {
        let text = escape::shown(text);
        let room = fit::room(self.place.width, self.place.size, 0.56).min(30);
        self.statement("c(");
        self.out.literal(&text);
        self.out.push(", ");
        self.sequence(|g| g.split_text(&text, room));
        self.out.push(")");
    }

    fn link(&mut self, id: NodeId, link: &Link) {
        let doc = self.doc;
        let target = &doc.links[id];
        if self.links_nowhere() || self.place.depth >= DEPTH {
            return self.inline_statements(&link.content);
        }
        let plain = self.place.struck || holds_strike(&link.content);
        match target {
            LinkTarget::External(url) if (1..=8000).contains(&url.len()) => {
                self.statement(if plain { "external-plain(" } else { "external(" });
                self.out.literal(url);
            }
            LinkTarget::Internal(anchor) => {
                self.statement(if plain { "internal-plain(" } else { "internal(" });
                self.out.literal(anchor.as_str());
                self.out.push(", ");
                self.out.literal(&words(doc, &link.content));
            }
            LinkTarget::External(_) | LinkTarget::Dead => return self.inline_statements(&link.content),
        }
        self.out.push(", ");
        let late = self.linked(|g| g.inlines_plain(&link.content));
        self.out.push(")");
        for note in late {
            self.note_reference(note);
        }
    }

    /// Generates a link's content; hands back the notes in it, which must stand after the link.
    fn linked(&mut self, content: impl FnOnce(&mut Self)) -> Vec<NodeId> {
        self.place.in_link = true;
        self.place.depth += 1;
        content(self);
        self.place.depth -= 1;
        self.place.in_link = false;
        std::mem::take(&mut self.late_notes)
    }

    fn reference(&mut self, id: NodeId, reference: &CrossReference) {
        let doc = self.doc;
        let text = doc.references.get(id).map_or_else(|| reference.label.to_string(), |info| info.text());
        // "Figure 2" and "section IV" stay on one line where there is room for that.
        let together = text.len() < fit::room(self.place.width, self.place.size, 0.6).min(20);
        let text = escape::shown(&text).replacen(' ', "\u{a0}", usize::from(together));
        let target = doc.references.get(id).and_then(|info| info.target.as_ref());
        match target {
            Some(anchor) if !self.links_nowhere() => {
                self.statement(if self.place.struck { "internal-plain(" } else { "internal(" });
                self.out.literal(anchor.as_str());
                self.out.push(", ");
                self.out.literal(&text);
                self.out.push(", ");
                self.out.literal(&text);
                self.out.push(")");
            }
            Some(_) | None => self.text(&text),
        }
    }

    fn links_nowhere(&self) -> bool {
        self.place.in_contents || self.place.in_link || self.place.in_repeated_head
    }

    fn note_reference(&mut self, id: NodeId) {
        let doc = self.doc;
        if self.place.in_contents {
            return;
        }
        if self.place.in_link {
            self.late_notes.push(id);
            return;
        }
        let info = &doc.note_references[id];
        let Some(number) = info.number else { return self.text(&info.label) };
        if self.place.in_repeated_head {
            self.anchor(&info.anchor);
            self.statement("note-mark(");
            self.out.literal(&number.to_string());
            self.out.push(")");
            if info.first {
                self.head_notes.push(id);
            }
            return;
        }
        self.note(id, info.first, "");
    }

    /// The notes of a repeated head, without a mark.
    pub(super) fn head_notes(&mut self) {
        for id in std::mem::take(&mut self.head_notes) {
            self.note(id, true, ", silent: true");
        }
    }

    fn note(&mut self, id: NodeId, first: bool, more: &str) {
        let doc = self.doc;
        let info = &doc.note_references[id];
        let number = info.number.expect("only references to notes that exist get here");
        let (note, body) = doc.note(number);
        self.statement(if first { "note(" } else { "note-ref(" });
        self.out.literal(&number.to_string());
        self.out.push(", ");
        self.out.literal(note.anchor.as_str());
        self.out.push(", ");
        self.out.literal(&format!("{} {number}", doc.terms.note));
        self.out.push(", ");
        self.out.literal(info.anchor.as_str());
        self.anchors.push(info.anchor.clone());
        if first {
            self.anchors.push(note.anchor.clone());
            self.out.push(", ");
            self.out.literal(doc.terms.back_to_text);
            self.out.push(", ");
            self.note_body(&body.blocks);
        }
        self.out.push(more);
        self.out.push(")");
    }

    fn image(&mut self, id: NodeId, image: &Image) {
        let doc = self.doc;
        if self.place.in_contents {
            return self.text(&image.alternative);
        }
        match &doc.images[id].picture {
            Picture::Asset { .. } => {
                self.statement("inline-picture(");
                self.picture(id);
                self.out.push(")");
            }
            Picture::Placeholder { .. } => {
                let words = doc.images[id].stand_in().map(|(text, more)| [Some(text), more]);
                let words: Vec<&str> = words.into_iter().flatten().flatten().collect();
                self.statement("inline-placeholder(");
                self.out.literal(&escape::shown(&words.join(" ")));
                self.out.push(")");
            }
        }
    }

    /// The call that draws an image at most as wide as there is room.
    pub(super) fn picture(&mut self, id: NodeId) {
        let doc = self.doc;
        let info = &doc.images[id];
        let Picture::Asset { asset, width, height } = &info.picture else { return };
        let (width, height) = self.fitted(*width, *height);
        let media = doc.asset(*asset).media;
        let function = match info.alternative {
            Alternative::Text(_) => "picture(",
            Alternative::Decorative => "decoration(",
        };
        self.out.push(function);
        self.out.literal(&asset_path(asset.0, media));
        self.out.push(&format!(", \"{}\", {:.3}, {:.3}", extension(media), width.0, height.0));
        if let Alternative::Text(text) = &info.alternative {
            self.out.push(", ");
            self.out.literal(text);
        }
        self.out.push(")");
    }

    /// Scaled down to the room there is across, and to most of a page down.
    fn fitted(&self, width: Pt, height: Pt) -> (Pt, Pt) {
        let page = &self.style.page;
        let tall = (page.height - page.margin_top - page.margin_bottom).0 * 0.8;
        let scale = (self.place.width.0 / width.0.max(1.0)).min(tall / height.0.max(1.0)).min(1.0);
        (width * scale, height * scale)
    }
}

/// Path of an image among the files that Typst may read; the same in every build.
pub(super) fn asset_path(index: u32, media: MediaType) -> String {
    format!("/asset/{index}.{}", extension(media))
}

fn extension(media: MediaType) -> &'static str {
    match media {
        MediaType::Png => "png",
        MediaType::Jpeg => "jpg",
        MediaType::Gif => "gif",
        MediaType::Webp => "webp",
        MediaType::Svg => "svg",
    }
}

fn holds_strike(content: &[Inline]) -> bool {
    content.iter().any(|inline| match &inline.kind {
        InlineKind::Strikethrough(_) => true,
        InlineKind::Text(_)
        | InlineKind::SoftBreak
        | InlineKind::LineBreak
        | InlineKind::Emphasis(_)
        | InlineKind::Strong(_)
        | InlineKind::Highlight(_)
        | InlineKind::Superscript(_)
        | InlineKind::Subscript(_)
        | InlineKind::Code(_)
        | InlineKind::Link(_)
        | InlineKind::Image(_)
        | InlineKind::Note(_)
        | InlineKind::Reference(_)
        | InlineKind::Span(..) => holds_strike(inline.children()),
    })
}

/// The words of inlines, references as they are shown: for bookmarks and alternative text.
pub(super) fn words(doc: &ResolvedDocument, content: &[Inline]) -> String {
    let mut text = String::new();
    push_words(doc, content, &mut text);
    escape::shown(text.trim())
}

fn push_words(doc: &ResolvedDocument, content: &[Inline], out: &mut String) {
    for inline in content {
        match &inline.kind {
            InlineKind::Text(text) | InlineKind::Code(text) => out.push_str(text),
            InlineKind::SoftBreak | InlineKind::LineBreak => out.push(' '),
            InlineKind::Image(image) => out.push_str(&image.alternative),
            InlineKind::Reference(reference) => match doc.references.get(inline.id) {
                Some(info) => out.push_str(&info.text()),
                None => out.push_str(reference.label.as_str()),
            },
            InlineKind::Note(_) => {}
            InlineKind::Emphasis(_)
            | InlineKind::Strong(_)
            | InlineKind::Strikethrough(_)
            | InlineKind::Highlight(_)
            | InlineKind::Superscript(_)
            | InlineKind::Subscript(_)
            | InlineKind::Link(_)
            | InlineKind::Span(..) => push_words(doc, inline.children(), out),
        }
    }
}
