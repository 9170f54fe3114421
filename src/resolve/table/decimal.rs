//! Numbers of a column stand with their decimal marks one above the other.
//!
//! In: the numbers of a column that stands at its end. Out: for each cell that ends sooner than others what is to
//! stand after it: spaces as wide as digits (U+2007), a no-break space for a decimal mark, and raised ones where others have
//! a note. Gives up where units differ: such numbers are not comparable.

use super::SideTable;
use super::data::Data;
use super::number::{self, Amount, MARKS, is_digit};
use crate::document::{Block, BlockKind, Cell, Document, Ids, Inline, InlineKind, VisitMut, walk_blocks_mut};

/// What a cell lacks after its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Padding {
    /// A decimal mark.
    mark: usize,
    /// Digits.
    digits: usize,
    /// Raised digits.
    raised: usize,
}

impl Padding {
    /// The spaces that stand in the line, and those that are raised.
    pub(super) fn texts(self) -> (String, String) {
        (MARK_SPACE.repeat(self.mark) + &DIGIT_SPACE.repeat(self.digits), DIGIT_SPACE.repeat(self.raised))
    }
}

const DIGIT_SPACE: &str = "\u{2007}";
const MARK_SPACE: &str = "\u{a0}";
/// Digits after the mark beyond which nothing is aligned.
const MOST_DIGITS: usize = 12;

/// How far a number reaches beyond its units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Reach {
    mark: usize,
    digits: usize,
    raised: usize,
}

/// Finds the paddings of a column's cells.
pub(super) fn align(column: &[Data], language: &str, paddings: &mut SideTable<Padding>) {
    let amounts: Vec<(&Data, Amount<'_>)> =
        column.iter().filter_map(|data| Some((data, number::amount(&data.text)?))).collect();
    let bare = |amount: &Amount<'_>| amount.suffix.replace(MARKS, "").trim().to_owned();
    let alike = amounts.windows(2).all(|pair| bare(&pair[0].1) == bare(&pair[1].1));
    let reaches: Vec<Reach> = amounts.iter().map(|(data, amount)| reach(data, amount, language)).collect();
    let most = |of: fn(&Reach) -> usize| reaches.iter().map(of).max().unwrap_or(0);
    let (mark, digits, raised) = (most(|r| r.mark), most(|r| r.digits), most(|r| r.raised));
    if !alike || digits > MOST_DIGITS {
        return;
    }
    for ((data, _), reach) in amounts.iter().zip(&reaches) {
        let padding = Padding { mark: mark - reach.mark, digits: digits - reach.digits, raised: raised - reach.raised };
        if padding != Padding::default() {
            paddings.insert(data.cell, padding);
        }
    }
}

fn reach(data: &Data, amount: &Amount<'_>, language: &str) -> Reach {
    let decimals = decimals(amount.number, language);
    let marks = amount.suffix.chars().filter(|c| MARKS.contains(c)).count();
    Reach { mark: usize::from(decimals > 0), digits: decimals + marks, raised: data.raised }
}

/// Digits after the decimal mark. A comma or point with three digits behind it groups or divides by language; with
/// any other count it can only divide.
fn decimals(number: &str, language: &str) -> usize {
    let Some((at, last)) = number.char_indices().rev().find(|(_, c)| !is_digit(*c)) else { return 0 };
    let after = number[at + last.len_utf8()..].chars().count();
    let once = number.matches(last).count() == 1;
    let divides = match last {
        '٫' => true,
        ',' | '.' => once && (after != 3 || last == decimal_mark(language) || number.starts_with('0')),
        _ => false,
    };
    if divides { after } else { 0 }
}

/// The decimal mark of a language, by its primary subtag (CLDR, `decimal`).
fn decimal_mark(language: &str) -> char {
    const COMMA: &[&str] = &[
        "fr", "es", "ru", "de", "it", "pt", "nl", "pl", "cs", "sk", "sv", "da", "nb", "nn", "no", "fi", "tr", "uk",
        "el", "hu", "ro", "bg", "hr", "sr", "sl", "id", "vi", "ca",
    ];
    let primary = language.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    if COMMA.contains(&primary.as_str()) { ',' } else { '.' }
}

/// Puts the paddings into the tree, behind the numbers.
pub(super) fn pad(document: &mut Document, paddings: &SideTable<Padding>) {
    if paddings.is_empty() {
        return;
    }
    let mut ids = document.free_ids();
    let mut pad = Pad { paddings, ids: &mut ids };
    document.parts.iter_mut().for_each(|part| walk_blocks_mut(&mut part.blocks, &mut pad));
    document.notes.iter_mut().for_each(|note| walk_blocks_mut(&mut note.blocks, &mut pad));
}

struct Pad<'p> {
    paddings: &'p SideTable<Padding>,
    ids: &'p mut Ids,
}

impl VisitMut for Pad<'_> {
    fn block(&mut self, block: &mut Block) {
        let BlockKind::Table(table) = &mut block.kind else { return };
        for cell in table.body.iter_mut().flat_map(|row| &mut row.cells) {
            if let Some(padding) = self.paddings.get(cell.id) {
                self.pad(cell, *padding);
            }
        }
    }
}

impl Pad<'_> {
    fn pad(&mut self, cell: &mut Cell, padding: Padding) {
        let span = cell.span;
        let Some(Block { kind: BlockKind::Paragraph(content), .. }) = cell.blocks.last_mut() else { return };
        let (text, raised) = padding.texts();
        let mut push = |content: &mut Vec<Inline>, text: String| {
            if !text.is_empty() {
                content.push(Inline { id: self.ids.fresh(), span, kind: InlineKind::Text(text), change: None });
            }
        };
        push(content, text);
        let mut lifted = Vec::new();
        push(&mut lifted, raised);
        if !lifted.is_empty() {
            content.push(Inline { id: self.ids.fresh(), span, kind: InlineKind::Superscript(lifted), change: None });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comma_with_three_digits_divides_or_groups_by_language() {
        for (number, language, expected) in [
            ("12", "en", 0),
            ("12.50", "en", 2),
            ("1,234", "en", 0),
            ("1,234", "fr", 3),
            ("1,234.5", "en-GB", 1),
            ("1 234,56", "ru", 2),
            ("1.234", "de", 0),
            ("1.234", "zh", 3),
            ("0,125", "en", 3),
            ("12,5", "en", 1),
            ("1.234.567", "en", 0),
            ("١٢٫٥", "ar", 1),
        ] {
            assert_eq!(decimals(number, language), expected, "{number} {language}");
        }
    }
}
