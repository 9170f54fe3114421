//! What a chapter may ask while it is laid out: on which page a place stands. As far as is known, that is: from the last
//! layout of every chapter.
//!
//! `template.typ` asks nothing else. Numbers are given by `resolve`, links lead to locations made from names
//! ([`crate::write::pdf::native`]), and feet are set afterwards. To anything else the answer is that there is nothing, as
//! for a document that is laid out for the first time.

use std::collections::HashMap;
use std::num::NonZeroUsize;

use typst::diag::StrResult;
use typst::ecow::{EcoString, EcoVec};
use typst::foundations::{Content, Label, Selector};
use typst::introspection::{DocumentPosition, EmptyIntrospector, Introspector, Location};
use typst::model::Numbering;
use typst::syntax::VirtualPath;

use super::chapter::Chapter;
use crate::write::pdf::chapter::ChapterPlace;
use crate::write::pdf::native;

/// Pages of places.
#[derive(Default)]
pub(super) struct Answers {
    pages: HashMap<Location, NonZeroUsize>,
}

impl Answers {
    /// From every chapter's last layout.
    pub(super) fn new(chapters: &[Chapter]) -> Self {
        let mut pages = HashMap::new();
        let mut before = 0;
        for chapter in chapters {
            let Some(laid) = &chapter.laid else {
                // What comes last begins on the page behind all others, with its title.
                let title = chapter.anchors.first().filter(|_| chapter.place == ChapterPlace::Changes);
                let page = NonZeroUsize::MIN.saturating_add(before);
                pages.extend(title.map(|anchor| (native::location(anchor.as_str()), page)));
                continue;
            };
            for anchor in chapter.anchors.iter() {
                let location = native::location(anchor.as_str());
                if let Some(position) = laid.document.introspector().position(location) {
                    pages.insert(location, position.page.saturating_add(before));
                }
            }
            before += laid.document.pages().len();
        }
        Self { pages }
    }
}

impl Introspector for Answers {
    fn page(&self, location: Location) -> Option<NonZeroUsize> {
        self.pages.get(&location).copied()
    }

    fn query(&self, selector: &Selector) -> EcoVec<Content> {
        EmptyIntrospector.query(selector)
    }

    fn query_first(&self, selector: &Selector) -> Option<Content> {
        EmptyIntrospector.query_first(selector)
    }

    fn query_unique(&self, selector: &Selector) -> StrResult<Content> {
        EmptyIntrospector.query_unique(selector)
    }

    fn query_label(&self, label: Label) -> StrResult<&Content> {
        const NOTHING: EmptyIntrospector = EmptyIntrospector;
        NOTHING.query_label(label)
    }

    fn query_labelled(&self) -> EcoVec<Content> {
        EmptyIntrospector.query_labelled()
    }

    fn query_count_before(&self, selector: &Selector, end: Location) -> usize {
        EmptyIntrospector.query_count_before(selector, end)
    }

    fn label_count(&self, label: Label) -> usize {
        EmptyIntrospector.label_count(label)
    }

    fn locator(&self, key: u128, base: Location) -> Option<Location> {
        EmptyIntrospector.locator(key, base)
    }

    fn pages(&self, location: Location) -> Option<NonZeroUsize> {
        EmptyIntrospector.pages(location)
    }

    fn position(&self, location: Location) -> Option<DocumentPosition> {
        EmptyIntrospector.position(location)
    }

    fn page_numbering(&self, _: Location) -> Option<&Numbering> {
        None
    }

    fn page_supplement(&self, _: Location) -> Option<&Content> {
        None
    }

    fn anchor(&self, _: Location) -> Option<&EcoString> {
        None
    }

    fn document(&self, _: Location) -> Option<Location> {
        None
    }

    fn path(&self, _: Location) -> Option<&VirtualPath> {
        None
    }
}
