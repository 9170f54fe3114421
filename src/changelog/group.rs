//! Changes as entries: those of one place together.

use std::collections::{HashMap, HashSet};

use super::Release;
use super::class::{Class, Reason, reason, whole};
use super::entry::{Action, Entry, Piece};
use super::fold::{in_both, words};
use super::pair;
use crate::resolve::{ChangeInfo, ChangeKind, ChangeObject, Date, RevisionInfo, Terms, Wording, excerpt};

/// How much of a place must have changed for it to be rewritten.
const REWRITTEN: f64 = 0.6;

/// What a redline comes to, told in the report's language.
pub fn release(revision: &RevisionInfo, terms: Terms, date: Option<Date>, tag: Option<String>) -> Release {
    let places = |wanted: ChangeObject| {
        let touched = revision
            .changes
            .iter()
            .filter(|change| change.object == wanted || revision.places[change.place].object == wanted);
        touched.map(|change| change.place).collect::<HashSet<_>>().len()
    };
    Release {
        name: revision.revision.clone(),
        since: revision.baseline.clone(),
        date,
        since_date: None,
        tag,
        entries: entries(revision, terms.language),
        total: revision.total(),
        tables: places(ChangeObject::Table),
        figures: places(ChangeObject::Figure),
        went: revision.went.clone(),
        notes: Vec::new(),
        terms,
    }
}

fn entries(revision: &RevisionInfo, language: &str) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut open: HashMap<(usize, Action, ChangeObject), usize> = HashMap::new();
    let pairs = pair::pairs(revision);
    let gone: HashSet<u32> = pairs.values().map(|was| was.number).collect();
    for change in revision.changes.iter().filter(|change| !gone.contains(&change.number)) {
        if let Some(was) = pairs.get(&change.number) {
            let moved = pair::moved(was, change);
            let mut one = entry(&moved, revision, Action::Moved, moved.object);
            add(&mut one, &moved, reason(&moved, revision, language));
            one.changes = vec![was.number.min(change.number), was.number.max(change.number)];
            entries.push(one);
            continue;
        }
        if is_two(change) {
            for came in [false, true] {
                entries.push(one_of_two(change, revision, came));
            }
            continue;
        }
        let reason = reason(change, revision, language);
        let (action, object) = action(change, revision, reason);
        let key = (change.place, action, object);
        let at = *open.entry(key).or_insert_with(|| {
            entries.push(entry(change, revision, action, object));
            entries.len() - 1
        });
        add(&mut entries[at], change, reason);
    }
    for entry in &mut entries {
        conclude(entry, revision);
    }
    let mut entries = together(entries);
    entries.sort_by_key(|entry| (entry.times == 1, entry.order, entry.changes.first().copied()));
    entries
}

/// How much of two texts must be the same for the one to be the other, rewritten.
const ALIKE: f64 = 0.4;

/// Whether something went and something else came where it stood.
fn is_two(change: &ChangeInfo) -> bool {
    let text = matches!(
        change.object,
        ChangeObject::Paragraph
            | ChangeObject::Passage
            | ChangeObject::Section
            | ChangeObject::List
            | ChangeObject::ListItem
            | ChangeObject::Quote
            | ChangeObject::Row
    );
    change.kind == ChangeKind::Replaced && text && alike(&change.text.before, &change.text.after) < ALIKE
}

/// How much of two texts is in both, from 0 to 1 (Dice).
pub(super) fn alike(one: &str, other: &str) -> f64 {
    let [one, other] = [one, other].map(|text| words(text).into_iter().map(str::to_lowercase).collect::<Vec<_>>());
    2.0 * in_both(&one, &other) as f64 / (one.len() + other.len()).max(1) as f64
}

/// What went, or what came.
fn one_of_two(change: &ChangeInfo, revision: &RevisionInfo, came: bool) -> Entry {
    let action = if came { Action::Added } else { Action::Removed };
    let mut one = entry(change, revision, action, change.object);
    let mut half = change.clone();
    if came {
        (half.text.before, half.before, half.removed) = Default::default();
    } else {
        (half.text.after, half.after, half.added) = Default::default();
        one.name = None;
    }
    add(&mut one, &half, whole(change.object, came));
    one
}

/// How often the same is done before it is told once for all.
const OFTEN: usize = 3;

