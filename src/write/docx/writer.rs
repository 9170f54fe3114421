//! What all stories share while they are written, and how a paragraph and a run come about.

use std::collections::{BTreeMap, BTreeSet};

use super::Paging;
use super::bookmark::Bookmarks;
use super::change::{Changes, Written, ends_inserted};
use super::frame::{Flow, Frame, Surrounded};
use super::media::Media;
use super::numbering::Numbering;
use super::package::Relationships;
use super::reference::Shown;
use super::run::WaitingRuns;
use super::section::Running;
use super::style::{Facts, ParagraphStyle, Sheet};
use super::xml::{
    Build, Indent, ListReference, ParagraphProperties, RunLanguage, RunProperties, SectionProperties, Story, Xml,
};
use crate::document::{Direction, NodeId, Pt};
use crate::resolve::{Anchor, CaptionKind, ResolvedDocument};

/// A story being written, and the package's counters.
pub(super) struct Writer<'a> {
    /// What is written.
    pub doc: &'a ResolvedDocument,
    /// Its language, as Word is told it.
    pub language: RunLanguage,
    /// How it looks.
    pub sheet: &'a Sheet<'a>,
    /// Who fills in page numbers.
    pub paging: Paging,
    /// What reference fields would show.
    pub shown: Shown,
    /// Lists.
    pub numbering: Numbering,
    /// Anchors.
    pub bookmarks: Bookmarks,
    /// Pictures.
    pub media: Media,
    /// Formulas written, for their alternative texts.
    pub(super) formulas: Vec<super::formula::Alternative>,
    /// Notes that Word has numbered by itself so far, by their group.
    pub notes: Vec<u32>,
    /// The group of notes that is being written.
    pub group: usize,
    /// The section at hand.
    pub section: Option<SectionProperties>,
    /// Whether nothing stands in it yet.
    pub section_is_new: bool,
    /// Running heads and feet of upright pages, and of those on their side.
    pub running: Option<(Running, Running)>,
    /// Notes whose number is written out.
    pub marked: BTreeSet<u32>,
    /// The numbers of the notes that references brought, in their order.
    pub referred: Vec<u32>,
    /// The chapter of the last caption of each kind, where captions count in chapters.
    pub chapters: BTreeMap<CaptionKind, &'a str>,
    /// The number of the chapter at hand, if it is one that Word gives to its heading, of the style "heading 1".
    pub chapter: Option<String>,
    /// Where this story leads to.
    pub relationships: Relationships,
    /// What was written last.
    pub last: Last,
    /// Whether the next paragraph starts a page.
    pub page_break: bool,
    /// Runs of the paragraph under way whose direction hangs on what follows.
    pub runs: WaitingRuns<'a>,
    /// What a redline's writer keeps.
    pub changes: Changes<'a>,
    /// Anchors that the next paragraph takes.
    waiting: Vec<Anchor>,
    xml: Xml,
}

/// What was written last in a container, as far as what follows depends on it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Last {
    /// Nothing, or a paragraph like any other.
    Plain,
    /// A paragraph with borders: Word would join it with a like one.
    Framed,
    /// A table: Word would join it with another, and it has no space of its own below.
    Table(Pt),
}

/// A paragraph to be written.
#[derive(Debug, Clone)]
pub(super) struct Paragraph {
    /// Its style.
    pub style: ParagraphStyle,
    /// Its indents.
    pub indent: Indent,
    /// The indents that it has without saying so: its style's, or its list's.
    pub natural: Indent,
    /// Its list.
    pub list: Option<ListReference>,
    /// A number or marker as text, before a tab.
    pub marker: Option<String>,
    /// What else it says by itself.
    pub properties: ParagraphProperties,
    /// What it was in the old version.
    pub was: Option<Box<Paragraph>>,
}

impl Build for Writer<'_> {
    fn xml(&mut self) -> &mut Xml {
        &mut self.xml
    }
}

