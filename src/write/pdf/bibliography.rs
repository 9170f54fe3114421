//! The bibliography: a paragraph for each work.

use super::generator::{Generator, Place};
use crate::document::{Block, BlockKind, NodeId, Pt};
use crate::resolve::BibliographyLayout;

impl Generator<'_> {
    pub(super) fn bibliography(&mut self, id: NodeId, entries: &[Block]) {
        let doc = self.doc;
        let Some(info) = doc.bibliographies.get(id) else { return self.block_statements(entries) };
        let role = self.style.role("bibliography");
        let hang = match info.layout {
            BibliographyLayout::Hanging => role.hang,
            BibliographyLayout::Flush => Pt(0.0),
            BibliographyLayout::Labelled(_) => role.size * info.label_room().unwrap_or_default(),
        };
        self.statement(&format!("bibliography-list({}pt", hang.0));
        let inside = Place { size: role.size, ..self.inside(hang) };
        for (at, entry) in entries.iter().enumerate() {
            let BlockKind::Paragraph(content) = &entry.kind else { continue };
            let start = self.out.position();
            self.out.push(",\n(");
            self.optional(info.labels.get(at).map(String::as_str));
            self.out.push(", ");
            self.waiting.extend(doc.anchors.get(entry.id).cloned());
            self.within(inside, |g| g.whole(&entry.change, |g| g.line(entry, content)));
            self.out.push(")");
            self.out.came_from(start, entry.span);
        }
        self.out.push(")");
    }
}
