//! BibTeX and BibLaTeX.
//!
//! In: a `.bib` file. Out: its works. An entry that hayagriva's reader refuses is taken out, said, and the rest read
//! again; entries that inherit from each other in a circle, which that reader follows for ever, lose that field first.

mod fit;
mod inherit;
mod name;
mod scan;

use std::collections::HashMap;
use std::ops::Range;

use hayagriva::io::{BibLaTeXError, from_biblatex_str};
use hayagriva::types::QualifiedUrl;

use super::library::{Read, Remark};
use fit::Dropped;
use inherit::endless;
use scan::{End, Entry, Field, entries};

/// Bytes to be read in all: a file is read again without the entries that were refused.
const MOST_READ: usize = 200_000_000;
/// Braces within braces.
const DEEPEST: usize = 100;

/// TeX's accents over its i without a dot, which hayagriva's reader takes for a letter and a backslash, as the letters
/// that they are, in braces: as long in bytes as what they stand for, so that places hold. The spaces behind `\i` only end
/// it: they go behind the rest of the word, where they part nothing.
fn accent_dotless(text: &[u8]) -> Vec<u8> {
    let mut accented = Vec::with_capacity(text.len());
    let (mut at, mut spaces) = (0, 0);
    while at < text.len() {
        if let Some(letter) = dotless(&text[at..]) {
            accented.push(b'{');
            accented.extend(letter.encode_utf8(&mut [0; 4]).bytes());
            accented.push(b'}');
            at += 4;
            let behind = text[at..].iter().take_while(|byte| **byte == b' ').count();
            (at, spaces) = (at + behind, spaces + behind);
            continue;
        }
        if spaces > 0 && (text[at].is_ascii_whitespace() || text[at] == b',') {
            accented.resize(accented.len() + std::mem::take(&mut spaces), b' ');
        }
        accented.push(text[at]);
        at += 1;
    }
    accented.resize(accented.len() + spaces, b' ');
    accented
}

/// The letter of two bytes that a text begins with as an accent over `\i`.
fn dotless(text: &[u8]) -> Option<char> {
    let [b'\\', accent, b'\\', b'i', rest @ ..] = text else { return None };
    let letter = match accent {
        b'\'' => 'í',
        b'`' => 'ì',
        b'^' => 'î',
        b'"' => 'ï',
        b'~' => 'ĩ',
        b'=' => 'ī',
        _ => return None,
    };
    (!rest.first().is_some_and(u8::is_ascii_alphabetic)).then_some(letter)
}

