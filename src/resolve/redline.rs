//! The baseline's side of a redline: what was deleted says what it said there.
//!
//! In: the tree of both versions. Out: numbers, anchors, links, references and notes of what stands in the old version alone. Everything that
//! counts is counted twice, once over the tree as accepted and once as rejected; what stands in the new version has what it has there, as if
//! nothing had been deleted, and only what is gone takes the rest. A tree without marks is read once, as it is.

use std::collections::{HashMap, HashSet};

use super::anchor::Anchors;
use super::info::{HeadingInfo, NoteInfo, NoteReferenceInfo};
use super::link;
use super::note;
use super::number::{self, Numbers};
use super::reading::{self, Place, Read};
use super::reference::References;
use super::resolved::ResolvedDocument;
use super::revision::Names;
use super::target::Targets;
use super::terms::Terms;
use crate::diag::Diagnostics;
use crate::document::{
    Block, Change, Document, Inline, InlineKind, NodeId, Side, Visit, VisitMut, walk_blocks, walk_blocks_mut,
};
use crate::project::{AnnexNotes, Project, World};
use crate::source::{FileId, Span};

/// Where what was deleted comes from.
#[derive(Clone, Copy)]
pub struct Before<'b> {
    /// The baseline's project. Its files were read after all those of the new version, into the same [`crate::source::Sources`].
    pub project: &'b Project,
    /// The baseline's files.
    pub world: &'b dyn World,
    /// What the versions are called, and whose the redline is.
    pub names: &'b Names,
}

impl Before<'_> {
    /// Whether something was typed in the baseline.
    pub fn holds(&self, span: Span) -> bool {
        self.first().is_some_and(|first| span.file >= first)
    }

    fn first(&self) -> Option<FileId> {
        self.project.drafts.iter().map(|draft| draft.file).min()
    }
}

/// Where a report comes from.
#[derive(Clone, Copy)]
pub(super) struct Origin<'o> {
    pub(super) project: &'o Project,
    pub(super) world: &'o dyn World,
    pub(super) before: Option<&'o Before<'o>>,
}

impl<'o> Origin<'o> {
    /// The project and files of what was deleted.
    fn old(self) -> (&'o Project, &'o dyn World) {
        self.before.map_or((self.project, self.world), |before| (before.project, before.world))
    }
}

/// Both versions of a marked tree; of another, nothing.
pub(super) struct Sides {
    pub(super) new: Document,
    pub(super) old: Document,
    /// By node: whether it stands in the new version.
    stays: Vec<bool>,
    /// The highest number of a change.
    changes: u32,
}

impl Sides {
    pub(super) fn of(document: &Document) -> Option<Self> {
        if !document.is_marked() {
            return None;
        }
        let mut new = document.side(Side::New);
        let mut stays = Present::default();
        new.parts.iter_mut().for_each(|part| walk_blocks_mut(&mut part.blocks, &mut stays));
        new.notes.iter_mut().for_each(|note| walk_blocks_mut(&mut note.blocks, &mut stays));
        let mut highest = Highest(0);
        document.parts.iter().for_each(|part| walk_blocks(&part.blocks, &mut highest));
        document.notes.iter().for_each(|note| walk_blocks(&note.blocks, &mut highest));
        Some(Self { new, old: document.side(Side::Old), stays: stays.0, changes: highest.0 })
    }

    /// Whether a node stands in the old version alone.
    pub(super) fn is_gone(&self, node: NodeId) -> bool {
        !self.stays.get(node.index()).copied().unwrap_or_default()
    }
}

/// The highest number of a change.
struct Highest(u32);

impl Visit<'_> for Highest {
    fn change(&mut self, change: &Change) {
        self.0 = change.marks().map(|mark| mark.number).fold(self.0, u32::max);
    }
}

#[derive(Default)]
struct Present(Vec<bool>);

impl VisitMut for Present {
    fn id(&mut self, id: &mut NodeId) {
        if self.0.len() <= id.index() {
            self.0.resize(id.index() + 1, false);
        }
        self.0[id.index()] = true;
    }
}

/// The old version, counted.
pub(super) struct Old<'s> {
    sides: &'s Sides,
    notes: Vec<usize>,
    pub(super) numbers: Numbers<'s>,
}

impl<'s> Old<'s> {
    pub(super) fn of(sides: &'s Sides, origin: Origin<'_>, terms: &Terms) -> Self {
        let notes = note::order(&sides.old);
        let numbers = number::number(&sides.old, &notes, origin.old().0, terms, &mut Diagnostics::new());
        Self { sides, notes, numbers }
    }

    /// Keeps the places of changes free of what would like to be called so.
    pub(super) fn reserve(&self, anchors: &mut Anchors) {
        for number in 1..=self.sides.changes {
            anchors.reserve(&format!("change-{number}"));
            anchors.reserve(&format!("change-{number}-other"));
        }
    }

    /// The notes of both, those that are gone behind the others.
    pub(super) fn all_notes(&self, new: &[usize]) -> Vec<usize> {
        let stay: HashSet<usize> = new.iter().copied().collect();
        let gone = self.notes.iter().filter(|note| !stay.contains(note));
        new.iter().chain(gone).copied().collect()
    }

