//! Text to HTML text, attribute values, addresses and JSON. Nothing reaches the page but through here.

use std::fmt::Write as _;

/// Appends text with `&`, `<`, `>` and `"` as references, in content and in quoted attributes alike
/// (HTML 13.3, "escaping a string"). What a page may not hold at all becomes U+FFFD.
pub(super) fn push_text(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if is_forbidden(c) => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
}

/// Controls but white space, and noncharacters (HTML 13.2.3.5).
fn is_forbidden(c: char) -> bool {
    let noncharacter = matches!(c as u32 & 0xffff, 0xfffe | 0xffff) || ('\u{fdd0}'..='\u{fdef}').contains(&c);
    (c.is_control() && !matches!(c, '\t' | '\n')) || noncharacter
}

/// An address in a fragment, as CommonMark prints it (6.3, examples 502 to 504); those of a page are `resolve`'s.
/// Everything is percent-encoded that a URL may not hold as it is; escapes that are there stay.
pub(super) fn address(destination: &str) -> String {
    let mut out = String::with_capacity(destination.len());
    for byte in destination.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.+!*'(),%#@?=;:/,$~&".contains(&byte) {
            out.push(char::from(byte));
        } else {
            write!(out, "%{byte:02X}").expect("writing to a String does not fail");
        }
    }
    out
}

/// JSON that may stand in a `script` element: no `<`, so neither an end tag nor a comment.
pub(super) fn json(value: &serde_json::Value) -> String {
    value.to_string().replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn text(text: &str) -> String {
        let mut out = String::new();
        push_text(&mut out, text);
        out
    }

    #[test]
    fn markup_becomes_text() {
        assert_eq!(text("<script>alert(\"1\")</script>&amp;"), {
            "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;amp;"
        });
        assert_eq!(text("a\u{0}b\u{1b}c\u{ffff}"), "a\u{fffd}b\u{fffd}c\u{fffd}");
    }

    #[test]
    fn addresses_keep_their_escapes() {
        assert_eq!(address("/a b/ä%20\"<>"), "/a%20b/%C3%A4%20%22%3C%3E");
        assert_eq!(address("https://x.example/?a=1&b=[2]#c"), "https://x.example/?a=1&b=%5B2%5D#c");
    }

    #[test]
    fn json_cannot_end_its_element() {
        let value = serde_json::json!({ "name": "</script><!--&" });
        assert!(!json(&value).contains(['<', '>', '&']));
    }

    proptest! {
        /// A parser reads back exactly what was written, in content and in an attribute.
        #[test]
        fn a_parser_reads_the_text_back(source in "[^\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f]*") {
            let wanted: String = source.chars().map(|c| if is_forbidden(c) { '\u{fffd}' } else { c }).collect();
            let page = format!("<!doctype html><p title=\"{0}\">x{0}</p>", text(&source));
            let html = scraper::Html::parse_document(&page);
            let selector = scraper::Selector::parse("p").expect("a selector");
            let p = html.select(&selector).next().expect("the paragraph is there");
            prop_assert_eq!(p.text().collect::<String>(), format!("x{wanted}"));
            prop_assert_eq!(p.value().attr("title"), Some(wanted.as_str()));
        }
    }
}
