//! The running feet, set on finished pages: only then is it known which page each is, and of how many.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use comemo::Track;
use typst::World;
use typst::diag::{SourceDiagnostic, SourceResult};
use typst::ecow::EcoVec;
use typst::engine::{Engine, Route, Sink, Traced};
use typst::foundations::{Context, Func, StyleChain, Target, TargetElem, Value};
use typst::introspection::{EmptyIntrospector, Locator};
use typst::layout::{Abs, AlignElem, Alignment, Axes, Frame, Point, Region, Size};
use typst::pdf::ArtifactKind;
use typst::utils::{Protected, hash128};
use typst_layout::Page;

use crate::diag::Diagnostics;
use crate::document::Direction;
use crate::style::Stylesheet;
use crate::write::pdf::report;
use crate::write::pdf::style;
use crate::write::pdf::world::Press;

/// Sets feet as `template.typ` has them; each is set once.
pub(super) struct Feet {
    press: Press,
    source: String,
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
        let mut press = press.bare();
        let source = head.to_owned() + "#let foot(now, all) = running-foot(meta, now, all)\n";
        let digest = hash128(&(&source, press.files().get(style::PATH)));
        press.put(Press::main_id(), &source);
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
        Self { press, source, digest, place: FootPlace { left, across: start + end, height }, set: Mutex::default() }
    }

    /// Whether it would set the same feet.
    pub(super) fn is_of(&self, head: &str) -> bool {
        self.source.starts_with(head)
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
        let world: &dyn World = &self.press;
        let (traced, mut sink, library, nothing) = (Traced::default(), Sink::new(), world.library(), EmptyIntrospector);
        let main = self.press.kept(Press::main_id()).expect("it was put there");
        let module =
            typst_eval::eval(world.track(), library, traced.track(), sink.track_mut(), Route::default().track(), main)?;
        let foot = module.scope().get("foot").expect("the source defines it").read().clone();
        let foot: Func = foot.cast().expect("it is defined as a function");
        let mut engine = Engine {
            library,
            world: world.track(),
            introspector: Protected::new(nothing.track()),
            traced: traced.track(),
            sink: sink.track_mut(),
            route: Route::default(),
        };
        let value: Value = foot.call(&mut engine, Context::none().track(), [*now, *all])?;
        let content = value.display().artifact(ArtifactKind::Footer).set(AlignElem::alignment, Alignment::TOP);
        let base = StyleChain::new(&library.styles);
        let target = TargetElem::target.set(Target::Paged).wrap();
        let region = Region::new(Size::new(*width, self.place.height), Axes::splat(true));
        let locator = Locator::root().split().next(&("foot", now));
        let frame = typst_layout::layout_frame(&mut engine, &content, locator, base.chain(&target), region)?;
        let delayed = sink.delayed();
        if delayed.is_empty() { Ok((frame, sink.warnings())) } else { Err(delayed) }
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
