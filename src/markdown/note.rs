//! Notes: `[^label]: …` anywhere in a draft, and `^[…]` in a line.
//!
//! In: comrak's tree. Out: [`Note`]s by their label within the file. A note within a note, which no
//! format can print, is set in parentheses where it was referred to.

use std::collections::{BTreeSet, HashMap};

use comrak::Node;
use comrak::nodes::NodeValue;

use super::hygiene::clean;
use super::reader::Reader;
use super::{block, leaf};
use crate::diag::{Code, Diagnostic};
use crate::document::{
    Block, BlockKind, Inline, InlineKind, NodeId, Note, Visit, VisitMut, renew_ids, walk_blocks, walk_blocks_mut,
};
use crate::source::Span;

/// What comrak calls an inline note.
const INLINE: &str = "__inline_";
/// Notes set into other notes, in one draft.
const MOST_EXPANDED: usize = 1000;
/// Bytes of the draft that are set into notes once more: a long note can be referred to in a thousand others.
const LARGEST_EXPANSION: usize = 256 * 1024;
/// Notes within notes within notes.
const DEEPEST: usize = 20;

/// Labels are compared as CommonMark compares link labels (4.7).
pub(super) fn fold(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Gives every definition beneath a node an id, so that references find it.
pub(super) fn define(reader: &mut Reader<'_>, root: Node<'_>) {
    let mut first: HashMap<String, Span> = HashMap::new();
    for node in root.descendants() {
        let Some(name) = defined(node) else { continue };
        let id = reader.ids.fresh();
        if name.starts_with(INLINE) {
            reader.inline_notes.insert(name, id);
            continue;
        }
        let span = reader.span(node.data().sourcepos);
        let head = label_span(reader, span, &name);
        if let Some(earlier) = first.get(&fold(&name)) {
            let message = format!("a second note is called `{name}`; it is not printed");
            let diagnostic = Diagnostic::new(Code::DuplicateId, head, message).related(*earlier, "the first is here");
            reader.diagnostics.push(diagnostic);
        } else {
            first.insert(fold(&name), head);
            reader.labels.insert(fold(&name), id);
        }
    }
}

fn defined(node: Node<'_>) -> Option<String> {
    let data = node.data();
    let NodeValue::FootnoteDefinition(definition) = &data.value else { return None };
    Some(definition.name.clone())
}

fn label_span(reader: &Reader<'_>, span: Span, name: &str) -> Span {
    let start = span.range().start;
    reader.place.between(start, (start + name.len() + 4).min(span.range().end))
}

/// Reads the definitions beneath a node. A second one with a label is kept, though nothing can refer to it.
pub(super) fn read(reader: &mut Reader<'_>, root: Node<'_>) {
    let references = inline_references(root);
    let mut taken = BTreeSet::new();
    for node in root.descendants() {
        let Some(name) = defined(node) else { continue };
        if !name.starts_with(INLINE) {
            let first = reader.label(&name).copied().filter(|id| taken.insert(*id));
            let id = first.unwrap_or_else(|| reader.ids.fresh());
            let span = reader.span(node.data().sourcepos);
            let blocks = block::blocks(reader, node, 1);
            reader.notes.push(Note { id, span, label: Some(clean(name)), file: reader.file, blocks });
        } else if let (Some(id), Some(reference)) = (reader.inline_notes.get(&name).copied(), references.get(&name)) {
            let span = reference_span(reader, reference, &references);
            let blocks = inline_blocks(reader, node, span);
            reader.notes.push(Note { id, span, label: None, file: reader.file, blocks });
        }
    }
}

fn inline_references<'n>(root: Node<'n>) -> HashMap<String, Node<'n>> {
    let named = |node: Node<'n>| {
        let data = node.data();
        let NodeValue::FootnoteReference(reference) = &data.value else { return None };
        reference.texts.is_empty().then(|| (reference.name.clone(), node))
    };
    root.descendants().filter_map(named).collect()
}

/// Where an inline note stands; comrak does not know it for one within another.
fn reference_span<'n>(reader: &Reader<'_>, node: Node<'n>, references: &HashMap<String, Node<'n>>) -> Span {
    let mut node = node;
    while let Some(outer) = node.ancestors().find_map(|above| defined(above).filter(|name| name.starts_with(INLINE))) {
        let Some(reference) = references.get(&outer) else { break };
        node = reference;
    }
    let span = reader.span(node.data().sourcepos);
    if reader.place.whole().is_some() {
        return span;
    }
    let block = node.ancestors().find(|above| above.data().value.block());
    inline_span(reader, span).or(block.map(|block| reader.span(block.data().sourcepos))).unwrap_or(span)
}

/// An inline note from its start to the bracket that closes it: comrak's end is that of its first line.
pub(super) fn inline_span(reader: &Reader<'_>, span: Span) -> Option<Span> {
    let start = span.range().start;
    let text = reader.place.draft().get(start..)?;
    let mut depth = 0_usize;
    let mut escaped = false;
    for (at, byte) in text.strip_prefix("^")?.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'[' => depth += 1,
            b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return (at > 0).then(|| reader.place.between(start, start + at + 2));
        }
    }
    None
}

