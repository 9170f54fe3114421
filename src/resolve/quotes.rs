//! Straight quotation marks become those of the language, where the configuration asks for it (`[typography]`).
//!
//! In: the tree, the report's language. Out: the same tree; every pair of `"` and of `'` in a line is the pair of the
//! language that it stands in, and an apostrophe is a curved one, as is one before the two digits of a year (’90s). A mark without a
//! partner stays as typed (5'10"), and so do code, formulas and the words of a language that has no marks here.

use super::terms::Terms;
use crate::document::{Attributes, Block, BlockKind, Document, Inline, InlineKind, Link, VisitMut, walk_blocks_mut};

/// The outer pair and the inner one.
type Marks = [(&'static str, &'static str); 2];

/// Sets every quotation mark of a document; `language` is the report's.
pub(super) fn set(document: &mut Document, language: &str) {
    for part in &mut document.parts {
        walk_blocks_mut(&mut part.blocks, &mut Quotes::of(part.language.as_deref().unwrap_or(language)));
    }
    for note in &mut document.notes {
        walk_blocks_mut(&mut note.blocks, &mut Quotes::of(language));
    }
}

fn marks(language: &str) -> Option<Marks> {
    Terms::known(language).map(|terms| terms.quotes)
}

struct Quotes {
    marks: Option<Marks>,
    /// Blocks in a language of their own, the outermost first, and how many of their lines are still to come.
    within: Vec<(Option<Marks>, usize)>,
}

impl Quotes {
    fn of(language: &str) -> Self {
        Self { marks: marks(language), within: Vec::new() }
    }
}

impl VisitMut for Quotes {
    fn block(&mut self, block: &mut Block) {
        let picture = if let BlockKind::Figure(figure) = &block.kind { Some(&figure.image) } else { None };
        let picture = picture.and_then(|picture| picture.attributes.language.as_deref());
        let Some(own) = block.attributes.language.as_deref().or(picture).map(marks) else { return };
        let mut lines = Lines(0);
        walk_blocks_mut(std::slice::from_mut(block), &mut lines);
        self.within.push((own, lines.0));
    }

    fn line(&mut self, inlines: &mut Vec<Inline>) {
        self.within.retain(|(_, lines)| *lines > 0);
        self.within.iter_mut().for_each(|(_, lines)| *lines -= 1);
        let marks = self.within.last().map_or(self.marks, |(marks, _)| *marks);
        let mut line = Line::default();
        line.read(inlines, marks);
        if !line.signs.is_empty() {
            write(inlines, &mut line.settled().into_iter());
        }
    }
}

/// How many lines a block holds.
struct Lines(usize);

impl VisitMut for Lines {
    fn line(&mut self, _: &mut Vec<Inline>) {
        self.0 += 1;
    }
}

/// A line's characters, and the straight marks among them.
#[derive(Default)]
struct Line {
    text: Vec<char>,
    signs: Vec<Sign>,
}

/// A straight mark.
struct Sign {
    at: usize,
    marks: Option<Marks>,
}

impl Line {
    fn read(&mut self, inlines: &[Inline], marks: Option<Marks>) {
        for inline in inlines {
            match &inline.kind {
                InlineKind::Text(text) => {
                    for c in text.chars() {
                        if is_straight(c) {
                            self.signs.push(Sign { at: self.text.len(), marks });
                        }
                        self.text.push(c);
                    }
                }
                InlineKind::SoftBreak | InlineKind::LineBreak => self.text.push(' '),
                // Something that a mark after it closes.
                InlineKind::Code(_)
                | InlineKind::Image(_)
                | InlineKind::Note(_)
                | InlineKind::Reference(_)
                | InlineKind::Formula(_)
                | InlineKind::Citation(_) => self.text.push('x'),
                InlineKind::Span(Attributes { language, .. }, content)
                | InlineKind::Link(Link { attributes: Attributes { language, .. }, content, .. }) => {
                    self.read(content, language.as_deref().map_or(marks, self::marks));
                }
                InlineKind::Emphasis(_)
                | InlineKind::Strong(_)
                | InlineKind::Strikethrough(_)
                | InlineKind::Highlight(_)
                | InlineKind::Superscript(_)
                | InlineKind::Subscript(_) => self.read(inline.children(), marks),
            }
        }
    }

    /// What stands for each mark; `None` where it stays as typed.
    fn settled(&self) -> Vec<Option<&'static str>> {
        let mut settled = vec![None; self.signs.len()];
        let mut open: [Option<usize>; 2] = [None, None];
        for (nth, sign) in self.signs.iter().enumerate() {
            let Some(marks) = sign.marks else { continue };
            let kind = usize::from(self.text[sign.at] == '\'');
            if kind == 1 && self.is_apostrophe(sign.at) {
                settled[nth] = Some("’");
                continue;
            }
            let opener = open[kind].filter(|_| self.closes(sign.at));
            match opener.and_then(|opener| Some((opener, self.signs[opener].marks?))) {
                Some((opener, own)) => {
                    (settled[opener], settled[nth]) = (Some(own[kind].0), Some(marks[kind].1));
                    // What was opened within, and not closed there, is not closed after it.
                    open = open.map(|other| other.filter(|other| *other < opener));
                }
                None if self.opens(sign.at) => open[kind] = Some(nth),
                None => {
                    let ends_word = kind == 1 && self.before(sign.at).is_some_and(char::is_alphabetic);
                    settled[nth] = ends_word.then_some("’");
                }
            }
        }
        settled
    }

    fn before(&self, at: usize) -> Option<char> {
        at.checked_sub(1).map(|before| self.text[before])
    }

    fn after(&self, at: usize) -> Option<char> {
        self.text.get(at + 1).copied()
    }

    /// Within a word (it’s), or before a year (’90s, ’68).
    fn is_apostrophe(&self, at: usize) -> bool {
        let letter = |c: Option<char>| c.is_some_and(|c| c.is_alphabetic() && !is_han(c));
        letter(self.before(at)) && letter(self.after(at)) || self.opens(at) && self.begins_year(at + 1)
    }

    /// Two digits, perhaps an s, and the word's end.
    fn begins_year(&self, at: usize) -> bool {
        let is = |at: usize, matches: fn(char) -> bool| self.text.get(at).is_some_and(|c| matches(*c));
        let digits = is(at, |c| c.is_ascii_digit()) && is(at + 1, |c| c.is_ascii_digit());
        let end = at + 2 + usize::from(is(at + 2, |c| c == 's'));
        digits && !is(end, |c| c.is_alphanumeric() || matches!(c, '\'' | '%'))
    }

    fn opens(&self, at: usize) -> bool {
        let free = |c: char| c.is_whitespace() || "([{—–-/\"'«“‘¿¡：，。、；（".contains(c) || is_han(c);
        self.before(at).is_none_or(free) && self.after(at).is_some_and(|c| !c.is_whitespace())
    }

    fn closes(&self, at: usize) -> bool {
        self.before(at).is_some_and(|c| !c.is_whitespace())
    }
}

