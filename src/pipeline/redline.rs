//! Two versions of a report as one tree, ready to be resolved and written.
//!
//! In: both projects and their files. Out: a [`Redline`]. The new version says how the report looks and what is at fault; the baseline gives what was
//! deleted, and its own faults are no longer of interest.

use super::{Built, Kept, Request, Set, Stage, file_stem, finish, fonts, missing_glyphs, resolve_options, styles};
use crate::compare::{self, Comparison};
use crate::diag::{Code, Diagnostic, Diagnostics, Place, Warned};
use crate::document::{Document, Hand};
use crate::markdown;
use crate::project::{self, Author, Entry, Project, ReportConfig, World};
use crate::resolve::{self, Before, Names, ResolvedDocument, RevisionInfo};
use crate::source::FileId;
use crate::style::{FontSet, Stylesheet};

/// What a redline is to be, beyond what the project itself says.
#[derive(Debug, Clone)]
pub struct RedlineRequest {
    /// As for a report; the date is the new version's.
    pub build: Request,
    /// How the versions are compared.
    pub options: compare::Options,
    /// What the versions are called by whoever asks, and who made the changes.
    pub given: Given,
}

/// What is known of two versions from outside.
#[derive(Debug, Clone)]
pub struct Given {
    /// The baseline: a tag, a commit, a path.
    pub baseline: String,
    /// The revision, where it is called something.
    pub revision: Option<String>,
    /// Whose the redline is, and of when.
    pub author: Hand,
}

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
    let loaded = project::load_behind(old_world, old_entry, sources);
    diagnostics.extend(unread(&loaded.diagnostics));
    let mut before = loaded.value;
    let parsed = document(&mut before, old_world);
    diagnostics.extend(unread(&parsed.diagnostics));
    let old = parsed.value;
    project.sources = before.sources.clone();
    let comparison = compare::compare(&old, &new, options);
    let names = names(&before.config.report, &project.config.report, None);
    Redline { project, before, diagnostics, comparison, versions: Versions { old, new }, names }
}

/// A redline as it is to be published.
#[derive(Debug, Clone)]
pub struct BuiltRedline {
    /// The files, what was found about the new version, and its project.
    pub built: Built,
    /// What changed; nothing where the versions could not be read.
    pub revision: Option<RevisionInfo>,
}

/// What changed, without writing it anywhere.
pub fn changes(
    (world, loaded): (&dyn World, Warned<Project>),
    (old_world, old_entry): (&dyn World, &Entry),
    request: &RedlineRequest,
) -> BuiltRedline {
    let Decided { redline, resolved, .. } = decide((world, loaded), (old_world, old_entry), request, &|_| {});
    let revision = resolved.and_then(|(resolved, ..)| resolved.revision);
    let Redline { project, diagnostics, .. } = redline;
    BuiltRedline { built: Built { project, diagnostics, report: None }, revision }
}

/// Builds a redline in memory: what [`super::build`] is to a report.
pub fn build_redline(
    (world, loaded): (&dyn World, Warned<Project>),
    (old_world, old_entry): (&dyn World, &Entry),
    request: &RedlineRequest,
    progress: &dyn Fn(Stage),
) -> BuiltRedline {
    let Decided { mut redline, resolved, kept } = decide((world, loaded), (old_world, old_entry), request, progress);
    let mut diagnostics = std::mem::take(&mut redline.diagnostics);
    let project = redline.project;
    let Some((resolved, style, fonts)) = resolved else {
        return BuiltRedline { built: Built { project, diagnostics, report: None }, revision: None };
    };
    let report = (!diagnostics.has_errors(project.config.report.status)).then(|| {
        let stem = format!("{}.redline", file_stem(&project.config, &request.build.name));
        let set = Set { record: format!("{stem}.json"), stem };
        finish(&project, &resolved, (&style, &fonts, &kept), (&request.build, set), progress, &mut diagnostics)
    });
    let built = Built { project, diagnostics, report: report.flatten() };
    BuiltRedline { built, revision: resolved.revision }
}

