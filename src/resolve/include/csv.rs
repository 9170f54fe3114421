//! A file of values to records (RFC 4180). The only home of the crate `csv`.
//!
//! In: the text. Out: records with where they stand. Quoted line endings, CRLF and rows of different lengths are read.

use std::ops::Range;

use super::quote;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::source::{FileId, Span};

/// A record.
pub(super) struct Record {
    pub(super) span: Span,
    pub(super) fields: Vec<String>,
}

/// Records of a file. One that is shorter or longer than the first is said, and each quotation mark that is not read
/// as one.
pub(super) fn read(text: &str, file: FileId, delimiter: u8, found: &mut Diagnostics) -> Vec<Record> {
    let start = sep_line(text).map_or(0, |(_, end)| end);
    let scanned = quote::scan(text, start, delimiter);
    let mut records = Vec::new();
    let mut from = start;
    for line in &scanned.literal {
        records_of(text, from..line.start, Quotes::Read, delimiter, file, &mut records);
        records_of(text, line.clone(), Quotes::Text, delimiter, file, &mut records);
        from = line.end;
    }
    records_of(text, from..text.len(), Quotes::Read, delimiter, file, &mut records);
    let empty = |record: &Record| record.fields.iter().all(String::is_empty);
    while records.pop_if(|record| empty(record)).is_some() {}
    let width = records.first().map_or(0, |first| first.fields.len());
    // A line of white space alone is a blank line.
    records.retain(|record| width < 2 || record.fields.len() != 1 || !empty(record));
    quote::report(&scanned, file, found);
    ragged(text, &records, delimiter, found);
    records
}

/// Whether quotation marks mean something.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Quotes {
    Read,
    Text,
}

fn records_of(text: &str, part: Range<usize>, quotes: Quotes, delimiter: u8, file: FileId, records: &mut Vec<Record>) {
    let mut reader = reader(&text[part.clone()], delimiter, quotes);
    let mut record = ::csv::StringRecord::new();
    // The text is UTF-8, rows may differ in length, and memory does not fail: nothing else can.
    while reader.read_record(&mut record).unwrap_or(false) {
        let at = |position: u64| usize::try_from(position).map_or(part.end, |at| part.end.min(part.start + at));
        let start = record.position().map_or(part.start, |position| at(position.byte()));
        let start = start + text[start..].len() - text[start..].trim_start_matches(['\r', '\n']).len();
        let end = at(reader.position().byte());
        let len = text.get(start..end).unwrap_or_default().trim_end_matches(['\r', '\n']).len();
        let fields = record.iter().map(|field| cleaned(field.trim())).collect();
        records.push(Record { span: Span::new(file, start, start + len), fields });
    }
}

fn reader(text: &str, delimiter: u8, quotes: Quotes) -> ::csv::Reader<&[u8]> {
    let mut builder = ::csv::ReaderBuilder::new();
    builder.has_headers(false).flexible(true).delimiter(delimiter).quoting(quotes == Quotes::Read);
    builder.from_reader(text.as_bytes())
}

/// Says which rows differ in length, and where several rows may have become one.
fn ragged(text: &str, records: &[Record], delimiter: u8, found: &mut Diagnostics) {
    let Some(width) = records.first().map(|first| first.fields.len()) else { return };
    let ragged: Vec<&Record> = records.iter().filter(|record| record.fields.len() != width).collect();
    if let Some((first, others)) = ragged.split_first() {
        let more = if others.is_empty() { String::new() } else { format!(" ({} more such rows)", others.len()) };
        let message = format!("this row has {}, the first has {width}{more}", counted(first.fields.len()));
        let hint = match text[first.span.range()].lines().count() {
            lines @ 2.. if first.fields.len() < width => {
                format!("a quotation mark makes {lines} lines one row: is one missing in the first of them?")
            }
            _ => "a field that holds the delimiter stands in quotes: \"Paris, France\"".to_owned(),
        };
        found.push(Diagnostic::new(Code::RaggedTable, first.span, message).hint(hint));
    }
    let delimiters = |line: &str| line.bytes().filter(|byte| *byte == delimiter).count();
    let swallows = |record: &&Record| {
        let lines: Vec<&str> = text[record.span.range()].lines().collect();
        let quoted = lines.last().and_then(|last| last.rsplit_once('"')).map_or(0, |(quoted, _)| delimiters(quoted));
        let alike = lines.iter().all(|line| delimiters(line) + 1 == width);
        width > 1 && lines.len() > 1 && quoted > 0 && alike && record.fields.len() == width
    };
    let suspects: Vec<&Record> = records.iter().filter(swallows).collect();
    if let Some((first, others)) = suspects.split_first() {
        let more = if others.is_empty() { String::new() } else { format!(" ({} more such rows)", others.len()) };
        let message = format!("quotation marks make several lines one row here, and each could be a row{more}");
        let hint = "if they are rows, a quotation mark is missing in the first line";
        found.push(Diagnostic::new(Code::RaggedTable, first.span, message).hint(hint));
    }
}

