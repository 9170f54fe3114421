//! `rapporteur man`: the manual pages, from the same definition as the help. What concerns every command (exit codes,
//! environment, files) stands on the first page.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use clap::{Args, Command, CommandFactory};
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};

use super::exit::Exit;
use super::{Arguments, terminal};

/// What `man` takes.
#[derive(Debug, Clone, Args)]
pub(super) struct ManArguments {
    /// The folder to write every page into, one a command. Without it, the first page is printed.
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
}

pub(super) fn run(arguments: &ManArguments) -> Exit {
    let pages = pages();
    let Some(folder) = &arguments.folder else {
        terminal::result(pages[0].1.trim_end());
        return Exit::Done;
    };
    match write(folder, &pages) {
        Ok(()) => Exit::Done,
        Err(error) => {
            terminal::failure(&format!("{} cannot be written: {error}", folder.display()));
            Exit::Environment
        }
    }
}

fn write(folder: &Path, pages: &[(String, String)]) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    for (name, page) in pages {
        let file = folder.join(name);
        fs::write(&file, page)?;
        terminal::result(&terminal::printable(&file.to_string_lossy()));
    }
    Ok(())
}

/// Names and contents: the program's own page, then those of its commands.
fn pages() -> Vec<(String, String)> {
    let mut command = Arguments::command().disable_help_subcommand(true);
    command.build();
    let mut pages = Vec::new();
    add(&command, &mut pages);
    let (_, first) = pages.first_mut().expect("the program has a page");
    first.push_str(&common());
    pages
}

/// The page of a command, and then those beneath it.
fn add(command: &Command, pages: &mut Vec<(String, String)>) {
    let mut page = Vec::new();
    let man =
        Man::new(command.clone()).manual("rapporteur").source(format!("rapporteur {}", env!("CARGO_PKG_VERSION")));
    man.render(&mut page).expect("memory takes what is written");
    let page = String::from_utf8(page).expect("names of commands and their help are text");
    // An empty date is left out, and what follows it would stand in its place: man(7), TH.
    pages.push((man.get_filename(), page.replacen(" 1  \"", " 1 \"\" \"", 1)));
    for command in command.get_subcommands().filter(|command| !command.is_hide_set()) {
        add(command, pages);
    }
}

/// What holds of every command.
fn common() -> String {
    let mut roff = Roff::default();
    for (heading, entries) in COMMON {
        roff.control("SH", [*heading]);
        for (name, text) in *entries {
            roff.control("TP", []);
            roff.text([bold(*name)]);
            roff.text([roman(*text)]);
        }
    }
    roff.control("SH", ["SEE ALSO"]);
    roff.text([bold("git"), roman("(1), "), bold("gitrevisions"), roman("(7)")]);
    // Without the preamble for apostrophes, which stands at the head of the page.
    roff.to_roff()
}

/// How a command ends.
pub(super) const EXIT_CODES: [(&str, &str); 7] = [
    ("0", "Done; warnings are allowed."),
    ("1", "Faults in the drafts, or files that are not what they should be."),
    ("2", "Usage or configuration."),
    ("3", "The system, or something about this machine."),
    ("4", "Differences or findings, where --exit-code asks for it."),
    ("5", "The older version does not hold the report: there is nothing to compare it with."),
    ("75", "Another build holds the output folder."),
];

/// Headings, each with what is told under it.
const COMMON: &[(&str, &[(&str, &str)])] = &[
    ("EXIT STATUS", &EXIT_CODES),
    (
        "ENVIRONMENT",
        &[
            ("SOURCE_DATE_EPOCH", "The date of a report whose configuration gives none, in seconds since 1970."),
            ("RAPPORTEUR_CACHE", "Where finished reports are kept and taken from; --cache goes before it."),
            ("RAPPORTEUR_CACHE_SECRET", "What marks the entries of a cache that several machines share."),
            ("NO_COLOR", "If set, nothing is coloured."),
            ("GITHUB_WORKSPACE", "The folder that paths in annotations start from (--message-format github)."),
            ("GITHUB_STEP_SUMMARY", "The file that the findings of check are added to (--message-format github)."),
        ],
    ),
    (
        "FILES",
        &[
            ("rapporteur.toml", "Makes a folder a project, and configures it."),
            ("drafts/*.md", "What the report is made of, by default."),
            ("styles/NAME/style.toml", "A style of the project's own."),
            ("output/", "What is written, by default, and manifest.json, which says what it was made of."),
        ],
    ),
];
