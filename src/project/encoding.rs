//! The text of a file, and what its encoding looks like where it is not UTF-8.

use std::ops::Range;

/// A text, and where it is not what its file says.
pub(super) struct Decoded {
    /// The text; one U+FFFD for each run of bytes that mean nothing.
    pub(super) text: String,
    /// Where those stand.
    pub(super) invalid: Vec<Range<usize>>,
    /// What the file looks like, if it is not UTF-8.
    pub(super) looks: Option<Encoding>,
}

/// An encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Encoding {
    /// As people call it.
    pub(super) name: &'static str,
    /// As `iconv` calls it.
    pub(super) charset: &'static str,
}

const UTF_16_LE: Encoding = Encoding { name: "UTF-16", charset: "UTF-16LE" };
const UTF_16_BE: Encoding = Encoding { name: "UTF-16", charset: "UTF-16BE" };
const WESTERN: Encoding = Encoding { name: "Windows-1252 (Latin-1)", charset: "WINDOWS-1252" };
const OTHER: Encoding = Encoding {
    name: "an older encoding of another script, such as Windows-1251, Windows-1256 or GB 18030",
    charset: "WINDOWS-1251",
};

/// What some programs put before UTF-8 (RFC 3629, 6).
const MARK: &[u8] = b"\xef\xbb\xbf";

/// Whether a file is that text and has no fault, without decoding it.
pub(super) fn is_text(bytes: &[u8], text: &str) -> bool {
    bytes.strip_prefix(MARK).unwrap_or(bytes) == text.as_bytes() && !bytes.contains(&0)
}

/// Decodes UTF-8, with or without a mark at its beginning. UTF-16 is read as well, but is at fault all the same.
pub(super) fn decode(bytes: &[u8]) -> Decoded {
    if let Ok(text) = std::str::from_utf8(bytes.strip_prefix(MARK).unwrap_or(bytes))
        && !bytes.contains(&0)
    {
        return Decoded { text: text.to_owned(), invalid: Vec::new(), looks: None };
    }
    if let Some((encoding, text)) = utf_16(bytes) {
        let first = text.chars().next().map_or(0, char::len_utf8);
        return Decoded { text, invalid: std::iter::once(0..first).collect(), looks: Some(encoding) };
    }
    let bytes = bytes.strip_prefix(MARK).unwrap_or(bytes);
    let (mut text, mut invalid) = (String::with_capacity(bytes.len()), Vec::new());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        if !chunk.invalid().is_empty() {
            let start = text.len();
            text.push(char::REPLACEMENT_CHARACTER);
            invalid.push(start..text.len());
        }
    }
    let high = bytes.iter().filter(|byte| !byte.is_ascii()).count();
    let letters = bytes.iter().filter(|byte| byte.is_ascii_alphabetic()).count();
    let looks = if high > letters { OTHER } else { WESTERN };
    Decoded { text, looks: (!invalid.is_empty()).then_some(looks), invalid }
}

/// UTF-16 by its mark, or by the zero in every other byte of a text that is mostly ASCII.
fn utf_16(bytes: &[u8]) -> Option<(Encoding, String)> {
    let zeros = |odd: usize| bytes.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    let mostly = |count: usize| bytes.len() >= 4 && count > bytes.len() / 4;
    let (encoding, rest) = if let Some(rest) = bytes.strip_prefix(b"\xff\xfe") {
        (UTF_16_LE, rest)
    } else if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
        (UTF_16_BE, rest)
    } else if bytes.contains(&0) && mostly(zeros(1)) && zeros(0) == 0 {
        (UTF_16_LE, bytes)
    } else if bytes.contains(&0) && mostly(zeros(0)) && zeros(1) == 0 {
        (UTF_16_BE, bytes)
    } else {
        return None;
    };
    let (pairs, _) = rest.as_chunks::<2>();
    let unit =
        |pair: &[u8; 2]| if encoding == UTF_16_LE { u16::from_le_bytes(*pair) } else { u16::from_be_bytes(*pair) };
    let units: Vec<u16> = pairs.iter().map(unit).collect();
    Some((encoding, String::from_utf16_lossy(&units)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_told_by_their_bytes() {
        let utf_16 = |text: &str, mark: bool| -> Vec<u8> {
            let mark = if mark { "\u{feff}" } else { "" };
            format!("{mark}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect()
        };
        let cases: [(Vec<u8>, &str, usize, Option<Encoding>); 6] = [
            (b"\xef\xbb\xbfok \xc3\xa9".to_vec(), "ok \u{e9}", 0, None),
            (b"caf\xe9 cr\xe8me".to_vec(), "caf\u{fffd} cr\u{fffd}me", 2, Some(WESTERN)),
            (b"\xcf\xf0\xe8\xe2\xe5\xf2 a".to_vec(), "", 1, Some(OTHER)),
            (utf_16("# Title", true), "# Title", 1, Some(UTF_16_LE)),
            (utf_16("# Title", false), "# Title", 1, Some(UTF_16_LE)),
            (b"a\0b".to_vec(), "a\0b", 0, None),
        ];
        for (bytes, text, least, looks) in cases {
            let decoded = decode(&bytes);
            assert!(text.is_empty() || decoded.text == text, "{:?}", decoded.text);
            assert!(decoded.invalid.len() >= least && decoded.looks == looks, "{text}: {:?}", decoded.looks);
        }
    }
}
