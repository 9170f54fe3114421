//! Entries as files of a folder, of which several processes may make use at once.

use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::{LARGEST, Store, StoreError};

/// So that backups, searches and the program itself leave it out (bford.info/cachedir).
const TAG: &str =
    "Signature: 8a477f597d28d172789f06886806bc55\n# Reports kept by rapporteur; may be deleted at any time.\n";

/// A folder of entries, bounded: beyond its limit, the oldest go.
#[derive(Debug, Clone)]
pub struct FolderStore {
    folder: PathBuf,
    limit: u64,
}

impl FolderStore {
    /// Keeps entries in a folder, made when something is kept, of at most `limit` bytes in all.
    pub fn new(folder: PathBuf, limit: u64) -> Self {
        Self { folder, limit }
    }

    fn write(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let place = self.folder.join(name);
        let beside = place.parent().unwrap_or(&self.folder);
        fs::create_dir_all(beside)?;
        self.mark("CACHEDIR.TAG", TAG)?;
        self.mark(".gitignore", "*\n")?;
        let mut file = tempfile::Builder::new().prefix(".new-").tempfile_in(beside)?;
        file.write_all(bytes)?;
        file.persist(&place).map_err(|error| error.error)?;
        self.prune(&place);
        Ok(())
    }

    fn mark(&self, name: &str, text: &str) -> io::Result<()> {
        let place = self.folder.join(name);
        if place.exists() { Ok(()) } else { fs::write(place, text) }
    }

    /// Takes the oldest entries away until the rest is within the limit. Another process may do the same just now: what
    /// has gone already is no fault.
    fn prune(&self, new: &Path) {
        let mut files = files(&self.folder.join("v1"));
        let mut sum: u64 = files.iter().map(|(_, size, _)| size).sum();
        files.sort();
        for (_, size, path) in files {
            if sum <= self.limit {
                break;
            }
            if path != new {
                let _ = fs::remove_file(&path);
                sum = sum.saturating_sub(size);
            }
        }
    }
}

/// Every file two folders down, with its age and size.
fn files(folder: &Path) -> Vec<(SystemTime, u64, PathBuf)> {
    let entries = |folder: &Path| fs::read_dir(folder).into_iter().flatten().flatten();
    let shards = entries(folder).map(|shard| shard.path());
    let files = shards.flat_map(|shard| entries(&shard).collect::<Vec<_>>());
    files
        .filter_map(|entry| {
            let about = entry.metadata().ok().filter(fs::Metadata::is_file)?;
            Some((about.modified().ok()?, about.len(), entry.path()))
        })
        .collect()
}

impl Store for FolderStore {
    fn name(&self) -> String {
        self.folder.display().to_string()
    }

    fn get(&self, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let read = || {
            let file = File::open(self.folder.join(name))?;
            let mut bytes = Vec::new();
            file.take(LARGEST).read_to_end(&mut bytes)?;
            Ok::<_, io::Error>(bytes)
        };
        match read() {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(StoreError(format!("it cannot be read: {error}"))),
        }
    }

    fn put(&self, name: &str, bytes: &[u8]) -> Result<(), StoreError> {
        self.write(name, bytes).map_err(|error| StoreError(format!("it cannot be written: {error}")))
    }

    fn remove(&self, name: &str) -> Result<(), StoreError> {
        match fs::remove_file(self.folder.join(name)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(StoreError(error.to_string())),
            Ok(()) | Err(_) => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_go_first_and_the_newest_stays() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let store = FolderStore::new(folder.path().join("cache"), 25);
        let old = SystemTime::UNIX_EPOCH;
        for (at, name) in ["v1/aa/1", "v1/bb/2"].into_iter().enumerate() {
            store.put(name, &[b'x'; 10]).expect("it can be written");
            let file = File::options().write(true).open(folder.path().join("cache").join(name)).expect("it is there");
            file.set_modified(old + std::time::Duration::from_secs(at as u64)).expect("a time can be set");
        }
        store.put("v1/aa/3", &[b'y'; 10]).expect("it can be written");
        let there = |name| store.get(name).expect("it can be read").is_some();
        assert_eq!(["v1/aa/1", "v1/bb/2", "v1/aa/3"].map(there), [false, true, true]);
        store.put("v1/cc/4", &[b'z'; 100]).expect("it can be written");
        assert_eq!(["v1/bb/2", "v1/aa/3", "v1/cc/4"].map(there), [false, false, true]);
        assert!(folder.path().join("cache/CACHEDIR.TAG").exists());
        store.remove("v1/cc/4").and_then(|()| store.remove("v1/cc/4")).expect("what is gone is gone");
        assert_eq!(store.get("v1/cc/4"), Ok(None));
    }

    #[test]
    fn a_store_that_cannot_be_used_says_why() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = folder.path().join("file");
        fs::write(&file, "x").expect("it can be written");
        let store = FolderStore::new(file, 10);
        assert!(store.put("v1/aa/1", b"x").is_err());
    }
}
