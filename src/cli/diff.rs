//! `rapporteur diff`: what changed between two versions, as a redline in every format or as figures.

use super::build::{conclude, publish_failed};
use super::exit::Exit;
use super::message::Messages;
use super::progress::Progress;
use super::versions::{self, Asked, Versions};
use super::{DiffArguments, MessageFormat, Switch, date, stat, terminal};
use crate::compare;
use crate::document::Hand;
use crate::output;
use crate::pipeline::{self, BuiltRedline, Given, Naming, RedlineRequest, Request};
use crate::project::{self, Date, Format, Project, history};

pub(super) fn run(arguments: &DiffArguments) -> Exit {
    let asked = Asked {
        base: arguments.base.as_deref(),
        new: arguments.new.as_deref(),
        project: arguments.project.as_deref(),
        output: arguments.output.as_deref(),
        language: arguments.language.as_deref(),
    };
    versions::find(asked).and_then(|versions| show(arguments, &versions)).unwrap_or_else(|exit| exit)
}

fn show(arguments: &DiffArguments, versions: &Versions) -> Result<Exit, Exit> {
    let Versions { target, old, new } = versions;
    let mut loaded = project::load(&*new.world, &new.entry);
    let folder = target.output(&loaded.value)?;
    let date = date::date(&loaded.value, &*new.world, &mut loaded.diagnostics)?;
    let request = RedlineRequest {
        build: Request { date, formats: formats(arguments), name: target.name() },
        options: options(arguments.moves),
        given: Given {
            baseline: old.name.clone(),
            revision: new.name.clone(),
            author: author(arguments, versions, &loaded.value, date),
            naming: Naming::Own,
        },
    };
    let format = arguments.messages.message_format;
    let progress = Progress::new(format);
    let show = |stage| progress.show(stage);
    let (new, old) = ((&*new.world, loaded), (&*old.world, &old.entry));
    if !arguments.stat {
        output::recover(&folder).map_err(|error| publish_failed(&error))?;
    }
    let BuiltRedline { built, revision } = pipeline::build_redline(new, old, &request, &show);
    drop(progress);
    let (status, prefix) = (built.status(), target.prefix());
    let messages = Messages { format, sources: &built.project.sources, status, prefix };
    messages.write(&built.diagnostics);
    let Some(revision) = revision else { return Ok(messages.exit(&built.diagnostics)) };
    if arguments.stat {
        terminal::result(&stat::render(&revision, format));
    } else if let Err(exit) = conclude(&messages, &built.diagnostics, built.report, (&folder, &target.here))? {
        return Ok(exit);
    } else if format == MessageFormat::Human {
        terminal::message(&stat::line(&revision));
    }
    let differs = arguments.exit_code && !revision.changes.is_empty();
    Ok(if differs { Exit::Differences } else { Exit::Done })
}

/// The formats asked for; for figures those that are proved, so that they are the figures of what would be published.
fn formats(arguments: &DiffArguments) -> Option<Vec<Format>> {
    if arguments.stat { Some(vec![Format::Docx, Format::Html]) } else { arguments.format.clone() }
}

fn options(moves: Switch) -> compare::Options {
    let moves = match moves {
        Switch::On => compare::Moves::Marked,
        Switch::Off => compare::Moves::Plain,
    };
    compare::Options { moves }
}

/// Whose changes they are where nothing else says so: who was named, git's user, the report's first author; of when the newer version is.
fn author(arguments: &DiffArguments, versions: &Versions, project: &Project, date: Date) -> Hand {
    let named = arguments.author.clone().filter(|name| !name.trim().is_empty());
    let git = || history::person(&versions.target.location.root);
    let first = || project.config.report.authors.first().map(|author| author.name().to_owned());
    let author = named.or_else(git).or_else(first).unwrap_or_else(|| env!("CARGO_PKG_NAME").to_owned());
    Hand { author, time: versions.new.time.unwrap_or_else(|| date.to_unix()) }
}
