//! `rapporteur inspect`: what a finished file says, read back.

use super::exit::Exit;
use super::terminal::{self, printable};
use super::{InspectArguments, MessageFormat};
use crate::inspect::{self, Facts, Fragment, Inspection};

pub(super) fn run(arguments: &InspectArguments) -> Exit {
    let path = arguments.file.display();
    let bytes = match std::fs::read(&arguments.file) {
        Ok(bytes) => bytes,
        Err(error) => {
            terminal::failure(&format!("{path} cannot be read: {error}"));
            return Exit::Environment;
        }
    };
    match inspect::inspect(&bytes) {
        Ok(inspection) => {
            terminal::result(&render(&inspection, arguments.messages.message_format));
            Exit::Done
        }
        Err(error) => {
            terminal::failure(&format!("{path}: {error}"));
            Exit::Drafts
        }
    }
}

fn render(inspection: &Inspection, format: MessageFormat) -> String {
    match format {
        MessageFormat::Json => terminal::json(inspection),
        MessageFormat::Human | MessageFormat::Github => {
            let mut lines: Vec<String> = inspection.fragments.iter().map(fragment).collect();
            lines.push(String::new());
            lines.extend(facts(&inspection.facts));
            lines.join("\n")
        }
    }
}

/// Role, number, text, then what it refers to.
fn fragment(fragment: &Fragment) -> String {
    let number = fragment.number.as_deref().unwrap_or_default();
    let notes: String = fragment.notes.iter().map(|note| format!(" [^{note}]")).collect();
    let links: String = fragment.links.iter().map(|link| format!(" <{link}>")).collect();
    let text = fragment.text.replace('\n', "\n                         ");
    let line = format!("{:<16} {number:>7} {text}{notes}{links}", fragment.role.name());
    line.lines().map(|line| printable(line.trim_end())).collect::<Vec<_>>().join("\n")
}

fn facts(facts: &Facts) -> Vec<String> {
    let list = |items: &[String]| (!items.is_empty()).then(|| items.join("; "));
    let entries = |entries: &[(usize, String)]| (!entries.is_empty()).then(|| entries.len().to_string());
    let tags: Vec<String> = facts.tags.iter().map(|(name, count)| format!("{name} {count}")).collect();
    let all = [
        ("pages", facts.pages.map(|pages| pages.to_string())),
        ("title", facts.title.clone()),
        ("language", facts.language.clone()),
        ("authors", list(&facts.authors)),
        ("subjects", list(&facts.subjects)),
        ("conformance", list(&facts.conformance)),
        ("identifiers", list(&facts.identifiers)),
        ("fonts", list(&facts.fonts)),
        ("contents", entries(&facts.contents)),
        ("bookmarks", entries(&facts.bookmarks)),
        ("notes", Some(facts.notes.to_string())),
        ("tags", list(&tags)),
    ];
    let line = |(name, value): (&str, Option<String>)| Some(printable(&format!("{name}: {}", value?)));
    all.into_iter().filter_map(line).collect()
}
