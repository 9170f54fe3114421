//! How large an image is shown.
//!
//! In: its own size, what the draft asks for, the room there is. Out: width and height, in proportion.

use crate::document::{Image, Pt};

/// The size as shown: `width=` or `height=` if typed, else its own, within the room and in proportion.
pub(super) fn shown(image: &Image, width: Pt, height: Pt, room: Pt, tallest: Pt) -> (Pt, Pt) {
    let ratio = height.0 / width.0.max(f64::MIN_POSITIVE);
    let wanted = image.attributes.get("width").and_then(|text| length(text, room));
    let by_height = image.attributes.get("height").and_then(|text| length(text, tallest));
    let wanted =
        wanted.or_else(|| by_height.map(|height| Pt(height.0 / ratio.max(f64::MIN_POSITIVE)))).unwrap_or(width);
    let tallest = tallest.0 / ratio.max(f64::MIN_POSITIVE);
    let width = wanted.0.min(room.0).min(tallest).max(1.0);
    (Pt(width), Pt(width * ratio))
}

/// `60%` of `whole`, or a number with cm, mm, in, pt or px (px where there is no unit).
fn length(text: &str, whole: Pt) -> Option<Pt> {
    let text = text.trim();
    let at = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let (number, unit) = text.split_at(at);
    let number: f64 = number.parse().ok()?;
    let length = match unit.trim() {
        "%" => whole * (number / 100.0),
        "cm" => Pt::from_mm(number * 10.0),
        "mm" => Pt::from_mm(number),
        "in" => Pt(number * 72.0),
        "pt" => Pt(number),
        "px" | "" => Pt::from_px(number),
        _ => return None,
    };
    (length.0 > 0.0).then_some(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_read_with_their_units() {
        let read = |text: &str| length(text, Pt(400.0)).map(|length| length.0.round());
        assert_eq!(read("60%"), Some(240.0));
        assert_eq!(read("2.54cm"), Some(72.0));
        assert_eq!(read("96"), Some(72.0));
        assert_eq!(read("3 em"), None);
        assert_eq!(read("0%"), None);
        assert_eq!(read("."), None);
        assert_eq!(read("-3cm"), None);
    }
}