/// Both versions as one, and everything about it decided.
struct Decided {
    redline: Redline,
    resolved: Option<(ResolvedDocument, Stylesheet, FontSet)>,
    kept: Kept,
}

fn decide(
    (world, loaded): (&dyn World, Warned<Project>),
    (old_world, old_entry): (&dyn World, &Entry),
    request: &RedlineRequest,
    progress: &dyn Fn(Stage),
) -> Decided {
    let kept = Kept::default();
    progress(Stage::Parsing);
    let mut redline = redline((world, loaded), (old_world, old_entry), &request.options);
    redline.names = names(&redline.before.config.report, &redline.project.config.report, Some(&request.given));
    let mut diagnostics = std::mem::take(&mut redline.diagnostics);
    let style = styles::stylesheet(world, &mut redline.project, &mut diagnostics);
    progress(Stage::Resolving);
    let resolved = (!redline.project.drafts.is_empty()).then(|| {
        let before = redline.before(old_world);
        let worded = resolve::word_redline(redline.comparison.document.clone(), &redline.project, &before);
        let early = fonts::early(world, &redline.project, &style);
        let fonts = fonts::find((world, early), &redline.project, worded.document(), &style, &mut diagnostics);
        let options = resolve_options(&redline.project, (&style, &fonts), &request.build, &kept);
        let resolved = resolve::resolve_redline(worded, &redline.project, world, &before, &options);
        let resolved = diagnostics.take(resolved);
        diagnostics.extend(missing_glyphs(&redline.project, &resolved, (&style, &fonts), &request.build));
        (resolved, style, fonts)
    });
    redline.diagnostics = diagnostics;
    Decided { redline, resolved, kept }
}

impl Redline {
    /// The baseline, as `resolve` asks for it.
    pub fn before<'b>(&'b self, world: &'b dyn World) -> Before<'b> {
        Before { project: &self.before, world, names: &self.names }
    }
}

/// What of the baseline could not be read: the rest of it would show as new.
fn unread(found: &Diagnostics) -> Diagnostics {
    let loses = |code| {
        let unread = matches!(code, Code::Unreadable | Code::MissingFile | Code::TooLarge | Code::TooDeep);
        unread || matches!(code, Code::NoDrafts | Code::InvalidConfig)
    };
    let mut unread = Diagnostics::new();
    for fault in found.iter().filter(|fault| loses(fault.code)) {
        let message = format!("the baseline cannot be compared: {}", fault.message);
        unread.push(Diagnostic::at(fault.code, Place::Nowhere, message));
    }
    unread
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

/// The versions by what they call themselves: a draft's label, else the version; else what they are called from outside.
fn names(old: &ReportConfig, new: &ReportConfig, given: Option<&Given>) -> Names {
    let terms = resolve::Terms::of_language(new.language.as_deref().unwrap_or("en"));
    let own = |report: &ReportConfig| report.draft_label.clone().or_else(|| report.version.clone());
    let (was, is) = (own(old), own(new));
    let told_apart = was.is_some() && is.is_some() && was != is;
    let earlier = || given.map_or_else(|| terms.revision.earlier.to_owned(), |given| given.baseline.clone());
    let current =
        || given.and_then(|given| given.revision.clone()).unwrap_or_else(|| terms.revision.current.to_owned());
    let author = given.map(|given| given.author.clone()).unwrap_or_else(|| {
        let author = new.authors.first().map_or(UNKNOWN, Author::name).to_owned();
        Hand { author, time: 0 }
    });
    Names {
        baseline: was.filter(|_| told_apart).unwrap_or_else(earlier),
        revision: is.filter(|_| told_apart || given.is_none()).unwrap_or_else(current),
        author,
    }
}

/// Who has made a redline that nobody is known to have made: a name is wanted (ECMA-376 17.13.5.18).
const UNKNOWN: &str = "rapporteur";
