//! Which characters the bundled faces can show.
//!
//! In: a document, and generated texts beside it. Out: [`Code::MissingGlyph`], once a character, at its
//! first place. What stands in its place is the writer's to say: U+FFFD on a page; HTML and Word fall
//! back to the reader's own fonts.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::faces;
use crate::diag::{Code, Diagnostic, Diagnostics, Place};
use crate::document::{Block, BlockKind, Document, Inline, InlineKind, Visit, walk_blocks};
use crate::source::Span;

/// One bit a code point, for the planes that fonts fill.
static COVERED: LazyLock<Vec<u64>> = LazyLock::new(|| {
    let mut bits = vec![0_u64; 0x2_0000 / 64];
    for face in faces() {
        let face = ttf_parser::Face::parse(face.data, 0).expect("bundled faces are valid");
        let tables = face.tables().cmap.into_iter().flat_map(|cmap| cmap.subtables);
        for table in tables.filter(ttf_parser::cmap::Subtable::is_unicode) {
            table.codepoints(|c| {
                if let Some(word) = bits.get_mut(c as usize / 64)
                    && table.glyph_index(c).is_some_and(|glyph| glyph.0 != 0)
                {
                    *word |= 1 << (c % 64);
                }
            });
        }
    }
    bits
});

/// Whether some bundled face shows the character, or it shows as nothing at all.
pub fn covers(c: char) -> bool {
    let code = u32::from(c);
    code < 0x20 || ignorable(code) || COVERED.get(code as usize / 64).is_some_and(|word| word >> (code % 64) & 1 == 1)
}

/// Characters without a shape of their own (Unicode 5.21, default ignorable code points).
fn ignorable(code: u32) -> bool {
    matches!(code,
        0xAD | 0x34F | 0x61C | 0x115F..=0x1160 | 0x17B4..=0x17B5 | 0x180B..=0x180F | 0x200B..=0x200F
        | 0x2028..=0x202E | 0x2060..=0x206F | 0x3164 | 0xFE00..=0xFE0F | 0xFEFF | 0xFFA0 | 0xE_0000..=0xE_0FFF)
}

/// Every character that no bundled face shows, each once, at its first place. `generated` are texts
/// that stand in the report but in no draft (its title, names).
pub fn missing_glyphs<'a>(document: &Document, generated: impl IntoIterator<Item = &'a str>) -> Diagnostics {
    let mut search = Search::default();
    for part in &document.parts {
        walk_blocks(&part.blocks, &mut search);
    }
    for note in &document.notes {
        walk_blocks(&note.blocks, &mut search);
    }
    for text in generated {
        search.text(text, &|_| Place::Nowhere);
    }
    search.found
}

#[derive(Default)]
struct Search {
    seen: BTreeSet<char>,
    found: Diagnostics,
}

impl Search {
    fn text(&mut self, text: &str, place: &dyn Fn(usize) -> Place) {
        for (at, c) in text.char_indices() {
            if covers(c) || !self.seen.insert(c) {
                continue;
            }
            let code = u32::from(c);
            let message = format!("no font at hand shows “{c}” (U+{code:04X})");
            self.found.push(
                Diagnostic::at(Code::MissingGlyph, place(at), message)
                    .hint("in the PDF “\u{fffd}” stands in its place"),
            );
        }
    }

    /// Text of a node: exact where the draft has it letter for letter, else the node's whole span.
    fn at(&mut self, text: &str, span: Span) {
        let exact = (span.end - span.start) as usize == text.len();
        self.text(text, &|at| {
            let length = text[at..].chars().next().map_or(0, char::len_utf8);
            let start = span.start as usize + at;
            Place::Span(if exact { Span::new(span.file, start, start + length) } else { span })
        });
    }
}

impl<'a> Visit<'a> for Search {
    fn block(&mut self, block: &'a Block) {
        if let BlockKind::CodeBlock(code) = &block.kind {
            self.at(&code.literal, block.span);
        }
    }

    fn inline(&mut self, inline: &'a Inline) {
        if let InlineKind::Text(text) | InlineKind::Code(text) = &inline.kind {
            self.at(text, inline.span);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn latin_greek_and_cyrillic_are_covered_and_hieroglyphs_are_not() {
        assert!("Größe, naïve, Ελληνικά, Русский — “…” • ☐☑ \u{200d}".chars().all(covers));
        assert!(!"\u{13000}漢😀".chars().any(covers));
    }

    #[test]
    fn each_character_is_reported_once_where_it_first_stands() {
        let mut search = Search::default();
        let mut sources = crate::source::Sources::default();
        let file = sources.add("a.md", "a 漢 漢");
        search.at("a 漢 漢", Span::new(file, 0, 9));
        let places: Vec<_> = search.found.iter().map(|d| d.place.clone()).collect();
        assert_eq!(places, [Place::Span(Span::new(file, 2, 5))]);
    }
}
