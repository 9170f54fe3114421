//! Entries as files of a folder, of which several processes may make use at once.
//!
//! In: entries by their names. Out: the same. Never writes to a folder that holds other things, and never removes what is
//! none of its own.

use std::fs::{self, DirEntry, File, Metadata};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::{LARGEST, Store, StoreError};

/// So that backups, searches and the program itself leave it out (bford.info/cachedir), and that it is known as ours. It is
/// the first that is written.
const TAG: (&str, &str) = (
    "CACHEDIR.TAG",
    "Signature: 8a477f597d28d172789f06886806bc55\n# Reports kept by rapporteur; may be deleted at any time.\n",
);
/// So that git leaves it out.
const IGNORE: (&str, &str) = (".gitignore", "*\n");
/// How the names of files begin that are still being written.
const UNFINISHED: &str = ".new-";
/// What was being written so long before the newest was written never will be.
const ABANDONED: Duration = Duration::from_secs(60 * 60);
/// What the names of entries end with.
const KINDS: [&str; 2] = ["report", "inputs"];

/// A folder of entries, bounded: beyond its limit, the oldest go.
#[derive(Debug, Clone)]
pub struct FolderStore {
    folder: PathBuf,
    limit: u64,
}

/// A file of the store.
struct Kept {
    age: SystemTime,
    size: u64,
    place: PathBuf,
}

impl FolderStore {
    /// Keeps entries in a folder, made when something is kept, of at most `limit` bytes in all.
    /// # Errors
    /// If it is no cache, and holds other things; nothing is written then.
    pub fn open(folder: PathBuf, limit: u64) -> Result<Self, StoreError> {
        let holds = match names(&folder) {
            Ok(names) => names.iter().any(|name| !name.starts_with(UNFINISHED)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => false,
            Err(error) if error.kind() == io::ErrorKind::NotADirectory => {
                return Err(StoreError("it is no folder".to_owned()));
            }
            Err(error) => return Err(StoreError(format!("it cannot be read: {error}"))),
        };
        // Looked for last: where another process has made it just now, the tag was there before all else.
        if holds && !is_ours(&folder.join(TAG.0)) {
            return Err(StoreError("it holds other things, and is no cache".to_owned()));
        }
        Ok(Self { folder, limit })
    }

    fn write(&self, entries: &[(String, Vec<u8>)]) -> io::Result<()> {
        fs::create_dir_all(&self.folder)?;
        for (name, text) in [TAG, IGNORE] {
            let place = self.folder.join(name);
            if !place.exists() {
                write_whole(&place, text.as_bytes())?;
            }
        }
        let places: Vec<PathBuf> = entries.iter().map(|(name, _)| self.folder.join(name)).collect();
        for (place, (_, bytes)) in places.iter().zip(entries) {
            fs::create_dir_all(place.parent().unwrap_or(&self.folder))?;
            write_whole(place, bytes)?;
        }
        self.prune(&places);
        Ok(())
    }

    /// Takes the oldest entries away until the rest is within the limit. Another process may do the same just now: what
    /// has gone already is no fault.
    fn prune(&self, new: &[PathBuf]) {
        let (mut entries, unfinished) = self.kept();
        let newest = entries.iter().map(|entry| entry.age).max();
        let is_abandoned = |file: &Kept| {
            newest.and_then(|newest| newest.duration_since(file.age).ok()).is_some_and(|before| before > ABANDONED)
        };
        for file in unfinished.iter().filter(|file| is_abandoned(file)) {
            let _ = fs::remove_file(&file.place);
        }
        let mut sum: u64 = entries.iter().map(|entry| entry.size).sum();
        entries.sort_by(|a, b| (a.age, &a.place).cmp(&(b.age, &b.place)));
        for entry in entries.iter().filter(|entry| !new.contains(&entry.place)) {
            if sum <= self.limit {
                break;
            }
            let _ = fs::remove_file(&entry.place);
            sum = sum.saturating_sub(entry.size);
        }
    }

    /// The entries, and what is still being written; nothing else that may lie there, and nothing behind a link.
    fn kept(&self) -> (Vec<Kept>, Vec<Kept>) {
        let is_folder = |about: &Metadata| about.is_dir();
        let forms = entries(&self.folder, is_folder).into_iter().filter(|(form, _)| form.file_name() == "v1");
        let shards = forms.flat_map(|(form, _)| entries(&form.path(), is_folder));
        let files = shards.flat_map(|(shard, _)| entries(&shard.path(), Metadata::is_file));
        let (mut finished, mut unfinished) = (Vec::new(), Vec::new());
        for (file, about) in files {
            let name = file.file_name().to_string_lossy().into_owned();
            let Ok(age) = about.modified() else { continue };
            let kept = Kept { age, size: about.len(), place: file.path() };
            if name.starts_with(UNFINISHED) {
                unfinished.push(kept);
            } else if is_entry(&name) {
                finished.push(kept);
            }
        }
        (finished, unfinished)
    }
}

/// Whether a name is one that entries have: a key, and what it leads to.
fn is_entry(name: &str) -> bool {
    let is_key = |key: &str| key.len() == 64 && key.bytes().all(|byte| byte.is_ascii_hexdigit());
    name.split_once('.').is_some_and(|(key, kind)| is_key(key) && KINDS.contains(&kind))
}

/// Whether a folder's tag is one that we wrote.
fn is_ours(tag: &Path) -> bool {
    let is_file = fs::metadata(tag).is_ok_and(|about| about.is_file() && about.len() == TAG.1.len() as u64);
    is_file && fs::read(tag).is_ok_and(|text| text == TAG.1.as_bytes())
}

fn names(folder: &Path) -> io::Result<Vec<String>> {
    fs::read_dir(folder)?.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned())).collect()
}

