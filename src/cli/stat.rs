//! What changed, in figures.

use serde::Serialize;

use super::MessageFormat;
use super::terminal::{self, printable};
use crate::resolve::{RevisionInfo, Total};

/// "14 changes since Draft I: 120 words added, 45 removed".
pub(super) fn line(revision: &RevisionInfo) -> String {
    let Total { changes, added, removed } = revision.total();
    let counted = counted(changes, &revision.baseline);
    if changes == 0 { counted } else { format!("{counted}: {}", words(added, removed)) }
}

/// "14 changes since Draft I".
pub(super) fn counted(changes: usize, since: &str) -> String {
    let since = printable(since);
    match changes {
        0 => format!("nothing has changed since {since}"),
        1 => format!("1 change since {since}"),
        more => format!("{more} changes since {since}"),
    }
}

/// "1 word added, 3 removed".
fn words(added: usize, removed: usize) -> String {
    let plural = if added == 1 { "" } else { "s" };
    format!("{added} word{plural} added, {removed} removed")
}

/// All of it, by section.
pub(super) fn render(revision: &RevisionInfo, format: MessageFormat) -> String {
    match format {
        MessageFormat::Json => terminal::json(&Figures::of(revision)),
        MessageFormat::Human | MessageFormat::Github => table(revision),
    }
}

fn table(revision: &RevisionInfo) -> String {
    let mut lines = vec![line(revision)];
    let sections = revision.sections_changed();
    if !sections.is_empty() {
        lines.push(String::new());
        lines.push(format!("{:>7}  {:>5}  {:>7}", "changes", "added", "removed"));
    }
    for (section, Total { changes, added, removed }) in sections {
        let (name, depth) = section.map_or_else(
            || ("before the first heading".to_owned(), 0),
            |at| (named(revision, at), usize::from(revision.sections[at].level.saturating_sub(1))),
        );
        let name = printable(&name);
        lines.push(format!(
            "{changes:>7}  {:>5}  {:>7}  {:depth$}{name}",
            plus(added),
            minus(removed),
            "",
            depth = 2 * depth
        ));
    }
    lines.join("\n")
}

/// "II.A. Findings": a section by its whole number, where its own leaves out those above it.
fn named(revision: &RevisionInfo, at: usize) -> String {
    let section = &revision.sections[at];
    let Some(own) = &section.number else { return section.name() };
    let (mut number, mut level) = (own.clone(), section.level);
    for above in revision.sections[..at].iter().rev().filter(|above| above.side.is_none() || above.side == section.side)
    {
        let Some(prefix) = above.number.as_deref().filter(|_| above.level < level) else { continue };
        level = above.level;
        let prefix = prefix.trim_end_matches('.');
        // A number of one scheme for all levels ("1.2") has it already.
        if !number.starts_with(&format!("{prefix}.")) && prefix.chars().all(char::is_alphanumeric) {
            number = format!("{prefix}.{number}");
        }
    }
    format!("{number} {}", section.title)
}

fn plus(words: usize) -> String {
    if words == 0 { String::new() } else { format!("+{words}") }
}

fn minus(words: usize) -> String {
    if words == 0 { String::new() } else { format!("−{words}") }
}

/// The same for programs.
#[derive(Serialize)]
struct Figures<'r> {
    baseline: &'r str,
    revision: &'r str,
    #[serde(flatten)]
    total: Counted,
    sections: Vec<Section<'r>>,
}

#[derive(Serialize)]
struct Counted {
    changes: usize,
    words_added: usize,
    words_removed: usize,
}

#[derive(Serialize)]
struct Section<'r> {
    number: Option<&'r str>,
    title: Option<&'r str>,
    level: Option<u8>,
    #[serde(flatten)]
    total: Counted,
}

impl From<Total> for Counted {
    fn from(total: Total) -> Self {
        Self { changes: total.changes, words_added: total.added, words_removed: total.removed }
    }
}

impl<'r> Figures<'r> {
    fn of(revision: &'r RevisionInfo) -> Self {
        let sections = revision.sections_changed().into_iter().map(|(section, total)| {
            let info = section.map(|at| &revision.sections[at]);
            Section {
                number: info.and_then(|info| info.number.as_deref()),
                title: info.map(|info| info.title.as_str()),
                level: info.map(|info| info.level),
                total: total.into(),
            }
        });
        Self {
            baseline: &revision.baseline,
            revision: &revision.revision,
            total: revision.total().into(),
            sections: sections.collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_one_and_more_are_many() {
        let since = [0, 1, 2].map(|changes| counted(changes, "v1.0"));
        assert_eq!(since, ["nothing has changed since v1.0", "1 change since v1.0", "2 changes since v1.0"]);
        let words = [(0, 1), (1, 0), (2, 1)].map(|(added, removed)| words(added, removed));
        assert_eq!(words, ["0 words added, 1 removed", "1 word added, 0 removed", "2 words added, 1 removed"]);
    }
}
