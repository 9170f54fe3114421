//! A report's pages, kept laid out between edits, chapter by chapter.
//!
//! In: each state of the resolved document. Out: [`Pages`], a picture of what is laid out so far, which may go to
//! another thread. A chapter begins on a page of its own, so it is laid out alone; all that it asks of the others is on
//! which page a place stands ([`answers`]), and only the contents ask that. Feet hold page numbers, and are set on
//! finished pages ([`feet`]). It reads no file and never waits. `build` does not use it, and is what it is held to.

mod answers;
mod chapter;
mod edit;
mod feet;
mod page;
mod places;
mod setting;

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use self::answers::Answers;
use self::chapter::{Chapter, Slots, Stale};
use self::feet::Feet;
pub use self::page::{PageView, Pages};
pub use self::places::Spot;
use super::chapter::ChapterPlace;
use super::page::{self as generation, Generated};
use super::world::Press;
use crate::diag::Diagnostics;
use crate::document::Direction;
use crate::resolve::ResolvedDocument;
use crate::style::{FontSet, Stylesheet};

/// As often as Typst itself lays out a document whose page numbers move its contents, which move its page numbers.
const ROUNDS: usize = 5;

/// How many evictions ago a layout may have been used last and still be kept.
const KEPT: usize = 12;

/// A report's pages, kept laid out between edits.
pub struct LivePages {
    /// Nothing before the first state.
    state: Option<State>,
}

struct State {
    press: Press,
    fonts: FontSet,
    /// What each chapter's source begins with.
    rules: String,
    chapters: Vec<Chapter>,
    slots: Slots,
    answers: Answers,
    /// None before the first state.
    feet: Option<Arc<Feet>>,
}

/// Which chapters a new state of the document changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changed {
    /// Those whose words changed, in order: [`LivePages::quick`] lays these out.
    pub edited: Vec<usize>,
    /// How many changed in numbers alone, or stand elsewhere: they can wait for [`LivePages::settle`].
    pub renumbered: usize,
    /// Whether chapters came, went or changed places.
    pub moved: bool,
}

/// How [`LivePages::settle`] ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Settled {
    /// Every page is as a build would have it. What the typesetter doubted.
    Done(Diagnostics),
    /// It was told to stop; the next call goes on from there.
    Cancelled,
    /// Chapters could not be laid out, and keep the pages they had. All others are settled.
    Faulty(Diagnostics),
}

impl Default for LivePages {
    fn default() -> Self {
        Self::new()
    }
}

impl LivePages {
    /// With no document yet.
    pub fn new() -> Self {
        Self { state: None }
    }

    /// Takes a new state of the report. Lays nothing out.
    pub fn update(&mut self, doc: &ResolvedDocument, style: &Stylesheet, fonts: &FontSet) -> Changed {
        let generated = generation::generate(doc, style, fonts);
        let state = self.state.take().filter(|state| same(&state.fonts, fonts));
        let mut state = state.unwrap_or_else(|| State::new(fonts));
        let changed = state.take(&generated, style, doc.language.direction);
        self.state = Some(state);
        changed
    }

    /// Lays out the chapters whose words changed, at most as many as there are cores, that of `visible` first, under
    /// the last known answers: what a reader sees first.
    /// # Errors
    /// What Typst refused, pointing at the drafts; those chapters keep the pages they had.
    pub fn quick(&mut self, visible: Option<usize>) -> Result<(), Diagnostics> {
        let Some(state) = &mut self.state else { return Ok(()) };
        let words = |at: &usize| state.chapters[*at].stale == Stale::Words;
        let mut edited: Vec<usize> = (0..state.chapters.len()).filter(words).collect();
        edited.sort_by_key(|at| visible.is_some_and(|visible| visible != *at));
        edited.truncate(rayon::current_num_threads());
        state.lay_out(&edited);
        let faults = state.faults(&edited);
        if faults.is_empty() { Ok(()) } else { Err(faults) }
    }

    /// Lays out chapter after chapter, those near `first` before others, until nothing depends on a stale answer.
    /// `cancelled` is asked between chapters.
    pub fn settle(&mut self, first: usize, cancelled: &dyn Fn() -> bool) -> Settled {
        let Some(state) = &mut self.state else { return Settled::Done(Diagnostics::new()) };
        for _ in 0..ROUNDS {
            if !state.all(state.stale(), first, cancelled) {
                return Settled::Cancelled;
            }
            let outdated = state.outdated();
            if outdated.is_empty() {
                break;
            }
            if !state.all(outdated, first, cancelled) {
                return Settled::Cancelled;
            }
        }
        comemo::evict(KEPT);
        let everything: Vec<usize> = (0..state.chapters.len()).collect();
        let faults = state.faults(&everything);
        if faults.is_empty() { Settled::Done(state.warnings()) } else { Settled::Faulty(faults) }
    }

    /// The pages that are laid out, as they are now.
    pub fn pages(&self) -> Pages {
        match &self.state {
            Some(State { press, chapters, feet: Some(feet), .. }) => Pages::new(press, chapters, feet.clone()),
            Some(_) | None => Pages::default(),
        }
    }
}

