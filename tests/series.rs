//! Many reports at once, plans for CI, and a cache that builds share, by the real program.

#[path = "support/git.rs"]
mod git;
mod support;

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use support::{Ran, Sandbox, names};

const SERIES: &str =
    "output = \"published\"\nformats = [\"html\"]\n[[report]]\npath = \"reports/*\"\nlanguages = [\"all\"]\n";
const CONFIG: &str = "[report]\ntitle = \"T\"\nshort_title = \"T\"\ndate = \"2026-01-02\"\n";

fn series() -> Sandbox {
    Sandbox::new(&[
        ("series.toml", SERIES),
        ("reports/a/rapporteur.toml", &format!("{CONFIG}[translations.fr]\n")),
        ("reports/a/drafts/1.md", "# A\n\n[x](#nowhere)\n"),
        ("reports/a/drafts/fr/1.md", "# À\n\nTexte.\n"),
        ("reports/b/rapporteur.toml", CONFIG),
        ("reports/b/drafts/1.md", "# B\n\n<<<<<<< a\nx\n=======\ny\n>>>>>>> b\n"),
        ("reports/c/drafts/1.md", "# C\n\nText.\n"),
    ])
}

fn lines(ran: &Ran) -> Vec<Value> {
    ran.stdout.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

#[test]
fn one_report_at_fault_leaves_the_others_alone() {
    let sandbox = series();
    let ran = sandbox.run(&["build", "--all", "series.toml", "--jobs", "2"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    let lines: Vec<&str> = ran.stdout.lines().collect();
    assert_eq!(lines.len(), 5, "{ran:?}");
    assert!(lines[0].starts_with("reports-a.en: published/reports/a/t.html ("), "{ran:?}");
    assert!(lines[1].starts_with("reports-a.fr: published/reports/a/t.fr.html ("), "{ran:?}");
    assert_eq!(lines[2..3], ["reports-b.en: not built: faults in the drafts"]);
    assert!(lines[3].starts_with("reports-c.en: published/reports/c/c.html ("), "{ran:?}");
    assert_eq!(lines[4], "3 built, 1 not");
    // Places are those of the series' folder.
    assert!(
        ran.stderr.contains("--> reports/a/drafts/1.md:3:1") && ran.stderr.contains("--> reports/b/drafts/1.md:3:1")
    );
    assert!(sandbox.path("published/reports/a/manifest.fr.json").exists());
}

/// From another folder, for a program.
#[test]
fn each_report_is_an_object() {
    let sandbox = series();
    let mut command = sandbox.command(&["build", "--all", "../../series.toml", "--message-format", "json"]);
    let ran = Ran::of(command.current_dir(sandbox.path("reports/c")).output().expect("it runs"));
    assert_eq!(ran.code, 1, "{ran:?}");
    let lines = lines(&ran);
    let ids: Vec<&str> = lines.iter().filter_map(|line| line["job"].as_str()).collect();
    assert_eq!(ids, ["reports-a.en", "reports-a.fr", "reports-b.en", "reports-c.en"]);
    assert_eq!(lines[1]["manifest"]["language"], "fr");
    assert_eq!((&lines[2]["exit"], &lines[2]["manifest"]), (&1.into(), &Value::Null));
    assert_eq!(lines[4], serde_json::json!({ "jobs": 4, "built": 3 }));
    let told: Vec<Value> = ran.stderr.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert!(told.iter().any(|told| told["file"] == "reports/b/drafts/1.md"), "{told:?}");
}

#[test]
fn what_is_asked_for_goes_before_what_the_series_says() {
    let sandbox = series();
    let ran =
        sandbox.run(&["build", "--all", "series.toml", "--only", "reports-c.en,reports-a.fr", "--output", "elsewhere"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(
        sandbox.path("elsewhere/reports/c/c.html").exists() && sandbox.path("elsewhere/reports/a/t.fr.html").exists()
    );
    assert!(!sandbox.path("elsewhere/reports/a/t.html").exists() && !sandbox.path("published").exists());
    // The names are those that a plan has, whatever languages are asked for.
    let ran =
        sandbox.run(&["build", "--all", "series.toml", "--language", "fr", "--only", "reports-a.en,reports-a.fr"]);
    assert!(
        ran.code == 0 && ran.stdout.starts_with("reports-a.fr: ") && ran.stdout.ends_with("\n1 built\n"),
        "{ran:?}"
    );
    for (arguments, said) in [
        (&["build", "--all", "series.toml", "--only", "x"][..], "the series has no `x`"),
        (&["build", "--all", "none.toml"][..], "none.toml does not exist"),
        (&["build", "--all", "series.toml", "."][..], "cannot be used with"),
        (&["build", "--jobs", "2"][..], "--all"),
        (&["plan", "reports/a/rapporteur.toml"][..], "`report` is to be a list"),
    ] {
        let ran = sandbox.run(arguments);
        assert!(ran.code == 2 && ran.stderr.contains(said), "{arguments:?} {ran:?}");
    }
}

/// Drafts that lie in one folder are written to one: each leaves the others' files alone, in a series and by hand.
#[test]
fn single_drafts_of_a_folder_stand_beside_each_other() {
    let sandbox = Sandbox::new(&[("series.toml", "formats = [\"html\"]\n[[report]]\npath = \"notes/*.md\"\n")]);
    for name in ["a", "b", "c"] {
        sandbox.write(&format!("notes/{name}.md"), format!("# {name}\n\nText.\n"));
    }
    let all = ["a.html", "a.manifest.json", "b.html", "b.manifest.json", "c.html", "c.manifest.json"];
    let written = || {
        let mut names = names(&sandbox.path("notes/output"));
        names.retain(|name| !name.starts_with('.'));
        names.sort();
        names
    };
    let ran = sandbox.run(&["build", "--all", "series.toml"]);
    assert!(ran.code == 0 && ran.stdout.ends_with("3 built\n"), "{ran:?}");
    assert_eq!(written(), all);
    // A set's own files go where it no longer has them, and no other's.
    assert_eq!(sandbox.run(&["build", "notes/a.md", "--format", "docx"]).code, 0);
    assert_eq!(written(), [&["a.docx", "a.manifest.json"], &all[2..]].concat());
}

/// What would be written over is refused before anything is built.
#[test]
fn no_report_is_written_over_another() {
    let sandbox = Sandbox::new(&[("reports/x.md", "# X\n"), ("reports/X/drafts/1.md", "# X\n")]);
    let refused = |series: &str, arguments: &[&str], said: &str| {
        sandbox.write("series.toml", format!("formats = [\"html\"]\n{series}"));
        let ran = sandbox.run(&[&["build", "--all", "series.toml"], arguments].concat());
        assert!(ran.code == 2 && ran.stdout.is_empty() && ran.stderr.contains(said), "{series} {ran:?}");
    };
    let reports = "[[report]]\npath = \"reports/*\"\n";
    let said = "`reports/X` and `reports/x.md` would both be written to `pub/reports/x`";
    refused(&format!("output = \"pub\"\n{reports}"), &[], said);
    refused(
        reports,
        &["--output", "o"],
        "`reports/X` and `reports/x.md` would be written to one folder under one name",
    );
    let ran = sandbox.run(&["build", "--all", "series.toml"]);
    assert!(ran.code == 0 && sandbox.path("reports/X/output").exists() && sandbox.path("reports/output").exists());
    sandbox.write("notes/A b.md", "# A\n");
    sandbox.write("notes/a-b.md", "# A\n");
    refused("[[report]]\npath = \"notes/*\"\n", &[], "would be written to one folder under one name");
}

/// A link does not lead a series out of its folder, and what cannot be listed is no "nothing".
#[cfg(unix)]
#[test]
fn a_series_stays_in_its_folder() {
    use std::os::unix::fs::symlink;
    let sandbox = Sandbox::new(&[
        ("elsewhere/secret.md", "# S\n"),
        ("in/notes/a.md", "# A\n"),
        ("in/.hidden/a.md", "# A\n"),
        ("in/series.toml", ""),
    ]);
    for (target, link) in [("../elsewhere", "in/there"), ("../../elsewhere/secret.md", "in/notes/s.md")] {
        symlink(target, sandbox.path(link)).expect("a link");
    }
    for (series, code, said) in [
        ("[[report]]\npath = \"there\"\n", 2, "`there` is a link that leads out of the series' folder"),
        ("[[report]]\npath = \"there/secret.md\"\n", 2, "`there/secret.md` is a link that leads out of"),
        ("[[report]]\npath = \"there/*\"\n", 2, "`there` is a link that leads out of"),
        ("[[report]]\npath = \"notes/*.md\"\n", 2, "`notes/s.md` is a link that leads out of"),
        ("[[report]]\npath = \".hidden/*\"\n", 3, "`.hidden` cannot be read: hidden files are not read"),
        (
            "output = \"there\"\n[[report]]\npath = \"notes/a.md\"\n",
            2,
            "the output folder `there` is a link that leads",
        ),
    ] {
        sandbox.write("in/series.toml", series);
        let ran = sandbox.run(&["build", "--all", "in/series.toml", "--format", "html"]);
        assert!(ran.code == code && ran.stdout.is_empty() && ran.stderr.contains(said), "{series} {ran:?}");
    }
    assert_eq!(names(&sandbox.path("elsewhere")), ["secret.md"]);
}

/// Ten annotations of a severity are what the host takes of a step, however many reports and languages there are.
#[test]
fn annotations_stay_within_the_host_s_limit() {
    let link = |at: usize| format!("[{at}](#nowhere-{at})\n\n");
    let text: String = (0..8).map(link).collect();
    let sandbox = Sandbox::new(&[
        ("series.toml", "formats = [\"html\"]\n[[report]]\npath = \"reports/*\"\n"),
        ("reports/a/rapporteur.toml", &format!("{CONFIG}[translations.fr]\n")),
        ("reports/a/drafts/1.md", &format!("# A\n\n{text}")),
        ("reports/a/drafts/fr/1.md", &format!("# À\n\n{text}")),
        ("reports/b/drafts/1.md", &format!("# B\n\n{text}")),
    ]);
    for arguments in [&["--all", "series.toml"][..], &["reports/a", "--format", "html", "--language", "all"]] {
        let ran = sandbox.run(&[&["build", "--message-format", "github"], arguments].concat());
        assert_eq!(ran.code, 0, "{ran:?}");
        let of = |start: &str| ran.stderr.lines().filter(|line| line.starts_with(start)).count();
        assert_eq!((of("::warning "), of("::error "), of("::notice ")), (10, 0, 1), "{ran:?}");
        assert!(ran.stderr.contains("::6 warnings more than annotations can show"), "{ran:?}");
    }
}

#[test]
fn a_plan_lists_what_can_be_built_by_itself() {
    let sandbox = series();
    let ran = sandbox.run(&["plan", "series.toml", "--format", "github"]);
    assert_eq!((ran.code, ran.stdout.lines().count()), (0, 1), "{ran:?}");
    let matrix: Value = serde_json::from_str(&ran.stdout).expect("JSON");
    let first = &matrix["include"][1];
    assert_eq!(
        (&first["id"], &first["path"], &first["language"]),
        (&"reports-a.fr".into(), &"reports/a".into(), &"fr".into())
    );
    // Each command does what it says.
    let command = first["command"].as_str().expect("a command").strip_prefix("rapporteur ").expect("the program");
    assert_eq!(sandbox.run(&command.split(' ').collect::<Vec<_>>()).code, 0);
    assert!(sandbox.path("published/reports/a/t.fr.html").exists());
    let whole: Value = serde_json::from_str(&sandbox.run(&["plan", "series.toml"]).stdout).expect("JSON");
    assert_eq!(whole["jobs"].as_array().map(Vec::len), Some(4));
    assert_eq!(whole["jobs"][0]["output"], "published/reports/a");
    let yaml = sandbox.run(&["plan", "series.toml", "--format", "gitlab"]).stdout;
    assert!(yaml.contains("\n          - \"reports-b.en\"\n"), "{yaml}");
}

#[test]
fn a_plan_of_what_has_changed() {
    let sandbox = series();
    for arguments in [&["init", "-q"][..], &["add", "-A"], &["commit", "-qm", "all"]] {
        git::git(&sandbox, "2026-01-02T00:00:00Z", arguments);
    }
    let changed = || {
        let ran = sandbox.run(&["plan", "series.toml", "--changed-since", "HEAD"]);
        assert_eq!(ran.code, 0, "{ran:?}");
        let plan: Value = serde_json::from_str(&ran.stdout).expect("JSON");
        let jobs = plan["jobs"].as_array().expect("a list").iter();
        jobs.filter_map(|job| job["id"].as_str().map(str::to_owned)).collect::<Vec<_>>()
    };
    assert!(changed().is_empty());
    assert_eq!(sandbox.run(&["build", "--all", "series.toml", "--only", "reports-c.en"]).code, 0);
    assert!(changed().is_empty(), "what a build writes is no change");
    sandbox.write("reports/c/drafts/1.md", "# C\n\nOther text.\n");
    assert_eq!(changed(), ["reports-c.en"]);
    sandbox.write("reports/a/drafts/map.svg", "<svg/>");
    assert_eq!(changed(), ["reports-a.en", "reports-a.fr", "reports-c.en"]);
    sandbox.write("series.toml", format!("{SERIES}\n"));
    assert_eq!(changed().len(), 4);
    // What is no commit is no plan: not even one of nothing.
    for (since, said) in [
        ("nothing", "`nothing` is no tag"),
        ("", "takes one tag, branch or commit"),
        ("HEAD..", "and not `HEAD..`"),
        ("..", "leave it out"),
    ] {
        let ran = sandbox.run(&["plan", "series.toml", "--format", "github", "--changed-since", since]);
        assert!(ran.code == 2 && ran.stdout.is_empty() && ran.stderr.contains(said), "{since} {ran:?}");
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.flat_map(|entry| if entry.path().is_dir() { files(&entry.path()) } else { vec![entry.path()] }).collect()
}

fn entries(folder: &Path, kind: &str) -> Vec<PathBuf> {
    files(folder).into_iter().filter(|path| path.extension().is_some_and(|extension| extension == kind)).collect()
}

/// Two clones in folders of other names; the second takes what the first has kept, its warnings and all.
#[test]
fn what_one_build_keeps_another_takes() {
    let sandbox = Sandbox::new(&[] as &[(&str, &str)]);
    for clone in ["one", "two"] {
        sandbox.write(&format!("{clone}/rapporteur.toml"), CONFIG);
        sandbox.write(&format!("{clone}/drafts/1.md"), "# A\n\n[x](#nowhere)\n");
    }
    let build = |clone: &str| sandbox.run(&["build", clone, "--cache", "kept"]);
    let (first, second) = (build("one"), build("two"));
    assert_eq!((first.code, second.code), (0, 0), "{first:?} {second:?}");
    assert!(
        !first.stderr.contains("from the cache") && second.stderr.contains("from the cache"),
        "{first:?} {second:?}"
    );
    assert!(second.stderr.contains("warning[dead-link]") && second.stderr.contains("two/drafts/1.md:3:1"));
    for name in ["t.pdf", "t.docx", "t.html", "manifest.json"] {
        let read = |clone: &str| fs::read(sandbox.path(&format!("{clone}/output/{name}"))).expect("it is there");
        assert!(read("one") == read("two"), "{name}");
    }
    // A damaged entry is dropped, said and made anew.
    let reports = entries(&sandbox.path("kept"), "report");
    assert_eq!(reports.len(), 1);
    let mut bytes = fs::read(&reports[0]).expect("it can be read");
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    fs::write(&reports[0], bytes).expect("it can be written");
    let third = build("two");
    assert!(third.code == 0 && third.stderr.contains("damaged or forged"), "{third:?}");
    assert!(build("one").stderr.contains("from the cache"));
    assert!(!sandbox.run(&["build", "one", "--cache", "none"]).stderr.contains("from the cache"));
}

#[test]
fn a_cache_that_cannot_be_used_fails_no_build() {
    let sandbox = Sandbox::new(&[("rapporteur.toml", CONFIG), ("drafts/1.md", "# A\n\nText.\n"), ("file", "x")]);
    let without = |store: &str| {
        let mut command = sandbox.command(&["build", "--format", "html", "--cache", store]);
        for (name, value) in [("AWS_ACCESS_KEY_ID", ""), ("RAPPORTEUR_CACHE", "other")] {
            command.env(name, value);
        }
        Ran::of(command.output().expect("it runs"))
    };
    sandbox.write("papers/letter.md", "Dear minister");
    for (store, why) in [
        ("file", "it is no folder"),
        ("papers", "it holds other things, and is no cache"),
        ("s3://bucket/x", "AWS_ACCESS_KEY_ID"),
    ] {
        let ran = without(store);
        let said = ran.stderr.contains(&format!("of no use now: {why}"));
        assert!(ran.code == 0 && said && ran.stderr.contains("1 warning"), "{ran:?}");
    }
    assert_eq!(names(&sandbox.path("papers")), ["letter.md"]);
    assert_eq!((sandbox.output().len(), &sandbox.manifest()["title"]), (2, &"T".into()));
    sandbox.write("rapporteur.toml", format!("{CONFIG}[cache]\nstore = \"drafts\"\n"));
    let ran = sandbox.run(&["build", "--format", "html"]);
    assert!(ran.code == 2 && ran.stderr.contains("`drafts` cannot be a cache"), "{ran:?}");
}

/// The configuration's own cache, bounded; eight builds at once.
#[test]
fn several_builds_share_a_folder() {
    let sandbox = Sandbox::new(&[("drafts/1.md", "# A\n\nText.\n")]);
    sandbox.write("rapporteur.toml", format!("{CONFIG}[cache]\nstore = \".cache\"\nlimit_mib = 1\n"));
    let start = |at: usize| {
        let output = format!("out{at}");
        let mut command = sandbox.command(&["build", "--format", "html", "--output", &output]);
        command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped()).spawn().expect("it starts")
    };
    let builds: Vec<_> = (0..8).map(start).collect();
    for build in builds {
        let ran = Ran::of(build.wait_with_output().expect("it ends"));
        assert!(ran.code == 0 && !ran.stderr.contains("warning"), "{ran:?}");
    }
    let pages: Vec<Vec<u8>> =
        (0..8).map(|at| fs::read(sandbox.path(&format!("out{at}/t.html"))).expect("it is there")).collect();
    assert!(pages.iter().all(|page| *page == pages[0]));
    assert_eq!(
        (entries(&sandbox.path(".cache"), "report").len(), entries(&sandbox.path(".cache"), "inputs").len()),
        (1, 1)
    );
    assert_eq!(files(&sandbox.path(".cache")).len(), 4, "two entries and two marks, nothing half written");
    assert!(names(&sandbox.path(".cache")).contains(&"CACHEDIR.TAG".to_owned()));
    assert!(sandbox.run(&["build", "--format", "html"]).stderr.contains("from the cache"));
}

/// A folder of entries that came with the repository was kept on another machine, by whomever: it is not believed. With a
/// secret in common it is.
#[test]
fn what_came_with_the_repository_is_not_believed() {
    let sandbox = Sandbox::new(&[("drafts/1.md", "# A\n\nText.\n")]);
    sandbox.write("rapporteur.toml", format!("{CONFIG}[cache]\nstore = \".cache\"\n"));
    let build = |machine: &str, secret: &str| {
        let mut command = sandbox.command(&["build", "--format", "html"]);
        command.env("XDG_STATE_HOME", sandbox.path(machine)).env("RAPPORTEUR_CACHE_SECRET", secret);
        let ran = Ran::of(command.output().expect("it runs"));
        assert!(ran.code == 0 && !ran.stderr.contains("warning"), "{ran:?}");
        ran.stderr.contains("from the cache")
    };
    assert!(!build(".theirs", ""));
    assert!(build(".theirs", "") && !build(".ours", "") && build(".ours", "") && build(".theirs", ""));
    assert!(!build(".theirs", "in common") && build(".ours", "in common"));
    assert_eq!(names(&sandbox.path(".ours/rapporteur")), ["cache-secret"]);
    let ran = sandbox.command(&["build", "--format", "html"]).env_remove("XDG_STATE_HOME").env_remove("HOME").output();
    let ran = Ran::of(ran.expect("it runs"));
    assert!(ran.code == 0 && ran.stderr.contains("no home folder") && ran.stderr.contains("RAPPORTEUR_CACHE_SECRET"));
}

#[test]
fn a_series_takes_from_the_cache() {
    let sandbox = series();
    let build =
        || sandbox.run(&["build", "--all", "series.toml", "--cache", "kept", "--only", "reports-a.fr,reports-c.en"]);
    assert_eq!(build().code, 0);
    let ran = build();
    assert_eq!(ran.stdout.matches("(from the cache)").count(), 2, "{ran:?}");
    assert!(ran.stderr.is_empty(), "{ran:?}");
}

/// A bucket that never answers, and a series that is ended while a build waits for it: the build ends, too.
#[cfg(all(unix, feature = "bucket"))]
#[test]
fn the_builds_of_a_series_end_with_it() {
    use std::io::Read as _;
    let sandbox = series();
    let server = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let endpoint = format!("http://{}", server.local_addr().expect("it has an address"));
    let mut command = sandbox.command(&["build", "--all", "series.toml", "--cache", "s3://b/c", "--jobs", "1"]);
    command.envs([("AWS_ACCESS_KEY_ID", "k"), ("AWS_SECRET_ACCESS_KEY", "s"), ("AWS_ENDPOINT_URL", &endpoint)]);
    command.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null());
    for proxy in ["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"] {
        command.env_remove(proxy);
    }
    let mut parent = command.spawn().expect("it starts");
    let (mut asked, _) = server.accept().expect("the build asks");
    let ended = std::process::Command::new("kill").args(["-TERM", &parent.id().to_string()]).status();
    assert!(ended.expect("kill can be run").success());
    parent.wait().expect("it ends");
    // By itself the build would wait a minute for its answer.
    asked.set_read_timeout(Some(std::time::Duration::from_secs(40))).expect("a limit");
    asked.read_to_end(&mut Vec::new()).expect("the build is gone, and its connection with it");
    assert!(!sandbox.path("published").exists());
}
