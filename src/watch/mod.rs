//! Builds again whenever what a build has read is no longer what is there.
//!
//! In: a [`Plan`], which says how to build, and a folder. Out: calls of the plan's methods, for as long
//! as the process lives. Events only say when to look; the record of what the last build read, by
//! content, says whether anything has changed. So no output, no time stamp, no editor's temporary file and
//! no lost event can mislead it. Never builds and never prints itself. The only home of notify.

mod eyes;
mod folders;
mod git;
mod mount;
mod probe;
mod record;
mod stop;

use std::io;
use std::path::Path;
use std::time::{Duration, Instant};

use crate::project::{SystemWorld, World};
use eyes::Eyes;
pub use probe::{Probe, probe};
use record::{Comparison, Half, Record, Recorder};
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
    /// Something happened, and all that the last build has read is as it was.
    Unchanged,
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

    /// Whether something that was built is only the first part of it, and did not ask for all that the whole will.
    fn is_first_part(&self, _: &Self::Built) -> bool {
        false
    }

    /// Whether what was concluded last was only the first part of it: a build of the same files is wanted.
    fn is_unfinished(&self) -> bool {
        false
    }

    /// How long what was concluded last is still left to those who look at it, before the rest of it is built; asked
    /// again after that, until it is nothing.
    fn pause(&self) -> Option<Duration> {
        None
    }

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
/// However much goes on, after so long it is built.
const LONGEST_UNREST: Duration = Duration::from_secs(3);
/// Between two looks at something that is about to change.
const PAUSE: Duration = Duration::from_millis(5);

/// Watches `root` and builds, once at first and then after every change, until it is stopped.
/// # Errors
/// If [`Backend::Native`] was asked for and the system gives no events.
pub fn watch<P: Plan>(plan: &mut P, root: &Path, backend: Backend, stop: &Stop) -> Result<(), WatchError> {
    let mut eyes = Eyes::new(root, backend, stop);
    while let Some(mut world) = present_world(plan, &mut eyes) {
        eyes.begin();
        let mut record = Record::default();
        loop {
            eyes.look_at(&world, &mut |notice| plan.tell(notice))?;
            record = build_latest(plan, &world, &mut eyes, record)?;
            plan.tell(Notice::Waiting);
            // The configuration may have opened or closed a folder.
            eyes.look_again_at_folders();
            match wait_for_change(plan, &world, &mut record, &mut eyes)? {
                Some(next) => world = next,
                None => break,
            }
        }
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
        eyes.forget();
        eyes.wait();
    }
    None
}

/// Builds until nothing has changed in the meantime. What a newer change has overtaken is dropped.
fn build_latest<P: Plan>(
    plan: &mut P,
    world: &SystemWorld,
    eyes: &mut Eyes,
    mut record: Record,
) -> Result<Record, WatchError> {
    loop {
        let recorder = Recorder::new(world, &record);
        let built = plan.build(&recorder);
        let asked = recorder.finish();
        record = if plan.is_first_part(&built) { asked.over(record) } else { asked };
        if eyes.have_news() {
            eyes.wait_for_close();
            if settled(plan, &mut record, world, eyes)? == Comparison::Changed {
                continue;
            }
        }
        plan.conclude(built);
        let is_over = !plan.is_unfinished() || eyes.have_news();
        if is_over || std::iter::from_fn(|| plan.pause()).any(|pause| eyes.have_news_within(pause)) {
            return Ok(record);
        }
    }
}

/// Hands back the files once what was read is no longer what is there; `None` where the root is no longer the folder
/// that it was, or watching is to end.
fn wait_for_change<P: Plan>(
    plan: &mut P,
    world: &SystemWorld,
    record: &mut Record,
    eyes: &mut Eyes,
) -> Result<Option<SystemWorld>, WatchError> {
    eyes.look_at(world, &mut |notice| plan.tell(notice))?;
    loop {
        eyes.wait();
        eyes.wait_for_close();
        let Some(world) = plan.world().ok().filter(|_| !eyes.are_closed() && !eyes.are_elsewhere()) else {
            return Ok(None);
        };
        if settled(plan, record, &world, eyes)? == Comparison::Changed || plan.is_unfinished() {
            return Ok((!eyes.are_elsewhere()).then_some(world));
        }
        plan.tell(Notice::Unchanged);
    }
}

