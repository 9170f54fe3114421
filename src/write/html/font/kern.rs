//! Kerning of the letters that are left, from the font's `GPOS` to the plain `kern` table.

use subsetter::GlyphRemapper;
use ttf_parser::gpos::{PairAdjustment, PositioningSubtable};
use ttf_parser::opentype_layout::Lookup;
use ttf_parser::{Face, GlyphId, Tag};

/// What one subtable can hold: its length is 16 bits, of which 14 bytes are its head.
const MOST_PAIRS: usize = (0xffff - 14) / 6;

/// Format 0 of `kern` (OpenType 1.9, "kern"); `None` where no pair is kerned.
pub(super) fn table(face: &Face, glyphs: &GlyphRemapper) -> Option<Vec<u8>> {
    let lookups = lookups(face);
    let mut pairs: Vec<(u16, u16, i16)> = Vec::new();
    for (left, old_left) in (0u16..).zip(glyphs.remapped_gids()) {
        for (right, old_right) in (0u16..).zip(glyphs.remapped_gids()) {
            let kerned = lookups.iter().filter_map(|lookup| advance(lookup, GlyphId(old_left), GlyphId(old_right)));
            match kerned.fold(0, i16::saturating_add) {
                0 => {}
                value => pairs.push((left, right, value)),
            }
        }
    }
    if pairs.is_empty() || pairs.len() > MOST_PAIRS {
        return None;
    }
    Some(write(&pairs))
}

/// Lookups of the feature `kern`, each once.
fn lookups<'a>(face: &Face<'a>) -> Vec<Lookup<'a>> {
    let Some(gpos) = face.tables().gpos else { return Vec::new() };
    let kern = gpos.features.into_iter().filter(|feature| feature.tag == Tag::from_bytes(b"kern"));
    let mut indices: Vec<u16> = kern.flat_map(|feature| feature.lookup_indices).collect();
    indices.sort_unstable();
    indices.dedup();
    indices.into_iter().filter_map(|index| gpos.lookups.get(index)).collect()
}

/// The first subtable that knows the pair decides (OpenType 1.9, "GPOS", lookup type 2).
fn advance(lookup: &Lookup, left: GlyphId, right: GlyphId) -> Option<i16> {
    lookup.subtables.into_iter::<PositioningSubtable>().find_map(|subtable| {
        let PositioningSubtable::Pair(pairs) = subtable else { return None };
        let (first, _) = match pairs {
            PairAdjustment::Format1 { coverage, sets } => sets.get(coverage.get(left)?)?.get(right)?,
            PairAdjustment::Format2 { coverage, classes, matrix } => {
                coverage.get(left)?;
                matrix.get((classes.0.get(left), classes.1.get(right)))?
            }
        };
        Some(first.x_advance)
    })
}

fn write(pairs: &[(u16, u16, i16)]) -> Vec<u8> {
    let count = pairs.len() as u16;
    let power = count.ilog2();
    let searched = (1u16 << power) * 6;
    let length = 14 + count * 6;
    let mut out = Vec::with_capacity(usize::from(length) + 4);
    // Version 0 with one subtable: version 0, its length, horizontal kerning in format 0.
    for word in [0, 1, 0, length, 1, count, searched, power as u16, count * 6 - searched] {
        out.extend(word.to_be_bytes());
    }
    for (left, right, value) in pairs {
        out.extend(left.to_be_bytes());
        out.extend(right.to_be_bytes());
        out.extend(value.to_be_bytes());
    }
    out
}