impl<'a> Writer<'a> {
    /// Nothing written yet.
    pub fn new(doc: &'a ResolvedDocument, sheet: &'a Sheet<'a>, paging: Paging) -> Self {
        Self {
            doc,
            language: RunLanguage::of(&doc.language),
            sheet,
            paging,
            shown: Shown::of(doc),
            numbering: Numbering::new(&doc.scheme),
            bookmarks: Bookmarks::default(),
            media: Media::default(),
            formulas: Vec::new(),
            notes: vec![0; doc.note_groups.len().max(1)],
            group: 0,
            section: None,
            section_is_new: false,
            running: None,
            marked: BTreeSet::new(),
            referred: Vec::new(),
            chapters: BTreeMap::new(),
            chapter: None,
            relationships: Relationships::default(),
            last: Last::Plain,
            page_break: false,
            runs: WaitingRuns::default(),
            changes: Changes::new(doc),
            waiting: Vec::new(),
            xml: Xml::default(),
        }
    }

    /// Writes a part of its own with relationships of its own.
    pub fn part(&mut self, root: &str, write: impl FnOnce(&mut Self)) -> (Story, Relationships) {
        self.xml = Xml::part();
        let more = if self.changes.redline { super::xml::REVISION_NAMESPACES } else { &[] };
        let namespaces: Vec<_> = super::xml::NAMESPACES
            .iter()
            .chain(more)
            .map(|(key, value)| (*key, value as &dyn std::fmt::Display))
            .collect();
        self.element(root, &namespaces, write);
        (std::mem::take(&mut self.xml).into_story(), std::mem::take(&mut self.relationships))
    }

    /// A paragraph of a style that stands at the edges of its frame.
    pub fn plain(&mut self, frame: &Frame<'a>, style: ParagraphStyle, content: impl FnOnce(&mut Self)) {
        let paragraph = self.at_edges(frame, style);
        self.paragraph(frame, paragraph, content);
    }

    /// The same, not yet written.
    pub fn at_edges(&self, frame: &Frame<'a>, style: ParagraphStyle) -> Paragraph {
        Paragraph {
            style,
            indent: Indent { start: frame.start, end: frame.end, hang: Pt(0.0) },
            natural: self.sheet.facts(style).indent,
            list: None,
            marker: None,
            properties: ParagraphProperties::default(),
            was: None,
        }
    }

    /// A paragraph. It says by itself only what its style and list do not bring.
    pub fn paragraph(&mut self, frame: &Frame<'a>, paragraph: Paragraph, content: impl FnOnce(&mut Self)) {
        let facts = *self.sheet.facts(paragraph.style);
        let was = self.former(frame, &paragraph);
        let (mut properties, lead) = self.describe(frame, &paragraph);
        let Paragraph { style, list, marker, .. } = paragraph;
        self.settle(frame, style, &facts, &mut properties);
        self.revise(&mut properties, was);
        let start = self.xml.position();
        let (mut inner, mut end) = (start, start);
        self.element("w:p", &[], |w| {
            properties.write(w.xml());
            inner = w.xml.position();
            w.take_waiting();
            w.directed(frame.direction, |w| {
                let plain = RunProperties::default();
                w.text_run(&plain, marker.as_deref().unwrap_or_default());
                if marker.is_some() || (list.is_none() && lead.0 > 0.01) {
                    w.tab(&plain);
                }
                content(w);
            });
            end = w.xml.position();
        });
        self.section_is_new = false;
        let framed = properties.borders.is_some() || facts.borders.is_some();
        self.wrote(if framed { Last::Framed } else { Last::Plain });
        if self.changes.redline {
            let (after, track) = (self.xml.position(), self.changes.standing);
            let ends_inserted = ends_inserted(&self.xml.since(inner)[..end - inner]);
            self.wrote_paragraph(Written { start, content: inner, end, after, properties, track, ends_inserted });
        }
    }

    /// What a paragraph says by itself, what it owes to its neighbours aside; how far its first line stands within what is drawn around it.
    pub fn describe(&self, frame: &Frame<'a>, paragraph: &Paragraph) -> (ParagraphProperties, Pt) {
        let facts = self.sheet.facts(paragraph.style);
        let Paragraph { style, mut indent, natural, list, mut properties, .. } = paragraph.clone();
        let mut lead = Pt(0.0);
        if let Some(Surrounded { surround, start: edge, .. }) = frame.surround {
            // What is drawn around a paragraph begins where its first line does: that line hangs out to the edge.
            lead = indent.start - indent.hang - edge;
            if lead.0 > 0.01 {
                indent.hang = indent.start - edge;
            }
            if facts.borders != Some(surround.borders) || facts.fill != surround.fill {
                properties.borders = Some(surround.borders.instead_of(facts.borders));
                properties.fill = surround.fill;
            }
        }
        if style != ParagraphStyle::Normal {
            properties.style = Some(style.id());
        }
        properties.list = list;
        let own = frame.direction != self.sheet.language.direction;
        let always = self.sheet.language.direction == Direction::RightToLeft;
        properties.direction = (own || always).then_some(frame.direction);
        properties.indent = (indent != natural).then_some(indent);
        properties.alignment = properties.alignment.or(frame.alignment);
        properties.keep_next = properties.keep_next.or(frame.keeps_next().then_some(true));
        properties.spacing.before = properties.spacing.before.or(frame.before);
        properties.spacing.after = properties.spacing.after.or(frame.after);
        (properties, lead)
    }

