//! The marker of an item as it was typed: `12.`, `a)`, `(iv)`.
//!
//! In: what an item's line begins with. Out: what it counts as, in each way that it can be read: `i` is the ninth letter
//! and the first roman number. Which it is, its neighbours tell.

use crate::document::{OrderedDelimiter, OrderedStyle};

/// comrak reads numbers of nine digits at most (CommonMark 5.2).
const WIDEST: usize = 10;

/// A marker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Marker<'t> {
    inner: &'t str,
    /// What stands around it.
    pub(super) delimiter: OrderedDelimiter,
    /// Its bytes.
    pub(super) width: usize,
}

impl<'t> Marker<'t> {
    /// The marker that a line begins with, and that white space and more follow.
    pub(super) fn read(text: &'t str) -> Option<Self> {
        let (open, rest) = text.strip_prefix('(').map_or((false, text), |rest| (true, rest));
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric())?;
        let (inner, after) = rest.split_at(end);
        let delimiter = match (open, after.chars().next()?) {
            (true, ')') => OrderedDelimiter::Parentheses,
            (false, ')') => OrderedDelimiter::Parenthesis,
            (false, '.') => OrderedDelimiter::Period,
            _ => return None,
        };
        let width = inner.len() + 1 + usize::from(open);
        let space = &after[1..];
        let spaces = space.len() - space.trim_start_matches([' ', '\t']).len();
        let marker = Self { inner, delimiter, width };
        let capital = delimiter == OrderedDelimiter::Period && inner.len() == 1 && is_upper(inner);
        let needed = if capital { 2 } else { 1 };
        let follows = spaces >= needed || (spaces >= 1 && space.starts_with('\t'));
        (follows && !space.trim().is_empty() && width <= WIDEST && !marker.styles().is_empty()).then_some(marker)
    }

    /// Whether CommonMark does not know it.
    pub(super) fn is_fancy(&self) -> bool {
        self.delimiter == OrderedDelimiter::Parentheses || !is_number(self.inner)
    }

    /// Whether a full stop follows the number.
    pub(super) fn has_full_stop(&self) -> bool {
        self.delimiter == OrderedDelimiter::Period
    }

    /// Each way to read it, with its number; the likelier first.
    pub(super) fn styles(&self) -> Vec<(OrderedStyle, u32)> {
        use OrderedStyle::{Decimal, LowerAlpha, LowerRoman, UpperAlpha, UpperRoman};
        if is_number(self.inner) {
            return self.inner.parse().map(|number| vec![(Decimal, number)]).unwrap_or_default();
        }
        let lower = self.inner.to_ascii_lowercase();
        let (alpha, roman) = match (is_lower(self.inner), is_upper(self.inner)) {
            (true, _) => (LowerAlpha, LowerRoman),
            (_, true) => (UpperAlpha, UpperRoman),
            _ => return Vec::new(),
        };
        let letter = (lower.len() == 1).then(|| (alpha, u32::from(lower.as_bytes()[0] - b'a') + 1));
        let numeral = value(&lower).map(|number| (roman, number));
        // Alone, `i` is more often the first of a count than the ninth letter.
        let order = if lower == "i" { [numeral, letter] } else { [letter, numeral] };
        order.into_iter().flatten().collect()
    }

    /// Whether it can be the first of a count.
    pub(super) fn is_first(&self) -> bool {
        self.styles().iter().any(|(_, number)| *number == 1)
    }

    /// Whether it makes a list by itself: "i. e." does not, nor does "(c)".
    pub(super) fn begins_a_count(&self) -> bool {
        self.is_first() && (!self.has_full_stop() || is_number(self.inner))
    }

    /// Whether `next` goes on where this one stands.
    pub(super) fn is_before(&self, next: &Marker<'_>) -> bool {
        let follows =
            |(style, number): &(OrderedStyle, u32)| next.styles().contains(&(*style, number.saturating_add(1)));
        self.delimiter == next.delimiter && self.styles().iter().any(follows)
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_lower(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_lowercase())
}

