use super::{Attributes, Citation, Formula, Label, Marked, NodeId};
use crate::source::Span;

/// An inline (CommonMark 6).
#[derive(Debug, Clone, PartialEq)]
pub struct Inline {
    /// Keys the tables of `resolve`.
    pub id: NodeId,
    /// Where it was typed.
    pub span: Span,
    /// What it is.
    pub kind: InlineKind,
    /// What a redline says of it, where it is a leaf.
    pub change: Marked,
}

impl Inline {
    /// Whether it is code in a line and what was said of it, `` `x`{.rust} ``: a group around the code alone.
    pub fn is_attributed_code(&self) -> bool {
        let InlineKind::Span(_, content) = &self.kind else { return false };
        matches!(content.as_slice(), [Inline { kind: InlineKind::Code(_), .. }])
    }
}

/// What an inline is. Every writer names every kind.
#[derive(Debug, Clone, PartialEq)]
pub enum InlineKind {
    /// Text, entities and escapes resolved.
    Text(String),
    /// A line ending in the source (CommonMark 6.8).
    SoftBreak,
    /// CommonMark 6.7.
    LineBreak,
    /// CommonMark 6.2.
    Emphasis(Vec<Inline>),
    /// CommonMark 6.2.
    Strong(Vec<Inline>),
    /// GFM 6.5.
    Strikethrough(Vec<Inline>),
    /// `==text==` or HTML's `mark`.
    Highlight(Vec<Inline>),
    /// `^text^` or HTML's `sup`.
    Superscript(Vec<Inline>),
    /// `~text~` or HTML's `sub`.
    Subscript(Vec<Inline>),
    /// CommonMark 6.1.
    Code(String),
    /// CommonMark 6.3.
    Link(Link),
    /// CommonMark 6.4, where it is not a figure.
    Image(Image),
    /// A reference to the [`super::Note`] of that id.
    Note(NodeId),
    /// `@fig-map`: label and number are `resolve`'s to give.
    Reference(CrossReference),
    /// `$…$`, or `$$…$$` within a paragraph.
    Formula(Formula),
    /// `[@key]`: worded by `resolve` as the style of citations has it.
    Citation(Citation),
    /// A group with attributes (HTML's `span`, `[text]{.class}`).
    Span(Attributes, Vec<Inline>),
}

impl InlineKind {
    /// The attributes of a kind that has some.
    pub fn attributes(&self) -> Option<&Attributes> {
        match self {
            Self::Span(attributes, _) => Some(attributes),
            Self::Link(link) => Some(&link.attributes),
            Self::Image(image) => Some(&image.attributes),
            Self::Formula(formula) => Some(&formula.attributes),
            Self::Text(_)
            | Self::SoftBreak
            | Self::LineBreak
            | Self::Emphasis(_)
            | Self::Strong(_)
            | Self::Strikethrough(_)
            | Self::Highlight(_)
            | Self::Superscript(_)
            | Self::Subscript(_)
            | Self::Code(_)
            | Self::Note(_)
            | Self::Reference(_)
            | Self::Citation(_) => None,
        }
    }

    /// What it says, if it is nothing but words: text, or the space of a soft break.
    pub fn words(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::SoftBreak => Some(" "),
            Self::LineBreak
            | Self::Emphasis(_)
            | Self::Strong(_)
            | Self::Strikethrough(_)
            | Self::Highlight(_)
            | Self::Superscript(_)
            | Self::Subscript(_)
            | Self::Code(_)
            | Self::Link(_)
            | Self::Image(_)
            | Self::Note(_)
            | Self::Reference(_)
            | Self::Formula(_)
            | Self::Citation(_)
            | Self::Span(..) => None,
        }
    }
}

/// A link.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// As typed: a URL, a path, `#label`, `path#label`.
    pub destination: String,
    /// CommonMark 6.3's link title; empty where there is none.
    pub title: String,
    /// Id, classes.
    pub attributes: Attributes,
    /// Its text.
    pub content: Vec<Inline>,
}

/// An image.
#[derive(Debug, Clone, PartialEq)]
pub struct Image {
    /// As typed.
    pub destination: String,
    /// CommonMark 6.4's title, where it has not become a caption.
    pub title: String,
    /// Alternative text: the plain text of the description; `alt=` overrides.
    pub alternative: String,
    /// `width=`, classes (`.decorative`), and the rest.
    pub attributes: Attributes,
    /// SHA-256 of the file, where two versions are to be compared.
    pub digest: Option<std::boxed::Box<[u8; 32]>>,
}

/// A reference by label, to be shown as "Figure 2" and so on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CrossReference {
    /// The label, prefix included (`fig-map`).
    pub label: Label,
    /// `@fig-map`, `@Fig-map` or `[](#fig-map)`.
    pub form: ReferenceForm,
}

/// How a reference is worded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReferenceForm {
    /// As inside a sentence: "section IV", "Figure 2".
    Running,
    /// As at its start: "Section IV".
    Capitalised,
    /// As a link without text has it, `[](#findings)`: a heading by its title, anything else as within a sentence.
    Title,
}
