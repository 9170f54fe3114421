//! A table in Markdown, for the page of a job: every finding, whatever a draft holds.
//!
//! Hosts read such a page as GitHub Flavored Markdown and HTML, and make mentions, references and emoji of what is left
//! as text. So all punctuation of a draft is written as numeric references (CommonMark 2.5, "cannot be used in place of
//! symbols indicating structure"), and what a message quotes stands in `<code>`, where hosts leave it alone.

use std::fmt::Write;

use super::{Messages, severity_name};
use crate::cli::terminal::printable;
use crate::diag::Diagnostic;

/// The longest text of a cell, in characters.
const LONGEST_CELL: usize = 400;
/// Room for the line that counts what is left out.
const LAST_LINE: usize = 200;

/// The table, of so many bytes at most; what does not fit is counted. Nothing where there is nothing to tell.
pub(super) fn render(ordered: &[(&Messages<'_>, &Diagnostic)], most: usize) -> String {
    if ordered.is_empty() {
        return String::new();
    }
    let mut table = "| | where | what | what to do |\n|---|---|---|---|\n".to_owned();
    for (done, (messages, diagnostic)) in ordered.iter().enumerate() {
        let row = row(messages, diagnostic);
        if table.len() + row.len() + LAST_LINE > most {
            let _ = write!(
                table,
                "\nand {} more: `rapporteur check --message-format json` lists all\n",
                ordered.len() - done
            );
            break;
        }
        table.push_str(&row);
    }
    table
}

fn row(messages: &Messages<'_>, diagnostic: &Diagnostic) -> String {
    let place = messages.location(&diagnostic.place).map(|location| match location.range {
        Some((start, _)) => format!("{}:{}:{}", location.path, start.line, start.column),
        None => location.path,
    });
    let place = place.map(|place| code(&cut(&place))).unwrap_or_default();
    let hints: Vec<String> = diagnostic.hints.iter().map(|hint| prose(&cut(&printable(hint)))).collect();
    let severity = severity_name(diagnostic.severity(messages.status));
    let (what, slug) = (prose(&cut(&printable(&diagnostic.message))), diagnostic.code.slug());
    format!("| {severity} | {place} | {what} (`{slug}`) | {} |\n", hints.join("<br>"))
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(LONGEST_CELL) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

/// A message: what stands between its backticks is code.
fn prose(text: &str) -> String {
    let pieces: Vec<&str> = text.split('`').collect();
    let is_paired = pieces.len() % 2 == 1;
    let shown = pieces.iter().enumerate().map(|(at, piece)| match (at % 2 == 1, is_paired) {
        (true, true) => code(piece),
        (true, false) | (false, _) => plain(piece),
    });
    shown.collect::<Vec<_>>().join(if is_paired { "" } else { "&#96;" })
}

fn code(text: &str) -> String {
    format!("<code>{}</code>", references(text))
}

/// Text that refers to nothing: a word joiner parts what marks an issue from its number.
fn plain(text: &str) -> String {
    references(text).replace("&#35;", "&#35;\u{2060}")
}

/// Punctuation that means something to Markdown, HTML or a host, as references. What follows an `@` is parted from it:
/// addresses are sought in finished text.
fn references(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            ' ' | ',' | ';' | '(' | ')' | '\'' | '"' | '/' | '?' => shown.push(character),
            '@' => shown.push_str("&#64;\u{2060}"),
            _ if character.is_ascii_punctuation() => {
                let _ = write!(shown, "&#{};", u32::from(character));
            }
            _ => shown.push(character),
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::MessageFormat;
    use crate::diag::{Code, Place, Status};
    use crate::source::Sources;

    fn table(found: &[Diagnostic], most: usize) -> String {
        let sources = Sources::default();
        let format = MessageFormat::Github;
        let messages = Messages { format, sources: &sources, status: Status::Draft, prefix: String::new() };
        render(&found.iter().map(|found| (&messages, found)).collect::<Vec<_>>(), most)
    }

    #[test]
    fn a_draft_adds_no_cell_link_mention_or_element() {
        let text =
            "a|b\n| c | `<script>x</script>` [l](http://e.example) ![i](x) @all #12 :tada: www.e.example **b** $x$";
        let found = Diagnostic::at(Code::DeadLink, Place::Path(format!("{text}.md")), text).hint(text).hint("`odd");
        let table = table(&[found], 10_000);
        assert_eq!(table.lines().count(), 3, "{table}");
        let row = table.lines().nth(2).expect("a row");
        assert_eq!(row.matches('|').count(), 5, "{row}");
        let rest =
            ["<code>", "</code>", "<br>", "`dead-link`"].iter().fold(row.to_owned(), |row, own| row.replace(own, ""));
        assert!(!rest.contains(['<', '>', '[', ']', '`', '@', '*', '_', '$', '!', ':', '\\', '.']), "{row}");
        assert!(rest.contains("&#64;\u{2060}all") && rest.contains("&#35;\u{2060}12"), "{row}");
    }

    #[test]
    fn a_table_is_no_larger_than_it_may_be() {
        let found: Vec<_> = (0..30_000)
            .map(|at| Diagnostic::at(Code::DeadLink, Place::Nowhere, format!("<{at}> {}", "|".repeat(900))))
            .collect();
        let large = table(&found, 1_000_000);
        assert!(large.len() <= 1_000_000 && large.len() > 900_000, "{}", large.len());
        let shown = large.matches("dead-link").count();
        assert!(
            large
                .trim_end()
                .ends_with(&format!("and {} more: `rapporteur check --message-format json` lists all", 30_000 - shown))
        );
        assert_eq!(table(&[], 1_000), "");
    }
}
