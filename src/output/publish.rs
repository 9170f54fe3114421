use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::Deserialize;

use super::disk::{Disk, SystemDisk};
use super::journal::{JOURNAL, is_output};
use super::staging::{Changed, Staging};
use super::{Lock, Manifest, OutputRecord, digest};

/// A report's manifest's name in the output folder.
pub const MANIFEST_FILE: &str = "manifest.json";

/// How long to wait for another build.
pub(super) const PATIENCE: Duration = Duration::from_secs(10);

/// A file to publish.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutputFile {
    /// Its name, without a folder.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// Why a set was not published. What was there before is there still; if the system refuses even to put it back, the
/// next run ends with one whole set or the other.
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

/// Puts a set in its place in `folder`, made if need be. `manifest.outputs` is filled in from the files, and `record` is the name that it is written
/// under: sets of different names stand beside each other. Files of the set before, as its manifest names them, that are not part of this one go, if
/// they are as they were written.
/// # Errors
/// If another process writes there for longer than ten seconds, or the system refuses.
pub fn publish(
    folder: &Path,
    record: &str,
    files: &[OutputFile],
    manifest: Manifest,
) -> Result<Manifest, PublishError> {
    publish_on(&SystemDisk, folder, record, files, manifest)
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
    Staging { disk: &SystemDisk, folder }.recover().map(|_| ())
}

fn publish_on(
    disk: &dyn Disk,
    folder: &Path,
    record: &str,
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
    files.push(OutputFile { name: record.to_owned(), bytes: manifest.to_json().into_bytes() });

    disk.create_folder(folder).map_err(|error| PublishError::io(folder, &error))?;
    let _lock = Lock::take(folder, PATIENCE)?;
    let staging = Staging { disk, folder };
    let is_whole = staging.recover()?;
    staging.keep_out_of_git()?;
    let changed = changed(&staging, record, files)?;
    if !changed.is_empty() || !is_whole {
        staging.replace(&changed)?;
    }
    Ok(manifest)
}

/// What changes in the folder: files that are not there as they are to be, the manifest last, and then what goes.
fn changed(staging: &Staging<'_>, record: &str, files: Vec<OutputFile>) -> Result<Vec<Changed>, PublishError> {
    let stale = stale(staging, record, &files)?;
    let mut changed = Vec::new();
    for OutputFile { name, bytes } in files {
        let place = staging.folder.join(&name);
        if place.is_dir() {
            return Err(PublishError::Io { path: place, why: "a folder is in its place".to_owned() });
        }
        let before = staging.read(&place)?;
        // A file that is there as it is to be stays untouched: viewers need not load it again.
        if before.as_ref() != Some(&bytes) {
            changed.push(Changed { name, before, after: Some(bytes) });
        }
    }
    changed.extend(stale);
    Ok(changed)
}

/// The part of a manifest that says what was written.
#[derive(Deserialize)]
struct Written {
    outputs: Vec<WrittenFile>,
}

#[derive(Deserialize)]
struct WrittenFile {
    path: String,
    sha256: String,
}

/// Files of the set before that are no part of this one; what someone has changed since is not ours.
fn stale(staging: &Staging<'_>, record: &str, files: &[OutputFile]) -> Result<Vec<Changed>, PublishError> {
    let manifest = staging.read(&staging.folder.join(record))?.unwrap_or_default();
    let Ok(written) = serde_json::from_slice::<Written>(&manifest) else { return Ok(Vec::new()) };
    // Some file systems take two names that differ in case for one.
    let stays = |name: &str| files.iter().any(|file| file.name.to_lowercase() == name.to_lowercase());
    let mut stale = Vec::new();
    for WrittenFile { path: name, sha256 } in written.outputs {
        let place = staging.folder.join(&name);
        if is_output(&name) && !stays(&name) && !place.is_symlink() && place.is_file() {
            let before = staging.read(&place)?.filter(|bytes| digest(bytes) == sha256);
            stale.extend(before.map(|before| Changed { name, before: Some(before), after: None }));
        }
    }
    Ok(stale)
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
