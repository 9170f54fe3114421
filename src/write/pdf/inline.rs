//! Inlines: each becomes one expression of Typst, text always a literal.

use super::change::{self, Shown};
use super::generator::{Generator, Place};
use super::{escape, fit};
use crate::document::{CrossReference, Inline, InlineKind, Link, NodeId};
use crate::resolve::{Emphasis, LinkTarget, ResolvedDocument};
use crate::source::Span;

/// Inlines nested deeper than this lose their look and keep their text: Typst's own depth has an end.
const DEPTH: u8 = 20;
/// Text cut into more pieces than this is not cut.
const MOST_PIECES: usize = 500;

impl Generator<'_> {
    /// Inlines as one expression, after the anchors that wait for a place.
    pub(super) fn inlines(&mut self, content: &[Inline]) {
        self.sequence(|g| {
            g.waiting_anchors();
            g.pending_changes();
            g.beside_change = None;
            g.inline_statements(content);
        });
    }

    pub(super) fn inline_statements(&mut self, content: &[Inline]) {
        let alike = |one: &Inline, next: &Inline| {
            one.kind.words().is_some() && next.kind.words().is_some() && one.change == next.change
        };
        for run in content.chunk_by(alike) {
            let start = self.out.position();
            match run {
                [inline] if !inline.children().is_empty() => self.around(inline),
                [inline] => self.leaf(run, |g| g.inline(inline)),
                // Typst looks through all pieces of a paragraph for each of its letters: fewer cost less.
                _ => {
                    self.leaf(run, |g| g.text(&run.iter().filter_map(|inline| inline.kind.words()).collect::<String>()))
                }
            }
            let span = run.iter().map(|inline| inline.span).reduce(Span::to);
            span.into_iter().for_each(|span| self.out.came_from(start, span));
        }
    }

    /// An inline that holds others.
    fn around(&mut self, inline: &Inline) {
        let numbered = self.numbers_before(inline);
        let place = Place { numbered: numbered || self.place.numbered, ..self.place };
        self.within(place, |g| g.inline(inline));
    }

    /// A leaf as a redline shows it; words that are alike are one.
    fn leaf(&mut self, leaf: &[Inline], content: impl FnOnce(&mut Self)) {
        let Some(first) = leaf.first() else { return };
        match self.shown_as(first) {
            Some(shown) => {
                self.part_from_other(shown, leaf);
                self.marked_leaf(first, shown, content);
            }
            None if self.place.link_by_leaf => {
                self.beside_change = None;
                self.running = None;
                self.statement("link-look(");
                self.sequence(content);
                self.out.push(")");
            }
            None => {
                self.beside_change = None;
                self.running = None;
                content(self);
            }
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
            // The space is for those who hear or copy the text: a line's end alone would join the words around it.
            InlineKind::LineBreak => {
                self.statement_literal(" ");
                self.statement("linebreak()");
            }
            InlineKind::Emphasis(content) => match self.place.emphasis {
                Emphasis::Italic => self.wrapped("emph", content),
                Emphasis::Bold => self.wrapped("stressed", content),
            },
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
            InlineKind::Formula(formula) => self.formula(inline.id, formula),
            InlineKind::Citation(citation) => self.text(&citation.source),
            InlineKind::Span(_, content) => match doc.languages.get(inline.id) {
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
        self.breakable(&escape::pieces(text, room), Self::letters);
    }

    /// Pieces of a text, between which a line may end. Where they are many, a character says so that stays in the text:
    /// no address is that long, and each piece of its own costs.
    pub(super) fn breakable(&mut self, pieces: &[&str], set: fn(&mut Self, &str)) {
        if pieces.len() > MOST_PIECES {
            return set(self, &pieces.join("\u{200b}"));
        }
        for (index, piece) in pieces.iter().enumerate() {
            if index > 0 {
                self.statement("wbr");
            }
            set(self, piece);
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

    pub(super) fn inline_code(&mut self, text: &str) {
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
        let by_leaf = change::is_marked(&link.content) || self.place.change.is_some();
        let struck = self.place.struck || self.place.decorated.is_some() || holds_strike(&link.content);
        let plain = struck || by_leaf;
        match target {
            LinkTarget::External(url) => {
                self.statement(if plain { "external-plain(" } else { "external(" });
                self.out.literal(url.as_str());
            }
            LinkTarget::Internal(anchor) => {
                self.statement(if plain { "internal-plain(" } else { "internal(" });
                self.target(anchor);
                self.out.push(", ");
                // A picture without words still leads somewhere (ISO 14289-1 7.18.5).
                let text = Some(words(doc, &link.content)).filter(|text| !text.is_empty());
                self.out.literal(&text.unwrap_or_else(|| escape::shown(&link.destination)));
            }
            LinkTarget::Dead => return self.inline_statements(&link.content),
        }
        self.out.push(", ");
        let address = match target {
            LinkTarget::External(url) if by_leaf => Some(url.as_str()),
            LinkTarget::External(_) | LinkTarget::Internal(_) | LinkTarget::Dead => None,
        };
        let place = Place { link_by_leaf: by_leaf && !struck, ..self.place };
        let mut late = Vec::new();
        self.within(place, |g| late = g.linked(|g| g.inlines_plain(&link.content)));
        self.out.push(")");
        address.into_iter().for_each(|address| self.changed_address(&link.content, address));
        for (note, shown) in late {
            match shown {
                Some(shown) => self.changed(shown, |g| g.note_reference(note)),
                None => self.note_reference(note),
            }
        }
    }

    /// Generates a link's content; hands back the notes in it, which must stand after the link.
    fn linked(&mut self, content: impl FnOnce(&mut Self)) -> Vec<(NodeId, Option<Shown>)> {
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
                let plain = self.place.struck || self.place.decorated.is_some();
                self.statement(if plain { "internal-plain(" } else { "internal(" });
                self.target(anchor);
                self.out.push(", ");
                self.out.literal(&text);
                self.out.push(", ");
                self.shown(&text);
                self.out.push(")");
            }
            Some(_) | None => self.text(&text),
        }
    }

    pub(super) fn links_nowhere(&self) -> bool {
        self.place.in_contents || self.place.in_link || self.place.in_repeated_head
    }
}

fn holds_strike(content: &[Inline]) -> bool {
    content.iter().any(|inline| matches!(inline.kind, InlineKind::Strikethrough(_)) || holds_strike(inline.children()))
}

/// The words of inlines, references as they are shown: for bookmarks and alternative text.
pub(super) fn words(doc: &ResolvedDocument, content: &[Inline]) -> String {
    escape::shown(doc.plain_text(content).trim())
}
