//! The stylesheet as the template reads it: `/style.json`, the tokens as they are, and what the report's language and
//! letters make of them.

use serde::Serialize;
use typst::foundations::Bytes;

use crate::resolve::{Emphasis, LanguageInfo};
use crate::style::{FontSet, Stylesheet};

/// The virtual file's path.
pub(super) const PATH: &str = "/style.json";

#[derive(Serialize)]
struct Sheet<'a> {
    #[serde(flatten)]
    tokens: &'a Stylesheet,
    /// Whether the report's language divides words at the ends of lines, and the style asks for it.
    hyphenate: bool,
    /// `ltr` or `rtl`.
    direction: &'static str,
    /// Whether nothing is slanted.
    upright: bool,
    /// Whether the language is set in East Asian letters.
    east_asian: bool,
    /// Families for letters that the style's lack.
    fallback: Vec<&'a str>,
    /// Those of them whose letters run from right to left.
    backward: Vec<&'a str>,
}

/// The virtual file.
pub(super) fn file(style: &Stylesheet, language: &LanguageInfo, fonts: &FontSet) -> Bytes {
    let primary = language.tag.split('-').next().unwrap_or_default();
    let mut backward: Vec<&str> = Vec::new();
    for face in fonts.fallback().iter().filter(|face| face.script.runs_backward()) {
        if !backward.contains(&face.family.as_str()) {
            backward.push(&face.family);
        }
    }
    let sheet = Sheet {
        tokens: style,
        hyphenate: language.hyphenates() && style.hyphenates("body"),
        direction: language.direction.name(),
        upright: language.emphasis != Emphasis::Italic,
        east_asian: matches!(primary, "zh" | "ja" | "ko"),
        fallback: fonts.fallback_families(),
        backward,
    };
    Bytes::new(serde_json::to_vec(&sheet).expect("a stylesheet's maps have text for keys"))
}
