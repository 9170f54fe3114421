//! From versions to what changed from one to the next.

use std::path::Path;

use crate::changelog::{self, Release};
use crate::cli::exit::Exit;
use crate::cli::project::Target;
use crate::cli::terminal::failure;
use crate::cli::versions::{self, Version, Versions};
use crate::compare;
use crate::diag::Diagnostics;
use crate::document::Hand;
use crate::pipeline::{self, BuiltRedline, Given, Naming, RedlineRequest, Request};
use crate::project::{self, Date, Format, Project, ProjectPath, World, history};
use crate::resolve::Terms;

/// Releases, the newest first, and the newest version's project.
pub(super) struct Gathered {
    pub(super) releases: Vec<Release>,
    pub(super) project: Project,
    pub(super) world: Box<dyn World>,
    pub(super) diagnostics: Diagnostics,
    pub(super) prefix: String,
}

/// Two versions.
pub(super) fn one(versions: Versions) -> Result<Gathered, Exit> {
    let Versions { target, old, new } = versions;
    let Step { release, project, diagnostics } = step(&old, &new);
    let mut releases: Vec<Release> = release.into_iter().collect();
    note(&mut releases, &*new.world, &project);
    Ok(Gathered { releases, project, world: new.world, diagnostics, prefix: target.prefix() })
}

/// Every release, and what came after the last.
pub(super) fn all(named: Option<&Path>, language: Option<&str>) -> Result<Gathered, Exit> {
    let target = Target::at(named, None)?.in_language(language)?;
    let mut newer = versions::at_hand(&target)?;
    let tagged = tagged(&target)?;
    if tagged.is_empty() {
        failure("no release is tagged: a changelog of all of them has nothing to tell");
        return Err(Exit::Usage);
    }
    let (mut releases, mut newest): (Vec<Release>, Option<Step>) = (Vec::new(), None);
    for older in tagged {
        let mut step = step(&older, &newer);
        // Files at hand that are the last release are none of their own.
        let nothing = step.release.as_ref().is_some_and(|release| !release.is_released() && release.total.changes == 0);
        releases.extend(step.release.take().filter(|_| !nothing));
        newest.get_or_insert(step);
        newer = named_version(older);
    }
    let world = versions::at_hand(&target)?.world;
    let Some(Step { project, diagnostics, .. }) = newest else { return Err(Exit::Usage) };
    note(&mut releases, &*world, &project);
    Ok(Gathered { releases, project, world, diagnostics, prefix: target.prefix() })
}

/// The releases as versions, the newest first.
pub(super) fn tagged(target: &Target) -> Result<Vec<Version>, Exit> {
    let tagged = history::releases(&target.location.root, "HEAD").map_err(|error| versions::refuse(&error, None))?;
    tagged.iter().map(|revision| versions::version(target, revision)).collect()
}

pub(super) fn named_version(version: Version) -> Version<Option<String>> {
    Version { world: version.world, entry: version.entry, name: Some(version.name), time: version.time }
}

/// What became of one version.
pub(super) struct Step {
    pub(super) release: Option<Release>,
    /// The newer version's.
    pub(super) project: Project,
    /// What keeps it from being read.
    pub(super) diagnostics: Diagnostics,
}

/// From one version to the next.
pub(super) fn step(old: &Version, new: &Version<Option<String>>) -> Step {
    let loaded = project::load(&*new.world, &new.entry);
    let terms = Terms::of_language(loaded.value.config.report.language());
    let time = new.time.unwrap_or_default();
    let configured = loaded.value.config.report.date;
    let request = RedlineRequest {
        build: Request { date: Date::from_unix(time), formats: Some(vec![Format::Html]), name: String::new() },
        options: compare::Options::default(),
        given: Given {
            baseline: old.name.clone(),
            revision: new.name.clone(),
            author: Hand { author: env!("CARGO_PKG_NAME").to_owned(), time },
            naming: Naming::Own,
        },
    };
    let BuiltRedline { built, revision } =
        pipeline::changes((&*new.world, loaded), (&*old.world, &old.entry), &request);
    // The date of files at hand is theirs alone where their configuration gives one.
    let date = configured.or_else(|| new.name.as_ref().and(new.time).map(Date::from_unix));
    let mut release = revision.map(|revision| changelog::release(&revision, terms, date, new.name.clone()));
    if let (Some(release), Some(time)) = (&mut release, old.time) {
        let configured = project::load(&*old.world, &old.entry).value.config.report.date;
        release.since_date = Some(configured.unwrap_or_else(|| Date::from_unix(time)));
    }
    // Faults of drafts are `build`'s to tell, unless nothing could be compared for them.
    let diagnostics = if release.is_none() { built.diagnostics } else { Diagnostics::new() };
    Step { release, project: built.project, diagnostics }
}

/// No note of a version is longer than this.
const LONGEST_NOTE: u64 = 1 << 20;

/// Gives releases what people wrote about them.
pub(super) fn note(releases: &mut [Release], world: &dyn World, project: &Project) {
    changelog::assign(&notes(world, project), releases);
}

/// What people wrote about versions, by the names of the files.
pub(in crate::cli) fn notes(world: &dyn World, project: &Project) -> Vec<(String, String)> {
    let Ok(folder) = ProjectPath::new(&project.config.changelog.notes) else { return Vec::new() };
    let mut paths = world.list_here(&folder).unwrap_or_default();
    paths.retain(|path| path.file_name().ends_with(".md"));
    paths.sort();
    let read = |path: &ProjectPath| {
        let bytes = world.read(path, LONGEST_NOTE).ok()?;
        let name = path.file_name().trim_end_matches(".md").to_owned();
        Some((name, String::from_utf8_lossy(&bytes).into_owned()))
    };
    paths.iter().filter_map(read).collect()
}
