//! Lists, task lists, and lists of terms with their descriptions.

use comrak::Node;
use comrak::nodes::{ListDelimType, ListType, NodeList, NodeValue};

use super::marker::{self, Marker};
use super::reader::Reader;
use super::{block, html, leaf};
use crate::document::{
    Block, BlockKind, DescriptionItem, Inline, InlineKind, List, ListItem, ListKind, OrderedDelimiter, OrderedStyle,
};
use crate::source::Span;

/// A list of items, or several: markers of another kind begin another list.
pub(super) fn lists(reader: &mut Reader<'_>, node: Node<'_>, list: &NodeList, depth: usize) -> Vec<Block> {
    let mut items: Vec<ListItem> = node.children().map(|item| list_item(reader, item, depth)).collect();
    let whole = reader.span(node.data().sourcepos);
    let mut blocks = Vec::new();
    for (kind, length) in kinds(reader, node, list) {
        let rest = items.split_off(length.min(items.len()));
        let part = std::mem::replace(&mut items, rest);
        let start = part.first().map_or(whole, |item| Span { start: item.span.start.max(whole.start), ..whole });
        let span = covering(start, part.iter().map(|item| item.span));
        blocks.push(reader.plain_block(span, BlockKind::List(List { kind, tight: list.tight, items: part })));
    }
    blocks
}

/// How the items count, as they were typed: each kind with how many it has.
fn kinds(reader: &Reader<'_>, node: Node<'_>, list: &NodeList) -> Vec<(ListKind, usize)> {
    let count = node.children().count();
    if list.list_type == ListType::Bullet {
        return vec![(ListKind::Bullet, count)];
    }
    let markers: Vec<Option<Marker<'_>>> = node.children().map(|item| typed_marker(reader, item)).collect();
    let lists = if markers.first().is_some_and(Option::is_some) { marker::lists(&markers) } else { Vec::new() };
    if !lists.is_empty() {
        let kind = |(style, delimiter, start, length)| (ListKind::Ordered { start, style, delimiter }, length);
        return lists.into_iter().map(kind).collect();
    }
    let start = u32::try_from(list.start).unwrap_or(u32::MAX);
    let delimiter = match list.delimiter {
        ListDelimType::Period => OrderedDelimiter::Period,
        ListDelimType::Paren => OrderedDelimiter::Parenthesis,
    };
    vec![(ListKind::Ordered { start, style: OrderedStyle::Decimal, delimiter }, count)]
}

/// What the draft has where comrak saw a number.
fn typed_marker<'a>(reader: &Reader<'a>, item: Node<'_>) -> Option<Marker<'a>> {
    if reader.place.whole().is_some() {
        return None;
    }
    let start = reader.span(item.data().sourcepos).range().start;
    let rest = reader.place.text(reader.place.between(start, reader.place.draft().len()));
    Marker::read(rest.split(['\n', '\r']).next().unwrap_or_default())
}

fn list_item(reader: &mut Reader<'_>, node: Node<'_>, depth: usize) -> ListItem {
    let checked = if let NodeValue::TaskItem(task) = &node.data().value { Some(task.symbol.is_some()) } else { None };
    let blocks = block::blocks(reader, node, depth + 1);
    let span = covering(reader.span(node.data().sourcepos), blocks.iter().map(|block| block.span));
    ListItem { id: reader.ids.fresh(), span, checked, blocks, change: None }
}

/// comrak's ends of lists and items are off: from their start to the end of what they hold.
fn covering(span: Span, held: impl Iterator<Item = Span>) -> Span {
    let end = held.filter(|held| held.file == span.file && held.end > span.start).map(|held| held.end).max();
    Span { end: end.unwrap_or(span.end), ..span }
}

/// Terms and descriptions; descriptions beyond a term's first belong to it too. What has more than a line for
/// a term is a paragraph (pandoc's rule), and so is the line with a colon beneath it.
pub(super) fn descriptions(reader: &mut Reader<'_>, node: Node<'_>, depth: usize) -> Vec<Block> {
    let mut out: Vec<Block> = Vec::new();
    let mut meant = false;
    for node in node.children() {
        let (span, term, details) = described(reader, node, depth);
        meant = term.as_ref().map_or(meant, |term| is_term(term));
        if !meant {
            let paragraph = term.map(|term| {
                let whole = term.iter().map(|inline| inline.span).reduce(Span::to).unwrap_or(span);
                reader.plain_block(whole, BlockKind::Paragraph(term))
            });
            out.extend(paragraph);
            add_as_typed(reader, details, &mut out);
            continue;
        }
        if !matches!(out.last(), Some(Block { kind: BlockKind::DescriptionList(_), .. })) {
            out.push(reader.plain_block(span, BlockKind::DescriptionList(Vec::new())));
        }
        let Some(Block { kind: BlockKind::DescriptionList(items), span: list, .. }) = out.last_mut() else { continue };
        *list = list.to(span);
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
    out
}

fn is_term(term: &[Inline]) -> bool {
    let colon = matches!(term.first(), Some(Inline { kind: InlineKind::Text(text), .. }) if text.starts_with(": "));
    !colon && !term.iter().any(|inline| matches!(inline.kind, InlineKind::SoftBreak | InlineKind::LineBreak))
}

/// A description that is none: its text behind a colon, in the paragraph above where it stands right beneath it.
fn add_as_typed(reader: &mut Reader<'_>, details: Vec<Block>, out: &mut Vec<Block>) {
    let Some(start) = details.first().map(|block| block.span.range().start) else { return };
    let before = reader.place.text(reader.place.between(0, start));
    let colon = before.rfind(':').filter(|at| before[at + 1..].trim().is_empty()).unwrap_or(start);
    let start = reader.place.between(colon, start);
    let mark = reader.inline(start, InlineKind::Text(reader.place.text(start).to_owned()));
    let mut details = details.into_iter();
    let mut first = match details.next() {
        Some(Block { kind: BlockKind::Paragraph(mut content), span, .. }) => {
            content.insert(0, mark);
            reader.plain_block(span, BlockKind::Paragraph(content))
        }
        other => {
            out.push(reader.plain_block(start, BlockKind::Paragraph(vec![mark])));
            out.extend(other);
            return out.extend(details);
        }
    };
    if let (Some(above), BlockKind::Paragraph(content)) = (out.last_mut(), &mut first.kind)
        && let BlockKind::Paragraph(before) = &mut above.kind
        && reader.place.text(Span { start: above.span.end.min(start.start), ..start }).matches('\n').count() == 1
    {
        before.push(reader.inline(Span { start: above.span.end, end: above.span.end, ..start }, InlineKind::SoftBreak));
        before.append(content);
        above.span = above.span.to(first.span);
    } else {
        out.push(first);
    }
    out.extend(details);
}

/// A term, if this is not one more description of the last, and its description.
fn described(reader: &mut Reader<'_>, item: Node<'_>, depth: usize) -> (Span, Option<Vec<Inline>>, Vec<Block>) {
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
    (span, term, details)
}

/// comrak does not know where a term ends: `leaf` reaches to its description.
fn term_inlines(reader: &mut Reader<'_>, term: Node<'_>, leaf: Span) -> Vec<Inline> {
    reader.within(leaf, |reader| {
        let content = term.children().flat_map(|paragraph| leaf::content(reader, paragraph, 0)).collect();
        html::trimmed(content)
    })
}
