//! Notes: references in the text, and their part.

use std::collections::BTreeSet;

use super::change::Track;
use super::frame::{Flow, Frame};
use super::inline::Line;
use super::style::{CharacterStyle, ParagraphStyle};
use super::writer::Writer;
use super::xml::{Build, Indent, RunProperties};
use crate::document::{Block, BlockKind, Inline, NodeId, Pt, Side, StandingKind};
use crate::resolve::{Anchor, NoteInfo};

impl<'a> Writer<'a> {
    /// A reference to a note. The first one brings the note with it; others are fields that repeat its number. There
    /// are none within notes, which Word does not have. Where another was the first in the old version, each version has both of its own.
    pub fn note_reference(&mut self, id: NodeId, line: &Line<'a>) {
        let info = &self.doc.note_references[id];
        let Some(number) = info.number else { return self.text_run(&line.run, &info.label) };
        let (first, was_first) = (info.first, info.was_first);
        let whole = line.frame.flow != Flow::Note;
        match (self.changes.side(), self.changes.nearest()) {
            (Some(Side::Old), _) if !first && was_first && whole => self.former_note(number, line),
            (None, Some(mark)) if first != was_first && whole => {
                let of = |kind| Some(Track { kind, mark });
                self.within(of(StandingKind::Deleted), |w| match was_first {
                    true => w.former_note(number, line),
                    false => w.note_repeated(number, &info.label, line),
                });
                self.within(of(StandingKind::Inserted), |w| match first {
                    true => w.footnote(number, line),
                    false => w.note_repeated(number, &info.label, line),
                });
            }
            _ if first && whole => self.footnote(number, line),
            _ => self.note_repeated(number, &info.label, line),
        }
    }

    /// The number of a note that another reference brings.
    fn note_repeated(&mut self, number: u32, label: &'a str, line: &Line<'a>) {
        let (note, _) = self.doc.note(number);
        let former = self.changes.is_gone() && self.changes.copied_notes.contains(&number);
        let anchor = if former { former_anchor(&note.anchor) } else { note.anchor.clone() };
        let (run, name) = (self.reference_run(line), self.bookmarks.name(&anchor));
        self.field(&format!("NOTEREF {name} \\h"), &run, |w| w.text_run(&run, label));
    }

    /// A note where it was first referred to in the old version: a second copy.
    fn former_note(&mut self, number: u32, line: &Line<'a>) {
        let outer = std::mem::replace(&mut self.changes.copy, true);
        self.footnote(number, line);
        self.changes.copy = outer;
    }

    fn reference_run(&self, line: &Line<'a>) -> RunProperties {
        RunProperties { style: Some(CharacterStyle::FootnoteReference.id()), ..line.run.clone() }
    }

    /// A note's own reference. Word numbers notes as they come; where that would give another number, the right one is
    /// written as a mark of its own.
    fn footnote(&mut self, number: u32, line: &Line<'a>) {
        let (note, _) = self.doc.note(number);
        let run = RunProperties { vertical: None, ..self.reference_run(line) };
        let by_word = self.counts(note);
        let id = self.note_id(note);
        // A copy has a place of its own.
        let copy = std::mem::take(&mut self.changes.copy);
        let anchor = if copy { former_anchor(&note.anchor) } else { note.anchor.clone() };
        let repeated = note.references.len() > 1 || copy;
        self.bookmarked(Some(&anchor).filter(|_| repeated), |w| {
            w.run(&run, |w| {
                if by_word {
                    w.empty("w:footnoteReference", &[("w:id", &id)]);
                } else {
                    w.marked.insert(id);
                    w.empty("w:footnoteReference", &[("w:customMarkFollows", &1), ("w:id", &id)]);
                    w.leaf(w.changes.text(), &[], &note.label);
                }
            });
        });
        self.changes.copy = copy;
    }

