//! `rapporteur verify`: whether a release is what it says, and whether it can be made again from its commit.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::json;

use super::exit::Exit;
use super::progress::Progress;
use super::release::{Order, make, program};
use super::terminal::{self, failure, message, printable};
use super::versions::Place;
use super::{MessageFormat, VerifyArguments};
use crate::output::{Manifest, OutputFile, ReleaseRecord};
use crate::project::history::{self, RangeError};
use crate::project::{Date, Entry, ProjectPath, Revision};
use crate::release::{self, Agreement, Bound, Fault, Tool};

pub(super) fn run(arguments: &VerifyArguments) -> Exit {
    verify(arguments).unwrap_or_else(|exit| exit)
}

/// How a rebuild ended.
enum Rebuilt {
    /// Each file beside what was made again.
    Compared(Vec<(String, Agreement)>),
    /// It cannot be compared, for this reason.
    Not(String),
}

fn verify(arguments: &VerifyArguments) -> Result<Exit, Exit> {
    let format = arguments.messages.message_format;
    let files = read(&arguments.folder)?;
    let manifest = match release::check(&files) {
        Ok(manifest) => manifest,
        Err(faults) => {
            told(&faults, format);
            return Ok(Exit::Drafts);
        }
    };
    let Some(record) = manifest.release.clone() else {
        failure("the manifest is that of a build, and not of a release");
        return Err(Exit::Usage);
    };
    if format == MessageFormat::Human {
        message(&format!("{} files are as their sums and the manifest say", files.len()));
    }
    let rebuilt = rebuild(arguments, &files, &manifest, &record)?;
    Ok(conclude(&rebuilt, arguments, (&manifest, &record)))
}

/// A release's files by name.
fn read(folder: &Path) -> Result<BTreeMap<String, Vec<u8>>, Exit> {
    let wrong = |path: &Path, error: &std::io::Error| {
        failure(&format!("{} cannot be read: {error}", path.display()));
        Exit::Environment
    };
    if !folder.is_dir() {
        failure(&format!("{} is no folder with a release", folder.display()));
        message("`rapporteur release VERSION` makes one, `output/VERSION` by default");
        return Err(Exit::Usage);
    }
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder).map_err(|error| wrong(folder, &error))? {
        let path = entry.map_err(|error| wrong(folder, &error))?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let is_file = path.symlink_metadata().is_ok_and(|metadata| metadata.is_file());
        let bytes = if is_file { fs::read(&path).map_err(|error| wrong(&path, &error))? } else { Vec::new() };
        files.insert(name, bytes);
    }
    Ok(files)
}

/// What is not as the sums or the manifest say: the results of this command.
fn told(faults: &[Fault], format: MessageFormat) {
    for fault in faults {
        let (what, name) = match fault {
            Fault::None(name) => ("missing", *name),
            Fault::Unreadable(name) => ("unreadable", *name),
            Fault::Missing(name) => ("missing", name.as_str()),
            Fault::Changed(name) => ("changed", name.as_str()),
            Fault::Extra(name) => ("extra", name.as_str()),
            Fault::Disagree(name) => ("disagrees", name.as_str()),
        };
        match format {
            MessageFormat::Json => terminal::result(&terminal::json(&json!({ "file": name, "result": what }))),
            MessageFormat::Human | MessageFormat::Github => {
                let says = match what {
                    "extra" => "no part of the release",
                    "disagrees" => "named by only one of manifest and sums, or with another digest",
                    other => other,
                };
                terminal::result(&format!("{}: {says}", printable(name)));
            }
        }
    }
    failure("the release is not what it was made as");
}

/// Makes the release again from its commit.
/// # Errors
/// Says on standard error why the commit cannot be had.
fn rebuild(
    arguments: &VerifyArguments,
    files: &BTreeMap<String, Vec<u8>>,
    manifest: &Manifest,
    record: &ReleaseRecord,
) -> Result<Rebuilt, Exit> {
    let version = env!("CARGO_PKG_VERSION");
    if manifest.tool.version != version {
        let why = format!("it was made by {} {}, and this is {version}", manifest.tool.name, manifest.tool.version);
        return Ok(Rebuilt::Not(why));
    }
    let Some(top) = repository(arguments)? else {
        return Ok(Rebuilt::Not("there is no repository here: `--repository DIR` names a clone".to_owned()));
    };
    let place = place(top, record)?;
    let head = commit(&place, &record.commit, &format!("the commit of {}", record.version))?;
    // Those behind the first are read only where the report tells of them.
    let earlier = record.earlier.iter().map(|earlier| commit(&place, &earlier.commit, &earlier.tag));
    let earlier = earlier.collect::<Result<Vec<Revision>, Exit>>()?;
    let date = manifest.date.as_deref().and_then(Date::parse);
    let progress = Progress::new(arguments.messages.message_format);
    let order = Order { place: &place, head: &head, earlier: &earlier, record, date };
    let editions = make(&order, &|stage| progress.show(stage))?;
    drop(progress);
    let Some(bound) = editions.into_iter().map(|edition| edition.bound).collect::<Option<Vec<Bound>>>() else {
        return Ok(Rebuilt::Not(
            "its drafts cannot be built here: `rapporteur build` at its commit says why".to_owned(),
        ));
    };
    let tool = Tool { sha256: manifest.tool.sha256.clone().unwrap_or_default() };
    let again = release::bind(bound, record.clone(), &tool);
    if let Some(why) = other_fonts(manifest, &again) {
        return Ok(Rebuilt::Not(why));
    }
    Ok(Rebuilt::Compared(release::agreement(files, &again)))
}

