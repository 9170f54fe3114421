//! Which way each part of a paragraph's text runs.
//!
//! In: its text in pieces, in the order of reading, and its base direction. Out: each piece's runs (Unicode Standard
//! Annex 9). Never reorders or changes a character: Word shows text in its own order.

use std::ops::Range;

use unicode_bidi::{BidiClass, BidiInfo, Level, bidi_class};

use crate::document::Direction;

/// A piece of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// Text.
    Text(String),
    /// What stands for something that is no text.
    Sign(char),
}

/// Stands for a picture, or for text that runs its own way.
pub(super) const OBJECT: char = '\u{fffc}';
/// Ends what [`isolate`] begins.
pub(super) const POP: char = '\u{2069}';

/// Begins a passage of a direction.
pub(super) fn isolate(direction: Direction) -> char {
    match direction {
        Direction::LeftToRight => '\u{2066}',
        Direction::RightToLeft => '\u{2067}',
    }
}

/// Begins a passage of a direction, for programs that know no direction of runs.
pub(super) fn embedding(direction: Direction) -> char {
    match direction {
        Direction::LeftToRight => '\u{202a}',
        Direction::RightToLeft => '\u{202b}',
    }
}
/// Ends what [`embedding`] begins.
pub(super) const END_OF_EMBEDDING: char = '\u{202c}';

/// The direction of the last letter that has one.
pub(super) fn last_direction(text: &str) -> Option<Direction> {
    let letters = text.chars().rev().map(bidi_class);
    let mut strong = letters.filter(|class| matches!(class, BidiClass::L | BidiClass::R | BidiClass::AL));
    strong.next().map(|class| if class == BidiClass::L { Direction::LeftToRight } else { Direction::RightToLeft })
}

/// Whether a text has something that runs from right to left, or could make it do so.
pub(super) fn runs_backwards(text: &str) -> bool {
    // No such character is below U+0590, whose first byte in UTF-8 is 0xD6.
    let may = text.bytes().any(|byte| byte >= 0xd6);
    may && text.chars().any(|c| {
        use BidiClass::{AL, AN, R, RLE, RLI, RLO};
        matches!(bidi_class(c), R | AL | AN | RLE | RLO | RLI)
    })
}

/// The runs of each piece, in order: together they are the whole of it.
pub(super) fn runs<'p>(
    pieces: impl Iterator<Item = &'p Piece> + Clone,
    base: Direction,
) -> Vec<Vec<(Direction, Range<usize>)>> {
    let mut text = String::new();
    let mut ranges = Vec::new();
    for piece in pieces {
        let start = text.len();
        match piece {
            Piece::Text(piece) => text.push_str(piece),
            Piece::Sign(sign) => text.push(*sign),
        }
        ranges.push(start..text.len());
    }
    let level = match base {
        Direction::LeftToRight => Level::ltr(),
        Direction::RightToLeft => Level::rtl(),
    };
    let info = BidiInfo::new(&text, Some(level));
    let directions = directions(&info, level);
    ranges.into_iter().map(|range| split(&text, &directions, range)).collect()
}

/// By byte.
fn directions(info: &BidiInfo<'_>, base: Level) -> Vec<Direction> {
    let mut directions = Vec::with_capacity(info.levels.len());
    for run in info.levels.chunk_by(|a, b| a == b) {
        let (level, start) = (run[0], directions.len());
        let classes = &info.original_classes[start..start + run.len()];
        // Numbers have a level of their own within text that runs from right to left. Where the paragraph runs the
        // other way, Word would let them part that text.
        let number = level.number() > base.number() + 1 && !classes.contains(&BidiClass::L);
        let backwards = level.is_rtl() || number;
        let direction = if backwards { Direction::RightToLeft } else { Direction::LeftToRight };
        directions.extend(std::iter::repeat_n(direction, run.len()));
    }
    directions
}

fn split(text: &str, directions: &[Direction], piece: Range<usize>) -> Vec<(Direction, Range<usize>)> {
    let mut runs: Vec<(Direction, Range<usize>)> = Vec::new();
    for (at, c) in text[piece.clone()].char_indices() {
        let direction = directions[piece.start + at];
        match runs.last_mut() {
            Some((last, range)) if *last == direction => range.end = at + c.len_utf8(),
            Some(_) | None => runs.push((direction, at..at + c.len_utf8())),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use Direction::{LeftToRight, RightToLeft};

    /// The runs, those from right to left in brackets.
    fn shown(pieces: &[&str], base: Direction) -> String {
        let pieces: Vec<Piece> = pieces.iter().map(|text| Piece::Text((*text).to_owned())).collect();
        let runs = runs(pieces.iter(), base);
        let mut out = String::new();
        for (piece, runs) in pieces.iter().zip(runs) {
            let Piece::Text(text) = piece else { continue };
            out.push('|');
            for (direction, range) in runs {
                match direction {
                    LeftToRight => out.push_str(&text[range]),
                    RightToLeft => out.push_str(&format!("[{}]", &text[range])),
                }
            }
        }
        out
    }

    #[test]
    fn runs_are_as_annex_nine_has_them() {
        for (base, pieces, expected) in [
            (LeftToRight, &["plain"][..], "|plain"),
            (RightToLeft, &["مرحبا"], "|[مرحبا]"),
            (LeftToRight, &["see قرار (أول), then"], "|see [قرار (أول)], then"),
            (RightToLeft, &["انظر Word (2019)، هنا"], "|[انظر ]Word (2019)[، هنا]"),
            (RightToLeft, &["في 2024-12 عام"], "|[في ]2024[-]12[ عام]"),
            (RightToLeft, &["نسبة 3.5%"], "|[نسبة ]3.5[%]"),
            (LeftToRight, &["a قرار 2024 أول b"], "|a [قرار 2024 أول] b"),
            (RightToLeft, &["كلمة ", "bold", " (", "x", ")."], "|[كلمة ]|bold| (|x|)[.]"),
        ] {
            assert_eq!(shown(pieces, base), expected, "{pieces:?}");
        }
    }

    #[test]
    fn a_passage_has_a_direction_of_its_own() {
        let text = |text: &str| Piece::Text(text.to_owned());
        let pieces = [text("كلمة "), Piece::Sign(isolate(LeftToRight)), text("1. a!"), Piece::Sign(POP), text("!")];
        let runs = runs(pieces.iter(), RightToLeft);
        assert_eq!(runs[2], [(LeftToRight, 0..5)], "the sign at its end belongs to it");
        assert_eq!(runs[4], [(RightToLeft, 0..1)]);
    }

    proptest! {
        #[test]
        fn no_character_is_lost_or_moved(pieces in prop::collection::vec("[a-z0-9 .,()\u{5d0}-\u{5d4}\u{627}-\u{62f}\u{660}\u{200f}\u{202a}-\u{202e}\u{2066}-\u{2069}\t\n]{0,12}|\\PC{0,6}", 0..6), rtl: bool) {
            let base = if rtl { RightToLeft } else { LeftToRight };
            let pieces: Vec<Piece> = pieces.into_iter().map(Piece::Text).collect();
            let found = runs(pieces.iter(), base);
            prop_assert_eq!(found.len(), pieces.len());
            for (piece, runs) in pieces.iter().zip(found) {
                let Piece::Text(text) = piece else { continue };
                let whole: String = runs.iter().map(|(_, range)| &text[range.clone()]).collect();
                prop_assert_eq!(&whole, text);
                prop_assert!(runs.windows(2).all(|pair| pair[0].1.end == pair[1].1.start && pair[0].0 != pair[1].0));
            }
        }
    }
}
