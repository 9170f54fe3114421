//! Two versions of a report as one tree, ready to be resolved and written.
//!
//! In: both projects and their files. Out: a [`Redline`]. The new version says how the report looks and what is at fault; the baseline gives what was
//! deleted, and its own faults are no longer of interest.

use std::collections::BTreeSet;

use super::proof::{self, Clean, Failure, Marked};
use super::{
    Built, Kept, Report, Request, Set, Stage, Written, file_stem, fonts, formats, joined, manifest, record,
    resolve_options, rules, styles, write_files,
};
use crate::compare::{self, Coarsened, Comparison};
use crate::diag::{Code, Diagnostic, Diagnostics, Place, Warned};
use crate::document::{Document, Hand, Side};
use crate::markdown;
use crate::project::{self, Author, Entry, Format, Project, ReportConfig, World};
use crate::resolve::{self, Before, Names, ResolvedDocument, RevisionInfo, Worded};
use crate::source::FileId;
use crate::style::{FontSet, Stylesheet};
use crate::write::pdf;

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
    /// Which names go before others.
    pub naming: Naming,
}

/// What two versions are called, where they call themselves something, too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Naming {
    /// As they call themselves, where that tells them apart.
    Own,
    /// As whoever asks calls them.
    Given,
}

/// Two versions as one.
#[derive(Debug, Clone)]
pub struct Redline {
    /// The new version's project; its sources hold the files of both.
    pub project: Project,
    /// The baseline's.
    pub before: Project,
    /// Which of its sources are the baseline's.
    pub old_files: Vec<FileId>,
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
    let first = sources.ids().count();
    let loaded = project::load_behind(old_world, old_entry, sources);
    diagnostics.extend(unread(&loaded.diagnostics));
    let mut before = loaded.value;
    let parsed = document(&mut before, old_world);
    diagnostics.extend(unread(&parsed.diagnostics));
    let (mut old, mut new) = (parsed.value, new);
    resolve::same_date((&mut old, &mut before), (&mut new, &project));
    project.sources = before.sources.clone();
    let old_files = project.sources.ids().skip(first).collect();
    let comparison = compare::compare(&old, &new, options);
    let names = names(&before.config.report, &project.config.report, None);
    Redline { project, before, old_files, diagnostics, comparison, versions: Versions { old, new }, names }
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
    let (redline, style, kept) = begin((world, loaded), (old_world, old_entry), request);
    let mut diagnostics = redline.diagnostics.clone();
    let decided = redline.decide((world, old_world), (&style, &kept), request, &mut diagnostics);
    let revision = decided.and_then(|resolved| resolved.revision);
    BuiltRedline { built: Built { project: redline.project, diagnostics, report: None }, revision }
}

/// Builds a redline in memory: what [`super::build`] is to a report. What its files do not give back of either version is shown whole, and said.
pub fn build_redline(
    (world, loaded): (&dyn World, Warned<Project>),
    (old_world, old_entry): (&dyn World, &Entry),
    request: &RedlineRequest,
    progress: &dyn Fn(Stage),
) -> BuiltRedline {
    progress(Stage::Parsing);
    if formats(&loaded.value, &request.build).contains(&Format::Pdf) {
        rayon::spawn(pdf::prepare);
    }
    let (mut redline, style, kept) = begin((world, loaded), (old_world, old_entry), request);
    progress(Stage::Resolving);
    let mut work = Work { worlds: (world, old_world), style, kept, request, clean: None };
    let (report, revision, diagnostics) = work.prove(&mut redline, progress);
    let Work { kept, clean, .. } = work;
    rayon::spawn(move || drop((kept, clean)));
    BuiltRedline { built: Built { project: redline.project, diagnostics, report }, revision }
}

/// Both versions as one, the style that it is written in, and what its stages share.
fn begin(
    (world, loaded): (&dyn World, Warned<Project>),
    (old_world, old_entry): (&dyn World, &Entry),
    request: &RedlineRequest,
) -> (Redline, Stylesheet, Kept) {
    let mut redline = redline((world, loaded), (old_world, old_entry), &request.options);
    redline.names = names(&redline.before.config.report, &redline.project.config.report, Some(&request.given));
    let style = styles::stylesheet(world, &mut redline.project, &mut redline.diagnostics);
    (redline, style, Kept::default())
}

