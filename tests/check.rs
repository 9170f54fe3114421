//! `rapporteur check`: its findings are those of a build, and it says them without building.

#[path = "suite/case.rs"]
mod case;
mod support;

use std::path::Path;

use rapporteur::diag::{Diagnostics, Status};
use rapporteur::pipeline::{self, Request};
use rapporteur::project::{self, Date, Entry, Format, MemoryWorld};
use support::{Ran, Sandbox, names};

/// The cases of the suite that say what is told of them: an area, and how many there are at least.
const AREAS: &[(&str, usize)] = &[("markdown", 30), ("resolve", 20), ("styles", 10)];

/// Every case of which something is told (each, at full size), built with its pages laid out and read back.
#[test]
fn the_findings_are_those_of_a_build() {
    let is_full = std::env::var("RAPPORTEUR_SCALE").is_ok_and(|scale| scale != "1");
    for (area, least) in AREAS {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite").join(area);
        let mut told = 0;
        for entry in std::fs::read_dir(folder).expect("the area has a folder") {
            let path = entry.expect("the folder can be read").path();
            let is_case = path.extension().is_some_and(|extension| extension == "md");
            if !is_case || !(is_full || path.with_extension("diag").exists()) {
                continue;
            }
            told += 1;
            let text = std::fs::read_to_string(&path).expect("a case is text");
            for status in [Status::Draft, Status::Final] {
                let (checked, built) = (checked(&text, status), built(&text, status));
                assert_eq!(checked, built, "{} ({status:?})", path.display());
            }
        }
        assert!(told >= *least, "{area}: {told} cases");
    }
}

fn request() -> Request {
    let date = Date { year: 2024, month: 12, day: 17 };
    // The other two writers find nothing: they have no way to say it.
    Request { date, formats: Some(vec![Format::Pdf]), name: "case".to_owned() }
}

fn checked(text: &str, status: Status) -> Diagnostics {
    let (world, entry) = world(text);
    let mut loaded = project::load(&world, &entry);
    loaded.value.config.report.status = status;
    pipeline::check(&world, loaded, &request(), &|_| {}).diagnostics
}

fn built(text: &str, status: Status) -> Diagnostics {
    let (world, entry) = world(text);
    let mut loaded = project::load(&world, &entry);
    loaded.value.config.report.status = status;
    pipeline::build(&world, loaded, &request(), &|_| {}).diagnostics
}

fn world(text: &str) -> (MemoryWorld, Entry) {
    case::world(case::files(text))
}

/// The real program, by both commands: what the one writes to standard output, the other writes to standard error.
#[test]
fn the_program_says_the_same_of_both() {
    let draft = "# First\n\n[text](#nowhere) ![](gone.png) [@nobody]\n\n### Third {#a}\n\n[x](#b){#a}\n";
    let projects: &[&[(&str, &str)]] = &[
        &[("drafts/b.md", draft), ("drafts/a.md", "# A\n\n[^gone] \u{5d0} \u{10ffff}\n")],
        &[("drafts/a.md", draft), ("rapporteur.toml", "[report]\ntitel = \"T\"\n[style]\nname = \"repotr\"\n")],
        &[("drafts/a.md", draft), ("rapporteur.toml", "[drafts]\norder = [\"b.md\"]\n[fonts]\nfolders = [\"none\"]\n")],
        &[("drafts/a.md", &"> ".repeat(3_000)), ("drafts/a (conflicted copy 2024-05-01).md", "# Lost\n")],
        &[("x.txt", "")],
    ];
    for files in projects {
        let sandbox = Sandbox::new(files);
        let checked = sandbox.run(&["check", "--message-format", "json"]);
        assert!(!sandbox.path("output").exists(), "nothing is written: {checked:?}");
        let built = sandbox.run(&["build", "--format", "html,pdf", "--message-format", "json"]);
        let (findings, counts) = checked.stdout.trim_end().rsplit_once('\n').expect("findings and their number");
        assert_eq!(findings, built.stderr.trim_end(), "{files:?}");
        assert_eq!((checked.code, checked.stderr.as_str()), (built.code, ""));
        let counts: serde_json::Value = serde_json::from_str(counts).expect("the last line is JSON");
        let severity = |name: &str| findings.matches(&format!("\"severity\":\"{name}\"")).count();
        assert_eq!(
            (counts["errors"].as_u64(), counts["warnings"].as_u64()),
            (Some(severity("error") as u64), Some(severity("warning") as u64))
        );
        assert_eq!(counts["status"], "draft");
    }
}

