//! Raster images.
//!
//! In: bytes. Out: the image as it is embedded, and its size. Decoded whole, to see that it can be.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageEncoder, ImageError, ImageFormat, ImageReader, Limits};

use super::MediaType;
use super::file::{Content, Decoded};
use crate::document::Pt;
use crate::project::LimitsConfig;

/// Most memory while decoding, in bytes for each pixel that is allowed: four channels of 16 bits, and some of it twice.
const MEMORY_PER_PIXEL: u64 = 10;
/// Of a JPEG that is turned upright: no loss that a reader could see.
const QUALITY: u8 = 92;

pub(super) const FORMATS: &str = "is of a format that is not supported: use PNG, JPEG, GIF, WebP or SVG";

/// Whether the first bytes are those of a raster format, supported or not.
pub(super) fn is_raster(bytes: &[u8]) -> bool {
    image::guess_format(bytes).is_ok()
}

/// Decodes an image.
/// # Errors
/// Why it cannot be shown, to be put after "the image … ".
pub(super) fn decode(bytes: Vec<u8>, limits: &LimitsConfig, twin: bool) -> Result<Decoded, String> {
    let format = image::guess_format(&bytes).map_err(unreadable)?;
    let media = media(format).ok_or(FORMATS)?;
    check_size(&bytes, format, limits)?;
    let mut reader = ImageReader::with_format(Cursor::new(&bytes), format);
    reader.limits(decoder_limits(limits));
    let mut decoder = reader.into_decoder().map_err(unreadable)?;
    let orientation = decoder.orientation().map_err(unreadable)?;
    let profile = decoder.icc_profile().map_err(unreadable)?;
    let mut image = DynamicImage::from_decoder(decoder).map_err(unreadable)?;
    // Not every reader of the three formats honours a camera's note which way is up.
    let upright = (orientation != Orientation::NoTransforms).then(|| {
        image.apply_orientation(orientation);
        encode(&image, media, profile.clone())
    });
    let (width, height) = (image.width(), image.height());
    let needs_twin = twin && matches!(media, MediaType::Webp | MediaType::Gif);
    let twin = needs_twin.then(|| encode(&image, MediaType::Png, profile)).transpose().map_err(unreadable)?;
    let (media, bytes) = match upright.transpose().map_err(unreadable)? {
        Some(turned) if media == MediaType::Jpeg => (media, turned),
        Some(turned) => (MediaType::Png, turned),
        None => (media, bytes),
    };
    let twin = twin.filter(|_| media != MediaType::Png);
    let (width, height) = (Pt::from_px(f64::from(width)), Pt::from_px(f64::from(height)));
    Ok(Decoded { content: Content::Raster(media, bytes, twin), width, height, doubts: Vec::new() })
}

fn unreadable(error: ImageError) -> String {
    format!("cannot be decoded: {error}")
}

fn decoder_limits(limits: &LimitsConfig) -> Limits {
    let mut decoder = Limits::default();
    decoder.max_image_width = Some(limits.image_side);
    decoder.max_image_height = Some(limits.image_side);
    decoder.max_alloc = Some(pixels(limits) * MEMORY_PER_PIXEL);
    decoder
}

fn pixels(limits: &LimitsConfig) -> u64 {
    u64::from(limits.image_megapixels) * 1_000_000
}

/// Whether an image within the limits would be decoded; reads no more than its head.
/// # Errors
/// Why not, to be put after "the image … ".
pub(super) fn check_size(bytes: &[u8], format: ImageFormat, limits: &LimitsConfig) -> Result<(), String> {
    let (width, height) = ImageReader::with_format(Cursor::new(bytes), format).into_dimensions().map_err(unreadable)?;
    if width == 0 || height == 0 {
        return Err("is empty".to_owned());
    }
    if width.max(height) > limits.image_side {
        return Err(format!("is {width} × {height} pixels large; a side may have {}", limits.image_side));
    }
    if u64::from(width) * u64::from(height) > pixels(limits) {
        return Err(format!("has more than {} megapixels", limits.image_megapixels));
    }
    Ok(())
}

/// As JPEG, or else as PNG.
fn encode(image: &DynamicImage, media: MediaType, profile: Option<Vec<u8>>) -> Result<Vec<u8>, ImageError> {
    let mut bytes = Vec::new();
    if media == MediaType::Jpeg {
        write(JpegEncoder::new_with_quality(&mut bytes, QUALITY), image, profile)?;
    } else {
        write(PngEncoder::new(&mut bytes), image, profile)?;
    }
    Ok(bytes)
}

fn write(mut encoder: impl ImageEncoder, image: &DynamicImage, profile: Option<Vec<u8>>) -> Result<(), ImageError> {
    if let Some(profile) = profile {
        encoder.set_icc_profile(profile).map_err(ImageError::Unsupported)?;
    }
    image.write_with_encoder(encoder)
}

fn media(format: ImageFormat) -> Option<MediaType> {
    let known = [
        (ImageFormat::Png, MediaType::Png),
        (ImageFormat::Jpeg, MediaType::Jpeg),
        (ImageFormat::Gif, MediaType::Gif),
        (ImageFormat::WebP, MediaType::Webp),
    ];
    known.into_iter().find(|(known, _)| *known == format).map(|(_, media)| media)
}

#[cfg(test)]
mod tests;