fn counted(fields: usize) -> String {
    if fields == 1 { "one field".to_owned() } else { format!("{fields} fields") }
}

/// Without characters that XML and HTML forbid.
fn cleaned(field: &str) -> String {
    let forbidden =
        |c: char| (c.is_control() && !matches!(c, '\n' | '\r' | '\t')) || matches!(c, '\u{fffe}' | '\u{ffff}');
    field.chars().map(|c| if forbidden(c) { char::REPLACEMENT_CHARACTER } else { c }).collect()
}

/// What a file puts between its fields: what its first line says (`sep=;`, as spreadsheets write it), a tab for `.tsv`,
/// else what makes as many columns, and most, of each of its first rows.
pub(super) fn delimiter(text: &str, path: &str) -> u8 {
    if let Some((delimiter, _)) = sep_line(text) {
        return delimiter;
    }
    if path.to_ascii_lowercase().ends_with(".tsv") {
        return b'\t';
    }
    let columns = |delimiter: &u8| {
        let mut reader = reader(text, *delimiter, Quotes::Read);
        let widths: Vec<usize> = reader.records().take(FIRST_ROWS).flatten().map(|record| record.len()).collect();
        let first = widths.first().copied().unwrap_or(1);
        let alike = widths.iter().filter(|width| **width == first).count();
        if first > 1 { (alike * FIRST_ROWS / widths.len().max(1), first) } else { (0, 0) }
    };
    // The last of equals is taken.
    [b'|', b'\t', b';', b','].into_iter().max_by_key(columns).unwrap_or(b',')
}

/// Rows that are looked at to know the delimiter.
const FIRST_ROWS: usize = 20;

/// The delimiter that the first line names, and where that line ends.
fn sep_line(text: &str) -> Option<(u8, usize)> {
    let line = text.lines().next()?;
    match line.trim_end_matches('\r').strip_prefix("sep=")?.as_bytes() {
        [byte] if byte.is_ascii_punctuation() && *byte != b'"' || *byte == b'\t' => {
            Some((*byte, text.len().min(line.len() + 1)))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    #[test]
    fn quotes_line_endings_and_lengths_are_read() {
        let text = "a;b\r\n\"x; \"\"y\"\"\nz\";2\r\n\r\n3\r\n";
        let file = Sources::default().add("a.csv", text);
        let mut found = Diagnostics::new();
        let records = read(text, file, delimiter(text, "a.csv"), &mut found);
        let fields: Vec<Vec<&str>> = records.iter().map(|r| r.fields.iter().map(String::as_str).collect()).collect();
        assert_eq!(fields, [vec!["a", "b"], vec!["x; \"y\"\nz", "2"], vec!["3"]]);
        assert_eq!(&text[records[1].span.range()], "\"x; \"\"y\"\"\nz\";2");
        assert_eq!(&text[records[2].span.range()], "3");
        assert_eq!(found.iter().count(), 1);
    }

    #[test]
    fn the_delimiter_is_what_makes_columns_of_the_first_rows() {
        for (text, path, expected) in [
            ("a,b;c,d", "x.csv", b','),
            ("\"a,b,c\";d", "x.csv", b';'),
            ("a,b", "x.TSV", b'\t'),
            ("a", "x.csv", b','),
            ("Name, title;Total\nx;1,5\ny;2,5\nz;3", "x.csv", b';'),
            ("a|b\n1|2", "x.csv", b'|'),
            ("sep=;\r\na,b\r\n", "x.tsv", b';'),
        ] {
            assert_eq!(delimiter(text, path), expected, "{text}");
        }
    }
}
