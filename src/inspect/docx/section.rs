//! Sections: how each counts its notes (`w:footnotePr`, ECMA-376 17.11.11).
//!
//! In: the body. Out: [`NoteNumbers`], which counts references as Word does.

use super::numbering::Format;
use crate::inspect::xml::{Element, Space, Step, Walk};

/// How one section counts.
#[derive(Debug, Clone, Copy)]
struct Section {
    format: Format,
    /// Whether its notes begin anew, and at what number.
    start: Option<u32>,
}

/// The running number of notes.
#[derive(Debug, Default)]
pub(super) struct NoteNumbers {
    sections: Vec<Section>,
    at: usize,
    count: u32,
}

impl NoteNumbers {
    /// Every section of a body, in order: each is described where it ends.
    pub fn read(body: &Element<'_>) -> Self {
        let mut numbers = Self::default();
        let mut walk = Walk::new(body);
        while let Some(step) = walk.step() {
            let Step::Enter(element) = step else { continue };
            if element.is(Space::Word, "sectPr") {
                numbers.sections.push(section(element));
                walk.skip();
            }
        }
        numbers
    }

    /// A section ends: the next may begin anew.
    pub fn next_section(&mut self) {
        self.at += 1;
        if let Some(start) = self.sections.get(self.at).and_then(|section| section.start) {
            self.count = start.saturating_sub(1);
        }
    }

    /// The number of the next note.
    pub fn next_note(&mut self) -> String {
        self.count = self.count.saturating_add(1);
        let format = self.sections.get(self.at).map_or(Format::Decimal, |section| section.format);
        format.number(self.count)
    }
}

fn section(element: &Element<'_>) -> Section {
    let notes = element.word("footnotePr");
    let value = |name: &str| notes?.word(name)?.value();
    let format = value("numFmt").map_or(Format::Decimal, Format::named);
    let anew = value("numRestart") == Some("eachSect");
    let start = value("numStart").and_then(|start| start.parse().ok()).unwrap_or(1);
    Section { format, start: anew.then_some(start) }
}
