use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::{ProjectPath, ReadError, Stamp, World, history};

/// The most files that a listing hands back: a project is no disk.
pub(super) const MOST_FILES: usize = 100_000;

/// Files of the system beneath one folder.
///
/// Nothing outside the folder is opened, symbolic links included. Hidden files, folders closed by
/// [`SystemWorld::close`], cargo's `target/` and whatever else marks itself as a cache
/// (`CACHEDIR.TAG`) are as good as absent; so is what is no regular file.
#[derive(Debug, Clone)]
pub struct SystemWorld {
    root: PathBuf,
    closed: BTreeSet<PathBuf>,
    fonts: Vec<PathBuf>,
}

impl SystemWorld {
    /// Opens a folder.
    /// # Errors
    /// If it cannot be found.
    pub fn open(root: &Path) -> io::Result<Self> {
        Ok(Self { root: root.canonicalize()?, closed: BTreeSet::new(), fonts: Vec::new() })
    }

    /// Closes a folder, there or not: what a build writes is never read by one.
    #[must_use]
    pub fn close(mut self, folder: &Path) -> Self {
        self.closed.insert(folder.canonicalize().unwrap_or_else(|_| folder.to_owned()));
        self
    }

    /// Opens the system's folders of fonts, in the order in which they are searched.
    #[must_use]
    pub fn with_fonts(self, folders: Vec<PathBuf>) -> Self {
        Self { fonts: folders, ..self }
    }

    /// Whether the system has a font file of that name.
    pub fn has_font(&self, name: &str) -> bool {
        self.fonts.iter().any(|folder| find_font(folder, name).is_some())
    }

    /// The folder, absolute and without links.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Every folder that is open, the root included, absolute; in no particular order.
    pub fn folders(&self) -> Vec<PathBuf> {
        let (mut found, mut waiting) = (Vec::new(), vec![ProjectPath::root()]);
        while let Some(folder) = waiting.pop() {
            if let Ok((_, folders)) = self.entries(&folder) {
                waiting.extend(folders);
            }
            found.push(self.root.join(folder.as_str()));
            if found.len() > MOST_FILES {
                break;
            }
        }
        found
    }

    /// Where a path lies once every link is followed.
    fn locate(&self, path: &ProjectPath) -> Result<PathBuf, ReadError> {
        if path.parts().any(is_hidden) {
            return Err(ReadError::Other("hidden files are not read".to_owned()));
        }
        let real = self.root.join(path.as_str()).canonicalize().map_err(|error| read_error(&error))?;
        let beneath = real.strip_prefix(&self.root).map_err(|_| ReadError::Outside)?;
        if beneath.components().any(|part| is_hidden(&part.as_os_str().to_string_lossy())) {
            return Err(ReadError::Other("hidden files are not read".to_owned()));
        }
        if real.ancestors().any(|folder| self.closed.contains(folder)) {
            return Err(ReadError::Other("it lies in the output folder".to_owned()));
        }
        Ok(real)
    }

    /// The files and folders directly in a folder; a folder behind a link is left out, so that
    /// no listing runs in a circle.
    fn entries(&self, folder: &ProjectPath) -> Result<(Vec<ProjectPath>, Vec<ProjectPath>), ReadError> {
        let real = self.locate(folder)?;
        let (mut files, mut folders) = (Vec::new(), Vec::new());
        for entry in fs::read_dir(&real).map_err(|error| read_error(&error))? {
            let entry = entry.map_err(|error| read_error(&error))?;
            let (name, kind) = (entry.file_name(), entry.file_type().map_err(|error| read_error(&error))?);
            let child = folder.child(&name.to_string_lossy());
            if is_hidden(child.file_name()) {
                continue;
            }
            if kind.is_dir() {
                let closed = self.closed.contains(&entry.path()) || entry.path().join("CACHEDIR.TAG").exists();
                folders.extend((!closed).then_some(child));
            } else if kind.is_file() || kind.is_symlink() && !entry.path().is_dir() {
                files.push(child);
            }
        }
        Ok((files, folders))
    }
}

