//! Lists, task lists, and lists of terms with their descriptions.

use comrak::Node;
use comrak::nodes::{ListDelimType, ListType, NodeList, NodeValue};

use super::reader::Reader;
use super::{block, html, leaf};
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
    let checked = if let NodeValue::TaskItem(task) = &node.data().value { Some(task.symbol.is_some()) } else { None };
    let blocks = block::blocks(reader, node, depth + 1);
    let span = covering(reader.span(node.data().sourcepos), blocks.iter().map(|block| block.span));
    ListItem { id: reader.ids.fresh(), span, checked, blocks }
}

/// comrak's ends of lists and items are off: from their start to the end of what they hold.
fn covering(span: Span, held: impl Iterator<Item = Span>) -> Span {
    let end = held.filter(|held| held.file == span.file && held.end > span.start).map(|held| held.end).max();
    Span { end: end.unwrap_or(span.end), ..span }
}

/// Terms and descriptions; descriptions beyond a term's first belong to it too.
pub(super) fn descriptions(reader: &mut Reader<'_>, node: Node<'_>, depth: usize) -> Block {
    let list = reader.span(node.data().sourcepos);
    let mut items: Vec<DescriptionItem> = Vec::new();
    for item in node.children() {
        let start = reader.span(item.data().sourcepos);
        let mut term = None;
        let mut details = Vec::new();
        for part in item.children() {
            if matches!(part.data().value, NodeValue::DescriptionTerm) {
                let end = part.next_sibling().map_or(start, |details| reader.span(details.data().sourcepos));
                let leaf = reader.place.between(start.range().start, end.range().start);
                term = Some(term_inlines(reader, part, leaf));
            } else {
                details.extend(block::blocks(reader, part, depth + 1));
            }
        }
        let held = term.iter().flatten().map(|inline: &Inline| inline.span);
        let span = covering(start, held.chain(details.iter().map(|block: &Block| block.span)));
        match (term, items.last_mut()) {
            (None, Some(last)) => {
                last.span = last.span.to(span);
                last.details.extend(details);
            }
            (term, _) => {
                let id = reader.ids.fresh();
                items.push(DescriptionItem { id, span, term: term.unwrap_or_default(), details });
            }
        }
    }
    let span = covering(list, items.iter().map(|item| item.span));
    reader.plain_block(span, BlockKind::DescriptionList(items))
}

/// comrak does not know where a term ends: `leaf` reaches to its description.
fn term_inlines(reader: &mut Reader<'_>, term: Node<'_>, leaf: Span) -> Vec<Inline> {
    reader.within(leaf, |reader| {
        let content = term.children().flat_map(|paragraph| leaf::content(reader, paragraph, 0)).collect();
        html::trimmed(content)
    })
}
