//! Two versions of a report as one tree, ready to be resolved and written.
//!
//! In: both projects and their files. Out: a [`Redline`]. The new version says how the report looks and what is at fault; the baseline gives what was
//! deleted, and its own faults are no longer of interest.

use crate::compare::{self, Comparison};
use crate::diag::{Diagnostics, Warned};
use crate::document::Document;
use crate::markdown;
use crate::project::{self, Entry, Project, World};
use crate::resolve::{self, Before};
use crate::source::FileId;

/// Two versions as one.
#[derive(Debug, Clone)]
pub struct Redline {
    /// The new version's project; its sources hold the files of both.
    pub project: Project,
    /// The baseline's.
    pub before: Project,
    /// What was found about the new version.
    pub diagnostics: Diagnostics,
    /// The tree of both, and how many changes it shows.
    pub comparison: Comparison,
    /// The two as they were compared, for the proof.
    pub versions: Versions,
}

/// Both versions as they are compared: their lines filled in, their pictures known.
#[derive(Debug, Clone)]
pub struct Versions {
    /// The baseline.
    pub old: Document,
    /// The revision.
    pub new: Document,
}

/// Compares a project with its baseline, which is read here.
pub fn redline(
    (world, loaded): (&dyn World, Warned<Project>),
    (old_world, old_entry): (&dyn World, &Entry),
    options: &compare::Options,
) -> Redline {
    let mut diagnostics = Diagnostics::new();
    let mut project = diagnostics.take(loaded);
    let new = diagnostics.take(document(&mut project, world));
    // The baseline's files come behind: what has its place there is gone.
    let sources = std::mem::take(&mut project.sources);
    let mut before = project::load_behind(old_world, old_entry, sources).value;
    let old = document(&mut before, old_world).value;
    project.sources = before.sources.clone();
    let comparison = compare::compare(&old, &new, options);
    Redline { project, before, diagnostics, comparison, versions: Versions { old, new } }
}

impl Redline {
    /// The baseline, as `resolve` asks for it.
    pub fn before<'b>(&'b self, world: &'b dyn World) -> Before<'b> {
        Before { project: &self.before, world }
    }
}

/// A version as it is compared.
fn document(project: &mut Project, world: &dyn World) -> Warned<Document> {
    let mut found = Diagnostics::new();
    let files: Vec<FileId> = project.drafts.iter().map(|draft| draft.file).collect();
    let mut document = found.take(markdown::parse(&project.sources, &files));
    found.extend(resolve::include(&mut document, project, world));
    let excess = resolve::within_limits(&document, &project.config.limits);
    if !excess.is_empty() {
        found.extend(excess);
        return Warned::new(Document::default(), found);
    }
    resolve::fill_lines(&mut document, project, &mut found);
    resolve::digest_images(&mut document, project, world);
    Warned::new(document, found)
}
