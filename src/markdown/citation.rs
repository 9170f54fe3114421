//! `[see @key, p. 3; @other]` and `@key`: citations, as pandoc has them.
//!
//! In: the inlines of a line. Out: the same with [`Citation`]s. Whether a key is that of a work or of a figure is
//! `resolve`'s to say, which alone reads bibliographies: what is neither becomes the text that it was.

use std::ops::Range;

use super::key::{Bracket, key};
use super::locator;
use super::text::Located;
use crate::document::{Citation, CitationForm, CitationItem, Ids, Inline, InlineKind};
use crate::source::{Sources, Span};

/// The bracketed citations of a line.
pub(super) fn bracketed(sources: &Sources, ids: &mut Ids, inlines: &mut Vec<Inline>) {
    for inline in inlines.iter_mut() {
        mail_that_is_none(inline);
    }
    let texts = || inlines.iter().filter_map(text_of);
    if !texts().any(|text| text.contains('@')) || !texts().any(|text| text.contains('[')) {
        return;
    }
    let line = Line::new(sources, inlines);
    let groups = line.groups();
    if groups.is_empty() {
        return;
    }
    let mut out = Vec::with_capacity(inlines.len());
    let mut at = Position { node: 0, byte: 0 };
    for group in &groups {
        line.copy(ids, at..group.open, &mut out);
        out.push(line.citation(ids, group));
        at = Position { byte: group.close.byte + 1, ..group.close };
    }
    line.copy(ids, at..Position { node: inlines.len(), byte: 0 }, &mut out);
    *inlines = out;
}

/// `@key` in running text, with what follows it in brackets: the citation, and where it ends.
pub(super) fn narrative(located: &Located<'_>, text: &str, at: usize) -> Option<(Citation, usize)> {
    let key = key(&text[at + 1..], Bracket::Outside)?;
    let after = at + 1 + key.len;
    let (locator, end) = match behind(&text[after..]) {
        Some((locator, len)) => (Some(locator), after + len),
        None => (None, after),
    };
    let item = CitationItem {
        key: key.text,
        span: located.part(at..after),
        prefix: Vec::new(),
        locator,
        suffix: Vec::new(),
        form: CitationForm::Narrative,
        before: Vec::new(),
        behind: Vec::new(),
    };
    Some((Citation { source: text[at..end].to_owned(), items: vec![item] }, end))
}

/// ` [p. 33]` behind a key in the text, with or without the space: the locator, and its length.
fn behind(text: &str) -> Option<(crate::document::Locator, usize)> {
    let inner = text.strip_prefix(' ').unwrap_or(text).strip_prefix('[')?;
    let end = inner.find(']')?;
    let found = locator::read(&inner[..end], locator::Comma::Given)?;
    (found.len == end).then(|| (found.locator, text.len() - inner.len() + end + 1))
}

/// Whether what stands before an `@` lets a key follow.
pub(super) fn may_begin(before: &str) -> bool {
    let mut back = before.chars().rev();
    match back.next() {
        None => true,
        Some('-') => back.next().is_none_or(|c| c.is_whitespace() || "[;(".contains(c)),
        Some(c) => is_unspaced(c) || !c.is_alphanumeric() && !"._+/@".contains(c),
    }
}

/// Letters of scripts that put no space between words, as Chinese and Thai: no address ends with one before its `@`.
pub(super) fn is_unspaced(c: char) -> bool {
    matches!(u32::from(c), 0x0E00..=0x0EFF | 0x1000..=0x109F | 0x1780..=0x17FF | 0x2E80..=0x9FFF | 0xF900..=0xFAFF
        | 0xFF00..=0xFFEF | 0x20000..=0x3FFFF)
}

/// `-@name.org` is no address: no one's name is a hyphen.
fn mail_that_is_none(inline: &mut Inline) {
    let InlineKind::Link(link) = &inline.kind else { return };
    if link.destination.starts_with("mailto:-@")
        && let [Inline { kind: InlineKind::Text(text), .. }] = link.content.as_slice()
    {
        inline.kind = InlineKind::Text(text.clone());
    }
}

fn text_of(inline: &Inline) -> Option<&str> {
    if let InlineKind::Text(text) = &inline.kind { Some(text) } else { None }
}

/// A byte of a text among the inlines of a line.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Position {
    node: usize,
    byte: usize,
}

/// `[` and `]` around at least one key.
struct Group {
    open: Position,
    close: Position,
    keys: Vec<Found>,
}

/// A key in a line.
#[derive(Clone)]
struct Found {
    /// Its `@`.
    at: Position,
    /// Behind it.
    end: Position,
    text: String,
    span: Span,
}

struct Line<'a> {
    sources: &'a Sources,
    inlines: &'a [Inline],
    located: Vec<Option<Located<'a>>>,
}

