//! Whether a reader has what was shown last. Until then, and a moment longer, what else is to be done waits: on a machine
//! of two cores, laying out the rest of a report would take from the browser what it needs to show the part that counts.

use std::time::{Duration, Instant};

use super::View;
use super::web::Digest;

/// A browser needs about so long to put a block into its page.
const BLOCK: Duration = Duration::from_millis(15);
/// And so long to put a picture into it that it has fetched.
const PICTURE: Duration = Duration::from_millis(40);
/// Whoever has not fetched it by now may have gone.
const LONGEST: Duration = Duration::from_millis(120);
/// Between two looks at whether it was fetched.
const BETWEEN: Duration = Duration::from_millis(4);

/// What a reader waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Sight {
    /// Nothing: there is no reader, or what is looked at stays as it was.
    #[default]
    Settled,
    /// A block was sent.
    Block(Instant),
    /// Words were sent whose page is being laid out.
    Coming(Instant),
    /// A page was laid out whose picture was not fetched yet.
    Page(Instant, Digest),
    /// It was fetched.
    Fetched(Instant),
}

impl Sight {
    /// A page of blocks is shown whose pages come behind it.
    pub(super) fn of_blocks(view: Option<View>, now: Instant) -> Self {
        match view {
            Some(View::Part(_)) => Self::Block(now),
            Some(View::Page(_)) | None => Self::Settled,
        }
    }

    /// Words are shown whose pages come behind them.
    pub(super) fn of_words(view: Option<View>, now: Instant) -> Self {
        match view {
            Some(View::Page(_)) => Self::Coming(now),
            Some(View::Part(_)) | None => Self::of_blocks(view, now),
        }
    }

    /// Pages are shown: what the page that is looked at was, and what it is.
    pub(super) fn of_pages(self, before: Option<Digest>, shown: Option<Digest>, now: Instant) -> Self {
        match (shown, self) {
            (_, Self::Block(_)) => self,
            (Some(digest), _) if before != shown => Self::Page(now, digest),
            (Some(_) | None, _) => Self::Settled,
        }
    }

    /// A picture was handed out.
    pub(super) fn fetched(self, picture: Digest, now: Instant) -> Self {
        match self {
            Self::Page(_, digest) if digest == picture => Self::Fetched(now),
            Self::Settled | Self::Block(_) | Self::Coming(_) | Self::Page(..) | Self::Fetched(_) => self,
        }
    }

    /// How long to wait before asking again; nothing once the reader has it, or has had the time for it.
    pub(super) fn pause(self, now: Instant) -> Option<Duration> {
        let left = |since: Instant, limit: Duration| limit.checked_sub(now.duration_since(since));
        match self {
            Self::Settled => None,
            Self::Block(since) => left(since, BLOCK),
            Self::Coming(since) | Self::Page(since, _) => left(since, LONGEST).map(|left| left.min(BETWEEN)),
            Self::Fetched(since) => left(since, PICTURE),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_reader_looks_at_is_waited_with_until_it_is_there() {
        let [old, new] = ["old", "new"].map(Digest::of);
        let begin = Instant::now();
        let at = |milliseconds| begin + Duration::from_millis(milliseconds);
        let words = Sight::of_words(Some(View::Page(3)), begin);
        assert_eq!(words.pause(at(1)), Some(BETWEEN));
        let shown = words.of_pages(Some(old), Some(new), at(10));
        assert_eq!(shown.pause(at(20)), Some(BETWEEN));
        assert_eq!(shown.fetched(old, at(20)), shown, "another picture");
        let fetched = shown.fetched(new, at(20));
        assert_eq!(fetched.pause(at(30)), Some(PICTURE - Duration::from_millis(10)));
        assert_eq!(fetched.pause(at(200)), None);
        assert_eq!(shown.pause(at(200)), None, "nobody fetches it");
        assert_eq!(words.of_pages(Some(old), Some(old), at(10)).pause(at(10)), None, "another page has changed");
    }

    #[test]
    fn without_a_reader_nothing_waits() {
        let now = Instant::now();
        assert_eq!(Sight::of_words(None, now).pause(now), None);
        assert_eq!(Sight::default().of_pages(None, None, now).pause(now), None);
        let page = Sight::of_words(Some(View::Part(0)), now);
        assert_eq!(page.pause(now), Some(BLOCK));
        assert_eq!(page.of_pages(None, Some(Digest::of("page")), now), page, "who reads blocks waits for no page");
    }
}
