//! Whether a cell holds a number, and where in it the number ends.
//!
//! In: a cell's text. Out: an [`Amount`], or none. A section's number such as 4.1.2, or a date, is none.

/// A number and what stands behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Amount<'t> {
    /// Digits, grouping and decimal mark.
    pub(super) number: &'t str,
    /// Per cent, a unit, a currency, marks, spaces between.
    pub(super) suffix: &'t str,
}

/// Marks that lead to something beneath the table.
pub(super) const MARKS: [char; 4] = ['*', '†', '‡', '§'];

/// Units of measurement in the form that tables have them.
const UNITS: &[&str] = &[
    "km", "m", "cm", "mm", "µm", "km²", "m²", "m³", "ha", "kg", "g", "mg", "t", "kt", "Mt", "Gt", "l", "h", "min", "s",
    "ms", "°C", "°F", "°", "K", "kW", "MW", "GW", "TW", "kWh", "MWh", "GWh", "TWh", "kB", "MB", "GB", "TB", "Mbit/s",
    "Gbit/s", "bn", "mn", "tn", "k", "pp", "pt", "percent", "per cent", "p.p.",
];

/// What stands where there is no number: not applicable, not available, not determined, in the languages of reports.
const NOTHING: &[&str] =
    &["n/a", "n.a.", "n.a", "na", "n/d", "n.d.", "nd", "s/o", "s.o.", "s/d", "н/д", "н.д.", "غ.م.", "无", "不适用"];

/// Whether a cell says nothing: empty, a dash, or that there is nothing to say.
pub(super) fn is_nothing(text: &str) -> bool {
    let bare = text.trim().trim_end_matches(MARKS);
    text.chars().all(|c| c.is_whitespace() || "-–—−…".contains(c)) || NOTHING.contains(&&*bare.to_lowercase())
}

/// Whether a text is one number, or two with a dash between them, with sign, currency, unit or per cent.
pub(super) fn is_number(text: &str) -> bool {
    amount(text).is_some()
}

/// The number that a text is; of two with a dash between them the second.
pub(super) fn amount(text: &str) -> Option<Amount<'_>> {
    let mut pieces = text.split(['–', '—']).map(str::trim).filter(|piece| !piece.is_empty());
    let (first, second, None) = (pieces.next()?, pieces.next(), pieces.next()) else { return None };
    let first = one(first)?;
    second.map_or(Some(first), one)
}

/// Whether a text is a year of our time.
pub(super) fn is_year(text: &str) -> bool {
    let text = text.trim();
    text.len() == 4 && text.parse().is_ok_and(|year: u32| (1500..2200).contains(&year))
}

const CURRENCY: &str = "$€£¥₹₣₽";

fn one(text: &str) -> Option<Amount<'_>> {
    // Accountants set what is negative in parentheses.
    let inner = text.strip_prefix('(').filter(|rest| rest.ends_with(')'));
    let text = after_prefix(inner.unwrap_or(text));
    let end = text.char_indices().rev().find(|(at, c)| is_digit(*c) && text[..*at].chars().all(belongs));
    let (last, digit) = end?;
    let (number, suffix) = text.split_at(last + digit.len_utf8());
    (is_grouped(number) && is_suffix(suffix)).then_some(Amount { number, suffix })
}

/// Without sign, currency and spaces.
fn after_prefix(text: &str) -> &str {
    let before = |c: char| c.is_whitespace() || "+-−±~<>≤≥≈".contains(c) || CURRENCY.contains(c);
    let text = text.trim_start_matches(before);
    match text.split_once(char::is_whitespace) {
        Some((code, rest)) if is_code(code) => rest.trim_start_matches(before),
        Some(_) | None => text,
    }
}

fn is_code(word: &str) -> bool {
    word.len() == 3 && word.bytes().all(|b| b.is_ascii_uppercase())
}

fn is_suffix(text: &str) -> bool {
    let meaningless = |c: char| c.is_whitespace() || MARKS.contains(&c) || "%‰٪)".contains(c) || CURRENCY.contains(c);
    let word = text.trim_matches(meaningless);
    // A unit stands apart, or is no letter.
    word.is_empty() || is_code(word) || UNITS.contains(&word)
}

/// A digit of a decimal system, Arabic ones included.
pub(super) fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('٠'..='٩').contains(&c) || ('۰'..='۹').contains(&c)
}

fn belongs(c: char) -> bool {
    is_digit(c) || ",.'’ \u{a0}\u{2009}\u{202f}٫٬".contains(c)
}

/// Digits, in groups of three where there are several, with at most one decimal mark.
fn is_grouped(text: &str) -> bool {
    let separators: Vec<char> = text.chars().filter(|c| !is_digit(*c)).collect();
    let groups: Vec<usize> = text.split(|c: char| !is_digit(c)).map(|group| group.chars().count()).collect();
    if groups.contains(&0) {
        return false;
    }
    let (Some((last, separators)), [_, middle @ .., end]) = (separators.split_last(), groups.as_slice()) else {
        return true;
    };
    let alike = separators.windows(2).all(|pair| pair[0] == pair[1]);
    let decimal = separators.first() != Some(last) && ",.٫".contains(*last);
    alike && middle.iter().all(|group| *group == 3) && (decimal || *end == 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_told_from_names_and_dates() {
        for number in [
            "0",
            "1127",
            "1,127",
            "1 127",
            "1.234.567",
            "1,234.5",
            "3.14",
            "12,5",
            "-5",
            "−5",
            "+5 %",
            "~10%",
            "$1,000",
            "€ 5",
            "10–20",
            "5 USD",
            "USD 1,200",
            "EUR -3",
            "1’000",
            "<1",
            "12*",
            "(12.5)",
            "1 127 km",
            "30 °C",
            "4.5 per cent",
            "١٬٢٣٤٫٥",
            "12 %†",
        ] {
            assert!(is_number(number), "{number}");
        }
        for other in [
            "",
            "x",
            "4.1.2",
            "20.12.2017",
            "2017-12-20",
            "V2",
            "CO 2x",
            "AB 12",
            "1st",
            "12 December",
            "1,2,3",
            "✓",
            "C7",
            ".",
            "5 apples",
        ] {
            assert!(!is_number(other), "{other}");
        }
        assert!(is_year("2017") && !is_year("2,017") && !is_year("1127") && !is_year("+201"));
        for nothing in ["", " ", "–", "---", "…", "n/a", "N/A", " n.a.*", "н/д"] {
            assert!(is_nothing(nothing), "{nothing}");
        }
        for something in ["0", "a", "none at all", "*"] {
            assert!(!is_nothing(something), "{something}");
        }
    }

    #[test]
    fn what_stands_behind_a_number_is_told_from_it() {
        assert_eq!(amount("10–1 127 km*"), Some(Amount { number: "1 127", suffix: " km*" }));
        assert_eq!(amount("12.5 %"), Some(Amount { number: "12.5", suffix: " %" }));
    }
}
