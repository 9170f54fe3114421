//! Word's own revisions (ECMA-376 17.13.5): what stands in one version only, and what was of another form.
//!
//! In: the marks of a redline's tree, as the writer meets them. Out: `w:ins` and its kin around runs and in the properties of paragraphs and rows, the records of
//! former properties, a bookmark at the first place of each change, and a hidden one for each block. Never decides what has changed: where Word has no revision
//! for it, both versions are written, one deleted and one inserted. A report without marks is written as if this module were not there.

mod apart;
pub(super) mod code;
mod former;
mod lists;
mod moves;
mod paragraph;
mod tail;

use std::collections::BTreeSet;

use super::writer::{Last, Writer};
use super::xml::{Build, ParagraphProperties, Revision, RunChange, RunProperties, Tracked, revision_name};
use crate::document::{Change, Format, Inline, Mark, Marked, NodeId, Side, StandingKind, Was};
use crate::resolve::ResolvedDocument;
pub(super) use former::{FormerFrame, former_block};
pub(super) use lists::Lists;
use moves::Moves;
pub(super) use tail::{Tail, Written, ends_inserted};

/// That what is being written stands in one version only.
#[derive(Debug, Clone, Copy)]
pub(super) struct Track<'a> {
    /// How it came or went.
    pub kind: StandingKind,
    /// Which change.
    pub mark: &'a Mark,
}

impl<'a> Track<'a> {
    /// What a node's mark says.
    pub fn of(change: &'a Marked) -> Option<Self> {
        let standing = change.as_ref()?.standing.as_ref()?;
        Some(Self { kind: standing.kind, mark: &standing.mark })
    }
}

/// What all leaves of a line say, if it is the same: then the line as a whole came or went.
pub(super) fn of_line<'a>(content: &'a [Inline]) -> Option<Track<'a>> {
    let mut whole: Option<Track<'a>> = None;
    for inline in content {
        let children = inline.children();
        let track = if children.is_empty() { Track::of(&inline.change)? } else { of_line(children)? };
        if whole.is_some_and(|whole| whole.kind.side() != track.kind.side()) {
            return None;
        }
        whole.get_or_insert(track);
    }
    whole
}

/// What the writer of a redline keeps.
#[derive(Debug)]
pub(super) struct Changes<'a> {
    /// Whether the report is a redline at all.
    pub redline: bool,
    /// What is being written stands in one version only.
    pub standing: Option<Track<'a>>,
    /// The end of the next paragraph does.
    pub end: Option<Track<'a>>,
    /// What the next paragraph is one with in the other version.
    joined: Option<Joined>,
    /// Whether the next paragraph came and went: it only keeps apart what stands in different versions.
    ghost: bool,
    /// Whether what is written is a second copy, of the old version: places and notes are the other's.
    pub copy: bool,
    /// The notes of such copies, by number.
    pub copied_notes: BTreeSet<u32>,
    /// As [`Writer::notes`], in the old version.
    pub old_notes: Vec<u32>,
    /// What was written last in the old version.
    pub old_last: Last,
    /// What was written last, in whichever version.
    pub written_last: Last,
    /// What a container ends with.
    pub tail: Tail<'a>,
    /// Lists within lists.
    pub lists: Lists,
    /// The change that was met last.
    nearest: Option<Track<'a>>,
    moves: Moves,
    announced: BTreeSet<u32>,
    keyed: BTreeSet<u32>,
    /// Changes whose place is the next paragraph.
    waiting_changes: Vec<u32>,
    /// Blocks that the next paragraph is of.
    waiting_blocks: Vec<NodeId>,
    /// Where a revision was closed last, to go on with it.
    closed: Option<(usize, StandingKind, &'a Mark)>,
}

/// Properties that paragraphs have in the version in which they are one.
#[derive(Debug, Clone)]
struct Joined {
    side: Side,
    properties: ParagraphProperties,
}

impl<'a> Changes<'a> {
    /// Nothing written yet.
    pub fn new(doc: &'a ResolvedDocument) -> Self {
        let redline = doc.revision.is_some() || doc.document.is_marked();
        Self {
            redline,
            standing: None,
            end: None,
            joined: None,
            ghost: false,
            copy: false,
            copied_notes: BTreeSet::new(),
            old_notes: vec![0; doc.note_groups.len().max(1)],
            old_last: Last::Plain,
            written_last: Last::Plain,
            tail: Tail::default(),
            lists: Lists::default(),
            nearest: None,
            moves: if redline { Moves::of(doc) } else { Moves::default() },
            announced: BTreeSet::new(),
            keyed: BTreeSet::new(),
            waiting_changes: Vec::new(),
            waiting_blocks: Vec::new(),
            closed: None,
        }
    }

    /// The version that what is being written stands in, if that is one only.
    pub fn side(&self) -> Option<Side> {
        self.standing.map(|track| track.kind.side())
    }

