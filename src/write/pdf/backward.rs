//! Letters that run from right to left, set so that they are read in their order.
//!
//! Typst tags a line's pieces in the order of reading, but draws the glyphs of one piece from left to right, and parts
//! a piece where the font changes, or where a mark is raised above its letter. What comes of it is then tagged
//! backwards. So each stretch of such letters is a piece of its own, in one font that also has the spaces between its
//! words; and each word with marks is one again.

use super::escape;
use super::generator::Generator;
use crate::document::Direction;
use crate::style::Script;

impl Generator<'_> {
    /// Text as an argument that is shown.
    pub(super) fn shown(&mut self, text: &str) {
        let text = escape::shown(text);
        if text.contains(runs_backward) {
            self.sequence(|g| g.letters(&text));
        } else {
            self.out.literal(&text);
        }
    }

    /// Such a text or `none`.
    pub(super) fn optional_shown(&mut self, text: Option<&str>) {
        match text {
            Some(text) => self.shown(text),
            None => self.out.push("none"),
        }
    }

    /// Text as statements of its own.
    pub(super) fn letters(&mut self, text: &str) {
        let direction = self.doc.language.direction;
        // No such letter is below U+0590, whose first byte in UTF-8 is 0xD6.
        if direction == Direction::LeftToRight && !text.bytes().any(|byte| byte >= 0xd6) {
            return self.statement_literal(text);
        }
        for stretch in stretches(text, direction) {
            match stretch {
                Stretch::Other(text) => self.statement_literal(text),
                Stretch::Backward(text) => {
                    self.statement("backward(");
                    self.out.literal(text);
                    self.out.push(")");
                }
            }
        }
    }
}

/// Part of a text.
#[derive(Debug, PartialEq, Eq)]
enum Stretch<'t> {
    /// Letters that run from right to left, and spaces between them.
    Backward(&'t str),
    /// Anything else.
    Other(&'t str),
}

/// In a report that runs from right to left (`direction`) all spaces are of its letters' font, and so stand apart from
/// signs beside them.
fn stretches(text: &str, direction: Direction) -> Vec<Stretch<'_>> {
    let other = |text, found: &mut Vec<_>| match direction {
        Direction::LeftToRight => found.push(Stretch::Other(text)),
        Direction::RightToLeft => signs(text, found),
    };
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(runs_backward) {
        if start > 0 {
            other(&rest[..start], &mut found);
        }
        let (stretch, after) = rest[start..].split_at(length(&rest[start..]));
        parts(stretch, &mut found);
        rest = after;
    }
    if !rest.is_empty() {
        other(rest, &mut found);
    }
    found
}

/// Spaces, but for those between words, and what stands between them.
fn signs<'t>(text: &'t str, found: &mut Vec<Stretch<'t>>) {
    let mut from = 0;
    for (at, _) in text.match_indices(' ') {
        let before = text[..at].chars().next_back().is_some_and(char::is_alphanumeric);
        if before && text[at + 1..].starts_with(char::is_alphanumeric) {
            continue;
        }
        if at > from {
            found.push(Stretch::Other(&text[from..at]));
        }
        found.push(Stretch::Backward(&text[at..=at]));
        from = at + 1;
    }
    if from < text.len() {
        found.push(Stretch::Other(&text[from..]));
    }
}

/// Up to the last such letter before anything that is neither one nor a space.
fn length(text: &str) -> usize {
    let mut end = 0;
    for (at, c) in text.char_indices() {
        if runs_backward(c) {
            end = at + c.len_utf8();
        } else if c != ' ' {
            break;
        }
    }
    end
}

/// Words with marks each, and what stands between them.
fn parts<'t>(stretch: &'t str, found: &mut Vec<Stretch<'t>>) {
    let mut from = 0;
    for word in stretch.split(' ').filter(|word| word.contains(is_mark)) {
        let start = word.as_ptr() as usize - stretch.as_ptr() as usize;
        if start > from {
            found.push(Stretch::Backward(&stretch[from..start]));
        }
        found.push(Stretch::Backward(word));
        from = start + word.len();
    }
    if from < stretch.len() {
        found.push(Stretch::Backward(&stretch[from..]));
    }
}

fn runs_backward(c: char) -> bool {
    is_mark(c) || Script::of(c).is_some_and(Script::runs_backward)
}

/// Vowels and other marks of Hebrew, Arabic and Syriac.
fn is_mark(c: char) -> bool {
    matches!(u32::from(c),
        0x591..=0x5BD | 0x5BF | 0x5C1..=0x5C2 | 0x5C4..=0x5C5 | 0x5C7 | 0x610..=0x61A | 0x64B..=0x65F | 0x670
        | 0x6D6..=0x6DC | 0x6DF..=0x6E4 | 0x6E7..=0x6E8 | 0x6EA..=0x6ED | 0x711 | 0x730..=0x74A | 0x8D3..=0x8FF)
}

#[cfg(test)]
mod tests {
    use super::Stretch::{Backward, Other};
    use super::*;

    #[test]
    fn a_stretch_ends_where_its_letters_do_and_words_with_marks_stand_alone() {
        use Direction::{LeftToRight, RightToLeft};
        assert_eq!(stretches("plain — text", LeftToRight), [Other("plain — text")]);
        assert_eq!(stretches("بن: «ok to", RightToLeft), [Backward("بن"), Other(":"), Backward(" "), Other("«ok to")]);
        assert_eq!(
            stretches("في عام (2024) كان أيضاً هنا.", LeftToRight),
            [Backward("في عام"), Other(" (2024) "), Backward("كان "), Backward("أيضاً"), Backward(" هنا"), Other(".")]
        );
    }
}