/// The same done in several places, as a term is changed throughout, is one entry.
fn together(entries: Vec<Entry>) -> Vec<Entry> {
    let alike = |entry: &Entry| {
        let [piece] = entry.pieces.as_slice() else { return None };
        let edit = matches!(entry.action, Action::Reworded | Action::Renamed);
        let said = (piece.text.before.trim().to_owned(), piece.text.after.trim().to_owned());
        edit.then_some((entry.action, piece.reason, said))
    };
    let mut times: HashMap<_, usize> = HashMap::new();
    entries.iter().filter_map(alike).for_each(|key| *times.entry(key).or_default() += 1);
    let mut first: HashMap<_, usize> = HashMap::new();
    let mut kept: Vec<Entry> = Vec::with_capacity(entries.len());
    for mut entry in entries {
        let key = alike(&entry).filter(|key| times.get(key).is_some_and(|times| *times >= OFTEN));
        let Some(key) = key else {
            kept.push(entry);
            continue;
        };
        match first.get(&key) {
            Some(at) => {
                let one = &mut kept[*at];
                one.times += 1;
                one.added += entry.added;
                one.removed += entry.removed;
                one.changes.append(&mut entry.changes);
            }
            None => {
                first.insert(key, kept.len());
                // What stands beside it stands beside it here alone.
                entry.pieces.iter_mut().for_each(|piece| piece.beside = Wording::default());
                (entry.name, entry.section, entry.chapter, entry.order) = (None, None, None, None);
                kept.push(entry);
            }
        }
    }
    kept
}

/// What a change does to its place. All that is done to words of a place is one: what it is together is said in the end.
fn action(change: &ChangeInfo, revision: &RevisionInfo, reason: Reason) -> (Action, ChangeObject) {
    let place = &revision.places[change.place];
    let within = matches!(
        change.object,
        ChangeObject::Words | ChangeObject::Link | ChangeObject::Formula | ChangeObject::Cell | ChangeObject::Code
    ) || (change.object == ChangeObject::Figure && place.object != ChangeObject::Figure);
    let title = place.object == ChangeObject::Heading && reason.class() == Class::Substantive;
    match change.kind {
        ChangeKind::Moved => (Action::Moved, change.object),
        ChangeKind::Replaced if change.is_other_picture() => (Action::Replaced, change.object),
        ChangeKind::Replaced if title && change.object == ChangeObject::Heading => (Action::Renamed, change.object),
        _ if title && within => (Action::Renamed, ChangeObject::Heading),
        _ if within => (Action::Reworded, place.object),
        ChangeKind::Inserted => (Action::Added, change.object),
        ChangeKind::Deleted => (Action::Removed, change.object),
        ChangeKind::Replaced if reason.class() == Class::Editorial => (Action::Reworded, change.object),
        ChangeKind::Replaced => (Action::Rewritten, change.object),
        ChangeKind::Nested | ChangeKind::Raised => (Action::Reworded, change.object),
        ChangeKind::Reformatted | ChangeKind::Relevelled | ChangeKind::Split | ChangeKind::Merged => {
            (Action::Reworded, place.object)
        }
    }
}

fn entry(change: &ChangeInfo, revision: &RevisionInfo, action: Action, object: ChangeObject) -> Entry {
    let name = |section: Option<usize>| section.map(|section| revision.sections[section].name());
    let place = &revision.places[change.place];
    Entry {
        action,
        object,
        count: 0,
        times: 1,
        name: change.within.clone().or_else(|| place.name.clone()),
        chapter: name(change.section.map(|section| revision.sections[section].chapter)),
        section: name(change.section),
        order: change.section,
        origin: origin(change, revision),
        opening: place.opening.clone(),
        pieces: Vec::new(),
        class: Class::Editorial,
        reasons: Vec::new(),
        added: 0,
        removed: 0,
        changes: Vec::new(),
    }
}

/// Where something was moved from, if that is another section: with its chapter, if that is another, too.
fn origin(change: &ChangeInfo, revision: &RevisionInfo) -> Option<String> {
    let from = change.origin.filter(|from| Some(*from) != change.section)?;
    let (section, chapter) = (&revision.sections[from], revision.sections[from].chapter);
    let here = change.section.map(|section| revision.sections[section].chapter);
    if chapter == from || Some(chapter) == here {
        return Some(section.name());
    }
    Some(format!("{} – {}", revision.sections[chapter].name(), section.name()))
}

