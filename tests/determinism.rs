//! Same input, same bytes: twice in one process; and by the real program in different folders, time zones, languages,
//! homes, and as different users.

#[path = "support/user.rs"]
mod user;

use std::fs;
use std::path::Path;
use std::process::Command;

use rapporteur::pipeline::{self, Request};
use rapporteur::project::{self, Date, Location, Start, SystemWorld};
use user::{as_another_user, open_to_all, program};

const PROJECTS: &[&str] = &[".", "tests/conformance/constructs"];

#[test]
fn two_builds_in_one_process_are_equal() {
    for project in PROJECTS {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(project);
        let [first, second] = [build(&path), build(&path)];
        assert!(!first.is_empty());
        for ((name, first), (_, second)) in first.iter().zip(&second) {
            assert_same(&format!("{project}: {name}"), first, second);
        }
    }
}

fn build(path: &Path) -> Vec<(String, Vec<u8>)> {
    let Location { root, entry } = project::locate(Start::Named(path)).expect("a project of this repository");
    let world = SystemWorld::open(&root).expect("a folder");
    let request = Request { date: Date { year: 2024, month: 12, day: 17 }, formats: None, name: "x".to_owned() };
    let built = pipeline::build(&world, project::load(&world, &entry), &request, &|_| {});
    let report = built.report.unwrap_or_else(|| panic!("no report: {:?}", built.diagnostics));
    report.files.into_iter().map(|file| (file.name, file.bytes)).collect()
}

#[test]
fn two_programs_in_different_worlds_are_equal() {
    for project in PROJECTS {
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join(project);
        let folder = tempfile::tempdir().expect("a temporary folder");
        open_to_all(folder.path());
        let here = folder.path().join("a");
        let there = folder.path().join("a much longer path/with – other/signs");
        for place in [&here, &there] {
            copy(&source, place);
        }
        let mut one = Command::new(program(folder.path()));
        one.env("TZ", "UTC").env("LANG", "C").env("HOME", "/root").env("USER", "one");
        let mut other = as_another_user(&program(folder.path()));
        other.env("TZ", "Pacific/Auckland").env("LANG", "de_DE.UTF-8").env("LC_ALL", "de_DE.UTF-8");
        other.env("HOME", "/nonexistent").env("USER", "other").env("RAYON_NUM_THREADS", "1");
        for (mut command, place) in [(one, &here), (other, &there)] {
            let ran = command.arg("build").current_dir(place).env("SOURCE_DATE_EPOCH", "1734393600").output();
            let ran = ran.expect("the program runs");
            assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
        }
        let [ours, theirs] = [&here, &there].map(|place| outputs(&place.join("output")));
        let names = |set: &[(String, Vec<u8>)]| set.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
        assert_eq!(names(&ours), names(&theirs));
        assert!(names(&ours).iter().any(|name| name.ends_with(".pdf")), "{:?}", names(&ours));
        for ((name, ours), (_, theirs)) in ours.iter().zip(&theirs) {
            assert_same(&format!("{project}: {name}"), ours, theirs);
        }
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    open_to_all(to);
    let project = ["rapporteur.toml", "drafts", "styles", "data", "references.bib", "more.yaml", "items.json"];
    for entry in project {
        copy_entry(&from.join(entry), &to.join(entry));
    }
}

fn copy_entry(from: &Path, to: &Path) {
    if from.is_file() {
        fs::copy(from, to).expect("a copy");
    } else if from.is_dir() {
        fs::create_dir_all(to).expect("a folder");
        for entry in fs::read_dir(from).expect("a folder") {
            let entry = entry.expect("an entry").path();
            copy_entry(&entry, &to.join(entry.file_name().expect("an entry has a name")));
        }
    }
}

/// Every file of a folder but hidden ones, in order.
fn outputs(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let entries = fs::read_dir(folder).expect("the output folder");
    let paths = entries.map(|entry| entry.expect("an entry").path()).filter(|path| path.is_file());
    let named = paths.map(|path| {
        let name = path.file_name().expect("a file has a name").to_string_lossy().into_owned();
        (name, fs::read(&path).expect("an output"))
    });
    let mut files: Vec<_> = named.filter(|(name, _)| !name.starts_with('.')).collect();
    files.sort();
    files
}

fn assert_same(what: &str, left: &[u8], right: &[u8]) {
    if left == right {
        return;
    }
    let at = left.iter().zip(right).position(|(l, r)| l != r).unwrap_or(left.len().min(right.len()));
    let around = |bytes: &[u8]| {
        let part = &bytes[at.saturating_sub(40)..(at + 40).min(bytes.len())];
        String::from_utf8_lossy(part).into_owned()
    };
    panic!("{what} differs at byte {at}:\n  {:?}\n  {:?}", around(left), around(right));
}
