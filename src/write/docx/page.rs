//! What frames the drafts: cover, running head and foot, and the order of parts.

use super::change::of_line;
use super::frame::Frame;
use super::style::{CharacterStyle, ParagraphStyle};
use super::writer::Writer;
use super::xml::{Leader, PageNumber, RunProperties, Tab, TabAlignment, Watermark};
use crate::document::{CoverLine, PartKind, Pt};
use crate::resolve::{CoverRow, CoverText, LanguageInfo, Orientation};
use crate::style::{WatermarkLook, Weight};

impl<'a> Writer<'a> {
    /// The body of the document: cover, contents, parts, section.
    pub fn body(&mut self) {
        let frame = Frame::report(self.sheet);
        let parts = &self.doc.document.parts;
        self.cover(&frame);
        self.contents(&frame);
        self.listings(&frame);
        if let Some(disclaimer) = self.doc.cover_text(CoverLine::Disclaimer, self.doc.metadata.disclaimer.as_deref()) {
            let style = ParagraphStyle::Disclaimer;
            let mut paragraph = self.at_edges(&frame, style);
            paragraph.properties.spacing.before = Some(self.sheet.tokens.role("disclaimer").before * 2.0);
            self.cover_line(disclaimer, |w| {
                w.paragraph(&frame, paragraph, |w| w.cover_text((&frame, style), RunProperties::default(), disclaimer));
            });
        }
        self.page_break = true;
        for (part, language) in parts.iter().zip(self.part_languages()).filter(|(part, _)| !part.kind.is_on_cover()) {
            self.notes_of_part(part.kind);
            self.blocks(&part.blocks, &frame.in_language(language));
        }
        self.end_container();
        self.end_sections();
    }

    /// A panel of three paragraphs that Word joins, the draft's label, the cover's own text, and at the page's foot
    /// what a library wants to know.
    fn cover(&mut self, frame: &Frame<'a>) {
        let doc = self.doc;
        let meta = &doc.metadata;
        let plain = RunProperties::default();
        let kicker = Frame { after: self.room_above_title(), ..*frame };
        let style = ParagraphStyle::CoverKicker;
        self.at_zero(&kicker, style, |w| {
            if let Some(series) = doc.cover_text(CoverLine::Series, meta.series.as_deref()) {
                w.cover_text((frame, style), plain.clone(), series);
            }
            if let Some(reference) = doc.cover_text(CoverLine::Reference, meta.reference.as_deref()) {
                // Directly: `w:b` of a character style and of its paragraph's style cancel out (ECMA-376 17.7.3).
                let bold = Some(w.sheet.tokens.role("cover-reference").weight == Weight::Bold);
                let run = RunProperties { style: Some(CharacterStyle::CoverReference.id()), bold, ..plain.clone() };
                w.cover_line(reference, |w| {
                    w.tab(&run);
                    w.cover_text((frame, style), run, reference);
                });
            }
        });
        let lines = [
            (ParagraphStyle::Title, doc.cover_text(CoverLine::Title, Some(&meta.title))),
            (ParagraphStyle::Subtitle, doc.cover_text(CoverLine::Subtitle, meta.subtitle.as_deref())),
        ];
        for (style, text) in lines {
            let Some(text) = text else { continue };
            self.cover_line(text, |w| w.at_zero(frame, style, |w| w.cover_text((frame, style), plain.clone(), text)));
        }
        self.cover_rows(frame);
        match &meta.draft_label {
            Some(label) => self.at_zero(frame, ParagraphStyle::CoverLabel, |w| w.draft_label(label)),
            None => self.gap(),
        }
        let text = Frame { paragraph: ParagraphStyle::CoverText, ..*frame };
        let parts = doc.document.parts.iter().zip(self.part_languages());
        for (part, language) in parts.filter(|(part, _)| part.kind == PartKind::Cover) {
            self.blocks(&part.blocks, &text.in_language(language));
        }
        self.end_container();
    }

    /// A long title takes of the room above it, as in the PDF, so that the cover stays one page for longer.
    fn room_above_title(&self) -> Option<Pt> {
        let (title, kicker) = (self.sheet.tokens.role("title"), self.sheet.tokens.role("cover-kicker"));
        let letters = self.doc.metadata.title.chars().count() as f64;
        let lines = (letters * title.size.0 * TITLE_LETTER / self.sheet.tokens.page.measure().0).ceil();
        let taken = (lines - TITLE_LINES) * title.line.0;
        (taken > 0.0).then(|| Pt((kicker.after.0 - taken).max(LEAST_ABOVE_TITLE)))
    }

    /// Of each part, where it has a language of its own.
    fn part_languages(&self) -> impl Iterator<Item = Option<&'a LanguageInfo>> + use<'a> {
        self.doc.part_languages.iter().map(Option::as_ref).chain(std::iter::repeat(None))
    }

