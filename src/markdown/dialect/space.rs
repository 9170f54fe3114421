//! Headings whose marks a no-break space follows, as some keyboards type it.

/// The text with two spaces in the place of each such space, so that every byte stays where it is; `None` where
/// there is none.
pub(in super::super) fn spaced(text: &str, is_code: impl Fn(usize) -> bool) -> Option<String> {
    const SPACE: char = '\u{a0}';
    if !text.contains("#\u{a0}") {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    for (index, line) in text.split_inclusive('\n').enumerate() {
        let marks = line.trim_start_matches(' ');
        let rest = marks.trim_start_matches('#');
        let level = marks.len() - rest.len();
        if (1..=6).contains(&level) && rest.starts_with(SPACE) && line.len() - marks.len() < 4 && !is_code(index + 1) {
            out.push_str(&line[..line.len() - rest.len()]);
            out.push_str("  ");
            out.push_str(&rest[SPACE.len_utf8()..]);
        } else {
            out.push_str(line);
        }
    }
    Some(out)
}
