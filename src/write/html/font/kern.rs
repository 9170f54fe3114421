//! Kerning of the letters that are left, from the font's `GPOS` to the plain `kern` table.

use subsetter::GlyphRemapper;
use ttf_parser::gpos::{ClassMatrix, PairAdjustment, PairSet, PositioningSubtable};
use ttf_parser::opentype_layout::Lookup;
use ttf_parser::{Face, GlyphId, Tag};

/// What one subtable can hold: its length is 16 bits, of which 14 bytes are its head.
const MOST_PAIRS: usize = (0xffff - 14) / 6;

/// Format 0 of `kern` (OpenType 1.9, "kern"); `None` where no pair is kerned.
pub(super) fn table(face: &Face, glyphs: &GlyphRemapper) -> Option<Vec<u8>> {
    let rights: Vec<GlyphId> = glyphs.remapped_gids().map(GlyphId).collect();
    let lookups: Vec<Vec<Subtable>> = lookups(face).iter().map(|lookup| Subtable::all(lookup, &rights)).collect();
    let mut pairs: Vec<(u16, u16, i16)> = Vec::new();
    for (left, old_left) in (0u16..).zip(&rights) {
        let rows = lookups.iter().map(|subtables| subtables.iter().filter_map(|one| one.row(*old_left)).collect());
        let rows: Vec<Vec<Row>> = rows.filter(|rows: &Vec<Row>| !rows.is_empty()).collect();
        if rows.is_empty() {
            continue;
        }
        for (right, (at, old_right)) in (0u16..).zip(rights.iter().enumerate()) {
            // The first subtable that knows the pair decides (OpenType 1.9, "GPOS", lookup type 2).
            let kerned = rows.iter().filter_map(|rows| rows.iter().find_map(|row| row.advance(at, *old_right)));
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

/// A subtable of pairs, and the classes that it puts the right glyphs in, where it has classes.
struct Subtable<'a> {
    pairs: PairAdjustment<'a>,
    classes: Vec<u16>,
}

/// What a subtable says of one left glyph.
enum Row<'s, 'a> {
    Set(PairSet<'a>),
    Class { matrix: ClassMatrix<'a>, left: u16, classes: &'s [u16] },
}

impl<'a> Subtable<'a> {
    fn all(lookup: &Lookup<'a>, rights: &[GlyphId]) -> Vec<Self> {
        let subtables = lookup.subtables.into_iter::<PositioningSubtable>();
        let pairs = subtables.filter_map(|subtable| {
            let PositioningSubtable::Pair(pairs) = subtable else { return None };
            Some(pairs)
        });
        let with_classes = |pairs: PairAdjustment<'a>| match pairs {
            PairAdjustment::Format1 { .. } => Self { pairs, classes: Vec::new() },
            PairAdjustment::Format2 { classes, .. } => {
                Self { pairs, classes: rights.iter().map(|right| classes.1.get(*right)).collect() }
            }
        };
        pairs.map(with_classes).collect()
    }

    fn row(&self, left: GlyphId) -> Option<Row<'_, 'a>> {
        match self.pairs {
            PairAdjustment::Format1 { coverage, sets } => Some(Row::Set(sets.get(coverage.get(left)?)?)),
            PairAdjustment::Format2 { coverage, classes, matrix } => {
                coverage.get(left)?;
                Some(Row::Class { matrix, left: classes.0.get(left), classes: &self.classes })
            }
        }
    }
}

impl Row<'_, '_> {
    /// What the left glyph's advance changes by before a right one, the `at`th.
    fn advance(&self, at: usize, right: GlyphId) -> Option<i16> {
        let (first, _) = match self {
            Row::Set(set) => set.get(right)?,
            Row::Class { matrix, left, classes } => matrix.get((*left, classes[at]))?,
        };
        Some(first.x_advance)
    }
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
