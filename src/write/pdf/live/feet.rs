//! The running feet, set on finished pages: only then is it known which page each is, and of how many.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use typst::diag::{SourceDiagnostic, SourceResult};
use typst::ecow::EcoVec;
use typst::layout::{Abs, Frame, Point, Size};
use typst::pdf::ArtifactKind;
use typst::utils::hash128;
use typst_layout::Page;

use crate::diag::Diagnostics;
use crate::document::Direction;
use crate::style::Stylesheet;
use crate::write::pdf::report;
use crate::write::pdf::stamp::Stamp;
use crate::write::pdf::style;
use crate::write::pdf::world::Press;

/// Sets feet as `template.typ` has them; each is set once.
pub(super) struct Feet {
    stamp: Stamp,
    digest: u128,
    place: FootPlace,
    set: Mutex<HashMap<FootKey, Frame>>,
}

/// Where on a page the foot stands, as the template's page rules say.
struct FootPlace {
    left: Abs,
    across: Abs,
    height: Abs,
}

/// Page, pages, width.
type FootKey = (usize, usize, Abs);

impl Feet {
    /// From the metadata's source and the style.
    pub(super) fn new(press: &Press, head: &str, style: &Stylesheet, direction: Direction) -> Self {
        let source = head.to_owned() + "#let foot(now, all) = running-foot(meta, now, all)\n";
        let digest = hash128(&(&source, press.files().get(style::PATH)));
        let stamp = Stamp::new(press, source, "foot", ArtifactKind::Footer);
        let page = &style.page;
        let (start, end) = (Abs::pt(page.margin_start.0), Abs::pt(page.margin_end.0));
        let left = match direction {
            Direction::LeftToRight => start,
            Direction::RightToLeft => end,
        };
        // In the template's own order, so that nothing is rounded otherwise.
        let descent =
            Abs::pt((page.margin_bottom - page.footer_distance).0) - Abs::pt(style.role("running-foot").line.0);
        let height = Abs::pt(page.margin_bottom.0) - descent;
        Self { stamp, digest, place: FootPlace { left, across: start + end, height }, set: Mutex::default() }
    }

    /// Whether it would set the same feet.
    pub(super) fn is_of(&self, head: &str) -> bool {
        self.stamp.source().starts_with(head)
    }

    /// Differs if its feet do.
    pub(super) fn digest(&self) -> u128 {
        self.digest
    }

    /// The page with its foot.
    pub(super) fn on(&self, page: &Page, now: usize, all: usize) -> Page {
        let mut page = page.clone();
        page.number = now as u64;
        let width = page.frame.width() - self.place.across;
        let key = (now, all, width);
        let lock = || self.set.lock().unwrap_or_else(PoisonError::into_inner);
        let known = lock().get(&key).cloned();
        let Some(foot) = known.or_else(|| self.foot(&key).ok().map(|(foot, _)| foot)) else { return page };
        lock().insert(key, foot.clone());
        let at = Point::new(self.place.left, page.frame.height() - foot.height());
        page.frame.push_frame(at, foot);
        page
    }

    /// Forgets feet of documents with another number of pages.
    pub(super) fn keep(&self, all: usize) {
        self.set.lock().unwrap_or_else(PoisonError::into_inner).retain(|key, _| key.1 == all);
    }

    /// What Typst doubts in the foot of the last of so many pages, on a page of that width: feet differ in their numbers
    /// alone, and its are the widest. One that Typst refuses is left out of the pages.
    /// # Errors
    /// What Typst refused.
    pub(super) fn said(&self, all: usize, width: Abs) -> Result<Diagnostics, Diagnostics> {
        let told = |found: &[SourceDiagnostic]| report::translated(found, &|_| None);
        match self.foot(&(all, all, width - self.place.across)) {
            Ok((_, warnings)) => Ok(told(&warnings)),
            Err(faults) => Err(told(&faults)),
        }
    }

    /// A foot, and what Typst doubts in it.
    fn foot(&self, (now, all, width): &FootKey) -> SourceResult<(Frame, EcoVec<SourceDiagnostic>)> {
        self.stamp.set([*now, *all], &("foot", now), Size::new(*width, self.place.height))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::style::{FontSet, bundled};

    fn said(foot: &str) -> Result<usize, usize> {
        let press = Press::empty(BTreeMap::new(), &FontSet::new(Vec::new()));
        let head = format!("#let meta = none\n#let running-foot(meta, now, all) = {foot}\n");
        let style = bundled("report").expect("bundled");
        let said = Feet::new(&press, &head, style, Direction::LeftToRight).said(9, Abs::pt(500.0));
        said.map(|doubts| doubts.iter().count()).map_err(|faults| faults.iter().count())
    }

    #[test]
    fn what_typst_says_of_a_foot_is_told() {
        assert_eq!(said("[Page #now of #all]"), Ok(0));
        assert_eq!(said("text(font: \"No Such Font\")[#now]"), Ok(1));
        assert_eq!(said("panic(\"no foot\")"), Err(1));
    }
}
