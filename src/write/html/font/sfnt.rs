//! The container of a TrueType font, and the tables that are written anew (OpenType 1.9, "Font file").

use std::collections::BTreeMap;

/// Tables by tag, in the order in which a file lists them.
pub(super) type Tables = BTreeMap<[u8; 4], Vec<u8>>;

/// One table of a face.
pub(super) fn table(data: &[u8], index: u32, tag: &[u8; 4]) -> Option<Vec<u8>> {
    let face = ttf_parser::RawFace::parse(data, index).ok()?;
    Some(face.table(ttf_parser::Tag::from_bytes(tag))?.to_vec())
}

/// The tables of a face, by its index in a collection.
pub(super) fn tables(data: &[u8], index: u32) -> Option<Tables> {
    let face = ttf_parser::RawFace::parse(data, index).ok()?;
    let table = |record: ttf_parser::TableRecord| Some((record.tag.to_bytes(), face.table(record.tag)?.to_vec()));
    face.table_records.into_iter().map(table).collect()
}

/// A file of tables, with checksums.
pub(super) fn file(tables: &Tables) -> Vec<u8> {
    let count = tables.len() as u16;
    let power = count.ilog2();
    let searched = (1u16 << power) * 16;
    let mut out = if tables.contains_key(b"CFF ") { b"OTTO".to_vec() } else { vec![0, 1, 0, 0] };
    for word in [count, searched, power as u16, count * 16 - searched] {
        out.extend(word.to_be_bytes());
    }
    let mut offset = 12 + 16 * tables.len() as u32;
    let mut adjustment = None;
    let mut body = Vec::new();
    for (tag, table) in tables {
        let mut table = table.clone();
        if tag == b"head" && table.len() >= 12 {
            table[8..12].fill(0);
            adjustment = Some(offset as usize + 8);
        }
        let length = table.len() as u32;
        table.resize(table.len().next_multiple_of(4), 0);
        out.extend(tag);
        for word in [checksum(&table), offset, length] {
            out.extend(word.to_be_bytes());
        }
        offset += table.len() as u32;
        body.extend(table);
    }
    out.extend(body);
    if let Some(at) = adjustment {
        let value = 0xb1b0_afba_u32.wrapping_sub(checksum(&out));
        out[at..at + 4].copy_from_slice(&value.to_be_bytes());
    }
    out
}

fn checksum(data: &[u8]) -> u32 {
    let words = data.chunks_exact(4).map(|word| u32::from_be_bytes([word[0], word[1], word[2], word[3]]));
    words.fold(0, u32::wrapping_add)
}

/// `post` without glyph names (version 3), which nothing in a browser reads.
pub(super) fn nameless_post(post: &[u8]) -> Vec<u8> {
    let mut out = 0x0003_0000_u32.to_be_bytes().to_vec();
    out.extend(post.iter().skip(4).take(28));
    out.resize(32, 0);
    out
}

/// `cmap`: format 4 for the Basic Multilingual Plane, and format 12 for all where some lie beyond it.
pub(super) fn character_map(map: &BTreeMap<char, u16>) -> Vec<u8> {
    let runs = runs(map);
    let basic: Vec<Run> = runs.iter().copied().filter(|run| run.last < 0xffff).collect();
    let beyond = map.keys().any(|letter| *letter > '\u{ffff}');
    let short = format_4(&basic);
    let mut out = Vec::new();
    words(&mut out, &[0, 1 + u16::from(beyond)]);
    let first = 4 + 8 * (1 + u32::from(beyond));
    words(&mut out, &[3, 1]);
    out.extend(first.to_be_bytes());
    if beyond {
        words(&mut out, &[3, 10]);
        out.extend((first + short.len() as u32).to_be_bytes());
    }
    out.extend(short);
    if beyond {
        out.extend(format_12(&runs));
    }
    out
}

/// Characters in a row with glyphs in a row.
#[derive(Clone, Copy)]
struct Run {
    first: u32,
    last: u32,
    glyph: u16,
}

/// Runs end at the end of a plane, so that each belongs to one.
fn runs(map: &BTreeMap<char, u16>) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for (letter, glyph) in map {
        let code = u32::from(*letter);
        match runs.last_mut() {
            Some(run)
                if run.last + 1 == code
                    && code & 0xffff != 0
                    && u32::from(run.glyph) + code - run.first == u32::from(*glyph) =>
            {
                run.last = code;
            }
            Some(_) | None => runs.push(Run { first: code, last: code, glyph: *glyph }),
        }
    }
    runs
}

fn format_4(runs: &[Run]) -> Vec<u8> {
    let basic = |code: u32| u16::try_from(code).expect("runs of format 4 lie in the first plane");
    // A last segment maps U+FFFF to the missing glyph.
    let mut segments: Vec<(u16, u16, u16)> =
        runs.iter().map(|run| (basic(run.first), basic(run.last), run.glyph.wrapping_sub(basic(run.first)))).collect();
    segments.push((0xffff, 0xffff, 1));
    let count = segments.len() as u16;
    let power = count.ilog2();
    let searched = 2u16 << power;
    let mut out = Vec::new();
    words(&mut out, &[4, 16 + 8 * count, 0, count * 2, searched, power as u16, count * 2 - searched]);
    segments.iter().for_each(|(_, last, _)| words(&mut out, &[*last]));
    words(&mut out, &[0]);
    segments.iter().for_each(|(first, _, _)| words(&mut out, &[*first]));
    segments.iter().for_each(|(_, _, delta)| words(&mut out, &[*delta]));
    segments.iter().for_each(|_| words(&mut out, &[0]));
    out
}

fn format_12(runs: &[Run]) -> Vec<u8> {
    let mut out = Vec::new();
    words(&mut out, &[12, 0]);
    for word in [16 + 12 * runs.len() as u32, 0, runs.len() as u32] {
        out.extend(word.to_be_bytes());
    }
    for run in runs {
        for word in [run.first, run.last, u32::from(run.glyph)] {
            out.extend(word.to_be_bytes());
        }
    }
    out
}

fn words(out: &mut Vec<u8>, words: &[u16]) {
    words.iter().for_each(|word| out.extend(word.to_be_bytes()));
}
