//! The report as it is now, kept ready while its drafts are being written: what `serve` shows.
//!
//! In: a [`Host`], which says where the project is. Out: [`State`]s, each whole and of one piece, a new one as soon as
//! a save has changed something; pictures of pages and finished files, made when asked for. A fault in the drafts
//! leaves the last good report standing. What is shown equals a fresh build. Never prints, never serves, never writes
//! a file.

mod appended;
mod desk;
mod engine;
mod feed;
mod finding;
mod host;
mod patch;
mod pictures;
mod press;
mod shown;
mod sight;
mod state;
mod web;
mod words;

use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use crate::project::Format;
use crate::watch::{Backend, Stop, WatchError};
use desk::Desk;
use engine::Engine;
use feed::Feed;
pub use finding::{Excerpt, Fault, Finding};
pub use host::Host;
pub use state::{PageInfo, PagePlace, Pages, SourcePlace, State, Status};
pub use web::{Digest, SourceLines, Web, WebBlock, WebRegion};

/// A page is final after so long at most, however long the report.
const SETTLING: Duration = Duration::from_secs(30);

/// A running preview; cheap to clone. It ends with [`Preview::stop`], or with its last handle.
#[derive(Clone)]
pub struct Preview {
    inner: Arc<Inner>,
}

struct Inner {
    desk: Arc<Desk>,
    stop: Stop,
    watcher: Mutex<Option<JoinHandle<Result<(), WatchError>>>>,
    press: Mutex<Option<JoinHandle<()>>>,
}

/// How a preview runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Options {
    /// How changes are noticed.
    pub backend: Backend,
}

/// What a reader is looking at: it is made ready first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    /// A page, from 0.
    Page(usize),
    /// A draft's part of the report, from 0.
    Part(usize),
}

/// A finished file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    /// Its name, as a build gives it.
    pub name: String,
    /// Of which revision it is.
    pub revision: u64,
    /// Its content.
    pub bytes: Arc<[u8]>,
}

impl Preview {
    /// Begins; the first state with a report comes as soon as it is built.
    pub fn start(host: impl Host, options: Options) -> Self {
        let (desk, stop) = (Arc::new(Desk::new(Feed::new(State::empty()))), Stop::default());
        let engine = Engine::new(host, Arc::clone(&desk));
        let end = stop.clone();
        let watcher = std::thread::spawn(move || engine.run(options.backend, &end));
        let of_press = Arc::clone(&desk);
        let press = std::thread::spawn(move || press::run(&of_press));
        let (watcher, press) = (Mutex::new(Some(watcher)), Mutex::new(Some(press)));
        Self { inner: Arc::new(Inner { desk, stop, watcher, press }) }
    }

    /// The last state.
    pub fn state(&self) -> Arc<State> {
        self.inner.desk.feed.state()
    }

    /// Calls `listener` with the present state and then with every new one, from the preview's own thread: it must
    /// not wait for anything.
    pub fn listen(&self, listener: impl Fn(&Arc<State>) + Send + 'static) {
        self.inner.desk.feed.listen(std::boxed::Box::new(listener));
    }

    /// The first state that `fits`, the present one included; `None` if none comes in time.
    pub fn wait(&self, limit: Duration, fits: impl Fn(&State) -> bool) -> Option<Arc<State>> {
        self.inner.desk.feed.wait(limit, &fits)
    }

    /// A page, from 0, as SVG, if it still has that digest.
    pub fn page_svg(&self, page: usize, digest: Digest) -> Option<Arc<str>> {
        self.inner.desk.page_svg(page, digest)
    }

    /// Where the text was typed that stands at a place of a page.
    pub fn source_of(&self, place: PagePlace) -> Option<SourcePlace> {
        self.inner.desk.source_of(place)
    }

    /// Where on the pages a line of a draft stands; the nearest before it that is shown.
    pub fn place_of(&self, source: &SourcePlace) -> Option<PagePlace> {
        self.inner.desk.place_of(source)
    }

    /// The finished file of the last good revision, byte for byte as a build makes it; `None` until there is one. The first call for a revision makes it and may take a while.
    /// # Errors
    /// Why it cannot be made, where the page layout finds a fault.
    pub fn output(&self, format: Format) -> Result<Option<Output>, Fault> {
        // A page that is not final yet is so in a moment.
        let _ = self.wait(SETTLING, |state| state.revision == 0 || state.status.settled);
        self.inner.desk.output(format)
    }

    /// Makes ready first what a reader looks at.
    pub fn look_at(&self, view: View) {
        self.inner.desk.look_at(view);
    }

    /// Looks at the files now, event or none.
    pub fn refresh(&self) {
        self.inner.stop.wake();
    }

    /// Ends it, and waits until it has ended.
    /// # Errors
    /// Why it ended by itself, if it did.
    pub fn stop(&self) -> Result<(), WatchError> {
        self.inner.end()
    }
}

impl Inner {
    fn end(&self) -> Result<(), WatchError> {
        self.stop.stop();
        self.desk.close();
        let press = self.press.lock().unwrap_or_else(PoisonError::into_inner).take();
        // Its defects have been told.
        let _ = press.map(JoinHandle::join);
        let watcher = self.watcher.lock().unwrap_or_else(PoisonError::into_inner).take();
        match watcher.map(JoinHandle::join) {
            None => Ok(()),
            Some(Ok(result)) => result,
            Some(Err(_)) => Err(WatchError("the preview has a defect and ended".to_owned())),
        }
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        // Nobody is left to be told why.
        let _ = self.end();
    }
}
