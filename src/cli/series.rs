//! `rapporteur build --all SERIES.toml`: many reports, side by side, each in a process of its own, so that what befalls one
//! leaves the others alone.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;

use clap::Args;
use serde_json::{Value, json};

use super::cache::{CacheArguments, FROM_CACHE};
use super::exit::Exit;
use super::message::{self, Allowance, Messages};
use super::terminal::{self, failure, printable};
use super::{BuildArguments, MessageFormat};
use super::{parent, room};
use crate::diag::Status;
use crate::project::{self, Format, ProjectPath, Start, SystemWorld};
use crate::series::{self, Clash, Job, Report, Series};

/// What `build` takes of a series.
#[derive(Debug, Clone, Args)]
pub(super) struct SeriesArguments {
    /// Build every report that a series' file names, side by side. With `--output`, each has a folder there.
    #[arg(long, value_name = "SERIES.toml", conflicts_with = "path")]
    pub(super) all: Option<PathBuf>,
    /// Of a series, only what has these names, separated by commas; `rapporteur plan` prints them.
    #[arg(long, value_name = "NAME", value_delimiter = ',', requires = "all")]
    only: Vec<String>,
    /// How many reports of a series are built at a time; by default as many as this machine's cores and memory bear.
    #[arg(long, value_name = "N", requires = "all", value_parser = clap::value_parser!(u16).range(1..=256))]
    jobs: Option<u16>,
}

/// The jobs of a series, and where they are.
pub(super) struct Listed {
    pub(super) folder: PathBuf,
    pub(super) file: ProjectPath,
    pub(super) jobs: Vec<Job>,
}

/// What a job left.
struct Done {
    exit: Exit,
    results: String,
    said: String,
}

pub(super) fn run(file: &Path, build: (&BuildArguments, &CacheArguments), series: &SeriesArguments) -> Exit {
    self::build(file, build, series).unwrap_or_else(|exit| exit)
}

fn build(
    file: &Path,
    (arguments, cache): (&BuildArguments, &CacheArguments),
    series: &SeriesArguments,
) -> Result<Exit, Exit> {
    let Listed { folder, jobs, .. } = read(file, arguments, &series.only)?;
    let program = std::env::current_exe().map_err(|error| environment(&error.to_string()))?;
    let output = match &arguments.output {
        Some(output) => Some(here()?.join(output)),
        None => None,
    };
    let format = arguments.messages.message_format;
    let cache = cache.named(&here()?);
    let start = |job: &Job| {
        let mut command = Command::new(&program);
        command.current_dir(&folder).arg("build").args(["--message-format", name(format)]);
        if let Some(store) = &cache {
            command.args(["--cache", store]);
        }
        Allowance::count_for(&mut command);
        words(&mut command, job, output.as_deref());
        command
    };
    let side_by_side = series.jobs.map_or_else(room::builds, usize::from);
    let mut gravest = Exit::Done;
    let mut built = 0;
    let mut allowance = Allowance::default();
    run_all(&jobs, side_by_side, &start, &mut |job, done| {
        tell(format, job, &done, &mut allowance);
        gravest = gravest.max(done.exit);
        built += usize::from(done.exit == Exit::Done);
    });
    allowance.rest().iter().for_each(|line| terminal::message(line));
    let count = jobs.len();
    terminal::result(&match format {
        MessageFormat::Json => terminal::json(&json!({ "jobs": count, "built": built })),
        MessageFormat::Human | MessageFormat::Github if built == count => format!("{count} built"),
        MessageFormat::Human | MessageFormat::Github => format!("{built} built, {} not", count - built),
    });
    Ok(gravest)
}

