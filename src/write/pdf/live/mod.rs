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
mod outline;
mod page;
mod patch;
mod places;
mod setting;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;
use typst::foundations::Bytes;

use self::answers::Answers;
use self::chapter::{Chapter, Images, Slots, Stale};
use self::feet::Feet;
pub use self::page::{PageView, Pages};
pub use self::places::Spot;
use super::chapter::ChapterPlace;
use super::page::{self as generation, Generated};
use super::world::Press;
use crate::diag::Diagnostics;
use crate::document::{Direction, Part};
use crate::resolve::ResolvedDocument;
use crate::style::{FontSet, Stylesheet};

/// As often as Typst itself lays out a document whose page numbers move its contents, which move its page numbers.
const ROUNDS: usize = 5;

/// Typst keeps what it laid out, down to the paragraph, for as many steps as this after it was last used.
const KEPT: usize = 8;

/// Pages laid out in one such step: these, and an eighth of the document. So what is kept grows with the document and not
/// with what an edit touched: a note that renumbers half a report lays out half of it anew.
const STEP: usize = 32;

/// A report's pages, kept laid out between edits.
pub struct LivePages {
    /// Nothing before the first state.
    state: Option<State>,
}

struct State {
    press: Press,
    fonts: FontSet,
    images: Images,
    /// What each chapter's source begins with.
    rules: String,
    chapters: Vec<Chapter>,
    slots: Slots,
    answers: Answers,
    /// None before the first state.
    feet: Option<Arc<Feet>>,
    /// How many rounds it took so far to give the contents their page numbers.
    rounds: usize,
    /// What of the last round is not laid out yet.
    left: Vec<usize>,
    /// The whole source, as it was taken in last; none before the first state.
    generated: Option<Arc<Generated>>,
    /// The chapter that has other words since.
    patched: Option<usize>,
    /// Pages laid out since the last step of forgetting.
    pages_set: usize,
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
        let state = self.state.get_or_insert_with(|| State::new(fonts));
        let restyled = state.files(doc, style, fonts);
        state.take(generated, style, doc.language.direction, restyled)
    }

    /// Takes other words of one part, the `at`th, all else being as at the last [`Self::update`]; words taken so before
    /// are taken back. Says which chapter they are in; `None`, and nothing is taken, where that is not one alone.
    pub fn patch(
        &mut self,
        (doc, style, fonts): (&ResolvedDocument, &Stylesheet, &FontSet),
        at: usize,
        part: &Part,
    ) -> Option<usize> {
        self.state.as_mut()?.patch((doc, style, fonts), (at, part))
    }

    /// Lays out the chapters whose words changed, at most as many as there are cores, that of `visible` first, under
    /// the last known answers: what a reader sees first. The contents of a long report take longer than a chapter, and
    /// wait unless they are looked at.
    /// # Errors
    /// What Typst refused, pointing at the drafts; those chapters keep the pages they had.
    pub fn quick(&mut self, visible: Option<usize>) -> Result<(), Diagnostics> {
        let Some(state) = &mut self.state else { return Ok(()) };
        let words = |at: &usize| {
            let chapter = &state.chapters[*at];
            chapter.stale == Stale::Words && (chapter.place != ChapterPlace::Contents || visible == Some(*at))
        };
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
        if !state.all(state.stale(), first, cancelled).is_empty() {
            return Settled::Cancelled;
        }
        loop {
            let wanted = std::mem::take(&mut state.left);
            state.left = state.all(wanted, first, cancelled);
            if !state.left.is_empty() {
                return Settled::Cancelled;
            }
            // Pauses do not count anew: contents that never come to rest would be laid out for ever.
            if state.rounds == ROUNDS {
                break;
            }
            state.rounds += 1;
            state.left = state.outdated();
            if state.left.is_empty() {
                break;
            }
        }
        let everything: Vec<usize> = (0..state.chapters.len()).collect();
        let (mut faults, mut doubts) = (state.faults(&everything), state.warnings());
        match state.foot() {
            Ok(found) => doubts.extend(found),
            Err(found) => faults.extend(found),
        }
        if faults.is_empty() { Settled::Done(doubts) } else { Settled::Faulty(faults) }
    }

    /// The pages that are laid out, as they are now.
    pub fn pages(&self) -> Pages {
        match &self.state {
            Some(State { press, chapters, feet: Some(feet), generated: Some(generated), .. }) => {
                Pages::new(press, generated, chapters, feet.clone())
            }
            Some(_) | None => Pages::default(),
        }
    }
}

impl State {
    fn new(fonts: &FontSet) -> Self {
        let press = Press::empty(BTreeMap::new(), fonts);
        let (images, rules, chapters, slots, answers) = Default::default();
        let (rounds, left, pages_set) = Default::default();
        let (feet, generated, patched) = Default::default();
        let fonts = fonts.clone();
        Self {
            press,
            fonts,
            images,
            rules,
            chapters,
            slots,
            answers,
            feet,
            rounds,
            left,
            generated,
            patched,
            pages_set,
        }
    }

