//! Numbers of headings, scheme by scheme.
//!
//! In: levels in reading order. Out: each heading's number, and how a reference names it; and the schemes themselves, by
//! which Word goes on counting.
//!
//! - United Nations: I., A., 1., (a), (i), (1); annexes Annex I. (Annex 1. in Arabic and Chinese), then A., … as in the body.
//! - decimal: 1, 1.1, 1.1.1 without a final full stop; annexes Annex A., then A.1, A.1.1 (ISO/IEC Directives, part 2, 22).

use super::count::numeral;
use super::info::HeadingPlace;
use super::terms::Terms;
use crate::document::{HeadingLevel, OrderedStyle};
use crate::project::HeadingNumbering;

const LEVELS: usize = 6;

/// How headings are numbered, by level from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberScheme {
    /// Of the body and of front parts that are numbered.
    pub body: [NumberPattern; LEVELS],
    /// Of annexes; the first is an annex's own.
    pub annexes: [NumberPattern; LEVELS],
}

/// How headings of one level are numbered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberPattern {
    /// "Annex", with what keeps it apart from the number; empty at every level but an annex's own.
    pub word: String,
    /// How the level counts.
    pub style: OrderedStyle,
    /// Before the number.
    pub before: &'static str,
    /// After the number.
    pub after: &'static str,
    /// Whether the numbers above are part of it.
    pub parents: Parents,
}

/// Whether the numbers of the levels above stand in a level's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Parents {
    /// They do not: "A."
    Absent,
    /// They do, with a full stop between two: "1.1".
    Joined,
}

impl NumberScheme {
    /// The scheme of a configuration. Where headings are not numbered, that of the United Nations, for those that an
    /// editor numbers in Word.
    pub(super) fn new(headings: HeadingNumbering, terms: &Terms) -> Self {
        match headings {
            HeadingNumbering::UnitedNations | HeadingNumbering::None => Self::united_nations(terms),
            HeadingNumbering::Decimal => Self::decimal(terms),
        }
    }

    fn united_nations(terms: &Terms) -> Self {
        use OrderedStyle::{Decimal, LowerAlpha, LowerRoman, UpperAlpha, UpperRoman};
        let level = |style, before, after| NumberPattern {
            word: String::new(),
            style,
            before,
            after,
            parents: Parents::Absent,
        };
        let body = [
            level(UpperRoman, "", "."),
            level(UpperAlpha, "", "."),
            level(Decimal, "", "."),
            level(LowerAlpha, "(", ")"),
            level(LowerRoman, "(", ")"),
            level(Decimal, "(", ")"),
        ];
        let mut annexes = body.clone();
        annexes[0] = NumberPattern { word: annex_word(terms), style: terms.annex_numerals, ..annexes[0].clone() };
        Self { body, annexes }
    }

    fn decimal(terms: &Terms) -> Self {
        let level = |_| NumberPattern {
            word: String::new(),
            style: OrderedStyle::Decimal,
            before: "",
            after: "",
            parents: Parents::Joined,
        };
        let body = std::array::from_fn(level);
        let mut annexes = body.clone();
        annexes[0] = NumberPattern {
            word: annex_word(terms),
            style: OrderedStyle::UpperAlpha,
            after: ".",
            ..annexes[0].clone()
        };
        Self { body, annexes }
    }

    /// The patterns of a place.
    pub fn of(&self, place: HeadingPlace) -> &[NumberPattern; LEVELS] {
        match place {
            HeadingPlace::Front | HeadingPlace::Body => &self.body,
            HeadingPlace::Annex => &self.annexes,
        }
    }
}

fn annex_word(terms: &Terms) -> String {
    format!("{} ", terms.annex)
}

/// A heading's number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct HeadingNumber {
    /// As printed before the heading: "III.", "(a)", "2.1", "Annex I.".
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

impl Counter {
    /// An unnumbered heading.
    pub(super) fn silence(&mut self, level: HeadingLevel) {
        if self.silent.is_none_or(|silent| level.get() <= silent) {
            self.silent = Some(level.get());
        }
    }

