use std::io::Cursor;

use image::{ImageFormat, ImageReader, Limits};

use super::Decoded;
use crate::document::Pt;
use crate::resolve::picture::MediaType;

/// Longest side, in pixels.
const LONGEST_SIDE: u32 = 16_000;
/// Most pixels.
const MOST_PIXELS: u64 = 50_000_000;
/// Most memory while decoding.
const MOST_MEMORY: u64 = 512 * 1024 * 1024;

/// Whether the first bytes are those of a raster format that we know.
pub(super) fn is_raster(bytes: &[u8]) -> bool {
    image::guess_format(bytes).is_ok()
}

/// Decodes the whole image, to see that it can be.
/// # Errors
/// Why it cannot, to be put after "the image … ".
pub(super) fn decode(bytes: &[u8], twin: bool) -> Result<Decoded, String> {
    let unreadable = |error: image::ImageError| format!("cannot be decoded: {error}");
    let format = image::guess_format(bytes).map_err(unreadable)?;
    let media = media(format).ok_or("is of a format that is not supported: use PNG, JPEG, GIF, WebP or SVG")?;
    let (width, height) = ImageReader::with_format(Cursor::new(bytes), format).into_dimensions().map_err(unreadable)?;
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(format!("has more than {} megapixels", MOST_PIXELS / 1_000_000));
    }
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_image_width = Some(LONGEST_SIDE);
    limits.max_image_height = Some(LONGEST_SIDE);
    limits.max_alloc = Some(MOST_MEMORY);
    reader.limits(limits);
    let image = reader.decode().map_err(unreadable)?;
    let needs_twin = twin && matches!(media, MediaType::Webp | MediaType::Gif);
    let twin = needs_twin.then(|| encode(&image)).transpose().map_err(unreadable)?;
    let (width, height) = (Pt::from_px(f64::from(width)), Pt::from_px(f64::from(height)));
    Ok(Decoded { media, bytes: bytes.to_vec(), twin, width, height })
}

fn encode(image: &image::DynamicImage) -> Result<Vec<u8>, image::ImageError> {
    let mut bytes = Cursor::new(Vec::new());
    image.write_to(&mut bytes, ImageFormat::Png)?;
    Ok(bytes.into_inner())
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
