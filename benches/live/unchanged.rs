//! A save of equal bytes: from the end of the write until it is known that nothing has changed.

use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use rapporteur::pipeline::{self, Request};
use rapporteur::project::{self, Date, Entry, SystemWorld, World};
use rapporteur::watch::{self, Backend, Notice, Plan, Stop};

/// However busy the machine, this is long enough.
const DEADLINE: Duration = Duration::from_secs(120);
/// After so long without a notice there is none to come.
const REST: Duration = Duration::from_millis(100);

/// Reads all that a build reads, and makes nothing of it.
struct Reader {
    root: PathBuf,
    told: Sender<(Instant, Notice)>,
}

impl Plan for Reader {
    type Built = ();

    fn world(&self) -> io::Result<SystemWorld> {
        SystemWorld::open(&self.root)
    }

    fn build(&mut self, world: &dyn World) {
        let date = Date { year: 2026, month: 1, day: 31 };
        let request = Request { date, formats: None, name: "measured".to_owned() };
        pipeline::prepare(world, project::load(world, &Entry::Configuration), &request, &|_| {});
    }

    fn conclude(&mut self, (): ()) {}

    fn tell(&mut self, notice: Notice) {
        // Nobody listens any longer at the end.
        let _ = self.told.send((Instant::now(), notice));
    }
}

/// Saves a draft as it is, again and again.
pub fn measure(files: &[(String, String)], saves: usize) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a file has a folder")).expect("folders");
        fs::write(path, text).expect("a file");
    }
    let (told, notices) = channel();
    let stop = Stop::default();
    let root = folder.path().canonicalize().expect("it is there");
    let mut reader = Reader { root: root.clone(), told };
    let end = stop.clone();
    let watching = std::thread::spawn(move || watch::watch(&mut reader, &root, Backend::Native, &end));
    wait(&notices, &Notice::Waiting);
    rest(&notices);
    let (name, text) = &files[files.len() / 2];
    let mut took: Vec<f64> = (0..saves)
        .map(|_| {
            fs::write(folder.path().join(name), text).expect("a file");
            let saved = Instant::now();
            let known = wait(&notices, &Notice::Unchanged);
            rest(&notices);
            known.saturating_duration_since(saved).as_secs_f64() * 1000.0
        })
        .collect();
    took.sort_by(f64::total_cmp);
    let at = |share: usize| took[(took.len() * share / 100).min(took.len() - 1)];
    let drafts = files.len() - 1;
    writeln!(io::stdout(), "a save of equal bytes, {drafts} drafts: known after {:.1}/{:.1} ms", at(50), at(95))
        .expect("stdout is open");
    stop.stop();
    watching.join().expect("it does not panic").expect("there are events");
}

/// When it was told.
fn wait(notices: &Receiver<(Instant, Notice)>, wanted: &Notice) -> Instant {
    loop {
        let (at, notice) = notices.recv_timeout(DEADLINE).expect("it is told");
        if notice == *wanted {
            return at;
        }
    }
}

fn rest(notices: &Receiver<(Instant, Notice)>) {
    while notices.recv_timeout(REST) != Err(RecvTimeoutError::Timeout) {}
}