    /// Gives what is gone its names: after everything that stays has its own, so that none of these is another for it.
    pub(super) fn name(
        &self,
        origin: Origin<'_>,
        annex_notes: AnnexNotes,
        doc: &mut ResolvedDocument,
        anchors: &mut Anchors,
    ) {
        let (project, world) = origin.old();
        let (old, mut unsaid) = (&self.sides.old, Diagnostics::new());
        let mut there = Anchors::default();
        let targets = Targets::new(old, &self.notes, &self.numbers, &project.sources, &mut there, &mut unsaid);
        reading::read(old, &self.notes, &mut Claim { sides: self.sides, there: &there, anchors });
        self.name_notes(annex_notes, doc, anchors);
        let links = std::mem::take(&mut doc.links);
        doc.links = link::resolve((old, &self.notes), &targets, project, world, anchors, &mut unsaid, links);
        let references = std::mem::take(&mut doc.references);
        let terms = doc.terms;
        let resolver = References::new(&targets, &self.numbers, &terms, anchors, &mut unsaid);
        doc.references = resolver.resolve(old, &self.notes, references);
        for heading in self.numbers.headings.iter().filter(|heading| self.sides.is_gone(heading.block.id)) {
            let id = heading.block.id;
            let number = heading.number.as_ref().map(|number| number.printed.clone());
            let anchor = anchors.table[id].clone();
            doc.headings.insert(id, HeadingInfo { level: heading.level, number, place: heading.place, anchor });
        }
    }

    /// Notes that nothing refers to any more stand among the others, under their old numbers.
    fn name_notes(&self, annex_notes: AnnexNotes, doc: &mut ResolvedDocument, anchors: &mut Anchors) {
        let old = &self.sides.old;
        let was = note::resolve(old, &self.notes, &self.numbers, annex_notes, &mut Anchors::default());
        let stay: HashMap<usize, u32> = doc.notes.iter().map(|note| (note.index, note.number)).collect();
        let mut last = 0;
        for before in &was.notes {
            if let Some(number) = stay.get(&before.index) {
                last = *number;
                continue;
            }
            let number = u32::try_from(doc.notes.len() + 1).expect("fewer than 2^32 notes");
            let anchor = anchors.reserve(&format!("note-{}-deleted", before.number));
            doc.notes.push(NoteInfo { number, anchor, references: Vec::new(), ..before.clone() });
            let group = doc.note_groups.iter_mut().find(|group| group.numbers.contains(&last));
            match group {
                Some(group) => {
                    let at = group.numbers.iter().position(|number| *number == last).map_or(0, |at| at + 1);
                    group.numbers.insert(at, number);
                }
                None => doc.note_groups.first_mut().into_iter().for_each(|group| group.numbers.insert(0, number)),
            }
            last = number;
        }
        let numbers = doc.notes.iter().map(|note| (note.id, note.number)).collect();
        let mut references = NoteReferences { sides: self.sides, was: &was, stay: stay.len(), numbers, doc, anchors };
        reading::read(old, &self.notes, &mut references);
    }
}

/// Claims an anchor for everything that is gone and had one.
struct Claim<'c> {
    sides: &'c Sides,
    there: &'c Anchors,
    anchors: &'c mut Anchors,
}

impl Claim<'_> {
    fn claim(&mut self, node: NodeId) {
        if let Some(anchor) = self.there.table.get(node).filter(|_| self.sides.is_gone(node)) {
            self.anchors.claim(node, anchor.as_str());
        }
    }
}

impl<'a> Read<'a> for Claim<'_> {
    fn block(&mut self, block: &'a Block, _place: &Place<'a>) {
        self.claim(block.id);
    }

    fn inline(&mut self, inline: &'a Inline, _place: &Place<'a>) {
        self.claim(inline.id);
    }
}

/// References to notes that are gone: to a note that is gone, too, or to one that stays. Of those that stay, whether they were the first.
struct NoteReferences<'r> {
    sides: &'r Sides,
    was: &'r note::Notes,
    /// How many notes something of the new version refers to: they are the first.
    stay: usize,
    numbers: HashMap<NodeId, u32>,
    doc: &'r mut ResolvedDocument,
    anchors: &'r mut Anchors,
}

impl<'a> Read<'a> for NoteReferences<'_> {
    fn inline(&mut self, inline: &'a Inline, _place: &Place<'a>) {
        let InlineKind::Note(id) = inline.kind else { return };
        let Some(before) = self.was.references.get(inline.id) else { return };
        if !self.sides.is_gone(inline.id) {
            let info = self.doc.note_references.get(inline.id).cloned();
            return info.into_iter().for_each(|info| {
                self.doc.note_references.insert(inline.id, NoteReferenceInfo { was_first: before.first, ..info });
            });
        }
        let anchor = self.anchors.reserve(&format!("{}-deleted", before.anchor.as_str()));
        let number = self.numbers.get(&id).copied();
        let mut first = false;
        // A note that stays belongs to a reference that stays.
        if let Some(at) = number.map(|number| number as usize - 1).filter(|at| *at >= self.stay) {
            let note = &mut self.doc.notes[at];
            first = note.references.is_empty();
            note.references.push(anchor.clone());
        }
        let label = before.label.clone();
        let info = NoteReferenceInfo { number, label, anchor, first, was_first: before.first };
        self.doc.note_references.insert(inline.id, info);
    }
}
