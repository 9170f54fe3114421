//! `rapporteur changelog`: what changed, told by comparing versions.

mod append;
mod gather;

pub(super) use append::{Past, append};
pub(super) use gather::notes;

use gather::Gathered;

use super::exit::Exit;
use super::message::Messages;
use super::versions::{self, Asked};
use super::{ChangelogArguments, ChangelogFormat, date, terminal};
use crate::changelog::{self, Detail, Release};
use crate::diag::{Diagnostics, Warned};
use crate::pipeline::{self, Request};
use crate::project::{Draft, Format, HeadingNumbering, Project, ProjectPath, World};

pub(super) fn run(arguments: &ChangelogArguments) -> Exit {
    tell(arguments).unwrap_or_else(|exit| exit)
}

fn tell(arguments: &ChangelogArguments) -> Result<Exit, Exit> {
    let format = arguments.messages.message_format;
    let Gathered { releases, project, world, diagnostics, prefix } = if arguments.all {
        gather::all(arguments.project.as_deref(), arguments.language.as_deref())?
    } else {
        let asked = Asked {
            base: arguments.base.as_deref(),
            new: arguments.new.as_deref(),
            project: arguments.project.as_deref(),
            output: None,
            language: arguments.language.as_deref(),
        };
        gather::one(versions::find(asked)?)?
    };
    let status = project.config.report.status;
    let messages = Messages { format, sources: &project.sources, status, prefix };
    messages.write(&diagnostics);
    if diagnostics.has_errors(status) && releases.is_empty() {
        return Ok(messages.exit(&diagnostics));
    }
    let detail = if arguments.full { Detail::All } else { Detail::Substantive };
    match arguments.format {
        ChangelogFormat::Md => terminal::result(changelog::markdown(&releases, detail).trim_end()),
        ChangelogFormat::Json => terminal::result(&terminal::json(&changelog::json(&releases))),
        ChangelogFormat::Keep => terminal::result(changelog::keep_a_changelog(&releases).trim_end()),
        ChangelogFormat::Mail => {
            let mails = releases.iter().map(|release| changelog::mail(release).trim_end().to_owned());
            terminal::result(&mails.collect::<Vec<_>>().join("\n\n"));
        }
        ChangelogFormat::Html => return page(project, &*world, &releases, detail),
    }
    Ok(Exit::Done)
}

/// The same as a page in the report's own style.
fn page(mut project: Project, world: &dyn World, releases: &[Release], detail: Detail) -> Result<Exit, Exit> {
    let newest = releases.first().and_then(|release| release.date);
    let date = newest.map_or_else(|| date::date(&project, world, &mut Diagnostics::new()), Ok)?;
    project.config.report.date = Some(date);
    let (title, text) = changelog::page(releases, detail);
    let config = &mut project.config;
    let subtitle = config.report.title.replace(title);
    config.report.subtitle = subtitle;
    config.numbering.headings = HeadingNumbering::None;
    config.numbering.paragraphs = false;
    config.numbering.lists = Vec::new();
    project.drafts = vec![draft(&mut project, "changelog.md", text)];
    let request = Request { date, formats: Some(vec![Format::Html]), name: "changelog".to_owned() };
    let built = pipeline::build(world, Warned::new(project, Diagnostics::new()), &request, &|_| {});
    let Some(report) = built.report else {
        let status = built.status();
        let format = super::MessageFormat::Human;
        let messages = Messages { format, sources: &built.project.sources, status, prefix: String::new() };
        messages.write(&built.diagnostics);
        return Ok(messages.exit(&built.diagnostics));
    };
    for file in report.files {
        terminal::result(&String::from_utf8_lossy(&file.bytes));
    }
    Ok(Exit::Done)
}

/// A draft that the program wrote.
fn draft(project: &mut Project, name: &str, text: String) -> Draft {
    let file = project.sources.add(format!("rapporteur:{name}"), text);
    Draft { path: ProjectPath::root().child(name), file }
}
