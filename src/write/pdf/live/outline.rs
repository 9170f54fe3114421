//! A page's text for a browser: what Typst draws letter by letter, drawn run by run.
//!
//! In: SVG as `typst_svg` writes it, each letter a `use` of its outline. Out: the same picture with the letters of a run as one path. A browser
//! makes a tree of its own for every `use` (SVG 2, 5.5), which takes it longer than all the rest of a page. What is written otherwise than
//! expected stays as it is.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;

const USE: &str = "<use xlink:href=\"#";
const SYMBOL: &str = "<symbol id=\"";
const SYMBOL_END: &str = "</symbol>";

/// Decimals of a point that a coordinate keeps: enlarged eight times, a five-hundredth of a pixel is lost.
const DECIMALS: i32 = 3;

/// The same picture, its letters joined.
pub(super) fn joined(svg: &str) -> String {
    let glyphs = glyphs(svg);
    let mut out = String::with_capacity(svg.len() * 2);
    let mut kept = HashSet::new();
    let mut rest = svg;
    while let Some(at) = rest.find(USE) {
        out.push_str(&rest[..at]);
        rest = run(&rest[at..], &glyphs, &mut out, &mut kept);
    }
    out.push_str(rest);
    without_symbols(&out, &kept)
}

/// Writes the letters that stand side by side in one colour, and hands back what follows them.
fn run<'s>(text: &'s str, glyphs: &HashMap<&'s str, String>, out: &mut String, kept: &mut HashSet<&'s str>) -> &'s str {
    let mut rest = text;
    let mut open: Option<&str> = None;
    while let Some((letter, behind)) = letter(rest)
        && let Some(outline) = glyphs.get(letter.glyph)
    {
        if open != Some(letter.fill) {
            out.push_str(if open.is_some() { "\"/>" } else { "" });
            let _ = write!(out, "<path fill=\"{}\" fill-rule=\"nonzero\" d=\"", letter.fill);
            open = Some(letter.fill);
        }
        let _ = write!(out, "M {} {}{outline}", shortened(letter.x), shortened(letter.y));
        rest = behind;
    }
    if open.is_some() {
        out.push_str("\"/>");
        return rest;
    }
    // Another kind of `use`: a letter that is a picture, or one with a stroke.
    let id = &text[USE.len()..];
    kept.insert(&id[..id.find('"').unwrap_or(id.len())]);
    out.push_str(USE);
    id
}

/// A letter in its place.
struct Letter<'s> {
    glyph: &'s str,
    x: &'s str,
    y: &'s str,
    fill: &'s str,
}

/// The letter that a text begins with, and what is behind it.
fn letter(text: &str) -> Option<(Letter<'_>, &str)> {
    let (glyph, text) = text.strip_prefix(USE)?.split_once("\" x=\"")?;
    let (x, text) = text.split_once("\" y=\"")?;
    let (y, text) = text.split_once("\" fill=\"")?;
    let (fill, text) = text.split_once("\" fill-rule=\"nonzero\"/>")?;
    // Nothing else stood between them.
    let plain = [glyph, x, y, fill].iter().all(|value| !value.contains(['"', '<', '>']));
    let paints = !fill.starts_with("url");
    (plain && paints).then_some((Letter { glyph, x, y, fill }, text))
}

/// Each letter's outline, from where it stands on: it begins there, and goes on relative to it.
fn glyphs(svg: &str) -> HashMap<&str, String> {
    let mut glyphs = HashMap::new();
    let mut rest = svg;
    while let Some(at) = rest.find(SYMBOL) {
        rest = &rest[at + SYMBOL.len()..];
        let Some((symbol, behind)) = rest.split_once(SYMBOL_END) else { break };
        rest = behind;
        let outline = symbol.split_once("\" overflow=\"visible\"><path d=\"M 0 0");
        let Some((id, outline)) = outline.and_then(|(id, path)| Some((id, path.strip_suffix("\"/>")?))) else {
            continue;
        };
        let is_relative =
            |c: char| c.is_ascii_digit() || matches!(c, ' ' | '.' | '-' | 'm' | 'l' | 'q' | 'c' | 'h' | 'v' | 'Z');
        if outline.chars().all(is_relative) {
            glyphs.insert(id, shortened_all(outline));
        }
    }
    glyphs
}