    fn take(&mut self, generated: Generated, style: &Stylesheet, direction: Direction, restyled: bool) -> Changed {
        let head = generated.cuts.first().map_or("", |cut| &generated.source[..cut.at]);
        if restyled || !self.feet.as_ref().is_some_and(|feet| feet.is_of(head)) {
            self.feet = Some(Arc::new(Feet::new(&self.press, head, style, direction)));
            self.rules = format!("{head}#show: body => report(meta, body, feet: false)\n");
        }
        (self.rounds, self.left, self.patched) = Default::default();
        let old = std::mem::take(&mut self.chapters);
        let mut changed = Changed::default();
        (self.chapters, changed.moved) = self.slots.matched(old, &generated, &mut self.press);
        for (at, (chapter, ranges)) in self.chapters.iter_mut().zip(chapter::ranges(&generated)).enumerate() {
            let (bytes, anchors) = ranges;
            let origins = generated.origins.part(bytes.clone(), self.rules.len());
            let text = [self.rules.as_str(), &generated.source[bytes]].concat();
            chapter.show(shown(&self.images, &text));
            if restyled {
                chapter.stale = Stale::Words;
            }
            chapter.renew(&self.press, text, origins, &generated.anchors[anchors]);
            match chapter.stale {
                Stale::Not => {}
                Stale::Numbers => changed.renumbered += 1,
                Stale::Words => changed.edited.push(at),
            }
        }
        self.generated = Some(Arc::new(generated));
        changed
    }

    /// Takes style, fonts and images in; what is as before stays the same to Typst. Whether style or fonts are others.
    fn files(&mut self, doc: &ResolvedDocument, style: &Stylesheet, fonts: &FontSet) -> bool {
        let mut restyled = false;
        if self.fonts.fallback() != fonts.fallback() {
            self.press.set_fonts(fonts);
            self.fonts = fonts.clone();
            // An SVG's text is drawn in them.
            self.images.clear();
            restyled = true;
        }
        let files = self.press.files_mut();
        let sheet = generation::style_file(doc, style, fonts);
        if files.get(super::style::PATH).is_none_or(|kept| kept.as_slice() != sheet.as_slice()) {
            files.insert(super::style::PATH.to_owned(), sheet);
            restyled = true;
        }
        let mut images = BTreeMap::new();
        for (path, asset) in generation::assets(doc) {
            if self.images.get(&path) != Some(&asset.digest) {
                files.insert(path.clone(), Bytes::new(asset.bytes.clone()));
            }
            images.insert(path, asset.digest);
        }
        files.retain(|path, _| path == super::style::PATH || images.contains_key(path));
        self.images = images;
        restyled
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

    /// Lays out all of them, as many at a time as there are cores; those that are left where it was not let finish.
    fn all(&mut self, mut wanted: Vec<usize>, first: usize, cancelled: &dyn Fn() -> bool) -> Vec<usize> {
        wanted.sort_by_key(|at| at.abs_diff(first));
        let mut done = 0;
        for batch in wanted.chunks(rayon::current_num_threads()) {
            if cancelled() {
                break;
            }
            self.lay_out(batch);
            done += batch.len();
        }
        wanted.split_off(done)
    }

    fn lay_out(&mut self, wanted: &[usize]) {
        wanted.iter().for_each(|at| self.chapters[*at].take_in(&mut self.press));
        let set = |at: &usize| setting::set(&self.press, &self.chapters[*at], &self.answers);
        let set: Vec<_> = wanted.par_iter().map(set).collect();
        for (at, set) in wanted.iter().zip(set) {
            let chapter = &mut self.chapters[*at];
            chapter.stale = Stale::Not;
            match set {
                Ok(laid) => {
                    self.pages_set += laid.document.pages().len();
                    (chapter.laid, chapter.faults) = (Some(Arc::new(laid)), Vec::new());
                }
                Err(faults) => chapter.faults = faults,
            }
        }
        self.forget();
    }

    /// Has Typst forget what was not used lately.
    fn forget(&mut self) {
        let pages: usize = self.chapters.iter().flat_map(|chapter| &chapter.laid).map(|laid| laid.digests.len()).sum();
        if self.pages_set >= STEP + pages / KEPT {
            comemo::evict(KEPT);
            self.pages_set = 0;
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

    /// What Typst doubts in the feet, or refuses; nothing where no page has one.
    fn foot(&self) -> Result<Diagnostics, Diagnostics> {
        let pages = |chapter: &Chapter| chapter.laid.as_ref().map_or(0, |laid| laid.document.pages().len());
        let footed = self.chapters.iter().filter(|chapter| chapter.place != ChapterPlace::Cover);
        let page = footed.filter_map(|chapter| chapter.laid.as_ref()?.document.pages().last()).next_back();
        match (&self.feet, page) {
            (Some(feet), Some(page)) => feet.said(self.chapters.iter().map(pages).sum(), page.frame.width()),
            (None, _) | (_, None) => Ok(Diagnostics::new()),
        }
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

/// The images that a source shows, if not a few more.
fn shown(images: &Images, source: &str) -> Images {
    let rest = source.match_indices(generation::ASSETS).map(|(at, _)| &source[at..]);
    let paths = rest.filter_map(|rest| rest.split('"').next());
    paths.filter_map(|path| images.get_key_value(path)).map(|(path, digest)| (path.clone(), *digest)).collect()
}
