//! Images: files that Typst may read, at most as large as there is room.

use super::escape;
use super::generator::Generator;
use crate::document::{Image, NodeId, Pt};
use crate::resolve::{Alternative, MediaType, Picture};

impl Generator<'_> {
    pub(super) fn image(&mut self, id: NodeId, image: &Image) {
        let doc = self.doc;
        if self.place.in_contents {
            return self.text(&image.alternative);
        }
        match &doc.images[id].picture {
            Picture::Asset { .. } => {
                self.statement("inline-picture(");
                self.picture(id);
                self.out.push(")");
            }
            Picture::Placeholder { .. } => {
                let words = doc.images[id].stand_in().map(|(text, more)| [Some(text), more]);
                let words: Vec<&str> = words.into_iter().flatten().flatten().collect();
                self.statement("inline-placeholder(");
                self.out.literal(&escape::shown(&words.join(" ")));
                self.out.push(")");
            }
        }
    }

    /// The call that draws an image at most as wide as there is room.
    pub(super) fn picture(&mut self, id: NodeId) {
        let doc = self.doc;
        let info = &doc.images[id];
        let Picture::Asset { asset, width, height } = &info.picture else { return };
        let (width, height) = self.fitted(*width, *height);
        let media = doc.asset(*asset).media;
        let function = match info.alternative {
            Alternative::Text(_) => "picture(",
            Alternative::Decorative => "decoration(",
        };
        self.out.push(function);
        self.out.literal(&asset_path(asset.0, media));
        self.out.push(&format!(", \"{}\", {:.3}, {:.3}", extension(media), width.0, height.0));
        if let Alternative::Text(text) = &info.alternative {
            self.out.push(", ");
            self.out.literal(text);
        }
        self.out.push(")");
    }

    /// Scaled down to the room there is across, in a cell or an item.
    fn fitted(&self, width: Pt, height: Pt) -> (Pt, Pt) {
        let scale = (self.place.width.0 / width.0.max(1.0)).min(1.0);
        (width * scale, height * scale)
    }
}

/// Paths of images in the source begin with this.
pub(super) const ASSETS: &str = "/asset/";

/// Path of a file that the PDF carries.
pub(super) fn attachment_path(index: usize) -> String {
    format!("{ASSETS}attached-{index}")
}

/// Path of an image among the files that Typst may read; the same in every build.
pub(super) fn asset_path(index: u32, media: MediaType) -> String {
    format!("{ASSETS}{index}.{}", extension(media))
}

fn extension(media: MediaType) -> &'static str {
    match media {
        MediaType::Png => "png",
        MediaType::Jpeg => "jpg",
        MediaType::Gif => "gif",
        MediaType::Webp => "webp",
        MediaType::Svg => "svg",
    }
}
