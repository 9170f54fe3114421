//! What an element is, by its name and classes.

use scraper::node::Element;

use crate::inspect::html::element;

/// Classes of what is written for readers, or computed.
pub(super) const LEFT_OUT: &[&str] =
    &["change-label", "change-number", "unseen", "permalink", "number", "task-box", "task-state", "label"];

pub(super) fn has(element: &Element, class: &str) -> bool {
    element.classes().any(|name| name == class)
}

/// Whether a line ends where an element begins or ends.
pub(super) fn is_block(element: &Element) -> bool {
    let named = matches!(
        element.name(),
        "p" | "div"
            | "ul"
            | "ol"
            | "li"
            | "dl"
            | "dt"
            | "dd"
            | "blockquote"
            | "pre"
            | "figure"
            | "figcaption"
            | "table"
    ) || matches!(
        element.name(),
        "caption" | "thead" | "tbody" | "tr" | "td" | "th" | "hr" | "details" | "summary" | "section"
    );
    named || element::is_heading(element) || has(element, "block")
}

/// Whether an element is that of a paragraph.
pub(super) fn ends_paragraph(element: &Element) -> bool {
    element.name() == "p" || element::is_heading(element)
}

/// Whether an element is that of a block which may have had another form.
pub(super) fn takes_form(element: &Element) -> bool {
    matches!(element.name(), "p" | "ul" | "ol" | "figure" | "pre" | "table")
        || element::is_heading(element)
        || has(element, "box")
}

/// How items of a list are marked.
pub(super) fn marker(list: &Element) -> String {
    match list.name() {
        "ol" => format!("ol {}", list.attr("type").unwrap_or("1")),
        _ => "ul".to_owned(),
    }
}

/// How far a cell reaches.
pub(super) fn span(cell: &Element) -> String {
    let of = |name: &str| cell.attr(name).unwrap_or("1");
    format!("{}x{}", of("colspan"), of("rowspan"))
}