impl State {
    fn new(fonts: &FontSet) -> Self {
        let press = Press::empty(BTreeMap::new(), fonts);
        let (rules, chapters, slots, answers) = Default::default();
        Self { press, fonts: fonts.clone(), rules, chapters, slots, answers, feet: None }
    }

    fn take(&mut self, generated: &Generated, style: &Stylesheet, direction: Direction) -> Changed {
        let files = self.files(generated);
        let head = generated.cuts.first().map_or("", |cut| &generated.source[..cut.at]);
        if files.style || !self.feet.as_ref().is_some_and(|feet| feet.is_of(head)) {
            self.feet = Some(Arc::new(Feet::new(&self.press, head, style, direction)));
            self.rules = format!("{head}#show: body => report(meta, body, feet: false)\n");
        }
        let old = std::mem::take(&mut self.chapters);
        let mut changed = Changed::default();
        (self.chapters, changed.moved) = self.slots.matched(old, generated, &mut self.press);
        for (at, (chapter, ranges)) in self.chapters.iter_mut().zip(chapter::ranges(generated)).enumerate() {
            let (bytes, anchors) = ranges;
            let origins = generated.origins.part(bytes.clone(), self.rules.len());
            let text = [self.rules.as_str(), &generated.source[bytes]].concat();
            if files.style || files.assets.iter().any(|path| text.contains(path.as_str())) {
                chapter.stale = Stale::Words;
            }
            chapter.renew(&self.press, text, origins, &generated.anchors[anchors]);
            match chapter.stale {
                Stale::Not => {}
                Stale::Numbers => changed.renumbered += 1,
                Stale::Words => changed.edited.push(at),
            }
        }
        changed
    }

    /// Takes the files in; those that are as before stay the same to Typst.
    fn files(&mut self, generated: &Generated) -> FilesChanged {
        let mut changed = FilesChanged::default();
        let kept = self.press.files_mut();
        kept.retain(|path, _| generated.files.contains_key(path));
        for (path, bytes) in &generated.files {
            let before = kept.get(path);
            if before.is_some_and(|before| before.as_slice() == bytes.as_slice()) {
                continue;
            }
            if path == super::style::PATH {
                changed.style = true;
            } else if before.is_some() {
                changed.assets.push(path.clone());
            }
            kept.insert(path.clone(), bytes.clone());
        }
        changed
    }

    /// Chapters that are not laid out as their source is; but for the contents, whose answers the others give.
    fn stale(&self) -> Vec<usize> {
        let stale = |at: &usize| {
            let chapter = &self.chapters[*at];
            chapter.stale != Stale::Not && chapter.place != ChapterPlace::Contents
        };
        (0..self.chapters.len()).filter(stale).collect()
    }

    /// Chapters that are still stale, or would be told otherwise now than when they were laid out.
    fn outdated(&mut self) -> Vec<usize> {
        self.answers = Answers::new(&self.chapters);
        let outdated = |at: &usize| {
            let chapter = &self.chapters[*at];
            chapter.stale != Stale::Not || chapter.laid.as_ref().is_some_and(|laid| !laid.holds(&self.answers))
        };
        (0..self.chapters.len()).filter(outdated).collect()
    }

    /// Lays out all of them, as many at a time as there are cores; whether it was let finish.
    fn all(&mut self, mut wanted: Vec<usize>, first: usize, cancelled: &dyn Fn() -> bool) -> bool {
        wanted.sort_by_key(|at| at.abs_diff(first));
        for batch in wanted.chunks(rayon::current_num_threads()) {
            if cancelled() {
                return false;
            }
            self.lay_out(batch);
        }
        true
    }

    fn lay_out(&mut self, wanted: &[usize]) {
        wanted.iter().for_each(|at| self.chapters[*at].take_in(&mut self.press));
        let set = |at: &usize| setting::set(&self.press, &self.chapters[*at], &self.answers);
        let set: Vec<_> = wanted.par_iter().map(set).collect();
        for (at, set) in wanted.iter().zip(set) {
            let chapter = &mut self.chapters[*at];
            chapter.stale = Stale::Not;
            match set {
                Ok(laid) => (chapter.laid, chapter.faults) = (Some(Arc::new(laid)), Vec::new()),
                Err(faults) => chapter.faults = faults,
            }
        }
    }

    fn faults(&self, chapters: &[usize]) -> Diagnostics {
        let mut found = Diagnostics::new();
        for at in chapters {
            let chapter = &self.chapters[*at];
            found.extend(chapter.said(&self.press, &chapter.faults));
        }
        found
    }

    fn warnings(&self) -> Diagnostics {
        let mut found = Diagnostics::new();
        for chapter in &self.chapters {
            let laid = chapter.laid.iter();
            laid.for_each(|laid| found.extend(chapter.said(&self.press, &laid.warnings)));
        }
        found
    }
}

/// What of the files is not as before.
#[derive(Default)]
struct FilesChanged {
    style: bool,
    assets: Vec<String>,
}

/// Whether two sets have the same faces.
fn same(one: &FontSet, other: &FontSet) -> bool {
    let (one, other) = (one.fallback(), other.fallback());
    one.len() == other.len()
        && one.iter().zip(other).all(|(a, b)| {
            (&a.family, a.weight, a.index) == (&b.family, b.weight, b.index)
                && (Arc::ptr_eq(&a.data, &b.data) || a.data == b.data)
        })
}
