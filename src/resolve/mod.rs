//! Everything that must be decided once: numbers, anchors, references, the order of notes,
//! contents, images, highlighted code, generated words.
//!
//! In: a [`Document`], the project. Out: [`ResolvedDocument`], the tree and side tables keyed by
//! node ids. A writer asks `doc.heading(id).number`; it never numbers, slugs, resolves a link,
//! measures an image or orders notes.

mod resolved;

pub use resolved::{
    Alternative, Anchor, Asset, AssetId, BoxInfo, CaptionInfo, CaptionKind, CodeToken, CodeTokenKind, CoverRow,
    HeadingInfo, HeadingPlace, ImageInfo, Licence, LinkTarget, ListInfo, MediaType, Metadata, NoteInfo,
    NoteReferenceInfo, OutlineEntry, ParagraphInfo, Picture, Raster, ReferenceInfo, ReferenceKind, ResolvedDocument,
    SideTable, TableInfo, Terms,
};

use crate::diag::{Diagnostics, Warned};
use crate::document::{Document, Pt};
use crate::project::{Date, Project, World};

/// What resolving depends on beside the document and the project.
#[derive(Debug, Clone)]
pub struct Options {
    /// Width of the text block: images wider are scaled down to it.
    pub measure: Pt,
    /// The report's date where the configuration gives none.
    pub date: Date,
    /// Whether vector images also get a raster twin (only Word needs one).
    pub raster: Raster,
}

/// Numbers, references, notes, contents, assets: all of it, once.
/// Diagnostics are given without regard to status; the code decides their severity.
pub fn resolve(
    document: Document,
    project: &Project,
    world: &dyn World,
    options: &Options,
) -> Warned<ResolvedDocument> {
    let _ = (world, options);
    Warned::new(ResolvedDocument::new(document, Metadata::new(&project.config, options.date)), Diagnostics::new())
}