impl<'a> Line<'a> {
    fn new(sources: &'a Sources, inlines: &'a [Inline]) -> Self {
        let located = inlines
            .iter()
            .map(|inline| Some(Located::of(sources.text(inline.span), inline.span, text_of(inline)?)))
            .collect();
        Self { sources, inlines, located }
    }

    fn text(&self, node: usize) -> &'a str {
        self.inlines.get(node).and_then(text_of).unwrap_or_default()
    }

    fn is_escaped(&self, at: Position) -> bool {
        self.located[at.node].as_ref().is_some_and(|located| located.is_escaped(at.byte))
    }

    /// Innermost pairs of brackets that hold a key, in order.
    fn groups(&self) -> Vec<Group> {
        let (mut open, mut groups): (Vec<(Position, usize)>, Vec<Group>) = (Vec::new(), Vec::new());
        let mut keys: Vec<Found> = Vec::new();
        let mut skip = Position { node: 0, byte: 0 };
        for node in 0..self.inlines.len() {
            for (byte, sign) in self.text(node).match_indices(['[', ']', '@']) {
                let at = Position { node, byte };
                if at < skip || self.is_escaped(at) {
                    continue;
                }
                match sign {
                    "[" => open.push((at, keys.len())),
                    "]" => {
                        let Some((start, before)) = open.pop() else { continue };
                        if keys.len() > before {
                            let keys = keys.split_off(before);
                            groups.push(Group { open: start, close: at, keys });
                        }
                    }
                    _ if open.is_empty() => {}
                    _ => {
                        if let Some(found) = self.key(at) {
                            skip = found.end;
                            keys.push(found);
                        }
                    }
                }
            }
        }
        // What an outer pair holds besides an inner one stays text around it.
        groups.sort_by_key(|group| group.open);
        let mut end = Position { node: 0, byte: 0 };
        groups.retain(|group| {
            let apart = group.open >= end;
            end = if apart { group.close } else { end };
            apart
        });
        groups
    }

    fn key(&self, at: Position) -> Option<Found> {
        let text = self.text(at.node);
        if !may_begin(&text[..at.byte]) {
            return None;
        }
        let located = self.located[at.node].as_ref()?;
        if let Some(found) = self.across(at, located) {
            return Some(found);
        }
        let key = key(&text[at.byte + 1..], Bracket::Inside)?;
        let end = at.byte + 1 + key.len;
        let span = located.part(at.byte..end);
        Some(Found { at, end: Position { byte: end, ..at }, text: key.text, span })
    }

    /// A key that Markdown has made more of: the address in `@url:https://…` is a link by then.
    fn across(&self, at: Position, located: &Located<'_>) -> Option<Found> {
        let text = self.text(at.node);
        let next = self.inlines.get(at.node + 1)?;
        let rest = &text[at.byte + 1..];
        if rest.contains(|c: char| c.is_whitespace() || ";]".contains(c)) || text_of(next).is_some() {
            return None;
        }
        let start = located.part(at.byte..text.len());
        let touches = start.end == next.span.start && start.file == next.span.file;
        if rest.is_empty() || !touches || !matches!(next.kind, InlineKind::Link(_) | InlineKind::Code(_)) {
            return None;
        }
        let last = self.inlines[at.node..].iter().take(8).map(|inline| inline.span).reduce(Span::to)?;
        let source = self.sources.text(Span { start: start.start, ..last });
        let key = key(source.strip_prefix('@')?, Bracket::Inside)?;
        let end = start.range().start + 1 + key.len;
        let whole = self.inlines[at.node + 1..].iter().take_while(|inline| inline.span.range().end <= end).count();
        let node = at.node + 1 + whole;
        let cut = self.inlines.get(node).map_or(0, |inline| end.saturating_sub(inline.span.range().start));
        let fits = cut == 0 || self.text(node).is_char_boundary(cut) && cut <= self.text(node).len();
        (whole > 0 && fits).then(|| Found {
            at,
            end: Position { node, byte: cut },
            text: key.text,
            span: Span::new(start.file, start.range().start, end),
        })
    }

    /// The inlines from one position to another.
    fn copy(&self, ids: &mut Ids, range: Range<Position>, out: &mut Vec<Inline>) {
        for (node, inline) in self.inlines.iter().enumerate().take(range.end.node + 1).skip(range.start.node) {
            let start = if node == range.start.node { range.start.byte } else { 0 };
            let Some(text) = text_of(inline) else {
                if start == 0 && node < range.end.node {
                    out.push(inline.clone());
                }
                continue;
            };
            let end = if node == range.end.node { range.end.byte } else { text.len() };
            if start == 0 && end == text.len() {
                out.push(inline.clone());
            } else if start < end {
                let located = self.located[node].as_ref();
                let span = located.map_or(inline.span, |located| located.part(start..end));
                out.push(Inline {
                    id: ids.fresh(),
                    span,
                    kind: InlineKind::Text(text[start..end].to_owned()),
                    change: None,
                });
            }
        }
    }

    fn place(&self, from: Position, to: Position) -> Span {
        let part = |at: Position| {
            let located = self.located.get(at.node).and_then(Option::as_ref);
            located.map(|located| located.part(at.byte..at.byte + 1))
        };
        match (part(from), part(to)) {
            (Some(from), Some(to)) => from.to(to),
            (Some(span), None) | (None, Some(span)) => span,
            (None, None) => self.inlines[from.node].span,
        }
    }

    fn citation(&self, ids: &mut Ids, group: &Group) -> Inline {
        let span = self.place(group.open, group.close);
        let source = self.sources.text(span).to_owned();
        let mut items = Vec::with_capacity(group.keys.len());
        let mut start = group.open;
        for (index, found) in group.keys.iter().enumerate() {
            let end = match group.keys.get(index + 1) {
                Some(next) => self.parting(found.end, next.at),
                None => Position { byte: group.close.byte + 1, ..group.close },
            };
            items.push(self.item(ids, start, found, end));
            start = end;
        }
        Inline { id: ids.fresh(), span, kind: InlineKind::Citation(Citation { source, items }), change: None }
    }

    /// The last `;` between two keys; without one, where the second begins.
    fn parting(&self, from: Position, to: Position) -> Position {
        for node in (from.node..=to.node).rev() {
            let text = self.text(node);
            let start = if node == from.node { from.byte } else { 0 };
            let end = if node == to.node { to.byte } else { text.len() };
            let found = text.get(start..end).unwrap_or_default().rmatch_indices(';');
            let mut found = found.map(|(at, _)| Position { node, byte: start + at });
            if let Some(at) = found.find(|at| !self.is_escaped(*at)) {
                return at;
            }
        }
        to
    }

    /// From a bracket or semicolon, if there is one, to where the next item begins, or behind the last bracket.
    fn item(&self, ids: &mut Ids, start: Position, found: &Found, end: Position) -> CitationItem {
        let (mut before, mut behind) = (Vec::new(), Vec::new());
        self.copy(ids, start..found.at, &mut before);
        self.copy(ids, found.end..end, &mut behind);
        let mut prefix = before.clone();
        drop_sign(prefix.first_mut(), |text| text.strip_prefix(['[', ';']));
        let form = without_author(&mut prefix);
        trim_start(&mut prefix);
        let mut suffix = behind.clone();
        drop_sign(suffix.last_mut(), |text| text.strip_suffix(']'));
        let locator = take_locator(&mut suffix);
        trim_end(&mut suffix);
        CitationItem { key: found.text.clone(), span: found.span, prefix, locator, suffix, form, before, behind }
    }
}

