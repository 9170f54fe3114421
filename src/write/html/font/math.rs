//! The font for formulas, cut down to the signs that a page has: with the sizes in which each grows, the parts of which
//! larger ones are put together, and the table that tells a browser so (OpenType 1.9, "MATH").
//!
//! In: a font with such a table, letters. Out: a font. What the table says of other glyphs is left out, and so is what a
//! browser does without: kerning by height, corrections for devices.

use std::collections::{BTreeMap, BTreeSet};

use subsetter::GlyphRemapper;
use ttf_parser::math::{GlyphConstruction, GlyphConstructions, MathValues, Table};
use ttf_parser::{Face, GlyphId};

use super::sfnt;

/// The family, as the style sheet names it.
pub(in super::super) const FAMILY: &str = "New Computer Modern Math";

/// The font with these letters, and with the slanted ones that stand for them; `None` if it has none of them.
pub(super) fn subset(data: &[u8], letters: &BTreeSet<char>) -> Option<Vec<u8>> {
    let face = Face::parse(data, 0).ok()?;
    let math = face.tables().math?;
    let shown = letters.iter().copied().chain(letters.iter().filter_map(|letter| slanted(*letter)));
    let found: BTreeMap<char, GlyphId> = shown.filter_map(|letter| Some((letter, face.glyph_index(letter)?))).collect();
    if found.is_empty() {
        return None;
    }
    let mut glyphs = GlyphRemapper::new();
    let kept = with_sizes(&math, found.values().copied());
    for glyph in &kept {
        glyphs.remap(glyph.0);
    }
    let cut = subsetter::subset(data, 0, &glyphs).ok()?;
    let map = found.iter().filter_map(|(letter, glyph)| Some((*letter, glyphs.get(glyph.0)?))).collect();
    let mut tables = sfnt::tables(&cut, 0)?;
    tables.insert(*b"cmap", sfnt::character_map(&map));
    tables.insert(*b"OS/2", sfnt::table(data, 0, b"OS/2")?);
    tables.insert(*b"post", sfnt::nameless_post(tables.get(b"post")?));
    tables.insert(*b"MATH", Cut { math, kept, glyphs }.table(&sfnt::table(data, 0, b"MATH")?)?);
    Some(sfnt::file(&tables))
}

/// The letter that stands for one alone in `mi` (MathML Core 2.1.5, `math-auto`).
fn slanted(letter: char) -> Option<char> {
    let from = |first: char, slanted: u32| char::from_u32(slanted + u32::from(letter) - u32::from(first));
    match letter {
        'h' => Some('ℎ'),
        'A'..='Z' => from('A', 0x1d434),
        'a'..='z' => from('a', 0x1d44e),
        'Α'..='Ω' => from('Α', 0x1d6e2),
        'α'..='ω' => from('α', 0x1d6fc),
        '∇' => Some('𝛻'),
        '∂' => Some('𝜕'),
        'ϵ' => Some('𝜖'),
        'ϑ' => Some('𝜗'),
        'ϰ' => Some('𝜘'),
        'ϕ' => Some('𝜙'),
        'ϱ' => Some('𝜚'),
        'ϖ' => Some('𝜛'),
        'ı' => Some('𝚤'),
        'ȷ' => Some('𝚥'),
        _ => None,
    }
}

/// Glyphs with those that they become where they grow.
fn with_sizes(math: &Table<'_>, glyphs: impl Iterator<Item = GlyphId>) -> BTreeSet<GlyphId> {
    let mut kept = BTreeSet::new();
    for glyph in glyphs {
        kept.insert(glyph);
        let Some(variants) = math.variants else { continue };
        for ways in [variants.vertical_constructions, variants.horizontal_constructions] {
            let Some(construction) = ways.get(glyph) else { continue };
            kept.extend(construction.variants.into_iter().map(|variant| variant.variant_glyph));
            kept.extend(construction.assembly.into_iter().flat_map(|made| made.parts).map(|part| part.glyph_id));
        }
    }
    kept
}

/// A `MATH` table for the glyphs that are kept.
struct Cut<'a> {
    math: Table<'a>,
    kept: BTreeSet<GlyphId>,
    glyphs: GlyphRemapper,
}

/// Bytes of a table in which every number has two.
#[derive(Default)]
struct Words(Vec<u8>);

impl Words {
    fn put(&mut self, word: u16) {
        self.0.extend(word.to_be_bytes());
    }

    fn signed(&mut self, word: i16) {
        self.0.extend(word.to_be_bytes());
    }

    /// Appends a table, and writes at `at` where it begins; offsets have two bytes.
    fn append(&mut self, at: usize, table: &[u8]) -> Option<()> {
        let offset = u16::try_from(self.0.len()).ok()?;
        self.0[at..at + 2].copy_from_slice(&offset.to_be_bytes());
        self.0.extend(table);
        Some(())
    }
}

