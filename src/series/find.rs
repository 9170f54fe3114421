//! From the paths and globs of a series to its reports.

use std::cell::OnceCell;
use std::collections::BTreeSet;

use globset::{GlobBuilder, GlobMatcher};

use super::{Report, SeriesConfig, SeriesReport, place};
use crate::diag::{Code, Diagnostic, Diagnostics, nearest};
use crate::project::{CONFIG_FILE, Places, ProjectPath, ReadError, World};

/// A folder of this name makes the one around it a project.
const DRAFTS: &str = "drafts";

/// What a report of the series' file names.
enum Named {
    Path(ProjectPath),
    Glob(GlobMatcher),
}

/// The reports in the file's order, those of a glob by their paths. Each once: what is named by its path is not taken
/// by a glob.
pub(super) fn reports(
    world: &dyn World,
    config: &SeriesConfig,
    places: &Places,
    found: &mut Diagnostics,
) -> Vec<Report> {
    let listed = OnceCell::new();
    let all = || -> &[ProjectPath] { listed.get_or_init(|| projects(world)) };
    let mut named: Vec<Option<Named>> = Vec::new();
    for (at, entry) in config.report.iter().enumerate() {
        let read = self::named(world, entry);
        let fault = |message| Diagnostic::at(Code::InvalidConfig, place(places, at, "path"), message);
        named.push(read.map_err(|why| found.push(fault(why))).ok());
    }
    let paths = || named.iter().flatten().filter_map(Named::path);
    let mut reports: Vec<Report> = Vec::new();
    for (at, (entry, name)) in config.report.iter().zip(&named).enumerate() {
        let matched: Vec<ProjectPath> = match name {
            Some(Named::Path(path)) => {
                let path = exists(world, path).then(|| path.clone());
                if path.as_ref().is_some_and(|path| reports.iter().any(|report| report.path == *path)) {
                    let message = format!("`{}` is listed twice", entry.path);
                    found.push(Diagnostic::at(Code::InvalidConfig, place(places, at, "path"), message));
                    continue;
                }
                path.into_iter().collect()
            }
            Some(Named::Glob(glob)) => {
                let free = |path: &&ProjectPath| !paths().any(|other| other == *path);
                all().iter().filter(|path| glob.is_match(path.as_str())).filter(free).cloned().collect()
            }
            None => continue,
        };
        if matched.is_empty() {
            found.push(nothing(entry, all(), place(places, at, "path")));
        }
        let new = matched.into_iter().filter(|path| reports.iter().all(|report| report.path != *path));
        let new: Vec<Report> = new.map(|path| report(path, entry, config)).collect();
        reports.extend(new);
    }
    reports
}

impl Named {
    fn path(&self) -> Option<&ProjectPath> {
        match self {
            Self::Path(path) => Some(path),
            Self::Glob(_) => None,
        }
    }
}

fn named(world: &dyn World, entry: &SeriesReport) -> Result<Named, String> {
    let typed = entry.path.trim();
    if typed.is_empty() {
        return Err("a report of the series has no `path`".to_owned());
    }
    let path = ProjectPath::new(typed).map_err(|_| format!("`{typed}` is no path beneath the series' folder"))?;
    // A folder that is there goes before a glob: `report[1]` can be a name.
    if !typed.contains(['*', '?', '[', '{']) || exists(world, &path) {
        return Ok(Named::Path(path));
    }
    let glob = GlobBuilder::new(path.as_str()).literal_separator(true).build();
    glob.map(|glob| Named::Glob(glob.compile_matcher()))
        .map_err(|error| format!("`{typed}` is no glob: {}", error.kind()))
}

fn exists(world: &dyn World, path: &ProjectPath) -> bool {
    let holds_files = world.list_here(path).is_ok_and(|files| !files.is_empty())
        || world.list(path).is_ok_and(|files| !files.is_empty());
    holds_files || !matches!(world.read(path, 0), Err(ReadError::Missing | ReadError::Other(_)))
}

/// The projects in a folder, and single drafts, by their paths.
fn projects(world: &dyn World) -> Vec<ProjectPath> {
    let files = world.list(&ProjectPath::root()).unwrap_or_default();
    let mut projects = BTreeSet::new();
    for file in files {
        let folder = file.parent();
        if file.file_name() == CONFIG_FILE {
            projects.insert(folder);
        } else if file.file_name().to_ascii_lowercase().ends_with(".md") {
            if folder.file_name() == DRAFTS {
                projects.insert(folder.parent());
            }
            projects.insert(file);
        }
    }
    projects.into_iter().collect()
}

fn nothing(entry: &SeriesReport, projects: &[ProjectPath], place: crate::diag::Place) -> Diagnostic {
    let fault = Diagnostic::at(Code::MissingFile, place, format!("`{}` leads to no report", entry.path));
    match nearest(&entry.path, projects.iter().map(ProjectPath::as_str)) {
        Some(near) => fault.hint(format!("did you mean `{near}`?")),
        None => fault.hint("a glob takes folders with a rapporteur.toml or a folder `drafts`, and `.md` files"),
    }
}

fn report(path: ProjectPath, entry: &SeriesReport, config: &SeriesConfig) -> Report {
    let output = entry.output.as_ref().or(config.output.as_ref()).and_then(|folder| ProjectPath::new(folder).ok());
    let output = output.map(|folder| beneath(&folder, &path));
    let languages = entry.languages.as_ref().unwrap_or(&config.languages).clone();
    let formats = entry.formats.as_ref().or(config.formats.as_ref()).cloned();
    Report { path, languages, formats, output }
}

/// A report's own folder in one that holds those of all; a single draft's has its name.
pub(super) fn beneath(folder: &ProjectPath, path: &ProjectPath) -> ProjectPath {
    path.as_str()
        .trim_end_matches(".md")
        .split('/')
        .filter(|part| !part.is_empty())
        .fold(folder.clone(), |to, part| to.child(part))
}

/// Whether two states of a project hold other files.
pub fn differs(before: &dyn World, now: &dyn World) -> bool {
    let root = ProjectPath::root();
    let (Ok(old), Ok(new)) = (before.list(&root), now.list(&root)) else { return true };
    old != new || new.iter().any(|path| before.read(path, u64::MAX) != now.read(path, u64::MAX))
}
