//! The one way in which text reaches generated Typst: as a string literal.
//!
//! In: any text. Out: a literal that Typst reads back as that text. Nothing in it is ever markup or code.

use std::fmt::Write;

/// Appends `text` as a Typst string literal.
pub(super) fn push_literal(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            _ if c.is_control() || is_layout_control(c) => {
                write!(out, "\\u{{{:x}}}", u32::from(c)).expect("writing to a string cannot fail");
            }
            _ => out.push(c),
        }
    }
    out.push('"');
}

/// Line and paragraph separators, marks of direction and the like: legal in a literal, but they make
/// generated source unreadable.
fn is_layout_control(c: char) -> bool {
    matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// What the page shows of a text: white space as CSS collapses it, and U+FFFD for what no page can hold.
pub(super) fn shown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            ' ' | '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            _ => out.push(drawable(c)),
        }
    }
    out
}

/// As [`shown`] for code: spaces are kept, tabs reach the next multiple of four columns.
pub(super) fn shown_code(text: &str, column: usize) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = column;
    for c in text.chars() {
        if c == '\t' {
            let width = 4 - at % 4;
            out.extend(std::iter::repeat_n(' ', width));
            at += width;
        } else {
            out.push(if c == '\u{2028}' || c == '\u{2029}' { ' ' } else { drawable(c) });
            at += 1;
        }
    }
    out
}

/// PDF/A-2a forbids private characters (ISO 19005-2, 6.2.11.7.3).
fn drawable(c: char) -> char {
    let private = matches!(u32::from(c), 0xE000..=0xF8FF | 0xF_0000..);
    let restricted = matches!(c, '\u{0}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}');
    if private || restricted || c.is_control() { '\u{fffd}' } else { c }
}

/// Splits `text` where a line may end, so that no piece needs more than `room` characters.
///
/// Words shorter than that stay whole: only a word that is longer is split, after punctuation where it
/// has some (as in an address), else anywhere.
pub(super) fn pieces(text: &str, room: usize) -> Vec<&str> {
    let room = room.max(4);
    let mut pieces = Vec::new();
    let mut start = 0;
    for (word_start, word) in words(text) {
        if word.chars().count() <= room {
            continue;
        }
        for cut in cuts(word, room) {
            pieces.push(&text[start..word_start + cut]);
            start = word_start + cut;
        }
    }
    pieces.push(&text[start..]);
    pieces
}

/// Runs without white space, and where each begins.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split_whitespace().map(move |word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
}

/// Where a long word may be split: byte offsets, ascending, neither 0 nor its length. After marks; and
/// where it has none for long, after every third character.
fn cuts(word: &str, room: usize) -> Vec<usize> {
    let mut cuts = Vec::new();
    let mut start = 0;
    for run in word.split_inclusive(is_break_mark) {
        if start > 0 && !run.starts_with(is_break_mark) {
            cuts.push(start);
        }
        cuts.extend(cuts_anywhere(run, room * 2 / 3).map(|at| start + at));
        start += run.len();
    }
    cuts
}

/// Where a run of letters that is longer than `room` may be split.
fn cuts_anywhere(run: &str, room: usize) -> impl Iterator<Item = usize> {
    let long = run.chars().count() > room.clamp(3, 24);
    let places = run.char_indices().skip(room.clamp(3, 24) / 2).step_by(3);
    let before = |at: usize| run[..at].chars().next_back();
    places.filter(move |&(at, c)| long && at > 0 && !joins(c) && before(at) != Some('\u{200d}')).map(|(at, _)| at)
}

fn is_break_mark(c: char) -> bool {
    matches!(c, '/' | '.' | ',' | ';' | ':' | '-' | '_' | '?' | '&' | '=' | '#' | '+' | '%' | '@' | '\\' | '|' | ')')
}

/// Characters that belong to the one before: combining marks, joiners, selectors.
fn joins(c: char) -> bool {
    matches!(u32::from(c), 0x300..=0x36F | 0x1AB0..=0x1AFF | 0x1DC0..=0x1DFF | 0x200C..=0x200F | 0x20D0..=0x20FF | 0xFE00..=0xFE0F | 0xFE20..=0xFE2F)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn literal(text: &str) -> String {
        let mut out = String::new();
        push_literal(&mut out, text);
        out
    }

    #[test]
    fn quotes_backslashes_and_controls_are_escaped() {
        assert_eq!(literal("a\"b\\c\n#read(\"x\")"), r#""a\"b\\c\u{a}#read(\"x\")""#);
    }

    /// Typst's own parser reads a literal of every scalar value back as that text: nothing in it is ever code.
    #[test]
    fn typst_reads_every_scalar_value_back() {
        use typst::syntax::ast::{self, AstNode};
        let all: Vec<char> = (0..=0x10_ffff).filter_map(char::from_u32).collect();
        for run in all.chunks(4096) {
            let text: String = run.iter().collect();
            for text in [text.clone(), format!("\")#panic(\"{text}\\")] {
                let root = typst::syntax::parse_code(&literal(&text));
                let read = root.children().find_map(ast::Str::from_untyped).map(|read| read.get().to_string());
                assert_eq!(root.children().len(), 1);
                assert_eq!(read, Some(text));
            }
        }
    }

    #[test]
    fn white_space_collapses_in_text_and_stays_in_code() {
        assert_eq!(shown("a \t\n b"), "a b");
        assert_eq!(shown_code("a\tb  c", 0), "a   b  c");
    }

    #[test]
    fn only_words_that_are_too_long_are_split() {
        assert_eq!(pieces("short words stay", 10), ["short words stay"]);
        assert_eq!(pieces("see https://example.org/a-b", 12), ["see https://", "example.", "org/", "a-", "b"]);
        let long = "x".repeat(40);
        assert!(pieces(&long, 30).iter().all(|piece| piece.len() <= 15));
        assert_eq!(pieces(&long, 30).concat(), long);
    }
}
