//! When to look: the system's events, or the passing of time.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, CreateKind, ModifyKind, RemoveKind};
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::folders::{Identity, folders, identity};
use super::git::Git;
use super::mount::silent_mount;
use super::record::{Comparison, Half, Look, Record};
use super::{Backend, LONGEST_UNREST, Notice, Stop, WatchError};
use crate::project::{ProjectPath, SystemWorld};

/// How long nothing must happen after a file was closed or renamed before the save is taken to be over.
const QUIET: Duration = Duration::from_millis(10);
/// The same where a file has been written to and not been closed.
const QUIET_WHILE_OPEN: Duration = Duration::from_millis(60);
/// The same where many files change, as when a branch is switched.
const QUIET_FOR_MANY: Duration = Duration::from_millis(150);
/// More files than an editor touches in one save.
const MANY: usize = 6;
/// How often to see whether the root is still the same folder, and its commit the same: no event tells.
const HEARTBEAT: Duration = Duration::from_secs(1);
/// Between two looks without events.
const POLL: Duration = Duration::from_millis(150);
/// Of looks without events so many take times at their word before one reads every file.
const LOOKS_TO_A_WHOLE: usize = 20;
/// Folders whose names change while they are being watched are looked at again, so many times at most.
const MOST_ROUNDS: usize = 8;

/// Notices that something may have changed.
pub(super) struct Eyes {
    root: PathBuf,
    backend: Backend,
    stop: Stop,
    /// The root when watching it began.
    begun: Option<Identity>,
    sender: Sender<Sign>,
    events: Receiver<Sign>,
    watcher: Option<RecommendedWatcher>,
    watched: BTreeMap<PathBuf, Identity>,
    /// Whether there are no events to wait for.
    polling: bool,
    /// Paths of events since the files were last compared, and whether someone is still writing to them.
    touched: BTreeMap<PathBuf, Writing>,
    /// Whether folders may be other ones than those that are watched.
    folders: bool,
    /// Whether events may have been lost since the files were last compared.
    lost: bool,
    /// Looks without events, of which every few are whole.
    looks: usize,
    git: Git,
}

/// Whether a file that was touched is open still, as far as events tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Writing {
    GoesOn,
    IsOver,
}

/// What an event says.
pub(super) enum Sign {
    /// Something was done to a file.
    File(PathBuf, Writing),
    /// A folder has come or gone, or may have.
    Folder(PathBuf),
    /// Events were lost.
    Lost,
    /// Nothing: to look now was asked for.
    Bell,
}

impl Eyes {
    pub(super) fn new(root: &Path, backend: Backend, stop: &Stop) -> Self {
        let (sender, events) = channel();
        stop.rings(sender.clone());
        Self {
            stop: stop.clone(),
            begun: None,
            root: root.to_owned(),
            backend,
            sender,
            events,
            watcher: None,
            watched: BTreeMap::new(),
            polling: false,
            touched: BTreeMap::new(),
            folders: true,
            lost: true,
            looks: 0,
            git: Git::default(),
        }
    }

    /// From here on the root is the folder that it is now.
    pub(super) fn begin(&mut self) {
        self.begun = identity(&self.root);
        (self.folders, self.lost) = (true, true);
    }

    /// There is nothing to compare: what happened is of no account.
    pub(super) fn forget(&mut self) {
        self.touched.clear();
        (self.folders, self.lost) = (false, false);
    }

    /// The next look is at the folders, too.
    pub(super) fn look_again_at_folders(&mut self) {
        self.folders = true;
    }

