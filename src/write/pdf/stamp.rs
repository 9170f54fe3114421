//! Something set by itself, to be put on finished pages: running feet, the numbers beside changes.
//!
//! In: source that defines a function of the template's, and its arguments. Out: a frame, which is an artifact (ISO 32000-1 14.8.2.2). It sees no
//! page and asks nothing of the document.

use std::hash::Hash;

use comemo::Track;
use typst::World;
use typst::diag::{SourceDiagnostic, SourceResult};
use typst::ecow::EcoVec;
use typst::engine::{Engine, Route, Sink, Traced};
use typst::foundations::{Context, Func, IntoValue, StyleChain, Target, TargetElem, Value};
use typst::introspection::{EmptyIntrospector, Locator};
use typst::layout::{AlignElem, Alignment, Axes, Frame, Region, Size};
use typst::pdf::ArtifactKind;
use typst::utils::Protected;

use super::world::Press;

/// A function, ready to be called.
pub(super) struct Stamp {
    press: Press,
    source: String,
    function: &'static str,
    kind: ArtifactKind,
}

impl Stamp {
    /// The function of that name in a source, which may read what the press has beside its sources.
    pub(super) fn new(press: &Press, source: String, function: &'static str, kind: ArtifactKind) -> Self {
        let mut press = press.bare();
        press.put(Press::main_id(), &source);
        Self { press, source, function, kind }
    }

    /// What defines it.
    pub(super) fn source(&self) -> &str {
        &self.source
    }

    /// What it gives, in that much room, and what Typst doubts in it. `key` tells it from all others of the document.
    /// # Errors
    /// What Typst refused.
    pub(super) fn set<A: IntoValue>(
        &self,
        arguments: impl IntoIterator<Item = A>,
        key: &impl Hash,
        room: Size,
    ) -> SourceResult<(Frame, EcoVec<SourceDiagnostic>)> {
        let world: &dyn World = &self.press;
        let (traced, mut sink, library, nothing) = (Traced::default(), Sink::new(), world.library(), EmptyIntrospector);
        let main = self.press.kept(Press::main_id()).expect("it was put there");
        let module =
            typst_eval::eval(world.track(), library, traced.track(), sink.track_mut(), Route::default().track(), main)?;
        let function = module.scope().get(self.function).expect("the source defines it").read().clone();
        let function: Func = function.cast().expect("it is defined as a function");
        let mut engine = Engine {
            library,
            world: world.track(),
            introspector: Protected::new(nothing.track()),
            traced: traced.track(),
            sink: sink.track_mut(),
            route: Route::default(),
        };
        let arguments: Vec<Value> = arguments.into_iter().map(IntoValue::into_value).collect();
        let value: Value = function.call(&mut engine, Context::none().track(), arguments)?;
        let content = value.display().artifact(self.kind).set(AlignElem::alignment, Alignment::TOP);
        let base = StyleChain::new(&library.styles);
        let target = TargetElem::target.set(Target::Paged).wrap();
        let region = Region::new(room, Axes::splat(true));
        let locator = Locator::root().split().next(key);
        let frame = typst_layout::layout_frame(&mut engine, &content, locator, base.chain(&target), region)?;
        let delayed = sink.delayed();
        if delayed.is_empty() { Ok((frame, sink.warnings())) } else { Err(delayed) }
    }
}
