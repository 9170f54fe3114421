//! What has to hold before a release is made. Each refusal is one message, and says what to do.

use std::collections::BTreeSet;

use crate::cli::exit::Exit;
use crate::cli::project::Target;
use crate::cli::terminal::{failure, message, printable};
use crate::cli::versions;
use crate::pipeline::{self, Request};
use crate::project::history::{self, Standing, TagPlace, Version};
use crate::project::{self, CommitWorld, Date, Edition, Entry, Format, ProjectPath, Revision, World};

fn refuse<T>(why: &str, way_out: &str, exit: Exit) -> Result<T, Exit> {
    failure(why);
    message(way_out);
    Err(exit)
}

/// A version that can be a folder's name and a tag's.
pub(super) fn version(text: &str) -> Result<Version, Exit> {
    match Version::parse(text).filter(Version::is_plain) {
        Some(version) => Ok(version),
        None => {
            let joined = text.split_whitespace().collect::<Vec<_>>().join("-");
            let meant = Version::parse(&joined).filter(|meant| meant.is_plain() && joined != text);
            let meant = meant.map(|meant| format!("; did you mean `{meant}`?")).unwrap_or_default();
            let form = "a version is up to four numbers, such as `1.0` or `1.2.1`; a draft of it has a hyphen and letters or \
                        numbers behind them: `2.0-draft.1`";
            refuse(&format!("`{}` is no version", printable(text)), &format!("{form}{meant}"), Exit::Usage)
        }
    }
}

/// A draft's label, with words in it.
pub(super) fn label(given: Option<&str>) -> Result<Option<String>, Exit> {
    let label = given.map(|label| label.split_whitespace().collect::<Vec<_>>().join(" "));
    match label {
        Some(label) if label.is_empty() => refuse(
            "a draft's label says nothing",
            "such as `--draft \"Draft II\"`; without it a final is released",
            Exit::Usage,
        ),
        label => Ok(label),
    }
}

/// A repository with a commit, its whole history, a version later than those before, and a tag that is not in the way.
pub(super) fn standing(target: &Target, version: &Version, tag: bool) -> Result<Standing, Exit> {
    let root = &target.location.root;
    let standing = history::standing(root, version).map_err(|error| match &error {
        history::RangeError::NoRepository | history::RangeError::Unborn => {
            failure(&format!("a release is made from a commit: {error}"));
            message("`git init`, `git add -A` and `git commit` make one");
            Exit::Usage
        }
        history::RangeError::Refused(_)
        | history::RangeError::Unknown(_)
        | history::RangeError::NoRelease(_)
        | history::RangeError::Shallow { .. } => versions::refuse(&error, None),
    })?;
    if let Some(later) = &standing.later {
        let why = format!("{version} is not later than {}, which this commit comes after", printable(later));
        let way_out =
            "give it a later version; a draft of a version comes before it as `-draft.1`, `-draft.2` and so on";
        return refuse(&why, way_out, Exit::Usage);
    }
    if let TagPlace::Elsewhere { tag, commit } = &standing.tag {
        let short: String = commit.chars().take(7).collect();
        let why = format!("{} is the name of another commit ({short})", printable(tag));
        let way_out = format!(
            "check that commit out (`git switch --detach {}`), or give this one another version",
            printable(tag)
        );
        return refuse(&why, &way_out, Exit::Usage);
    }
    if let Err(why) = history::can_tag(root)
        && tag
    {
        return refuse("the release cannot be tagged", &why, Exit::Environment);
    }
    Ok(standing)
}

/// The translations that are asked for, as the commit's configuration names them.
pub(super) fn translations(commit: &CommitWorld, entry: &Entry, asked: &[String]) -> Result<Vec<String>, Exit> {
    let editions = project::editions(commit, entry).into_iter();
    let there = editions.filter(|(edition, _)| matches!(edition, Edition::Translation(_)));
    let there: Vec<String> = there.map(|(edition, _)| edition.language().to_owned()).collect();
    let all = asked.iter().any(|language| language == "all");
    let is = |one: &str, other: &str| one.eq_ignore_ascii_case(other);
    if let Some(unknown) = asked.iter().find(|asked| !all && !there.iter().any(|one| is(one, asked))) {
        let why = format!("the report has no translation `{}`", printable(unknown));
        let known = if there.is_empty() { "it has none".to_owned() } else { format!("it has {}", listed(&there)) };
        return refuse(&why, &format!("{known}; `[translations.…]` in rapporteur.toml adds another"), Exit::Usage);
    }
    Ok(there.into_iter().filter(|one| all || asked.iter().any(|asked| is(one, asked))).collect())
}

/// What lies in the work tree is what the commit holds.
pub(super) fn clean(target: &Target, commit: &CommitWorld) -> Result<(), Exit> {
    let changed: Vec<String> = commit.changed_in(&target.location.root).iter().map(ToString::to_string).collect();
    if changed.is_empty() {
        return Ok(());
    }
    let differs = if changed.len() == 1 { "differs" } else { "differ" };
    let why = format!("a release is made from the commit, and {} {differs} from it", listed(&changed));
    refuse(&why, "commit it (`git commit -a`), or take it back (`git restore .`)", Exit::Usage)
}

/// The report and its translations read nothing but what the commit holds.
pub(super) fn complete(
    target: &Target,
    commit: &CommitWorld,
    head: &Revision,
    translations: &[String],
) -> Result<(), Exit> {
    let translations = translations.iter().map(|language| Entry::Translation(language.clone()));
    let mut read = BTreeSet::new();
    for entry in std::iter::once(target.location.entry.clone()).chain(translations) {
        read.extend(read_by_report(target, &entry)?);
    }
    let unknown: Vec<String> =
        read.into_iter().filter(|path| ProjectPath::new(path).is_ok_and(|path| !commit.has(&path))).collect();
    if !unknown.is_empty() {
        let short: String = head.id.chars().take(7).collect();
        let why = format!("the report reads what the commit {short} does not hold: {}", listed(&unknown));
        return refuse(&why, "add it and commit (`git add`, `git commit`), or move it away", Exit::Usage);
    }
    Ok(())
}

/// Every file at hand that the report is made from.
fn read_by_report(target: &Target, entry: &Entry) -> Result<BTreeSet<String>, Exit> {
    let world = target.world()?;
    let loaded = project::load(&world, entry);
    let fonts = loaded.value.config.fonts.folders.clone();
    let request = Request { date: Date::from_unix(0), formats: Some(vec![Format::Html]), name: target.name() };
    let prepared = pipeline::prepare(&world, loaded, &request, &|_| {});
    let sources = &prepared.project.sources;
    let mut read: BTreeSet<String> = sources.ids().map(|id| sources[id].path().to_owned()).collect();
    read.retain(|path| !path.starts_with("rapporteur:"));
    read.extend(prepared.resolved.iter().flat_map(|(resolved, _, _)| &resolved.assets).map(|asset| asset.path.clone()));
    for folder in fonts.iter().filter_map(|folder| ProjectPath::new(folder).ok()) {
        read.extend(world.list(&folder).unwrap_or_default().iter().map(ToString::to_string));
    }
    Ok(read)
}

/// So many names are told.
const MOST_NAMES: usize = 5;

/// "a, b and 3 others".
pub(super) fn listed(names: &[String]) -> String {
    let shown: Vec<String> = names.iter().take(MOST_NAMES).map(|name| printable(name)).collect();
    let others = names.len().saturating_sub(MOST_NAMES);
    match others {
        0 => shown.join(", "),
        1 => format!("{} and another", shown.join(", ")),
        more => format!("{} and {more} others", shown.join(", ")),
    }
}
