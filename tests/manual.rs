//! The manual is what the program is: its lists of commands and messages are the program's own, each page is a chapter, each
//! example is valid, and it builds as a final report without a word.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use rapporteur::diag::{Code, Severity, Status};
use rapporteur::pipeline::{self, Request};
use rapporteur::project::{self, Config, Date, Location, Start, SystemWorld};

fn docs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs")
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A page that is made here is as it was kept.
fn kept(name: &str, made: &str) {
    let path = docs().join(name);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, made).expect("it can be written");
    }
    assert_eq!(made, read(&path), "{name} is another; `UPDATE=1` accepts it");
}

/// What a command says of itself, in short.
fn help(arguments: &[&str]) -> String {
    let done = Command::new(env!("CARGO_BIN_EXE_rapporteur")).args(arguments).arg("-h").output().expect("it runs");
    assert!(done.status.success());
    String::from_utf8(done.stdout).expect("UTF-8")
}

/// The entries of a section of a help text: name and description.
fn entries<'h>(help: &'h str, section: &str) -> Vec<(&'h str, &'h str)> {
    let lines = help.lines().skip_while(|line| *line != section).skip(1).take_while(|line| !line.is_empty());
    let parts = |line: &'h str| {
        let (name, said) = line.trim_start().split_once("  ").expect("a name and what it is");
        (name.trim(), said.trim())
    };
    lines.map(parts).collect()
}

/// Text of the program's within a table's cell: what a draft would take for Markdown is not.
fn cell(text: &str) -> String {
    let mut in_code = false;
    let escaped = text.chars().map(|letter| {
        in_code ^= letter == '`';
        match letter {
            '|' => "\\|".to_owned(),
            '<' | '>' | '[' | ']' | '*' | '_' if !in_code => format!("\\{letter}"),
            other => other.to_string(),
        }
    });
    escaped.collect()
}

fn rows(entries: &[(&str, &str)]) -> String {
    let line = |(name, said): &(&str, &str)| {
        let (said, rest) = said.split_once(" [default: ").map_or((*said, None), |(said, rest)| (said, Some(rest)));
        let rest = rest.map(|rest| format!(" [default: {rest}")).unwrap_or_default();
        format!("| `{}` | {}{} |\n", name.replace('|', "\\|"), cell(said), cell(&rest))
    };
    entries.iter().map(line).collect()
}

fn command(name: &str, about: &str) -> String {
    let help = help(&[name]);
    let usage = help.lines().find_map(|line| line.strip_prefix("Usage: ")).expect("a usage");
    let mut said = format!("## `rapporteur {name}` {{#command-{name}}}\n\n{about}.\n\n```sh\n{usage}\n```\n");
    for (section, heading) in [("Commands:", "Command"), ("Arguments:", "Argument"), ("Options:", "Option")] {
        let found = entries(&help, section);
        // Every command has these two.
        let own: Vec<_> =
            found.into_iter().filter(|(name, _)| !matches!(*name, "-h, --help" | "-V, --version" | "help")).collect();
        if !own.is_empty() {
            said += &format!("\n| {heading} | |\n|---|---|\n{}", rows(&own));
        }
    }
    said
}

#[test]
fn every_command_is_in_the_manual() {
    let help = help(&[]);
    let commands = entries(&help, "Commands:");
    let told: Vec<String> =
        commands.iter().filter(|(name, _)| *name != "help").map(|(name, about)| command(name, about)).collect();
    assert!(told.len() > 9, "{help}");
    let head = "# Commands {#commands}\n\n\
        What `rapporteur COMMAND --help` prints. Exit codes are in [](#tbl-exit).\n\n";
    kept("commands.md", &(head.to_owned() + &told.join("\n")));
}

