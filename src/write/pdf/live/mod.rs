//! A report's pages, kept laid out between edits, chapter by chapter.
//!
//! In: each state of the resolved document. Out: [`Pages`], a picture of what is laid out so far, which may go to
//! another thread. A chapter begins on a page of its own, so it is laid out alone; all that it asks of the others is on
//! which page a place stands ([`answers`]), and only the contents and a list of changes ask that. Feet hold page numbers, and are set on
//! finished pages ([`feet`]), as are the bars beside changes ([`super::bars`]). It reads no file and never waits. Typst's plain compile ([`super::write`]) is what it is held
//! to, byte for byte.

mod answers;
mod chapter;
mod edit;
mod feet;
mod outline;
mod page;
mod patch;
mod places;
mod setting;
mod state;
#[cfg(test)]
mod tests;

use self::chapter::Stale;
use self::page::Purpose;
pub use self::page::{PageView, Pages};
pub use self::places::Spot;
use self::state::State;
use super::page as generation;
use crate::diag::Diagnostics;
use crate::document::Part;
use crate::resolve::ResolvedDocument;
use crate::style::{FontSet, Stylesheet};

/// A report's pages, kept laid out between edits.
pub struct LivePages {
    /// Nothing before the first state.
    state: Option<State>,
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
        let is_new = self.state.is_none();
        let generate = || generation::generate(doc, style, fonts);
        let (generated, new) = rayon::join(generate, || is_new.then(|| State::new(fonts)));
        let state = self.state.get_or_insert_with(|| new.unwrap_or_else(|| State::new(fonts)));
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
            chapter.stale == Stale::Words && (!chapter.place.asks_for_pages() || visible == Some(*at))
        };
        let mut edited: Vec<usize> = (0..state.chapters.len()).filter(words).collect();
        edited.sort_by_key(|at| visible.is_some_and(|visible| visible != *at));
        edited.truncate(rayon::current_num_threads());
        state.lay_out(&edited, Purpose::Look);
        state.forget();
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
            if !state.goes_on() {
                return state.settled();
            }
        }
    }

    /// As [`Self::settle`] where nobody waits for a page and nothing overtakes it: all at once.
    /// # Errors
    /// What Typst refused, pointing at the drafts; those chapters keep the pages they had.
    pub fn finish(&mut self) -> Result<Diagnostics, Diagnostics> {
        let Some(state) = &mut self.state else { return Ok(Diagnostics::new()) };
        state.forget();
        // How many pages the contents take is found out beside all else; they are told the others' afterwards. So is a
        // list of changes, of which little is laid out again then: it is the longest chapter of many a redline.
        let is_new = |at: &usize| {
            let chapter = &state.chapters[*at];
            chapter.laid.is_none() && chapter.place.asks_for_pages()
        };
        let new: Vec<usize> = (0..state.chapters.len()).filter(is_new).collect();
        state.lay_out(&[new, state.stale()].concat(), Purpose::File);
        loop {
            let wanted = std::mem::take(&mut state.left);
            state.lay_out(&wanted, Purpose::File);
            if !state.goes_on() {
                break;
            }
        }
        match state.settled() {
            Settled::Done(doubts) => Ok(doubts),
            Settled::Faulty(faults) => Err(faults),
            Settled::Cancelled => unreachable!("nothing cancels it"),
        }
    }

    /// The pages that are laid out, as they are now.
    pub fn pages(&self) -> Pages {
        self.pages_for(Purpose::Look)
    }

    /// The same for a file alone: what tells pages apart is not found out.
    pub fn for_file(&self) -> Pages {
        self.pages_for(Purpose::File)
    }

    fn pages_for(&self, purpose: Purpose) -> Pages {
        match &self.state {
            Some(State { press, chapters, feet: Some(feet), bars, generated: Some(generated), .. }) => {
                Pages::new(press, generated, chapters, (feet.clone(), bars.clone()), purpose)
            }
            Some(_) | None => Pages::default(),
        }
    }
}
