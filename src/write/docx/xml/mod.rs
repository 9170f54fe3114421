//! The typed layer: WordprocessingML as Rust values.
//!
//! In: structs whose fields are properties, lengths in points, colours as colours. Out: elements in the order that
//! the schema's sequences want, in the units that each attribute wants. Every property container has one struct and
//! one `write`, the only place that knows its order. Never decides what a document looks like or says.

mod border;
mod builder;
mod drawing;
mod escape;
mod numbering;
mod paragraph;
mod revision;
mod run;
mod section;
mod settings;
mod style;
mod table;
mod watermark;

#[cfg(test)]
mod order;

pub(super) use border::{Border, ParagraphBorders};
pub(super) use builder::{Build, PageNumber, Story, Xml};
pub(super) use drawing::{Description, Drawing};
pub(super) use numbering::{AbstractList, Level, LevelFormat, LevelSuffix, ListInstance};
pub(super) use paragraph::{
    Indent, Leader, LineHeight, ListReference, ParagraphProperties, Spacing, Tab, TabAlignment, TextAlignment,
};
pub(super) use revision::{ParagraphChange, REVISION_NAMESPACES, Revision, RunChange, Tracked, revision_name};
pub(super) use run::{FontHint, RunFonts, RunLanguage, RunProperties, VerticalAlignment};
pub(super) use section::{NoteNumbering, PaperOrientation, SectionProperties, SectionStart, StoryReferences};
pub(super) use settings::Settings;
pub(super) use style::{StyleDefinition, StyleKind, TableConditional, TableLook};
pub(super) use table::{
    CellMargins, CellProperties, Look, RowProperties, TableBorders, TableProperties, VerticalMerge,
};
pub(super) use watermark::Watermark;

/// Namespaces of the main parts (`document`, `footnotes`, headers and footers), as attributes of their roots.
pub(super) const NAMESPACES: &[(&str, &str)] = &[
    ("xmlns:w", WORD),
    ("xmlns:r", RELATIONSHIPS),
    ("xmlns:m", MATH),
    ("xmlns:wp", "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"),
    ("xmlns:a", DRAWING),
    ("xmlns:pic", PICTURE),
];

/// WordprocessingML.
pub(super) const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
/// References to relationships.
pub(super) const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
/// Office Math.
pub(super) const MATH: &str = "http://schemas.openxmlformats.org/officeDocument/2006/math";
/// DrawingML.
pub(super) const DRAWING: &str = "http://schemas.openxmlformats.org/drawingml/2006/main";
/// DrawingML pictures.
pub(super) const PICTURE: &str = "http://schemas.openxmlformats.org/drawingml/2006/picture";
