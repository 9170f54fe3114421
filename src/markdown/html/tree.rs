//! Tags paired, with the Markdown that stands between them.
//!
//! In: tags, text and finished nodes in order. Out: [`Piece`]s. What opens in one HTML block and closes in
//! another of the same container belongs together (CommonMark 4.6).

use std::ops::Range;

use super::super::depth::{self, REFUSED};
use super::super::entity;
use super::super::hygiene::clean;
use super::super::reader::Reader;
use super::carry::carried;
use super::element::{self, Flow, Name};
use super::token::{Tag, Token, tokens};
use crate::diag::Code;
use crate::document::{Attributes, Block, Inline, InlineKind};
use crate::source::Span;

/// Something in a line or among blocks.
#[derive(Debug)]
pub(in super::super) enum Piece {
    /// A node of Markdown.
    Inline(Inline),
    /// A block of Markdown.
    Block(Block),
    /// Text between tags, line endings and all.
    Text(String, Span),
    /// An element.
    Element(Element),
    /// Where a paragraph ends: between blocks of HTML.
    Break(Span),
}

impl Piece {
    fn span(&self) -> Span {
        match self {
            Self::Inline(inline) => inline.span,
            Self::Block(block) => block.span,
            Self::Text(_, span) | Self::Break(span) => *span,
            Self::Element(element) => element.span,
        }
    }

    /// Tells an element of a wanted name from the rest.
    pub(super) fn named(self, wanted: impl Fn(Name) -> bool) -> Named {
        match self {
            Self::Element(element) if wanted(element.name) => Named::Element(element),
            Self::Inline(_) | Self::Block(_) | Self::Text(..) | Self::Element(_) | Self::Break(_) => Named::Other(self),
        }
    }

    /// The element, if it is one.
    pub(super) fn as_element(&self) -> Option<&Element> {
        if let Self::Element(element) = self { Some(element) } else { None }
    }

    /// Whether it is a block of Markdown.
    pub(super) fn is_markdown(&self) -> bool {
        matches!(self, Self::Block(_))
    }

    /// Whether it is or holds a block of Markdown.
    pub(super) fn holds_markdown(&self) -> bool {
        self.is_markdown() || self.as_element().is_some_and(|element| element.markdown)
    }

    /// Whether nothing of it is seen.
    pub(super) fn is_blank(&self) -> bool {
        match self {
            Self::Text(text, _) => text.trim().is_empty(),
            Self::Break(_) => true,
            Self::Inline(_) | Self::Block(_) | Self::Element(_) => false,
        }
    }

    /// Whether it is or holds what cannot stand in a line.
    pub(in super::super) fn holds_block(&self) -> bool {
        match self {
            Self::Block(_) => true,
            Self::Element(element) => element.block,
            Self::Inline(_) | Self::Text(..) | Self::Break(_) => false,
        }
    }
}

/// A piece, as [`Piece::named`] tells it.
pub(super) enum Named {
    /// An element of a wanted name.
    Element(Element),
    /// Anything else.
    Other(Piece),
}

/// An element with what it holds.
#[derive(Debug)]
pub(in super::super) struct Element {
    pub(super) name: Name,
    /// As typed, for messages.
    pub(super) typed: String,
    pub(super) attributes: Attributes,
    pub(super) span: Span,
    pub(super) children: Vec<Piece>,
    /// Whether it cannot stand in a line.
    pub(super) block: bool,
    /// Whether it holds a block of Markdown.
    pub(super) markdown: bool,
}

/// Elements that are open, and what is complete.
pub(in super::super) struct Tree {
    open: Vec<Element>,
    done: Vec<Piece>,
    /// Containers around the tree.
    outer: usize,
    refused: bool,
}

impl Tree {
    /// An empty one, `outer` containers deep.
    pub(in super::super) fn new(outer: usize) -> Self {
        Self { open: Vec::new(), done: Vec::new(), outer, refused: false }
    }

    /// How many elements are open.
    pub(in super::super) fn depth(&self) -> usize {
        self.open.len()
    }

    /// Adds a piece where the tree is open.
    pub(in super::super) fn push(&mut self, piece: Piece) {
        match self.open.last_mut() {
            Some(element) => {
                element.block |= piece.holds_block();
                element.markdown |= piece.holds_markdown();
                element.children.push(piece);
            }
            None => self.done.push(piece),
        }
    }

    /// Adds several.
    pub(in super::super) fn extend(&mut self, pieces: Vec<Piece>) {
        for piece in pieces {
            self.push(piece);
        }
    }

