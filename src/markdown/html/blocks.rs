//! Elements and Markdown to blocks.

use super::super::depth::{self, FLATTENED};
use super::super::figure;
use super::super::reader::Reader;
use super::code::holds_more;
use super::element::{Flow, Name};
use super::inlines::{self, distribute, inlines, raw_text, trimmed};
use super::table;
use super::tree::{Element, Named, Piece};
use crate::diag::Code;
use crate::document::{
    Attributes, Block, BlockKind, CodeBlock, DescriptionItem, Details, Heading, HeadingLevel, Inline, List, ListItem,
    ListKind, OrderedDelimiter, OrderedStyle,
};
use crate::source::Span;

/// Pieces as blocks, `depth` containers deep; what stands in a line between blocks is a paragraph.
pub(in super::super) fn blocks(reader: &mut Reader<'_>, pieces: Vec<Piece>, depth: usize) -> Vec<Block> {
    let mut out = Vec::new();
    add(reader, pieces, depth, &mut out);
    out
}

/// As [`blocks`], behind those at hand: what leaves no trace hands nothing from depth to depth.
fn add(reader: &mut Reader<'_>, pieces: Vec<Piece>, depth: usize, out: &mut Vec<Block>) {
    let mut line = Vec::new();
    for piece in pieces {
        if !piece.holds_block() && !matches!(piece, Piece::Break(_)) {
            line.push(piece);
            continue;
        }
        paragraph(reader, std::mem::take(&mut line), out);
        match piece {
            Piece::Block(block) => out.push(block),
            Piece::Element(element) => self::element(reader, element, depth, out),
            Piece::Inline(_) | Piece::Text(..) | Piece::Break(_) => {}
        }
    }
    paragraph(reader, line, out);
}

fn paragraph(reader: &mut Reader<'_>, line: Vec<Piece>, out: &mut Vec<Block>) {
    let content = inlines(reader, line, 0);
    let content = trimmed(content);
    let Some(span) = covering(&content) else { return };
    out.extend(figure::paragraph(reader, span, content));
}

fn covering(content: &[Inline]) -> Option<Span> {
    content.iter().map(|inline| inline.span).reduce(Span::to)
}

fn element(reader: &mut Reader<'_>, element: Element, depth: usize, out: &mut Vec<Block>) {
    let Element { name, attributes, span, children, .. } = element;
    let container = matches!(
        name,
        Name::List
            | Name::OrderedList
            | Name::DescriptionList
            | Name::Quote
            | Name::Details
            | Name::Table
            | Name::Division
    );
    if container && depth >= FLATTENED {
        if depth == FLATTENED {
            reader.diagnostics.push(depth::flattened(span));
        }
        return add(reader, children, depth + 1, out);
    }
    let kind = match name {
        Name::Heading(level) => {
            let (content, rest) = first_line(reader, children);
            let heading = Heading { level: HeadingLevel::new(level), content };
            out.push(reader.block(span, own(attributes), BlockKind::Heading(heading)));
            return add(reader, rest, depth, out);
        }
        Name::List | Name::OrderedList => BlockKind::List(list(reader, name, &attributes, children, depth)),
        Name::DescriptionList => BlockKind::DescriptionList(descriptions(reader, children, depth)),
        Name::Quote => BlockKind::BlockQuote(blocks(reader, children, depth + 1)),
        Name::Preformatted | Name::Script => {
            let (blocks, raw): (Vec<Piece>, Vec<Piece>) = children.into_iter().partition(Piece::is_markdown);
            if holds_more(&raw) {
                let hint = "what stands in a block of code is shown as it is: put links and pictures beside it";
                reader.warn_with(
                    Code::UnknownHtml,
                    span,
                    "of links and pictures in `<pre>` only the text is kept",
                    hint,
                );
            }
            let code = reader.block(span, own(attributes), BlockKind::CodeBlock(code(&raw)));
            out.extend(Some(code).filter(|_| blocks.is_empty() || !raw_text(&raw).trim().is_empty()));
            return add(reader, blocks, depth, out);
        }
        Name::Rule => BlockKind::ThematicBreak,
        Name::Details => BlockKind::Details(details(reader, children, depth)),
        Name::Table => return out.push(table::table(reader, attributes, span, children, depth)),
        Name::Figure => return out.extend(html_figure(reader, attributes, span, children, depth)),
        Name::Column | Name::ColumnGroup => return,
        Name::Division | Name::Span if !attributes.is_empty() => {
            BlockKind::Division(blocks(reader, children, depth + 1))
        }
        Name::Paragraph => {
            let blocks = blocks(reader, children, depth);
            return out.extend(with_attributes(reader, attributes, span, blocks));
        }
        Name::Caption
        | Name::Cell
        | Name::Description
        | Name::Division
        | Name::FigureCaption
        | Name::HeaderCell
        | Name::Item
        | Name::Row
        | Name::Section(_)
        | Name::Span
        | Name::Summary
        | Name::Term
        | Name::Unknown(Flow::Block | Flow::Inline) => return add(reader, children, depth, out),
        Name::Anchor
        | Name::Break
        | Name::Code
        | Name::Emphasis
        | Name::Highlight
        | Name::Image
        | Name::Strikethrough
        | Name::Strong
        | Name::Subscript
        | Name::Superscript
        | Name::WordBreak => {
            let blocks = blocks(reader, children, depth);
            return out.extend(distribute(reader, name, &attributes, span, blocks));
        }
    };
    out.push(reader.block(span, own(attributes), kind));
}

