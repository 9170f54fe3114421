//! Elements and Markdown to inlines.

use super::super::depth::{self, FLATTENED};
use super::super::inline::take;
use super::super::reader::Reader;
use super::super::text::Located;
use super::code;
use super::element::{Flow, Name};
use super::tree::{Element, Piece};
use crate::document::{
    Attributes, Block, BlockKind, Image, Inline, InlineKind, Link, plain_text, plain_text_of_blocks,
};
use crate::source::Span;

/// Pieces as inlines, `depth` inlines deep. What is a block stands in the line with a break around it.
pub(in super::super) fn inlines(reader: &mut Reader<'_>, pieces: Vec<Piece>, depth: usize) -> Vec<Inline> {
    let mut out = Vec::with_capacity(pieces.len());
    add(reader, pieces, depth, &mut out);
    out
}

/// As [`inlines`], behind those at hand: what is flattened hands nothing from depth to depth.
fn add(reader: &mut Reader<'_>, pieces: Vec<Piece>, depth: usize, out: &mut Vec<Inline>) {
    for piece in pieces {
        match piece {
            Piece::Inline(inline) => push(out, inline),
            Piece::Text(text, span) => line(reader, &text, span, out),
            Piece::Block(block) => block_in_line(reader, block, out),
            Piece::Element(element) => self::element(reader, element, depth, out),
            Piece::Break(_) => {}
        }
    }
}

/// A line of text between tags; its ending is a soft break.
fn line(reader: &mut Reader<'_>, text: &str, span: Span, out: &mut Vec<Inline>) {
    let begins = out.last().is_none_or(|last| matches!(last.kind, InlineKind::SoftBreak | InlineKind::LineBreak));
    let content = text.trim_end_matches(['\n', '\r']);
    let ends = content.len() < text.len();
    let end = if ends { content.trim_end_matches([' ', '\t']).len() } else { content.len() };
    let start = if begins { end - content[..end].trim_start_matches([' ', '\t']).len() } else { 0 };
    if start < end {
        let part = Located::new(&reader.place, span, content).part(start..end);
        let inline = reader.inline(part, InlineKind::Text(content[start..end].to_owned()));
        push(out, inline);
    }
    if ends && out.last().is_some_and(|last| !matches!(last.kind, InlineKind::SoftBreak | InlineKind::LineBreak)) {
        let end = Span { start: span.end, ..span };
        out.push(reader.inline(end, InlineKind::SoftBreak));
    }
}

/// Adds an inline. Text joins the text it stands beside; no space begins or ends a line, and where a comment
/// stood between two spaces one is enough.
fn push(out: &mut Vec<Inline>, mut inline: Inline) {
    let Some(last) = out.last_mut() else { return out.push(inline) };
    let joins = last.span.end == inline.span.start && last.span.file == inline.span.file;
    if let InlineKind::Text(more) = &inline.kind
        && let InlineKind::Text(text) = &mut last.kind
        && joins
    {
        text.push_str(more);
        last.span = last.span.to(inline.span);
        return;
    }
    if matches!(inline.kind, InlineKind::LineBreak) {
        trim_end(last);
    }
    let spaced = matches!(&last.kind, InlineKind::Text(text) if text.ends_with(' '));
    if spaced || matches!(last.kind, InlineKind::LineBreak) {
        trim_start(&mut inline);
    }
    if !matches!(&inline.kind, InlineKind::Text(text) if text.is_empty()) {
        out.push(inline);
    }
}

fn block_in_line(reader: &mut Reader<'_>, block: Block, out: &mut Vec<Inline>) {
    break_line(reader, block.span, out);
    if let BlockKind::Paragraph(content) = block.kind {
        out.extend(content);
        return;
    }
    let text = plain_text_of_blocks(std::slice::from_ref(&block)).replace('\n', " ");
    out.push(reader.inline(block.span, InlineKind::Text(text)));
}

fn break_line(reader: &mut Reader<'_>, span: Span, out: &mut Vec<Inline>) {
    if out.last().is_some_and(|last| !matches!(last.kind, InlineKind::SoftBreak | InlineKind::LineBreak)) {
        let start = Span { end: span.start, ..span };
        out.push(reader.inline(start, InlineKind::LineBreak));
    }
}

