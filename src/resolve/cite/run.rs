//! hayagriva's output as inlines of ours.
//!
//! In: a tree of elements. Out: [`Run`]s, then inlines: text, emphasis, strong, raised and lowered text, links.
//! Small capitals, for which the tree has no kind, stay as they are typed.

use hayagriva::citationberg::Display;
use hayagriva::citationberg::{FontStyle, FontWeight, TextDecoration, VerticalAlign};
use hayagriva::types::{ChunkKind, FormatString, StringChunk};
use hayagriva::{ElemChild, ElemChildren, ElemMeta, Formatting};

use super::markup::{self, Edge, Mark};
use crate::document::{Attributes, Formula, FormulaForm, Ids, Inline, InlineKind, Link};
use crate::source::Span;

/// Text of one look.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Run {
    pub(super) text: String,
    pub(super) look: Look,
    /// Position of the work among those of its citation.
    pub(super) item: Option<usize>,
}

/// How a run looks, and where it leads.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Look {
    italic: bool,
    bold: bool,
    vertical: Vertical,
    url: Option<String>,
    formula: bool,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Vertical {
    #[default]
    Base,
    Superscript,
    Subscript,
}

/// The runs of a tree, in order.
pub(super) fn runs(children: &ElemChildren) -> Vec<Run> {
    let mut runs = Vec::new();
    flatten(children, None, &mut runs);
    tidy(&mut runs);
    runs
}

/// A text of a work as runs, its formulas among them.
pub(super) fn runs_of_text(text: &FormatString) -> Vec<Run> {
    let run = |chunk: &StringChunk| match chunk.kind {
        ChunkKind::Normal | ChunkKind::Verbatim => Run::plain(&chunk.value),
        ChunkKind::Math => formula(&chunk.value, None),
    };
    text.value.0.iter().map(run).collect()
}

/// Takes out the punctuation that hayagriva leaves where a style has something that a work has not: "(2015,)",
/// "“Title.”.", "Geneva,.", "vol. 2., Lima". Addresses stay as they are.
fn tidy(runs: &mut [Run]) {
    let open = |run: &Run| run.look.url.is_none() && !run.look.formula && !run.text.contains("://");
    let signs = |(at, run): (usize, &Run)| {
        let open = open(run);
        run.text.chars().map(|c| (at, open, c)).collect::<Vec<_>>()
    };
    let signs: Vec<_> = runs.iter().enumerate().flat_map(signs).collect();
    let mut kept: Vec<(usize, char)> = Vec::new();
    for (place, &(at, open, c)) in signs.iter().enumerate() {
        let next = signs.get(place + 1).map(|&(_, _, next)| next);
        let before: String = kept.iter().rev().take(3).map(|&(_, c)| c).collect();
        if !(open && is_left_over(&before, c, next)) {
            kept.push((at, c));
        }
    }
    runs.iter_mut().for_each(|run| run.text.clear());
    kept.into_iter().for_each(|(at, c)| runs[at].text.push(c));
}

/// Whether a sign is of something absent; the three before it stand backwards.
fn is_left_over(before: &str, sign: char, next: Option<char>) -> bool {
    let mut before = before.chars();
    let (last, last_but_one) = (before.next(), before.next());
    match (sign, next) {
        (',', Some(')' | ']' | '.' | ',')) => true,
        ('.', Some(',')) => last.is_some_and(|last| last.is_ascii_digit()),
        ('.', _) => matches!((last_but_one, last), (Some('.' | '?' | '!'), Some('”' | '’' | '»' | '"'))),
        _ => false,
    }
}

/// The runs of one element.
pub(super) fn runs_of(child: &ElemChild) -> Vec<Run> {
    runs(&ElemChildren(vec![child.clone()]))
}

fn flatten(children: &ElemChildren, item: Option<usize>, out: &mut Vec<Run>) {
    for child in &children.0 {
        match child {
            ElemChild::Text(text) => out.push(Run { text: text.text.clone(), look: look(&text.formatting), item }),
            ElemChild::Link { text, url } => {
                let look = Look { url: Some(url.clone()), ..look(&text.formatting) };
                out.push(Run { text: text.text.clone(), look, item });
            }
            ElemChild::Markup(formula) => {
                out.push(self::formula(formula.trim().trim_matches('$'), item));
            }
            ElemChild::Elem(elem) => {
                let item = if let Some(ElemMeta::Entry(index)) = elem.meta { Some(index) } else { item };
                let apart = matches!(elem.display, Some(Display::Block | Display::Indent | Display::RightInline));
                if apart && out.last().is_some_and(|run| !run.text.ends_with(' ')) {
                    out.push(Run { text: " ".to_owned(), look: Look::default(), item });
                }
                flatten(&elem.children, item, out);
            }
            ElemChild::Transparent { .. } => {}
        }
    }
}

