//! A citation put together: what the style says, what the writer typed around it, links to the entries.
//!
//! In: a citation and its rendering. Out: [`Parts`]. A key that is no work's stands in the text, marked, as it was typed.

use hayagriva::RenderedCitation;
use hayagriva::citationberg::{CitationFormat, IndependentStyle, StyleCategory, StyleClass};

use super::collect::Cited;
use super::label::Labels;
use super::markup::{CLOSING, OPENING};
use super::run::{self, Run, inlines};
use super::settle::copy;
use crate::document::{Attributes, CitationForm, CitationItem, Ids, Inline, InlineKind, Link};
use crate::source::Span;

/// A citation's words.
#[derive(Default)]
pub(super) struct Parts {
    /// In the running text: in a style of notes only the author, and only of a narrative citation.
    pub(super) text: Vec<Inline>,
    /// In a note, in a style of notes.
    pub(super) note: Vec<Inline>,
}

/// What all citations have in common.
pub(super) struct Composer<'a> {
    pub(super) style: &'a IndependentStyle,
    pub(super) labels: &'a Labels,
    pub(super) link: bool,
}

impl Composer<'_> {
    /// Puts a citation together; `known` are the positions of works that were found.
    pub(super) fn citation(
        &self,
        cited: &Cited,
        known: &[usize],
        words: Option<&RenderedCitation>,
        ids: &mut Ids,
    ) -> Parts {
        let items = &cited.citation.items;
        let Some(words) = words else {
            let mut out = unknown(items.iter(), cited.span, ids);
            if let Some(rest) = behind_narrative(cited) {
                out.insert(out.len() - 1, plain(rest, cited.span, ids));
            }
            return self.parts(out, Vec::new());
        };
        let notes = self.style.settings.class == StyleClass::Note;
        let runs = run::runs(&words.citation);
        let of = |at: usize| &items[known[at]];
        let marked = known.iter().any(|&at| items[at].form != CitationForm::Whole);
        let narrative = known.len() == 1 && of(0).form == CitationForm::Narrative;
        let (author, rest) = if marked { split(&runs, &of) } else { (Vec::new(), runs) };
        let (open, close) = self.brackets();
        let mut line = Line { composer: self, span: cited.span, ids, out: Vec::new() };
        if narrative && !notes {
            let mut whole = author;
            whole.push(Run { item: Some(0), ..Run::plain(open.unwrap_or_default()) });
            whole.extend(rest);
            let last = Run { item: Some(0), ..Run::plain(close.unwrap_or_default()) };
            whole.push(last);
            line.runs(&whole, &of);
            return Parts { text: line.out, note: Vec::new() };
        }
        if marked {
            let mut whole = vec![Run::plain(open.unwrap_or_default())];
            whole.extend(rest);
            let closes = close.filter(|close| !run::text(&whole).ends_with(close));
            whole.push(Run::plain(closes.unwrap_or_default()));
            line.runs(&whole, &of);
        } else {
            line.runs(&rest, &of);
        }
        let mut out = line.out;
        if known.len() < items.len() {
            out.push(plain(" ", cited.span, ids));
            let missing = items.iter().enumerate().filter(|(at, _)| !known.contains(at)).map(|(_, item)| item);
            out.extend(unknown(missing, cited.span, ids));
        }
        let author = if narrative { inlines(&trimmed_end(author), ids, cited.span) } else { Vec::new() };
        self.parts(author, out)
    }

    fn parts(&self, author: Vec<Inline>, words: Vec<Inline>) -> Parts {
        if self.style.settings.class == StyleClass::Note {
            return Parts { text: author, note: words };
        }
        Parts { text: author.into_iter().chain(words).collect(), note: Vec::new() }
    }

    /// What the style puts around a citation in the text; one of authors and years that says nothing has parentheses.
    fn brackets(&self) -> (Option<&str>, Option<&str>) {
        let layout = &self.style.citation.layout;
        let bare = layout.prefix.is_none() && layout.suffix.is_none();
        let numbers = self.style.info.category.iter().any(|category| match category {
            StyleCategory::CitationFormat { format } => {
                matches!(format, CitationFormat::Numeric | CitationFormat::Label)
            }
            StyleCategory::Field { .. } => false,
        });
        if bare && !numbers && self.style.settings.class == StyleClass::InText {
            return (Some("("), Some(")"));
        }
        (layout.prefix.as_deref(), layout.suffix.as_deref())
    }
}

/// Parts the author from what stands in brackets; of works without their author nothing else is left.
fn split<'a>(runs: &[Run], of: &impl Fn(usize) -> &'a CitationItem) -> (Vec<Run>, Vec<Run>) {
    let (mut author, mut rest) = (Vec::new(), Vec::new());
    let mut within = false;
    let mut current = None;
    for run in runs {
        if run.item != current {
            (current, within) = (run.item, false);
        }
        let form = run.item.map(|item| of(item).form);
        if matches!(form, None | Some(CitationForm::Whole)) {
            rest.push(run.clone());
            continue;
        }
        let mut text = run.text.as_str();
        while !text.is_empty() {
            let sign = if within { CLOSING } else { OPENING };
            let (part, behind) = text.split_once(sign).map_or((text, None), |(part, behind)| (part, Some(behind)));
            let side = if within { &mut rest } else { &mut author };
            if !part.is_empty() {
                side.push(run.with(part));
            }
            match behind {
                Some(behind) => (text, within) = (behind, !within),
                None => break,
            }
        }
    }
    (author, rest)
}

