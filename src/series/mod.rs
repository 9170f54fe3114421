//! Many reports, and their languages, as one list of jobs.
//!
//! In: a series' file (`SERIES.toml`) and the folder around it. Out: [`Job`]s in the order of the file, what is at fault in
//! it, and the matrix that a CI host builds them by. Never builds, never looks outside the series' folder.

mod apart;
mod config;
mod find;
mod plan;

pub use apart::{Clash, clashes};
pub use config::{SeriesConfig, SeriesReport};
pub use find::differs;
pub use plan::{Host, plan};

use crate::diag::{Code, Diagnostic, Diagnostics, Place, Warned};
use crate::project::{Format, Places, ProjectPath, ReadError, World, parse_toml, read_text};
use crate::source::Sources;

/// A series is no larger than this.
const LARGEST: u64 = 256 * 1024;
/// What names every language of a report.
pub const ALL_LANGUAGES: &str = "all";

/// A report of a series.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Its folder, or its only draft, beneath the series' folder.
    pub path: ProjectPath,
    /// Its languages, or `all`; its own where there is none.
    pub languages: Vec<String>,
    /// The formats; its own where there is none.
    pub formats: Option<Vec<Format>>,
    /// The folder that it is written to, beneath the series' folder; its own where there is none.
    pub output: Option<ProjectPath>,
}

/// A report in one language: what is built by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// Its name: letters, digits, `.`, `-` and `_`; no two are alike.
    pub id: String,
    /// Its folder, or its only draft, beneath the series' folder.
    pub path: ProjectPath,
    /// BCP 47; the report's own language where there is none.
    pub language: Option<String>,
    /// The formats; the report's own where there is none.
    pub formats: Option<Vec<Format>>,
    /// The folder that it is written to, beneath the series' folder.
    pub output: Option<ProjectPath>,
}

/// A series as its file has it.
#[derive(Debug, Clone, Default)]
pub struct Series {
    /// The reports, in the file's order, those of a glob by their paths, each once.
    pub reports: Vec<Report>,
    /// The file, for messages.
    pub sources: Sources,
}

/// Reads a series' file, which lies in the root of `world`, and finds its reports.
pub fn load(world: &dyn World, file: &ProjectPath) -> Warned<Series> {
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::new());
    let id = match read_text(world, file, LARGEST, &mut sources, &mut diagnostics) {
        Ok(id) => id,
        Err(error) => {
            diagnostics.push(unreadable(file, &error));
            return Warned::new(Series { sources, ..Series::default() }, diagnostics);
        }
    };
    let parsed = parse_toml::<SeriesConfig>(&sources[id], id);
    diagnostics.extend(parsed.diagnostics);
    let (places, mut config) = (parsed.places, parsed.value);
    let reports = if parsed.is_toml {
        config::validate(&mut config, &places, &mut diagnostics);
        let found = find::reports(world, &config, &places, &mut diagnostics);
        apart::check(world, &found, &places, &mut diagnostics);
        found.into_iter().map(|(_, report)| report).collect()
    } else {
        Vec::new()
    };
    Warned::new(Series { reports, sources }, diagnostics)
}

fn unreadable(file: &ProjectPath, error: &ReadError) -> Diagnostic {
    let (code, why) = match error {
        ReadError::Missing => (Code::MissingFile, "does not exist".to_owned()),
        ReadError::Outside => (Code::Unreadable, "is a link that leads out of its folder".to_owned()),
        ReadError::TooLarge => (Code::TooLarge, "is larger than 256 KiB".to_owned()),
        ReadError::Other(why) => (Code::Unreadable, format!("cannot be read: {why}")),
    };
    Diagnostic::at(code, Place::Path(file.as_str().to_owned()), format!("{file} {why}"))
}

/// The jobs of reports, in their order; `languages` says what `all` stands for at a path.
pub fn jobs(reports: &[Report], languages: &dyn Fn(&ProjectPath) -> Vec<String>) -> Vec<Job> {
    let mut jobs: Vec<Job> = Vec::new();
    for report in reports {
        let all = report.languages.iter().any(|language| language == ALL_LANGUAGES);
        let named = if all { languages(&report.path) } else { report.languages.clone() };
        let mut wanted: Vec<Option<String>> = each_once(named).into_iter().map(Some).collect();
        if wanted.is_empty() {
            wanted.push(None);
        }
        for language in wanted {
            let id = free_id(&jobs, &report.path, language.as_deref());
            let Report { path, formats, output, .. } = report.clone();
            jobs.push(Job { id, path, language, formats, output });
        }
    }
    jobs
}

/// Tags of languages, each once: how they are written, capitals or not, says nothing (RFC 5646, 2.1.1).
fn each_once(named: Vec<String>) -> Vec<String> {
    let mut once: Vec<String> = Vec::new();
    for language in named {
        if !once.iter().any(|other| other.eq_ignore_ascii_case(&language)) {
            once.push(language);
        }
    }
    once
}

/// The folder of a report's files in one that holds those of a whole series; a single draft's has its name.
pub fn folder_of(path: &ProjectPath) -> ProjectPath {
    find::beneath(&ProjectPath::root(), path)
}

/// A name that no job has yet and that means nothing to a shell, to YAML or to a file system.
fn free_id(jobs: &[Job], path: &ProjectPath, language: Option<&str>) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || ".-_".contains(c) { c } else { '-' };
    let stem: String = find::without_ending(path.as_str()).chars().map(plain).collect();
    let stem = stem.trim_matches(['-', '.']);
    let stem = if stem.is_empty() { "report" } else { stem };
    let suffix: String = language.map(|language| format!(".{language}")).unwrap_or_default();
    let suffix: String = suffix.chars().map(plain).collect();
    let mut names = std::iter::once(format!("{stem}{suffix}")).chain((2..).map(|at| format!("{stem}-{at}{suffix}")));
    let taken = |name: &String| jobs.iter().any(|job| job.id.eq_ignore_ascii_case(name));
    names.find(|name| !taken(name)).expect("there are more numbers than jobs")
}

/// Where a value of a series stands.
fn place(places: &Places, at: usize, key: &str) -> Place {
    let (value, report) = (format!("report.{at}.{key}"), format!("report.{at}"));
    let span = places.span(&value).or_else(|| places.span(&report));
    span.map_or_else(|| places.place("report"), Place::Span)
}

#[cfg(test)]
mod tests;
