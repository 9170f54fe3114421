//! A release in one language: the report, its redline, its changelog, and where its paragraphs went.

use std::collections::HashSet;

use super::{Bound, paragraphs};
use crate::changelog::{self, Detail};
use crate::compare;
use crate::diag::{Code, Diagnostic, Diagnostics, Place, Status, Warned};
use crate::document::Hand;
use crate::inspect::{self, InspectError, Told};
use crate::output::{InputRecord, OutputFile, ReleaseRecord};
use crate::pipeline::{self, Built, BuiltRedline, Given, Naming, RedlineRequest, Report, Request, Stage};
use crate::project::{Date, Entry, Project, World};
use crate::resolve::{RevisionInfo, Terms, Total};
use crate::source::Sources;

/// The release before, as a commit holds it.
#[derive(Clone, Copy)]
pub struct Baseline<'w> {
    /// Its files.
    pub world: &'w dyn World,
    /// What made them a project.
    pub entry: &'w Entry,
    /// As it is called.
    pub name: &'w str,
}

/// What an edition is to be.
#[derive(Debug, Clone)]
pub struct EditionRequest<'a> {
    /// What the release is; the project's configuration follows it already ([`super::apply`]).
    pub record: &'a ReleaseRecord,
    /// As for a report.
    pub build: Request,
    /// When the commit was made, in Unix time: of when changes are that have no time of their own.
    pub time: i64,
    /// What people wrote about versions, by the names of the files.
    pub notes: Vec<(String, String)>,
}

/// The version that is released, as a commit holds it.
pub struct Released<'w> {
    /// Its files.
    pub world: &'w dyn World,
    /// What makes them a project.
    pub entry: &'w Entry,
    /// The report.
    pub report: Warned<Project>,
    /// The same without what the program adds to it: what is compared.
    pub compared: Warned<Project>,
}

/// A release in one language.
#[derive(Debug, Clone)]
pub struct Edition {
    /// What it was made from.
    pub project: Project,
    /// What was found, with the files that it was found in: in the report, and in its redline beside that.
    pub found: Vec<(Sources, Diagnostics)>,
    /// The files, unless an error stands against them.
    pub bound: Option<Bound>,
    /// What changed since the release before, if there was one.
    pub changes: Option<Total>,
}

/// Makes an edition in memory.
pub fn edition(
    released: Released<'_>,
    baseline: Option<Baseline<'_>>,
    request: &EditionRequest<'_>,
    progress: &dyn Fn(Stage),
) -> Edition {
    let Released { world, entry, report, mut compared } = released;
    let Built { project, mut diagnostics, report } = pipeline::build(world, report, &request.build, progress);
    if let Some(report) = &report {
        diagnostics.extend(traces(&project, report));
    }
    let sound = !diagnostics.has_errors(project.config.report.status);
    let bound = report.filter(|_| sound).map(|Report { files, manifest, .. }| Bound { files, manifest });
    let mut edition = Edition { found: vec![(project.sources.clone(), diagnostics)], project, bound, changes: None };
    if edition.bound.is_none() {
        return edition;
    }
    // A redline is made from two versions, and carries neither.
    compared.value.config.output.attach_sources = false;
    let redline = redline_request(baseline.map(|baseline| baseline.name), request);
    match baseline {
        Some(Baseline { world: old, entry: old_entry, .. }) => {
            edition.take(pipeline::build_redline((world, compared), (old, old_entry), &redline, progress), request);
        }
        // Against itself: where every number stays.
        None => {
            let same = pipeline::changes((world, compared), (world, entry), &redline);
            if let Some(same) = same.revision {
                let told = changelog::first(&edition.told(&same, request));
                edition.add(request, "changelog.md", Some(told));
                edition.add(request, "paragraphs.csv", paragraphs::numbers(&same.went));
            }
        }
    }
    edition
}

impl Edition {
    /// Takes a redline's files in, and what comes of its changes.
    fn take(&mut self, redline: BuiltRedline, request: &EditionRequest<'_>) {
        let BuiltRedline { built: Built { project, diagnostics, report }, revision } = redline;
        let known: HashSet<Diagnostic> = self.found.iter().flat_map(|(_, found)| found.iter().cloned()).collect();
        let mut new = Diagnostics::new();
        diagnostics.into_iter().filter(|found| !known.contains(found)).for_each(|found| new.push(found));
        self.found.push((project.sources, new));
        let (Some(report), Some(revision)) = (report, revision) else {
            self.bound = None;
            return;
        };
        let told = changelog::markdown(&[self.told(&revision, request)], Detail::All);
        if let Some(Bound { files, manifest }) = &mut self.bound {
            files.extend(report.files);
            let new = report.manifest.inputs.into_iter().filter(|input| !manifest.inputs.contains(input));
            let new: Vec<InputRecord> = new.collect();
            manifest.inputs.extend(new);
            manifest.redline = report.manifest.redline;
        }
        self.add(request, "changelog.md", Some(told));
        self.add(request, "paragraphs.csv", paragraphs::went(&revision.went));
        self.changes = Some(revision.total());
    }

    /// What changed, in the report's language, and what people wrote about it.
    fn told(&self, revision: &RevisionInfo, request: &EditionRequest<'_>) -> changelog::Release {
        let date = self.bound.as_ref().and_then(|bound| Date::parse(bound.manifest.date.as_deref()?));
        let language = self.project.config.report.language.as_deref();
        let tag = format!("v{}", request.record.version);
        let mut releases =
            vec![changelog::release(revision, Terms::of_language(language.unwrap_or("en")), date, Some(tag))];
        changelog::assign(&request.notes, &mut releases);
        releases.remove(0)
    }

    fn add(&mut self, request: &EditionRequest<'_>, ending: &str, text: Option<String>) {
        let stem = pipeline::file_stem(&self.project, &request.build.name);
        if let (Some(bound), Some(text)) = (self.bound.as_mut(), text) {
            bound.files.push(OutputFile { name: format!("{stem}.{ending}"), bytes: text.into_bytes() });
        }
    }
}

fn redline_request(baseline: Option<&str>, request: &EditionRequest<'_>) -> RedlineRequest {
    let record = request.record;
    let bare = |tag: &str| tag.strip_prefix(['v', 'V']).unwrap_or(tag).to_owned();
    RedlineRequest {
        build: request.build.clone(),
        options: compare::Options::default(),
        given: Given {
            baseline: baseline.map(bare).unwrap_or_default(),
            revision: Some(record.version.clone()),
            author: Hand { author: record.author.clone(), time: request.time },
            naming: Naming::Given,
        },
    }
}

/// What a final's files still tell of their making: none may.
fn traces(project: &Project, built: &Report) -> Diagnostics {
    let report = &project.config.report;
    let mut found = Diagnostics::new();
    if report.status == Status::Draft {
        return found;
    }
    let authors: Vec<String> = report.authors.iter().map(|author| author.name().to_owned()).collect();
    for file in &built.files {
        let attachments = if file.name.ends_with(".pdf") { built.manifest.attached.len() } else { 0 };
        let told = Told { authors: authors.clone(), attachments };
        let traces = inspect::traces(&file.bytes, &told).unwrap_or_else(|InspectError(why)| vec![why]);
        for trace in traces {
            let message = format!("{} is no clean copy: {trace}", file.name);
            let hint = "nothing was released; please report this with the drafts";
            found.push(Diagnostic::at(Code::Readback, Place::Nowhere, message).hint(hint));
        }
    }
    found
}
