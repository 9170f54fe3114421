//! Numbers as they are printed: 12, XII, l, (b).
//!
//! In: a number from 1 and a style. Out: its text.

use crate::document::{OrderedDelimiter, OrderedStyle};

/// What roman numerals are made of, from the greatest.
pub const ROMAN: [(u32, &str); 13] = [
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
];

/// A number in a style: letters go on as `aa`, `bb`, roman numbers end at 3999, beyond which, as at 0, they are decimal.
pub fn numeral(number: u32, style: OrderedStyle) -> String {
    match style {
        OrderedStyle::Decimal => number.to_string(),
        OrderedStyle::LowerAlpha => letters(number),
        OrderedStyle::UpperAlpha => letters(number).to_ascii_uppercase(),
        OrderedStyle::LowerRoman => roman(number).to_ascii_lowercase(),
        OrderedStyle::UpperRoman => roman(number),
    }
}

/// A number with what stands around it.
pub(super) fn delimited(numeral: &str, delimiter: OrderedDelimiter) -> String {
    match delimiter {
        OrderedDelimiter::Period => format!("{numeral}."),
        OrderedDelimiter::Parenthesis => format!("{numeral})"),
        OrderedDelimiter::Parentheses => format!("({numeral})"),
    }
}

/// a to z, then aa, bb, …, as Word counts letters (ECMA-376 17.18.59).
fn letters(number: u32) -> String {
    let Some(index) = number.checked_sub(1) else { return number.to_string() };
    let letter = char::from(b'a' + u8::try_from(index % 26).expect("a remainder of 26 is less than 26"));
    let times = usize::try_from(index / 26).map_or(1, |rounds| rounds + 1);
    if times > MOST_LETTERS { number.to_string() } else { std::iter::repeat_n(letter, times).collect() }
}

/// Beyond this many letters a number is decimal, as in Word.
const MOST_LETTERS: usize = 30;

fn roman(number: u32) -> String {
    if !(1..4000).contains(&number) {
        return number.to_string();
    }
    let mut rest = number;
    let mut text = String::new();
    for (value, numeral) in ROMAN {
        while rest >= value {
            text.push_str(numeral);
            rest -= value;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals() {
        use OrderedStyle::{Decimal, LowerAlpha, LowerRoman, UpperAlpha, UpperRoman};
        for (number, style, text) in [
            (12, Decimal, "12"),
            (1, LowerAlpha, "a"),
            (26, LowerAlpha, "z"),
            (27, UpperAlpha, "AA"),
            (28, UpperAlpha, "BB"),
            (53, LowerAlpha, "aaa"),
            (780, LowerAlpha, "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzz"),
            (781, LowerAlpha, "781"),
            (0, UpperAlpha, "0"),
            (4, UpperRoman, "IV"),
            (1999, LowerRoman, "mcmxcix"),
            (3999, UpperRoman, "MMMCMXCIX"),
            (4000, UpperRoman, "4000"),
            (0, LowerRoman, "0"),
            (u32::MAX, LowerAlpha, "4294967295"),
        ] {
            assert_eq!(numeral(number, style), text, "{number}");
        }
    }
}
