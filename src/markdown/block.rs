//! comrak's blocks to ours.
//!
//! In: a container's children. Out: [`Block`]s; what HTML opens in one and closes in another
//! is put together by [`Tree`] on the way.

use comrak::Node;
use comrak::nodes::{NodeCodeBlock, NodeValue};

use super::depth::{self, FLATTENED};
use super::html::{self, Piece, Tree};
use super::hygiene::clean;
use super::reader::Reader;
use super::{anchor, attributes, boxes, caption, dialect, leaf, list, table};
use crate::document::{Block, BlockKind, CodeBlock, Heading, HeadingLevel};

/// The children of a container that stands `depth` containers deep.
pub(super) fn blocks(reader: &mut Reader<'_>, parent: Node<'_>, depth: usize) -> Vec<Block> {
    let mut tree = Tree::new(depth);
    for child in parent.children() {
        block(reader, child, depth, &mut tree);
    }
    let pieces = tree.finish(reader);
    let blocks = html::blocks(reader, pieces, depth);
    let blocks = anchor::settle(reader, blocks);
    let blocks = caption::attach(reader, blocks);
    dialect::blocks(reader, blocks)
}

#[expect(clippy::wildcard_enum_match_arm, reason = "comrak has kinds that our options never make")]
fn block<'n>(reader: &mut Reader<'_>, node: Node<'n>, outer: usize, tree: &mut Tree) {
    let depth = outer + tree.depth();
    let span = reader.span(node.data().sourcepos);
    let value = node.data().value.clone();
    let block = match value {
        NodeValue::Paragraph => return tree.extend(leaf::paragraph(reader, node, depth)),
        NodeValue::HtmlBlock(block) => {
            let line = node.data().sourcepos.start.line;
            return html::read_block(reader, tree, line, &block.literal);
        }
        NodeValue::Heading(heading) => {
            if heading.setext {
                dialect::pipe_table::underlined(reader, span);
            }
            let content = leaf::leaf(reader, node);
            let (content, attributes) = leaf::trailing_attributes(reader, content, attributes::of_node(node));
            let level = HeadingLevel::new(heading.level);
            reader.block(span, attributes, BlockKind::Heading(Heading { level, content }))
        }
        NodeValue::CodeBlock(code) => code_block(reader, node, &code),
        NodeValue::ThematicBreak => reader.plain_block(span, BlockKind::ThematicBreak),
        NodeValue::Table(_) => table::table(reader, node, depth),
        NodeValue::FootnoteDefinition(_) | NodeValue::FrontMatter(_) => return,
        _ if depth >= FLATTENED => {
            if depth == FLATTENED {
                reader.diagnostics.push(depth::flattened(span));
            }
            return flattened(reader, node, depth, tree);
        }
        NodeValue::List(kind) => {
            for list in list::lists(reader, node, &kind, depth) {
                tree.push(Piece::Block(list));
            }
            return;
        }
        NodeValue::DescriptionList => {
            let blocks = list::descriptions(reader, node, depth);
            return tree.extend(blocks.into_iter().map(Piece::Block).collect());
        }
        NodeValue::Alert(alert) => boxes::alert(reader, node, &alert, depth),
        NodeValue::BlockDirective(_) => boxes::directive(reader, node, depth),
        NodeValue::BlockQuote => {
            let blocks = blocks(reader, node, depth + 1);
            reader.plain_block(span, BlockKind::BlockQuote(blocks))
        }
        _ => return flattened(reader, node, depth, tree),
    };
    tree.push(Piece::Block(block));
}

/// The content of a container without the container.
fn flattened(reader: &mut Reader<'_>, node: Node<'_>, depth: usize, tree: &mut Tree) {
    let title = boxes::typed_title(reader, node);
    if let Some(title) = title {
        let span = reader.span(node.data().sourcepos);
        let content = leaf::fragment(reader, &title, span);
        let paragraph = reader.plain_block(span, BlockKind::Paragraph(content));
        tree.push(Piece::Block(paragraph));
    }
    for child in node.children() {
        let structural = matches!(
            child.data().value,
            NodeValue::Item(_)
                | NodeValue::TaskItem(_)
                | NodeValue::DescriptionItem(_)
                | NodeValue::DescriptionTerm
                | NodeValue::DescriptionDetails
        );
        if structural {
            flattened(reader, child, depth, tree);
        } else {
            block(reader, child, (depth + 1).saturating_sub(tree.depth()), tree);
        }
    }
}

fn code_block(reader: &mut Reader<'_>, node: Node<'_>, code: &NodeCodeBlock) -> Block {
    let span = reader.span(node.data().sourcepos);
    let mut attributes = attributes::of_node(node);
    let mut info = clean(code.info.clone());
    if info.is_empty() && code.fenced && !attributes.classes.is_empty() {
        info = attributes.classes.remove(0);
    }
    if let Some(at) = info.find('{').filter(|at| attributes::is_attempt(&info[*at..])) {
        match attributes::parse(&info[at..]).filter(|parsed| info[at + parsed.len..].trim().is_empty()) {
            Some(parsed) => {
                attributes = parsed.attributes;
                info.truncate(info[..at].trim_end().len());
            }
            None => reader.refuse_attributes(first_line(reader, span)),
        }
    }
    reader.block(span, attributes, BlockKind::CodeBlock(CodeBlock { info, literal: clean(code.literal.clone()) }))
}

fn first_line(reader: &Reader<'_>, span: crate::source::Span) -> crate::source::Span {
    let range = span.range();
    let len = reader.place.text(span).find(['\n', '\r']).unwrap_or(range.len());
    reader.place.between(range.start, range.start + len)
}
