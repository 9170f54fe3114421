//! `rapporteur check`: everything that a build would find in the drafts, without building.
//!
//! The findings are its results. It lays out nothing and writes no file but a summary that was asked for.

use std::fs::{self, File};
use std::io::{self, Write};
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::exit::Exit;
use super::message::Messages;
use super::progress::Progress;
use super::project::Target;
use super::terminal::{self, Stream};
use super::{MessageArguments, MessageFormat, changelog, date, summary};
use crate::diag::{Diagnostics, Severity, Status};
use crate::pipeline::{self, Prepared, Request};
use crate::project;

/// What `check` takes.
#[derive(Debug, Clone, Args)]
pub(super) struct CheckArguments {
    /// The project's folder, or one draft; by default the folder you are in, or the project above it.
    path: Option<PathBuf>,
    /// By which measure: in a final, what is missing is an error. By default as `rapporteur.toml` says.
    #[arg(long, value_name = "STATUS")]
    status: Option<Measure>,
    /// Check a translation: one of `[translations]`.
    #[arg(long, value_name = "LANGUAGE")]
    language: Option<String>,
    /// End with 4 if anything at all is found, a warning too.
    #[arg(long)]
    exit_code: bool,
    /// Write the findings to a file, too, as a table in Markdown. With `--message-format github` they are added to the
    /// summary of the job's step (GITHUB_STEP_SUMMARY) by default.
    #[arg(long, value_name = "FILE")]
    summary: Option<PathBuf>,
    #[command(flatten)]
    messages: MessageArguments,
}

/// A status to judge by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Measure {
    Draft,
    Final,
}

impl From<Measure> for Status {
    fn from(measure: Measure) -> Self {
        match measure {
            Measure::Draft => Self::Draft,
            Measure::Final => Self::Final,
        }
    }
}

/// The last line of the findings for programs.
#[derive(Serialize)]
struct Counts {
    status: Status,
    errors: usize,
    warnings: usize,
}

pub(super) fn run(arguments: &CheckArguments) -> Exit {
    check(arguments).unwrap_or_else(|exit| exit)
}

fn check(arguments: &CheckArguments) -> Result<Exit, Exit> {
    let format = arguments.messages.message_format;
    let target = Target::at(arguments.path.as_deref(), None)?.in_language(arguments.language.as_deref())?;
    let world = target.world()?;
    let mut loaded = project::load(&world, &target.location.entry);
    let status = arguments.status.map_or(loaded.value.config.report.status, Status::from);
    loaded.value.config.report.status = status;
    changelog::append(&target, &mut loaded.value, &world)?;
    let date = date::date(&loaded.value, &world, &mut loaded.diagnostics)?;
    let request = Request { date, formats: None, name: target.name() };
    let progress = Progress::new(format);
    let prepared =
        terminal::without_defect(|| pipeline::check(&world, loaded, &request, &|stage| progress.show(stage)));
    drop(progress);
    // The process ends with it: to let go of a report piece by piece would take longer than to check it.
    let prepared = ManuallyDrop::new(prepared?);
    let Prepared { project, diagnostics, .. } = &*prepared;
    let messages = Messages { format, sources: &project.sources, status, prefix: target.prefix() };
    tell(&messages, diagnostics);
    summarise(arguments, &messages, diagnostics)?;
    let exit = messages.exit(diagnostics);
    let found = arguments.exit_code && exit == Exit::Done && !diagnostics.is_empty();
    Ok(if found { Exit::Differences } else { exit })
}

/// The findings, and how many they are.
fn tell(messages: &Messages<'_>, diagnostics: &Diagnostics) {
    messages.tell(diagnostics, Stream::Output);
    match messages.format {
        MessageFormat::Human | MessageFormat::Github => terminal::result(&headline(messages, diagnostics)),
        MessageFormat::Json => {
            let count = |severity| messages.count(diagnostics, severity);
            let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
            terminal::result(&terminal::json(&Counts { status: messages.status, errors, warnings }));
        }
    }
}

/// "as a draft: 1 warning".
fn headline(messages: &Messages<'_>, diagnostics: &Diagnostics) -> String {
    let count = |severity| messages.count(diagnostics, severity);
    let counts = summary::counts(count(Severity::Error), count(Severity::Warning));
    let status = match messages.status {
        Status::Draft => "draft",
        Status::Final => "final",
    };
    format!("as a {status}: {}", counts.as_deref().unwrap_or("nothing was found"))
}

/// The largest summary of a step that the host takes.
const LARGEST_SUMMARY: usize = 1024 * 1024;

/// Writes the summary that was asked for, or adds to that of the job's step.
fn summarise(arguments: &CheckArguments, messages: &Messages<'_>, diagnostics: &Diagnostics) -> Result<(), Exit> {
    let step = || {
        let file = std::env::var_os("GITHUB_STEP_SUMMARY").filter(|file| !file.is_empty());
        file.filter(|_| messages.format == MessageFormat::Github).map(PathBuf::from)
    };
    let written = |most| {
        let heading = format!("### rapporteur check {}\n\n", headline(messages, diagnostics));
        let table = messages.table(diagnostics, most);
        if table.is_empty() { heading } else { format!("{heading}{table}\n") }
    };
    let (file, done) = match (&arguments.summary, step()) {
        (Some(file), _) => (file.clone(), fs::write(file, written(LARGEST_SUMMARY / 2))),
        (None, Some(file)) => {
            let done = add(&file, &written);
            (file, done)
        }
        (None, None) => return Ok(()),
    };
    done.map_err(|error| {
        terminal::failure(&format!("{} cannot be written: {error}", file.display()));
        Exit::Environment
    })
}

/// Adds to a file what there is still room for.
fn add(file: &Path, written: &dyn Fn(usize) -> String) -> io::Result<()> {
    let before = fs::metadata(file).map_or(0, |file| usize::try_from(file.len()).unwrap_or(LARGEST_SUMMARY));
    let room = (LARGEST_SUMMARY * 9 / 10).saturating_sub(before);
    let text = written(room.saturating_sub(HEADING));
    if text.len() > room {
        return Ok(());
    }
    File::options().create(true).append(true).open(file)?.write_all(text.as_bytes())
}

/// Room for what stands over the table.
const HEADING: usize = 500;
