use super::super::xml::LevelFormat;
use crate::document::OrderedStyle;
use crate::resolve::{NumberPattern, Parents, ROMAN, numeral};

/// A number and what stands around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Template {
    /// How it counts.
    pub format: LevelFormat,
    /// Before the number.
    pub before: String,
    /// After the number.
    pub after: &'static str,
    /// Whether the numbers of the levels above are part of it.
    pub parents: Parents,
}

impl Template {
    /// Of a list whose numbers stand alone.
    pub fn plain(format: LevelFormat, before: &str, after: &'static str) -> Self {
        Self { format, before: before.to_owned(), after, parents: Parents::Absent }
    }

    /// Of a level of headings.
    pub fn of(pattern: &NumberPattern) -> Self {
        let before = pattern.word.replace('%', "") + pattern.before;
        Self { format: LevelFormat::of(pattern.style), before, after: pattern.after, parents: pattern.parents }
    }

    /// `w:lvlText` at a level from 0.
    pub fn text(&self, level: u8) -> String {
        let first = match self.parents {
            Parents::Absent => level,
            Parents::Joined => 0,
        };
        let places: Vec<String> = (first..=level).map(|level| format!("%{}", level + 1)).collect();
        format!("{}{}{}", self.before, places.join("."), self.after)
    }
}

/// What a counter must stand at for Word to show a heading's `number`; `None` if it never shows it. `above` are the
/// templates and counters of the levels above.
pub(super) fn heading_value(
    template: &Template,
    number: &str,
    above: impl Iterator<Item = (LevelFormat, Option<u32>)>,
) -> Option<u32> {
    match template.parents {
        Parents::Absent => value(template, number),
        Parents::Joined => {
            let mut before = template.before.clone();
            for (format, count) in above {
                before = before + &show(format, count?)? + ".";
            }
            value(&Template { before, ..template.clone() }, number)
        }
    }
}

/// What a counter must stand at for Word to show `number`; `None` if it never shows it.
pub(super) fn value(template: &Template, number: &str) -> Option<u32> {
    let inner = number.strip_prefix(template.before.as_str())?.strip_suffix(template.after)?;
    let value = match template.format {
        LevelFormat::Decimal => inner.parse().ok()?,
        LevelFormat::LowerLetter | LevelFormat::UpperLetter => letters(inner)?,
        LevelFormat::LowerRoman | LevelFormat::UpperRoman => roman(&inner.to_ascii_uppercase())?,
        LevelFormat::Bullet | LevelFormat::None => return None,
    };
    (show(template.format, value)? == inner).then_some(value)
}

/// A number as Word shows it (`ST_NumberFormat`, ECMA-376 17.18.59); `None` beyond what the report's own counting has.
fn show(format: LevelFormat, value: u32) -> Option<String> {
    if value > 32_767 || (value == 0 && format != LevelFormat::Decimal) {
        return None;
    }
    let style = match format {
        LevelFormat::Decimal => OrderedStyle::Decimal,
        LevelFormat::LowerLetter => OrderedStyle::LowerAlpha,
        LevelFormat::UpperLetter => OrderedStyle::UpperAlpha,
        LevelFormat::LowerRoman => OrderedStyle::LowerRoman,
        LevelFormat::UpperRoman => OrderedStyle::UpperRoman,
        LevelFormat::Bullet | LevelFormat::None => return None,
    };
    Some(numeral(value, style))
}

/// Word repeats a letter after the alphabet's end: z, aa, bb.
fn letters(text: &str) -> Option<u32> {
    let first = text.bytes().next()?.to_ascii_lowercase();
    if !first.is_ascii_lowercase() {
        return None;
    }
    u32::try_from((text.len() - 1) * 26).ok()?.checked_add(u32::from(first - b'a') + 1)
}

fn roman(text: &str) -> Option<u32> {
    let (mut rest, mut value) = (text, 0);
    for (weight, letters) in ROMAN {
        while let Some(after) = rest.strip_prefix(letters) {
            value += weight;
            rest = after;
        }
    }
    (rest.is_empty() && !text.is_empty()).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_word_would_show_has_a_value() {
        use LevelFormat::{Decimal, LowerLetter, LowerRoman, UpperLetter, UpperRoman};
        for (format, before, after, number, expected) in [
            (UpperRoman, "", ".", "IV.", Some(4)),
            (UpperRoman, "", ".", "IIII.", None),
            (UpperRoman, "Annex ", ".", "Annex XIX.", Some(19)),
            (UpperRoman, "", ".", "A.", None),
            (LowerLetter, "(", ")", "(c)", Some(3)),
            (LowerLetter, "(", ")", "(bb)", Some(28)),
            (LowerLetter, "(", ")", "(ab)", None),
            (UpperLetter, "", ".", "Z.", Some(26)),
            (LowerRoman, "(", ")", "(ix)", Some(9)),
            (Decimal, "", ".", "12.", Some(12)),
            (Decimal, "", ".", "012.", None),
            (Decimal, "", ".", "12", None),
            (Decimal, "", ".", "0.", Some(0)),
            (LowerLetter, "", ".", "0.", None),
        ] {
            assert_eq!(value(&Template::plain(format, before, after), number), expected, "{number}");
        }
    }

    #[test]
    fn a_number_that_holds_those_above_is_words_if_they_are() {
        let joined = Template { parents: Parents::Joined, ..Template::plain(LevelFormat::Decimal, "", "") };
        assert_eq!(joined.text(2), "%1.%2.%3");
        for (number, first, expected) in
            [("B.1.4", Some(2), Some(4)), ("B.2.4", Some(2), None), ("C.1.4", Some(2), None), ("B.1.4", None, None)]
        {
            let above = [(LevelFormat::UpperLetter, first), (LevelFormat::Decimal, Some(1))];
            assert_eq!(heading_value(&joined, number, above.into_iter()), expected, "{number}");
        }
    }
}
