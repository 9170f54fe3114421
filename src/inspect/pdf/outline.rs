//! Bookmarks (ISO 32000-1 12.3.3).

use std::collections::HashSet;

use super::object::{ObjectId, Objects};

/// More than any report has headings.
const LIMIT: usize = 100_000;

/// Depth from 1 and title of each, in order.
pub(super) fn read(objects: &Objects<'_>) -> Vec<(usize, String)> {
    let objects = *objects;
    let mut seen = HashSet::new();
    let mut out = Vec::new();
    let root = objects.catalog().and_then(|catalog| objects.child(catalog, "Outlines"));
    // The next item of each level that is open.
    let mut open: Vec<Option<ObjectId>> = vec![root.and_then(|root| objects.reference(root, "First"))];
    while let Some(next) = open.last_mut() {
        let Some(id) = next.take() else {
            open.pop();
            continue;
        };
        let item = objects.object(id).and_then(|object| objects.dictionary(object));
        let Some(item) = item.filter(|_| seen.insert(id) && seen.len() <= LIMIT) else { continue };
        *next = objects.reference(item, "Next");
        out.push((open.len(), objects.text(item, "Title").unwrap_or_default()));
        open.push(objects.reference(item, "First"));
    }
    out
}
