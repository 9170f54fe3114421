//! The real program: what it prints where, and how it ends, for good input and bad.

#[path = "support/git.rs"]
mod git;
mod support;

use std::time::{Duration, Instant};

use support::{Ran, Sandbox, names};

const GOOD: &str = "# First\n\nSome text.\n";
const FINAL: &str = "[report]\ntitle = \"T\"\nstatus = \"final\"\n";

/// Files of a project, arguments, exit code, what standard error says (all of it).
type Case<'a> = (&'a [(&'a str, &'a [u8])], &'a [&'a str], i32, &'a [&'a str]);

fn check(cases: &[Case<'_>]) {
    for (files, arguments, code, said) in cases {
        let ran = Sandbox::new(files).run(arguments);
        assert_eq!(ran.code, *code, "{arguments:?} {files:?}\n{ran:?}");
        for text in *said {
            assert!(ran.stderr.contains(text), "{text:?} is not in\n{}", ran.stderr);
        }
        assert!(!ran.stderr.contains("panicked"), "{}", ran.stderr);
        assert_eq!(*code == 0, !ran.stdout.is_empty(), "results, and only they, are on standard output: {ran:?}");
    }
}

#[test]
fn faults_of_drafts_end_with_1_and_doubts_with_0() {
    let draft = "drafts/a.md";
    let quotes = "> ".repeat(3_000) + "deep\n";
    check(&[
        (&[(draft, GOOD.as_bytes())], &["build", "--format", "html"], 0, &[]),
        (&[("x.txt", b"")], &["build"], 1, &["error[no-drafts]", "rapporteur new"]),
        (
            &[(draft, b"# First\n\nBad \xff here.\n")],
            &["build"],
            1,
            &[
                "error[invalid-utf8]",
                "--> drafts/a.md:3:5",
                "3 | Bad",
                "save it as UTF-8",
                "nothing was written: 1 error",
            ],
        ),
        (&[(draft, quotes.as_bytes())], &["build"], 1, &["error[too-deep]", "drafts/a.md:1:"]),
        (
            &[(draft, b"# First\n\n<<<<<<< ours\na\n=======\nb\n>>>>>>> theirs\n")],
            &["build"],
            1,
            &["error[conflict-marker]", "drafts/a.md:3:1"],
        ),
        (
            &[(draft, b"# First\n\n[text](#nowhere)\n")],
            &["build", "--format", "html"],
            0,
            &["warning[dead-link]", "drafts/a.md:3:", "1 warning"],
        ),
        (
            &[(draft, b"# First\n\n[text](#nowhere)\n"), ("rapporteur.toml", FINAL.as_bytes())],
            &["build"],
            1,
            &["error[dead-link]"],
        ),
        (
            &[(draft, b"# First {#a}\n\n## Second {#a}\n")],
            &["build", "--format", "html"],
            0,
            &["warning[duplicate-id]", "drafts/a.md:3:", "note: ", "drafts/a.md:1:"],
        ),
        (
            &[(draft, b"# First\n\n![alt](x.png)\n"), ("drafts/x.png", b"no image")],
            &["build", "--format", "html"],
            0,
            &["warning[unreadable-image]"],
        ),
        (
            &[
                (draft, b"# First\n\n![alt](x.png)\n"),
                ("drafts/x.png", b"no image"),
                ("rapporteur.toml", FINAL.as_bytes()),
            ],
            &["build"],
            1,
            &["error[unreadable-image]"],
        ),
        (
            &[(draft, b"# First\n\n![alt](../../../../../../etc/passwd)\n")],
            &["build", "--format", "html"],
            0,
            &["warning[outside-project]"],
        ),
        (
            &[(draft, GOOD.as_bytes()), ("drafts/a (Anna's conflicted copy 2024-05-01).md", b"# Lost\n")],
            &["build", "--format", "html"],
            0,
            &["warning[conflict-copy]", "a (Anna's conflicted copy 2024-05-01).md"],
        ),
    ]);
}

#[test]
fn faults_of_usage_and_configuration_end_with_2() {
    let draft = ("drafts/a.md", GOOD.as_bytes());
    check(&[
        (&[draft], &["build", "nowhere"], 2, &["nowhere does not exist"]),
        (&[draft, ("x.txt", b"")], &["build", "x.txt"], 2, &["neither a folder nor a `.md` file"]),
        (&[draft], &["build", "--format", "odt"], 2, &["odt", "pdf, docx, html"]),
        (&[draft], &["build", "--colour"], 2, &["--colour"]),
        (&[draft], &["bild"], 2, &["build"]),
        (&[draft], &["build", "--output", "."], 2, &["contains the drafts"]),
        (&[draft], &["build", "--output", "drafts"], 2, &["contains the drafts"]),
        (
            &[draft, ("rapporteur.toml", b"[report]\ntitel = \"T\"\nisbn = \"123\"\n")],
            &["build"],
            2,
            &[
                "error[unknown-key]",
                "--> rapporteur.toml:2:1",
                "did you mean `title`?",
                "error[invalid-config]",
                ":3:8",
            ],
        ),
        (
            &[draft, ("rapporteur.toml", b"[drafts]\norder = [\"b.md\"]\n")],
            &["build"],
            2,
            &["error[missing-file]", "--> rapporteur.toml:2:10", "did you mean `a.md`?"],
        ),
        (
            &[draft, ("rapporteur.toml", b"[style]\nname = \"repotr\"\n")],
            &["build"],
            2,
            &["error[invalid-style]", "--> rapporteur.toml:2:8", "report"],
        ),
    ]);
    let ran = Ran::of(
        Sandbox::new(&[draft]).command(&["build"]).env("SOURCE_DATE_EPOCH", "noon").output().expect("the program runs"),
    );
    assert_eq!((ran.code, ran.stderr.contains("SOURCE_DATE_EPOCH")), (2, true), "{ran:?}");
}

#[test]
fn what_the_system_refuses_ends_with_3() {
    let files: &[(&str, &[u8])] = &[("drafts/a.md", GOOD.as_bytes()), ("file", b"")];
    check(&[(files, &["build", "--format", "html", "--output", "file/x"], 3, &["file/x"])]);
}

#[test]
fn the_results_are_named_and_the_last_good_output_stays() {
    let sandbox = Sandbox::new(&[
        ("drafts/a.md", GOOD),
        ("rapporteur.toml", "[report]\ntitle = \"T\"\nshort_title = \"État of play\"\ndate = 2024-12-17\n"),
    ]);
    let ran = sandbox.run(&["build"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{ran:?}");
    let lines: Vec<&str> = ran.stdout.lines().collect();
    let pages = sandbox.manifest()["figures"]["pages"].as_u64().expect("the PDF has pages");
    assert!(pages > 1 && lines[0].starts_with(&format!("output/etat-of-play.pdf ({pages} pages, ")), "{lines:?}");
    assert!(lines[1].starts_with("output/etat-of-play.docx (") && lines[2].starts_with("output/etat-of-play.html ("));
    let good = sandbox.output();
    assert_eq!(good.len(), 4);
    let manifest = sandbox.manifest();
    assert_eq!(manifest["date"], "2024-12-17");
    assert_eq!(manifest["figures"]["headings"], 1);
    assert_eq!(manifest["outputs"][0]["bytes"], good[2].1.len());

    sandbox.write("drafts/a.md", b"\xff");
    assert_eq!(sandbox.run(&["build"]).code, 1);
    assert!(sandbox.output() == good, "a failed build leaves the output as it was");
}

#[test]
fn one_draft_a_folder_of_drafts_and_a_project_from_within() {
    for (files, arguments, output) in [
        (&["one.md", "two.md"][..], &["build", "one.md", "--format", "html"][..], "output/one.html"),
        (&["sub/one.md"], &["build", "sub", "--format", "html"], "sub/output/sub.html"),
        (&["sub/drafts/one.md"], &["build", "sub", "--format", "html", "--output", "elsewhere"], "elsewhere/sub.html"),
    ] {
        let files: Vec<_> = files.iter().map(|name| (*name, GOOD)).collect();
        let sandbox = Sandbox::new(&files);
        let ran = sandbox.run(arguments);
        assert!(ran.code == 0 && sandbox.path(output).exists(), "{arguments:?} {ran:?}");
        assert!(ran.stdout.starts_with(output), "{ran:?}");
    }
    let sandbox = Sandbox::new(&[("rapporteur.toml", "[report]\ntitle = \"T\"\n"), ("drafts/a.md", GOOD), ("x/y", "")]);
    let mut command = sandbox.command(&["build", "--format", "html"]);
    let ran = Ran::of(command.current_dir(sandbox.path("x")).output().expect("the program runs"));
    assert!(ran.code == 0 && !sandbox.output().is_empty(), "{ran:?}");
}

#[test]
fn messages_for_programs() {
    let files = [("drafts/a.md", "# First\n\n[text](#nowhere)\n")];
    let ran = Sandbox::new(&files).run(&["build", "--format", "html", "--message-format", "json"]);
    let message: serde_json::Value = serde_json::from_str(ran.stderr.trim()).expect("one object on one line");
    assert_eq!(message["code"], "dead-link");
    assert_eq!(message["severity"], "warning");
    assert_eq!(message["file"], "drafts/a.md");
    assert_eq!(message["line"], 3);
    assert!(message["column"].is_u64() && message["end"]["line"] == 3 && message["hints"].is_array());
    let manifest: serde_json::Value = serde_json::from_str(&ran.stdout).expect("the manifest");
    assert!(manifest["outputs"][0]["path"].as_str().is_some_and(|path| path.ends_with(".html")));

    let ran = Sandbox::new(&files).run(&["build", "--format", "html", "--message-format", "github"]);
    assert!(ran.stderr.starts_with("::warning file=drafts/a.md,line=3,col="), "{}", ran.stderr);
    assert_eq!(ran.stderr.lines().count(), 1);
}

#[test]
fn nothing_in_a_name_or_a_draft_reaches_the_terminal_as_a_command() {
    let draft = "# First\n\n[\u{1b}[2J\u{202e}](#\u{1b}]0;title\u{7})\n\n::error::injected\n";
    let sandbox = Sandbox::new(&[("drafts/\u{1b}[31m.md", draft)]);
    for format in ["human", "github", "json"] {
        let ran = sandbox.run(&["build", "--format", "html", "--message-format", format]);
        assert!(!ran.stderr.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{format}: {:?}", ran.stderr);
        assert!(!ran.stderr.lines().any(|line| line.trim_start().starts_with("::error::")), "{}", ran.stderr);
    }
}

#[test]
fn a_new_project_builds_without_a_word() {
    let sandbox = Sandbox::new::<&str>(&[]);
    let ran = sandbox.run(&["new", "report"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let built = sandbox.run(&["build", "report"]);
    assert_eq!((built.code, built.stderr.as_str()), (0, ""), "{built:?}");
    assert_eq!(built.stdout.lines().count(), 3);
    let again = sandbox.run(&["new", "report"]);
    assert_eq!((again.code, again.stderr.contains("not an empty folder")), (2, true), "{again:?}");
    let doctor = sandbox.run(&["doctor", "report"]);
    assert_eq!((doctor.code, doctor.stderr.as_str()), (0, ""), "{doctor:?}");
    assert!(doctor.stdout.contains("fonts") && doctor.stdout.contains("can be written"));
    assert!(doctor.stdout.contains("3 drafts"), "{doctor:?}");
    std::fs::create_dir(sandbox.path("empty")).expect("a folder");
    let nothing = sandbox.run(&["doctor", "empty"]);
    assert_eq!(nothing.code, 3, "{nothing:?}");
    assert!(nothing.stdout.contains("WRONG  drafts   the folder holds no draft (`*.md`)"), "{nothing:?}");
    let nothing = sandbox.run(&["watch", "empty"]);
    assert_eq!(nothing.code, 2, "{nothing:?}");
    assert!(nothing.stderr.contains("holds no draft") && nothing.stderr.contains("rapporteur new"), "{nothing:?}");
    let schema = sandbox.run(&["schema"]);
    assert_eq!(schema.stdout, include_str!("../schemas/rapporteur.schema.json"));
    assert_eq!(sandbox.run(&["schema", "series"]).stdout, include_str!("../schemas/series.schema.json"));
}

/// The date of a report that names none.
#[test]
fn the_date_comes_from_the_environment_or_the_newest_commit_of_a_draft() {
    let sandbox = Sandbox::new(&[("drafts/a.md", GOOD), ("drafts/b.md", GOOD)]);
    let git = |date: &str, arguments: &[&str]| git::git(&sandbox, date, arguments);
    let date = |epoch: Option<&str>| {
        let mut command = sandbox.command(&["build", "--format", "html"]);
        let ran = Ran::of(command.envs(epoch.map(|epoch| ("SOURCE_DATE_EPOCH", epoch))).output().expect("it runs"));
        assert_eq!(ran.code, 0, "{ran:?}");
        sandbox.manifest()["date"].as_str().expect("a date").to_owned()
    };
    git("", &["init", "-q"]);
    let unborn = date(None);
    assert!(unborn.as_str() > "2025", "today: {unborn}");
    git("", &["add", "drafts/a.md"]);
    git("2020-02-01T12:00:00+00:00", &["commit", "-q", "-m", "one"]);
    git("", &["checkout", "-q", "-b", "side"]);
    git("", &["add", "drafts/b.md"]);
    git("2021-03-01T12:00:00+00:00", &["commit", "-q", "-m", "two"]);
    git("", &["checkout", "-q", "main"]);
    sandbox.write("other.txt", "x");
    git("", &["add", "other.txt"]);
    git("2022-04-01T12:00:00+00:00", &["commit", "-q", "-m", "three"]);
    git("2023-05-01T12:00:00+00:00", &["merge", "-q", "--no-edit", "side"]);
    assert_eq!(date(None), "2021-03-01", "neither a commit of another file nor a merge that changes no draft counts");
    assert_eq!(date(Some("1700000000")), "2023-11-14");
    // A clone that ends before the drafts' newest commit has another date, and says so.
    let clone = Sandbox::new::<&str>(&[]);
    let url = format!("file://{}", sandbox.path("").display());
    for (depth, told) in [("1", true), ("2", false)] {
        sandbox.write("other.txt", depth);
        git("2024-01-01T12:00:00+00:00", &["commit", "-q", "-a", "-m", depth]);
        git::git(&clone, "", &["clone", "-q", "--depth", depth, &url, depth]);
        if !told {
            git::git(&clone, "", &["-C", depth, "fetch", "-q", "--unshallow"]);
        }
        let ran = clone.run(&["build", depth, "--format", "html"]);
        let warned = ran.stderr.contains("the drafts may be older") && ran.stderr.contains("git fetch --unshallow");
        assert_eq!((ran.code, warned), (0, told), "{ran:?}");
    }
}

#[test]
fn a_second_build_waits_and_then_gives_way() {
    let sandbox = Sandbox::new(&[("drafts/a.md", GOOD)]);
    assert_eq!(sandbox.run(&["build", "--format", "html"]).code, 0);
    let path = sandbox.path("output/.rapporteur.lock");
    let lock = std::fs::File::options().read(true).write(true).open(path).expect("it is there");
    lock.lock().expect("nobody holds it");
    std::fs::write(sandbox.path("output/.rapporteur.lock"), "4711").expect("it can be written");
    sandbox.write("drafts/a.md", "# Changed\n");
    let start = Instant::now();
    let ran = sandbox.run(&["build", "--format", "html"]);
    assert!(start.elapsed() >= Duration::from_secs(10));
    assert_eq!((ran.code, ran.stderr.contains("process 4711")), (75, true), "{ran:?}");
}

#[test]
fn eight_builds_at_once_leave_one_whole_set() {
    let sandbox = Sandbox::new(&[("drafts/a.md", GOOD)]);
    let children: Vec<_> = (0..8)
        .map(|_| sandbox.command(&["build", "--format", "html,docx"]).stdout(std::process::Stdio::null()).spawn())
        .collect();
    for child in children {
        let status = child.and_then(|mut child| child.wait()).expect("the program runs");
        assert_eq!(status.code(), Some(0));
    }
    assert_whole(&sandbox);
}

/// Killed at any moment, and built again: every file is there whole, and nothing else.
#[test]
fn killed_at_any_moment_nothing_is_half_done() {
    let rounds = 20 * std::env::var("RAPPORTEUR_SCALE").ok().and_then(|s| s.parse().ok()).unwrap_or(1_u64);
    let sandbox = Sandbox::new(&[("drafts/a.md", GOOD)]);
    let start = Instant::now();
    assert_eq!(sandbox.run(&["build", "--format", "html,docx"]).code, 0);
    let whole = start.elapsed();
    for round in 0..rounds {
        sandbox.write("drafts/a.md", format!("# Round {round}\n\nText of round {round}.\n"));
        let mut child = sandbox
            .command(&["build", "--format", "html,docx"])
            .stdout(std::process::Stdio::null())
            .spawn()
            .expect("the program starts");
        // The moments are spread over a build's time; where they fall is the scheduler's choice.
        std::thread::sleep(whole.mul_f64(round as f64 / rounds as f64));
        let _ = child.kill();
        child.wait().expect("it ends");
        for (name, bytes) in sandbox.output() {
            let whole = match name.rsplit_once('.').map(|(_, extension)| extension) {
                Some("html") => bytes.ends_with(b"</html>\n"),
                // Its directory stands at the end (APPNOTE 4.3.6).
                Some("docx") => zip::ZipArchive::new(std::io::Cursor::new(&bytes)).is_ok(),
                _ => serde_json::from_slice::<serde_json::Value>(&bytes).is_ok(),
            };
            assert!(whole, "round {round}: {name} is cut off");
        }
    }
    assert_eq!(sandbox.run(&["build", "--format", "html,docx"]).code, 0);
    assert_whole(&sandbox);
}

/// The manifest's digests are those of the files, and nothing was left behind.
fn assert_whole(sandbox: &Sandbox) {
    let manifest = sandbox.manifest();
    let outputs = manifest["outputs"].as_array().expect("a list");
    assert_eq!(outputs.len(), 2);
    for output in outputs {
        let bytes = std::fs::read(sandbox.path("output").join(output["path"].as_str().expect("a name")));
        assert_eq!(output["sha256"], rapporteur::output::digest(&bytes.expect("it is there")));
    }
    let mut left = names(&sandbox.path("output"));
    left.sort();
    left.retain(|name| name.starts_with('.'));
    assert_eq!(left, [".gitignore", ".rapporteur.lock"]);
}
