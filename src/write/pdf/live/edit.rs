//! A source brought to its new text by small edits, so that all else in it stays the same to Typst.
//!
//! Typst knows what it laid out before by the numbers of syntax nodes, among other things, and an edit renumbers what it
//! touches. A note put in changes the numbers of all that follow: one edit around them all would touch everything.

use typst::syntax::Source;

use super::chapter::Stale;

/// How far two texts are apart.
pub(super) fn compared(old: &str, new: &str) -> Stale {
    if old == new {
        Stale::Not
    } else if alike(old, new) {
        Stale::Numbers
    } else {
        Stale::Words
    }
}

/// Makes a source's text the new one.
pub(super) fn apply(source: &mut Source, new: &str) {
    let (old_lines, new_lines): (Vec<&str>, Vec<&str>) =
        (source.text().split_inclusive('\n').collect(), new.split_inclusive('\n').collect());
    let room = old_lines.len().min(new_lines.len());
    let pair = |(old, new): &(&&str, &&str)| alike(old, new);
    let before = old_lines.iter().zip(&new_lines).take_while(pair).count();
    let rest = old_lines.iter().rev().zip(new_lines.iter().rev());
    let after = rest.take(room - before).take_while(pair).count();

    let mut edits: Vec<(usize, usize, &str)> = Vec::new();
    let mut at = 0;
    let mut edit = |old: &str, new, whole: bool| {
        if old != new {
            let (prefix, suffix) = if whole { (0, 0) } else { common(old, new) };
            edits.push((at + prefix, at + old.len() - suffix, &new[prefix..new.len() - suffix]));
        }
        at += old.len();
    };
    let text = source.text().to_owned();
    for (old, new) in old_lines[..before].iter().zip(&new_lines) {
        edit(old, new, false);
    }
    let (old_end, new_end) = (old_lines.len() - after, new_lines.len() - after);
    let length = |lines: &[&str]| lines.iter().map(|line| line.len()).sum::<usize>();
    let start = length(&old_lines[..before]);
    let old_middle = &text[start..start + length(&old_lines[before..old_end])];
    let new_start = length(&new_lines[..before]);
    let new_middle = &new[new_start..new_start + length(&new_lines[before..new_end])];
    edit(old_middle, new_middle, false);
    for (old, new) in old_lines[old_end..].iter().zip(&new_lines[new_end..]) {
        edit(old, new, false);
    }
    // From the end, so that what comes before stays where it is.
    let edits: Vec<(usize, usize, String)> =
        edits.into_iter().rev().map(|(start, end, with)| (start, end, with.to_owned())).collect();
    for (start, end, with) in edits {
        source.edit(start..end, &with);
    }
}

/// Bytes at the start and at the end that two texts have in common, whole characters.
pub(super) fn common(old: &str, new: &str) -> (usize, usize) {
    let same = |(old, new): &(char, char)| old == new;
    let prefix: usize = old.chars().zip(new.chars()).take_while(same).map(|(c, _)| c.len_utf8()).sum();
    let rest = old[prefix..].chars().rev().zip(new[prefix..].chars().rev());
    (prefix, rest.take_while(same).map(|(c, _)| c.len_utf8()).sum())
}

/// Whether two texts are the same but for the numbers in them.
fn alike(old: &str, new: &str) -> bool {
    let (mut old, mut new) = (old.as_bytes(), new.as_bytes());
    loop {
        let same = old.iter().zip(new).take_while(|(a, b)| a == b).count();
        (old, new) = (&old[same..], &new[same..]);
        match (old.first(), new.first()) {
            (None, None) => return true,
            (a, b) if !a.is_some_and(u8::is_ascii_digit) && !b.is_some_and(u8::is_ascii_digit) => return false,
            _ => {}
        }
        let digits = |text: &[u8]| text.iter().take_while(|byte| byte.is_ascii_digit()).count();
        (old, new) = (&old[digits(old)..], &new[digits(new)..]);
    }
}

#[cfg(test)]
mod tests {
    use typst::syntax::Source;

    use super::*;

    #[test]
    fn numbers_are_told_from_words() {
        assert_eq!(compared("see 9 of 10", "see 9 of 10"), Stale::Not);
        assert_eq!(compared("see 9 of 10", "see 10 of 11"), Stale::Numbers);
        assert_eq!(compared("fn-9\"", "fn-10\""), Stale::Numbers);
        assert_eq!(compared("see 9", "say 9"), Stale::Words);
        assert_eq!(compared("see 9 of 10", "see 9 of 10 more"), Stale::Words);
    }

    #[test]
    fn a_source_becomes_its_new_text() {
        let cases = [
            ("#p(1)\n#p(2)\n#p(3)\n", "#p(1)\n#p(x)\n#p(2)\n#p(4)\n"),
            ("#p(1)\n#p(2)\n", "#p(2)\n"),
            ("", "#p(1)\n"),
            ("#p(1)\n", ""),
            ("#p(\"é1\")\n#q(9)", "#p(\"è1\")\n#q(10)"),
            ("a\na\na\n", "a\na\n"),
            ("a\nb\na\n", "a\nb\nc 7\nb\na\n"),
        ];
        for (old, new) in cases {
            let mut source = Source::detached(old);
            apply(&mut source, new);
            assert_eq!(source.text(), new);
        }
    }
}