    /// Opens a span in brackets.
    pub(in super::super) fn open_span(&mut self, reader: &mut Reader<'_>, attributes: Attributes, span: Span) {
        self.open(reader, Name::Span, Flow::Inline, "[", attributes, span);
    }

    /// Closes a span in brackets.
    pub(in super::super) fn close_span(&mut self, reader: &mut Reader<'_>, span: Span) {
        if let Some(at) = self.open.iter().rposition(|element| element.typed == "[") {
            self.close_to(reader, at, span);
        }
    }

    /// All of it; what is still open ends here.
    pub(in super::super) fn finish(mut self, reader: &mut Reader<'_>) -> Vec<Piece> {
        while let Some(element) = self.open.last() {
            let span = element.span;
            self.report_unclosed(reader, self.open.len() - 1);
            self.close_last(span);
        }
        self.done
    }

    fn open(
        &mut self,
        reader: &mut Reader<'_>,
        name: Name,
        flow: Flow,
        typed: &str,
        attributes: Attributes,
        span: Span,
    ) {
        if self.outer + self.open.len() >= REFUSED {
            if !self.refused {
                reader.diagnostics.push(depth::refusal(span));
            }
            self.refused = true;
            return;
        }
        let (typed, children) = (typed.to_owned(), Vec::new());
        let block = flow == Flow::Block;
        self.open.push(Element { name, typed, attributes, span, children, block, markdown: false });
    }

    fn close_last(&mut self, end: Span) {
        if let Some(mut element) = self.open.pop() {
            let held = element.children.last().map_or(end, Piece::span);
            element.span = element.span.to(held).to(end);
            self.push(Piece::Element(carried(element)));
        }
    }

    fn close_to(&mut self, reader: &mut Reader<'_>, at: usize, end: Span) {
        while self.open.len() > at + 1 {
            self.report_unclosed(reader, self.open.len() - 1);
            let last = self.open[self.open.len() - 1].span;
            self.close_last(last);
        }
        self.close_last(end);
    }

    fn report_unclosed(&self, reader: &mut Reader<'_>, at: usize) {
        let element = &self.open[at];
        if !self.refused && !element.name.ends_by_itself() && element.typed != "[" {
            let message = format!("`<{}>` is never closed", element.typed);
            reader.warn(Code::UnbalancedHtml, element.span, message);
        }
    }

    fn start_tag(&mut self, reader: &mut Reader<'_>, tag: &Tag<'_>, stands: Flow, span: Span) {
        let lower = tag.name();
        if !element::is_html(&lower) {
            return self.as_text(reader, span);
        }
        let name = Name::of(&lower);
        while let Some(last) = self.open.last().filter(|last| last.name.ends_before(name)) {
            let end = last.span;
            self.close_last(end);
        }
        let read = element::read(name, tag);
        let lost = read.lost.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ");
        if let Name::Unknown(_) | Name::Script = name {
            let but = if lost.is_empty() { String::new() } else { format!(", its {lost} is not") };
            let message = format!("`<{}>` is not shown; its text is kept{but}", tag.typed);
            reader.warn(Code::UnknownHtml, span, message);
        } else if !lost.is_empty() {
            let message = format!("{lost} of `<{}>` is left out", tag.typed);
            reader.warn_with(Code::UnknownHtml, span, message, "how things look is the style's to say");
        }
        let depth = self.open.len();
        // A script within a line does not end it.
        let block = name.is_block() && (stands == Flow::Block || name != Name::Script);
        let flow = if block { Flow::Block } else { Flow::Inline };
        self.open(reader, name, flow, tag.typed, read.attributes, span);
        if (tag.closes_itself || element::is_void(&lower)) && self.open.len() > depth {
            self.close_last(span);
        }
    }

    /// A tag that HTML does not know (`<version>`) is meant to be read.
    fn as_text(&mut self, reader: &mut Reader<'_>, span: Span) {
        let typed = reader.place.text(span);
        let message = format!("`{typed}` is no tag of HTML, and is text");
        reader.warn_with(Code::UnknownHtml, span, message, "write it as `` `<code>` ``, or `\\<` for a plain `<`");
        self.push(Piece::Text(clean(typed.to_owned()), span));
    }