/// Compares once nobody is in the middle of writing, as far as can be told. That nothing has changed is known at once;
/// of a change it is seen first whether more comes with it.
fn settled<P: Plan>(
    plan: &mut P,
    record: &mut Record,
    world: &SystemWorld,
    eyes: &mut Eyes,
) -> Result<Comparison, WatchError> {
    let (begin, mut changed) = (Instant::now(), false);
    loop {
        eyes.hold_for_git();
        eyes.look_at(world, &mut |notice| plan.tell(notice))?;
        let half = if begin.elapsed() < HALF_WRITTEN { Half::Wait } else { Half::Take };
        let now = eyes.compare(record, world, half);
        changed |= now == Comparison::Changed;
        match now {
            Comparison::HalfWritten => std::thread::sleep(PAUSE),
            // What comes while it is being compared belongs to the same save, or to the same branch switch.
            Comparison::Same | Comparison::Changed => {
                if changed && begin.elapsed() < LONGEST_UNREST {
                    eyes.wait_for_quiet();
                    if eyes.hold_for_git() || eyes.go_on(now) {
                        continue;
                    }
                }
                return Ok(if changed { Comparison::Changed } else { Comparison::Same });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::PathBuf;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::sync::mpsc::{Sender, channel};

    use super::*;
    use crate::project::{ProjectPath, ReadError};

    /// Builds a draft and an image; but an edit of the draft at first without the image.
    struct InParts {
        root: tempfile::TempDir,
        is_edit: bool,
        unfinished: bool,
        images: Vec<Result<Vec<u8>, ReadError>>,
    }

    impl Plan for InParts {
        type Built = bool;

        fn world(&self) -> io::Result<SystemWorld> {
            SystemWorld::open(self.root.path())
        }

        fn build(&mut self, world: &dyn World) -> bool {
            let read = |name| world.read(&ProjectPath::root().child(name), 99);
            let _ = read("a.md");
            let is_first = std::mem::take(&mut self.is_edit);
            if !is_first {
                self.images.push(read("a.png"));
            }
            is_first
        }

        fn is_first_part(&self, built: &bool) -> bool {
            *built
        }

        fn conclude(&mut self, built: bool) {
            self.unfinished = built;
            if built {
                // Somebody replaces it just now.
                fs::remove_file(self.root.path().join("a.png")).expect("it is there");
            }
        }

        fn is_unfinished(&self) -> bool {
            self.unfinished
        }

        fn tell(&mut self, _: Notice) {}
    }

    /// Counts its builds, and tells what it is told.
    struct Counting(PathBuf, Arc<AtomicUsize>, Sender<Notice>);

    impl Plan for Counting {
        type Built = ();

        fn world(&self) -> io::Result<SystemWorld> {
            SystemWorld::open(&self.0)
        }

        fn build(&mut self, world: &dyn World) {
            let _ = world.read(&ProjectPath::root().child("a.md"), 99);
            self.1.fetch_add(1, Ordering::Relaxed);
        }

        fn conclude(&mut self, (): ()) {}

        fn tell(&mut self, notice: Notice) {
            let _ = self.2.send(notice);
        }
    }

    /// A save of equal bytes brings about no build, and is known for what it is.
    #[test]
    fn what_has_not_changed_is_told() {
        let root = tempfile::tempdir().expect("a temporary folder");
        let draft = root.path().join("a.md");
        fs::write(&draft, "a").expect("a file");
        let (builds, stop, (told, notices)) = (Arc::default(), Stop::default(), channel());
        let mut plan = Counting(root.path().to_owned(), Arc::clone(&builds), told);
        let (end, folder) = (stop.clone(), root.path().to_owned());
        let watching = std::thread::spawn(move || watch(&mut plan, &folder, Backend::Native, &end));
        let wait = |wanted| while notices.recv().expect("it goes on") != wanted {};
        wait(Notice::Waiting);
        fs::write(&draft, "a").expect("a file");
        wait(Notice::Unchanged);
        assert_eq!(builds.load(Ordering::Relaxed), 1);
        fs::write(&draft, "b").expect("a file");
        wait(Notice::Waiting);
        assert_eq!(builds.load(Ordering::Relaxed), 2);
        stop.stop();
        watching.join().expect("it does not panic").expect("there are events");
    }

    /// What the first part of a build does not ask for is not forgotten: the whole is of the same moment.
    #[test]
    fn the_whole_after_a_first_part_reads_nothing_again() {
        let root = tempfile::tempdir().expect("a temporary folder");
        for name in ["a.md", "a.png"] {
            fs::write(root.path().join(name), name).expect("a file");
        }
        let mut plan = InParts { root, is_edit: false, unfinished: false, images: Vec::new() };
        let world = plan.world().expect("it is there");
        // Eyes upon another folder, where nothing ever happens.
        let elsewhere = tempfile::tempdir().expect("a temporary folder");
        let nothing = SystemWorld::open(elsewhere.path()).expect("it is there");
        let mut eyes = Eyes::new(elsewhere.path(), Backend::Native, &Stop::default());
        while eyes.have_news() {
            eyes.look_at(&nothing, &mut |_| ()).expect("there are events");
            eyes.compare(&mut Record::default(), &nothing, Half::Take);
        }
        let record = build_latest(&mut plan, &world, &mut eyes, Record::default()).expect("nothing fails");
        plan.is_edit = true;
        build_latest(&mut plan, &world, &mut eyes, record).expect("nothing fails");
        assert_eq!(plan.images, [Ok(b"a.png".to_vec()), Ok(b"a.png".to_vec())]);
    }
}
