//! Links without text, `[](#findings)`: what they lead to stands for it.
//!
//! In: the tree. Out: the same tree; such a link to a label is a cross-reference, any other shows its address. What HTML brings
//! (`<a href="#findings"></a>`, a heading's link to itself) stays empty, as its writer means it to be, and is no link: one that shows
//! nothing has no words for those who cannot see it (ISO 14289-1 7.18.5).

use super::address::{self, Address};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::document::{
    CrossReference, Document, Inline, InlineKind, Label, Link, ReferenceForm, VisitMut, plain_text, walk_blocks_mut,
};
use crate::source::Sources;

/// Gives every link of a document something to show.
pub(super) fn fill(document: &mut Document, sources: &Sources, found: &mut Diagnostics) {
    let ids = document.free_ids();
    let mut fill = Fill { sources, ids, any: false, found };
    document.parts.iter_mut().for_each(|part| walk_blocks_mut(&mut part.blocks, &mut fill));
    document.notes.iter_mut().for_each(|note| walk_blocks_mut(&mut note.blocks, &mut fill));
    if fill.any {
        document.renumber();
    }
}

struct Fill<'a> {
    sources: &'a Sources,
    ids: crate::document::Ids,
    any: bool,
    found: &'a mut Diagnostics,
}

impl VisitMut for Fill<'_> {
    fn inline(&mut self, inline: &mut Inline) {
        let span = inline.span;
        let InlineKind::Link(link) = &mut inline.kind else { return };
        if !is_bare(link) {
            return;
        }
        if !self.sources.text(span).starts_with('[') {
            let (attributes, content) = (std::mem::take(&mut link.attributes), std::mem::take(&mut link.content));
            return inline.kind = InlineKind::Span(attributes, content);
        }
        let mut fresh = |kind| Inline { id: self.ids.fresh(), span, kind, change: None };
        if let Address::Within(fragment) = address::parse(&link.destination)
            && !fragment.is_empty()
        {
            let reference = CrossReference { label: Label(fragment), form: ReferenceForm::Title };
            let attributes = std::mem::take(&mut link.attributes);
            inline.kind = if attributes.is_empty() {
                InlineKind::Reference(reference)
            } else {
                InlineKind::Span(attributes, vec![fresh(InlineKind::Reference(reference))])
            };
        } else if !link.destination.trim().is_empty() {
            link.content = vec![fresh(InlineKind::Text(link.destination.trim().to_owned()))];
            let fault = Diagnostic::new(Code::BareLink, span, "this link has no text; its address is shown");
            self.found.push(fault.hint("put the text to be shown into the square brackets"));
        } else {
            return;
        }
        self.any = true;
    }
}

/// Whether a link shows nothing.
fn is_bare(link: &Link) -> bool {
    let shows = |inline: &Inline| !matches!(inline.kind, InlineKind::Text(_) | InlineKind::SoftBreak);
    plain_text(&link.content).trim().is_empty() && !link.content.iter().any(shows)
}
