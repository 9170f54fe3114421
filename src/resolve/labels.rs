use std::collections::HashMap;

use super::anchor::Anchors;
use super::resolved::{Anchor, ResolvedDocument};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::document::{Block, Document, Inline, InlineKind, Label, NodeId, Visit, walk_blocks};
use crate::source::{FileId, Sources, Span};

/// A thing that a link or reference can lead to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Target {
    /// The node that carries the label or heading.
    pub(super) node: NodeId,
    /// Its file.
    pub(super) file: FileId,
    /// Its place in the report.
    pub(super) anchor: Anchor,
}

/// Everything that can be linked to, by label and by the slug of a heading.
#[derive(Debug, Default)]
pub(super) struct Labels {
    anchors: Anchors,
    explicit: HashMap<String, Vec<Target>>,
    slugs: HashMap<String, Vec<Target>>,
    files: HashMap<FileId, Anchor>,
    by_node: HashMap<NodeId, Anchor>,
}

impl Labels {
    /// Claims every label that writers typed, in reading order, so that generated anchors give way to them.
    pub(super) fn collect(document: &Document, sources: &Sources, diagnostics: &mut Diagnostics) -> Self {
        let mut found = Found::default();
        document.parts.iter().for_each(|part| walk_blocks(&part.blocks, &mut found));
        document.notes.iter().for_each(|note| walk_blocks(&note.blocks, &mut found));
        let mut labels = Self::default();
        let mut first: HashMap<&str, Span> = HashMap::new();
        for (node, label, span) in found.labels {
            let span = place_of(label, span, sources);
            if let Some(&earlier) = first.get(label.as_str()) {
                diagnostics.push(duplicate(label, span, earlier, sources));
            } else {
                first.insert(label.as_str(), span);
            }
            let anchor = labels.anchors.claim(label.as_str(), "label");
            labels.by_node.insert(node, anchor.clone());
            let target = Target { node, file: span.file, anchor };
            labels.explicit.entry(label.as_str().to_owned()).or_default().push(target);
        }
        labels
    }

    /// Hands inlines that carry a label their anchors; blocks have theirs from the numbering.
    pub(super) fn anchor_inlines(&self, document: &Document, doc: &mut ResolvedDocument) {
        let mut found = Found::default();
        document.parts.iter().for_each(|part| walk_blocks(&part.blocks, &mut found));
        document.notes.iter().for_each(|note| walk_blocks(&note.blocks, &mut found));
        for (node, _, _) in found.labels {
            if let (None, Some(anchor)) = (doc.anchors.get(node), self.labelled(node)) {
                doc.anchors.insert(node, anchor.clone());
            }
        }
    }

    /// The anchor that a node's label claimed.
    pub(super) fn labelled(&self, node: NodeId) -> Option<&Anchor> {
        self.by_node.get(&node)
    }

    /// An anchor that no one typed.
    pub(super) fn generate(&mut self, wanted: &str, fallback: &str) -> Anchor {
        self.anchors.claim(wanted, fallback)
    }

    /// Makes a heading reachable by its slug, as on a code forge: the second of a name as `name-1`.
    pub(super) fn add_heading(&mut self, slug: &str, target: Target) {
        self.files.entry(target.file).or_insert_with(|| target.anchor.clone());
        let same_file = self.slugs.get(slug).map_or(0, |t| t.iter().filter(|t| t.file == target.file).count());
        if same_file > 0 {
            self.slugs.entry(format!("{slug}-{same_file}")).or_default().push(target.clone());
        }
        self.slugs.entry(slug.to_owned()).or_default().push(target);
    }

    /// Where a link to a whole file leads.
    pub(super) fn file(&self, file: FileId) -> Option<&Anchor> {
        self.files.get(&file)
    }

    /// Sets where a link to a whole file leads, if it has no heading.
    pub(super) fn set_file(&mut self, file: FileId, anchor: &Anchor) {
        self.files.entry(file).or_insert_with(|| anchor.clone());
    }

    /// What a label or slug names: in `file` itself first, then the report's first.
    pub(super) fn find(&self, name: &str, file: FileId) -> Option<&Target> {
        let lower = name.to_lowercase();
        let choices = [self.explicit.get(name), self.slugs.get(name), self.slugs.get(&lower)];
        let mut found = choices.into_iter().flatten();
        let own = found.clone().find_map(|targets| targets.iter().find(|target| target.file == file));
        own.or_else(|| found.find_map(|targets| targets.first()))
    }

    /// What a label or slug names in that file alone.
    pub(super) fn find_in(&self, name: &str, file: FileId) -> Option<&Target> {
        self.find(name, file).filter(|target| target.file == file)
    }

    /// The nearest name, for "did you mean".
    pub(super) fn nearest(&self, name: &str) -> Option<&str> {
        let names = self.explicit.keys().chain(self.slugs.keys());
        let scored = names.map(|known| (strsim::damerau_levenshtein(name, known), known.as_str()));
        let close = scored.filter(|(distance, known)| *distance <= known.len().max(name.len()) / 3 + 1);
        close.min().map(|(_, known)| known)
    }
}

fn duplicate(label: &Label, span: Span, earlier: Span, sources: &Sources) -> Diagnostic {
    let (here, there) = (sources[span.file].path(), sources[earlier.file].path());
    let message = if here == there {
        format!("the id `{label}` is taken")
    } else {
        format!("the id `{label}` is claimed by two files")
    };
    let line = sources[earlier.file].line_column(earlier.start).line;
    Diagnostic::new(Code::DuplicateId, span, message)
        .related(earlier, "first claimed here")
        .hint(format!("links to `#{label}` lead to {there}:{line}; give this one another id"))
}

/// The `#label` itself, where the source has it in its braces.
fn place_of(label: &Label, span: Span, sources: &Sources) -> Span {
    let typed = format!("#{label}");
    let text = sources.text(span);
    let at = text.match_indices(&typed).map(|(at, _)| at).find(|at| {
        let next = text[at + typed.len()..].chars().next();
        text[..*at].rfind('{') > text[..*at].rfind('}') && next.is_none_or(|c| c == '}' || c.is_whitespace())
    });
    at.map_or(span, |at| Span::new(span.file, span.start as usize + at, span.start as usize + at + typed.len()))
}

#[derive(Default)]
struct Found<'a> {
    labels: Vec<(NodeId, &'a Label, Span)>,
}

impl<'a> Visit<'a> for Found<'a> {
    fn block(&mut self, block: &'a Block) {
        let label = block.attributes.label.as_ref();
        self.labels.extend(label.map(|label| (block.id, label, block.span)));
    }

    fn inline(&mut self, inline: &'a Inline) {
        let attributes = match &inline.kind {
            InlineKind::Link(link) => &link.attributes,
            InlineKind::Image(image) => &image.attributes,
            InlineKind::Span(attributes, _) => attributes,
            InlineKind::Text(_)
            | InlineKind::SoftBreak
            | InlineKind::LineBreak
            | InlineKind::Emphasis(_)
            | InlineKind::Strong(_)
            | InlineKind::Strikethrough(_)
            | InlineKind::Highlight(_)
            | InlineKind::Superscript(_)
            | InlineKind::Subscript(_)
            | InlineKind::Code(_)
            | InlineKind::Note(_)
            | InlineKind::Reference(_) => return,
        };
        self.labels.extend(attributes.label.as_ref().map(|label| (inline.id, label, inline.span)));
    }
}
