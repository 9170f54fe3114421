//! What a build has read, by content.

use std::collections::BTreeMap;
use std::sync::Mutex;

use crate::output::digest;
use crate::project::{ProjectPath, ReadError, World};

/// A world that notes what is asked of another.
pub(super) struct Recorder<'a> {
    world: &'a dyn World,
    seen: Mutex<BTreeMap<Question, Answer>>,
}

/// What was asked.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Question {
    Read(ProjectPath, u64),
    List(ProjectPath),
    ListHere(ProjectPath),
}

/// What was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Answer {
    /// Digest of the bytes; whether there were any.
    Bytes {
        digest: String,
        empty: bool,
    },
    /// Names of Markdown files, without those that editors come and go with.
    Names(Vec<ProjectPath>),
    Failed(ReadError),
}

/// What was read, and what it was.
#[derive(Debug, Clone, Default)]
pub(super) struct Record {
    seen: BTreeMap<Question, Answer>,
}

/// What was read, against what is there now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Comparison {
    Same,
    Changed,
    /// A file that was there is missing or empty, as between two steps of a save.
    HalfWritten,
}

impl<'a> Recorder<'a> {
    pub(super) fn new(world: &'a dyn World) -> Self {
        Self { world, seen: Mutex::default() }
    }

    pub(super) fn finish(self) -> Record {
        Record { seen: self.seen.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner) }
    }

    fn note(&self, question: Question, answer: Answer) {
        let mut seen = self.seen.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        // The first answer counts: a file that changes between two readings has changed.
        seen.entry(question).or_insert(answer);
    }
}

impl World for Recorder<'_> {
    fn read(&self, path: &ProjectPath, limit: u64) -> Result<Vec<u8>, ReadError> {
        let result = self.world.read(path, limit);
        self.note(Question::Read(path.clone(), limit), Answer::of_bytes(&result));
        result
    }

    fn list(&self, folder: &ProjectPath) -> Result<Vec<ProjectPath>, ReadError> {
        let result = self.world.list(folder);
        self.note(Question::List(folder.clone()), Answer::of_names(&result));
        result
    }

    fn list_here(&self, folder: &ProjectPath) -> Result<Vec<ProjectPath>, ReadError> {
        let result = self.world.list_here(folder);
        self.note(Question::ListHere(folder.clone()), Answer::of_names(&result));
        result
    }
}

impl Answer {
    fn of_bytes(result: &Result<Vec<u8>, ReadError>) -> Self {
        match result {
            Ok(bytes) => Self::Bytes { digest: digest(bytes), empty: bytes.is_empty() },
            Err(error) => Self::Failed(error.clone()),
        }
    }

    /// Whether a file that was there is missing or empty.
    fn is_half_of(&self, before: &Self) -> bool {
        matches!(before, Self::Bytes { empty: false, .. })
            && matches!(self, Self::Failed(ReadError::Missing) | Self::Bytes { empty: true, .. })
    }

    fn of_names(result: &Result<Vec<ProjectPath>, ReadError>) -> Self {
        match result {
            Ok(paths) => Self::Names(paths.iter().filter(|path| is_draft(path.file_name())).cloned().collect()),
            Err(error) => Self::Failed(error.clone()),
        }
    }
}

impl Record {
    pub(super) fn compare(&self, world: &dyn World) -> Comparison {
        let mut comparison = Comparison::Same;
        for (question, before) in &self.seen {
            let now = match question {
                Question::Read(path, limit) => Answer::of_bytes(&world.read(path, *limit)),
                Question::List(folder) => Answer::of_names(&world.list(folder)),
                Question::ListHere(folder) => Answer::of_names(&world.list_here(folder)),
            };
            if now.is_half_of(before) {
                return Comparison::HalfWritten;
            }
            if now != *before {
                comparison = Comparison::Changed;
            }
        }
        comparison
    }
}

/// Whether a name is that of a Markdown file, and of none that editors keep for a moment or for
/// themselves alone (`.#x.md`, `#x.md`, `~x.md`, `x.md___jb_tmp___`).
fn is_draft(name: &str) -> bool {
    name.to_ascii_lowercase().ends_with(".md") && !name.starts_with(['.', '#', '~'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::MemoryWorld;

    fn read_all(world: &MemoryWorld) -> Record {
        let recorder = Recorder::new(world);
        let root = ProjectPath::root();
        let _ = recorder.list_here(&root);
        for name in ["a.md", "missing.png"] {
            let _ = recorder.read(&root.child(name), 9);
        }
        recorder.finish()
    }

    #[test]
    fn only_what_was_read_counts() {
        let before = MemoryWorld::new([("a.md", "a"), ("b/c.md", "c")]);
        let record = read_all(&before);
        for (files, expected) in [
            (vec![("a.md", "a"), ("b/c.md", "other")], Comparison::Same),
            (
                vec![("a.md", "a"), ("4913", ""), ("a.md~", ""), ("#a.md", ""), ("a.tmp", ""), ("x.txt", "")],
                Comparison::Same,
            ),
            (vec![("a.md", "other")], Comparison::Changed),
            (vec![("a.md", "a"), ("n.md", "")], Comparison::Changed),
            (vec![("a.md", "a"), ("missing.png", "x")], Comparison::Changed),
            (vec![("a.md", "")], Comparison::HalfWritten),
            (vec![("b/c.md", "c")], Comparison::HalfWritten),
        ] {
            assert_eq!(record.compare(&MemoryWorld::new(files.clone())), expected, "{files:?}");
        }
    }
}
