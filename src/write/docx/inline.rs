//! Inlines: runs, links, pictures in a line.

use std::borrow::Cow;

use super::change::{Track, of_line};
use super::frame::Frame;
use super::style::{CharacterStyle, ParagraphStyle, code_scale};
use super::writer::Writer;
use super::xml::{Border, Build, RunLanguage, RunProperties, VerticalAlignment};
use crate::document::{Inline, InlineKind, Link, NodeId, Pt};
use crate::resolve::{Anchor, Emphasis, LanguageInfo, LinkTarget, Picture};
use crate::style::Color;

const HYPERLINK: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink";

/// What surrounds an inline.
#[derive(Debug, Clone)]
pub(super) struct Line<'a> {
    /// Where its paragraph stands.
    pub frame: Frame<'a>,
    /// Its paragraph's size of type.
    pub size: Pt,
    /// The look of its runs.
    pub run: RunProperties,
    /// Whether links lead anywhere here.
    pub links: Links,
    /// How emphasis looks in its language.
    pub emphasis: Emphasis,
    /// The look and the emphasis that it begins with.
    plain: (RunProperties, Emphasis),
}

/// Whether links lead anywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Links {
    /// Yes.
    Live,
    /// Not within another link.
    Dead,
}

impl<'a> Line<'a> {
    fn with(&self, change: impl FnOnce(&mut RunProperties)) -> Self {
        let mut line = self.clone();
        change(&mut line.run);
        line
    }

    /// The line as it begins, before any format within it.
    pub fn base(&self) -> Self {
        let (run, emphasis) = self.plain.clone();
        Self { run, emphasis, ..self.clone() }
    }

    /// The line with runs that look so.
    pub fn looking(mut self, run: RunProperties) -> Self {
        self.plain.0.clone_from(&run);
        Self { run, ..self }
    }

    /// Text of a language.
    pub fn speak(&mut self, language: &LanguageInfo) {
        self.run.language = Some(RunLanguage::of(language));
        self.emphasis = language.emphasis;
    }
}

impl<'a> Writer<'a> {
    /// A line of text in a paragraph of `style`.
    pub fn line(&self, frame: &Frame<'a>, style: ParagraphStyle) -> Line<'a> {
        let facts = self.sheet.facts(style);
        let mut line = Line {
            frame: *frame,
            size: facts.size,
            run: RunProperties::default(),
            links: Links::Live,
            emphasis: self.doc.language.emphasis,
            plain: (RunProperties::default(), self.doc.language.emphasis),
        };
        if let Some(language) = frame.language.filter(|language| **language != self.doc.language) {
            line.speak(language);
            // The paragraph's style slants as the report's language does.
            line.run.italic = (facts.italic && language.emphasis != Emphasis::Italic).then_some(false);
            line.plain = (line.run.clone(), line.emphasis);
        }
        line
    }

    /// Inlines of a paragraph of `style`.
    pub fn content(&mut self, frame: &Frame<'a>, style: ParagraphStyle, content: &'a [Inline]) {
        let line = self.line(frame, style);
        self.inlines(content, &line);
    }

    /// Inlines.
    pub fn inlines(&mut self, content: &'a [Inline], line: &Line<'a>) {
        for inline in content {
            let track = Track::of(&inline.change);
            let line = &*self.recorded(inline, line);
            self.within(track, |w| w.anchored_inline(inline, line));
        }
    }

    /// The line for a leaf of it whose formats were others.
    fn recorded<'l>(&mut self, inline: &'a Inline, line: &'l Line<'a>) -> Cow<'l, Line<'a>> {
        let Some(change) = inline.change.as_deref() else { return Cow::Borrowed(line) };
        let Some(record) = self.former_run(&inline.kind, change, line) else { return Cow::Borrowed(line) };
        Cow::Owned(line.with(|run| run.change = Some(Box::new(record))))
    }

    fn anchored_inline(&mut self, inline: &'a Inline, line: &Line<'a>) {
        match self.doc.anchors.get(inline.id) {
            Some(anchor) if line.links == Links::Live => {
                self.bookmarked(Some(anchor), |w| w.inline(inline, line));
            }
            Some(_) | None => self.inline(inline, line),
        }
    }

    fn inline(&mut self, inline: &'a Inline, line: &Line<'a>) {
        match &inline.kind {
            InlineKind::Text(text) => self.text_run(&line.run, &text.replace('\t', " ")),
            InlineKind::SoftBreak => self.text_run(&line.run, " "),
            InlineKind::LineBreak => self.line_break(&line.run),
            InlineKind::Emphasis(content) => self.emphasis(content, line),
            InlineKind::Strong(content) => self.inlines(content, &line.with(|run| run.bold = Some(true))),
            InlineKind::Strikethrough(content) => self.inlines(content, &line.with(|run| run.strike = Some(true))),
            InlineKind::Highlight(content) => {
                let fill = self.highlight();
                self.inlines(content, &line.with(|run| run.fill = fill));
            }
            InlineKind::Superscript(content) => self.raised(content, line, VerticalAlignment::Superscript),
            InlineKind::Subscript(content) => self.raised(content, line, VerticalAlignment::Subscript),
            InlineKind::Code(text) => self.inline_code(text, line),
            InlineKind::Link(link) => self.link(inline.id, link, line),
            InlineKind::Image(_) => self.inline_image(inline.id, line),
            InlineKind::Note(_) => self.note_reference(inline.id, line),
            InlineKind::Reference(reference) => self.reference(inline.id, reference, line),
            InlineKind::Formula(formula) => self.formula(inline.id, formula, line),
            InlineKind::Citation(citation) => self.text_run(&line.run, &citation.source),
            InlineKind::Span(_, content) => self.span(inline.id, content, line),
        }
    }

