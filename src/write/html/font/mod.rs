//! The faces that a page uses, embedded as `@font-face`: cut down to its letters, or whole where a script's letters
//! are joined by tables of the font.
//!
//! In: which letters stand in which face, the faces at hand. Out: CSS. The outlines are cut by `subsetter`, which makes
//! fonts for PDF; what a browser wants besides (`cmap`, `OS/2`, kerning) is put back here.

mod kern;
pub(super) mod math;
mod sfnt;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use subsetter::GlyphRemapper;

use super::writer::{Face, Letters};
use crate::style::{FallbackFace, FontFace, FontSet, Script, Stylesheet, Weight, formula_face};

/// A rule for each face used: the bundled ones in their order, then those found for other scripts. Every face of a
/// family gets all letters of the family, so that no letter falls back to another font where a style sheet makes it
/// bold or slanted.
pub(super) fn face_rules(letters: &Letters, fonts: &FontSet, style: &Stylesheet) -> String {
    let Shares { bundled, found } = shares(letters, fonts, style);
    let mut families: BTreeMap<&str, BTreeSet<char>> = BTreeMap::new();
    for ((family, ..), letters) in &bundled {
        families.entry(family).or_default().extend(letters);
    }
    let used = |face: &&FontFace| bundled.contains_key(&(face.family, face.weight, face.italic));
    let own = fonts.faces().iter().filter(used).filter_map(|face| face_rule(face, &families[face.family]));
    let fallback = fonts.fallback().iter().zip(&found).filter(|(_, letters)| !letters.is_empty());
    let formulas = letters.iter().filter(|(face, _)| face.family == math::FAMILY);
    let formulas = formulas.filter_map(|(_, letters)| {
        let font = math::subset(formula_face(), letters)?;
        Some(rule(math::FAMILY, Weight::Regular, "normal", "", &font))
    });
    own.chain(fallback.filter_map(|(face, letters)| fallback_rule(face, letters))).chain(formulas).collect()
}

/// The rules that were made last. A copy shares them.
#[derive(Clone, Default)]
pub struct KeptFaces {
    kept: Arc<Mutex<Option<Kept>>>,
}

struct Kept {
    letters: Letters,
    families: [String; 2],
    found: Vec<FallbackFace>,
    rules: String,
}

impl KeptFaces {
    /// The rules, made again only where a letter has come or gone.
    pub(super) fn rules(&self, letters: &Letters, fonts: &FontSet, style: &Stylesheet) -> String {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let families = [style.fonts.text.clone(), style.fonts.mono.clone()];
        let same =
            |kept: &&Kept| kept.letters == *letters && kept.families == families && kept.found == fonts.fallback();
        if let Some(kept) = kept.as_ref().filter(same) {
            return kept.rules.clone();
        }
        let rules = face_rules(letters, fonts, style);
        let found = fonts.fallback().to_vec();
        *kept = Some(Kept { letters: letters.clone(), families, found, rules: rules.clone() });
        rules
    }
}

/// Which face shows which letters.
struct Shares {
    /// By family, weight and slant.
    bundled: BTreeMap<(&'static str, Weight, bool), BTreeSet<char>>,
    /// One per face of [`FontSet::fallback`].
    found: Vec<BTreeSet<char>>,
}

/// Gives each letter to the first face of its stack that has it, as a browser does.
fn shares(letters: &Letters, fonts: &FontSet, style: &Stylesheet) -> Shares {
    let parsed: Vec<ttf_parser::Face> = fonts
        .fallback()
        .iter()
        .map(|face| ttf_parser::Face::parse(&face.data, face.index).expect("a face was read when it was found"))
        .collect();
    let mut shares = Shares { bundled: BTreeMap::new(), found: vec![BTreeSet::new(); parsed.len()] };
    for (face, letters) in letters {
        let stack: Vec<&FontFace> = [face.family.as_str(), &style.fonts.text, &style.fonts.mono]
            .into_iter()
            .filter_map(|family| matching(fonts, family, face))
            .collect();
        let [own, text, mono] = stack.as_slice() else { continue };
        let outlines = |face: &&FontFace| ttf_parser::Face::parse(face.data, 0).expect("bundled faces are valid");
        let (own_outlines, text_outlines) = (outlines(own), outlines(text));
        for letter in letters {
            let has = |outlines: &ttf_parser::Face| outlines.glyph_index(*letter).is_some();
            let lends = fonts.fallback().iter().zip(&parsed).position(|(lender, outlines)| {
                lender.weight == weight_at_hand(fonts, &lender.family, face.weight) && has(outlines)
            });
            let chosen = match lends {
                _ if has(&own_outlines) => own,
                _ if has(&text_outlines) => text,
                Some(at) => {
                    shares.found[at].insert(*letter);
                    continue;
                }
                None => mono,
            };
            shares.bundled.entry((chosen.family, chosen.weight, chosen.italic)).or_default().insert(*letter);
        }
    }
    shares
}

/// The bundled face of a family with the weight and slant of another.
fn matching<'f>(fonts: &'f FontSet, family: &str, like: &Face) -> Option<&'f FontFace> {
    let fits = |face: &&FontFace| face.family == family && face.weight == like.weight && face.italic == like.italic;
    fonts.faces().iter().find(fits)
}

