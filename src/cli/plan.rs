//! `rapporteur plan`: the jobs of a series, as a CI host takes them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::exit::Exit;
use super::series::{self, Listed};
use super::terminal::printable;
use super::{BuildArguments, MessageArguments, terminal, versions};
use crate::project::history;
use crate::project::{self, CommitWorld, ProjectPath, Revision, Start, SystemWorld, World};
use crate::series::{Host, Job, differs, plan};

/// What `plan` takes.
#[derive(Debug, Clone, Args)]
pub(super) struct PlanArguments {
    /// The series' file.
    #[arg(value_name = "SERIES.toml")]
    file: PathBuf,
    /// Whose matrix: `github` is one line for `$GITHUB_OUTPUT`, `gitlab` a child pipeline, `json` all about every job.
    #[arg(long, value_name = "FORMAT", default_value = "json")]
    format: PlanFormat,
    /// Only reports of which a file has changed since this tag, branch or commit; all, if the series' file has.
    #[arg(long, value_name = "REVISION")]
    changed_since: Option<String>,
    #[command(flatten)]
    messages: MessageArguments,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum PlanFormat {
    Github,
    Gitlab,
    Json,
}

impl From<PlanFormat> for Host {
    fn from(format: PlanFormat) -> Self {
        match format {
            PlanFormat::Github => Self::Github,
            PlanFormat::Gitlab => Self::Gitlab,
            PlanFormat::Json => Self::Any,
        }
    }
}

pub(super) fn run(arguments: &PlanArguments) -> Exit {
    show(arguments).unwrap_or_else(|exit| exit)
}

fn show(arguments: &PlanArguments) -> Result<Exit, Exit> {
    let build =
        BuildArguments { path: None, output: None, format: None, language: Vec::new(), messages: arguments.messages };
    let mut listed = series::read(&arguments.file, &build, &[])?;
    if let Some(spec) = &arguments.changed_since {
        listed.jobs = changed(&listed, spec)?;
    }
    let file = arguments.file.to_string_lossy();
    let command = [env!("CARGO_PKG_NAME"), "build", "--all", &file];
    terminal::result(plan(&listed.jobs, &command, arguments.format.into()).trim_end());
    Ok(Exit::Done)
}

/// Those of whose reports a file has changed.
fn changed(listed: &Listed, spec: &str) -> Result<Vec<Job>, Exit> {
    let Listed { folder, file, jobs } = listed;
    if spec.trim().is_empty() || spec.contains("..") {
        terminal::failure(&format!("`--changed-since` takes one tag, branch or commit, and not `{}`", printable(spec)));
        terminal::message("where there is nothing to compare with, leave it out: the plan is of all reports then");
        return Err(Exit::Usage);
    }
    let base = history::one(folder, spec).map_err(|error| versions::refuse(&error, Some(spec)))?;
    let before = CommitWorld::open(folder, &base).ok();
    let read = |world: &dyn World| world.read(file, u64::MAX).ok();
    let now = SystemWorld::open(folder).map_err(|_| Exit::Environment)?;
    let same_series = before.as_ref().is_some_and(|before| read(before) == read(&now));
    drop(before);
    let mut known: BTreeMap<ProjectPath, bool> = BTreeMap::new();
    let is_changed = |job: &&Job| {
        let changed = || !same_series || has_changed(&folder.join(job.path.as_str()), &base);
        *known.entry(job.path.clone()).or_insert_with(changed)
    };
    Ok(jobs.iter().filter(is_changed).cloned().collect())
}

/// Whether a project holds other files than at a commit; what cannot be told has changed.
fn has_changed(path: &Path, base: &Revision) -> bool {
    let Ok(location) = project::locate(Start::Named(path)) else { return true };
    let root = &location.root;
    let (Ok(now), Ok(before)) = (SystemWorld::open(root), CommitWorld::open(root, base)) else { return true };
    let now = now.close(&project::output_folder(root));
    let before = match project::output_folder_of(&before) {
        Some(folder) => before.close(&folder),
        None => before,
    };
    differs(&before, &now)
}
