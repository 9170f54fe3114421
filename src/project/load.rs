use std::sync::Arc;

use super::encoding::{self, Decoded};
use super::{
    CONFIG_FILE, Config, Draft, DraftsConfig, Entry, LimitsConfig, Places, Project, ProjectPath, ReadError, World, mib,
};
use super::{Edition, Translation, citations, drafts, parse, translation};
use crate::diag::{Code, Diagnostic, Diagnostics, Place, Warned};
use crate::source::{FileId, Sources, Span};

/// A configuration is no larger than this.
pub(super) const LARGEST_CONFIG: u64 = 256 * 1024;

/// Reads the configuration and every draft. What is at fault is reported and left at its default,
/// so that later stages can say what else is wrong; with an error, nothing of it is to be published.
pub fn load(world: &dyn World, entry: &Entry) -> Warned<Project> {
    load_again(world, entry, &Sources::default())
}

/// The same; drafts that are as they were `before` are shared with it.
pub fn load_again(world: &dyn World, entry: &Entry, before: &Sources) -> Warned<Project> {
    load_into(world, entry, Sources::default(), before)
}

/// The same, its files behind those of another version of it; drafts that are alike are shared.
pub fn load_behind(world: &dyn World, entry: &Entry, sources: Sources) -> Warned<Project> {
    let others = sources.clone();
    load_into(world, entry, sources, &others)
}

fn load_into(world: &dyn World, entry: &Entry, mut sources: Sources, before: &Sources) -> Warned<Project> {
    let mut diagnostics = Diagnostics::new();
    let (config, places) = configuration(world, entry, &mut sources, &mut diagnostics);
    let (config, places, translation) = match entry {
        Entry::Translation(language) => translated((config, places), language, &mut diagnostics),
        Entry::Configuration | Entry::Drafts | Entry::Folder | Entry::File(_) => (config, places, None),
    };
    let paths = match entry {
        Entry::File(path) => vec![path.clone()],
        Entry::Configuration | Entry::Translation(_) | Entry::Drafts | Entry::Folder => {
            drafts::select(world, &config, translation.as_ref(), &places, &mut diagnostics)
        }
    };
    let said_why = diagnostics.iter().any(|found| matches!(found.code, Code::MissingFile | Code::Unreadable));
    if paths.is_empty() && !said_why {
        diagnostics.push(no_drafts(&config, translation.as_ref(), &places));
    }
    let drafts = read_drafts((world, before), paths, &config.limits, &mut sources, &mut diagnostics);
    let citations = citations::read(world, &config.citations, &places, &mut sources, &mut diagnostics);
    let entry = entry.clone();
    Warned::new(Project { entry, config, places, translation, drafts, citations, sources }, diagnostics)
}

/// The languages that the project is made in, as far as its configuration can be read: loading says what is wrong in it.
/// Each with what leads to it.
pub fn editions(world: &dyn World, entry: &Entry) -> Vec<(Edition, Entry)> {
    let has_configuration = match entry {
        Entry::Configuration | Entry::Translation(_) => true,
        Entry::Drafts | Entry::Folder | Entry::File(_) => false,
    };
    let (config, _) = configuration(world, entry, &mut Sources::default(), &mut Diagnostics::new());
    let editions = translation::editions(&config).into_iter();
    editions
        .map(|edition| {
            let entry = if has_configuration { translation::entry(&edition) } else { entry.clone() };
            (edition, entry)
        })
        .collect()
}

/// The configuration as a translation has it; the report's own, and a fault, where there is no such translation.
fn translated(
    (config, places): (Config, Places),
    language: &str,
    diagnostics: &mut Diagnostics,
) -> (Config, Places, Option<Translation>) {
    if let Some((config, places, translation)) = translation::translate(&config, &places, language) {
        return (config, places, Some(translation));
    }
    let message = format!("there is no translation `{language}`");
    let fault = Diagnostic::at(Code::InvalidConfig, places.place("translations"), message);
    let hint = format!("`[translations.{language}]` in rapporteur.toml makes one of the drafts in its `folder`");
    diagnostics.push(fault.hint(hint));
    (config, places, None)
}

