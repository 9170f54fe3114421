//! Lists of items, and of terms with their descriptions.

use super::generator::Generator;
use crate::document::{DescriptionItem, List, ListItem, NodeId};

impl Generator<'_> {
    pub(super) fn list(&mut self, id: NodeId, list: &List) {
        let info = &self.doc.lists[id];
        let markers: Vec<&str> =
            list.items.iter().zip(&info.markers).map(|(item, marker)| mark(item, marker)).collect();
        let tight = if list.tight { "true" } else { "false" };
        let nested = if info.depth > 0 { "true" } else { "false" };
        match markers.as_slice() {
            [] => return,
            [first, rest @ ..] if rest.iter().all(|marker| marker == first) && !first.ends_with(['.', ')']) => {
                self.statement(&format!("bullets({tight}, {nested}, "));
                self.out.literal(first);
            }
            markers => {
                self.statement(&format!("numbers({tight}, {nested}, ("));
                for marker in markers {
                    self.out.literal(marker);
                    self.out.push(", ");
                }
                self.out.push(")");
            }
        }
        let inside = self.inside(self.style.role("list").hang);
        for item in &list.items {
            self.out.push(",\n");
            self.within(inside, |g| g.item(item));
        }
        self.out.push(")");
    }

    pub(super) fn item(&mut self, item: &ListItem) {
        let start = self.out.position();
        if let Some(anchor) = self.doc.anchors.get(item.id) {
            self.waiting.push(anchor.clone());
        }
        self.blocks(&item.blocks);
        self.out.came_from(start, item.span);
    }

    pub(super) fn description_list(&mut self, items: &[DescriptionItem]) {
        let inside = self.inside(self.style.role("description").indent);
        self.statement("descriptions(");
        for item in items {
            if let Some(anchor) = self.doc.anchors.get(item.id) {
                self.waiting.push(anchor.clone());
            }
            self.out.push("\n(");
            self.inlines(&item.term);
            self.out.push(", ");
            self.within(inside, |g| g.running_on(&item.details));
            self.out.push("), ");
        }
        self.out.push(")");
    }
}

/// What stands before an item.
pub(super) fn mark<'m>(item: &ListItem, marker: &'m str) -> &'m str {
    match item.checked {
        Some(true) => "\u{2611}",
        Some(false) => "\u{2610}",
        None => marker,
    }
}
