//! Where in a draft the text stands that comrak was given.
//!
//! In: comrak's positions (lines and byte columns from 1, the end included). Out: half-open
//! [`Span`]s of the draft, always within it and on character boundaries.

use comrak::nodes::{LineColumn, Sourcepos};

use crate::source::{FileId, LineIndex, Span};

/// A piece of a draft that is parsed by itself: its body, or a caption within it.
#[derive(Debug, Clone)]
pub(super) struct Place<'a> {
    file: FileId,
    draft: &'a str,
    base: usize,
    lines: LineIndex,
    /// Lines that comrak was given beyond the draft's, by comrak's count.
    added: Vec<usize>,
    whole: Option<Span>,
}

impl<'a> Place<'a> {
    /// The rest of `draft` from `base` on.
    pub(super) fn rest(file: FileId, draft: &'a str, base: usize) -> Self {
        let lines = LineIndex::new(draft.get(base..).unwrap_or_default());
        Self { file, draft, base, lines, added: Vec::new(), whole: None }
    }

    /// The same, where comrak was given more lines.
    pub(super) fn with_added(self, added: Vec<usize>) -> Self {
        Self { added, ..self }
    }

    /// One line of text that stands in the same draft from `base` on.
    pub(super) fn line(&self, base: usize) -> Self {
        Self { base, lines: LineIndex::new(""), added: Vec::new(), whole: None, ..*self }
    }

    /// Text that stands nowhere as it is: every span is `span`.
    pub(super) fn somewhere(&self, span: Span) -> Self {
        Self { lines: LineIndex::new(""), added: Vec::new(), whole: Some(span), ..*self }
    }

    /// The span of everything, where positions within mean nothing.
    pub(super) fn whole(&self) -> Option<Span> {
        self.whole
    }

    /// The draft's bytes from `start` to `end`.
    pub(super) fn between(&self, start: usize, end: usize) -> Span {
        Span::new(self.file, start, end)
    }

    /// What a span covers.
    pub(super) fn text(&self, span: Span) -> &'a str {
        self.draft.get(span.range()).unwrap_or_default()
    }

    /// The text that is parsed.
    pub(super) fn body(&self) -> &'a str {
        self.draft.get(self.base..).unwrap_or_default()
    }

    /// The whole draft.
    pub(super) fn draft(&self) -> &'a str {
        self.draft
    }

    /// The span of a node.
    pub(super) fn span(&self, at: Sourcepos) -> Span {
        if let Some(whole) = self.whole {
            return whole;
        }
        let start = self.floor(self.offset(LineColumn { line: at.start.line, column: at.start.column.max(1) }));
        let end = self.ceil(self.offset(LineColumn { line: at.end.line, column: at.end.column + 1 }));
        Span::new(self.file, start, end.max(start))
    }

    /// The draft's number of a line, from comrak's; a line that was added is the next of the draft.
    pub(super) fn line_number(&self, comraks: usize) -> usize {
        comraks - self.added.partition_point(|added| *added < comraks)
    }

    /// The bytes of a line of the draft (from 1) without its ending.
    pub(super) fn line_span(&self, line: usize) -> Span {
        let start = self.line_start(line);
        let end = if line < self.lines.count() { self.line_start(line + 1) } else { self.draft.len() };
        let content = self.draft.get(start..end).unwrap_or_default();
        Span::new(self.file, start, start + content.trim_end_matches(['\n', '\r']).len())
    }

    /// How many lines there are.
    pub(super) fn line_count(&self) -> usize {
        self.lines.count()
    }

    fn line_start(&self, line: usize) -> usize {
        self.base + self.lines.line_start(line)
    }

    fn offset(&self, at: LineColumn) -> usize {
        let line = self.line_span(self.line_number(at.line)).range();
        (line.start + at.column - 1).min(line.end)
    }

    fn floor(&self, mut at: usize) -> usize {
        while !self.draft.is_char_boundary(at) {
            at -= 1;
        }
        at
    }

    fn ceil(&self, mut at: usize) -> usize {
        while !self.draft.is_char_boundary(at) {
            at += 1;
        }
        at
    }
}