fn element(reader: &mut Reader<'_>, element: Element, depth: usize, out: &mut Vec<Inline>) {
    let Element { name, attributes, span, children, .. } = element;
    let kind = match name {
        Name::Break => InlineKind::LineBreak,
        Name::WordBreak => InlineKind::Text("\u{200b}".to_owned()),
        Name::Image => InlineKind::Image(image(attributes)),
        Name::Code | Name::Preformatted if code::holds_more(&children) => {
            let pieces = code::split(children, span);
            return out.extend(inlines(reader, pieces, depth));
        }
        Name::Code | Name::Script | Name::Preformatted => {
            InlineKind::Code(raw_text(&children).replace('\n', " ").trim().to_owned())
        }
        Name::Column | Name::ColumnGroup => return,
        Name::Anchor
        | Name::Emphasis
        | Name::Highlight
        | Name::Span
        | Name::Strikethrough
        | Name::Strong
        | Name::Subscript
        | Name::Superscript => {
            if depth == FLATTENED {
                reader.diagnostics.push(depth::flattened(span));
            }
            if depth >= FLATTENED {
                return add(reader, children, depth + 1, out);
            }
            let content = inlines(reader, children, depth + 1);
            if content.is_empty() && attributes.label.is_none() {
                return;
            }
            match wrap(name, attributes, content) {
                Ok(kind) => kind,
                Err(content) => return content.into_iter().for_each(|inline| push(out, inline)),
            }
        }
        Name::Rule
        | Name::Caption
        | Name::Cell
        | Name::Description
        | Name::DescriptionList
        | Name::Details
        | Name::Division
        | Name::Figure
        | Name::FigureCaption
        | Name::HeaderCell
        | Name::Heading(_)
        | Name::Item
        | Name::List
        | Name::OrderedList
        | Name::Paragraph
        | Name::Quote
        | Name::Row
        | Name::Section(_)
        | Name::Summary
        | Name::Table
        | Name::Term
        | Name::Unknown(Flow::Block) => {
            break_line(reader, span, out);
            return out.extend(inlines(reader, children, depth + 1));
        }
        Name::Unknown(Flow::Inline) => {
            let content = inlines(reader, children, depth + 1);
            return content.into_iter().for_each(|inline| push(out, inline));
        }
    };
    let inline = reader.inline(span, kind);
    push(out, inline);
}

/// Makes an inline of what it holds.
type Make = fn(Vec<Inline>) -> InlineKind;

/// Elements that are inlines of ours.
const KINDS: &[(Name, Make)] = &[
    (Name::Emphasis, InlineKind::Emphasis),
    (Name::Strong, InlineKind::Strong),
    (Name::Highlight, InlineKind::Highlight),
    (Name::Strikethrough, InlineKind::Strikethrough),
    (Name::Subscript, InlineKind::Subscript),
    (Name::Superscript, InlineKind::Superscript),
];

/// An element around its content, or the content where the element says nothing.
fn wrap(name: Name, mut attributes: Attributes, content: Vec<Inline>) -> Result<InlineKind, Vec<Inline>> {
    if name == Name::Anchor
        && let Some(destination) = take(&mut attributes, "href")
    {
        let title = take(&mut attributes, "title").unwrap_or_default();
        return Ok(InlineKind::Link(Link { destination, title, attributes, content }));
    }
    match KINDS.iter().find(|(element, _)| *element == name) {
        Some((_, kind)) => Ok(kind(content)),
        None if attributes.is_empty() => Err(content),
        None => Ok(InlineKind::Span(attributes, content)),
    }
}

fn image(mut attributes: Attributes) -> Image {
    let mut taken = |key| take(&mut attributes, key).unwrap_or_default();
    let (destination, alternative, title) = (taken("src"), taken("alt"), taken("title"));
    if let Some((_, width)) = attributes.pairs.iter_mut().find(|(key, _)| key == "width")
        && width.parse::<f64>().is_ok()
    {
        width.push_str("px");
    }
    Image { destination, title, alternative, attributes, digest: None }
}