/// The line that a heading or the like consists of, and what follows where its end tag is missing.
fn first_line(reader: &mut Reader<'_>, children: Vec<Piece>) -> (Vec<Inline>, Vec<Piece>) {
    let mut children = children.into_iter();
    let mut line = Vec::new();
    let mut rest = Vec::new();
    for piece in children.by_ref() {
        if !piece.holds_markdown() {
            line.push(piece);
            continue;
        }
        let is_line = matches!(&piece, Piece::Block(block) if matches!(block.kind, BlockKind::Paragraph(_)));
        if is_line && line.iter().all(Piece::is_blank) {
            line.push(piece);
        } else {
            rest.push(piece);
        }
        break;
    }
    rest.extend(children);
    (trimmed(inlines(reader, line, 0)), rest)
}

/// Attributes without those that an element has used up.
fn own(attributes: Attributes) -> Attributes {
    Attributes { pairs: Vec::new(), ..attributes }
}

/// A paragraph's attributes on the one block that it became, or around several.
fn with_attributes(reader: &mut Reader<'_>, attributes: Attributes, span: Span, mut blocks: Vec<Block>) -> Vec<Block> {
    if attributes.is_empty() {
        return blocks;
    }
    if let [only] = blocks.as_mut_slice()
        && only.attributes.is_empty()
    {
        only.attributes = attributes;
        return blocks;
    }
    vec![reader.block(span, attributes, BlockKind::Division(blocks))]
}

fn list(reader: &mut Reader<'_>, name: Name, attributes: &Attributes, children: Vec<Piece>, depth: usize) -> List {
    let loose = |item: &Piece| {
        item.as_element().is_some_and(|item| item.name == Name::Item && item.children.iter().any(is_paragraph))
    };
    let tight = !children.iter().any(loose);
    let mut items: Vec<ListItem> = Vec::new();
    for piece in children {
        let (span, blocks) = match piece.named(|name| name == Name::Item) {
            Named::Element(element) => {
                let span = element.span;
                let blocks = blocks(reader, element.children, depth + 1);
                (Some(span), with_attributes(reader, own(element.attributes), span, blocks))
            }
            Named::Other(other) => (None, blocks(reader, vec![other], depth + 1)),
        };
        match (span, items.last_mut()) {
            (None, _) if blocks.is_empty() => {}
            (None, Some(last)) => last.blocks.extend(blocks),
            (span, _) => {
                let span = span.or_else(|| blocks.first().map(|block| block.span));
                let Some(span) = span else { continue };
                items.push(ListItem { id: reader.ids.fresh(), span, checked: None, blocks, change: None });
            }
        }
    }
    let start = attributes.get("start").and_then(|start| start.parse().ok()).unwrap_or(1);
    let style = match attributes.get("type") {
        Some("a") => OrderedStyle::LowerAlpha,
        Some("A") => OrderedStyle::UpperAlpha,
        Some("i") => OrderedStyle::LowerRoman,
        Some("I") => OrderedStyle::UpperRoman,
        Some(_) | None => OrderedStyle::Decimal,
    };
    let ordered = ListKind::Ordered { start, style, delimiter: OrderedDelimiter::Period };
    let kind = if name == Name::OrderedList { ordered } else { ListKind::Bullet };
    List { kind, tight, items }
}

