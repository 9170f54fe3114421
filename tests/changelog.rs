//! What changed, told: how changes are classed, and the forms that a changelog has.

#[path = "support/git.rs"]
mod git;
mod support;

use git::git;
use rapporteur::changelog::{self, Detail, Release};
use rapporteur::compare;
use rapporteur::document::Hand;
use rapporteur::pipeline::{self, Given, Naming, RedlineRequest, Request};
use rapporteur::project::{self, Date, Entry, Format, MemoryWorld};
use rapporteur::resolve::Terms;
use support::Sandbox;

const DAY: Date = Date { year: 2024, month: 12, day: 17 };

/// A draft by itself, paragraphs numbered.
fn world(language: &str, text: &str) -> MemoryWorld {
    let config = format!("[report]\ntitle = \"Report\"\nlanguage = \"{language}\"\n[numbering]\nparagraphs = true\n");
    MemoryWorld::new([("rapporteur.toml", config), ("drafts/a.md", text.to_owned())])
}

/// What became of one draft that became another.
fn release(language: &str, old: &str, new: &str) -> Release {
    let (old, new) = (world(language, old), world(language, new));
    let request = RedlineRequest {
        build: Request { date: DAY, formats: Some(vec![Format::Html]), name: "a".to_owned() },
        options: compare::Options::default(),
        given: Given {
            baseline: "Draft I".to_owned(),
            revision: Some("Draft II".to_owned()),
            author: Hand { author: "A".to_owned(), time: 0 },
            naming: Naming::Own,
        },
    };
    let loaded = project::load(&new, &Entry::Configuration);
    let changed = pipeline::changes((&new, loaded), (&old, &Entry::Configuration), &request);
    let revision = changed.revision.expect("both can be read");
    changelog::release(&revision, Terms::of_language(language), Some(DAY), Some("v2".to_owned()))
}

#[test]
fn changes_are_classed_by_the_rules() {
    let cases = include_str!("changelog/classes.txt");
    let mut faults = Vec::new();
    let mut count = 0;
    for line in cases.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let case = || {
            let (language, rest) = line.split_once(": ")?;
            let (was, rest) = rest.split_once(" => ")?;
            let (is, class) = rest.split_once(" :: ")?;
            Some((language, was.replace("\\n", "\n"), is.replace("\\n", "\n"), class))
        };
        let (language, was, is, wanted) = case().unwrap_or_else(|| panic!("no case: {line}"));
        count += 1;
        let around = |text: &str| {
            format!(
                "# Report\n\nNothing has changed in this paragraph of the report.\n\n{text}\n\nNor has anything in this one, which ends it.\n"
            )
        };
        let release = release(language, &around(&was), &around(&is));
        let told = release.entries.iter().map(|entry| {
            let reasons: Vec<&str> = entry.reasons.iter().map(|reason| reason.name()).collect();
            format!("{} {}", entry.class.name(), reasons.join(" "))
        });
        let told = told.collect::<Vec<_>>().join("; ");
        if told != wanted {
            faults.push(format!("{line}\n    is {told}"));
        }
    }
    assert!(count > 30, "the cases are read");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

const OLD: &str = include_str!("changelog/old.md");
const NEW: &str = include_str!("changelog/new.md");

/// Compares with what is kept beside the test; `UPDATE=1` keeps what came out.
fn kept(name: &str, text: &str) {
    let path = format!("{}/tests/changelog/{name}", env!("CARGO_MANIFEST_DIR"));
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, text).expect("it can be written");
    }
    let wanted = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(text, wanted, "{name} is another; `UPDATE=1` accepts it");
}

#[test]
fn each_form_says_what_it_said() {
    let mut release = release("en", OLD, NEW);
    kept("sections.md", &changelog::markdown(std::slice::from_ref(&release), Detail::Substantive));
    kept("full.md", &changelog::markdown(std::slice::from_ref(&release), Detail::All));
    kept("mail.txt", &changelog::mail(&release));
    let json = changelog::json(std::slice::from_ref(&release));
    kept("entries.json", &format!("{json:#}\n"));
    let notes = [
        ("v2".to_owned(), "# 2\n\nThe second draft, after the open consultation.\n\n### Added\n\n- A row for 2022, as the forum asked.\n".to_owned()),
        ("ideas".to_owned(), "### Thanks\n\nTo everyone who wrote.\n".to_owned()),
    ];
    changelog::assign(&notes, std::slice::from_mut(&mut release));
    kept("keep.md", &changelog::keep_a_changelog(std::slice::from_ref(&release)));
    kept("annex.md", &changelog::annex(&release));
    kept("history.md", &changelog::history(std::slice::from_ref(&release)));
}

