//! Lays out each revision's pages, what a reader looks at first, and ends where a newer one has overtaken it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::desk::{Desk, Good};
use super::finding::Fault;
use crate::diag::Diagnostics;
use crate::write::pdf::live::{LivePages, Settled};

/// While a long report is laid out, what there is of it is shown so often.
const BETWEEN_SHOWS: Duration = Duration::from_millis(500);

/// Lays out one revision after another until the preview ends.
pub(super) fn run(desk: &Desk) {
    let mut live = LivePages::new();
    let mut done = 0;
    while let Some(good) = desk.next_after(done) {
        done = good.revision;
        // A defect of the program: the pages stay as they were, and the next save is another chance.
        if catch_unwind(AssertUnwindSafe(|| lay_out(&mut live, desk, &good))).is_err() {
            live = LivePages::new();
            desk.give_up(done, Fault::defect());
        }
    }
}

fn lay_out(live: &mut LivePages, desk: &Desk, good: &Arc<Good>) {
    let changed = live.update(&good.resolved, &good.style, &good.fonts);
    let visible = desk.visible_chapter();
    // What it finds, settling finds again.
    let _ = live.quick(visible);
    desk.show(good, live.pages(), None);
    let first = visible.or(changed.edited.first().copied()).unwrap_or_default();
    loop {
        let begin = Instant::now();
        let pause = || desk.is_overtaken(good.revision) || begin.elapsed() > BETWEEN_SHOWS;
        let found: Option<Result<Diagnostics, Diagnostics>> = match live.settle(first, &pause) {
            Settled::Cancelled if desk.is_overtaken(good.revision) => return,
            Settled::Cancelled => None,
            Settled::Done(doubts) => Some(Ok(doubts)),
            Settled::Faulty(faults) => Some(Err(faults)),
        };
        let is_over = found.is_some();
        desk.show(good, live.pages(), found);
        if is_over {
            return;
        }
    }
}
