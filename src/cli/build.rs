//! `rapporteur build`: the report, once.

use std::path::Path;

use super::exit::Exit;
use super::message::Messages;
use super::project::Target;
use super::{BuildArguments, MessageFormat, date, summary, terminal};
use crate::diag::Severity;
use crate::output::{self, Manifest, PublishError};
use crate::pipeline::{self, Built, Request};
use crate::project;

pub(super) fn run(arguments: &BuildArguments) -> Exit {
    build(arguments).unwrap_or_else(|exit| exit)
}

fn build(arguments: &BuildArguments) -> Result<Exit, Exit> {
    let target = Target::find(arguments)?;
    let world = target.world()?;
    let loaded = project::load(&world, &target.location.entry);
    let folder = target.output(&loaded.value)?;
    output::recover(&folder).map_err(|error| publish_failed(&error))?;
    let date = date::date(&loaded.value, &target.location.root)?;
    let request = Request { date, formats: arguments.format.clone(), name: target.name() };
    let built = pipeline::build(&world, loaded, &request, &|_| {});
    conclude(&target, &folder, built, arguments.messages.message_format)
}

/// Says what was found, publishes what was built, and says what that is.
fn conclude(target: &Target, folder: &Path, built: Built, format: MessageFormat) -> Result<Exit, Exit> {
    let messages =
        Messages { format, sources: &built.project.sources, status: built.status(), prefix: target.prefix() };
    messages.write(&built.diagnostics);
    let errors = messages.count(&built.diagnostics, Severity::Error);
    let warnings = messages.count(&built.diagnostics, Severity::Warning);
    let Some(report) = built.report else {
        if format == MessageFormat::Human {
            let counts = summary::counts(errors, warnings).unwrap_or_default();
            terminal::message(&format!("nothing was written: {counts}"));
        }
        return Ok(messages.exit(&built.diagnostics));
    };
    let manifest = pipeline::publish(report, folder).map_err(|error| publish_failed(&error))?;
    let shown = folder.strip_prefix(&target.here).unwrap_or(folder);
    announce(&manifest, shown, warnings, format);
    Ok(Exit::Done)
}

fn announce(manifest: &Manifest, folder: &Path, warnings: usize, format: MessageFormat) {
    match format {
        MessageFormat::Json => {
            let json = serde_json::to_string(manifest).expect("a manifest has a place in JSON");
            terminal::result(&json);
        }
        MessageFormat::Human | MessageFormat::Github => {
            terminal::result(&summary::files(manifest, folder));
            if let Some(counts) = summary::counts(0, warnings) {
                terminal::message(&counts);
            }
        }
    }
}

fn publish_failed(error: &PublishError) -> Exit {
    terminal::failure(&error.to_string());
    match error {
        PublishError::Locked { .. } => Exit::Locked,
        PublishError::Io { .. } => Exit::Environment,
    }
}