/// Of several languages, what concerns all of them is said once, and that the French lacks a draft (here the copy); the host's limits are those of all together.
#[test]
fn languages_are_checked_together() {
    let links: String = (0..8).map(|at| format!("[text](#nowhere{at})\n\n")).collect();
    let sandbox = Sandbox::new(&[
        ("drafts/a.md", format!("# First\n\n{links}")),
        ("drafts/fr/a.md", format!("# Premier\n\n{links}")),
        ("drafts/a (conflicted copy 2024-05-01).md", "# Lost\n".to_owned()),
        ("rapporteur.toml", "[output]\nformats = [\"html\"]\n[translations.fr]\n".to_owned()),
    ]);
    let built = sandbox.run(&["build", "--language", "all", "--message-format", "json"]);
    let checked = sandbox.run(&["check", "--language", "all", "--message-format", "json"]);
    let (findings, counts) = checked.stdout.trim_end().rsplit_once('\n').expect("findings and their number");
    assert_eq!(findings, built.stderr.trim_end());
    assert!(counts.contains("\"errors\":0,\"warnings\":18}"), "{counts}");
    let annotated = sandbox.run(&["check", "--language", "fr,en", "--message-format", "github"]);
    assert_eq!(annotated.stdout.lines().filter(|line| line.starts_with("::warning ")).count(), 10, "{annotated:?}");
    assert!(annotated.stdout.contains("::notice title=rapporteur::8 warnings more"), "{annotated:?}");
    let unknown = sandbox.run(&["check", "--language", "ru"]);
    assert_eq!((unknown.code, unknown.stdout.as_str()), (2, ""), "{unknown:?}");
}

#[test]
fn the_status_decides_how_it_ends() {
    let doubtful = [("drafts/a.md", "# First\n\n[text](#nowhere)\n")];
    let sound = [("drafts/a.md", "# First\n\nText.\n"), ("rapporteur.toml", "[report]\nstatus = \"final\"\n")];
    let no_number = [("drafts/a.md", "# First\n"), ("rapporteur.toml", "[report]\ntitle = 1\n")];
    for (files, arguments, code, said) in [
        (&doubtful[..], &[][..], 0, "as a draft: 1 warning\n"),
        (&doubtful, &["--exit-code"], 4, "as a draft: 1 warning\n"),
        (&doubtful, &["--status", "final"], 1, "as a final: 1 error\n"),
        (&doubtful, &["--status", "final", "--exit-code"], 1, "error[dead-link]"),
        (&sound, &["--exit-code"], 0, "as a final: nothing was found\n"),
        (&sound, &["--status", "draft"], 0, "as a draft: nothing was found\n"),
        (&no_number, &[], 2, "error[invalid-config]"),
    ] {
        let ran = Sandbox::new(files).run(&[&["check"], arguments].concat());
        assert_eq!((ran.code, ran.stderr.as_str()), (code, ""), "{arguments:?} {ran:?}");
        assert!(ran.stdout.contains(said), "{arguments:?} {ran:?}");
    }
    for (arguments, code) in
        [(["check", "nowhere"], 2), (["check", "--status=finished"], 2), (["check", "--summary=no/x.md"], 3)]
    {
        let ran = Sandbox::new(&sound).run(&arguments);
        assert_eq!((ran.code, ran.stderr.is_empty()), (code, false), "{ran:?}");
    }
}

/// What is published stays as it is, whatever is found since.
#[test]
fn what_was_built_is_left_alone() {
    let sandbox =
        Sandbox::new(&[("drafts/a.md", "# First\n"), ("rapporteur.toml", "[output]\nformats = [\"html\"]\n")]);
    assert_eq!(sandbox.run(&["build"]).code, 0);
    let built = (sandbox.output(), sandbox.manifest(), names(&sandbox.path("")));
    sandbox.write("drafts/a.md", "# Other\n\n[text](#nowhere)\n");
    assert_eq!(sandbox.run(&["check", "--status", "final"]).code, 1);
    assert!(built == (sandbox.output(), sandbox.manifest(), names(&sandbox.path(""))));
}

