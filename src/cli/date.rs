use std::ffi::OsString;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use super::exit::Exit;
use super::terminal::failure;
use crate::diag::{Code, Diagnostic, Diagnostics, Place};
use crate::project::{Date, Project, World, history};

/// The report's date: configuration, else `SOURCE_DATE_EPOCH`, else the newest commit of a draft, else today.
/// # Errors
/// Says on standard error that `SOURCE_DATE_EPOCH` is no number.
pub(super) fn date(project: &Project, world: &dyn World, diagnostics: &mut Diagnostics) -> Result<Date, Exit> {
    find(project, world, diagnostics).map_err(|why| {
        failure(&why);
        Exit::Usage
    })
}

/// The same of a project at `root`; says so where the clone may be too shallow to hold the commit that the date is that of.
/// # Errors
/// As [`date`].
pub(super) fn at_hand(
    root: &Path,
    project: &Project,
    world: &dyn World,
    diagnostics: &mut Diagnostics,
) -> Result<Date, Exit> {
    let found = date(project, world, diagnostics)?;
    let given = project.config.report.date.is_some() || epoch().is_some();
    let paths: Vec<&str> = project.drafts.iter().map(|draft| draft.path.as_str()).collect();
    if !given && history::is_cut(root, &paths) {
        let message =
            format!("the date is {found}, that of the oldest commit of a shallow clone: the drafts may be older");
        let hint = "get the history with `git fetch --unshallow` (in CI: `fetch-depth: 0`, `GIT_DEPTH: 0`), or give the \
                    report a `date`";
        diagnostics.push(Diagnostic::at(Code::Environment, Place::Nowhere, message).hint(hint));
    }
    Ok(found)
}

fn epoch() -> Option<OsString> {
    std::env::var_os("SOURCE_DATE_EPOCH").filter(|value| !value.is_empty())
}

/// The same, without a word.
/// # Errors
/// That `SOURCE_DATE_EPOCH` is no number.
pub(super) fn find(project: &Project, world: &dyn World, diagnostics: &mut Diagnostics) -> Result<Date, String> {
    if let Some(date) = project.config.report.date {
        return Ok(date);
    }
    if let Some(epoch) = epoch() {
        let seconds = epoch.to_str().and_then(|text| text.trim().parse::<i64>().ok());
        let why = "SOURCE_DATE_EPOCH is not a whole number of seconds";
        return seconds.map(Date::from_unix).ok_or_else(|| why.to_owned());
    }
    let paths: Vec<&str> = project.drafts.iter().map(|draft| draft.path.as_str()).collect();
    let newest = world.newest_commit(&paths).unwrap_or_else(|why| {
        let message = format!("the date is today's, since the repository cannot be read: {why}");
        let hint = "give the report a `date`, or set SOURCE_DATE_EPOCH";
        diagnostics.push(Diagnostic::at(Code::Environment, Place::Nowhere, message).hint(hint));
        None
    });
    Ok(Date::from_unix(newest.unwrap_or_else(now)))
}

fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or_default()
}
