//! A document as it is once every revision is accepted, or rejected: [`Projection`].
//!
//! In: the stories of a package and a side. Out: their paragraphs, tables and notes. A paragraph whose end is not there goes on in the next of its container, whose
//! properties the two then have; one of which nothing is left is gone. A file that Word would refuse is refused: a link within a revision, half a move.

mod line;
mod run;
mod tidy;

use std::collections::BTreeSet;

use super::numbering::Numbering;
use super::package::Relationships;
use super::revision;
use super::style::Styles;
use crate::document::{NodeId, Side};
use crate::inspect::InspectError;
use crate::inspect::projection::{ProjectedBlock, ProjectedKind, Projection};
use crate::inspect::xml::{Element, Space, Step, Walk};
use line::Line;
use run::Field;

/// What is read while a story is walked.
pub(super) struct Projector<'a> {
    styles: &'a Styles,
    numbering: &'a Numbering,
    side: Side,
    blocks: Vec<ProjectedBlock>,
    /// Ids of notes, in the order of first reference.
    notes: Vec<String>,
}

/// What is open in a story.
struct Story<'a> {
    relationships: &'a Relationships,
    /// By container: what goes on in its next paragraph.
    carried: Vec<Option<ProjectedBlock>>,
    /// Where each open table begins.
    tables: Vec<usize>,
    lines: Vec<Line>,
    links: Vec<Option<String>>,
    fields: Vec<Field>,
    /// Formats of the run that is open.
    formats: Vec<String>,
    /// Whether the text of the run that is open is computed.
    computed: bool,
    /// Characters of the formula that is open.
    formula: Option<String>,
}

impl<'a> Projector<'a> {
    /// Nothing read yet.
    pub fn new(styles: &'a Styles, numbering: &'a Numbering, side: Side) -> Self {
        Self { styles, numbering, side, blocks: Vec::new(), notes: Vec::new() }
    }

    /// What was read.
    pub fn finish(self) -> Projection {
        Projection { blocks: self.blocks }
    }

    /// The id of a note, by its place in the order of first reference, from 0.
    pub fn note_id(&self, index: usize) -> Option<String> {
        self.notes.get(index).cloned()
    }

    /// Reads a note's body.
    /// # Errors
    /// As [`Self::story`].
    pub fn note(&mut self, body: &Element<'_>, relationships: &'a Relationships) -> Result<(), InspectError> {
        self.blocks.push(ProjectedBlock::new(ProjectedKind::Note, ""));
        self.story(body, relationships)
    }

    /// Reads a story.
    /// # Errors
    /// If its revisions are such that Word would refuse the file.
    pub fn story(&mut self, root: &Element<'_>, relationships: &'a Relationships) -> Result<(), InspectError> {
        sound(root)?;
        let mut story = Story::new(relationships);
        let mut walk = Walk::new(root);
        while let Some(step) = walk.step() {
            match step {
                Step::Enter(element) => {
                    let goes_in = revision::shown(element, self.side) && self.enter(element, &mut story);
                    if !goes_in {
                        walk.skip();
                    }
                }
                Step::Leave(element) => self.leave(element, &mut story),
                Step::Text(_) => {}
            }
        }
        self.flush(&mut story);
        Ok(())
    }

    /// Whether the walk goes into an element.
    fn enter(&mut self, element: &Element<'_>, story: &mut Story<'_>) -> bool {
        if element.space != Space::Word {
            return story.enter_other(element);
        }
        match element.name.as_ref() {
            "p" => story.lines.push(Line::open(element, self.side, self.styles, self.numbering)),
            "tbl" => {
                self.flush(story);
                story.tables.push(self.blocks.len());
                self.blocks.push(ProjectedBlock::new(ProjectedKind::Table, ""));
            }
            "tr" => self.blocks.push(ProjectedBlock::new(ProjectedKind::Row, line::row(element, self.side))),
            "tc" => {
                self.blocks.push(ProjectedBlock::new(ProjectedKind::Cell, line::cell(element, self.side)));
                story.carried.push(None);
            }
            "txbxContent" => story.carried.push(None),
            "hyperlink" => story.open_link(element),
            "footnoteReference" => self.reference(element, story),
            "bookmarkStart" => story.bookmark(element),
            "pPr" | "rPr" | "sectPr" | "tblPr" | "tblGrid" | "trPr" | "tcPr" | "sdtPr" => return false,
            _ => return story.enter_run(element, self.side),
        }
        true
    }

