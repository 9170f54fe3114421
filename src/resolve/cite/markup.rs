//! `<i>` and its like within titles (CSL JSON's "HTML-like formatting tags"; people write them in BibTeX as well).
//!
//! In: an entry as read. Out: the same with private-use characters for the tags, which no change of case touches; and
//! back again, as [`Mark`]s, once the text is worded.

use hayagriva::Entry;
use hayagriva::types::{ChunkKind, ChunkedString, FormatString, StringChunk};

/// Where the brackets of a citation begin and end: a private sign, so that what stands before it can be told.
pub(super) const OPENING: char = '\u{e000}';
/// See [`OPENING`].
pub(super) const CLOSING: char = '\u{e001}';

/// A tag's effect on what follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    Italic,
    Bold,
    Superscript,
    Subscript,
}

/// Tags, and the sign for each: the next one ends it.
const TAGS: &[(&str, &str, char, Mark)] = &[
    ("<i>", "</i>", '\u{e010}', Mark::Italic),
    ("<em>", "</em>", '\u{e010}', Mark::Italic),
    ("<b>", "</b>", '\u{e012}', Mark::Bold),
    ("<strong>", "</strong>", '\u{e012}', Mark::Bold),
    ("<sup>", "</sup>", '\u{e014}', Mark::Superscript),
    ("<sub>", "</sub>", '\u{e016}', Mark::Subscript),
];

/// The mark that a sign begins or ends, and whether it begins it.
pub(super) fn mark(sign: char) -> Option<(Mark, Edge)> {
    TAGS.iter().find_map(|(.., begin, mark)| {
        if sign == *begin {
            return Some((*mark, Edge::Begin));
        }
        (sign == ending(*begin)).then_some((*mark, Edge::End))
    })
}

/// Whether a sign begins or ends something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Edge {
    Begin,
    End,
}

fn ending(begin: char) -> char {
    char::from_u32(u32::from(begin) + 1).expect("private-use characters follow each other")
}

/// Encodes the titles and notes of an entry and of what it stands in; an abstract is never printed.
pub(super) fn encode(entry: &mut Entry) {
    if let Some(title) = entry.title().map(encoded) {
        entry.set_title(title);
    }
    if let Some(note) = entry.note().map(encoded) {
        entry.set_note(note);
    }
    if entry.abstract_().is_some() {
        entry.set_abstract_(FormatString::new());
    }
    if !entry.parents().is_empty() {
        let mut parents = entry.parents().to_vec();
        parents.iter_mut().for_each(encode);
        entry.set_parents(parents);
    }
}

fn encoded(text: &FormatString) -> FormatString {
    let short = text.short.as_deref().map(chunks).map(Box::new);
    FormatString { value: chunks(&text.value), short }
}

fn chunks(text: &ChunkedString) -> ChunkedString {
    let mut out = ChunkedString::new();
    for chunk in &text.0 {
        match chunk.kind {
            ChunkKind::Normal | ChunkKind::Verbatim => push(&mut out, &chunk.value, chunk.kind),
            ChunkKind::Math => out.push_chunk(chunk.clone()),
        }
    }
    out
}

/// Pushes a text with its tags as signs; what stands in a `nocase` span keeps its case.
fn push(out: &mut ChunkedString, text: &str, kind: ChunkKind) {
    let mut rest = text;
    let (mut kind, outer) = (kind, kind);
    let mut spans: Vec<ChunkKind> = Vec::new();
    while let Some(at) = rest.find('<') {
        out.push_chunk(StringChunk::new(plain(&rest[..at]), kind));
        rest = &rest[at..];
        let end = rest.find('>').map_or(0, |end| end + 1);
        let tag = rest[..end].to_ascii_lowercase();
        if let Some((.., sign, _)) = TAGS.iter().find(|(open, ..)| tag == *open) {
            out.push_chunk(StringChunk::new(sign.to_string(), ChunkKind::Verbatim));
            // A sign would be taken for the first letter of a word; and names stand so.
            spans.push(kind);
            kind = ChunkKind::Verbatim;
        } else if let Some((.., sign, _)) = TAGS.iter().find(|(_, close, ..)| tag == *close) {
            out.push_chunk(StringChunk::new(ending(*sign).to_string(), ChunkKind::Verbatim));
            kind = spans.pop().unwrap_or(outer);
        } else if tag.starts_with("<span") {
            spans.push(kind);
            kind = if tag.contains("nocase") { ChunkKind::Verbatim } else { kind };
        } else if tag == "</span>" {
            kind = spans.pop().unwrap_or(outer);
        } else if !matches!(tag.as_str(), "<sc>" | "</sc>") {
            out.push_chunk(StringChunk::new("<", kind));
            rest = &rest[1..];
            continue;
        }
        rest = &rest[end..];
    }
    out.push_chunk(StringChunk::new(plain(rest), kind));
}

/// A writer's own private-use characters would be taken for signs.
fn plain(text: &str) -> String {
    text.replace(|c| matches!(c, '\u{e000}'..='\u{e02f}'), "\u{fffd}")
}
