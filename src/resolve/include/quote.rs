//! Quotation marks in a file of values (RFC 4180, 2): which of them open and close a field, and which cannot.
//!
//! In: the text. Out: the lines that have to be read without them, and what is at fault. A field that is opened and never
//! closed would swallow every row up to the next quotation mark.

use std::ops::Range;

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::source::{FileId, Span};

/// What was found.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Scanned {
    /// From the start of a record to the end of the line whose quotation mark is never closed, its line ending
    /// included: here quotation marks are text. In order.
    pub(super) literal: Vec<Range<usize>>,
    /// Where those quotation marks stand.
    unclosed: Vec<usize>,
    /// Behind which something else than a delimiter stands.
    early: Vec<usize>,
    /// Before which a space stands.
    late: Vec<usize>,
}

/// Reads the quotation marks of a text from a place on.
pub(super) fn scan(text: &str, from: usize, delimiter: u8) -> Scanned {
    let bytes = text.as_bytes();
    let mut scanned = Scanned::default();
    let (mut record, mut at) = (from, from);
    while at < bytes.len() {
        let end = match bytes[at] {
            b'"' => match closed(bytes, at, delimiter) {
                Closed::At(end) => end,
                Closed::Early(end) => {
                    scanned.early.push(end - 1);
                    plain_end(bytes, end, delimiter)
                }
                Closed::Never => {
                    let end = line_end(bytes, at);
                    scanned.unclosed.push(at);
                    scanned.literal.push(record..end);
                    (record, at) = (end, end);
                    continue;
                }
            },
            _ => {
                let end = plain_end(bytes, at, delimiter);
                let field = &text[at..end];
                let inner = field.trim_start_matches(' ');
                if inner.starts_with('"') {
                    scanned.late.push(end - inner.len());
                }
                end
            }
        };
        let ends_record = bytes.get(end).is_some_and(|byte| matches!(byte, b'\r' | b'\n'));
        at = end + 1;
        if ends_record {
            record = at;
        }
    }
    scanned
}

/// How a field that opens with a quotation mark closes.
enum Closed {
    /// Before this place, where a delimiter, a line ending or the text's end stands.
    At(usize),
    /// Before this place, within the line that it opens in, and something follows.
    Early(usize),
    /// Not at all; or on a later line and something follows, so that it is another field's quotation mark.
    Never,
}

fn closed(bytes: &[u8], open: usize, delimiter: u8) -> Closed {
    let mut at = open + 1;
    loop {
        let Some(quote) = bytes[at..].iter().position(|byte| *byte == b'"').map(|found| at + found) else {
            return Closed::Never;
        };
        if bytes.get(quote + 1) == Some(&b'"') {
            at = quote + 2;
            continue;
        }
        let end = quote + 1;
        let space = bytes[end..].iter().take_while(|byte| **byte == b' ').count();
        return match bytes.get(end + space) {
            None | Some(b'\r' | b'\n') => Closed::At(end + space),
            Some(byte) if *byte == delimiter => Closed::At(end + space),
            // Within the field only: a line can be as long as the file.
            Some(_) if !bytes[open..quote].iter().any(|byte| matches!(byte, b'\r' | b'\n')) => Closed::Early(end),
            Some(_) => Closed::Never,
        };
    }
}

fn plain_end(bytes: &[u8], from: usize, delimiter: u8) -> usize {
    let ends = |byte: &u8| *byte == delimiter || matches!(byte, b'\r' | b'\n');
    bytes[from..].iter().position(ends).map_or(bytes.len(), |found| from + found)
}

/// Behind the line ending of the line that holds a place.
fn line_end(bytes: &[u8], from: usize) -> usize {
    let end = bytes[from..].iter().position(|byte| matches!(byte, b'\r' | b'\n')).map(|found| from + found);
    end.map_or(bytes.len(), |end| end + if bytes[end..].starts_with(b"\r\n") { 2 } else { 1 })
}

/// Says what is at fault: the first of each kind, and how many there are.
pub(super) fn report(scanned: &Scanned, file: FileId, found: &mut Diagnostics) {
    let kinds = [
        (
            &scanned.unclosed,
            "this quotation mark is never closed, so that those of its row are text: a cell of it with a delimiter within quotation \
             marks becomes several; read otherwise, the rows after it would be one cell",
            "close it, or write it twice within quotes: \"14\"\" screen\"",
        ),
        (
            &scanned.early,
            "this quotation mark closes the cell, but the cell goes on",
            "a quotation mark within quotes is written twice: \"the \"\"new\"\" rules\"",
        ),
        (
            &scanned.late,
            "a space stands before this quotation mark, so that it is text",
            "let it follow the delimiter at once",
        ),
    ];
    for (places, message, hint) in kinds {
        let Some((&first, others)) = places.split_first() else { continue };
        let more = if others.is_empty() { String::new() } else { format!(" ({} more such places)", others.len()) };
        let span = Span::new(file, first, first + 1);
        found.push(Diagnostic::new(Code::StrayQuote, span, format!("{message}{more}")).hint(hint));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_never_closes_ends_with_its_line() {
        for (text, literal, unclosed, early, late) in [
            ("a,b\n\"c,1\nd,2\n", Some(4..9), vec![4], vec![], vec![]),
            ("a,b\r\n\"c,1\r\nd,\"2\"\r\n", Some(5..11), vec![5], vec![], vec![]),
            ("\"a\nb\",\"c\nd\"\n", None, vec![], vec![], vec![]),
            ("\"a\nb\",\"c\nd\n", Some(0..9), vec![6], vec![], vec![]),
            ("\"a \"b\" c\",2\n", None, vec![], vec![3], vec![]),
            ("a, \"b\",14\" wide\n", None, vec![], vec![], vec![3]),
            ("\"x\" ,\"\"\"y\"\"\"\n", None, vec![], vec![], vec![]),
            ("\"", Some(0..1), vec![0], vec![], vec![]),
            ("\"a\"b,\"c\"d,\"e\"f", None, vec![], vec![2, 7, 12], vec![]),
            ("1,\"a\r\nb\"c\r\n", Some(0..6), vec![2], vec![], vec![]),
        ] {
            let literal = literal.into_iter().collect();
            assert_eq!(scan(text, 0, b','), Scanned { literal, unclosed, early, late }, "{text}");
        }
    }
}