/// What something that was moved says otherwise there: of the lines that are others, what stands between their common words.
fn differences(change: &ChangeInfo, reason: Reason) -> Option<Piece> {
    let only = |one: &str, other: &str| {
        let there: HashSet<&str> = other.lines().map(str::trim).collect();
        let lines = one.lines().map(str::trim).filter(|line| !there.contains(line));
        lines.flat_map(str::split_whitespace).map(str::to_owned).collect::<Vec<String>>()
    };
    let Wording { before, after } = &change.text;
    let (was, is) = (only(before, after), only(after, before));
    if was.is_empty() && is.is_empty() {
        return None;
    }
    let shortest = was.len().min(is.len());
    let head = was.iter().zip(&is).take_while(|(one, other)| one == other).count();
    let ends = was.iter().rev().zip(is.iter().rev()).take_while(|(one, other)| one == other).count();
    let tail = ends.min(shortest - head);
    let between = |words: &[String]| excerpt(&words[head..words.len() - tail].join(" "));
    let text = Wording { before: between(&was), after: between(&is) };
    let lead = is[head.saturating_sub(BESIDE)..head].join(" ");
    let trail = is[is.len() - tail..(is.len() - tail + BESIDE).min(is.len())].join(" ");
    let beside = Wording {
        before: format!("{lead} ").trim_start().to_owned(),
        after: format!(" {trail}").trim_end().to_owned(),
    };
    Some(Piece { text, beside, class: reason.class(), reason })
}

/// Words that are told to either side of what is other in something that was moved.
const BESIDE: usize = 6;

fn add(entry: &mut Entry, change: &ChangeInfo, reason: Reason) {
    entry.count += change.text.before.lines().count().max(change.text.after.lines().count()).max(1);
    entry.class = entry.class.min(reason.class());
    entry.added += change.added;
    entry.removed += change.removed;
    entry.changes.push(change.number);
    // What was moved is told by the first of it, and by what it says otherwise.
    if change.kind != ChangeKind::Moved || entry.pieces.is_empty() {
        entry.pieces.push(Piece::of(change, reason));
    }
    if change.kind == ChangeKind::Moved {
        entry.pieces.extend(differences(change, reason));
    }
}

/// What an entry is, once all its changes are known.
fn conclude(entry: &mut Entry, revision: &RevisionInfo) {
    let class = entry.class;
    for piece in entry.pieces.iter().filter(|piece| piece.class == class) {
        if !entry.reasons.contains(&piece.reason) {
            entry.reasons.push(piece.reason);
        }
    }
    if !matches!(entry.object, ChangeObject::Row | ChangeObject::ListItem) || !is_whole(entry.action) {
        entry.count = 1;
    }
    let first = entry.changes.first().and_then(|number| revision.change(*number));
    if entry.action == Action::Renamed
        && let Some(change) = first
        && change.object != ChangeObject::Heading
        && let Some(section) = change.section.map(|section| &revision.sections[section])
        && let (Some(former), Some(piece)) = (&section.former, entry.pieces.first_mut())
    {
        // Its words as a whole say more than those that changed.
        piece.text.before.clone_from(former);
        piece.text.after.clone_from(&section.title);
        entry.pieces.truncate(1);
    }
    if entry.action == Action::Reworded {
        let all = |reason: Reason| entry.pieces.iter().all(|piece| piece.reason == reason);
        let place = first.map(|change| &revision.places[change.place]);
        let words = place.map_or(0, |place| place.before + place.after);
        if all(Reason::Structure) {
            entry.action = Action::Restructured;
        } else if all(Reason::Format) || all(Reason::Status) {
            entry.action = Action::Reformatted;
        } else if (entry.added + entry.removed) as f64 > REWRITTEN * words as f64
            && class == Class::Substantive
            && entry.object != ChangeObject::Table
        {
            entry.action = Action::Rewritten;
        }
    }
}

/// Whether something came or went as a whole.
fn is_whole(action: Action) -> bool {
    match action {
        Action::Added | Action::Removed | Action::Moved => true,
        Action::Replaced
        | Action::Rewritten
        | Action::Reworded
        | Action::Renamed
        | Action::Restructured
        | Action::Reformatted => false,
    }
}
