use super::{Format, Inline, InlineKind, Link, NodeId};
use crate::source::Span;

/// A leaf of a line with all that stands around it, the outermost first. Code is a leaf of text within [`Format::Code`].
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// What stands around it.
    pub around: Vec<Around>,
    /// Text, a break, an image, …: never one that holds others, unless these are none.
    pub leaf: Inline,
}

/// One thing that stands around a leaf.
#[derive(Debug, Clone, PartialEq)]
pub struct Around {
    /// What.
    pub format: Format,
    /// The inline's own id.
    pub id: NodeId,
    /// Where it was typed.
    pub span: Span,
}

impl Run {
    /// The formats around it.
    pub fn formats(&self) -> Vec<Format> {
        self.around.iter().map(|around| around.format.clone()).collect()
    }

    /// The link around it.
    pub fn link(&self) -> Option<&Around> {
        self.around.iter().find(|around| matches!(around.format, Format::Link { .. }))
    }
}

/// A line as its leaves.
pub fn runs(inlines: &[Inline]) -> Vec<Run> {
    let mut found = Vec::new();
    collect(inlines, &mut Vec::new(), &mut found);
    found
}

fn collect(inlines: &[Inline], around: &mut Vec<Around>, found: &mut Vec<Run>) {
    for inline in inlines {
        let format = format_of(&inline.kind).map(|format| Around { format, id: inline.id, span: inline.span });
        match format {
            Some(code) if code.format == Format::Code => {
                let InlineKind::Code(text) = &inline.kind else { continue };
                let leaf = Inline { kind: InlineKind::Text(text.clone()), ..inline.clone() };
                let around = around.iter().cloned().chain([code]).collect();
                found.push(Run { around, leaf });
            }
            Some(one) if !inline.children().is_empty() => {
                around.push(one);
                collect(inline.children(), around, found);
                around.pop();
            }
            Some(_) | None => found.push(Run { around: around.clone(), leaf: inline.clone() }),
        }
    }
}

fn format_of(kind: &InlineKind) -> Option<Format> {
    Some(match kind {
        InlineKind::Emphasis(_) => Format::Emphasis,
        InlineKind::Strong(_) => Format::Strong,
        InlineKind::Strikethrough(_) => Format::Strikethrough,
        InlineKind::Highlight(_) => Format::Highlight,
        InlineKind::Superscript(_) => Format::Superscript,
        InlineKind::Subscript(_) => Format::Subscript,
        InlineKind::Code(_) => Format::Code,
        InlineKind::Link(Link { destination, title, attributes, .. }) => {
            Format::Link { destination: destination.clone(), title: title.clone(), attributes: attributes.clone() }
        }
        InlineKind::Span(attributes, _) => Format::Span(attributes.clone()),
        InlineKind::Text(_)
        | InlineKind::SoftBreak
        | InlineKind::LineBreak
        | InlineKind::Image(_)
        | InlineKind::Note(_)
        | InlineKind::Reference(_)
        | InlineKind::Formula(_)
        | InlineKind::Citation(_) => return None,
    })
}

/// Leaves as a line: neighbours within the same thing stand within it together. Two that were apart, as two links side by side, stay so.
pub fn inlines(runs: Vec<Run>) -> Vec<Inline> {
    build(runs, 0)
}

fn build(runs: Vec<Run>, depth: usize) -> Vec<Inline> {
    let mut out: Vec<Inline> = Vec::new();
    let mut runs = runs.into_iter().peekable();
    while let Some(run) = runs.next() {
        let Some(around) = run.around.get(depth).cloned() else {
            push(&mut out, run.leaf);
            continue;
        };
        if around.format == Format::Code {
            let Inline { kind: InlineKind::Text(text), .. } = run.leaf else { continue };
            push(&mut out, Inline { kind: InlineKind::Code(text), ..run.leaf });
            continue;
        }
        let mut one = vec![run];
        while let Some(next) = runs.next_if(|next| goes_on(next, depth, &around)) {
            one.push(next);
        }
        let kind = around_kind(around.format, build(one, depth + 1));
        out.push(Inline { id: around.id, span: around.span, kind, change: None });
    }
    out
}

/// Whether a leaf stands within the same thing as those before it.
fn goes_on(next: &Run, depth: usize, around: &Around) -> bool {
    let Some(next) = next.around.get(depth) else { return false };
    next.format == around.format && (next.id == around.id || !matches!(next.format, Format::Link { .. }))
}

/// Neighbouring text of one mark is one.
fn push(out: &mut Vec<Inline>, leaf: Inline) {
    if let Some(last) = out.last_mut()
        && last.change == leaf.change
        && (last.span == leaf.span || last.span.end == leaf.span.start)
        && let Some(more) = text_of(&leaf, &last.kind)
    {
        let (InlineKind::Text(text) | InlineKind::Code(text)) = &mut last.kind else { return out.push(leaf) };
        text.push_str(more);
        last.span = last.span.to(leaf.span);
        return;
    }
    out.push(leaf);
}

/// Its text, if it is of a kind with what stands before it.
fn text_of<'a>(leaf: &'a Inline, before: &InlineKind) -> Option<&'a str> {
    if std::mem::discriminant(&leaf.kind) != std::mem::discriminant(before) {
        return None;
    }
    if let InlineKind::Text(text) | InlineKind::Code(text) = &leaf.kind { Some(text) } else { None }
}

fn around_kind(format: Format, content: Vec<Inline>) -> InlineKind {
    match format {
        Format::Emphasis => InlineKind::Emphasis(content),
        Format::Strong => InlineKind::Strong(content),
        Format::Strikethrough => InlineKind::Strikethrough(content),
        Format::Highlight => InlineKind::Highlight(content),
        Format::Superscript => InlineKind::Superscript(content),
        Format::Subscript => InlineKind::Subscript(content),
        Format::Link { destination, title, attributes } => {
            InlineKind::Link(Link { destination, title, attributes, content })
        }
        Format::Span(attributes) => InlineKind::Span(attributes, content),
        Format::Code => unreachable!("code is a leaf of its own"),
    }
}
