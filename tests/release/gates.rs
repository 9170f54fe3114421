//! What has to hold before a release is made: each refusal is one message, and says what to do.

use std::fs;
use std::process::Command;

use crate::git::git;
use crate::stage::{CONFIG, DRAFT, Stage};
use crate::support::{Ran, Sandbox};

fn refused(stage: &Stage, arguments: &[&str], code: i32, words: &[&str]) {
    let ran = stage.run(arguments);
    assert_eq!(ran.code, code, "{arguments:?}: {ran:?}");
    for word in words {
        assert!(ran.stderr.contains(word), "{arguments:?}: {word} is not said: {}", ran.stderr);
    }
    assert!(ran.stdout.is_empty(), "{ran:?}");
    assert!(!stage.sandbox.path("output/2.0").exists());
}

#[test]
fn each_refusal_says_what_to_do() {
    let stage = Stage::new();
    let file = |name: &str, text: &str| stage.sandbox.write(name, text);
    for version in ["two", "1.x", "1.0-a/b", "..", "", "1.0-lock.lock"] {
        refused(&stage, &["release", version], 2, &["is no version", "2.0-draft.1"]);
    }
    refused(&stage, &["release", "1.1 draft"], 2, &["`1.1 draft` is no version", "did you mean `1.1-draft`?"]);
    refused(&stage, &["release", "2.0", "--watermark"], 2, &["--draft <LABEL>"]);
    refused(&stage, &["release", "2.0", "--draft", "  "], 2, &["says nothing", "Draft II"]);

    git(&stage.sandbox, "", &["tag", "v3.0"]);
    refused(&stage, &["release", "2.0"], 2, &["2.0 is not later than v3.0", "later version"]);
    git(&stage.sandbox, "", &["tag", "-d", "v3.0"]);
    git(&stage.sandbox, "2021-02-01T12:00:00+00:00", &["commit", "-q", "--allow-empty", "-m", "y"]);
    git(&stage.sandbox, "", &["tag", "2.0", "HEAD~1"]);
    refused(&stage, &["release", "2.0"], 2, &["2.0 is the name of another commit", "git switch --detach 2.0"]);
    git(&stage.sandbox, "", &["tag", "-d", "2.0"]);

    file("drafts/a.md", &DRAFT.replace("twice", "often"));
    refused(&stage, &["release", "2.0"], 2, &["drafts/a.md differs", "git commit -a", "git restore"]);
    // How lines end is git's affair.
    file("drafts/a.md", &DRAFT.replace('\n', "\r\n"));
    file("drafts/b.md", "# New\n");
    refused(&stage, &["release", "2.0"], 2, &["the commit", "does not hold: drafts/b.md", "git add"]);
    fs::remove_file(stage.sandbox.path("drafts/b.md")).expect("it is there");
    fs::remove_file(stage.sandbox.path("drafts/map.svg")).expect("it is there");
    refused(&stage, &["release", "2.0"], 2, &["drafts/map.svg differs"]);
    git(&stage.sandbox, "", &["restore", "."]);
    file("rapporteur.toml", &format!("{CONFIG}# x\n"));
    refused(&stage, &["release", "2.0"], 2, &["rapporteur.toml differs"]);
    git(&stage.sandbox, "", &["restore", "."]);

    // A warning in a draft, and an error in a final.
    file("drafts/a.md", &DRAFT.replace("map.svg", "none.svg"));
    stage.commit("2022-02-01T12:00:00+00:00");
    refused(&stage, &["release", "2.0", "--tag"], 1, &["none.svg", "nothing was released: 1 error"]);
    let tags = Command::new("git").args(["tag"]).current_dir(stage.sandbox.path("")).output().expect("git runs");
    assert!(tags.stdout.is_empty(), "nothing is tagged that is not made");
}

#[test]
fn without_a_whole_history_nothing_is_released() {
    let stage = Stage { sandbox: Sandbox::new(&[("drafts/a.md", DRAFT)]) };
    refused(&stage, &["release", "2.0"], 2, &["there is no git repository", "git init"]);
    git(&stage.sandbox, "", &["init", "-q"]);
    refused(&stage, &["release", "2.0"], 2, &["has no commit", "git commit"]);

    let whole = Stage::new();
    git(&whole.sandbox, "2021-02-01T12:00:00+00:00", &["commit", "-q", "--allow-empty", "-m", "y"]);
    let shallow = Stage { sandbox: Sandbox::new::<&str>(&[]) };
    let from = format!("file://{}", whole.sandbox.path("").display());
    git(&shallow.sandbox, "", &["clone", "-q", "--depth", "1", &from, "."]);
    refused(&shallow, &["release", "2.0"], 3, &["shallow", "git fetch --unshallow --tags"]);
    assert!(stage.sandbox.output().is_empty() && shallow.sandbox.output().is_empty());
}

/// Whoever tags has a name; a tag on the very commit is in nobody's way.
#[test]
fn a_tag_is_written_once_and_by_somebody() {
    let stage = Stage::new();
    let mut command = stage.sandbox.command(&["release", "2.0", "--tag"]);
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1").env("HOME", "/nonexistent");
    for name in ["GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL", "GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "EMAIL"] {
        command.env_remove(name);
    }
    let ran = Ran::of(command.output().expect("the program runs"));
    assert!(ran.code == 3 && ran.stderr.contains("git config user.name"), "{ran:?}");
    git(&stage.sandbox, "", &["tag", "v2.0"]);
    let ran = stage.run(&["release", "2.0", "--tag", "--message-format", "json"]);
    assert!(ran.code == 0 && ran.stderr.contains("v2.0 is there already"), "{ran:?}");
    let manifest: serde_json::Value = serde_json::from_str(&ran.stdout).expect("one line of JSON");
    assert_eq!(manifest["release"]["version"], "2.0");
}