/// Drops a bracket or semicolon at the end of what stands around a key.
fn drop_sign(inline: Option<&mut Inline>, strip: impl Fn(&str) -> Option<&str>) {
    if let Some(Inline { kind: InlineKind::Text(text), .. }) = inline
        && let Some(rest) = strip(text)
    {
        *text = rest.to_owned();
    }
}

/// Takes the hyphen of `-@key` off the end of what stands before it.
fn without_author(prefix: &mut Vec<Inline>) -> CitationForm {
    if let Some(Inline { kind: InlineKind::Text(text), .. }) = prefix.last_mut()
        && text.ends_with('-')
    {
        text.pop();
        if text.is_empty() {
            prefix.pop();
        }
        return CitationForm::WithoutAuthor;
    }
    CitationForm::Whole
}

/// Takes the locator off the beginning of what stands behind a key.
fn take_locator(suffix: &mut Vec<Inline>) -> Option<crate::document::Locator> {
    let Some(Inline { kind: InlineKind::Text(text), .. }) = suffix.first_mut() else { return None };
    let found = locator::read(text, locator::Comma::Asked)?;
    *text = text[found.len..].to_owned();
    if text.is_empty() {
        suffix.remove(0);
    }
    Some(found.locator)
}

fn trim_start(inlines: &mut Vec<Inline>) {
    while let Some(Inline { kind: InlineKind::Text(text), .. }) = inlines.first_mut() {
        *text = text.trim_start().to_owned();
        if !text.is_empty() {
            return;
        }
        inlines.remove(0);
    }
}

fn trim_end(inlines: &mut Vec<Inline>) {
    while let Some(Inline { kind: InlineKind::Text(text), .. }) = inlines.last_mut() {
        *text = text.trim_end().to_owned();
        if !text.is_empty() {
            return;
        }
        inlines.pop();
    }
}