    /// What stands behind highlighted text.
    pub fn highlight(&self) -> Option<Color> {
        let role = self.sheet.tokens.role("highlight");
        role.fill.as_ref().map(|name| self.sheet.tokens.color(name))
    }

    fn raised(&mut self, content: &'a [Inline], line: &Line<'a>, vertical: VerticalAlignment) {
        self.inlines(content, &line.with(|run| run.vertical = Some(vertical)));
    }

    fn emphasis(&mut self, content: &'a [Inline], line: &Line<'a>) {
        let emphasised = line.with(|run| match line.emphasis {
            Emphasis::Italic => run.italic = Some(true),
            Emphasis::Bold => run.bold = Some(true),
        });
        self.inlines(content, &emphasised);
    }

    /// A passage in another language keeps its own direction.
    fn span(&mut self, id: NodeId, content: &'a [Inline], line: &Line<'a>) {
        let Some(language) = self.doc.languages.get(id) else { return self.inlines(content, line) };
        let mut line = line.clone();
        line.speak(language);
        self.within(of_line(content), |w| w.embedded(language.direction, |w| w.inlines(content, &line)));
    }

    /// Code says its size by itself where its paragraph is not set in the body's.
    pub(super) fn inline_code(&mut self, text: &str, line: &Line<'a>) {
        let run = self.code_look(line);
        self.code_run(&run, &text.replace('\t', " "));
    }

    /// The look of code in a line.
    pub fn code_look(&self, line: &Line<'a>) -> RunProperties {
        let body = self.sheet.tokens.role("body").size;
        let scale = code_scale(self.sheet.tokens);
        let size = (line.size != body).then(|| line.size * scale);
        let link = line.run.style.is_some().then(|| self.sheet.tokens.color(&self.sheet.tokens.role("link").color));
        let run = line.run.clone();
        let (color, underline) = (link.or(run.color), link.map(|_| true).or(run.underline));
        RunProperties { style: Some(CharacterStyle::Code.id()), size, color, underline, ..run }
    }

    fn link(&mut self, id: NodeId, link: &'a Link, line: &Line<'a>) {
        if line.links == Links::Dead {
            return self.inlines(&link.content, line);
        }
        let mut inside = line.with(|run| run.style = Some(CharacterStyle::Hyperlink.id()));
        inside.links = Links::Dead;
        match &self.doc.links[id] {
            LinkTarget::External(url) => {
                self.external(url.as_str(), &link.title, |w| w.inlines(&link.content, &inside));
            }
            LinkTarget::Internal(anchor) => self.internal(anchor, |w| w.inlines(&link.content, &inside)),
            LinkTarget::Dead => self.inlines(&link.content, line),
        }
    }

    fn external(&mut self, url: &str, title: &str, content: impl FnOnce(&mut Self)) {
        let id = self.relationships.add_external(HYPERLINK, url);
        let title: String = title.chars().take(TOOLTIP).collect();
        if title.is_empty() {
            self.element("w:hyperlink", &[("r:id", &id), ("w:history", &1)], content);
        } else {
            self.element("w:hyperlink", &[("r:id", &id), ("w:tooltip", &title), ("w:history", &1)], content);
        }
    }

    /// A link within the document.
    pub fn internal(&mut self, anchor: &Anchor, content: impl FnOnce(&mut Self)) {
        let name = self.bookmarks.name(anchor);
        self.element("w:hyperlink", &[("w:anchor", &name), ("w:history", &1)], content);
    }

    fn inline_image(&mut self, id: NodeId, line: &Line<'a>) {
        let info = &self.doc.images[id];
        match &info.picture {
            Picture::Asset { asset, width, height } => {
                let properties = RunProperties { language: None, ..RunProperties::default() };
                let size = (*width, *height);
                self.run(&properties, |w| w.picture(&line.frame, *asset, size, &info.alternative));
            }
            Picture::Placeholder { .. } => {
                let Some((text, alternative)) = info.stand_in() else { return };
                let border = self.sheet.tokens.role("placeholder").borders.top.clone();
                let framed = line.with(|run| {
                    run.border =
                        border.map(|token| Border::single(token.width, Pt(1.0), self.sheet.tokens.color(&token.color)));
                });
                self.text_run(&framed.run, text);
                if let Some(alternative) = alternative {
                    self.text_run(&framed.run, &format!(" {alternative}"));
                }
            }
        }
    }
}

/// The longest tooltip that Word takes.
const TOOLTIP: usize = 255;
