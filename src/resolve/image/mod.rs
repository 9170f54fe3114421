//! Images: found beneath the project, checked by decoding them, measured, and kept once each.
//!
//! In: destinations as typed. Out: [`Asset`]s and an [`ImageInfo`] per image. What cannot be shown has a
//! [`Picture::Placeholder`] and a diagnostic. Never fetches anything from a network.

mod raster;
mod size;
mod vector;

use std::collections::HashMap;

use sha2::{Digest, Sha256};

use super::link::percent_decode;
use super::picture::{Alternative, Asset, AssetId, ImageInfo, MediaType, Picture};
use super::resolved::ResolvedDocument;
use super::{Options, Raster};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::document::{
    Block, BlockKind, Document, Image, Inline, InlineKind, NodeId, Pt, Visit, plain_text, walk_blocks,
};
use crate::project::{Project, ProjectPath, ReadError, World};
use crate::source::Span;

/// Largest raster file.
const LARGEST_RASTER: u64 = 20 * 1024 * 1024;
/// Largest SVG file.
const LARGEST_VECTOR: u64 = 2 * 1024 * 1024;

/// Loads every image of the document.
pub(super) fn load(
    document: &Document,
    project: &Project,
    world: &dyn World,
    options: &Options,
    doc: &mut ResolvedDocument,
    diagnostics: &mut Diagnostics,
) {
    let mut images = Images::default();
    document.parts.iter().for_each(|part| walk_blocks(&part.blocks, &mut images));
    document.notes.iter().for_each(|note| walk_blocks(&note.blocks, &mut images));
    let mut loader = Loader { project, world, options, known: HashMap::new(), assets: Vec::new(), vector: None };
    for found in images.found {
        let alternative = alternative(&found, diagnostics);
        let picture = match loader.picture(found.image, found.span) {
            Ok(picture) => picture,
            Err(diagnostic) => {
                diagnostics.push(*diagnostic);
                let name = file_name(&found.image.destination);
                Picture::Placeholder { text: format!("{}: {name}", doc.terms.image_missing) }
            }
        };
        doc.images.insert(found.node, ImageInfo { picture, alternative });
    }
    doc.assets = loader.assets;
}

/// An image in the tree.
struct Found<'a> {
    node: NodeId,
    span: Span,
    image: &'a Image,
    caption: Option<String>,
}

#[derive(Default)]
struct Images<'a> {
    found: Vec<Found<'a>>,
}

impl<'a> Visit<'a> for Images<'a> {
    fn block(&mut self, block: &'a Block) {
        if let BlockKind::Figure(figure) = &block.kind {
            let caption = figure.caption.as_ref().map(|caption| plain_text(&caption.content));
            self.found.push(Found { node: block.id, span: block.span, image: &figure.image, caption });
        }
    }

    fn inline(&mut self, inline: &'a Inline) {
        if let InlineKind::Image(image) = &inline.kind {
            self.found.push(Found { node: inline.id, span: inline.span, image, caption: None });
        }
    }
}

/// The last part of a path or address.
fn file_name(destination: &str) -> String {
    let path = destination.split(['?', '#']).next().unwrap_or_default();
    percent_decode(path.trim_end_matches('/').rsplit('/').next().unwrap_or_default())
}

/// The text as typed; without any, the caption, else the file's name.
fn alternative(found: &Found<'_>, diagnostics: &mut Diagnostics) -> Alternative {
    if found.image.attributes.has_class("decorative") {
        return Alternative::Decorative;
    }
    let typed = found.image.alternative.trim();
    if !typed.is_empty() {
        return Alternative::Text(typed.to_owned());
    }
    let message = format!("the image `{}` has no alternative text", found.image.destination);
    let hint = "say in the square brackets what it shows, `![…](…)`; mark one that only decorates `{.decorative}`";
    diagnostics.push(Diagnostic::new(Code::MissingAlt, found.span, message).hint(hint));
    let name = file_name(&found.image.destination);
    Alternative::Text(found.caption.clone().filter(|caption| !caption.is_empty()).unwrap_or(name))
}

type Fault = std::boxed::Box<Diagnostic>;

/// A decoded file.
pub(super) struct Decoded {
    pub(super) media: MediaType,
    pub(super) bytes: Vec<u8>,
    pub(super) twin: Option<Vec<u8>>,
    /// Its own size, at 96 pixels to the inch.
    pub(super) width: Pt,
    pub(super) height: Pt,
}

