use super::{Attributes, Formula, Image, Inline, Marked, NodeId, Table};
use crate::source::Span;

/// A block (CommonMark 4 and 5).
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    /// Keys the tables of `resolve`.
    pub id: NodeId,
    /// Where it was typed.
    pub span: Span,
    /// Id, classes and the rest.
    pub attributes: Attributes,
    /// What it is.
    pub kind: BlockKind,
    /// What a redline says of it.
    pub change: Marked,
}

/// What a block is. Every writer names every kind.
#[derive(Debug, Clone, PartialEq)]
pub enum BlockKind {
    /// CommonMark 4.8.
    Paragraph(Vec<Inline>),
    /// CommonMark 4.2, 4.3.
    Heading(Heading),
    /// CommonMark 5.3.
    List(List),
    /// Terms and their descriptions.
    DescriptionList(Vec<DescriptionItem>),
    /// CommonMark 5.1.
    BlockQuote(Vec<Block>),
    /// `:::` with a class, or a GFM alert.
    Box(Box),
    /// CommonMark 4.4, 4.5.
    CodeBlock(CodeBlock),
    /// An image alone in its paragraph.
    Figure(Figure),
    /// GFM 4.10, or an HTML table.
    Table(Table),
    /// CommonMark 4.1.
    ThematicBreak,
    /// The HTML subset's `details`: shown open on paper.
    Details(Details),
    /// A group without a look of its own (`div` with an id, a `:::` with only an id or a language).
    Division(Vec<Block>),
    /// `$$…$$` alone in its paragraph; `resolve` numbers it if it has a label.
    Formula(Formula),
    /// `::: {#refs}`: a paragraph for each work, which `resolve` puts there.
    Bibliography(Vec<Block>),
}

/// A heading.
#[derive(Debug, Clone, PartialEq)]
pub struct Heading {
    /// As typed; `resolve` clamps skipped levels.
    pub level: HeadingLevel,
    /// Its text.
    pub content: Vec<Inline>,
}

/// 1 to 6.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct HeadingLevel(u8);

impl HeadingLevel {
    /// Clamped into 1 to 6.
    pub fn new(level: u8) -> Self {
        Self(level.clamp(1, 6))
    }

    /// 1 to 6.
    pub fn get(self) -> u8 {
        self.0
    }
}

/// A list.
#[derive(Debug, Clone, PartialEq)]
pub struct List {
    /// Bullets or numbers.
    pub kind: ListKind,
    /// Whether its paragraphs stand close (CommonMark 5.3, "tight").
    pub tight: bool,
    /// The items.
    pub items: Vec<ListItem>,
}

/// Bullets or numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListKind {
    /// `-`, `*` or `+`.
    Bullet,
    /// A number and a delimiter.
    Ordered {
        /// The first item's number.
        start: u32,
        /// Decimal, letters, roman.
        style: OrderedStyle,
        /// `1.`, `1)` or `(1)`.
        delimiter: OrderedDelimiter,
    },
}

/// How an ordered list counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrderedStyle {
    /// 1, 2, 3
    Decimal,
    /// a, b, c
    LowerAlpha,
    /// A, B, C
    UpperAlpha,
    /// i, ii, iii
    LowerRoman,
    /// I, II, III
    UpperRoman,
}

/// What stands around an ordered item's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrderedDelimiter {
    /// `1.`
    Period,
    /// `1)`
    Parenthesis,
    /// `(1)`
    Parentheses,
}

/// An item.
#[derive(Debug, Clone, PartialEq)]
pub struct ListItem {
    /// Keys the tables of `resolve`.
    pub id: NodeId,
    /// Where it was typed.
    pub span: Span,
    /// GFM 5.3: `[ ]` is `Some(false)`, `[x]` is `Some(true)`.
    pub checked: Option<bool>,
    /// Its content.
    pub blocks: Vec<Block>,
    /// What a redline says of it.
    pub change: Marked,
}

/// A term and its descriptions.
#[derive(Debug, Clone, PartialEq)]
pub struct DescriptionItem {
    /// Keys the tables of `resolve`.
    pub id: NodeId,
    /// Where it was typed.
    pub span: Span,
    /// The term.
    pub term: Vec<Inline>,
    /// The description.
    pub details: Vec<Block>,
    /// What a redline says of it.
    pub change: Marked,
}

/// A box.
#[derive(Debug, Clone, PartialEq)]
pub struct Box {
    /// Which.
    pub kind: BoxKind,
    /// `title="…"`, parsed as inlines.
    pub title: Option<Vec<Inline>>,
    /// Its content.
    pub blocks: Vec<Block>,
}

/// Kinds of boxes, by class or alert name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum BoxKind {
    /// `.recommendation`: numbered "Recommendation 1".
    Recommendation,
    /// `.statement`, `.problem`: a key statement, unnumbered.
    Statement,
    /// `.box`: numbered "Box 1".
    Numbered,
    /// `.note`, `> [!NOTE]`.
    Note,
    /// `.tip`, `> [!TIP]`.
    Tip,
    /// `.important`, `> [!IMPORTANT]`.
    Important,
    /// `.warning`, `> [!WARNING]`.
    Warning,
    /// `.caution`, `> [!CAUTION]`.
    Caution,
}

/// Code, not parsed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeBlock {
    /// The whole info string (CommonMark 4.5); empty for indented code.
    pub info: String,
    /// The text, with a final line ending where it has lines.
    pub literal: String,
}

impl CodeBlock {
    /// First word of the info string, as a language's name.
    pub fn language(&self) -> Option<&str> {
        self.info.split_whitespace().next()
    }
}

/// A figure: one image with a caption, or none.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// The image.
    pub image: Image,
    /// From the image's title; without one the figure is not numbered.
    pub caption: Option<Caption>,
}

/// A caption of a figure or table, without label and number.
#[derive(Debug, Clone, PartialEq)]
pub struct Caption {
    /// Keys the tables of `resolve`.
    pub id: NodeId,
    /// Where it was typed.
    pub span: Span,
    /// Its text.
    pub content: Vec<Inline>,
}

/// HTML's `details`.
#[derive(Debug, Clone, PartialEq)]
pub struct Details {
    /// The `summary`.
    pub summary: Vec<Inline>,
    /// The rest.
    pub blocks: Vec<Block>,
}
