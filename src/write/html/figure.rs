//! Figures, pictures, and what stands in the place of one that is not there.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;

use super::escape;
use super::inline;
use super::writer::{Pictures, Tag, Writer};
use crate::document::{Block, Caption, Figure, Image, NodeId, Pt};
use crate::resolve::{Alternative, Asset, ImageInfo, MediaType, Picture};

/// A figure with its caption above it.
pub(super) fn write(w: &mut Writer, block: &Block, figure: &Figure) {
    if !w.is_page() {
        let title = figure.caption.as_ref().map(|caption| w.doc.plain_text(&caption.content));
        return w.block(Tag::new("p"), |w| write_plain_image(w, &figure.image, title.as_deref()));
    }
    let tag = w.keyed(Tag::new("figure").class("figure").maybe("id", w.anchor(block.id)), block.id);
    let tag = w.in_language(tag, w.doc.languages.get(block.id));
    w.group(tag, |w| {
        if let Some(caption) = &figure.caption {
            write_caption(w, "figcaption", block.id, caption);
        }
        w.block(frame(w, block), |w| write_picture(w, block.id));
    });
}

/// The frame around a picture; one that only decorates has none.
fn frame(w: &Writer, block: &Block) -> Tag {
    let decorative = w.doc.images.get(block.id).is_some_and(|info| info.alternative == Alternative::Decorative);
    let bare = decorative && w.doc.captions.get(block.id).is_none();
    Tag::new("div").class(if bare { "picture bare" } else { "picture" })
}

/// Label, number and text.
pub(super) fn write_caption(w: &mut Writer, element: &'static str, owner: NodeId, caption: &Caption) {
    let tag = Tag::new(element).class("caption").attr("id", caption_id(owner));
    w.block(tag, |w| {
        w.inline(Tag::new("span").class("caption-line"), |w| {
            w.in_role("caption", |w| {
                if let Some(info) = w.doc.captions.get(owner) {
                    let label = format!("{} {}", info.label, info.number);
                    w.inline(Tag::new("span").class("label"), |w| w.in_bold(|w| w.words(|w| w.text(&label))));
                    w.raw(" ");
                }
                w.inline(Tag::new("span").class("caption-text"), |w| inline::write(w, &caption.content));
            });
        });
    });
}

/// The id of the caption of a figure or table: begins with `_`, as no anchor does.
pub(super) fn caption_id(owner: NodeId) -> String {
    format!("_caption-{}", owner.index())
}

/// A picture or its placeholder, within a line.
pub(super) fn write_picture(w: &mut Writer, id: NodeId) {
    let Some(info) = w.doc.images.get(id) else { return };
    match &info.picture {
        Picture::Asset { asset, width, height } => {
            let asset = w.doc.asset(*asset);
            let tag = Tag::new("img")
                .maybe("class", matches!(asset.media, MediaType::Svg).then_some("drawing"))
                .attr("src", source(w, asset))
                .attr("alt", alternative(info))
                .attr("width", rounded(*width))
                .attr("height", rounded(*height));
            w.open(tag);
        }
        Picture::Placeholder { .. } => write_placeholder(w, info),
    }
}

fn write_placeholder(w: &mut Writer, info: &ImageInfo) {
    let Some((text, alternative)) = info.stand_in() else { return };
    let tag = Tag::new("span").class("placeholder").attr("role", "group").attr("aria-label", text);
    w.inline(tag, |w| {
        w.in_role("placeholder", |w| {
            w.inline(Tag::new("span").class("placeholder-label"), |w| w.text(text));
            if let Some(alternative) = alternative {
                w.raw(" ");
                w.inline(Tag::new("span").class("alternative"), |w| w.text(alternative));
            }
        });
    });
}

/// As CommonMark prints it.
pub(super) fn write_plain_image(w: &mut Writer, image: &Image, title: Option<&str>) {
    let tag = Tag::new("img")
        .attr("src", escape::address(&image.destination))
        .attr("alt", image.alternative.as_str())
        .maybe("title", title);
    w.open(tag);
}

fn alternative(info: &ImageInfo) -> &str {
    match &info.alternative {
        Alternative::Text(text) => text,
        Alternative::Decorative => "",
    }
}

/// The picture itself, as an address.
fn source(w: &Writer, asset: &Asset) -> String {
    match w.pictures {
        Pictures::Inside => data_uri(asset),
        Pictures::Absent => String::new(),
    }
}

fn data_uri(asset: &Asset) -> String {
    let media = match asset.media {
        MediaType::Png => "image/png",
        MediaType::Jpeg => "image/jpeg",
        MediaType::Gif => "image/gif",
        MediaType::Webp => "image/webp",
        MediaType::Svg => "image/svg+xml",
    };
    format!("data:{media};base64,{}", BASE64.encode(&asset.bytes))
}

/// CSS pixels, 96 to the inch.
fn pixels(length: Pt) -> f64 {
    length.0 / 0.75
}

fn rounded(length: Pt) -> String {
    format!("{}", pixels(length).round().max(1.0))
}
