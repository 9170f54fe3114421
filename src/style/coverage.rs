//! Which characters the faces at hand can show.
//!
//! In: fonts as files. Out: a bit a character. What stands in the place of one that none shows is the writer's to say.

use std::sync::LazyLock;

use super::{Script, faces, formula_face};
use ttf_parser::cmap::Format;

/// One bit a code point, for the planes that fonts fill.
#[derive(Debug, Clone)]
pub(super) struct Coverage(Vec<u64>);

/// Code points that are counted: the first three planes.
const COUNTED: usize = 0x3_0000;

impl Coverage {
    /// Adds what a face can show, of the characters that it is wanted for; nothing if the file is no font.
    pub(super) fn add(&mut self, data: &[u8], index: u32, wanted: fn(char) -> bool) {
        let Ok(face) = ttf_parser::Face::parse(data, index) else { return };
        let tables = face.tables().cmap.into_iter().flat_map(|cmap| cmap.subtables);
        let tables: Vec<_> = tables.filter(ttf_parser::cmap::Subtable::is_unicode).collect();
        // A table of full Unicode holds whatever the others hold (OpenType 1.9, "cmap"), which are often one twice.
        let full = tables.iter().find(|table| matches!(table.format, Format::SegmentedCoverage(_)));
        for table in full.map_or(&*tables, std::slice::from_ref) {
            table.codepoints(|c| {
                if let Some(word) = self.0.get_mut(c as usize / 64)
                    && table.glyph_index(c).is_some_and(|glyph| glyph.0 != 0)
                    && char::from_u32(c).is_some_and(wanted)
                {
                    *word |= 1 << (c % 64);
                }
            });
        }
    }

    pub(super) fn has(&self, code: u32) -> bool {
        self.0.get(code as usize / 64).is_some_and(|word| word >> (code % 64) & 1 == 1)
    }
}

/// What the bundled faces show.
pub(super) fn bundled_coverage() -> &'static Coverage {
    static COVERED: LazyLock<Coverage> = LazyLock::new(|| {
        let mut coverage = Coverage(vec![0; COUNTED / 64]);
        for face in faces() {
            coverage.add(face.data, 0, if face.mono { is_sign } else { |_| true });
        }
        coverage
    });
    &COVERED
}

/// Whether the font for formulas shows a character.
pub(super) fn covers_in_formulas(c: char) -> bool {
    static COVERED: LazyLock<Coverage> = LazyLock::new(|| {
        let mut coverage = Coverage(vec![0; COUNTED / 64]);
        coverage.add(formula_face(), 0, |_| true);
        coverage
    });
    COVERED.has(u32::from(c))
}

/// A face for code lends its arrows and boxes to running text, but not its letters of other scripts, which are all
/// equally wide.
fn is_sign(c: char) -> bool {
    match Script::of(c) {
        None | Some(Script::Math | Script::Symbols) => true,
        Some(_) => false,
    }
}

/// Characters without a shape of their own (Unicode 5.21, default ignorable code points). Not the youngest, U+180F, which
/// the typesetter takes for one that has a shape.
pub(super) fn ignorable(code: u32) -> bool {
    matches!(code,
        0xAD | 0x34F | 0x61C | 0x115F..=0x1160 | 0x17B4..=0x17B5 | 0x180B..=0x180E | 0x200B..=0x200F
        | 0x2028..=0x202E | 0x2060..=0x206F | 0x3164 | 0xFE00..=0xFE0F | 0xFEFF | 0xFFA0 | 0xE_0000..=0xE_0FFF)
}

#[cfg(test)]
mod tests {
    use crate::style::FontSet;

    #[test]
    fn latin_greek_and_cyrillic_are_covered_and_hieroglyphs_are_not() {
        let fonts = FontSet::bundled();
        assert!("Größe, naïve → ✓, Ελληνικά, Русский — “…” «\u{202f}» • ☐☑ \u{200d}".chars().all(|c| fonts.covers(c)));
        assert!(!"\u{13000}漢😀ا".chars().any(|c| fonts.covers(c)));
    }
}
