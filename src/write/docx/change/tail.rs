//! The last paragraph of a container, whose end Word does not let go: some programs refuse a file in which it is revised.
//!
//! In: what a container ends with, as it was written. Out: the same written anew, so that its last end stands in both versions. Where the last paragraph came or
//! went, the end of the one before it did, and the last has the properties of both; where each version has a last paragraph of its own, the two are one. Text never
//! runs towards a table: before one, an empty paragraph stays behind.

use super::super::style::ParagraphStyle;
use super::super::writer::Writer;
use super::super::xml::{Build, ParagraphProperties, Story};
use super::Track;
use super::paragraph::same_base;
use crate::document::{Side, StandingKind};

/// What a container ends with, from the last paragraph on that stands in both versions.
#[derive(Debug, Default)]
pub(in super::super) struct Tail<'a> {
    items: Vec<Item<'a>>,
}

#[derive(Debug)]
enum Item<'a> {
    Paragraph(Box<Written<'a>>),
    /// A table, and the version that it stands in, if that is one only.
    Table(Option<Side>),
    /// A paragraph that is in neither version.
    Ghost,
}

/// A paragraph as it was written.
#[derive(Debug)]
pub(in super::super) struct Written<'a> {
    /// Where its element begins.
    pub start: usize,
    /// Where its content begins.
    pub content: usize,
    /// Where its content ends.
    pub end: usize,
    /// Where its element ends.
    pub after: usize,
    /// Its properties.
    pub properties: ParagraphProperties,
    /// The version that it stands in, if that is one only.
    pub track: Option<Track<'a>>,
    /// Whether what it ends with was inserted.
    pub ends_inserted: bool,
}

impl Written<'_> {
    fn stands(&self, side: Side) -> bool {
        self.track.is_none_or(|track| track.kind.side() == side)
    }

    /// Its properties in the old version.
    fn was(&self) -> &ParagraphProperties {
        self.properties.change.as_ref().map_or(&self.properties, |change| &change.was)
    }
}

impl<'a> Tail<'a> {
    /// A paragraph was written.
    pub fn paragraph(&mut self, written: Written<'a>) {
        if written.track.is_none() && written.properties.ends.is_empty() {
            self.items.clear();
        }
        let ghost = written.track.is_none() && written.properties.ends.len() > 1;
        self.items.push(if ghost { Item::Ghost } else { Item::Paragraph(Box::new(written)) });
    }

    /// A table was written.
    pub fn table(&mut self, side: Option<Side>) {
        if !self.items.is_empty() {
            self.items.push(Item::Table(side));
        }
    }

    /// The last paragraph that stands on a side before the item at `end`.
    fn last(&self, side: Side, end: usize) -> Option<usize> {
        self.items[..end].iter().rposition(|item| match item {
            Item::Paragraph(written) => written.stands(side),
            Item::Table(_) | Item::Ghost => false,
        })
    }

    /// The last paragraph, if it stands in both versions and ends with something inserted: nothing was written behind it.
    fn open_end(&mut self) -> Option<Box<Written<'a>>> {
        let open = |item: &mut Item<'a>| match item {
            Item::Paragraph(last) => {
                let stands = last.track.is_none() && last.properties.ends.is_empty();
                stands && last.ends_inserted && last.properties.section.is_none()
            }
            Item::Table(_) | Item::Ghost => false,
        };
        match self.items.pop_if(open)? {
            Item::Paragraph(last) => Some(last),
            Item::Table(_) | Item::Ghost => None,
        }
    }

    fn written(&self, at: usize) -> Option<&Written<'a>> {
        match self.items.get(at)? {
            Item::Paragraph(written) => Some(written),
            Item::Table(_) | Item::Ghost => None,
        }
    }
}

impl<'a> Writer<'a> {
    /// Content of a container of its own.
    pub fn contained(&mut self, content: impl FnOnce(&mut Self)) {
        let outer = std::mem::take(&mut self.changes.tail);
        content(self);
        self.changes.tail = outer;
    }

    /// A paragraph has been written. One that was inserted behind text that was, too, has its beginning inserted and not its end: else some programs take the end
    /// between the two for inserted, and rejecting would join what stands on either side.
    pub fn wrote_paragraph(&mut self, written: Written<'a>) {
        let inserted = written.track.filter(|track| self.changes.kind(*track) == StandingKind::Inserted);
        let Some(track) =
            inserted.filter(|_| written.properties.ends.len() == 1 && written.properties.section.is_none())
        else {
            return self.changes.tail.paragraph(written);
        };
        let Some(first) = self.changes.tail.open_end() else { return self.changes.tail.paragraph(written) };
        let was = first.was().clone();
        let story = self.xml().take_from(first.start);
        self.changes.break_off();
        let cut = Cut { story, start: first.start };
        let mut properties = first.properties.clone();
        properties.ends.push(self.tracked(track));
        self.put(&cut, &[&first], &properties);
        self.xml().put(&cut.story, cut.range(first.after, written.start));
        // Its end stands in both versions now.
        let last = self.rewrite(&cut, &[&written], written.properties.clone(), Some(was), track);
        self.changes.tail.paragraph(last);
    }

