//! Text that runs from right to left, out of the order in which its glyphs are drawn.
//!
//! In: the signs of a page's marked content, as drawn. Out: its text as read. A font's glyphs are drawn from left to
//! right whichever way they are read; `ReversedChars` says so (ISO 32000-1 14.8.2.3.3), and letters of such scripts say
//! it by themselves. Typst also draws a mark that is raised or lowered apart from its letter, before it, with the text
//! of both on either.

use unicode_bidi::{BidiClass, bidi_class};

/// One sequence of marked content.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Piece {
    /// Its `MCID`.
    pub id: i64,
    /// Where its first glyph stands.
    pub start: Option<Start>,
    /// As drawn.
    pub signs: Vec<Sign>,
}

/// Where a glyph stands on its page, in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Start {
    /// From the left edge.
    pub x: f32,
    /// From the bottom.
    pub y: f32,
    /// The size of its type.
    pub size: f32,
}

/// What one glyph, or one replaced stretch, says.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Sign {
    /// Its text.
    pub text: String,
    /// Whether it stands in text whose signs are reversed.
    pub reversed: bool,
    /// From the left edge to where it, or the line of signs that it belongs to, begins.
    pub x: f32,
}

/// The text of each piece, in their order.
pub(super) fn read(mut pieces: Vec<Piece>) -> Vec<(i64, String)> {
    let mut texts = Vec::with_capacity(pieces.len());
    let mut from = 0;
    while from < pieces.len() {
        let mut end = from + 1;
        while end < pieces.len() && drawn_before(&pieces[end - 1], &pieces[end]) {
            end += 1;
        }
        if end - from > 1 {
            drop_marks(&mut pieces[from..end]);
        }
        // Pieces that were drawn the other way round take each other's text: their places follow each other.
        let group = &pieces[from..end];
        texts.extend(group.iter().zip(group.iter().rev()).map(|(place, piece)| (place.id, piece.text())));
        from = end;
    }
    texts
}

/// Whether a piece of a word is drawn before one that is read before it: a mark stands between them.
fn drawn_before(first: &Piece, second: &Piece) -> bool {
    let (Some(left), Some(right)) = (first.start, second.start) else { return false };
    let distance = right.x - left.x;
    let end_of_word = first.is_backward() && !first.holds_space() && distance < WORD;
    let marks = first.is_mark_of(second) || (second.is_mark() && end_of_word);
    marks && distance >= -0.01 && left.is_in_line_with(right)
}

/// No word is wider, in points.
const WORD: f32 = 120.0;

/// A mark's text stands with its letter.
fn drop_marks(pieces: &mut [Piece]) {
    for at in 0..pieces.len() - 1 {
        if pieces[at].is_mark_of(&pieces[at + 1]) {
            pieces[at].signs.clear();
        }
    }
}

impl Start {
    /// Raised and lowered signs stand within the height of a letter.
    fn is_in_line_with(self, other: Self) -> bool {
        (self.y - other.y).abs() < self.size.max(other.size).max(1.0) * 0.75
    }
}

impl Piece {
    fn is_mark(&self) -> bool {
        matches!(self.signs.as_slice(), [sign] if sign.is_backward() && sign.text.chars().count() > 1)
    }

    /// Whether it is the mark of a letter that the other begins with, seen from the left.
    fn is_mark_of(&self, other: &Self) -> bool {
        let beside = self.start.zip(other.start).is_some_and(|(own, other)| (own.x - other.x).abs() < 0.5);
        beside && self.is_mark() && other.signs.first().map(|sign| &sign.text) == self.signs.first().map(|s| &s.text)
    }

    fn is_backward(&self) -> bool {
        self.signs.iter().any(Sign::is_backward)
    }

    fn holds_space(&self) -> bool {
        self.signs.iter().any(|sign| sign.text.trim().is_empty())
    }

    fn text(&self) -> String {
        let mut text = String::new();
        let mut from = 0;
        while from < self.signs.len() {
            let end = from + backward(&self.signs[from..]);
            self.signs[from..end].iter().rev().for_each(|sign| text.push_str(&sign.text));
            if end == from {
                text.push_str(&self.signs[from].text);
            }
            from = end.max(from + 1);
        }
        text
    }
}

