//! An annex and a history of revisions, as drafts among those of a report that asks for them.

use super::draft;
use super::gather::{self, Step};
use crate::changelog::{self, Release};
use crate::cli::exit::Exit;
use crate::cli::project::Target;
use crate::cli::terminal::failure;
use crate::cli::versions::{self, Place};
use crate::document::PartKind;
use crate::markdown;
use crate::project::{ChangelogConfig, Project, Revision, World, history};

/// The versions before the one that is built.
#[derive(Debug, Clone, Copy)]
pub(in crate::cli) enum Past<'a> {
    /// Those of the files at hand, as the repository's tags tell them.
    AtHand(&'a Target),
    /// Those of a release, as they are known to whoever makes it.
    Release {
        /// Where it is made.
        place: &'a Place,
        /// What is released, and its version.
        head: (&'a Revision, &'a str),
        /// The releases before it, the newest first.
        earlier: &'a [Revision],
    },
}

/// Adds what the configuration asks for to a loaded project.
/// # Errors
/// Says on standard error why earlier versions cannot be read.
pub(in crate::cli) fn append(past: Past<'_>, project: &mut Project, world: &dyn World) -> Result<(), Exit> {
    let ChangelogConfig { annex, history, since, .. } = project.config.changelog.clone();
    if !annex && !history {
        return Ok(());
    }
    if annex {
        let release = match past {
            Past::AtHand(target) => newest(target, since.as_deref())?,
            Past::Release { .. } => released(past, since.as_deref(), 1)?.pop(),
        };
        let mut releases: Vec<Release> = release.into_iter().collect();
        gather::note(&mut releases, world, project);
        for release in &releases {
            let annex = draft(project, "changes.md", changelog::annex(release));
            project.drafts.push(annex);
        }
    }
    if history {
        let mut releases = match past {
            Past::AtHand(target) => releases(target)?,
            Past::Release { .. } => released(past, None, usize::MAX)?,
        };
        gather::note(&mut releases, world, project);
        if !releases.is_empty() {
            let at = body(project);
            let history = draft(project, "history.md", changelog::history(&releases));
            project.drafts.insert(at, history);
        }
    }
    Ok(())
}

/// A release and those before it, the newest first: each against the one before it, the newest against the one `since` names.
fn released(past: Past<'_>, since: Option<&str>, most: usize) -> Result<Vec<Release>, Exit> {
    let Past::Release { place, head: (head, version), earlier } = past else { return Ok(Vec::new()) };
    let mut newer = gather::named_version(place.version(head)?);
    let start = since.and_then(|since| earlier.iter().position(|revision| revision.name == since));
    if let Some(since) = since.filter(|_| start.is_none()) {
        failure(&format!("`since = \"{since}\"` in [changelog] names no release before this one"));
        return Err(Exit::Usage);
    }
    let mut releases: Vec<Release> = Vec::new();
    for older in earlier.iter().skip(start.unwrap_or_default()).take(most) {
        let older = place.version(older)?;
        let is_newest = releases.is_empty();
        let release = gather::step(&older, &newer).release;
        releases.extend(release.map(|release| match is_newest {
            // Its configuration may not know yet what it is called.
            true => Release { name: version.to_owned(), tag: Some(format!("v{version}")), ..release },
            false => release,
        }));
        newer = gather::named_version(older);
    }
    Ok(releases)
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
