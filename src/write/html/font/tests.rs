use super::*;
use crate::style::bundled;

fn noto() -> &'static FontFace {
    &crate::style::faces()[0]
}

fn cut(letters: &str) -> Vec<u8> {
    subset(noto().data, 0, &letters.chars().collect(), Kerning::Kept).expect("the face has them")
}

#[test]
fn a_subset_has_its_letters_with_their_outlines_and_widths_and_no_others() {
    let font = cut("AVé ffi–Ж");
    let (old, new) = (ttf_parser::Face::parse(noto().data, 0), ttf_parser::Face::parse(&font, 0));
    let (old, new) = (old.expect("bundled"), new.expect("a font that parses"));
    for letter in "AVé ffi–Ж".chars() {
        let (before, after) = (old.glyph_index(letter), new.glyph_index(letter));
        let (before, after) = (before.expect("in the face"), after.expect("in the subset"));
        assert_eq!(old.glyph_hor_advance(before), new.glyph_hor_advance(after), "{letter}");
        assert_eq!(old.glyph_bounding_box(before), new.glyph_bounding_box(after), "{letter}");
    }
    assert_eq!(new.glyph_index('z'), None);
    assert!(font.len() < 20_000, "{} bytes for eight letters", font.len());
}

#[test]
fn letters_beyond_the_first_plane_are_found_too() {
    let mut tables = sfnt::tables(noto().data, 0).expect("bundled");
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
    let font = cut("AVo");
    let face = ttf_parser::Face::parse(&font, 0).expect("a font that parses");
    let glyph = |letter| face.glyph_index(letter).expect("in the subset");
    let kern = face.tables().kern.expect("pairs were found");
    let pair = |a, b| kern.subtables.into_iter().find_map(|t| t.glyphs_kerning(glyph(a), glyph(b)));
    assert!(pair('A', 'V').is_some_and(|value| value < 0));
    assert_eq!(pair('o', 'o'), None);
}

fn rules(letters: &[(Weight, &str)]) -> String {
    let face = |weight: Weight| Face { family: "Noto Sans".into(), weight, italic: false };
    let letters = letters.iter().map(|(weight, letters)| (face(*weight), letters.chars().collect())).collect();
    face_rules(&letters, &FontSet::bundled(), bundled("report").expect("bundled"))
}

#[test]
fn only_faces_that_are_used_are_embedded() {
    let rules = rules(&[(Weight::Regular, "a")]);
    assert_eq!(rules.matches("@font-face").count(), 1);
    assert!(rules.contains("font-weight:400"));
}

#[test]
fn the_family_for_code_lends_its_signs() {
    let rules = rules(&[(Weight::Bold, "a✓")]);
    assert_eq!(rules.matches("@font-face").count(), 2);
    assert!(rules.contains("font-family:\"DejaVu Sans Mono\";font-weight:700"), "{}", &rules[..200]);
}