fn is_paragraph(piece: &Piece) -> bool {
    match piece {
        Piece::Element(element) => element.name == Name::Paragraph,
        Piece::Block(block) => matches!(block.kind, BlockKind::Paragraph(_)),
        Piece::Inline(_) | Piece::Text(..) | Piece::Break(_) => false,
    }
}

fn descriptions(reader: &mut Reader<'_>, children: Vec<Piece>, depth: usize) -> Vec<DescriptionItem> {
    let mut items: Vec<DescriptionItem> = Vec::new();
    for piece in children {
        let piece = match piece.named(|name| name == Name::Division) {
            Named::Element(element) => {
                items.extend(descriptions(reader, element.children, depth + 1));
                continue;
            }
            Named::Other(piece) => piece,
        };
        let (span, term, details) = match piece.named(|name| name == Name::Term) {
            Named::Element(element) => {
                let (term, rest) = first_line(reader, element.children);
                (element.span, Some(term), blocks(reader, rest, depth + 1))
            }
            Named::Other(other) => {
                let details = blocks(reader, vec![other], depth + 1);
                let Some(span) = details.first().map(|block| block.span) else { continue };
                (span, None, details)
            }
        };
        match (term, items.last_mut()) {
            (None, Some(last)) => {
                last.span = last.span.to(span);
                last.details.extend(details);
            }
            (term, _) => {
                let id = reader.ids.fresh();
                items.push(DescriptionItem { id, span, term: term.unwrap_or_default(), details, change: None });
            }
        }
    }
    items
}

fn code(children: &[Piece]) -> CodeBlock {
    let text = raw_text(children);
    let mut literal = text.strip_prefix('\n').unwrap_or(&text).to_owned();
    if !literal.is_empty() && !literal.ends_with('\n') {
        literal.push('\n');
    }
    let mut classes = children.iter().filter_map(Piece::as_element).flat_map(|element| &element.attributes.classes);
    let language = classes.find_map(|class| class.strip_prefix("language-")).map(str::to_owned);
    CodeBlock { info: language.unwrap_or_default(), literal }
}

fn details(reader: &mut Reader<'_>, children: Vec<Piece>, depth: usize) -> Details {
    let mut summary = Vec::new();
    let mut rest = Vec::new();
    for child in children {
        match child.named(|name| name == Name::Summary) {
            Named::Element(element) if summary.is_empty() => {
                let (line, more) = first_line(reader, element.children);
                summary = line;
                rest.extend(more);
            }
            Named::Element(element) => rest.push(Piece::Element(element)),
            Named::Other(other) => rest.push(other),
        }
    }
    Details { summary, blocks: blocks(reader, rest, depth + 1) }
}

/// `figure`: its one image with `figcaption`, or what it holds.
fn html_figure(
    reader: &mut Reader<'_>,
    attributes: Attributes,
    span: Span,
    children: Vec<Piece>,
    depth: usize,
) -> Vec<Block> {
    let is_caption = |piece: &Piece| matches!(piece, Piece::Element(element) if element.name == Name::FigureCaption);
    let (captions, rest): (Vec<Piece>, Vec<Piece>) = children.into_iter().partition(is_caption);
    let mut held = blocks(reader, rest, depth);
    let single = matches!(held.as_slice(), [Block { kind: BlockKind::Figure(_), .. }]);
    if !single || captions.len() > 1 {
        held.extend(blocks(reader, captions, depth));
        return with_attributes(reader, attributes, span, held);
    }
    let caption = captions.into_iter().next().map(|caption| inlines::caption(reader, caption));
    for block in &mut held {
        if let BlockKind::Figure(figure) = &mut block.kind
            && let Some((span, content)) = caption.clone().filter(|(_, content)| !content.is_empty())
        {
            let id = reader.ids.fresh();
            figure.caption = Some(crate::document::Caption { id, span, content });
        }
        block.span = span;
        if attributes.label.is_some() {
            block.attributes.label = attributes.label.clone();
        }
    }
    held
}
