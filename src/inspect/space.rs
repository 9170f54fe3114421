//! White space: how the three readers agree on it.
//!
//! In: text as a file has it. Out: text with single spaces, without characters that only say where a line may break.

/// Characters that a writer puts in for the sake of line breaking; a reader of the text does not see them.
/// Zero width space, soft hyphen, word joiner, byte order mark; and the embeddings, isolates and marks that a typesetter
/// puts around text that runs the other way.
const INVISIBLE: [char; 12] = [
    '\u{200b}', '\u{ad}', '\u{2060}', '\u{feff}', '\u{202a}', '\u{202b}', '\u{202c}', '\u{200e}', '\u{200f}',
    '\u{2066}', '\u{2067}', '\u{2069}',
];

/// Collapses white space to single spaces, none at the ends.
pub(super) fn collapse(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        let start = out.len();
        out.extend(word.chars().filter(|c| !INVISIBLE.contains(c)));
        if start > 0 && out.len() > start {
            out.insert(start, ' ');
        }
    }
    out
}

/// Code: lines and indents stay, spaces at the ends of lines and empty lines at the end do not.
pub(super) fn collapse_code(text: &str) -> String {
    let text: String = text.replace("\r\n", "\n").replace('\u{a0}', " ");
    let lines: Vec<String> =
        text.split('\n').map(|line| line.trim_end().chars().filter(|c| !INVISIBLE.contains(c)).collect()).collect();
    lines.join("\n").trim_matches('\n').to_owned()
}

/// All white space and all that only guides line breaking removed.
pub(super) fn squeeze(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !INVISIBLE.contains(c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_is_collapsed() {
        for (text, expected) in [
            ("", ""),
            ("  a \n\t b ", "a b"),
            ("a\u{a0}b", "a b"),
            ("co\u{ad}operation", "cooperation"),
            ("a \u{200b} b", "a b"),
            ("\u{feff}a", "a"),
        ] {
            assert_eq!(collapse(text), expected, "{text:?}");
        }
    }

    #[test]
    fn code_keeps_its_lines() {
        assert_eq!(collapse_code("\n  a  \n\n    b\n\n"), "  a\n\n    b");
    }

    #[test]
    fn nothing_but_ink_is_left() {
        assert_eq!(squeeze(" a\u{200b} b\n"), "ab");
    }
}
