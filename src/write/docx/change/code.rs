//! Lines of code that stand in one version only. They are one paragraph, whose lines end with breaks: a break stands wherever a line does that another of the
//! same version follows.

use super::Track;
use crate::document::{Marked, Side, StandingKind};

/// How the lines of a code block stand.
pub(in super::super) struct Tracks<'a> {
    lines: Vec<Option<Track<'a>>>,
}

impl<'a> Tracks<'a> {
    /// Those of so many lines.
    pub fn of(change: &'a Marked, count: usize) -> Self {
        let mut lines = vec![None; count];
        for mark in change.iter().flat_map(|change| &change.lines) {
            if let Some(line) = lines.get_mut(mark.line) {
                *line = Some(Track { kind: mark.standing.kind, mark: &mark.standing.mark });
            }
        }
        Self { lines }
    }

    /// How a line stands.
    pub fn line(&self, at: usize) -> Option<Track<'a>> {
        self.lines.get(at).copied().flatten()
    }

    /// How the break behind a line stands; `None` where neither version has one.
    pub fn end(&self, at: usize) -> Option<Option<Track<'a>>> {
        let own = self.line(at);
        let [old, new] = [Side::Old, Side::New].map(|side| {
            let stands = |track: &Option<Track<'a>>| track.is_none_or(|track| track.kind.side() == side);
            stands(&own) && self.lines[at + 1..].iter().any(stands)
        });
        let nearest = || own.or_else(|| self.lines[at + 1..].iter().flatten().next().copied());
        match (old, new) {
            (true, true) => Some(None),
            (true, false) => Some(nearest().map(|track| Track { kind: StandingKind::on(Side::Old), ..track })),
            (false, true) => Some(nearest().map(|track| Track { kind: StandingKind::on(Side::New), ..track })),
            (false, false) => None,
        }
    }
}
