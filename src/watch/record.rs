//! What a build has read, kept so that the next one reads only what has changed, and sees one moment of the files.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::output::digest;
use crate::project::{Date, ProjectPath, ReadError, Stamp, World};

/// Larger files are kept as a digest, and read again by each build.
const LARGEST_KEPT: usize = 4 * 1024 * 1024;

/// A world that answers as `kept` has it, asks another what is not there, and notes both.
pub(super) struct Recorder<'a> {
    world: &'a dyn World,
    kept: &'a Record,
    seen: Mutex<BTreeMap<Question, Answer>>,
}

/// What was asked.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Question {
    Read(ProjectPath, u64),
    List(ProjectPath),
    ListHere(ProjectPath),
    /// The newest commit of these files.
    NewestCommit(Vec<String>),
}

/// What was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Answer {
    Content(File),
    Names(Vec<ProjectPath>),
    Failed(ReadError),
    Commit(Commit),
}

/// What a history was found to say.
#[derive(Debug, Clone)]
struct Commit {
    /// From before it was read: a history that has changed since ends with another.
    head: Option<String>,
    newest: Result<Option<i64>, String>,
}

impl PartialEq for Commit {
    /// Whether a report would bear the same date.
    fn eq(&self, other: &Self) -> bool {
        let day = |commit: &Self| commit.newest.clone().map(|newest| newest.map(Date::from_unix));
        day(self) == day(other)
    }
}

impl Eq for Commit {}

/// A file that was read.
#[derive(Debug, Clone)]
struct File {
    content: Content,
    /// From before it was read: a file that has changed since has another.
    stamp: Option<Stamp>,
    /// Whether it was found the same once more since it last changed: times can be too coarse to tell two writes apart.
    steady: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Content {
    Kept(Arc<[u8]>),
    Digest(String),
}

impl PartialEq for File {
    fn eq(&self, other: &Self) -> bool {
        self.content == other.content
    }
}

impl Eq for File {}

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
    pub(super) fn new(world: &'a dyn World, kept: &'a Record) -> Self {
        Self { world, kept, seen: Mutex::default() }
    }

    /// What was asked for, and no more.
    pub(super) fn finish(self) -> Record {
        Record { seen: self.seen.into_inner().unwrap_or_else(PoisonError::into_inner) }
    }

    /// The first answer counts: a file that changes between two readings has changed.
    fn answer(&self, question: Question) -> Answer {
        let seen = || self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let before = seen().get(&question).or_else(|| self.kept.seen.get(&question)).cloned();
        let answer = before.unwrap_or_else(|| question.ask(self.world));
        seen().entry(question).or_insert(answer).clone()
    }

    fn names(&self, question: Question) -> Result<Vec<ProjectPath>, ReadError> {
        match self.answer(question) {
            Answer::Names(names) => Ok(names),
            Answer::Failed(error) => Err(error),
            Answer::Content(_) | Answer::Commit(_) => unreachable!("a list was asked for"),
        }
    }
}

impl World for Recorder<'_> {
    fn read(&self, path: &ProjectPath, limit: u64) -> Result<Vec<u8>, ReadError> {
        match self.answer(Question::Read(path.clone(), limit)) {
            Answer::Content(File { content: Content::Kept(bytes), .. }) => Ok(bytes.to_vec()),
            Answer::Content(File { content: Content::Digest(_), .. }) => self.world.read(path, limit),
            Answer::Failed(error) => Err(error),
            Answer::Names(_) | Answer::Commit(_) => unreachable!("a file was asked for"),
        }
    }

    fn list(&self, folder: &ProjectPath) -> Result<Vec<ProjectPath>, ReadError> {
        self.names(Question::List(folder.clone()))
    }

    fn list_here(&self, folder: &ProjectPath) -> Result<Vec<ProjectPath>, ReadError> {
        self.names(Question::ListHere(folder.clone()))
    }

    /// Each build looks anew; that one has come or gone brings about no build.
    fn system_font(&self, name: &str, limit: u64) -> Result<Vec<u8>, ReadError> {
        self.world.system_font(name, limit)
    }

    fn newest_commit(&self, paths: &[&str]) -> Result<Option<i64>, String> {
        match self.answer(Question::NewestCommit(paths.iter().map(|path| (*path).to_owned()).collect())) {
            Answer::Commit(commit) => commit.newest,
            Answer::Content(_) | Answer::Names(_) | Answer::Failed(_) => unreachable!("a commit was asked for"),
        }
    }

    fn head(&self) -> Option<String> {
        self.world.head()
    }
}

