//! The baseline of a redline by itself, as the redline says it.
//!
//! In: a redline as resolved. Out: the old version, resolved by itself; but what is computed of that which stands in both versions (the words of a citation, the name of
//! what is referred to) is the new version's, as in the redline, where it is no change. What stands in the old version alone is called what it was called
//! there. Never for readers: a redline's files are held to it.

use std::collections::HashMap;

use super::info::ImageInfo;
use super::redline::Before;
use super::resolved::{ResolvedDocument, SideTable};
use super::{Options, Worded, cite, cover};
use crate::diag::Diagnostics;
use crate::document::{Document, NodeId, Side, VisitMut, walk_blocks_mut};

/// Resolves the old version of a redline.
pub fn resolve_baseline(redline: &ResolvedDocument, before: &Before<'_>, options: &Options) -> ResolvedDocument {
    let mut document = redline.document.side(Side::Old);
    let place = cite::placed(&document);
    let bibliography = place.and_then(|block| redline.bibliographies.get(block).cloned());
    let ids = ids(&mut document);
    // Resolving finds them in this order already.
    document.renumber();
    let now: HashMap<NodeId, NodeId> = ids.into_iter().zip(self::ids(&mut document)).collect();
    let stay = self::ids(&mut redline.document.side(Side::New));
    let worded = Worded { document, bibliography, found: Diagnostics::new() };
    let mut doc = super::resolve(worded, before.project, before.world, options).value;
    for (was, is) in stay.into_iter().filter_map(|id| Some((id, *now.get(&id)?))) {
        take(&redline.references, was, &mut doc.references, is);
        take(&redline.links, was, &mut doc.links, is);
    }
    cover::word_date(&mut doc, &redline.metadata.date_text);
    doc.assets.clone_from(&redline.assets);
    for (was, is) in now {
        // Which picture it is and how large; what it says to those who cannot see it is the old version's own.
        if let (Some(info), Some(own)) = (redline.images.get(was), doc.images.get(is)) {
            let info = ImageInfo { alternative: own.alternative.clone(), ..info.clone() };
            doc.images.insert(is, info);
        }
    }
    doc
}

fn take<T: Clone>(from: &SideTable<T>, was: NodeId, to: &mut SideTable<T>, is: NodeId) {
    if let (Some(info), Some(_)) = (from.get(was), to.get(is)) {
        to.insert(is, info.clone());
    }
}

/// The ids of all nodes, in reading order.
fn ids(document: &mut Document) -> Vec<NodeId> {
    struct Nodes(Vec<NodeId>);
    impl VisitMut for Nodes {
        fn id(&mut self, id: &mut NodeId) {
            self.0.push(*id);
        }
    }
    let mut nodes = Nodes(Vec::new());
    document.parts.iter_mut().for_each(|part| walk_blocks_mut(&mut part.blocks, &mut nodes));
    document.notes.iter_mut().for_each(|note| walk_blocks_mut(&mut note.blocks, &mut nodes));
    nodes.0
}