/// A redline on its way to files.
struct Work<'w> {
    worlds: (&'w dyn World, &'w dyn World),
    style: Stylesheet,
    kept: Kept,
    request: &'w RedlineRequest,
    /// Both versions as the formats say them, once they are written.
    clean: Option<Clean>,
}

/// What a redline came to once: its files, if nothing stands against them.
struct Round {
    resolved: ResolvedDocument,
    fonts: FontSet,
    written: Option<Written>,
}

/// Blocks that fail their proof are shown whole and tried again this often.
const MOST_ROUNDS: usize = 12;

impl Work<'_> {
    /// Writes files until they give back both versions.
    fn prove(
        &mut self,
        redline: &mut Redline,
        progress: &dyn Fn(Stage),
    ) -> (Option<Report>, Option<RevisionInfo>, Diagnostics) {
        let mut failures = Vec::new();
        for _ in 0..MOST_ROUNDS {
            let mut found = redline.diagnostics.clone();
            let marked = Marked::default();
            let Some(round) = self.round(redline, &marked, progress, &mut found) else { return (None, None, found) };
            let Round { mut resolved, fonts, written } = round;
            let Some(written) = written else { return (None, resolved.revision, found) };
            progress(Stage::Checking);
            failures = self.failures(redline, &resolved, &fonts, &marked);
            if failures.is_empty() {
                let stem = format!("{}.redline", file_stem(&redline.project, &self.request.build.name));
                let set = Set { record: format!("{stem}.json"), stem };
                let styles = (&self.style, &fonts);
                let mut report = record(&redline.project, &resolved, styles, (written, set), &mut found);
                if let (Some(report), Some(revision)) = (&mut report, &resolved.revision) {
                    report.manifest = manifest::with_changes(report.manifest.clone(), redline, revision);
                }
                let revision = resolved.revision.take();
                // As a build does, nobody need wait until it is let go.
                rayon::spawn(move || drop((resolved, fonts)));
                return (report, revision, found);
            }
            if !redline.coarsen(&proof::changes(&resolved.document, &failures)) {
                break;
            }
        }
        let mut found = std::mem::take(&mut redline.diagnostics);
        failures.iter().for_each(|failure| found.push(proof::unproved(failure)));
        (None, None, found)
    }

    /// What the files do not give back.
    fn failures(
        &self,
        redline: &Redline,
        resolved: &ResolvedDocument,
        fonts: &FontSet,
        marked: &Marked,
    ) -> Vec<Failure> {
        let Some(clean) = &self.clean else { return Vec::new() };
        let (old, mut failures): (Vec<_>, Vec<_>) =
            clean.failures(marked).into_iter().partition(|failure| failure.side == Side::Old);
        if !old.is_empty() {
            let (style, kept) = ((&self.style, fonts), &self.kept);
            let baseline = Clean::of_baseline(redline, (resolved, self.worlds.1), style, self.request, kept);
            failures.extend(baseline.failures(marked));
        }
        failures
    }

    /// The files, each read back as soon as it is written; `None` where there is no draft. Beside all of it, the first time, both versions by themselves.
    fn round(
        &mut self,
        redline: &Redline,
        marked: &Marked,
        progress: &dyn Fn(Stage),
        found: &mut Diagnostics,
    ) -> Option<Round> {
        let Self { worlds, style, kept, request, clean } = self;
        let (worlds, style, kept, request) = (*worlds, &*style, &*kept, *request);
        let (worded, fonts) = redline.word(worlds, style, found)?;
        let (resolved, written) = std::thread::scope(|scope| {
            let alone =
                clean.is_none().then(|| scope.spawn(|| Clean::of(redline, worlds, (style, &fonts), request, kept)));
            let resolved = redline.resolve(worded, worlds, (style, &fonts, kept), request, found);
            found.extend(redline.shown_whole());
            let sound = !found.has_errors(redline.project.config.report.status);
            let written = sound.then(|| {
                progress(Stage::Writing);
                let seen = |format, bytes: &[u8]| marked.read(format, bytes);
                write_files(&redline.project, &resolved, (style, &fonts, kept), &request.build, &seen, found)
            });
            *clean = alone.map(joined).or_else(|| clean.take());
            (resolved, written.flatten())
        });
        Some(Round { resolved, fonts, written })
    }
}

