//! From a path on the command line to a project and the folder it is written to.

use std::io;
use std::path::{Path, PathBuf};

use super::exit::Exit;
use super::terminal::{failure, printable};
use super::{folders, message, terminal};
use crate::project::{self, Edition, Entry, Location, Project, Start, SystemWorld};

/// A project, or a translation of it, as a command names it.
#[derive(Debug, Clone)]
pub(super) struct Target {
    pub(super) location: Location,
    /// The folder that the user is in.
    pub(super) here: PathBuf,
    /// `--output`.
    output: Option<PathBuf>,
}

impl Target {
    /// Finds what lies at a path, or here, to be written to a folder, or to its own.
    /// # Errors
    /// Says on standard error why there is none.
    pub(super) fn at(path: Option<&Path>, output: Option<&Path>) -> Result<Self, Exit> {
        let here = std::env::current_dir().map_err(|error| {
            failure(&format!("the current folder cannot be read: {error}"));
            Exit::Environment
        })?;
        let start = path.map_or(Start::Here(&here), Start::Named);
        let location = project::locate(start).map_err(|error| {
            failure(&error.to_string());
            Exit::Usage
        })?;
        let output = output.map(|folder| here.join(folder));
        Ok(Self { location, here, output })
    }

    /// The same project in one of its languages; in its own where none is named.
    /// # Errors
    /// Says on standard error that it is not made in that one.
    pub(super) fn in_language(self, language: Option<&str>) -> Result<Self, Exit> {
        let Some(language) = language else { return Ok(self) };
        let editions = self.editions()?;
        let found = editions.iter().find(|(edition, _)| edition.language().eq_ignore_ascii_case(language));
        let Some((_, entry)) = found else {
            failure(&format!("the report is not made in `{}`", printable(language)));
            let languages: Vec<&str> = editions.iter().map(|(edition, _)| edition.language()).collect();
            let add = "`[translations.…]` in rapporteur.toml adds another";
            terminal::message(&format!("its languages: {}; {add}", printable(&languages.join(", "))));
            return Err(Exit::Usage);
        };
        Ok(self.at_entry(entry.clone()))
    }

    /// The same project in each of the languages named, `all` for every one; in its own where none is.
    /// # Errors
    /// Says on standard error that it is not made in one of them.
    pub(super) fn in_languages(self, languages: &[String]) -> Result<Vec<Self>, Exit> {
        if languages.iter().any(|language| language == ALL_LANGUAGES) {
            let editions = self.editions()?.into_iter();
            return Ok(editions.map(|(_, entry)| self.clone().at_entry(entry)).collect());
        }
        if languages.is_empty() {
            return Ok(vec![self]);
        }
        let mut targets: Vec<Self> = Vec::new();
        for language in languages {
            let target = self.clone().in_language(Some(language))?;
            if targets.iter().all(|other| other.location.entry != target.location.entry) {
                targets.push(target);
            }
        }
        Ok(targets)
    }

    /// The languages that the project is made in, each with what leads to it.
    /// # Errors
    /// Says on standard error that its folder cannot be read.
    pub(super) fn editions(&self) -> Result<Vec<(Edition, Entry)>, Exit> {
        Ok(project::editions(&self.world()?, &self.location.entry))
    }

    fn at_entry(mut self, entry: Entry) -> Self {
        self.location.entry = entry;
        self
    }

    /// The files of the project, without what a build writes.
    /// # Errors
    /// Says on standard error why it cannot be read.
    pub(super) fn world(&self) -> Result<SystemWorld, Exit> {
        self.open().map_err(|error| {
            failure(&format!("{} cannot be read: {error}", self.location.root.display()));
            Exit::Environment
        })
    }

    /// The same, without a word.
    /// # Errors
    /// If the root cannot be read.
    pub(super) fn open(&self) -> io::Result<SystemWorld> {
        let world = SystemWorld::open(&self.location.root)?.with_fonts(folders::of_fonts());
        let world = world.close(&project::output_folder(&self.location.root));
        Ok(match &self.output {
            Some(folder) if !self.location.root.starts_with(resolved(folder)) => world.close(folder),
            Some(_) | None => world,
        })
    }

    /// Where to write.
    /// # Errors
    /// Says on standard error that the folder holds the drafts.
    pub(super) fn output(&self, project: &Project) -> Result<PathBuf, Exit> {
        let root = &self.location.root;
        let Some(folder) = &self.output else { return Ok(root.join(&project.config.output.folder)) };
        let drafts = resolved(&root.join(&project.config.drafts.folder));
        if drafts.starts_with(resolved(folder)) {
            failure(&format!("the output folder {} contains the drafts", folder.display()));
            return Err(Exit::Usage);
        }
        Ok(folder.clone())
    }

    /// Whether there is something to watch: a configuration, a folder for drafts, or a draft.
    /// # Errors
    /// Says on standard error that there is none.
    pub(super) fn holds_drafts(&self) -> Result<(), Exit> {
        if self.location.entry != Entry::Folder {
            return Ok(());
        }
        let world = self.world()?;
        if !project::load(&world, &self.location.entry).value.drafts.is_empty() {
            return Ok(());
        }
        let root = self.location.root.display();
        failure(&format!("{root} holds no draft (`*.md`), no folder `drafts` and no rapporteur.toml"));
        terminal::message("`rapporteur new DIR` makes a project to start from");
        Err(Exit::Usage)
    }

    /// What files are named after where the configuration says nothing: the draft, or the folder.
    pub(super) fn name(&self) -> String {
        let name = match &self.location.entry {
            Entry::File(path) => Path::new(path.file_name()).file_stem(),
            Entry::Configuration | Entry::Translation(_) | Entry::Drafts | Entry::Folder => {
                self.location.root.file_name()
            }
        };
        name.unwrap_or_default().to_string_lossy().into_owned()
    }

    /// The root as seen from here.
    pub(super) fn prefix(&self) -> String {
        message::prefix(&self.location.root, &self.here)
    }
}

/// What names every language of a report.
const ALL_LANGUAGES: &str = "all";

/// A path with links followed as far as it exists.
fn resolved(path: &Path) -> PathBuf {
    for ancestor in path.ancestors() {
        if let (Ok(real), Ok(rest)) = (ancestor.canonicalize(), path.strip_prefix(ancestor)) {
            return real.join(rest);
        }
    }
    path.to_owned()
}
