use std::collections::BTreeMap;
use std::fmt;

/// A path beneath the project's root: relative, `/` between its parts, no `.` or `..`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ProjectPath(String);

/// Why a text is no [`ProjectPath`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PathError {
    /// It is absolute, a UNC path or has a drive letter.
    Absolute,
    /// Its `..` lead out of the root.
    Outside,
    /// It holds NUL or a backslash, or nothing.
    Invalid,
}

impl ProjectPath {
    /// Joins `path`, as typed in a file of folder `base`, to that folder and normalises it.
    /// Percent escapes are decoded by the caller, once, before this check.
    /// # Errors
    /// Says why the result is not beneath the root.
    pub fn resolve(base: &Self, path: &str) -> Result<Self, PathError> {
        if path.contains(['\0', '\\']) {
            return Err(PathError::Invalid);
        }
        let drive = path.as_bytes().get(1) == Some(&b':') && path.as_bytes()[0].is_ascii_alphabetic();
        if path.starts_with('/') || drive {
            return Err(PathError::Absolute);
        }
        let mut parts: Vec<&str> = base.0.split('/').filter(|part| !part.is_empty()).collect();
        for part in path.split('/') {
            match part {
                "" | "." => {}
                ".." => {
                    parts.pop().ok_or(PathError::Outside)?;
                }
                name => parts.push(name),
            }
        }
        Ok(Self(parts.join("/")))
    }

    /// The root itself.
    pub fn root() -> Self {
        Self(String::new())
    }

    /// A path typed relative to the root.
    /// # Errors
    /// As [`Self::resolve`].
    pub fn new(path: &str) -> Result<Self, PathError> {
        Self::resolve(&Self::root(), path)
    }

    /// A file or folder directly in this folder. A name that cannot be a part of a project path
    /// (a backslash in it) is made one with U+FFFD: it is then found missing, and said so.
    pub fn child(&self, name: &str) -> Self {
        let name = name.replace(['\\', '\0', '/'], "\u{fffd}");
        if self.0.is_empty() { Self(name) } else { Self(format!("{self}/{name}")) }
    }

    /// The parts, from the root down.
    pub fn parts(&self) -> impl Iterator<Item = &str> {
        self.0.split('/').filter(|part| !part.is_empty())
    }

    /// Whether it is `folder` or lies beneath it.
    pub fn is_beneath(&self, folder: &Self) -> bool {
        folder.0.is_empty()
            || self.0.strip_prefix(&folder.0).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// The folder it lies in; the root's is the root.
    pub fn parent(&self) -> Self {
        Self(self.0.rsplit_once('/').map(|(folder, _)| folder.to_owned()).unwrap_or_default())
    }

    /// The last part.
    pub fn file_name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or_default()
    }

    /// With `/`, relative to the root.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ProjectPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Why a file could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadError {
    /// There is no such file.
    Missing,
    /// A symbolic link leads out of the project.
    Outside,
    /// It is larger than the limit given.
    TooLarge,
    /// Anything else, in the system's words.
    Other(String),
}

/// What a file system says of a file. Equal ones mean equal bytes but where times are too coarse or lie: a hint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp(pub(super) [i128; 4]);

/// The only door to files while building.
pub trait World: Sync {
    /// The bytes of a file of at most `limit` bytes.
    /// # Errors
    /// Says why not.
    fn read(&self, path: &ProjectPath, limit: u64) -> Result<Vec<u8>, ReadError>;

    /// Every file beneath a folder, recursively, in byte order of their paths.
    /// Hidden files and folders are left out.
    /// # Errors
    /// Says why not.
    fn list(&self, folder: &ProjectPath) -> Result<Vec<ProjectPath>, ReadError>;

    /// Every file directly in a folder, in byte order of their paths, without hidden ones.
    /// # Errors
    /// Says why not.
    fn list_here(&self, folder: &ProjectPath) -> Result<Vec<ProjectPath>, ReadError>;

    /// What tells without reading it that a file has not changed; `None` where only its bytes can.
    fn stamp(&self, _path: &ProjectPath) -> Option<Stamp> {
        None
    }

    /// The bytes of a font file of the system, by its name alone, of at most `limit` bytes: all that lies outside the
    /// project. There are none unless a world says otherwise.
    /// # Errors
    /// Says why not.
    fn system_font(&self, _name: &str, _limit: u64) -> Result<Vec<u8>, ReadError> {
        Err(ReadError::Missing)
    }

    /// When, in Unix time, a commit last changed one of the files at these paths: see [`super::history`].
    /// There is no history unless a world says otherwise.
    /// # Errors
    /// Why the repository must not be read, or cannot be.
    fn newest_commit(&self, _paths: &[&str]) -> Result<Option<i64>, String> {
        Ok(None)
    }

    /// The commit that the history ends with: while it is the same one, [`World::newest_commit`] says the same.
    fn head(&self) -> Option<String> {
        None
    }
}

/// Files held in memory: for tests, fuzzing and previews.
#[derive(Debug, Clone, Default)]
pub struct MemoryWorld {
    files: BTreeMap<ProjectPath, Vec<u8>>,
}

impl MemoryWorld {
    /// From paths and contents.
    /// # Panics
    /// If a path is not a project path: the caller writes them.
    pub fn new<P: AsRef<str>, C: AsRef<[u8]>>(files: impl IntoIterator<Item = (P, C)>) -> Self {
        let files = files.into_iter().map(|(path, content)| {
            let path = ProjectPath::new(path.as_ref()).expect("a test names paths beneath its root");
            (path, content.as_ref().to_vec())
        });
        Self { files: files.collect() }
    }
}

impl World for MemoryWorld {
    fn read(&self, path: &ProjectPath, limit: u64) -> Result<Vec<u8>, ReadError> {
        let bytes = self.files.get(path).ok_or(ReadError::Missing)?;
        if bytes.len() as u64 > limit {
            return Err(ReadError::TooLarge);
        }
        Ok(bytes.clone())
    }

    fn list(&self, folder: &ProjectPath) -> Result<Vec<ProjectPath>, ReadError> {
        let prefix = if folder.0.is_empty() { String::new() } else { format!("{folder}/") };
        Ok(self.files.keys().filter(|path| path.0.starts_with(&prefix)).cloned().collect())
    }

    fn list_here(&self, folder: &ProjectPath) -> Result<Vec<ProjectPath>, ReadError> {
        Ok(self.files.keys().filter(|path| path.parent() == *folder).cloned().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_beneath_the_root() {
        let base = ProjectPath::new("drafts/a").expect("valid");
        let resolve = |path| ProjectPath::resolve(&base, path).map(|p| p.0);
        assert_eq!(resolve("../x/./y.png").as_deref(), Ok("drafts/x/y.png"));
        assert_eq!(resolve("../../../x"), Err(PathError::Outside));
        assert_eq!(resolve("/etc/passwd"), Err(PathError::Absolute));
        assert_eq!(resolve("C:x"), Err(PathError::Absolute));
        assert_eq!(resolve("a\\b"), Err(PathError::Invalid));
        assert_eq!(resolve("a\0b"), Err(PathError::Invalid));
    }
}
