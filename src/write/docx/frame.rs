//! Where a paragraph stands: the container around it, its edges, and what it owes to its neighbours.

use super::change::FormerFrame;
use super::style::{ParagraphStyle, Sheet, Surround};
use super::xml::TextAlignment;
use crate::document::{Direction, Pt};
use crate::resolve::{LanguageInfo, Orientation};

/// The surroundings of blocks. A copy goes down into each container, changed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Frame<'a> {
    /// Whether it is the report's own flow, in no container.
    pub flow: Flow,
    /// How the page lies.
    pub orientation: Orientation,
    /// The style of plain paragraphs.
    pub paragraph: ParagraphStyle,
    /// The style of list paragraphs, where the container has one of its own.
    pub list: Option<ParagraphStyle>,
    /// Which way its lines run, and so where start and end are.
    pub direction: Direction,
    /// From the start of the text block to the text.
    pub start: Pt,
    /// From the text to the end of the text block.
    pub end: Pt,
    /// Room for text between the two.
    pub width: Pt,
    /// What is drawn around the text.
    pub surround: Option<Surrounded>,
    /// Space above the first paragraph, where it differs from the style's.
    pub before: Option<Pt>,
    /// Space below the last paragraph, where it differs from the style's.
    pub after: Option<Pt>,
    /// Which paragraphs stay on a page with the next.
    pub keep: Keep,
    /// How paragraphs stand in a cell.
    pub alignment: Option<TextAlignment>,
    /// Language, where it is not the report's.
    pub language: Option<&'a LanguageInfo>,
    /// What was around it in the old version, where that is another.
    pub former: Option<FormerFrame>,
}

/// What is drawn around text, and at which indents the text beside it stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Surrounded {
    /// What is drawn.
    pub surround: Surround,
    /// The indent at the start.
    pub start: Pt,
    /// The indent at the end.
    pub end: Pt,
}

/// In what flow of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Flow {
    /// The report itself.
    Report,
    /// A container within it.
    Container,
    /// A note.
    Note,
}

/// Which paragraphs stay with the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Keep {
    /// Those whose style says so.
    None,
    /// All.
    All,
    /// All but the last.
    ButLast,
}

impl<'a> Frame<'a> {
    /// The report's own flow.
    pub fn report(sheet: &Sheet<'_>) -> Self {
        Self {
            flow: Flow::Report,
            orientation: Orientation::Portrait,
            paragraph: ParagraphStyle::Normal,
            list: None,
            direction: sheet.language.direction,
            start: Pt(0.0),
            end: Pt(0.0),
            width: sheet.tokens.page.measure(),
            surround: None,
            before: None,
            after: None,
            keep: Keep::None,
            alignment: None,
            language: None,
            former: None,
        }
    }

    /// A container within, whose text stands further in by `start` and `end`.
    pub fn inset(self, start: Pt, end: Pt) -> Self {
        let flow = if self.flow == Flow::Note { Flow::Note } else { Flow::Container };
        let width = Pt((self.width - start - end).0.max(20.0));
        Self { flow, start: self.start + start, end: self.end + end, width, ..self }
    }

    /// The same for the block at `index` of `count`.
    pub fn for_block(self, index: usize, count: usize) -> Self {
        let block = Self { before: self.before.filter(|_| index == 0), ..self };
        if index + 1 == count { block } else { block.followed() }
    }

    /// The same for what is not the last in it.
    pub fn followed(self) -> Self {
        let keep = match self.keep {
            Keep::ButLast => Keep::All,
            Keep::None => Keep::None,
            Keep::All => Keep::All,
        };
        Self { after: None, keep, ..self }
    }

    /// The same in another language, if one is given.
    pub fn in_language(self, language: Option<&'a LanguageInfo>) -> Self {
        match language {
            Some(info) => Self { language, ..self.turned(info.direction) },
            None => self,
        }
    }

    /// The same with lines that run this way: what was at the start may now be at the end.
    pub fn turned(self, direction: Direction) -> Self {
        if direction == self.direction {
            return self;
        }
        let surround = self.surround.map(|Surrounded { surround, start, end }| {
            let surround = Surround { start: surround.end, end: surround.start, ..surround };
            Surrounded { surround, start: end, end: start }
        });
        Self { direction, start: self.end, end: self.start, surround, ..self }
    }

    /// Within what is drawn around it: the text's edges are those of the frame.
    pub fn surrounded(self, surround: Surround) -> Self {
        Self { surround: Some(Surrounded { surround, start: self.start, end: self.end }), ..self }
    }

    /// Whether the next paragraph must be on the same page.
    pub fn keeps_next(&self) -> bool {
        match self.keep {
            Keep::All => true,
            Keep::None | Keep::ButLast => false,
        }
    }
}
