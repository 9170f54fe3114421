//! Builds again whenever what a build has read is no longer what is there.
//!
//! In: a [`Plan`], which says how to build, and a folder. Out: calls of the plan's methods, for as long
//! as the process lives. Events only say when to look; the record of what the last build read, by
//! content, says whether anything has changed. So no output, no time stamp, no editor's temporary file and
//! no lost event can mislead it. Never builds and never prints itself. The only home of notify.

mod eyes;
mod folders;
mod mount;
mod probe;
mod record;
mod stop;

use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::project::{SystemWorld, World};
use eyes::Eyes;
pub use probe::{Probe, probe};
use record::{Comparison, Record, Recorder};
pub use stop::Stop;

/// How changes are noticed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Backend {
    /// By the system's events where they can be relied on, else by looking again and again.
    #[default]
    Auto,
    /// By the system's events, or not at all.
    Native,
    /// By looking again and again.
    Poll,
}

/// What a watcher has to tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// It waits for the next change.
    Waiting,
    /// It looks again and again, for this reason.
    Polling {
        /// Why there are no events.
        why: String,
    },
    /// The project's folder has gone; it waits for it to come back.
    Gone,
}

/// How to build, and what to do with what was built.
pub trait Plan {
    /// What a build comes to.
    type Built;

    /// The project's files, without what a build writes.
    /// # Errors
    /// If the root is not there.
    fn world(&self) -> io::Result<SystemWorld>;

    /// Builds in memory.
    fn build(&mut self, world: &dyn World) -> Self::Built;

    /// Publishes and tells what was built. Not called where a newer change has overtaken it.
    fn conclude(&mut self, built: Self::Built);

    /// Tells something.
    fn tell(&mut self, notice: Notice);
}

/// Why watching ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WatchError(pub String);

impl std::fmt::Display for WatchError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for WatchError {}

/// How long a file may be missing or empty before that is taken for what its writer wants.
const HALF_WRITTEN: Duration = Duration::from_millis(300);
/// How long git may hold its index before it is taken for dead.
const GIT_PATIENCE: Duration = Duration::from_secs(10);
/// Between two looks at something that is about to change.
const PAUSE: Duration = Duration::from_millis(15);

/// Watches `root` and builds, once at first and then after every change, until it is stopped.
/// # Errors
/// If [`Backend::Native`] was asked for and the system gives no events.
pub fn watch<P: Plan>(plan: &mut P, root: &Path, backend: Backend, stop: &Stop) -> Result<(), WatchError> {
    let mut eyes = Eyes::new(root, backend, stop);
    while let Some(world) = present_world(plan, &mut eyes) {
        eyes.look_at(&world, &mut |notice| plan.tell(notice))?;
        let record = build_latest(plan, &world, &mut eyes);
        plan.tell(Notice::Waiting);
        wait_for_change(plan, &record, &mut eyes)?;
    }
    Ok(())
}

/// The project's files, as soon as there are any; `None` once watching is to end.
fn present_world<P: Plan>(plan: &mut P, eyes: &mut Eyes) -> Option<SystemWorld> {
    let mut told = false;
    while !eyes.are_closed() {
        if let Ok(world) = plan.world() {
            return Some(world);
        }
        if !std::mem::replace(&mut told, true) {
            plan.tell(Notice::Gone);
        }
        eyes.wait();
    }
    None
}

/// Builds until nothing has changed in the meantime. What a newer change has overtaken is dropped.
fn build_latest<P: Plan>(plan: &mut P, world: &SystemWorld, eyes: &mut Eyes) -> Record {
    loop {
        let recorder = Recorder::new(world);
        let built = plan.build(&recorder);
        let record = recorder.finish();
        if settled(&record, world, eyes) == Comparison::Same {
            plan.conclude(built);
            return record;
        }
    }
}

/// Returns once what was read is no longer what is there.
fn wait_for_change<P: Plan>(plan: &mut P, record: &Record, eyes: &mut Eyes) -> Result<(), WatchError> {
    loop {
        eyes.wait();
        if eyes.are_closed() {
            return Ok(());
        }
        eyes.wait_for_quiet();
        let Ok(world) = plan.world() else { return Ok(()) };
        eyes.look_at(&world, &mut |notice| plan.tell(notice))?;
        if settled(record, &world, eyes) != Comparison::Same {
            return Ok(());
        }
    }
}

/// Compares once nobody is in the middle of writing, as far as can be told.
fn settled(record: &Record, world: &SystemWorld, eyes: &mut Eyes) -> Comparison {
    hold_for_git(world.root());
    let deadline = Instant::now() + HALF_WRITTEN;
    loop {
        match record.compare(world) {
            Comparison::HalfWritten if Instant::now() < deadline => std::thread::sleep(PAUSE),
            Comparison::HalfWritten => return Comparison::Changed,
            Comparison::Changed => {
                // More of the same save, or of the same branch switch, may be on its way.
                eyes.wait_for_quiet();
                hold_for_git(world.root());
                return Comparison::Changed;
            }
            Comparison::Same => return Comparison::Same,
        }
    }
}

/// Waits while git rewrites the working tree.
fn hold_for_git(root: &Path) {
    let lock = root.ancestors().find_map(|folder| git_folder(&folder.join(".git"))).map(|git| git.join("index.lock"));
    let deadline = Instant::now() + GIT_PATIENCE;
    while lock.as_ref().is_some_and(|lock| lock.exists()) && Instant::now() < deadline {
        std::thread::sleep(PAUSE);
    }
}

/// Where git keeps a working tree's index: `.git` itself, or what a linked tree's file `.git` names.
fn git_folder(git: &Path) -> Option<PathBuf> {
    if git.is_dir() {
        return Some(git.to_owned());
    }
    let text = std::fs::read_to_string(git).ok()?;
    Some(git.parent()?.join(text.strip_prefix("gitdir:")?.trim()))
}