/// What a reader is told is what the report shows: no key of a reference, a title apart from what stands beneath it, a version by its own name.
#[test]
fn a_reader_is_told_what_the_report_shows() {
    let kept = "# One\n\nThe members could not agree to @rec-majority at all.\n\n::: {.recommendation #rec-majority}\nVote.\n:::\n\n";
    let gone = "## Dissenting views\n\nThe delegation of one state left the room before the end.\n\n";
    let (old, new) = (format!("{kept}{gone}# Two\n\nLast of all.\n"), format!("{kept}# Two\n\nLast of all.\n"));
    for terms in Terms::ALL {
        let mut release = release(terms.language, &old, &new);
        let opening =
            &release.went.iter().find(|went| went.after.as_deref() == Some("1")).expect("a paragraph").opening;
        assert!(!opening.contains('@'), "{opening}");
        (release.name, release.since_date) = ("v1.0".to_owned(), Some(DAY));
        let told = changelog::markdown(std::slice::from_ref(&release), Detail::All);
        assert!(told.contains("Dissenting views. The delegation"), "{told}");
        assert!(told.contains("v1.0") && !told.contains("V1.0"), "{told}");
        let history = changelog::history(std::slice::from_ref(&release));
        let date = terms.date(DAY);
        assert_eq!(history.matches(&date).count(), 2, "{history}");
        if terms.language == "en" {
            assert!(opening.contains("agree to recommendation 1"), "{opening}");
            assert!(told.contains("section: “") || told.contains("former paragraph"), "{told}");
        }
    }
}

/// What is gone is told by the number that it had, and says so.
#[test]
fn what_is_gone_has_its_former_number() {
    for terms in Terms::ALL {
        let text = "# One\n\nFirst of all.\n\nThe delegation of one state left the room.\n\nLast of all.\n";
        let release =
            release(terms.language, text, &text.replace("The delegation of one state left the room.\n\n", ""));
        let told = changelog::markdown(std::slice::from_ref(&release), Detail::All);
        let name = terms.changelog.former.replace("{}", &terms.in_text.paragraph.replace("{}", "2"));
        let plain = |text: &str| text.replace('\u{a0}', " ");
        assert!(plain(&told).contains(&plain(&name)), "{name}: {told}");
    }
}

/// What people wrote stands in the form of Keep a Changelog word for word, wherever it belongs.
#[test]
fn nothing_that_people_wrote_is_lost() {
    let mut releases = [release("fr", OLD, NEW), release("en", OLD, NEW)];
    releases[0].tag = None;
    releases[1].tag = Some("v1.1".to_owned());
    let text = "Before any heading.\n\n```\n### no heading\n```\n\n### Thanks\n\n* [ ] *one*\n\n#### Deeper\n\nTwo.";
    let notes = [("1.1".to_owned(), text.to_owned()), ("later".to_owned(), text.to_owned())];
    changelog::assign(&notes, &mut releases);
    let kept = changelog::keep_a_changelog(&releases);
    for line in text.lines().filter(|line| !line.is_empty()) {
        assert!(kept.matches(line).count() >= 2, "{line}: {kept}");
    }
}

#[test]
fn every_language_tells_all_of_it() {
    for terms in Terms::ALL {
        let release = release(terms.language, OLD, NEW);
        let text = changelog::markdown(std::slice::from_ref(&release), Detail::All);
        for entry in &release.entries {
            let action = entry.action.words(&terms.changelog.actions);
            assert!(text.contains(action), "{}: {action}: {text}", terms.language);
        }
        assert!(!text.contains("{}") && !text.contains("{new}"), "{text}");
        let mail = changelog::mail(&release);
        assert!(mail.lines().count() <= 60, "half a page: {mail}");
    }
}

