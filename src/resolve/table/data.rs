//! What data cells say, by column.
//!
//! In: a table and its grid. Out: the text of each data cell that stands in one column and is not empty, and
//! how much of it is raised.

use super::grid::{self, Section};
use super::info::Slot;
use super::number;
use crate::document::{
    BlockKind, Cell, CellScope, Inline, InlineKind, NodeId, Table, plain_text, plain_text_of_blocks,
};
use crate::resolve::info::NoteReferenceInfo;
use crate::resolve::resolved::SideTable;

/// A data cell of one column that is not empty.
pub(super) struct Data {
    pub(super) cell: NodeId,
    /// What stands in the line.
    pub(super) text: String,
    /// How many characters are raised behind it: numbers of notes, and marks that were typed so.
    pub(super) raised: usize,
}

/// By column, its data cells.
pub(super) fn data(
    table: &Table,
    body: &[Vec<Slot>],
    columns: usize,
    notes: &SideTable<NoteReferenceInfo>,
) -> Vec<Vec<Data>> {
    let mut data: Vec<Vec<Data>> = Vec::new();
    data.resize_with(columns, Vec::new);
    for placed in grid::placed(table, &[], body) {
        if placed.section == Section::Head || placed.slot.columns > 1 || placed.cell.scope != CellScope::Data {
            continue;
        }
        let found = read(placed.cell, notes);
        if !number::is_nothing(&found.text) {
            data[placed.slot.column].push(found);
        }
    }
    data
}

/// Whether a cell by itself holds a number.
pub(super) fn is_number(cell: &Cell, notes: &SideTable<NoteReferenceInfo>) -> bool {
    number::is_number(&read(cell, notes).text)
}

fn read(cell: &Cell, notes: &SideTable<NoteReferenceInfo>) -> Data {
    let mut data = Data { cell: cell.id, text: String::new(), raised: 0 };
    if let [block] = cell.blocks.as_slice()
        && let BlockKind::Paragraph(content) = &block.kind
    {
        line(content, notes, &mut data);
        data.text = data.text.trim().to_owned();
    } else {
        data.text = plain_text_of_blocks(&cell.blocks);
    }
    data
}

fn line(content: &[Inline], notes: &SideTable<NoteReferenceInfo>, data: &mut Data) {
    for inline in content {
        match &inline.kind {
            InlineKind::Superscript(raised) if !data.text.trim().is_empty() => {
                data.raised += plain_text(raised).chars().count();
            }
            InlineKind::Note(_) => {
                let number = notes.get(inline.id).and_then(|info| info.number);
                data.raised += number.map_or(0, |number| number.to_string().len());
            }
            InlineKind::Emphasis(content)
            | InlineKind::Strong(content)
            | InlineKind::Strikethrough(content)
            | InlineKind::Highlight(content)
            | InlineKind::Superscript(content)
            | InlineKind::Subscript(content)
            | InlineKind::Span(_, content) => line(content, notes, data),
            InlineKind::Link(link) => line(&link.content, notes, data),
            InlineKind::Text(_)
            | InlineKind::SoftBreak
            | InlineKind::LineBreak
            | InlineKind::Code(_)
            | InlineKind::Image(_)
            | InlineKind::Reference(_)
            | InlineKind::Formula(_)
            | InlineKind::Citation(_) => data.text.push_str(&plain_text(std::slice::from_ref(inline))),
        }
    }
}
