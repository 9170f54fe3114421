//! Lists of items, and of terms with their descriptions.

use super::change::{self, Shown};
use super::generator::Generator;
use crate::document::{DescriptionItem, List, ListItem, NodeId};
use crate::resolve::Is;

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
        let shown: Vec<_> =
            list.items.iter().map(|item| change::standing(&item.change).or(self.place.change)).collect();
        if shown.iter().any(Option::is_some) {
            self.marker_looks(&shown);
        }
        self.out.push(")");
    }

    /// The argument that says how the markers of a redline's items are shown.
    fn marker_looks(&mut self, shown: &[Option<Shown>]) {
        self.out.push(", looks: (");
        for shown in shown {
            match shown {
                Some(shown) => self.out.literal(shown.name()),
                None => self.out.push("none"),
            }
            self.out.push(", ");
        }
        self.out.push(")");
    }

    pub(super) fn item(&mut self, item: &ListItem) {
        let start = self.out.position();
        if let Some(anchor) = self.doc.anchors.get(item.id) {
            self.waiting.push(anchor.clone());
        }
        self.former_format(&item.change, Is::Item(item.checked));
        self.whole(&item.change, |g| g.blocks(&item.blocks));
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
            self.whole(&item.change, |g| g.inlines(&item.term));
            self.out.push(", ");
            self.within(inside, |g| g.whole(&item.change, |g| g.running_on(&item.details)));
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
