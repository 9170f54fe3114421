//! Drafts to a finished report: every stage, in their order.
//!
//! In: a [`World`], a loaded project, a [`Request`]. Out: [`Built`], with the files if nothing stands
//! against publishing them, and every diagnostic in any case. Never reads a clock or an environment,
//! never writes a file but through [`publish`].

mod figures;
mod fonts;
mod kept;
mod manifest;
mod proof;
mod readback;
mod redline;
pub mod styles;
mod writing;

pub use figures::count;
pub use kept::Kept;
pub use redline::{BuiltRedline, Given, Naming, Redline, RedlineRequest, Versions, build_redline, changes, redline};

use std::path::Path;

use crate::check::{self, Checked};
use crate::diag::{Diagnostics, Status, Warned};
use crate::document::Pt;
use crate::markdown;
use crate::output::{self, Manifest, OutputFile, PublishError};
use crate::project::{Date, Edition, Entry, Format, Project, ReportConfig, World};
use crate::resolve::{self, Alternate, Raster, ResolvedDocument, TextBlock};
use crate::source::FileId;
use crate::style::{self, FontSet, Stylesheet};
use crate::write;
use writing::{Seen, Written, joined, write_all};

/// What to build, beyond what the project itself says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The report's date where the configuration gives none.
    pub date: Date,
    /// The formats; the configuration's where it is `None`.
    pub formats: Option<Vec<Format>>,
    /// What files are named after where the configuration gives neither a name nor a short title.
    pub name: String,
}

/// What a build came to.
#[derive(Debug, Clone)]
pub struct Built {
    /// What it was built from; its sources carry the diagnostics' places.
    pub project: Project,
    /// Everything that was found, in the order of finding.
    pub diagnostics: Diagnostics,
    /// The report, unless an error stands against it.
    pub report: Option<Report>,
}

/// A finished report.
#[derive(Debug, Clone)]
pub struct Report {
    /// Its files, in the order of [`Format::ALL`].
    pub files: Vec<OutputFile>,
    /// What they were made from; their own records are filled in by [`publish`].
    pub manifest: Manifest,
    /// The name that the manifest is published under.
    pub record: String,
}

/// What a build is at, for showing progress.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Drafts to the tree.
    Parsing,
    /// Numbers, references, images.
    Resolving,
    /// The files.
    Writing,
    /// The files are read back.
    Checking,
}

impl Built {
    /// The status that decides about errors.
    pub fn status(&self) -> Status {
        self.project.config.report.status
    }
}

/// Drafts read and everything about them decided, nothing written yet.
#[derive(Debug, Clone)]
pub struct Prepared {
    /// What it was made from.
    pub project: Project,
    /// Everything that was found so far, in the order of finding.
    pub diagnostics: Diagnostics,
    /// What is to be written, how it looks, and the fonts at hand; nothing where there is no draft.
    pub resolved: Option<(ResolvedDocument, Stylesheet, FontSet)>,
}

/// Builds a report in memory.
pub fn build(world: &dyn World, loaded: Warned<Project>, request: &Request, progress: &dyn Fn(Stage)) -> Built {
    build_again(world, loaded, request, progress, &Kept::default())
}

/// The same, with what the build before has kept.
pub fn build_again(
    world: &dyn World,
    loaded: Warned<Project>,
    request: &Request,
    progress: &dyn Fn(Stage),
    kept: &Kept,
) -> Built {
    let Prepared { project, mut diagnostics, resolved } = prepare_again(world, loaded, request, progress, kept);
    let report = resolved.filter(|_| !diagnostics.has_errors(project.config.report.status)).and_then(
        |(resolved, style, fonts)| {
            let set = Set { stem: file_stem(&project, &request.name), record: record_name(&project, &request.name) };
            let report =
                finish(&project, &resolved, (&style, &fonts, kept), (request, set), progress, &mut diagnostics);
            // A tree of a hundred thousand nodes: nobody need wait until it is let go.
            rayon::spawn(move || drop((resolved, fonts)));
            report
        },
    );
    Built { project, diagnostics, report }
}

/// The first half of a build: what the writers are given.
pub fn prepare(world: &dyn World, loaded: Warned<Project>, request: &Request, progress: &dyn Fn(Stage)) -> Prepared {
    prepare_again(world, loaded, request, progress, &Kept::default())
}