/// Reads a file.
pub(super) fn read(text: &str) -> Read {
    let entries = entries(text);
    let mut read = Read::default();
    let mut clean = accent_dotless(text.as_bytes());
    for entry in entries.iter().filter(|entry| entry.depth > DEEPEST) {
        let message = format!("braces in this entry nest deeper than {DEEPEST}");
        leave_out(entry, entry.key.clone(), message, text, &mut clean, &mut read);
    }
    for field in endless(text, &entries) {
        let message = "this entry inherits from too many, or from itself; what it inherits is left out";
        read.faults.push((field.clone(), message.to_owned()));
        blank(&mut clean, field);
    }
    let mut settled = false;
    for _ in 0..(MOST_READ / text.len().max(1)).max(10) {
        let Ok(source) = String::from_utf8([clean.as_slice(), &asked(text, &entries, &clean)].concat()) else { break };
        match from_biblatex_str(&source) {
            Ok(library) => {
                works(text, &entries, &clean, library.into_iter(), &mut read);
                settled = true;
                break;
            }
            Err(_) if close(text, &entries, &mut clean, &mut read) => {}
            Err(errors)
                if errors.iter().any(|error| runs_on(error, &source))
                    && endless_quotes(text, &entries, &mut clean, &mut read) => {}
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
    read.whole = settled;
    read.faults.sort_by_key(|(range, _)| range.start);
    name::report(text, &entries, &mut read);
    read
}

/// The sign that keys of [`asked`] begin with.
const ASKING: char = '\u{e000}';

/// Entries of our own, one for each field whose text hayagriva's reader drops: it is their title. They stand behind the
/// file, so that its abbreviations are known and its places hold.
fn asked(text: &str, entries: &[Entry], clean: &[u8]) -> Vec<u8> {
    let mut source = b"\n".to_vec();
    for (at, entry) in entries.iter().enumerate().filter(|(_, entry)| !is_blank(clean, entry)) {
        for (which, name) in fit::ASKED.iter().enumerate() {
            for field in entry.named(text, name).take(1) {
                source.extend(format!("@misc{{{ASKING}{at}-{which}, title = ").as_bytes());
                source.extend(String::from_utf8_lossy(&clean[field.value.clone()]).replace("\\url{", "{").bytes());
                source.extend(b"}\n");
            }
        }
    }
    source
}

/// Works as they are to be cited.
fn works(
    text: &str,
    entries: &[Entry],
    clean: &[u8],
    library: impl Iterator<Item = hayagriva::Entry>,
    read: &mut Read,
) {
    let mut dropped: HashMap<usize, Dropped> = HashMap::new();
    let mut found = Vec::new();
    for work in library {
        let Some((at, which)) = work.key().strip_prefix(ASKING).and_then(|rest| rest.split_once('-')) else {
            found.push(work);
            continue;
        };
        if let (Ok(at), Ok(which), Some(title)) = (at.parse(), which.parse::<usize>(), work.title()) {
            let dropped = dropped.entry(at).or_default();
            match (fit::ASKED[which], address(text, &entries[at], "howpublished")) {
                ("howpublished", Some(address)) => dropped.address = Some(address),
                (name, _) => drop(dropped.texts.insert(name, title.clone())),
            }
        }
    }
    let kept = entries.iter().enumerate().rev().filter(|(_, entry)| !is_blank(clean, entry));
    let places: HashMap<&str, usize> = kept.map(|(at, entry)| (&text[entry.key.clone()], at)).collect();
    for work in found {
        let Some(&at) = places.get(work.key()) else {
            read.works.push((work, 0..0));
            continue;
        };
        let entry = &entries[at];
        if work.date_any().is_none() && !entry.fields.iter().any(|field| is_cleared(clean, field)) {
            let dates = entry.named(text, "date").chain(entry.named(text, "year"));
            read.remarks.extend(dates.take(1).map(|field| unread(text, field, "it is no date")));
        }
        let mut dropped = dropped.remove(&at).unwrap_or_default();
        if work.url_any().is_none() {
            dropped.address = address(text, entry, "url").or(dropped.address);
        }
        let fitted = fit::fit(&entry.kind_in(text), &work, &dropped);
        read.works.push((fitted, entry.key.clone()));
    }
}

/// A field that is nothing but an address, in `\url{…}` or not; a scheme may be missing where it begins with `www.`.
fn address(text: &str, entry: &Entry, name: &str) -> Option<QualifiedUrl> {
    let typed = entry.named(text, name).next()?.bare(text);
    let inner = typed.strip_prefix("\\url").map_or(typed, |rest| rest.trim().trim_matches(['{', '}']));
    let full = if inner.starts_with("www.") { format!("https://{inner}") } else { inner.to_owned() };
    (full.starts_with("http") && !full.contains(char::is_whitespace)).then(|| full.parse().ok()).flatten()
}

/// A field of another kind than its name says, most often a date that is none.
fn unread(text: &str, field: &Field, why: &str) -> Remark {
    let name = &text[field.name.clone()];
    let date = ["year", "date", "urldate", "eventdate"].iter().any(|known| name.eq_ignore_ascii_case(known));
    Remark {
        place: field.value.clone(),
        message: format!("`{}` cannot be the `{name}` of a work, which is cited without: {why}", field.bare(text)),
        hint: date.then(|| "a date is `2024`, `2024-05` or `2024-05-31`; other words belong into `note`".to_owned()),
    }
}

/// Takes an entry out, and says why.
fn leave_out(entry: &Entry, place: Range<usize>, message: String, text: &str, clean: &mut [u8], read: &mut Read) {
    read.faults.push((place, message));
    read.lost.extend(text.get(entry.key.clone()).map(str::to_owned));
    blank(clean, entry.range.clone());
}

/// Whether a field was taken out.
fn is_cleared(clean: &[u8], field: &Field) -> bool {
    clean[field.name.clone()].iter().all(u8::is_ascii_whitespace)
}

fn is_blank(clean: &[u8], entry: &Entry) -> bool {
    clean[entry.range.clone()].iter().all(u8::is_ascii_whitespace)
}

/// Takes out entries that are never closed: the reader would tell of the end of the file, and of no entry. False if
/// there are none.
fn close(text: &str, entries: &[Entry], clean: &mut [u8], read: &mut Read) -> bool {
    let mut any = false;
    for entry in entries {
        let End::Missing(open) = entry.end else { continue };
        if is_blank(clean, entry) {
            continue;
        }
        let key = text.get(entry.key.clone()).unwrap_or_default();
        // The field that swallows the next ones is where one is missing.
        let swallows = |field: &&Field| text[field.value.clone()].lines().skip(1).any(begins_field);
        let open = entry.fields.iter().find(swallows).map_or(open, |field| field.value.start);
        let message = format!("this bracket is never closed; the entry `{key}` is left out");
        leave_out(entry, open..open + 1, message, text, clean, read);
        any = true;
    }
    any
}

/// Whether a fault is that the source has ended.
fn runs_on(error: &BibLaTeXError, source: &str) -> bool {
    match error {
        BibLaTeXError::Parse(error) => error.span.start >= source.trim_end().len(),
        BibLaTeXError::Type(_) => false,
    }
}

/// Whether a line is `name = …`.
fn begins_field(line: &str) -> bool {
    let name = line.split_once('=').map(|(name, _)| name.trim());
    name.is_some_and(|name| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'))
}

/// Takes out entries that run on to the end of the file when they are read by themselves: a quotation mark is missing.
fn endless_quotes(text: &str, entries: &[Entry], clean: &mut [u8], read: &mut Read) -> bool {
    let mut any = false;
    for entry in entries {
        let Ok(own) = std::str::from_utf8(&clean[entry.range.clone()]) else { continue };
        if !from_biblatex_str(own).is_err_and(|errors| errors.iter().any(|error| runs_on(error, own))) {
            continue;
        }
        let quoted = |field: &&Field| {
            let value = text[field.value.clone()].trim_end();
            value.starts_with('"') && (value.len() < 2 || !value.ends_with('"'))
        };
        let place = entry.fields.iter().find(quoted).map_or(entry.key.clone(), |f| f.value.start..f.value.start + 1);
        let key = text.get(entry.key.clone()).unwrap_or_default();
        let message = format!("this quotation mark is never closed; the entry `{key}` is left out");
        leave_out(entry, place, message, text, clean, read);
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
    // The last that begins before the place; entries stand in order, none within another.
    let begun = entries.partition_point(|entry| entry.range.start <= span.start);
    let Some(entry) = entries[..begun].last() else {
        read.faults.push((0..0, format!("this bibliography cannot be read: {message}")));
        return false;
    };
    if is_blank(clean, entry) {
        return false;
    }
    let place = if entry.range.contains(&span.start) { span } else { entry.key.clone() };
    let place = if text.get(place.clone()).is_some() { place } else { entry.key.clone() };
    let begun = entry.fields.partition_point(|field| field.value.start <= place.start);
    let field = entry.fields[..begun].last().filter(|field| place.start < field.value.end);
    if let (BibLaTeXError::Type(_), Some(field)) = (error, field) {
        let whole = field.name.start..field.value.end;
        if !is_cleared(clean, field) {
            read.remarks.push(unread(text, field, &message));
            blank(clean, whole);
            return true;
        }
    }
    let key = text.get(entry.key.clone()).unwrap_or_default();
    let message = format!("the entry `{key}` cannot be read and is left out: {message}");
    leave_out(entry, place, message, text, clean, read);
    true
}

/// Blanks keep every other byte in its place.
fn blank(bytes: &mut [u8], range: Range<usize>) {
    bytes[range].iter_mut().filter(|byte| **byte != b'\n').for_each(|byte| *byte = b' ');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_over_a_dotless_i_keep_every_place() {
        for (typed, expected) in [
            (r"Mart\'\i nez, A", "Mart{í}nez , A"),
            (r"\'\i \'\i \^\ia \`\i  b c", r"{í}{í}\^\ia   {ì}b   c"),
            ("\\'\\i \\\"\\i\n\\=\\i ,\\~\\i{}", "{í}{ï} \n{ī} ,{ĩ}{}"),
            (r"\'\i a\'\i b", "{í}a{í}b  "),
            (r"\'\i  ", "{í}  "),
            (r"\'\i", "{í}"),
            (r"\'\", r"\'\"),
        ] {
            let accented = accent_dotless(typed.as_bytes());
            assert_eq!(String::from_utf8(accented).as_deref(), Ok(expected), "{typed}");
            assert_eq!(expected.len(), typed.len(), "{typed}");
        }
    }
}
