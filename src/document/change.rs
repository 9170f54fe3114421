use std::sync::Arc;

use super::{Alignment, Attributes, BlockKind, BoxKind, CellScope, Column, HeadingLevel, Image, ListKind};

/// What a redline says of a node; nothing stands there in a report that is no redline.
///
/// A redline is the tree of both versions at once: [`super::Document::settle`] makes either out of it.
/// A block, list item, description, row or cell that stands in one version alone says so once, for all beneath it, where nothing
/// is marked again. Among inlines, marks stand on leaves alone (those that hold no others), so that a link or an emphasis may
/// stand around both what was and what is. A caption or title all of whose leaves are inserted or deleted is itself.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Change {
    /// That it stands in one version only.
    pub standing: Option<Standing>,
    /// That it was of another form in the old version, with the same content.
    pub former: Option<Former>,
    /// That the end of this paragraph stands in one version only.
    pub end: Option<ParagraphEnd>,
    /// Lines of a code block that stand in one version only, in their order.
    pub lines: Vec<LineMark>,
}

/// The mark on a node, where there is one.
pub type Marked = Option<std::boxed::Box<Change>>;

impl Change {
    /// A node that stands in one version only.
    pub fn stands(kind: StandingKind, mark: Mark) -> Marked {
        let standing = Some(Standing { kind, mark });
        Some(std::boxed::Box::new(Self { standing, ..Self::default() }))
    }

    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        self.standing.is_none() && self.former.is_none() && self.end.is_none() && self.lines.is_empty()
    }

    /// Every mark of it, to be changed.
    pub fn marks_mut(&mut self) -> impl Iterator<Item = &mut Mark> {
        let standing = self.standing.iter_mut().map(|standing| &mut standing.mark);
        let former = self.former.iter_mut().map(|former| &mut former.mark);
        let end = self.end.iter_mut().map(|end| &mut end.mark);
        standing.chain(former).chain(end).chain(self.lines.iter_mut().map(|line| &mut line.standing.mark))
    }

    /// Every mark of it.
    pub fn marks(&self) -> impl Iterator<Item = &Mark> {
        let standing = self.standing.iter().map(|standing| &standing.mark);
        let former = self.former.iter().map(|former| &former.mark);
        let end = self.end.iter().map(|end| &end.mark);
        standing.chain(former).chain(end).chain(self.lines.iter().map(|line| &line.standing.mark))
    }
}

/// Which change a mark belongs to, and whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The change's number, from 1 in reading order and the same in every format. All marks of one editorial change have
    /// one: what was deleted and what stands in its place, both ends of a move, a column and its cells, a reference to a note and the note.
    pub number: u32,
    /// Who made it, where that is known of it alone; else it is the redline's own author.
    pub hand: Option<Arc<Hand>>,
}

/// Who made a change, and when.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Hand {
    /// A name.
    pub author: String,
    /// Unix time.
    pub time: i64,
}

/// A version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Side {
    /// The baseline: what remains when every change is rejected.
    Old,
    /// The revision: what remains when every change is accepted.
    New,
}

impl Side {
    /// The version that is compared with it.
    pub fn other(self) -> Self {
        match self {
            Self::Old => Self::New,
            Self::New => Self::Old,
        }
    }
}

/// That a node stands in one version only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// How it came or went.
    pub kind: StandingKind,
    /// Which change.
    pub mark: Mark,
}

/// How what stands in one version only came or went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum StandingKind {
    /// It is new.
    Inserted,
    /// It is gone.
    Deleted,
    /// It stood elsewhere: where a node [`StandingKind::MovedFrom`] has the same number.
    MovedTo,
    /// It stands elsewhere: where a node [`StandingKind::MovedTo`] has the same number. It says the same there.
    MovedFrom,
}

impl StandingKind {
    /// The version that it stands in.
    pub fn side(self) -> Side {
        match self {
            Self::Inserted | Self::MovedTo => Side::New,
            Self::Deleted | Self::MovedFrom => Side::Old,
        }
    }

    /// As one that is not moved, in that version.
    pub fn on(side: Side) -> Self {
        match side {
            Side::Old => Self::Deleted,
            Side::New => Self::Inserted,
        }
    }
}

