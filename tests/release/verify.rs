//! Whether a release is what it was made as, and is made again elsewhere.

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;

use rapporteur::output::digest;

use crate::git::git;
use crate::stage::{DRAFT, Stage, trusting};
use crate::support::{Ran, Sandbox};
use crate::user::{as_another_user, open_to_all, program};

/// A second clone, without tags, in another folder, time zone and language, by another user with another umask, its files touched: all agree.
#[test]
fn a_release_is_made_again_from_another_clone_by_somebody_else() {
    let stage = Stage::new();
    assert_eq!(stage.run(&["release", "1.0", "--tag"]).code, 0);
    stage.sandbox.write("drafts/a.md", DRAFT.replace("twice", "often"));
    stage.commit("2021-02-01T12:00:00+00:00");
    assert_eq!(stage.run(&["release", "1.1", "--attach-sources"]).code, 0);

    let elsewhere = tempfile::tempdir().expect("a temporary folder");
    open_to_all(elsewhere.path());
    let clone = elsewhere.path().join("a much longer path/with – other signs");
    fs::create_dir_all(clone.parent().expect("it has one")).expect("a folder");
    let from = stage.sandbox.path("");
    let as_other = |command: &str| {
        let mut shell = as_another_user("bash".as_ref());
        let program = program(elsewhere.path());
        shell.args(["-euc", &format!("umask 077; {command}")]).current_dir(elsewhere.path());
        shell
            .env("PROGRAM", program)
            .env("CLONE", &clone)
            .env("FROM", &from)
            .env("GIT_CONFIG_GLOBAL", trusting(elsewhere.path()));
        shell.env("TZ", "Pacific/Auckland").env("LC_ALL", "de_DE.UTF-8").env("HOME", "/nonexistent");
        Ran::of(shell.output().expect("bash runs"))
    };
    // What belongs to another user is opened to this one, as a shared folder would be.
    for folder in [from.as_path(), clone.parent().expect("it has one")] {
        open_to_all(folder);
    }
    let done = Command::new("cp").args(["-r"]).arg(from.join("output")).arg(elsewhere.path().join("given")).status();
    assert!(done.expect("cp runs").success());
    let bare = elsewhere.path().join("bare.git");
    git(&stage.sandbox, "", &["clone", "-q", "--bare", "--no-tags", ".", &bare.to_string_lossy()]);
    let done = Command::new("chmod").args(["-R", "a+rwX"]).arg(elsewhere.path()).status();
    assert!(done.expect("chmod runs").success());
    let ran = as_other(
        "git clone -q --no-local bare.git \"$CLONE\"; cd \"$CLONE\"; \
         find . -path ./.git -prune -o -type f -exec touch -d 2001-01-01 {} +; \
         for version in 1.0 1.1; do \"$PROGRAM\" verify ../../given/$version --repository . --require-rebuild; done",
    );
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.stderr.contains("all 8 files agree") && ran.stderr.contains("all 11 files agree"), "{ran:?}");
    assert!(ran.stdout.lines().all(|line| line.ends_with(": the same bytes")), "{}", ran.stdout);
}

/// Where the configuration names no files, they are named after the folder that the release was made in, and no other folder bears on them.
#[test]
fn a_clone_of_another_name_agrees() {
    let stage = Stage::with("[report]\ntitle = \"T\"\n[output]\nformats = [\"html\"]\n");
    let named = stage.run(&["release", "1.0"]);
    assert!(named.code == 0 && named.stderr.contains("`name` under `[output]`"), "{named:?}");
    let own = stage.sandbox.path("").file_name().map(|name| name.to_string_lossy().into_owned()).expect("it has one");
    let own = rapporteur::output::slug(&own).expect("letters");
    assert!(stage.files("1.0").contains(&format!("{own}.html")), "{:?}", stage.files("1.0"));
    let elsewhere = Sandbox::new::<&str>(&[]);
    let from = stage.sandbox.path("").to_string_lossy().into_owned();
    git(&elsewhere, "", &["clone", "-q", "--no-local", &from, "another-name"]);
    let release = stage.sandbox.path("output/1.0").to_string_lossy().into_owned();
    let ran = elsewhere.run(&["verify", &release, "--repository", "another-name", "--require-rebuild"]);
    assert!(ran.code == 0 && ran.stderr.contains("files agree"), "{ran:?}");
    // Named by the configuration, or by a folder that the commit holds, they are called alike everywhere, and nothing need be said.
    let stage = Stage::with("[report]\ntitle = \"T\"\n[output]\nname = \"t\"\nformats = [\"html\"]\n");
    assert!(!stage.run(&["release", "1.0"]).stderr.contains("`name`"));
    stage.sandbox.write("beneath/rapporteur.toml", "[report]\ntitle = \"T\"\n[output]\nformats = [\"html\"]\n");
    stage.sandbox.write("beneath/drafts/a.md", "# A\n");
    stage.commit("2021-02-01T12:00:00+00:00");
    let ran = stage.run(&["release", "1.0", "beneath"]);
    assert!(ran.code == 0 && !ran.stderr.contains("`name`"), "{ran:?}");
    assert!(stage.sandbox.path("beneath/output/1.0/beneath.html").exists());
}