    fn leave(&mut self, element: &Element<'_>, story: &mut Story<'_>) {
        if element.is(Space::Math, "oMath") {
            return story.end_formula();
        }
        if element.space != Space::Word {
            return;
        }
        match element.name.as_ref() {
            "p" => {
                if let Some(line) = story.lines.pop() {
                    self.close(line, story);
                }
            }
            "tc" | "txbxContent" => {
                self.flush(story);
                story.carried.pop();
            }
            "tbl" => self.end_table(story),
            "hyperlink" => drop(story.links.pop()),
            "fldSimple" => story.end_field(),
            "r" => story.end_run(),
            _ => {}
        }
    }

    /// A paragraph is read: it goes on in the next, or is whole.
    fn close(&mut self, line: Line, story: &mut Story<'_>) {
        let Line { mut block, ends } = line;
        let Some(carried) = story.carried.last_mut() else { return };
        if let Some(before) = carried.take().filter(|before| !before.runs.is_empty()) {
            let after = std::mem::take(&mut block.runs);
            block.key = before.key.or(block.key);
            before.runs.into_iter().chain(after).for_each(|run| block.push(run));
        }
        if ends {
            self.emit(block);
        } else {
            *carried = Some(block);
        }
    }

    /// What was to go on stands alone: a table follows, or nothing.
    fn flush(&mut self, story: &mut Story<'_>) {
        let carried = story.carried.last_mut().and_then(Option::take);
        if let Some(block) = carried.filter(|block| !block.runs.is_empty()) {
            self.emit(block);
        }
    }

    fn emit(&mut self, block: ProjectedBlock) {
        self.blocks.extend(tidy::tidy(block));
    }

    /// A table of which no row is left is none.
    fn end_table(&mut self, story: &mut Story<'_>) {
        let Some(start) = story.tables.pop() else { return };
        if start + 1 == self.blocks.len() {
            self.blocks.truncate(start);
        } else {
            self.blocks.push(ProjectedBlock::new(ProjectedKind::End, ""));
        }
    }

    fn reference(&mut self, element: &Element<'_>, story: &mut Story<'_>) {
        let Some(id) = element.attribute(Space::Word, "id") else { return };
        if self.notes.iter().all(|known| known != id) {
            self.notes.push(id.to_owned());
        }
        story.note();
        // A number that is written out follows.
        story.computed = true;
    }
}

impl<'a> Story<'a> {
    fn new(relationships: &'a Relationships) -> Self {
        Self {
            relationships,
            carried: vec![None],
            tables: Vec::new(),
            lines: Vec::new(),
            links: Vec::new(),
            fields: Vec::new(),
            formats: Vec::new(),
            computed: false,
            formula: None,
        }
    }

    /// The block that a paragraph comes from; the innermost says so last.
    fn bookmark(&mut self, element: &Element<'_>) {
        let key = element.attribute(Space::Word, "name").and_then(NodeId::index_of_bookmark);
        if let (Some(line), Some(key)) = (self.lines.last_mut(), key) {
            line.block.key = Some(key);
        }
    }
}

/// Refuses what Word refuses, on whichever side it stands: a link within a revision (ECMA-376 17.13.5.14 has none), and a move without
/// its other end (17.13.5.23 to 28).
fn sound(root: &Element<'_>) -> Result<(), InspectError> {
    let mut open: [BTreeSet<&str>; 4] = Default::default();
    let mut revisions = 0_usize;
    let mut walk = Walk::new(root);
    while let Some(step) = walk.step() {
        let element = match step {
            Step::Enter(element) => element,
            Step::Leave(element) => {
                revisions -= usize::from(revision::is_revision(element));
                continue;
            }
            Step::Text(_) => continue,
        };
        revisions += usize::from(revision::is_revision(element));
        let (at, by) = match element.name.as_ref() {
            "hyperlink" if revisions > 0 => return Err(InspectError::new("a link within a revision")),
            "moveFromRangeStart" => (0, "name"),
            "moveToRangeStart" => (1, "name"),
            "moveFromRangeEnd" | "moveToRangeEnd" => (3, "id"),
            _ => continue,
        };
        open[at].extend(element.attribute(Space::Word, by));
        if at < 2 {
            open[2].extend(element.attribute(Space::Word, "id"));
        }
    }
    if open[0] != open[1] || open[2] != open[3] {
        return Err(InspectError::new("half a move"));
    }
    Ok(())
}

#[cfg(test)]
mod tests;
