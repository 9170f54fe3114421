//! Texts without what an editor may change.

use std::collections::HashMap;
use std::hash::Hash;

use crate::document::stands_alone;
use crate::resolve::ChangeInfo;

/// White space of any kind as one space.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// With a capital, as a line begins.
pub(super) fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// Letters and digits alone.
pub(super) fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Words, as far as they are letters; each sign of a script without spaces is one.
pub(super) fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    for piece in text.split(|c: char| !c.is_alphanumeric()).filter(|piece| !piece.is_empty()) {
        let mut start = 0;
        for (at, c) in piece.char_indices().filter(|(_, c)| stands_alone(*c)) {
            words.extend((start < at).then(|| &piece[start..at]));
            words.push(&piece[at..at + c.len_utf8()]);
            start = at + c.len_utf8();
        }
        words.extend((start < piece.len()).then(|| &piece[start..]));
    }
    words
}

/// How many words are in both, each as often as it is.
pub(super) fn in_both<W: Eq + Hash>(one: impl IntoIterator<Item = W>, other: impl IntoIterator<Item = W>) -> usize {
    let mut there: HashMap<W, usize> = HashMap::new();
    other.into_iter().for_each(|word| *there.entry(word).or_default() += 1);
    let both = one.into_iter().filter(|word| match there.get_mut(word) {
        Some(left @ 1..) => {
            *left -= 1;
            true
        }
        Some(_) | None => false,
    });
    both.count()
}

/// What holds a digit, with the signs beside and within it ("3.5", "−12", "40%", "§ 4"), in order of value.
pub(super) fn numbers(text: &str) -> Vec<&str> {
    let pieces = text.split(|c: char| c.is_whitespace() || (c.is_alphabetic() && stands_alone(c)));
    let trimmed = pieces.map(|piece| {
        piece.trim_matches([
            '.', ',', ';', ':', '(', ')', '[', ']', '"', '“', '”', '‘', '’', '。', '，', '、', '،', '؛', '…',
        ])
    });
    let mut numbers: Vec<&str> = trimmed.filter(|piece| piece.chars().any(char::is_numeric)).collect();
    numbers.sort_unstable();
    numbers
}

/// Whether signs alone have changed, right beside a digit: "5" and "−5", "50" and "50%".
pub(super) fn is_digit_beside(change: &ChangeInfo) -> bool {
    let signs = |text: &str| !text.chars().any(|c| c.is_alphanumeric() || c.is_whitespace());
    let digit = |c: Option<char>| c.is_some_and(char::is_numeric);
    let (before, after) = (&change.text.before, &change.text.after);
    // What ends a sentence or a clause behind a number leaves it as it is.
    let marks =
        |text: &str| text.chars().all(|c| matches!(c, '.' | ',' | ';' | ':' | ')' | '”' | '»' | '。' | '，' | '、'));
    let open = change.beside.after.chars().next().is_none_or(|c| !c.is_numeric());
    signs(before)
        && signs(after)
        && !(marks(before) && marks(after) && open)
        && (digit(change.beside.before.chars().last()) || digit(change.beside.after.chars().next()))
}
