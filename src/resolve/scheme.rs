//! Numbers of headings as in documents of the United Nations: I., A., 1., (a), (i), (1); annexes Annex I., A., …
//!
//! In: levels in reading order. Out: each heading's number, and how a reference names it.

use super::count::{delimited, numeral};
use super::info::HeadingPlace;
use super::terms::Terms;
use crate::document::{HeadingLevel, OrderedDelimiter, OrderedStyle};

/// A heading's number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct HeadingNumber {
    /// As printed before the heading: "III.", "(a)", "Annex I.".
    pub(super) printed: String,
    /// As a reference says it, parents included, as Word's field does (`REF \\w`, ECMA-376 17.16.5.51): "III.A".
    pub(super) path: String,
}

/// Counts headings, each level anew under its parent.
#[derive(Debug, Default)]
pub(super) struct Counter {
    counts: [u32; LEVELS],
    /// The level of an unnumbered heading: what stands beneath it has no numbers either.
    silent: Option<u8>,
}

const LEVELS: usize = 6;

impl Counter {
    /// An unnumbered heading.
    pub(super) fn silence(&mut self, level: HeadingLevel) {
        if self.silent.is_none_or(|silent| level.get() <= silent) {
            self.silent = Some(level.get());
        }
    }

    /// The number of a heading; none beneath an unnumbered one.
    pub(super) fn next(&mut self, level: HeadingLevel, place: HeadingPlace, terms: &Terms) -> Option<HeadingNumber> {
        if self.silent.is_some_and(|silent| level.get() > silent) {
            return None;
        }
        self.silent = None;
        let depth = usize::from(level.get());
        self.counts[depth - 1] += 1;
        self.counts[depth..].fill(0);
        let own = piece(self.counts[depth - 1], depth);
        let path: String = (1..=depth).map(|depth| piece(self.counts[depth - 1], depth)).collect();
        let printed = match (place, depth) {
            (HeadingPlace::Annex, 1) => format!("{} {own}", terms.annex),
            (HeadingPlace::Front | HeadingPlace::Body | HeadingPlace::Annex, _) => own,
        };
        Some(HeadingNumber { printed, path: path.trim_end_matches('.').to_owned() })
    }
}

/// One level's number.
fn piece(count: u32, depth: usize) -> String {
    let (style, delimiter) = match depth {
        1 => (OrderedStyle::UpperRoman, OrderedDelimiter::Period),
        2 => (OrderedStyle::UpperAlpha, OrderedDelimiter::Period),
        3 => (OrderedStyle::Decimal, OrderedDelimiter::Period),
        4 => (OrderedStyle::LowerAlpha, OrderedDelimiter::Parentheses),
        5 => (OrderedStyle::LowerRoman, OrderedDelimiter::Parentheses),
        _ => (OrderedStyle::Decimal, OrderedDelimiter::Parentheses),
    };
    delimited(&numeral(count, style), delimiter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_count_anew_under_each_parent() {
        let mut counter = Counter::default();
        let mut numbers = Vec::new();
        for level in [1, 2, 2, 3, 4, 5, 6, 4, 2, 1, 2] {
            let number = counter.next(HeadingLevel::new(level), HeadingPlace::Body, &Terms::ENGLISH);
            let number = number.expect("nothing is unnumbered");
            numbers.push(format!("{} {}", number.printed, number.path));
        }
        let expected = [
            "I. I",
            "A. I.A",
            "B. I.B",
            "1. I.B.1",
            "(a) I.B.1.(a)",
            "(i) I.B.1.(a)(i)",
            "(1) I.B.1.(a)(i)(1)",
            "(b) I.B.1.(b)",
            "C. I.C",
            "II. II",
            "A. II.A",
        ];
        assert_eq!(numbers, expected);
    }

    #[test]
    fn beneath_an_unnumbered_heading_nothing_is_numbered() {
        let mut counter = Counter::default();
        let level = HeadingLevel::new;
        let next = |counter: &mut Counter, at| {
            counter.next(level(at), HeadingPlace::Annex, &Terms::ENGLISH).map(|number| number.printed)
        };
        assert_eq!(next(&mut counter, 1).as_deref(), Some("Annex I."));
        counter.silence(level(2));
        counter.silence(level(3));
        assert_eq!(next(&mut counter, 3), None);
        assert_eq!(next(&mut counter, 2).as_deref(), Some("A."));
        assert_eq!(next(&mut counter, 3).as_deref(), Some("1."));
    }
}
