//! A Word document: its stories as Word shows them with every revision accepted.
//!
//! In: a package of any origin. Out: [`Inspection`]. Numbers and markers are computed as Word would; fields give their
//! results; contents, running heads and feet are left out; notes follow at the end, in the order of their numbers.
//! What a revision shows is decided in [`revision`] alone. [`project`] reads either side of all revisions, for the proof of a redline.

mod facts;
mod formula;
mod numbering;
mod package;
mod paragraph;
mod projection;
mod revision;
mod section;
mod story;
mod style;

use std::collections::HashMap;

use self::formula::Formulas;
use self::numbering::Numbering;
use self::package::{Package, target};
use self::projection::Projector;
use self::story::{Place, Reader};
use self::style::Styles;
use super::projection::Projection;
use super::xml::{Element, Space};
use super::{InspectError, Inspection};
use crate::document::Side;

/// The parts of a document that are read.
struct Parts {
    root: package::Relationships,
    document: Element,
    relationships: package::Relationships,
    styles: Styles,
    numbering: Numbering,
    formulas: Formulas,
    footnotes: Option<Element>,
    note_links: package::Relationships,
    fonts: Option<Element>,
}

impl Parts {
    fn read(package: &mut Package<'_>) -> Result<Self, InspectError> {
        let root = package.relationships("")?;
        let main = target(&root, "officeDocument").unwrap_or("word/document.xml").to_owned();
        let document = package.xml(&main)?.ok_or_else(|| InspectError::new("a package without a document"))?;
        let relationships = package.relationships(&main)?;
        let mut beside = |kind: &str| match target(&relationships, kind) {
            Some(part) => package.xml(part),
            None => Ok(None),
        };
        let styles = beside("styles")?.map(|root| Styles::read(&root)).unwrap_or_default();
        let numbering = beside("numbering")?.map(|root| Numbering::read(&root)).unwrap_or_default();
        let formulas = beside("customXml")?.map(|root| Formulas::read(&root)).unwrap_or_default();
        let (footnotes, fonts) = (beside("footnotes")?, beside("fontTable")?);
        let note_links = match target(&relationships, "footnotes") {
            Some(part) => package.relationships(part)?,
            None => package::Relationships::new(),
        };
        Ok(Self { root, document, relationships, styles, numbering, formulas, footnotes, note_links, fonts })
    }
}

/// Reads a document.
/// # Errors
/// If the package or its main part cannot be read within the limits.
pub(super) fn read(bytes: &[u8]) -> Result<Inspection, InspectError> {
    let mut package = Package::open(bytes)?;
    let Parts { root, document, relationships, styles, numbering, formulas, footnotes, note_links, fonts } =
        Parts::read(&mut package)?;
    let mut reader = Reader::new(&styles, numbering, formulas);
    reader.story(&document, &relationships, Place::Body);
    if let Some(footnotes) = &footnotes {
        read_notes(&mut reader, footnotes, &note_links);
    }
    let (fragments, mut facts) = reader.finish();
    facts.language = styles.language.clone();
    if let Some(fonts) = fonts {
        facts.fonts = facts::embedded_fonts(&fonts);
    }
    let core = target(&root, "core-properties").map(|part| package.xml(part)).transpose()?;
    if let Some(core) = core.flatten() {
        facts::core_properties(&core, &mut facts);
    }
    Ok(Inspection { fragments, facts })
}

/// Reads sides of a document's revisions.
/// # Errors
/// As [`read`], and if its revisions are such that Word would refuse the file.
pub(super) fn project<const N: usize>(bytes: &[u8], sides: [Side; N]) -> Result<[Projection; N], InspectError> {
    let parts = Parts::read(&mut Package::open(bytes)?)?;
    let mut read = Vec::with_capacity(N);
    for side in sides {
        read.push(side_of(&parts, side)?);
    }
    Ok(read.try_into().expect("each side was read once"))
}

fn side_of(parts: &Parts, side: Side) -> Result<Projection, InspectError> {
    let mut projector = Projector::new(&parts.styles, &parts.numbering, side);
    projector.story(&parts.document, &parts.relationships)?;
    let bodies = parts.footnotes.as_ref().map(bodies).unwrap_or_default();
    let mut index = 0;
    while let Some(id) = projector.note_id(index) {
        if let Some(body) = bodies.get(id.as_str()) {
            projector.note(body, &parts.note_links)?;
        }
        index += 1;
    }
    Ok(projector.finish())
}

/// Notes by their ids.
fn bodies(footnotes: &Element) -> HashMap<&str, &Element> {
    let notes = footnotes.all(Space::Word, "footnote");
    notes.filter_map(|note| Some((note.attribute(Space::Word, "id")?, note))).collect()
}

/// Notes in the order of their numbers; a note may refer to further ones.
fn read_notes(reader: &mut Reader<'_>, footnotes: &Element, links: &package::Relationships) {
    let bodies = bodies(footnotes);
    let mut index = 0;
    while let Some(id) = reader.note_id(index) {
        if let Some(body) = bodies.get(id.as_str()) {
            reader.story(body, links, Place::Note(index));
        }
        index += 1;
    }
}

#[cfg(test)]
mod tests;
