//! Images: found beneath the project, checked by decoding them, measured, and kept once each.
//!
//! In: destinations as typed. Out: [`Asset`]s and an [`ImageInfo`] per image. What cannot be shown has a
//! [`Picture::Placeholder`] and a diagnostic. Never fetches anything from a network.

mod digest;
mod file;
mod kept;
mod raster;
mod room;
mod size;
mod stack;
mod vector;

use std::collections::HashMap;

use super::Options;
use super::address;
use super::info::{Alternative, ImageInfo, Orientation, Picture};
use super::near::{self, NearFiles};
use super::reading::{self, Place, Read};
use super::redline::{Before, Origin};
use super::resolved::{ResolvedDocument, SideTable};
use super::table::TableInfo;
use super::terms::Terms;
use super::web::Unfollowed;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::document::{Block, BlockKind, Document, Image, Inline, InlineKind, NodeId, Pt};
use crate::project::{Project, ProjectPath, World};
use crate::source::{FileId, Span};
pub use digest::digest_images;
use file::{Loaded, Refused};
pub use kept::KeptImages;

/// Identifies an [`Asset`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AssetId(pub u32);

/// An image file, decoded once to see that it can be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// SHA-256 of the file as it lies in the project.
    pub digest: [u8; 32],
    /// Path beneath the project, for the manifest.
    pub path: String,
    /// What the bytes are.
    pub media: MediaType,
    /// The file; an SVG is normalised: text is paths, nothing outside is referred to, no script.
    pub bytes: Vec<u8>,
    /// PNG twin of what Word cannot show, if asked for.
    pub raster: Option<Vec<u8>>,
}

/// Kinds of images.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MediaType {
    /// image/png
    Png,
    /// image/jpeg
    Jpeg,
    /// image/gif
    Gif,
    /// image/webp
    Webp,
    /// image/svg+xml
    Svg,
}

/// Whether images that Word cannot show get a raster twin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Raster {
    /// Yes.
    Twin,
    /// No.
    None,
}

/// Every image of a document, loaded but not yet placed.
pub(super) struct Images<'a> {
    found: Vec<Found<'a>>,
    files: Vec<Loaded>,
    /// By node: where it is in `found`, and its file in `files`.
    shown: HashMap<NodeId, (usize, usize)>,
}

/// An image in the tree.
struct Found<'a> {
    node: NodeId,
    span: Span,
    file: FileId,
    image: &'a Image,
    caption: Option<String>,
}

impl<'a> Images<'a> {
    /// Loads every image, each file once. References are worded already.
    pub(super) fn load(
        document: &'a Document,
        notes: &[usize],
        worded: &ResolvedDocument,
        from: Origin<'_>,
        options: &Options,
        found: &mut Diagnostics,
    ) -> Self {
        let mut collect = Collect { found: Vec::new(), worded, before: from.before };
        reading::read(document, notes, &mut collect);
        let mut images = Self { found: collect.found, files: Vec::new(), shown: HashMap::new() };
        let gone = |image: &Found<'_>| from.before.is_some_and(|before| before.holds(image.span));
        images.read(from.project, from.world, options, &|image| !gone(image), found);
        if let Some(before) = from.before.filter(|_| images.found.iter().any(gone)) {
            images.read(before.project, before.world, options, &gone, &mut Diagnostics::new());
        }
        images
    }

