//! BibTeX and BibLaTeX.
//!
//! In: a `.bib` file. Out: its works. An entry that hayagriva's reader refuses is taken out, said, and the rest read
//! again; entries that inherit from each other in a circle, which that reader follows for ever, lose that field first.

use std::collections::HashMap;
use std::ops::Range;

use hayagriva::io::{BibLaTeXError, from_biblatex_str};

use super::library::Read;

/// Bytes to be read in all: a file is read again without the entries that were refused.
const MOST_READ: usize = 200_000_000;
/// Braces within braces.
const DEEPEST: usize = 100;
/// Entries that one may inherit from, each counted as often as it is reached.
const MOST_INHERITED: usize = 200;

/// TeX's accents over its i without a dot, which hayagriva's reader takes for a letter and a backslash, as the letters
/// that they are, in braces: as long in bytes as what they stand for, so that places hold.
fn accent_dotless(text: &mut [u8]) {
    for at in 0..text.len().saturating_sub(3) {
        let follows = text.get(at + 4).is_some_and(u8::is_ascii_alphabetic);
        let [b'\\', accent, b'\\', b'i'] = &text[at..at + 4] else { continue };
        let letter = match accent {
            b'\'' => 'í',
            b'`' => 'ì',
            b'^' => 'î',
            b'"' => 'ï',
            b'~' => 'ĩ',
            b'=' => 'ī',
            _ => continue,
        };
        if !follows {
            text[at] = b'{';
            letter.encode_utf8(&mut text[at + 1..at + 3]);
            text[at + 3] = b'}';
        }
    }
}

/// Reads a file.
pub(super) fn read(text: &str) -> Read {
    let entries = entries(text);
    let mut read = Read::default();
    let mut clean = text.as_bytes().to_vec();
    accent_dotless(&mut clean);
    for entry in entries.iter().filter(|entry| entry.depth > DEEPEST) {
        read.faults.push((entry.key.clone(), format!("braces in this entry nest deeper than {DEEPEST}")));
        blank(&mut clean, entry.range.clone());
    }
    for field in endless(text, &entries) {
        let message = "this entry inherits from too many, or from itself; what it inherits is left out";
        read.faults.push((field.clone(), message.to_owned()));
        blank(&mut clean, field);
    }
    let places: HashMap<&str, Range<usize>> =
        entries.iter().rev().map(|entry| (&text[entry.key.clone()], entry.key.clone())).collect();
    let mut settled = false;
    for _ in 0..(MOST_READ / text.len().max(1)).max(10) {
        let Ok(source) = std::str::from_utf8(&clean) else { break };
        match from_biblatex_str(source) {
            Ok(library) => {
                for entry in library {
                    let place = places.get(entry.key()).cloned().unwrap_or(0..0);
                    read.works.push((entry, place));
                }
                settled = true;
                break;
            }
            Err(_) if close(text, &entries, &mut clean, &mut read) => {}
            Err(errors) => {
                let mut refused = false;
                for error in &errors {
                    refused |= refuse(error, text, &entries, &mut clean, &mut read);
                }
                if !refused {
                    break;
                }
            }
        }
    }
    if !settled && !read.faults.iter().any(|(range, _)| *range == (0..0)) {
        let message =
            format!("this bibliography cannot be read, not even without {} of its entries", read.faults.len());
        read.faults.push((0..0, message));
    }
    read.faults.sort_by_key(|(range, _)| range.start);
    read
}

/// Takes out entries that are never closed: the reader would tell of the end of the file, and of no entry. False if
/// there are none.
fn close(text: &str, entries: &[Entry], clean: &mut [u8], read: &mut Read) -> bool {
    let mut any = false;
    for entry in entries.iter().filter(|entry| entry.end == End::Missing) {
        if clean[entry.range.clone()].iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let key = text.get(entry.key.clone()).unwrap_or_default();
        let message = format!("the entry `{key}` is never closed and is left out");
        read.faults.push((entry.key.clone(), message));
        blank(clean, entry.range.clone());
        any = true;
    }
    any
}

/// Takes the entry at fault out; false if none is.
fn refuse(error: &BibLaTeXError, text: &str, entries: &[Entry], clean: &mut [u8], read: &mut Read) -> bool {
    let (span, message) = match error {
        BibLaTeXError::Parse(error) => (error.span.clone(), error.kind.to_string()),
        BibLaTeXError::Type(error) => (error.span.clone(), error.kind.to_string()),
    };
    let holds = |entry: &&Entry| entry.range.start <= span.start && span.start < entry.range.end;
    let Some(entry) = entries.iter().find(holds).or_else(|| entries.iter().rfind(|e| e.range.start <= span.start))
    else {
        read.faults.push((0..0, format!("this bibliography cannot be read: {message}")));
        return false;
    };
    if clean[entry.range.clone()].iter().all(u8::is_ascii_whitespace) {
        return false;
    }
    let place = if entry.range.contains(&span.start) && !span.is_empty() { span } else { entry.key.clone() };
    let place = if text.get(place.clone()).is_some() { place } else { entry.key.clone() };
    let key = text.get(entry.key.clone()).unwrap_or_default();
    read.faults.push((place, format!("the entry `{key}` cannot be read and is left out: {message}")));
    blank(clean, entry.range.clone());
    true
}

/// Blanks keep every other byte in its place.
fn blank(bytes: &mut [u8], range: Range<usize>) {
    bytes[range].iter_mut().filter(|byte| **byte != b'\n').for_each(|byte| *byte = b' ');
}

