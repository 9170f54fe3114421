//! What the configuration puts on the cover is compared like any text: each line that changed is numbered, listed and in every file; what is computed is not.

use rapporteur::compare::Options;
use rapporteur::diag::Code;
use rapporteur::document::{Hand, Side};
use rapporteur::inspect::{self, Projection};
use rapporteur::pipeline::{self, Given, Naming, RedlineRequest, Request, Stage};
use rapporteur::project::{self, Date, Entry, Format, MemoryWorld};
use rapporteur::resolve::RevisionInfo;

/// A version of a configuration, the cover's draft and a body.
fn world(config: &str, cover: &str, body: &str) -> MemoryWorld {
    let mut files =
        vec![("rapporteur.toml".to_owned(), config.to_owned()), ("drafts/1.md".to_owned(), body.to_owned())];
    if !cover.is_empty() {
        files.push(("drafts/0.md".to_owned(), format!("---\nkind: cover\n---\n\n{cover}")));
    }
    MemoryWorld::new(files)
}

struct Built {
    revision: RevisionInfo,
    files: Vec<Vec<u8>>,
}

impl Built {
    /// The changes: kind, line, what was, what is.
    fn changes(&self) -> Vec<String> {
        let changes = self.revision.changes.iter();
        let said = changes.map(|change| {
            let within = change.within.as_deref().unwrap_or("-");
            format!("{} {within}: {} → {}", change.kind.name(), change.text.before, change.text.after)
        });
        said.collect()
    }

    /// The first lines of a side, in Word and on the page.
    fn lines(&self, side: Side) -> [Vec<String>; 2] {
        let text = |projection: Projection| {
            let line = |runs: &[inspect::ProjectedRun]| runs.iter().map(|run| run.text.as_str()).collect::<String>();
            projection.blocks.iter().map(|block| line(&block.runs)).collect()
        };
        let read = |bytes: &Vec<u8>| text(inspect::projection(bytes, side).expect("it can be read"));
        [read(&self.files[0]), read(&self.files[1])]
    }
}

/// The redline of two versions, which must be proved, and nothing of it shown whole.
fn redline(old: &MemoryWorld, new: &MemoryWorld) -> Built {
    let author = Hand { author: "A".to_owned(), time: 0 };
    let date = Date { year: 2024, month: 12, day: 17 };
    let request = RedlineRequest {
        build: Request { formats: Some(vec![Format::Docx, Format::Html]), date, name: "report".to_owned() },
        options: Options::default(),
        given: Given { baseline: "old".to_owned(), revision: None, author, naming: Naming::Own },
    };
    let loaded = project::load(new, &Entry::Configuration);
    let made = pipeline::build_redline((new, loaded), (old, &Entry::Configuration), &request, &|_: Stage| {});
    let grave = |code: Code| matches!(code, Code::Readback | Code::ShownWhole);
    let faults: Vec<_> = made.built.diagnostics.iter().filter(|found| grave(found.code)).collect();
    assert!(faults.is_empty(), "{faults:?}");
    let report = made.built.report.expect("it is published");
    Built {
        revision: made.revision.expect("it is a redline"),
        files: report.files.into_iter().map(|file| file.bytes).collect(),
    }
}

const BODY: &str = "# Introduction\n\nThe body of the report.\n";

