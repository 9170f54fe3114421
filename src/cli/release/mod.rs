//! `rapporteur release`: a version of the report as a folder of its own, made from the commit that is checked out.

mod gate;
mod make;

pub(super) use make::{Order, make, program};

use std::path::Path;

use super::build::publish_failed;
use super::exit::Exit;
use super::message::Messages;
use super::progress::Progress;
use super::project::Target;
use super::terminal::{failure, message, printable};
use super::versions::Place;
use super::{MessageFormat, ReleaseArguments, stat, summary, terminal};
use crate::diag::Severity;
use crate::output::{self, EarlierRecord, Manifest, OutputFile, Placed, ReleaseRecord};
use crate::pipeline;
use crate::project::history::{self, Standing, TagPlace, Version};
use crate::project::{self, Author, Entry, Project, Revision};
use crate::release::{self, Bound, Edition};

pub(super) fn run(arguments: &ReleaseArguments) -> Exit {
    release(arguments).unwrap_or_else(|exit| exit)
}

fn release(arguments: &ReleaseArguments) -> Result<Exit, Exit> {
    let version = gate::version(&arguments.version)?;
    let label = gate::label(arguments.draft.as_deref())?;
    let target = Target::at(arguments.path.as_deref(), arguments.output.as_deref())?;
    let standing = gate::standing(&target, &version, arguments.tag)?;
    let place = place(&target)?;
    let (world, entry) = place.commit(&standing.head)?;
    gate::clean(&target, &world)?;
    let translations = gate::translations(&world, &entry, &arguments.languages)?;
    gate::complete(&target, &world, &standing.head, &translations)?;
    let loaded = project::load(&world, &entry);
    let folder = target.output(&loaded.value)?;
    let named = pipeline::names_its_files(&loaded.value);
    let earlier: Vec<Revision> = standing.earlier.iter().skip_while(|earlier| !place.holds(earlier)).cloned().collect();
    let made = record(arguments, (&version, label), (&target, &place), (&standing, &earlier), &loaded.value);
    let record = ReleaseRecord { translations, ..made };

    let format = arguments.messages.message_format;
    let progress = Progress::new(format);
    let order = Order { place: &place, head: &standing.head, earlier: &earlier, record: &record, date: None };
    let editions = make(&order, &|stage| progress.show(stage));
    drop(progress);
    let editions = editions?;
    let changes = editions.first().and_then(|edition| edition.changes);
    let bound = tell(editions, format, &target)?;
    let files = release::bind(bound, record.clone(), &program()?);
    publish(&files, (&folder, &target.here), &record, format)?;
    if format == MessageFormat::Human {
        match (earlier.first(), changes) {
            (Some(earlier), Some(total)) => {
                message(&stat::counted(total.changes, &earlier.name));
            }
            (_, _) => message("it is the first release: there is no redline"),
        }
    }
    if format == MessageFormat::Human && record.draft.is_none() && place.folder.is_empty() && !named {
        message("the files are named after this folder: `name` under `[output]` names them alike in every clone");
    }
    if arguments.tag { tag(&target, &standing, &record, &title(&files)) } else { Ok(Exit::Done) }
}

fn place(target: &Target) -> Result<Place, Exit> {
    let root = target.location.root.clone();
    let Some(folder) = history::place_in_repository(&root) else {
        failure("the project lies outside the repository's work tree");
        return Err(Exit::Usage);
    };
    Ok(Place { root, folder, entry: target.location.entry.clone() })
}

/// From what the release is made.
fn record(
    arguments: &ReleaseArguments,
    (version, label): (&Version, Option<String>),
    (target, place): (&Target, &Place),
    (standing, earlier): (&Standing, &[Revision]),
    project: &Project,
) -> ReleaseRecord {
    let config = &project.config;
    let named = arguments.author.clone().map(|name| name.trim().to_owned()).filter(|name| !name.is_empty());
    // Not git's user: who makes a release is no part of it.
    let author = named.or_else(|| config.report.authors.first().map(Author::name).map(str::to_owned));
    let author = author.or_else(|| config.report.publisher.clone());
    let draft = match &target.location.entry {
        Entry::File(path) => Some(path.to_string()),
        Entry::Configuration | Entry::Translation(_) | Entry::Drafts | Entry::Folder => None,
    };
    ReleaseRecord {
        version: version.to_string(),
        watermark: label.is_some() && (arguments.watermark || config.report.watermark),
        label,
        commit: standing.head.id.clone(),
        project: place.folder.clone(),
        draft,
        name: target.name(),
        author: author.unwrap_or_else(|| env!("CARGO_PKG_NAME").to_owned()),
        attach_sources: arguments.attach_sources || config.output.attach_sources,
        earlier: earlier.iter().map(|one| EarlierRecord { tag: one.name.clone(), commit: one.id.clone() }).collect(),
        translations: Vec::new(),
    }
}

