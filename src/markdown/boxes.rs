//! Boxes: `:::` with attributes, and GFM's alerts.

use comrak::Node;
use comrak::nodes::{AlertType, NodeAlert, NodeValue};

use super::attributes::{self, Parsed};
use super::hygiene::clean;
use super::reader::Reader;
use super::{block, caption, leaf};
use crate::diag::{Code, nearest};
use crate::document::{Attributes, Block, BlockKind, Box as Boxed, BoxKind, Inline, TableFile};
use crate::source::Span;

/// The classes that make a box.
pub(super) const NAMES: &[&str] =
    &["recommendation", "statement", "problem", "box", "note", "tip", "important", "warning", "caution"];

/// A group on a page of its own that lies on its side: no box.
const LANDSCAPE: &str = "landscape";

/// A table whose rows lie in a file, or a group around one that is typed: no box.
const TABLE: &str = "table";

/// `> [!NOTE] Title`.
pub(super) fn alert(reader: &mut Reader<'_>, node: Node<'_>, alert: &NodeAlert, depth: usize) -> Block {
    let span = reader.span(node.data().sourcepos);
    let kind = match alert.alert_type {
        AlertType::Note => BoxKind::Note,
        AlertType::Tip => BoxKind::Tip,
        AlertType::Important => BoxKind::Important,
        AlertType::Warning => BoxKind::Warning,
        AlertType::Caution => BoxKind::Caution,
    };
    let line = reader.place.line_span(reader.place.line_number(node.data().sourcepos.start.line));
    let title = alert.title.as_ref().map(|title| {
        let behind = reader.place.text(line).find("[!").zip(reader.place.text(line).rfind(title.as_str()));
        let stands = behind.filter(|(mark, at)| mark < at).map_or(line, |(_, at)| {
            let start = line.range().start + at;
            reader.place.between(start, start + title.len())
        });
        leaf::fragment(reader, &clean(title.clone()), stands)
    });
    let blocks = block::blocks(reader, node, depth + 1);
    reader.plain_block(span, BlockKind::Box(Boxed { kind, title, blocks }))
}

/// `::: {.note #id title="Title"}`.
pub(super) fn directive(reader: &mut Reader<'_>, node: Node<'_>, depth: usize) -> Block {
    let span = reader.span(node.data().sourcepos);
    let opening = Opening::read(reader, node);
    if !opening.closed {
        let hint = "close it with a line of `:::`; what follows is in the box until then";
        reader.warn_with(Code::UnclosedBox, opening.line, "this box is never closed", hint);
    }
    let title = opening.title(reader);
    let path = opening.attributes.get("src").filter(|_| opening.attributes.has_class(TABLE)).map(str::to_owned);
    reader.awaits_caption = path.is_some();
    let blocks = block::blocks(reader, node, depth + 1);
    reader.awaits_caption = false;
    if let Some(path) = path {
        let file = TableFile { path, span: opening.line };
        return caption::table_from_file(reader, span, opening.attributes, file, title, blocks);
    }
    let is_group = opening.attributes.classes.iter().all(|class| class == LANDSCAPE || class == TABLE);
    if is_group && title.is_none() {
        return reader.block(span, opening.attributes, BlockKind::Division(blocks));
    }
    let known = opening.attributes.classes.iter().find_map(|class| kind(class));
    if known.is_none() {
        let message = match opening.attributes.classes.first() {
            Some(class) => format!("no box is called `{class}`; it is shown as a note"),
            None => "a box with a title needs a class; it is shown as a note".to_owned(),
        };
        if opening.refused.is_none() {
            let names = || NAMES.iter().copied().chain([LANDSCAPE, TABLE]);
            let near = opening.attributes.classes.first().and_then(|class| nearest(class, names()));
            let known = || format!("boxes are {}", NAMES.join(", "));
            let hint = near.map_or_else(known, |near| format!("did you mean `{near}`?"));
            reader.warn_with(Code::UnknownBox, opening.line, message, &hint);
        }
    }
    let boxed = Boxed { kind: known.unwrap_or(BoxKind::Note), title, blocks };
    reader.block(span, opening.attributes, BlockKind::Box(boxed))
}

/// Lines of `:::` that close nothing.
pub(super) fn report_strays(reader: &mut Reader<'_>) {
    for &line in reader.fences.strays() {
        let span = reader.place.line_span(line);
        let hint = "delete it, or write what it closes above, like `::: {.note}`";
        reader.warn_with(Code::UnclosedBox, span, "this closes no box, and is text", hint);
    }
}

