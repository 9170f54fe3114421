//! A change as its marks are met, one by one.

use std::collections::HashMap;
use std::sync::Arc;

use super::excerpt::{excerpt, first_words, last_words, sentences};
use super::section::place;
use super::{ChangeInfo, ChangeKind, ChangeObject, Wording};
use crate::document::{Hand, Mark, Side, StandingKind, word_count};

/// What a mark says was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Done {
    /// It stands in one version only.
    Stands(StandingKind),
    /// It was of another form.
    Formed,
    /// It was a heading of another level.
    Relevelled,
    /// It was an item of another level of a list: it stands deeper now, or less deep.
    Nested,
    /// The other way.
    Raised,
    /// A paragraph ends here in one version only.
    Ends(Side),
}

/// Where a mark stands.
#[derive(Debug, Clone, Default)]
pub(super) struct Spot {
    /// Which line or block, so that pieces of one line are one text.
    pub(super) line: u32,
    /// The sections of either version.
    pub(super) sections: [Option<usize>; 2],
    /// The numbered thing around it.
    pub(super) within: Option<String>,
    /// The block that it stands in.
    pub(super) place: usize,
    /// Whether that is a note.
    pub(super) note: bool,
}

/// What is known of a change so far.
#[derive(Debug, Clone, Default)]
pub(super) struct Found {
    done: Vec<Done>,
    /// What stands in each version, and in which line its last piece stood.
    sides: [Stands; 2],
    /// The numbered thing around it in either version.
    within: [Option<String>; 2],
    /// The block in either version.
    places: [Option<usize>; 2],
    beside: Wording,
    hand: Option<Arc<Hand>>,
}

/// What a change has in one version.
#[derive(Debug, Clone, Default)]
struct Stands {
    text: String,
    /// What the notes say that came or went with it.
    notes: String,
    line: Option<u32>,
    objects: Vec<ChangeObject>,
    links: Vec<String>,
    /// The first note that is referred to, as it is shown.
    label: Option<String>,
    section: Option<Option<usize>>,
}

impl Stands {
    /// What is said of it: a note is what it says, of anything else its notes are no part.
    fn said(&self, object: ChangeObject) -> String {
        match object == ChangeObject::Note {
            true => self.all(),
            false => self.text.clone(),
        }
    }

    /// All that it says.
    fn all(&self) -> String {
        let texts = [self.text.as_str(), self.notes.as_str()];
        texts.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n")
    }

    /// As a list shows it; a note with its label before it.
    fn shown(&self, object: ChangeObject) -> String {
        let titled = matches!(
            object,
            ChangeObject::Section | ChangeObject::Passage | ChangeObject::Box | ChangeObject::Recommendation
        );
        let said = self.said(object);
        let text = if titled { excerpt(&sentences(&said)) } else { excerpt(&said) };
        match self.label.as_ref().filter(|_| object == ChangeObject::Note) {
            Some(label) => format!("{label} {text}").trim_end().to_owned(),
            None => text,
        }
    }
}

impl Found {
    /// Takes a mark for part of the change.
    pub(super) fn take(&mut self, mark: &Mark, done: Done, spot: &Spot) {
        if !self.done.contains(&done) {
            self.done.push(done);
        }
        if self.hand.is_none() {
            self.hand.clone_from(&mark.hand);
        }
        for side in sides(done) {
            let section = spot.sections[place(*side)];
            self.sides[place(*side)].section.get_or_insert(section);
            // The body of a note goes with what refers to it.
            if spot.note && self.places[place(*side)].is_some() {
                continue;
            }
            self.places[place(*side)].get_or_insert(spot.place);
            let within = &mut self.within[place(*side)];
            *within = within.take().or_else(|| spot.within.clone());
        }
    }

    /// Says what stands there, in the versions that it stands in.
    pub(super) fn say(&mut self, done: Done, object: ChangeObject, text: &str, line: u32) {
        for side in sides(done) {
            let stands = &mut self.sides[place(*side)];
            if stands.line.is_some_and(|last| last != line) && !stands.text.is_empty() && !text.is_empty() {
                stands.text.push('\n');
            }
            stands.line = Some(line);
            stands.text.push_str(text);
            stands.objects.push(object);
        }
    }