/// How many signs, from the first on, are drawn the other way round.
fn backward(signs: &[Sign]) -> usize {
    let mut end = 0;
    for (at, sign) in signs.iter().enumerate() {
        if at > 0 && sign.x < signs[at - 1].x {
            break;
        }
        if sign.is_backward() {
            end = at + 1;
        } else if sign.runs_forward() {
            break;
        }
    }
    end
}

impl Sign {
    fn is_backward(&self) -> bool {
        // The comma of Arabic is neutral, for it also parts numbers.
        let letters = |c| c == '،' || matches!(bidi_class(c), BidiClass::R | BidiClass::AL);
        self.reversed || self.text.chars().any(letters)
    }

    fn runs_forward(&self) -> bool {
        self.text.chars().any(|c| matches!(bidi_class(c), BidiClass::L | BidiClass::EN | BidiClass::AN))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(id: i64, x: f32, reversed: bool, signs: &[&str]) -> Piece {
        let sign = |text: &&str| Sign { text: (*text).to_owned(), reversed, x };
        let start = Some(Start { x, y: 700.0, size: 11.0 });
        Piece { id, start, signs: signs.iter().map(sign).collect() }
    }

    #[test]
    fn reversed_signs_are_read_from_the_right() {
        let pieces = vec![
            piece(0, 50.0, true, &["م", "ل", "س"]),
            piece(1, 40.0, true, &["(", " "]),
            piece(2, 20.0, false, &["2", "0"]),
            piece(3, 10.0, false, &["A", "-", "B"]),
        ];
        let texts: Vec<String> = read(pieces).into_iter().map(|(_, text)| text).collect();
        assert_eq!(texts, ["سلم", " (", "20", "A-B"]);
    }

    #[test]
    fn a_mark_drawn_apart_is_read_once_and_its_word_in_order() {
        let pieces = vec![
            piece(1, 60.0, true, &[" ", "و"]),
            piece(2, 20.0, true, &["ر", "ش"]),
            piece(3, 30.0, false, &["نُ"]),
            piece(4, 30.0, false, &["نُ"]),
            piece(5, 5.0, true, &["ا", "ه"]),
        ];
        let texts: Vec<String> = read(pieces).into_iter().map(|(_, text)| text).collect();
        assert_eq!(texts.concat(), "و نُشرها");
    }

    #[test]
    fn a_comma_drawn_before_the_word_with_a_mark_is_read_after_it() {
        let pieces =
            vec![piece(1, 20.0, false, &["،"]), piece(2, 23.0, false, &["اً"]), piece(3, 23.0, false, &["اً", "م"])];
        let texts: Vec<String> = read(pieces).into_iter().map(|(_, text)| text).collect();
        assert_eq!(texts.concat(), "ماً،");
        let pieces =
            vec![piece(1, 10.0, false, &["،", " "]), piece(2, 20.0, false, &["اً"]), piece(3, 20.0, false, &["اً", "م"])];
        let texts: Vec<String> = read(pieces).into_iter().map(|(_, text)| text).collect();
        assert_eq!(texts.concat(), "، ماً");
    }

    #[test]
    fn a_line_keeps_its_place_before_that_below_it() {
        let mut below = piece(2, 60.0, false, &["لا"]);
        below.start = Some(Start { x: 60.0, y: 680.0, size: 11.0 });
        let pieces = vec![piece(1, 20.0, true, &["ب", "أ"]), below];
        assert_eq!(read(pieces), [(1, "أب".to_owned()), (2, "لا".to_owned())]);
    }

    #[test]
    fn cells_beside_each_other_keep_their_places() {
        let pieces = vec![piece(1, 10.0, true, &["ب", "أ"]), piece(2, 90.0, true, &["د", "ج"])];
        assert_eq!(read(pieces), [(1, "أب".to_owned()), (2, "جد".to_owned())]);
    }
}
