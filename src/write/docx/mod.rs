//! A Word document that a secretariat goes on editing, by our own typed layer over quick-xml and zip.

use super::PageNumbers;
use crate::resolve::ResolvedDocument;
use crate::style::Stylesheet;

/// The package. `pages` fills in the contents' page numbers; without it Word does so on opening.
pub fn write(doc: &ResolvedDocument, style: &Stylesheet, pages: Option<&PageNumbers>) -> Vec<u8> {
    let _ = (doc, style, pages);
    Vec::new()
}
