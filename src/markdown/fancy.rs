//! Lists whose markers CommonMark does not know: `(a)`, `a)`, `iv.`, `(1)` (pandoc's `fancy_lists`).
//!
//! In: a draft's body. Out: the same text in which each such marker is a number of the same width, so that comrak reads
//! the list and every position stays what it was; what was typed is read again at the item's place. Never takes prose
//! for a list: such a list begins after a blank line or in an item, a capital with a full stop needs two spaces behind it
//! ("A. Smith"), and a letter that begins no count ("(c)", "b.", "i. e.") needs a second item. A marker that
//! comrak then sees no item in is left as it was typed.

use std::collections::BTreeMap;

use comrak::nodes::NodeValue;
use comrak::{Arena, Node};

use super::code_lines;
use super::marker::{Marker, after_common};
use super::syntax::{self, Boxes};

/// How often a text is read again for lists within lists.
const PASSES: usize = 6;
/// Lines between two items, at most.
const FARTHEST: usize = 200;

/// The text with markers that comrak reads, if it has any that it would not.
pub(super) fn numbered(text: &str) -> Option<String> {
    let lines = lines(text);
    if !lines.iter().any(|line| line.marker.as_ref().is_some_and(Marker::is_fancy)) {
        return None;
    }
    let mut state = Lines { lines, taken: Vec::new(), refused: Vec::new() };
    state.taken = vec![false; state.lines.len()];
    state.refused = vec![false; state.lines.len()];
    let mut current = text.to_owned();
    for _ in 0..PASSES {
        let seen = Seen::of(&current);
        let lost = state.drop_what_is_no_item(&seen);
        let more = state.take(&seen.code);
        if !lost && !more {
            return state.taken.contains(&true).then_some(current);
        }
        current = state.written(text);
    }
    let seen = Seen::of(&current);
    (!state.drop_what_is_no_item(&seen) && state.taken.contains(&true)).then_some(current)
}

/// What comrak makes of a text.
struct Seen {
    /// Lines of code, from 0.
    code: Vec<bool>,
    /// Columns from 0 at which items begin, by line from 0.
    items: BTreeMap<usize, Vec<usize>>,
}

impl Seen {
    fn of(text: &str) -> Self {
        let arena = Arena::new();
        let root = syntax::tree(&arena, text, Boxes::Text);
        let is_code = code_lines(root);
        let code = (1..=text.lines().count() + 1).map(is_code).collect();
        let mut items: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        let is_item = |node: &Node<'_>| matches!(node.data().value, NodeValue::Item(_) | NodeValue::TaskItem(_));
        for node in root.descendants().filter(is_item) {
            let start = node.data().sourcepos.start;
            items.entry(start.line.saturating_sub(1)).or_default().push(start.column.saturating_sub(1));
        }
        Self { code, items }
    }
}

struct Line<'t> {
    /// Bytes before the line.
    start: usize,
    /// Quotation marks around it.
    quotes: usize,
    /// Bytes before the marker or text.
    indent: usize,
    /// Markers that CommonMark knows, before another on the same line.
    outer: bool,
    text: &'t str,
    marker: Option<Marker<'t>>,
}

impl Line<'_> {
    fn is_blank(&self) -> bool {
        self.text.is_empty()
    }

    /// Where the text of an item begins.
    fn content(&self) -> usize {
        self.indent + self.marker.as_ref().map_or(0, |marker| marker.width + 1)
    }
}

fn lines(text: &str) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let mut start = 0;
    for whole in text.split_inclusive('\n') {
        let line = whole.trim_end_matches(['\n', '\r']);
        let mut rest = line.trim_start_matches([' ', '\t', '>']);
        let quotes = line[..line.len() - rest.len()].matches('>').count();
        let outer = after_common(rest).filter(|after| Marker::read(after).is_some_and(|marker| marker.is_fancy()));
        if let Some(after) = outer {
            rest = after;
        }
        let indent = line.len() - rest.len();
        let marker = Marker::read(rest);
        lines.push(Line { start, quotes, indent, outer: outer.is_some(), text: rest.trim_end(), marker });
        start += whole.len();
    }
    lines
}

struct Lines<'t> {
    lines: Vec<Line<'t>>,
    /// Whether a line's marker is written as a number.
    taken: Vec<bool>,
    /// Whether comrak saw no item in it.
    refused: Vec<bool>,
}

