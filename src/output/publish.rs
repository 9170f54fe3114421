use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::disk::{Disk, SystemDisk};
use super::{Lock, Manifest, OutputRecord, digest};

/// The manifest's name in the output folder.
pub const MANIFEST_FILE: &str = "manifest.json";

/// How long to wait for another build.
const PATIENCE: Duration = Duration::from_secs(10);
/// Files not yet in their place.
const STAGED: &str = ".rapporteur-staged-";
/// What is left to do once a set is complete.
const JOURNAL: &str = ".rapporteur.journal";
/// What makes git keep the folder, but nothing in it.
const IGNORE: &str = "*\n!.gitignore\n";

/// A file to publish.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutputFile {
    /// Its name, without a folder.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// Why a set was not published. What was there before is there still.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PublishError {
    /// Another process was writing all the while.
    Locked {
        /// It, if it is known.
        holder: Option<u32>,
    },
    /// The system refused.
    Io {
        /// On what.
        path: PathBuf,
        /// In its words.
        why: String,
    },
}

impl PublishError {
    pub(super) fn io(path: &Path, error: &io::Error) -> Self {
        Self::Io { path: path.to_owned(), why: error.to_string() }
    }
}

impl fmt::Display for PublishError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Locked { holder: Some(pid) } => write!(f, "process {pid} is writing to the output folder"),
            Self::Locked { holder: None } => f.write_str("another process is writing to the output folder"),
            Self::Io { path, why } => write!(f, "{} cannot be written: {why}", path.display()),
        }
    }
}

impl std::error::Error for PublishError {}

/// Puts a set in its place in `folder`, made if need be. `manifest.outputs` is filled in from the files.
/// # Errors
/// If another process writes there for longer than ten seconds, or the system refuses.
pub fn publish(folder: &Path, files: &[OutputFile], manifest: Manifest) -> Result<Manifest, PublishError> {
    publish_on(&SystemDisk, folder, files, manifest)
}

/// Ends what an interrupted run has begun in `folder`: a complete set is put in its place, of
/// any other nothing is left.
/// # Errors
/// As [`publish`].
pub fn recover(folder: &Path) -> Result<(), PublishError> {
    if !folder.join(JOURNAL).exists() {
        return Ok(());
    }
    let _lock = Lock::take(folder, PATIENCE)?;
    Staging { disk: &SystemDisk, folder }.recover()
}

fn publish_on(
    disk: &dyn Disk,
    folder: &Path,
    files: &[OutputFile],
    mut manifest: Manifest,
) -> Result<Manifest, PublishError> {
    let records = files.iter().map(|file| OutputRecord {
        path: file.name.clone(),
        bytes: file.bytes.len() as u64,
        sha256: digest(&file.bytes),
    });
    manifest.outputs = records.collect();
    let mut files = files.to_vec();
    files.push(OutputFile { name: MANIFEST_FILE.to_owned(), bytes: manifest.to_json().into_bytes() });

    disk.create_folder(folder).map_err(|error| PublishError::io(folder, &error))?;
    let _lock = Lock::take(folder, PATIENCE)?;
    let staging = Staging { disk, folder };
    staging.recover()?;
    staging.keep_out_of_git()?;
    // A file that is there as it is to be stays untouched: viewers need not load it again.
    files.retain(|file| disk.read(&folder.join(&file.name)).ok().as_ref() != Some(&file.bytes));
    if files.is_empty() {
        return Ok(manifest);
    }
    if let Err(error) = staging.stage(&files) {
        // Nothing of the set is in its place yet. What cannot be cleared away now is cleared next time.
        let _ = staging.clear();
        return Err(error);
    }
    staging.commit(&files)?;
    staging.roll_forward()?;
    Ok(manifest)
}

/// A set that is complete: what stands under which digest for which name.
#[derive(Debug, Serialize, Deserialize)]
struct Journal {
    files: Vec<JournalEntry>,
}