/// What a node was of, in the old version.
#[derive(Debug, Clone, PartialEq)]
pub struct Former {
    /// What.
    pub was: Was,
    /// Which change.
    pub mark: Mark,
}

/// The form that a node had, by its kind.
#[derive(Debug, Clone, PartialEq)]
pub enum Was {
    /// A block's.
    Block(std::boxed::Box<FormerBlock>),
    /// A leaf among inlines: what was around it in its line, the outermost first. A link around it is the same.
    Run(Vec<Format>),
    /// A list item's box to tick.
    Item(Option<bool>),
    /// The place of a list item that stands deeper now, or less deep, among lists within lists.
    Level {
        /// Items around it, from 0: only those of lists that end the item around them.
        level: usize,
        /// The list that it stood in.
        kind: ListKind,
    },
    /// A cell's, of the same content.
    Cell {
        /// What it was to others.
        scope: CellScope,
        /// How it stood.
        alignment: Alignment,
    },
}

/// What a block was, its content aside.
#[derive(Debug, Clone, PartialEq)]
pub struct FormerBlock {
    /// What stood in its braces.
    pub attributes: Attributes,
    /// What it was.
    pub form: Form,
}

/// What a block is without its content: what may change about it while the content stays.
#[derive(Debug, Clone, PartialEq)]
pub enum Form {
    /// A paragraph, which may have become a heading.
    Paragraph,
    /// A heading, which may have become a paragraph.
    Heading(HeadingLevel),
    /// A list. Whether it is tight is not compared: it follows from what its items hold.
    List(ListKind),
    /// A box.
    Box(BoxKind),
    /// A code block by its info string.
    CodeBlock(String),
    /// A figure by its image, the picture itself being the same.
    Figure(Image),
    /// A table by its columns, as many as there are.
    Table(Vec<Column>),
    /// Anything else has no form of its own.
    Plain,
}

impl Form {
    /// That of a block.
    pub fn of(kind: &BlockKind) -> Self {
        match kind {
            BlockKind::Paragraph(_) => Self::Paragraph,
            BlockKind::Heading(heading) => Self::Heading(heading.level),
            BlockKind::List(list) => Self::List(list.kind),
            BlockKind::Box(boxed) => Self::Box(boxed.kind),
            BlockKind::CodeBlock(code) => Self::CodeBlock(code.info.clone()),
            BlockKind::Figure(figure) => Self::Figure(figure.image.clone()),
            BlockKind::Table(table) => Self::Table(table.columns.clone()),
            BlockKind::DescriptionList(_)
            | BlockKind::BlockQuote(_)
            | BlockKind::ThematicBreak
            | BlockKind::Details(_)
            | BlockKind::Division(_)
            | BlockKind::Formula(_)
            | BlockKind::Bibliography(_) => Self::Plain,
        }
    }
}

/// What may stand around text within a line.
#[derive(Debug, Clone, PartialEq)]
pub enum Format {
    /// CommonMark 6.2.
    Emphasis,
    /// CommonMark 6.2.
    Strong,
    /// GFM 6.5.
    Strikethrough,
    /// `==text==`.
    Highlight,
    /// `^text^`.
    Superscript,
    /// `~text~`.
    Subscript,
    /// CommonMark 6.1: the last, directly around text.
    Code,
    /// CommonMark 6.3.
    Link {
        /// As typed.
        destination: String,
        /// CommonMark 6.3's link title.
        title: String,
        /// Id, classes.
        attributes: Attributes,
    },
    /// A group with attributes.
    Span(Attributes),
}

/// That a paragraph ends here in one version only: the next block, a paragraph of the same form, goes on with it in the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParagraphEnd {
    /// The version in which the paragraph ends here: the new one where it was split, the old one where it was merged.
    pub side: Side,
    /// Which change: the same at each end of one split or merge.
    pub mark: Mark,
}

/// That a line of a code block stands in one version only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineMark {
    /// Which line of [`super::CodeBlock::literal`], from 0.
    pub line: usize,
    /// Where it stands.
    pub standing: Standing,
}

/// That a column stands in one version only; each of its cells says so, too, with the same number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ColumnMark {
    /// How it came or went.
    pub kind: StandingKind,
    /// The change's number.
    pub number: u32,
}