/// A checkout in a workspace, the report two folders further down, and the program started one above that.
#[test]
fn annotations_lead_from_the_workspace_and_the_summary_holds_all() {
    let links: String = (0..40).map(|at| format!("[text](#nowhere{at})\n\n")).collect();
    let sandbox = Sandbox::new(&[
        ("checkout/reports/one/drafts/a.md", format!("# First\n\n{links}")),
        ("summary.md", "before\n".to_owned()),
    ]);
    let ran = in_workflow(&sandbox, "checkout/reports", &["check", "one", "--message-format", "github"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{ran:?}");
    let lines: Vec<&str> = ran.stdout.lines().collect();
    assert!(lines[0].starts_with("::warning file=reports/one/drafts/a.md,line=3,col="), "{ran:?}");
    assert_eq!(lines.iter().filter(|line| line.starts_with("::warning ")).count(), 10);
    assert!(lines[10].starts_with("::notice title=rapporteur::30 warnings more"), "{ran:?}");
    assert_eq!(lines[11..], ["as a draft: 40 warnings"]);
    let summary = std::fs::read_to_string(sandbox.path("summary.md")).expect("it was there");
    assert!(summary.starts_with("before\n### rapporteur check as a draft: 40 warnings\n\n| | where |"), "{summary}");
    assert_eq!(summary.matches("<code>&#35;nowhere").count(), 40, "{summary}");
    let named = in_workflow(&sandbox, "checkout/reports", &["check", "one", "--summary", "own.md"]);
    assert_eq!(named.code, 0, "{named:?}");
    let own = std::fs::read_to_string(sandbox.path("checkout/reports/own.md")).expect("it was asked for");
    assert_eq!(format!("before\n{own}"), summary);
}

fn in_workflow(sandbox: &Sandbox, folder: &str, arguments: &[&str]) -> Ran {
    let mut command = sandbox.command(arguments);
    command.current_dir(sandbox.path(folder)).env("GITHUB_WORKSPACE", sandbox.path("checkout"));
    Ran::of(command.env("GITHUB_STEP_SUMMARY", sandbox.path("summary.md")).output().expect("the program runs"))
}

/// The vectors of hostile drafts, in texts, names of files and targets: no line of a log is a command but our own, and the
/// summary has no element, link or mark but our own.
#[test]
fn nothing_of_a_draft_is_a_command_or_markup_of_the_page() {
    let vectors: Vec<&str> = include_str!("hostile/vectors.txt").lines().filter(|line| !line.is_empty()).collect();
    let own = [
        "::error::x",
        "##[error]x",
        "##vso[task.setvariable]x",
        "::set-output name=a::b",
        "a|b `c` **d** @all #1 www.example.org",
    ];
    let mut draft = "# First\n\n".to_owned();
    for vector in vectors.iter().chain(&own) {
        let target: String = vector
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() { c.to_string() } else { format!("%{:02x}", u32::from(c).min(255)) })
            .collect();
        draft += &format!(
            "{vector}\n\n[x](#{target})\n\n[@{}] ![{vector}](<gone {}.png>)\n\n",
            target.replace('%', "-"),
            vector.replace(['<', '>', '\\'], "")
        );
    }
    let sandbox = Sandbox::new(&[("checkout/drafts/::error file=a,line=1::b%0A::c|`<b>@all\u{1b}[31m.md", draft)]);
    for format in ["github", "human", "json"] {
        let ran = in_workflow(&sandbox, "checkout", &["check", "--message-format", format]);
        assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{format}: {}", ran.stderr);
        assert!(!ran.stdout.contains(['\u{1b}', '\u{7}', '\r']) && !ran.stdout.contains("##["), "{}", ran.stdout);
        for line in ran.stdout.lines().filter(|line| line.trim_start().starts_with("::")) {
            let own = line.starts_with(
                "::warning file=drafts/%3A%3Aerror file=a%2Cline=1%3A%3Ab%250A%3A%3Ac|`<b>@all\\u{1b}[31m.md,line=",
            );
            assert!(format == "github" && (own || line.starts_with("::notice title=rapporteur::")), "{line}");
        }
    }
    let summary = std::fs::read_to_string(sandbox.path("summary.md")).expect("it was written");
    assert!(summary.lines().count() > 200, "{summary}");
    let page = rendered(&summary);
    let elements: std::collections::BTreeSet<&str> =
        page.split('<').skip(1).filter_map(|rest| rest.split(['>', ' ']).next()).collect();
    let known = [
        "/code", "/h3", "/table", "/tbody", "/td", "/th", "/thead", "/tr", "br", "code", "h3", "table", "tbody", "td",
        "th", "thead", "tr",
    ];
    let strange = elements.iter().find(|element| !known.contains(element));
    assert!(
        strange.is_none(),
        "{strange:?} {:?}",
        page.lines().find(|line| line.contains(&format!("<{}", strange.unwrap_or(&""))))
    );
}

/// What is no argument is quoted on standard error.
#[test]
fn nothing_of_an_argument_is_a_command() {
    let sandbox = Sandbox::new(&[("drafts/a.md", "# First\n")]);
    for arguments in [
        ["check", "--status=a\n::error::b\u{1b}[2J"],
        ["build", "--format=\r\n  ::error::b"],
        ["check", "a\n::error::b"],
    ] {
        let ran = sandbox.run(&arguments);
        let quiet = !ran.stderr.contains(['\u{1b}', '\r'])
            && !ran.stderr.lines().any(|line| line.trim_start().starts_with("::"));
        assert!(ran.code == 2 && quiet && ran.stderr.contains("::error::b"), "{ran:?}");
    }
}

/// As a host renders it: GitHub Flavored Markdown with HTML as it stands.
fn rendered(markdown: &str) -> String {
    let mut options = comrak::Options::default();
    options.extension.table = true;
    options.extension.autolink = true;
    options.extension.strikethrough = true;
    options.render.r#unsafe = true;
    comrak::markdown_to_html(markdown, &options)
}
