use super::resolved::{ResolvedDocument, TableInfo};
use crate::document::{
    Alignment, Block, BlockKind, Cell, Document, Inline, InlineKind, Row, Table, Visit, plain_text_of_blocks,
    walk_blocks,
};

/// Widths, alignments and which columns are numbers, of every table.
pub(super) fn measure(document: &Document, doc: &mut ResolvedDocument) {
    let mut tables = Tables::default();
    document.parts.iter().for_each(|part| walk_blocks(&part.blocks, &mut tables));
    document.notes.iter().for_each(|note| walk_blocks(&note.blocks, &mut tables));
    for (block, table) in tables.found {
        let info = info(table, doc);
        doc.tables.insert(block.id, info);
    }
}

#[derive(Default)]
struct Tables<'a> {
    found: Vec<(&'a Block, &'a Table)>,
}

impl<'a> Visit<'a> for Tables<'a> {
    fn block(&mut self, block: &'a Block) {
        if let BlockKind::Table(table) = &block.kind {
            self.found.push((block, table));
        }
    }
}

/// What a column holds, in average characters.
#[derive(Debug, Clone, Copy, Default)]
struct Column {
    /// The widest word: narrower would break it.
    word: f64,
    /// The longest cell on one line: wider would be wasted.
    line: f64,
    /// All text together, which decides who gets the room that is left.
    total: f64,
    numbers: usize,
    texts: usize,
}

fn info(table: &Table, doc: &ResolvedDocument) -> TableInfo {
    let count = column_count(table);
    let mut columns = vec![Column::default(); count];
    for (index, cell, text) in placed(&table.head, count, doc) {
        take(&mut columns[index], cell, &text);
    }
    for (index, cell, text) in placed(&table.body, count, doc) {
        take(&mut columns[index], cell, &text);
        match is_number(&text) {
            Some(true) => columns[index].numbers += 1,
            Some(false) => columns[index].texts += 1,
            None => {}
        }
    }
    let numeric: Vec<bool> = columns.iter().map(|column| column.numbers > 0 && column.texts == 0).collect();
    let alignments = (0..count).map(|index| match table.columns.get(index).copied().unwrap_or_default() {
        Alignment::None if numeric[index] => Alignment::End,
        Alignment::None => Alignment::Start,
        typed => typed,
    });
    TableInfo { widths: widths(&columns), alignments: alignments.collect(), numeric }
}

/// The widest row, or what the delimiter row says.
fn column_count(table: &Table) -> usize {
    let rows = table.head.iter().chain(&table.body);
    let widest = rows.map(|row| row.cells.iter().map(|cell| usize::from(cell.column_span.max(1))).sum()).max();
    table.columns.len().max(widest.unwrap_or_default()).max(1)
}

/// Each cell at its column, cells that hang down from rows above counted; a cell over several columns says nothing of any one.
fn placed<'t>(rows: &'t [Row], count: usize, doc: &ResolvedDocument) -> Vec<(usize, &'t Cell, String)> {
    let mut hanging = vec![0_u16; count];
    let mut cells = Vec::new();
    for row in rows {
        let mut column = 0;
        let mut next = hanging.iter().map(|left| left.saturating_sub(1)).collect::<Vec<_>>();
        for cell in &row.cells {
            while column < count && hanging[column] > 0 {
                column += 1;
            }
            let span = usize::from(cell.column_span.max(1));
            for slot in next.iter_mut().skip(column).take(span) {
                *slot = cell.row_span.saturating_sub(1);
            }
            if span == 1 && column < count {
                cells.push((column, cell, text(cell, doc)));
            }
            column += span;
        }
        hanging = next;
    }
    cells
}

/// A cell's text, with what its references show on lines of their own.
fn text(cell: &Cell, doc: &ResolvedDocument) -> String {
    struct References<'d>(&'d ResolvedDocument, String);
    impl<'a> Visit<'a> for References<'_> {
        fn inline(&mut self, inline: &'a Inline) {
            if let (InlineKind::Reference(_), Some(info)) = (&inline.kind, self.0.references.get(inline.id)) {
                self.1.push_str(&format!("\n{}", info.text()));
            }
        }
    }
    let mut references = References(doc, plain_text_of_blocks(&cell.blocks));
    walk_blocks(&cell.blocks, &mut references);
    references.1
}

/// A word wider than this is broken rather than given its room.
const WIDEST_WORD: f64 = 24.0;