/// Reads a series' file; of its jobs only those of some names, if there are any, which are the names that a plan has.
/// # Errors
/// Says on standard error what is wrong with it.
pub(super) fn read(file: &Path, arguments: &BuildArguments, names: &[String]) -> Result<Listed, Exit> {
    let here = here()?;
    let place = here.join(file);
    let (Some(folder), Some(name)) = (place.parent(), place.file_name()) else {
        failure(&format!("{} is no file", file.display()));
        return Err(Exit::Usage);
    };
    let world = SystemWorld::open(folder).map_err(|error| {
        failure(&format!("{} cannot be read: {error}", folder.display()));
        Exit::Usage
    })?;
    let file = ProjectPath::root().child(&name.to_string_lossy());
    let loaded = series::load(&world, &file);
    let Series { mut reports, sources } = loaded.value;
    let (format, status) = (arguments.messages.message_format, Status::Draft);
    let messages = Messages { format, sources: &sources, status, prefix: message::prefix(world.root(), &here) };
    messages.write(&loaded.diagnostics);
    if loaded.diagnostics.has_errors(status) {
        return Err(messages.exit(&loaded.diagnostics));
    }
    for report in &mut reports {
        report.formats = arguments.format.clone().or_else(|| report.formats.take());
    }
    apart(&reports, arguments.output.as_deref())?;
    let folder = world.root().to_owned();
    let all = |path: &ProjectPath| languages(&folder, path);
    let mut jobs = only(series::jobs(&reports, &all), names)?;
    if !arguments.language.is_empty() {
        reports.retain(|report| jobs.iter().any(|job| job.path == report.path));
        reports.iter_mut().for_each(|report| report.languages.clone_from(&arguments.language));
        jobs = series::jobs(&reports, &all);
    }
    Ok(Listed { folder, file, jobs })
}

/// Says which of the reports would write over another's files, where the series' file names no folder for them.
fn apart(reports: &[Report], output: Option<&Path>) -> Result<(), Exit> {
    let named = |path: &ProjectPath| crate::output::slug(path.file_name()).unwrap_or_else(|| "report".to_owned());
    let place = |report: &Report| {
        let plain = series::folder_of(&report.path);
        match (output, &report.output) {
            (Some(_), _) => Some(plain),
            (None, Some(_)) => None,
            // Drafts that lie in one folder are written to one, under their own names.
            (None, None) if plain != report.path => Some(plain.parent().child(&named(&plain))),
            (None, None) => Some(report.path.child(&named(&report.path))),
        }
    };
    let places = reports.iter().filter_map(|report| Some((&report.path, place(report)?)));
    let Some(Clash { first, second, .. }) = series::clashes(places).into_iter().next() else { return Ok(()) };
    failure(&format!("`{first}` and `{second}` would be written to one folder under one name"));
    terminal::message(match output {
        Some(_) => "without `--output`, `output` of one of them in the series' file tells them apart",
        None => "give one of them an `output` of its own in the series' file",
    });
    Err(Exit::Usage)
}

/// The languages that a report is made in; none where it cannot be read, which its build says.
fn languages(folder: &Path, path: &ProjectPath) -> Vec<String> {
    let located = project::locate(Start::Named(&folder.join(path.as_str()))).ok();
    let world = located.as_ref().and_then(|location| SystemWorld::open(&location.root).ok());
    let editions = located.zip(world).map(|(location, world)| project::editions(&world, &location.entry));
    editions.into_iter().flatten().map(|(edition, _)| edition.language().to_owned()).collect()
}

/// The jobs of these names; all where there is none.
fn only(jobs: Vec<Job>, names: &[String]) -> Result<Vec<Job>, Exit> {
    if names.is_empty() {
        return Ok(jobs);
    }
    if let Some(unknown) = names.iter().find(|name| jobs.iter().all(|job| job.id != **name)) {
        failure(&format!("the series has no `{}`", printable(unknown)));
        terminal::message("`rapporteur plan` prints the names of what it has");
        return Err(Exit::Usage);
    }
    Ok(jobs.into_iter().filter(|job| names.contains(&job.id)).collect())
}

/// What the program is asked for a job.
fn words(command: &mut Command, job: &Job, output: Option<&Path>) {
    if let Some(language) = &job.language {
        command.args(["--language", language]);
    }
    if let Some(formats) = &job.formats {
        let names: Vec<&str> = formats.iter().copied().map(Format::extension).collect();
        command.args(["--format", &names.join(",")]);
    }
    let named = job.output.as_ref().map(|folder| PathBuf::from(folder.as_str()));
    let all = output.map(|folder| folder.join(series::folder_of(&job.path).as_str()));
    if let Some(folder) = all.or(named) {
        command.arg("--output").arg(folder);
    }
    let path = job.path.as_str();
    command.arg("--").arg(if path.is_empty() { "." } else { path });
}