    /// The number of a heading; none beneath an unnumbered one.
    pub(super) fn next(&mut self, level: HeadingLevel, patterns: &[NumberPattern; LEVELS]) -> Option<HeadingNumber> {
        if self.silent.is_some_and(|silent| level.get() > silent) {
            return None;
        }
        self.silent = None;
        let depth = usize::from(level.get());
        self.counts[depth - 1] += 1;
        self.counts[depth..].fill(0);
        let pattern = &patterns[depth - 1];
        let numerals: Vec<String> =
            self.counts[..depth].iter().zip(patterns).map(|(count, level)| numeral(*count, level.style)).collect();
        let own = match pattern.parents {
            Parents::Absent => numerals[depth - 1].clone(),
            Parents::Joined => numerals.join("."),
        };
        let own = format!("{}{own}{}", pattern.before, pattern.after);
        let path = match pattern.parents {
            Parents::Absent => numerals
                .iter()
                .zip(patterns)
                .map(|(numeral, level)| format!("{}{numeral}{}", level.before, level.after))
                .collect(),
            Parents::Joined => own.clone(),
        };
        let printed = format!("{}{own}", pattern.word);
        Some(HeadingNumber { printed, path: path.trim_end_matches('.').to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What headings of these levels are numbered, and how references name them.
    fn numbers(headings: HeadingNumbering, place: HeadingPlace, levels: &[u8]) -> Vec<String> {
        let scheme = NumberScheme::new(headings, &Terms::ENGLISH);
        let mut counter = Counter::default();
        let mut next = |level: &u8| {
            let number = counter.next(HeadingLevel::new(*level), scheme.of(place)).expect("nothing is unnumbered");
            format!("{} {}", number.printed, number.path)
        };
        levels.iter().map(&mut next).collect()
    }

    #[test]
    fn levels_count_anew_under_each_parent() {
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
        let levels = [1, 2, 2, 3, 4, 5, 6, 4, 2, 1, 2];
        assert_eq!(numbers(HeadingNumbering::UnitedNations, HeadingPlace::Body, &levels), expected);
    }

    #[test]
    fn decimal_numbers_hold_those_above_them() {
        let body = numbers(HeadingNumbering::Decimal, HeadingPlace::Body, &[1, 2, 3, 3, 2, 1, 2]);
        assert_eq!(body, ["1 1", "1.1 1.1", "1.1.1 1.1.1", "1.1.2 1.1.2", "1.2 1.2", "2 2", "2.1 2.1"]);
        let annexes = numbers(HeadingNumbering::Decimal, HeadingPlace::Annex, &[1, 2, 3, 1, 2]);
        assert_eq!(annexes, ["Annex A. A", "A.1 A.1", "A.1.1 A.1.1", "Annex B. B", "B.1 B.1"]);
    }

    #[test]
    fn annexes_are_counted_in_the_numerals_of_their_language() {
        for (language, first) in [("en", "Annex II."), ("ru", "Приложение II."), ("ar", "المرفق 2."), ("zh", "附件 2.")]
        {
            let terms = Terms::known(language).expect("it is one of ours");
            let scheme = NumberScheme::new(HeadingNumbering::UnitedNations, &terms);
            let mut counter = Counter::default();
            let mut next = || counter.next(HeadingLevel::new(1), scheme.of(HeadingPlace::Annex));
            next();
            assert_eq!(next().map(|number| number.printed).as_deref(), Some(first));
        }
    }

    #[test]
    fn beneath_an_unnumbered_heading_nothing_is_numbered() {
        let scheme = NumberScheme::new(HeadingNumbering::UnitedNations, &Terms::ENGLISH);
        let mut counter = Counter::default();
        let level = HeadingLevel::new;
        let next = |counter: &mut Counter, at| counter.next(level(at), &scheme.annexes).map(|number| number.printed);
        assert_eq!(next(&mut counter, 1).as_deref(), Some("Annex I."));
        counter.silence(level(2));
        counter.silence(level(3));
        assert_eq!(next(&mut counter, 3), None);
        assert_eq!(next(&mut counter, 2).as_deref(), Some("A."));
        assert_eq!(next(&mut counter, 3).as_deref(), Some("1."));
    }
}