/// The title as typed, for a box that is flattened.
pub(super) fn typed_title(reader: &Reader<'_>, node: Node<'_>) -> Option<String> {
    if let NodeValue::Alert(alert) = &node.data().value {
        return alert.title.clone();
    }
    let is_box = matches!(node.data().value, NodeValue::BlockDirective(_));
    let title = Opening::read(reader, node).title.filter(|_| is_box)?;
    Some(reader.place.text(title).to_owned())
}

/// The box that a class names.
pub(super) fn kind(class: &str) -> Option<BoxKind> {
    match class.strip_prefix("callout-").unwrap_or(class) {
        "recommendation" => Some(BoxKind::Recommendation),
        "statement" | "problem" => Some(BoxKind::Statement),
        "box" => Some(BoxKind::Numbered),
        "note" => Some(BoxKind::Note),
        "tip" => Some(BoxKind::Tip),
        "important" => Some(BoxKind::Important),
        "warning" => Some(BoxKind::Warning),
        "caution" => Some(BoxKind::Caution),
        _ => None,
    }
}

/// The line that opens a box.
struct Opening {
    line: Span,
    closed: bool,
    attributes: Attributes,
    title: Option<Span>,
    refused: Option<Span>,
}

impl Opening {
    fn read(reader: &Reader<'_>, node: Node<'_>) -> Self {
        let number = reader.place.line_number(node.data().sourcepos.start.line);
        let line = reader.place.line_span(number);
        let opening = reader.fences.opening(number);
        let behind = line.range().start + opening.map_or(0, |opening| opening.info);
        let info = trimmed(reader, reader.place.between(behind, line.range().end));
        let closed = opening.is_none_or(|opening| opening.closed);
        let mut read = Self { line, closed, attributes: Attributes::default(), title: None, refused: None };
        read.info(reader, info);
        read
    }

    /// `{…}`, `name`, `name {…}`, `name Title` or `name[Title]`.
    fn info(&mut self, reader: &Reader<'_>, info: Span) {
        let text = reader.place.text(info);
        let at = |from: usize, to: usize| reader.place.between(info.range().start + from, info.range().start + to);
        let brace = text.find('{');
        let parsed = brace.and_then(|brace| Some((brace, attributes::parse(&text[brace..])?)));
        let (word, after) = match parsed {
            Some((brace, Parsed { attributes, title, len })) => {
                self.attributes = attributes;
                self.title = title.map(|title| at(brace + title.start, brace + title.end));
                (text[..brace].trim_end(), brace + len)
            }
            None if brace == Some(0) => {
                self.refused = Some(info);
                self.title = Some(info);
                return;
            }
            None => {
                let end = text.find(|c: char| !c.is_alphanumeric() && !"-_".contains(c)).unwrap_or(text.len());
                (&text[..end], end)
            }
        };
        if !word.is_empty() {
            self.attributes.classes.insert(0, clean(word.to_owned()));
        }
        let rest = trimmed(reader, at(after, text.len()));
        let rest = unbracketed(reader, rest);
        if !rest.range().is_empty() && self.title.is_none() {
            self.title = Some(rest);
        }
    }

    fn title(&self, reader: &mut Reader<'_>) -> Option<Vec<Inline>> {
        if let Some(span) = self.refused {
            reader.refuse_attributes(span);
        }
        let span = self.title.filter(|title| !title.range().is_empty())?;
        Some(leaf::fragment(reader, &clean(reader.place.text(span).to_owned()), span))
    }
}

fn trimmed(reader: &Reader<'_>, span: Span) -> Span {
    let text = reader.place.text(span).trim_ascii_end();
    let bare = text.trim_end_matches(':');
    let text = if text.len() - bare.len() < 3 { text } else { bare.trim_end() };
    let start = span.range().start + text.len() - text.trim_ascii_start().len();
    reader.place.between(start, span.range().start + text.len())
}

fn unbracketed(reader: &Reader<'_>, span: Span) -> Span {
    let text = reader.place.text(span);
    match text.strip_prefix('[').and_then(|text| text.strip_suffix(']')) {
        Some(inner) => reader.place.between(span.range().start + 1, span.range().start + 1 + inner.len()),
        None => span,
    }
}
