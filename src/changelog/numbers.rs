//! Where each numbered paragraph went, as a table: those in a row that went the same way are one row.

use super::markdown::escape;
use crate::resolve::{ChangeObject, Terms, Went};

/// A row of the table: "14–20" and "16–22".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The numbers before; `None` if they are new.
    pub before: Option<String>,
    /// The numbers now; `None` if they are gone.
    pub after: Option<String>,
    /// Whether they stand elsewhere.
    pub moved: bool,
    /// The first words of the first.
    pub opening: String,
}

/// The rows; none where no paragraph is numbered or none has another number.
pub fn paragraphs(went: &[Went]) -> Vec<Row> {
    let paragraphs: Vec<&Went> = went.iter().filter(|went| went.object == ChangeObject::Paragraph).collect();
    if paragraphs.iter().all(|went| went.before == went.after && !went.moved) {
        return Vec::new();
    }
    let number = |number: &Option<String>| number.as_ref().and_then(|number| number.parse::<u32>().ok());
    let follows = |one: &&Went, next: &&Went| {
        let step = |one: &Option<String>, next: &Option<String>| match (one, next) {
            (None, None) => true,
            (one, next) => number(one).zip(number(next)).is_some_and(|(one, next)| next == one + 1),
        };
        one.moved == next.moved && step(&one.before, &next.before) && step(&one.after, &next.after)
    };
    paragraphs.chunk_by(follows).map(row).collect()
}

fn row(run: &[&Went]) -> Row {
    let (first, last) = (run[0], run[run.len() - 1]);
    let range = |first: &Option<String>, last: &Option<String>| match (first, last) {
        (Some(first), Some(last)) if first == last => Some(first.clone()),
        (Some(first), Some(last)) => Some(format!("{first}–{last}")),
        (None, _) | (_, None) => None,
    };
    Row {
        before: range(&first.before, &last.before),
        after: range(&first.after, &last.after),
        moved: first.moved,
        opening: first.opening.clone(),
    }
}

/// The table in Markdown; empty where there is nothing to say.
pub(super) fn markdown(went: &[Went], terms: &Terms) -> String {
    let rows = paragraphs(went);
    if rows.is_empty() {
        return String::new();
    }
    let words = &terms.changelog;
    let mut out = format!("| {} | {} | {} |\n|---|---|---|\n", words.number_before, words.number_after, words.note);
    for row in rows {
        let number = |number: &Option<String>, none: &str| match number {
            Some(number) => format!("¶ {number}"),
            None => none.to_owned(),
        };
        let after = number(&row.after, words.gone);
        let moved = if row.moved { format!(" ({})", words.moved) } else { String::new() };
        let before = number(&row.before, words.new);
        out.push_str(&format!("| {} | {}{moved} | {} |\n", escape(&before), escape(&after), escape(&row.opening)));
    }
    out
}
