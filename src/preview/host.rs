//! What a preview has to be told from outside: where the project is, and what only a program knows.

use std::io;
use std::path::PathBuf;

use crate::diag::Diagnostics;
use crate::project::{Date, Entry, Project, SystemWorld, World};
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

    /// Hears what the watcher has to tell.
    fn tell(&self, notice: &Notice);
}
