//! The bibliography: a paragraph for each work, in Word's own style for it.

use super::change::Track;
use super::frame::Frame;
use super::style::ParagraphStyle;
use super::writer::Writer;
use super::xml::Indent;
use crate::document::{Block, BlockKind, NodeId, Pt};
use crate::resolve::BibliographyLayout;

impl<'a> Writer<'a> {
    /// Entries; a label stands before a tab.
    pub fn bibliography(&mut self, id: NodeId, entries: &'a [Block], frame: &Frame<'a>) {
        let doc = self.doc;
        let Some(info) = doc.bibliographies.get(id) else { return self.blocks(entries, frame) };
        let role = self.sheet.tokens.role("bibliography");
        let hang = match info.layout {
            BibliographyLayout::Hanging => role.hang,
            BibliographyLayout::Flush => Pt(0.0),
            BibliographyLayout::Labelled(_) => role.size * info.label_room().unwrap_or_default(),
        };
        let style = ParagraphStyle::Bibliography;
        for (at, entry) in entries.iter().enumerate() {
            let BlockKind::Paragraph(content) = &entry.kind else { continue };
            self.key_next(entry.id);
            let inner = frame.for_block(at, entries.len()).in_language(self.doc.languages.get(entry.id));
            let mut paragraph = self.at_edges(&inner, style);
            paragraph.indent = Indent { start: frame.start + hang, end: frame.end, hang };
            paragraph.marker = info.labels.get(at).cloned();
            let anchor = doc.anchors.get(entry.id);
            self.within(Track::of(&entry.change), |w| {
                w.paragraph(&inner, paragraph, |w| w.bookmarked(anchor, |w| w.content(&inner, style, content)));
            });
        }
    }
}
