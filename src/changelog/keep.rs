//! The form of Keep a Changelog 1.1.0: versions, the newest first; beneath each what was added, changed, removed and fixed.
//!
//! What people wrote stands before what was found, word for word: beneath the same heading where theirs is one of the four, else above them.

use super::Release;
use super::class::Class;
use super::entry::{Action, Entry};
use super::markdown::{MARKUP, counted, escape, put};

/// Versions, the newest first.
pub fn keep_a_changelog(releases: &[Release]) -> String {
    let Some(first) = releases.first() else { return String::new() };
    let mut out = format!("# {}\n", escape(first.terms.changelog.title));
    for release in releases {
        let date = release.date.filter(|_| release.is_released()).map(|date| format!(" – {date}")).unwrap_or_default();
        let name =
            if release.is_released() { escape(&release.name) } else { release.terms.changelog.unreleased.to_owned() };
        put(&mut out, &format!("\n## {name}{date}\n"));
        for note in release.notes.iter().filter(|note| note.group.is_none()) {
            if let Some(heading) = &note.heading {
                put(&mut out, &format!("\n### {heading}\n"));
            }
            put(&mut out, &format!("\n{}\n", note.text.trim()));
        }
        for (at, heading) in release.terms.changelog.headings.iter().enumerate() {
            group(&mut out, release, at, heading);
        }
    }
    out
}

/// What stands beneath one of the four headings.
fn group(out: &mut String, release: &Release, at: usize, heading: &str) {
    let mut text = String::new();
    for note in release.notes.iter().filter(|note| note.group == Some(at)) {
        // What was found goes on with a list; behind anything else it is one of its own.
        let last = note.text.trim_end().lines().last().unwrap_or_default();
        let list = last.starts_with(['-', '*', '+', ' ', '\t']);
        put(&mut text, &format!("{}\n{}", note.text.trim(), if list { "" } else { "\n" }));
    }
    let of = |entry: &&Entry| group_of(entry) == at;
    for entry in release.of_class(Class::Substantive).filter(of) {
        let section = entry.place(&release.terms);
        let action = match entry.action {
            Action::Added | Action::Removed => String::new(),
            Action::Moved
            | Action::Replaced
            | Action::Rewritten
            | Action::Reworded
            | Action::Renamed
            | Action::Restructured
            | Action::Reformatted => {
                format!("{}{}", entry.action.words(&release.terms.changelog.actions), release.terms.colon)
            }
        };
        put(&mut text, &format!("- {}: {action}{}\n", escape(&section), entry.told(&release.terms, &MARKUP)));
    }
    if at == FIXED || at == CHANGED {
        let here = |entry: &&Entry| entry.reasons.iter().all(|reason| reason.mends()) == (at == FIXED);
        let editorial: Vec<&Entry> = release.of_class(Class::Editorial).filter(here).collect();
        for entries in editorial.chunk_by(|one, other| (one.times > 1, one.order) == (other.times > 1, other.order)) {
            let section = entries[0].place(&release.terms);
            put(&mut text, &format!("- {}: {}\n", escape(&section), escape(&counted(entries, &release.terms))));
        }
    }
    if !text.is_empty() {
        put(out, &format!("\n### {heading}\n\n{text}"));
    }
}

/// The place of "Changed" among the headings: what is editorial and mends nothing, as a paragraph that was split, stands there.
const CHANGED: usize = 1;
/// The place of "Fixed".
const FIXED: usize = 3;

/// The heading that an entry stands beneath, by its place in [`crate::resolve::ChangelogTerms::headings`].
fn group_of(entry: &Entry) -> usize {
    match entry.action {
        Action::Added => 0,
        Action::Removed => 2,
        Action::Moved
        | Action::Replaced
        | Action::Rewritten
        | Action::Reworded
        | Action::Renamed
        | Action::Restructured
        | Action::Reformatted => 1,
    }
}
