//! What an open element makes of what is within.

use scraper::node::Element;

use super::shape::has;
use super::was::{self, Was};
use crate::document::Side;
use crate::inspect::html::element;

/// What holds for text.
#[derive(Debug, Clone, Default)]
pub(super) struct Context {
    /// The style of lines.
    pub style: String,
    /// The element that shows the nearest block, by its key.
    pub key: Option<u32>,
    /// Formats, the outermost first.
    pub formats: Vec<String>,
    /// Whether these are all: what elements within say holds on the other side.
    pub settled: bool,
    /// Where it leads.
    pub link: Option<String>,
    /// Whether white space stands as it is.
    pub verbatim: bool,
    /// Within a row that heads its table.
    pub is_head: bool,
    /// Within a box whose label was typed.
    pub is_statement: bool,
    /// How items of the list around are marked.
    pub marker: String,
    /// Lists around.
    pub depth: usize,
    /// The alternative text that a picture had.
    pub alternative: Option<String>,
}

/// A list item that is open.
#[derive(Debug, Clone)]
pub(super) struct Item {
    /// How it is marked.
    pub marker: String,
    /// Its level, from 0, where that is not that of its list.
    pub level: Option<usize>,
    /// Whether a line of it was read.
    pub begun: bool,
}

impl Context {
    /// That of what stands within an element.
    pub fn within(mut self, element: &Element, side: Side) -> Self {
        if let Some(key) = element.attr("data-node").and_then(|key| key.parse().ok()) {
            self.key = Some(key);
        }
        if side == Side::Old && has(element, "reformatted") && element.name() == "span" {
            self.formats = was::formats(element.attr("data-was").unwrap_or_default());
            self.settled = true;
        }
        self.link = link(element).or(self.link);
        match element.name() {
            "pre" => (self.style, self.verbatim) = ("code".to_owned(), true),
            "thead" => self.is_head = true,
            "tbody" => self.is_head = false,
            "ul" | "ol" => self.depth += 1,
            "em" | "strong" | "s" | "mark" | "sup" | "sub" | "code" if !self.settled && !self.verbatim => {
                self.formats.push(element.name().to_owned());
            }
            "span" | "a" if !self.settled => self.formats.extend(element.attr("lang").map(|tag| format!("lang={tag}"))),
            _ => {}
        }
        self
    }

    /// Takes the style that a block gives to what is within, or what it was.
    pub fn take_form(&mut self, element: &Element, was: Option<Was>) {
        let own = style(element);
        self.is_statement = if has(element, "box") { has(element, "box-statement") } else { self.is_statement };
        match was {
            Some(Was::Style(style)) => self.style = style,
            Some(Was::Figure(alternative)) => (self.style, self.alternative) = ("figure".to_owned(), Some(alternative)),
            Some(Was::List(_) | Was::Task(_) | Was::Level { .. } | Was::Cell { .. } | Was::Other) | None => {
                self.style = own.unwrap_or(std::mem::take(&mut self.style));
            }
        }
    }

    /// Formats, each once, sorted.
    pub fn sorted_formats(&self) -> Vec<String> {
        let mut formats = self.formats.clone();
        formats.sort();
        formats.dedup();
        formats
    }
}

/// Where an element leads: an address, or `#` within the page, or nowhere any more.
fn link(element: &Element) -> Option<String> {
    match element.name() {
        "a" => {
            let address = element.attr("href")?;
            Some(if address.starts_with('#') { "#".to_owned() } else { address.to_owned() })
        }
        "span" if has(element, "dead-link") => Some("#".to_owned()),
        _ => None,
    }
}

/// The style that a block gives to lines within; none where it leaves that to what is around.
fn style(element: &Element) -> Option<String> {
    if element::is_heading(element) {
        return Some("heading".to_owned());
    }
    let class = |class: &str| has(element, class).then(|| class.to_owned());
    if has(element, "box") {
        return element.classes().find(|name| name.starts_with("box-")).map(str::to_owned);
    }
    match element.name() {
        "dt" => Some("term".to_owned()),
        "dd" => Some("description".to_owned()),
        "blockquote" => Some("quote".to_owned()),
        "summary" => Some("summary".to_owned()),
        "figure" => Some("figure".to_owned()),
        "figcaption" | "caption" => Some("caption".to_owned()),
        "td" | "th" => Some(String::new()),
        // The label of a statement is its title.
        "p" if has(element, "box-label") => Some("box-title".to_owned()),
        _ => class("box-title").or_else(|| class("formula")),
    }
}
