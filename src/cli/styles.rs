//! `rapporteur styles`: which styles a report can have; `rapporteur styles show`: what one comes to, token by token.

use super::exit::Exit;
use super::message::{Messages, prefix};
use super::terminal::{self, failure, printable};
use super::{MessageFormat, StylesArguments, StylesCommand};
use crate::diag::{Status, Warned};
use crate::pipeline::styles::{self, Available, Owner};
use crate::project::{self, Entry, Location, MemoryWorld, Project, Start, SystemWorld, World};
use crate::source::{Sources, Span};
use crate::style::{Origin, Token};

pub(super) fn run(arguments: &StylesArguments) -> Exit {
    let end = || {
        let (world, mut project, prefix) = open(arguments)?;
        let format = arguments.message_format;
        match &arguments.command {
            None => {
                let chosen = project.config.style.name.clone();
                let Warned { value: available, diagnostics } = styles::available(world.as_ref(), &mut project);
                let lines: Vec<String> =
                    available.iter().map(|style| listed(style, style.name == chosen, format)).collect();
                terminal::result(&lines.join("\n"));
                let messages = Messages { format, sources: &project.sources, status: Status::Draft, prefix };
                messages.write(&diagnostics);
                return Ok(messages.exit(&diagnostics));
            }
            Some(StylesCommand::Show { name }) => {
                let name = name.clone().unwrap_or_else(|| project.config.style.name.clone());
                let tokens = styles::tokens(world.as_ref(), &mut project, &name);
                let messages = Messages { format, sources: &project.sources, status: Status::Draft, prefix };
                let tokens = tokens.map_err(|faults| {
                    messages.write(&faults);
                    messages.exit(&faults)
                })?;
                terminal::result(&shown(&tokens, &project.sources, format));
            }
        }
        Ok(Exit::Done)
    };
    end().unwrap_or_else(|exit: Exit| exit)
}

/// The project, or an empty one where there is none and none was named.
fn open(arguments: &StylesArguments) -> Result<(Box<dyn World>, Project, String), Exit> {
    let here = std::env::current_dir().map_err(|error| {
        failure(&format!("the current folder cannot be read: {error}"));
        Exit::Environment
    })?;
    let start = arguments.project.as_deref().map_or(Start::Here(&here), Start::Named);
    let location = match (project::locate(start), &arguments.project) {
        (Ok(location), _) => location,
        (Err(error), Some(_)) => {
            failure(&error.to_string());
            return Err(Exit::Usage);
        }
        (Err(_), None) => {
            let none = MemoryWorld::default();
            let project = project::load(&none, &Entry::Folder).value;
            return Ok((Box::new(none), project, String::new()));
        }
    };
    let Location { root, entry } = location;
    let world = SystemWorld::open(&root).map_err(|error| {
        failure(&format!("{} cannot be read: {error}", root.display()));
        Exit::Environment
    })?;
    // What the drafts lack is no matter here.
    let project = project::load(&world, &entry).value;
    let prefix = prefix(&root, &here);
    Ok((Box::new(world), project, prefix))
}

/// A style in a line.
fn listed(style: &Available, chosen: bool, format: MessageFormat) -> String {
    let owner = match style.owner {
        Owner::Program => "program",
        Owner::Project => "project",
    };
    match format {
        MessageFormat::Json => terminal::json(&serde_json::json!({
            "name": style.name,
            "owner": owner,
            "base": style.base,
            "description": style.description,
            "chosen": chosen,
        })),
        MessageFormat::Human | MessageFormat::Github => {
            let mark = if chosen { "*" } else { " " };
            let base = style.base.as_ref().map(|base| format!(" (builds on {base})")).unwrap_or_default();
            let description = style.description.as_deref().unwrap_or("without a description");
            printable(&format!("{mark} {:<12} {owner:<8} {description}{base}", style.name))
        }
    }
}

fn shown(tokens: &[Token], sources: &Sources, format: MessageFormat) -> String {
    let line = |token: &Token| match format {
        MessageFormat::Json => json(token, sources),
        MessageFormat::Human | MessageFormat::Github => {
            let origin = match &token.origin {
                Origin::Typed(span) => place(*span, sources),
                Origin::Inherited(role, span) => format!("{} (of {role})", place(*span, sources)),
            };
            printable(&format!("{:<38} {:<34} {origin}", token.key, token.value))
        }
    };
    tokens.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn json(token: &Token, sources: &Sources) -> String {
    let (span, role) = match &token.origin {
        Origin::Typed(span) => (*span, None),
        Origin::Inherited(role, span) => (*span, Some(role)),
    };
    let file = &sources[span.file];
    let at = file.line_column(span.start);
    terminal::json(&serde_json::json!({
        "token": token.key,
        "value": token.value,
        "path": file.path(),
        "line": at.line,
        "column": at.column,
        "inherited_from": role,
    }))
}

fn place(span: Span, sources: &Sources) -> String {
    let file = &sources[span.file];
    format!("{}:{}", file.path(), file.line_column(span.start).line)
}
