//! What a build asks of its files, and what it was told.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use crate::output::digest;
use crate::project::{ProjectPath, ReadError, World};

/// What was asked.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) enum Question {
    /// A file of at most so many bytes.
    Read(String, u64),
    /// The files beneath a folder.
    List(String),
    /// The files directly in a folder.
    ListHere(String),
    /// A font of the system, of at most so many bytes.
    Font(String, u64),
}

/// A world that notes what it is asked.
pub(super) struct Witness<'w> {
    world: &'w dyn World,
    seen: Mutex<Seen>,
}

#[derive(Default)]
struct Seen {
    answers: BTreeMap<Question, String>,
    /// Whether a question had two answers, or one was asked that cannot be asked again.
    is_doubtful: bool,
}

impl Question {
    /// The answer, as a digest; `None` if no build asks so.
    pub(super) fn ask(&self, world: &dyn World) -> Option<String> {
        let path = |path: &str| ProjectPath::new(path).ok().filter(|own| own.as_str() == path);
        Some(match self {
            Self::Read(file, limit) => of_bytes(&world.read(&path(file)?, *limit)),
            Self::List(folder) => of_names(&world.list(&path(folder)?)),
            Self::ListHere(folder) => of_names(&world.list_here(&path(folder)?)),
            Self::Font(name, limit) => of_bytes(&world.system_font(name, *limit)),
        })
    }
}

impl<'w> Witness<'w> {
    pub(super) fn new(world: &'w dyn World) -> Self {
        Self { world, seen: Mutex::default() }
    }

    /// All questions with their answers; nothing where they do not say all that the build depends on.
    pub(super) fn finish(self) -> Option<Vec<(Question, String)>> {
        let Seen { answers, is_doubtful } = self.seen.into_inner().unwrap_or_else(PoisonError::into_inner);
        (!is_doubtful).then(|| answers.into_iter().collect())
    }

    fn note(&self, question: Question, answer: String) {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let before = seen.answers.insert(question, answer.clone());
        // A file that was saved while the report was being built.
        seen.is_doubtful |= before.is_some_and(|before| before != answer);
    }

    fn doubt(&self) {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).is_doubtful = true;
    }
}

fn of_bytes(answer: &Result<Vec<u8>, ReadError>) -> String {
    answer.as_ref().map_or_else(|error| format!("{error:?}"), |bytes| digest(bytes))
}

fn of_names(answer: &Result<Vec<ProjectPath>, ReadError>) -> String {
    let of =
        |names: &Vec<ProjectPath>| digest(names.iter().map(|name| format!("{name}\n")).collect::<String>().as_bytes());
    answer.as_ref().map_or_else(|error| format!("{error:?}"), of)
}

/// No stamps: whoever trusts one does not ask for the file.
impl World for Witness<'_> {
    fn read(&self, path: &ProjectPath, limit: u64) -> Result<Vec<u8>, ReadError> {
        let answer = self.world.read(path, limit);
        self.note(Question::Read(path.as_str().to_owned(), limit), of_bytes(&answer));
        answer
    }

    fn list(&self, folder: &ProjectPath) -> Result<Vec<ProjectPath>, ReadError> {
        let answer = self.world.list(folder);
        self.note(Question::List(folder.as_str().to_owned()), of_names(&answer));
        answer
    }

    fn list_here(&self, folder: &ProjectPath) -> Result<Vec<ProjectPath>, ReadError> {
        let answer = self.world.list_here(folder);
        self.note(Question::ListHere(folder.as_str().to_owned()), of_names(&answer));
        answer
    }

    fn system_font(&self, name: &str, limit: u64) -> Result<Vec<u8>, ReadError> {
        let answer = self.world.system_font(name, limit);
        self.note(Question::Font(name.to_owned(), limit), of_bytes(&answer));
        answer
    }

    fn newest_commit(&self, paths: &[&str]) -> Result<Option<i64>, String> {
        self.doubt();
        self.world.newest_commit(paths)
    }

    fn head(&self) -> Option<String> {
        self.doubt();
        self.world.head()
    }
}
