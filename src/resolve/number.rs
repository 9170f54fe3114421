use crate::document::{HeadingLevel, OrderedDelimiter, OrderedStyle};

/// Counts headings of levels 1 to 6, each restarting beneath the one above.
#[derive(Debug, Clone, Default)]
pub(super) struct HeadingCounter {
    counts: [u32; 6],
}

impl HeadingCounter {
    /// Counts a heading and hands back the numbers from level 1 down to its own.
    pub(super) fn step(&mut self, level: HeadingLevel) -> &[u32] {
        let index = usize::from(level.get()) - 1;
        self.counts[index] += 1;
        self.counts[index + 1..].fill(0);
        &self.counts[..=index]
    }

    /// A heading without a number: what stands beneath it counts afresh.
    pub(super) fn restart_beneath(&mut self, level: HeadingLevel) {
        self.counts[usize::from(level.get())..].fill(0);
    }
}

/// A level's own number as documents of the United Nations print it: I., A., 1., (a), (i), (1).
pub(super) fn united_nations(level: HeadingLevel, count: u32) -> String {
    match level.get() {
        1 => format!("{}.", roman(count)),
        2 => format!("{}.", letters(count)),
        3 => format!("{count}."),
        4 => format!("({})", letters(count).to_lowercase()),
        5 => format!("({})", roman(count).to_lowercase()),
        _ => format!("({count})"),
    }
}

/// An ordered item's marker.
pub(super) fn marker(style: OrderedStyle, delimiter: OrderedDelimiter, count: u32) -> String {
    let number = match style {
        OrderedStyle::Decimal => count.to_string(),
        OrderedStyle::LowerAlpha => letters(count).to_lowercase(),
        OrderedStyle::UpperAlpha => letters(count),
        OrderedStyle::LowerRoman => roman(count).to_lowercase(),
        OrderedStyle::UpperRoman => roman(count),
    };
    match delimiter {
        OrderedDelimiter::Period => format!("{number}."),
        OrderedDelimiter::Parenthesis => format!("{number})"),
        OrderedDelimiter::Parentheses => format!("({number})"),
    }
}

/// A to Z, then AA, BB, …, as Word counts letters (ECMA-376 17.18.59); zero has none and stays "0".
fn letters(count: u32) -> String {
    let Some(index) = count.checked_sub(1) else { return "0".to_owned() };
    let letter = char::from(b'A' + u8::try_from(index % 26).expect("below 26"));
    std::iter::repeat_n(letter, index as usize / 26 + 1).collect()
}

/// Roman capitals up to 3,999; beyond it, and for zero, digits.
pub(super) fn roman(count: u32) -> String {
    const DIGITS: [(u32, &str); 13] = [
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
    if count == 0 || count > 3999 {
        return count.to_string();
    }
    let mut left = count;
    let mut text = String::new();
    for (value, digit) in DIGITS {
        while left >= value {
            text.push_str(digit);
            left -= value;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_in_print() {
        assert_eq!(
            [1, 4, 9, 14, 49, 1994, 0, 4000].map(roman),
            ["I", "IV", "IX", "XIV", "XLIX", "MCMXCIV", "0", "4000"]
        );
        assert_eq!([0, 1, 26, 27, 53].map(letters), ["0", "A", "Z", "AA", "AAA"]);
        let level = HeadingLevel::new;
        let printed: Vec<String> = (1..=6).map(|n| united_nations(level(n), 2)).collect();
        assert_eq!(printed, ["II.", "B.", "2.", "(b)", "(ii)", "(2)"]);
        assert_eq!(marker(OrderedStyle::LowerAlpha, OrderedDelimiter::Parentheses, 3), "(c)");
    }

    #[test]
    fn a_level_restarts_beneath_the_one_above() {
        let mut counter = HeadingCounter::default();
        let level = HeadingLevel::new;
        assert_eq!(counter.step(level(1)), [1]);
        assert_eq!(counter.step(level(2)), [1, 1]);
        assert_eq!(counter.step(level(2)), [1, 2]);
        assert_eq!(counter.step(level(1)), [2]);
        assert_eq!(counter.step(level(2)), [2, 1]);
    }
}
