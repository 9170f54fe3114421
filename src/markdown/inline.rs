//! comrak's inlines to ours.
//!
//! In: a node that holds inlines. Out: [`Event`]s in order, one per child, which [`super::leaf`]
//! makes into a tree together with what HTML tags open and close.

use comrak::Node;
use comrak::nodes::{NodeFootnoteReference, NodeLink, NodeValue, Sourcepos};

use super::depth::{self, FLATTENED};
use super::hygiene::{clean, needs_cleaning};
use super::reader::Reader;
use super::{attributes, formula, leaf, note};
use crate::diag::Code;
use crate::document::{Attributes, Image, Inline, InlineKind, Link};
use crate::source::Span;

/// What stands in a line, before tags are paired.
pub(super) enum Event {
    /// A node.
    Inline(Inline),
    /// A tag or comment.
    Html(String, Span),
    /// `[`, where `]{…}` follows.
    Open(Attributes, Span),
    /// `]{…}`.
    Close(Span),
}

/// The children of a node that stands `depth` inlines deep.
pub(super) fn events(reader: &mut Reader<'_>, parent: Node<'_>, depth: usize) -> Vec<Event> {
    let mut events = Vec::new();
    for child in parent.children() {
        event(reader, child, depth, &mut events);
    }
    events
}

fn event(reader: &mut Reader<'_>, node: Node<'_>, depth: usize, events: &mut Vec<Event>) {
    let at = node.data().sourcepos;
    if let NodeValue::HtmlInline(html) = &node.data().value {
        let span = reader.locate(at, html);
        return events.push(Event::Html(html.clone(), span));
    }
    let moved = matches!(node.data().value, NodeValue::Superscript | NodeValue::Subscript);
    if moved && has_space(node) {
        return literal(reader, node, depth, events);
    }
    if depth >= FLATTENED && is_container(node) {
        if depth == FLATTENED {
            let span = reader.locate_node(at);
            reader.diagnostics.push(depth::flattened(span));
        }
        return flat(reader, node, events);
    }
    if let Some((span, kind)) = inline(reader, node, depth) {
        let mut inline = reader.inline(span, kind);
        let held = inline.children().iter().map(|child| child.span).reduce(Span::to);
        // Behind link definitions comrak has a paragraph's inlines on the wrong line; its text is found again.
        inline.span = held.filter(|held| held.start < span.start || held.end > span.end).unwrap_or(span);
        events.push(Event::Inline(inline));
    }
}

#[expect(clippy::wildcard_enum_match_arm, reason = "comrak has kinds that our options never make")]
fn inline(reader: &mut Reader<'_>, node: Node<'_>, depth: usize) -> Option<(Span, InlineKind)> {
    let at = node.data().sourcepos;
    let value = node.data().value.clone();
    if let NodeValue::Text(text) = value {
        return Some(self::text(reader, at, &text));
    }
    let span = if let NodeValue::FootnoteReference(reference) = &value {
        note_span(reader, at, reference)
    } else {
        reader.locate_node(at)
    };
    let content = |reader: &mut Reader<'_>| leaf::content(reader, node, depth + 1);
    let kind = match value {
        NodeValue::SoftBreak => InlineKind::SoftBreak,
        NodeValue::LineBreak => InlineKind::LineBreak,
        NodeValue::Emph => InlineKind::Emphasis(content(reader)),
        NodeValue::Strong => InlineKind::Strong(content(reader)),
        NodeValue::Strikethrough => InlineKind::Strikethrough(content(reader)),
        NodeValue::Highlight => InlineKind::Highlight(content(reader)),
        NodeValue::Superscript => InlineKind::Superscript(content(reader)),
        NodeValue::Subscript => InlineKind::Subscript(content(reader)),
        NodeValue::Code(code) => self::code(reader, node, span, clean(code.literal)),
        NodeValue::Link(link) => InlineKind::Link(self::link(reader, node, *link, depth)),
        NodeValue::Image(link) => InlineKind::Image(image(node, *link)),
        NodeValue::FootnoteReference(reference) => note_reference(reader, &reference),
        NodeValue::Math(math) => formula::formula(math),
        _ => InlineKind::Span(Attributes::default(), content(reader)),
    };
    Some((span, kind))
}

fn text(reader: &mut Reader<'_>, at: Sourcepos, text: &str) -> (Span, InlineKind) {
    let span = reader.locate(at, text);
    if needs_cleaning(text) && !needs_cleaning(reader.place.text(span)) {
        reader.warn(Code::ControlCharacter, span, "this stands for a control character, which cannot be shown");
    }
    (span, InlineKind::Text(clean(text.to_owned())))
}

fn code(reader: &mut Reader<'_>, node: Node<'_>, span: Span, literal: String) -> InlineKind {
    let attributes = attributes::of_node(node);
    if attributes.is_empty() {
        return InlineKind::Code(literal);
    }
    let code = reader.inline(span, InlineKind::Code(literal));
    InlineKind::Span(attributes, vec![code])
}

