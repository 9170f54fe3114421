//! Files beside their place, and into it.
//!
//! In: a folder, files, a [`Journal`]. Out: a folder that holds a whole set again. Whatever operation fails, a journal
//! that stands in the folder leads to a whole set. Never touches a file that no journal names.

use std::io;
use std::path::{Path, PathBuf};

use super::disk::Disk;
use super::journal::{Change, JOURNAL, Journal, STAGED, Step};
use super::{PublishError, digest};

/// What makes git keep the folder, but nothing in it.
pub(super) const IGNORE: &str = "*\n!.gitignore\n";

/// A file of a set that changes.
pub(super) struct Changed {
    pub(super) name: String,
    /// What stands there; `None` if nothing.
    pub(super) before: Option<Vec<u8>>,
    /// What is to stand there; `None` if nothing.
    pub(super) after: Option<Vec<u8>>,
}

/// A folder that is published to.
pub(super) struct Staging<'a> {
    pub(super) disk: &'a dyn Disk,
    pub(super) folder: &'a Path,
}

/// How far a step is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Waiting,
    Done,
    /// What was staged is lost or damaged.
    Lost,
}

impl Staging<'_> {
    /// Ends what a run before has begun. A set of which a part was lost meanwhile is given up where nothing of it is
    /// in its place yet; else its journal stays until the next set is published, and the answer is false.
    pub(super) fn recover(&self) -> Result<bool, PublishError> {
        let is_whole = self.roll_forward()?;
        self.clear()?;
        Ok(is_whole)
    }

    pub(super) fn keep_out_of_git(&self) -> Result<(), PublishError> {
        let path = self.folder.join(".gitignore");
        if self.read(&path)?.is_some() {
            return Ok(());
        }
        let staged = self.folder.join(format!("{STAGED}gitignore"));
        self.doing(&staged, self.disk.write(&staged, IGNORE.as_bytes()))?;
        self.doing(&path, self.disk.rename(&staged, &path))
    }

    /// What stands at a path; `None` if nothing.
    pub(super) fn read(&self, path: &Path) -> Result<Option<Vec<u8>>, PublishError> {
        match self.disk.read(path) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(PublishError::io(path, &error)),
        }
    }

    /// Puts a set in its place. If that fails, what was there before is there again: at once, or if that fails too,
    /// as soon as the next run begins there is the one set or the other.
    pub(super) fn replace(&self, changed: &[Changed]) -> Result<(), PublishError> {
        let new = changed.iter().map(|file| (file.name.as_str(), file.after.as_deref(), file.before.as_deref()));
        if let Err(error) = self.stage(new, "new-").and_then(|journal| self.commit(&journal)) {
            // Nothing of the set is in its place yet. What cannot be cleared away now is cleared next time.
            let _ = self.disk.remove(&self.folder.join(JOURNAL));
            let _ = self.clear();
            return Err(error);
        }
        self.roll_forward().map(|_| ()).inspect_err(|_| {
            let old = changed.iter().map(|file| (file.name.as_str(), file.before.as_deref(), file.after.as_deref()));
            // One journal takes the other's place in one step: what fails here is done by the next run.
            let back = self.stage(old, "old-").and_then(|journal| self.commit(&journal));
            let _ = back.and_then(|()| self.recover().map(|_| ()));
        })
    }

    /// Writes every file beside its place, and reads it back: a device that lies is found out here.
    fn stage<'f>(
        &self,
        files: impl Iterator<Item = (&'f str, Option<&'f [u8]>, Option<&'f [u8]>)>,
        mark: &str,
    ) -> Result<Journal, PublishError> {
        let mut journal = Journal::default();
        for (name, after, before) in files {
            let place = self.folder.join(name);
            let (change, bytes) = match (after, before) {
                (Some(bytes), _) => (Change::Put(format!("{STAGED}{mark}{name}")), bytes),
                (None, Some(bytes)) => (Change::Remove, bytes),
                (None, None) => continue,
            };
            if let Change::Put(staged) = &change {
                let staged = self.folder.join(staged);
                self.doing(&place, self.disk.write(&staged, bytes))?;
                if self.doing(&place, self.disk.read(&staged))? != bytes {
                    return Err(PublishError::Io { path: place, why: "it does not read back as written".to_owned() });
                }
            }
            journal.steps.push(Step { name: name.to_owned(), change, sha256: digest(bytes) });
        }
        self.doing(self.folder, self.disk.sync_folder(self.folder))?;
        Ok(journal)
    }

    /// From here on a crash leads to this set.
    fn commit(&self, journal: &Journal) -> Result<(), PublishError> {
        let (staged, place) = (self.folder.join(format!("{STAGED}journal")), self.folder.join(JOURNAL));
        self.doing(&place, self.disk.write(&staged, &journal.to_bytes()))?;
        self.doing(&place, self.disk.rename(&staged, &place))?;
        self.doing(self.folder, self.disk.sync_folder(self.folder))
    }

    /// Does what a journal has left to do; false if it cannot be done and the folder holds parts of two sets.
    fn roll_forward(&self) -> Result<bool, PublishError> {
        let path = self.folder.join(JOURNAL);
        let Some(text) = self.read(&path)? else { return Ok(true) };
        let journal = Journal::read(&text);
        // All is looked at before anything is done: half a set is worse than none.
        let states = journal.steps.iter().map(|step| self.state(step)).collect::<Result<Vec<_>, _>>()?;
        if states.contains(&State::Lost) {
            let placed = |(step, state): (&Step, &State)| *state == State::Done && step.change != Change::Remove;
            if journal.steps.iter().zip(&states).any(placed) {
                return Ok(false);
            }
        } else {
            let waiting = journal.steps.iter().zip(&states).filter(|(_, state)| **state == State::Waiting);
            waiting.map(|(step, _)| step).try_for_each(|step| self.run(step))?;
            self.doing(self.folder, self.disk.sync_folder(self.folder))?;
        }
        self.doing(&path, self.disk.remove(&path))?;
        Ok(true)
    }

    fn state(&self, step: &Step) -> Result<State, PublishError> {
        let in_place = self.read(&self.folder.join(&step.name))?.is_some_and(|bytes| digest(&bytes) == step.sha256);
        Ok(match (&step.change, in_place) {
            (Change::Remove, true) => State::Waiting,
            // Gone, or something else by now, which is not ours.
            (Change::Remove, false) | (Change::Put(_), true) => State::Done,
            (Change::Put(staged), false) => {
                let staged = self.read(&self.folder.join(staged))?;
                if staged.is_some_and(|bytes| digest(&bytes) == step.sha256) { State::Waiting } else { State::Lost }
            }
        })
    }

    fn run(&self, step: &Step) -> Result<(), PublishError> {
        let place = self.folder.join(&step.name);
        match &step.change {
            Change::Put(staged) => self.doing(&place, self.disk.rename(&self.folder.join(staged), &place)),
            Change::Remove => self.doing(&place, self.disk.remove(&place)),
        }
    }

    /// Removes what is staged and belongs to no journal.
    pub(super) fn clear(&self) -> Result<(), PublishError> {
        let names: Vec<PathBuf> = self.doing(self.folder, self.disk.names(self.folder))?;
        for path in names {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            if name.starts_with(STAGED) {
                self.doing(&path, self.disk.remove(&path))?;
            }
        }
        Ok(())
    }

    fn doing<T>(&self, path: &Path, result: io::Result<T>) -> Result<T, PublishError> {
        result.map_err(|error| PublishError::io(path, &error))
    }
}
