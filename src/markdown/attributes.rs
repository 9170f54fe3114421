//! `{#id .class key="value"}`, pandoc's attribute syntax.
//!
//! In: text that begins with a brace, or what comrak read of one. Out: [`Attributes`].
//! Never decides what a class or key means, but for `lang`, `id` and `class`.

use std::ops::Range;

use comrak::Node;

use super::hygiene::clean;
use crate::document::{Attributes, Label};

/// Attributes and where they stand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Parsed {
    /// What they say, `title=` left out.
    pub(super) attributes: Attributes,
    /// Bytes of the value of `title=`, without its quotes.
    pub(super) title: Option<Range<usize>>,
    /// Bytes from the opening to the closing brace.
    pub(super) len: usize,
}

/// Reads attributes at the start of a text; `None` if there are none that are valid.
pub(super) fn parse(text: &str) -> Option<Parsed> {
    let mut parsed = Parsed::default();
    // kramdown's begin with a colon: `{: #id}`, `{:.class}`.
    let start = if text.starts_with("{:") { 2 } else { text.strip_prefix('{').map(|_| 1)? };
    let mut at = start;
    loop {
        let rest = &text[at..];
        let space = rest.len() - rest.trim_start().len();
        at += space;
        let rest = &text[at..];
        if rest.starts_with('}') {
            parsed.len = at + 1;
            return Some(parsed);
        }
        if space == 0 && at > start {
            return None;
        }
        at += item(text, at, &mut parsed)?;
    }
}

/// Reads one attribute at `at`; its length.
fn item(text: &str, at: usize, parsed: &mut Parsed) -> Option<usize> {
    let rest = &text[at..];
    if let Some(name) = rest.strip_prefix('#') {
        let name = bare(name)?;
        parsed.attributes.label = Some(Label(clean(name.to_owned())));
        return Some(name.len() + 1);
    }
    if let Some(name) = rest.strip_prefix('.') {
        let name = bare(name)?;
        // kramdown's class for a heading that the contents leave out.
        let class = if name == "no_toc" { "unlisted" } else { name };
        parsed.attributes.classes.push(clean(class.to_owned()));
        return Some(name.len() + 1);
    }
    if rest.starts_with('-') && !rest[1..].starts_with(|c: char| !c.is_whitespace() && c != '}') {
        parsed.attributes.classes.push("unnumbered".to_owned());
        return Some(1);
    }
    let key_len = rest.find(|c: char| !c.is_alphanumeric() && !"-_:.".contains(c))?;
    let key = &rest[..key_len];
    let value = rest[key_len..].strip_prefix('=').filter(|_| key.starts_with(char::is_alphabetic))?;
    let (raw, len) = value_of(value)?;
    let start = at + key_len + 1 + raw.start;
    if key == "title" {
        parsed.title = Some(start..start + raw.len());
    } else {
        set(&mut parsed.attributes, key, unescape(&value[raw]));
    }
    Some(key_len + 1 + len)
}

/// Quotes that open, each with those that close it: straight ones, and what word processors make of them.
const QUOTES: &[(char, &[char])] = &[
    ('"', &['"']),
    ('\'', &['\'']),
    ('“', &['”', '“']),
    ('”', &['”']),
    ('„', &['“', '”']),
    ('«', &['»']),
    ('‘', &['’']),
    ('’', &['’']),
];

/// A value's bytes without quotes, and its length with them.
fn value_of(text: &str) -> Option<(Range<usize>, usize)> {
    let first = text.chars().next()?;
    let Some((_, closing)) = QUOTES.iter().find(|(open, _)| *open == first) else {
        let value = bare(text)?;
        return Some((0..value.len(), value.len()));
    };
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if closing.contains(&c) => return Some((first.len_utf8()..at, at + c.len_utf8())),
            _ => {}
        }
    }
    None
}

/// A value that comrak took with quotes that it does not know.
fn unquoted(value: &str) -> &str {
    match value_of(value) {
        Some((range, len)) if len == value.len() => &value[range],
        Some(_) | None => value,
    }
}

fn bare(text: &str) -> Option<&str> {
    let end = text.find(|c: char| c.is_whitespace() || "{}\"'=<>`".contains(c)).unwrap_or(text.len());
    (end > 0).then(|| &text[..end])
}

fn unescape(raw: &str) -> String {
    let mut value = String::with_capacity(raw.len());
    let mut chars = raw.chars();
    while let Some(c) = chars.next() {
        value.push(if c == '\\' { chars.next().unwrap_or(c) } else { c });
    }
    value
}

/// Sets a pair, where `id`, `class` and `lang` are what they are in HTML.
pub(super) fn set(attributes: &mut Attributes, key: &str, value: String) {
    let value = clean(value);
    match key {
        "id" if !value.is_empty() => attributes.label = Some(Label(value)),
        "class" => attributes.classes.extend(value.split_whitespace().map(str::to_owned)),
        "lang" | "xml:lang" => attributes.language = Some(value).filter(|value| !value.is_empty()),
        _ => attributes.pairs.push((key.to_owned(), value)),
    }
}

/// What comrak read after a heading, link, image or code.
pub(super) fn of_node(node: Node<'_>) -> Attributes {
    let data = node.data();
    let Some(read) = data.attrs.as_deref() else { return Attributes::default() };
    let mut attributes = Attributes {
        label: read.id.clone().map(|id| Label(clean(id))),
        classes: read.classes.iter().cloned().map(clean).collect(),
        ..Attributes::default()
    };
    for (key, value) in &read.pairs {
        set(&mut attributes, key, unquoted(value).to_owned());
    }
    attributes
}

/// Both, where what is `given` counts more.
pub(super) fn merged(own: Attributes, given: Attributes) -> Attributes {
    Attributes {
        label: given.label.or(own.label),
        language: given.language.or(own.language),
        classes: own.classes.into_iter().chain(given.classes).collect(),
        pairs: own.pairs.into_iter().chain(given.pairs).collect(),
    }
}

/// Whether a text that is no valid attribute list was meant as one.
pub(super) fn is_attempt(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('{') else { return false };
    let rest = rest.strip_prefix(':').map_or(rest, str::trim_start);
    let inside = rest.split(['{', '}', '\n']).next().unwrap_or_default();
    let key = inside.find('=').map(|at| &inside[..at]);
    inside.starts_with(['#', '.']) && inside.len() > 1
        || key.is_some_and(|key| !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || c == '-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_pandoc_reads() {
        let parsed = parse(r#"{.box #b-1  lang=fr title="A: \"b\"" width='60%' -} x"#).expect("valid");
        assert_eq!(parsed.attributes.label, Some(Label("b-1".to_owned())));
        assert_eq!(parsed.attributes.classes, ["box", "unnumbered"]);
        assert_eq!(parsed.attributes.language.as_deref(), Some("fr"));
        assert_eq!(parsed.attributes.pairs, [("width".to_owned(), "60%".to_owned())]);
        assert_eq!(parsed.title, Some(27..35));
        assert_eq!(parsed.len, 51);
        assert_eq!(parse("{}").map(|parsed| parsed.len), Some(2));
    }

    #[test]
    fn refuses_what_is_no_list_of_attributes() {
        for text in ["", "{", "{#}", "{.a", "{word}", "{a=}", "{.a.b=c d}", "{#a\"b\"}", "{=x}", "x"] {
            assert_eq!(parse(text), None, "{text}");
        }
        assert!(is_attempt("{#x") && is_attempt("{.a b}") && is_attempt("{width=}"));
        assert!(!is_attempt("{x}") && !is_attempt("{}") && !is_attempt("{ a = b }"));
    }
}