/// Says what was found in each edition; the editions' files, if nothing stands against them.
/// # Errors
/// How the command ends where something does.
fn tell(editions: Vec<Edition>, format: MessageFormat, target: &Target) -> Result<Vec<Bound>, Exit> {
    let mut end: Option<Exit> = None;
    let (mut errors, mut warnings, mut bound) = (0, 0, Vec::new());
    for edition in editions {
        let status = edition.project.config.report.status;
        for (sources, found) in &edition.found {
            let messages = Messages { format, sources, status, prefix: target.prefix() };
            messages.write(found);
            errors += messages.count(found, Severity::Error);
            warnings += messages.count(found, Severity::Warning);
            end = end.max(Some(messages.exit(found)));
        }
        bound.push(edition.bound);
    }
    let all: Option<Vec<Bound>> = bound.into_iter().collect();
    if format == MessageFormat::Human {
        let counts = summary::counts(errors, warnings).unwrap_or_default();
        match &all {
            None => message(&format!("nothing was released: {counts}")),
            Some(_) if warnings > 0 => message(&counts),
            Some(_) => {}
        }
    }
    all.ok_or_else(|| end.unwrap_or(Exit::Drafts))
}

/// Puts the release in its place, and says so.
fn publish(
    files: &[OutputFile],
    (folder, here): (&Path, &Path),
    record: &ReleaseRecord,
    format: MessageFormat,
) -> Result<(), Exit> {
    let name = record.version.as_str();
    let place = folder.join(name);
    let shown = printable(&place.strip_prefix(here).unwrap_or(&place).to_string_lossy());
    match output::publish_folder(folder, name, files).map_err(|error| publish_failed(&error))? {
        Placed::New => {}
        Placed::Same => message(&format!("{shown} is there already, with the same files")),
        Placed::Other(differing) => {
            let names = gate::listed(&differing);
            failure(&format!("{shown} is there already, and differs from this release in {names}"));
            if let Some(why) = otherwise(&place, record) {
                message(&format!("it was asked for otherwise: {why}"));
            }
            message("a release never changes: give this one another version, or move that folder away");
            return Err(Exit::Usage);
        }
    }
    match (format, manifest(files)) {
        (MessageFormat::Json, Some(manifest)) => terminal::result(&terminal::json(&manifest)),
        (MessageFormat::Human | MessageFormat::Github, Some(manifest)) => {
            let place = place.strip_prefix(here).unwrap_or(&place);
            let own =
                [output::MANIFEST_FILE, output::SUMS_FILE].map(|name| printable(&place.join(name).to_string_lossy()));
            terminal::result(&format!("{}\n{}", summary::files(&manifest, place), own.join("\n")));
        }
        (_, None) => {}
    }
    Ok(())
}

/// In what the release that is there was asked for otherwise, by its manifest.
fn otherwise(place: &Path, record: &ReleaseRecord) -> Option<String> {
    let bytes = std::fs::read(place.join(output::MANIFEST_FILE)).ok()?;
    let there = serde_json::from_slice::<Manifest>(&bytes).ok()?.release?;
    let none = |text: String| if text.is_empty() { "none".to_owned() } else { text };
    let list = |names: &[String]| none(gate::listed(names));
    let switch = |on: bool| if on { "yes" } else { "no" }.to_owned();
    let told = [
        ("translations", list(&there.translations), list(&record.translations)),
        ("sources attached", switch(there.attach_sources), switch(record.attach_sources)),
        ("draft's label", none(there.label.unwrap_or_default()), none(record.label.clone().unwrap_or_default())),
        ("watermark", switch(there.watermark), switch(record.watermark)),
        ("author", there.author, record.author.clone()),
        ("commit", there.commit.chars().take(7).collect(), record.commit.chars().take(7).collect()),
    ];
    let told: Vec<String> = told
        .iter()
        .filter(|(_, there, here)| there != here)
        .map(|(what, there, here)| format!("{what}: {} there, {} here", printable(there), printable(here)))
        .collect();
    if told.is_empty() { None } else { Some(told.join("; ")) }
}

fn manifest(files: &[OutputFile]) -> Option<Manifest> {
    let file = files.iter().find(|file| file.name == output::MANIFEST_FILE)?;
    serde_json::from_slice(&file.bytes).ok()
}

fn title(files: &[OutputFile]) -> String {
    manifest(files).map(|manifest| manifest.title).unwrap_or_default()
}

/// Names the commit by the version's tag.
fn tag(target: &Target, standing: &Standing, record: &ReleaseRecord, title: &str) -> Result<Exit, Exit> {
    let name = format!("v{}", record.version);
    if standing.tag == TagPlace::Here {
        message(&format!("{name} is there already"));
        return Ok(Exit::Done);
    }
    let label = record.label.as_ref().map(|label| format!(" ({label})")).unwrap_or_default();
    let text = format!("{title}, {}{label}\n", record.version);
    history::tag(&target.location.root, &standing.head, &name, &text).map_err(|why| {
        failure(&format!("{name} cannot be written: {why}"));
        message("the release itself is made; the same command again only tags it");
        Exit::Environment
    })?;
    message(&format!("tagged as {name}; `git push origin {name}` sends it"));
    Ok(Exit::Done)
}
