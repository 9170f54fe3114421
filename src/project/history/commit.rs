//! A project as it was at a commit.

use std::collections::{BTreeMap, HashMap};
use std::fmt::{self, Display, Formatter};
use std::fs;
use std::path::{Path, PathBuf};

use gix::objs::tree::EntryKind;
use gix::objs::{Kind, compute_hash};
use gix::{ObjectId, Repository};

use super::super::system::{MOST_FILES, find_font, is_hidden, read_file};
use super::{folder_of, newest_in, open};
use crate::project::{ProjectPath, ReadError, Revision, World};

/// The files beneath a project's root at a commit, as git has them: no filter is applied to them.
///
/// As on disk, hidden files, closed folders and caches (`CACHEDIR.TAG`) are as good as absent; a symbolic link is followed to a file beneath the root.
#[derive(Debug, Clone)]
pub struct CommitWorld {
    git: PathBuf,
    commit: ObjectId,
    /// The project's root in the work tree.
    folder: PathBuf,
    files: BTreeMap<ProjectPath, Entry>,
    /// What is read first of all, at hand.
    texts: HashMap<ObjectId, Vec<u8>>,
    fonts: Vec<PathBuf>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Entry {
    File(ObjectId),
    /// To a path beneath the root, or out of it.
    Link(Option<ProjectPath>),
}

/// Why a project cannot be read at a commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CommitError {
    /// The commit has no such folder.
    Absent(String),
    /// Something is wrong with the repository.
    Unreadable(String),
}

impl Display for CommitError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Absent(why) | Self::Unreadable(why) => f.write_str(why),
        }
    }
}

/// Files with these endings are read when a commit is opened: the drafts and what goes with them.
const TEXTS: [&str; 9] = ["md", "toml", "csv", "tsv", "bib", "yaml", "yml", "json", "csl"];

/// A link that leads to a link, and so on, is followed this far.
const MOST_LINKS: usize = 8;

fn repository(root: &Path) -> Result<Repository, CommitError> {
    open(root).map_err(|state| CommitError::Unreadable(format!("the repository cannot be read ({state:?})")))
}

impl CommitWorld {
    /// What the project at `root` in the work tree held at a commit.
    /// # Errors
    /// Why that cannot be read.
    pub fn open(root: &Path, revision: &Revision) -> Result<Self, CommitError> {
        let repository = repository(root)?;
        let folder = folder_of(&repository, root).map_err(CommitError::Unreadable)?;
        let outside = || CommitError::Unreadable("the project lies outside the repository's work tree".to_owned());
        Self::of(&repository, folder.ok_or_else(outside)?, revision)
    }

    /// What the project in a folder of the repository around `root` held at a commit; the folder need no longer be there.
    /// # Errors
    /// Why that cannot be read.
    pub fn open_beneath(root: &Path, folder: &str, revision: &Revision) -> Result<Self, CommitError> {
        Self::of(&repository(root)?, PathBuf::from(folder), revision)
    }

    fn of(repository: &Repository, folder: PathBuf, revision: &Revision) -> Result<Self, CommitError> {
        let words = |error: &dyn Display| CommitError::Unreadable(error.to_string());
        let commit = ObjectId::from_hex(revision.id.as_bytes()).map_err(|error| words(&error))?;
        let mut tree =
            repository.find_commit(commit).and_then(|commit| commit.tree()).map_err(|error| words(&error))?;
        if !folder.as_os_str().is_empty() {
            let entry = tree.peel_to_entry_by_path(&folder).map_err(|error| words(&error))?;
            let beneath = entry.filter(|entry| entry.mode().is_tree());
            let absent = || CommitError::Absent(format!("{} has no folder {}", revision.name, folder.display()));
            let beneath = beneath.ok_or_else(absent)?;
            tree = beneath.object().map_err(|error| words(&error))?.into_tree();
        }
        let files = files(repository, tree.id).map_err(CommitError::Unreadable)?;
        let texts = texts(repository, &files);
        Ok(Self { git: repository.git_dir().to_owned(), commit, folder, files, texts, fonts: Vec::new() })
    }