impl Cut<'_> {
    /// The header, constants as they were, what is said of glyphs, and how they grow.
    fn table(&self, whole: &[u8]) -> Option<Vec<u8>> {
        let mut out = Words::default();
        [1, 0, 0, 0, 0].into_iter().for_each(|word| out.put(word));
        out.append(4, &constants(whole)?)?;
        out.append(6, &self.glyph_info()?)?;
        out.append(8, &self.variants()?)?;
        Some(out.0)
    }

    /// By new glyph, in the order of a coverage table.
    fn by_glyph<T>(&self, of: impl Fn(GlyphId) -> Option<T>) -> BTreeMap<u16, T> {
        self.kept.iter().filter_map(|glyph| Some((self.glyphs.get(glyph.0)?, of(*glyph)?))).collect()
    }

    fn glyph_info(&self) -> Option<Vec<u8>> {
        let info = self.math.glyph_info?;
        let mut out = Words::default();
        [0; 4].into_iter().for_each(|word| out.put(word));
        for (at, values) in [(0, info.italic_corrections), (2, info.top_accent_attachments)] {
            if let Some(values) = values {
                out.append(at, &self.values(&values)?)?;
            }
        }
        if let Some(shapes) = info.extended_shapes {
            let shapes = self.by_glyph(|glyph| shapes.contains(glyph).then_some(()));
            out.append(4, &coverage(shapes.keys()))?;
        }
        Some(out.0)
    }

    fn values(&self, values: &MathValues<'_>) -> Option<Vec<u8>> {
        let values = self.by_glyph(|glyph| values.get(glyph));
        let mut out = Words::default();
        out.put(0);
        out.put(u16::try_from(values.len()).ok()?);
        for value in values.values() {
            out.signed(value.value);
            out.put(0);
        }
        out.append(0, &coverage(values.keys()))?;
        Some(out.0)
    }

    fn variants(&self) -> Option<Vec<u8>> {
        let variants = self.math.variants?;
        let ways = [variants.vertical_constructions, variants.horizontal_constructions]
            .map(|ways: GlyphConstructions<'_>| self.by_glyph(|glyph| ways.get(glyph)));
        let mut out = Words::default();
        out.put(variants.min_connector_overlap);
        [0; 2].into_iter().for_each(|word| out.put(word));
        for way in &ways {
            out.put(u16::try_from(way.len()).ok()?);
        }
        let mut at = out.0.len();
        ways.iter().flat_map(BTreeMap::keys).for_each(|_| out.put(0));
        for (nth, way) in ways.iter().enumerate() {
            out.append(2 + 2 * nth, &coverage(way.keys()))?;
        }
        for construction in ways.iter().flat_map(BTreeMap::values) {
            out.append(at, &self.construction(construction)?)?;
            at += 2;
        }
        Some(out.0)
    }

    fn construction(&self, construction: &GlyphConstruction<'_>) -> Option<Vec<u8>> {
        let mut out = Words::default();
        out.put(0);
        out.put(construction.variants.len());
        for variant in construction.variants {
            out.put(self.glyphs.get(variant.variant_glyph.0)?);
            out.put(variant.advance_measurement);
        }
        if let Some(assembly) = construction.assembly {
            let mut made = Words::default();
            made.signed(assembly.italics_correction.value);
            made.put(0);
            made.put(assembly.parts.len());
            for part in assembly.parts {
                made.put(self.glyphs.get(part.glyph_id.0)?);
                made.put(part.start_connector_length);
                made.put(part.end_connector_length);
                made.put(part.full_advance);
                made.put(part.part_flags.0);
            }
            out.append(0, &made.0)?;
        }
        Some(out.0)
    }
}

/// `MathConstants`: four numbers, 51 values each with the offset of a correction for devices, and one number more.
fn constants(whole: &[u8]) -> Option<Vec<u8>> {
    const VALUES: usize = 51;
    let start = usize::from(u16::from_be_bytes([*whole.get(4)?, *whole.get(5)?]));
    let mut constants = whole.get(start..start + 8 + 4 * VALUES + 2)?.to_vec();
    (0..VALUES).for_each(|value| constants[8 + 4 * value + 2..8 + 4 * value + 4].fill(0));
    Some(constants)
}

/// Glyphs in a list (OpenType 1.9, "Coverage table", format 1).
fn coverage<'g>(glyphs: impl ExactSizeIterator<Item = &'g u16>) -> Vec<u8> {
    let mut out = Words::default();
    out.put(1);
    out.put(glyphs.len() as u16);
    glyphs.for_each(|glyph| out.put(*glyph));
    out.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::style::formula_face;

    #[test]
    fn signs_grow_in_the_cut_font_as_they_did() {
        let font = subset(formula_face(), &"∑∫√(){xαh→".chars().collect()).expect("the font has them");
        assert!(font.len() < 60_000, "{} bytes", font.len());
        let (old, new) = (Face::parse(formula_face(), 0).expect("bundled"), Face::parse(&font, 0).expect("it parses"));
        fn table<'a>(face: &Face<'a>) -> Table<'a> {
            face.tables().math.expect("a table of mathematics")
        }
        let constants = |face: &Face<'_>| table(face).constants.expect("constants").axis_height().value;
        assert_eq!(constants(&new), constants(&old));
        for letter in "∑∫√(){→".chars() {
            let grown = |face: &Face<'_>| {
                let variants = table(face).variants.expect("variants");
                let ways =
                    if letter == '→' { variants.horizontal_constructions } else { variants.vertical_constructions };
                let construction = ways.get(face.glyph_index(letter).expect("in the font")).expect("it grows");
                let sizes: Vec<u16> = construction.variants.into_iter().map(|size| size.advance_measurement).collect();
                let boxes: Vec<_> =
                    construction.variants.into_iter().map(|size| face.glyph_bounding_box(size.variant_glyph)).collect();
                (sizes, boxes, construction.assembly.map(|made| made.parts.len()))
            };
            assert_eq!(grown(&new), grown(&old), "{letter}");
        }
        for letter in "𝑥𝛼ℎ".chars() {
            assert!(new.glyph_index(letter).is_some(), "{letter}");
            let accent = |face: &Face<'_>| {
                let values = table(face).glyph_info?.top_accent_attachments?;
                Some(values.get(face.glyph_index(letter)?)?.value)
            };
            assert_eq!(accent(&new), accent(&old), "{letter}");
        }
        assert_eq!(new.glyph_index('y'), None);
        assert!(subset(formula_face(), &BTreeSet::from(['中'])).is_none());
    }
}
