use std::sync::Arc;

use resvg::tiny_skia::{Pixmap, Transform};
use usvg::{ImageHrefResolver, Options, Tree, WriteOptions, fontdb};

use super::Decoded;
use crate::document::Pt;
use crate::resolve::picture::MediaType;

/// Most elements of an SVG.
const MOST_ELEMENTS: usize = 10_000;
/// Longest side of the raster twin, in pixels.
const LONGEST_TWIN: f32 = 4_000.0;

/// The faces that text in drawings is set in.
pub(super) struct Fonts {
    database: Arc<fontdb::Database>,
    family: String,
}

impl Fonts {
    /// From font files; the first one's family stands in for families that are not there.
    pub(super) fn new(files: &[&'static [u8]]) -> Self {
        let mut database = fontdb::Database::new();
        files.iter().for_each(|data| database.load_font_data(data.to_vec()));
        let family =
            database.faces().next().and_then(|face| Some(face.families.first()?.0.clone())).unwrap_or_default();
        database.set_sans_serif_family(&family);
        database.set_serif_family(&family);
        let mono =
            database.faces().find(|face| face.monospaced).and_then(|face| Some(face.families.first()?.0.clone()));
        if let Some(mono) = mono {
            database.set_monospace_family(mono);
        }
        Self { database: Arc::new(database), family }
    }
}

/// Reads an SVG and writes it again: text is paths, scripts and whatever lies outside are gone.
/// # Errors
/// Why it cannot be read, to be put after "the image … ".
pub(super) fn decode(bytes: &[u8], fonts: &Fonts, id_prefix: &str, twin: bool) -> Result<Decoded, String> {
    let text = std::str::from_utf8(bytes).map_err(|_| unknown_format())?;
    if !text.contains("<svg") && !text.contains(":svg") {
        return Err(unknown_format());
    }
    if text.matches('<').count() > 2 * MOST_ELEMENTS {
        return Err(format!("has more than {MOST_ELEMENTS} elements"));
    }
    let options = Options {
        fontdb: Arc::clone(&fonts.database),
        font_family: fonts.family.clone(),
        image_href_resolver: ImageHrefResolver {
            resolve_data: ImageHrefResolver::default_data_resolver(),
            resolve_string: std::boxed::Box::new(|_, _| None),
        },
        ..Options::default()
    };
    let tree = Tree::from_str(text, &options).map_err(|error| format!("cannot be read: {error}"))?;
    let size = tree.size();
    let twin = twin.then(|| render(&tree)).transpose()?;
    Ok(Decoded {
        media: MediaType::Svg,
        bytes: write(&tree, id_prefix).into_bytes(),
        twin,
        width: Pt::from_px(f64::from(size.width())),
        height: Pt::from_px(f64::from(size.height())),
    })
}

fn unknown_format() -> String {
    "is of a format that is not supported: use PNG, JPEG, GIF, WebP or SVG".to_owned()
}

/// The normalised file, with a view box, so that it scales.
fn write(tree: &Tree, id_prefix: &str) -> String {
    let options = WriteOptions {
        id_prefix: Some(id_prefix.to_owned()),
        preserve_text: false,
        coordinates_precision: 4,
        transforms_precision: 6,
        ..WriteOptions::default()
    };
    let (width, height) = (tree.size().width(), tree.size().height());
    tree.to_string(&options).replacen("<svg ", &format!("<svg viewBox=\"0 0 {width} {height}\" "), 1)
}

/// At twice its size, four times the pixels.
fn render(tree: &Tree) -> Result<Vec<u8>, String> {
    let (width, height) = (tree.size().width(), tree.size().height());
    let scale = (LONGEST_TWIN / width.max(height)).min(2.0);
    let pixels = |length: f32| (length * scale).ceil().max(1.0) as u32;
    let mut pixmap = Pixmap::new(pixels(width), pixels(height)).ok_or("is too large to draw")?;
    resvg::render(tree, Transform::from_scale(scale, scale), &mut pixmap.as_mut());
    pixmap.encode_png().map_err(|error| format!("cannot be drawn: {error}"))
}
