//! `rapporteur build`: the report, once.

use std::cell::RefCell;
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};

use clap::Args;

use super::cache::{CacheArguments, FROM_CACHE};
use super::exit::Exit;
use super::message::{Findings, Messages, Told};
use super::progress::Progress;
use super::project::Target;
use super::series::{self, SeriesArguments};
use super::terminal::Stream;
use super::{BuildArguments, MessageFormat, changelog, date, parent, summary, terminal};
use crate::cache::{Cache, Source};
use crate::diag::{Diagnostics, Severity, Status, Warned};
use crate::output::{self, Manifest, PublishError};
use crate::pipeline::{self, Built, Kept, Report, Request};
use crate::project::{self, Format, Project, World};
use crate::source::Sources;

/// What `build` takes.
#[derive(Debug, Clone, Args)]
pub(super) struct BuildCommand {
    #[command(flatten)]
    one: BuildArguments,
    #[command(flatten)]
    series: SeriesArguments,
    #[command(flatten)]
    cache: CacheArguments,
}

pub(super) fn run(command: &BuildCommand) -> Exit {
    parent::follow();
    match &command.series.all {
        Some(file) => series::run(file, (&command.one, &command.cache), &command.series),
        None => build(&command.one, &command.cache),
    }
}

fn build(arguments: &BuildArguments, cache: &CacheArguments) -> Exit {
    // The process ends with them: to let go of a report piece by piece would take longer than to write it.
    let mut jobs = match Job::all(arguments, Some(cache)) {
        Ok(jobs) => ManuallyDrop::new(jobs),
        Err(exit) => return exit,
    };
    let format = arguments.messages.message_format;
    if format == MessageFormat::Github {
        // The host takes so many of a step, not of a language.
        jobs.iter_mut().for_each(|job| job.telling = Telling::Together);
    }
    let mut told = Told::default();
    let mut gravest = Exit::Done;
    for job in jobs.iter() {
        // What was said of one language, of the configuration above all, is not said of the next again.
        *job.others.borrow_mut() = told.clone();
        let done = job.target.world().and_then(|world| job.build(&world)).and_then(|work| job.conclude(work));
        gravest = gravest.max(done.unwrap_or_else(|exit| exit));
        told.add(job.told.borrow().as_ref());
    }
    tell_together(&jobs, format);
    if arguments.language.is_empty() && gravest == Exit::Done {
        tell_translations(&jobs[0]);
    }
    gravest
}

/// Tells as one list what each job has held back.
fn tell_together(jobs: &[Job], format: MessageFormat) {
    let held: Vec<Held> = jobs.iter().filter_map(|job| job.held.borrow_mut().take()).collect();
    let found = held.iter().map(|Held { sources, status, prefix, diagnostics }| {
        (Messages { format, sources, status: *status, prefix: prefix.clone() }, diagnostics)
    });
    Findings::new(found.collect()).tell(format, Stream::Error);
}

/// Says that there are translations, which are not built unless they are asked for.
fn tell_translations(job: &Job) {
    let editions = job.target.editions().unwrap_or_default();
    let others: Vec<&str> = editions.iter().skip(1).map(|(edition, _)| edition.language()).collect();
    if job.messages == MessageFormat::Human && !others.is_empty() {
        terminal::message(&format!("not built: {} (`--language all` builds every language)", others.join(", ")));
    }
}

/// Something to build, once or again and again.
#[derive(Debug)]
pub(super) struct Job {
    pub(super) target: Target,
    formats: Option<Vec<Format>>,
    /// Where finished reports are taken from, if anywhere: a watcher builds what has changed.
    cache: Option<CacheArguments>,
    messages: MessageFormat,
    /// Whether an interrupted run was looked for in the output folder.
    recovered: RefCell<Option<PathBuf>>,
    /// What the build before has left to the next,
    kept: Kept,
    /// and the files that it read.
    sources: RefCell<Sources>,
    /// What was told of the build before, if there was one.
    told: RefCell<Option<Told>>,
    /// What was told of the same report in other languages.
    others: RefCell<Told>,
    telling: Telling,
    /// What is to be told with that of the other languages.
    held: RefCell<Option<Held>>,
}

/// When what was found is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Telling {
    /// Before the files are published.
    AtOnce,
    /// With that of the other languages.
    Together,
}

/// What was found in one language.
#[derive(Debug)]
struct Held {
    sources: Sources,
    status: Status,
    prefix: String,
    diagnostics: Diagnostics,
}

/// What was built, and where it is to go.
pub(super) struct Work {
    built: Built,
    source: Source,
    folder: PathBuf,
}

impl Job {
    /// One for each language that is asked for: never none.
    /// # Errors
    /// Says on standard error why there is no project, or no such language.
    pub(super) fn all(arguments: &BuildArguments, cache: Option<&CacheArguments>) -> Result<Vec<Self>, Exit> {
        let target = Target::at(arguments.path.as_deref(), arguments.output.as_deref())?;
        let targets = target.in_languages(&arguments.language)?;
        Ok(targets.into_iter().map(|target| Self::new(target, arguments, cache)).collect())
    }

    fn new(target: Target, arguments: &BuildArguments, cache: Option<&CacheArguments>) -> Self {
        Self {
            target,
            formats: arguments.format.clone(),
            cache: cache.cloned(),
            messages: arguments.messages.message_format,
            recovered: RefCell::default(),
            kept: Kept::default(),
            sources: RefCell::default(),
            told: RefCell::default(),
            others: RefCell::default(),
            telling: Telling::AtOnce,
            held: RefCell::default(),
        }
    }

