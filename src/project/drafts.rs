//! Which files are drafts, and in what order.

use std::cell::OnceCell;

use globset::{GlobBuilder, GlobMatcher};

use super::{Config, DraftsConfig, Places, ProjectPath, ReadError, Translation, World, is_markdown};
use crate::diag::{Code, Diagnostic, Diagnostics, Place, nearest};

/// The drafts in reading order, each once: those of the report, or of a translation, whose configuration it is then. Names that lead nowhere and files that look like a sync
/// tool's copies are reported.
pub(super) fn select(
    world: &dyn World,
    whole: &Config,
    translation: Option<&Translation>,
    places: &Places,
    diagnostics: &mut Diagnostics,
) -> Vec<ProjectPath> {
    let config = &whole.drafts;
    let folder = ProjectPath::new(&config.folder).unwrap_or_else(|_| ProjectPath::root());
    let here = match world.list_here(&folder) {
        Ok(files) => files,
        Err(error) => {
            let beside = world.list_here(&ProjectPath::root()).unwrap_or_default();
            let beside = beside.iter().any(|path| is_draft_name(path.file_name()));
            let fault = unreadable_folder(config, translation, &error, places);
            diagnostics.push(if beside && translation.is_none() && error == ReadError::Missing {
                fault.hint("there are drafts beside rapporteur.toml: `folder = \".\"` under `[drafts]` takes them")
            } else {
                fault
            });
            return Vec::new();
        }
    };
    let here: Vec<ProjectPath> = here.into_iter().filter(|path| is_draft_name(path.file_name())).collect();
    if config.order.is_empty() {
        let drafts = without_copies(here, diagnostics);
        if let Some(translation) = translation {
            untranslated(world, translation, &drafts, places).into_iter().for_each(|found| diagnostics.push(found));
        }
        return drafts;
    }
    let theirs = of_others(whole, translation, &folder);
    let ordered = in_order(world, (config, &theirs), (&folder, &here), places, diagnostics);
    for path in without_copies(here, diagnostics) {
        if !ordered.contains(&path) && !path.file_name().starts_with('_') {
            let message = format!("{path} is not in the order of drafts, so the report leaves it out");
            let fault = Diagnostic::at(Code::UnlistedDraft, places.place("drafts.order"), message);
            diagnostics.push(fault.hint("add it to `order`, or let its name begin with `_` to leave it out for good"));
        }
    }
    ordered
}

/// Says which of the report's drafts a translation does not have, where it takes its own by name. One with as many as the report calls them otherwise.
fn untranslated(
    world: &dyn World,
    translation: &Translation,
    drafts: &[ProjectPath],
    places: &Places,
) -> Option<Diagnostic> {
    let mut report = world.list_here(&translation.original).unwrap_or_default();
    report.retain(|path| is_draft_name(path.file_name()) && !path.file_name().starts_with('_'));
    let whole = report.len();
    report.retain(|path| !drafts.iter().any(|draft| draft.file_name() == path.file_name()));
    if report.is_empty() || drafts.is_empty() || drafts.len() >= whole {
        return None;
    }
    let names = report.iter().map(|path| path.file_name()).collect::<Vec<_>>().join(", ");
    let message = format!("the translation `{}` leaves out drafts that the report has: {names}", translation.language);
    let hint = format!("put each into `{}`, translated, under the same name", translation.folder);
    Some(Diagnostic::at(Code::UnlistedDraft, places.place("drafts.folder"), message).hint(hint))
}

/// Folders of drafts in other languages beneath a folder of drafts: a glob does not reach into them.
fn of_others(config: &Config, translation: Option<&Translation>, folder: &ProjectPath) -> Vec<ProjectPath> {
    let original = translation.map(|translation| translation.original.clone());
    let others = config.translation_folders().map(|(_, folder)| folder).chain(original);
    others.filter(|other| other != folder && other.is_beneath(folder)).collect()
}

fn unreadable_folder(
    config: &DraftsConfig,
    translation: Option<&Translation>,
    error: &ReadError,
    places: &Places,
) -> Diagnostic {
    let folder = &config.folder;
    let section = translation.map_or("drafts".to_owned(), |of| format!("translations.{}", of.language));
    let place = places.span("drafts.folder").map_or_else(|| Place::Path(folder.clone()), Place::Span);
    match error {
        ReadError::Missing => Diagnostic::at(Code::MissingFile, place, format!("there is no folder `{folder}`"))
            .hint(format!("make it and put the drafts (`*.md`) there, or name another in `[{section}] folder`")),
        ReadError::Outside => Diagnostic::at(Code::Unreadable, place, format!("`{folder}` leads out of the project")),
        ReadError::TooLarge => Diagnostic::at(Code::Unreadable, place, format!("`{folder}` is too large")),
        ReadError::Other(why) => Diagnostic::at(Code::Unreadable, place, format!("`{folder}` cannot be read: {why}")),
    }
}

