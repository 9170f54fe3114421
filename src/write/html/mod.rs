//! One self-contained HTML page, or a bare fragment.

use crate::resolve::ResolvedDocument;
use crate::style::Stylesheet;

/// The whole page: style, fonts and images inside it; nothing comes from elsewhere.
pub fn write(doc: &ResolvedDocument, style: &Stylesheet) -> String {
    let _ = (doc, style);
    String::new()
}

/// Only the blocks, as CommonMark's own examples print them: no numbers, anchors, classes.
pub fn write_fragment(doc: &ResolvedDocument) -> String {
    let _ = doc;
    String::new()
}