struct Loader<'a> {
    project: &'a Project,
    world: &'a dyn World,
    options: &'a Options,
    /// By path: the asset and its own size, or why there is none.
    known: HashMap<ProjectPath, Result<(AssetId, Pt, Pt), (Code, String)>>,
    assets: Vec<Asset>,
    vector: Option<vector::Fonts>,
}

impl Loader<'_> {
    fn picture(&mut self, image: &Image, span: Span) -> Result<Picture, Fault> {
        let destination = image.destination.trim();
        if destination.contains("://") || destination.starts_with("//") || destination.starts_with("data:") {
            let message = format!("the image `{}` lies outside the project", shortened(destination));
            let hint = "nothing is fetched while building: save the file beside the drafts and refer to it there";
            return Err(Diagnostic::new(Code::RemoteImage, span, message).hint(hint).into());
        }
        let folder = self.project.drafts.iter().find(|draft| draft.file == span.file);
        let folder = folder.map_or_else(ProjectPath::root, |draft| draft.path.parent());
        let path = percent_decode(destination.split(['?', '#']).next().unwrap_or_default());
        let Ok(path) = ProjectPath::resolve(&folder, &path) else {
            return Err(outside(destination, span));
        };
        if !self.known.contains_key(&path) {
            let loaded = self.load(&path);
            self.known.insert(path.clone(), loaded);
        }
        match &self.known[&path] {
            Ok((asset, width, height)) => {
                let (width, height) = size::shown(image, *width, *height, self.options);
                Ok(Picture::Asset { asset: *asset, width, height })
            }
            Err((Code::OutsideProject, _)) => Err(outside(destination, span)),
            Err((code, why)) => {
                let fault = Diagnostic::new(*code, span, format!("the image `{path}` {why}"));
                Err(match code {
                    Code::MissingImage => fault.hint("paths are read from the draft's own folder"),
                    _ => fault.hint("a placeholder stands in its place"),
                }
                .into())
            }
        }
    }

    /// Reads and decodes a file, once.
    fn load(&mut self, path: &ProjectPath) -> Result<(AssetId, Pt, Pt), (Code, String)> {
        let bytes = self.world.read(path, LARGEST_RASTER).map_err(|error| match error {
            ReadError::Missing => (Code::MissingImage, "does not exist".to_owned()),
            ReadError::Outside => (Code::OutsideProject, String::new()),
            ReadError::TooLarge => {
                (Code::UnreadableImage, format!("is larger than {} MiB", LARGEST_RASTER / 1024 / 1024))
            }
            ReadError::Other(why) => (Code::UnreadableImage, format!("cannot be read: {why}")),
        })?;
        let id = AssetId(u32::try_from(self.assets.len()).expect("a report has fewer than 2^32 images"));
        let twin = self.options.raster == Raster::Twin;
        let decoded = if raster::is_raster(&bytes) {
            raster::decode(&bytes, twin)
        } else if bytes.len() as u64 > LARGEST_VECTOR {
            Err(format!("is larger than {} MiB", LARGEST_VECTOR / 1024 / 1024))
        } else {
            let fonts = self.vector.get_or_insert_with(|| vector::Fonts::new(&self.options.fonts));
            vector::decode(&bytes, fonts, &format!("i{}-", id.0), twin)
        };
        let decoded = decoded.map_err(|why| (Code::UnreadableImage, why))?;
        self.assets.push(Asset {
            digest: Sha256::digest(&bytes).into(),
            path: path.as_str().to_owned(),
            media: decoded.media,
            bytes: decoded.bytes,
            raster: decoded.twin,
        });
        Ok((id, decoded.width, decoded.height))
    }
}

fn outside(destination: &str, span: Span) -> Fault {
    let message = format!("the image `{}` lies outside the project", shortened(destination));
    let fault = Diagnostic::new(Code::OutsideProject, span, message);
    fault.hint("only files beneath the project's folder are read: copy it there").into()
}

/// An address short enough for a message.
fn shortened(destination: &str) -> String {
    if destination.chars().count() <= 80 {
        return destination.to_owned();
    }
    destination.chars().take(77).chain("…".chars()).collect()
}