/// What lies directly in a folder; links are not followed.
fn entries(folder: &Path, is_wanted: impl Fn(&Metadata) -> bool) -> Vec<(DirEntry, Metadata)> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let known = entries.filter_map(|entry| entry.metadata().ok().map(|about| (entry, about)));
    known.filter(|(_, about)| is_wanted(about)).collect()
}

/// All of it, or nothing.
fn write_whole(place: &Path, bytes: &[u8]) -> io::Result<()> {
    let beside = place.parent().unwrap_or(place);
    let mut file = tempfile::Builder::new().prefix(UNFINISHED).tempfile_in(beside)?;
    file.write_all(bytes)?;
    file.persist(place).map_err(|error| error.error)?;
    Ok(())
}

impl Store for FolderStore {
    fn name(&self) -> String {
        self.folder.display().to_string()
    }

    fn get(&self, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let read = || {
            let place = self.folder.join(name);
            let about = fs::metadata(&place)?;
            // A pipe would never end. Nothing that is kept is empty: this counts as damaged.
            if !about.is_file() || about.len() > LARGEST {
                return Ok(Vec::new());
            }
            let mut bytes = Vec::new();
            File::open(place)?.take(LARGEST).read_to_end(&mut bytes)?;
            Ok::<_, io::Error>(bytes)
        };
        match read() {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(StoreError(format!("it cannot be read: {error}"))),
        }
    }

    fn room(&self) -> u64 {
        self.limit.min(LARGEST)
    }