    fn end_tag(&mut self, reader: &mut Reader<'_>, typed: &str, span: Span) {
        if !element::is_html(typed) {
            return self.as_text(reader, span);
        }
        let name = Name::of(typed);
        let wall = |element: &Element| element.name.is_cell() || element.name == Name::Table;
        let table_part = name.is_cell() || matches!(name, Name::Table | Name::Row | Name::Section(_));
        let mut found = None;
        for (at, element) in self.open.iter().enumerate().rev() {
            if element.typed.eq_ignore_ascii_case(typed) {
                found = Some(at);
                break;
            }
            if wall(element) && (!table_part || element.name == Name::Table) {
                break;
            }
        }
        match found {
            Some(at) => self.close_to(reader, at, span),
            None if self.refused || name == Name::Paragraph || element::is_void(typed) => {}
            None => reader.warn(Code::UnbalancedHtml, span, format!("`</{typed}>` closes nothing")),
        }
    }
}

/// Reads a block of HTML that begins on `line`.
pub(in super::super) fn read_block(reader: &mut Reader<'_>, tree: &mut Tree, line: usize, html: &str) {
    let lines = Lines::new(reader, line, html);
    tree.push(Piece::Break(lines.span(0..0)));
    read(reader, tree, html, Flow::Block, &|range| lines.span(range));
}

/// Reads a tag or comment in a line, which stands at `span`.
pub(in super::super) fn read_inline(reader: &mut Reader<'_>, tree: &mut Tree, html: &str, span: Span) {
    read(reader, tree, html, Flow::Inline, &|_| span);
}

fn read(reader: &mut Reader<'_>, tree: &mut Tree, html: &str, stands: Flow, span: &dyn Fn(Range<usize>) -> Span) {
    for token in tokens(html) {
        match token {
            Token::Comment => {}
            Token::Open(tag, range) => tree.start_tag(reader, &tag, stands, span(range)),
            Token::Close(name, range) => tree.end_tag(reader, &name, span(range)),
            Token::Text(range) => text(tree, html, range, span),
            Token::Unclosed(range) => {
                let at = span(range.start..range.start + 4);
                let message = "this comment is not closed before its block ends, and is text";
                reader.warn_with(Code::UnbalancedHtml, at, message, "a blank line may have cut it in two");
                text(tree, html, range, span);
            }
            Token::Other(range) => {
                let at = span(range.clone());
                reader.warn(Code::UnknownHtml, at, "this markup is not shown; its text is kept");
                let code = reader.inline(at, InlineKind::Code(clean(html[range].to_owned())));
                tree.push(Piece::Inline(code));
            }
        }
    }
}

/// Text between tags, line by line so that each has its span.
fn text(tree: &mut Tree, html: &str, range: Range<usize>, span: &dyn Fn(Range<usize>) -> Span) {
    let mut at = range.start;
    for line in html[range].split_inclusive('\n') {
        let raw = tree.open.last().is_some_and(|element| element.name == Name::Script);
        let text = if raw { line.to_owned() } else { entity::decode(line) };
        tree.push(Piece::Text(clean(text), span(at..at + line.len())));
        at += line.len();
    }
}

/// Where each line of a block of HTML stands: containers take away its start, nothing its end.
struct Lines {
    lines: Vec<Line>,
    whole: Span,
}

struct Line {
    /// Offset in the block.
    start: usize,
    /// The bytes of the draft that say it; the whole line where a tab was cut in two.
    stands: Span,
    exact: bool,
}

impl Lines {
    fn new(reader: &Reader<'_>, first: usize, html: &str) -> Self {
        let mut lines = Vec::new();
        let mut start = 0;
        let line_span = |line| reader.place.line_span(reader.place.line_number(line));
        let mut whole = line_span(first);
        for (index, line) in html.split_inclusive('\n').enumerate() {
            let full = line_span(first + index);
            let content = line.trim_end_matches(['\n', '\r']);
            let exact = reader.place.text(full).ends_with(content);
            let cut = if exact { full.range().len() - content.len() } else { 0 };
            let stands = reader.place.between(full.range().start + cut, full.range().end);
            lines.push(Line { start, stands, exact });
            start += line.len();
            whole = whole.to(full);
        }
        Self { lines, whole }
    }

    fn span(&self, range: Range<usize>) -> Span {
        let first = self.line(range.start);
        let last = self.line(range.end.max(range.start + 1) - 1);
        let (Some(first), Some(last)) = (first, last) else { return self.whole };
        let at = |line: &Line, offset: usize| {
            let stands = line.stands.range();
            (stands.start + offset - line.start).min(stands.end)
        };
        let start = if first.exact { at(first, range.start) } else { first.stands.range().start };
        let end = if last.exact { at(last, range.end) } else { last.stands.range().end };
        Span::new(self.whole.file, start, end.max(start))
    }

    fn line(&self, offset: usize) -> Option<&Line> {
        let index = self.lines.partition_point(|line| line.start <= offset).checked_sub(1)?;
        self.lines.get(index)
    }
}
