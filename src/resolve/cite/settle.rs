//! What each `@` means, now that works and labels are known: a citation, a cross-reference, or text.
//!
//! In: the tree as parsed, the keys of the bibliography. Out: the same with citations left only where something is
//! cited, or may have been meant to be. An `@handle` is the text that it was.

use std::collections::HashSet;

use crate::document::{
    Block, BlockKind, Citation, CitationForm, CrossReference, Document, Ids, Inline, InlineKind, Label, NodeId,
    ReferenceForm, Visit, VisitMut, mark_leaves, walk_blocks, walk_blocks_mut, walk_inlines_mut,
};
use crate::source::Span;

/// Labels that begin so are references even where nothing is called so.
const PREFIXES: &[&str] = &["fig-", "tbl-", "sec-", "rec-", "box-", "eq-"];

/// Settles every citation of a document; says whether any is left, and hands back all labels in lower case.
pub(super) fn settle(
    document: &mut Document,
    is_work: &dyn Fn(&str) -> bool,
    ids: &mut Ids,
) -> (Left, HashSet<String>) {
    let mut labels = Labels::default();
    let bodies = document.parts.iter().map(|part| &part.blocks);
    bodies.chain(document.notes.iter().map(|note| &note.blocks)).for_each(|blocks| walk_blocks(blocks, &mut labels));
    let mut settle = Settle { is_work, labels: labels.0, ids, left: Left::None };
    document.parts.iter_mut().for_each(|part| walk_blocks_mut(&mut part.blocks, &mut settle));
    document.notes.iter_mut().for_each(|note| walk_blocks_mut(&mut note.blocks, &mut settle));
    let taken = settle.labels.iter().map(|label| label.to_lowercase()).collect();
    (settle.left, taken)
}

/// Whether a document holds anything that may be a citation.
pub(super) fn holds_any(document: &Document) -> bool {
    struct Find(bool);
    impl Visit<'_> for Find {
        fn inline(&mut self, inline: &Inline) {
            self.0 |= matches!(inline.kind, InlineKind::Citation(_));
        }
    }
    let mut find = Find(false);
    let bodies = document.parts.iter().map(|part| &part.blocks);
    bodies.chain(document.notes.iter().map(|note| &note.blocks)).for_each(|blocks| walk_blocks(blocks, &mut find));
    find.0
}

/// Whether citations are left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Left {
    None,
    Some,
}

/// `doi:10.…`, `url:https://…`: no one's handle, whether the work is known or not.
fn is_address(key: &str) -> bool {
    ["doi:10.", "url:http", "https://", "http://"].iter().any(|scheme| key.starts_with(scheme))
}

/// What was typed around a key, once more.
pub(super) fn copy(typed: &[Inline], ids: &mut Ids) -> Vec<Inline> {
    let mut copy = typed.to_vec();
    walk_inlines_mut(&mut copy, &mut Fresh(ids));
    copy
}

struct Fresh<'a>(&'a mut Ids);

impl VisitMut for Fresh<'_> {
    fn id(&mut self, id: &mut NodeId) {
        *id = self.0.fresh();
    }
}

#[derive(Default)]
struct Labels(HashSet<String>);

impl Labels {
    fn add(&mut self, label: Option<&Label>) {
        self.0.extend(label.map(|label| label.0.clone()));
    }
}

impl Visit<'_> for Labels {
    fn block(&mut self, block: &Block) {
        self.add(block.attributes.label.as_ref());
        if let BlockKind::Figure(figure) = &block.kind {
            self.add(figure.image.attributes.label.as_ref());
        }
    }

    fn inline(&mut self, inline: &Inline) {
        self.add(crate::resolve::target::label_of(inline));
    }
}

struct Settle<'a> {
    is_work: &'a dyn Fn(&str) -> bool,
    labels: HashSet<String>,
    ids: &'a mut Ids,
    left: Left,
}

impl VisitMut for Settle<'_> {
    fn line(&mut self, inlines: &mut Vec<Inline>) {
        if !inlines.iter().any(|inline| matches!(inline.kind, InlineKind::Citation(_)) || !inline.children().is_empty())
        {
            return;
        }
        for mut inline in std::mem::take(inlines) {
            if let InlineKind::Citation(citation) = &inline.kind {
                if let Some(change) = &inline.change {
                    let mut apart = Vec::new();
                    self.citation(citation, inline.span, &mut apart);
                    mark_leaves(&mut apart, change);
                    inlines.append(&mut apart);
                } else {
                    self.citation(citation, inline.span, inlines);
                }
                continue;
            }
            if let Some(children) = inline.children_mut() {
                self.line(children);
            }
            inlines.push(inline);
        }
    }
}

impl Settle<'_> {
    fn citation(&mut self, citation: &Citation, span: Span, out: &mut Vec<Inline>) {
        let is_work = |key: &str| (self.is_work)(key);
        let cited = citation.items.iter().any(|item| is_work(&item.key) || is_address(&item.key));
        let narrative = citation.items.iter().all(|item| item.form == CitationForm::Narrative);
        if cited || (!narrative && !citation.items.iter().all(|item| self.is_label(&item.key))) {
            self.left = Left::Some;
            let kind = InlineKind::Citation(citation.clone());
            return out.push(Inline { id: self.ids.fresh(), span, kind, change: None });
        }
        if narrative {
            return self.text(&citation.source, span, out);
        }
        self.references(citation, out);
    }

    fn is_label(&self, key: &str) -> bool {
        self.labels.contains(key) || PREFIXES.iter().any(|prefix| key.starts_with(prefix))
    }

    /// `[see @fig-map]`: the brackets are text, and what they hold beside the labels.
    fn references(&mut self, citation: &Citation, out: &mut Vec<Inline>) {
        for item in &citation.items {
            self.around(&item.before, out);
            let reference = CrossReference { label: Label(item.key.clone()), form: ReferenceForm::Running };
            out.push(Inline {
                id: self.ids.fresh(),
                span: item.span,
                kind: InlineKind::Reference(reference),
                change: None,
            });
            self.around(&item.behind, out);
        }
    }

    fn around(&mut self, typed: &[Inline], out: &mut Vec<Inline>) {
        for inline in copy(typed, self.ids) {
            if let InlineKind::Text(text) = &inline.kind {
                self.text(text, inline.span, out);
            } else {
                out.push(inline);
            }
        }
    }

    fn text(&mut self, text: &str, span: Span, out: &mut Vec<Inline>) {
        if text.is_empty() {
            return;
        }
        if let Some(Inline { kind: InlineKind::Text(before), span: place, change: None, .. }) = out.last_mut() {
            before.push_str(text);
            *place = place.to(span);
            return;
        }
        out.push(Inline { id: self.ids.fresh(), span, kind: InlineKind::Text(text.to_owned()), change: None });
    }
}
