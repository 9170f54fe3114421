//! `p. 3`, `pp. 3–5, 7`, `§ 12`: where in a work a citation points.
//!
//! In: what stands behind a key. Out: a [`Locator`] and how much of the text it took. Terms are pandoc's in English
//! and the usual ones of the other languages of the United Nations.

use crate::document::{Locator, LocatorKind};

/// Whether a number without a term needs a comma before it to be a page.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Comma {
    /// It does: `[@key, 3]`.
    Asked,
    /// The bracket says it: `@key [3]`.
    Given,
}

/// A locator that was read.
pub(super) struct Read {
    pub(super) locator: Locator,
    /// Bytes that it took, with what stands before it.
    pub(super) len: usize,
}

const TERMS: &[(&str, LocatorKind)] = &[
    ("p", LocatorKind::Page),
    ("pp", LocatorKind::Page),
    ("page", LocatorKind::Page),
    ("pages", LocatorKind::Page),
    ("pág", LocatorKind::Page),
    ("págs", LocatorKind::Page),
    ("página", LocatorKind::Page),
    ("páginas", LocatorKind::Page),
    ("с", LocatorKind::Page),
    ("стр", LocatorKind::Page),
    ("ص", LocatorKind::Page),
    ("صفحة", LocatorKind::Page),
    ("页", LocatorKind::Page),
    ("bk", LocatorKind::Book),
    ("bks", LocatorKind::Book),
    ("book", LocatorKind::Book),
    ("books", LocatorKind::Book),
    ("ch", LocatorKind::Chapter),
    ("chap", LocatorKind::Chapter),
    ("chaps", LocatorKind::Chapter),
    ("chapter", LocatorKind::Chapter),
    ("chapters", LocatorKind::Chapter),
    ("chapitre", LocatorKind::Chapter),
    ("cap", LocatorKind::Chapter),
    ("capítulo", LocatorKind::Chapter),
    ("гл", LocatorKind::Chapter),
    ("глава", LocatorKind::Chapter),
    ("الفصل", LocatorKind::Chapter),
    ("col", LocatorKind::Column),
    ("cols", LocatorKind::Column),
    ("column", LocatorKind::Column),
    ("columns", LocatorKind::Column),
    ("fig", LocatorKind::Figure),
    ("figs", LocatorKind::Figure),
    ("figure", LocatorKind::Figure),
    ("figures", LocatorKind::Figure),
    ("рис", LocatorKind::Figure),
    ("fol", LocatorKind::Folio),
    ("fols", LocatorKind::Folio),
    ("folio", LocatorKind::Folio),
    ("folios", LocatorKind::Folio),
    ("no", LocatorKind::Issue),
    ("nos", LocatorKind::Issue),
    ("number", LocatorKind::Issue),
    ("numbers", LocatorKind::Issue),
    ("issue", LocatorKind::Issue),
    ("issues", LocatorKind::Issue),
    ("l", LocatorKind::Line),
    ("ll", LocatorKind::Line),
    ("line", LocatorKind::Line),
    ("lines", LocatorKind::Line),
    ("n", LocatorKind::Note),
    ("nn", LocatorKind::Note),
    ("note", LocatorKind::Note),
    ("notes", LocatorKind::Note),
    ("op", LocatorKind::Opus),
    ("opp", LocatorKind::Opus),
    ("opus", LocatorKind::Opus),
    ("para", LocatorKind::Paragraph),
    ("paras", LocatorKind::Paragraph),
    ("paragraph", LocatorKind::Paragraph),
    ("paragraphs", LocatorKind::Paragraph),
    ("paragraphe", LocatorKind::Paragraph),
    ("párr", LocatorKind::Paragraph),
    ("párrafo", LocatorKind::Paragraph),
    ("párrs", LocatorKind::Paragraph),
    ("п", LocatorKind::Paragraph),
    ("пп", LocatorKind::Paragraph),
    ("пункт", LocatorKind::Paragraph),
    ("الفقرة", LocatorKind::Paragraph),
    ("¶", LocatorKind::Paragraph),
    ("¶¶", LocatorKind::Paragraph),
    ("pt", LocatorKind::Part),
    ("pts", LocatorKind::Part),
    ("part", LocatorKind::Part),
    ("parts", LocatorKind::Part),
    ("sec", LocatorKind::Section),
    ("secs", LocatorKind::Section),
    ("sect", LocatorKind::Section),
    ("section", LocatorKind::Section),
    ("sections", LocatorKind::Section),
    ("разд", LocatorKind::Section),
    ("§", LocatorKind::Section),
    ("§§", LocatorKind::Section),
    ("s.v", LocatorKind::SubVerbo),
    ("s.vv", LocatorKind::SubVerbo),
    ("tbl", LocatorKind::Table),
    ("table", LocatorKind::Table),
    ("tables", LocatorKind::Table),
    ("табл", LocatorKind::Table),
    ("v", LocatorKind::Verse),
    ("vv", LocatorKind::Verse),
    ("verse", LocatorKind::Verse),
    ("verses", LocatorKind::Verse),
    ("vol", LocatorKind::Volume),
    ("vols", LocatorKind::Volume),
    ("volume", LocatorKind::Volume),
    ("volumes", LocatorKind::Volume),
    ("т", LocatorKind::Volume),
];

