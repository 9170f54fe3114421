//! Two versions of a project, as a command names them: revisions of its history, or two places on disk.

use std::path::{Path, PathBuf};

use super::exit::Exit;
use super::folders;
use super::project::Target;
use super::terminal::{failure, message, printable};
use crate::diag::Code;
use crate::project::history::{self, RangeError};
use crate::project::{self, CommitError, CommitWorld, Entry, ProjectPath, Revision, World};

/// A version that can be read.
pub(super) struct Version<N = String> {
    pub(super) world: Box<dyn World>,
    pub(super) entry: Entry,
    /// As it is called.
    pub(super) name: N,
    /// When it was committed, for a commit.
    pub(super) time: Option<i64>,
}

/// What is compared, and where it is written to.
pub(super) struct Versions {
    pub(super) target: Target,
    pub(super) old: Version,
    /// Files at hand have no name but their date.
    pub(super) new: Version<Option<String>>,
}

/// What a command says of the versions.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked<'a> {
    /// Revisions, or the older of two places.
    pub(super) base: Option<&'a str>,
    /// The newer of two places.
    pub(super) new: Option<&'a Path>,
    /// The project whose revisions they are.
    pub(super) project: Option<&'a Path>,
    pub(super) output: Option<&'a Path>,
    /// The translation that is meant.
    pub(super) language: Option<&'a str>,
}

impl Version {
    fn named(self) -> Version<Option<String>> {
        Version { world: self.world, entry: self.entry, name: Some(self.name), time: self.time }
    }
}

/// Finds them.
/// # Errors
/// Says on standard error what is not there.
pub(super) fn find(asked: Asked<'_>) -> Result<Versions, Exit> {
    match (asked.base, asked.new) {
        (Some(old), Some(new)) => places(Path::new(old), new, asked),
        (base, _) => revisions(base, asked),
    }
}

/// Two folders, or two files.
fn places(old: &Path, new: &Path, asked: Asked<'_>) -> Result<Versions, Exit> {
    let before = Target::at(Some(old), None)?.in_language(asked.language)?;
    let target = Target::at(Some(new), asked.output)?.in_language(asked.language)?;
    // Who reads a redline knows nothing of the folders around it.
    let name = |path: &Path| path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    let version = |target: &Target, path: &Path| -> Result<Version, Exit> {
        let entry = target.location.entry.clone();
        Ok(Version { world: Box::new(target.world()?), entry, name: name(path), time: None })
    };
    let (old, new) = (version(&before, old)?, version(&target, new)?.named());
    Ok(Versions { target, old, new })
}

/// Two commits, or a commit and the files at hand.
fn revisions(spec: Option<&str>, asked: Asked<'_>) -> Result<Versions, Exit> {
    let target = Target::at(asked.project, asked.output)?.in_language(asked.language)?;
    let range = history::range(&target.location.root, spec).map_err(|error| refuse(&error, spec))?;
    let old = baseline(&target, &range.base)?;
    let new = match &range.head {
        Some(head) => version(&target, head)?.named(),
        None => at_hand(&target)?,
    };
    Ok(Versions { target, old, new })
}

/// The older version, which has to hold the report.
fn baseline(target: &Target, revision: &Revision) -> Result<Version, Exit> {
    let now = &target.location.entry;
    let open = CommitWorld::open(&target.location.root, revision);
    let is_absent = match &open {
        Ok(world) => is_absent(world, &entry(world, now)),
        Err(CommitError::Absent(_)) => true,
        Err(CommitError::Unreadable(_)) => false,
    };
    if is_absent {
        let what = match now {
            Entry::Translation(language) => format!("the report in `{}`", printable(language)),
            Entry::Configuration | Entry::Drafts | Entry::Folder | Entry::File(_) => "the report".to_owned(),
        };
        failure(&format!(
            "{} does not hold {what} yet: there is nothing to compare it with",
            printable(&revision.name)
        ));
        message("name a later version, or `rapporteur build` what is new as a whole");
        return Err(Exit::NoBaseline);
    }
    let (world, entry) = opened(open, now, revision)?;
    Ok(Version { world: Box::new(world), entry, name: shown(revision), time: Some(revision.time) })
}

/// Whether there is no draft of the report, and no other fault that hides them.
fn is_absent(world: &CommitWorld, entry: &Entry) -> bool {
    if let Entry::File(path) = entry {
        return !world.has(path);
    }
    let loaded = project::load(world, entry);
    let is_other = matches!(entry, Entry::Translation(_)) && loaded.value.translation.is_none();
    let hides = |code| !matches!(code, Code::NoDrafts | Code::MissingFile);
    is_other || (loaded.value.drafts.is_empty() && !loaded.diagnostics.iter().any(|found| hides(found.code)))
}

