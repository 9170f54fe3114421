//! The notes at the end, each with a way back. A script shows them in place as well, from here.

use super::block;
use super::change;
use super::pieces::{Cut, RegionKey};
use super::writer::{Spacing, Tag, Writer};
use crate::document::{Block, BlockKind};
use crate::resolve::NoteInfo;

/// All notes in the order of their numbers, those of annexes beneath the annex's name; nothing where there are none.
pub(super) fn write(w: &mut Writer) {
    let doc = w.doc;
    if doc.notes.is_empty() {
        return;
    }
    let section = Tag::new("section").class("notes").attr("role", "doc-endnotes").attr("aria-labelledby", "_notes");
    w.group(section, |w| {
        w.block(Tag::new("p").class("notes-title").attr("id", "_notes"), |w| {
            w.in_role("heading-3", |w| w.text(doc.terms.notes));
        });
        for (index, group) in doc.note_groups.iter().enumerate().filter(|(_, group)| !group.numbers.is_empty()) {
            if let Some(title) = &group.title {
                w.block(Tag::new("p").class("notes-title"), |w| w.in_role("heading-3", |w| w.text(title)));
            }
            w.cut(Cut::Open(RegionKey::Notes(index)));
            w.group(Tag::new("ol"), |w| {
                for number in &group.numbers {
                    let note = doc.note(*number).0;
                    w.cut(Cut::Block(Some(note.id)));
                    write_note(w, note);
                }
                w.cut(Cut::Close);
            });
            w.cut(Cut::End);
        }
    });
}

fn write_note(w: &mut Writer, info: &NoteInfo) {
    let note = &w.doc.document.notes[info.index];
    let gone = w.redline && change::is_gone(&note.blocks);
    let tag = Tag::new("li").maybe("class", gone.then_some("deleted"));
    let tag = tag.attr("id", info.anchor.as_str()).attr("data-marker", info.label.as_str());
    w.group(tag, |w| {
        w.in_role("footnote", |w| {
            w.need(&info.label);
            w.with_spacing(Spacing::Loose, |w| write_with_way_back(w, info, &note.blocks));
        });
    });
}

/// The way back stands at the end of the last paragraph, or after what is none.
fn write_with_way_back(w: &mut Writer, info: &NoteInfo, blocks: &[Block]) {
    match blocks.split_last() {
        Some((last @ Block { kind: BlockKind::Paragraph(content), .. }, before)) => {
            block::write(w, before);
            let language = w.doc.languages.get(last.id);
            w.with_language(language, |w| {
                let way_back = |w: &mut Writer| w.words(|w| write_way_back(w, info));
                change::write_block(w, last, |w| block::write_paragraph(w, last, content, way_back));
            });
        }
        Some(_) | None => {
            block::write(w, blocks);
            w.block(Tag::new("p"), |w| write_way_back(w, info));
        }
    }
}

fn write_way_back(w: &mut Writer, info: &NoteInfo) {
    let several = info.references.len() > 1;
    for (index, reference) in info.references.iter().enumerate() {
        let tag = Tag::new("a").attr("role", "doc-backlink").attr("href", format!("#{}", reference.as_str()));
        w.raw(" ");
        w.inline(tag, |w| {
            w.inline(Tag::new("span").attr("aria-hidden", "true"), |w| w.in_mono(|w| w.text("↑")));
            w.inline(Tag::new("span").class("unseen"), |w| w.text(w.doc.terms.back_to_text));
            if several {
                w.inline(Tag::new("sup"), |w| w.text(&(index + 1).to_string()));
            }
        });
    }
}