    /// Says what the body of a note says.
    pub(super) fn say_note(&mut self, done: Done, text: &str) {
        for side in sides(done) {
            let stands = &mut self.sides[place(*side)];
            if !stands.notes.is_empty() && !text.is_empty() {
                stands.notes.push('\n');
            }
            stands.notes.push_str(text);
            stands.objects.push(ChangeObject::Note);
        }
    }

    /// Says that the last was a reference to a note.
    pub(super) fn label(&mut self, done: Done, label: &str) {
        for side in sides(done) {
            self.sides[place(*side)].label.get_or_insert_with(|| format!("[{label}]"));
        }
    }

    /// Says in which link the last that was said stands.
    pub(super) fn link(&mut self, done: Done, link: Option<&str>) {
        for side in sides(done) {
            self.sides[place(*side)].links.push(link.unwrap_or_default().to_owned());
        }
    }

    /// Says what stands beside it in its line: the first time what is before, every time what is behind.
    pub(super) fn beside(&mut self, before: &str, behind: &str) {
        if self.beside == Wording::default() {
            self.beside.before = last_words(before);
        }
        self.beside.after = first_words(behind);
    }

    /// The change.
    pub(super) fn info(self, number: u32) -> ChangeInfo {
        let kind = self.kind();
        let object = match kind {
            ChangeKind::Split | ChangeKind::Merged => ChangeObject::Paragraph,
            ChangeKind::Inserted
            | ChangeKind::Deleted
            | ChangeKind::Replaced
            | ChangeKind::Moved
            | ChangeKind::Reformatted
            | ChangeKind::Relevelled
            | ChangeKind::Nested
            | ChangeKind::Raised => self.object(),
        };
        let Self { sides: [old, new], places: [here, there], within: [was, is], beside, hand, .. } = self;
        let (added, removed) = match kind {
            // The words of a link that leads elsewhere are the same.
            _ if object == ChangeObject::Link => (0, 0),
            // Of another picture the words beneath it may be the same.
            ChangeKind::Replaced if object == ChangeObject::Figure => {
                (others(&new.all(), &old.all()), others(&old.all(), &new.all()))
            }
            ChangeKind::Inserted | ChangeKind::Deleted | ChangeKind::Replaced => {
                (word_count(&new.all()), word_count(&old.all()))
            }
            ChangeKind::Moved => (others(&new.all(), &old.all()), others(&old.all(), &new.all())),
            ChangeKind::Reformatted
            | ChangeKind::Relevelled
            | ChangeKind::Nested
            | ChangeKind::Raised
            | ChangeKind::Split
            | ChangeKind::Merged => (0, 0),
        };
        ChangeInfo {
            number,
            kind,
            object,
            section: new.section.or(old.section).flatten(),
            origin: if kind == ChangeKind::Moved { old.section.flatten() } else { None },
            place: there.or(here).unwrap_or_default(),
            within: is.or(was),
            before: old.shown(object),
            after: new.shown(object),
            text: Wording { before: old.said(object), after: new.said(object) },
            notes: !(old.notes.is_empty() && new.notes.is_empty()),
            beside,
            added,
            removed,
            hand,
        }
    }

    fn kind(&self) -> ChangeKind {
        let stands = |wanted: &dyn Fn(StandingKind) -> bool| {
            self.done.iter().any(|done| matches!(done, Done::Stands(kind) if wanted(*kind)))
        };
        let moved = stands(&|kind| matches!(kind, StandingKind::MovedTo | StandingKind::MovedFrom));
        let (came, went) = (stands(&|kind| kind.side() == Side::New), stands(&|kind| kind.side() == Side::Old));
        let end = self.done.iter().find_map(|done| if let Done::Ends(side) = done { Some(*side) } else { None });
        match (came, went) {
            _ if moved => ChangeKind::Moved,
            // The space between two sentences goes with a split, and comes with a merge.
            _ if end == Some(Side::New) => ChangeKind::Split,
            _ if end == Some(Side::Old) => ChangeKind::Merged,
            (true, true) => ChangeKind::Replaced,
            (true, false) => ChangeKind::Inserted,
            (false, true) => ChangeKind::Deleted,
            (false, false) => match self.done.first() {
                Some(Done::Relevelled) => ChangeKind::Relevelled,
                Some(Done::Nested) => ChangeKind::Nested,
                Some(Done::Raised) => ChangeKind::Raised,
                Some(Done::Formed | Done::Stands(_) | Done::Ends(_)) | None => ChangeKind::Reformatted,
            },
        }
    }