/// The locator that a text begins with.
pub(super) fn read(text: &str, comma: Comma) -> Option<Read> {
    let trimmed = text.trim_start();
    let behind = trimmed.strip_prefix(',');
    let body = behind.unwrap_or(trimmed).trim_start();
    let start = text.len() - body.len();
    if let Some(braced) = body.strip_prefix('{') {
        let inner = &braced[..braced.find('}')?];
        let (kind, len) = term(inner).unwrap_or((LocatorKind::Page, 0));
        let value = dashed(inner[len..].trim());
        let len = start + inner.len() + 2;
        return (!value.is_empty()).then_some(Read { locator: Locator { kind, value }, len });
    }
    let (kind, len, named) = match term(body) {
        Some((kind, len)) => (kind, len, true),
        None => (LocatorKind::Page, 0, false),
    };
    if !named && behind.is_none() && comma == Comma::Asked {
        return None;
    }
    let length = if kind == LocatorKind::SubVerbo { body[len..].trim_end().len() } else { value(&body[len..], named) };
    let value = dashed(&body[len..len + length]);
    (!value.is_empty()).then_some(Read { locator: Locator { kind, value }, len: start + len + length })
}

/// The term that a text begins with and its length, with its full stop and the blank behind it.
fn term(text: &str) -> Option<(LocatorKind, usize)> {
    let fits = |(term, kind): &(&str, LocatorKind)| {
        let head = text.get(..term.len())?;
        let same = head == *term || head.to_lowercase() == *term;
        let rest = text[term.len()..].trim_start_matches('.').trim_start();
        let ends = !text[term.len()..].starts_with(char::is_alphabetic);
        (same && ends && !rest.is_empty()).then(|| (*kind, text.len() - rest.len(), term.len()))
    };
    TERMS.iter().filter_map(fits).max_by_key(|(.., len)| *len).map(|(kind, len, _)| (kind, len))
}

/// How much of a text is numbers: `3`, `iv–ix`, `33, 35-37 & 40`.
fn value(text: &str, named: bool) -> usize {
    let mut end = 0;
    loop {
        let rest = &text[end..];
        let before = rest.len() - rest.trim_start_matches([' ', ',', '&', '\u{a0}']).len();
        let joined = end == 0 || rest[..before].contains([',', '&']) || rest[..before].is_empty();
        let word = &rest[before..];
        let len = word.find([' ', ',', ';', '\u{a0}']).unwrap_or(word.len());
        if (end == 0 && before > 0) || !joined || len == 0 || !is_number(&word[..len], named) {
            return end;
        }
        end += before + word[..len].trim_end_matches(['.', ':']).len();
    }
}

/// Whether a word counts something; a Roman numeral only where a term says so.
fn is_number(word: &str, named: bool) -> bool {
    let roman = |part: &str| !part.is_empty() && part.chars().all(|c| "ivxlcdmIVXLCDM".contains(c));
    let bare = |part: &str| part.trim_matches(['(', ')', '[', ']', '.', ':']).to_owned();
    let numeric = |part: &str| part.chars().any(char::is_numeric) || (named && (roman(part) || letter(part)));
    dashed(word).split(['-', '–', '—']).all(|part| numeric(&bare(part)))
}

/// Dashes as TeX has them, `--` and `---`, are those that they stand for.
fn dashed(text: &str) -> String {
    text.replace("---", "—").replace("--", "–")
}

/// A section may be a letter.
fn letter(part: &str) -> bool {
    let mut chars = part.chars();
    chars.next().is_some_and(char::is_uppercase) && chars.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locators_are_pandocs() {
        use LocatorKind::{Chapter, Figure, Page, Paragraph, Section};
        for (text, expected) in [
            (", p. 3", Some((Page, "3", ""))),
            (" p. 3", Some((Page, "3", ""))),
            (", pp. 3-5, and also", Some((Page, "3-5", ", and also"))),
            (", 33, 35-37, and nowhere else", Some((Page, "33, 35-37", ", and nowhere else"))),
            (", pp. iv, vi-xi, (xv)-(xvii) with a suffix", Some((Page, "iv, vi-xi, (xv)-(xvii)", " with a suffix"))),
            (", {pp. iv, vi} with", Some((Page, "iv, vi", " with"))),
            ("{ii, A, D-Z}, with", Some((Page, "ii, A, D-Z", ", with"))),
            (", chap. 2", Some((Chapter, "2", ""))),
            (", Chapter 2 is", Some((Chapter, "2", " is"))),
            (", § 12", Some((Section, "12", ""))),
            (", §§ 12–14", Some((Section, "12–14", ""))),
            (", pp. 350--352 too", Some((Page, "350–352", " too"))),
            ("{pp. iv--vi}", Some((Page, "iv–vi", ""))),
            (", sec. A", Some((Section, "A", ""))),
            (", ¶ 7", Some((Paragraph, "7", ""))),
            (", paras. 7 & 9", Some((Paragraph, "7 & 9", ""))),
            (", párr. 7", Some((Paragraph, "7", ""))),
            (", с. 7", Some((Page, "7", ""))),
            (", fig. 2.1", Some((Figure, "2.1", ""))),
            (", 33.", Some((Page, "33", "."))),
            (" 33", None),
            (", and elsewhere", None),
            (", i think so", None),
            (", part of it", None),
            (", p", None),
            ("", None),
        ] {
            let found = read(text, Comma::Asked);
            let found = found.map(|read| (read.locator.kind, read.locator.value, text[read.len..].to_owned()));
            let expected = expected.map(|(kind, value, rest)| (kind, value.to_owned(), rest.to_owned()));
            assert_eq!(found, expected, "{text}");
        }
    }
}
