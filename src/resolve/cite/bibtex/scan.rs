//! Entries and their fields, as far as they must be known before they are read.
//!
//! In: a `.bib` file. Out: [`Entry`]s with the place of each part. Never resolves an abbreviation or a TeX command, and
//! takes whatever stands there.

use std::ops::Range;

/// `@type{key, name = value, …}`: ranges are bytes of the file.
pub(super) struct Entry {
    pub(super) range: Range<usize>,
    /// "book", as typed.
    pub(super) kind: Range<usize>,
    pub(super) key: Range<usize>,
    pub(super) fields: Vec<Field>,
    /// How deep braces nest.
    pub(super) depth: usize,
    pub(super) end: End,
}

/// `name = value`; the value with its braces or quotes.
pub(super) struct Field {
    pub(super) name: Range<usize>,
    pub(super) value: Range<usize>,
}

/// Whether an entry's brackets are closed before the next entry begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    Closed,
    /// Where the innermost bracket that stays open stands.
    Missing(usize),
}

impl Entry {
    /// The fields of a name, whatever its case.
    pub(super) fn named<'a>(&'a self, text: &'a str, name: &'a str) -> impl Iterator<Item = &'a Field> {
        self.fields.iter().filter(move |field| text[field.name.clone()].eq_ignore_ascii_case(name))
    }

    /// Its type in lower case.
    pub(super) fn kind_in<'t>(&self, text: &'t str) -> std::borrow::Cow<'t, str> {
        let typed = &text[self.kind.clone()];
        if typed.bytes().any(|byte| byte.is_ascii_uppercase()) {
            typed.to_ascii_lowercase().into()
        } else {
            typed.into()
        }
    }
}

impl Field {
    /// The value without the braces or quotes around it.
    pub(super) fn bare<'t>(&self, text: &'t str) -> &'t str {
        let value = text[self.value.clone()].trim();
        let inner = value.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
        inner.or_else(|| value.strip_prefix('"')?.strip_suffix('"')).unwrap_or(value).trim()
    }

    /// The names that it lists.
    pub(super) fn names<'t>(&self, text: &'t str) -> impl Iterator<Item = &'t str> {
        self.bare(text).split(',').map(str::trim).filter(|name| !name.is_empty())
    }
}

/// Every entry; comments, preambles and abbreviations are none.
pub(super) fn entries(text: &str) -> Vec<Entry> {
    let bytes = text.as_bytes();
    let mut entries = Vec::new();
    let mut at = 0;
    while let Some(start) = bytes[at..].iter().position(|byte| *byte == b'@').map(|found| at + found) {
        let word = bytes[start + 1..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        let open = start + 1 + word + bytes[start + 1 + word..].iter().take_while(|b| b.is_ascii_whitespace()).count();
        if word == 0 || !matches!(bytes.get(open), Some(b'{' | b'(')) {
            at = start + 1;
            continue;
        }
        let (end, depth, closed) = closing(bytes, open);
        at = end;
        let kind = start + 1..start + 1 + word;
        if ["comment", "preamble", "string"].iter().any(|other| text[kind.clone()].eq_ignore_ascii_case(other)) {
            continue;
        }
        let typed = text.get(open + 1..end).unwrap_or_default();
        let len = typed.find([',', '}', '\n']).unwrap_or(typed.len());
        let lead = typed[..len].len() - typed[..len].trim_start().len();
        let key = open + 1 + lead..open + 1 + lead.max(typed[..len].trim_end().len());
        let fields = fields(bytes, open + 1 + len, end);
        entries.push(Entry { range: start..end, kind, key, fields, depth, end: closed });
    }
    entries
}

/// Behind the bracket that closes the one at `open`, and how deep braces nest until there.
fn closing(bytes: &[u8], open: usize) -> (usize, usize, End) {
    let (mut braces, mut deepest, mut at) = (Vec::new(), 0, open);
    let round = bytes[open] == b'(';
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 1,
            b'{' => braces.push(at),
            b'}' => drop(braces.pop()),
            b')' if round && braces.is_empty() => return (at + 1, deepest, End::Closed),
            // An entry that is never closed ends before the next.
            b'@' if bytes[at - 1] == b'\n' && begins(&bytes[at + 1..]) => {
                return (at, deepest, End::Missing(braces.last().copied().unwrap_or(open)));
            }
            _ => {}
        }
        deepest = deepest.max(braces.len());
        if !round && braces.is_empty() {
            return (at + 1, deepest, End::Closed);
        }
        at += 1;
    }
    (bytes.len(), deepest, End::Missing(braces.last().copied().unwrap_or(open)))
}

/// Whether `type{` follows an `@`.
fn begins(bytes: &[u8]) -> bool {
    let word = bytes.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
    word > 0 && matches!(bytes.get(word), Some(b'{' | b'('))
}

/// The fields between a key and the end of its entry.
fn fields(bytes: &[u8], from: usize, end: usize) -> Vec<Field> {
    let mut fields = Vec::new();
    let mut at = from;
    let blank = |byte: u8| byte.is_ascii_whitespace() || byte == b',';
    while at < end {
        at += bytes[at..end].iter().take_while(|byte| blank(**byte)).count();
        let stops = |byte: u8| byte.is_ascii_whitespace() || b"=,{}()\"#".contains(&byte);
        let name = at..at + bytes[at..end].iter().take_while(|byte| !stops(**byte)).count();
        at = name.end + bytes[name.end..end].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        if name.is_empty() || bytes.get(at) != Some(&b'=') {
            at = value_end(bytes, at, end).max(at + 1);
            continue;
        }
        at += 1;
        at += bytes[at..end].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        let value = at..value_end(bytes, at, end);
        at = value.end;
        fields.push(Field { name, value });
    }
    fields
}

/// Where a value ends: before a comma or the bracket of the entry.
fn value_end(bytes: &[u8], from: usize, end: usize) -> usize {
    let (mut depth, mut quoted, mut at) = (0_usize, false, from);
    while at < end {
        match bytes[at] {
            b'\\' => at += 1,
            b'{' => depth += 1,
            b'}' | b')' if depth == 0 && !quoted => break,
            b'}' => depth = depth.saturating_sub(1),
            b'"' if depth == 0 => quoted = !quoted,
            b',' if depth == 0 && !quoted => break,
            _ => {}
        }
        at += 1;
    }
    at.min(end)
}