    /// Lines that stand at the foot of the page of the paragraph after them; where a redline says something of one, where they are.
    fn cover_rows(&mut self, frame: &Frame<'a>) {
        let doc = self.doc;
        let plain = RunProperties::default();
        let label = RunProperties { style: Some(CharacterStyle::CoverMetaLabel.id()), ..RunProperties::default() };
        // Programs lose what is tracked in a frame: LibreOffice keeps the deleted text as text.
        let marked = |row: &CoverRow| matches!(doc.cover_text(row.line, None), Some(CoverText::Marked { .. }));
        let at_foot = !doc.metadata.cover_rows.iter().any(marked);
        for row in &doc.metadata.cover_rows {
            let Some(value) = doc.cover_text(row.line, Some(&row.value)) else { continue };
            let style = ParagraphStyle::CoverMeta;
            let mut paragraph = self.at_edges(frame, style);
            paragraph.indent = paragraph.natural;
            paragraph.properties.at_page_foot = at_foot.then_some(frame.width);
            self.cover_line(value, |w| {
                w.paragraph(frame, paragraph, |w| {
                    w.text_run(&label, &row.label);
                    w.tab(&plain);
                    w.cover_text((frame, style), plain.clone(), value);
                });
            });
        }
    }

    /// What belongs to a line of the cover, which may have come or gone as a whole.
    fn cover_line(&mut self, text: CoverText<'a>, content: impl FnOnce(&mut Self)) {
        let CoverText::Marked { block, content: line, .. } = text else { return content(self) };
        self.key_next(block.id);
        self.within(of_line(line), content);
    }

    /// The words of a line of the cover, in a paragraph of a style.
    fn cover_text(&mut self, (frame, style): (&Frame<'a>, ParagraphStyle), run: RunProperties, text: CoverText<'a>) {
        match text {
            CoverText::Plain(text) => self.text_run(&run, text),
            CoverText::Marked { content, .. } => {
                let line = self.line(frame, style).looking(run);
                self.inlines(content, &line);
            }
        }
    }

    /// A paragraph with just the indents that its style brings.
    fn at_zero(&mut self, frame: &Frame<'a>, style: ParagraphStyle, content: impl FnOnce(&mut Self)) {
        let mut paragraph = self.at_edges(frame, style);
        paragraph.indent = paragraph.natural;
        self.paragraph(frame, paragraph, content);
    }

    /// The label in its frame; no-break spaces keep the frame off the letters.
    fn draft_label(&mut self, label: &str) {
        let run = RunProperties { style: Some(CharacterStyle::DraftLabel.id()), ..RunProperties::default() };
        self.text_run(&run, &format!("\u{a0}{label}\u{a0}"));
    }

    /// A line of head or foot: what stands at its end ends where the text of its page does.
    fn story_line(&mut self, style: ParagraphStyle, orientation: Orientation, content: impl FnOnce(&mut Self)) {
        let frame = Frame::report(self.sheet);
        let mut paragraph = self.at_edges(&frame, style);
        paragraph.indent = paragraph.natural;
        if orientation == Orientation::Landscape {
            let stop = |position, alignment| Tab { position, alignment, leader: Leader::None };
            let (upright, turned) = (self.measure(Orientation::Portrait), self.measure(orientation));
            paragraph.properties.tabs = vec![stop(upright, TabAlignment::Clear), stop(turned, TabAlignment::Right)];
        }
        self.paragraph(&frame, paragraph, content);
    }

    /// The running head of pages that lie so.
    pub fn running_head(&mut self, orientation: Orientation) {
        let doc = self.doc;
        let number = match orientation {
            Orientation::Portrait => 1,
            Orientation::Landscape => 3,
        };
        self.story_line(ParagraphStyle::Header, orientation, |w| {
            w.watermark(number);
            w.text_run(&RunProperties::default(), &doc.metadata.short_title);
            if let Some(label) = &doc.metadata.draft_label {
                w.tab(&RunProperties::default());
                w.draft_label(label);
            }
        });
    }

    /// The draft's label behind the text of pages with the `number`th running head, if it is to stand there.
    pub fn watermark(&mut self, number: u32) {
        let (doc, tokens) = (self.doc, self.sheet.tokens);
        let Some(text) = doc.metadata.watermark.as_deref() else { return };
        let WatermarkLook { size, width, color, .. } = tokens.watermark(text);
        let family = tokens.fonts.family(tokens.role("watermark").family);
        let watermark = Watermark { number, text, width, height: size, color, family };
        self.run(&RunProperties::default(), |w| watermark.write(w));
    }

    /// The same on the cover, unless a panel would hide half of it.
    pub fn watermark_of_cover(&mut self) {
        if self.sheet.tokens.role("cover-panel").fill.is_none() {
            self.watermark(2);
        }
    }

    /// The running foot of pages that lie so.
    pub fn running_foot(&mut self, orientation: Orientation) {
        let doc = self.doc;
        let role = self.sheet.tokens.role("running-foot");
        let plain = RunProperties::default();
        let number = RunProperties {
            bold: (role.extra_weight("number_weight") == Some(Weight::Bold)).then_some(true),
            color: self.sheet.extra_color("running-foot", "number_color"),
            ..RunProperties::default()
        };
        self.story_line(ParagraphStyle::Footer, orientation, |w| {
            w.text_run(&plain, &doc.metadata.running_foot);
            w.tab(&plain);
            let [before, between, after] = doc.terms.page_of;
            w.text_run(&plain, before);
            w.field("PAGE", &number, |w| w.text_run(&number, "2"));
            w.text_run(&plain, between);
            w.field("NUMPAGES", &plain, |w| w.page_number_run(&plain, PageNumber::Total));
            w.text_run(&plain, after);
        });
    }
}

/// The width of a title's letters, in ems.
const TITLE_LETTER: f64 = 0.58;
/// A title of so many lines leaves the room above it whole.
const TITLE_LINES: f64 = 3.0;
/// The room above a title however long.
const LEAST_ABOVE_TITLE: f64 = 24.0;
