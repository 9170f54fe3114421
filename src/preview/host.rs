//! What a preview has to be told from outside: where the project is, and what only a program knows.

use std::io;
use std::path::PathBuf;

use crate::diag::{Diagnostics, Status};
use crate::project::{Date, Entry, Project, SystemWorld, World};
use crate::source::Sources;
use crate::watch::Notice;

/// The project that is shown, and the program around the preview.
pub trait Host: Send + 'static {
    /// The folder that is watched.
    fn root(&self) -> PathBuf;

    /// What in it the project is.
    fn entry(&self) -> Entry;

    /// What files are named after where the configuration says nothing.
    fn name(&self) -> String;

    /// The project's files, without what a build writes.
    /// # Errors
    /// If the root is not there.
    fn world(&self) -> io::Result<SystemWorld>;

    /// The report's date; the files, and the history that it may come from, are those of `world`.
    /// # Errors
    /// Why there is none.
    fn date(&self, project: &Project, world: &dyn World, diagnostics: &mut Diagnostics) -> Result<Date, String>;

    /// Adds to a loaded project the drafts that the program writes itself: what has changed since a version, and the
    /// report's history. Asked only where the configuration wants them; the files are those of `world`.
    /// # Errors
    /// Why they cannot be written.
    fn append(&self, project: &mut Project, world: &dyn World) -> Result<(), String> {
        let _ = (project, world);
        Ok(())
    }

    /// Hears what was found in the drafts of each state, with the files that it was found in.
    fn found(&self, diagnostics: &Diagnostics, sources: &Sources, status: Status) {
        let _ = (diagnostics, sources, status);
    }

    /// Hears what the watcher has to tell.
    fn tell(&self, notice: &Notice);
}
