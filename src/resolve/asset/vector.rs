//! Drawings: SVG.
//!
//! In: bytes, fonts. Out: the drawing written anew: text is paths, scripts and whatever lies outside are gone.
//! Says what of it is left out. Never opens a file.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use resvg::tiny_skia::{Pixmap, Transform};
use usvg::roxmltree::{self, ParsingOptions};
use usvg::{ImageHrefResolver, Node, Options, Tree, WriteOptions, fontdb};

use super::file::{Content, Decoded, Doubt};
use super::{raster, stack};
use crate::diag::Code;
use crate::document::Pt;
use crate::project::LimitsConfig;

/// Elements within elements.
const DEEPEST: usize = 256;
/// Most shapes once what is used several times stands there several times.
const MOST_SHAPES: usize = 100_000;
/// Longest side of the raster twin, in pixels.
const LONGEST_TWIN: f64 = 4_000.0;
/// Pixels of the twin for each pixel as shown.
const SHARPNESS: f64 = 2.0;

/// The faces that text in drawings is set in.
pub(super) struct Fonts {
    database: Arc<fontdb::Database>,
    family: String,
}

impl Fonts {
    /// From font files; the first one's family stands in for families that are not there.
    pub(super) fn new(files: &[&'static [u8]], fallback: &[Arc<Vec<u8>>]) -> Self {
        let mut database = fontdb::Database::new();
        for file in files {
            database.load_font_source(fontdb::Source::Binary(Arc::new(*file)));
        }
        for file in fallback {
            database.load_font_source(fontdb::Source::Binary(Arc::<Vec<u8>>::clone(file)));
        }
        let family_of = |face: &fontdb::FaceInfo| Some(face.families.first()?.0.clone());
        let family = database.faces().next().and_then(family_of).unwrap_or_default();
        let mono = database.faces().find(|face| face.monospaced).and_then(family_of);
        database.set_sans_serif_family(&family);
        database.set_serif_family(&family);
        database.set_monospace_family(mono.unwrap_or_else(|| family.clone()));
        Self { database: Arc::new(database), family }
    }
}

/// A drawing that was read.
pub(super) struct Drawing {
    tree: Tree,
    bytes: Vec<u8>,
    /// The last twin, by how wide it was to be shown.
    twin: Mutex<Option<(Pt, Option<Vec<u8>>)>>,
}

/// Whether a file looks like SVG.
pub(super) fn is_vector(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).is_ok_and(|text| text.contains("<svg") || text.contains(":svg"))
}

/// Reads an SVG; ids within it will begin with `prefix`.
/// # Errors
/// Why it cannot be shown, to be put after "the image … ".
pub(super) fn decode(bytes: &[u8], limits: &LimitsConfig, fonts: &Fonts, prefix: &str) -> Result<Decoded, String> {
    if bytes.starts_with(&[0x1f, 0x8b]) {
        return Err("is compressed: save it as plain SVG".to_owned());
    }
    if !is_vector(bytes) {
        return Err(raster::FORMATS.to_owned());
    }
    let text = std::str::from_utf8(bytes).map_err(|error| error.to_string())?;
    let (tree, doubts, bytes) = stack::with_room(|| {
        let (tree, doubts) = parse(text, limits, fonts)?;
        let bytes = written(&tree, prefix);
        Ok::<_, String>((tree, doubts, bytes))
    })??;
    let size = tree.size();
    let length = |pixels: f32| Pt::from_px(f64::from(pixels));
    Ok(Decoded {
        content: Content::Vector(Box::new(Drawing { tree, bytes, twin: Mutex::default() })),
        width: length(size.width()),
        height: length(size.height()),
        doubts,
    })
}

