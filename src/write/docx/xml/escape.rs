use std::borrow::Cow;

/// Text as it may stand in a part: characters that XML 1.0 (2.2) forbids become U+FFFD. Drafts hold none any more;
/// a configuration might. Markup characters are escaped by the builder.
pub(super) fn allowed(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_allowed) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|c| if is_allowed(c) { c } else { '\u{fffd}' }).collect())
}

fn is_allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

#[cfg(test)]
mod tests {
    use super::allowed;

    #[test]
    fn what_xml_forbids_is_replaced() {
        assert_eq!(allowed("a\u{0}b\u{1f}c\u{ffff}\td\u{1f600}"), "a\u{fffd}b\u{fffd}c\u{fffd}\td\u{1f600}");
    }
}