    /// Reads the files of some images.
    fn read(
        &mut self,
        project: &Project,
        world: &dyn World,
        options: &Options,
        wants: &dyn Fn(&Found<'a>) -> bool,
        found: &mut Diagnostics,
    ) {
        let mut wanted: Vec<(usize, ProjectPath)> = Vec::new();
        for (at, image) in self.found.iter().enumerate().filter(|(_, image)| wants(image)) {
            match path((image.image, image.span, image.file), (project, world)) {
                Ok(path) => wanted.push((at, path)),
                Err(fault) => found.push(*fault),
            }
        }
        let (files, by_path) = file::load(wanted.iter().map(|(_, path)| path), world, &project.config.limits, options);
        let mut said = vec![false; files.len()];
        let mut near = NearFiles::new(world, near::IMAGES);
        for (at, path) in wanted {
            let Found { node, span, file, .. } = self.found[at];
            match &by_path[&path] {
                Ok(position) => {
                    if !std::mem::replace(&mut said[*position], true) {
                        files[*position].decoded().doubts.iter().for_each(|doubt| found.push(doubt.at(&path, span)));
                    }
                    self.shown.insert(node, (at, self.files.len() + position));
                }
                Err(refused) => found.push(refusal(refused, &path, span, || near.to(&path, &project.folder_of(file)))),
            }
        }
        self.files.extend(files);
    }

    /// How wide an image would be with the whole measure to itself.
    pub(super) fn width(&self, node: NodeId, options: &Options) -> Option<Pt> {
        // A page on its side has more room, but a table's columns are what is asked for.
        let page = options.portrait;
        let &(at, position) = self.shown.get(&node)?;
        let (file, image) = (self.files[position].decoded(), self.found[at].image);
        Some(size::shown(image, file.width, file.height, page.measure, page.tallest_image).0)
    }

    /// Sizes every image for the room that there is where it stands, and hands back the files.
    pub(super) fn place(
        self,
        document: &Document,
        tables: &SideTable<TableInfo>,
        orientations: &SideTable<Orientation>,
        options: &Options,
        terms: &Terms,
        found: &mut Diagnostics,
    ) -> (Vec<Asset>, SideTable<ImageInfo>) {
        let rooms = room::rooms(document, tables, orientations, options);
        let mut widest = vec![Pt(0.0); self.files.len()];
        let mut table = SideTable::default();
        for image in &self.found {
            let picture = match self.shown.get(&image.node) {
                Some(&(_, position)) => {
                    let file = self.files[position].decoded();
                    let room = rooms.get(image.node).copied().unwrap_or(options.portrait);
                    let (width, height) =
                        size::shown(image.image, file.width, file.height, room.measure, room.tallest_image);
                    widest[position] = Pt(widest[position].0.max(width.0));
                    Picture::Asset { asset: asset_id(position), width, height }
                }
                None => {
                    let name = file_name(&image.image.destination);
                    Picture::Placeholder { text: format!("{}{}{name}", terms.image_missing, terms.colon) }
                }
            };
            let alternative = alternative(image, found);
            table.insert(image.node, ImageInfo { picture, alternative });
        }
        let twins = options.raster == Raster::Twin;
        let assets = self.files.iter().zip(widest).map(|(file, widest)| file.asset(twins.then_some(widest)));
        (assets.collect(), table)
    }
}

fn asset_id(position: usize) -> AssetId {
    AssetId(u32::try_from(position).expect("a report has fewer than 2^32 images"))
}

type Fault = std::boxed::Box<Diagnostic>;

/// Where an image lies beneath the project.
fn path(
    (image, span, file): (&Image, Span, FileId),
    (project, world): (&Project, &dyn World),
) -> Result<ProjectPath, Fault> {
    let destination = image.destination.trim();
    let path = match address::parse(destination) {
        address::Address::File { path, .. } => path,
        address::Address::Unfollowed(Unfollowed::Scheme(scheme)) if scheme == "data" => {
            let fault = Diagnostic::new(Code::UnreadableImage, span, "an image is typed into the draft as data");
            return Err(fault.hint("save it as a file beside the drafts and refer to it there").into());
        }
        address::Address::Unfollowed(Unfollowed::Scheme(scheme)) if scheme.len() == 1 || scheme == "file" => {
            return Err(outside(destination, span).into());
        }
        address::Address::Web(_) | address::Address::Unfollowed(_) => return Err(remote(destination, span)),
        address::Address::Within(_) => {
            let fault = Diagnostic::new(Code::MissingImage, span, "an image names no file");
            return Err(fault.hint("put its path in the parentheses: `![…](figures/map.svg)`").into());
        }
    };
    project.named_file(world, &project.folder_of(file), &path).map_err(|_| outside(destination, span).into())
}

fn remote(destination: &str, span: Span) -> Fault {
    let message = format!("the image `{}` lies on another host", shortened(destination));
    let fault = Diagnostic::new(Code::RemoteImage, span, message);
    fault.hint("nothing is fetched while building: save the file beside the drafts and refer to it there").into()
}

fn outside(destination: &str, span: Span) -> Diagnostic {
    let message = format!("the image `{}` lies outside the project", shortened(destination));
    let fault = Diagnostic::new(Code::OutsideProject, span, message);
    fault.hint("only files beneath the project's folder are read: copy it there")
}

fn refusal(refused: &Refused, path: &ProjectPath, span: Span, near: impl FnOnce() -> Option<String>) -> Diagnostic {
    match refused {
        Refused::Missing => {
            let fault = Diagnostic::new(Code::MissingImage, span, format!("the image `{path}` does not exist"));
            fault.hint(near::hint(near()))
        }
        Refused::Outside => outside(path.as_str(), span),
        Refused::Unreadable(why) => {
            let fault = Diagnostic::new(Code::UnreadableImage, span, format!("the image `{path}` {why}"));
            fault.hint("a placeholder stands in its place")
        }
    }
}

/// The last part of a path or address.
fn file_name(destination: &str) -> String {
    if destination.trim_start().starts_with("data:") {
        return "data".to_owned();
    }
    let path = destination.split(['?', '#']).next().unwrap_or_default();
    let name = address::decoded(path.trim_end_matches('/').rsplit(['/', '\\']).next().unwrap_or_default());
    shortened(&name)
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
    let message = format!("the image `{}` has no alternative text", shortened(&found.image.destination));
    let hint = "say in the square brackets what it shows, `![…](…)`; mark one that only decorates `{.decorative}`";
    diagnostics.push(Diagnostic::new(Code::MissingAlt, found.span, message).hint(hint));
    let name = file_name(&found.image.destination);
    Alternative::Text(found.caption.clone().filter(|caption| !caption.trim().is_empty()).unwrap_or(name))
}

/// An address short enough for a message.
fn shortened(destination: &str) -> String {
    if destination.chars().count() <= LONGEST_SHOWN {
        return destination.to_owned();
    }
    destination.chars().take(LONGEST_SHOWN - 1).chain("…".chars()).collect()
}

/// Characters of an address in a message.
const LONGEST_SHOWN: usize = 80;

struct Collect<'a, 'w> {
    found: Vec<Found<'a>>,
    worded: &'w ResolvedDocument,
    before: Option<&'w Before<'w>>,
}

impl Collect<'_, '_> {
    /// The draft that an image was typed in.
    fn file(&self, span: Span, place: &Place<'_>) -> FileId {
        if self.before.is_some_and(|before| before.holds(span)) { span.file } else { place.file }
    }
}

impl<'a> Read<'a> for Collect<'a, '_> {
    fn block(&mut self, block: &'a Block, place: &Place<'a>) {
        if let BlockKind::Figure(figure) = &block.kind {
            let caption = figure.caption.as_ref().map(|caption| self.worded.plain_text(&caption.content));
            self.found.push(Found {
                node: block.id,
                span: block.span,
                file: self.file(block.span, place),
                image: &figure.image,
                caption,
            });
        }
    }

    fn inline(&mut self, inline: &'a Inline, place: &Place<'a>) {
        if let InlineKind::Image(image) = &inline.kind {
            let file = self.file(inline.span, place);
            self.found.push(Found { node: inline.id, span: inline.span, file, image, caption: None });
        }
    }
}