    /// Whether Word counts a note as what it is: each version for itself, since what is gone counts until its deletion is accepted.
    fn counts(&mut self, note: &NoteInfo) -> bool {
        let group = self.group;
        let (side, (new, old)) = (self.changes.side(), (&mut self.notes[group], &mut self.changes.old_notes[group]));
        let counted = if side == Some(Side::Old) { &mut *old } else { &mut *new };
        let by_word = *counted + 1 == note.ordinal;
        *counted += u32::from(by_word);
        if side.is_none() {
            *old += 1;
        }
        by_word
    }

    /// The id of a note: one for each reference that brings one, in their order, by which some programs find what notes say.
    fn note_id(&mut self, note: &NoteInfo) -> u32 {
        if self.changes.copy {
            self.changes.copied_notes.insert(note.number);
        }
        self.referred.push(note.number);
        u32::try_from(self.referred.len()).expect("fewer than 2^32 notes")
    }

    /// The part with all notes.
    pub fn footnotes(&mut self) {
        for (id, kind, mark) in
            [(-1, "separator", "w:separator"), (0, "continuationSeparator", "w:continuationSeparator")]
        {
            self.element("w:footnote", &[("w:type", &kind), ("w:id", &id)], |w| {
                w.bare_paragraph(|w| w.run(&RunProperties::default(), |w| w.empty(mark, &[])));
            });
        }
        let doc = self.doc;
        let mut numbers = std::mem::take(&mut self.referred);
        let referred: BTreeSet<u32> = numbers.iter().copied().collect();
        numbers.extend(doc.notes.iter().map(|info| info.number).filter(|number| !referred.contains(number)));
        for (number, id) in numbers.into_iter().zip(1..) {
            let (info, note) = doc.note(number);
            self.element("w:footnote", &[("w:id", &id)], |w| w.note(info, id, &note.blocks));
        }
    }

    fn note(&mut self, info: &'a NoteInfo, id: u32, blocks: &'a [Block]) {
        let hang = self.sheet.tokens.role("footnote").hang;
        let frame = Frame { flow: Flow::Note, ..Frame::report(self.sheet) };
        let inner = Frame {
            paragraph: ParagraphStyle::FootnoteText,
            list: Some(ParagraphStyle::FootnoteList),
            ..frame.inset(hang, Pt(0.0))
        };
        self.begin_container();
        let leading: Option<(&Block, &[Inline])> = match blocks.first().map(|block| (block, &block.kind)) {
            Some((block, BlockKind::Paragraph(content))) => Some((block, content)),
            Some(_) | None => None,
        };
        let style = ParagraphStyle::FootnoteText;
        let rest = inner;
        let inner = inner.in_language(leading.and_then(|(block, _)| self.doc.languages.get(block.id)));
        let mut paragraph = self.at_edges(&inner, style);
        paragraph.indent = Indent { start: hang, end: Pt(0.0), hang };
        let track = leading.and_then(|(block, _)| Track::of(&block.change));
        if let Some((block, _)) = leading {
            self.key_next(block.id);
            self.changes.end = Self::end_of(&block.change);
        }
        self.within(track, |w| {
            w.paragraph(&inner, paragraph, |w| {
                w.unmarked(|w| w.note_mark(info, id));
                if let Some((block, content)) = leading {
                    let anchor = w.doc.anchors.get(block.id);
                    w.bookmarked(anchor, |w| w.content(&inner, style, content));
                }
            })
        });
        self.blocks(&blocks[usize::from(leading.is_some())..], &rest);
        self.end_container();
        self.end_tail();
    }

    fn note_mark(&mut self, info: &NoteInfo, id: u32) {
        let run = RunProperties { style: Some(CharacterStyle::FootnoteReference.id()), ..RunProperties::default() };
        let marked = self.marked.contains(&id);
        self.run(&run, |w| if marked { w.leaf("w:t", &[], &info.label) } else { w.empty("w:footnoteRef", &[]) });
        self.tab(&RunProperties::default());
    }
}

/// The place of a note in the old version, where it was another.
fn former_anchor(anchor: &Anchor) -> Anchor {
    Anchor(format!("{}-former", anchor.as_str()))
}
