//! The package: parts, their content types, relationships, and the zip around them (ECMA-376 part 2).

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use std::io::{Cursor, Write};

use rayon::prelude::*;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::style::ObfuscatedFont;
use super::xml::{Build, PageNumber, Story, Xml};

const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const CONTENT_TYPES: &str = "http://schemas.openxmlformats.org/package/2006/content-types";

/// What a part leads to, in the order in which it was asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Relationships {
    list: Vec<Relationship>,
    /// Where each is in the list: a report can have a hundred thousand addresses.
    places: HashMap<Relationship, usize>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Relationship {
    kind: &'static str,
    target: String,
    mode: TargetMode,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum TargetMode {
    Internal,
    External,
}

impl Relationships {
    /// The id of a relationship to another part; `target` is relative to the part that it starts from.
    pub fn add(&mut self, kind: &'static str, target: &str) -> String {
        self.id(kind, target, TargetMode::Internal)
    }

    /// The id of a relationship to an address.
    pub fn add_external(&mut self, kind: &'static str, target: &str) -> String {
        self.id(kind, target, TargetMode::External)
    }

    fn id(&mut self, kind: &'static str, target: &str, mode: TargetMode) -> String {
        let relationship = Relationship { kind, target: target.to_owned(), mode };
        let next = self.list.len();
        let index = *self.places.entry(relationship.clone()).or_insert(next);
        if index == next {
            self.list.push(relationship);
        }
        format!("rId{}", index + 1)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    fn write(&self) -> Vec<u8> {
        Xml::root("Relationships", &[("xmlns", RELATIONSHIPS)], |xml| {
            for (index, Relationship { kind, target, mode }) in self.list.iter().enumerate() {
                let id = format!("rId{}", index + 1);
                match mode {
                    TargetMode::Internal => {
                        xml.empty("Relationship", &[("Id", &id), ("Type", kind), ("Target", target)]);
                    }
                    TargetMode::External => xml.empty(
                        "Relationship",
                        &[("Id", &id), ("Type", kind), ("Target", target), ("TargetMode", &"External")],
                    ),
                }
            }
        })
    }
}

/// What a part holds.
#[derive(Debug)]
enum Content<'d> {
    /// Its bytes.
    Bytes(Cow<'d, [u8]>),
    /// XML that may wait for page numbers.
    Story(Story),
    /// A font.
    Font(ObfuscatedFont<'d>),
}

impl Content<'_> {
    fn bytes(&self, number: &impl Fn(&PageNumber) -> Option<u32>) -> Cow<'_, [u8]> {
        match self {
            Self::Bytes(bytes) => Cow::Borrowed(bytes),
            Self::Story(story) => story.fill(number).into(),
            Self::Font(font) => font.bytes().into(),
        }
    }
}

/// A part compressed apart, beside the others: a zip of one file.
struct Deflated(Vec<u8>);

impl Deflated {
    fn new(name: &str, bytes: &[u8]) -> Self {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        zip.start_file(name, options(CompressionMethod::Deflated)).expect("part names are short");
        zip.write_all(bytes).expect("a Vec takes every write");
        Self(zip.finish().expect("a Vec takes every write").into_inner())
    }

    fn copy_into(&self, zip: &mut ZipWriter<Cursor<Vec<u8>>>) {
        let mut own = ZipArchive::new(Cursor::new(&self.0)).expect("it was written as a zip of one file");
        let file = own.by_index_raw(0).expect("it holds one file");
        zip.raw_copy_file(file).expect("a Vec takes every write, and each name comes once");
    }
}

/// Parts in the order in which they are packed.
#[derive(Debug, Default)]
pub(super) struct Package<'d> {
    parts: Vec<(String, Content<'d>)>,
    extensions: BTreeSet<String>,
    overrides: Vec<(String, &'static str)>,
}

/// Content types by extension; all other parts name theirs.
const DEFAULTS: [(&str, &str); 8] = [
    ("rels", "application/vnd.openxmlformats-package.relationships+xml"),
    ("xml", "application/xml"),
    ("odttf", "application/vnd.openxmlformats-officedocument.obfuscatedFont"),
    ("png", "image/png"),
    ("jpeg", "image/jpeg"),
    ("gif", "image/gif"),
    ("webp", "image/webp"),
    ("svg", "image/svg+xml"),
];

impl<'d> Package<'d> {
    /// A part with a content type of its own.
    pub fn add(&mut self, name: &str, content_type: &'static str, bytes: Vec<u8>) {
        self.overrides.push((format!("/{name}"), content_type));
        self.parts.push((name.to_owned(), Content::Bytes(bytes.into())));
    }

    /// The same, of a part that may hold page numbers.
    pub fn add_story(&mut self, name: &str, content_type: &'static str, story: Story) {
        self.overrides.push((format!("/{name}"), content_type));
        self.parts.push((name.to_owned(), Content::Story(story)));
    }

    /// A part whose extension says its type.
    pub fn add_by_extension(&mut self, name: &str, bytes: &'d [u8]) {
        self.extensions.extend(extension(name));
        self.parts.push((name.to_owned(), Content::Bytes(bytes.into())));
    }

    /// A font; its extension says that it is one.
    pub fn add_font(&mut self, name: &str, font: ObfuscatedFont<'d>) {
        self.extensions.extend(extension(name));
        self.parts.push((name.to_owned(), Content::Font(font)));
    }

    /// Where a part leads to; `part` is empty for the package itself.
    pub fn relate(&mut self, part: &str, relationships: &Relationships) {
        if !relationships.is_empty() {
            let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
            let folder = if folder.is_empty() { String::new() } else { format!("{folder}/") };
            let content = Content::Bytes(relationships.write().into());
            self.parts.push((format!("{folder}_rels/{name}.rels"), content));
        }
    }

    /// The zip, page numbers filled in; parts are compressed side by side. Its times are those of no clock, so equal
    /// parts make equal bytes.
    pub fn pack(mut self, number: impl Fn(&PageNumber) -> Option<u32> + Sync) -> Vec<u8> {
        let types = Content::Bytes(self.content_types().into());
        self.parts.insert(0, ("[Content_Types].xml".to_owned(), types));
        // The largest take longest: each is a task of its own.
        let parts = self.parts.par_iter().with_max_len(1);
        let parts: Vec<_> = parts.map(|(name, content)| Deflated::new(name, &content.bytes(&number))).collect();
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        parts.iter().for_each(|part| part.copy_into(&mut zip));
        zip.finish().expect("a Vec takes every write").into_inner()
    }

    /// A zip of the parts that are XML, as they are; page numbers are left out.
    pub fn store(mut self) -> Vec<u8> {
        self.parts.retain(|(name, _)| matches!(extension(name).as_deref(), Some("xml" | "rels")));
        let types = Content::Bytes(self.content_types().into());
        self.parts.insert(0, ("[Content_Types].xml".to_owned(), types));
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in &self.parts {
            zip.start_file(name.as_str(), options(CompressionMethod::Stored)).expect("part names are short");
            zip.write_all(&content.bytes(&|_| None)).expect("a Vec takes every write");
        }
        zip.finish().expect("a Vec takes every write").into_inner()
    }

    fn content_types(&self) -> Vec<u8> {
        let used = |extension: &str| matches!(extension, "xml" | "rels") || self.extensions.contains(extension);
        Xml::root("Types", &[("xmlns", CONTENT_TYPES)], |xml| {
            for (extension, kind) in DEFAULTS.iter().filter(|(extension, _)| used(extension)) {
                xml.empty("Default", &[("Extension", extension), ("ContentType", kind)]);
            }
            for (name, kind) in &self.overrides {
                xml.empty("Override", &[("PartName", name), ("ContentType", kind)]);
            }
        })
    }
}

/// Of no time, and readable by all.
fn options(method: CompressionMethod) -> SimpleFileOptions {
    let options = SimpleFileOptions::default().compression_method(method);
    options.last_modified_time(DateTime::default()).unix_permissions(0o644)
}

fn extension(name: &str) -> Option<String> {
    name.rsplit_once('.').map(|(_, extension)| extension.to_owned())
}
