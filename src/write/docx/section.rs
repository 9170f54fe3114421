//! Sections: pages of one kind, with running heads and feet, and with notes that count together.
//!
//! In: groups of notes, how pages lie, tokens of the page. Out: a section for the report, one for each annex that has
//! notes of its own, for only a section can count notes anew, and in letters (ECMA-376 17.11.11), and one wherever the paper
//! turns (17.6.13). Page numbers go on from one to the next. LibreOffice counts notes of annexes on from
//! the body's, for it has no notes by section.

use super::frame::Frame;
use super::package::{Package, Relationships};
use super::style::ParagraphStyle;
use super::writer::Writer;
use super::xml::{
    Build, LevelFormat, NoteNumbering, PaperOrientation, SectionProperties, SectionStart, StoryReferences,
};
use crate::document::{NodeId, OrderedStyle, PartKind, Pt};
use crate::resolve::Orientation;

const HEADER: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/header";
const FOOTER: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer";
const HEADER_TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml";
const FOOTER_TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml";

/// Running heads and feet of pages that lie alike.
#[derive(Debug, Clone)]
pub(super) struct Running {
    headers: StoryReferences,
    footers: StoryReferences,
}

impl Writer<'_> {
    /// Parts of running head and foot, and the section that refers to them. The cover's are empty.
    pub fn first_section(&mut self, package: &mut Package, relationships: &mut Relationships) -> SectionProperties {
        let mut story = |w: &mut Self, name: &str, root: &str, content: &dyn Fn(&mut Self)| {
            let (kind, content_type) = if root == "w:hdr" { (HEADER, HEADER_TYPE) } else { (FOOTER, FOOTER_TYPE) };
            let (story, _) = w.part(root, content);
            package.add_story(&format!("word/{name}.xml"), content_type, story);
            relationships.add(kind, &format!("{name}.xml"))
        };
        let empty = |w: &mut Self| w.bare_paragraph(|_| {});
        let headers = StoryReferences {
            others: story(self, "header1", "w:hdr", &|w| w.running_head(Orientation::Portrait)),
            first: story(self, "header2", "w:hdr", &|w| w.bare_paragraph(Self::watermark_of_cover)),
        };
        let footers = StoryReferences {
            others: story(self, "footer1", "w:ftr", &|w| w.running_foot(Orientation::Portrait)),
            first: story(self, "footer2", "w:ftr", &empty),
        };
        let mut turned = Running { headers: headers.clone(), footers: footers.clone() };
        if !self.doc.orientations.is_empty() {
            turned.headers.others = story(self, "header3", "w:hdr", &|w| w.running_head(Orientation::Landscape));
            turned.footers.others = story(self, "footer3", "w:ftr", &|w| w.running_foot(Orientation::Landscape));
        }
        self.running = Some((Running { headers: headers.clone(), footers: footers.clone() }, turned));
        let page = &self.sheet.tokens.page;
        SectionProperties {
            notes: None,
            start: SectionStart::Page,
            title_page: true,
            headers,
            footers,
            orientation: PaperOrientation::Portrait,
            width: page.width,
            height: page.height,
            top: page.margin_top,
            margin_end: page.margin_end,
            bottom: page.margin_bottom,
            margin_start: page.margin_start,
            direction: self.sheet.language.direction,
            header: page.header_distance,
            footer: page.footer_distance,
        }
    }

    /// What follows stands on pages that lie so; where the paper turns, a page begins.
    pub fn lay_out(&mut self, orientation: Orientation) {
        let paper = match orientation {
            Orientation::Portrait => PaperOrientation::Portrait,
            Orientation::Landscape => PaperOrientation::Landscape,
        };
        let Some((upright, turned)) = self.running.clone() else { return };
        let Some(section) = self.section.clone().filter(|section| section.orientation != paper) else { return };
        let Running { headers, footers } = match orientation {
            Orientation::Portrait => upright,
            Orientation::Landscape => turned,
        };
        let next = self.notes[self.group] + 1;
        let notes = section.notes.map(|notes| NoteNumbering { start: notes.start.map(|_| next), ..notes });
        self.page_break = false;
        self.begin_section(SectionProperties {
            notes,
            start: SectionStart::Page,
            title_page: false,
            headers,
            footers,
            orientation: paper,
            width: section.height,
            height: section.width,
            ..section
        });
    }

    /// The width of the text on paper that lies so.
    pub fn measure(&self, orientation: Orientation) -> Pt {
        match orientation {
            Orientation::Portrait => self.sheet.tokens.page.measure(),
            Orientation::Landscape => self.sheet.tokens.page.landscape_measure(),
        }
    }

    /// Ends the section at hand, in a paragraph of next to no height, and begins another. One in which nothing stands yet
    /// becomes the other.
    fn begin_section(&mut self, next: SectionProperties) {
        if let Some(section) = self.section.as_mut().filter(|_| self.section_is_new) {
            let start = if section.start == SectionStart::Page { SectionStart::Page } else { next.start };
            *section = SectionProperties { start, ..next };
            return;
        }
        let frame = Frame::report(self.sheet);
        let mut last = self.at_edges(&frame, ParagraphStyle::BoxGap);
        last.properties.section = self.section.replace(next);
        self.paragraph(&frame, last, |_| {});
        self.section_is_new = true;
    }

    /// Begins the notes of the annex whose heading comes next, if it has its own.
    pub fn notes_of_annex(&mut self, heading: NodeId) {
        let group = self.doc.note_groups.iter().position(|group| group.heading == Some(heading));
        if let Some(group) = group {
            self.begin_notes(group);
        }
    }

    /// Goes on with the notes of the report after those of an annex.
    pub fn notes_of_part(&mut self, kind: PartKind) {
        if kind != PartKind::Annex && self.group != 0 {
            self.begin_notes(0);
        }
    }

    /// The last section. LibreOffice has one way of counting notes for a whole document, that of the last section: after
    /// an annex with notes in letters comes one that counts as the body does, or the body's would be letters there.
    pub fn end_sections(&mut self) {
        if let Some(section) = self.section.clone().filter(|_| self.group != 0) {
            let notes = NoteNumbering { format: LevelFormat::Decimal, start: None };
            let start = SectionStart::Here;
            self.begin_section(SectionProperties { notes: Some(notes), start, title_page: false, ..section });
            self.gap();
        }
        self.end_tail();
        if let Some(section) = self.section.take() {
            section.write(self.xml());
        }
    }

    fn begin_notes(&mut self, group: usize) {
        self.group = group;
        let Some(section) = self.section.clone() else { return };
        let style = self.doc.note_groups.get(group).map_or(OrderedStyle::Decimal, |group| group.style);
        let notes = NoteNumbering { format: LevelFormat::of(style), start: Some(self.notes[group] + 1) };
        let breaks = self.sheet.facts(ParagraphStyle::AnnexHeading).page_break_before;
        let start = if group != 0 && breaks { SectionStart::Page } else { SectionStart::Here };
        self.begin_section(SectionProperties { notes: Some(notes), start, title_page: false, ..section });
    }
}
