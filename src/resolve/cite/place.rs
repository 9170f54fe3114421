//! The bibliography, in its place.
//!
//! In: the tree, the entries. Out: the tree with them at `::: {#refs}`, else at the end of the body under a heading.

use super::label::Labels;
use crate::document::{
    Attributes, Block, BlockKind, Document, Heading, HeadingLevel, Ids, Inline, InlineKind, Label, Part, PartKind,
    VisitMut, walk_blocks_mut,
};
use crate::source::Span;

/// The id of the place that a writer chose.
const PLACE: &str = "refs";

/// Puts entries in their place.
pub(super) fn place(
    document: &mut Document,
    entries: Vec<(String, Span, Vec<Inline>)>,
    heading: &str,
    labels: &mut Labels,
    ids: &mut Ids,
) {
    let paragraph = |(label, span, content): (String, Span, Vec<Inline>)| Block {
        id: ids.fresh(),
        span,
        attributes: Attributes { label: Some(Label(label)), ..Attributes::default() },
        kind: BlockKind::Paragraph(content),
    };
    let entries: Vec<Block> = entries.into_iter().map(paragraph).collect();
    let mut chosen = Chosen { entries: Some(entries), ids };
    for part in &mut document.parts {
        walk_blocks_mut(&mut part.blocks, &mut chosen);
    }
    let Some(entries) = chosen.entries else { return };
    let Some(part) = last(&mut document.parts) else { return };
    let span =
        part.blocks.last().map_or(Span::new(part.file, 0, 0), |block| Span { start: block.span.end, ..block.span });
    let text = Inline { id: ids.fresh(), span, kind: InlineKind::Text(heading.to_owned()) };
    let attributes = Attributes {
        label: labels.claim("references").map(Label),
        classes: vec!["unnumbered".to_owned()],
        ..Attributes::default()
    };
    let kind = BlockKind::Heading(Heading { level: HeadingLevel::new(1), content: vec![text] });
    part.blocks.push(Block { id: ids.fresh(), span, attributes, kind });
    let kind = BlockKind::Bibliography(entries);
    part.blocks.push(Block { id: ids.fresh(), span, attributes: Attributes::default(), kind });
}

/// The end of the body; of a report without one, the end before its annexes.
fn last(parts: &mut [Part]) -> Option<&mut Part> {
    let body = parts.iter().rposition(|part| part.kind == PartKind::Body);
    let before = || parts.iter().rposition(|part| part.kind == PartKind::Front);
    let at = body.or_else(before).unwrap_or(parts.len().saturating_sub(1));
    parts.get_mut(at)
}

/// Fills the first place that is called so.
struct Chosen<'a> {
    entries: Option<Vec<Block>>,
    ids: &'a mut Ids,
}

impl VisitMut for Chosen<'_> {
    fn block(&mut self, block: &mut Block) {
        let BlockKind::Division(typed) = &mut block.kind else { return };
        if block.attributes.label.as_ref().is_none_or(|label| label.as_str() != PLACE) {
            return;
        }
        let Some(entries) = self.entries.take() else { return };
        if typed.is_empty() {
            block.kind = BlockKind::Bibliography(entries);
            return;
        }
        let kind = BlockKind::Bibliography(entries);
        typed.push(Block { id: self.ids.fresh(), span: block.span, attributes: Attributes::default(), kind });
    }
}