#[derive(Debug, Serialize, Deserialize)]
struct JournalEntry {
    name: String,
    sha256: String,
}

struct Staging<'a> {
    disk: &'a dyn Disk,
    folder: &'a Path,
}

impl Staging<'_> {
    fn recover(&self) -> Result<(), PublishError> {
        self.roll_forward()?;
        self.clear()
    }

    fn keep_out_of_git(&self) -> Result<(), PublishError> {
        let path = self.folder.join(".gitignore");
        if self.disk.read(&path).is_ok() {
            return Ok(());
        }
        let staged = self.staged(".gitignore");
        self.doing(&staged, self.disk.write(&staged, IGNORE.as_bytes()))?;
        self.doing(&path, self.disk.rename(&staged, &path))
    }

    /// Writes every file beside its place, and reads it back: a device that lies is found out here.
    fn stage(&self, files: &[OutputFile]) -> Result<(), PublishError> {
        for file in files {
            let (staged, place) = (self.staged(&file.name), self.folder.join(&file.name));
            if place.is_dir() {
                return Err(PublishError::Io { path: place, why: "a folder is in its place".to_owned() });
            }
            self.doing(&place, self.disk.write(&staged, &file.bytes))?;
            if self.doing(&place, self.disk.read(&staged))? != file.bytes {
                return Err(PublishError::Io { path: place, why: "it does not read back as written".to_owned() });
            }
        }
        self.doing(self.folder, self.disk.sync_folder(self.folder))
    }

    /// From here on the set is published, whatever happens.
    fn commit(&self, files: &[OutputFile]) -> Result<(), PublishError> {
        let entries = files.iter().map(|file| JournalEntry { name: file.name.clone(), sha256: digest(&file.bytes) });
        let journal = Journal { files: entries.collect() };
        let text = serde_json::to_vec(&journal).expect("strings have a place in JSON");
        let (staged, place) = (self.staged("journal"), self.folder.join(JOURNAL));
        self.doing(&place, self.disk.write(&staged, &text))?;
        self.doing(&place, self.disk.rename(&staged, &place))?;
        self.doing(self.folder, self.disk.sync_folder(self.folder))
    }

    /// Does what a journal has left to do; nothing if there is none.
    fn roll_forward(&self) -> Result<(), PublishError> {
        let path = self.folder.join(JOURNAL);
        let text = match self.disk.read(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(PublishError::io(&path, &error)),
        };
        // Unreadable only if someone else wrote it: a journal appears whole.
        let journal: Journal = serde_json::from_slice(&text).unwrap_or(Journal { files: Vec::new() });
        let ours = journal.files.iter().filter(|entry| is_plain(&entry.name));
        for entry in ours {
            let (staged, place) = (self.staged(&entry.name), self.folder.join(&entry.name));
            match self.disk.read(&staged) {
                Ok(bytes) if digest(&bytes) == entry.sha256 => self.doing(&place, self.disk.rename(&staged, &place))?,
                Ok(_) => {}
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(PublishError::io(&staged, &error)),
            }
        }
        self.doing(self.folder, self.disk.sync_folder(self.folder))?;
        self.doing(&path, self.disk.remove(&path))
    }

    /// Removes files that were staged for a set that never became complete.
    fn clear(&self) -> Result<(), PublishError> {
        for path in self.doing(self.folder, self.disk.names(self.folder))? {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            if name.starts_with(STAGED) {
                self.doing(&path, self.disk.remove(&path))?;
            }
        }
        Ok(())
    }

    fn staged(&self, name: &str) -> PathBuf {
        self.folder.join(format!("{STAGED}{name}"))
    }

    fn doing<T>(&self, path: &Path, result: io::Result<T>) -> Result<T, PublishError> {
        result.map_err(|error| PublishError::io(path, &error))
    }
}

/// Whether a name from a journal stays in the folder.
fn is_plain(name: &str) -> bool {
    !name.is_empty() && !name.contains(['/', '\\', '\0']) && name != "." && name != ".."
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
