//! How much of what costs most a report may hold.
//!
//! In: the tree, the limits. Out: one diagnostic for each limit that is passed, at what passes it. Changes nothing.

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::document::{Block, BlockKind, Document, Inline, InlineKind, Visit, walk_blocks};
use crate::project::LimitsConfig;
use crate::source::Span;

/// Notes, cells of tables and parts of a paragraph, against their limits.
pub fn within_limits(document: &Document, limits: &LimitsConfig) -> Diagnostics {
    let mut found = Diagnostics::new();
    if let Some(note) = document.notes.get(limits.notes as usize) {
        let (count, most) = (document.notes.len(), limits.notes);
        let message = format!("the report has {count} notes; {most} are allowed");
        found.push(Diagnostic::new(Code::TooLarge, note.span, message).hint(hint("notes")));
    }
    let mut cells = Cells { count: 0, most: limits.table_cells as usize, passed: None };
    let mut parts = Parts { count: 0, most: limits.paragraph_parts, paragraph: None, passed: None };
    for blocks in document.parts.iter().map(|part| &part.blocks).chain(document.notes.iter().map(|note| &note.blocks)) {
        walk_blocks(blocks, &mut cells);
        walk_blocks(blocks, &mut parts);
    }
    if let Some(span) = cells.passed {
        let message = format!("the report's tables have {} cells; {} are allowed", cells.count, cells.most);
        found.push(Diagnostic::new(Code::TooLarge, span, message).hint(hint("table_cells")));
    }
    if let Some(span) = parts.passed {
        let most = parts.most;
        let message = format!("this paragraph has more than {most} links, notes, emphases and the like");
        found.push(Diagnostic::new(Code::TooLarge, span, message).hint(hint("paragraph_parts")));
    }
    found
}

fn hint(key: &str) -> String {
    format!("if that is meant, allow more in rapporteur.toml: `{key}` beneath `[limits]`")
}

struct Cells {
    count: usize,
    most: usize,
    passed: Option<Span>,
}

impl Visit<'_> for Cells {
    fn block(&mut self, block: &Block) {
        if let BlockKind::Table(table) = &block.kind {
            self.count = self.count.saturating_add(table.cells());
            if self.count > self.most {
                self.passed.get_or_insert(block.span);
            }
        }
    }
}

/// What stands in the block at hand beside plain text.
struct Parts {
    count: u32,
    most: u32,
    paragraph: Option<Span>,
    passed: Option<Span>,
}

impl Visit<'_> for Parts {
    fn block(&mut self, block: &Block) {
        (self.count, self.paragraph) = (0, Some(block.span));
    }

    fn inline(&mut self, inline: &Inline) {
        self.count += u32::from(!matches!(inline.kind, InlineKind::Text(_) | InlineKind::SoftBreak));
        if self.count > self.most {
            self.passed = self.passed.or(self.paragraph);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_that_a_span_covers_are_counted() {
        let draft = "<table><tr><td colspan=\"2\">a</td></tr><tr><td>b</td><td>c</td></tr></table>\n";
        let mut sources = crate::source::Sources::default();
        let file = sources.add("a.md", draft);
        let document = crate::markdown::parse(&sources, &[file]).value;
        let allowed = |table_cells| within_limits(&document, &LimitsConfig { table_cells, ..LimitsConfig::default() });
        assert!(allowed(4).is_empty());
        let messages: Vec<_> = allowed(3).into_iter().map(|found| found.message).collect();
        assert_eq!(messages, ["the report's tables have 4 cells; 3 are allowed"]);
    }
}
