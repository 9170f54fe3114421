//! What can be linked and referred to: labels that writers typed, and headings by their text.
//!
//! In: the tree, its numbers. Out: [`Targets`], where each stands and by what name, and an anchor for each.
//! Says when two things claim one label.

use std::collections::HashMap;

use super::anchor::{self, Anchors};
use super::info::CaptionKind;
use super::number::Numbers;
use super::reading::{self, Place, Read};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::document::{Block, BlockKind, BoxKind, Document, Inline, Label, NodeId};
use crate::source::{FileId, Sources, Span};

/// Everything with a name, in reading order.
pub(super) struct Targets<'a> {
    labels: Vec<Labelled<'a>>,
    /// Positions in `labels` by file and exact label; the first of each.
    exact: HashMap<(FileId, &'a str), usize>,
    /// Positions in `labels` by what carries the anchor.
    by_node: HashMap<NodeId, usize>,
    by_label: Index,
    by_slug: Index,
    /// The first heading of each file.
    chapters: HashMap<FileId, NodeId>,
    slugs: Vec<(FileId, String)>,
    blocks: HashMap<NodeId, &'a Block>,
}

/// A target that was found.
#[derive(Clone, Copy)]
pub(super) struct Target<'a> {
    /// What carries the anchor.
    pub(super) node: NodeId,
    /// What a reference names: the block that is labelled, or that a label stands in.
    pub(super) named: &'a Block,
    /// The text that a label is on, if it is on some.
    pub(super) inline: Option<&'a Inline>,
}

struct Labelled<'a> {
    label: &'a Label,
    file: FileId,
    span: Span,
    target: Target<'a>,
}

/// Nodes by a name in lower case, in one file and in the report; the first of each name.
#[derive(Default)]
struct Index {
    in_file: HashMap<(FileId, String), NodeId>,
    anywhere: HashMap<String, NodeId>,
}

impl Index {
    fn add(&mut self, file: FileId, name: &str, node: NodeId) {
        let name = name.to_lowercase();
        self.anywhere.entry(name.clone()).or_insert(node);
        self.in_file.entry((file, name)).or_insert(node);
    }
}

impl<'a> Targets<'a> {
    /// Finds every target and gives it its anchor: labels first, as they were typed, then the generated ones.
    pub(super) fn new(
        document: &'a Document,
        notes: &[usize],
        numbers: &Numbers<'a>,
        sources: &Sources,
        anchors: &mut Anchors,
        found: &mut Diagnostics,
    ) -> Self {
        let mut collect = Collect::default();
        reading::read(document, notes, &mut collect);
        report_duplicates(&collect.labels, sources, found);
        let (mut by_label, mut exact, mut by_node) = (Index::default(), HashMap::new(), HashMap::new());
        for (position, labelled) in collect.labels.iter().enumerate() {
            exact.entry((labelled.file, labelled.label.as_str())).or_insert(position);
            by_node.entry(labelled.target.node).or_insert(position);
            let wanted = anchor_of(labelled.label);
            anchors.claim(labelled.target.node, &wanted);
            by_label.add(labelled.file, labelled.label.as_str(), labelled.target.node);
        }
        let (by_slug, slugs, chapters) = headings(numbers, anchors);
        for block in &collect.blocks {
            if let Some(wanted) = generated(block, numbers) {
                anchors.claim(block.id, &wanted);
            }
        }
        let blocks = collect.blocks.iter().map(|block| (block.id, *block)).collect();
        Self { labels: collect.labels, exact, by_node, by_label, by_slug, chapters, slugs, blocks }
    }

    /// What `#name` leads to from a file: a label there, a heading there, a label or heading anywhere.
    pub(super) fn find(&self, file: FileId, name: &str) -> Option<Target<'a>> {
        self.find_in(file, name).or_else(|| {
            let name = name.to_lowercase();
            let node = self.by_label.anywhere.get(&name).or_else(|| self.by_slug.anywhere.get(&name))?;
            self.target(*node)
        })
    }

    /// What `file.md#name` leads to.
    pub(super) fn find_in(&self, file: FileId, name: &str) -> Option<Target<'a>> {
        if let Some(&position) = self.exact.get(&(file, name)) {
            return Some(self.labels[position].target);
        }
        let key = (file, name.to_lowercase());
        let node = self.by_label.in_file.get(&key).or_else(|| self.by_slug.in_file.get(&key))?;
        self.target(*node)
    }

    /// The first heading of a file.
    pub(super) fn chapter(&self, file: FileId) -> Option<NodeId> {
        self.chapters.get(&file).copied()
    }

    /// Every name, those of a file first, for suggestions.
    pub(super) fn names(&self, file: FileId) -> impl Iterator<Item = &str> {
        let all = move || {
            let labels = self.labels.iter().map(|labelled| (labelled.file, labelled.label.as_str()));
            labels.chain(self.slugs.iter().map(|(file, slug)| (*file, slug.as_str())))
        };
        let here = all().filter(move |(of, _)| *of == file);
        here.chain(all().filter(move |(of, _)| *of != file)).map(|(_, name)| name)
    }

    fn target(&self, node: NodeId) -> Option<Target<'a>> {
        let labelled = self.by_node.get(&node).map(|&position| self.labels[position].target);
        let heading = || self.blocks.get(&node).map(|named| Target { node, named, inline: None });
        labelled.or_else(heading)
    }
}

/// A label as an anchor: as typed where it can be one.
fn anchor_of(label: &Label) -> String {
    if anchor::is_anchor(label.as_str()) {
        return label.as_str().to_owned();
    }
    anchor::from_text(label.as_str(), "label").unwrap_or_else(|| "label".to_owned())
}