    /// Watches the folders that there are now; what changes from here on is noticed.
    /// # Errors
    /// If events were asked for, and there are none.
    pub(super) fn look_at(&mut self, world: &SystemWorld, tell: &mut dyn FnMut(Notice)) -> Result<(), WatchError> {
        if self.polling || !std::mem::take(&mut self.folders) {
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
        self.lost = true;
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
            // What happened before it began raised no event.
            let _ = self.sender.send(Sign::Lost);
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

    /// Returns when something may have changed since the files were last compared.
    pub(super) fn wait(&mut self) {
        // Without events there are no folders to watch.
        let is_due = |eyes: &Self| eyes.lost || eyes.folders && !eyes.polling || !eyes.touched.is_empty();
        while !is_due(self) && !self.are_closed() {
            match self.events.recv_timeout(if self.polling { POLL } else { HEARTBEAT }) {
                Ok(sign) => self.take(sign),
                Err(_) if self.polling => return,
                Err(RecvTimeoutError::Timeout) => {
                    if self.are_elsewhere() || self.git.has_moved(&self.root) {
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

    /// Returns once no file that was touched is open still, as far as events tell.
    pub(super) fn wait_for_close(&mut self) {
        let deadline = Instant::now() + LONGEST_UNREST;
        self.have_news();
        let is_open = |eyes: &Self| eyes.touched.values().any(|writing| *writing == Writing::GoesOn);
        while !self.polling && is_open(self) && Instant::now() < deadline {
            match self.events.recv_timeout(QUIET_WHILE_OPEN) {
                Ok(sign) => self.take(sign),
                Err(_) => break,
            }
            self.have_news();
        }
        // More than a save: there is no use in looking at half of it.
        if self.polling || self.touched.len() > MANY {
            self.wait_for_quiet();
        }
    }

    /// Returns once nothing has happened for a moment.
    pub(super) fn wait_for_quiet(&mut self) {
        let deadline = Instant::now() + LONGEST_UNREST;
        if self.polling {
            std::thread::sleep(QUIET);
        }
        while !self.polling && Instant::now() < deadline {
            let open = self.touched.values().any(|writing| *writing == Writing::GoesOn);
            let quiet = match self.touched.len() {
                0..=MANY if open => QUIET_WHILE_OPEN,
                0..=MANY => QUIET,
                _ => QUIET_FOR_MANY,
            };
            match self.events.recv_timeout(quiet) {
                Ok(sign) => self.take(sign),
                Err(_) => break,
            }
        }
    }

    /// Whether something may have happened since the files were last compared.
    pub(super) fn have_news(&mut self) -> bool {
        while let Ok(sign) = self.events.try_recv() {
            self.take(sign);
        }
        self.polling || self.lost || self.folders || !self.touched.is_empty()
    }

    /// The same, if nothing has happened, after some time.
    pub(super) fn have_news_within(&mut self, pause: Duration) -> bool {
        if let Ok(sign) = self.events.recv_timeout(pause) {
            self.take(sign);
        }
        self.have_news()
    }

    /// Compares a record with the files, as closely as what has happened calls for.
    pub(super) fn compare(&mut self, record: &mut Record, world: &SystemWorld, half: Half) -> Comparison {
        self.have_news();
        self.looks += 1;
        let is_whole = std::mem::take(&mut self.lost) || self.polling && self.looks.is_multiple_of(LOOKS_TO_A_WHOLE);
        let touched = std::mem::take(&mut self.touched);
        let told = |path: &ProjectPath| touched.contains_key(&self.root.join(path.as_str()));
        let look = if is_whole { Look::Whole } else { Look::At(&told) };
        let comparison = record.compare(world, look, half);
        if comparison == Comparison::HalfWritten {
            // It is looked at again.
            (self.touched, self.lost) = (touched, is_whole);
        }
        comparison
    }

    /// Whether more is under way after a comparison: events tell, or where there are none, that it found a change.
    pub(super) fn go_on(&mut self, now: Comparison) -> bool {
        if self.polling { now == Comparison::Changed } else { self.have_news() }
    }

    /// Waits while git rewrites the working tree; whether it did.
    pub(super) fn hold_for_git(&mut self) -> bool {
        self.git.hold(&self.root)
    }

    /// Whether the root is no longer the folder that is watched.
    pub(super) fn are_elsewhere(&self) -> bool {
        self.begun != identity(&self.root)
    }

    fn take(&mut self, sign: Sign) {
        match sign {
            Sign::File(path, writing) => {
                self.folders |= self.watched.contains_key(&path);
                self.touched.insert(path, writing);
            }
            Sign::Folder(path) => {
                self.folders = true;
                self.touched.insert(path, Writing::IsOver);
            }
            Sign::Lost => (self.folders, self.lost) = (true, true),
            Sign::Bell => self.lost = true,
        }
    }
}

/// Passes on what may have changed a file or a folder; reading changes nothing.
fn forward(event: notify::Result<notify::Event>, sender: &Sender<Sign>) {
    // Without a receiver watching is over.
    let send = |sign| drop(sender.send(sign));
    let Ok(event) = event else { return send(Sign::Lost) };
    if event.need_rescan() || event.paths.is_empty() {
        send(Sign::Lost);
    }
    let writing = match event.kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => Writing::IsOver,
        EventKind::Access(_) => return,
        EventKind::Create(CreateKind::Folder) | EventKind::Remove(RemoveKind::Folder) => {
            return event.paths.into_iter().map(Sign::Folder).for_each(send);
        }
        EventKind::Create(_) | EventKind::Modify(ModifyKind::Data(_)) => Writing::GoesOn,
        EventKind::Any | EventKind::Modify(_) | EventKind::Remove(_) | EventKind::Other => Writing::IsOver,
    };
    for path in event.paths {
        // A folder that was renamed into place.
        send(if path.is_dir() { Sign::Folder(path) } else { Sign::File(path, writing) });
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

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder that comes while the files are compared is watched at once, whatever else happens.
    #[test]
    fn a_folder_that_came_during_a_comparison_is_not_waited_for() {
        let root = tempfile::tempdir().expect("a temporary folder");
        let world = SystemWorld::open(root.path()).expect("it is there");
        let stop = Stop::default();
        let mut eyes = Eyes::new(root.path(), Backend::Native, &stop);
        eyes.begin();
        while eyes.have_news() {
            eyes.look_at(&world, &mut |_| ()).expect("there are events");
            eyes.compare(&mut Record::default(), &world, Half::Take);
        }
        eyes.sender.send(Sign::Folder(root.path().join("new"))).expect("somebody listens");
        eyes.compare(&mut Record::default(), &world, Half::Take);
        let (done, waited) = channel();
        let waiting = std::thread::spawn(move || {
            eyes.wait();
            // Nobody listens any longer where it took too long.
            let _ = done.send(());
        });
        let in_time = waited.recv_timeout(Duration::from_secs(10));
        stop.stop();
        waiting.join().expect("it does not panic");
        assert_eq!(in_time, Ok(()), "it waited for something else");
    }
}
