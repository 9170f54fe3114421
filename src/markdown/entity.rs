//! HTML's character references, as CommonMark 2.5 has them.

use comrak::nodes::NodeValue;
use comrak::{Arena, Options, parse_document};

/// Longest reference with a name (`&CounterClockwiseContourIntegral;`), with room.
const LONGEST: usize = 40;

/// The reference that a text begins with, and what it stands for.
pub(super) fn at_start(text: &str) -> Option<(&str, String)> {
    let body = text.strip_prefix('&')?;
    let len = body.bytes().take(LONGEST).position(|byte| byte == b';')?;
    let named = body.as_bytes()[..len].iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'#');
    if !named || len == 0 {
        return None;
    }
    let reference = &text[..len + 2];
    let arena = Arena::new();
    let root = parse_document(&arena, reference, &Options::default());
    let paragraph = root.first_child()?;
    let decoded = paragraph.collect_text();
    let single = matches!(paragraph.data().value, NodeValue::Paragraph);
    (single && decoded != reference).then_some((reference, decoded))
}

/// A text with its references resolved.
pub(super) fn decode(text: &str) -> String {
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        decoded.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some((reference, value)) = at_start(rest) {
            decoded.push_str(&value);
            rest = &rest[reference.len()..];
        } else {
            decoded.push('&');
            rest = &rest[1..];
        }
    }
    decoded.push_str(rest);
    decoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_decoded_and_the_rest_is_kept() {
        assert_eq!(decode("a &amp; b &copy;&#233; &nope; &; & x"), "a & b ©é &nope; &; & x");
        assert_eq!(decode("&nbsp;&#x26;&#160;"), "\u{a0}&\u{a0}");
    }
}
