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
mod trace;

use std::collections::HashMap;

use self::formula::Formulas;
use self::numbering::Numbering;
use self::package::{Package, Part, Relationships, target};
use self::projection::Projector;
use self::story::{Place, Reader};
use self::style::Styles;
pub(super) use self::trace::traces;
use super::projection::Projection;
use super::xml::{Element, Space};
use super::{InspectError, Inspection};
use crate::document::Side;

/// The parts of a document that are read, as they are in the package.
struct Texts {
    root: Relationships,
    document: Part,
    relationships: Relationships,
    styles: Option<Part>,
    numbering: Option<Part>,
    formulas: Option<Part>,
    footnotes: Option<Part>,
    note_links: Relationships,
    fonts: Option<Part>,
}

impl Texts {
    fn read(package: &mut Package<'_>) -> Result<Self, InspectError> {
        let root = package.relationships("")?;
        let main = target(&root, "officeDocument").unwrap_or("word/document.xml").to_owned();
        let document = package.part(&main)?.ok_or_else(|| InspectError::new("a package without a document"))?;
        let relationships = package.relationships(&main)?;
        let mut beside = |kind: &str| match target(&relationships, kind) {
            Some(part) => package.part(part),
            None => Ok(None),
        };
        let (styles, numbering, formulas) = (beside("styles")?, beside("numbering")?, beside("customXml")?);
        let (footnotes, fonts) = (beside("footnotes")?, beside("fontTable")?);
        let note_links = match target(&relationships, "footnotes") {
            Some(part) => package.relationships(part)?,
            None => Relationships::new(),
        };
        Ok(Self { root, document, relationships, styles, numbering, formulas, footnotes, note_links, fonts })
    }
}

/// The same, read.
struct Parts<'t> {
    document: Element<'t>,
    styles: Styles,
    numbering: Numbering,
    formulas: Formulas,
    footnotes: Option<Element<'t>>,
}

impl<'t> Parts<'t> {
    fn read(texts: &'t Texts) -> Result<Self, InspectError> {
        let document = texts.document.xml()?;
        let xml = |part: &'t Option<Part>| part.as_ref().map(Part::xml).transpose();
        let styles = xml(&texts.styles)?.map(|root| Styles::read(&root)).unwrap_or_default();
        let numbering = xml(&texts.numbering)?.map(|root| Numbering::read(&root)).unwrap_or_default();
        let formulas = xml(&texts.formulas)?.map(|root| Formulas::read(&root)).unwrap_or_default();
        Ok(Self { document, styles, numbering, formulas, footnotes: xml(&texts.footnotes)? })
    }
}

/// Reads a document.
/// # Errors
/// If the package or its main part cannot be read within the limits.
pub(super) fn read(bytes: &[u8]) -> Result<Inspection, InspectError> {
    let mut package = Package::open(bytes)?;
    let texts = Texts::read(&mut package)?;
    let Parts { document, styles, numbering, formulas, footnotes } = Parts::read(&texts)?;
    let mut reader = Reader::new(&styles, numbering, formulas);
    reader.story(&document, &texts.relationships, Place::Body);
    if let Some(footnotes) = &footnotes {
        read_notes(&mut reader, footnotes, &texts.note_links);
    }
    let (fragments, mut facts) = reader.finish();
    facts.language = styles.language.clone();
    if let Some(fonts) = &texts.fonts {
        facts.fonts = facts::embedded_fonts(&fonts.xml()?);
    }
    let core = target(&texts.root, "core-properties").map(|part| package.part(part)).transpose()?;
    if let Some(core) = core.flatten() {
        facts::core_properties(&core.xml()?, &mut facts);
    }
    Ok(Inspection { fragments, facts })
}

/// Reads sides of a document's revisions.
/// # Errors
/// As [`read`], and if its revisions are such that Word would refuse the file.
pub(super) fn project<const N: usize>(bytes: &[u8], sides: [Side; N]) -> Result<[Projection; N], InspectError> {
    let texts = Texts::read(&mut Package::open(bytes)?)?;
    let parts = Parts::read(&texts)?;
    let mut read = Vec::with_capacity(N);
    for side in sides {
        read.push(side_of((&texts, &parts), side)?);
    }
    Ok(read.try_into().expect("each side was read once"))
}

fn side_of((texts, parts): (&Texts, &Parts<'_>), side: Side) -> Result<Projection, InspectError> {
    let mut projector = Projector::new(&parts.styles, &parts.numbering, side);
    projector.story(&parts.document, &texts.relationships)?;
    let bodies = parts.footnotes.as_ref().map(bodies).unwrap_or_default();
    let mut index = 0;
    while let Some(id) = projector.note_id(index) {
        if let Some(body) = bodies.get(id.as_str()) {
            projector.note(body, &texts.note_links)?;
        }
        index += 1;
    }
    Ok(projector.finish())
}

/// Notes by their ids.
fn bodies<'e>(footnotes: &'e Element<'e>) -> HashMap<&'e str, &'e Element<'e>> {
    let notes = footnotes.all(Space::Word, "footnote");
    notes.filter_map(|note| Some((note.attribute(Space::Word, "id")?, note))).collect()
}

/// Notes in the order of their numbers; a note may refer to further ones.
fn read_notes(reader: &mut Reader<'_>, footnotes: &Element<'_>, links: &Relationships) {
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