fn configuration(
    world: &dyn World,
    entry: &Entry,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> (Config, Places) {
    let folder = match entry {
        Entry::Configuration | Entry::Translation(_) | Entry::Drafts => DraftsConfig::default().folder,
        Entry::Folder | Entry::File(_) => String::new(),
    };
    let drafts = DraftsConfig { folder, ..DraftsConfig::default() };
    let defaults = (Config { drafts, ..Config::default() }, Places::default());
    if matches!(entry, Entry::File(_)) {
        return defaults;
    }
    let path = ProjectPath::root().child(CONFIG_FILE);
    match read_text(world, &path, LARGEST_CONFIG, sources, diagnostics) {
        // Asked for in any case: whoever watches the project sees it when it comes.
        Err(ReadError::Missing) if matches!(entry, Entry::Drafts | Entry::Folder) => defaults,
        Err(error) => {
            diagnostics.push(unreadable(&path, &error, "256 KiB"));
            defaults
        }
        Ok(file) => {
            let (config, places, faults) = parse::parse(&sources[file], file);
            diagnostics.extend(faults);
            (config, places)
        }
    }
}

fn no_drafts(config: &Config, translation: Option<&Translation>, places: &Places) -> Diagnostic {
    let folder = &config.drafts.folder;
    let place = places.span("drafts.folder").map_or_else(|| Place::Path(folder.clone()), Place::Span);
    let what = if folder.is_empty() { "the folder".to_owned() } else { format!("`{folder}`") };
    let fault = Diagnostic::at(Code::NoDrafts, place, format!("{what} holds no draft (`*.md`)"));
    fault.hint(match translation {
        Some(_) => "put the translated drafts there, under the names of those that they translate",
        None => "`rapporteur new DIR` makes a project to start from",
    })
}

fn read_drafts(
    (world, before): (&dyn World, &Sources),
    paths: Vec<ProjectPath>,
    limits: &LimitsConfig,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Vec<Draft> {
    let (largest, mut left) = (mib(limits.draft_mib), mib(limits.drafts_mib));
    let mut drafts = Vec::new();
    for path in paths {
        match read_text_again((world, before), &path, largest.min(left), sources, diagnostics) {
            Ok(file) => {
                left = left.saturating_sub(sources[file].text().len() as u64);
                drafts.push(Draft { path, file });
            }
            Err(ReadError::TooLarge) if left < largest => {
                let most = limits.drafts_mib;
                let message = format!("{path} and the drafts before it are larger than {most} MiB in all");
                diagnostics.push(Diagnostic::at(Code::TooLarge, Place::Path(path.as_str().to_owned()), message));
                break;
            }
            Err(error) => diagnostics.push(unreadable(&path, &error, &format!("{} MiB", limits.draft_mib))),
        }
    }
    drafts
}

/// Why a file could not be read.
pub(super) fn unreadable(path: &ProjectPath, error: &ReadError, limit: &str) -> Diagnostic {
    let (code, message) = match error {
        ReadError::Missing if path.as_str().contains(char::REPLACEMENT_CHARACTER) => {
            (Code::Unreadable, format!("{path} has a name that is no Unicode text or holds a backslash; rename it"))
        }
        ReadError::Missing => (Code::MissingFile, format!("{path} does not exist")),
        ReadError::Outside => (
            Code::OutsideProject,
            format!("{path} is a link that leads out of the project, so the report leaves it out"),
        ),
        ReadError::TooLarge => (Code::TooLarge, format!("{path} is larger than {limit}")),
        ReadError::Other(why) => (Code::Unreadable, format!("{path} cannot be read: {why}")),
    };
    let fault = Diagnostic::at(code, Place::Path(path.as_str().to_owned()), message);
    let splits = code == Code::TooLarge && path.file_name() != CONFIG_FILE;
    if splits { fault.hint("split it into several drafts") } else { fault }
}

/// Reads a text file into `sources`. What is not UTF-8 becomes U+FFFD and is reported.
/// # Errors
/// If it cannot be read at all.
pub fn read_text(
    world: &dyn World,
    path: &ProjectPath,
    limit: u64,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Result<FileId, ReadError> {
    read_text_again((world, &Sources::default()), path, limit, sources, diagnostics)
}

/// The same; a file that is as it was `before` is shared with it.
fn read_text_again(
    (world, before): (&dyn World, &Sources),
    path: &ProjectPath,
    limit: u64,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Result<FileId, ReadError> {
    let bytes = world.read(path, limit)?;
    let known = before.find(path.as_str()).map(|file| before.file(file));
    if let Some(known) = known.filter(|known| encoding::is_text(&bytes, known.text())) {
        return Ok(sources.share(Arc::clone(known)));
    }
    let Decoded { text, invalid, looks } = encoding::decode(&bytes);
    let file = sources.add(path.as_str(), text);
    if let (Some(first), Some(looks)) = (invalid.first(), looks) {
        let others = match invalid.len() - 1 {
            0 => String::new(),
            1 => ", and another place".to_owned(),
            more => format!(", and {more} more places"),
        };
        let message = format!("this is not valid UTF-8{others}: the file looks like {}", looks.name);
        let fault = Diagnostic::new(Code::InvalidUtf8, Span::new(file, first.start, first.end), message);
        let convert = convert(path, looks.charset);
        diagnostics.push(fault.hint(format!("save it as UTF-8 in your editor, or convert it: {convert}")));
    }
    Ok(file)
}

/// The command that converts a file, for a shell at the project's root.
fn convert(path: &ProjectPath, charset: &str) -> String {
    let name = if path.as_str().starts_with('-') { format!("./{path}") } else { path.to_string() };
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | '-' | '_');
    let name = if name.chars().all(plain) { name } else { format!("'{}'", name.replace('\'', "'\\''")) };
    let extension = path.file_name().rsplit_once('.').map_or("txt", |(_, extension)| extension);
    let extension = if extension.chars().all(char::is_alphanumeric) { extension } else { "txt" };
    format!("`iconv -f {charset} -t UTF-8 {name} > new.{extension}`")
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
