//! Whether a cell holds a number.
//!
//! In: a cell's text. Out: yes or no. A section's number such as 4.1.2, or a date, is none.

/// Whether a cell says nothing: empty, or a dash.
pub(super) fn is_nothing(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || "-–—−…".contains(c))
}

/// Whether a text is one number, or two with a dash between them, with sign, currency or per cent.
pub(super) fn is_number(text: &str) -> bool {
    let mut pieces = text.split(['–', '—']).map(str::trim).filter(|piece| !piece.is_empty());
    let (Some(first), second, None) = (pieces.next(), pieces.next(), pieces.next()) else { return false };
    is_amount(first) && second.is_none_or(is_amount)
}

/// Whether a text is a year of our time.
pub(super) fn is_year(text: &str) -> bool {
    let text = text.trim();
    text.len() == 4 && text.parse().is_ok_and(|year: u32| (1500..2200).contains(&year))
}

fn is_amount(text: &str) -> bool {
    const CURRENCY: &str = "$€£¥₹₣";
    let before = |c: char| c.is_whitespace() || "+-−±~<>≤≥≈".contains(c) || CURRENCY.contains(c);
    let after = |c: char| c.is_whitespace() || "%‰*†".contains(c) || CURRENCY.contains(c);
    let text = text.trim_start_matches(before).trim_end_matches(after);
    let is_code = |word: &str| word.len() == 3 && word.bytes().all(|b| b.is_ascii_uppercase());
    let text = match text.split_once(char::is_whitespace) {
        Some((code, rest)) if is_code(code) => rest,
        _ => text.rsplit_once(char::is_whitespace).filter(|(_, code)| is_code(code)).map_or(text, |(rest, _)| rest),
    };
    is_grouped(text.trim_matches(before).trim_end_matches(after))
}

/// Digits, in groups of three where there are several, with at most one decimal mark.
fn is_grouped(text: &str) -> bool {
    let separators: Vec<char> = text.chars().filter(|c| !c.is_ascii_digit()).collect();
    let groups: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).collect();
    let allowed = separators.iter().all(|c| ",.'’ \u{a0}\u{2009}\u{202f}".contains(*c));
    if !allowed || groups.iter().any(|group| group.is_empty()) {
        return false;
    }
    let (Some((last, separators)), [_, middle @ .., end]) = (separators.split_last(), groups.as_slice()) else {
        return true;
    };
    let alike = separators.windows(2).all(|pair| pair[0] == pair[1]);
    let decimal = separators.first() != Some(last) && ",.".contains(*last);
    alike && middle.iter().all(|group| group.len() == 3) && (decimal || end.len() == 3)
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
        ] {
            assert!(!is_number(other), "{other}");
        }
        assert!(is_year("2017") && !is_year("2,017") && !is_year("1127") && !is_year("+201"));
        for nothing in ["", " ", "–", "---", "…"] {
            assert!(is_nothing(nothing), "{nothing}");
        }
    }
}