#[test]
fn every_line_that_changed_is_marked() {
    let old = "[report]\ntitle = \"Draft report on access\"\nsubtitle = \"For comment\"\nauthors = [\"Ann Lee\"]\n\
        reference = \"E/2024/1\"\nversion = \"1.0\"\ndate = \"2024-03-01\"\ndisclaimer = \"Not an official record.\"\n\
        publisher = \"Secretariat\"\n";
    let new = "[report]\ntitle = \"Report on access\"\nseries = \"Working papers\"\nauthors = [\"Ann Lee\", \"Bo Kim\"]\n\
        reference = \"E/2024/1/Rev.1\"\nversion = \"1.1\"\ndate = \"2024-04-01\"\nlicence = \"CC-BY-4.0\"\n\
        publisher = \"Secretariat\"\n";
    let built = redline(&world(old, "", BODY), &world(new, "", BODY));
    assert_eq!(
        built.changes(),
        [
            "inserted Series:  → Working papers",
            "inserted Symbol:  → /Rev.1",
            "replaced Title: Draft report → Report",
            "deleted Subtitle: For comment → ",
            "inserted Authors:  → ; Bo Kim",
            "replaced Version: 1.0 → 1.1",
            "replaced Date: March → April",
            "inserted Licence:  → CC-BY-4.0",
            "deleted Disclaimer: Not an official record. → ",
        ]
    );
    let [word, page] = built.lines(Side::Old);
    assert_eq!(word[..5], ["E/2024/1", "Draft report on access", "For comment", "Secretariat", "Ann Lee"]);
    assert!(page.starts_with(&["E/2024/1".to_owned(), word[1].clone(), word[2].clone()]), "{page:?}");
    assert!([word, page].iter().all(|lines| lines.contains(&"Not an official record.".to_owned())));
    let [word, page] = built.lines(Side::New);
    assert_eq!(word[..3], ["Working papers\tE/2024/1/Rev.1", "Report on access", "Secretariat"]);
    let both = [word, page];
    for line in ["Ann Lee; Bo Kim", "1.1", "1 April 2024", "CC-BY-4.0"] {
        assert!(both.iter().all(|lines| lines.contains(&line.to_owned())), "{line}: {both:?}");
    }
    assert!(both.iter().flatten().all(|line| !line.contains("comment") && !line.contains("official")), "{both:?}");
}

#[test]
fn what_is_computed_is_no_change() {
    // A date that one version leaves to the program; the label of one author and of two.
    let (old, new) = (
        "[report]\ntitle = \"T\"\nauthors = [\"A\"]\n",
        "[report]\ntitle = \"T\"\nauthors = [\"A\"]\ndate = \"2024-04-01\"\n",
    );
    for (old, new) in [(old, new), (new, old)] {
        let built = redline(&world(old, "", BODY), &world(new, "", BODY));
        assert_eq!(built.changes(), [""; 0]);
    }
    let label = "[report]\ntitle = \"T\"\ndraft_label = \"Draft I\"\n";
    let built = redline(&world(label, "", BODY), &world(&label.replace("Draft I", "Draft II"), "", BODY));
    assert_eq!(built.changes(), [""; 0], "the label says which version it is");
    assert_eq!((built.revision.baseline.as_str(), built.revision.revision.as_str()), ("Draft I", "Draft II"));
}

#[test]
fn a_title_may_come_from_anywhere() {
    let title = |built: &Built| {
        let changes = built.changes();
        changes.into_iter().filter(|change| change.contains(" Title:")).collect::<Vec<_>>()
    };
    let configured = "[report]\ntitle = \"Access for all\"\n";
    let cover = redline(&world("", "# Access for **some**\n", BODY), &world(configured, "", BODY));
    assert_eq!(title(&cover), ["replaced Title: some → all"]);
    let heading =
        redline(&world("", "", "# Access for some\n\nText.\n"), &world("", "", "# Access for all\n\nText.\n"));
    assert_eq!(heading.changes(), ["replaced Title: some → all", "replaced -: some → all"]);
    let same = redline(&world("", "# Access for all\n\nText.\n", BODY), &world(configured, "Text.\n", BODY));
    assert_eq!(same.changes(), [""; 0]);
    let none = redline(&world("", "", "Text.\n"), &world(configured, "", "Text.\n"));
    assert_eq!(title(&none), ["replaced Title: Untitled report → Access for all"]);
}

#[test]
fn who_is_credited_where_a_draft_went_is_no_longer() {
    let credit = |name: &str| format!("---\ncontributors: [{name}]\n---\n\n{BODY}");
    let (old, new) =
        (world("report.title = \"T\"", "", &credit("Ann")), world("report.title = \"T\"", "", &credit("Bo")));
    let built = redline(&old, &new);
    assert_eq!(built.changes(), ["replaced Contributors: Ann → Bo"]);
}

/// A date that nobody gave is worded by the newer version's language.
#[test]
fn a_language_may_change() {
    let language = |tag: &str| format!("[report]\ntitle = \"T\"\nauthors = [\"A\"]\nlanguage = \"{tag}\"\n");
    let built = redline(&world(&language("fr"), "", BODY), &world(&language("en"), "", BODY));
    assert_eq!(built.changes(), [""; 0]);
}