/// The top of the clone that is named, that lies around the release, or that one is in.
fn repository(arguments: &VerifyArguments) -> Result<Option<PathBuf>, Exit> {
    if let Some(named) = &arguments.repository {
        return history::top(named).map(Some).ok_or_else(|| {
            failure(&format!("{} lies in no git repository that can be read", named.display()));
            Exit::Usage
        });
    }
    let around = arguments.folder.canonicalize().ok().and_then(|folder| history::top(&folder));
    Ok(around.or_else(|| history::top(&std::env::current_dir().ok()?)))
}

fn place(top: PathBuf, record: &ReleaseRecord) -> Result<Place, Exit> {
    let wrong = |path: &str| {
        failure(&format!("the manifest names a place that leads out of the repository: {path}"));
        Exit::Usage
    };
    let sound = |path: &str| path.is_empty() || ProjectPath::new(path).is_ok();
    if !sound(&record.project) {
        return Err(wrong(&record.project));
    }
    let entry = match &record.draft {
        Some(draft) => Entry::File(ProjectPath::new(draft).map_err(|_| wrong(draft))?),
        None => Entry::Configuration,
    };
    Ok(Place { root: top, folder: record.project.clone(), entry })
}

/// A commit that a release was made from.
fn commit(place: &Place, id: &str, name: &str) -> Result<Revision, Exit> {
    history::commit(&place.root, id, name).map_err(|error| {
        let short: String = id.chars().take(12).collect();
        failure(&format!(
            "{} ({}) is not in the repository {}",
            printable(name),
            printable(&short),
            place.root.display()
        ));
        match &error {
            RangeError::Shallow { fetch, .. } => message(&format!("the clone is shallow; `{fetch}` gets it")),
            RangeError::NoRepository | RangeError::Unborn | RangeError::Refused(_) => message(&error.to_string()),
            RangeError::Unknown(_) | RangeError::NoRelease(_) => {
                message("`git fetch --tags` gets what has come since; `--repository DIR` names another clone");
            }
        }
        Exit::Environment
    })
}

/// The fonts that are others here than where the release was made.
fn other_fonts(manifest: &Manifest, again: &[OutputFile]) -> Option<String> {
    let file = again.iter().find(|file| file.name == crate::output::MANIFEST_FILE)?;
    let again: Manifest = serde_json::from_slice(&file.bytes).ok()?;
    let differing = release::fonts(manifest, &again);
    let names: Vec<String> = differing.iter().map(|face| format!("{} {}", face.family, face.weight)).collect();
    (!names.is_empty()).then(|| format!("fonts are others here than where it was made: {}", names.join(", ")))
}

/// Says what came of it.
fn conclude(rebuilt: &Rebuilt, arguments: &VerifyArguments, (manifest, record): (&Manifest, &ReleaseRecord)) -> Exit {
    let json = arguments.messages.message_format == MessageFormat::Json;
    match rebuilt {
        Rebuilt::Not(why) => {
            if json {
                terminal::result(&terminal::json(&json!({ "rebuilt": false, "why": why })));
            } else {
                terminal::result(&format!("not made again: {}", printable(why)));
            }
            if arguments.require_rebuild { Exit::Environment } else { Exit::Done }
        }
        Rebuilt::Compared(files) => {
            let mut agree = 0;
            for (name, agreement) in files {
                let (result, says) = match agreement {
                    Agreement::Same => ("same", "the same bytes".to_owned()),
                    Agreement::Differs(at) => ("differs", format!("differs, from byte {at} on")),
                    Agreement::OnlyThere => ("not-made-again", "was not made again".to_owned()),
                    Agreement::OnlyAgain => ("not-there", "was made again, and is not in the release".to_owned()),
                };
                agree += usize::from(*agreement == Agreement::Same);
                match json {
                    true => terminal::result(&terminal::json(&json!({ "file": name, "result": result }))),
                    false => terminal::result(&format!("{}: {says}", printable(name))),
                }
            }
            if agree == files.len() {
                let short: String = record.commit.chars().take(7).collect();
                message(&format!("{} made again from {short}: all {agree} files agree", printable(&record.version)));
                return Exit::Done;
            }
            failure(&format!("{} of {} files are not what their commit gives", files.len() - agree, files.len()));
            if program().is_ok_and(|program| Some(program.sha256) != manifest.tool.sha256) {
                message("the release was made by another program of the same version");
            }
            Exit::Drafts
        }
    }
}