impl Lines<'_> {
    /// Gives up what comrak saw no item in; whether there was any.
    fn drop_what_is_no_item(&mut self, seen: &Seen) -> bool {
        let mut lost = false;
        for (at, line) in self.lines.iter().enumerate().filter(|(at, _)| self.taken[*at]) {
            if !seen.items.get(&at).is_some_and(|columns| columns.contains(&line.indent)) {
                lost = true;
                self.refused[at] = true;
            }
        }
        for (taken, refused) in self.taken.iter_mut().zip(&self.refused) {
            *taken &= !refused;
        }
        lost
    }

    /// Takes further markers, from the top; whether there are any.
    fn take(&mut self, code: &[bool]) -> bool {
        let mut more = false;
        for at in 0..self.lines.len() {
            let is_code = code.get(at).copied().unwrap_or_default();
            let open = !self.taken[at] && !self.refused[at] && !is_code;
            if open && self.lines[at].marker.as_ref().is_some_and(Marker::is_fancy) && self.is_item(at) {
                self.taken[at] = true;
                more = true;
            }
        }
        more
    }

    fn is_item(&self, at: usize) -> bool {
        let line = &self.lines[at];
        let Some(marker) = &line.marker else { return false };
        if self.before(at).is_some() {
            return true;
        }
        let begins = line.outer || self.can_begin(at);
        begins && (marker.begins_a_count() || self.after(at))
    }

    /// Whether a list can begin on a line: after what ends a paragraph, or right beneath an item, further in.
    fn can_begin(&self, at: usize) -> bool {
        let Some(previous) = at.checked_sub(1).map(|at| &self.lines[at]) else { return true };
        let text = previous.text;
        let ends = previous.is_blank() || text.starts_with('#') || text.starts_with(":::") || text.starts_with("<!--");
        let within = previous.marker.as_ref().is_some_and(|marker| !marker.is_fancy() || self.taken[at - 1])
            && self.lines[at].indent >= previous.content()
            && self.lines[at].marker.as_ref().is_some_and(Marker::is_first);
        ends || within || previous.quotes != self.lines[at].quotes
    }

    /// The item before it in the same list.
    fn before(&self, at: usize) -> Option<usize> {
        let line = &self.lines[at];
        let marker = line.marker.as_ref()?;
        for other in (at.saturating_sub(FARTHEST)..at).rev() {
            let previous = &self.lines[other];
            if previous.is_blank() || (previous.indent > line.indent && previous.quotes == line.quotes) {
                continue;
            }
            let same = previous.indent == line.indent && previous.quotes == line.quotes;
            match &previous.marker {
                Some(first) if same && self.taken[other] => return first.is_before(marker).then_some(other),
                Some(_) => return None,
                // Text at the edge goes on in the paragraph before it, unless a blank line parts them.
                None if other.checked_sub(1).is_none_or(|above| self.lines[above].is_blank()) => return None,
                None => {}
            }
        }
        None
    }

    /// Whether another item comes after it in the same list.
    fn after(&self, at: usize) -> bool {
        let line = &self.lines[at];
        let Some(marker) = &line.marker else { return false };
        let end = self.lines.len().min(at + FARTHEST);
        for (other, next) in self.lines[..end].iter().enumerate().skip(at + 1) {
            if next.is_blank() || (next.indent > line.indent && next.quotes == line.quotes) {
                continue;
            }
            let same = next.indent == line.indent && next.quotes == line.quotes;
            match &next.marker {
                Some(second) if same && marker.is_before(second) => return true,
                Some(_) => return false,
                None if self.lines[other - 1].is_blank() => return false,
                None => {}
            }
        }
        false
    }

    /// The text with a number of the same width for each marker that was taken.
    fn written(&self, text: &str) -> String {
        let mut written = String::with_capacity(text.len());
        let mut done = 0;
        for line in self.lines.iter().enumerate().filter(|(at, _)| self.taken[*at]).map(|(_, line)| line) {
            let Some(marker) = &line.marker else { continue };
            let start = line.start + line.indent;
            written.push_str(&text[done..start]);
            written.push_str(&"0".repeat(marker.width - 2));
            written.push('1');
            written.push(if marker.has_full_stop() { '.' } else { ')' });
            done = start + marker.width;
        }
        written.push_str(&text[done..]);
        written
    }
}
