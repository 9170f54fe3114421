//! Lists: real ones, that count on by themselves.

use super::frame::Frame;
use super::numbering::Marker;
use super::style::ParagraphStyle;
use super::writer::Writer;
use super::xml::{Indent, ListReference};
use crate::document::{Block, BlockKind, List, ListItem, ListKind, NodeId, Pt};

impl<'a> Writer<'a> {
    /// A list and all beneath it.
    pub fn list(&mut self, id: NodeId, list: &'a List, frame: &Frame<'a>) {
        let (depth, markers) = match self.doc.lists.get(id) {
            Some(info) => (info.depth, info.markers.as_slice()),
            None => (0, &[][..]),
        };
        let first_style = frame.list.unwrap_or(match list.kind {
            ListKind::Bullet => ParagraphStyle::ListBullet,
            ListKind::Ordered { .. } => ParagraphStyle::ListNumber,
        });
        let role = self.sheet.tokens.role("list");
        let inner = frame.inset(role.indent, Pt(0.0));
        let after = self.space_after(frame, first_style);
        let inner = Frame { paragraph: frame.list.unwrap_or(ParagraphStyle::ListContinue), after, ..inner };
        let mut lists = self.numbering.list(list.kind, depth);
        for (index, item) in list.items.iter().enumerate() {
            let marker = match item.checked {
                Some(true) => "☑",
                Some(false) => "☐",
                None => markers.get(index).map_or("•", String::as_str),
            };
            let pad = self.pad(&inner, role.hang);
            let marker = self.numbering.item(&mut lists, marker, pad, self.sheet);
            self.item(item, first_style, depth, marker, &inner.for_block(index, list.items.len()));
        }
    }

    /// Below a list stands what stands below a paragraph of its container, unless another list goes on around it.
    fn space_after(&self, frame: &Frame<'a>, style: ParagraphStyle) -> Option<Pt> {
        let around = self.sheet.facts(frame.paragraph).after;
        let nested = frame.paragraph == ParagraphStyle::ListContinue || frame.paragraph == style;
        frame.after.or((!nested).then_some(around))
    }

    /// How many indents a marker stands further in than what is drawn around it.
    fn pad(&self, frame: &Frame<'a>, hang: Pt) -> u8 {
        let indent = self.sheet.tokens.role("list").indent.0.max(1.0);
        let further = frame.surround.map_or(0.0, |around| (frame.start - hang - around.start).0 / indent);
        further.round().clamp(0.0, 8.0) as u8
    }

    fn item(&mut self, item: &'a ListItem, style: ParagraphStyle, depth: u8, marker: Marker, frame: &Frame<'a>) {
        self.anchor_next(item.id);
        let role = self.sheet.tokens.role("list");
        let doc = self.doc;
        let unnumbered = |block: &Block| doc.formulas.get(block.id).is_some_and(|info| info.number.is_none());
        let leads = |block: &&Block| {
            matches!(block.kind, BlockKind::Paragraph(_))
                || matches!(block.kind, BlockKind::Formula(_)) && unnumbered(block)
        };
        let leading = item.blocks.first().filter(leads);
        let rest = &item.blocks[usize::from(leading.is_some())..];
        let first = if rest.is_empty() { *frame } else { frame.followed() };
        let after = first.after.or(rest.first().and_then(|next| self.space_before(next, frame)));
        let first = Frame { after, ..first };
        let mut paragraph = self.at_edges(&first, style);
        paragraph.indent.hang = role.hang;
        if let Marker::List(ListReference { level: Some(_), .. }) = marker {
            let start = Pt(role.indent.0 * f64::from(depth.min(8) + 1));
            paragraph.natural = Indent { start, end: Pt(0.0), hang: role.hang };
        }
        self.number(&mut paragraph, marker);
        self.paragraph(&first, paragraph, |w| {
            if let Some(block) = leading {
                let first = first.in_language(w.doc.languages.get(block.id));
                let anchor = w.doc.anchors.get(block.id);
                w.bookmarked(anchor, |w| {
                    if let BlockKind::Paragraph(content) = &block.kind {
                        w.content(&first, style, content);
                    } else if let BlockKind::Formula(formula) = &block.kind {
                        w.formula(block.id, formula, &w.line(&first, style));
                    }
                });
            }
        });
        self.blocks(rest, &Frame { before: None, ..*frame });
    }
}