/// A list of what people wrote by hand about a report, each at its place in what is found.
#[test]
fn what_people_wrote_by_hand_is_found() {
    let release = release("en", OLD, NEW);
    let text = changelog::keep_a_changelog(std::slice::from_ref(&release));
    for (by_hand, found) in [
        ("Documentation of governance changed from a SHOULD to a MUST.", "~~SHOULD~~ **MUST**"),
        ("New requirement about publishing results.", "The results of the tests SHOULD be published"),
        ("Renamed Findings to Results.", "“Results” (formerly “Findings”)"),
        ("Removed the redundant requirement about portability.", "The codebase SHOULD be portable to any other system"),
        ("Moved the requirement for names to Results.", "(from I. Scope)"),
        ("Some hyperlinks updated.", "a link’s address"),
    ] {
        assert!(text.contains(found), "{by_hand}: {found} is not in\n{text}");
    }
}

/// Two releases and drafts after them.
fn repository(config: &str) -> Sandbox {
    let sandbox = Sandbox::new(&[("drafts/a.md", OLD), ("rapporteur.toml", config)]);
    let commit = |date: &str, tag: &str| {
        git(&sandbox, "", &["add", "-A"]);
        git(&sandbox, date, &["commit", "-q", "-m", "x"]);
        git(&sandbox, "", &["tag", tag]);
    };
    git(&sandbox, "", &["init", "-q"]);
    commit("2020-02-01T12:00:00+00:00", "v1.0");
    sandbox.write("drafts/a.md", NEW);
    commit("2021-02-01T12:00:00+00:00", "v1.1");
    sandbox.write("drafts/a.md", NEW.replace("Everyone agreed", "Nobody disagreed"));
    sandbox
}

#[test]
fn the_command_tells_versions_as_they_are_asked_for() {
    let sandbox = repository("[report]\ntitle = \"Report\"\nlanguage = \"en\"\n");
    sandbox.write("changes/1.1.md", "### Added\n\n- By hand.\n");
    sandbox.write("changes/next.md", "Still to come.\n");
    for (arguments, said) in [
        (&[] as &[&str], &["# Changes since v1.1", "Still to come."] as &[&str]),
        (&["v1.0..v1.1"], &["# Changes since v1.0", "v1.1 compared with v1.0."]),
        (&["--all"], &["# Changelog", "## v1.1 – 2021-02-01", "By hand."]),
        (
            &["--all", "--format", "keep"],
            &["## Unreleased\n\nStill to come.", "## v1.1 – 2021-02-01\n\n### Added\n\n- By hand."],
        ),
        (&["--format", "mail"], &["Changes since v1.1\n=================="]),
        (&["--format", "json"], &["\"since\":\"v1.1\""]),
        (&["--format", "html", "v1.0..v1.1"], &["<!DOCTYPE html>", "Changes since v1.0", "Reworded"]),
    ] {
        let ran = sandbox.run(&[&["changelog"], arguments].concat());
        assert_eq!(ran.code, 0, "{arguments:?}: {ran:?}");
        for said in said {
            let at_hand = ran.stdout.to_lowercase().contains(&said.to_lowercase());
            assert!(at_hand, "{arguments:?}: {said:?} is not in {}", ran.stdout);
        }
    }
    let bare = Sandbox::new(&[("drafts/a.md", OLD)]);
    let ran = bare.run(&["changelog", "--all"]);
    assert!(ran.code == 2 && ran.stderr.contains("no git repository"), "{ran:?}");
}

/// The annex and the history are drafts like any other: every format has them.
#[test]
fn a_report_tells_of_its_versions_where_it_is_configured_to() {
    let config = "[report]\ntitle = \"Report\"\nlanguage = \"en\"\n[changelog]\nannex = true\nhistory = true\n";
    let sandbox = repository(config);
    let ran = sandbox.run(&["build"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    for (name, _) in sandbox.output().iter().filter(|(name, _)| !name.ends_with(".json")) {
        let read = sandbox.run(&["inspect", &format!("output/{name}")]);
        for said in ["Revision history", "Changes since v1.1", "Nobody disagreed", "v1.0"] {
            assert!(read.stdout.contains(said), "{name}: {said}: {}", read.stdout);
        }
    }
    let before = sandbox.output();
    assert!(!sandbox.manifest()["inputs"].to_string().contains("rapporteur:"), "what it wrote is no input");
    assert_eq!(sandbox.run(&["build"]).code, 0);
    assert_eq!(sandbox.output(), before, "the same again is the same bytes");
}
