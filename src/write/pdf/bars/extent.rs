//! Where on its page each change stands.

use std::collections::HashMap;

use typst::introspection::{Location, MetadataElem, Tag};
use typst::layout::{Abs, Frame, FrameItem, GroupItem, Inherit, Point, Transform};
use typst::pdf::ArtifactElem;
use typst_layout::Page;

use crate::write::pdf::native;

/// From where to where something of a change stands on a page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::write::pdf) struct Extent {
    /// The change.
    pub(super) number: i64,
    /// From the page's top.
    pub(super) top: Abs,
    /// From the page's top.
    pub(super) bottom: Abs,
}

/// The extents of each page, in the order of reading.
pub(in crate::write::pdf) fn of_pages(pages: &[Page]) -> Vec<Vec<Extent>> {
    let mut reader = Reader::default();
    pages
        .iter()
        .map(|page| {
            reader.frame(&page.frame, Transform::identity());
            std::mem::take(&mut reader.found)
        })
        .collect()
}

/// Reads frames as Typst does for the tags of a PDF: in order, but for notes and the rest of cells that go on elsewhere, which stand on their own.
#[derive(Default)]
struct Reader {
    /// Changes that have begun and not ended.
    open: Vec<i64>,
    /// Those of a cell that goes on on the next page.
    parked: HashMap<Location, Vec<i64>>,
    /// Artifacts that have begun and not ended: heads and feet of pages.
    artifacts: Vec<Location>,
    found: Vec<Extent>,
}

impl Reader {
    fn frame(&mut self, frame: &Frame, within: Transform) {
        for (at, item) in frame.items() {
            match item {
                FrameItem::Group(group) => self.group(group, within.pre_concat(Transform::translate(at.x, at.y))),
                FrameItem::Text(text) => self.stands(*at, (text.size * -0.75, text.size * 0.25), within),
                FrameItem::Shape(shape, _) => {
                    let bounds = shape.bbox(true);
                    self.stands(*at, (bounds.min.y, bounds.max.y), within);
                }
                FrameItem::Image(_, size, _) => self.stands(*at, (Abs::zero(), size.y), within),
                FrameItem::Tag(tag) => self.tag(tag),
                FrameItem::Link(..) => {}
            }
        }
    }

    fn group(&mut self, group: &GroupItem, within: Transform) {
        let within = within.pre_concat(group.transform);
        let Some(parent) = group.parent else { return self.frame(&group.frame, within) };
        let inside = match (self.parked.remove(&parent.location), parent.inherit) {
            (Some(parked), _) => parked,
            (None, Inherit::Yes) => self.open.clone(),
            (None, Inherit::No) => Vec::new(),
        };
        let outside = std::mem::replace(&mut self.open, inside);
        self.frame(&group.frame, within);
        let inside = std::mem::replace(&mut self.open, outside);
        if !inside.is_empty() {
            self.parked.insert(parent.location, inside);
        }
    }

    fn tag(&mut self, tag: &Tag) {
        match tag {
            Tag::Start(element, _) if element.is::<ArtifactElem>() => self.artifacts.push(tag.location()),
            Tag::Start(element, _) => match element.to_packed::<MetadataElem>().and_then(|mark| native::bar_mark(mark))
            {
                Some(number @ 1..) => self.open.push(number),
                Some(number) => {
                    let begun = self.open.iter().rposition(|open| *open == -number);
                    begun.into_iter().for_each(|at| {
                        self.open.remove(at);
                    });
                }
                None => {}
            },
            Tag::End(location, ..) => {
                self.artifacts.pop_if(|artifact| artifact == location);
            }
        }
    }

    fn stands(&mut self, at: Point, (above, below): (Abs, Abs), within: Transform) {
        if !self.artifacts.is_empty() {
            return;
        }
        let Some(number) = self.open.last().copied() else { return };
        let y = |by: Abs| Point::new(at.x, at.y + by).transform(within).y;
        let (one, other) = (y(above), y(below));
        let extent = Extent { number, top: one.min(other), bottom: one.max(other) };
        match self.found.last_mut().filter(|last| last.number == number && last.top == extent.top) {
            Some(last) => last.bottom = last.bottom.max(extent.bottom),
            None => self.found.push(extent),
        }
    }
}