/// An element of a line that holds blocks, around the lines within them.
pub(super) fn distribute(
    reader: &mut Reader<'_>,
    name: Name,
    attributes: &Attributes,
    span: Span,
    blocks: Vec<Block>,
) -> Vec<Block> {
    let mut blocks = blocks;
    for (at, block) in blocks.iter_mut().enumerate() {
        let content = match &mut block.kind {
            BlockKind::Paragraph(content) => content,
            BlockKind::Heading(heading) => &mut heading.content,
            BlockKind::List(_)
            | BlockKind::DescriptionList(_)
            | BlockKind::BlockQuote(_)
            | BlockKind::Box(_)
            | BlockKind::CodeBlock(_)
            | BlockKind::Figure(_)
            | BlockKind::Table(_)
            | BlockKind::ThematicBreak
            | BlockKind::Details(_)
            | BlockKind::Division(_)
            | BlockKind::Formula(_)
            | BlockKind::Bibliography(_) => continue,
        };
        let label = attributes.label.clone().filter(|_| at == 0);
        let attributes = Attributes { label, ..attributes.clone() };
        match wrap(name, attributes, std::mem::take(content)) {
            Ok(kind) => content.push(reader.inline(span, kind)),
            Err(inner) => *content = inner,
        }
    }
    blocks
}

/// What a caption's element says.
pub(super) fn caption(reader: &mut Reader<'_>, piece: Piece) -> (Span, Vec<Inline>) {
    match piece {
        Piece::Element(element) => (element.span, trimmed(inlines(reader, element.children, 0))),
        Piece::Block(block) => (block.span, Vec::new()),
        Piece::Break(span) => (span, Vec::new()),
        Piece::Inline(inline) => (inline.span, vec![inline]),
        Piece::Text(text, span) => {
            let text = reader.inline(span, InlineKind::Text(text));
            (span, vec![text])
        }
    }
}

/// Text as it stands, for what is set as code.
pub(super) fn raw_text(pieces: &[Piece]) -> String {
    let mut text = String::new();
    for piece in pieces {
        match piece {
            Piece::Inline(inline) => text.push_str(&plain_text(std::slice::from_ref(inline))),
            Piece::Block(block) => text.push_str(&plain_text_of_blocks(std::slice::from_ref(block))),
            Piece::Text(piece, _) => text.push_str(piece),
            Piece::Element(element) if element.name == Name::Break => text.push('\n'),
            Piece::Element(element) => text.push_str(&raw_text(&element.children)),
            Piece::Break(_) => {}
        }
    }
    text
}

/// Without white space and breaks at the start and the end.
pub(in super::super) fn trimmed(mut inlines: Vec<Inline>) -> Vec<Inline> {
    while let Some(last) = inlines.last_mut() {
        trim_end(last);
        if !is_blank(last) {
            break;
        }
        inlines.pop();
    }
    let mut blank = 0;
    for first in &mut inlines {
        trim_start(first);
        if !is_blank(first) {
            break;
        }
        blank += 1;
    }
    inlines.drain(..blank);
    inlines
}

const SPACE: [char; 4] = [' ', '\t', '\n', '\r'];

fn is_blank(inline: &Inline) -> bool {
    matches!(&inline.kind, InlineKind::Text(text) if text.is_empty())
        || matches!(inline.kind, InlineKind::SoftBreak | InlineKind::LineBreak)
}

fn trim_end(inline: &mut Inline) {
    let InlineKind::Text(text) = &mut inline.kind else { return };
    let cut = text.len() - text.trim_end_matches(SPACE).len();
    let range = inline.span.range();
    if range.len() == text.len() {
        inline.span = Span::new(inline.span.file, range.start, range.end - cut);
    }
    text.truncate(text.len() - cut);
}

fn trim_start(inline: &mut Inline) {
    let InlineKind::Text(text) = &mut inline.kind else { return };
    let cut = text.len() - text.trim_start_matches(SPACE).len();
    let range = inline.span.range();
    if range.len() == text.len() {
        inline.span = Span::new(inline.span.file, range.start + cut, range.end);
    }
    text.drain(..cut);
}
