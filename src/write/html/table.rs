//! Tables: in a region that scrolls, and stacked row by row on a narrow screen where that reads well.

use super::block;
use super::change;
use super::figure;
use super::inline;
use super::writer::{Spacing, Tag, Writer};
use crate::document::{
    Alignment, Block, BlockKind, Cell, CellScope, Column, Inline, InlineKind, NodeId, Row, Side, Table, settle_blocks,
};
use crate::resolve::{Is, Orientation, Slot, SlotContent, TableInfo};

/// A table with its caption. What stands on a page of its own side scrolls rather than being squeezed.
pub(super) fn write(w: &mut Writer, block: &Block, table: &Table) {
    let caption = figure::caption_id(block.id);
    let class = match w.doc.orientation(block.id) {
        Orientation::Portrait => "table scroll",
        Orientation::Landscape => "table scroll landscape",
    };
    let tag = block::own(w, Tag::new("div").class(class).attr("tabindex", "0"), block);
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
            w.with_spacing(Spacing::Loose, |w| match w.doc.tables.get(block.id).filter(|_| w.is_page()) {
                Some(info) => write_rows(w, info, table, labels.as_deref().unwrap_or_default()),
                None => write_plain_rows(w, table),
            });
        });
    });
}

fn write_rows(w: &mut Writer, info: &TableInfo, table: &Table, labels: &[String]) {
    write_columns(w, info, &table.columns);
    for (element, rows, grid, labels) in
        [("thead", &table.head, &info.head, &[][..]), ("tbody", &table.body, &info.body, labels)]
    {
        if rows.is_empty() {
            continue;
        }
        w.group(Tag::new(element), |w| {
            for (row, slots) in rows.iter().zip(grid) {
                write_row(w, row, |w| slots.iter().for_each(|slot| write_slot(w, info, row, slot, labels)));
            }
        });
    }
}

/// As Markdown alone has it: no cell covers another.
fn write_plain_rows(w: &mut Writer, table: &Table) {
    for (element, rows) in [("thead", &table.head), ("tbody", &table.body)] {
        if rows.is_empty() {
            continue;
        }
        w.group(Tag::new(element), |w| {
            for row in rows {
                write_row(w, row, |w| {
                    for (column, cell) in row.cells.iter().enumerate() {
                        let side = table.columns.get(column).map(|column| column.alignment).unwrap_or_default();
                        let tag = cell_tag(w, cell).maybe("class", side_class(side));
                        w.block(tag, |w| write_cell_content(w, &cell.blocks));
                    }
                });
            }
        });
    }
}

fn write_row(w: &mut Writer, row: &Row, cells: impl FnOnce(&mut Writer)) {
    let tag = change::write_tag(w, Tag::new("tr"), None, w.anchor(row.id), &row.change);
    w.group(tag, cells);
}

/// Widths as classes: the policy allows no style attribute.
fn write_columns(w: &mut Writer, info: &TableInfo, columns: &[Column]) {
    w.block(Tag::new("colgroup"), |w| {
        for (at, width) in info.widths.iter().enumerate() {
            let thousandths = (width * 1000.0).round().clamp(1.0, 1000.0) as u16;
            w.widths.insert(thousandths);
            let width = format!("width-{thousandths}");
            let class = match change::column_class(columns.get(at)) {
                Some(look) => format!("{width} {look}"),
                None => width,
            };
            w.open(Tag::new("col").class(class));
        }
    });
}

fn side_class(alignment: Alignment) -> Option<&'static str> {
    match alignment {
        Alignment::None | Alignment::Start => None,
        Alignment::Center => Some("center"),
        Alignment::End => Some("end"),
    }
}