/// Bold, where the family has it.
fn weight_at_hand(fonts: &FontSet, family: &str, weight: Weight) -> Weight {
    let has = |weight| fonts.fallback().iter().any(|face| face.family == family && face.weight == weight);
    if has(weight) { weight } else { Weight::Regular }
}

fn face_rule(face: &FontFace, letters: &BTreeSet<char>) -> Option<String> {
    let style = if face.italic { "italic" } else { "normal" };
    let font = subset(face.data, 0, letters, Kerning::Kept)?;
    Some(rule(face.family, face.weight, style, "", &font))
}

/// Slanted text has these faces upright: a machine's slant disfigures them.
fn fallback_rule(face: &FallbackFace, letters: &BTreeSet<char>) -> Option<String> {
    let font = if is_joined(face.script) {
        sfnt::file(&sfnt::tables(&face.data, face.index)?)
    } else {
        subset(&face.data, face.index, letters, Kerning::Dropped)?
    };
    Some(rule(&face.family, face.weight, "normal", "", &font))
}

fn rule(family: &str, weight: Weight, style: &str, more: &str, font: &[u8]) -> String {
    let (media, format) = if font.starts_with(b"OTTO") { ("otf", "opentype") } else { ("ttf", "truetype") };
    format!(
        "@font-face{{font-family:\"{family}\";font-weight:{};font-style:{style};{more}\
         src:url(data:font/{media};base64,{}) format(\"{format}\")}}\n",
        weight.number(),
        BASE64.encode(font)
    )
}

/// Whether letters change their shape or place by the font's own tables, so that it cannot be cut letter by letter.
fn is_joined(script: Script) -> bool {
    match script {
        Script::Armenian
        | Script::Chinese
        | Script::Ethiopic
        | Script::Georgian
        | Script::Math
        | Script::Symbols
        | Script::Emoji
        | Script::Tifinagh => false,
        Script::Arabic
        | Script::Bengali
        | Script::Devanagari
        | Script::Gujarati
        | Script::Gurmukhi
        | Script::Hebrew
        | Script::Kannada
        | Script::Khmer
        | Script::Lao
        | Script::Malayalam
        | Script::Myanmar
        | Script::Nko
        | Script::Oriya
        | Script::Sinhala
        | Script::Syriac
        | Script::Tamil
        | Script::Telugu
        | Script::Thaana
        | Script::Thai
        | Script::Tibetan => true,
    }
}

/// Whether pairs of letters keep their distance.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kerning {
    Kept,
    Dropped,
}

/// A font that a browser accepts, with these letters and no others; `None` if it has none of them.
fn subset(data: &[u8], index: u32, letters: &BTreeSet<char>, kerning: Kerning) -> Option<Vec<u8>> {
    let face = ttf_parser::Face::parse(data, index).ok()?;
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
    let cut = subsetter::subset(data, index, &glyphs).ok()?;
    let mut tables = sfnt::tables(&cut, 0)?;
    tables.insert(*b"cmap", sfnt::character_map(&map));
    tables.insert(*b"OS/2", sfnt::table(data, index, b"OS/2")?);
    tables.insert(*b"post", sfnt::nameless_post(tables.get(b"post")?));
    if kerning == Kerning::Kept
        && let Some(kern) = kern::table(&face, &glyphs)
    {
        tables.insert(*b"kern", kern);
    }
    Some(sfnt::file(&tables))
}
