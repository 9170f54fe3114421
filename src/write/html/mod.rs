//! One self-contained HTML page, or a bare fragment.
//!
//! In: a [`ResolvedDocument`] and a [`Stylesheet`]. Out: one file that asks for nothing else: style,
//! script, fonts and images are inside it. The report is `<main>`; what is generated for the screen
//! stands outside it. Everything can be read without the script, which adds notes in place, a mark at
//! the section being read, and copied links.
//!
//! Ids of the report's own anchors begin with a letter; those of the page begin with `_`. Roles
//! are told by element and class: `inspect` reads them back.

mod bibliography;
mod block;
mod change;
mod contents;
mod cover;
mod escape;
mod figure;
mod font;
mod formula;
mod inline;
mod list;
mod metadata;
mod note;
mod page;
mod pieces;
mod style;
mod table;
mod writer;

use crate::document::Block;
use crate::resolve::ResolvedDocument;
use crate::style::{FontSet, Stylesheet};
pub use font::KeptFaces;
pub use pieces::{Head, Page, Piece, Region, RegionKey, Wants, push_tag};
use writer::{Form, Writer};

/// The whole page: style, fonts and images inside it; nothing comes from elsewhere.
pub fn write(doc: &ResolvedDocument, style: &Stylesheet, fonts: &FontSet) -> String {
    pieces(doc, style, fonts, &KeptFaces::default()).html()
}

/// The same page in pieces, with the faces of the page before where they serve.
pub fn pieces(doc: &ResolvedDocument, style: &Stylesheet, fonts: &FontSet, kept: &KeptFaces) -> Page {
    page::write(doc, style, fonts, kept)
}

/// The page as a program reads it that looks at no style and no pictures: they are left out.
pub fn plain(doc: &ResolvedDocument, style: &Stylesheet) -> String {
    page::write_plain(doc, style)
}

/// One top-level block of a part, from 0, that has the ids of one in `doc`, as [`pieces`] has it; and what it wants of
/// the style sheet.
pub fn block(doc: &ResolvedDocument, style: &Stylesheet, part: usize, block: &Block) -> (String, Wants) {
    page::write_block(doc, style, part, block)
}

/// Only the blocks, as CommonMark's own examples print them: no numbers, anchors, classes.
pub fn write_fragment(doc: &ResolvedDocument) -> String {
    let mut writer = Writer::new(doc, Form::Fragment);
    for part in &doc.document.parts {
        block::write(&mut writer, &part.blocks);
    }
    writer.finish().html
}
