//! `rapporteur inspect`: what a finished file says, read back.

use super::exit::Exit;
use super::terminal::{self, printable};
use super::{InspectArguments, MessageFormat, RedlineSide};
use crate::document::Side;
use crate::inspect::{self, Facts, Fragment, Inspection, Projection};

pub(super) fn run(arguments: &InspectArguments) -> Exit {
    let path = arguments.file.display();
    let bytes = match std::fs::read(&arguments.file) {
        Ok(bytes) => bytes,
        Err(error) => {
            terminal::failure(&format!("{path} cannot be read: {error}"));
            return Exit::Environment;
        }
    };
    let format = arguments.messages.message_format;
    let read = match arguments.side {
        Some(RedlineSide::Old) => inspect::projection(&bytes, Side::Old).map(|read| projection(&read, format)),
        Some(RedlineSide::New) => inspect::projection(&bytes, Side::New).map(|read| projection(&read, format)),
        None => inspect::inspect(&bytes).map(|inspection| render(&inspection, format)),
    };
    match read {
        Ok(text) => {
            terminal::result(&text);
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

/// A line for each block of one version.
fn projection(projection: &Projection, format: MessageFormat) -> String {
    match format {
        MessageFormat::Json => terminal::json(projection),
        MessageFormat::Human | MessageFormat::Github => {
            let lines = projection.blocks.iter().map(|block| printable(&block.to_string()));
            lines.collect::<Vec<_>>().join("\n")
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
