//! `rapporteur release` and `rapporteur verify`, with the real program on real repositories.

#[path = "release/crash.rs"]
mod crash;
#[path = "release/gates.rs"]
mod gates;
#[path = "support/git.rs"]
mod git;
#[path = "release/stage.rs"]
mod stage;
mod support;
#[path = "support/user.rs"]
mod user;
#[path = "release/verify.rs"]
mod verify;

use std::fs;

use git::git;
use rapporteur::inspect::{Told, inspect, traces};
use stage::{CONFIG, DRAFT, Stage, part};
use support::{Sandbox, names};

/// The files of a release, and what they hold, from the first to a draft after it.
#[test]
fn a_release_holds_everything_and_a_draft_says_so_everywhere() {
    let stage = Stage::new();
    let elsewhere = Sandbox::new::<&str>(&[]);
    git(&elsewhere, "", &["init", "-q", "--bare", "."]);
    git(&stage.sandbox, "", &["remote", "add", "origin", &elsewhere.path("").to_string_lossy()]);
    let ran = stage.run(&["release", "1.0", "--tag"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(names(&elsewhere.path("refs/tags")).is_empty(), "nothing is ever pushed");
    assert!(ran.stderr.contains("it is the first release") && ran.stderr.contains("git push origin v1.0"), "{ran:?}");
    let plain = ["changelog.md", "docx", "html", "paragraphs.csv", "pdf"].map(|ending| format!("forum.{ending}"));
    let own = ["SHA256SUMS", "manifest.json", "sbom.cdx.json"].map(str::to_owned);
    let mut first = [&plain[..], &own[..]].concat();
    first.sort();
    assert_eq!(stage.files("1.0"), first);
    stage.sums_hold("1.0");
    is_a_final(&stage);

    stage.sandbox.write("drafts/a.md", DRAFT.replace("twice", "three times") + "\nOne more paragraph.\n");
    stage.commit("2021-02-01T12:00:00+00:00");
    let draft = ["release", "1.1-draft.1", "--draft", "Draft <II>", "--watermark", "--attach-sources", "--author", "B"];
    let ran = stage.run(&draft);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.stderr.contains("3 changes since v1.0"), "{ran:?}");
    let redline = ["docx", "html", "pdf"].map(|ending| format!("forum.redline.{ending}"));
    let mut second = [&first[..], &redline[..]].concat();
    second.sort();
    assert_eq!(stage.files("1.1-draft.1"), second);
    stage.sums_hold("1.1-draft.1");
    is_a_draft(&stage);

    // The same again; then something else under its name.
    let before = stage.bytes("1.1-draft.1");
    let ran = stage.run(&draft);
    assert!(ran.code == 0 && ran.stderr.contains("is there already, with the same files"), "{ran:?}");
    let ran = stage.run(&["release", "1.1-draft.1"]);
    assert!(ran.code == 2 && ran.stderr.contains("a release never changes"), "{ran:?}");
    let otherwise = "it was asked for otherwise: sources attached: yes there, no here; draft's label: Draft <II> there, none \
                     here; watermark: yes there, no here; author: B there, A body here";
    assert!(ran.stderr.contains(otherwise), "{ran:?}");
    assert_eq!(stage.bytes("1.1-draft.1"), before);
    let ran = stage.run(&["verify", "output/1.1-draft.1"]);
    assert!(ran.code == 0 && ran.stderr.contains("all 11 files agree"), "{ran:?}");
}

fn is_a_final(stage: &Stage) {
    let manifest = stage.manifest("1.0");
    let release = &manifest["release"];
    assert_eq!((&manifest["status"], &manifest["version"]), (&"final".into(), &"1.0".into()));
    assert_eq!((&release["version"], &release["label"], &release["project"]), (&"1.0".into(), &().into(), &"".into()));
    assert_eq!(release["commit"].as_str().map(str::len), Some(40));
    assert_eq!(manifest["tool"]["sha256"].as_str().map(str::len), Some(64));
    assert!(!manifest.to_string().contains(&stage.sandbox.path("").to_string_lossy().into_owned()), "{manifest}");
    for ending in ["pdf", "docx", "html"] {
        let bytes = stage.read(&format!("1.0/forum.{ending}"));
        let told = Told { authors: vec!["A body".to_owned()], attachments: 0 };
        assert_eq!(traces(&bytes, &told), Ok(Vec::new()), "{ending}");
        let nobody = Told { authors: vec!["Someone".to_owned()], attachments: 0 };
        assert_eq!(traces(&bytes, &nobody).map(|found| found.len()), Ok(1), "{ending}");
        assert!(!format!("{:?}", inspect(&bytes)).contains("Draft 0"), "{ending}: a final has no label");
    }
    assert_eq!(stage.text("1.0/forum.changelog.md"), "# Version 1.0 – 2020-02-01\n\nWhat people wrote.\n");
    assert_eq!(
        stage.text("1.0/forum.paragraphs.csv"),
        "\u{feff}this,opening\r\n1,The forum met twice.\r\n2,It agreed.\r\n"
    );
}

fn is_a_draft(stage: &Stage) {
    let read = |ending: &str| stage.read(&format!("1.1-draft.1/forum.{ending}"));
    let manifest = stage.manifest("1.1-draft.1");
    assert_eq!((&manifest["status"], &manifest["release"]["label"]), (&"draft".into(), &"Draft <II>".into()));
    let redline = &manifest["redline"];
    let said = ["baseline", "revision", "author"].map(|key| redline[key].as_str().unwrap_or_default());
    assert_eq!(said, ["1.0", "1.1-draft.1", "B"]);
    let page = stage.text("1.1-draft.1/forum.html");
    assert!(page.contains(r#"<div class="watermark" aria-hidden="true"><span>Draft &lt;II&gt;</span></div>"#));
    assert!(page.contains(r#"@top-right{content:"Draft\20 \3c II\3e ";"#), "on paper");
    // The head of upright pages, of those on their side, and not the cover, whose panel would hide half of it.
    for (head, marked) in [("header1", true), ("header2", false), ("header3", true)] {
        let head = part(&read("docx"), &format!("word/{head}.xml"));
        assert_eq!(head.contains(r#"string="Draft &lt;II&gt;""#), marked);
        assert_eq!(head.contains("Draft\u{a0}") || head.contains("Draft &lt;II&gt;\u{a0}"), marked, "{head}");
    }
    let pdf = inspect(&read("pdf")).expect("a PDF");
    assert!(pdf.facts.conformance.iter().any(|claim| claim == "PDF/A-3a"), "{:?}", pdf.facts);
    let attached: Vec<&str> =
        manifest["attached"].as_array().expect("a list").iter().filter_map(|file| file["path"].as_str()).collect();
    assert_eq!(attached, ["rapporteur.toml", "drafts/a.md", "drafts/map.svg"]);
    // A redline shows what a final may not: what is looked for is found.
    for (ending, least) in [("redline.docx", 2), ("redline.html", 2)] {
        let told = Told { authors: vec!["A body".to_owned()], attachments: 0 };
        assert!(traces(&read(ending), &told).is_ok_and(|found| found.len() >= least), "{ending}");
    }
    let changelog = stage.text("1.1-draft.1/forum.changelog.md");
    assert!(changelog.starts_with("# Changes since 1.0\n") && changelog.contains("three times"), "{changelog}");
    let paragraphs = stage.text("1.1-draft.1/forum.paragraphs.csv");
    assert!(paragraphs.contains("\r\n2,2,,It agreed.\r\n,3,,One more paragraph.\r\n"), "{paragraphs}");
}

/// What the configuration says of status, version and label gives way; what tells of earlier versions is of the commit, and not of the work tree.
#[test]
fn the_command_goes_before_the_configuration_and_the_commit_before_the_work_tree() {
    let stage = Stage::with(&format!("{CONFIG}[changelog]\nannex = true\nhistory = true\n"));
    assert_eq!(stage.run(&["release", "v0.9", "--tag"]).code, 0);
    stage.sandbox.write("drafts/a.md", DRAFT.replace("twice", "often"));
    stage.commit("2021-02-01T12:00:00+00:00");
    // Behind the last commit lies one more, which nobody releases here.
    git(&stage.sandbox, "", &["switch", "-q", "-c", "side"]);
    let ran = stage.run(&["release", "1.0", "--tag"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let page = stage.text("1.0/forum.html");
    assert!(page.contains("Changes since") && page.contains("often"), "an annex");
    assert!(!page.contains("Draft 0") && !page.contains("0.0.1"), "the configuration's label and version");
    let redline = stage.manifest("1.0")["redline"]["changes"].as_array().map(Vec::len);
    assert_eq!(redline, Some(2), "the version on the cover is a change, what the program adds is none");
    // A tag that comes later bears on nothing: a release is made again from what its manifest says.
    git(&stage.sandbox, "", &["tag", "v0.9.5", "HEAD~1"]);
    git(&stage.sandbox, "", &["tag", "-d", "v0.9"]);
    let ran = stage.run(&["verify", "output/1.0", "--require-rebuild"]);
    assert!(ran.code == 0, "{ran:?}");
    assert!(names(&stage.sandbox.path("output")).iter().all(|name| !name.starts_with(".rapporteur-release")));
    // A build goes on beside them.
    assert_eq!(stage.run(&["build", "--format", "html"]).code, 0);
    assert_eq!(stage.sandbox.manifest()["version"], "0.0.1");
    stage.sums_hold("1.0");
    let lines = fs::read_to_string(stage.sandbox.path("output/.gitignore")).expect("it is there");
    assert!(lines.starts_with('*'), "git does not see releases");
}

/// Each translation has its report, its redline and its changelog in its own language; one that is younger than the report has no redline yet.
#[test]
fn translations_are_made_beside_the_report() {
    let config =
        format!("{CONFIG}[translations.fr]\ntitle = \"Le rapport du forum\"\n[output]\nformats = [\"html\"]\n");
    let french = "# Constatations\n\nLe forum s’est réuni deux fois.\n";
    let stage = Stage::with(&format!("{CONFIG}[output]\nformats = [\"html\"]\n"));
    assert_eq!(stage.run(&["release", "0.9", "--tag"]).code, 0);
    stage.sandbox.write("rapporteur.toml", &config);
    stage.sandbox.write("drafts/fr/a.md", french);
    let ran = stage.run(&["release", "1.0", "--languages", "fr"]);
    assert!(ran.code == 2 && ran.stderr.contains("rapporteur.toml differs"), "{ran:?}");
    stage.commit("2021-02-01T12:00:00+00:00");
    let ran = stage.run(&["release", "1.0", "--languages", "es"]);
    assert!(ran.code == 2 && ran.stderr.contains("no translation `es`") && ran.stderr.contains("it has fr"), "{ran:?}");
    let ran = stage.run(&["release", "1.0", "--languages", "fr", "--tag"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let holds = |version: &str, name: &str| stage.files(version).contains(&name.to_owned());
    assert!(
        holds("1.0", "forum.redline.html") && holds("1.0", "forum.fr.html") && !holds("1.0", "forum.fr.redline.html")
    );
    stage.sandbox.write("drafts/fr/a.md", french.replace("deux", "trois"));
    stage.commit("2022-02-01T12:00:00+00:00");
    assert_eq!(stage.run(&["release", "1.1", "--languages", "all"]).code, 0);
    assert!(holds("1.1", "forum.fr.redline.html"));
    let changelog = stage.text("1.1/forum.fr.changelog.md");
    assert!(changelog.contains("trois") && changelog.starts_with("# Modifications"), "{changelog}");
    let manifest = stage.manifest("1.1");
    assert_eq!(manifest["translations"][0]["language"], "fr");
    stage.sums_hold("1.1");
    let ran = stage.run(&["verify", "output/1.1", "--require-rebuild"]);
    assert_eq!(ran.code, 0, "{ran:?}");
}
