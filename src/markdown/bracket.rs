//! What brackets in text mean beyond links: `[text]{.class}`, and `[^label]` that comrak left as it was.
//!
//! In: a line's [`Event`]s. Out: the same with spans opened and closed, and notes referred to.

use std::ops::Range;

use super::attributes;
use super::inline::Event;
use super::reader::Reader;
use super::text::Located;
use crate::diag::Code;
use crate::document::{Attributes, Inline, InlineKind};
use crate::source::Span;

/// Finds spans and notes in the text of a line.
pub(super) fn spans(reader: &mut Reader<'_>, events: Vec<Event>) -> Vec<Event> {
    let events = attributes_behind(reader, events);
    let any = |mark: &str| events.iter().any(|event| text_of(event).is_some_and(|text| text.contains(mark)));
    let (notes, brackets) = (any("[^"), any("]{"));
    let events = if notes { note_references(reader, events) } else { events };
    if brackets { bracketed(reader, events) } else { events }
}

fn text_of(event: &Event) -> Option<&str> {
    match event {
        Event::Inline(Inline { kind: InlineKind::Text(text), .. }) => Some(text),
        Event::Inline(_) | Event::Html(..) | Event::Open(..) | Event::Close(_) => None,
    }
}

/// Attributes right behind a link, image, formula or code that comrak could not read.
fn attributes_behind(reader: &mut Reader<'_>, mut events: Vec<Event>) -> Vec<Event> {
    for at in 1..events.len() {
        let (before, rest) = events.split_at_mut(at);
        let Some(Event::Inline(owner)) = before.last_mut() else { continue };
        let Some(Event::Inline(Inline { span, kind: InlineKind::Text(text), .. })) = rest.first_mut() else { continue };
        let Some(found) = attributes_of(&mut owner.kind) else { continue };
        if !text.starts_with('{') || !found.is_empty() {
            continue;
        }
        let located = Located::new(&reader.place, *span, text);
        if located.is_escaped(0) {
            continue;
        }
        if let Some(parsed) = attributes::parse(text) {
            *found = parsed.attributes;
            let rest = located.part(parsed.len..text.len());
            owner.span = owner.span.to(Span { end: rest.start, ..rest });
            *span = rest;
            *text = text[parsed.len..].to_owned();
        } else if attributes::is_attempt(text) {
            let end = text.find('}').map_or(text.len(), |end| end + 1);
            let span = located.part(0..end);
            reader.refuse_attributes(span);
        }
    }
    attribute_lists(reader, &mut events);
    events.retain(|event| text_of(event) != Some(""));
    events
}

/// kramdown's `*text*{: .class}`: what has no attributes of its own gets a span around it.
fn attribute_lists(reader: &mut Reader<'_>, events: &mut [Event]) {
    for at in 1..events.len() {
        let (before, rest) = events.split_at_mut(at);
        let Some(Event::Inline(owner)) = before.last_mut() else { continue };
        let Some(Event::Inline(Inline { span, kind: InlineKind::Text(text), .. })) = rest.first_mut() else { continue };
        let spanned = matches!(
            owner.kind,
            InlineKind::Emphasis(_)
                | InlineKind::Strong(_)
                | InlineKind::Strikethrough(_)
                | InlineKind::Highlight(_)
                | InlineKind::Code(_)
        );
        if !spanned || !text.starts_with("{:") {
            continue;
        }
        let located = Located::new(&reader.place, *span, text);
        let Some(parsed) = attributes::parse(text) else { continue };
        if parsed.attributes.is_empty() || located.is_escaped(0) {
            continue;
        }
        let (list, rest) = (located.part(0..parsed.len), located.part(parsed.len..text.len()));
        let whole = owner.span.to(list);
        let held = std::mem::replace(&mut owner.kind, InlineKind::SoftBreak);
        let held = reader.inline(owner.span, held);
        *owner = reader.inline(whole, InlineKind::Span(parsed.attributes, vec![held]));
        *span = rest;
        *text = text[parsed.len..].to_owned();
    }
}

fn attributes_of(kind: &mut InlineKind) -> Option<&mut Attributes> {
    if let InlineKind::Link(link) = kind {
        return Some(&mut link.attributes);
    }
    if let InlineKind::Formula(formula) = kind {
        return Some(&mut formula.attributes);
    }
    if let InlineKind::Image(image) = kind { Some(&mut image.attributes) } else { None }
}

