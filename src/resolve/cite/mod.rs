//! Citations and the bibliography: worded once, by the style of citations, for all three formats.
//!
//! In: the tree as prepared, the bibliographies. Out: the same without a citation in it: each has become text, links
//! and, in styles of notes, a note; and the bibliography stands in its place.

mod settle;

use crate::diag::Diagnostics;
use crate::document::Document;
use settle::{Left, settle};

/// Words every citation.
pub(super) fn cite(document: &mut Document, _found: &mut Diagnostics) {
    let mut ids = document.free_ids();
    if settle(document, &|_| false, &mut ids) == Left::None {
        return document.renumber();
    }

    document.renumber();
}
