//! Headings: a style, a number that hangs in the gutter, a rule above.

use super::frame::{Flow, Frame};
use super::numbering::{Bound, Marker};
use super::style::ParagraphStyle;
use super::writer::{Paragraph, Writer};
use super::xml::Indent;
use crate::document::{Block, Heading, Pt};
use crate::resolve::{Anchor, HeadingInfo, HeadingPlace};
use crate::style::heading_role;

impl<'a> Writer<'a> {
    pub fn heading(&mut self, block: &'a Block, heading: &'a Heading, frame: &Frame<'a>) {
        let id = block.id;
        let info = self.doc.headings.get(id).cloned().unwrap_or_else(|| HeadingInfo {
            level: heading.level,
            number: None,
            place: HeadingPlace::Front,
            anchor: Anchor(format!("heading-{}", id.index())),
        });
        let gone = self.changes.is_gone();
        if frame.flow == Flow::Report && !gone {
            self.notes_of_annex(id);
        }
        let (style, bound) = self.heading_style(&info);
        let marker =
            if gone { self.numbering.gone_heading(&info, bound) } else { self.numbering.heading(&info, bound) };
        if !gone && info.level.get() == 1 && frame.flow != Flow::Note {
            let counts = matches!(style, ParagraphStyle::Heading(_)) && !matches!(marker, Marker::Literal(_));
            let number = info.number.as_deref().filter(|_| counts);
            self.chapter = number.map(|number| number.trim_end_matches('.').to_owned());
        }
        let mut paragraph = self.at_edges(frame, style);
        if frame.flow == Flow::Report {
            let annex = style == ParagraphStyle::AnnexHeading;
            let gutter = self.sheet.tokens.page.gutter;
            let hang = if info.number.is_some() && !annex { gutter } else { Pt(0.0) };
            paragraph.indent = Indent { hang, ..Indent::NONE };
            if let Marker::List(_) = marker {
                paragraph.natural = paragraph.indent;
            }
        }
        self.number(&mut paragraph, marker);
        paragraph.was = self.former_paragraph(block, frame, paragraph.style);
        self.draw_rule_from_gutter(&mut paragraph, &info, heading, frame);
        self.paragraph(frame, paragraph, |w| {
            w.bookmarked(Some(&info.anchor), |w| w.content(frame, style, &heading.content));
        });
    }

    pub fn heading_style(&self, info: &HeadingInfo) -> (ParagraphStyle, Bound) {
        let binding = &self.sheet.binding;
        let numbered = info.number.is_some();
        let bound = |bound| if bound { Bound::Yes } else { Bound::No };
        match (info.place, info.level.get()) {
            (HeadingPlace::Front, 1) => (ParagraphStyle::FrontHeading, Bound::No),
            (HeadingPlace::Annex, 1) if !numbered => (ParagraphStyle::FrontHeading, Bound::No),
            (HeadingPlace::Annex, 1) => (ParagraphStyle::AnnexHeading, bound(binding.annexes)),
            (HeadingPlace::Front | HeadingPlace::Body | HeadingPlace::Annex, level) => {
                match (numbered, binding.levels[usize::from(level - 1)]) {
                    (false, true) => (ParagraphStyle::UnnumberedHeading(info.level), Bound::No),
                    (_, binds) => (ParagraphStyle::Heading(info.level), bound(binds)),
                }
            }
        }
    }

    /// Gives a paragraph its number.
    pub fn number(&self, paragraph: &mut Paragraph, marker: Marker) {
        match marker {
            Marker::Style => {}
            Marker::List(list) => paragraph.list = Some(list),
            Marker::Literal(text) => {
                paragraph.style = paragraph.style.unnumbered();
                paragraph.natural = self.sheet.facts(paragraph.style).indent;
                paragraph.marker = Some(text);
            }
        }
    }

    /// A rule begins where the paragraph does. One that is to begin in the gutter though no number hangs there needs an
    /// indent of its own, under which only a heading of one line looks right.
    fn draw_rule_from_gutter(
        &self,
        paragraph: &mut Paragraph,
        info: &HeadingInfo,
        heading: &Heading,
        frame: &Frame<'a>,
    ) {
        if info.level.get() != 1 || frame.flow != Flow::Report || paragraph.indent.hang.0 != 0.0 {
            return;
        }
        let role = self.sheet.tokens.role(match info.place {
            HeadingPlace::Front => "front-heading",
            HeadingPlace::Body => heading_role(info.level),
            HeadingPlace::Annex => "annex",
        });
        let letters = self.doc.plain_text(&heading.content).chars().count() + "Annex VIII. ".len();
        let one_line = letters as f64 * WIDE_LETTER * role.size.0 < frame.width.0;
        if one_line && role.borders.top.as_ref().is_some_and(|border| border.from_gutter) {
            let gutter = self.sheet.tokens.page.gutter.0;
            paragraph.indent = Indent { start: Pt(-gutter), end: Pt(0.0), hang: Pt(-gutter) };
        }
    }
}

/// Whether the number stands before the title instead of in the gutter: "Annex I. Sessions".
pub(super) fn runs_in(info: &HeadingInfo) -> bool {
    info.place == HeadingPlace::Annex && info.level.get() == 1
}

/// No alphabet's letters are wider on average, in ems.
const WIDE_LETTER: f64 = 0.6;