fn link(reader: &mut Reader<'_>, node: Node<'_>, link: NodeLink, depth: usize) -> Link {
    Link {
        destination: clean(link.url),
        title: clean(link.title),
        attributes: attributes::of_node(node),
        content: leaf::content(reader, node, depth + 1),
    }
}

fn image(node: Node<'_>, link: NodeLink) -> Image {
    let mut attributes = attributes::of_node(node);
    let alternative = take(&mut attributes, "alt").unwrap_or_else(|| clean(node.collect_text()));
    let given = take(&mut attributes, "title").unwrap_or_default();
    let title = if link.title.is_empty() { given } else { clean(link.title) };
    Image { destination: clean(link.url), title, alternative, attributes, digest: None }
}

/// Takes a key's value out.
pub(super) fn take(attributes: &mut Attributes, key: &str) -> Option<String> {
    let at = attributes.pairs.iter().position(|(found, _)| found == key)?;
    Some(attributes.pairs.remove(at).1)
}

/// comrak's end of an inline note is that of its first line.
fn note_span(reader: &mut Reader<'_>, at: Sourcepos, reference: &NodeFootnoteReference) -> Span {
    let span = reader.locate_node(at);
    if !reference.texts.is_empty() {
        let typed = reader.place.text(span);
        let stands = typed.starts_with("[^") && typed.find(']') == Some(typed.len() - 1);
        return if stands { span } else { reader.locate(at, &format!("[^{}]", reference.name)) };
    }
    let whole = note::inline_span(reader, span).unwrap_or(span);
    reader.pass(whole);
    whole
}

fn note_reference(reader: &Reader<'_>, reference: &NodeFootnoteReference) -> InlineKind {
    let inline = reference.texts.is_empty();
    let found = if inline { reader.inline_notes.get(&reference.name) } else { reader.label(&reference.name) };
    found.map_or_else(|| InlineKind::Text(format!("[^{}]", clean(reference.name.clone()))), |id| InlineKind::Note(*id))
}

/// pandoc's rule: what is raised or lowered holds no space (`2^10 and 3^2`).
fn has_space(node: Node<'_>) -> bool {
    node.descendants().any(|inner| {
        let data = inner.data();
        let text = if let NodeValue::Text(text) = &data.value { text } else { "" };
        text.contains(char::is_whitespace) || matches!(data.value, NodeValue::SoftBreak | NodeValue::LineBreak)
    })
}

/// A raised or lowered text that is none: its marks are text.
fn literal(reader: &mut Reader<'_>, node: Node<'_>, depth: usize, events: &mut Vec<Event>) {
    let span = reader.locate_node(node.data().sourcepos);
    let mark = if matches!(node.data().value, NodeValue::Superscript) { "^" } else { "~" };
    let range = span.range();
    let open = reader.locate_near(reader.place.between(range.start, range.start + 1), mark);
    let open = reader.inline(open, InlineKind::Text(mark.to_owned()));
    events.push(Event::Inline(open));
    if depth >= FLATTENED {
        flat(reader, node, events);
    } else {
        events.extend(self::events(reader, node, depth + 1));
    }
    let close = reader.locate_near(reader.place.between(range.end.saturating_sub(1), range.end), mark);
    let close = reader.inline(close, InlineKind::Text(mark.to_owned()));
    events.push(Event::Inline(close));
}

/// The leaves of a node, links kept: however deep they stand, without recursion but into a link.
fn flat(reader: &mut Reader<'_>, node: Node<'_>, events: &mut Vec<Event>) {
    let mut stack: Vec<Node<'_>> = vec![node];
    while let Some(next) = stack.pop() {
        let value = next.data().value.clone();
        if let NodeValue::Link(link) = value {
            let (destination, title) = (clean(link.url), clean(link.title));
            let content = flat_content(reader, next);
            let link = Link { destination, title, attributes: attributes::of_node(next), content };
            let span = reader.locate_node(next.data().sourcepos);
            events.push(Event::Inline(reader.inline(span, InlineKind::Link(link))));
        } else if is_container(next) {
            let children: Vec<Node<'_>> = next.children().collect();
            stack.extend(children.into_iter().rev());
        } else {
            event(reader, next, 0, events);
        }
    }
}

fn flat_content(reader: &mut Reader<'_>, link: Node<'_>) -> Vec<Inline> {
    let mut events = Vec::new();
    for child in link.children() {
        flat(reader, child, &mut events);
    }
    let inlines = events.into_iter().filter_map(|event| match event {
        Event::Inline(inline) => Some(inline),
        Event::Html(..) | Event::Open(..) | Event::Close(_) => None,
    });
    inlines.collect()
}

/// Whether a node holds inlines of ours; an image's text is its alternative.
fn is_container(node: Node<'_>) -> bool {
    node.first_child().is_some() && !matches!(node.data().value, NodeValue::Image(_))
}
