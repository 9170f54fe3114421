//! Straight quotation marks become those of the language, where the configuration asks for it (`[typography]`).
//!
//! In: the tree, the report's language. Out: the same tree; every pair of `"` and of `'` in text is the language's own
//! pair, and an apostrophe is a curved one. A mark without a partner stays as typed (5′10″), and so do code, formulas
//! and the words of a language that has no marks here.

use super::terms::Terms;
use crate::document::{Document, Inline, InlineKind, VisitMut, walk_blocks_mut};

/// Sets every quotation mark of a document; `language` is the report's.
pub(super) fn set(document: &mut Document, language: &str) {
    for part in &mut document.parts {
        let terms = Terms::known(part.language.as_deref().unwrap_or(language));
        walk_blocks_mut(&mut part.blocks, &mut Quotes { terms });
    }
    for note in &mut document.notes {
        walk_blocks_mut(&mut note.blocks, &mut Quotes { terms: Terms::known(language) });
    }
}

struct Quotes {
    terms: Option<Terms>,
}

impl VisitMut for Quotes {
    fn line(&mut self, inlines: &mut Vec<Inline>) {
        Line { before: None, outer: Pair::Closed, inner: Pair::Closed }.set(inlines, self.terms.as_ref());
    }
}

/// Whether a pair has been opened.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Pair {
    Closed,
    Open,
}

/// Where in a line the marks stand.
struct Line {
    before: Option<char>,
    outer: Pair,
    inner: Pair,
}

impl Line {
    fn set(&mut self, inlines: &mut [Inline], terms: Option<&Terms>) {
        for inline in inlines {
            let own = language(&inline.kind).map(Terms::known);
            let terms = own.as_ref().map_or(terms, Option::as_ref);
            match (&mut inline.kind, terms) {
                (InlineKind::Text(text), Some(terms)) if text.contains(['"', '\'']) => *text = self.text(text, terms),
                (InlineKind::Text(text), _) => self.before = text.chars().next_back().or(self.before),
                (InlineKind::SoftBreak | InlineKind::LineBreak, _) => self.before = Some(' '),
                (_, terms) => match inline.children_mut() {
                    Some(children) => self.set(children, terms),
                    // Code, a picture, a number: something that a mark after it closes.
                    None => self.before = Some('x'),
                },
            }
        }
    }

    fn text(&mut self, text: &str, terms: &Terms) -> String {
        let [outer, inner] = terms.quotes;
        let mut out = String::with_capacity(text.len() + 8);
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            let next = chars.peek().copied();
            match c {
                '"' => out.push_str(mark(&mut self.outer, self.before, next, outer).unwrap_or("\"")),
                '\'' if self.before.is_some_and(char::is_alphabetic) && next.is_some_and(char::is_alphabetic) => {
                    out.push('’');
                }
                '\'' => out.push_str(mark(&mut self.inner, self.before, next, inner).unwrap_or(match self.before {
                    Some(letter) if letter.is_alphabetic() => "’",
                    Some(_) | None => "'",
                })),
                _ => out.push(c),
            }
            self.before = Some(c);
        }
        out
    }
}

/// The opening or closing mark; `None` where it is neither.
fn mark(
    pair: &mut Pair,
    before: Option<char>,
    next: Option<char>,
    marks: (&'static str, &'static str),
) -> Option<&'static str> {
    let opens = before.is_none_or(|c| c.is_whitespace() || "([{—–-/\"'«“‘¿¡：，。、；（".contains(c) || is_han(c));
    match *pair {
        Pair::Closed if opens && next.is_none_or(|c| !c.is_whitespace()) => {
            *pair = Pair::Open;
            Some(marks.0)
        }
        Pair::Open => {
            *pair = Pair::Closed;
            Some(marks.1)
        }
        Pair::Closed => None,
    }
}

/// Chinese has no space before a quotation.
fn is_han(c: char) -> bool {
    matches!(u32::from(c), 0x3400..=0x9FFF | 0x20000..=0x3FFFF)
}

fn language(kind: &InlineKind) -> Option<&str> {
    if let InlineKind::Span(attributes, _) = kind { attributes.language.as_deref() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    fn set_in(language: &str, draft: &str) -> String {
        let mut sources = Sources::default();
        let file = sources.add("a.md", draft);
        let mut document = crate::markdown::parse(&sources, &[file]).value;
        set(&mut document, language);
        crate::document::plain_text_of_blocks(&document.parts[0].blocks)
    }

    #[test]
    fn pairs_become_those_of_the_language() {
        let draft = "He said: \"It's a *'draft'*\", and (\"again\").";
        assert_eq!(set_in("en", draft), "He said: “It’s a ‘draft’”, and (“again”).");
        assert_eq!(set_in("ru", draft), "He said: «It’s a „draft“», and («again»).");
        assert_eq!(set_in("fr-CA", "Il dit \"oui\"."), "Il dit «\u{202f}oui\u{202f}».");
        assert_eq!(set_in("zh", "他说\"好\"。"), "他说“好”。");
    }

    #[test]
    fn code_measures_and_other_languages_stay_as_typed() {
        assert_eq!(set_in("en", "`\"a\"` is 5'10\" tall"), "\"a\" is 5'10\" tall");
        assert_eq!(set_in("pt", "\"sim\""), "\"sim\"");
        assert_eq!(set_in("en", "a [\"oui\"]{lang=fr}"), "a «\u{202f}oui\u{202f}»");
    }
}