fn write_slot(w: &mut Writer, info: &TableInfo, row: &Row, slot: &Slot, labels: &[String]) {
    let cell = match slot.content {
        SlotContent::Cell(_) => slot.cell(row),
        SlotContent::Missing => None,
        SlotContent::Covered => return,
    };
    let Some(cell) = cell else {
        w.open(Tag::new("td"));
        w.close("td");
        return w.line();
    };
    let label = labels.get(slot.column).filter(|label| !label.is_empty());
    if let Some(label) = label {
        w.in_role("table-header", |w| w.need(label));
    }
    let numeric = info.numeric[slot.column].then_some("numeric");
    let classes: Vec<&str> = side_class(slot.alignment).into_iter().chain(numeric).collect();
    let headers: Vec<String> = slot.headers.iter().map(|id| cell_id(w, *id)).collect();
    let named = info.associated && cell.scope != CellScope::Data;
    let id = if named { Some(cell_id(w, cell.id)) } else { w.anchor(cell.id).map(str::to_owned) };
    let classes = (!classes.is_empty()).then(|| classes.join(" "));
    let tag = match cell.blocks.first() {
        Some(block) => w.keyed(cell_tag(w, cell), block.id),
        None => cell_tag(w, cell),
    };
    let (marked, id) = if cell.change.is_some() { (id, None) } else { (None, id) };
    let tag = change::write_tag(w, tag, classes.as_deref(), marked.as_deref(), &cell.change)
        .maybe("colspan", (slot.columns > 1).then(|| slot.columns.to_string()))
        .maybe("rowspan", (slot.rows > 1).then(|| slot.rows.to_string()))
        .maybe("id", id)
        .maybe("headers", (!headers.is_empty()).then(|| headers.join(" ")))
        .maybe("data-label", label.cloned());
    let role = match cell.scope {
        CellScope::Column => "table-header",
        CellScope::Row if !is_empty(w, cell) => "table-header",
        CellScope::Row | CellScope::Data => "table",
    };
    w.block(tag, |w| {
        w.in_role(role, |w| {
            let change = if cell.change.is_some() { &cell.change } else { &row.change };
            change::write_within(w, change, Is::Cell, |w| {
                if slot.left_to_right {
                    w.inline(Tag::new("bdi").attr("dir", "ltr"), |w| write_cell_content(w, &cell.blocks));
                } else {
                    write_cell_content(w, &cell.blocks);
                }
            });
        });
    });
}

/// The id that other cells name a header cell by: begins with `_`, as no anchor does.
fn cell_id(w: &Writer, cell: NodeId) -> String {
    w.anchor(cell).map_or_else(|| format!("_cell-{}", cell.index()), str::to_owned)
}

/// An empty header cell heads nothing: it would be announced as a header without a name.
fn cell_tag(w: &Writer, cell: &Cell) -> Tag {
    match cell.scope {
        CellScope::Column | CellScope::Row if is_empty(w, cell) => Tag::new("td"),
        CellScope::Column => Tag::new("th").attr("scope", "col"),
        CellScope::Row => Tag::new("th").attr("scope", "row"),
        CellScope::Data => Tag::new("td"),
    }
}

fn is_empty(w: &Writer, cell: &Cell) -> bool {
    w.doc.plain_text_of_blocks(&cell.blocks).is_empty()
}

/// A lone paragraph needs no element of its own.
fn write_cell_content(w: &mut Writer, blocks: &[Block]) {
    match blocks {
        [Block { id, kind: BlockKind::Paragraph(content), change: None, .. }]
            if w.anchor(*id).is_none() && w.doc.languages.get(*id).is_none() =>
        {
            inline::write(w, content);
        }
        blocks => block::write(w, blocks),
    }
}

/// The label of each column, if rows can stand as stacks: one header row of plain words, nothing spanning, and enough
/// columns that a narrow screen cannot show them side by side.
fn stack_labels(w: &Writer, table: &Table) -> Option<Vec<String>> {
    let [head] = table.head.as_slice() else { return None };
    let regular = |row: &Row| {
        row.cells.len() == head.cells.len() && row.cells.iter().all(|cell| cell.column_span < 2 && cell.row_span < 2)
    };
    let labelled = head.cells.iter().all(|cell| is_label(&cell.blocks));
    if head.cells.len() < 3 || !labelled || !regular(head) || !table.body.iter().all(regular) {
        return None;
    }
    let label = |cell: &Cell| match w.redline {
        true => w.doc.plain_text_of_blocks(&settle_blocks(&cell.blocks, &|_| Some(Side::New))),
        false => w.doc.plain_text_of_blocks(&cell.blocks),
    };
    Some(head.cells.iter().map(label).collect())
}

/// Whether a header cell says all that it says in words alone, as a label does: no note, formula or raised figure.
fn is_label(blocks: &[Block]) -> bool {
    match blocks {
        [] => true,
        [Block { kind: BlockKind::Paragraph(content), .. }] => is_words(content),
        [_, ..] => false,
    }
}

fn is_words(content: &[Inline]) -> bool {
    content.iter().all(|inline| match &inline.kind {
        InlineKind::Text(_) | InlineKind::SoftBreak | InlineKind::LineBreak => true,
        InlineKind::Strong(content) => is_words(content),
        InlineKind::Emphasis(_)
        | InlineKind::Strikethrough(_)
        | InlineKind::Highlight(_)
        | InlineKind::Superscript(_)
        | InlineKind::Subscript(_)
        | InlineKind::Code(_)
        | InlineKind::Link(_)
        | InlineKind::Image(_)
        | InlineKind::Span(..)
        | InlineKind::Note(_)
        | InlineKind::Reference(_)
        | InlineKind::Formula(_)
        | InlineKind::Citation(_) => false,
    })
}
