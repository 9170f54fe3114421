//! Paragraphs, rows and cells as their properties say them on a side.

use super::super::numbering::Numbering;
use super::super::revision;
use super::super::style::{Says, Styles};
use crate::document::{Role, Side};
use crate::inspect::projection::{ProjectedBlock, ProjectedKind, ProjectedList};
use crate::inspect::xml::{Element, Space};

/// A paragraph that is open.
pub(super) struct Line {
    /// What is read of it.
    pub block: ProjectedBlock,
    /// Whether it ends where it ends, on this side.
    pub ends: bool,
}

impl Line {
    /// A paragraph of which nothing is read but its properties.
    pub fn open(element: &Element<'_>, side: Side, styles: &Styles, numbering: &Numbering) -> Self {
        let properties = revision::properties(element, "pPr", side);
        let id = properties.and_then(|properties| properties.word("pStyle")).and_then(Element::value);
        let mut style = style(styles, id);
        if IN_CELLS.contains(&style.as_str())
            && let Some(alignment) = properties.and_then(|properties| properties.word("jc")).and_then(Element::value)
        {
            style = format!("{style} at {alignment}");
        }
        let mut block = ProjectedBlock::new(ProjectedKind::Paragraph, style);
        if !counts_by_style(styles, id) {
            block.list = properties.and_then(|properties| list(properties, numbering));
        }
        Self { block, ends: revision::ends(element, side) }
    }
}

/// A style by its name, as far as a writer chose it: headings are one whether they have a number or not, and so is running text.
fn style(styles: &Styles, id: Option<&str>) -> String {
    match styles.says(id) {
        Says::Role(Role::Heading(level)) => format!("heading {}", level.get()),
        Says::Role(_) | Says::Plain | Says::Apparatus => {
            let name = styles.name(id).unwrap_or("normal");
            if RUNNING.contains(&name) { String::new() } else { name.to_owned() }
        }
    }
}

/// Names of styles of what stands in cells: how it stands there belongs to a version, whether it was typed or follows from the numbers of its column.
const IN_CELLS: [&str; 2] = ["table text", "table header"];

/// Names of styles of running text, which differ by what stands around it.
const RUNNING: [&str; 5] = ["normal", "body text", "body numbered", "lead", "source"];

/// Whether what numbers a paragraph of a style is computed: a heading, or running text.
fn counts_by_style(styles: &Styles, id: Option<&str>) -> bool {
    let heading = matches!(styles.says(id), Says::Role(Role::Heading(_)));
    heading || styles.name(id).is_some_and(|name| matches!(name, "body numbered" | "lead"))
}

fn list(properties: &Element<'_>, numbering: &Numbering) -> Option<ProjectedList> {
    let numbers = properties.word("numPr")?;
    let value = |name: &str| numbers.word(name)?.value()?.parse::<u32>().ok();
    let instance = value("numId").filter(|id| *id != 0)?;
    let level = value("ilvl").unwrap_or_default() as usize;
    Some(ProjectedList { marker: numbering.marker(instance, level), level })
}

/// Whether a row heads its table.
pub(super) fn row(element: &Element<'_>, side: Side) -> &'static str {
    let properties = revision::properties(element, "trPr", side);
    let header = properties.and_then(|properties| properties.word("tblHeader"));
    if header.is_some_and(Element::switched_on) { "header" } else { "" }
}

/// How far a cell reaches.
pub(super) fn cell(element: &Element<'_>, side: Side) -> String {
    let Some(properties) = revision::properties(element, "tcPr", side) else { return String::new() };
    let across = properties.word("gridSpan").and_then(Element::value).filter(|span| *span != "1");
    let down = properties.word("vMerge").map(|merge| merge.attribute(Space::Word, "val").unwrap_or("continue"));
    let parts = [across.map(|span| format!("across {span}")), down.map(|merge| format!("down {merge}"))];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}