fn inline_blocks(reader: &mut Reader<'_>, definition: Node<'_>, span: Span) -> Vec<Block> {
    let mut blocks = Vec::new();
    for paragraph in definition.children() {
        let content = reader.within(span, |reader| leaf::content(reader, paragraph, 0));
        blocks.push(reader.plain_block(span, BlockKind::Paragraph(super::html::trimmed(content))));
    }
    blocks
}

/// Sets notes within notes into them, and says which are never referred to.
pub(super) fn settle(reader: &mut Reader<'_>, blocks: &[Block]) {
    reader.notes.sort_by_key(|note| (note.span.start, note.id));
    let originals: HashMap<NodeId, Note> = reader.notes.iter().map(|note| (note.id, note.clone())).collect();
    let mut used = references(blocks);
    let mut waiting: Vec<NodeId> = used.iter().copied().collect();
    while let Some(id) = waiting.pop() {
        let held = originals.get(&id).map(|note| references(&note.blocks)).unwrap_or_default();
        waiting.extend(held.into_iter().filter(|id| used.insert(*id)));
    }
    for note in reader.notes.iter().filter(|note| !used.contains(&note.id)) {
        let Some(label) = note.label.as_ref().filter(|label| reader.label(label) == Some(&note.id)) else { continue };
        let message = format!("nothing refers to the note `{label}`; it is not printed");
        let start = note.span.range().start;
        let head = Span::new(note.span.file, start, (start + label.len() + 4).min(note.span.range().end));
        reader.diagnostics.push(Diagnostic::new(Code::UnusedNote, head, message));
    }
    let mut notes = std::mem::take(&mut reader.notes);
    let mut expanded = Expanded::default();
    for note in notes.iter_mut().filter(|note| !references(&note.blocks).is_empty()) {
        let mut expand = Expand { reader, originals: &originals, path: vec![note.id], more: Vec::new(), expanded };
        walk_blocks_mut(&mut note.blocks, &mut expand);
        expanded = expand.expanded;
        let more = expand.more;
        note.blocks.extend(more);
    }
    reader.notes = notes;
}

fn references(blocks: &[Block]) -> BTreeSet<NodeId> {
    #[derive(Default)]
    struct Found(BTreeSet<NodeId>);
    impl Visit<'_> for Found {
        fn inline(&mut self, inline: &Inline) {
            if let InlineKind::Note(id) = inline.kind {
                self.0.insert(id);
            }
        }
    }
    let mut found = Found::default();
    walk_blocks(blocks, &mut found);
    found.0
}

/// Puts what notes within a note say in place of the references to them.
struct Expand<'r, 'a, 'o> {
    reader: &'r mut Reader<'a>,
    originals: &'o HashMap<NodeId, Note>,
    path: Vec<NodeId>,
    /// Blocks that do not fit into a line.
    more: Vec<Block>,
    expanded: Expanded,
}

/// What was set into notes so far.
#[derive(Clone, Copy, Default)]
struct Expanded {
    notes: usize,
    bytes: usize,
    told: bool,
}

impl VisitMut for Expand<'_, '_, '_> {
    fn line(&mut self, inlines: &mut Vec<Inline>) {
        for mut inline in std::mem::take(inlines) {
            if let InlineKind::Note(id) = inline.kind {
                inlines.extend(self.note(id, inline));
            } else {
                if let Some(children) = inline.children_mut() {
                    self.line(children);
                }
                inlines.push(inline);
            }
        }
    }
}

impl Expand<'_, '_, '_> {
    fn note(&mut self, id: NodeId, reference: Inline) -> Vec<Inline> {
        let Some(note) = self.originals.get(&id) else { return vec![reference] };
        let cycle = self.path.contains(&id);
        if self.path.len() == 1 {
            let message =
                if cycle { "this note refers to itself" } else { "a note within a note is set in parentheses" };
            self.reader.warn(Code::NestedNote, reference.span, message);
        }
        let is_full = self.expanded.notes >= MOST_EXPANDED || self.expanded.bytes >= LARGEST_EXPANSION;
        if is_full && !cycle && !std::mem::replace(&mut self.expanded.told, true) {
            let message = "notes within notes are too many, or too long, from here on: they stay references, as typed";
            self.reader.warn(Code::NestedNote, reference.span, message);
        }
        if cycle || is_full || self.path.len() > DEEPEST {
            return match &note.label {
                Some(label) => vec![self.text(reference.span, &format!("[^{label}]"))],
                None if cycle => Vec::new(),
                None => vec![reference],
            };
        }
        self.expanded.notes += 1;
        self.expanded.bytes += note.span.range().len();
        let mut blocks = note.blocks.clone();
        renew_ids(&mut blocks, self.reader.ids);
        self.path.push(id);
        walk_blocks_mut(&mut blocks, self);
        self.path.pop();
        self.set_in(reference.span, blocks)
    }

    fn set_in(&mut self, span: Span, blocks: Vec<Block>) -> Vec<Inline> {
        let mut out = Vec::new();
        for block in blocks {
            if let BlockKind::Paragraph(content) = block.kind {
                let before = if out.is_empty() { " (" } else { " " };
                out.push(self.text(span, before));
                out.extend(content);
            } else {
                self.more.push(block);
            }
        }
        if !out.is_empty() {
            out.push(self.text(span, ")"));
        }
        out
    }

    fn text(&mut self, span: Span, text: &str) -> Inline {
        self.reader.inline(span, InlineKind::Text(text.to_owned()))
    }
}