/// The same, with what the run before has kept.
pub fn prepare_again(
    world: &dyn World,
    loaded: Warned<Project>,
    request: &Request,
    progress: &dyn Fn(Stage),
    kept: &Kept,
) -> Prepared {
    let is_paged = formats(&loaded.value, request).contains(&Format::Pdf);
    decide((world, loaded), request, progress, kept, &|fonts| {
        // Beside what is resolved, which takes one core.
        rayon::spawn(move || {
            fonts.look_through();
            if is_paged {
                write::pdf::prepare();
            }
        });
    })
}

/// What a build would find in the drafts, and nothing made ready for writers. They and the pages find no fault of a
/// draft beyond it: what the typesetter refuses, or does not read back, is a defect of the program.
pub fn check(world: &dyn World, loaded: Warned<Project>, request: &Request, progress: &dyn Fn(Stage)) -> Prepared {
    decide((world, loaded), request, progress, &Kept::default(), &|_| {})
}

/// Every stage but the last; `ahead` is given the fonts as soon as it is known which they are.
fn decide(
    (world, loaded): (&dyn World, Warned<Project>),
    request: &Request,
    progress: &dyn Fn(Stage),
    kept: &Kept,
    ahead: &dyn Fn(FontSet),
) -> Prepared {
    let mut diagnostics = Diagnostics::new();
    let mut project = diagnostics.take(loaded);
    let style = styles::stylesheet(world, &mut project, &mut diagnostics);
    if project.drafts.is_empty() {
        return Prepared { project, diagnostics, resolved: None };
    }
    progress(Stage::Parsing);
    let files: Vec<FileId> = project.drafts.iter().map(|draft| draft.file).collect();
    let (parsed, early) = rayon::join(
        || markdown::parse_again(&project.sources, &files, &kept.drafts),
        || fonts::early(world, &project, &style),
    );
    let mut document = diagnostics.take(parsed);
    kept.drafts.keep(&files);
    diagnostics.extend(resolve::include(&mut document, &mut project, world));
    let excess = resolve::within_limits(&document, &project.config.limits);
    if !excess.is_empty() {
        diagnostics.extend(excess);
        return Prepared { project, diagnostics, resolved: None };
    }
    progress(Stage::Resolving);
    let worded = resolve::word(document, &project);
    let fonts = fonts::find((world, early), &project, worded.document(), &style, &mut diagnostics);
    ahead(fonts.clone());
    let alternates = alternates(&project, request);
    let options = resolve::Options { alternates, ..resolve_options(&project, (&style, &fonts), request, kept) };
    let mut resolved = diagnostics.take(resolve::resolve(worded, &project, world, &options));
    if project.config.output.attach_sources {
        resolved.attachments = diagnostics.take(resolve::attachments(&project, &resolved.assets, world));
    }
    diagnostics.extend(rules(&project, &resolved, (&style, &fonts), request));
    Prepared { project, diagnostics, resolved: Some((resolved, style, fonts)) }
}

/// What the rules about a whole report find.
fn rules(
    project: &Project,
    resolved: &ResolvedDocument,
    (style, fonts): (&Stylesheet, &FontSet),
    request: &Request,
) -> Diagnostics {
    check::check(&Checked { project, resolved, style, fonts, formats: formats(project, request) })
}

fn formats<'a>(project: &'a Project, request: &'a Request) -> &'a [Format] {
    request.formats.as_ref().unwrap_or(&project.config.output.formats)
}

/// Puts a built report in its place.
/// # Errors
/// As [`output::publish`].
pub fn publish(report: Report, folder: &Path) -> Result<Manifest, PublishError> {
    output::publish(folder, &report.record, &report.files, report.manifest)
}

fn resolve_options(
    project: &Project,
    (style, fonts): (&Stylesheet, &FontSet),
    request: &Request,
    kept: &Kept,
) -> resolve::Options {
    let raster = if formats(project, request).contains(&Format::Docx) { Raster::Twin } else { Raster::None };
    let page = &style.page;
    let around = page.margin_top + page.margin_bottom;
    let text_block = |measure: Pt, height: Pt| TextBlock { measure, tallest_image: (height - around) * TALLEST_IMAGE };
    resolve::Options {
        portrait: text_block(page.measure(), page.height),
        landscape: text_block(page.landscape_measure(), page.width),
        bullets: style.role("list").extra_texts("bullets").into_iter().map(str::to_owned).collect(),
        date: request.date,
        raster,
        fonts: style::faces().iter().map(|face| face.data).collect(),
        fallback_fonts: fonts.fallback().iter().map(|face| face.data.shared()).collect(),
        kept: kept.images.clone(),
        alternates: Vec::new(),
    }
}

