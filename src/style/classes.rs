//! Signs that a font takes for combining marks.
//!
//! Noto Sans counts signs that stand for themselves (` ´ ¨ ˆ ˜ ʼ ʹ, the apostrophe of Hawaiian and Ukrainian names) among
//! the marks in its table of classes (OpenType 1.9, "GDEF"). A shaper gives marks no width, and each stood on the letter
//! before it. In: a font's file. Out: the same without that table, so that a shaper goes by Unicode's categories.

/// The file without its table of classes, its checksums as they should be; `None` where it has none.
pub(super) fn without(data: &[u8]) -> Option<Vec<u8>> {
    let (definitions, head) = (table(data, b"GDEF")?, table(data, b"head")?);
    let classes = definitions.offset + 4;
    let mut mended = data.to_vec();
    mended.get_mut(classes..classes + 2)?.fill(0);
    let sum = sum(mended.get(definitions.offset..definitions.offset + definitions.length.next_multiple_of(4))?);
    mended.get_mut(definitions.record + 4..definitions.record + 8)?.copy_from_slice(&sum.to_be_bytes());
    // The whole file's sum and this are always the same (OpenType 1.9, "head").
    let adjustment = head.offset + 8..head.offset + 12;
    mended.get_mut(adjustment.clone())?.fill(0);
    let adjusted = 0xB1B0_AFBA_u32.wrapping_sub(self::sum(&mended));
    mended.get_mut(adjustment)?.copy_from_slice(&adjusted.to_be_bytes());
    Some(mended)
}

/// Where a table is, and its record in the file's directory.
struct Table {
    record: usize,
    offset: usize,
    length: usize,
}

fn table(data: &[u8], tag: &[u8; 4]) -> Option<Table> {
    let number = |at: usize| Some(u32::from_be_bytes(data.get(at..at + 4)?.try_into().ok()?) as usize);
    let count = number(2)? & 0xffff;
    let record = (0..count).map(|index| 12 + 16 * index).find(|at| data.get(*at..*at + 4) == Some(tag))?;
    Some(Table { record, offset: number(record + 8)?, length: number(record + 12)? })
}

fn sum(data: &[u8]) -> u32 {
    let (words, rest) = data.as_chunks::<4>();
    let mut last = [0; 4];
    last[..rest.len()].copy_from_slice(rest);
    words.iter().chain([&last]).fold(0, |sum: u32, word| sum.wrapping_add(u32::from_be_bytes(*word)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_but_the_classes_is_taken_out() {
        let before = notosans::REGULAR_TTF;
        let after = without(before).expect("it has classes");
        let definitions = |data| ttf_parser::Face::parse(data, 0).ok().and_then(|face| face.tables().gdef);
        let is_mark = |data, c| {
            let face = ttf_parser::Face::parse(data, 0).expect("a font");
            let glyph = face.glyph_index(c).expect("it has it");
            definitions(data).is_some_and(|table| table.glyph_class(glyph) == Some(ttf_parser::gdef::GlyphClass::Mark))
        };
        assert!(is_mark(before, '`') && !is_mark(&after, '`'));
        assert!(definitions(&after).is_some_and(|table| !table.has_glyph_classes()));
        let differ = before.iter().zip(&after).filter(|(a, b)| a != b).count();
        assert!(before.len() == after.len() && differ <= 10, "{differ} bytes differ");
        // A file's own sums hold before and after.
        for data in [before, &after] {
            let found = table(data, b"GDEF").expect("it has one");
            let stated = u32::from_be_bytes(data[found.record + 4..found.record + 8].try_into().expect("four bytes"));
            assert_eq!(sum(&data[found.offset..found.offset + found.length.next_multiple_of(4)]), stated);
            assert_eq!(sum(data), 0xB1B0_AFBA);
        }
    }

    #[test]
    fn what_is_no_font_is_left() {
        assert_eq!(without(b""), None);
        assert_eq!(without(&[0; 40]), None);
        assert_eq!(without(&notosans::REGULAR_TTF[..400]), None);
    }
}
