//! The syntax that drafts are written in: comrak with the extensions of the language.

use std::sync::Arc;

use comrak::options::{BrokenLinkReference, Extension, Parse};
use comrak::{Arena, Node, Options, parse_document};

use super::definition::Definitions;

/// Whether `:::` opens a box.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Boxes {
    /// It does.
    Read,
    /// It is text: so code is found that holds fences.
    Text,
}

/// CommonMark, GFM and what report writers know from pandoc.
fn options(boxes: Boxes, text: &str) -> Options<'static> {
    Options {
        extension: Extension {
            strikethrough: true,
            table: true,
            autolink: true,
            tasklist: true,
            superscript: true,
            subscript: true,
            highlight: true,
            footnotes: true,
            inline_footnotes: has_cheap_notes(text),
            description_lists: true,
            alerts: true,
            block_directive: boxes == Boxes::Read,
            header_attributes: true,
            fenced_code_attributes: true,
            inline_code_attributes: true,
            link_attributes: true,
            math_dollars: true,
            ..Extension::default()
        },
        parse: Parse { leave_footnote_definitions: true, ..Parse::default() },
        ..Options::default()
    }
}

/// The tree that comrak makes of a text.
pub(super) fn tree<'a>(arena: &'a Arena<'a>, text: &str, boxes: Boxes) -> Node<'a> {
    parse_document(arena, text, &options(boxes, text))
}

/// The tree of a line that stands in a draft with link definitions.
pub(super) fn line<'a>(arena: &'a Arena<'a>, text: &str, definitions: &Definitions) -> Node<'a> {
    let mut options = options(Boxes::Text, text);
    let definitions = definitions.clone();
    options.parse.broken_link_callback =
        Some(Arc::new(move |reference: BrokenLinkReference<'_>| definitions.resolve(&reference)));
    parse_document(arena, text, &options)
}

/// comrak looks for the end of each `^[` through the rest of its paragraph: in a paragraph that no person
/// writes, where that would take seconds, they stay text.
fn has_cheap_notes(text: &str) -> bool {
    const STEPS: usize = 300_000_000;
    let cost = |paragraph: &str| paragraph.matches("^[").count().saturating_mul(paragraph.len());
    text.split("\n\n").map(cost).fold(0, usize::saturating_add) < STEPS
}
