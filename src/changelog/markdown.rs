//! A changelog in Markdown, by section.

use super::class::{Class, Reason};
use super::entry::{Entry, Markup};
use super::{Release, numbers};
use crate::resolve::{Terms, Total};

/// How much is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// Editorial changes are counted.
    Substantive,
    /// Every change is told.
    All,
}

/// Of Markdown: what was is struck through, what is is strong.
pub(super) const MARKUP: Markup =
    Markup { escape, gone: ("~~", "~~"), come: ("**", "**"), between: " " };

/// Versions, the newest first. One alone has the title for itself.
pub fn markdown(releases: &[Release], detail: Detail) -> String {
    let mut out = String::new();
    match releases {
        [one] => release(&mut out, one, detail, 1),
        [] => {}
        [first, ..] => {
            out.push_str(&format!("# {}\n", escape(first.terms.changelog.title)));
            for one in releases {
                out.push('\n');
                release(&mut out, one, detail, 2);
            }
        }
    }
    out
}

fn release(out: &mut String, release: &Release, detail: Detail, level: usize) {
    let marks = "#".repeat(level);
    let title = if level == 1 { release.title() } else { release.name.clone() };
    let date = release.date.map(|date| format!(" – {date}")).unwrap_or_default();
    out.push_str(&format!("{marks} {}{}\n\n", escape(&title), if level == 1 { "" } else { &date }));
    out.push_str(&format!("{}\n", escape(&in_figures(release))));
    for note in &release.notes {
        let heading = note.heading.as_ref().map(|heading| format!("\n{marks}# {heading}\n")).unwrap_or_default();
        out.push_str(&format!("{heading}\n{}\n", note.text.trim()));
    }
    sections(out, release, detail, &format!("{marks}#"), "");
    let table = numbers::markdown(&release.went, &release.terms);
    if !table.is_empty() {
        out.push_str(&format!("\n{marks}# {}\n\n{table}", escape(release.terms.changelog.went)));
    }
}

/// "Draft II compared with Draft I. Changes: 34. Words: +412 −120. …"
pub(super) fn in_figures(release: &Release) -> String {
    let Terms { revision, changelog, colon, .. } = &release.terms;
    let compared = revision.compared.replace("{new}", &release.name).replace("{old}", &release.since);
    let stop = if release.terms.language == "zh" { "。" } else { ". " };
    if release.total.changes == 0 {
        return format!("{compared}{stop}{}", revision.unchanged);
    }
    let mut pieces = vec![
        compared,
        format!("{}{colon}{}", revision.changes, release.total.changes),
        format!("{}{colon}{}", changelog.words, plus_minus(release.total)),
    ];
    for (label, count) in [(changelog.tables, release.tables), (changelog.figures, release.figures)] {
        pieces.extend((count > 0).then(|| format!("{label}{colon}{count}")));
    }
    format!("{}{}", pieces.join(stop), stop.trim_end())
}

/// "+12 −3".
pub(super) fn plus_minus(total: Total) -> String {
    format!("+{} −{}", total.added, total.removed)
}

/// The entries beneath headings of their sections.
pub(super) fn sections(out: &mut String, release: &Release, detail: Detail, marks: &str, attributes: &str) {
    for entries in release.entries.chunk_by(|one, other| one.order == other.order) {
        let name = entries[0].section.as_deref().unwrap_or(release.terms.revision.opening);
        out.push_str(&format!("\n{marks} {}{attributes}\n\n", escape(name)));
        let told = |entry: &&Entry| detail == Detail::All || entry.class == Class::Substantive;
        entries.iter().filter(told).for_each(|entry| out.push_str(&line(entry, &release.terms)));
        let editorial: Vec<&Entry> = entries.iter().filter(|entry| !told(entry)).collect();
        if !editorial.is_empty() {
            out.push_str(&format!("- {}\n", escape(&counted(&editorial, &release.terms))));
        }
    }
}

fn line(entry: &Entry, terms: &Terms) -> String {
    let action = entry.action.words(&terms.changelog.actions);
    let words = if entry.added + entry.removed > 0 {
        format!(" ({})", plus_minus(Total { changes: 0, added: entry.added, removed: entry.removed }))
    } else {
        String::new()
    };
    let reasons = reasons(entry.reasons.iter().copied(), terms);
    format!("- **{}** – {}{words}. *{}*\n", escape(action), entry.told(terms, &MARKUP), escape(&reasons))
}

/// What classes are called for, each once.
fn reasons(reasons: impl Iterator<Item = Reason>, terms: &Terms) -> String {
    let mut words: Vec<&str> = Vec::new();
    for word in reasons.map(|reason| reason.words(&terms.changelog.reasons)) {
        if !words.contains(&word) {
            words.push(word);
        }
    }
    words.join(if terms.language == "zh" { "、" } else if terms.language == "ar" { "، " } else { ", " })
}

/// "Editorial changes: 3 (spelling, punctuation)".
pub(super) fn counted(entries: &[&Entry], terms: &Terms) -> String {
    let changes: usize = entries.iter().map(|entry| entry.changes.len()).sum();
    let why = reasons(entries.iter().flat_map(|entry| entry.reasons.iter().copied()), terms);
    format!("{}{}{changes} ({why})", terms.changelog.editorial, terms.colon)
}

/// Text that is to be read as it stands: what could mean something in a draft is escaped (CommonMark 2.4).
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '~' | '^' | '$' | '@' | '=' | '{' | '}' | '|' | '#' | '&') {
            out.push('\\');
        }
        out.push(if c.is_control() { ' ' } else { c });
    }
    out
}
