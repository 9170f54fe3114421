//! Images: their files, what is shown, and what is said of them.

use crate::document::Pt;

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

/// Whether vector images get a raster twin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Raster {
    /// Yes.
    Twin,
    /// No.
    None,
}

/// What was decided about an image.
#[derive(Debug, Clone, PartialEq)]
pub struct ImageInfo {
    /// The picture, or what stands in its place.
    pub picture: Picture,
    /// What a reader who cannot see it gets.
    pub alternative: Alternative,
}

impl ImageInfo {
    /// What stands in the place of a picture that is not here: the placeholder's label, and the alternative text
    /// where it says more than the label does.
    pub fn stand_in(&self) -> Option<(&str, Option<&str>)> {
        let Picture::Placeholder { text } = &self.picture else { return None };
        let more = match &self.alternative {
            Alternative::Text(alternative) => Some(alternative.as_str()),
            Alternative::Decorative => None,
        };
        Some((text, more.filter(|more| !more.is_empty() && !text.ends_with(more))))
    }
}

/// A picture.
#[derive(Debug, Clone, PartialEq)]
pub enum Picture {
    /// It is here.
    Asset {
        /// Which.
        asset: AssetId,
        /// As shown, at most the measure.
        width: Pt,
        /// As shown.
        height: Pt,
    },
    /// It is not: a labelled frame stands in its place.
    Placeholder {
        /// "Image not available: map.svg".
        text: String,
    },
}

/// Alternative text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Alternative {
    /// The text; where a draft gives none, the file's name.
    Text(String),
    /// `{.decorative}`: an artifact.
    Decorative,
}
