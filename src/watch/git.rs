//! Whether git is rewriting the working tree: what stands there then is a mix of two. And which commit is checked out.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime};

use crate::project::history;

/// How long git may hold its index before it is taken for dead.
const PATIENCE: Duration = Duration::from_secs(10);
/// Between two looks.
const PAUSE: Duration = Duration::from_millis(5);

/// The repository around a project, if there is one.
#[derive(Debug, Default)]
pub(super) struct Git {
    /// A lock that nobody has let go of, by the time it was made.
    dead: Option<SystemTime>,
    /// The commit that was checked out at the last look.
    head: Option<String>,
}

impl Git {
    /// Waits while git rewrites the working tree; whether it did, and has done.
    pub(super) fn hold(&mut self, root: &Path) -> bool {
        let Some(lock) = lock(root) else { return false };
        let made = || std::fs::metadata(&lock).and_then(|metadata| metadata.modified()).ok();
        let deadline = Instant::now() + PATIENCE;
        let mut held = false;
        while let Some(made) = made().filter(|made| Some(*made) != self.dead) {
            if Instant::now() > deadline {
                self.dead = Some(made);
                return false;
            }
            held = true;
            std::thread::sleep(PAUSE);
        }
        held
    }

    /// Whether another commit is checked out than at the last look. No event tells: nothing in `.git` is watched.
    pub(super) fn has_moved(&mut self, root: &Path) -> bool {
        let before = std::mem::replace(&mut self.head, history::head(root));
        before != self.head
    }
}

/// What git makes while it writes the index and the files (gitrepository-layout(5)).
fn lock(root: &Path) -> Option<PathBuf> {
    root.ancestors().find_map(|folder| git_folder(&folder.join(".git"))).map(|git| git.join("index.lock"))
}

/// Where git keeps a working tree's index: `.git` itself, or what a linked tree's file `.git` names.
fn git_folder(git: &Path) -> Option<PathBuf> {
    if git.is_dir() {
        return Some(git.to_owned());
    }
    let text = std::fs::read_to_string(git).ok()?;
    Some(git.parent()?.join(text.strip_prefix("gitdir:")?.trim()))
}
