//! How deep a page nests, told before it is parsed: html5ever takes time squared with the depth of open elements.
//!
//! In: text. Out: an upper bound, elements whose end tag may be left out not counted, for they close each other.

/// Levels that are read.
pub(super) const LIMIT: usize = 512;

/// Elements that have no end tag, or may leave it out (HTML 13.1.2.4).
const UNCOUNTED: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr", "li", "dt",
    "dd", "p", "rt", "rp", "optgroup", "option", "colgroup", "caption", "thead", "tbody", "tfoot", "tr", "td", "th",
    "html", "head", "body",
];

/// The greatest number of elements open at once.
pub(super) fn of(text: &str) -> usize {
    let bytes = text.as_bytes();
    let (mut open, mut deepest, mut at) = (0_usize, 0_usize, 0_usize);
    while let Some(found) = bytes[at..].iter().position(|byte| *byte == b'<') {
        at += found + 1;
        let closing = bytes.get(at) == Some(&b'/');
        let start = at + usize::from(closing);
        let length = bytes[start..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        let name = text.get(start..start + length).unwrap_or_default().to_ascii_lowercase();
        at = start + length;
        if name.is_empty() || UNCOUNTED.contains(&name.as_str()) {
            continue;
        }
        open = if closing { open.saturating_sub(1) } else { open + 1 };
        deepest = deepest.max(open);
    }
    deepest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn depth_is_counted() {
        for (text, depth) in [
            ("", 0),
            ("a < b", 0),
            ("<p>a<p>b<ul><li>c<li>d</ul>", 1),
            ("<div><div></div><b></b></div><i>", 2),
            ("<br><img src=x><div>", 1),
        ] {
            assert_eq!(of(text), depth, "{text}");
        }
        assert_eq!(of(&"<div>".repeat(3_000)), 3_000);
    }
}
