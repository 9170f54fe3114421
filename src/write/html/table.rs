//! Tables: in a region that scrolls, and stacked row by row on a narrow screen where that reads well.

use super::block;
use super::figure;
use super::inline;
use super::writer::{Spacing, Tag, Writer};
use crate::document::{Alignment, Block, BlockKind, Cell, CellScope, NodeId, Row, Table};

/// A table with its caption.
pub(super) fn write(w: &mut Writer, block: &Block, table: &Table) {
    let caption = figure::caption_id(block.id);
    let tag = block::own(w, Tag::new("div").class("table scroll").attr("tabindex", "0"), block);
    let tag = match table.caption {
        Some(_) => tag.attr("role", "region").attr("aria-labelledby", caption),
        None => tag.attr("role", "group").attr("aria-label", w.doc.terms.table),
    };
    let labels = stack_labels(w, table);
    w.group(tag, |w| {
        let class = labels.as_ref().map(|_| "stacks");
        w.group(Tag::new("table").maybe("class", class), |w| {
            if let Some(caption) = &table.caption {
                figure::write_caption(w, "caption", block.id, caption);
            }
            w.with_spacing(Spacing::Loose, |w| write_rows(w, block.id, table, labels.as_deref()));
        });
    });
}

fn write_rows(w: &mut Writer, id: NodeId, table: &Table, labels: Option<&[String]>) {
    write_columns(w, id);
    let head = Columns::new(w, id, table, None);
    if !table.head.is_empty() {
        w.group(Tag::new("thead"), |w| write_section(w, &head, &table.head));
    }
    if !table.body.is_empty() {
        let body = Columns { labels, ..head };
        w.group(Tag::new("tbody"), |w| write_section(w, &body, &table.body));
    }
}

/// Widths as classes: the policy allows no style attribute.
fn write_columns(w: &mut Writer, id: NodeId) {
    let Some(info) = w.doc.tables.get(id).filter(|_| w.is_page()) else { return };
    w.block(Tag::new("colgroup"), |w| {
        for width in &info.widths {
            let thousandths = (width * 1000.0).round().clamp(1.0, 1000.0) as u16;
            w.widths.insert(thousandths);
            w.open(Tag::new("col").class(format!("width-{thousandths}")));
        }
    });
}

/// What is true of each column.
struct Columns<'t> {
    alignments: &'t [Alignment],
    numeric: &'t [bool],
    labels: Option<&'t [String]>,
}

impl<'t> Columns<'t> {
    fn new(w: &Writer<'t>, id: NodeId, table: &'t Table, labels: Option<&'t [String]>) -> Self {
        match w.doc.tables.get(id) {
            Some(info) => Self { alignments: &info.alignments, numeric: &info.numeric, labels },
            None => Self { alignments: &table.columns, numeric: &[], labels },
        }
    }

    fn class(&self, column: usize) -> Option<String> {
        let side = match self.alignments.get(column).copied().unwrap_or_default() {
            Alignment::None | Alignment::Start => None,
            Alignment::Center => Some("center"),
            Alignment::End => Some("end"),
        };
        let numeric = self.numeric.get(column).copied().unwrap_or(false).then_some("numeric");
        let classes: Vec<&str> = side.into_iter().chain(numeric).collect();
        (!classes.is_empty()).then(|| classes.join(" "))
    }
}

/// Rows, each cell with the column it begins in: a cell from above may cover its first columns.
fn write_section(w: &mut Writer, columns: &Columns, rows: &[Row]) {
    let mut covered: Vec<u16> = Vec::new();
    for row in rows {
        let tag = Tag::new("tr").maybe("id", w.anchor(row.id));
        w.group(tag, |w| {
            let mut column = 0;
            for cell in &row.cells {
                while covered.get(column).is_some_and(|rows| *rows > 0) {
                    column += 1;
                }
                write_cell(w, columns, cell, column);
                let end = column + usize::from(cell.column_span.max(1));
                covered.resize(covered.len().max(end), 0);
                // One more than the rows below, for this row counts down too.
                covered[column..end].fill(cell.row_span.max(1));
                column = end;
            }
        });
        covered.iter_mut().for_each(|rows| *rows = rows.saturating_sub(1));
    }
}

fn write_cell(w: &mut Writer, columns: &Columns, cell: &Cell, column: usize) {
    // An empty header cell heads nothing: it would be announced as a header without a name.
    let empty = w.doc.plain_text_of_blocks(&cell.blocks).is_empty();
    let (tag, role) = match cell.scope {
        CellScope::Column if empty => (Tag::new("td"), "table-header"),
        CellScope::Row if empty => (Tag::new("td"), "table"),
        CellScope::Column => (Tag::new("th").attr("scope", "col"), "table-header"),
        CellScope::Row => (Tag::new("th").attr("scope", "row"), "table-header"),
        CellScope::Data => (Tag::new("td"), "table"),
    };
    let label = columns.labels.and_then(|labels| labels.get(column)).filter(|label| !label.is_empty());
    if let Some(label) = label {
        w.in_role("table-header", |w| w.need(label));
    }
    let tag = tag
        .maybe("class", columns.class(column))
        .maybe("colspan", (cell.column_span > 1).then(|| cell.column_span.to_string()))
        .maybe("rowspan", (cell.row_span > 1).then(|| cell.row_span.to_string()))
        .maybe("id", w.anchor(cell.id))
        .maybe("data-label", label.cloned());
    w.block(tag, |w| w.in_role(role, |w| write_cell_content(w, &cell.blocks)));
}

/// A lone paragraph needs no element of its own.
fn write_cell_content(w: &mut Writer, blocks: &[Block]) {
    match blocks {
        [Block { id, kind: BlockKind::Paragraph(content), .. }] if w.anchor(*id).is_none() => inline::write(w, content),
        blocks => block::write(w, blocks),
    }
}

/// The label of each column, if rows can stand as stacks: one header row, nothing spanning, and enough
/// columns that a narrow screen cannot show them side by side.
fn stack_labels(w: &Writer, table: &Table) -> Option<Vec<String>> {
    let [head] = table.head.as_slice() else { return None };
    let regular = |row: &Row| {
        row.cells.len() == head.cells.len() && row.cells.iter().all(|cell| cell.column_span < 2 && cell.row_span < 2)
    };
    if head.cells.len() < 3 || !regular(head) || !table.body.iter().all(regular) {
        return None;
    }
    Some(head.cells.iter().map(|cell| w.doc.plain_text_of_blocks(&cell.blocks)).collect())
}
