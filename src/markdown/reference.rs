//! `@fig-map` in text: a cross-reference, where it names something of the report; else it may be a citation.
//!
//! In: the whole document, since a label may be defined in any draft. Out: the same with
//! [`CrossReference`]s and [`Citation`](crate::document::Citation)s in its text. An address stays text.

use std::collections::HashSet;

use super::citation;
use super::text::Located;
use crate::document::{
    Attributes, Block, BlockKind, CrossReference, Document, Ids, Inline, InlineKind, Label, ReferenceForm, Visit,
    VisitMut, walk_blocks, walk_blocks_mut,
};
use crate::source::Sources;

/// Labels that begin so are references even where nothing is called so.
const PREFIXES: &[&str] = &["fig-", "tbl-", "sec-", "rec-", "box-", "fig:", "tbl:", "sec:", "eq:"];

/// Finds the references in a document.
pub(super) fn find(sources: &Sources, document: &mut Document, ids: &mut Ids) {
    let mut labels = Labels::default();
    for blocks in document.parts.iter().map(|part| &part.blocks).chain(document.notes.iter().map(|note| &note.blocks)) {
        walk_blocks(blocks, &mut labels);
    }
    let mut references = References { sources, labels: labels.found, ids };
    for part in &mut document.parts {
        walk_blocks_mut(&mut part.blocks, &mut references);
    }
    for note in &mut document.notes {
        walk_blocks_mut(&mut note.blocks, &mut references);
    }
}

/// Every label of a document.
#[derive(Default)]
struct Labels {
    found: HashSet<String>,
}

impl Labels {
    fn add(&mut self, attributes: &Attributes) {
        self.found.extend(attributes.label.as_ref().map(|label| label.0.clone()));
    }
}

impl Visit<'_> for Labels {
    fn block(&mut self, block: &Block) {
        self.add(&block.attributes);
        if let BlockKind::Figure(figure) = &block.kind {
            self.add(&figure.image.attributes);
        }
    }

    fn inline(&mut self, inline: &Inline) {
        if let Some(attributes) = inline.kind.attributes() {
            self.add(attributes);
        }
    }
}

struct References<'a> {
    sources: &'a Sources,
    labels: HashSet<String>,
    ids: &'a mut Ids,
}

impl VisitMut for References<'_> {
    /// A link's text stays text: a link cannot hold another.
    fn line(&mut self, inlines: &mut Vec<Inline>) {
        citation::bracketed(self.sources, self.ids, inlines);
        for mut inline in std::mem::take(inlines) {
            if let InlineKind::Text(text) = &inline.kind
                && text.contains('@')
            {
                self.split(&inline, text, inlines);
                continue;
            }
            if !matches!(inline.kind, InlineKind::Link(_))
                && let Some(children) = inline.children_mut()
            {
                self.line(children);
            }
            inlines.push(inline);
        }
    }
}

impl References<'_> {
    fn split(&mut self, inline: &Inline, text: &str, out: &mut Vec<Inline>) {
        let located = Located::of(self.sources.text(inline.span), inline.span, text);
        let mut done = 0;
        for (at, _) in text.match_indices('@') {
            if at < done || !citation::may_begin(&text[..at]) || located.is_escaped(at) {
                continue;
            }
            let reference = self.reference(&text[at + 1..]);
            let reference = reference.map(|(reference, len)| (InlineKind::Reference(reference), at + 1 + len));
            let citation = || citation::narrative(&located, text, at);
            let citation = || citation().map(|(citation, end)| (InlineKind::Citation(citation), end));
            let Some((kind, end)) = reference.or_else(citation) else { continue };
            self.push(out, located.part(done..at), text[done..at].to_owned());
            out.push(Inline { id: self.ids.fresh(), span: located.part(at..end), kind, change: None });
            done = end;
        }
        if done == 0 {
            out.push(inline.clone());
        } else {
            self.push(out, located.part(done..text.len()), text[done..].to_owned());
        }
    }

    fn push(&mut self, out: &mut Vec<Inline>, span: crate::source::Span, text: String) {
        if !text.is_empty() {
            out.push(Inline { id: self.ids.fresh(), span, kind: InlineKind::Text(text), change: None });
        }
    }

    /// The reference that a text begins with, without the `@`, and its length.
    fn reference(&self, text: &str) -> Option<(CrossReference, usize)> {
        // In Chinese the sentence goes on without a space: "见@tbl-share的数据".
        let end = text.find(|c: char| !is_of_label(c)).unwrap_or(text.len());
        let unspaced = text[..end].find(citation::is_unspaced).unwrap_or(end);
        self.reference_of(text).or_else(|| self.reference_of(&text[..unspaced]))
    }

    fn reference_of(&self, text: &str) -> Option<(CrossReference, usize)> {
        let end = text.find(|c: char| !is_of_label(c)).unwrap_or(text.len());
        let typed = text[..end].trim_end_matches(['-', '_', '.', ':']);
        let first = typed.chars().next()?;
        let lowered: String = first.to_lowercase().chain(typed.chars().skip(1)).collect();
        let known = |label: &str| {
            let unspaced = label.contains(citation::is_unspaced);
            let begun = |p: &&str| label.len() > p.len() && label.starts_with(*p);
            self.labels.contains(label) || !unspaced && PREFIXES.iter().any(begun)
        };
        let (label, form) = if first.is_uppercase() && known(&lowered) {
            (lowered, ReferenceForm::Capitalised)
        } else if known(typed) {
            (typed.to_owned(), ReferenceForm::Running)
        } else {
            return None;
        };
        Some((CrossReference { label: Label(label), form }, typed.len()))
    }
}

/// What a label that is referred to in a sentence may hold.
fn is_of_label(c: char) -> bool {
    c.is_alphanumeric() || "-_.:".contains(c)
}