impl Question {
    fn ask(&self, world: &dyn World) -> Answer {
        match self {
            Self::Read(path, limit) => {
                let stamp = world.stamp(path);
                match world.read(path, *limit) {
                    Ok(bytes) => Answer::Content(File { content: Content::of(bytes), stamp, steady: false }),
                    Err(error) => Answer::Failed(error),
                }
            }
            Self::List(folder) => Answer::of_names(world.list(folder)),
            Self::ListHere(folder) => Answer::of_names(world.list_here(folder)),
            Self::NewestCommit(paths) => {
                let head = world.head();
                let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
                Answer::Commit(Commit { head, newest: world.newest_commit(&paths) })
            }
        }
    }

    /// Whether the answer holds without asking again, as far as the system's own times tell.
    fn still_holds(&self, answer: &Answer, world: &dyn World) -> bool {
        match (self, answer) {
            (Self::Read(path, _), Answer::Content(File { stamp: Some(stamp), steady: true, .. })) => {
                world.stamp(path).as_ref() == Some(stamp)
            }
            // What a commit holds never changes.
            (Self::NewestCommit(_), Answer::Commit(Commit { head, .. })) => world.head() == *head,
            (Self::Read(..) | Self::List(_) | Self::ListHere(_) | Self::NewestCommit(_), _) => false,
        }
    }
}

impl Content {
    fn of(bytes: Vec<u8>) -> Self {
        if bytes.len() <= LARGEST_KEPT { Self::Kept(bytes.into()) } else { Self::Digest(digest(&bytes)) }
    }

    fn is_empty(&self) -> bool {
        matches!(self, Self::Kept(bytes) if bytes.is_empty())
    }
}

impl Answer {
    fn of_names(result: Result<Vec<ProjectPath>, ReadError>) -> Self {
        result.map_or_else(Self::Failed, Self::Names)
    }

    /// Whether a file that was there is missing or empty.
    fn is_half_of(&self, before: &Self) -> bool {
        let was_there = matches!(before, Self::Content(file) if !file.content.is_empty());
        was_there
            && match self {
                Self::Content(file) => file.content.is_empty(),
                Self::Failed(error) => *error == ReadError::Missing,
                Self::Names(_) | Self::Commit(_) => false,
            }
    }

    /// Whether a build would be another one. Files that editors come and go with make no other.
    fn is_as(&self, before: &Self) -> bool {
        match (self, before) {
            (Self::Names(now), Self::Names(before)) => telling(now).eq(telling(before)),
            (Self::Content(_) | Self::Names(_) | Self::Failed(_) | Self::Commit(_), _) => self == before,
        }
    }
}

/// The names that a build may find something by: other files are asked for by theirs.
fn telling(names: &[ProjectPath]) -> impl Iterator<Item = &ProjectPath> {
    names.iter().filter(|path| is_draft(path.file_name()) || is_font(path.file_name()))
}

/// How closely to look.
#[derive(Clone, Copy)]
pub(super) enum Look<'a> {
    /// Every file is read.
    Whole,
    /// Files that something was told of are read, and those whose times are others.
    At(&'a dyn Fn(&ProjectPath) -> bool),
}

/// What to make of a file that is missing or empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Half {
    /// Its writer has not done yet.
    Wait,
    /// It is what its writer wants.
    Take,
}

impl Record {
    /// This, and what an older one has besides.
    pub(super) fn over(self, mut older: Self) -> Self {
        older.seen.extend(self.seen);
        older
    }

    /// Compares with what is there now. Where that is another whole state, the record is of it from then on.
    pub(super) fn compare(&mut self, world: &dyn World, look: Look<'_>, half: Half) -> Comparison {
        let mut comparison = Comparison::Same;
        let mut now = Vec::new();
        for (question, before) in &self.seen {
            let told = match (look, &question) {
                (_, Question::NewestCommit(_)) => false,
                (Look::Whole, _) => true,
                (Look::At(told), Question::Read(path, _)) => told(path),
                (Look::At(_), Question::List(_) | Question::ListHere(_)) => false,
            };
            if !told && question.still_holds(before, world) {
                continue;
            }
            let mut answer = question.ask(world);
            if half == Half::Wait && answer.is_half_of(before) {
                return Comparison::HalfWritten;
            }
            if !answer.is_as(before) {
                comparison = Comparison::Changed;
            } else if let Answer::Content(file) = &mut answer {
                file.steady = true;
            }
            now.push((question.clone(), answer));
        }
        self.seen.extend(now);
        comparison
    }
}

/// Whether a name is that of a Markdown file, and of none that editors keep for a moment or for
/// themselves alone (`.#x.md`, `#x.md`, `~x.md`, `x.md___jb_tmp___`).
fn is_draft(name: &str) -> bool {
    name.to_ascii_lowercase().ends_with(".md") && !name.starts_with(['.', '#', '~'])
}

