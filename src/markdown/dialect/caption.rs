//! Captions of tables that begin with another word than `Table:`.
//!
//! In: the blocks of a container, captions read. Out: a warning at a line beside a table without a caption that begins
//! as one does in another language, or with a space before its colon. The line stays text.

use super::super::reader::Reader;
use crate::diag::Code;
use crate::document::{Block, BlockKind, Inline, InlineKind};
use crate::source::Span;

/// What is called a table, in lower case.
const WORDS: &[&str] = &[
    "table",
    "tableau",
    "tabla",
    "cuadro",
    "tabelle",
    "tabella",
    "tabela",
    "quadro",
    "таблица",
    "جدول",
    "الجدول",
    "表",
    "表格",
];

/// Looks at what stands beside tables, and at the line right beneath one, which GFM takes for its last row.
pub(super) fn report(reader: &mut Reader<'_>, blocks: &[Block]) {
    for (at, block) in blocks.iter().enumerate() {
        let beside = |other: Option<usize>| other.and_then(|other| blocks.get(other)).is_some_and(is_uncaptioned);
        if let BlockKind::Table(table) = &block.kind
            && let Some(row) = table.body.last().filter(|_| table.caption.is_none())
            && !reader.place.text(row.span).contains('|')
        {
            tell(reader, row.span);
        } else if let BlockKind::Paragraph(content) = &block.kind
            && matches!(content.first(), Some(Inline { kind: InlineKind::Text(_), .. }))
            && (beside(at.checked_sub(1)) || beside(Some(at + 1)))
        {
            tell(reader, block.span);
        }
    }
}

fn is_uncaptioned(block: &Block) -> bool {
    matches!(&block.kind, BlockKind::Table(table) if table.caption.is_none())
}

/// Tells of a line, if it begins with such a word and a colon.
fn tell(reader: &mut Reader<'_>, line: Span) {
    let text = reader.place.text(line).trim_start();
    let Some((word, behind)) = text.split_once([':', '：']) else { return };
    let (word, behind) = (word.trim(), behind.trim());
    let is_caption = word.chars().count() <= 16 && WORDS.contains(&word.to_lowercase().as_str());
    if !is_caption || text.starts_with("Table:") || behind.is_empty() {
        return;
    }
    let message = "this is no caption, but text: in a draft of any language a table's caption begins with `Table:`";
    let hint = "write `Table:` at its beginning; the report shows the word of its own language, and the number";
    reader.warn_with(Code::StrayCaption, line, message, hint);
}