    /// A container has been written: its last end is one of both versions.
    pub fn end_tail(&mut self) {
        let tail = std::mem::take(&mut self.changes.tail);
        let Some(at) = tail.items.len().checked_sub(1) else { return };
        let Some((last, track)) = tail.written(at).and_then(|last| Some((last, last.track?))) else { return };
        let side = track.kind.side();
        let before = tail.last(side.other(), at);
        let first = before.and_then(|before| tail.written(before));
        let story_start = first.map_or(last.start, |first| first.start);
        let story = self.xml().take_from(story_start);
        self.changes.break_off();
        let cut = Cut { story, start: story_start };
        match first {
            None => drop(self.rewrite(&cut, &[last], last.properties.clone(), Some(last.was().clone()), track)),
            Some(first) => {
                let between = &tail.items[before.unwrap_or_default() + 1..at];
                let tables = |item: &Item<'_>| match item {
                    Item::Table(of) => first.track.is_none() || *of != Some(side),
                    Item::Ghost => first.track.is_none(),
                    Item::Paragraph(_) => false,
                };
                let apart = between.iter().any(tables) || first.properties.section.is_some() && first.track.is_none();
                if first.track.is_some() && !apart {
                    self.one(&cut, first, last, track);
                } else if apart {
                    self.stay(&cut, last, track);
                } else {
                    self.shift(&cut, first, last, track);
                }
            }
        }
    }

    /// The last of either version become one paragraph: what went, then what came.
    fn one(&mut self, cut: &Cut, first: &Written<'a>, last: &Written<'a>, track: Track<'a>) {
        self.xml().put(&cut.story, cut.range(first.after, last.start));
        let (old, new) = if track.kind.side() == Side::New { (first, last) } else { (last, first) };
        let (properties, was) = (new.properties.clone(), old.was().clone());
        self.rewrite(cut, &[old, new], properties, Some(was), track);
    }

    /// The end before the last is that which came or went.
    fn shift(&mut self, cut: &Cut, first: &Written<'a>, last: &Written<'a>, track: Track<'a>) {
        let mut properties = first.properties.clone();
        properties.ends.push(self.tracked(track));
        self.put(cut, &[first], &properties);
        self.xml().put(&cut.story, cut.range(first.after, last.start));
        let (properties, was) = match track.kind.side() {
            Side::New => (last.properties.clone(), first.was().clone()),
            Side::Old => (first.properties.clone(), last.was().clone()),
        };
        self.rewrite(cut, &[last], properties, Some(was), track);
    }

    /// The last stays behind, empty and of next to no height, in the version that does not have it.
    fn stay(&mut self, cut: &Cut, last: &Written<'a>, track: Track<'a>) {
        self.xml().put(&cut.story, 0..last.start - cut.start);
        let gap = ParagraphProperties { style: Some(ParagraphStyle::BoxGap.id()), ..ParagraphProperties::default() };
        let (properties, was) = match track.kind.side() {
            Side::New => (last.properties.clone(), gap),
            Side::Old => (gap, last.was().clone()),
        };
        self.rewrite(cut, &[last], properties, Some(was), track);
    }

    /// The last paragraph, whose end stands in both versions.
    fn rewrite(
        &mut self,
        cut: &Cut,
        content: &[&Written<'a>],
        mut properties: ParagraphProperties,
        was: Option<ParagraphProperties>,
        track: Track<'a>,
    ) -> Written<'a> {
        properties.ends.clear();
        properties.change = None;
        if let Some(was) = was.filter(|was| !same_base(was, &properties)) {
            self.meet(track.mark, track.kind.side());
            self.record(&mut properties, was);
        }
        self.put(cut, content, &properties)
    }

    /// A paragraph with the content of some that were cut out.
    fn put(&mut self, cut: &Cut, content: &[&Written<'a>], properties: &ParagraphProperties) -> Written<'a> {
        let start = self.xml().position();
        let (mut inner, mut end) = (start, start);
        self.element("w:p", &[], |w| {
            properties.write(w.xml());
            inner = w.xml().position();
            for written in content {
                w.xml().put(&cut.story, cut.range(written.content, written.end));
            }
            end = w.xml().position();
        });
        let (after, ends_inserted) = (self.xml().position(), content.last().is_some_and(|last| last.ends_inserted));
        Written { start, content: inner, end, after, properties: properties.clone(), track: None, ends_inserted }
    }
}

/// What was cut out to be written anew.
struct Cut {
    story: Story,
    start: usize,
}

impl Cut {
    fn range(&self, from: usize, to: usize) -> std::ops::Range<usize> {
        from - self.start..to - self.start
    }
}

/// Whether content ends within an insertion, whatever closes behind it.
pub(in super::super) fn ends_inserted(content: &[u8]) -> bool {
    let mut content = content;
    loop {
        let point =
            content.iter().rposition(|byte| *byte == b'<').filter(|at| content[*at..].starts_with(b"<w:bookmark"));
        content = match (content.strip_suffix(b"</w:hyperlink>"), point) {
            (Some(rest), _) => rest,
            (None, Some(at)) => &content[..at],
            (None, None) => return content.ends_with(b"</w:ins>"),
        };
    }
}
