//! The text that people wrote, and where in it a thing stands.
//!
//! In: file contents and the path to show for them. Out: [`Span`]s that every later
//! stage carries, and line and column for messages. Never touches a file system.

mod line_index;

use std::sync::{Arc, OnceLock};

pub use line_index::{LineColumn, LineIndex};

/// A file that was read into [`Sources`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileId(u32);

/// A half-open range of bytes in one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The range `start..end` of `file`; an inverted range becomes empty at `start`.
    pub fn new(file: FileId, start: usize, end: usize) -> Self {
        let start = u32::try_from(start).unwrap_or(u32::MAX);
        let end = u32::try_from(end).unwrap_or(u32::MAX);
        Self { file, start, end: end.max(start) }
    }

    /// The smallest span of one file that holds both; `self` where the files differ.
    pub fn to(self, other: Self) -> Self {
        if self.file != other.file {
            return self;
        }
        Self { file: self.file, start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The bytes as a range for slicing.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// One file: the path as messages show it (beneath the project, with `/`), its text, its lines.
#[derive(Debug, Clone)]
pub struct SourceFile {
    path: String,
    text: String,
    /// Counted when something is first said about a line: most drafts give no cause to.
    lines: OnceLock<LineIndex>,
}

impl PartialEq for SourceFile {
    fn eq(&self, other: &Self) -> bool {
        self.path == other.path && self.text == other.text
    }
}

impl Eq for SourceFile {}

impl SourceFile {
    /// A file of that text.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        Self { path: path.into(), text: text.into(), lines: OnceLock::new() }
    }

    /// The path beneath the project, with `/` on every system.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Whether the program itself wrote it: it lies in no folder.
    pub fn is_generated(&self) -> bool {
        self.path.starts_with("rapporteur:")
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Line and column of a byte offset.
    pub fn line_column(&self, offset: u32) -> LineColumn {
        self.lines().line_column(&self.text, offset as usize)
    }

    /// The line index, for offsets from line and column.
    pub fn lines(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(&self.text))
    }
}

/// Every file of one build, in the order in which they were read. A copy costs little, and shares them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sources {
    files: Vec<Arc<SourceFile>>,
}

impl Sources {
    /// Adds a file and hands back its id.
    pub fn add(&mut self, path: impl Into<String>, text: impl Into<String>) -> FileId {
        self.share(Arc::new(SourceFile::new(path, text)))
    }

    /// Adds a file that others have as well.
    pub fn share(&mut self, file: Arc<SourceFile>) -> FileId {
        self.files.push(file);
        FileId(u32::try_from(self.files.len() - 1).expect("a build reads fewer than 2^32 files"))
    }

    /// A file, to be shared.
    pub fn file(&self, id: FileId) -> &Arc<SourceFile> {
        &self.files[id.0 as usize]
    }

    /// The file that was read from a path.
    pub fn find(&self, path: &str) -> Option<FileId> {
        self.ids().find(|id| self[*id].path == path)
    }

    /// All ids, in order.
    pub fn ids(&self) -> impl Iterator<Item = FileId> + use<> {
        (0..u32::try_from(self.files.len()).unwrap_or(u32::MAX)).map(FileId)
    }

    /// The text that a span covers.
    pub fn text(&self, span: Span) -> &str {
        self[span.file].text.get(span.range()).unwrap_or_default()
    }
}

impl std::ops::Index<FileId> for Sources {
    type Output = SourceFile;

    fn index(&self, id: FileId) -> &SourceFile {
        &self.files[id.0 as usize]
    }
}