/// Runs jobs, so many at a time, and hands back what they left in their own order.
fn run_all(
    jobs: &[Job],
    side_by_side: usize,
    start: &(dyn Fn(&Job) -> Command + Sync),
    conclude: &mut dyn FnMut(&Job, Done),
) {
    let next = AtomicUsize::new(0);
    let (sender, receiver) = mpsc::channel();
    std::thread::scope(|scope| {
        for _ in 0..side_by_side.min(jobs.len()) {
            let (sender, next) = (sender.clone(), &next);
            scope.spawn(move || {
                while let Some((at, job)) =
                    Some(next.fetch_add(1, Ordering::Relaxed)).and_then(|at| Some((at, jobs.get(at)?)))
                {
                    // The other end goes only once every job is done.
                    let _ = sender.send((at, finish(start(job))));
                }
            });
        }
        drop(sender);
        let mut waiting = std::collections::BTreeMap::new();
        let mut told = 0;
        for (at, done) in receiver {
            waiting.insert(at, done);
            while let Some(done) = waiting.remove(&told) {
                conclude(&jobs[told], done);
                told += 1;
            }
        }
    });
}

/// Runs a build to its end; where this process ends before, however that is, the build does, too.
fn finish(mut command: Command) -> Done {
    let run = parent::bind(&mut command).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().and_then(|mut child| {
        // Nothing is written to it: that it is open says that this process is there.
        let _open = child.stdin.take();
        child.wait_with_output()
    });
    match run {
        Ok(output) => {
            let mut said = String::from_utf8_lossy(&output.stderr).into_owned();
            let exit = exit(output.status.code());
            if exit.is_none() {
                said += &format!("error: the build ended before it was done ({})\n", output.status);
            }
            let results = String::from_utf8_lossy(&output.stdout).into_owned();
            Done { exit: exit.unwrap_or(Exit::Environment), results, said }
        }
        Err(error) => {
            let said = format!("error: {}\n", printable(&format!("a build cannot be started: {error}")));
            Done { exit: Exit::Environment, results: String::new(), said }
        }
    }
}

fn exit(code: Option<i32>) -> Option<Exit> {
    Some(match code? {
        0 => Exit::Done,
        1 => Exit::Drafts,
        2 => Exit::Usage,
        3 => Exit::Environment,
        75 => Exit::Locked,
        _ => return None,
    })
}

/// What it said, as far as the host takes it, and a line on what came of it.
fn tell(format: MessageFormat, job: &Job, done: &Done, allowance: &mut Allowance) {
    let cached = done.said.lines().any(|line| line == FROM_CACHE);
    let said: Vec<&str> = done.said.trim_end().lines().filter(|line| *line != FROM_CACHE).collect();
    let said: Vec<&str> = said.into_iter().filter(|line| allowance.takes_line(line)).collect();
    if !said.is_empty() {
        terminal::message(&said.join("\n"));
    }
    match format {
        MessageFormat::Json => {
            let manifest: Option<Value> = serde_json::from_str(&done.results).ok();
            let (path, code) = (job.path.as_str(), done.exit.code());
            let line =
                json!({ "job": job.id, "path": path, "language": job.language, "exit": code, "manifest": manifest });
            terminal::result(&terminal::json(&line));
        }
        MessageFormat::Human | MessageFormat::Github => {
            let came = match done.exit {
                Exit::Done => {
                    let files = done.results.trim_end().replace('\n', ", ");
                    if cached { format!("{files} ({FROM_CACHE})") } else { files }
                }
                Exit::Drafts => "not built: faults in the drafts".to_owned(),
                Exit::Usage => "not built: faults in the configuration".to_owned(),
                Exit::Environment | Exit::Differences | Exit::NoBaseline => "not built: files or machine".to_owned(),
                Exit::Locked => "not built: another build holds the output folder".to_owned(),
            };
            terminal::result(&format!("{}: {came}", job.id));
        }
    }
}

fn name(format: MessageFormat) -> &'static str {
    match format {
        MessageFormat::Human => "human",
        MessageFormat::Json => "json",
        MessageFormat::Github => "github",
    }
}

fn here() -> Result<PathBuf, Exit> {
    std::env::current_dir().map_err(|error| environment(&format!("the current folder cannot be read: {error}")))
}

fn environment(why: &str) -> Exit {
    failure(why);
    Exit::Environment
}