/// Every number of a path, shortened.
fn shortened_all(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    let mut rest = path;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit() || c == '-') {
        out.push_str(&rest[..at]);
        let number = &rest[at..];
        let end = number[1..].find(|c: char| !c.is_ascii_digit() && c != '.').map_or(number.len(), |end| end + 1);
        out.push_str(&shortened(&number[..end]));
        rest = &number[end..];
    }
    out.push_str(rest);
    out
}

/// A number with no more decimals than are seen.
fn shortened(number: &str) -> Cow<'_, str> {
    let scale = 10_f64.powi(DECIMALS);
    match number.parse::<f64>() {
        // Rust writes no more digits than tell a number from its neighbours, and `0` for `-0` once it is added to.
        Ok(value) if number.contains('.') => Cow::Owned(((value * scale).round() / scale + 0.0).to_string()),
        Ok(_) | Err(_) => Cow::Borrowed(number),
    }
}

/// Without the outlines that nothing uses any more.
fn without_symbols(svg: &str, kept: &HashSet<&str>) -> String {
    let mut out = String::with_capacity(svg.len());
    let mut rest = svg;
    while let Some(at) = rest.find(SYMBOL) {
        out.push_str(&rest[..at]);
        let symbol = &rest[at..];
        let end = symbol.find(SYMBOL_END).map_or(symbol.len(), |end| end + SYMBOL_END.len());
        let id = &symbol[SYMBOL.len()..];
        if kept.contains(&id[..id.find('"').unwrap_or(id.len())]) {
            out.push_str(&symbol[..end]);
        }
        rest = &symbol[end..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::joined;

    const TWO: &str = concat!(
        "<svg><g transform=\"x\"><use xlink:href=\"#gA\" x=\"0\" y=\"0\" fill=\"#000000\" fill-rule=\"nonzero\"/>",
        "<use xlink:href=\"#gB\" x=\"7.711425781\" y=\"-0\" fill=\"#000000\" fill-rule=\"nonzero\"/></g>",
        "<defs><symbol id=\"gA\" overflow=\"visible\"><path d=\"M 0 0m 3.50292 0l -2.000488281 5.3Z \"/></symbol>",
        "<symbol id=\"gB\" overflow=\"visible\"><path d=\"M 0 0m 1 2h 3v -0.0001Z \"/></symbol></defs></svg>",
    );

    #[test]
    fn a_run_is_one_path() {
        let path = "M 0 0m 3.503 0l -2 5.3Z M 7.711 -0m 1 2h 3v 0Z ";
        let wanted = format!(
            "<svg><g transform=\"x\"><path fill=\"#000000\" fill-rule=\"nonzero\" d=\"{path}\"/></g><defs></defs></svg>"
        );
        assert_eq!(joined(TWO), wanted);
    }

    #[test]
    fn another_colour_is_another_path() {
        let two = joined(&TWO.replacen("#000000", "#ff0000", 1));
        assert!(two.contains("<path fill=\"#ff0000\"") && two.contains("<path fill=\"#000000\""), "{two}");
    }

    #[test]
    fn what_is_written_otherwise_stays() {
        for (is, other) in [
            ("fill-rule=\"nonzero\"/></g>", "fill-rule=\"nonzero\" stroke=\"#fff\"/></g>"),
            ("x=\"7.711425781\" y=\"-0\"", "transform=\"scale(2)\""),
            ("M 0 0m 1 2h 3", "M 0 0m 1 2H 3"),
            ("fill=\"#000000\" fill-rule=\"nonzero\"/></g>", "fill=\"url(#p)\" fill-rule=\"nonzero\"/></g>"),
        ] {
            let odd = joined(&TWO.replace(is, other));
            assert!(odd.contains("<use xlink:href=\"#gB\"") && odd.contains("id=\"gB\""), "{odd}");
            assert!(!odd.contains("id=\"gA\""), "{odd}");
        }
        for text in ["", "<svg/>", "<use xlink:href=\"#", "<symbol id=\"", "<svg><symbol id=\"x\"></svg>"] {
            assert!(joined(text).len() <= text.len());
        }
    }
}
