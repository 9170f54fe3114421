//! Whether each report of a series is written to a folder of its own, and within the series' folder.

use std::collections::BTreeMap;

use super::{Report, place};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::project::{Places, ProjectPath, ReadError, World};

/// Two reports, of which one would write over the other's files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clash {
    /// The report that comes first,
    pub first: ProjectPath,
    /// the other,
    pub second: ProjectPath,
    /// and what both would write to.
    pub place: ProjectPath,
}

/// Those of some reports that would be written to one place; some file systems take two names that differ in case for one.
pub fn clashes<'a>(places: impl Iterator<Item = (&'a ProjectPath, ProjectPath)>) -> Vec<Clash> {
    let mut taken: BTreeMap<String, &ProjectPath> = BTreeMap::new();
    let mut clashes = Vec::new();
    for (report, place) in places {
        let first = *taken.entry(place.as_str().to_lowercase()).or_insert(report);
        let clash = Clash { first: first.clone(), second: report.clone(), place };
        if first != report && !clashes.contains(&clash) {
            clashes.push(clash);
        }
    }
    clashes
}

/// Says which folders the series' file names that cannot be; each report comes with the number of its entry.
pub(super) fn check(world: &dyn World, reports: &[(usize, Report)], places: &Places, found: &mut Diagnostics) {
    let entry = |path: &ProjectPath| reports.iter().find(|(_, report)| report.path == *path).map_or(0, |(at, _)| *at);
    let named = reports.iter().filter_map(|(_, report)| Some((&report.path, report.output.clone()?)));
    for Clash { first, second, place: folder } in clashes(named) {
        let message = format!("`{first}` and `{second}` would both be written to `{folder}`");
        let fault = Diagnostic::at(Code::InvalidConfig, place(places, entry(&second), "path"), message);
        found.push(fault.hint("give one of them an `output` of its own"));
    }
    for (at, report) in reports {
        let ways: Vec<ProjectPath> = report.output.iter().flat_map(ways).collect();
        let Some(link) = ways.iter().find(|folder| world.list_here(folder) == Err(ReadError::Outside)) else {
            continue;
        };
        let message = format!("the output folder `{link}` is a link that leads out of the series' folder");
        let fault = Diagnostic::at(Code::InvalidConfig, place(places, *at, "output"), message);
        found.push(fault.hint("name a folder beside the series' file, or give the other with `--output`"));
        // Of a folder that all are written to it is said once.
        return;
    }
}

/// A folder, and those on the way to it, from the top.
fn ways(folder: &ProjectPath) -> Vec<ProjectPath> {
    let mut ways: Vec<ProjectPath> = Vec::new();
    for part in folder.parts() {
        ways.push(ways.last().map_or_else(|| ProjectPath::root().child(part), |way| way.child(part)));
    }
    ways
}
