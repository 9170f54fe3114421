//! The key of a work, behind its `@` (pandoc's manual, "Citation syntax").
//!
//! In: a text. Out: the [`Key`] that it begins with. An address may be one: `@doi:10.1371/journal.pone.0000308`.

/// Signs that may stand within a key, one at a time.
const WITHIN_KEY: &str = ":.#$%&-+?<>~/";
/// No key is longer.
const LONGEST_KEY: usize = 2000;

/// Whether a key stands in brackets: there an address may go on to the next blank.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Bracket {
    Inside,
    Outside,
}

/// A key that was read.
pub(super) struct Key {
    /// Without braces.
    pub(super) text: String,
    /// Bytes of the text that it takes, braces included.
    pub(super) len: usize,
}

/// The key that a text begins with, behind its `@`.
pub(super) fn key(text: &str, bracket: Bracket) -> Option<Key> {
    if let Some(braced) = text.strip_prefix('{') {
        let inner = &braced[..braced.find('}')?];
        let valid = !inner.is_empty() && inner.len() <= LONGEST_KEY && !inner.contains(char::is_whitespace);
        return valid.then(|| Key { text: inner.to_owned(), len: inner.len() + 2 });
    }
    let strict = strict(text)?;
    let len = match bracket {
        Bracket::Inside if is_address(&text[..strict]) => address(text).max(strict),
        Bracket::Inside | Bracket::Outside => strict,
    };
    (len <= LONGEST_KEY).then(|| Key { text: text[..len].to_owned(), len })
}

/// Letters, digits and `_`, with single signs between them.
fn strict(text: &str) -> Option<usize> {
    let is_letter = |c: char| c.is_alphanumeric() || c == '_';
    if !text.starts_with(is_letter) {
        return None;
    }
    let (mut end, mut signs) = (0, 0);
    for (at, c) in text.char_indices() {
        if is_letter(c) {
            (end, signs) = (at + c.len_utf8(), 0);
        } else if WITHIN_KEY.contains(c) && (signs == 0 || text[end..].starts_with("://") && signs < 3) {
            signs += 1;
        } else {
            break;
        }
    }
    Some(end)
}

/// `doi:10.1371/…`, `url:https://…`.
fn is_address(key: &str) -> bool {
    key.split_once(':').is_some_and(|(scheme, rest)| {
        !rest.is_empty() && scheme.chars().all(|c| c.is_ascii_alphabetic()) && rest.contains(['/', '.'])
    })
}

/// An address goes on to a blank, a `;`, a `]`, or a comma that a blank follows.
fn address(text: &str) -> usize {
    let ends = |(at, c): &(usize, char)| {
        c.is_whitespace()
            || ";]".contains(*c)
            || (*c == ',' && text[at + 1..].chars().next().is_none_or(char::is_whitespace))
    };
    let end = text.char_indices().find(ends).map_or(text.len(), |(at, _)| at);
    text[..end].trim_end_matches(['.', ',', ':']).len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_pandocs() {
        for (text, outside, inside) in [
            ("smith04, p. 3", Some("smith04"), Some("smith04")),
            ("Foo_bar.baz.", Some("Foo_bar.baz"), Some("Foo_bar.baz")),
            ("Foo_bar--baz", Some("Foo_bar"), Some("Foo_bar")),
            ("{Foo_bar.baz.} x", Some("Foo_bar.baz."), Some("Foo_bar.baz.")),
            ("Обзор2020]", Some("Обзор2020"), Some("Обзор2020")),
            (
                "doi:10.1371/journal.pone.0000308; x",
                Some("doi:10.1371/journal.pone.0000308"),
                Some("doi:10.1371/journal.pone.0000308"),
            ),
            (
                "doi:10.1016/S0140-6736(20)30183-5, p. 3",
                Some("doi:10.1016/S0140-6736"),
                Some("doi:10.1016/S0140-6736(20)30183-5"),
            ),
            ("url:https://a.org/b?c=d#e]", Some("url:https://a.org/b?c"), Some("url:https://a.org/b?c=d#e")),
            (" x", None, None),
            ("{a b}", None, None),
            ("-x", None, None),
        ] {
            assert_eq!(key(text, Bracket::Outside).map(|key| key.text).as_deref(), outside, "{text}");
            assert_eq!(key(text, Bracket::Inside).map(|key| key.text).as_deref(), inside, "{text}");
        }
    }
}
