//! What git knows about the drafts. Reads objects itself: no command, hook, filter or helper is run.
//!
//! In: a folder in a work tree, revisions as people name them. Out: dates, commits ([`Revision`]), and what a project held at one ([`CommitWorld`]).
//! Never reads the index, and writes nothing but a tag that it is asked for ([`tag`]).

mod commit;
mod release;
mod revision;
mod version;

pub use commit::{CommitError, CommitWorld};
pub use release::{Standing, TagPlace, can_tag, commit, place_in_repository, standing, tag, top};
pub use revision::{Range, RangeError, Revision, one, person, range, releases};
pub use version::Version;

use std::collections::{BinaryHeap, HashSet};
use std::path::{Path, PathBuf};

use gix::{Commit, ObjectId, Repository};

/// No history is followed further than this many commits.
const MOST_COMMITS: usize = 50_000;

/// When, in Unix time, a commit last changed one of the files at `paths` beneath `root`: the committer's
/// date. `None` without a repository, without a commit, or where no commit holds one of them.
/// # Errors
/// Why the repository must not be read, or cannot be.
pub fn newest_commit(root: &Path, paths: &[&str]) -> Result<Option<i64>, String> {
    match open(root) {
        Ok(repository) => {
            let Ok(head) = repository.head_id() else { return Ok(None) };
            let Some(folder) = folder_of(&repository, root)? else { return Ok(None) };
            Ok(newest_in(&repository, head.detach(), &folder, paths)?.map(|newest| newest.0))
        }
        Err(State::Refused(why)) => Err(why),
        Err(State::Absent | State::Unborn | State::Shallow | State::Whole) => Ok(None),
    }
}

/// Whether a clone was cut off (`git clone --depth`) at the very commit that [`newest_commit`] finds: the files may be older than that.
pub fn is_cut(root: &Path, paths: &[&str]) -> bool {
    let cut = || -> Option<bool> {
        let repository = open(root).ok().filter(|repository| repository.is_shallow().unwrap_or_default())?;
        let head = repository.head_id().ok()?.detach();
        let folder = folder_of(&repository, root).ok()??;
        let (_, newest) = newest_in(&repository, head, &folder, paths).ok()??;
        let parents = repository.find_commit(newest).ok()?.parent_ids().map(gix::Id::detach).collect::<Vec<_>>();
        Some(parents.into_iter().any(|parent| repository.find_commit(parent).is_err()))
    };
    cut().unwrap_or_default()
}

/// The commit that is checked out around a folder, by its name; `None` without one.
pub fn head(root: &Path) -> Option<String> {
    open(root).ok()?.head_id().ok().map(|id| id.to_string())
}

/// When the commit that is checked out around a folder was committed, in Unix time; `None` without one.
pub fn head_time(root: &Path) -> Option<i64> {
    let repository = open(root).ok()?;
    let head = repository.head_id().ok()?.detach();
    commit_time(&repository, head).ok()
}

/// Where a folder lies in the work tree; `None` without one, or outside it.
fn folder_of(repository: &Repository, root: &Path) -> Result<Option<PathBuf>, String> {
    let real = |path: &Path| path.canonicalize().map_err(|error| format!("{}: {error}", path.display()));
    let Some(workdir) = repository.workdir() else { return Ok(None) };
    let (workdir, root) = (real(workdir)?, real(root)?);
    Ok(root.strip_prefix(&workdir).ok().map(Path::to_owned))
}

/// The same from a commit on, for paths beneath a folder of the work tree; and which commit it is.
fn newest_in(
    repository: &Repository,
    from: ObjectId,
    folder: &Path,
    paths: &[&str],
) -> Result<Option<(i64, ObjectId)>, String> {
    let paths: Vec<_> = paths.iter().map(|path| folder.join(path)).collect();
    let mut waiting = BinaryHeap::new();
    let mut seen = HashSet::new();
    waiting.push((commit_time(repository, from)?, from));
    while let Some((time, id)) = waiting.pop() {
        if seen.len() > MOST_COMMITS || !seen.insert(id) {
            continue;
        }
        let commit = repository.find_commit(id).map_err(|error| error.to_string())?;
        let here = versions(&commit, &paths)?;
        let parents: Vec<ObjectId> = commit.parent_ids().map(gix::Id::detach).collect();
        // Like git's own simplification: a merge that took one side as it is has changed nothing.
        let same = parents.iter().find(|parent| {
            let parent = repository.find_commit(**parent).ok();
            parent.is_some_and(|parent| versions(&parent, &paths).is_ok_and(|there| there == here))
        });
        match same {
            Some(parent) => waiting.push((commit_time(repository, *parent)?, *parent)),
            None if here.iter().any(Option::is_some) => return Ok(Some((time, id))),
            None => {
                // A history that was cut off (`git clone --depth`) ends where a parent is not there.
                for parent in parents {
                    waiting.extend(commit_time(repository, parent).map(|time| (time, parent)));
                }
            }
        }
    }
    Ok(None)
}

/// How much of a history there is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// There is no repository.
    Absent,
    /// It has no commit.
    Unborn,
    /// Its older commits are left out (`git clone --depth`).
    Shallow,
    /// It is all there.
    Whole,
    /// It cannot be opened, for this reason.
    Refused(String),
}

/// What there is of a history around a folder.
pub fn state(root: &Path) -> State {
    match open(root) {
        Err(state) => state,
        Ok(repository) if repository.head_id().is_err() => State::Unborn,
        Ok(repository) if repository.is_shallow().unwrap_or_default() => State::Shallow,
        Ok(_) => State::Whole,
    }
}

/// Like git, leaves a repository alone that belongs to someone else.
fn open(root: &Path) -> Result<Repository, State> {
    let around = root.ancestors().any(|folder| folder.join(".git").exists());
    match gix::discover(root) {
        Ok(repository) if repository.git_dir_trust() == gix::sec::Trust::Full => Ok(repository),
        Ok(_) => {
            Err(State::Refused("it belongs to another user, and git's `safe.directory` does not name it".to_owned()))
        }
        Err(error) if around => Err(State::Refused(error.to_string())),
        Err(_) => Err(State::Absent),
    }
}

fn commit_time(repository: &Repository, id: ObjectId) -> Result<i64, String> {
    let commit = repository.find_commit(id).map_err(|error| error.to_string())?;
    Ok(commit.time().map_err(|error| error.to_string())?.seconds)
}

/// The object at each path, where there is one.
fn versions(commit: &Commit<'_>, paths: &[std::path::PathBuf]) -> Result<Vec<Option<ObjectId>>, String> {
    let tree = commit.tree().map_err(|error| error.to_string())?;
    let version = |path: &std::path::PathBuf| {
        let entry = tree.lookup_entry_by_path(path).map_err(|error| error.to_string())?;
        Ok(entry.map(|entry| entry.object_id()))
    };
    paths.iter().map(version).collect()
}
