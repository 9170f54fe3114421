//! An annex and a history of revisions, as drafts among those of a report that asks for them.

use super::draft;
use super::gather::{self, Step};
use crate::changelog::{self, Release};
use crate::cli::exit::Exit;
use crate::cli::project::Target;
use crate::cli::versions;
use crate::document::PartKind;
use crate::markdown;
use crate::project::{ChangelogConfig, Project, World, history};

/// Adds what the configuration asks for to a loaded project.
/// # Errors
/// Says on standard error why earlier versions cannot be read.
pub(in crate::cli) fn append(target: &Target, project: &mut Project, world: &dyn World) -> Result<(), Exit> {
    let ChangelogConfig { annex, history, since, .. } = project.config.changelog.clone();
    if !annex && !history {
        return Ok(());
    }
    if annex {
        let release = newest(target, since.as_deref())?;
        let mut releases: Vec<Release> = release.into_iter().collect();
        gather::note(&mut releases, world, project);
        for release in &releases {
            let annex = draft(project, "changes.md", changelog::annex(release));
            project.drafts.push(annex);
        }
    }
    if history {
        let mut releases = releases(target)?;
        gather::note(&mut releases, world, project);
        if !releases.is_empty() {
            let at = body(project);
            let history = draft(project, "history.md", changelog::history(&releases));
            project.drafts.insert(at, history);
        }
    }
    Ok(())
}

/// What is new since a version; where the files at hand are the last release, what that one brought.
fn newest(target: &Target, since: Option<&str>) -> Result<Option<Release>, Exit> {
    let refuse = |error| versions::refuse(&error, since);
    let range = history::range(&target.location.root, since).map_err(refuse)?;
    let old = versions::version(target, &range.base)?;
    let Step { release, .. } = gather::step(&old, &versions::at_hand(target)?);
    if since.is_some() || release.as_ref().is_some_and(|release| release.total.changes > 0) {
        return Ok(release);
    }
    match history::range(&target.location.root, Some("..")) {
        Ok(range) => {
            let before = versions::version(target, &range.base)?;
            Ok(gather::step(&before, &gather::named_version(old)).release)
        }
        Err(_) => Ok(release),
    }
}

/// Every release and what came after it, the newest first.
fn releases(target: &Target) -> Result<Vec<Release>, Exit> {
    let mut newer = versions::at_hand(target)?;
    let mut releases = Vec::new();
    for older in gather::tagged(target)? {
        let release = gather::step(&older, &newer).release;
        releases.extend(release.filter(|release| release.is_released() || release.total.changes > 0));
        newer = gather::named_version(older);
    }
    Ok(releases)
}

/// Where the body begins: behind the cover and what stands in front.
fn body(project: &Project) -> usize {
    let files: Vec<_> = project.drafts.iter().map(|draft| draft.file).collect();
    let parts = markdown::parse(&project.sources, &files).value.parts;
    let front = |kind: PartKind| matches!(kind, PartKind::Cover | PartKind::Front);
    parts.iter().rposition(|part| front(part.kind)).map_or(0, |at| at + 1)
}
