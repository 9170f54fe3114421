//! How a draft's label looks that stands behind the text.
//!
//! In: a style, the label. Out: [`WatermarkLook`]: as large as the role `watermark` says and the page has room for, in the role's colour, or where that would
//! make text hard to read in the nearest that does not (WCAG 2.2, 1.4.3). Every writer turns it by 45 degrees.

use std::collections::BTreeMap;

use super::contrast::{PairKind, contrast, pairs};
use super::{Color, ColorName, Stylesheet, Weight, faces};
use crate::document::Pt;

/// A watermark as it is set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WatermarkLook {
    /// Type size.
    pub size: Pt,
    /// Width of its line, which Word stretches it to.
    pub width: Pt,
    /// Its colour on white, and on paper.
    pub color: Color,
    /// Its colour on dark screens.
    pub dark: Color,
}

/// Of a page's width, how much it takes once it is turned.
const SHARE: f64 = 0.9;
/// Widths of letters that the bundled font lacks, in bold, in ems: capitals, spaces, those of East Asian scripts, and all others.
const CAPITAL: f64 = 0.7;
const SPACE: f64 = 0.27;
const WIDE_LETTER: f64 = 1.0;
const LETTER: f64 = 0.56;
/// The height of letters above the line, in ems.
const HEIGHT: f64 = 0.75;

impl Stylesheet {
    /// The look of a label as watermark.
    pub fn watermark(&self, label: &str) -> WatermarkLook {
        let role = self.role("watermark");
        let ems = width(label);
        let room = self.page.width.0.min(self.page.height.0) * SHARE * std::f64::consts::SQRT_2;
        let size = role.size.0.min((room / (ems + HEIGHT) * 2.0).floor() / 2.0).max(1.0);
        let color = |palette: &BTreeMap<ColorName, Color>| pale(self, palette, &role.color);
        let palette = &self.palette;
        WatermarkLook {
            size: Pt(size),
            width: Pt(size * ems),
            color: color(&palette.light),
            dark: color(&palette.dark),
        }
    }
}

/// The width of a line in the bundled bold face, in ems: exact where it has the letters.
fn width(label: &str) -> f64 {
    let bold = faces().iter().find(|face| !face.mono && !face.italic && face.weight == Weight::Bold);
    let bold = bold.and_then(|face| ttf_parser::Face::parse(face.data, 0).ok());
    let exact = |letter| {
        let face = bold.as_ref()?;
        let advance = face.glyph_hor_advance(face.glyph_index(letter)?)?;
        Some(f64::from(advance) / f64::from(face.units_per_em()))
    };
    label.chars().map(|letter| exact(letter).unwrap_or_else(|| estimated(letter))).sum()
}

fn estimated(letter: char) -> f64 {
    match letter {
        '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{ffdc}' => WIDE_LETTER,
        letter if letter.is_uppercase() => CAPITAL,
        letter if letter.is_whitespace() => SPACE,
        _ => LETTER,
    }
}

/// The colour nearest to one, on its way to that of paper, on which all text can be read that can be read on paper.
fn pale(style: &Stylesheet, palette: &BTreeMap<ColorName, Color>, name: &ColorName) -> Color {
    let paper = ColorName("paper".to_owned());
    let (Some(color), Some(ground)) = (palette.get(name), palette.get(&paper)) else { return style.color(name) };
    let texts: Vec<Color> = pairs(style)
        .into_iter()
        .filter(|pair| pair.ground == paper && pair.kind == PairKind::Text)
        .filter_map(|pair| palette.get(&pair.front).copied())
        .collect();
    let readable = |on: Color| texts.iter().all(|text| contrast(*text, on) >= PairKind::Text.minimum());
    let mut tries = (0..=STEPS).map(|step| mixed(*color, *ground, step));
    tries.find(|on| readable(*on)).unwrap_or(*ground)
}

/// Steps on the way.
const STEPS: u32 = 32;

fn mixed(one: Color, other: Color, step: u32) -> Color {
    let channel = |one: u8, other: u8| ((u32::from(one) * (STEPS - step) + u32::from(other) * step) / STEPS) as u8;
    Color {
        red: channel(one.red, other.red),
        green: channel(one.green, other.green),
        blue: channel(one.blue, other.blue),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::style::{BUNDLED, bundled};

    #[test]
    fn it_fits_the_page_and_text_stays_readable() {
        for name in BUNDLED {
            let style = bundled(name).expect("bundled");
            let role = style.role("watermark").size;
            for label in ["Draft I", "Draft for consultation with all members of the drafting group", "第一稿"] {
                let look = style.watermark(label);
                assert!(look.size <= role && look.size.0 >= 8.0, "{label}: {look:?}");
                assert!(
                    (look.width.0 + look.size.0) / std::f64::consts::SQRT_2 < style.page.width.0 * 1.02,
                    "{label}: {look:?}"
                );
            }
            // As a PDF sets it: Word would stretch it to any other width.
            let look = style.watermark("Draft II");
            assert!((look.width.0 / look.size.0 - 3.56).abs() < 0.1, "{look:?}");
            assert_eq!(style.watermark("Draft I").size, role, "a short label is as large as the style says");
            for (palette, color) in
                [(&style.palette.light, style.watermark("x").color), (&style.palette.dark, style.watermark("x").dark)]
            {
                let paper = palette[&ColorName("paper".to_owned())];
                assert!(contrast(palette[&ColorName("ink".to_owned())], color) >= 4.5);
                let seen = contrast(color, paper);
                assert!((1.05..1.6).contains(&seen), "{name}: pale, but to be seen: {seen:.2}");
            }
        }
    }
}