/// Whether a name is that of a font, which is looked for in whole folders.
fn is_font(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    !name.starts_with('.') && [".ttf", ".otf", ".ttc", ".otc"].iter().any(|end| name.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::MemoryWorld;

    fn read_all(world: &MemoryWorld, kept: &Record) -> (Record, Vec<Result<Vec<u8>, ReadError>>) {
        let recorder = Recorder::new(world, kept);
        let root = ProjectPath::root();
        let _ = recorder.list_here(&root);
        let read = ["a.md", "missing.png"].map(|name| recorder.read(&root.child(name), 9)).into();
        (recorder.finish(), read)
    }

    #[test]
    fn only_what_was_read_counts() {
        let before = MemoryWorld::new([("a.md", "a"), ("b/c.md", "c")]);
        for (files, expected) in [
            (vec![("a.md", "a"), ("b/c.md", "other")], Comparison::Same),
            (
                vec![("a.md", "a"), ("4913", ""), ("a.md~", ""), ("#a.md", ""), ("a.tmp", ""), ("x.txt", "")],
                Comparison::Same,
            ),
            (vec![("a.md", "other")], Comparison::Changed),
            (vec![("a.md", "a"), ("n.md", "")], Comparison::Changed),
            (vec![("a.md", "a"), ("Noto.TTF", "")], Comparison::Changed),
            (vec![("a.md", "a"), ("missing.png", "x")], Comparison::Changed),
            (vec![("a.md", "")], Comparison::HalfWritten),
            (vec![("b/c.md", "c")], Comparison::HalfWritten),
        ] {
            for look in [Look::Whole, Look::At(&|_| false)] {
                let (mut record, _) = read_all(&before, &Record::default());
                assert_eq!(record.compare(&MemoryWorld::new(files.clone()), look, Half::Wait), expected, "{files:?}");
            }
        }
    }

    /// A project whose history ends with a commit of this name and time.
    struct Committed(Option<(&'static str, i64)>);

    impl World for Committed {
        fn read(&self, _: &ProjectPath, _: u64) -> Result<Vec<u8>, ReadError> {
            Err(ReadError::Missing)
        }

        fn list(&self, _: &ProjectPath) -> Result<Vec<ProjectPath>, ReadError> {
            Ok(Vec::new())
        }

        fn list_here(&self, folder: &ProjectPath) -> Result<Vec<ProjectPath>, ReadError> {
            self.list(folder)
        }

        fn newest_commit(&self, _: &[&str]) -> Result<Option<i64>, String> {
            Ok(self.0.map(|(_, time)| time))
        }

        fn head(&self) -> Option<String> {
            self.0.map(|(name, _)| name.to_owned())
        }
    }

    #[test]
    fn a_commit_counts_where_the_date_was_asked_for() {
        const DAY: i64 = 86_400;
        let before = Committed(Some(("a", 5)));
        for (after, expected) in [
            (before.0, Comparison::Same),
            (Some(("b", 7)), Comparison::Same),
            (Some(("b", DAY)), Comparison::Changed),
            (None, Comparison::Changed),
        ] {
            for look in [Look::Whole, Look::At(&|_| false)] {
                let (kept, after) = (Record::default(), Committed(after));
                let unasked = Recorder::new(&before, &kept);
                assert_eq!(unasked.finish().compare(&after, look, Half::Wait), Comparison::Same);
                let asked = Recorder::new(&before, &kept);
                assert_eq!(asked.newest_commit(&["a.md"]), Ok(Some(5)));
                let mut record = asked.finish();
                assert_eq!(record.compare(&after, look, Half::Wait), expected, "{:?}", after.0);
                let again = Recorder::new(&after, &record);
                let day = |commit: Option<i64>| commit.map(Date::from_unix);
                assert_eq!(again.newest_commit(&["a.md"]).map(day), Ok(day(after.0.map(|(_, time)| time))));
            }
        }
    }

    /// A build is of the moment at which the files were compared, whatever is written while it runs.
    #[test]
    fn a_build_sees_one_moment() {
        let (mut record, _) = read_all(&MemoryWorld::new([("a.md", "a")]), &Record::default());
        let compared = MemoryWorld::new([("a.md", "b")]);
        assert_eq!(record.compare(&compared, Look::Whole, Half::Wait), Comparison::Changed);
        let (after, read) = read_all(&MemoryWorld::new([("a.md", "c")]), &record);
        assert_eq!(read, [Ok(b"b".to_vec()), Err(ReadError::Missing)]);
        let mut after = after;
        assert_eq!(after.compare(&compared, Look::Whole, Half::Wait), Comparison::Same);
    }
}
