//! Lays out each revision's pages, what a reader looks at first, and ends where a newer one has overtaken it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};

use super::desk::{Desk, Good, Work};
use super::finding::Fault;
use super::words::Reworded;
use crate::diag::Diagnostics;
use crate::resolve::ResolvedDocument;
use crate::write::pdf::live::{LivePages, Settled};

/// While a long report is laid out, what there is of it is shown so often.
const BETWEEN_SHOWS: Duration = Duration::from_millis(500);

/// Lays out one revision after another until the preview ends.
pub(super) fn run(desk: &Desk) {
    let mut press = Press::default();
    let mut done = 0;
    while let Some((turn, work)) = desk.next_after(done) {
        done = turn;
        // A defect of the program: the pages stay as they were, and the next save is another chance.
        if catch_unwind(AssertUnwindSafe(|| press.lay_out(desk, turn, &work))).is_err() {
            press = Press::default();
            if let Work::Whole(good) = work {
                desk.give_up(good.revision, Fault::defect());
            }
        }
    }
}

#[derive(Default)]
struct Press {
    live: LivePages,
    /// Which document its pages are of.
    of: Weak<ResolvedDocument>,
}

impl Press {
    fn lay_out(&mut self, desk: &Desk, turn: u64, work: &Work) {
        match work {
            Work::Whole(good) => self.whole(desk, turn, good),
            Work::Words(words) => self.words(desk, words),
        }
    }

    fn whole(&mut self, desk: &Desk, turn: u64, good: &Good) {
        if desk.is_overtaken_at_sight(turn) {
            return;
        }
        let edited = self.take(good);
        let visible = desk.visible_chapter();
        // What it finds, settling finds again.
        let _ = self.live.quick(visible);
        desk.show(good, self.live.pages(), None);
        desk.draw_ahead();
        if desk.is_overtaken_at_sight(turn) {
            return;
        }
        let first = visible.or(edited).unwrap_or_default();
        loop {
            let begin = Instant::now();
            let pause = || desk.is_overtaken(turn) || begin.elapsed() > BETWEEN_SHOWS;
            let found: Option<Result<Diagnostics, Diagnostics>> = match self.live.settle(first, &pause) {
                Settled::Cancelled if desk.is_overtaken(turn) => return,
                Settled::Cancelled => None,
                Settled::Done(doubts) => Some(Ok(doubts)),
                Settled::Faulty(faults) => Some(Err(faults)),
            };
            let is_over = found.is_some();
            desk.show(good, self.live.pages(), found);
            if is_over {
                return;
            }
        }
    }

    /// The first chapter that was edited.
    fn take(&mut self, good: &Good) -> Option<usize> {
        self.of = Arc::downgrade(&good.resolved);
        self.live.update(&good.resolved, &good.style, &good.fonts).edited.first().copied()
    }

    /// The chapter of the words, and no more: the whole is on its way.
    fn words(&mut self, desk: &Desk, words: &Reworded) {
        let whole = &words.whole;
        if !std::ptr::eq(self.of.as_ptr(), Arc::as_ptr(&whole.resolved)) {
            self.take(whole);
        }
        let given = (&*whole.resolved, &*whole.style, &*whole.fonts);
        let chapter = words.edited_part().and_then(|part| self.live.patch(given, words.part, &part));
        // What stands against it is told once the whole is laid out.
        if let Some(chapter) = chapter
            && self.live.quick(Some(chapter)).is_ok()
        {
            desk.show_words(words, self.live.pages());
            desk.draw_ahead();
        } else {
            desk.look_away();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::feed::Feed;
    use super::super::patch;
    use super::super::state::{PagePlace, SourcePlace, State};
    use super::super::web::Web;
    use super::*;
    use crate::pipeline::{self, Prepared, Request};
    use crate::project::{self, Date, Entry, MemoryWorld, Project};
    use crate::write::html::{self, Wants};

    const OLD: &str = "# One\n\nFirst words, the very many of all.[^n]\n\n- an item\n- one more\n\n# Two\n\nLast words.\n\n[^n]: A note.\n";

    fn loaded(draft: &str) -> Project {
        project::load(&MemoryWorld::new([("drafts/a.md", draft)]), &Entry::Drafts).value
    }

    fn good(draft: &str, revision: u64) -> (Arc<Good>, Wants) {
        let world = MemoryWorld::new([("drafts/a.md", draft)]);
        let date = Date { year: 2026, month: 1, day: 31 };
        let request = Request { date, formats: None, name: "words".to_owned() };
        let Prepared { project, resolved, .. } =
            pipeline::prepare(&world, project::load(&world, &Entry::Drafts), &request, &|_| {});
        let (resolved, style, fonts) = resolved.expect("there is a draft");
        let mut page = html::pieces(&resolved, &style, &fonts, &Default::default());
        let wants = std::mem::take(&mut page.wants);
        let web = Arc::new(Web::new(page, &|_| None));
        let look = (Arc::new(resolved), Arc::new(style), Arc::new(fonts));
        (Good::new(String::new(), Arc::new(project.sources), look, web).numbered(revision), wants)
    }

    /// What stands on the pages leads to where it was typed, and back, before the whole is known and after; and the
    /// whole changes no page.
    #[test]
    fn pages_of_words_are_those_of_the_whole_and_lead_to_the_drafts() {
        let new = OLD.replace("an item", "the very first of all the items, one of many more words than ever");
        let (desk, mut press) = (Desk::new(Feed::new(State::empty())), Press::default());
        let (whole, wants) = good(OLD, 1);
        press.lay_out(&desk, 0, &Work::Whole(Arc::clone(&whole)));
        let project = loaded(&new);
        let file = project.drafts[0].file;
        let (_, words) =
            patch::patch((&whole, &wants, &Default::default()), &project, file, project.sources.file(file))
                .expect("words alone");
        press.lay_out(&desk, 0, &Work::Words(Arc::new(Reworded { revision: 2, ..words })));
        let shown = desk.feed.state();
        assert_eq!((shown.pages.revision, shown.pages.settled), (2, false));
        leads_back(&desk);
        press.lay_out(&desk, 0, &Work::Whole(good(&new, 2).0));
        let settled = desk.feed.state();
        assert_eq!((settled.pages.revision, settled.pages.settled), (2, true));
        assert_eq!(settled.pages.pages, shown.pages.pages);
        leads_back(&desk);
    }

    fn leads_back(desk: &Desk) {
        for line in [1, 3, 5, 6, 8, 10, 12] {
            let source = SourcePlace { path: "drafts/a.md".into(), line, column: 1 };
            let place = desk.place_of(&source).expect("it is on a page");
            let back = desk.source_of(PagePlace { y: place.y + 2.0, ..place }).expect("it was typed somewhere");
            assert_eq!((&*back.path, back.line), ("drafts/a.md", line));
        }
    }
}
