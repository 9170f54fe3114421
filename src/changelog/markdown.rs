//! A changelog in Markdown, by section.

use super::class::{Class, Reason};
use super::entry::{Entry, Markup};
use super::fold::capitalised;
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
pub(super) const MARKUP: Markup = Markup { escape, gone: ("~~", "~~"), come: ("**", "**"), between: " ", pieces: 3 };

/// Versions, the newest first. One alone has the title for itself.
pub fn markdown(releases: &[Release], detail: Detail) -> String {
    let mut out = String::new();
    match releases {
        [one] => release(&mut out, one, detail, (1, Some(&one.title()))),
        [] => {}
        [first, ..] => {
            put(&mut out, &format!("# {}\n\n", escape(first.terms.changelog.title)));
            versions(&mut out, releases, detail, 2);
        }
    }
    out
}

/// The same as a draft of its own, and its title.
pub fn page(releases: &[Release], detail: Detail) -> (String, String) {
    let mut out = String::new();
    let title = match releases {
        [one] => {
            release(&mut out, one, detail, (0, None));
            one.title()
        }
        [] => String::new(),
        [first, ..] => {
            versions(&mut out, releases, detail, 1);
            first.terms.changelog.title.to_owned()
        }
    };
    (title, out)
}

fn versions(out: &mut String, releases: &[Release], detail: Detail, level: usize) {
    for (at, one) in releases.iter().enumerate() {
        let date = one.date.map(|date| format!(" – {date}")).unwrap_or_default();
        put(out, if at > 0 { "\n" } else { "" });
        release(out, one, detail, (level, Some(&format!("{}{date}", one.heading()))));
    }
}

/// What is told of the first version, which comes after none: its name, and what people wrote about it.
pub fn first(release: &Release) -> String {
    let date = release.date.map(|date| format!(" – {date}")).unwrap_or_default();
    let name = capitalised(&format!("{} {}", release.terms.version, release.name));
    let mut out = format!("# {}\n", escape(&(name + &date)));
    notes(&mut out, release, "##");
    out
}

/// What people wrote, beneath headings of their own.
fn notes(out: &mut String, release: &Release, marks: &str) {
    for note in &release.notes {
        if let Some(heading) = &note.heading {
            put(out, &format!("\n{marks} {heading}\n"));
        }
        put(out, &format!("\n{}\n", note.text.trim()));
    }
}

/// One version, its headings beneath a level.
fn release(out: &mut String, release: &Release, detail: Detail, (level, title): (usize, Option<&str>)) {
    if let Some(title) = title {
        put(out, &format!("{} {}\n\n", "#".repeat(level), escape(title)));
    }
    let marks = "#".repeat(level + 1);
    put(out, &format!("{}\n", escape(&in_figures(release))));
    notes(out, release, &marks);
    sections(out, release, detail, &marks, "");
    let table = numbers::markdown(&release.went, &release.terms);
    if !table.is_empty() {
        put(out, &format!("\n{marks} {}\n\n{table}", escape(release.terms.changelog.went)));
    }
}

/// Writes to a text.
pub(super) fn put(out: &mut String, text: &str) {
    out.push_str(text);
}

/// "Draft II compared with Draft I. Changes: 34. Words: +412 −120. …"
pub(super) fn in_figures(release: &Release) -> String {
    let Terms { revision, changelog, colon, .. } = &release.terms;
    let compared = revision.compared.replace("{new}", &release.heading()).replace("{old}", &release.since);
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

/// The entries beneath headings of their chapters and sections.
pub(super) fn sections(out: &mut String, release: &Release, detail: Detail, marks: &str, attributes: &str) {
    let terms = &release.terms;
    let mut chapter: Option<String> = None;
    for entries in release.entries.chunk_by(|one, other| (one.times > 1, one.order) == (other.times > 1, other.order)) {
        let first = &entries[0];
        let name = first.chapter.clone().unwrap_or_else(|| first.place(terms));
        if chapter.as_ref() != Some(&name) {
            put(out, &format!("\n{marks} {}{attributes}\n", escape(&name)));
        }
        if let Some(section) = first.section.as_ref().filter(|section| **section != name) {
            put(out, &format!("\n{marks}# {}{attributes}\n", escape(section)));
        }
        chapter = Some(name);
        out.push('\n');
        let told = |entry: &&Entry| detail == Detail::All || entry.class == Class::Substantive;
        entries.iter().filter(told).for_each(|entry| out.push_str(&line(entry, terms)));
        let editorial: Vec<&Entry> = entries.iter().filter(|entry| !told(entry)).collect();
        if !editorial.is_empty() {
            put(out, &format!("- {}\n", escape(&counted(&editorial, terms))));
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
    words.join(if terms.language == "zh" {
        "、"
    } else if terms.language == "ar" {
        "، "
    } else {
        ", "
    })
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
        if matches!(
            c,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '~' | '^' | '$' | '@' | '=' | '{' | '}' | '|' | '#' | '&'
        ) {
            out.push('\\');
        }
        out.push(if c.is_control() { ' ' } else { c });
    }
    out
}