#[test]
fn what_is_not_as_it_was_is_named() {
    let stage = Stage::new();
    assert_eq!(stage.run(&["release", "1.0"]).code, 0);
    let path = |name: &str| stage.sandbox.path("output/1.0").join(name);
    let whole = stage.bytes("1.0");
    let restore = || whole.iter().for_each(|(name, bytes)| fs::write(path(name), bytes).expect("a file"));
    let verify = |words: &[&str]| {
        let ran = stage.run(&["verify", "output/1.0"]);
        assert_eq!(ran.code, 1, "{ran:?}");
        let said: Vec<&str> = ran.stdout.lines().collect();
        assert_eq!(said, words, "{ran:?}");
        restore();
    };
    fs::remove_file(path("forum.pdf")).expect("it is there");
    fs::write(path("forum.docx"), "x").expect("a file");
    fs::write(path("note.txt"), "x").expect("a file");
    verify(&["forum.pdf: missing", "forum.docx: changed", "note.txt: no part of the release"]);
    fs::remove_file(path("note.txt")).expect("it is there");
    fs::remove_file(path("SHA256SUMS")).expect("it is there");
    verify(&["SHA256SUMS: missing"]);
    fs::write(path("SHA256SUMS"), "x\n").expect("a file");
    verify(&["SHA256SUMS: unreadable"]);
    fs::write(path("manifest.json"), "{").expect("a file");
    verify(&["manifest.json: changed"]);
    let ran = stage.run(&["verify", "output/2.0"]);
    assert_eq!(ran.code, 2, "{ran:?}");

    // Someone who changes a file and all its sums is found out by making it again.
    let mut forged = whole.clone();
    forged.insert("forum.html".to_owned(), b"<p>forged".to_vec());
    write_with_sums(&stage, &forged, |manifest| manifest);
    let ran = stage.run(&["verify", "output/1.0", "--message-format", "json"]);
    assert!(ran.code == 1 && ran.stdout.contains(r#"{"file":"forum.html","result":"differs"}"#), "{ran:?}");
    // What another version of the program made cannot be compared, and this is said.
    let older = |manifest: String| {
        manifest.replace(concat!("\"", env!("CARGO_PKG_VERSION"), "\",\n    \"sha256\""), "\"0.0.9\",\n    \"sha256\"")
    };
    write_with_sums(&stage, &whole, older);
    let ran = stage.run(&["verify", "output/1.0"]);
    assert!(ran.code == 0 && ran.stdout.contains("not made again: it was made by rapporteur 0.0.9"), "{ran:?}");
    assert_eq!(stage.run(&["verify", "output/1.0", "--require-rebuild"]).code, 3);
    let fonts = |manifest: String| manifest.replacen("\"sha256\": \"65957b", "\"sha256\": \"000000", 1);
    write_with_sums(&stage, &whole, fonts);
    let ran = stage.run(&["verify", "output/1.0"]);
    assert!(ran.code == 0 && ran.stdout.contains("not made again: fonts are others here"), "{ran:?}");
}

/// Writes a release whose manifest and sums are those of other files.
fn write_with_sums(stage: &Stage, files: &BTreeMap<String, Vec<u8>>, edit: impl Fn(String) -> String) {
    let mut files = files.clone();
    let mut manifest: rapporteur::output::Manifest = serde_json::from_slice(&files["manifest.json"]).expect("JSON");
    for output in &mut manifest.outputs {
        (output.bytes, output.sha256) = (files[&output.path].len() as u64, digest(&files[&output.path]));
    }
    files.insert("manifest.json".to_owned(), edit(manifest.to_json()).into_bytes());
    files.remove("SHA256SUMS");
    let sums: String = files.iter().map(|(name, bytes)| format!("{}  {name}\n", digest(bytes))).collect();
    files.insert("SHA256SUMS".to_owned(), sums.into_bytes());
    for (name, bytes) in files {
        fs::write(stage.sandbox.path("output/1.0").join(name), bytes).expect("a file");
    }
}

#[test]
fn a_commit_that_is_not_there_is_said_with_what_gets_it() {
    let stage = Stage::new();
    assert_eq!(stage.run(&["release", "1.0"]).code, 0);
    git(&stage.sandbox, "2021-02-01T12:00:00+00:00", &["commit", "-q", "--allow-empty", "-m", "y"]);
    let release = stage.sandbox.path("output/1.0");
    let release = release.to_string_lossy();
    let other = Stage::with("[report]\ntitle = \"Another\"\n");
    let here = |stage: &Stage| stage.run(&["verify", &release, "--repository", "."]);
    let ran = here(&other);
    assert!(ran.code == 3 && ran.stderr.contains("is not in the repository"), "{ran:?}");
    let shallow = Stage { sandbox: Sandbox::new::<&str>(&[]) };
    let from = format!("file://{}", stage.sandbox.path("").display());
    git(&shallow.sandbox, "", &["clone", "-q", "--depth", "1", &from, "."]);
    let ran = here(&shallow);
    assert!(ran.code == 3 && ran.stderr.contains("git fetch --unshallow"), "{ran:?}");
    // Nowhere near a repository the sums alone are held.
    let alone = Sandbox::new::<&str>(&[]);
    fs::rename(stage.sandbox.path("output/1.0"), alone.path("1.0")).expect("the same disk");
    let ran = alone.run(&["verify", "1.0"]);
    assert!(ran.code == 0 && ran.stdout.contains("not made again: there is no repository here"), "{ran:?}");
}
