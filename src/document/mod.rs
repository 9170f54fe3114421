//! The tree: what the drafts say, before anything is numbered, resolved or styled.
//!
//! In: nothing but what a writer typed. Out: [`Document`], its blocks and inlines, each with
//! an id that keys the tables of `resolve`, and a [`Span`]. Never holds a computed number,
//! a resolved link, or a pixel. The names are CommonMark's wherever it has one.

mod attributes;
mod block;
mod change;
mod citation;
mod cover;
mod direction;
mod formula;
mod inline;
mod level;
mod role;
mod run;
mod settle;
mod source_line;
mod table;
mod text;
mod title;
mod unit;
mod walk;
mod walk_mut;
mod word;

pub use attributes::{Attributes, Label};
pub use block::{
    Block, BlockKind, Box, BoxKind, Caption, CodeBlock, DescriptionItem, Details, Figure, Heading, HeadingLevel, List,
    ListItem, ListKind, OrderedDelimiter, OrderedStyle,
};
pub use change::{
    Change, ColumnMark, Form, Format, Former, FormerBlock, Hand, LineMark, Mark, Marked, ParagraphEnd, Side, Standing,
    StandingKind, Was,
};
pub use citation::{Citation, CitationForm, CitationItem, Locator, LocatorKind};
pub use cover::CoverLine;
pub use direction::Direction;
pub use formula::{Formula, FormulaForm};
pub use inline::{CrossReference, Image, Inline, InlineKind, Link, ReferenceForm};
pub use level::{LevelItem, flatten, nest};
pub use role::Role;
pub use run::{Around, Run, inlines, runs};
pub use settle::{Decision, mark_leaves, settle_blocks};
pub use source_line::{SOURCE_WORDS, is_source_line};
pub use table::{
    Alignment, Cell, CellScope, Column, ColumnWidth, MOST_CELLS, MOST_COLUMNS, Row, Table, TableFile, cells,
};
pub use text::{Worded, plain_text, plain_text_of_blocks, worded_text, worded_text_of_blocks};
pub use title::is_chapter;
pub use unit::Pt;
pub use walk::{Visit, walk_block, walk_blocks, walk_inline, walk_inlines};
pub use walk_mut::{VisitMut, renew_ids, walk_blocks_mut, walk_inlines_mut};
pub use word::{stands_alone, word_count};

use crate::source::{FileId, Span};

/// Identifies a block, inline or note within one [`Document`]; given in reading order by [`Ids`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId(u32);

impl NodeId {
    /// Position in the order of creation, from 0.
    pub fn index(self) -> usize {
        self.0 as usize
    }

    /// The name that a redline gives the hidden bookmark of a block, so that a file that comes back can be held against it: Word hides
    /// what begins with a low line, and takes 40 characters. With the versions and options that the file names, the number finds the block again.
    pub fn bookmark(self) -> String {
        format!("{BOOKMARK}{}", self.0)
    }

    /// The position that such a name says.
    pub fn index_of_bookmark(name: &str) -> Option<u32> {
        name.strip_prefix(BOOKMARK)?.parse().ok()
    }
}

/// How the name of a block's hidden bookmark begins.
const BOOKMARK: &str = "_rapporteur_";

/// Hands out [`NodeId`]s.
#[derive(Debug, Clone, Default)]
pub struct Ids {
    next: u32,
}

impl Ids {
    /// The next id.
    pub fn fresh(&mut self) -> NodeId {
        let id = NodeId(self.next);
        self.next += 1;
        id
    }
}

/// A whole report as drafted.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Document {
    /// One part per draft file, in reading order.
    pub parts: Vec<Part>,
    /// Every note, in the order of definition; [`InlineKind::Note`] refers to them by [`Note::id`].
    pub notes: Vec<Note>,
}

/// What one draft file contributes.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// The file.
    pub file: FileId,
    /// Where in the report it stands.
    pub kind: PartKind,
    /// Its title where front matter gives one: it becomes the first heading if the file has no level-1 heading.
    pub title: Option<String>,
    /// Whether its headings and paragraphs are numbered.
    pub numbering: PartNumbering,
    /// BCP 47 language, where it differs from the report's.
    pub language: Option<String>,
    /// People credited in front matter.
    pub contributors: Vec<String>,
    /// In a redline: the version that it stands in, where that is one only. Each of its blocks says so for itself.
    pub side: Option<Side>,
    /// Its blocks.
    pub blocks: Vec<Block>,
}

/// Where in the report a part stands (`kind:` in front matter).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PartKind {
    /// Text on the cover, after title and subtitle.
    Cover,
    /// Before the body, unnumbered (foreword, executive summary).
    Front,
    /// The body.
    #[default]
    Body,
    /// An annex; its level-1 heading is "Annex I.".
    Annex,
    /// In a redline: a line of the cover that the configuration gives. No front matter says so.
    Line(CoverLine),
}

/// Whether a part's headings and paragraphs carry numbers (`numbered:` in front matter).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PartNumbering {
    /// As its kind has it: body and annexes are, cover and front are not.
    #[default]
    ByKind,
    /// Numbered.
    Numbered,
    /// Not numbered.
    Unnumbered,
}

/// A footnote, from `[^label]: …` or `^[…]`.
#[derive(Debug, Clone, PartialEq)]
pub struct Note {
    /// Its id, named by each [`InlineKind::Note`] that refers to it.
    pub id: NodeId,
    /// The definition, or the inline note.
    pub span: Span,
    /// The label as typed; `None` for an inline note.
    pub label: Option<String>,
    /// The file whose label space it belongs to.
    pub file: FileId,
    /// Its content.
    pub blocks: Vec<Block>,
}