    /// The change that was met last.
    pub fn nearest(&self) -> Option<&'a Mark> {
        self.nearest.map(|track| track.mark)
    }

    /// Whether what is being written is gone in the new version.
    pub fn is_gone(&self) -> bool {
        self.side() == Some(Side::Old)
    }

    /// The element that a revision is written as: a move only where both its ends can be.
    pub fn kind(&self, track: Track<'_>) -> StandingKind {
        match track.kind {
            StandingKind::MovedFrom | StandingKind::MovedTo if self.moves.is_safe(track.mark.number) => track.kind,
            StandingKind::Inserted | StandingKind::Deleted | StandingKind::MovedFrom | StandingKind::MovedTo => {
                StandingKind::on(track.kind.side())
            }
        }
    }

    /// What text is called where it stands: deleted text is another element (17.4.3).
    pub fn text(&self) -> &'static str {
        if self.is_deleted() { "w:delText" } else { "w:t" }
    }

    /// The same of a field's instruction (17.16.13).
    pub fn instruction(&self) -> &'static str {
        if self.is_deleted() { "w:delInstrText" } else { "w:instrText" }
    }

    fn is_deleted(&self) -> bool {
        self.standing.is_some_and(|track| self.kind(track) == StandingKind::Deleted)
    }

    /// No revision goes on from here.
    pub fn break_off(&mut self) {
        self.closed = None;
    }

    /// A change's place is the next paragraph.
    pub fn announce_next(&mut self, mark: &'a Mark) {
        if self.redline {
            self.waiting_changes.push(mark.number);
        }
    }
}

impl<'a> Writer<'a> {
    /// Content that stands where a mark says, or, without one, where what is around it stands.
    pub fn within<T>(&mut self, track: Option<Track<'a>>, content: impl FnOnce(&mut Self) -> T) -> T {
        let Some(track) = track else { return content(self) };
        self.changes.nearest = Some(track);
        let outer = self.changes.standing.replace(track);
        let result = content(self);
        self.changes.standing = outer;
        result
    }

    /// Content that is not marked, whatever is around it.
    pub fn unmarked(&mut self, content: impl FnOnce(&mut Self)) {
        let outer = self.changes.standing.take();
        content(self);
        self.changes.standing = outer;
    }

    /// Whose a revision is, and its id.
    pub fn revision(&mut self, mark: &Mark) -> Revision {
        let id = self.bookmarks.next_id();
        let own = self.doc.revision.as_ref().map(|info| &info.author);
        let hand = mark.hand.as_deref().or(own);
        let author = hand.map_or("rapporteur", |hand| hand.author.as_str()).to_owned();
        Revision { id, author, time: hand.map(|hand| hand.time).filter(|time| *time != 0) }
    }

    /// A mark as it stands among properties.
    pub fn tracked(&mut self, track: Track<'a>) -> Tracked {
        Tracked { kind: self.changes.kind(track), revision: self.revision(track.mark) }
    }

    /// Runs or formulas, within the revision that they are of. One goes on in the next of the same.
    pub fn revised(&mut self, content: impl FnOnce(&mut Self)) {
        let Some(track) = self.changes.standing else { return content(self) };
        self.announce(track.mark.number);
        let kind = self.changes.kind(track);
        let name = revision_name(kind);
        let goes_on = self
            .changes
            .closed
            .is_some_and(|(at, of, mark)| at == self.xml().position() && of == kind && mark == track.mark);
        if !goes_on || !self.xml().reopen(name) {
            let attributes = self.revision(track.mark).attributes();
            let attributes: Vec<_> =
                attributes.iter().map(|(name, value)| (*name, value as &dyn std::fmt::Display)).collect();
            self.xml().begin(name, &attributes);
        }
        content(self);
        self.xml().end(name);
        self.changes.closed = Some((self.xml().position(), kind, track.mark));
    }

    /// The properties of a run as they are written: a record of what they were has an id of its own.
    pub fn with_record(&mut self, properties: &RunProperties) -> Option<RunProperties> {
        let change = properties.change.as_deref()?;
        self.announce(change.number);
        let revision = Revision { id: self.bookmarks.next_id(), ..change.revision.clone() };
        let change = Some(Box::new(RunChange { revision, ..change.clone() }));
        Some(RunProperties { change, ..properties.clone() })
    }

    /// A bookmark at the first place of a change.
    fn announce(&mut self, number: u32) {
        if self.changes.announced.insert(number) {
            self.point(&change_name(number));
        }
    }

    /// A bookmark around nothing.
    fn point(&mut self, name: &str) {
        let id = self.bookmarks.next_id();
        self.empty("w:bookmarkStart", &[("w:id", &id), ("w:name", &name)]);
        self.empty("w:bookmarkEnd", &[("w:id", &id)]);
    }

    /// The next paragraph is a block's.
    pub fn key_next(&mut self, id: NodeId) {
        if self.changes.redline {
            self.changes.waiting_blocks.push(id);
        }
    }

    /// The bookmarks of the blocks and changes whose place this paragraph is.
    pub fn take_marks(&mut self) {
        for id in std::mem::take(&mut self.changes.waiting_blocks) {
            let known = u32::try_from(id.index()).is_ok_and(|key| !self.changes.keyed.insert(key));
            if !known {
                self.point(&id.bookmark());
            }
        }
        for number in std::mem::take(&mut self.changes.waiting_changes) {
            self.announce(number);
        }
    }

    /// What the end of a paragraph says.
    pub fn end_of(change: &'a Marked) -> Option<Track<'a>> {
        let end = change.as_ref()?.end.as_ref()?;
        Some(Track { kind: StandingKind::on(end.side), mark: &end.mark })
    }
}

/// The name of a change's bookmark.
pub(super) fn change_name(number: u32) -> String {
    format!("change_{number}")
}

/// What a change's leaf was around.
pub(super) fn former_formats(change: &Change) -> Option<(&[Format], &Mark)> {
    let former = change.former.as_ref()?;
    match &former.was {
        Was::Run(formats) => Some((formats, &former.mark)),
        Was::Block(_) | Was::Item(_) | Was::Level { .. } | Was::Cell { .. } => None,
    }
}