    fn put(&self, entries: &[(String, Vec<u8>)]) -> Result<(), StoreError> {
        self.write(entries).map_err(|error| StoreError(format!("it cannot be written: {error}")))
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

    fn entry(letter: char, kind: &str, size: usize) -> (String, Vec<u8>) {
        (format!("v1/{letter}{letter}/{}.{kind}", letter.to_string().repeat(64)), vec![b'x'; size])
    }

    fn store(folder: &Path, limit: u64) -> FolderStore {
        FolderStore::open(folder.join("cache"), limit).expect("nothing is there, or our own")
    }

    fn aged(place: &Path, seconds: u64) {
        let file = File::options().write(true).open(place).expect("it is there");
        file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)).expect("a time can be set");
    }

    #[test]
    fn the_oldest_go_first_and_what_is_new_stays() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let store = store(folder.path(), 25);
        let there = |entries: &[(String, Vec<u8>)]| {
            entries.iter().map(|(name, _)| store.get(name).expect("it can be read").is_some()).collect::<Vec<_>>()
        };
        let old = [entry('a', "report", 10), entry('b', "report", 10)];
        for (seconds, one) in (0..).zip(&old) {
            store.put(std::slice::from_ref(one)).expect("it can be written");
            aged(&folder.path().join("cache").join(&one.0), seconds);
        }
        store.put(&[entry('c', "report", 10)]).expect("it can be written");
        assert_eq!(there(&[&old[..], &[entry('c', "report", 0)]].concat()), [false, true, true]);
        // The report is not given up for the list that leads to it.
        let both = [entry('d', "report", 20), entry('d', "inputs", 5)];
        store.put(&both).expect("it can be written");
        assert_eq!((there(&both), there(&old), store.room()), (vec![true, true], vec![false, false], 25));
        assert!(folder.path().join("cache/CACHEDIR.TAG").exists());
        let name = &both[0].0;
        store.remove(name).and_then(|()| store.remove(name)).expect("what is gone is gone");
        assert_eq!(store.get(name), Ok(None));
    }

    /// Another process's work is let be, what an interrupted one has left goes, and what is none of ours stays.
    #[test]
    fn only_our_own_goes() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let store = store(folder.path(), 10);
        store.put(&[entry('a', "report", 10)]).expect("it can be written");
        let shard = folder.path().join("cache/v1/aa");
        let (young, abandoned, other) = (shard.join(".new-young"), shard.join(".new-old"), shard.join("notes.md"));
        for place in [&young, &abandoned, &other] {
            fs::write(place, [b'x'; 100]).expect("it can be written");
        }
        aged(&abandoned, 0);
        aged(&other, 0);
        let elsewhere = folder.path().join("elsewhere");
        fs::create_dir(&elsewhere).expect("a folder");
        let linked = elsewhere.join(format!("{}.report", "e".repeat(64)));
        fs::write(&linked, "x").expect("it can be written");
        aged(&linked, 0);
        #[cfg(unix)]
        std::os::unix::fs::symlink(&elsewhere, folder.path().join("cache/v1/ee")).expect("a link");
        store.put(&[entry('b', "report", 10)]).expect("it can be written");
        assert_eq!([&young, &abandoned, &other, &linked].map(|place| place.exists()), [true, false, true, true]);
        assert_eq!(store.get(&entry('a', "report", 0).0), Ok(None));
    }

    #[test]
    fn a_folder_that_holds_other_things_is_no_cache() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let open = |name: &str| FolderStore::open(folder.path().join(name), 10).map(|_| ()).map_err(|error| error.0);
        let make = |name: &str| fs::create_dir(folder.path().join(name)).expect("a folder");
        let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("it can be written");
        for name in ["empty", "ours", "target", "papers", "begun"] {
            make(name);
        }
        write("file", "x");
        write("ours/CACHEDIR.TAG", TAG.1);
        write("ours/x", "");
        write("target/CACHEDIR.TAG", "Signature: 8a477f597d28d172789f06886806bc55\n# cargo\n");
        write("papers/letter.md", "x");
        write("begun/.new-x", "");
        let other = Err("it holds other things, and is no cache".to_owned());
        for (name, expected) in [
            ("none/yet", Ok(())),
            ("empty", Ok(())),
            ("begun", Ok(())),
            ("ours", Ok(())),
            ("target", other.clone()),
            ("papers", other),
            ("file", Err("it is no folder".to_owned())),
        ] {
            assert_eq!(open(name), expected, "{name}");
        }
        assert_eq!(fs::read_dir(folder.path().join("papers")).expect("it is there").count(), 1, "nothing is written");
    }

    #[cfg(unix)]
    #[test]
    fn a_pipe_in_place_of_an_entry_is_not_waited_for() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let store = store(folder.path(), 10);
        let one = entry('a', "report", 10);
        store.put(std::slice::from_ref(&one)).expect("it can be written");
        let place = folder.path().join("cache").join(&one.0);
        fs::remove_file(&place).expect("it is there");
        let made = std::process::Command::new("mkfifo").arg(&place).status().expect("mkfifo can be run");
        assert!(made.success());
        assert_eq!(store.get(&one.0), Ok(Some(Vec::new())));
        store.remove(&one.0).expect("it can be removed");
        assert_eq!(store.get(&one.0), Ok(None));
    }
}
