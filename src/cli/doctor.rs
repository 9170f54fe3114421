//! `rapporteur doctor`: whether this machine has what the program needs.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::exit::Exit;
use super::folders;
use super::terminal;
use crate::diag::{Severity, Status};
use crate::project::{self, Location, ProjectPath, Start, SystemWorld, World, history, output_folder};
use crate::style::{self, Weight};
use crate::watch;

/// How something stands.
enum Finding {
    /// As it should be.
    Good(String),
    /// Not as it could be; everything works.
    Note(String),
    /// Something does not work.
    Wrong(String),
}

use Finding::{Good, Note, Wrong};

pub(super) fn run(path: Option<PathBuf>) -> Exit {
    let here = std::env::current_dir().unwrap_or_default();
    let start = path.as_deref().map_or(Start::Here(&here), Start::Named);
    let location = match project::locate(start) {
        Ok(location) => location,
        Err(error) => {
            terminal::failure(&error.to_string());
            return Exit::Usage;
        }
    };
    let root = location.root.as_path();
    let findings = [
        ("version", Good(env!("CARGO_PKG_VERSION").to_owned())),
        ("project", Good(root.display().to_string())),
        ("drafts", drafts(&location)),
        ("fonts", fonts()),
        ("scripts", scripts(&location)),
        ("git", git(root)),
        ("events", events(root)),
        ("output", output(&output_folder(root))),
    ];
    let mut exit = Exit::Done;
    for (what, finding) in findings {
        let (mark, text) = match &finding {
            Good(text) => ("ok", text),
            Note(text) => ("note", text),
            Wrong(text) => ("WRONG", text),
        };
        if matches!(finding, Wrong(_)) {
            exit = Exit::Environment;
        }
        terminal::result(&format!("{mark:<6} {what:<8} {}", terminal::printable(text)));
    }
    exit
}

/// Whether there is something to build.
fn drafts(location: &Location) -> Finding {
    let world = match SystemWorld::open(&location.root) {
        Ok(world) => world.close(&output_folder(&location.root)),
        Err(error) => return Wrong(format!("the folder cannot be read: {error}")),
    };
    let loaded = project::load(&world, &location.entry);
    let faults = loaded.diagnostics.iter().filter(|found| found.severity(Status::Draft) == Severity::Error);
    let faults: Vec<&str> = faults.map(|found| found.message.as_str()).collect();
    match (loaded.value.drafts.len(), faults.as_slice()) {
        (0, []) => Wrong("there is none".to_owned()),
        (1, []) => Good("1 draft".to_owned()),
        (count, []) => Good(format!("{count} drafts")),
        (_, [only]) => Wrong((*only).to_owned()),
        (_, [first, others @ ..]) => Wrong(format!("{first}; and {} more: `rapporteur build` tells all", others.len())),
    }
}

/// Every family of every bundled style, regular and bold.
fn fonts() -> Finding {
    let faces = style::faces();
    let mut families = BTreeSet::new();
    for name in style::BUNDLED {
        let Some(style) = style::bundled(name) else { return Wrong(format!("the style `{name}` does not load")) };
        families.extend([&style.fonts.text, &style.fonts.heading, &style.fonts.mono]);
    }
    for family in &families {
        for weight in [Weight::Regular, Weight::Bold] {
            let has = |face: &style::FontFace| face.family == *family && face.weight == weight && !face.italic;
            if !faces.iter().any(has) {
                return Wrong(format!("{family} has no face of weight {}", weight.number()));
            }
        }
    }
    let names: Vec<&str> = families.into_iter().map(String::as_str).collect();
    Good(format!("{} faces of {}", faces.len(), names.join(" and ")))
}

/// Of which scripts there are fonts, on this machine or in the project.
fn scripts(location: &Location) -> Finding {
    let world = match SystemWorld::open(&location.root) {
        Ok(world) => world.with_fonts(folders::of_fonts()),
        Err(error) => return Wrong(format!("{} cannot be read: {error}", location.root.display())),
    };
    let Some(style) = style::bundled("report") else { return Wrong("the style `report` does not load".to_owned()) };
    let folders = project::load(&world, &location.entry).value.config.fonts.folders;
    let own: Vec<ProjectPath> =
        folders.iter().filter_map(|folder| world.list(&ProjectPath::new(folder).ok()?).ok()).flatten().collect();
    let has = |name: &String| own.iter().any(|path| path.file_name() == name) || world.has_font(name);
    let (mut there, mut missing) = (Vec::new(), BTreeSet::new());
    for font in &style.fonts.fallback {
        if font.regular.iter().any(has) {
            there.push(font.script.name());
        } else {
            missing.extend(font.script.package());
        }
    }
    if missing.is_empty() {
        return Good(format!(
            "fonts of {} scripts beside Latin, Greek and Cyrillic: {}",
            there.len(),
            there.join(", ")
        ));
    }
    let packages: Vec<&str> = missing.into_iter().collect();
    let has = if there.is_empty() { "none but Latin, Greek and Cyrillic".to_owned() } else { there.join(", ") };
    Note(format!("fonts of {has}; for Arabic, Chinese and others `apt install {}`", packages.join(" ")))
}

fn git(root: &Path) -> Finding {
    match history::state(root) {
        history::State::Absent => Note("no repository here: a report without a date takes today's".to_owned()),
        history::State::Unborn => Note("the repository has no commit yet".to_owned()),
        history::State::Shallow => {
            Note("the history is shallow: `git fetch --unshallow` brings the rest of it".to_owned())
        }
        history::State::Whole => Good("the repository has its whole history".to_owned()),
        history::State::Refused(why) => Wrong(format!("the repository cannot be read: {why}")),
    }
}

fn events(root: &Path) -> Finding {
    match watch::probe(root) {
        watch::Probe::Native { folders, limits } => {
            let limits = limits.map(|limits| format!("; {limits}")).unwrap_or_default();
            Good(format!("saves are noticed at once, in {folders} folders{limits}"))
        }
        watch::Probe::Polling { why } => Note(format!("`watch` looks for changes several times a second: {why}")),
    }
}

/// Whether a file can be made in a folder, or in what is there of the way to it.
fn output(folder: &Path) -> Finding {
    let there = folder.ancestors().find(|folder| folder.is_dir()).unwrap_or(folder);
    match tempfile::Builder::new().prefix(".rapporteur-").tempfile_in(there) {
        Ok(_) => Good(format!("{} can be written", folder.display())),
        Err(error) => Wrong(format!("{} cannot be written: {error}", folder.display())),
    }
}
