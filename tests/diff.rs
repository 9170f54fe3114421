//! `rapporteur diff` with the real program on real repositories: which versions it takes, what it prints, how it ends.

#[path = "support/git.rs"]
mod git;
mod support;

use git::git;
use support::{Ran, Sandbox, names};

const FIRST: &str =
    "# Report\n\n## Scope\n\nThe forum met twice in the spring.\n\n## Findings\n\nEveryone agreed on that.\n";
const SECOND: &str = "# Report\n\n## Scope\n\nThe forum met three times in the spring.\n\n## Findings\n\nEveryone agreed on that.\n\nNobody objected.\n";

/// Commits all of it.
fn commit(sandbox: &Sandbox, date: &str) {
    git(sandbox, "", &["add", "-A"]);
    git(sandbox, date, &["commit", "-q", "-m", "x"]);
}

/// Two releases and a draft after them; the work tree is one more.
fn repository() -> Sandbox {
    let sandbox = Sandbox::new(&[("drafts/a.md", FIRST)]);
    git(&sandbox, "", &["init", "-q"]);
    commit(&sandbox, "2020-02-01T12:00:00+00:00");
    git(&sandbox, "", &["tag", "v1.0"]);
    sandbox.write("drafts/a.md", SECOND);
    commit(&sandbox, "2021-02-01T12:00:00+00:00");
    git(&sandbox, "2021-02-01T12:00:00+00:00", &["tag", "-a", "v1.1", "-m", "second"]);
    git(&sandbox, "", &["tag", "not-a-release"]);
    sandbox.write("drafts/a.md", SECOND.replace("Nobody", "Nobody at all"));
    commit(&sandbox, "2022-02-01T12:00:00+00:00");
    sandbox.write("drafts/a.md", SECOND.replace("Nobody", "No one at all"));
    sandbox
}

/// What it says has changed.
fn stat(sandbox: &Sandbox, arguments: &[&str]) -> String {
    let ran = sandbox.run(&[&["diff", "--stat"], arguments].concat());
    assert_eq!(ran.code, 0, "{ran:?}");
    ran.stdout.lines().next().unwrap_or_default().to_owned()
}

#[test]
fn versions_are_named_as_git_names_them() {
    let sandbox = repository();
    for (arguments, said) in [
        (&[] as &[&str], "1 change since v1.1: 5 words added, 2 removed"),
        (&["HEAD"], "1 change since "),
        (&["v1.0"], "2 changes since v1.0: "),
        (&["v1.0..v1.1"], "2 changes since v1.0: 4 words added, 1 removed"),
        (&["..v1.1"], "2 changes since v1.0: "),
        (&["v1.1.."], "1 change since v1.1: 2 words added, 0 removed"),
        (&["v1.0...v1.1"], "2 changes since v1.0: "),
        (&["v1.1..v1.1"], "nothing has changed since v1.1"),
        (&["v1.0", "--project", "drafts/a.md"], "2 changes since v1.0: "),
    ] {
        let told = stat(&sandbox, arguments);
        assert!(told.starts_with(said), "{arguments:?}: {told}");
    }
}

#[test]
fn without_a_release_the_last_commit_is_the_baseline() {
    let sandbox = Sandbox::new(&[("drafts/a.md", FIRST)]);
    git(&sandbox, "", &["init", "-q"]);
    commit(&sandbox, "2020-02-01T12:00:00+00:00");
    assert!(stat(&sandbox, &[]).starts_with("nothing has changed since "));
    sandbox.write("drafts/a.md", SECOND);
    assert!(stat(&sandbox, &[]).starts_with("2 changes since "));
}

