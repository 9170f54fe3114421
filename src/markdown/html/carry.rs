//! Ids and languages of elements that become nodes which carry none: a group around or within them carries them.

use super::element::Name;
use super::tree::{Element, Piece};
use crate::document::Attributes;

/// The element, with what it cannot carry given to one that can.
pub(super) fn carried(mut element: Element) -> Element {
    if element.attributes.label.is_none() && element.attributes.language.is_none() {
        return element;
    }
    match element.name {
        Name::Emphasis
        | Name::Highlight
        | Name::Strikethrough
        | Name::Strong
        | Name::Subscript
        | Name::Superscript
        | Name::Code
        | Name::Break
        | Name::WordBreak => around(element, Name::Span),
        Name::Rule => around(element, Name::Division),
        Name::Unknown(_) | Name::Script => {
            let name = if element.block { Name::Division } else { Name::Span };
            around(element, name)
        }
        Name::Caption | Name::Description | Name::FigureCaption | Name::Summary | Name::Term => {
            let held = taken(&mut element);
            within(&mut element, held);
            element
        }
        Name::Cell | Name::HeaderCell => {
            let language = element.attributes.language.take();
            let label = element.attributes.label.clone().filter(|_| language.is_some());
            if language.is_some() {
                element.attributes.label = None;
                within(&mut element, Attributes { label, language, ..Attributes::default() });
            }
            element
        }
        Name::Row | Name::Section(_) => {
            let held = taken(&mut element);
            into_cells(&mut element.children, held);
            element
        }
        Name::Anchor
        | Name::Column
        | Name::ColumnGroup
        | Name::DescriptionList
        | Name::Details
        | Name::Division
        | Name::Figure
        | Name::Heading(_)
        | Name::Image
        | Name::Item
        | Name::List
        | Name::OrderedList
        | Name::Paragraph
        | Name::Preformatted
        | Name::Quote
        | Name::Span
        | Name::Table => element,
    }
}

fn taken(element: &mut Element) -> Attributes {
    let (label, language) = (element.attributes.label.take(), element.attributes.language.take());
    Attributes { label, language, ..Attributes::default() }
}

fn around(mut element: Element, name: Name) -> Element {
    let attributes = taken(&mut element);
    let Element { span, block, markdown, .. } = element;
    let typed = element.typed.clone();
    Element { name, typed, attributes, span, children: vec![Piece::Element(element)], block, markdown }
}

fn within(element: &mut Element, attributes: Attributes) {
    let children = std::mem::take(&mut element.children);
    let block = children.iter().any(Piece::holds_block);
    let markdown = children.iter().any(Piece::holds_markdown);
    let name = if block { Name::Division } else { Name::Span };
    let (typed, span) = (element.typed.clone(), element.span);
    element.children.push(Piece::Element(Element { name, typed, attributes, span, children, block, markdown }));
}

/// A row's or section's id is its first cell's; its language is each cell's.
fn into_cells(pieces: &mut [Piece], mut held: Attributes) {
    for piece in pieces {
        let Piece::Element(element) = piece else { continue };
        if matches!(element.name, Name::Cell | Name::HeaderCell) {
            within(element, held.clone());
        } else {
            into_cells(&mut element.children, held.clone());
        }
        held.label = None;
        if held.language.is_none() {
            return;
        }
    }
}
