//! Where each numbered paragraph went, as a table (RFC 4180), with the mark by which spreadsheets know UTF-8.

use crate::resolve::{ChangeObject, Went};

/// A row for each paragraph that has a number in one of two versions; `None` where none has.
pub(super) fn went(went: &[Went]) -> Option<String> {
    let row = |went: &Went| {
        let moved = if went.moved { "moved" } else { "" };
        [text(went.before.as_deref()), text(went.after.as_deref()), moved.to_owned(), cell(&went.opening)]
    };
    table(["previous", "this", "moved", "opening"], paragraphs(went).map(row).collect())
}

/// A row for each numbered paragraph of a first release; `None` where none is numbered.
pub(super) fn numbers(went: &[Went]) -> Option<String> {
    let rows = paragraphs(went).map(|went| [text(went.after.as_deref()), cell(&went.opening)]);
    table(["this", "opening"], rows.collect())
}

fn paragraphs(went: &[Went]) -> impl Iterator<Item = &Went> {
    went.iter().filter(|went| went.object == ChangeObject::Paragraph)
}

fn table<const N: usize>(head: [&str; N], rows: Vec<[String; N]>) -> Option<String> {
    if rows.is_empty() {
        return None;
    }
    let line = |cells: &[String]| cells.join(",") + "\r\n";
    let rows: String = rows.iter().map(|row| line(row)).collect();
    Some(format!("\u{feff}{}\r\n{rows}", head.join(",")))
}

fn text(number: Option<&str>) -> String {
    number.map(cell).unwrap_or_default()
}

/// A cell. What a spreadsheet would take for a formula gets an apostrophe, which makes it text there.
fn cell(text: &str) -> String {
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = if is_formula { format!("'{text}") } else { text.to_owned() };
    let quoted = text.contains(['"', ',', '\n', '\r']) || text.starts_with(' ') || text.ends_with(' ');
    if quoted { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_as_spreadsheets_read_them() {
        let paragraph = |before: Option<&str>, after: Option<&str>, moved, opening: &str| Went {
            object: ChangeObject::Paragraph,
            before: before.map(str::to_owned),
            after: after.map(str::to_owned),
            moved,
            opening: opening.to_owned(),
        };
        let list = [
            paragraph(Some("1"), Some("2"), true, "He said, \"no\""),
            paragraph(None, Some("1"), false, "=1+1"),
            Went { object: ChangeObject::Heading, ..paragraph(Some("I"), Some("I"), false, "A") },
        ];
        let table = went(&list).expect("there are paragraphs");
        assert_eq!(table, "\u{feff}previous,this,moved,opening\r\n1,2,moved,\"He said, \"\"no\"\"\"\r\n,1,,'=1+1\r\n");
        assert_eq!(numbers(&list).as_deref(), Some("\u{feff}this,opening\r\n2,\"He said, \"\"no\"\"\"\r\n1,'=1+1\r\n"));
        assert_eq!(went(&list[2..]), None);
    }
}
