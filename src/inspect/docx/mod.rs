//! A Word document: its stories as Word shows them with every revision accepted.
//!
//! In: a package of any origin. Out: [`Inspection`]. Numbers and markers are computed as Word would; fields give their
//! results; contents, running heads and feet are left out; notes follow at the end, in the order of their numbers.
//! What a revision shows is decided in [`revision`] alone.

mod facts;
mod formula;
mod numbering;
mod package;
mod paragraph;
mod revision;
mod section;
mod story;
mod style;

use std::collections::HashMap;

use self::formula::Formulas;
use self::numbering::Numbering;
use self::package::{Package, target};
use self::story::{Place, Reader};
use self::style::Styles;
use super::xml::{Element, Space};
use super::{InspectError, Inspection};

/// Reads a document.
/// # Errors
/// If the package or its main part cannot be read within the limits.
pub(super) fn read(bytes: &[u8]) -> Result<Inspection, InspectError> {
    let mut package = Package::open(bytes)?;
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
        None => HashMap::new().into_iter().collect(),
    };

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

/// Notes in the order of their numbers; a note may refer to further ones.
fn read_notes(reader: &mut Reader<'_>, footnotes: &Element, links: &package::Relationships) {
    let bodies: HashMap<&str, &Element> = footnotes
        .all(Space::Word, "footnote")
        .filter_map(|note| Some((note.attribute(Space::Word, "id")?, note)))
        .collect();
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
