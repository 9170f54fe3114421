//! What a paragraph or a run was in the old version.
//!
//! In: the form or formats that a mark names, and where it stands. Out: its paragraph and run properties then, all of them: Word's record of a change holds the
//! complete set (ECMA-376 17.13.5.29, 17.13.5.31).

use super::super::frame::{Flow, Frame, Surrounded};
use super::super::inline::Line;
use super::super::style::{CharacterStyle, ParagraphStyle};
use super::super::writer::{Paragraph, Writer};
use super::super::xml::{ParagraphProperties, RunChange, RunProperties, TextAlignment, VerticalAlignment};
use super::former_formats;
use crate::document::{
    Block, BlockKind, BoxKind, Change, Direction, Form, Format, FormerBlock, HeadingLevel, InlineKind, Mark, Side, Was,
};
use crate::resolve::{Anchor, Emphasis, HeadingInfo, HeadingPlace, LanguageInfo};

/// What was around paragraphs, where it is otherwise now.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in super::super) enum FormerFrame {
    /// A box of another kind.
    Box {
        /// Its kind now.
        is: BoxKind,
        /// Its kind then.
        was: BoxKind,
        /// Whether something is drawn around it.
        drawn: bool,
    },
    /// A cell of another kind or alignment.
    Cell {
        /// The style of its paragraphs then.
        style: ParagraphStyle,
        /// How they stood.
        alignment: Option<TextAlignment>,
        /// Which way they ran.
        direction: Direction,
    },
}

/// What a block was, where its mark says so.
pub(in super::super) fn former_block(block: &Block) -> Option<(&FormerBlock, &Mark)> {
    let former = block.change.as_ref()?.former.as_ref()?;
    match &former.was {
        Was::Block(was) => Some((was, &former.mark)),
        Was::Run(_) | Was::Item(_) | Was::Level { .. } | Was::Cell { .. } => None,
    }
}

impl<'a> Writer<'a> {
    /// A paragraph's properties in the old version, where they may have been others.
    pub fn former(&self, frame: &Frame<'a>, paragraph: &Paragraph) -> Option<ParagraphProperties> {
        // What is gone was in what it stands in as that was: a cell that stood otherwise, a box of another kind. What came was nothing; but a cell's last
        // paragraph is one of both versions.
        let came = self.changes.side() == Some(Side::New);
        let in_cell = matches!(frame.former, Some(FormerFrame::Cell { .. }));
        if !self.changes.redline || (came && !in_cell) {
            return None;
        }
        let before = match frame.former {
            Some(FormerFrame::Box { was, drawn, .. }) => {
                let own = self.sheet.box_surround(was, frame.direction);
                let around = frame.surround.filter(|_| drawn);
                let surround = around.map(|around| Surrounded { surround: own, ..around });
                Frame { surround: surround.or(frame.surround), former: None, ..*frame }
            }
            Some(FormerFrame::Cell { alignment, direction, .. }) => {
                Frame { alignment, direction, former: None, ..*frame }
            }
            None => *frame,
        };
        if let Some(was) = paragraph.was.as_ref().filter(|_| !came) {
            return Some(self.describe(&before, was).0);
        }
        let style = match (frame.former?, paragraph.style) {
            (FormerFrame::Box { is, was, .. }, ParagraphStyle::Box(kind, part)) if kind == is => {
                ParagraphStyle::Box(was, part)
            }
            (FormerFrame::Cell { style, .. }, ParagraphStyle::TableText | ParagraphStyle::TableHeader) => style,
            (FormerFrame::Box { .. } | FormerFrame::Cell { .. }, style) => style,
        };
        let was = Paragraph { style, natural: self.sheet.facts(style).indent, ..paragraph.clone() };
        Some(self.describe(&before, &was).0)
    }

    /// A paragraph or heading as it was, before its form changed or because it stood elsewhere.
    pub fn former_paragraph(&self, block: &'a Block, frame: &Frame<'a>, now: ParagraphStyle) -> Option<Box<Paragraph>> {
        if self.changes.standing.is_some() {
            return None;
        }
        let former = self.doc.former.as_deref()?;
        let was = former_block(block).map(|(was, _)| &was.form);
        let heading = match (was, &block.kind) {
            (Some(Form::Heading(level)), _) => Some(*level),
            (None, BlockKind::Heading(heading)) => Some(heading.level),
            (Some(_) | None, _) => None,
        };
        let was = match heading {
            Some(level) => {
                let info = former.headings.get(block.id).cloned().unwrap_or_else(|| plain_heading(level));
                let (style, _) = self.heading_style(&info);
                let mut paragraph = self.at_edges(frame, style);
                if frame.flow == Flow::Report {
                    paragraph.indent = paragraph.natural;
                }
                paragraph
            }
            None => {
                let info = former.paragraphs.get(block.id);
                let numbered = info.is_some_and(|info| info.number.is_some());
                let style = match info {
                    Some(info) if info.source => ParagraphStyle::Source,
                    Some(info) if info.lead && frame.flow == Flow::Report => ParagraphStyle::Lead,
                    Some(_) | None if numbered => ParagraphStyle::BodyNumbered,
                    Some(_) | None => frame.paragraph,
                };
                let mut paragraph = self.at_edges(frame, style);
                if numbered {
                    paragraph.indent = paragraph.natural;
                }
                paragraph
            }
        };
        // What hangs in the gutter follows from the number, and is no change.
        (was.style != now).then(|| Box::new(was))
    }

    /// What a run was, where the formats around it were others.
    pub fn former_run(&mut self, kind: &InlineKind, change: &Change, line: &Line<'a>) -> Option<RunChange> {
        let (formats, mark) = former_formats(change)?;
        let mut was = line.base();
        for format in formats {
            match format {
                Format::Emphasis if was.emphasis == Emphasis::Bold => was.run.bold = Some(true),
                Format::Emphasis => was.run.italic = Some(true),
                Format::Strong => was.run.bold = Some(true),
                Format::Strikethrough => was.run.strike = Some(true),
                Format::Highlight => was.run.fill = self.highlight(),
                Format::Superscript => was.run.vertical = Some(VerticalAlignment::Superscript),
                Format::Subscript => was.run.vertical = Some(VerticalAlignment::Subscript),
                Format::Code => was.run = self.code_look(&was),
                Format::Link { .. } => was.run.style = line.run.style.clone(),
                Format::Span(attributes) => {
                    if let Some(language) = &attributes.language {
                        was.speak(&LanguageInfo::new(language));
                    }
                }
            }
        }
        if let InlineKind::Note(_) = kind {
            was.run.style = Some(CharacterStyle::FootnoteReference.id());
        } else if let InlineKind::Reference(_) = kind {
            was.run.style = Some(CharacterStyle::Hyperlink.id());
        }
        let revision = self.revision(mark);
        Some(RunChange { revision, number: mark.number, was: RunProperties { change: None, ..was.run } })
    }
}

/// A heading of which nothing is known but its level.
fn plain_heading(level: HeadingLevel) -> HeadingInfo {
    HeadingInfo { level, number: None, place: HeadingPlace::Body, anchor: Anchor(String::new()) }
}