    /// Opens the system's folders of fonts, in the order in which they are searched.
    #[must_use]
    pub fn with_fonts(self, fonts: Vec<PathBuf>) -> Self {
        Self { fonts, ..self }
    }

    /// Closes a folder, there or not: what a build writes is never read by one.
    #[must_use]
    pub fn close(mut self, folder: &ProjectPath) -> Self {
        self.files.retain(|path, _| folder.parts().next().is_none() || !path.is_beneath(folder));
        self
    }

    /// Whether it holds a file.
    pub fn has(&self, path: &ProjectPath) -> bool {
        self.files.contains_key(path)
    }

    /// Whether it holds a file beneath a folder.
    pub fn has_folder(&self, folder: &ProjectPath) -> bool {
        self.files.keys().any(|path| path.is_beneath(folder))
    }

    /// The files that the folder at `root` holds otherwise, or no longer. How lines end is no difference: git may have changed that itself.
    pub fn changed_in(&self, root: &Path) -> Vec<ProjectPath> {
        let differs = |(path, entry): &(&ProjectPath, &Entry)| {
            let place = root.join(path.as_str());
            match entry {
                Entry::File(id) => !fs::read(&place).is_ok_and(|bytes| self.is_same(*id, &bytes)),
                Entry::Link(_) => fs::symlink_metadata(&place).is_err(),
            }
        };
        self.files.iter().filter(differs).map(|(path, _)| path.clone()).collect()
    }

    fn is_same(&self, id: ObjectId, bytes: &[u8]) -> bool {
        let is = |bytes: &[u8]| compute_hash(id.kind(), Kind::Blob, bytes).is_ok_and(|hash| hash == id);
        let is_text = !bytes.contains(&0);
        is(bytes) || is_text && bytes.contains(&b'\r') && is(&without_returns(bytes))
    }

    fn object(&self, path: &ProjectPath) -> Result<ObjectId, ReadError> {
        let mut path = path;
        for _ in 0..MOST_LINKS {
            match self.files.get(path).ok_or(ReadError::Missing)? {
                Entry::File(id) => return Ok(*id),
                Entry::Link(Some(target)) => path = target,
                Entry::Link(None) => return Err(ReadError::Outside),
            }
        }
        Err(ReadError::Other("it is a link that leads in a circle".to_owned()))
    }
}

impl World for CommitWorld {
    fn read(&self, path: &ProjectPath, limit: u64) -> Result<Vec<u8>, ReadError> {
        let id = self.object(path)?;
        if let Some(text) = self.texts.get(&id) {
            return if text.len() as u64 > limit { Err(ReadError::TooLarge) } else { Ok(text.clone()) };
        }
        let other = |error: String| ReadError::Other(format!("it is not in this clone ({error})"));
        // A repository cannot be shared between threads; images are few.
        let repository = gix::open(&self.git).map_err(|error| other(error.to_string()))?;
        let size = repository.find_header(id).map_err(|error| other(error.to_string()))?.size();
        if size > limit {
            return Err(ReadError::TooLarge);
        }
        Ok(repository.find_blob(id).map_err(|error| other(error.to_string()))?.take_data())
    }

    fn list(&self, folder: &ProjectPath) -> Result<Vec<ProjectPath>, ReadError> {
        let beneath = |path: &&ProjectPath| path.is_beneath(folder) && *path != folder;
        let found: Vec<ProjectPath> = self.files.keys().filter(beneath).cloned().collect();
        let is_there = !found.is_empty() || folder.parts().next().is_none();
        if is_there { Ok(found) } else { Err(ReadError::Missing) }
    }

    fn list_here(&self, folder: &ProjectPath) -> Result<Vec<ProjectPath>, ReadError> {
        let mut found = self.list(folder)?;
        found.retain(|path| path.parent() == *folder);
        Ok(found)
    }

