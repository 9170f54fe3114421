use crate::source::Span;

/// A citation, `[see @key, p. 3; @other]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// As typed, brackets included: what stands in its place where nothing better can.
    pub source: String,
    /// What is cited, in the order typed; at least one.
    pub items: Vec<CitationItem>,
}

/// One work within a [`Citation`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CitationItem {
    /// The work's key in a bibliography, without `@`.
    pub key: String,
    /// Where the key was typed.
    pub span: Span,
    /// Before the work: "see".
    pub prefix: String,
    /// Where in the work: "p. 3".
    pub locator: String,
    /// After it: "and elsewhere".
    pub suffix: String,
    /// `[-@key]`, `@key`, or neither.
    pub form: CitationForm,
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
