//! What a table shows of its file: header rows, columns and their order, how they stand.
//!
//! In: the attributes `header`, `columns`, `align`, `delimiter`, `header-columns`; records. Out: rows and cells.

use super::csv::Record;
use crate::diag::{Code, Diagnostic, Diagnostics, nearest};
use crate::document::{
    Alignment, Attributes, Block, BlockKind, Cell, CellScope, Column, Ids, Inline, InlineKind, MOST_COLUMNS, Row,
    Table, TableFile,
};
use crate::source::Span;

/// What is asked for.
pub(super) struct Shape<'t> {
    /// Between fields, if it is said.
    pub(super) delimiter: Option<u8>,
    header_rows: usize,
    header_columns: usize,
    /// Names or numbers, in order; empty for all.
    wanted: Vec<&'t str>,
    alignments: Vec<Alignment>,
}

impl<'t> Shape<'t> {
    /// Reads the attributes.
    pub(super) fn of(attributes: &'t Attributes, file: &TableFile, found: &mut Diagnostics) -> Self {
        let mut refuse = |key: &str, hint: &str| {
            let message = format!("`{key}=` of this table cannot be read");
            found.push(Diagnostic::new(Code::InvalidAttributes, file.span, message).hint(hint));
        };
        let mut number = |key: &str, default: usize| match attributes.get(key).map(str::trim) {
            None => default,
            Some("true" | "yes") => 1,
            Some("false" | "no") => 0,
            Some(typed) => typed.parse().unwrap_or_else(|_| {
                refuse(key, "write a number: 0 for none, 1 for the first");
                default
            }),
        };
        let header_rows = number("header", 1);
        let header_columns = number("header-columns", usize::from(attributes.has_class("header-column")));
        let delimiter = attributes.get("delimiter").and_then(|typed| match typed {
            "tab" | "\\t" | "\t" => Some(b'\t'),
            "comma" => Some(b','),
            "semicolon" => Some(b';'),
            typed => match typed.as_bytes() {
                [byte] if byte.is_ascii_punctuation() && *byte != b'"' => Some(*byte),
                _ => {
                    refuse("delimiter", "write one character, like `delimiter=\";\"`, or `delimiter=tab`");
                    None
                }
            },
        });
        let list = |key| attributes.get(key).into_iter().flat_map(|typed| typed.split(',')).map(str::trim);
        let wanted = list("columns").filter(|name| !name.is_empty()).collect();
        let alignments = list("align").map(alignment).collect();
        Self { delimiter, header_rows, header_columns, wanted, alignments }
    }

    /// Which fields are shown, by their positions.
    pub(super) fn columns(&self, records: &[Record], file: &TableFile, found: &mut Diagnostics) -> Vec<usize> {
        let width = records.iter().map(|record| record.fields.len()).max().unwrap_or(0);
        if self.wanted.is_empty() {
            return (0..width).collect();
        }
        let names = records.first().filter(|_| self.header_rows > 0).map_or(&[][..], |record| &record.fields);
        let mut columns = Vec::new();
        for wanted in &self.wanted {
            let by_name = names.iter().position(|name| name == wanted);
            let by_name = by_name.or_else(|| names.iter().position(|name| name.eq_ignore_ascii_case(wanted)));
            let by_number = || wanted.parse::<usize>().ok().filter(|n| (1..=width).contains(n)).map(|n| n - 1);
            match by_name.or_else(by_number) {
                Some(column) => columns.push(column),
                None => {
                    let message = format!("the table's file has no column `{wanted}`");
                    let near = nearest(wanted, names.iter().map(String::as_str));
                    let hint = match near {
                        Some(near) => format!("did you mean `{near}`?"),
                        None => format!("columns are called as in the header row, or numbered from 1 to {width}"),
                    };
                    found.push(Diagnostic::new(Code::MissingTable, file.span, message).hint(hint));
                }
            }
        }
        columns
    }

    /// Makes the rows.
    pub(super) fn fill(
        &self,
        table: &mut Table,
        records: &[Record],
        columns: &[usize],
        ids: &mut Ids,
        found: &mut Diagnostics,
    ) {
        let (shown, beyond) = columns.split_at(columns.len().min(MOST_COLUMNS));
        if let (Some(first), false) = (records.first(), beyond.is_empty()) {
            let message = format!("a table has at most {MOST_COLUMNS} columns; what lies beyond stands in the last");
            let hint = "choose columns: `columns=\"Year,Total\"`";
            found.push(Diagnostic::new(Code::RaggedTable, first.span, message).hint(hint));
        }
        let side = |at: usize| self.alignments.get(at).copied().unwrap_or_default();
        let typed = std::mem::take(&mut table.columns);
        let width = |at: usize| typed.get(at).and_then(|column| column.width);
        table.columns =
            (0..shown.len()).map(|at| Column { alignment: side(at), width: width(at), change: None }).collect();
        for (index, record) in records.iter().enumerate() {
            let in_head = index < self.header_rows;
            let field = |at: &usize| record.fields.get(*at).map_or("", String::as_str);
            let mut cells: Vec<Cell> = Vec::with_capacity(shown.len());
            for (at, position) in shown.iter().enumerate() {
                let scope = match (in_head, at < self.header_columns) {
                    (true, _) => CellScope::Column,
                    (false, true) => CellScope::Row,
                    (false, false) => CellScope::Data,
                };
                cells.push(cell(field(position), record.span, scope, ids));
            }
            if let Some(last) = cells.last_mut() {
                let more = beyond.iter().map(field).filter(|text| !text.is_empty());
                last.blocks.extend(more.map(|text| paragraph(text, record.span, ids)));
            }
            let row = Row { id: ids.fresh(), span: record.span, cells, change: None };
            if in_head { table.head.push(row) } else { table.body.push(row) }
        }
    }
}

/// A table of one cell, in the place of one whose file is not here.
pub(super) fn placeholder(table: &mut Table, text: &str, span: Span, ids: &mut Ids) {
    table.columns = vec![Column::default()];
    let cells = vec![cell(text, span, CellScope::Data, ids)];
    table.body = vec![Row { id: ids.fresh(), span, cells, change: None }];
}

fn alignment(typed: &str) -> Alignment {
    match typed {
        "left" | "start" | "l" => Alignment::Start,
        "center" | "centre" | "c" => Alignment::Center,
        "right" | "end" | "r" => Alignment::End,
        _ => Alignment::None,
    }
}

fn cell(text: &str, span: Span, scope: CellScope, ids: &mut Ids) -> Cell {
    let blocks = vec![paragraph(text, span, ids)];
    Cell { id: ids.fresh(), span, scope, column_span: 1, row_span: 1, alignment: Alignment::None, blocks, change: None }
}

/// Plain text; a line ending within quotes is one in the cell.
fn paragraph(text: &str, span: Span, ids: &mut Ids) -> Block {
    let mut content = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if !content.is_empty() {
            content.push(Inline { id: ids.fresh(), span, kind: InlineKind::LineBreak, change: None });
        }
        content.push(Inline { id: ids.fresh(), span, kind: InlineKind::Text(line.replace('\t', " ")), change: None });
    }
    let kind = BlockKind::Paragraph(content);
    Block { id: ids.fresh(), span, attributes: Attributes::default(), kind, change: None }
}