fn parse(text: &str, limits: &LimitsConfig, fonts: &Fonts) -> Result<(Tree, Vec<Doubt>), String> {
    let nodes = limits.svg_elements.saturating_mul(4);
    let options = ParsingOptions { allow_dtd: true, nodes_limit: nodes, ..ParsingOptions::default() };
    let document = roxmltree::Document::parse_with_options(text, options).map_err(|error| {
        if matches!(error, roxmltree::Error::NodesLimitReached) { too_many(limits) } else { unreadable(error) }
    })?;
    let mut doubts = check(&document, limits)?;
    let lost = Lost::default();
    let options = Options {
        fontdb: Arc::clone(&fonts.database),
        font_family: fonts.family.clone(),
        image_href_resolver: ImageHrefResolver {
            resolve_data: embedded(limits, Arc::clone(&lost)),
            // What lies outside was said; here is what begins like an image and is none.
            resolve_string: Box::new({
                let lost = Arc::clone(&lost);
                move |address, _| {
                    if address.starts_with("data:") {
                        keep(&lost, raster::FORMATS.to_owned());
                    }
                    None
                }
            }),
        },
        ..Options::default()
    };
    let tree = Tree::from_xmltree(&document, &options).map_err(unreadable)?;
    doubts.extend(lost.lock().expect("nothing fails while it is held").iter().map(|why| Doubt {
        code: Code::UnreadableImage,
        message: format!("holds a picture that {why}, and is left out"),
        hint: "save that picture as PNG or JPEG, no larger than others may be, and put it in again",
    }));
    doubts.extend(missing_glyphs(&tree)?);
    Ok((tree, doubts))
}

fn unreadable(error: impl std::fmt::Display) -> String {
    format!("cannot be read: {error}")
}

fn too_many(limits: &LimitsConfig) -> String {
    format!("has more than {} elements", limits.svg_elements)
}

/// Why pictures within a drawing are left out.
type Lost = Arc<Mutex<BTreeSet<String>>>;

fn keep(lost: &Lost, why: String) {
    lost.lock().expect("nothing fails while it is held").insert(why);
}

/// Raster images within a drawing, as large as any other may be.
fn embedded(limits: &LimitsConfig, lost: Lost) -> usvg::ImageHrefDataResolverFn<'static> {
    let limits = limits.clone();
    let decode = ImageHrefResolver::default_data_resolver();
    Box::new(move |media, data, options| {
        let format = image::guess_format(&data).map_err(|_| raster::FORMATS.to_owned());
        let sound = format.and_then(|format| raster::check_size(&data, format, &limits));
        let decoded = sound.and_then(|()| decode(media, data, options).ok_or_else(|| raster::FORMATS.to_owned()));
        decoded.map_err(|why| keep(&lost, why)).ok()
    })
}

/// Size and depth, and what of the drawing lies outside or is not SVG.
fn check(document: &roxmltree::Document<'_>, limits: &LimitsConfig) -> Result<Vec<Doubt>, String> {
    let (mut elements, mut outside, mut foreign) = (0, BTreeSet::new(), false);
    let mut depths = vec![(document.root(), 0)];
    while let Some((node, depth)) = depths.pop() {
        elements += usize::from(node.is_element());
        if elements > limits.svg_elements as usize {
            return Err(too_many(limits));
        }
        if depth > DEEPEST {
            return Err(format!("has elements nested deeper than {DEEPEST}"));
        }
        outside.extend(reference_outside(node));
        foreign |= node.tag_name().name() == "foreignObject";
        depths.extend(node.children().map(|child| (child, depth + 1)));
    }
    let mut doubts = Vec::new();
    for address in outside {
        let message = format!("refers to `{address}`, which is left out");
        doubts.push(Doubt { code: Code::UnreadableImage, message, hint: "put all that it shows into its own file" });
    }
    if foreign {
        let message = "holds HTML (`foreignObject`), which is left out".to_owned();
        let hint = "save it with its text as SVG text";
        doubts.push(Doubt { code: Code::UnreadableImage, message, hint });
    }
    Ok(doubts)
}