    /// That of the new version, of the old where nothing is left: where there are several, what they are together.
    fn object(&self) -> ChangeObject {
        let [old, new] = &self.sides;
        if old.text == new.text && !old.text.is_empty() && old.links != new.links {
            return ChangeObject::Link;
        }
        let objects = if new.objects.is_empty() { &old.objects } else { &new.objects };
        let Some(first) = objects.first().copied() else { return ChangeObject::Words };
        if objects.iter().all(|object| *object == first) && (objects.len() == 1 || !is_text(first)) {
            return first;
        }
        let within_line = |object: &ChangeObject| {
            matches!(object, ChangeObject::Words | ChangeObject::Figure | ChangeObject::Formula | ChangeObject::Note)
        };
        match first {
            ChangeObject::Heading => ChangeObject::Section,
            ChangeObject::Column => ChangeObject::Column,
            _ if objects.iter().all(within_line) => self.line_object(objects),
            ChangeObject::Paragraph
            | ChangeObject::Words
            | ChangeObject::Link
            | ChangeObject::Passage
            | ChangeObject::Section
            | ChangeObject::List
            | ChangeObject::ListItem
            | ChangeObject::Term
            | ChangeObject::Quote
            | ChangeObject::Recommendation
            | ChangeObject::Box
            | ChangeObject::Code
            | ChangeObject::Figure
            | ChangeObject::Table
            | ChangeObject::Row
            | ChangeObject::Cell
            | ChangeObject::Formula
            | ChangeObject::Note
            | ChangeObject::Rule => blocks_object(objects),
        }
    }

    /// Pieces of a line: words, if there is one.
    fn line_object(&self, objects: &[ChangeObject]) -> ChangeObject {
        let worded = objects.contains(&ChangeObject::Words);
        let note = objects.contains(&ChangeObject::Note) && !worded;
        if note { ChangeObject::Note } else { ChangeObject::Words }
    }
}

/// Whether several of it are a passage rather than one.
fn is_text(object: ChangeObject) -> bool {
    matches!(object, ChangeObject::Paragraph | ChangeObject::Heading | ChangeObject::List | ChangeObject::Quote)
}

/// Several blocks: what stands out among them, else a passage. A note goes with what refers to it.
fn blocks_object(objects: &[ChangeObject]) -> ChangeObject {
    let mut others = objects.iter().copied().filter(|object| *object != ChangeObject::Note);
    match (others.next(), others.next()) {
        (Some(one), None) => one,
        (Some(ChangeObject::Words), Some(_)) => ChangeObject::Words,
        (
            Some(one @ (ChangeObject::Row | ChangeObject::ListItem | ChangeObject::Cell | ChangeObject::Term)),
            Some(_),
        ) => one,
        (Some(_), Some(_)) => ChangeObject::Passage,
        (None, _) => ChangeObject::Note,
    }
}

/// The versions that a mark speaks of.
fn sides(done: Done) -> &'static [Side] {
    match done {
        Done::Stands(kind) => match kind.side() {
            Side::Old => &[Side::Old],
            Side::New => &[Side::New],
        },
        Done::Formed | Done::Relevelled | Done::Nested | Done::Raised => &[Side::Old, Side::New],
        Done::Ends(Side::New) => &[Side::New],
        Done::Ends(Side::Old) => &[Side::Old],
    }
}

/// Words of a text that the other does not have, as often as it has them.
fn others(text: &str, other: &str) -> usize {
    let mut there: HashMap<&str, usize> = HashMap::new();
    other.split_whitespace().for_each(|word| *there.entry(word).or_default() += 1);
    let other = |word: &&str| match there.get_mut(*word) {
        Some(left @ 1..) => {
            *left -= 1;
            false
        }
        Some(_) | None => true,
    };
    text.split_whitespace().filter(other).map(word_count).sum()
}
