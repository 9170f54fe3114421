//! Citations become their words, in the tree.
//!
//! In: the tree, what each citation says. Out: the same without citations; in a style of notes, with a note for each
//! that stood in the text. One in a note stays there.

use std::collections::{HashMap, VecDeque};

use hayagriva::citationberg::StyleClass;

use super::compose::Parts;
use super::{beside, gone};
use crate::document::{
    Block, BlockKind, Document, Ids, Inline, InlineKind, NodeId, Note, Side, VisitMut, mark_leaves, walk_blocks_mut,
};
use crate::source::FileId;

/// Where the sign of a note stands beside punctuation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NoteSign {
    /// "text.¹", as in English.
    BehindPunctuation,
    /// "text¹."
    BeforePunctuation,
}

/// Unfolds every citation.
pub(super) fn unfold(
    document: &mut Document,
    class: StyleClass,
    sign: NoteSign,
    words: HashMap<NodeId, Parts>,
    ids: &mut Ids,
) {
    let mut parts = std::mem::take(&mut document.parts);
    let mut notes = std::mem::take(&mut document.notes);
    let file = parts.first().map(|part| part.file);
    let Some(file) = file else { return };
    let mut unfold = Unfold { class, sign, words, ids, file, place: Place::Note, made: Vec::new() };
    for note in &mut notes {
        walk_blocks_mut(&mut note.blocks, &mut unfold);
    }
    unfold.place = Place::Text;
    for part in &mut parts {
        unfold.file = part.file;
        walk_blocks_mut(&mut part.blocks, &mut unfold);
    }
    notes.extend(unfold.made);
    (document.parts, document.notes) = (parts, notes);
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Text,
    Note,
}

struct Unfold<'a> {
    class: StyleClass,
    sign: NoteSign,
    words: HashMap<NodeId, Parts>,
    ids: &'a mut Ids,
    file: FileId,
    place: Place,
    made: Vec<Note>,
}

impl VisitMut for Unfold<'_> {
    fn line(&mut self, inlines: &mut Vec<Inline>) {
        let here = |inline: &Inline| matches!(inline.kind, InlineKind::Citation(_)) || !inline.children().is_empty();
        if !inlines.iter().any(here) {
            return;
        }
        let mut rest: VecDeque<Inline> = std::mem::take(inlines).into();
        while let Some(mut inline) = rest.pop_front() {
            if matches!(inline.kind, InlineKind::Citation(_)) {
                let parts = self.words.remove(&inline.id).unwrap_or_default();
                self.citation(inline, parts, inlines, &mut rest);
                continue;
            }
            if let Some(children) = inline.children_mut() {
                self.line(children);
            }
            inlines.push(inline);
        }
    }
}

impl Unfold<'_> {
    fn citation(&mut self, inline: Inline, parts: Parts, out: &mut Vec<Inline>, rest: &mut VecDeque<Inline>) {
        let Parts { mut text, mut note } = parts;
        if let Some(change) = &inline.change {
            mark_leaves(&mut text, change);
            // In a note of its own, the note is what came.
            if self.class != StyleClass::Note || self.place == Place::Note {
                mark_leaves(&mut note, change);
            }
        }
        let narrative = !text.is_empty();
        out.extend(text);
        if note.is_empty() {
            return;
        }
        if self.class == StyleClass::Note && self.place == Place::Text {
            if !narrative {
                beside::trim_space(out, &inline.change, self.ids);
            }
            if self.sign == NoteSign::BehindPunctuation {
                out.extend(beside::punctuation(rest, &inline.change, self.ids));
            }
            capitalise(&mut note);
            return out.push(self.note(inline, note));
        }
        if narrative {
            out.push(Inline {
                id: self.ids.fresh(),
                span: inline.span,
                kind: InlineKind::Text(", ".to_owned()),
                change: inline.change.clone(),
            });
        }
        if beside::goes_on_with_punctuation(rest, Side::New) {
            strip_full_stop(&mut note);
        }
        out.extend(note);
    }

    fn note(&mut self, inline: Inline, content: Vec<Inline>) -> Inline {
        let (span, id) = (inline.span, self.ids.fresh());
        let kind = BlockKind::Paragraph(content);
        let paragraph = Block { id: self.ids.fresh(), span, attributes: Default::default(), kind, change: None };
        let mut note = Note { id, span, label: None, file: self.file, blocks: vec![paragraph] };
        gone::stand(&mut note, inline.change.as_deref());
        self.made.push(note);
        Inline { id: self.ids.fresh(), span, kind: InlineKind::Note(id), change: inline.change }
    }
}

/// The last text of a line, however deep it stands.
fn last_text(inlines: &mut [Inline]) -> Option<&mut String> {
    let last = inlines.last_mut()?;
    if last.children().is_empty() { text_of(last) } else { last_text(last.children_mut()?) }
}

fn first_text(inlines: &mut [Inline]) -> Option<&mut String> {
    let first = inlines.first_mut()?;
    if first.children().is_empty() { text_of(first) } else { first_text(first.children_mut()?) }
}

fn text_of(inline: &mut Inline) -> Option<&mut String> {
    if let InlineKind::Text(text) = &mut inline.kind { Some(text) } else { None }
}

/// A sentence ends once.
pub(super) fn strip_full_stop(inlines: &mut [Inline]) {
    if let Some(text) = last_text(inlines)
        && text.ends_with('.')
    {
        text.pop();
    }
}

/// A note begins like a sentence.
fn capitalise(inlines: &mut [Inline]) {
    let Some(text) = first_text(inlines) else { return };
    let mut chars = text.chars();
    if let Some(first) = chars.next().filter(|first| first.is_lowercase())
        && !text.contains("://")
    {
        let rest: String = text.chars().skip(1).collect();
        *text = first.to_uppercase().collect::<String>() + &rest;
    }
}