fn is_upper(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// A roman number in lower case, written as it should be.
fn value(text: &str) -> Option<u32> {
    const VALUES: [(&str, u32); 13] = [
        ("m", 1000),
        ("cm", 900),
        ("d", 500),
        ("cd", 400),
        ("c", 100),
        ("xc", 90),
        ("l", 50),
        ("xl", 40),
        ("x", 10),
        ("ix", 9),
        ("v", 5),
        ("iv", 4),
        ("i", 1),
    ];
    let (mut rest, mut number) = (text, 0);
    for (at, (numeral, value)) in VALUES.into_iter().enumerate() {
        let most = if at % 4 == 0 { 3 } else { 1 };
        for _ in 0..most {
            if let Some(after) = rest.strip_prefix(numeral) {
                (rest, number) = (after, number + value);
            }
        }
    }
    (rest.is_empty() && number > 0).then_some(number)
}

/// What follows a marker that CommonMark knows, and white space.
pub(super) fn after_common(text: &str) -> Option<&str> {
    let digits = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let rest =
        if digits.len() < text.len() { digits.strip_prefix(['.', ')'])? } else { text.strip_prefix(['-', '*', '+'])? };
    let after = rest.trim_start_matches(' ');
    (after.len() < rest.len()).then_some(after)
}

/// How a list's items count, from their markers in order: the lists that they are, each with its length.
pub(super) fn lists(markers: &[Option<Marker<'_>>]) -> Vec<(OrderedStyle, OrderedDelimiter, u32, usize)> {
    /// Ways of counting that all of a list's markers so far agree with, its delimiter, its length.
    type Open = (Vec<(OrderedStyle, u32)>, OrderedDelimiter, usize);
    let mut lists: Vec<Open> = Vec::new();
    for marker in markers {
        let Some(marker) = marker else {
            if let Some(last) = lists.last_mut() {
                last.2 += 1;
            }
            continue;
        };
        let styles = marker.styles();
        if let Some((open, delimiter, length)) = lists.last_mut()
            && *delimiter == marker.delimiter
        {
            let at = u32::try_from(*length).unwrap_or(u32::MAX);
            let goes_on = |(style, first): &(OrderedStyle, u32)| styles.contains(&(*style, first.saturating_add(at)));
            let kept: Vec<_> = open.iter().copied().filter(goes_on).collect();
            // Of CommonMark's own numbers only the first counts (5.3); others stay what they were typed as.
            let common = !marker.is_fancy() && open.iter().any(|(style, _)| *style == OrderedStyle::Decimal);
            if !kept.is_empty() || common {
                if !kept.is_empty() {
                    *open = kept;
                }
                *length += 1;
                continue;
            }
        }
        lists.push((styles, marker.delimiter, 1));
    }
    let list = |(styles, delimiter, length): (Vec<(OrderedStyle, u32)>, OrderedDelimiter, usize)| {
        let (style, start) = styles.first().copied().unwrap_or((OrderedStyle::Decimal, 1));
        (style, delimiter, start, length)
    };
    lists.into_iter().map(list).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<Vec<(OrderedStyle, u32)>> {
        Marker::read(text).map(|marker| marker.styles())
    }

    #[test]
    fn markers_are_told_from_prose() {
        use OrderedStyle::{Decimal, LowerAlpha, LowerRoman, UpperAlpha, UpperRoman};
        for (text, expected) in [
            ("12. x", Some(vec![(Decimal, 12)])),
            ("(1) x", Some(vec![(Decimal, 1)])),
            ("a) x", Some(vec![(LowerAlpha, 1)])),
            ("(iv) x", Some(vec![(LowerRoman, 4)])),
            ("i. x", Some(vec![(LowerRoman, 1), (LowerAlpha, 9)])),
            ("c) x", Some(vec![(LowerAlpha, 3), (LowerRoman, 100)])),
            ("A.  x", Some(vec![(UpperAlpha, 1)])),
            ("II. x", Some(vec![(UpperRoman, 2)])),
            ("A. Smith", None),
            ("i.e. x", None),
            ("iiii. x", None),
            ("ic) x", None),
            ("Mix. x", None),
            ("word) x", None),
            ("(a.) x", None),
            ("(a x", None),
            ("a)", None),
            ("a)x", None),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn neighbours_tell_letters_from_roman_numbers() {
        use OrderedStyle::{Decimal, LowerAlpha, LowerRoman};
        let of = |texts: &[&'static str]| {
            let markers: Vec<_> = texts.iter().map(|text| Marker::read(text)).collect();
            lists(&markers).into_iter().map(|(style, _, start, length)| (style, start, length)).collect::<Vec<_>>()
        };
        assert_eq!(of(&["g) x", "h) x", "i) x", "j) x"]), [(LowerAlpha, 7, 4)]);
        assert_eq!(of(&["i) x", "ii) x"]), [(LowerRoman, 1, 2)]);
        assert_eq!(of(&["i) x", "j) x"]), [(LowerAlpha, 9, 2)]);
        assert_eq!(of(&["i) x"]), [(LowerRoman, 1, 1)]);
        assert_eq!(of(&["a) x", "b) x", "a) x"]), [(LowerAlpha, 1, 2), (LowerAlpha, 1, 1)]);
        assert_eq!(of(&["a) x", "b) x", "g) x"]), [(LowerAlpha, 1, 2), (LowerAlpha, 7, 1)]);
        assert_eq!(of(&["a) x", "b) x", "i) x", "ii) x"]), [(LowerAlpha, 1, 2), (LowerRoman, 1, 2)]);
        assert_eq!(of(&["1. x", "1. x", "7. x"]), [(Decimal, 1, 3)]);
        assert_eq!(of(&["1) x", "(a) x"]), [(Decimal, 1, 1), (LowerAlpha, 1, 1)]);
    }
}
