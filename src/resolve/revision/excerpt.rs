//! Texts shortened for a list.

use crate::document::stands_alone;

/// Characters of a text that a list of changes shows.
const LONGEST: usize = 180;

/// Characters of a block by which a reader is to know it.
const OPENING: usize = 64;

/// A text on one line, cut where a word ends if it is too long for a list.
pub fn excerpt(text: &str) -> String {
    shortened(text, LONGEST)
}

/// The first words of a text.
pub(super) fn opening(text: &str) -> String {
    shortened(text, OPENING)
}

fn shortened(text: &str, room: usize) -> String {
    let line = one_line(text);
    if line.chars().count() <= room {
        return line;
    }
    let kept: String = line.chars().take(room).collect();
    let whole =
        kept.chars().last().is_some_and(stands_alone) || !line.chars().nth(room).is_some_and(char::is_alphanumeric);
    let cut = if whole { kept.as_str() } else { kept.rsplit_once(' ').map_or(kept.as_str(), |(words, _)| words) };
    format!("{}…", cut.trim_end_matches([' ', ',', ';', ':']))
}

/// The lines of a text one after another, a heading's or title's with a full stop behind it.
pub(super) fn sentences(text: &str) -> String {
    let ended = |line: &str| match line.chars().last() {
        Some(last) if stands_alone(last) => format!("{line}。"),
        Some(last) if last.is_alphanumeric() || matches!(last, ')' | '”' | '»' | '’') => format!("{line}."),
        Some(_) | None => line.to_owned(),
    };
    let mut lines: Vec<String> =
        text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect();
    if let Some((_, before)) = lines.split_last_mut() {
        before.iter_mut().for_each(|line| *line = ended(line));
    }
    lines.join(" ")
}

/// White space of any kind as one space.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Characters that are shown of a line to either side of a change.
const BESIDE: usize = 48;

/// The last words of what stands before a change in its line.
pub(super) fn last_words(text: &str) -> String {
    let from = text.char_indices().rev().take(BESIDE).last().map_or(0, |(at, _)| at);
    if from == 0 {
        return text.to_owned();
    }
    let tail = &text[from..];
    match tail.split_once(' ') {
        Some((_, words)) => format!("…\u{a0}{words}"),
        None => format!("…{tail}"),
    }
}

/// The first words of what stands behind a change in its line.
pub(super) fn first_words(text: &str) -> String {
    let Some((to, _)) = text.char_indices().nth(BESIDE) else { return text.to_owned() };
    let head = &text[..to];
    match head.rsplit_once(' ') {
        Some((words, _)) => format!("{words}\u{a0}…"),
        None => format!("{head}…"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_end_where_a_word_ends() {
        let long = "The committee recommends, ".repeat(12);
        let short = excerpt(&long);
        assert!(short.chars().count() <= LONGEST + 1 && short.ends_with("recommends…"), "{short}");
        assert_eq!(excerpt("two\n lines"), "two lines");
        assert_eq!(excerpt(&"会".repeat(200)), format!("{}…", "会".repeat(180)));
    }

    #[test]
    fn a_title_does_not_run_into_what_it_stands_above() {
        assert_eq!(
            sentences("Dissenting views\nThe delegation said so.\n\nIt left"),
            "Dissenting views. The delegation said so. It left"
        );
        assert_eq!(sentences("少数意见\n代表团"), "少数意见。 代表团");
        assert_eq!(sentences("Why?\nBecause"), "Why? Because");
    }

    #[test]
    fn what_stands_beside_a_change_is_a_few_words_of_it() {
        assert_eq!(last_words("a short line "), "a short line ");
        let line = "All the words that come before this one are far too many to be shown in a list ";
        assert_eq!(last_words(line), "…\u{a0}one are far too many to be shown in a list ");
        assert_eq!(first_words(line), "All the words that come before this one are far\u{a0}…");
        assert_eq!(first_words(""), "");
    }
}