/// What the configured names and globs lead to.
fn in_order(
    world: &dyn World,
    (config, theirs): (&DraftsConfig, &[ProjectPath]),
    (folder, here): (&ProjectPath, &[ProjectPath]),
    places: &Places,
    diagnostics: &mut Diagnostics,
) -> Vec<ProjectPath> {
    let mut found: Vec<ProjectPath> = Vec::new();
    // Listed where something calls for it: most orders name files that lie side by side.
    let listed = OnceCell::new();
    let all = || listed.get_or_init(|| world.list(folder)).as_deref().unwrap_or_default();
    for (at, entry) in config.order.iter().enumerate() {
        let place = places.place(&format!("drafts.order.{at}"));
        let matched = match Pattern::new(entry, folder, here) {
            Ok(Pattern::File(path)) if here.contains(&path) || all().contains(&path) => vec![path],
            Ok(Pattern::Glob(glob)) => {
                let is_ours = |path: &&ProjectPath| !theirs.iter().any(|folder| path.is_beneath(folder));
                let drafts =
                    all().iter().filter(|path| is_draft_name(path.file_name()) && glob.is_match(path.as_str()));
                let drafts = drafts.filter(is_ours);
                without_copies(drafts.cloned().collect(), diagnostics)
            }
            Ok(Pattern::File(_)) => Vec::new(),
            Err(why) => {
                diagnostics.push(Diagnostic::at(Code::InvalidConfig, place, why));
                continue;
            }
        };
        if matched.is_empty() && !matches!(listed.get(), Some(Err(_))) {
            diagnostics.push(matches_nothing(entry, config, place, folder, all()));
        }
        found.extend(matched);
    }
    if let Some(Err(error)) = listed.get() {
        diagnostics.push(unreadable_folder(config, None, error, places));
    }
    each_once(found)
}

fn matches_nothing(
    entry: &str,
    config: &DraftsConfig,
    place: Place,
    folder: &ProjectPath,
    all: &[ProjectPath],
) -> Diagnostic {
    let fault = Diagnostic::at(Code::MissingFile, place, format!("`{entry}` matches no file{}", in_folder(config)));
    let names = all.iter().filter(|path| is_markdown(path.file_name())).map(|path| beneath(path, folder));
    match nearest(entry, names) {
        Some(near) => fault.hint(format!("did you mean `{near}`?")),
        None => fault,
    }
}

fn in_folder(config: &DraftsConfig) -> String {
    if config.folder.is_empty() { String::new() } else { format!(" in `{}`", config.folder) }
}

/// A path as `order` names it.
fn beneath<'a>(path: &'a ProjectPath, folder: &ProjectPath) -> &'a str {
    path.as_str().strip_prefix(folder.as_str()).unwrap_or(path.as_str()).trim_start_matches('/')
}

enum Pattern {
    File(ProjectPath),
    Glob(GlobMatcher),
}

impl Pattern {
    fn new(entry: &str, folder: &ProjectPath, here: &[ProjectPath]) -> Result<Self, String> {
        let path = ProjectPath::resolve(folder, entry).map_err(|_| format!("`{entry}` is no file of the project"))?;
        if !path.is_beneath(folder) || path == *folder {
            return Err(format!("`{entry}` is no file of the drafts' folder"));
        }
        // A file that is there goes before a glob: `draft[1].md` can be a name.
        if here.contains(&path) || !entry.contains(['*', '?', '[', '{']) {
            return Ok(Self::File(path));
        }
        let glob = GlobBuilder::new(path.as_str()).literal_separator(true).build();
        glob.map(|glob| Self::Glob(glob.compile_matcher()))
            .map_err(|error| format!("`{entry}` is no glob: {}", error.kind()))
    }
}

fn each_once(paths: Vec<ProjectPath>) -> Vec<ProjectPath> {
    let mut seen = std::collections::BTreeSet::new();
    paths.into_iter().filter(|path| seen.insert(path.clone())).collect()
}

/// Leaves out what a sync tool made of two people's changes, and says so.
fn without_copies(paths: Vec<ProjectPath>, diagnostics: &mut Diagnostics) -> Vec<ProjectPath> {
    let copies: Vec<(ProjectPath, String)> = paths
        .iter()
        .filter_map(|path| {
            let original = original_of(path.file_name())?;
            let folder = path.parent();
            let beside = paths.iter().any(|other| other.parent() == folder && other.file_name() == original.name);
            (beside || original.certain).then(|| (path.clone(), original.name))
        })
        .collect();
    for (copy, original) in &copies {
        let message = format!("{copy} looks like a sync tool's second copy of {original}, so the report leaves it out");
        let fault = Diagnostic::at(Code::ConflictCopy, Place::Path(copy.as_str().to_owned()), message);
        diagnostics.push(fault.hint(format!("take what you need from it over into {original}, then delete it")));
    }
    paths.into_iter().filter(|path| copies.iter().all(|(copy, _)| copy != path)).collect()
}

struct Original {
    name: String,
    /// Whether the name alone says so, without the original beside it.
    certain: bool,
}

/// The file of which a name is a copy, if it looks like one.
fn original_of(name: &str) -> Option<Original> {
    let (stem, extension) = name.rsplit_once('.')?;
    if let Some((before, _)) = stem.split_once(".sync-conflict-") {
        return Some(Original { name: format!("{before}.{extension}"), certain: true });
    }
    let lower = stem.to_ascii_lowercase();
    if let Some(at) = lower.rfind(" (").filter(|at| lower[*at..].contains("conflicted copy")) {
        return Some(Original { name: format!("{}.{extension}", &stem[..at]), certain: true });
    }
    if let Some(before) = stem.strip_suffix('~') {
        return Some(Original { name: format!("{before}.{extension}"), certain: false });
    }
    let (before, number) = stem.strip_suffix(')')?.rsplit_once(" (")?;
    let counted = !number.is_empty() && number.len() <= 3 && number.chars().all(|c| c.is_ascii_digit());
    counted.then(|| Original { name: format!("{before}.{extension}"), certain: false })
}

/// Markdown, and no file that an editor keeps for itself (`#x.md#`, `4913`, `.x.md.swp`, `x.md~`, `x.tmp`).
fn is_draft_name(name: &str) -> bool {
    is_markdown(name) && !name.starts_with(['.', '#', '~'])
}
