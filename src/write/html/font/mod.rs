//! The faces that a page uses, cut down to its letters and embedded as `@font-face`.
//!
//! In: which letters stand in which face, the bundled faces. Out: CSS. The outlines are cut by `subsetter`,
//! which makes fonts for PDF; what a browser wants besides (`cmap`, `OS/2`, kerning) is put back here.
//! Scripts that need substitutions to be read would need more than this.

mod kern;
mod sfnt;

use std::collections::{BTreeMap, BTreeSet};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use subsetter::GlyphRemapper;

use super::writer::Letters;
use crate::style::FontFace;

/// A rule for each face used, in the order of `faces`. Every face of a family gets all letters of the
/// family, so that no letter falls back to another font where a style sheet makes it bold or slanted.
pub(super) fn face_rules(letters: &Letters, faces: &[FontFace]) -> String {
    let mut families: BTreeMap<&str, BTreeSet<char>> = BTreeMap::new();
    for (face, letters) in letters {
        families.entry(&face.family).or_default().extend(letters);
    }
    let used = |face: &&FontFace| {
        letters.keys().any(|f| f.family == face.family && f.weight == face.weight && f.italic == face.italic)
    };
    let rules = faces.iter().filter(used).filter_map(|face| face_rule(face, &families[face.family]));
    rules.collect()
}

fn face_rule(face: &FontFace, letters: &BTreeSet<char>) -> Option<String> {
    let font = subset(face.data, letters)?;
    let style = if face.italic { "italic" } else { "normal" };
    Some(format!(
        "@font-face{{font-family:\"{}\";font-weight:{};font-style:{style};\
         src:url(data:font/ttf;base64,{}) format(\"truetype\")}}\n",
        face.family,
        face.weight.number(),
        BASE64.encode(font)
    ))
}

/// A font that a browser accepts, with these letters and no others; `None` if it has none of them.
fn subset(data: &[u8], letters: &BTreeSet<char>) -> Option<Vec<u8>> {
    let face = ttf_parser::Face::parse(data, 0).ok()?;
    let mut glyphs = GlyphRemapper::new();
    let mut map = BTreeMap::new();
    for letter in letters {
        if let Some(glyph) = face.glyph_index(*letter) {
            map.insert(*letter, glyphs.remap(glyph.0));
        }
    }
    if map.is_empty() {
        return None;
    }
    let cut = subsetter::subset(data, 0, &glyphs).ok()?;
    let mut tables = sfnt::tables(&cut)?;
    tables.insert(*b"cmap", sfnt::character_map(&map));
    tables.insert(*b"OS/2", sfnt::tables(data)?.remove(b"OS/2")?);
    tables.insert(*b"post", sfnt::nameless_post(tables.get(b"post")?));
    if let Some(kern) = kern::table(&face, &glyphs) {
        tables.insert(*b"kern", kern);
    }
    Some(sfnt::file(&tables))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::style::Weight;

    fn noto() -> FontFace {
        FontFace { family: "Noto Sans", weight: Weight::Regular, italic: false, data: notosans::REGULAR_TTF }
    }

    #[test]
    fn a_subset_has_its_letters_with_their_outlines_and_widths_and_no_others() {
        let letters: BTreeSet<char> = "AVé ffi–Ж".chars().collect();
        let font = subset(noto().data, &letters).expect("the face has them");
        let (old, new) = (ttf_parser::Face::parse(noto().data, 0), ttf_parser::Face::parse(&font, 0));
        let (old, new) = (old.expect("bundled"), new.expect("a font that parses"));
        for letter in &letters {
            let (before, after) = (old.glyph_index(*letter), new.glyph_index(*letter));
            let (before, after) = (before.expect("in the face"), after.expect("in the subset"));
            assert_eq!(old.glyph_hor_advance(before), new.glyph_hor_advance(after), "{letter}");
            assert_eq!(old.glyph_bounding_box(before), new.glyph_bounding_box(after), "{letter}");
        }
        assert_eq!(new.glyph_index('z'), None);
        assert!(font.len() < 20_000, "{} bytes for eight letters", font.len());
    }

    #[test]
    fn letters_beyond_the_first_plane_are_found_too() {
        let mut tables = sfnt::tables(noto().data).expect("bundled");
        let map = BTreeMap::from([('A', 1), ('B', 2), ('\u{ffff}', 3), ('\u{10000}', 4), ('\u{1f600}', 5)]);
        tables.insert(*b"cmap", sfnt::character_map(&map));
        let font = sfnt::file(&tables);
        let face = ttf_parser::Face::parse(&font, 0).expect("a font that parses");
        for (letter, glyph) in map.iter().filter(|(letter, _)| **letter != '\u{ffff}') {
            assert_eq!(face.glyph_index(*letter), Some(ttf_parser::GlyphId(*glyph)), "{letter}");
        }
        assert_eq!(face.glyph_index('C'), None);
    }

    #[test]
    fn pairs_stay_kerned() {
        let font = subset(noto().data, &"AVo".chars().collect()).expect("the face has them");
        let face = ttf_parser::Face::parse(&font, 0).expect("a font that parses");
        let glyph = |letter| face.glyph_index(letter).expect("in the subset");
        let kern = face.tables().kern.expect("pairs were found");
        let pair = |a, b| kern.subtables.into_iter().find_map(|t| t.glyphs_kerning(glyph(a), glyph(b)));
        assert!(pair('A', 'V').is_some_and(|value| value < 0));
        assert_eq!(pair('o', 'o'), None);
    }

    #[test]
    fn only_faces_that_are_used_are_embedded() {
        let used = super::super::writer::Face { family: "Noto Sans".into(), weight: Weight::Regular, italic: false };
        let letters = Letters::from([(used, BTreeSet::from(['a']))]);
        let bold = FontFace { weight: Weight::Bold, data: notosans::BOLD_TTF, ..noto() };
        let rules = face_rules(&letters, &[noto(), bold]);
        assert_eq!(rules.matches("@font-face").count(), 1);
        assert!(rules.contains("font-weight:400"));
    }
}