type Headings = (Index, Vec<(FileId, String)>, HashMap<FileId, NodeId>);

/// Gives headings their anchors, and finds them by the names that GitHub would give them in their file.
fn headings(numbers: &Numbers<'_>, anchors: &mut Anchors) -> Headings {
    let (mut index, mut slugs, mut chapters) = (Index::default(), Vec::new(), HashMap::new());
    let mut repeated: HashMap<(FileId, String), u32> = HashMap::new();
    for (ordinal, heading) in numbers.headings.iter().enumerate() {
        let text = crate::document::plain_text(heading.content);
        let wanted = anchor::from_text(&text, "section").unwrap_or_else(|| format!("section-{}", ordinal + 1));
        anchors.claim(heading.block.id, &wanted);
        if heading.empty {
            continue;
        }
        chapters.entry(heading.file).or_insert(heading.block.id);
        let slug = anchor::slug(&text);
        let before = repeated.entry((heading.file, slug.clone())).or_default();
        let name = if *before == 0 { slug } else { format!("{slug}-{before}") };
        *before += 1;
        index.add(heading.file, &name, heading.block.id);
        slugs.push((heading.file, name));
    }
    // Readers copy anchors out of a finished report, too.
    for heading in numbers.headings.iter().filter(|heading| !heading.empty) {
        if let Some(anchor) = anchors.table.get(heading.block.id) {
            index.add(heading.file, anchor.as_str(), heading.block.id);
        }
    }
    for heading in numbers.headings.iter().filter(|heading| !heading.empty) {
        for name in anchor::slugs_elsewhere(&crate::document::plain_text(heading.content)) {
            index.add(heading.file, &name, heading.block.id);
        }
    }
    (index, slugs, chapters)
}

/// The anchor of what is numbered but not labelled.
fn generated(block: &Block, numbers: &Numbers<'_>) -> Option<String> {
    if let Some(info) = numbers.captions.get(block.id) {
        let kind = match info.kind {
            CaptionKind::Figure => "figure",
            CaptionKind::Table => "table",
        };
        return Some(format!("{kind}-{}", info.number));
    }
    if let (BlockKind::Box(boxed), Some(info)) = (&block.kind, numbers.boxes.get(block.id)) {
        let kind = if boxed.kind == BoxKind::Recommendation { "recommendation" } else { "box" };
        return info.number.as_ref().map(|number| format!("{kind}-{number}"));
    }
    if let Some(number) = numbers.formulas.get(block.id) {
        return Some(format!("equation-{number}"));
    }
    let number = numbers.paragraphs.get(block.id)?.number.as_ref()?;
    Some(format!("p-{}", number.trim_end_matches('.')))
}

fn report_duplicates(labels: &[Labelled<'_>], sources: &Sources, found: &mut Diagnostics) {
    let mut first: HashMap<&str, Span> = HashMap::new();
    for labelled in labels {
        let label = labelled.label.as_str();
        let span = label_span(sources, labelled.span, label);
        let Some(earlier) = first.get(label) else {
            first.insert(label, span);
            continue;
        };
        let message = if span.file == earlier.file {
            format!("the id `{label}` is taken")
        } else {
            format!("the id `{label}` is claimed by two files")
        };
        let file = &sources[earlier.file];
        let (path, line) = (file.path(), file.line_column(earlier.start).line);
        let hint = format!("links from other files to `#{label}` lead to {path}:{line}; give this one another id");
        found
            .push(Diagnostic::new(Code::DuplicateId, span, message).related(*earlier, "first claimed here").hint(hint));
    }
}

/// Where within a span a label was typed.
fn label_span(sources: &Sources, span: Span, label: &str) -> Span {
    let text = sources.text(span);
    let hash = text.find(&format!("#{label}")).map(|at| (at, label.len() + 1));
    match hash.or_else(|| text.find(label).map(|at| (at, label.len()))) {
        Some((at, len)) if !label.is_empty() => {
            let start = span.range().start + at;
            Span::new(span.file, start, start + len)
        }
        Some(_) | None => span,
    }
}

/// Every label and every block, in reading order.
#[derive(Default)]
struct Collect<'a> {
    labels: Vec<Labelled<'a>>,
    blocks: Vec<&'a Block>,
}

impl<'a> Read<'a> for Collect<'a> {
    fn block(&mut self, block: &'a Block, place: &Place<'a>) {
        self.blocks.push(block);
        let mut label = block.attributes.label.as_ref();
        if let BlockKind::Figure(figure) = &block.kind {
            label = label.or(figure.image.attributes.label.as_ref());
        }
        if let Some(label) = label {
            let named = first_within(block);
            let target = Target { node: block.id, named, inline: None };
            self.labels.push(Labelled { label, file: place.file, span: block.span, target });
        }
    }

    fn inline(&mut self, inline: &'a Inline, place: &Place<'a>) {
        let Some(label) = label_of(inline) else { return };
        let Some(&named) = self.blocks.last() else { return };
        let target = Target { node: inline.id, named, inline: Some(inline) };
        self.labels.push(Labelled { label, file: place.file, span: inline.span, target });
    }
}

/// A labelled group is called by what it begins with.
fn first_within(block: &Block) -> &Block {
    if let BlockKind::Division(blocks) = &block.kind {
        return blocks.first().map_or(block, first_within);
    }
    block
}

/// The label that an inline carries.
pub(super) fn label_of(inline: &Inline) -> Option<&Label> {
    inline.kind.attributes()?.label.as_ref()
}
