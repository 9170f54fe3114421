//! What a PDF says about itself: catalog, information dictionary, XMP, fonts.

use super::object::{Dictionary, Objects};
use crate::inspect::Facts;
use crate::inspect::space::collapse;
use crate::inspect::xml::{self, Element, Space, Step, Walk};

/// Everything but tags and bookmarks. XMP wins over the information dictionary, as PDF/A has it.
pub(super) fn read(objects: &Objects<'_>) -> Facts {
    let objects = *objects;
    let catalog = objects.catalog();
    let information = objects.information();
    let said = |key| information.and_then(|information| objects.text(information, key));
    let mut facts = Facts {
        pages: Some(objects.pages().len()),
        title: said("Title"),
        language: catalog.and_then(|catalog| objects.text(catalog, "Lang")),
        authors: said("Author").into_iter().collect(),
        subjects: said("Keywords").map(|words| words.split(',').map(collapse).collect()).unwrap_or_default(),
        identifiers: objects.identifiers(),
        fonts: fonts(objects),
        ..Facts::default()
    };
    let metadata = catalog.and_then(|catalog| objects.get(catalog, "Metadata"));
    let packet = metadata.and_then(|metadata| objects.stream(metadata));
    if let Some(root) = packet.and_then(|packet| xml::parse(trim_packet(packet)).ok()) {
        read_packet(&root, &mut facts);
    }
    facts
}

/// Some writers pad a packet with spaces and NULs.
fn trim_packet(packet: &[u8]) -> &[u8] {
    let end = packet.iter().rposition(|byte| *byte == b'>').map_or(0, |at| at + 1);
    &packet[..end]
}

fn read_packet(root: &Element<'_>, facts: &mut Facts) {
    let properties = properties(root);
    let all = |space: Space, name: &str| -> Vec<String> {
        let wanted = properties.iter().filter(|(s, n, _)| *s == space && n == name);
        wanted.flat_map(|(_, _, values)| values.clone()).collect()
    };
    let first = |space, name| all(space, name).into_iter().next();
    if let Some(part) = first(Space::PdfUa, "part") {
        facts.conformance.push(format!("PDF/UA-{part}"));
    }
    if let Some(part) = first(Space::PdfA, "part") {
        let level = first(Space::PdfA, "conformance").unwrap_or_default().to_lowercase();
        facts.conformance.push(format!("PDF/A-{part}{level}"));
    }
    facts.title = first(Space::DublinCore, "title").or(facts.title.take());
    facts.language = facts.language.take().or(first(Space::DublinCore, "language"));
    for (list, name) in [(&mut facts.authors, "creator"), (&mut facts.subjects, "subject")] {
        let values = all(Space::DublinCore, name);
        if !values.is_empty() {
            *list = values;
        }
    }
    facts.identifiers.extend(first(Space::XmpMedia, "DocumentID"));
}

/// Properties of all descriptions: written as attributes, as text, or as items of a list.
fn properties(root: &Element<'_>) -> Vec<(Space, String, Vec<String>)> {
    let mut found = Vec::new();
    let mut walk = Walk::new(root);
    while let Some(step) = walk.step() {
        let Step::Enter(description) = step else { continue };
        if !description.is(Space::Rdf, "Description") {
            continue;
        }
        for (space, name, value) in description.attributes() {
            found.push((space, name.to_owned(), vec![collapse(value)]));
        }
        for property in description.elements() {
            found.push((property.space, property.name.clone().into_owned(), values(property)));
        }
        walk.skip();
    }
    found
}

fn values(property: &Element<'_>) -> Vec<String> {
    let items = property.elements().flat_map(|list| list.all(Space::Rdf, "li"));
    let items: Vec<String> = items.map(|item| collapse(&item.text())).collect();
    if items.is_empty() { vec![collapse(&property.text())] } else { items }
}

/// Names of embedded fonts, without the tags of their subsets (ISO 32000-1 9.6.4).
fn fonts(objects: Objects<'_>) -> Vec<String> {
    let embedded = |descriptor: &&Dictionary<'_>| {
        descriptor.is_a("FontDescriptor")
            && ["FontFile", "FontFile2", "FontFile3"].iter().any(|key| descriptor.get(key).is_some())
    };
    let names = objects.dictionaries().filter(embedded).filter_map(|font| objects.name(font, "FontName"));
    let mut names: Vec<String> =
        names.map(|name| name.split_once('+').map_or(&*name, |(_, bare)| bare).to_owned()).collect();
    names.sort();
    names.dedup();
    names
}