/// `[^label]` in text: a note defined where comrak does not look, or nowhere.
fn note_references(reader: &mut Reader<'_>, events: Vec<Event>) -> Vec<Event> {
    let mut out = Vec::with_capacity(events.len());
    for event in events {
        let Event::Inline(Inline { span, kind: InlineKind::Text(text), .. }) = event else {
            out.push(event);
            continue;
        };
        let located = Located::new(&reader.place, span, &text);
        let mut done = 0;
        for (at, _) in text.match_indices("[^") {
            let Some(label) = text[at + 2..].split_once(']').map(|(label, _)| label) else { break };
            let valid = !label.is_empty() && !label.contains(|c: char| c.is_whitespace() || c == '[');
            if at < done || !valid || located.is_escaped(at) {
                continue;
            }
            let end = at + 3 + label.len();
            let whole = located.part(at..end);
            if let Some(id) = reader.label(label).copied() {
                push_text(reader, &mut out, &located, &text, done..at);
                let note = reader.inline(whole, InlineKind::Note(id));
                out.push(Event::Inline(note));
                done = end;
            } else {
                let hint = format!("define it: `[^{label}]: …`");
                reader.warn_with(
                    Code::UndefinedNote,
                    whole,
                    format!("no note is called `{label}` in this file"),
                    &hint,
                );
            }
        }
        push_text(reader, &mut out, &located, &text, done..text.len());
    }
    out
}

/// `[text]{.class}`: the bracket opens a span, the attributes close it.
fn bracketed(reader: &mut Reader<'_>, events: Vec<Event>) -> Vec<Event> {
    let mut out: Vec<Event> = Vec::with_capacity(events.len());
    let mut open: Vec<usize> = Vec::new();
    for event in events {
        let Event::Inline(Inline { span, kind: InlineKind::Text(text), .. }) = event else {
            out.push(event);
            continue;
        };
        let located = Located::new(&reader.place, span, &text);
        let mut done = 0;
        for (at, bracket) in text.match_indices(['[', ']']) {
            if at < done || located.is_escaped(at) {
                continue;
            }
            push_text(reader, &mut out, &located, &text, done..at);
            done = at;
            if bracket == "[" {
                open.push(out.len());
                push_text(reader, &mut out, &located, &text, at..at + 1);
                done = at + 1;
            } else if let Some(opening) = open.pop() {
                done = close(reader, &mut out, opening, (&located, &text, at));
            }
        }
        push_text(reader, &mut out, &located, &text, done..text.len());
    }
    merged(out)
}

/// At a `]` whose `[` is event `opening`: where the text goes on.
fn close(reader: &mut Reader<'_>, out: &mut Vec<Event>, opening: usize, at: (&Located<'_>, &str, usize)) -> usize {
    let (located, text, at) = at;
    let behind = &text[at + 1..];
    let parsed = attributes::parse(behind);
    match parsed {
        Some(parsed) if !parsed.attributes.is_empty() => {
            let end = at + 1 + parsed.len;
            let start = match &out[opening] {
                Event::Inline(bracket) => bracket.span,
                Event::Html(..) | Event::Open(..) | Event::Close(_) => located.part(at..at + 1),
            };
            out[opening] = Event::Open(parsed.attributes, start);
            out.push(Event::Close(located.part(at..end)));
            end
        }
        Some(_) | None => {
            if attributes::is_attempt(behind) {
                let end = behind.find('}').map_or(text.len(), |end| at + end + 2);
                let span = located.part(at + 1..end);
                reader.refuse_attributes(span);
            }
            at
        }
    }
}

fn push_text(reader: &mut Reader<'_>, out: &mut Vec<Event>, located: &Located<'_>, text: &str, range: Range<usize>) {
    if range.is_empty() {
        return;
    }
    let at = located.part(range.clone());
    let inline = reader.inline(at, InlineKind::Text(text[range].to_owned()));
    out.push(Event::Inline(inline));
}

/// Joins texts that stand side by side.
fn merged(events: Vec<Event>) -> Vec<Event> {
    let mut out: Vec<Event> = Vec::with_capacity(events.len());
    for event in events {
        if let (Event::Inline(next), Some(Event::Inline(last))) = (&event, out.last_mut())
            && let (InlineKind::Text(more), InlineKind::Text(text)) = (&next.kind, &mut last.kind)
            && (last.span.end == next.span.start || last.span == next.span)
        {
            text.push_str(more);
            last.span = last.span.to(next.span);
            continue;
        }
        out.push(event);
    }
    out
}
