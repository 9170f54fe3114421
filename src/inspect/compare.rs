//! How much of what one format says another says too.
//!
//! In: an [`Inspection`]. Out: one line per fragment that can be held against another format's.

use super::passage::{Passage, primary};
use super::space::squeeze;
use super::{Fragment, Inspection};
use crate::document::{Direction, Role};

/// How closely formats are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Precision {
    /// Role, number, text, notes and links, as HTML and DOCX both tell them. A statement's title is its label, so
    /// that a box's label and title coincide.
    Full,
    /// What a PDF tells too. Its structure types know no lead, no boxes and nothing of a subtitle, so that these
    /// coincide with running text; which spaces a line's end has swallowed is not known, so that white space does
    /// not count; a number may be part of the text.
    Common,
}

impl Inspection {
    /// One line per fragment, after the title and one line of all other words of the cover, sorted: each format
    /// arranges its cover by itself. Fragments without text, number and notes are left out.
    pub fn comparable(&self, precision: Precision) -> Vec<String> {
        let (cover, rest): (Vec<_>, Vec<_>) = self.fragments.iter().partition(|fragment| is_cover(fragment.role));
        let (title, cover): (Vec<_>, Vec<_>) = cover.into_iter().partition(|fragment| fragment.role == Role::Title);
        let texts = cover.iter().flat_map(|fragment| [fragment.number.as_deref().unwrap_or_default(), &fragment.text]);
        let mut words: Vec<&str> = texts.flat_map(str::split_whitespace).collect();
        words.sort_unstable();
        let mut lines: Vec<String> = title.into_iter().filter_map(|fragment| line(fragment, precision)).collect();
        lines.extend((!words.is_empty()).then(|| format!("cover | {}", words.join(" "))));
        for fragment in rest {
            let Some(line) = line(fragment, precision) else { continue };
            match lines.last_mut() {
                Some(last) if precision == Precision::Common && is_lone_marker(last, &line) => {
                    last.push_str(line.split_once(" | ").map_or("", |(_, text)| text));
                }
                _ => lines.push(line),
            }
        }
        lines
    }
}

/// Whether a line is a bullet alone and the next has the same role: what a box's text is to a PDF that knows no box.
fn is_lone_marker(last: &str, next: &str) -> bool {
    let role = |line: &str| line.split_once(" | ").map(|(role, _)| role.to_owned());
    last == format!("{} | •", Role::ListItem.name()) && role(last) == role(next) && !next.contains("| •")
}

fn is_cover(role: Role) -> bool {
    matches!(role, Role::Title | Role::Subtitle | Role::Cover)
}

fn line(fragment: &Fragment, precision: Precision) -> Option<String> {
    let Fragment { role, holder, number, text, notes, links, direction, passages } = fragment;
    let number = number.as_deref().map(|number| marker(*role, number)).unwrap_or_default();
    if text.is_empty() && number.is_empty() && notes.is_empty() {
        return None;
    }
    let passages = spoken(passages);
    let notes: String = notes.iter().map(|note| format!(" [^{note}]")).collect();
    Some(match precision {
        Precision::Full => {
            let links: String = links.iter().map(|link| format!(" <{link}>")).collect();
            let text = if *role == Role::Code { expand_tabs(text) } else { text.clone() };
            let backward = if *direction == Some(Direction::RightToLeft) { " ←" } else { "" };
            format!("{} | {number} | {text}{notes}{links}{passages}{backward}", full(*role).name())
        }
        Precision::Common => {
            let said = squeeze(&format!("{number}{text}"));
            format!("{} | {said}{notes}{passages}", common(holder.unwrap_or(*role)).name())
        }
    })
}

/// What is said in each other language, in the order in which they first speak: where a passage is cut into pieces is
/// each format's own affair.
fn spoken(passages: &[Passage]) -> String {
    let mut languages: Vec<(String, String)> = Vec::new();
    for passage in passages {
        let language = primary(&passage.language);
        let at = languages.iter().position(|(known, _)| *known == language).unwrap_or_else(|| {
            languages.push((language, String::new()));
            languages.len() - 1
        });
        languages[at].1.push_str(&squeeze(&passage.text));
    }
    languages.iter().map(|(language, text)| format!(" {{{language}: {text}}}")).collect()
}

/// Tabs in code as spaces up to the next multiple of four: a page keeps the tab, paper and Word have its width.
fn expand_tabs(code: &str) -> String {
    let mut column = 0;
    let mut out = String::with_capacity(code.len());
    for c in code.chars() {
        let width = if c == '\t' { 4 - column % 4 } else { 1 };
        column = if c == '\n' { 0 } else { column + width };
        if c == '\t' {
            out.extend(std::iter::repeat_n(' ', width));
        } else {
            out.push(c);
        }
    }
    out
}

/// Bullets of all shapes are one: each format draws them with the signs that its fonts have.
fn marker(role: Role, number: &str) -> String {
    let bullet = role == Role::ListItem && !number.chars().any(char::is_alphanumeric) && !matches!(number, "☐" | "☑");
    if bullet { "•".to_owned() } else { number.to_owned() }
}

/// The role as HTML and DOCX both tell it: the title of a statement is its label.
fn full(role: Role) -> Role {
    if role == Role::BoxTitle { Role::BoxLabel } else { role }
}

/// The role as far as a PDF tells it.
fn common(role: Role) -> Role {
    match role {
        Role::Lead | Role::BoxLabel | Role::BoxTitle | Role::BoxBody | Role::Bibliography => Role::Body,
        Role::Subtitle => Role::Cover,
        Role::Title
        | Role::Cover
        | Role::Heading(_)
        | Role::Body
        | Role::ListItem
        | Role::Term
        | Role::Description
        | Role::Quote
        | Role::Code
        | Role::Caption
        | Role::TableHeader
        | Role::TableCell
        | Role::Figure
        | Role::Note => role,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_common_view_knows_less() {
        let mut item = Fragment::new(Role::ListItem, "a b");
        item.number = Some("–".to_owned());
        item.notes = vec!["2".to_owned()];
        item.links = vec!["https://example.org/".to_owned()];
        let boxed = Fragment::new(Role::BoxLabel, "Note");
        let fragments = vec![item, boxed, Fragment::new(Role::Title, "T"), Fragment::new(Role::Body, "")];
        let inspection = Inspection { fragments, ..Inspection::default() };
        let full = ["title |  | T", "list-item | • | a b [^2] <https://example.org/>", "box-label |  | Note"];
        assert_eq!(inspection.comparable(Precision::Full), full);
        assert_eq!(inspection.comparable(Precision::Common), ["title | T", "list-item | •ab [^2]", "body | Note"]);
    }
}