/// An entry as far as it must be known before it is read.
struct Entry {
    range: Range<usize>,
    key: Range<usize>,
    /// Fields that name others, and the names.
    inherits: Vec<(Range<usize>, Vec<String>)>,
    /// `ids`: further keys.
    aliases: Vec<String>,
    depth: usize,
    end: End,
}

/// Whether an entry's brackets are closed before the next entry begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Closed,
    Missing,
}

/// Every `@type{key, …}`.
fn entries(text: &str) -> Vec<Entry> {
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
        let kind = text[start + 1..start + 1 + word].to_ascii_lowercase();
        if matches!(kind.as_str(), "comment" | "preamble" | "string") {
            continue;
        }
        let typed = text.get(open + 1..end).unwrap_or_default();
        let len = typed.find([',', '}', '\n']).unwrap_or(typed.len());
        let lead = typed[..len].len() - typed[..len].trim_start().len();
        let key = open + 1 + lead..open + 1 + lead.max(typed[..len].trim_end().len());
        let body = open + 1 + len..end;
        let inherits = ["crossref", "xdata"].iter().flat_map(|name| fields(text, &body, name)).collect();
        let aliases = fields(text, &body, "ids").into_iter().flat_map(|(_, names)| names).collect();
        entries.push(Entry { range: start..end, key, inherits, aliases, depth, end: closed });
    }
    entries
}

/// Behind the bracket that closes the one at `open`, and how deep braces nest until there.
fn closing(bytes: &[u8], open: usize) -> (usize, usize, End) {
    let (mut depth, mut deepest, mut at) = (0_usize, 0, open);
    let round = bytes[open] == b'(';
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 1,
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            b')' if round && depth == 0 => return (at + 1, deepest, End::Closed),
            // An entry that is never closed ends before the next.
            b'@' if bytes[at - 1] == b'\n' && begins(&bytes[at + 1..]) => return (at, deepest, End::Missing),
            _ => {}
        }
        deepest = deepest.max(depth);
        if !round && depth == 0 {
            return (at + 1, deepest, End::Closed);
        }
        at += 1;
    }
    (bytes.len(), deepest, End::Missing)
}

/// Whether `type{` follows an `@`.
fn begins(bytes: &[u8]) -> bool {
    let word = bytes.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
    word > 0 && matches!(bytes.get(word), Some(b'{' | b'('))
}

/// `name = {a, b}` within a range: the field, and what it names.
fn fields(text: &str, range: &Range<usize>, name: &str) -> Vec<(Range<usize>, Vec<String>)> {
    let body = text.get(range.clone()).unwrap_or_default();
    let lowered = body.to_ascii_lowercase();
    let mut found = Vec::new();
    for (at, _) in lowered.match_indices(name) {
        let before = lowered[..at].trim_end();
        let rest = lowered[at + name.len()..].trim_start();
        let Some(value) = rest.strip_prefix('=').map(str::trim_start) else { continue };
        if !before.ends_with(',') || !value.starts_with(['{', '"']) {
            continue;
        }
        let start = body.len() - value.len();
        let inner = value[1..].find(['}', '"']).map_or(&body[start + 1..], |end| &body[start + 1..start + 1 + end]);
        let len = value.len().min(inner.len() + 2);
        let names = inner.split(',').map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect();
        found.push((range.start + at..range.start + start + len, names));
    }
    found
}

/// Fields by which an entry inherits from itself, or from too many.
fn endless(text: &str, entries: &[Entry]) -> Vec<Range<usize>> {
    Endless { entries, by_key: keys(text, entries), costs: vec![None; entries.len()], fields: Vec::new() }.find()
}

fn keys<'a>(text: &'a str, entries: &'a [Entry]) -> HashMap<&'a str, usize> {
    let aliases = entries.iter().enumerate().flat_map(|(at, entry)| entry.aliases.iter().map(move |key| (&**key, at)));
    let own = entries.iter().enumerate().rev().map(|(at, entry)| (&text[entry.key.clone()], at));
    aliases.chain(own).collect()
}

struct Endless<'a> {
    entries: &'a [Entry],
    by_key: HashMap<&'a str, usize>,
    /// How many entries each reads, itself included.
    costs: Vec<Option<usize>>,
    fields: Vec<Range<usize>>,
}

impl Endless<'_> {
    fn find(mut self) -> Vec<Range<usize>> {
        for at in 0..self.entries.len() {
            let mut path = Vec::new();
            self.cost(at, &mut path);
        }
        self.fields
    }

    /// Paths longer than the limit are cut as well, so that this ends.
    fn cost(&mut self, at: usize, path: &mut Vec<usize>) -> usize {
        if let Some(cost) = self.costs[at] {
            return cost;
        }
        let entries = self.entries;
        path.push(at);
        let mut cost = 1_usize;
        for (field, names) in &entries[at].inherits {
            let mut sum = 0_usize;
            for name in names {
                let Some(&next) = self.by_key.get(name.as_str()) else { continue };
                let circular = path.contains(&next) || path.len() > 50;
                sum = sum.saturating_add(if circular { usize::MAX } else { self.cost(next, path) });
            }
            if sum > MOST_INHERITED {
                self.fields.push(field.clone());
            } else {
                cost += sum;
            }
        }
        path.pop();
        self.costs[at] = Some(cost);
        cost
    }
}