fn take(column: &mut Column, cell: &Cell, text: &str) {
    // Bold header text is some eight per cent wider than text.
    let factor = if cell.scope == crate::document::CellScope::Data { 1.0 } else { 1.08 };
    let words = text.split_whitespace().flat_map(|word| word.split_inclusive(['-', '/', '–']));
    let word = words.map(|word| (room(word) * factor).min(WIDEST_WORD)).fold(0.0, f64::max);
    let line = text.lines().map(room).fold(0.0, f64::max);
    column.word = column.word.max(word);
    column.line = column.line.max(line * factor);
    column.total += text.chars().count() as f64;
}

/// The width of a text in average characters of running text, by the widths of letters in a sans-serif type.
fn room(text: &str) -> f64 {
    let width = |c: char| match c {
        'i' | 'j' | 'l' | 'I' | ' ' | '.' | ',' | ':' | ';' | '\'' | '’' | '|' | '!' | '(' | ')' | '[' | ']' => 0.6,
        'f' | 'r' | 't' | 's' | '-' => 0.9,
        'm' | 'w' | 'M' | 'W' | '%' | '@' | '&' => 1.8,
        _ if c.is_uppercase() => 1.35,
        _ if u32::from(c) >= 0x1100 => 2.0,
        _ => 1.2,
    };
    text.chars().map(width).sum()
}

/// Room of a cell's padding, in characters.
const PADDING: f64 = 3.2;
/// Characters of table text that a line of the measure holds.
const MEASURE: f64 = 92.0;

/// Every column gets room for its longest word; what is left goes to those that would need more,
/// by the square root of what they hold, up to their longest line. Shares sum to 1.
fn widths(columns: &[Column]) -> Vec<f64> {
    let least: Vec<f64> = columns.iter().map(|column| column.word.max(2.0) + PADDING).collect();
    let most: Vec<f64> = columns.iter().map(|column| column.line.max(2.0) + PADDING).collect();
    let mut widths = least.clone();
    let mut left = MEASURE - least.iter().sum::<f64>();
    // Each round fills at least one column or spends all that is left.
    for _ in 0..columns.len() {
        let open: Vec<usize> = (0..columns.len()).filter(|&at| widths[at] < most[at]).collect();
        let weight: f64 = open.iter().map(|&at| columns[at].total.sqrt().max(1.0)).sum();
        if left <= 0.01 || open.is_empty() {
            break;
        }
        let share = left / weight;
        for at in open {
            let room = (share * columns[at].total.sqrt().max(1.0)).min(most[at] - widths[at]);
            widths[at] += room;
            left -= room;
        }
    }
    let sum: f64 = widths.iter().sum();
    widths.iter().map(|width| width / sum).collect()
}

/// Whether a text is a number; `None` for an empty cell or one that only says that there is none.
fn is_number(text: &str) -> Option<bool> {
    let text = text.trim();
    if text.is_empty() || ["–", "—", "-", "n/a", "…", ".."].contains(&text) {
        return None;
    }
    let allowed = |c: char| c.is_ascii_digit() || " \u{a0}\u{202f}.,'’%+-−–±€$£¥".contains(c);
    Some(text.contains(|c: char| c.is_ascii_digit()) && text.chars().all(allowed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_told_from_text() {
        assert_eq!(
            ["1,127", "€ 3.5", "−12 %", "2.1.3", "✓", "", "–"].map(is_number),
            [Some(true), Some(true), Some(true), Some(true), Some(false), None, None]
        );
    }

    #[test]
    fn capitals_and_digits_need_more_room_than_running_text() {
        assert!(room("Year") > 4.0 && room("2017") > 4.0 && room("illicit") < 6.0);
    }

    #[test]
    fn a_long_column_takes_the_room_and_a_short_one_keeps_its_words() {
        let column = |word: f64, line: f64, total: f64| Column { word, line, total, numbers: 0, texts: 1 };
        let shares = widths(&[column(6.0, 6.0, 60.0), column(14.0, 400.0, 4000.0), column(1.0, 1.0, 10.0)]);
        assert!((shares.iter().sum::<f64>() - 1.0).abs() < 1e-9);
        assert!(shares[1] > 0.7, "{shares:?}");
        assert!(shares[0] * MEASURE >= 8.0, "{shares:?}");
        let even = widths(&[column(5.0, 9.0, 90.0), column(5.0, 9.0, 90.0)]);
        assert!((even[0] - 0.5).abs() < 1e-9);
    }
}
