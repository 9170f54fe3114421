//! Which byte of a draft a byte of parsed text comes from.
//!
//! In: the source of a text and the text, escapes and entities resolved. Out: [`Located`], which
//! gives the span of any part.

use std::ops::Range;

use super::entity;
use super::place::Place;
use crate::source::Span;

/// A text, and where each part of it was typed.
pub(super) struct Located<'t> {
    text: &'t str,
    source: &'t str,
    span: Span,
    alignment: Option<Alignment>,
}

impl<'t> Located<'t> {
    /// A text that stands at `span`.
    pub(super) fn new(place: &Place<'t>, span: Span, text: &'t str) -> Self {
        Self::of(place.text(span), span, text)
    }

    /// A text whose source, at `span`, is known.
    pub(super) fn of(source: &'t str, span: Span, text: &'t str) -> Self {
        Self { text, source, span, alignment: Alignment::new(source, text) }
    }

    /// The span of a part; of all of it where parts cannot be told.
    pub(super) fn part(&self, range: Range<usize>) -> Span {
        let Some(alignment) = &self.alignment else { return self.span };
        let start = self.span.range().start;
        let [from, to] = [range.start, range.end].map(|at| start + alignment.source(at));
        Span::new(self.span.file, from, to)
    }

    /// Whether a character was escaped where it was typed, or typed as an entity.
    pub(super) fn is_escaped(&self, at: usize) -> bool {
        let Some(alignment) = &self.alignment else { return false };
        at < self.text.len() && self.source.as_bytes().get(alignment.source(at)) != self.text.as_bytes().get(at)
    }
}

/// Pairs every byte of a text with a byte of its source.
#[derive(Debug, PartialEq, Eq)]
enum Alignment {
    /// They are the same.
    Same,
    /// One source offset per byte of text, and the end.
    Map(Vec<usize>),
}

impl Alignment {
    /// `None` if the source does not say the text (CommonMark 2.4, 2.5).
    fn new(source: &str, text: &str) -> Option<Self> {
        if source == text {
            return Some(Self::Same);
        }
        let mut map = Vec::with_capacity(text.len() + 1);
        let mut at = 0;
        let mut rest = text;
        while let Some(next) = rest.chars().next() {
            let (taken, consumed) = step(source.get(at..)?, rest, next)?;
            map.resize(map.len() + taken, at);
            at += consumed;
            rest = &rest[taken..];
        }
        map.push(at);
        (at == source.len()).then_some(Self::Map(map))
    }

    /// Where in the source the byte `at` of the text comes from.
    fn source(&self, at: usize) -> usize {
        match self {
            Self::Same => at,
            Self::Map(map) => map[at],
        }
    }
}

/// Whether a source says a text.
pub(super) fn says(source: &str, text: &str) -> bool {
    Alignment::new(source, text).is_some()
}

/// Bytes of text and of source that belong together at the start of both.
fn step(source: &str, text: &str, next: char) -> Option<(usize, usize)> {
    if let Some(escaped) = source.strip_prefix('\\')
        && next.is_ascii_punctuation()
        && escaped.starts_with(next)
    {
        return Some((1, 2));
    }
    if let Some((entity, decoded)) = entity::at_start(source)
        && text.starts_with(decoded.as_str())
    {
        return Some((decoded.len(), entity.len()));
    }
    source.starts_with(next).then_some((next.len_utf8(), next.len_utf8()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_and_entities_are_stepped_over() {
        let alignment = Alignment::new(r"a \[b\] &amp; é&eacute;x", "a [b] & éé").map(|_| ());
        assert_eq!(alignment, None, "the source goes on");
        let alignment = Alignment::new(r"a \[b\] &amp; é", "a [b] & é").expect("they agree");
        assert_eq!([2, 3, 4, 6, 8].map(|at| alignment.source(at)), [2, 4, 5, 8, 14]);
        assert_eq!(Alignment::new("abc", "abd"), None);
    }
}