/// Puts what was settled in the place of each mark, in their order.
fn write(inlines: &mut [Inline], settled: &mut impl Iterator<Item = Option<&'static str>>) {
    for inline in inlines {
        if let InlineKind::Text(text) = &mut inline.kind {
            if text.contains(is_straight) {
                *text = curved(text, settled);
            }
        } else if let Some(children) = inline.children_mut() {
            write(children, settled);
        }
    }
}

fn curved(text: &str, settled: &mut impl Iterator<Item = Option<&'static str>>) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match is_straight(c).then(|| settled.next().flatten()).flatten() {
            Some(mark) => out.push_str(mark),
            None => out.push(c),
        }
    }
    out
}

fn is_straight(c: char) -> bool {
    matches!(c, '"' | '\'')
}

/// Chinese has no space before a quotation.
fn is_han(c: char) -> bool {
    matches!(u32::from(c), 0x3400..=0x9FFF | 0x20000..=0x3FFFF)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    fn set_in(language: &str, draft: &str) -> String {
        let mut sources = Sources::default();
        let file = sources.add("a.md", draft);
        let mut document = crate::markdown::parse(&sources, &[file]).value;
        crate::resolve::note::inherit(&mut document);
        set(&mut document, language);
        let notes = document.notes.iter().map(|note| note.blocks.as_slice());
        let blocks = document.parts.iter().map(|part| part.blocks.as_slice()).chain(notes);
        blocks.map(crate::document::plain_text_of_blocks).collect()
    }

    #[test]
    fn pairs_become_those_of_the_language() {
        let draft = "He said: \"It's a *'draft'*\", and (\"again\").";
        assert_eq!(set_in("en", draft), "He said: “It’s a ‘draft’”, and (“again”).");
        assert_eq!(set_in("ru", draft), "He said: «It’s a „draft“», and («again»).");
        assert_eq!(set_in("fr-CA", "Il dit \"oui\"."), "Il dit «\u{202f}oui\u{202f}».");
        assert_eq!(set_in("zh", "他说\"好'的'吗\"。"), "他说“好‘的’吗”。");
    }

    #[test]
    fn code_measures_and_other_languages_stay_as_typed() {
        assert_eq!(set_in("en", "`\"a\"` is 5'10\" tall"), "\"a\" is 5'10\" tall");
        assert_eq!(set_in("pt", "\"sim\""), "\"sim\"");
        assert_eq!(set_in("en", "a [\"oui\"]{lang=fr}"), "a «\u{202f}oui\u{202f}»");
    }

    #[test]
    fn a_mark_without_a_partner_stays_as_typed_and_a_year_has_an_apostrophe() {
        assert_eq!(set_in("en", "The '90s were \"unclosed here."), "The ’90s were \"unclosed here.");
        assert_eq!(set_in("en", "So \"one and \"two\" and 'three"), "So \"one and “two” and 'three");
        assert_eq!(
            set_in("en", "'68 and the states' '90s, '100 of us' and '25'"),
            "’68 and the states’ ’90s, ‘100 of us’ and ‘25’"
        );
        assert_eq!(set_in("en", "\"the '68 movement\" of states'"), "“the ’68 movement” of states’");
        assert_eq!(set_in("en", "'he said \"yes\" to *it*'"), "‘he said “yes” to it’");
    }

    #[test]
    fn blocks_and_notes_follow_the_language_that_they_stand_in() {
        let draft = "\"a\"\n\n::: {lang=fr}\n\"oui\"\n\n::: {lang=pt}\n\"sim\"\n:::\n\n\"non\"\n:::\n\n\"b\"\n";
        let set = set_in("en", draft);
        let lines: Vec<&str> = set.split_whitespace().collect();
        assert_eq!(lines.concat(), "“a”«oui»\"sim\"«non»“b”");
        let set = set_in("en", "---\nlang: fr\n---\n\n\"un\"[^1]\n\n[^1]: \"deux\"\n");
        assert!(set.contains("«\u{202f}un\u{202f}»") && set.contains("«\u{202f}deux\u{202f}»"), "{set}");
        let set = set_in(
            "en",
            "::: {lang=fr}\na^[\"oui\"] b[^1]\n:::\n\n[^1]: \"yes\"\n\nIn <span lang=\"ru\">c^[\"da\"]</span>\n",
        );
        let set: String = set.split_whitespace().collect();
        assert!(set.contains("«oui»") && set.contains("“yes”") && set.contains("«da»"), "{set}");
    }
}
