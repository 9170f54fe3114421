//! Citations that a redline shows as deleted: worded as they were.
//!
//! In: a redline's tree, the project of its baseline. Out: the same tree, in which every citation that stands in the baseline alone
//! is what it was there: text, links, a note. What remains is worded with the new report, whose numbers it does not disturb.

use std::collections::{HashMap, HashSet, VecDeque};

use super::beside;
use super::unfold::{self, NoteSign};
use crate::diag::Diagnostics;
use crate::document::{
    Attributes, Change, CitationForm, Document, Inline, InlineKind, NodeId, Note, Side, StandingKind, Visit, VisitMut,
    mark_leaves, walk_blocks, walk_blocks_mut,
};
use crate::project::Project;

/// Words what is gone, as the baseline did.
pub(in crate::resolve) fn word_gone(document: &mut Document, before: &Project) {
    let citations = |document: &Document| {
        let mut found = Citations::default();
        document.parts.iter().for_each(|part| walk_blocks(&part.blocks, &mut found));
        document.notes.iter().for_each(|note| walk_blocks(&note.blocks, &mut found));
        found.0
    };
    let stays = citations(&document.side(Side::New));
    let gone: HashSet<NodeId> = citations(document).difference(&stays).copied().collect();
    if gone.is_empty() {
        return;
    }
    let mut old = document.side(Side::Old);
    on_lines(&mut old, &mut |inline, out, _| {
        if !gone.contains(&inline.id) {
            return out.push(inline);
        }
        // A frame by which its words are found again.
        let pairs = vec![(FRAME.to_owned(), inline.id.index().to_string())];
        let frame = Attributes { pairs, ..Attributes::default() };
        out.push(Inline {
            id: inline.id,
            span: inline.span,
            change: None,
            kind: InlineKind::Span(frame, vec![inline]),
        });
    });
    super::cite(&mut old, before, &mut Diagnostics::new());
    let mut words = Words::default();
    old.parts.iter().for_each(|part| walk_blocks(&part.blocks, &mut words));
    old.notes.iter().for_each(|note| walk_blocks(&note.blocks, &mut words));
    let (mut notes, mut ids, sign) = (Vec::new(), document.free_ids(), super::sign(before));
    on_lines(document, &mut |inline, out, rest| {
        let worded = words.0.get(&inline.id.index()).filter(|_| gone.contains(&inline.id));
        let Some(mut worded) = worded.map(|worded| worded.to_vec()) else { return out.push(inline) };
        if let Some(change) = &inline.change {
            mark_leaves(&mut worded, change);
        }
        notes.extend(worded.iter().filter_map(|inline| note(inline, &old.notes)));
        let note = worded.pop_if(|inline| matches!(inline.kind, InlineKind::Note(_)));
        if note.is_none() && !is_narrative(&inline) && beside::goes_on_with_punctuation(rest, Side::Old) {
            unfold::strip_full_stop(&mut worded);
        }
        if note.is_some() && worded.is_empty() {
            beside::trim_space(out, &inline.change, &mut ids);
        }
        out.extend(worded);
        if note.is_some() && sign == NoteSign::BehindPunctuation {
            out.extend(beside::punctuation(rest, &inline.change, &mut ids));
        }
        out.extend(note);
    });
    document.notes.extend(notes);
}

/// Whether a citation is part of its sentence: what it is then worded as keeps its full stop.
fn is_narrative(inline: &Inline) -> bool {
    let InlineKind::Citation(citation) = &inline.kind else { return false };
    citation.items.first().is_some_and(|item| item.form == CitationForm::Narrative)
}

/// Never typed: keys of attributes hold no space.
const FRAME: &str = "gone citation";

/// The note that a citation became.
fn note(inline: &Inline, notes: &[Note]) -> Option<Note> {
    let InlineKind::Note(id) = inline.kind else { return None };
    let mut note = notes.iter().find(|note| note.id == id)?.clone();
    stand(&mut note, inline.change.as_deref());
    Some(note)
}

/// A note stands where the only reference to it does.
pub(super) fn stand(note: &mut Note, change: Option<&Change>) {
    let Some(standing) = change.and_then(|change| change.standing.as_ref()) else { return };
    for block in &mut note.blocks {
        block.change = Change::stands(StandingKind::on(standing.kind.side()), standing.mark.clone());
    }
}

#[derive(Default)]
struct Citations(HashSet<NodeId>);

impl Visit<'_> for Citations {
    fn inline(&mut self, inline: &Inline) {
        if matches!(inline.kind, InlineKind::Citation(_)) {
            self.0.insert(inline.id);
        }
    }
}

#[derive(Default)]
struct Words<'a>(HashMap<usize, &'a [Inline]>);

impl<'a> Visit<'a> for Words<'a> {
    fn inline(&mut self, inline: &'a Inline) {
        if let InlineKind::Span(attributes, content) = &inline.kind
            && let Some(id) = attributes.get(FRAME).and_then(|id| id.parse().ok())
        {
            self.0.insert(id, content);
        }
    }
}

/// What is done with a leaf: what stands before it is there already, what stands behind is still to come.
type OnLeaf<'l> = &'l mut dyn FnMut(Inline, &mut Vec<Inline>, &mut VecDeque<Inline>);

/// Puts others in the place of leaves.
fn on_lines(document: &mut Document, leaf: OnLeaf<'_>) {
    struct Lines<'l>(OnLeaf<'l>);
    impl VisitMut for Lines<'_> {
        fn line(&mut self, inlines: &mut Vec<Inline>) {
            let mut rest: VecDeque<Inline> = std::mem::take(inlines).into();
            while let Some(mut inline) = rest.pop_front() {
                if inline.children().is_empty() {
                    (self.0)(inline, inlines, &mut rest);
                    continue;
                }
                if let Some(children) = inline.children_mut() {
                    self.line(children);
                }
                inlines.push(inline);
            }
        }
    }
    let mut lines = Lines(leaf);
    document.parts.iter_mut().for_each(|part| walk_blocks_mut(&mut part.blocks, &mut lines));
    document.notes.iter_mut().for_each(|note| walk_blocks_mut(&mut note.blocks, &mut lines));
}