/// A formula; `_2` in `H$_2$O` is lowered text.
fn formula(source: &str, item: Option<usize>) -> Run {
    let raised = [('_', Vertical::Subscript), ('^', Vertical::Superscript)];
    let simple = raised.into_iter().find_map(|(sign, vertical)| {
        let rest = source.strip_prefix(sign)?;
        let inner = rest.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')).unwrap_or(rest);
        let plain = !inner.is_empty() && inner.chars().all(|c| c.is_ascii_alphanumeric() || c == '+' || c == '-');
        plain.then(|| (inner.to_owned(), Look { vertical, ..Look::default() }))
    });
    let (text, look) = simple.unwrap_or_else(|| (source.to_owned(), Look { formula: true, ..Look::default() }));
    Run { text, look, item }
}

fn look(formatting: &Formatting) -> Look {
    let vertical = match formatting.vertical_align {
        VerticalAlign::Sup => Vertical::Superscript,
        VerticalAlign::Sub => Vertical::Subscript,
        VerticalAlign::None | VerticalAlign::Baseline => Vertical::Base,
    };
    Look {
        italic: formatting.font_style == FontStyle::Italic || formatting.text_decoration == TextDecoration::Underline,
        bold: formatting.font_weight == FontWeight::Bold,
        vertical,
        url: None,
        formula: false,
    }
}

impl Run {
    /// Text without a look.
    pub(super) fn plain(text: &str) -> Self {
        Self { text: text.to_owned(), look: Look::default(), item: None }
    }

    /// The same look on another text.
    pub(super) fn with(&self, text: &str) -> Self {
        Self { text: text.to_owned(), ..self.clone() }
    }

    /// Whether it leads somewhere by itself.
    pub(super) fn leads(&self) -> bool {
        self.look.url.is_some()
    }
}

/// The text of runs, without their looks.
pub(super) fn text(runs: &[Run]) -> String {
    let text: String = runs.iter().map(|run| run.text.as_str()).collect();
    clean(&text.replace(|c| markup::mark(c).is_some(), ""))
}

/// Runs as inlines, tags within titles resolved.
pub(super) fn inlines(runs: &[Run], ids: &mut Ids, span: Span) -> Vec<Inline> {
    let mut out: Vec<(Look, String)> = Vec::new();
    let mut open: Vec<Mark> = Vec::new();
    for run in runs {
        let mut rest = run.text.as_str();
        loop {
            let sign = rest.char_indices().find_map(|(at, c)| markup::mark(c).map(|mark| (at, c.len_utf8(), mark)));
            let end = sign.map_or(rest.len(), |(at, ..)| at);
            push(&mut out, marked(&run.look, &open), &rest[..end]);
            let Some((at, len, (mark, edge))) = sign else { break };
            match edge {
                Edge::Begin => open.push(mark),
                Edge::End => open = open.iter().copied().filter(|other| *other != mark).collect(),
            }
            rest = &rest[at + len..];
        }
    }
    out.into_iter().map(|(look, text)| inline(look, text, ids, span)).collect()
}

fn push(out: &mut Vec<(Look, String)>, look: Look, text: &str) {
    if text.is_empty() {
        return;
    }
    let mut text = clean(text);
    if out.last().is_some_and(|(_, before)| before.ends_with(' ')) && text.starts_with(' ') {
        text.remove(0);
    }
    match out.last_mut() {
        Some((last, before)) if *last == look && !look.formula => before.push_str(&text),
        Some(_) | None => out.push((look, text)),
    }
}

/// What a tag says on top of a run's look: italic within italic stands upright.
fn marked(look: &Look, open: &[Mark]) -> Look {
    let mut look = look.clone();
    for mark in open {
        match mark {
            Mark::Italic => look.italic = !look.italic,
            Mark::Bold => look.bold = true,
            Mark::Superscript => look.vertical = Vertical::Superscript,
            Mark::Subscript => look.vertical = Vertical::Subscript,
        }
    }
    look
}

/// Blanks of every kind in a line, and nothing that XML has no place for.
fn clean(text: &str) -> String {
    let sign = |c: char| match c {
        '\n' | '\r' | '\t' => ' ',
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' | '\u{e000}'..='\u{e02f}' => '\u{fffd}',
        // Text from files may not turn the line around it.
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
        c => c,
    };
    text.chars().map(sign).collect()
}

fn inline(look: Look, text: String, ids: &mut Ids, span: Span) -> Inline {
    let mut node = |kind| Inline { id: ids.fresh(), span, kind, change: None };
    let mut inline = if look.formula {
        node(InlineKind::Formula(Formula { source: text, form: FormulaForm::Line, attributes: Attributes::default() }))
    } else {
        node(InlineKind::Text(text))
    };
    match look.vertical {
        Vertical::Base => {}
        Vertical::Superscript => inline = node(InlineKind::Superscript(vec![inline])),
        Vertical::Subscript => inline = node(InlineKind::Subscript(vec![inline])),
    }
    if look.italic {
        inline = node(InlineKind::Emphasis(vec![inline]));
    }
    if look.bold {
        inline = node(InlineKind::Strong(vec![inline]));
    }
    if let Some(destination) = look.url {
        let (title, attributes) = Default::default();
        inline = node(InlineKind::Link(Link { destination, title, attributes, content: vec![inline] }));
    }
    inline
}
