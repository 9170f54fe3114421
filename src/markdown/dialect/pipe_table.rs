//! Lines that look like a table of GFM and are none (GFM 4.10: "the header row must match the delimiter row in the
//! number of cells. If not, a table will not be recognized").
//!
//! In: the lines of a paragraph, or the text of a heading, as typed. Out: a warning at the row that does not fit; the
//! lines stay the text that they are.

use super::super::reader::Reader;
use crate::diag::Code;
use crate::source::Span;

/// Cells up to which a hint writes the row out.
const MOST_WRITTEN: usize = 8;
/// Why such lines are no harm where they are meant as text.
const ESCAPED: &str = "a `|` that is no border is written `\\|`";

/// Looks at a paragraph.
pub(in super::super) fn paragraph(reader: &mut Reader<'_>, span: Span) {
    let text = reader.place.text(span);
    if !text.contains('|') || reader.place.whole().is_some() {
        return;
    }
    let mut start = span.range().start;
    let mut before: Option<&str> = None;
    for (nth, line) in text.split_inclusive('\n').enumerate() {
        let bare = content(line);
        let at = start + line.find(bare).unwrap_or_default();
        start += line.len();
        if !is_rule(bare) {
            before = Some(bare);
            continue;
        }
        let fault = match before {
            Some(header) => misfit(header, bare),
            None if nth == 0 && has_border(content(&text[line.len()..])) => headless(bare),
            None => continue,
        };
        let (message, hint) = fault;
        return reader.warn_with(Code::UnreadTable, reader.place.between(at, at + bare.len()), message, &hint);
    }
}

/// Looks at a heading of the kind that a row of `---` underlines (CommonMark 4.3).
pub(in super::super) fn underlined(reader: &mut Reader<'_>, span: Span) {
    let text = reader.place.text(span);
    let Some((header, _)) = text.rsplit_once('\n') else { return };
    let header = content(header.lines().last().unwrap_or_default());
    if header.len() > 2 && header.starts_with('|') && header.ends_with('|') {
        let (message, hint) = misfit(header, "---");
        reader.warn_with(Code::UnreadTable, span, message, &hint);
    }
}

/// A line without what quotes and indents it.
fn content(line: &str) -> &str {
    line.lines().next().unwrap_or_default().trim_start_matches([' ', '\t', '>']).trim_end()
}

/// Whether a line is a row of rules, well made or not.
fn is_rule(line: &str) -> bool {
    let made = |c: char| matches!(c, '|' | ':' | '-' | '+' | '=' | ' ' | '\t');
    line.chars().all(made) && line.contains(['-', '=']) && (has_border(line) || line.starts_with("+-"))
}

fn has_border(line: &str) -> bool {
    line.char_indices().any(|(at, c)| c == '|' && !line[..at].ends_with('\\'))
}

/// What stands between the borders of a row.
fn cells(line: &str) -> Vec<&str> {
    let mut cells = Vec::new();
    let mut start = 0;
    for (at, _) in line.match_indices('|').filter(|(at, _)| !line[..*at].ends_with('\\')) {
        cells.push(line[start..at].trim());
        start = at + 1;
    }
    cells.push(line[start..].trim());
    if line.starts_with('|') {
        cells.remove(0);
    }
    if cells.len() > 1 && cells.last().is_some_and(|last| last.is_empty()) {
        cells.pop();
    }
    cells
}

fn is_delimiter(cell: &&str) -> bool {
    let dashes = cell.strip_prefix(':').unwrap_or(cell);
    let dashes = dashes.strip_suffix(':').unwrap_or(dashes);
    !dashes.is_empty() && dashes.bytes().all(|byte| byte == b'-')
}

fn misfit(header: &str, rule: &str) -> (String, String) {
    let (wanted, rules) = (cells(header).len(), cells(rule));
    if let Some(other) = rules.iter().find(|cell| !is_delimiter(cell)) {
        let message =
            format!("these lines look like a table, but are text: `{other}` is no cell of the row beneath a header");
        let hint =
            format!("each cell of that row is `---`, `:---`, `---:` or `:---:`, with `|` between them; {ESCAPED}");
        return (message, hint);
    }
    let counted = if wanted == 1 { "one cell".to_owned() } else { format!("{wanted} cells") };
    let message = format!(
        "these lines look like a table, but are text: the header has {counted}, the row beneath it {}",
        rules.len()
    );
    let row = "| --- ".repeat(wanted) + "|";
    let row = if wanted <= MOST_WRITTEN { format!("`{row}`") } else { format!("as many `---` between `|`, {wanted}") };
    (message, format!("write {row} beneath that header; {ESCAPED}"))
}

fn headless(rule: &str) -> (String, String) {
    if rule.starts_with('+') {
        let message = "these lines draw a table with `+` and `-`, as pandoc reads it; here they are text".to_owned();
        return (
            message,
            "write a row of headers, a row of `| --- | --- |` beneath it, and rows of `| … | … |`".to_owned(),
        );
    }
    let message = "these lines look like a table, but are text: no header stands above this row".to_owned();
    (message, format!("write a row of headers above it, whose cells may be empty: `|  |  |`; {ESCAPED}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_counted_as_github_counts_them() {
        for (line, count) in
            [("| a | b |", 2), ("a | b", 2), ("| a", 1), ("a |", 1), (r"| a \| b | c", 2), ("||", 1), ("|a||b|", 3)]
        {
            assert_eq!(cells(line).len(), count, "{line}");
        }
    }
}
