//! Two versions of a report as one tree, ready to be resolved and written.
//!
//! In: both projects and their files. Out: a [`Redline`]. The new version says how the report looks and what is at fault; the baseline gives what was
//! deleted, and its own faults are no longer of interest.

use crate::compare::{self, Comparison};
use crate::diag::{Diagnostics, Warned};
use crate::document::{Document, Hand};
use crate::markdown;
use crate::project::{self, Author, Entry, Project, ReportConfig, World};
use crate::resolve::{self, Before, Names};
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
    /// What the two are called, and whose the redline is: as the projects say it, until something better is known.
    pub names: Names,
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
    let names = names(&before.config.report, &project.config.report);
    Redline { project, before, diagnostics, comparison, versions: Versions { old, new }, names }
}

impl Redline {
    /// The baseline, as `resolve` asks for it.
    pub fn before<'b>(&'b self, world: &'b dyn World) -> Before<'b> {
        Before { project: &self.before, world, names: &self.names }
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

/// The versions by what they call themselves: a draft's label, else the version; the redline by who issues the report.
fn names(old: &ReportConfig, new: &ReportConfig) -> Names {
    let terms = resolve::Terms::of_language(new.language.as_deref().unwrap_or("en"));
    let own = |report: &ReportConfig| report.draft_label.clone().or_else(|| report.version.clone());
    let (baseline, revision) = match (own(old), own(new)) {
        (Some(old), Some(new)) if old != new => (old, new),
        (old, new) => {
            let earlier = old.filter(|old| new.as_ref() != Some(old));
            let earlier = earlier.unwrap_or_else(|| terms.revision.earlier.to_owned());
            (earlier, new.unwrap_or_else(|| terms.revision.current.to_owned()))
        }
    };
    let author = new.authors.first().map_or(UNKNOWN, Author::name).to_owned();
    Names { baseline, revision, author: Hand { author, time: 0 } }
}

/// Who has made a redline that nobody is known to have made: a name is wanted (ECMA-376 17.13.5.18).
const UNKNOWN: &str = "rapporteur";
