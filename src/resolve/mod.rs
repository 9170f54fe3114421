//! Everything that must be decided once: numbers, anchors, references, the order of notes,
//! contents, images, highlighted code, generated words.
//!
//! In: a [`Document`], the project. Out: [`ResolvedDocument`], the tree and side tables keyed by
//! node ids. A writer asks `doc.heading(id).number`; it never numbers, slugs, resolves a link,
//! measures an image or orders notes.

mod address;
mod anchor;
mod code;
mod image;
mod imprint;
mod labels;
mod link;
mod metadata;
mod note;
mod number;
mod picture;
mod reference;
mod resolved;
mod structure;
mod table;
mod terms;
mod title;

pub use address::is_authority;
pub use imprint::{CoverRow, Licence, Metadata};
pub use picture::{Alternative, Asset, AssetId, ImageInfo, MediaType, Picture, Raster};
pub use resolved::{
    Anchor, BoxInfo, CaptionInfo, CaptionKind, CodeToken, CodeTokenKind, HeadingInfo, HeadingPlace, LinkTarget,
    ListInfo, NoteInfo, NoteReferenceInfo, OutlineEntry, ParagraphInfo, ReferenceInfo, ReferenceKind, ResolvedDocument,
    SideTable, TableInfo,
};
pub use terms::Terms;

use crate::diag::{Diagnostics, Warned};
use crate::document::{Document, Pt};
pub use crate::project::Date;
use crate::project::{Project, World};

/// What resolving depends on beside the document and the project.
#[derive(Debug, Clone)]
pub struct Options {
    /// Width of the text block: images wider are scaled down to it.
    pub measure: Pt,
    /// Images taller are scaled down to it.
    pub tallest_image: Pt,
    /// Bullets by depth of list.
    pub bullets: Vec<String>,
    /// The report's date where the configuration gives none.
    pub date: Date,
    /// Whether vector images also get a raster twin (only Word needs one).
    pub raster: Raster,
    /// Font files for text in vector images.
    pub fonts: Vec<&'static [u8]>,
}

/// Numbers, references, notes, contents, assets: all of it, once.
/// Diagnostics are given without regard to status; the code decides their severity.
pub fn resolve(
    mut document: Document,
    project: &Project,
    world: &dyn World,
    options: &Options,
) -> Warned<ResolvedDocument> {
    let mut diagnostics = Diagnostics::new();
    title::add_missing(&mut document);
    let metadata = metadata::resolve(&mut document, project, options.date, &mut diagnostics);
    let mut labels = labels::Labels::collect(&document, &project.sources, &mut diagnostics);
    let mut doc = ResolvedDocument::new(Document::default(), metadata);
    let numbering = &project.config.numbering;
    let names = structure::number(&document, numbering, options, &mut labels, &mut doc, &mut diagnostics);
    note::number(&document, &mut labels, &mut doc);
    labels.anchor_inlines(&document, &mut doc);
    link::resolve(&document, project, world, &labels, &mut doc, &mut diagnostics);
    reference::resolve(&document, &labels, &names, &mut doc, &mut diagnostics);
    table::measure(&document, &mut doc);
    image::load(&document, project, world, options, &mut doc, &mut diagnostics);
    code::highlight(&document, &mut doc, &mut diagnostics);
    doc.document = document;
    Warned::new(doc, diagnostics)
}
