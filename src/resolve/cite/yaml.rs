//! hayagriva's own YAML.
//!
//! In: a file of entries by key. Out: its works. Where the whole cannot be read, each entry is read for itself.

use std::ops::Range;

use hayagriva::io::from_yaml_str;

use super::library::Read;
use super::name;

/// Reads a file.
pub(super) fn read(text: &str) -> Read {
    let mut read = Read { whole: true, ..Read::default() };
    if text.trim().is_empty() {
        return read;
    }
    let entries = entries(text);
    if let Ok(library) = from_yaml_str(text) {
        for entry in library {
            let place = entries.iter().find(|(key, _)| *key == entry.key());
            let place = place.map_or(0..0, |(key, range)| range.start..range.start + key.len());
            read.works.push((entry, place));
        }
        read.remarks = name::of_yaml(text);
        return read;
    }
    for (key, range) in entries {
        match from_yaml_str(&text[range.clone()]) {
            Ok(library) => {
                let place = range.start..range.start + key.len();
                read.works.extend(library.into_iter().map(|entry| (entry, place.clone())));
            }
            Err(error) => {
                let offset = error.location().map_or(0, |location| location.index()).min(range.len());
                let mut at = range.start + offset;
                while !text.is_char_boundary(at) {
                    at -= 1;
                }
                let message = error.to_string();
                let message = message.split(" at line ").next().unwrap_or_default();
                read.lost.push(key.to_owned());
                read.faults.push((at..at, format!("the entry `{key}` cannot be read and is left out: {message}")));
            }
        }
    }
    if read.works.is_empty() && read.faults.is_empty() {
        read.faults.push((0..0, "this bibliography holds no entries by key".to_owned()));
    }
    read
}

/// The lines that begin at the margin with a key, each with those indented beneath it.
fn entries(text: &str) -> Vec<(&str, Range<usize>)> {
    let mut entries: Vec<(&str, Range<usize>)> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let begins = !line.starts_with([' ', '\t', '#', '-', '\n', '\r', '}']);
        let key = line.trim_end().strip_suffix(':').or_else(|| line.split_once(": ").map(|(key, _)| key));
        if let (true, Some(key)) = (begins, key) {
            let key = key.trim_matches(['"', '\'']);
            entries.push((key, at..at));
        }
        at += line.len();
        if let Some((_, range)) = entries.last_mut() {
            range.end = at;
        }
    }
    entries
}