#[test]
fn every_message_is_in_the_manual() {
    let by_class = |draft: Severity, end: Severity| {
        let of_class =
            |code: &&Code| [Status::Draft, Status::Final].map(|status| code.severity(status)) == [draft, end];
        let line = |code: &Code| {
            format!("| `{}` | {} |\n", code.slug(), code.explanation().replace('\n', " ").replace('|', "\\|"))
        };
        let rows: String = Code::ALL.iter().filter(of_class).map(line).collect();
        format!("| code | what it means |\n|---|---|\n{rows}")
    };
    let text = format!(
        "# Messages {{#messages}}\n\nEach message has a code that stays the same from version to version. What it means depends on whether the \
         report is a draft or a final.\n\n\
         ## Errors {{#errors}}\n\nNothing is published while one of these stands.\n\n{}\n\
         ## Warnings in a draft, errors in a final {{#by-status}}\n\nIn a draft something labelled stands in the place of what is missing.\n\n{}\n\
         ## Warnings {{#warnings}}\n\n{}",
        by_class(Severity::Error, Severity::Error),
        by_class(Severity::Warning, Severity::Error),
        by_class(Severity::Warning, Severity::Warning),
    );
    kept("messages.md", &text);
}

fn config() -> Config {
    toml::from_str(&read(&docs().join("rapporteur.toml"))).expect("valid")
}

#[test]
fn every_page_is_a_chapter() {
    let files = std::fs::read_dir(docs()).expect("a folder").map(|entry| entry.expect("an entry").file_name());
    let pages: BTreeSet<String> =
        files.map(|name| name.to_string_lossy().into_owned()).filter(|name| name.ends_with(".md")).collect();
    let chapters: BTreeSet<String> = config().drafts.order.into_iter().collect();
    assert_eq!(pages, chapters);
}

#[test]
fn the_configuration_shown_is_valid() {
    let mut whole = 0;
    for page in config().drafts.order {
        let text = read(&docs().join(&page));
        for example in text.split("```toml\n").skip(1).filter_map(|rest| rest.split("```").next()) {
            let config: Config = toml::from_str(example).unwrap_or_else(|error| panic!("{page}: {error}\n{example}"));
            whole += usize::from(config.drafts.order.len() == 2);
        }
    }
    assert_eq!(whole, 1, "the whole example is read, not skipped");
}

/// In all three formats, as a final.
#[test]
fn it_builds_without_a_word() {
    let Location { root, entry } = project::locate(Start::Named(&docs())).expect("a project");
    let world = SystemWorld::open(&root).expect("it can be read");
    let date = Date { year: 2026, month: 1, day: 31 };
    let request = Request { date, formats: None, name: "manual".to_owned() };
    let built = pipeline::build(&world, project::load(&world, &entry), &request, &|_| {});
    assert!(built.diagnostics.is_empty(), "{:?}", built.diagnostics);
    assert_eq!(built.report.map(|report| report.files.len()), Some(3));
}

/// As any report is: committed, released, made again from its commit.
#[test]
fn it_is_released_by_its_own_release() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let run = |program: &str, arguments: &[&str]| {
        let done = Command::new(program)
            .args(arguments)
            .current_dir(folder.path())
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_AUTHOR_DATE", "2026-01-31T12:00:00Z")
            .env("GIT_COMMITTER_DATE", "2026-01-31T12:00:00Z")
            .output()
            .expect("it runs");
        let said = format!("{}{}", String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
        assert!(done.status.success(), "{program} {arguments:?}: {said}");
        said
    };
    let config = config();
    let images =
        std::fs::read_dir(docs().join("images")).expect("a folder").map(|entry| entry.expect("an entry").path());
    let pages = config.drafts.order.iter().map(|page| docs().join(page));
    for file in pages.chain(images).chain([docs().join("rapporteur.toml")]) {
        let to = folder.path().join(file.strip_prefix(docs()).expect("it lies there"));
        std::fs::create_dir_all(to.parent().expect("a folder")).expect("it can be made");
        std::fs::copy(&file, to).expect("it can be copied");
    }
    let git = |arguments: &[&str]| {
        run("git", &[&["-c", "user.name=A", "-c", "user.email=a@example.org"], arguments].concat());
    };
    git(&["init", "--quiet"]);
    git(&["add", "."]);
    git(&["commit", "--quiet", "-m", "The manual"]);
    let version = config.report.version.expect("the manual has one");
    run(env!("CARGO_BIN_EXE_rapporteur"), &["release", &version]);
    let release = folder.path().join("output").join(&version);
    for end in ["pdf", "docx", "html"] {
        assert!(release.join(format!("rapporteur-manual.{end}")).exists(), "{end}");
    }
    run(env!("CARGO_BIN_EXE_rapporteur"), &["verify", "--require-rebuild", &format!("output/{version}")]);
}
