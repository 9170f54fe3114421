//! The README's tour, as it stands there: from an empty folder to a release that verifies, with a redline, in ten commands.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The commands of the README's tour, one a line.
fn commands() -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = fs::read_to_string(path).expect("a README");
    let tour = readme.split("\n## A tour\n").nth(1).and_then(|rest| rest.split("\n## ").next()).expect("the tour");
    let block = tour.split("```sh\n").nth(1).and_then(|rest| rest.split("```").next()).expect("its commands");
    block.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect()
}

/// A shell in a folder, as someone who has just begun has it.
fn shell(folder: &Path, script: &str) -> Output {
    let program = Path::new(env!("CARGO_BIN_EXE_rapporteur")).parent().expect("it lies in a folder");
    let path = std::env::var_os("PATH").unwrap_or_default();
    let path = std::env::join_paths(std::iter::once(program.to_owned()).chain(std::env::split_paths(&path)));
    let who = [("NAME", "A. Rapporteur"), ("EMAIL", "rapporteur@forum.example")];
    let who = who.iter().flat_map(|(what, is)| ["AUTHOR", "COMMITTER"].map(|role| (format!("GIT_{role}_{what}"), *is)));
    Command::new("bash")
        .args(["-euo", "pipefail", "-c", script])
        .current_dir(folder)
        .env_clear()
        .env("PATH", path.expect("no folder of it has a colon"))
        .env("HOME", folder)
        .envs(who)
        .output()
        .expect("bash runs")
}

fn said(done: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr))
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn the_tour_leads_to_a_release_that_verifies() {
    let empty = tempfile::tempdir().expect("a temporary folder");
    let commands = commands();
    assert_eq!(commands.len(), 10, "{commands:#?}");
    // In one shell, as they are typed.
    let toured = shell(empty.path(), &commands.join("\n"));
    assert!(toured.status.success(), "{}", said(&toured));

    let release: PathBuf = empty.path().join("forum-report/output/1.0.0");
    let names = names(&release);
    for wanted in [".pdf", ".docx", ".html", ".redline.pdf", ".redline.docx", ".redline.html", ".changelog.md"] {
        let count =
            names.iter().filter(|name| name.split_once('.').is_some_and(|(_, end)| format!(".{end}") == wanted));
        assert_eq!(count.count(), 1, "{wanted} in {names:?}");
    }
    let redline = names.iter().find(|name| name.ends_with(".redline.html")).expect("there is one");
    let redline = fs::read_to_string(release.join(redline)).expect("text");
    assert!(redline.contains("<del") && redline.contains("<ins"), "what was edited is marked");
    assert!(said(&toured).contains("shall"), "the changelog tells it:\n{}", said(&toured));

    // What was published and is not what it was does not verify.
    let changed = release.join(names.iter().find(|name| name.ends_with(".html")).expect("there is one"));
    let mut bytes = fs::read(&changed).expect("it is there");
    bytes.push(b'\n');
    fs::write(&changed, bytes).expect("it can be written");
    let verified = shell(empty.path(), "cd forum-report; rapporteur verify output/1.0.0");
    assert_eq!(verified.status.code(), Some(1), "{}", said(&verified));
}
