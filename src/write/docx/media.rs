//! Pictures: their parts, and drawings that show them.

use std::collections::BTreeMap;

use super::frame::Frame;
use super::writer::Writer;
use super::xml::{Description, Drawing};
use crate::document::Pt;
use crate::resolve::{Alternative, Asset, AssetId, MediaType};

const IMAGE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image";

/// Pictures used so far, each file once.
#[derive(Debug, Default)]
pub(super) struct Media {
    names: BTreeMap<(AssetId, Form), String>,
    drawings: u32,
}

/// Which file of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Form {
    /// The picture as it is.
    Original,
    /// Its raster twin.
    Twin,
}

impl Media {
    /// Part names and bytes, in the order of the report's assets.
    pub fn files<'d>(&self, asset: impl Fn(AssetId) -> &'d Asset) -> Vec<(String, &'d [u8])> {
        let bytes = |(id, form): &(AssetId, Form)| match form {
            Form::Original => asset(*id).bytes.as_slice(),
            Form::Twin => asset(*id).raster.as_deref().unwrap_or_default(),
        };
        self.names.iter().map(|(key, name)| (format!("word/{name}"), bytes(key))).collect()
    }

    fn name(&mut self, asset: AssetId, form: Form, extension: &str) -> String {
        let number = self.names.len() + 1;
        self.names.entry((asset, form)).or_insert_with(|| format!("media/image{number}.{extension}")).clone()
    }
}

impl<'a> Writer<'a> {
    /// A picture in a run, no wider than its frame and no taller than most of a page.
    pub fn picture(&mut self, frame: &Frame<'a>, asset: AssetId, size: (Pt, Pt), alternative: &Alternative) {
        let page = &self.sheet.tokens.page;
        let tall = (page.height - page.margin_top - page.margin_bottom) * 0.8;
        let scale = (frame.width.0 / size.0.0.max(1.0)).min(tall.0 / size.1.0.max(1.0)).min(1.0);
        let (raster, vector) = self.blip(asset);
        self.media.drawings += 1;
        let drawing = Drawing {
            id: self.media.drawings,
            width: size.0 * scale,
            height: size.1 * scale,
            description: match alternative {
                Alternative::Text(text) => Description::Text(text.clone()),
                Alternative::Decorative => Description::Decorative,
            },
            raster,
            vector,
        };
        drawing.write(super::xml::Build::xml(self));
    }

    /// Relationships of what every Word shows, and of the vector beside it.
    fn blip(&mut self, id: AssetId) -> (String, Option<String>) {
        let asset = self.doc.asset(id);
        let (extension, shown_everywhere) = match asset.media {
            MediaType::Png => ("png", true),
            MediaType::Jpeg => ("jpeg", true),
            MediaType::Gif => ("gif", true),
            MediaType::Webp => ("webp", false),
            MediaType::Svg => ("svg", false),
        };
        if shown_everywhere || asset.raster.is_none() {
            let name = self.media.name(id, Form::Original, extension);
            return (self.relationships.add(IMAGE, &name), None);
        }
        let twin = self.media.name(id, Form::Twin, "png");
        let raster = self.relationships.add(IMAGE, &twin);
        let vector = (asset.media == MediaType::Svg).then(|| {
            let name = self.media.name(id, Form::Original, extension);
            self.relationships.add(IMAGE, &name)
        });
        (raster, vector)
    }
}
