//! When to look: the system's events, or the passing of time.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode};
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::folders::{Identity, folders, identity};
use super::mount::silent_mount;
use super::{Backend, Notice, Stop, WatchError};
use crate::project::SystemWorld;

/// How long nothing must happen before a save is taken to be over.
const QUIET: Duration = Duration::from_millis(30);
/// The same where many files change, as when a branch is switched.
const QUIET_FOR_MANY: Duration = Duration::from_millis(150);
/// More files than an editor touches in one save.
const MANY: usize = 6;
/// However much goes on, after so long it is looked at.
const LONGEST_UNREST: Duration = Duration::from_secs(3);
/// How often to see whether the root is still the same folder: no event tells that it has come back.
const HEARTBEAT: Duration = Duration::from_secs(1);
/// Between two looks without events.
const POLL: Duration = Duration::from_millis(300);
/// Folders whose names change while they are being watched are looked at again, so many times at most.
const MOST_ROUNDS: usize = 8;

/// Notices that something may have changed.
pub(super) struct Eyes {
    root: PathBuf,
    backend: Backend,
    stop: Stop,
    sender: Sender<PathBuf>,
    events: Receiver<PathBuf>,
    watcher: Option<RecommendedWatcher>,
    watched: BTreeMap<PathBuf, Identity>,
    /// Whether there are no events to wait for.
    polling: bool,
    /// Paths of events since the last quiet.
    touched: Vec<PathBuf>,
}

impl Eyes {
    pub(super) fn new(root: &Path, backend: Backend, stop: &Stop) -> Self {
        let (sender, events) = channel();
        stop.rings(sender.clone());
        Self {
            stop: stop.clone(),
            root: root.to_owned(),
            backend,
            sender,
            events,
            watcher: None,
            watched: BTreeMap::new(),
            polling: false,
            touched: Vec::new(),
        }
    }

    /// Watches the folders that there are now; what changes from here on is noticed.
    /// # Errors
    /// If events were asked for, and there are none.
    pub(super) fn look_at(&mut self, world: &SystemWorld, tell: &mut dyn FnMut(Notice)) -> Result<(), WatchError> {
        if self.polling {
            return Ok(());
        }
        let why = match self.backend {
            Backend::Poll => Some("it was asked for".to_owned()),
            Backend::Auto => silent_mount(&self.root).map(|kind| format!("{kind} tells of no changes by others")),
            Backend::Native => None,
        };
        let why = match why {
            Some(why) => why,
            None => match self.watch_folders(world) {
                Ok(()) => return Ok(()),
                Err(error) if self.backend == Backend::Native => return Err(WatchError(limits(&error))),
                Err(error) => limits(&error),
            },
        };
        self.watcher = None;
        self.polling = true;
        tell(Notice::Polling { why });
        Ok(())
    }

    /// Begins anew whenever the folders are other ones: a watch stays with a folder that is renamed,
    /// and says nothing of the one that takes its name.
    fn watch_folders(&mut self, world: &SystemWorld) -> notify::Result<()> {
        for _ in 0..MOST_ROUNDS {
            let there = folders(world);
            if self.watcher.is_some() && there == self.watched {
                return Ok(());
            }
            let sender = self.sender.clone();
            let mut watcher = notify::recommended_watcher(move |event| forward(event, &sender))?;
            for folder in there.keys() {
                match watcher.watch(folder, RecursiveMode::NonRecursive) {
                    // A folder that has gone meanwhile; the next round sees that.
                    Err(error) if is_missing(&error) => {}
                    result => result?,
                }
            }
            self.watcher = Some(watcher);
            self.watched = there;
        }
        Ok(())
    }

    /// Whether watching is to end.
    pub(super) fn are_closed(&self) -> bool {
        self.stop.is_stopped()
    }

    /// How many folders are watched.
    pub(super) fn watching(&self) -> usize {
        self.watched.len()
    }

    /// Returns when something may have changed.
    pub(super) fn wait(&mut self) {
        if self.polling {
            // Nothing comes but the call to end.
            self.touched.extend(self.events.recv_timeout(POLL));
            return;
        }
        loop {
            match self.events.recv_timeout(HEARTBEAT) {
                Ok(path) => {
                    self.touched.push(path);
                    return;
                }
                Err(RecvTimeoutError::Timeout) => {
                    if self.watched.get(&self.root).copied() != identity(&self.root) {
                        return;
                    }
                }
                Err(RecvTimeoutError::Disconnected) => {
                    // Not while `sender` is kept; to sleep is better than to spin if it ever were.
                    std::thread::sleep(HEARTBEAT);
                    return;
                }
            }
        }
    }

    /// Returns once nothing has happened for a moment.
    pub(super) fn wait_for_quiet(&mut self) {
        let deadline = Instant::now() + LONGEST_UNREST;
        loop {
            self.touched.sort();
            self.touched.dedup();
            let quiet = if self.touched.len() > MANY { QUIET_FOR_MANY } else { QUIET };
            match self.events.recv_timeout(quiet) {
                Ok(path) if Instant::now() < deadline => self.touched.push(path),
                Ok(_) | Err(_) => break,
            }
        }
        self.touched.clear();
    }
}

/// Passes on what may have changed a file or a folder; reading changes nothing.
fn forward(event: notify::Result<notify::Event>, sender: &Sender<PathBuf>) {
    let paths = match event {
        Ok(event) => match event.kind {
            EventKind::Access(AccessKind::Close(AccessMode::Write)) => event.paths,
            EventKind::Access(_) => return,
            EventKind::Any | EventKind::Create(_) | EventKind::Modify(_) | EventKind::Remove(_) | EventKind::Other => {
                event.paths
            }
        },
        // Events were lost: everything is looked at in any case.
        Err(error) => error.paths,
    };
    // Without a receiver watching is over.
    for path in if paths.is_empty() { vec![PathBuf::new()] } else { paths } {
        let _ = sender.send(path);
    }
}

fn is_missing(error: &notify::Error) -> bool {
    match &error.kind {
        notify::ErrorKind::PathNotFound => true,
        notify::ErrorKind::Io(error) => error.kind() == std::io::ErrorKind::NotFound,
        notify::ErrorKind::Generic(_)
        | notify::ErrorKind::WatchNotFound
        | notify::ErrorKind::InvalidConfig(_)
        | notify::ErrorKind::MaxFilesWatch => false,
    }
}

/// Why there are no events, with the limit that stands in the way.
fn limits(error: &notify::Error) -> String {
    let exhausted = match &error.kind {
        notify::ErrorKind::MaxFilesWatch => Some("max_user_watches"),
        notify::ErrorKind::Io(io) if io.raw_os_error() == Some(TOO_MANY_FILES) => Some("max_user_instances"),
        notify::ErrorKind::Io(_)
        | notify::ErrorKind::Generic(_)
        | notify::ErrorKind::PathNotFound
        | notify::ErrorKind::WatchNotFound
        | notify::ErrorKind::InvalidConfig(_) => None,
    };
    match exhausted {
        Some(name) => format!("the system has no more watches to give ({})", limit(name).unwrap_or_default()),
        None => format!("the system gives no events: {error}"),
    }
}

/// A limit of inotify(7), as it is set; on Linux only.
pub(super) fn limit(name: &str) -> Option<String> {
    let value = std::fs::read_to_string(format!("/proc/sys/fs/inotify/{name}")).ok()?;
    Some(format!("fs.inotify.{name} = {}", value.trim()))
}

/// `EMFILE`: what `inotify_init` says at its limit.
const TOO_MANY_FILES: i32 = 24;