#[test]
fn a_redline_is_published_in_three_formats_beside_the_report() {
    let sandbox = repository();
    assert_eq!(sandbox.run(&["build"]).code, 0);
    let before = sandbox.output();
    let ran = sandbox.run(&["diff", "v1.0", "--author", "The secretariat"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.stderr.contains("2 changes since v1.0"), "{ran:?}");
    let after = sandbox.output();
    assert!(before.iter().all(|file| after.contains(file)), "the report is as it was");
    let added: Vec<&str> = after.iter().filter(|file| !before.contains(file)).map(|(name, _)| name.as_str()).collect();
    let stem = before.iter().find_map(|(name, _)| name.strip_suffix(".pdf")).expect("a PDF");
    let names = ["docx", "html", "json", "pdf"].map(|ending| format!("{stem}.redline.{ending}"));
    assert_eq!(added, names);
    assert!(!sandbox.manifest().to_string().contains("redline"), "it is no part of the report's set");
    let (_, record) = after.iter().find(|(name, _)| name.ends_with(".redline.json")).expect("a record");
    let record: serde_json::Value = serde_json::from_slice(record).expect("it is JSON");
    let redline = &record["redline"];
    assert_eq!((&redline["baseline"], &redline["author"]), (&"v1.0".into(), &"The secretariat".into()), "{redline}");
    let changes: Vec<_> = redline["changes"].as_array().expect("a list").iter().collect();
    let said = |at: usize, key: &str| changes[at][key].as_str().unwrap_or_default().to_owned();
    assert_eq!([said(0, "kind"), said(0, "before"), said(0, "after")], ["replaced", "twice", "three times"]);
    assert_eq!([said(1, "kind"), said(1, "object"), said(1, "section")], ["inserted", "paragraph", "B. Findings"]);
    let inputs = record["inputs"].to_string();
    assert!(inputs.contains("\"v1.0:drafts/a.md\"") && inputs.contains("\"drafts/a.md\""), "{inputs}");
    // The same again is the same bytes.
    assert_eq!(sandbox.run(&["diff", "v1.0", "--author", "The secretariat"]).code, 0);
    assert_eq!(sandbox.output(), after);
}

#[test]
fn two_folders_or_files_are_compared_without_git() {
    let sandbox =
        Sandbox::new(&[("old/drafts/a.md", FIRST), ("new/drafts/a.md", SECOND), ("one.md", FIRST), ("two.md", SECOND)]);
    for (old, new) in [("old", "new"), ("one.md", "two.md")] {
        let told = stat(&sandbox, &[old, new]);
        assert!(told.starts_with(&format!("2 changes since {old}: ")), "{told}");
    }
    let ran = sandbox.run(&["diff", "old", "new", "--output", "out", "--format", "html"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let mut written = names(&sandbox.path("out"));
    written.retain(|name| !name.starts_with('.'));
    written.sort();
    assert_eq!(written, ["new.redline.html", "new.redline.json"]);
}

#[test]
fn the_exit_code_tells_of_differences_where_it_is_asked() {
    let sandbox = repository();
    let code = |arguments: &[&str]| sandbox.run(&[&["diff", "--exit-code"], arguments].concat()).code;
    assert_eq!(code(&["--stat", "v1.0..v1.1"]), 4);
    assert_eq!(code(&["--stat", "v1.1..v1.1"]), 0);
    assert_eq!(code(&["--format", "html", "v1.0..v1.1"]), 4);
}

#[test]
fn programs_get_figures_by_section() {
    let sandbox = repository();
    let ran = sandbox.run(&["diff", "--stat", "--message-format", "json", "v1.0..v1.1"]);
    let figures: serde_json::Value = serde_json::from_str(&ran.stdout).expect("it is JSON");
    assert_eq!((&figures["baseline"], &figures["changes"]), (&"v1.0".into(), &2.into()), "{figures}");
    let sections = figures["sections"].as_array().expect("a list");
    let titles: Vec<&str> = sections.iter().filter_map(|section| section["title"].as_str()).collect();
    assert_eq!(titles, ["Scope", "Findings"]);
}

/// By sections, each with its whole number, beneath those that it stands in.
#[test]
fn figures_stand_by_section() {
    let sandbox = repository();
    let ran = sandbox.run(&["diff", "--stat", "v1.0..v1.1"]);
    let lines: Vec<&str> = ran.stdout.lines().skip(2).collect();
    let expected = [
        "changes  added  removed",
        "      1     +2       −1    I.A. Scope",
        "      1     +2             I.B. Findings",
    ];
    assert_eq!(lines, expected, "{ran:?}");
}

/// Before a report, its only draft or its translation was there, there is nothing to compare with: an exit code of its own says so.
#[test]
fn a_version_without_the_report_is_no_baseline() {
    let sandbox = Sandbox::new(&[("notes.txt", "Nothing yet.\n")]);
    git(&sandbox, "", &["init", "-q"]);
    commit(&sandbox, "2020-02-01T12:00:00+00:00");
    git(&sandbox, "", &["tag", "none"]);
    sandbox.write("reports/a/drafts/one.md", FIRST);
    sandbox.write("reports/a/rapporteur.toml", "[report]\ntitle = \"T\"\n[output]\nformats = [\"html\"]\n");
    commit(&sandbox, "2021-02-01T12:00:00+00:00");
    git(&sandbox, "", &["tag", "first"]);
    sandbox.write("notes/only.md", FIRST);
    sandbox.write("reports/a/drafts/fr/one.md", "# Rapport\n");
    let config = "[report]\ntitle = \"T\"\n[translations.fr]\ntitle = \"T\"\n[output]\nformats = [\"html\"]\n";
    sandbox.write("reports/a/rapporteur.toml", config);
    commit(&sandbox, "2022-02-01T12:00:00+00:00");
    for arguments in [
        &["diff", "none", "--project", "reports/a"] as &[&str],
        &["diff", "none..HEAD", "--project", "reports/a", "--stat"],
        &["changelog", "none...HEAD", "--project", "reports/a"],
        &["diff", "first", "--project", "notes/only.md"],
        &["diff", "first", "--project", "reports/a", "--language", "fr"],
    ] {
        let ran = sandbox.run(arguments);
        assert!(ran.code == 5 && ran.stdout.is_empty(), "{arguments:?}: {ran:?}");
        assert!(ran.stderr.contains(" yet: there is nothing to compare it with"), "{arguments:?}: {ran:?}");
    }
    assert!(!sandbox.path("reports/a/output").exists());
    assert_eq!(sandbox.run(&["diff", "first", "--project", "reports/a"]).code, 0);
    // A folder that is there and cannot be read as a report is a fault.
    sandbox.write("reports/a/rapporteur.toml", "[report\n");
    commit(&sandbox, "2023-02-01T12:00:00+00:00");
    git(&sandbox, "", &["tag", "broken"]);
    sandbox.write("reports/a/rapporteur.toml", config);
    let ran = sandbox.run(&["diff", "broken", "--project", "reports/a"]);
    assert!(ran.code == 2 && ran.stderr.contains("the baseline cannot be compared"), "{ran:?}");
}

#[test]
fn what_cannot_be_compared_is_said() {
    let sandbox = repository();
    let refused = |ran: Ran, code: i32, said: &[&str]| {
        assert_eq!(ran.code, code, "{ran:?}");
        for said in said {
            assert!(ran.stderr.contains(said), "{said:?} is not in {}", ran.stderr);
        }
    };
    refused(sandbox.run(&["diff", "nothing"]), 2, &["`nothing` is no tag, branch or commit", "git tag"]);
    refused(sandbox.run(&["diff", "drafts"]), 2, &["compared by naming both"]);
    refused(sandbox.run(&["diff", "drafts", "none"]), 2, &["none does not exist"]);
    refused(sandbox.run(&["diff", "..v1.0"]), 2, &["no release is tagged before v1.0", "BASE..HEAD"]);
    let bare = Sandbox::new(&[("drafts/a.md", FIRST)]);
    refused(bare.run(&["diff"]), 2, &["no git repository", "rapporteur diff OLD NEW"]);
    git(&bare, "", &["init", "-q"]);
    refused(bare.run(&["diff"]), 2, &["has no commit"]);
}

/// `git clone --depth 1` has no older commits: what is missing is named, and how to get it.
#[test]
fn a_shallow_clone_says_what_to_fetch() {
    let origin = repository();
    let clone = Sandbox::new(&[("x", "")]);
    let url = format!("file://{}", origin.path("").display());
    git(&clone, "", &["clone", "-q", "--depth", "1", &url, "clone"]);
    for (base, fetch) in [
        (&[] as &[&str], "git fetch --unshallow --tags"),
        (&["HEAD~2"], "git fetch --depth=3"),
        (&["v1.0"], "git fetch --depth=1 origin v1.0"),
    ] {
        let ran = clone.run(&[&["diff", "--project", "clone", "--stat"], base].concat());
        assert_eq!(ran.code, 3, "{ran:?}");
        assert!(ran.stderr.contains("shallow") && ran.stderr.contains(fetch), "{ran:?}");
    }
}

/// Filters, hooks and helpers that a repository names are not run; what a link leads to outside the project is not read.
#[test]
fn nothing_that_the_repository_names_is_run() {
    let sandbox = Sandbox::new(&[("drafts/a.md", FIRST), (".gitattributes", "*.md filter=evil\n")]);
    git(&sandbox, "", &["init", "-q"]);
    commit(&sandbox, "2020-02-01T12:00:00+00:00");
    let ran = sandbox.path("ran");
    for (key, value) in [
        ("filter.evil.smudge", format!("touch {}", ran.display())),
        ("filter.evil.clean", format!("touch {}; cat", ran.display())),
        ("core.fsmonitor", format!("touch {}", ran.display())),
        ("core.sshCommand", format!("touch {}", ran.display())),
    ] {
        git(&sandbox, "", &["config", key, &value]);
    }
    sandbox.write("drafts/a.md", SECOND);
    assert!(stat(&sandbox, &["HEAD"]).starts_with("2 changes since "));
    assert!(!ran.exists());
}

/// What stands in the baseline alone comes from there: its pictures, its configuration, drafts under other names.
#[test]
fn the_baseline_is_read_as_it_was() {
    const PIXEL: &str =
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
    let picture = base64_of(PIXEL);
    let sandbox = Sandbox::new(&[
        ("rapporteur.toml", b"[drafts]\nfolder = \"text\"\n".to_vec()),
        ("text/one.md", format!("{FIRST}\n![A map](map.png \"The map\")\n").into_bytes()),
        ("text/map.png", picture),
    ]);
    git(&sandbox, "", &["init", "-q"]);
    commit(&sandbox, "2020-02-01T12:00:00+00:00");
    std::fs::remove_dir_all(sandbox.path("text")).expect("it is there");
    sandbox.write("rapporteur.toml", "[drafts]\nfolder = \"drafts\"\n");
    let (scope, findings) = FIRST.split_at(FIRST.find("## Findings").expect("it is there"));
    sandbox.write("drafts/1.md", scope);
    sandbox.write("drafts/2.md", findings);
    let ran = sandbox.run(&["diff", "HEAD", "--format", "html"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.stderr.contains("1 change since "), "only the figure is gone: {ran:?}");
    let (_, page) = sandbox.output().into_iter().find(|(name, _)| name.ends_with(".redline.html")).expect("a page");
    assert!(String::from_utf8_lossy(&page).contains("data:image/png;base64,"), "the picture is shown");
}

fn base64_of(text: &str) -> Vec<u8> {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.decode(text).expect("it is base64")
}
