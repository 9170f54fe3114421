use super::*;

fn encoded(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image.write_to(&mut bytes, format).expect("a small image can be encoded");
    bytes.into_inner()
}

fn content(bytes: Vec<u8>, twin: bool) -> (MediaType, Vec<u8>, Option<Vec<u8>>, (f64, f64)) {
    let decoded = decode(bytes, &LimitsConfig::default(), twin).expect("it can be decoded");
    let Content::Raster(media, bytes, twin) = decoded.content else { panic!("it is a raster image") };
    (media, bytes, twin, (decoded.width.0, decoded.height.0))
}

#[test]
fn formats_are_told_by_their_bytes_and_stay_as_they_are() {
    let image = DynamicImage::new_rgb8(96, 48);
    for (format, media, needs) in [
        (ImageFormat::Png, MediaType::Png, false),
        (ImageFormat::Jpeg, MediaType::Jpeg, false),
        (ImageFormat::Gif, MediaType::Gif, true),
        (ImageFormat::WebP, MediaType::Webp, true),
    ] {
        let file = encoded(&image, format);
        let (found, bytes, twin, size) = content(file.clone(), true);
        assert_eq!((found, size, twin.is_some()), (media, (72.0, 36.0), needs), "{format:?}");
        assert!(bytes == file, "{format:?} is embedded as it is");
        assert!(content(file, false).2.is_none(), "{format:?} has no twin unless asked for");
    }
}

#[test]
fn a_photograph_is_turned_upright() {
    let jpeg = encoded(&DynamicImage::new_rgb8(96, 48), ImageFormat::Jpeg);
    // TIFF header, one entry: orientation (0x0112) 6, a quarter turn.
    let exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
    let length = u16::try_from(exif.len() + 2).expect("short").to_be_bytes();
    let turned = [&jpeg[..2], &[0xff, 0xe1], &length, exif, &jpeg[2..]].concat();
    let (media, bytes, _, size) = content(turned, false);
    assert_eq!((media, size), (MediaType::Jpeg, (36.0, 72.0)));
    let upright = image::load_from_memory(&bytes).expect("it is a JPEG");
    assert_eq!((upright.width(), upright.height()), (48, 96));
}

#[test]
fn what_is_broken_or_too_large_says_so() {
    let png = encoded(&DynamicImage::new_rgb8(300, 300), ImageFormat::Png);
    let refused = |bytes: Vec<u8>| decode(bytes, &LimitsConfig::default(), false).err().unwrap_or_default();
    assert!(refused(png[..png.len() / 2].to_vec()).contains("cannot be decoded"));
    assert!(refused(with_size(&png, 16_001, 1)).contains("a side may have"));
    assert!(refused(with_size(&png, 10_000, 10_000)).contains("megapixels"));
    assert!(refused(with_size(&png, 0, 9)).contains("decoded"), "{}", refused(with_size(&png, 0, 9)));
    assert!(refused(b"BM\0\0\0\0".to_vec()).contains("not supported"));
}

/// A PNG that claims another size (its header's checksum is set right).
fn with_size(png: &[u8], width: u32, height: u32) -> Vec<u8> {
    let mut bytes = png.to_vec();
    bytes[16..20].copy_from_slice(&width.to_be_bytes());
    bytes[20..24].copy_from_slice(&height.to_be_bytes());
    let crc = !bytes[12..29].iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { 0xedb8_8320 ^ (crc >> 1) } else { crc >> 1 })
    });
    bytes[29..33].copy_from_slice(&crc.to_be_bytes());
    bytes
}