/// The address of another file that an element would show.
fn reference_outside(node: roxmltree::Node<'_, '_>) -> Option<String> {
    if !["image", "use", "feImage"].contains(&node.tag_name().name()) {
        return None;
    }
    let address = node.attributes().find(|attribute| attribute.name() == "href")?.value().trim();
    let within = address.is_empty() || address.starts_with('#');
    let data = address.starts_with("data:") && !address.starts_with("data:image/svg");
    (!within && !data).then(|| address.chars().take(LONGEST_SHOWN).collect())
}

/// Characters of an address in a message.
const LONGEST_SHOWN: usize = 60;

/// Characters that no face shows.
fn missing_glyphs(tree: &Tree) -> Result<Option<Doubt>, String> {
    let mut missing: BTreeSet<char> = BTreeSet::new();
    let mut shapes = 0;
    let mut groups = vec![tree.root()];
    while let Some(group) = groups.pop() {
        for node in group.children() {
            shapes += 1;
            match node {
                Node::Group(group) => groups.push(group),
                Node::Text(text) => missing.extend(unshown(text)),
                Node::Path(_) | Node::Image(_) => {}
            }
        }
        if shapes > MOST_SHAPES {
            return Err(format!("draws more than {MOST_SHAPES} shapes"));
        }
    }
    if missing.is_empty() {
        return Ok(None);
    }
    let characters: String = missing.into_iter().take(20).collect();
    let message = format!("holds text that no font at hand can show: {characters}");
    Ok(Some(Doubt { code: Code::MissingGlyph, message, hint: "save it with its text as paths" }))
}

fn unshown(text: &usvg::Text) -> impl Iterator<Item = char> {
    let glyphs = text.layouted().iter().flat_map(|span| &span.positioned_glyphs);
    let unshown = glyphs.filter(|glyph| glyph.id.0 == 0).flat_map(|glyph| glyph.text.chars());
    unshown.filter(|c| !c.is_whitespace() && !c.is_control())
}

/// The normalised file, with a view box, so that it scales; ids begin with `prefix`.
fn written(tree: &Tree, prefix: &str) -> Vec<u8> {
    let options = WriteOptions {
        id_prefix: Some(prefix.to_owned()),
        preserve_text: false,
        coordinates_precision: 4,
        transforms_precision: 6,
        ..WriteOptions::default()
    };
    let view_box = format!("<svg viewBox=\"0 0 {} {}\" ", tree.size().width(), tree.size().height());
    tree.to_string(&options).replacen("<svg ", &view_box, 1).into_bytes()
}

impl Drawing {
    /// The normalised file.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// As PNG, sharp enough to be shown that wide.
    pub(super) fn twin(&self, shown: Pt) -> Option<Vec<u8>> {
        let mut last = self.twin.lock().unwrap_or_else(PoisonError::into_inner);
        match &*last {
            Some((width, twin)) if *width == shown => twin.clone(),
            Some(_) | None => {
                let twin = self.draw(shown);
                *last = Some((shown, twin.clone()));
                twin
            }
        }
    }

    fn draw(&self, shown: Pt) -> Option<Vec<u8>> {
        let size = self.tree.size();
        let (width, height) = (f64::from(size.width()), f64::from(size.height()));
        let shown = (shown.0 / Pt::from_px(1.0).0).max(1.0);
        let scale = (SHARPNESS * shown / width).min(LONGEST_TWIN / width.max(height));
        let pixels = |length: f64| (length * scale).ceil().clamp(1.0, LONGEST_TWIN) as u32;
        let mut pixmap = Pixmap::new(pixels(width), pixels(height))?;
        let transform = Transform::from_scale(scale as f32, scale as f32);
        let tree = &self.tree;
        stack::with_room(|| {
            resvg::render(tree, transform, &mut pixmap.as_mut());
            pixmap.encode_png().ok()
        })
        .ok()?
    }
}

#[cfg(test)]
mod tests;