impl Redline {
    /// Everything about the tree of both: `None` where there is no draft.
    fn decide(
        &self,
        worlds: (&dyn World, &dyn World),
        (style, kept): (&Stylesheet, &Kept),
        request: &RedlineRequest,
        found: &mut Diagnostics,
    ) -> Option<ResolvedDocument> {
        let (worded, fonts) = self.word(worlds, style, found)?;
        Some(self.resolve(worded, worlds, (style, &fonts, kept), request, found))
    }

    /// The tree of both with every letter there, and the fonts for them: `None` where there is no draft.
    fn word(
        &self,
        (world, old_world): (&dyn World, &dyn World),
        style: &Stylesheet,
        found: &mut Diagnostics,
    ) -> Option<(Worded, FontSet)> {
        if self.project.drafts.is_empty() {
            return None;
        }
        let before = self.before(old_world);
        let word = || resolve::word_redline(self.comparison.document.clone(), &self.project, &before);
        let (worded, early) = rayon::join(word, || fonts::early(world, &self.project, style));
        let fonts = fonts::find((world, early), &self.project, worded.document(), style, found);
        let ahead = fonts.clone();
        rayon::spawn(move || ahead.look_through());
        Some((worded, fonts))
    }

    /// The rest of what is decided about it.
    fn resolve(
        &self,
        worded: Worded,
        (world, old_world): (&dyn World, &dyn World),
        (style, fonts, kept): (&Stylesheet, &FontSet, &Kept),
        request: &RedlineRequest,
        found: &mut Diagnostics,
    ) -> ResolvedDocument {
        let before = self.before(old_world);
        let options = resolve_options(&self.project, (style, fonts), &request.build, kept);
        let resolve = || resolve::resolve_redline(worded, &self.project, world, &before, &options);
        let (resolved, unsound) = rayon::join(resolve, || proof::of_tree(self));
        let resolved = found.take(resolved);
        found.extend(rules(&self.project, &resolved, (style, fonts), &request.build));
        unsound.into_iter().for_each(|side| found.push(proof::unsound(side)));
        resolved
    }

    /// Shows changes whole; false if they are already.
    fn coarsen(&mut self, numbers: &BTreeSet<u32>) -> bool {
        let Coarsened { document, changes, blocks, .. } = compare::coarsen(&self.comparison.document, numbers);
        let some = !blocks.is_empty();
        let coarsened = std::mem::take(&mut self.comparison.coarsened).into_iter().chain(blocks).collect();
        self.comparison = Comparison { document, changes, coarsened };
        some
    }

    /// What is shown whole though part of it is the same.
    fn shown_whole(&self) -> Diagnostics {
        let mut found = Diagnostics::new();
        for span in &self.comparison.coarsened {
            let message = "this is shown as deleted and inserted as a whole, though part of it has not changed";
            let hint = "its changes could not be marked one by one so that both versions can be had back";
            found.push(Diagnostic::new(Code::ShownWhole, *span, message).hint(hint));
        }
        found
    }

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
    found.extend(resolve::cover_lines(&mut document, project));
    Warned::new(document, found)
}

/// The versions by what they call themselves: a draft's label, else the version; else what they are called from outside.
fn names(old: &ReportConfig, new: &ReportConfig, given: Option<&Given>) -> Names {
    let terms = resolve::Terms::of_language(new.language.as_deref().unwrap_or("en"));
    let own = |report: &ReportConfig| report.draft_label.clone().or_else(|| report.version.clone());
    let (was, is) = (own(old), own(new));
    let by_own = given.is_none_or(|given| given.naming == Naming::Own);
    let told_apart = by_own && was.is_some() && is.is_some() && was != is;
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