/// The pages of the report's other languages, where this one is a page.
fn alternates(project: &Project, request: &Request) -> Vec<Alternate> {
    if !formats(project, request).contains(&Format::Html) {
        return Vec::new();
    }
    let (stem, own) = (report_stem(project, &request.name), project.edition());
    let others = project.editions().into_iter().filter(|edition| *edition != own);
    let page = |edition: &Edition| format!("{stem}{}.{}", edition.suffix(), Format::Html.extension());
    others.map(|edition| Alternate { page: page(&edition), language: edition.language().to_owned() }).collect()
}

/// An image leaves room for its caption: this much of the text's height.
const TALLEST_IMAGE: f64 = 0.85;

/// Writes the files, reads them back, and records them; `None` if they are not to be published.
fn finish(
    project: &Project,
    resolved: &ResolvedDocument,
    (style, fonts, kept): (&Stylesheet, &FontSet, &Kept),
    (request, set): (&Request, Set),
    progress: &dyn Fn(Stage),
    diagnostics: &mut Diagnostics,
) -> Option<Report> {
    progress(Stage::Writing);
    let written = write_files(project, resolved, (style, fonts, kept), request, &|_, _| {}, diagnostics)?;
    progress(Stage::Checking);
    record(project, resolved, (style, fonts), (written, set), diagnostics)
}

/// Writes the files; `None` if that cannot be done. Word's and the page are seen as soon as they are written, beside
/// the rest.
fn write_files(
    project: &Project,
    resolved: &ResolvedDocument,
    (style, fonts, kept): (&Stylesheet, &FontSet, &Kept),
    request: &Request,
    seen: Seen<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Written> {
    let formats = formats(project, request);
    match write_all(resolved, (style, fonts, kept), formats, seen) {
        Ok(Warned { value, diagnostics: doubts }) => {
            diagnostics.extend(doubts);
            Some(value)
        }
        Err(faults) => {
            diagnostics.extend(faults);
            None
        }
    }
}

/// Reads files back and records them; `None` if they are not to be published.
fn record(
    project: &Project,
    resolved: &ResolvedDocument,
    (style, fonts): (&Stylesheet, &FontSet),
    (written, set): (Written, Set),
    diagnostics: &mut Diagnostics,
) -> Option<Report> {
    let ((faults, pdf), manifest) = rayon::join(
        || readback::check(&written, resolved, fonts),
        || manifest::describe(project, resolved, style, &written),
    );
    let sound = !faults.has_errors(resolved.metadata.status);
    diagnostics.extend(faults);
    let manifest = Manifest { pdf, ..manifest };
    let Set { stem, record } = set;
    let files = written
        .files
        .into_iter()
        .map(|(format, bytes)| OutputFile { name: format!("{stem}.{}", format.extension()), bytes });
    sound.then(|| Report { files: files.collect(), manifest, record })
}

/// What the files of a set are called.
struct Set {
    stem: String,
    record: String,
}

/// The configured name, else the short title, else the project's own name; a translation's language comes behind it.
pub fn file_stem(project: &Project, name: &str) -> String {
    report_stem(project, name) + &project.edition().suffix()
}

/// The same without a language: the report's own words say it, so that the files of all its languages stand together.
fn report_stem(project: &Project, name: &str) -> String {
    let report = project.translation.as_ref().map_or(&project.config.report, |translation| &translation.report);
    configured_stem(project, report).or_else(|| output::slug(name)).unwrap_or_else(|| "report".to_owned())
}

fn configured_stem(project: &Project, report: &ReportConfig) -> Option<String> {
    project.config.output.name.clone().or_else(|| output::slug(report.short_title.as_deref()?))
}

/// Whether the configuration says what files are named after, so that they are called alike wherever the project lies.
pub fn names_its_files(project: &Project) -> bool {
    configured_stem(project, &project.config.report).is_some()
}

/// The name that the manifest is published under: sets of different languages stand beside each other, and so do those
/// of drafts that lie in one folder and are each built by themselves.
pub fn record_name(project: &Project, name: &str) -> String {
    match (project.edition(), &project.entry) {
        (Edition::Translation(language), _) => format!("manifest.{language}.json"),
        (Edition::Original(_), Entry::File(_)) => format!("{}.{}", file_stem(project, name), output::MANIFEST_FILE),
        (Edition::Original(_), Entry::Configuration | Entry::Translation(_) | Entry::Drafts | Entry::Folder) => {
            output::MANIFEST_FILE.to_owned()
        }
    }
}