    /// A paragraph without text, in no frame.
    pub fn bare_paragraph(&mut self, content: impl FnOnce(&mut Self)) {
        let direction = Some(self.sheet.language.direction).filter(|own| *own == Direction::RightToLeft);
        self.element("w:p", &[], |w| {
            ParagraphProperties { direction, ..ParagraphProperties::default() }.write(w.xml());
            content(w);
        });
    }

    /// What a paragraph owes to what stands before it.
    fn settle(
        &mut self,
        frame: &Frame<'a>,
        style: ParagraphStyle,
        facts: &Facts,
        properties: &mut ParagraphProperties,
    ) {
        let breaks = facts.page_break_before;
        if breaks && frame.flow != Flow::Report {
            properties.page_break_before = Some(false);
        }
        if properties.page_break_before == Some(false) {
            properties.spacing.before = properties.spacing.before.or(Some(facts.before_in_page));
        }
        if let (Last::Table(space), false) = (self.last_here(), style == ParagraphStyle::Source) {
            let own = properties.spacing.before.unwrap_or(facts.before);
            properties.spacing.before = Some(Pt(own.0.max(space.0)));
        }
        let spacing = &mut properties.spacing;
        spacing.before = spacing.before.filter(|before| *before != facts.before);
        spacing.after = spacing.after.filter(|after| *after != facts.after);
        if std::mem::take(&mut self.page_break) && !breaks {
            properties.page_break_before = Some(true);
        }
    }

    /// Keeps apart what Word would join: call before what has borders.
    pub fn part_from_framed(&mut self) {
        self.keep_apart(|last| last != Last::Plain);
    }

    /// Keeps apart what Word would join: call before a table.
    pub fn part_from_table(&mut self) {
        self.keep_apart(|last| matches!(last, Last::Table(_)));
    }

    /// A paragraph of next to no height.
    pub fn gap(&mut self) {
        let frame = Frame::report(self.sheet);
        self.plain(&frame, ParagraphStyle::BoxGap, |_| {});
    }

    /// Ends a container: after a table, or with anchors left over, a paragraph must follow.
    pub fn end_container(&mut self) {
        if self.waiting.is_empty() {
            self.part_from_table();
        } else {
            self.gap();
        }
        self.begin_container();
    }

    /// Nothing stands yet in what begins.
    pub fn begin_container(&mut self) {
        (self.last, self.changes.old_last, self.changes.written_last) = (Last::Plain, Last::Plain, Last::Plain);
    }

    /// The anchor of a node, to be taken by the next paragraph.
    pub fn anchor_next(&mut self, id: NodeId) {
        if !self.changes.copy {
            self.waiting.extend(self.doc.anchors.get(id).cloned());
        }
    }

    /// Content within a bookmark, if there is an anchor that has none yet.
    pub fn bookmarked(&mut self, anchor: Option<&Anchor>, content: impl FnOnce(&mut Self)) {
        let copy = self.changes.copy;
        let Some(anchor) = anchor.filter(|anchor| !copy && self.bookmarks.claim(anchor)) else { return content(self) };
        let (id, name) = (self.bookmarks.next_id(), self.bookmarks.name(anchor));
        self.empty("w:bookmarkStart", &[("w:id", &id), ("w:name", &name)]);
        content(self);
        self.empty("w:bookmarkEnd", &[("w:id", &id)]);
    }

    fn take_waiting(&mut self) {
        self.take_marks();
        for anchor in std::mem::take(&mut self.waiting) {
            self.bookmarked(Some(&anchor), |_| {});
        }
    }
}
