//! From the paths and globs of a series to its reports.

use std::collections::BTreeSet;

use globset::{GlobBuilder, GlobMatcher};

use super::{Report, SeriesConfig, SeriesReport, place};
use crate::diag::{Code, Diagnostic, Diagnostics, Place, nearest};
use crate::project::{CONFIG_FILE, Places, ProjectPath, ReadError, World};

/// A folder of this name makes the one around it a project.
const DRAFTS: &str = "drafts";

/// What a report of the series' file names.
enum Named {
    Path(ProjectPath),
    /// With the folder above all that it can match.
    Glob(GlobMatcher, ProjectPath),
}

/// What cannot be looked at, and why.
struct Unread(ProjectPath, ReadError);

/// The reports in the file's order, those of a glob by their paths, each with the number of its entry. Each once: what is
/// named by its path is not taken by a glob.
pub(super) fn reports(
    world: &dyn World,
    config: &SeriesConfig,
    places: &Places,
    found: &mut Diagnostics,
) -> Vec<(usize, Report)> {
    let mut named: Vec<Option<Named>> = Vec::new();
    for (at, entry) in config.report.iter().enumerate() {
        let read = self::named(world, entry);
        let fault = |message| Diagnostic::at(Code::InvalidConfig, place(places, at, "path"), message);
        named.push(read.map_err(|why| found.push(fault(why))).ok());
    }
    let paths: Vec<&ProjectPath> = named.iter().flatten().filter_map(Named::path).collect();
    let mut reports: Vec<(usize, Report)> = Vec::new();
    for (at, (entry, name)) in config.report.iter().zip(&named).enumerate() {
        let Some(name) = name else { continue };
        let there = || place(places, at, "path");
        if name.path().is_some_and(|path| reports.iter().any(|(_, report)| report.path == *path)) {
            let message = format!("`{}` is listed twice", entry.path);
            found.push(Diagnostic::at(Code::InvalidConfig, there(), message));
            continue;
        }
        match matched(world, name, &paths) {
            Err(unread) => found.push(unread.fault(there())),
            Ok(matched) if matched.is_empty() => found.push(nothing(world, entry, there())),
            Ok(mut matched) => {
                matched.retain(|path| reports.iter().all(|(_, report)| report.path != *path));
                reports.extend(matched.into_iter().map(|path| (at, report(path, entry, config))));
            }
        }
    }
    reports
}

/// What a name leads to; a glob takes nothing that is named by its path.
fn matched(world: &dyn World, name: &Named, paths: &[&ProjectPath]) -> Result<Vec<ProjectPath>, Unread> {
    match name {
        Named::Path(path) => Ok(is_there(world, path)?.then(|| path.clone()).into_iter().collect()),
        Named::Glob(glob, above) => {
            let mut matched = projects(world, above)?;
            matched.retain(|path| glob.is_match(path.as_str()) && !paths.contains(&path));
            for path in &matched {
                is_there(world, path)?;
            }
            Ok(matched)
        }
    }
}

impl Unread {
    fn fault(self, place: Place) -> Diagnostic {
        let Self(path, why) = self;
        let path = if path.as_str().is_empty() { ".".to_owned() } else { path.to_string() };
        match why {
            ReadError::Outside => {
                let message = format!("`{path}` is a link that leads out of the series' folder");
                let fault = Diagnostic::at(Code::InvalidConfig, place, message);
                fault.hint("put the report beneath the series' file, or the file above all of its reports")
            }
            ReadError::Missing => Diagnostic::at(Code::MissingFile, place, format!("`{path}` does not exist")),
            ReadError::TooLarge => Diagnostic::at(Code::Unreadable, place, format!("`{path}` is too large")),
            ReadError::Other(why) => Diagnostic::at(Code::Unreadable, place, format!("`{path}` cannot be read: {why}")),
        }
    }
}

impl Named {
    fn path(&self) -> Option<&ProjectPath> {
        match self {
            Self::Path(path) => Some(path),
            Self::Glob(..) => None,
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
    if !is_pattern(typed) || matches!(is_there(world, &path), Ok(true)) {
        return Ok(Named::Path(path));
    }
    let plain = path.parts().take_while(|part| !is_pattern(part));
    let above = plain.fold(ProjectPath::root(), |above, part| above.child(part));
    let glob = GlobBuilder::new(path.as_str()).literal_separator(true).build();
    glob.map(|glob| Named::Glob(glob.compile_matcher(), above))
        .map_err(|error| format!("`{typed}` is no glob: {}", error.kind()))
}

fn is_pattern(typed: &str) -> bool {
    typed.contains(['*', '?', '[', '{'])
}

/// Whether a path leads to files.
fn is_there(world: &dyn World, path: &ProjectPath) -> Result<bool, Unread> {
    let unread = |why| Unread(path.clone(), why);
    if world.list_here(path).is_ok_and(|files| !files.is_empty()) {
        return Ok(true);
    }
    match world.list(path) {
        Ok(files) if !files.is_empty() => return Ok(true),
        Ok(_) | Err(ReadError::Missing) => {}
        Err(why) => return Err(unread(why)),
    }
    match world.read(path, 0) {
        Ok(_) | Err(ReadError::TooLarge) => Ok(true),
        // A folder without a file is one, too.
        Err(ReadError::Missing | ReadError::Other(_)) => Ok(false),
        Err(ReadError::Outside) => Err(unread(ReadError::Outside)),
    }
}

/// The projects in and beneath a folder, and single drafts, by their paths.
fn projects(world: &dyn World, above: &ProjectPath) -> Result<Vec<ProjectPath>, Unread> {
    let files = match world.list(above) {
        Ok(files) => files,
        Err(ReadError::Missing) => Vec::new(),
        Err(why) => return Err(Unread(above.clone(), why)),
    };
    let mut projects = BTreeSet::new();
    for file in files {
        let folder = file.parent();
        if file.file_name() == CONFIG_FILE {
            projects.insert(folder);
        } else if without_ending(file.file_name()) != file.file_name() {
            if folder.file_name() == DRAFTS {
                projects.insert(folder.parent());
            }
            projects.insert(file);
        }
    }
    Ok(projects.into_iter().collect())
}

fn nothing(world: &dyn World, entry: &SeriesReport, place: Place) -> Diagnostic {
    let fault = Diagnostic::at(Code::MissingFile, place, format!("`{}` leads to no report", entry.path));
    let projects = projects(world, &ProjectPath::root()).unwrap_or_default();
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
    without_ending(path.as_str())
        .split('/')
        .filter(|part| !part.is_empty())
        .fold(folder.clone(), |to, part| to.child(part))
}

/// A path without the ending of a draft.
pub(super) fn without_ending(path: &str) -> &str {
    let at = path.len().saturating_sub(".md".len());
    let is_draft = at > 0 && path.is_char_boundary(at) && path[at..].eq_ignore_ascii_case(".md");
    if is_draft { &path[..at] } else { path }
}

/// Whether two states of a project hold other files.
pub fn differs(before: &dyn World, now: &dyn World) -> bool {
    let root = ProjectPath::root();
    let (Ok(old), Ok(new)) = (before.list(&root), now.list(&root)) else { return true };
    old != new || new.iter().any(|path| before.read(path, u64::MAX) != now.read(path, u64::MAX))
}
