//! What the preview's threads and its askers share: the last good revision, and its pages as far as they are laid out.

use std::collections::BTreeMap;
use std::collections::HashSet;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::feed::Feed;
use super::finding::{self, Fault, Finding};
use super::pictures::Pictures;
use super::shown::Shown;
use super::sight::Sight;
use super::state::{PagePlace, SourcePlace, State};
use super::web::{Digest, Web};
use super::words::Reworded;
use super::{Output, View};
use crate::diag::Diagnostics;
use crate::document::Pt;
use crate::project::Format;
use crate::resolve::ResolvedDocument;
use crate::source::{FileId, Sources};
use crate::style::{FontSet, Stylesheet};
use crate::write::{self, pdf::live};

/// A revision that nothing stands against.
pub(super) struct Good {
    pub(super) revision: u64,
    /// What its files are named.
    pub(super) stem: String,
    pub(super) sources: Arc<Sources>,
    pub(super) resolved: Arc<ResolvedDocument>,
    pub(super) style: Arc<Stylesheet>,
    pub(super) fonts: Arc<FontSet>,
    pub(super) web: Arc<Web>,
    /// Files made of it so far; whoever makes one keeps it locked.
    files: BTreeMap<Format, Mutex<Option<Arc<[u8]>>>>,
}

/// What is to be laid out.
pub(super) enum Work {
    Whole(Arc<Good>),
    /// Other words in one, until the whole of it is there.
    Words(Arc<Reworded>),
}

/// Where everything lies.
pub(super) struct Desk {
    pub(super) feed: Feed,
    on: Mutex<Papers>,
    changed: Condvar,
    pictures: Pictures,
}

#[derive(Default)]
struct Papers {
    good: Option<Arc<Good>>,
    /// What was laid down since.
    words: Option<Arc<Reworded>>,
    /// Counts what was laid down.
    turn: u64,
    shown: Option<Arc<Shown>>,
    /// The revision whose pages are final, if any, or why they cannot be laid out.
    settled: Option<(u64, Result<(), Fault>)>,
    view: Option<View>,
    sight: Sight,
    closed: bool,
}

impl Good {
    pub(super) fn new(
        stem: String,
        sources: Arc<Sources>,
        resolved: (Arc<ResolvedDocument>, Arc<Stylesheet>, Arc<FontSet>),
        web: Arc<Web>,
    ) -> Self {
        let (resolved, style, fonts) = resolved;
        let files = Format::ALL.iter().map(|format| (*format, Mutex::default())).collect();
        Self { revision: 0, stem, sources, resolved, style, fonts, web, files }
    }

    /// The same, as the revision of that number.
    pub(super) fn numbered(&self, revision: u64) -> Arc<Self> {
        let look = (Arc::clone(&self.resolved), Arc::clone(&self.style), Arc::clone(&self.fonts));
        let same = Self::new(self.stem.clone(), Arc::clone(&self.sources), look, Arc::clone(&self.web));
        Arc::new(Self { revision, ..same })
    }
}

impl Papers {
    fn show(&mut self, shown: Shown) {
        let looked_at = |shown: &Shown| match self.view {
            Some(View::Page(page)) => shown.digest(page),
            Some(View::Part(_)) | None => None,
        };
        let (before, now) = (self.shown.as_deref().and_then(looked_at), looked_at(&shown));
        self.sight = self.sight.of_pages(before, now, Instant::now());
        self.shown = Some(Arc::new(shown));
    }
}

impl Desk {
    pub(super) fn new(feed: Feed) -> Self {
        Self { feed, on: Mutex::default(), changed: Condvar::new(), pictures: Pictures::default() }
    }

