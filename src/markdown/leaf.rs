//! Blocks that hold a line of text: paragraphs, headings, cells, captions, titles.
//!
//! In: the node, or text that stands within an attribute. Out: inlines, tags paired and spans
//! in brackets made; for a paragraph, blocks, since HTML within it may make several.

use std::mem;

use comrak::nodes::NodeValue;
use comrak::{Arena, Node};

use super::html::{self, Piece, Tree};
use super::inline::{self, Event};
use super::reader::Reader;
use super::text::Located;
use super::{attributes, bracket, dialect, formula, note, syntax};
use crate::document::{Attributes, Inline, InlineKind};
use crate::source::Span;

/// The inlines of a heading or another block that holds nothing else.
pub(super) fn leaf(reader: &mut Reader<'_>, node: Node<'_>) -> Vec<Inline> {
    let span = reader.leaf_span(node);
    let content = reader.within(span, |reader| content(reader, node, 0));
    html::trimmed(content)
}

/// The inlines in a node that stands `depth` inlines deep.
pub(super) fn content(reader: &mut Reader<'_>, node: Node<'_>, depth: usize) -> Vec<Inline> {
    let pieces = pieces(reader, node, depth);
    html::inlines(reader, pieces, depth)
}

/// The inlines in a node, with elements that may hold blocks.
pub(super) fn pieces(reader: &mut Reader<'_>, node: Node<'_>, depth: usize) -> Vec<Piece> {
    let events = inline::events(reader, node, depth);
    let events = bracket::spans(reader, events);
    let mut tree = Tree::new(depth);
    for event in events {
        match event {
            Event::Inline(inline) => tree.push(Piece::Inline(inline)),
            Event::Html(html, span) => html::read_inline(reader, &mut tree, &html, span),
            Event::Open(attributes, span) => tree.open_span(reader, attributes, span),
            Event::Close(span) => tree.close_span(reader, span),
        }
    }
    tree.finish(reader)
}

/// A paragraph: itself, a figure, or what HTML in it makes of it.
pub(super) fn paragraph(reader: &mut Reader<'_>, node: Node<'_>, depth: usize) -> Vec<Piece> {
    let span = reader.leaf_span(node);
    dialect::pipe_table::paragraph(reader, span);
    let blocks = reader.within(span, |reader| {
        let pieces = pieces(reader, node, 0);
        if pieces.iter().any(Piece::holds_block) {
            return html::blocks(reader, pieces, depth);
        }
        let content = html::inlines(reader, pieces, 0);
        let content = html::trimmed(content);
        formula::paragraph(reader, span, content)
    });
    blocks.into_iter().map(Piece::Block).collect()
}

/// The inlines of a text that is one line of the draft, at `span`, or made of what stands there.
pub(super) fn fragment(reader: &mut Reader<'_>, text: &str, span: Span) -> Vec<Inline> {
    // Before a parenthesis no line begins a block, and `_`, `*` and addresses are what they are at its start.
    let line: String = format!("({text}").replace(['\n', '\r'], " ");
    let start = span.range().start;
    let verbatim = start > 0 && reader.place.text(span) == text;
    let place = if verbatim { reader.place.line(start - 1) } else { reader.place.somewhere(span) };
    let outer = mem::replace(&mut reader.place, place);
    let notes = mem::take(&mut reader.inline_notes);
    let arena = Arena::new();
    let root = syntax::line(&arena, &line, &reader.definitions);
    let content = reader.within(span, |reader| {
        note::define(reader, root);
        root.first_child().map(|paragraph| {
            without_first(paragraph);
            content(reader, paragraph, 0)
        })
    });
    note::read(reader, root);
    reader.inline_notes = notes;
    reader.place = outer;
    html::trimmed(content.unwrap_or_default())
}

/// Takes the first byte of a paragraph out again.
fn without_first(paragraph: Node<'_>) {
    let Some(first) = paragraph.first_child() else { return };
    let mut data = first.data_mut();
    data.sourcepos.start.column += 1;
    let NodeValue::Text(text) = &mut data.value else { return };
    let rest = text.get(1..).unwrap_or_default().to_owned();
    let empty = rest.is_empty();
    *text = rest.into();
    drop(data);
    if empty {
        first.detach();
    }
}

/// Takes attributes off the end of a line, where comrak has not; adds them to those there are.
pub(super) fn trailing_attributes(
    reader: &mut Reader<'_>,
    mut content: Vec<Inline>,
    mut found: Attributes,
) -> (Vec<Inline>, Attributes) {
    let Some(last) = content.last_mut() else { return (content, found) };
    let InlineKind::Text(text) = &mut last.kind else { return (content, found) };
    let Some(at) = text.rfind('{').filter(|_| text.ends_with('}')) else { return (content, found) };
    let at = outermost(text, at);
    let located = Located::new(&reader.place, last.span, text);
    if located.is_escaped(at) {
        return (content, found);
    }
    let separate = at == 0 || text[..at].ends_with(char::is_whitespace);
    match attributes::parse(&text[at..]).filter(|parsed| separate && at + parsed.len == text.len()) {
        Some(parsed) => {
            last.span = located.part(0..at);
            text.truncate(at);
            found = attributes::merged(found, parsed.attributes);
        }
        None if attributes::is_attempt(&text[at..]) => {
            let span = located.part(at..text.len());
            reader.refuse_attributes(span);
        }
        None => {}
    }
    (html::trimmed(content), found)
}

/// Where attributes begin whose values hold braces themselves.
fn outermost(text: &str, last: usize) -> usize {
    let begins = |at: &usize| attributes::parse(&text[*at..]).is_some_and(|parsed| at + parsed.len == text.len());
    text.match_indices('{').map(|(at, _)| at).find(begins).unwrap_or(last)
}
