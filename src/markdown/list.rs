//! Lists, task lists, and lists of terms with their descriptions.

use comrak::Node;
use comrak::nodes::{ListDelimType, ListType, NodeList, NodeValue};

use super::reader::Reader;
use super::{block, leaf};
use crate::document::{
    Block, BlockKind, DescriptionItem, Inline, List, ListItem, ListKind, OrderedDelimiter, OrderedStyle,
};
use crate::source::Span;

/// A list of items.
pub(super) fn list(reader: &mut Reader<'_>, node: Node<'_>, list: &NodeList, depth: usize) -> Block {
    let items: Vec<ListItem> = node.children().map(|item| list_item(reader, item, depth)).collect();
    let span = covering(reader.span(node.data().sourcepos), items.iter().map(|item| item.span));
    let kind = match list.list_type {
        ListType::Bullet => ListKind::Bullet,
        ListType::Ordered => ListKind::Ordered {
            start: u32::try_from(list.start).unwrap_or(u32::MAX),
            style: OrderedStyle::Decimal,
            delimiter: match list.delimiter {
                ListDelimType::Period => OrderedDelimiter::Period,
                ListDelimType::Paren => OrderedDelimiter::Parenthesis,
            },
        },
    };
    reader.plain_block(span, BlockKind::List(List { kind, tight: list.tight, items }))
}

fn list_item(reader: &mut Reader<'_>, node: Node<'_>, depth: usize) -> ListItem {
    let checked = match &node.data().value {
        NodeValue::TaskItem(task) => Some(task.symbol.is_some()),
        _ => None,
    };
    let blocks = block::blocks(reader, node, depth + 1);
    let span = covering(reader.span(node.data().sourcepos), blocks.iter().map(|block| block.span));
    ListItem { id: reader.ids.next(), span, checked, blocks }
}

/// comrak's ends of lists and items are off: from their start to the end of what they hold.
fn covering(span: Span, held: impl Iterator<Item = Span>) -> Span {
    let end = held.filter(|held| held.file == span.file && held.end > span.start).map(|held| held.end).max();
    Span { end: end.unwrap_or(span.end), ..span }
}

/// Terms and descriptions; descriptions beyond a term's first belong to it too.
pub(super) fn descriptions(reader: &mut Reader<'_>, node: Node<'_>, depth: usize) -> Block {
    let span = reader.span(node.data().sourcepos);
    let mut items: Vec<DescriptionItem> = Vec::new();
    for item in node.children() {
        let span = reader.span(item.data().sourcepos);
        let mut term = None;
        let mut details = Vec::new();
        for part in item.children() {
            if matches!(part.data().value, NodeValue::DescriptionTerm) {
                term = Some(term_inlines(reader, part));
            } else {
                details.extend(block::blocks(reader, part, depth + 1));
            }
        }
        match (term, items.last_mut()) {
            (None, Some(last)) => {
                last.span = last.span.to(span);
                last.details.extend(details);
            }
            (term, _) => {
                let id = reader.ids.next();
                items.push(DescriptionItem { id, span, term: term.unwrap_or_default(), details });
            }
        }
    }
    reader.plain_block(span, BlockKind::DescriptionList(items))
}

fn term_inlines(reader: &mut Reader<'_>, term: Node<'_>) -> Vec<Inline> {
    term.children().flat_map(|paragraph| leaf::leaf(reader, paragraph)).collect()
}
