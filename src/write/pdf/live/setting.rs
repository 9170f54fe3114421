//! One chapter laid out by itself.

use std::sync::OnceLock;

use comemo::{Constraint, Track};
use typst::World;
use typst::diag::SourceDiagnostic;
use typst::engine::{Engine, Route, Sink, Traced};
use typst::foundations::{StyleChain, Target, TargetElem};
use typst::introspection::{Introspector, Locator};
use typst::utils::{Protected, hash128};
use typst_layout::PagedDocument;

use super::answers::Answers;
use super::chapter::Chapter;
use crate::write::pdf::bars::{self, Extent};
use crate::write::pdf::world::Press;

type Questions = Constraint<<dyn Introspector as Track>::Call>;

/// A chapter's pages, and what they depend on.
pub(super) struct Laid {
    /// Its pages, counted from 1.
    pub(super) document: PagedDocument,
    /// Of each page what tells it from others, once somebody asks.
    digests: OnceLock<Vec<u128>>,
    /// Of each page where on it changes stand, once somebody asks.
    extents: OnceLock<Vec<Vec<Extent>>>,
    /// What Typst doubted.
    pub(super) warnings: Vec<SourceDiagnostic>,
    questions: Questions,
}

impl Laid {
    /// Of each page what tells it from others.
    pub(super) fn digests(&self) -> &[u128] {
        self.digests.get_or_init(|| self.document.pages().iter().map(|page| hash128(&page.frame)).collect())
    }

    /// Of each page where on it changes stand. None goes on from one chapter to the next.
    pub(super) fn extents(&self) -> &[Vec<Extent>] {
        self.extents.get_or_init(|| bars::of_pages(self.document.pages()))
    }

    /// Whether all that was asked would be answered the same.
    pub(super) fn holds(&self, answers: &Answers) -> bool {
        self.questions.validate(answers as &dyn Introspector)
    }
}

/// Lays out a chapter, whose newest source was taken in.
/// # Errors
/// What Typst refused.
pub(super) fn set(press: &Press, chapter: &Chapter, answers: &Answers) -> Result<Laid, Vec<SourceDiagnostic>> {
    let source = press.kept(chapter.slot).expect("its source was taken in");
    let world: &dyn World = press;
    let introspector: &dyn Introspector = answers;
    let (questions, traced, mut sink) = (Questions::new(), Traced::default(), Sink::new());
    let library = world.library();
    let module =
        typst_eval::eval(world.track(), library, traced.track(), sink.track_mut(), Route::default().track(), source);
    let content = module.map_err(Vec::from_iter)?.content();
    let base = StyleChain::new(&library.styles);
    let target = TargetElem::target.set(Target::Paged).wrap();
    let mut engine = Engine {
        library,
        world: world.track(),
        introspector: Protected::new(introspector.track_with(&questions)),
        traced: traced.track(),
        sink: sink.track_mut(),
        route: Route::default(),
    };
    // A chapter's locations follow from its slot: two chapters may hold the same words.
    let locator = Locator::root().split().next(&chapter.slot);
    let laid = typst_layout::layout_document_for_bundle(&mut engine, &content, locator, base.chain(&target));
    let document = laid.map_err(Vec::from_iter)?;
    let delayed = sink.delayed();
    if !delayed.is_empty() {
        return Err(Vec::from_iter(delayed));
    }
    let (digests, extents, warnings) = (OnceLock::new(), OnceLock::new(), Vec::from_iter(sink.warnings()));
    Ok(Laid { document, digests, extents, warnings, questions })
}
