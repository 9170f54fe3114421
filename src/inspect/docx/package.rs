//! The package: a zip of parts and the relationships between them (ECMA-376 part 2).
//!
//! In: bytes of any origin. Out: parts by name, inflated when asked for and counted by what really comes out.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use zip::ZipArchive;

use crate::inspect::InspectError;
use crate::inspect::xml::{self, Element, Space};

const ENTRIES: usize = 2_000;
const PART: u64 = 64 << 20;
const TOTAL: u64 = 200 << 20;
/// Text of one repeated word deflates to about 1:1,000 at most; real parts stay below 1:100.
const RATIO: u64 = 1_000;
const SMALL: u64 = 1 << 20;

/// An opened package.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    total: u64,
}

/// A part, inflated.
#[derive(Debug)]
pub(super) struct Part {
    name: String,
    bytes: Vec<u8>,
}

impl Part {
    /// What it holds.
    /// # Errors
    /// As [`xml::parse`].
    pub fn xml(&self) -> Result<Element<'_>, InspectError> {
        let named = |error| InspectError::new(format_args!("{}: {error}", self.name));
        xml::parse(&self.bytes).map_err(named)
    }
}

/// A relationship.
#[derive(Debug, Clone)]
pub(super) struct Relationship {
    /// The last part of its type (`footnotes`, `hyperlink`).
    pub kind: String,
    /// A part's name, or an address where it is external.
    pub target: String,
    /// Whether it leads out of the package.
    pub external: bool,
}

/// Relationships by id.
pub(super) type Relationships = BTreeMap<String, Relationship>;

impl<'a> Package<'a> {
    /// Opens a package.
    /// # Errors
    /// If it is not a zip, or has more than 2,000 entries.
    pub fn open(bytes: &'a [u8]) -> Result<Self, InspectError> {
        let archive = ZipArchive::new(Cursor::new(bytes))
            .map_err(|error| InspectError::new(format_args!("a package that is no zip: {error}")))?;
        if archive.len() > ENTRIES {
            return Err(InspectError::new(format_args!("a package of more than {ENTRIES} parts")));
        }
        Ok(Self { archive, total: 0 })
    }

    /// Names of all parts, in order.
    pub fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = self.archive.file_names().flatten().map(Cow::into_owned).collect();
        names.sort();
        names
    }

    /// A part; `None` if there is no such part.
    /// # Errors
    /// If it cannot be inflated within the limits.
    pub fn part(&mut self, name: &str) -> Result<Option<Part>, InspectError> {
        let Some(index) = self.archive.index_for_name(name) else { return Ok(None) };
        let file = self
            .archive
            .by_index(index)
            .map_err(|error| InspectError::new(format_args!("part {name} cannot be read: {error}")))?;
        let limit = PART.min(TOTAL - self.total).min((file.compressed_size() * RATIO).max(SMALL));
        let mut bytes = Vec::new();
        file.take(limit + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| InspectError::new(format_args!("part {name} cannot be inflated: {error}")))?;
        if bytes.len() as u64 > limit {
            return Err(InspectError::new(format_args!("part {name} is larger than a report's can be")));
        }
        self.total += bytes.len() as u64;
        Ok(Some(Part { name: name.to_owned(), bytes }))
    }

    /// The relationships of a part; of the package itself where the name is empty.
    /// # Errors
    /// As [`Self::part`] and [`Part::xml`].
    pub fn relationships(&mut self, part: &str) -> Result<Relationships, InspectError> {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let slash = if folder.is_empty() { "" } else { "/" };
        let Some(part) = self.part(&format!("{folder}{slash}_rels/{file}.rels"))? else {
            return Ok(Relationships::new());
        };
        let root = part.xml()?;
        let relationships = root.all(Space::PackageRelationships, "Relationship").filter_map(|element| {
            let id = element.attribute(Space::None, "Id")?;
            let kind = element.attribute(Space::None, "Type")?;
            let target = element.attribute(Space::None, "Target")?;
            let external = element.attribute(Space::None, "TargetMode") == Some("External");
            let target = if external { target.to_owned() } else { part_name(folder, target) };
            let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
            Some((id.to_owned(), Relationship { kind, target, external }))
        });
        Ok(relationships.collect())
    }
}

/// A target relative to a folder, as a part's name; what leads out of the package names nothing.
fn part_name(folder: &str, target: &str) -> String {
    let mut parts: Vec<&str> = if target.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            name => parts.push(name),
        }
    }
    parts.retain(|part| !part.is_empty());
    parts.join("/")
}

/// The target of the first relationship of a kind.
pub(super) fn target<'a>(relationships: &'a Relationships, kind: &str) -> Option<&'a str> {
    relationships
        .values()
        .find(|relationship| relationship.kind == kind)
        .map(|relationship| relationship.target.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_resolved() {
        for (folder, target, name) in [
            ("", "word/document.xml", "word/document.xml"),
            ("word", "styles.xml", "word/styles.xml"),
            ("word", "/word/styles.xml", "word/styles.xml"),
            ("word", "../docProps/core.xml", "docProps/core.xml"),
            ("word", "../../../etc/passwd", "etc/passwd"),
        ] {
            assert_eq!(part_name(folder, target), name);
        }
    }
}
