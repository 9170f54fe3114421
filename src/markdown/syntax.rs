//! The syntax that drafts are written in: comrak with the extensions of the language, and the
//! repairs that must happen before it reads.

use comrak::options::{Extension, Parse};
use comrak::{Arena, Node, Options, parse_document};

/// CommonMark, GFM and what report writers know from pandoc.
pub(super) fn options() -> Options<'static> {
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
            inline_footnotes: true,
            description_lists: true,
            alerts: true,
            block_directive: true,
            header_attributes: true,
            fenced_code_attributes: true,
            inline_code_attributes: true,
            link_attributes: true,
            ..Extension::default()
        },
        parse: Parse { leave_footnote_definitions: true, ..Parse::default() },
        ..Options::default()
    }
}

/// The tree that comrak makes of a text.
pub(super) fn tree<'a>(arena: &'a Arena<'a>, text: &str) -> Node<'a> {
    parse_document(arena, text, &options())
}