fn trimmed_end(mut runs: Vec<Run>) -> Vec<Run> {
    if let Some(last) = runs.last_mut() {
        last.text = last.text.trim_end().to_owned();
    }
    runs
}

/// A line of inlines in the making.
struct Line<'c, 'i> {
    composer: &'c Composer<'c>,
    span: Span,
    ids: &'i mut Ids,
    out: Vec<Inline>,
}

impl Line<'_, '_> {
    /// Runs, those of each work within its link and between the words around it.
    fn runs<'a>(&mut self, runs: &[Run], of: &impl Fn(usize) -> &'a CitationItem) {
        let runs: Vec<Run> = runs.iter().filter(|run| !run.text.is_empty()).cloned().collect();
        for group in runs.chunk_by(|a, b| a.item == b.item) {
            let Some(item) = group[0].item.map(of) else {
                self.out.extend(inlines(group, self.ids, self.span));
                continue;
            };
            self.typed(&item.prefix, Blank::Behind);
            self.work(group, item);
            self.typed(&item.suffix, Blank::Before);
        }
    }

    fn work(&mut self, runs: &[Run], item: &CitationItem) {
        let content = inlines(runs, self.ids, self.span);
        let in_text = self.composer.style.settings.class == StyleClass::InText;
        let label = self.composer.labels.get(&item.key).filter(|_| self.composer.link && in_text);
        let Some(label) = label.filter(|_| !runs.iter().any(Run::leads)) else { return self.out.extend(content) };
        let (title, attributes) = (String::new(), Attributes::default());
        let link = Link { destination: format!("#{label}"), title, attributes, content };
        self.out.push(Inline { id: self.ids.fresh(), span: item.span, kind: InlineKind::Link(link), change: None });
    }

    /// What the writer typed, with a blank between it and the work.
    fn typed(&mut self, typed: &[Inline], blank: Blank) {
        let (Some(first), Some(last)) = (typed.first(), typed.last()) else { return };
        let text =
            |inline: &Inline| if let InlineKind::Text(text) = &inline.kind { text.clone() } else { String::new() };
        if blank == Blank::Before && !text(first).starts_with([' ', ',', ';', '.', ':', ')', '\u{a0}']) {
            self.out.push(plain(" ", self.span, self.ids));
        }
        self.out.extend(copy(typed, self.ids));
        if blank == Blank::Behind && !text(last).ends_with([' ', '(', '\u{a0}']) {
            self.out.push(plain(" ", self.span, self.ids));
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Blank {
    Before,
    Behind,
}

fn plain(text: &str, span: Span, ids: &mut Ids) -> Inline {
    Inline { id: ids.fresh(), span, kind: InlineKind::Text(text.to_owned()), change: None }
}

/// A key that is no work's: `@key?`, marked.
fn question(item: &CitationItem, ids: &mut Ids) -> Inline {
    let text = plain(&format!("@{}?", item.key), item.span, ids);
    Inline { id: ids.fresh(), span: item.span, kind: InlineKind::Highlight(vec![text]), change: None }
}

/// Keys that are those of no work: in parentheses, with all that was typed around them.
fn unknown<'a>(items: impl Iterator<Item = &'a CitationItem>, span: Span, ids: &mut Ids) -> Vec<Inline> {
    let mut out = vec![plain("(", span, ids)];
    for (nth, item) in items.enumerate() {
        let (mut before, mut behind) = (copy(&item.before, ids), copy(&item.behind, ids));
        let first = |text: &str| {
            let text = text.strip_prefix('[').unwrap_or(text);
            if nth == 0 { text.trim_start_matches([';', ' ']).to_owned() } else { text.to_owned() }
        };
        change(before.first_mut(), first);
        if item.form == CitationForm::WithoutAuthor {
            change(before.last_mut(), |text| text.strip_suffix('-').unwrap_or(text).to_owned());
        }
        change(behind.last_mut(), |text| text.strip_suffix(']').unwrap_or(text).to_owned());
        let apart = nth > 0 && before.is_empty();
        if apart && out.last().is_some_and(|last| !ends_blank(last)) {
            out.push(plain(" ", span, ids));
        }
        out.extend(before);
        out.push(question(item, ids));
        out.extend(behind);
    }
    change(out.last_mut(), |text| text.trim_end().to_owned());
    out.push(plain(")", span, ids));
    out
}

fn change(inline: Option<&mut Inline>, change: impl Fn(&str) -> String) {
    if let Some(Inline { kind: InlineKind::Text(text), .. }) = inline {
        *text = change(text);
    }
}

fn ends_blank(inline: &Inline) -> bool {
    if let InlineKind::Text(text) = &inline.kind { text.ends_with([' ', '\u{a0}']) } else { false }
}

/// What was typed behind a key in the running text: ` [p. 3]`.
fn behind_narrative(cited: &Cited) -> Option<&str> {
    let [CitationItem { form: CitationForm::Narrative, span, .. }] = cited.citation.items.as_slice() else {
        return None;
    };
    cited.citation.source.get(span.range().len()..).filter(|rest| !rest.is_empty())
}