impl World for SystemWorld {
    fn read(&self, path: &ProjectPath, limit: u64) -> Result<Vec<u8>, ReadError> {
        read_file(&self.locate(path)?, limit)
    }

    fn list(&self, folder: &ProjectPath) -> Result<Vec<ProjectPath>, ReadError> {
        let (mut found, mut waiting) = (Vec::new(), vec![folder.clone()]);
        while let Some(next) = waiting.pop() {
            let (files, folders) = match self.entries(&next) {
                Ok(entries) => entries,
                // A folder below that has vanished since it was listed.
                Err(ReadError::Missing) if next != *folder => continue,
                Err(error) => return Err(error),
            };
            found.extend(files);
            waiting.extend(folders);
            if found.len() > MOST_FILES {
                return Err(ReadError::Other(format!("it holds more than {MOST_FILES} files")));
            }
        }
        found.sort();
        Ok(found)
    }

    fn list_here(&self, folder: &ProjectPath) -> Result<Vec<ProjectPath>, ReadError> {
        let (mut files, _) = self.entries(folder)?;
        files.sort();
        Ok(files)
    }

    fn stamp(&self, path: &ProjectPath) -> Option<Stamp> {
        fs::metadata(self.root.join(path.as_str())).ok().map(|metadata| stamp(&metadata))
    }

    fn system_font(&self, name: &str, limit: u64) -> Result<Vec<u8>, ReadError> {
        let found = self.fonts.iter().find_map(|folder| find_font(folder, name));
        read_file(&found.ok_or(ReadError::Missing)?, limit)
    }

    fn newest_commit(&self, paths: &[&str]) -> Result<Option<i64>, String> {
        history::newest_commit(&self.root, paths)
    }

    fn head(&self) -> Option<String> {
        history::head(&self.root)
    }
}

/// Length, the time of the last writing and of the last change, which no program sets, and the file itself.
#[cfg(unix)]
fn stamp(metadata: &fs::Metadata) -> Stamp {
    use std::os::unix::fs::MetadataExt;
    let time = |seconds: i64, nanoseconds: i64| i128::from(seconds) * 1_000_000_000 + i128::from(nanoseconds);
    Stamp([
        metadata.len().into(),
        time(metadata.mtime(), metadata.mtime_nsec()),
        time(metadata.ctime(), metadata.ctime_nsec()),
        metadata.ino().into(),
    ])
}

#[cfg(not(unix))]
fn stamp(metadata: &fs::Metadata) -> Stamp {
    let since = |time: io::Result<std::time::SystemTime>| {
        let since = time.ok().and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok());
        since.map_or(0, |since| since.as_nanos() as i128)
    };
    Stamp([metadata.len().into(), since(metadata.modified()), since(metadata.created()), 0])
}

pub(super) fn read_file(real: &Path, limit: u64) -> Result<Vec<u8>, ReadError> {
    let metadata = fs::metadata(real).map_err(|error| read_error(&error))?;
    if !metadata.is_file() {
        return Err(ReadError::Other("it is not a file".to_owned()));
    }
    if metadata.len() > limit {
        return Err(ReadError::TooLarge);
    }
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or_default());
    let file = fs::File::open(real).map_err(|error| read_error(&error))?;
    // One byte more than allowed: a file that grows meanwhile is not cut off unnoticed.
    file.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(|error| read_error(&error))?;
    if bytes.len() as u64 > limit { Err(ReadError::TooLarge) } else { Ok(bytes) }
}

/// Folders within a folder of fonts are searched this deep; links are followed, so that a circle ends.
const DEEPEST_FONT: usize = 6;