    /// Builds in memory.
    /// # Errors
    /// Says on standard error what stands against it beside faults of the drafts.
    pub(super) fn build(&self, world: &dyn World) -> Result<Work, Exit> {
        let mut loaded = project::load_again(world, &self.target.location.entry, &self.sources.borrow());
        *self.sources.borrow_mut() = loaded.value.sources.clone();
        let folder = self.target.output(&loaded.value)?;
        changelog::append(changelog::Past::AtHand(&self.target), &mut loaded.value, world)?;
        self.recover(&folder)?;
        let date = date::at_hand(&self.target.location.root, &loaded.value, world, &mut loaded.diagnostics)?;
        let request = Request { date, formats: self.formats.clone(), name: self.target.name() };
        let progress = Progress::new(self.messages);
        let cache = self.cache(&mut loaded);
        let show = |stage| progress.show(stage);
        let build = || match &cache {
            Some(cache) => cache.build(world, loaded, &request, &show, &self.kept),
            None => (pipeline::build_again(world, loaded, &request, &show, &self.kept), Source::Build),
        };
        // Nothing is published then, and a watcher goes on.
        let built = terminal::without_defect(build);
        drop(progress);
        let (built, source) = built?;
        Ok(Work { built, source, folder })
    }

    /// The cache that this build has; why it cannot be used is among what was found.
    fn cache(&self, loaded: &mut Warned<Project>) -> Option<Cache> {
        let Target { location, here, .. } = &self.target;
        let opened = self.cache.as_ref()?.open(&loaded.value.config.cache, &location.root, here);
        opened.unwrap_or_else(|doubt| {
            loaded.diagnostics.push(doubt);
            None
        })
    }

    fn recover(&self, folder: &Path) -> Result<(), Exit> {
        if self.recovered.borrow().as_deref() != Some(folder) {
            output::recover(folder).map_err(|error| publish_failed(&error))?;
            *self.recovered.borrow_mut() = Some(folder.to_owned());
        }
        Ok(())
    }

    /// Says what was found, publishes what was built, and says what that is.
    /// # Errors
    /// Says on standard error that it could not be published.
    pub(super) fn conclude(&self, work: Work) -> Result<Exit, Exit> {
        let Work { built, source, folder } = work;
        let messages = Messages {
            format: self.messages,
            sources: &built.project.sources,
            status: built.status(),
            prefix: self.target.prefix(),
        };
        self.tell(&messages, &built.diagnostics);
        if source == Source::Store && self.messages == MessageFormat::Human {
            terminal::message(FROM_CACHE);
        }
        let done = conclude(&messages, &built.diagnostics, built.report, (&folder, &self.target.here))?;
        Ok(done.map_or_else(|exit| exit, |_| Exit::Done))
    }

    /// Everything at first; then people are told what is new, and how much has gone.
    fn tell(&self, messages: &Messages<'_>, diagnostics: &Diagnostics) {
        if self.telling == Telling::Together {
            let Messages { sources, status, prefix, .. } = messages.clone();
            let (sources, diagnostics) = (sources.clone(), diagnostics.clone());
            *self.held.borrow_mut() = Some(Held { sources, status, prefix, diagnostics });
            return;
        }
        let now = Told::of(messages, diagnostics);
        let before = self.told.borrow_mut().replace(now.clone()).filter(|_| self.messages == MessageFormat::Human);
        let Some(before) = before else {
            return messages.write(&self.others.borrow().new_ones(messages, diagnostics));
        };
        before.tell_since(messages, diagnostics, &now);
    }
}

/// Publishes what was built, once what was found has been told, and says what that is; how the command ends where nothing was built.
/// # Errors
/// Says on standard error that it could not be published.
pub(super) fn conclude(
    messages: &Messages<'_>,
    diagnostics: &Diagnostics,
    report: Option<Report>,
    (folder, here): (&Path, &Path),
) -> Result<Result<Manifest, Exit>, Exit> {
    let errors = messages.count(diagnostics, Severity::Error);
    let warnings = messages.count(diagnostics, Severity::Warning);
    let counts = summary::counts(errors, warnings);
    let Some(report) = report else {
        if messages.format == MessageFormat::Human {
            terminal::message(&format!("nothing was written: {}", counts.unwrap_or_default()));
        }
        return Ok(Err(messages.exit(diagnostics)));
    };
    let manifest = pipeline::publish(report, folder).map_err(|error| publish_failed(&error))?;
    if messages.format == MessageFormat::Json {
        terminal::result(&terminal::json(&manifest));
        return Ok(Ok(manifest));
    }
    if let (MessageFormat::Human, Some(counts)) = (messages.format, counts) {
        terminal::message(&counts);
    }
    let shown = folder.strip_prefix(here).unwrap_or(folder);
    terminal::result(&summary::files(&manifest, shown));
    Ok(Ok(manifest))
}

/// Says why a set could not be published.
pub(super) fn publish_failed(error: &PublishError) -> Exit {
    terminal::failure(&error.to_string());
    match error {
        PublishError::Locked { .. } => Exit::Locked,
        PublishError::Io { .. } => Exit::Environment,
    }
}