    fn system_font(&self, name: &str, limit: u64) -> Result<Vec<u8>, ReadError> {
        let found = self.fonts.iter().find_map(|folder| find_font(folder, name));
        read_file(&found.ok_or(ReadError::Missing)?, limit)
    }

    fn newest_commit(&self, paths: &[&str]) -> Result<Option<i64>, String> {
        let repository = gix::open(&self.git).map_err(|error| error.to_string())?;
        Ok(newest_in(&repository, self.commit, &self.folder, paths)?.map(|newest| newest.0))
    }

    fn head(&self) -> Option<String> {
        Some(self.commit.to_string())
    }
}

/// Text whose lines end with line feeds alone.
fn without_returns(bytes: &[u8]) -> Vec<u8> {
    let text = bytes.iter().zip(bytes.iter().skip(1).chain(std::iter::once(&0)));
    text.filter(|(byte, next)| !(**byte == b'\r' && **next == b'\n')).map(|(byte, _)| *byte).collect()
}

/// Every open file beneath a tree.
fn files(repository: &Repository, root: ObjectId) -> Result<BTreeMap<ProjectPath, Entry>, String> {
    let mut files = BTreeMap::new();
    let mut waiting = vec![(ProjectPath::root(), root)];
    while let Some((folder, id)) = waiting.pop() {
        let tree = repository.find_tree(id).map_err(|error| error.to_string())?;
        let entries: Vec<_> = tree.iter().filter_map(Result::ok).collect();
        if entries.iter().any(|entry| entry.filename() == "CACHEDIR.TAG") && id != root {
            continue;
        }
        for entry in entries {
            let path = folder.child(&entry.filename().to_string());
            if is_hidden(path.file_name()) {
                continue;
            }
            match entry.mode().kind() {
                EntryKind::Tree => waiting.push((path, entry.object_id())),
                EntryKind::Blob | EntryKind::BlobExecutable => {
                    files.insert(path, Entry::File(entry.object_id()));
                }
                EntryKind::Link => {
                    files.insert(path, Entry::Link(target(repository, entry.object_id(), &folder)));
                }
                EntryKind::Commit => {}
            }
        }
        if files.len() > MOST_FILES {
            return Err(format!("the project holds more than {MOST_FILES} files there"));
        }
    }
    // A link to a folder is left out, as on disk.
    let known: Vec<ProjectPath> = files.keys().cloned().collect();
    files.retain(|_, entry| match entry {
        Entry::File(_) | Entry::Link(None) => true,
        Entry::Link(Some(target)) => known.binary_search(target).is_ok(),
    });
    Ok(files)
}

/// Where a link leads, beneath the root.
fn target(repository: &Repository, link: ObjectId, folder: &ProjectPath) -> Option<ProjectPath> {
    let blob = repository.find_blob(link).ok()?;
    ProjectPath::resolve(folder, std::str::from_utf8(&blob.data).ok()?).ok()
}

fn texts(repository: &Repository, files: &BTreeMap<ProjectPath, Entry>) -> HashMap<ObjectId, Vec<u8>> {
    let is_text = |path: &ProjectPath| {
        let ending = path.file_name().rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
        ending.is_some_and(|ending| TEXTS.contains(&ending.as_str()))
    };
    let ids = files.iter().filter(|(path, _)| is_text(path)).filter_map(|(_, entry)| match entry {
        Entry::File(id) => Some(*id),
        Entry::Link(_) => None,
    });
    let small = |id: &ObjectId| repository.find_header(*id).is_ok_and(|header| header.size() <= LARGEST_TEXT);
    ids.filter(small).filter_map(|id| Some((id, repository.find_blob(id).ok()?.take_data()))).collect()
}

/// Larger files are read when they are asked for.
const LARGEST_TEXT: u64 = 1 << 20;