/// The first file of a name in or beneath a folder, level by level, in the order of names.
pub(super) fn find_font(folder: &Path, name: &str) -> Option<PathBuf> {
    let mut level = vec![folder.to_owned()];
    for _ in 0..DEEPEST_FONT {
        if let Some(found) = level.iter().map(|folder| folder.join(name)).find(|file| file.is_file()) {
            return Some(found);
        }
        let entries = level.iter().flat_map(fs::read_dir).flatten().filter_map(Result::ok);
        let maybe_folder =
            |entry: &fs::DirEntry| entry.file_type().is_ok_and(|kind| kind.is_dir() || kind.is_symlink());
        let mut next: Vec<PathBuf> = entries.filter(maybe_folder).map(|entry| entry.path()).collect();
        next.retain(|path| path.is_dir());
        next.sort();
        next.truncate(MOST_FILES);
        level = next;
    }
    None
}

pub(super) fn is_hidden(name: &str) -> bool {
    name.starts_with('.')
}

fn read_error(error: &io::Error) -> ReadError {
    if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) {
        ReadError::Missing
    } else {
        ReadError::Other(error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> ProjectPath {
        ProjectPath::new(text).expect("a path beneath the root")
    }

    fn project() -> (tempfile::TempDir, SystemWorld) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for (name, text) in [
            ("root/drafts/b.md", "b"),
            ("root/drafts/a/c.md", "c"),
            ("root/.git/x.md", "x"),
            ("root/output/y.md", "y"),
            ("root/target/CACHEDIR.TAG", "t"),
            ("outside.md", "secret"),
        ] {
            let file = folder.path().join(name);
            fs::create_dir_all(file.parent().expect("a file has a folder")).expect("folders");
            fs::write(file, text).expect("a file");
        }
        let root = folder.path().join("root");
        let world = SystemWorld::open(&root).expect("it is there").close(&root.join("output"));
        (folder, world)
    }

    #[test]
    fn lists_what_is_open_in_byte_order() {
        let (_folder, world) = project();
        let list = |folder| world.list(&path(folder)).map(|l| l.iter().map(ToString::to_string).collect::<Vec<_>>());
        assert_eq!(list(""), Ok(vec!["drafts/a/c.md".to_owned(), "drafts/b.md".to_owned()]));
        assert_eq!(list("none"), Err(ReadError::Missing));
        assert_eq!(world.list_here(&path("drafts")), Ok(vec![path("drafts/b.md")]));
    }

    #[test]
    fn reads_up_to_the_limit_and_nothing_closed() {
        let (_folder, world) = project();
        assert_eq!(world.read(&path("drafts/b.md"), 1), Ok(b"b".to_vec()));
        assert_eq!(world.read(&path("drafts/b.md"), 0), Err(ReadError::TooLarge));
        assert_eq!(world.read(&path("drafts/z.md"), 9), Err(ReadError::Missing));
        assert_eq!(world.read(&path("drafts/b.md/c"), 9), Err(ReadError::Missing));
        for closed in [".git/x.md", "output/y.md", "drafts"] {
            assert!(matches!(world.read(&path(closed), 9), Err(ReadError::Other(_))), "{closed}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn links_that_leave_the_project_are_not_followed() {
        use std::os::unix::fs::symlink;
        let (folder, world) = project();
        let drafts = folder.path().join("root/drafts");
        symlink(folder.path().join("outside.md"), drafts.join("link.md")).expect("a link");
        symlink("b.md", drafts.join("inside.md")).expect("a link");
        symlink(folder.path(), drafts.join("up")).expect("a link");
        symlink("../.git/x.md", drafts.join("hidden.md")).expect("a link");
        assert_eq!(world.read(&path("drafts/link.md"), 9), Err(ReadError::Outside));
        assert_eq!(world.read(&path("drafts/up/outside.md"), 9), Err(ReadError::Outside));
        assert!(matches!(world.read(&path("drafts/hidden.md"), 9), Err(ReadError::Other(_))));
        assert_eq!(world.read(&path("drafts/inside.md"), 9), Ok(b"b".to_vec()));
        assert!(world.list(&path("drafts")).is_ok_and(|list| list.len() == 5));
    }
}
