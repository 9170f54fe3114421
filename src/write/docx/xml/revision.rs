use super::{Build, ParagraphProperties, RunProperties, Xml};
use crate::document::StandingKind;
use crate::resolve::Date;

/// Who revised, and when (`CT_TrackChange`, ECMA-376 17.13.5).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) struct Revision {
    /// Unique among all annotations of the package.
    pub id: u32,
    /// A name.
    pub author: String,
    /// Unix time.
    pub time: Option<i64>,
}

/// That something stands in one version only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) struct Tracked {
    /// How it came or went.
    pub kind: StandingKind,
    /// Who says so.
    pub revision: Revision,
}

/// `w:pPrChange` (ECMA-376 17.13.5.29).
#[derive(Debug, Clone, PartialEq)]
pub(in super::super) struct ParagraphChange {
    /// Who changed it.
    pub revision: Revision,
    /// All properties that it had.
    pub was: ParagraphProperties,
}

/// `w:rPrChange` (ECMA-376 17.13.5.31).
#[derive(Debug, Clone, PartialEq)]
pub(in super::super) struct RunChange {
    /// Who changed it.
    pub revision: Revision,
    /// The number of the change.
    pub number: u32,
    /// All properties that it had.
    pub was: RunProperties,
}

/// Namespaces that the parts of a redline have beside [`super::NAMESPACES`], and which of them a program may pass over.
pub(in super::super) const REVISION_NAMESPACES: &[(&str, &str)] = &[
    ("xmlns:mc", "http://schemas.openxmlformats.org/markup-compatibility/2006"),
    ("xmlns:w16du", "http://schemas.microsoft.com/office/word/2023/wordml/word16du"),
    ("mc:Ignorable", "w16du"),
];

/// The element of what came or went.
pub(in super::super) fn revision_name(kind: StandingKind) -> &'static str {
    match kind {
        StandingKind::Inserted => "w:ins",
        StandingKind::Deleted => "w:del",
        StandingKind::MovedTo => "w:moveTo",
        StandingKind::MovedFrom => "w:moveFrom",
    }
}

impl Revision {
    /// Its attributes. Word takes `w:date` for the time of the clock on the wall, whatever it says; the other is universal time
    /// ([MS-DOCX] 2.7).
    pub fn attributes(&self) -> Vec<(&'static str, String)> {
        let mut attributes = vec![("w:id", self.id.to_string()), ("w:author", self.author.clone())];
        if let Some(time) = self.time.map(Date::moment) {
            attributes.extend([("w:date", time.clone()), ("w16du:dateUtc", time)]);
        }
        attributes
    }

    /// An element of it around content.
    pub fn write(&self, name: &str, xml: &mut Xml, content: impl FnOnce(&mut Xml)) {
        let attributes = self.attributes();
        let attributes: Vec<_> =
            attributes.iter().map(|(name, value)| (*name, value as &dyn std::fmt::Display)).collect();
        xml.element(name, &attributes, content);
    }

    /// An element of it that holds nothing.
    pub fn write_empty(&self, name: &str, xml: &mut Xml) {
        let attributes = self.attributes();
        let attributes: Vec<_> =
            attributes.iter().map(|(name, value)| (*name, value as &dyn std::fmt::Display)).collect();
        xml.empty(name, &attributes);
    }
}

impl Tracked {
    /// Its element, as it stands among the properties of a paragraph's mark or a row.
    pub fn write(&self, xml: &mut Xml) {
        self.revision.write_empty(revision_name(self.kind), xml);
    }
}