    fn papers(&self) -> MutexGuard<'_, Papers> {
        self.on.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'a>(&self, papers: MutexGuard<'a, Papers>) -> MutexGuard<'a, Papers> {
        self.changed.wait(papers).unwrap_or_else(PoisonError::into_inner)
    }

    /// Lays down a new revision, and publishes it. Whoever hears of it finds it here; its pages come after it.
    pub(super) fn lay_down(&self, good: Arc<Good>, change: impl FnOnce(&mut State)) {
        {
            let mut papers = self.papers();
            (papers.good, papers.words) = (Some(good), None);
            papers.sight = Sight::of_blocks(papers.view, Instant::now());
        }
        self.feed.publish(change);
        self.next_turn();
    }

    /// Lays down words of a revision whose whole is still to come.
    pub(super) fn lay_down_words(&self, words: Reworded) {
        {
            let mut papers = self.papers();
            papers.words = Some(Arc::new(words));
            papers.sight = Sight::of_words(papers.view, Instant::now());
        }
        self.next_turn();
    }

    fn next_turn(&self) {
        self.papers().turn += 1;
        self.changed.notify_all();
    }

    /// Ends whoever waits.
    pub(super) fn close(&self) {
        self.papers().closed = true;
        self.changed.notify_all();
    }

    /// What was laid down last, if it was after a turn, and which turn that was; waits for it. `None` when the preview
    /// ends.
    pub(super) fn next_after(&self, turn: u64) -> Option<(u64, Work)> {
        let mut papers = self.papers();
        while !papers.closed {
            if papers.turn > turn {
                let words = papers.words.as_ref().map(|words| Work::Words(Arc::clone(words)));
                let work = words.or_else(|| papers.good.as_ref().map(|good| Work::Whole(Arc::clone(good))));
                return work.map(|work| (papers.turn, work));
            }
            papers = self.wait(papers);
        }
        None
    }

    /// Whether nobody waits any longer for the pages of what was laid down at that turn.
    pub(super) fn is_overtaken(&self, turn: u64) -> bool {
        let papers = self.papers();
        papers.closed || papers.turn > turn
    }

    /// The chapter of the pages that a reader looks at.
    pub(super) fn visible_chapter(&self) -> Option<usize> {
        let (shown, view) = {
            let papers = self.papers();
            (Arc::clone(papers.shown.as_ref()?), papers.view?)
        };
        let page = match view {
            View::Page(page) => page,
            View::Part(part) => shown.pages.find(*shown.drafts.get(part)?, 0)?.page,
        };
        shown.pages.iter().nth(page).map(|page| page.chapter)
    }

    pub(super) fn look_at(&self, view: View) {
        self.papers().view = Some(view);
    }

    /// How long what else is to be done is to wait, so that a reader has what was shown; it is asked again after that.
    pub(super) fn pause(&self) -> Option<Duration> {
        self.papers().sight.pause(Instant::now())
    }

    /// Leaves a reader the time to see what was shown; whether something newer was laid down meanwhile.
    pub(super) fn is_overtaken_at_sight(&self, turn: u64) -> bool {
        while let Some(pause) = self.pause().filter(|_| !self.is_overtaken(turn)) {
            let papers = self.papers();
            drop(self.changed.wait_timeout(papers, pause));
        }
        self.is_overtaken(turn)
    }

    /// Nothing comes of what a reader was to wait for.
    pub(super) fn look_away(&self) {
        self.papers().sight = Sight::Settled;
    }

    /// Draws the page that a reader looks at, if it has changed, before it is asked for.
    pub(super) fn draw_ahead(&self) {
        let (sight, shown) = {
            let papers = self.papers();
            (papers.sight, papers.shown.clone())
        };
        if let (Sight::Page(_, digest), Some(shown)) = (sight, shown)
            && let Some(page) = shown.page_of(digest)
        {
            self.pictures.get(digest, || shown.pages.svg(page));
        }
    }

    /// Shows pages of a revision: `found` is what laying them out to the end has found.
    pub(super) fn show(&self, good: &Good, pages: live::Pages, found: Option<Result<Diagnostics, Diagnostics>>) {
        let shown = Shown::of(good, pages);
        let infos = shown.infos(matches!(found, Some(Ok(_))));
        let status = good.resolved.metadata.status;
        let (doubts, outcome) = match found {
            None => (Diagnostics::new(), None),
            Some(Ok(doubts)) => (doubts, Some(Ok(()))),
            Some(Err(faults)) => {
                let found = finding::findings(&faults, &good.sources, status);
                let fault = finding::fault(&found).unwrap_or_else(Fault::of_layout);
                (faults, Some(Err(fault)))
            }
        };
        let fault = outcome.clone().and_then(Result::err);
        {
            let mut papers = self.papers();
            papers.show(shown);
            papers.settled = outcome.map(|outcome| (good.revision, outcome)).or(papers.settled.take());
        }
        self.changed.notify_all();
        let doubts = finding::findings(&doubts, &good.sources, status);
        self.feed.publish(|state| {
            state.pages = infos;
            if state.revision == good.revision {
                state.fault = state.fault.take().or(fault);
                state.findings = with(&state.findings, &doubts);
            }
        });
    }

    /// Shows pages of words whose whole is still to come.
    pub(super) fn show_words(&self, words: &Reworded, pages: live::Pages) {
        let shown = Shown::of_words(words, pages);
        let infos = shown.infos(false);
        self.papers().show(shown);
        self.feed.publish(|state| state.pages = infos);
    }

    pub(super) fn page_svg(&self, page: usize, digest: Digest) -> Option<Arc<str>> {
        let shown = self.shown()?;
        shown.digest(page).filter(|now| *now == digest)?;
        let picture = self.pictures.get(digest, || shown.pages.svg(page))?;
        let mut papers = self.papers();
        papers.sight = papers.sight.fetched(digest, Instant::now());
        Some(picture)
    }

    pub(super) fn source_of(&self, PagePlace { page, x, y }: PagePlace) -> Option<SourcePlace> {
        let shown = self.shown()?;
        let span = shown.pages.origin(live::Spot { page, x: Pt(x), y: Pt(y) })?;
        let span = shown.moved.as_ref().map_or(span, |moved| moved.now(span));
        let is_typed = !shown.sources[span.file].is_generated();
        is_typed.then(|| finding::place(span, &shown.sources))
    }

    pub(super) fn place_of(&self, source: &SourcePlace) -> Option<PagePlace> {
        let shown = self.shown()?;
        let file = shown.sources.find(&source.path)?;
        let start = |file: FileId| shown.sources[file].lines().line_start(source.line);
        let spot = match &shown.moved {
            Some(moved) if moved.before == file => {
                let (file, offset) = moved.known(file, start(moved.block.file));
                shown.pages.find(file, offset)?
            }
            Some(_) | None => shown.pages.find(file, start(file))?,
        };
        Some(PagePlace { page: spot.page, x: spot.x.0, y: spot.y.0 })
    }

    fn shown(&self) -> Option<Arc<Shown>> {
        self.papers().shown.clone()
    }

    pub(super) fn output(&self, format: Format) -> Result<Option<Output>, Fault> {
        loop {
            let Some(good) = self.papers().good.clone() else { return Ok(None) };
            let mut file = good.files[&format].lock().unwrap_or_else(PoisonError::into_inner);
            let bytes = match &*file {
                Some(bytes) => Arc::clone(bytes),
                None => {
                    // A newer save has overtaken it: its file is wanted.
                    let Some(bytes) = self.make(&good, format)? else { continue };
                    Arc::clone(file.insert(bytes.into()))
                }
            };
            let name = format!("{}.{}", good.stem, format.extension());
            return Ok(Some(Output { name, revision: good.revision, bytes }));
        }
    }

    /// The file of a revision; `None` where it was overtaken before its pages were final.
    fn make(&self, good: &Arc<Good>, format: Format) -> Result<Option<Vec<u8>>, Fault> {
        if format == Format::Html {
            return Ok(Some(good.web.html().into_bytes()));
        }
        let Some(shown) = self.settled(good)? else { return Ok(None) };
        if format == Format::Docx {
            let numbers = shown.pages.numbers();
            return Ok(Some(write::docx::write(&good.resolved, &good.style, &good.fonts, Some(&numbers))));
        }
        let pdf = shown.pages.pdf().map_err(|faults| {
            let found = finding::findings(&faults, &good.sources, good.resolved.metadata.status);
            finding::fault(&found).unwrap_or_else(Fault::of_layout)
        })?;
        Ok(Some(pdf.bytes))
    }

    /// The pages of a revision once they are final; `None` where a newer one overtakes it first.
    fn settled(&self, good: &Arc<Good>) -> Result<Option<Arc<Shown>>, Fault> {
        let mut papers = self.papers();
        loop {
            if papers.closed {
                return Err(Fault::alone("the preview has ended"));
            }
            if papers.good.as_ref().is_some_and(|last| last.revision > good.revision) {
                return Ok(None);
            }
            match (&papers.settled, &papers.shown) {
                (Some((revision, Err(fault))), _) if *revision == good.revision => return Err(fault.clone()),
                // Words of a later save may be shown already: their pages are not these.
                (Some((revision, Ok(()))), Some(shown)) if [*revision, shown.revision] == [good.revision; 2] => {
                    return Ok(Some(Arc::clone(shown)));
                }
                (Some(_) | None, _) => papers = self.wait(papers),
            }
        }
    }

    /// A revision's pages cannot be had.
    pub(super) fn give_up(&self, revision: u64, fault: Fault) {
        self.papers().settled = Some((revision, Err(fault.clone())));
        self.changed.notify_all();
        self.feed.publish(|state| {
            if state.revision == revision {
                state.fault = state.fault.take().or(Some(fault));
            }
        });
    }
}

/// What was found before, and what was found since.
fn with(before: &Arc<[Finding]>, since: &[Finding]) -> Arc<[Finding]> {
    let known: HashSet<&Finding> = before.iter().collect();
    let new: Vec<Finding> = since.iter().filter(|finding| !known.contains(finding)).cloned().collect();
    if new.is_empty() { Arc::clone(before) } else { before.iter().cloned().chain(new).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_older_revisions_fault_is_not_the_newers() {
        let desk = Desk::new(Feed::new(State::empty()));
        desk.feed.publish(|state| state.revision = 2);
        desk.give_up(1, Fault::defect());
        assert_eq!(desk.feed.state().fault, None);
        desk.give_up(2, Fault::defect());
        assert_eq!(desk.feed.state().fault, Some(Fault::defect()));
    }
}
