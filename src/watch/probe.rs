//! Whether events can be relied on here.

use std::path::Path;

use super::eyes::{Eyes, limit};
use super::{Backend, Notice, Stop};
use crate::project::SystemWorld;

/// What a watcher could do in a project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Probe {
    /// The system tells of every change.
    Native {
        /// Folders that are watched.
        folders: usize,
        /// The system's limits, where it has any.
        limits: Option<String>,
    },
    /// It would look again and again.
    Polling {
        /// Why.
        why: String,
    },
}

/// Sets up a watcher for a project, and lets it go again.
pub fn probe(root: &Path) -> Probe {
    let world = match SystemWorld::open(root) {
        Ok(world) => world.close(&crate::project::output_folder(root)),
        Err(error) => return Probe::Polling { why: error.to_string() },
    };
    let mut eyes = Eyes::new(root, Backend::Auto, &Stop::default());
    let mut polling = None;
    let result = eyes.look_at(&world, &mut |notice| {
        if let Notice::Polling { why } = notice {
            polling = Some(why);
        }
    });
    match (polling, result) {
        (Some(why), _) => Probe::Polling { why },
        (None, Err(error)) => Probe::Polling { why: error.to_string() },
        (None, Ok(())) => Probe::Native { folders: eyes.watching(), limits: limit("max_user_watches") },
    }
}
