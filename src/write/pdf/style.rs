//! The stylesheet as the template reads it: `/style.json`, the tokens as they are.

use typst::foundations::Bytes;

use crate::style::Stylesheet;

/// The virtual file's path.
pub(super) const PATH: &str = "/style.json";

/// The virtual file.
pub(super) fn file(style: &Stylesheet) -> Bytes {
    Bytes::new(serde_json::to_vec(style).expect("a stylesheet's maps have text for keys"))
}
