//! Which folders there are, and whether they are still the same ones.

use std::collections::BTreeMap;
use std::fs::Metadata;
use std::path::{Path, PathBuf};

use crate::project::SystemWorld;

/// What tells a folder from another that has taken its place.
pub(super) type Identity = (u64, u64);

/// Every open folder of a project, the root included.
pub(super) fn folders(world: &SystemWorld) -> BTreeMap<PathBuf, Identity> {
    let folders = world.folders().into_iter();
    folders.filter_map(|folder| Some((folder.clone(), identity(&folder)?))).collect()
}

/// A folder's identity; `None` if it is not there.
pub(super) fn identity(folder: &Path) -> Option<Identity> {
    std::fs::metadata(folder).ok().filter(Metadata::is_dir).map(|metadata| of(&metadata))
}

#[cfg(unix)]
fn of(metadata: &Metadata) -> Identity {
    use std::os::unix::fs::MetadataExt;
    (metadata.dev(), metadata.ino())
}

#[cfg(not(unix))]
fn of(metadata: &Metadata) -> Identity {
    let created = metadata.created().ok().and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok());
    (0, created.map_or(0, |time| time.as_nanos() as u64))
}
