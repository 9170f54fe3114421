//! The contents: a field whose lines are filled in, so that they show before Word computes them anew.

use super::field::Cached;
use super::figure::sequence_name;
use super::frame::Frame;
use super::inline::Links;
use super::style::ParagraphStyle;
use super::writer::Writer;
use super::xml::{PageNumber, RunProperties};
use crate::document::HeadingLevel;
use crate::resolve::{Anchor, CaptionKind, ListOf, Listing, OutlineEntry};

impl<'a> Writer<'a> {
    /// Heading, field and lines; nothing if no heading is listed.
    pub fn contents(&mut self, frame: &Frame<'a>) {
        let doc = self.doc;
        let listed: Vec<&OutlineEntry> = doc.outline.iter().filter(|entry| entry.listed).collect();
        let Some(deepest) = listed.iter().map(|entry| entry.level.get()).max() else { return };
        let plain = RunProperties::default();
        let mut heading = self.at_edges(frame, ParagraphStyle::TocHeading);
        // By itself: not every program takes a first line's indent from a style.
        heading.indent = std::mem::take(&mut heading.natural);
        self.paragraph(frame, heading, |w| w.text_run(&plain, doc.terms.contents));
        // By outline level rather than by style names, which would need the reader's own list separator.
        let instruction = format!("TOC \\o \"1-{deepest}\" \\h \\z \\u");
        let cached = Cached::of(self.paging);
        for (index, entry) in listed.iter().enumerate() {
            let style = ParagraphStyle::Toc(HeadingLevel::new(entry.level.get()));
            let mut paragraph = self.at_edges(frame, style);
            paragraph.indent = paragraph.natural;
            self.paragraph(frame, paragraph, |w| {
                if index == 0 {
                    w.begin_field(&instruction, &plain, cached);
                }
                w.internal(&entry.anchor, |w| w.entry(entry, style, frame));
                if index + 1 == listed.len() {
                    w.end_field(&plain);
                }
            });
        }
    }

    /// Lists of figures, tables and recommendations: fields over the numbers that Word counts (`TOC \\c`, ECMA-376
    /// 17.16.5.68), on the page of the contents.
    pub fn listings(&mut self, frame: &Frame<'a>) {
        let doc = self.doc;
        let contents = doc.outline.iter().any(|entry| entry.listed);
        for (index, list) in doc.listings.iter().enumerate() {
            let mut heading = self.at_edges(frame, ParagraphStyle::TocHeading);
            heading.indent = std::mem::take(&mut heading.natural);
            heading.properties.page_break_before = (contents || index > 0).then_some(false);
            // The lines of a list have little space below: nothing is taken off.
            let before = self.sheet.tokens.role("toc-heading").before;
            heading.properties.spacing.before = (contents || index > 0).then_some(before);
            self.paragraph(frame, heading, |w| w.text_run(&RunProperties::default(), list.title));
            let name = match list.of {
                ListOf::Figures => sequence_name(CaptionKind::Figure),
                ListOf::Tables => sequence_name(CaptionKind::Table),
                ListOf::Recommendations => "Recommendation",
            };
            self.listing(list, &format!("TOC \\h \\z \\c \"{name}\""), frame);
        }
    }

    fn listing(&mut self, list: &'a Listing, instruction: &str, frame: &Frame<'a>) {
        let plain = RunProperties::default();
        let cached = Cached::of(self.paging);
        let style = ParagraphStyle::TableOfFigures;
        for (index, entry) in list.entries.iter().enumerate() {
            let mut paragraph = self.at_edges(frame, style);
            paragraph.indent = paragraph.natural;
            self.paragraph(frame, paragraph, |w| {
                if index == 0 {
                    w.begin_field(instruction, &plain, cached);
                }
                w.internal(&entry.anchor, |w| {
                    w.text_run(&plain, &format!("{}\u{2002}", entry.label));
                    let mut line = w.line(frame, style);
                    line.links = Links::Dead;
                    w.inlines(&entry.content, &line);
                    w.page_of(&entry.anchor);
                });
                if index + 1 == list.entries.len() {
                    w.end_field(&plain);
                }
            });
        }
    }

    /// Number, title, page. Without a number a tab brings the title to where the others are.
    fn entry(&mut self, entry: &'a OutlineEntry, style: ParagraphStyle, frame: &Frame<'a>) {
        let role = match entry.level.get() {
            1 => "toc-1",
            2 => "toc-2",
            _ => "toc-3",
        };
        let plain = RunProperties::default();
        let number = RunProperties { color: self.sheet.extra_color(role, "number_color"), ..plain.clone() };
        let run_in = self.doc.headings.get(entry.heading).is_some_and(super::heading::runs_in);
        match &entry.number {
            Some(text) if run_in => {
                self.tab(&plain);
                self.text_run(&plain, &format!("{text} "));
            }
            Some(text) => {
                self.text_run(&number, text);
                self.tab(&plain);
            }
            None if entry.level.get() == 1 => self.tab(&plain),
            None => {}
        }
        let mut line = self.line(frame, style);
        line.links = Links::Dead;
        self.inlines(&entry.content, &line);
        self.page_of(&entry.anchor);
    }

    /// The page of a place, at the edge of the text.
    fn page_of(&mut self, anchor: &Anchor) {
        let hidden = RunProperties { web_hidden: Some(true), ..RunProperties::default() };
        self.tab(&hidden);
        let name = self.bookmarks.name(anchor);
        self.field(&format!("PAGEREF {name} \\h"), &hidden, |w| {
            w.page_number_run(&hidden, PageNumber::Of(anchor.clone()));
        });
    }
}
