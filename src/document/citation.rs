use super::Inline;
use crate::source::Span;

/// A citation, `[see @key, p. 3; @other]` or `@key`. None is left once `resolve` has worded them.
#[derive(Debug, Clone, PartialEq)]
pub struct Citation {
    /// As typed, brackets included: what stands in its place where nothing better can.
    pub source: String,
    /// What is cited, in the order typed; at least one.
    pub items: Vec<CitationItem>,
}

/// One work within a [`Citation`].
#[derive(Debug, Clone, PartialEq)]
pub struct CitationItem {
    /// The work's key in a bibliography, without `@` and braces.
    pub key: String,
    /// Where the key was typed.
    pub span: Span,
    /// Before the work: "see".
    pub prefix: Vec<Inline>,
    /// Where in the work.
    pub locator: Option<Locator>,
    /// After it: "and elsewhere".
    pub suffix: Vec<Inline>,
    /// `[-@key]`, `@key`, or neither.
    pub form: CitationForm,
    /// All that was typed in the brackets before the key, they and semicolons included.
    pub before: Vec<Inline>,
    /// The same behind the key, as far as it belongs to it.
    pub behind: Vec<Inline>,
}

/// How a work is named in the running text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CitationForm {
    /// `[@key]`: whole, in the style's brackets.
    #[default]
    Whole,
    /// `[-@key]`: without the author, whom the text has just named.
    WithoutAuthor,
    /// `@key`: the author as part of the sentence.
    Narrative,
}

/// Where in a work: `p. 3`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Locator {
    /// What is counted.
    pub kind: LocatorKind,
    /// "3", "iv–ix", "2, 7".
    pub value: String,
}

/// What a locator counts (CSL 1.0.2, appendix IV).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum LocatorKind {
    /// `p.`, `pp.`, or nothing before a number.
    Page,
    /// `bk.`
    Book,
    /// `chap.`, `ch.`
    Chapter,
    /// `col.`
    Column,
    /// `fig.`
    Figure,
    /// `fol.`
    Folio,
    /// `issue`
    Issue,
    /// `l.`
    Line,
    /// `n.`
    Note,
    /// `op.`
    Opus,
    /// `para.`, `¶`
    Paragraph,
    /// `pt.`
    Part,
    /// `sec.`, `§`
    Section,
    /// `s.v.`
    SubVerbo,
    /// `tbl.`
    Table,
    /// `v.`
    Verse,
    /// `vol.`
    Volume,
}
