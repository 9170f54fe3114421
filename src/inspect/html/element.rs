//! What an element means: a role, a marker.

use scraper::node::Element;

use crate::document::{HeadingLevel, Role};
use crate::inspect::numeral;

/// Counts the items of a list.
#[derive(Debug, Clone)]
pub(super) enum Counter {
    /// `ul`.
    Bullet,
    /// `ol`, with the next number and its `type`.
    Number(i64, char),
    /// The list of notes: numbers from the items' ids.
    Notes,
}

impl Counter {
    /// Of a list element.
    pub fn of(list: &Element, notes: bool) -> Self {
        match list.name() {
            _ if notes => Self::Notes,
            "ol" => {
                let start = list.attr("start").and_then(|start| start.parse().ok()).unwrap_or(1);
                Self::Number(start, list.attr("type").and_then(|kind| kind.chars().next()).unwrap_or('1'))
            }
            _ => Self::Bullet,
        }
    }

    /// The marker of its next item: as the item says (`data-marker`), else as a browser computes it.
    pub fn next(&mut self, item: &Element) -> Option<String> {
        let class = |name: &str| item.classes().any(|class| class == name);
        let task = class("task").then_some(if class("done") { "☑" } else { "☐" });
        let said = task.or(item.attr("data-marker")).map(str::to_owned);
        let computed = match self {
            Self::Bullet => Some("•".to_owned()),
            Self::Notes => item.id().and_then(|id| id.rsplit('-').next()).map(str::to_owned),
            Self::Number(next, kind) => {
                let number = item.attr("value").and_then(|value| value.parse().ok()).unwrap_or(*next);
                *next = number.saturating_add(1);
                Some(format!("{}.", ordinal(number, *kind)))
            }
        };
        said.or(computed)
    }
}

fn ordinal(number: i64, kind: char) -> String {
    let Ok(positive @ 1..) = u32::try_from(number) else { return number.to_string() };
    match kind {
        'a' => numeral::letters(positive),
        'A' => numeral::letters(positive).to_uppercase(),
        'i' => numeral::roman(positive),
        'I' => numeral::roman(positive).to_uppercase(),
        _ => number.to_string(),
    }
}

/// Whether it is a heading.
pub(super) fn is_heading(element: &Element) -> bool {
    matches!(element.name(), "h1" | "h2" | "h3" | "h4" | "h5" | "h6") || element.attr("role") == Some("heading")
}

/// What a block element says of the text within; `titled` pages have their title as `h1`, so that a heading of
/// level 1 is an `h2`.
pub(super) fn role(element: &Element, titled: bool) -> Option<Role> {
    let class = |name: &str| element.classes().any(|class| class == name);
    if let Some((_, role)) = CLASSES.iter().find(|(name, _)| class(name)) {
        return Some(*role);
    }
    match element.name() {
        _ if is_heading(element) => Some(Role::Heading(level(element, titled))),
        "dt" => Some(Role::Term),
        "dd" => Some(Role::Description),
        "blockquote" => Some(Role::Quote),
        "pre" => Some(Role::Code),
        "figcaption" | "caption" => Some(Role::Caption),
        "th" => Some(Role::TableHeader),
        "td" => Some(Role::TableCell),
        _ => None,
    }
}

const CLASSES: &[(&str, Role)] = &[
    ("title", Role::Title),
    ("subtitle", Role::Subtitle),
    ("cover", Role::Cover),
    ("lead", Role::Lead),
    ("bibliography", Role::Bibliography),
    ("box-label", Role::BoxLabel),
    ("box-title", Role::BoxTitle),
    ("box", Role::BoxBody),
];

fn level(element: &Element, titled: bool) -> HeadingLevel {
    let said = element.attr("aria-level").and_then(|level| level.parse::<u8>().ok());
    let named = element.name().strip_prefix('h').and_then(|level| level.parse::<u8>().ok());
    HeadingLevel::new(said.or(named).unwrap_or(1).saturating_sub(u8::from(titled)))
}
