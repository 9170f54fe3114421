//! A file of values to records (RFC 4180). The only home of the crate `csv`.
//!
//! In: the text. Out: records with where they stand. Quoted line endings, CRLF and rows of different lengths are read.

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::source::{FileId, Span};

/// A record.
pub(super) struct Record {
    pub(super) span: Span,
    pub(super) fields: Vec<String>,
}

/// Records of a file; one that is shorter or longer than the first is said.
pub(super) fn read(text: &str, file: FileId, delimiter: u8, found: &mut Diagnostics) -> Vec<Record> {
    let mut reader =
        ::csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
    let mut records: Vec<Record> = Vec::new();
    let mut record = ::csv::StringRecord::new();
    // The text is UTF-8, rows may differ in length, and memory does not fail: nothing else can.
    while reader.read_record(&mut record).unwrap_or(false) {
        let at = |position: u64| usize::try_from(position).unwrap_or(text.len()).min(text.len());
        let start = record.position().map_or(0, |position| at(position.byte()));
        let start = start + text[start..].len() - text[start..].trim_start_matches(['\r', '\n']).len();
        let end = at(reader.position().byte());
        let len = text.get(start..end).unwrap_or_default().trim_end_matches(['\r', '\n']).len();
        let fields = record.iter().map(|field| cleaned(field.trim())).collect();
        records.push(Record { span: Span::new(file, start, start + len), fields });
    }
    let width = records.first().map_or(0, |first| first.fields.len());
    let ragged: Vec<&Record> = records.iter().filter(|record| record.fields.len() != width).collect();
    if let Some((first, others)) = ragged.split_first() {
        let more = if others.is_empty() { String::new() } else { format!(" ({} more such rows)", others.len()) };
        let message = format!("this row has {}, the first has {width}{more}", counted(first.fields.len()));
        let hint = "a field that holds the delimiter stands in quotes: \"Paris, France\"";
        found.push(Diagnostic::new(Code::RaggedTable, first.span, message).hint(hint));
    }
    records
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

/// What a file puts between its fields: a tab for `.tsv`, else what its first line has most of.
pub(super) fn delimiter(text: &str, path: &str) -> u8 {
    if path.to_ascii_lowercase().ends_with(".tsv") {
        return b'\t';
    }
    let line = text.lines().next().unwrap_or_default();
    let mut quoted = false;
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    for byte in line.bytes() {
        quoted ^= byte == b'"';
        let count = counts.iter_mut().find(|(delimiter, _)| *delimiter == byte && !quoted);
        if let Some((_, count)) = count {
            *count += 1;
        }
    }
    let most = counts.iter().map(|(_, count)| *count).max().unwrap_or(0);
    counts.iter().find(|(_, count)| *count == most).map_or(b',', |(delimiter, _)| *delimiter)
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
    fn the_delimiter_is_what_the_first_line_has_most_of() {
        for (text, path, expected) in
            [("a,b;c,d", "x.csv", b','), ("\"a,b,c\";d", "x.csv", b';'), ("a,b", "x.TSV", b'\t'), ("a", "x.csv", b',')]
        {
            assert_eq!(delimiter(text, path), expected, "{text}");
        }
    }
}
