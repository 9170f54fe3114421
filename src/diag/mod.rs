//! What is wrong with a person's input, said so that it can be mended.
//!
//! In: a [`Code`], a place, a message, hints. Out: [`Diagnostic`]s in a [`Diagnostics`]
//! collector or beside a value as [`Warned`]. Never prints: `cli` renders.

mod code;
mod suggest;

pub use code::Code;
pub use suggest::nearest;

use crate::source::Span;

/// Whether the report is still discussed or is the deliverable; it decides severities.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Discussed in the open: what is missing is a warning, and something labelled stands in its place.
    #[default]
    Draft,
    /// The deliverable: what is missing is an error.
    Final,
}

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The output exists and is right as far as it goes.
    Warning,
    /// No output may be published.
    Error,
}

/// Where a diagnostic points.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Place {
    /// Bytes of a file that was read.
    Span(Span),
    /// A file or folder that could not be read, or as a whole is at fault.
    Path(String),
    /// The request as a whole.
    Nowhere,
}

/// One fault or doubt.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Diagnostic {
    /// What kind it is; its severity follows from the report's status.
    pub code: Code,
    /// Where.
    pub place: Place,
    /// One line, in the writer's words, without a full stop.
    pub message: String,
    /// Other places that matter, each with what it is ("first defined here").
    pub related: Vec<(Span, String)>,
    /// What to do about it.
    pub hints: Vec<String>,
}

impl Diagnostic {
    /// A diagnostic at a span.
    pub fn new(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self::at(code, Place::Span(span), message)
    }

    /// A diagnostic at any place.
    pub fn at(code: Code, place: Place, message: impl Into<String>) -> Self {
        Self { code, place, message: message.into(), related: Vec::new(), hints: Vec::new() }
    }

    /// Adds a hint.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// Adds a second place.
    #[must_use]
    pub fn related(mut self, span: Span, label: impl Into<String>) -> Self {
        self.related.push((span, label.into()));
        self
    }

    /// Its severity at a status.
    pub fn severity(&self, status: Status) -> Severity {
        self.code.severity(status)
    }
}

/// Collects diagnostics in the order in which they were found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    /// None yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.list.push(diagnostic);
    }

    /// Adds all of another collector.
    pub fn extend(&mut self, other: Self) {
        self.list.extend(other.list);
    }

    /// Unwraps a value, keeping its diagnostics here.
    pub fn take<T>(&mut self, warned: Warned<T>) -> T {
        self.extend(warned.diagnostics);
        warned.value
    }

    /// Whether one of them is an error at this status.
    pub fn has_errors(&self, status: Status) -> bool {
        self.list.iter().any(|d| d.severity(status) == Severity::Error)
    }

    /// In the order found.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.list.iter()
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.into_iter()
    }
}

/// A value, and what was wrong on the way to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warned<T> {
    /// The value, whole.
    pub value: T,
    /// What the writer should know.
    pub diagnostics: Diagnostics,
}

impl<T> Warned<T> {
    /// Both.
    pub fn new(value: T, diagnostics: Diagnostics) -> Self {
        Self { value, diagnostics }
    }
}
