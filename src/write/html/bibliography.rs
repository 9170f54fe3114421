//! The bibliography: a paragraph for each work.

use super::block::{self, own};
use super::inline;
use super::writer::{Tag, Writer};
use crate::document::{Block, BlockKind};
use crate::resolve::{BibliographyInfo, BibliographyLayout};

/// The widest labels that have a room of their own in the style sheet.
const WIDEST: u8 = 12;

/// Writes the entries, each with its label.
pub(super) fn write(w: &mut Writer, block: &Block, entries: &[Block]) {
    let Some(info) = w.doc.bibliographies.get(block.id) else { return block::write(w, entries) };
    let tag = own(w, Tag::new("div").class(class(info)), block);
    w.group(tag, |w| {
        for (at, entry) in entries.iter().enumerate() {
            let BlockKind::Paragraph(content) = &entry.kind else { continue };
            let tag = own(w, Tag::new("p"), entry);
            w.block(tag, |w| {
                w.in_role("bibliography", |w| {
                    if let Some(label) = info.labels.get(at) {
                        w.inline(Tag::new("span").class("entry-label"), |w| w.text(label));
                        w.raw(" ");
                    }
                    inline::write(w, content);
                });
            });
        }
    });
}

fn class(info: &BibliographyInfo) -> String {
    match info.layout {
        BibliographyLayout::Hanging => "bibliography hanging".to_owned(),
        BibliographyLayout::Flush => "bibliography".to_owned(),
        BibliographyLayout::Labelled(characters) => {
            format!("bibliography hanging labels-{}", characters.clamp(1, WIDEST))
        }
    }
}

/// A class for each width of labels.
pub(super) fn label_rooms() -> String {
    let room = |characters| {
        let info = BibliographyInfo { layout: BibliographyLayout::Labelled(characters), labels: Vec::new() };
        format!(".bibliography.labels-{characters}{{--hang:{:.1}em}}\n", info.label_room().unwrap_or_default())
    };
    (1..=WIDEST).map(room).collect()
}