/// The files as they lie on disk; they are dated by the commit that is checked out.
pub(super) fn at_hand(target: &Target) -> Result<Version<Option<String>>, Exit> {
    let world = target.world()?;
    let time = history::head_time(&target.location.root);
    let entry = target.location.entry.clone();
    Ok(Version { world: Box::new(world), entry, name: None, time })
}

/// The project as it was at a commit.
pub(super) fn version(target: &Target, revision: &Revision) -> Result<Version, Exit> {
    let root = &target.location.root;
    let open = CommitWorld::open(root, revision);
    let (world, entry) = opened(open, &target.location.entry, revision)?;
    Ok(Version { world: Box::new(world), entry, name: shown(revision), time: Some(revision.time) })
}

/// Where a project's commits are read.
#[derive(Debug, Clone)]
pub(super) struct Place {
    /// A folder of the repository's work tree.
    pub(super) root: PathBuf,
    /// Where the project lies in the repository.
    pub(super) folder: String,
    /// What makes it a project.
    pub(super) entry: Entry,
}

impl Place {
    /// The project as it was at a commit.
    /// # Errors
    /// Says on standard error why it cannot be read.
    pub(super) fn version(&self, revision: &Revision) -> Result<Version, Exit> {
        let (world, entry) = self.commit(revision)?;
        Ok(Version { world: Box::new(world), entry, name: shown(revision), time: Some(revision.time) })
    }

    /// Its files then, and what made them a project.
    /// # Errors
    /// Says on standard error why they cannot be read.
    pub(super) fn commit(&self, revision: &Revision) -> Result<(CommitWorld, Entry), Exit> {
        opened(self.open(revision), &self.entry, revision)
    }

    /// The same project in another language.
    pub(super) fn in_language(&self, language: &str) -> Self {
        Self { entry: Entry::Translation(language.to_owned()), ..self.clone() }
    }

    /// Whether there was such a project then.
    pub(super) fn holds(&self, revision: &Revision) -> bool {
        self.open(revision).is_ok_and(|world| {
            let then = entry(&world, &self.entry);
            let project = project::load(&world, &then).value;
            let is_other = matches!(then, Entry::Translation(_)) && project.translation.is_none();
            !project.drafts.is_empty() && !is_other
        })
    }

    fn open(&self, revision: &Revision) -> Result<CommitWorld, CommitError> {
        CommitWorld::open_beneath(&self.root, &self.folder, revision)
    }
}

/// A commit's files, without what a build writes.
fn opened(
    world: Result<CommitWorld, CommitError>,
    now: &Entry,
    revision: &Revision,
) -> Result<(CommitWorld, Entry), Exit> {
    let environment = |why: CommitError| {
        failure(&format!("{} cannot be read: {why}", revision.name));
        Exit::Environment
    };
    let world = world.map_err(environment)?.with_fonts(folders::of_fonts());
    let entry = entry(&world, now);
    if let Entry::File(path) = &entry
        && !world.has(path)
    {
        failure(&format!("{} has no file {path}", revision.name));
        return Err(Exit::Usage);
    }
    let world = match project::output_folder_of(&world) {
        Some(folder) => world.close(&folder),
        None => world,
    };
    Ok((world, entry))
}

/// A tag or branch by its name, what is counted from one (`HEAD~3`) or is a number by the first digits of its own.
fn shown(revision: &Revision) -> String {
    let name = &revision.name;
    let is_number = name.len() >= SHORT && revision.id.starts_with(name.as_str());
    if is_number || name.starts_with("HEAD") || name.contains(['~', '^', '@', ':']) {
        return revision.id.chars().take(SHORT).collect();
    }
    name.clone()
}

/// Digits of a commit's name that tell it from others, as git shows them.
const SHORT: usize = 7;

/// What made the folder a project then.
fn entry(world: &CommitWorld, now: &Entry) -> Entry {
    let drafts = ProjectPath::root().child("drafts");
    match now {
        Entry::File(path) => Entry::File(path.clone()),
        // A version without it says so.
        Entry::Translation(language) => Entry::Translation(language.clone()),
        Entry::Configuration | Entry::Drafts | Entry::Folder => {
            if world.has(&ProjectPath::root().child(project::CONFIG_FILE)) {
                Entry::Configuration
            } else if world.has_folder(&drafts) {
                Entry::Drafts
            } else {
                Entry::Folder
            }
        }
    }
}

/// Says why it is not known what to compare.
pub(super) fn refuse(error: &RangeError, spec: Option<&str>) -> Exit {
    failure(&error.to_string());
    let is_place = spec.is_some_and(|spec| PathBuf::from(spec).exists());
    match error.hint() {
        _ if is_place => message("two folders or files are compared by naming both: `rapporteur diff OLD NEW`"),
        Some(hint) => message(&hint),
        None => {}
    }
    match error {
        RangeError::Refused(_) | RangeError::Shallow { .. } => Exit::Environment,
        RangeError::NoRepository | RangeError::Unborn | RangeError::Unknown(_) | RangeError::NoRelease(_) => {
            Exit::Usage
        }
    }
}
