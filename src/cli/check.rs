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
use super::message::{Findings, Messages};
use super::progress::Progress;
use super::project::Target;
use super::terminal::{self, Stream};
use super::{MessageArguments, MessageFormat, changelog, date, summary};
use crate::diag::{Severity, Status};
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
    /// In which language: the report's own by default, one of `[translations]`, or `all`. Can be given more than once.
    #[arg(long, value_name = "LANGUAGE", value_delimiter = ',')]
    language: Vec<String>,
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
    let targets = Target::at(arguments.path.as_deref(), None)?.in_languages(&arguments.language)?;
    let checked: Result<Vec<Prepared>, Exit> = targets.iter().map(|target| look(target, arguments)).collect();
    // The process ends with them: to let go of a report piece by piece would take longer than to check it.
    let checked = ManuallyDrop::new(checked?);
    let status = checked.first().map(|one| one.project.config.report.status).unwrap_or_default();
    let found = targets.iter().zip(checked.iter()).map(|(target, Prepared { project, diagnostics, .. })| {
        (Messages { format, sources: &project.sources, status, prefix: target.prefix() }, diagnostics)
    });
    let findings = Findings::new(found.collect());
    let counts =
        Counts { status, errors: findings.count(Severity::Error), warnings: findings.count(Severity::Warning) };
    findings.tell(format, Stream::Output);
    match format {
        MessageFormat::Human | MessageFormat::Github => terminal::result(&counts.line()),
        MessageFormat::Json => terminal::result(&terminal::json(&counts)),
    }
    summarise(arguments, &findings, &counts)?;
    let is_any = counts.errors + counts.warnings > 0;
    let ends_with_them = arguments.exit_code && is_any && findings.exit() == Exit::Done;
    Ok(if ends_with_them { Exit::Differences } else { findings.exit() })
}

/// What a build of one language would find.
fn look(target: &Target, arguments: &CheckArguments) -> Result<Prepared, Exit> {
    let world = target.world()?;
    let mut loaded = project::load(&world, &target.location.entry);
    if let Some(measure) = arguments.status {
        loaded.value.config.report.status = Status::from(measure);
    }
    changelog::append(changelog::Past::AtHand(target), &mut loaded.value, &world)?;
    let date = date::at_hand(&target.location.root, &loaded.value, &world, &mut loaded.diagnostics)?;
    let request = Request { date, formats: None, name: target.name() };
    let progress = Progress::new(arguments.messages.message_format);
    let checked = terminal::without_defect(|| pipeline::check(&world, loaded, &request, &|stage| progress.show(stage)));
    drop(progress);
    checked
}

impl Counts {
    /// "as a draft: 1 warning".
    fn line(&self) -> String {
        let counts = summary::counts(self.errors, self.warnings);
        let status = match self.status {
            Status::Draft => "draft",
            Status::Final => "final",
        };
        format!("as a {status}: {}", counts.as_deref().unwrap_or("nothing was found"))
    }
}

/// The largest summary of a step that the host takes.
const LARGEST_SUMMARY: usize = 1024 * 1024;

/// Writes the summary that was asked for, or adds to that of the job's step.
fn summarise(arguments: &CheckArguments, findings: &Findings<'_>, counts: &Counts) -> Result<(), Exit> {
    let step = || {
        let file = std::env::var_os("GITHUB_STEP_SUMMARY").filter(|file| !file.is_empty());
        file.filter(|_| arguments.messages.message_format == MessageFormat::Github).map(PathBuf::from)
    };
    let written = |most| {
        let heading = format!("### rapporteur check {}\n\n", counts.line());
        let table = findings.table(most);
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
