//! Drafts that the program writes: an annex with the changes, and a history of revisions.
//!
//! In: releases. Out: Markdown with front matter, which stands among the drafts of a report like any other: so that no format needs to know of it.

use super::Release;
use super::class::Class;
use super::entry::Entry;
use super::markdown::{Detail, MARKUP, counted, escape, in_figures, sections};
use super::numbers;

/// The annex "Changes since Draft I", of the newest release.
pub fn annex(release: &Release) -> String {
    let mut out =
        format!("---\nkind: annex\n---\n\n# {}\n\n{}\n", escape(&release.title()), escape(&in_figures(release)));
    for note in &release.notes {
        out.push_str(&format!("\n{}\n", note.text.trim()));
    }
    sections(&mut out, release, Detail::Substantive, "##", " {.unnumbered .unlisted}");
    let table = numbers::markdown(&release.went, &release.terms);
    if !table.is_empty() {
        out.push_str(&format!("\n## {} {{.unnumbered .unlisted}}\n\n{table}", escape(release.terms.changelog.went)));
    }
    out
}

/// The table of versions, the newest first, and the first of all, which was compared with none.
pub fn history(releases: &[Release]) -> String {
    let Some(newest) = releases.first() else { return String::new() };
    let words = &newest.terms.changelog;
    let (version, date) = (newest.terms.cover.version, newest.terms.cover.date);
    let mut out = format!("---\nkind: front\n---\n\n# {} {{.unnumbered}}\n\n", escape(words.history));
    out.push_str(&format!("| {} | {} | {} |\n|---|---|---|\n", escape(version), escape(date), escape(words.what)));
    for release in releases {
        let date = release.date.map(|date| release.terms.date(date)).unwrap_or_default();
        out.push_str(&format!("| {} | {} | {} |\n", escape(&release.heading()), escape(&date), summary(release)));
    }
    if let Some(last) = releases.last() {
        let date = last.since_date.map(|date| last.terms.date(date)).unwrap_or_default();
        out.push_str(&format!("| {} | {} | {} |\n", escape(&last.since), escape(&date), escape(words.first)));
    }
    out
}

/// Entries that a line of the history tells.
const MOST: usize = 3;

/// A release in a line: what people wrote about it, else what weighs most.
fn summary(release: &Release) -> String {
    let terms = &release.terms;
    if let Some(note) = release.notes.first() {
        return note
            .text
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
            .trim_start_matches(['-', '*', ' '])
            .replace('|', "\\|");
    }
    let substantive: Vec<&Entry> = release.of_class(Class::Substantive).collect();
    if substantive.is_empty() {
        let editorial: Vec<&Entry> = release.of_class(Class::Editorial).collect();
        let none = if editorial.is_empty() { terms.revision.unchanged } else { terms.changelog.only_editorial };
        return escape(none);
    }
    let mut heaviest = substantive.clone();
    heaviest.sort_by_key(|entry| (std::cmp::Reverse(super::mail::weight(entry)), entry.changes.first().copied()));
    heaviest.truncate(MOST);
    let told = heaviest.iter().map(|entry| {
        let section = entry.place(terms);
        format!(
            "{}: {} – {}",
            escape(&section),
            entry.action.words(&terms.changelog.actions),
            entry.told(terms, &MARKUP)
        )
    });
    let mut lines: Vec<String> = told.collect();
    if let Some(more @ 1..) = substantive.len().checked_sub(MOST) {
        lines.push(escape(&terms.changelog.more.replace("{}", &more.to_string())));
    }
    let editorial: Vec<&Entry> = release.of_class(Class::Editorial).collect();
    if !editorial.is_empty() {
        lines.push(escape(&counted(&editorial, terms)));
    }
    // A cell is one line of the draft.
    lines.join("<br>")
}
