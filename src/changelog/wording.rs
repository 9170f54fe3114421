//! What a change of words touches.
//!
//! In: the words that went and those that came. Out: the first rule that fits: numbers and obligations come before anything that may be taken for
//! editorial, so that a comma within a number is a number, and "shall" for "may" is no small word.

use super::class::Reason;
use super::fold::{is_digit_beside, letters, numbers, one_line, words};
use super::{obligation, spelling};
use crate::document::word_count;
use crate::resolve::{ChangeInfo, ChangeObject, PlaceInfo};

/// Words from which on something put in or taken out may be a sentence.
const SENTENCE: usize = 4;

/// The rule for a change of words.
pub(super) fn reason(change: &ChangeInfo, place: &PlaceInfo, language: &str) -> Reason {
    let (before, after) = (change.text.before.as_str(), change.text.after.as_str());
    if is_spaced_alike(change) {
        return Reason::Space;
    }
    let table = matches!(place.object, ChangeObject::Table);
    if numbers(before) != numbers(after) || is_digit_beside(change) {
        return if table { Reason::TableFigure } else { Reason::Number };
    }
    if obligation::words(before, &change.beside) != obligation::words(after, &change.beside) {
        return Reason::Obligation;
    }
    if letters(before) == letters(after) {
        return Reason::Punctuation;
    }
    if letters(before).to_lowercase() == letters(after).to_lowercase() {
        return Reason::Capitals;
    }
    if spelling::same(before, after) {
        return Reason::Spelling;
    }
    if small_words(&words(before), &words(after), language) {
        return Reason::SmallWords;
    }
    match place.object {
        ChangeObject::Recommendation => Reason::Recommendation,
        ChangeObject::Heading => Reason::Title,
        _ if is_sentence(before) != is_sentence(after) => Reason::Sentence,
        ChangeObject::Words
        | ChangeObject::Link
        | ChangeObject::Paragraph
        | ChangeObject::Passage
        | ChangeObject::Section
        | ChangeObject::List
        | ChangeObject::ListItem
        | ChangeObject::Term
        | ChangeObject::Quote
        | ChangeObject::Box
        | ChangeObject::Code
        | ChangeObject::Figure
        | ChangeObject::Table
        | ChangeObject::Row
        | ChangeObject::Column
        | ChangeObject::Cell
        | ChangeObject::Formula
        | ChangeObject::Note
        | ChangeObject::Rule => Reason::Wording,
    }
}

/// Whether both say the same but for white space.
pub(super) fn is_spaced_alike(change: &ChangeInfo) -> bool {
    one_line(&change.text.before) == one_line(&change.text.after)
}

fn is_sentence(text: &str) -> bool {
    let ended = text.trim_end().ends_with(['.', '!', '?', '。', '！', '？', '؟']);
    ended && word_count(text) >= SENTENCE
}

/// Whether what is in one text alone are articles and relative pronouns, in a language that has them as words. "UN" is no article.
fn small_words(before: &[&str], after: &[&str], language: &str) -> bool {
    let small: &[&str] = match language {
        "en" => &["a", "an", "the", "that", "which"],
        "fr" => &["le", "la", "les", "l", "un", "une", "des", "du", "de", "d", "que", "qui"],
        "es" => &["el", "la", "los", "las", "un", "una", "unos", "unas", "que", "de"],
        "zh" => &["的", "了", "之"],
        _ => return false,
    };
    let plain = |word: &&&str| {
        let capital = word.chars().skip(1).any(char::is_uppercase);
        !capital && small.contains(&word.to_lowercase().as_str())
    };
    let rest = |words: &[&str]| -> Vec<String> {
        words.iter().filter(|word| !plain(word)).map(|word| word.to_lowercase()).collect()
    };
    rest(before) == rest(after)
}
