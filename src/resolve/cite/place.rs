//! The bibliography, in its place.
//!
//! In: the tree, the entries. Out: the tree with them at `::: {#refs}`, else behind the body under a heading of
//! its own.

use super::label::Labels;
use crate::document::{
    Attributes, Block, BlockKind, Document, Heading, HeadingLevel, Ids, Inline, InlineKind, Label, Part, PartKind,
    PartNumbering, Side, Standing, VisitMut, walk_blocks_mut,
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
        change: None,
    };
    let entries: Vec<Block> = entries.into_iter().map(paragraph).collect();
    let mut chosen = Chosen { entries: Some(entries), ids };
    for part in &mut document.parts {
        walk_blocks_mut(&mut part.blocks, &mut chosen);
    }
    let Some(entries) = chosen.entries else { return };
    let at = end(&document.parts);
    let Some(before) = at.checked_sub(1).and_then(|at| document.parts.get(at)).or(document.parts.first()) else {
        return;
    };
    let file = before.file;
    let span = before.blocks.last().map_or(Span::new(file, 0, 0), |block| Span { start: block.span.end, ..block.span });
    let text = Inline { id: ids.fresh(), span, kind: InlineKind::Text(heading.to_owned()), change: None };
    let attributes = Attributes {
        label: labels.claim("references").map(Label),
        classes: vec!["unnumbered".to_owned()],
        ..Attributes::default()
    };
    let kind = BlockKind::Heading(Heading { level: HeadingLevel::new(1), content: vec![text] });
    let heading = Block { id: ids.fresh(), span, attributes, kind, change: None };
    let kind = BlockKind::Bibliography(entries);
    let bibliography = Block { id: ids.fresh(), span, attributes: Attributes::default(), kind, change: None };
    let part = Part {
        file,
        kind: PartKind::Body,
        title: None,
        numbering: PartNumbering::Unnumbered,
        language: None,
        contributors: Vec::new(),
        side: None,
        blocks: vec![heading, bibliography],
    };
    document.parts.insert(at, part);
}

/// Behind the body; of a report without one, before its annexes.
fn end(parts: &[Part]) -> usize {
    let body = parts.iter().rposition(|part| part.kind == PartKind::Body);
    let before = || parts.iter().rposition(|part| part.kind != PartKind::Annex);
    body.or_else(before).map_or(0, |at| at + 1)
}

/// Fills the first place that is called so.
struct Chosen<'a> {
    entries: Option<Vec<Block>>,
    ids: &'a mut Ids,
}

impl VisitMut for Chosen<'_> {
    fn block(&mut self, block: &mut Block) {
        let BlockKind::Division(typed) = &mut block.kind else { return };
        let gone = |standing: &Standing| standing.kind.side() == Side::Old;
        if block.change.as_ref().and_then(|change| change.standing.as_ref()).is_some_and(gone) {
            return;
        }
        if block.attributes.label.as_ref().is_none_or(|label| label.as_str() != PLACE) {
            return;
        }
        let Some(entries) = self.entries.take() else { return };
        if typed.is_empty() {
            block.kind = BlockKind::Bibliography(entries);
            return;
        }
        let kind = BlockKind::Bibliography(entries);
        typed.push(Block {
            id: self.ids.fresh(),
            span: block.span,
            attributes: Attributes::default(),
            kind,
            change: None,
        });
    }
}
