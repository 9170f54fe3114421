//! Which two versions people mean.

use std::collections::HashMap;
use std::fmt;
use std::path::Path;

use gix::revision::walk::Sorting;
use gix::traverse::commit::simple::CommitTimeOrder;
use gix::{ObjectId, Repository};

use super::{MOST_COMMITS, State, Version, commit_time, open};

/// A commit, and how people call it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    /// Its name as an object, in hexadecimal digits.
    pub id: String,
    /// As it was asked for, or the tag that was found.
    pub name: String,
    /// When it was committed, in Unix time.
    pub time: i64,
}

/// What is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Range {
    /// The baseline.
    pub base: Revision,
    /// The revision; the files as they lie in the work tree where it is `None`.
    pub head: Option<Revision>,
}

/// Why it is not known what to compare.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RangeError {
    /// There is no repository around the project.
    NoRepository,
    /// It has no commit.
    Unborn,
    /// It cannot be opened, for this reason.
    Refused(String),
    /// Nothing is called so.
    Unknown(String),
    /// Nothing was released before this.
    NoRelease(String),
    /// The clone is shallow and ends before what was asked for.
    Shallow {
        /// What was asked for.
        name: String,
        /// The command that gets it.
        fetch: String,
    },
}

impl fmt::Display for RangeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoRepository => f.write_str("there is no git repository around the project"),
            Self::Unborn => f.write_str("the repository has no commit"),
            Self::Refused(why) => write!(f, "the repository cannot be read: {why}"),
            Self::Unknown(name) => write!(f, "`{name}` is no tag, branch or commit of the repository"),
            Self::NoRelease(name) => write!(f, "no release is tagged before {name}"),
            Self::Shallow { name, .. } => write!(f, "the clone is shallow and does not reach back to {name}"),
        }
    }
}

impl std::error::Error for RangeError {}

impl RangeError {
    /// What to do about it.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::NoRepository | Self::Unborn => {
                Some("two folders or files can be compared without one: `rapporteur diff OLD NEW`".to_owned())
            }
            Self::Unknown(_) => Some("`git tag` lists the releases, `git log --oneline` the commits".to_owned()),
            Self::NoRelease(_) => Some("name the baseline: `BASE..HEAD`".to_owned()),
            Self::Shallow { fetch, .. } => Some(format!("get it with `{fetch}`")),
            Self::Refused(_) => None,
        }
    }
}

/// What a specification means: `BASE`, `BASE..HEAD` (`BASE..` ends with the commit that is checked out), `BASE...HEAD` (from where the two
/// parted), or nothing: from the last release, else the last commit, to the work tree (gitrevisions(7)).
/// # Errors
/// If there is no such history.
pub fn range(root: &Path, spec: Option<&str>) -> Result<Range, RangeError> {
    let repository = opened(root)?;
    let spec = spec.unwrap_or_default();
    let three = spec.split_once("...");
    let Some((base, head)) = three.or_else(|| spec.split_once("..")) else {
        let base = match spec {
            "" => last(&repository)?,
            name => revision(&repository, name)?,
        };
        return Ok(Range { base, head: None });
    };
    let head = revision(&repository, if head.is_empty() { "HEAD" } else { head })?;
    let base = match base {
        "" => released_before(&repository, &head)?,
        name => revision(&repository, name)?,
    };
    let base = if three.is_some() { parted(&repository, base, &head)? } else { base };
    Ok(Range { base, head: Some(head) })
}

/// One commit by any name that git knows.
/// # Errors
/// If there is no such commit.
pub fn one(root: &Path, name: &str) -> Result<Revision, RangeError> {
    revision(&opened(root)?, name)
}

/// The releases that a revision came after, it included, the newest first: tags whose names are versions, `v` optional.
/// # Errors
/// If there is no such history.
pub fn releases(root: &Path, head: &str) -> Result<Vec<Revision>, RangeError> {
    let repository = opened(root)?;
    let head = revision(&repository, head)?;
    tagged(&repository, &head, usize::MAX)
}

/// Who git says is at work here (`user.name`, `GIT_AUTHOR_NAME`), if it does.
pub fn person(root: &Path) -> Option<String> {
    let repository = open(root).ok()?;
    let author = repository.author()?.ok()?;
    let name = author.name.to_string();
    Some(name.trim().to_owned()).filter(|name| !name.is_empty())
}

pub(super) fn opened(root: &Path) -> Result<Repository, RangeError> {
    let mut repository = open(root).map_err(|state| match state {
        State::Refused(why) => RangeError::Refused(why),
        State::Absent | State::Unborn | State::Shallow | State::Whole => RangeError::NoRepository,
    })?;
    repository.object_cache_size_if_unset(OBJECT_CACHE);
    repository.head_id().map_err(|_| RangeError::Unborn)?;
    Ok(repository)
}

/// Bytes of commits and trees that a walk keeps at hand.
const OBJECT_CACHE: usize = 4 << 20;

/// A commit by any name that git knows.
pub(super) fn revision(repository: &Repository, name: &str) -> Result<Revision, RangeError> {
    let commit = || -> Option<ObjectId> {
        let object = repository.rev_parse_single(name.as_bytes()).ok()?.object().ok()?;
        Some(object.peel_to_commit().ok()?.id)
    };
    let id = commit().ok_or_else(|| missing(repository, name))?;
    named(repository, id, name)
}

pub(super) fn named(repository: &Repository, id: ObjectId, name: &str) -> Result<Revision, RangeError> {
    let time = commit_time(repository, id).map_err(RangeError::Refused)?;
    Ok(Revision { id: id.to_string(), name: name.to_owned(), time })
}

/// Why a name leads nowhere.
fn missing(repository: &Repository, name: &str) -> RangeError {
    if !repository.is_shallow().unwrap_or_default() {
        return RangeError::Unknown(name.to_owned());
    }
    let fetch = match generations(name) {
        Some(back) => format!("git fetch --depth={}", back.saturating_add(1)),
        None => format!("git fetch --depth=1 origin {name}"),
    };
    RangeError::Shallow { name: name.to_owned(), fetch }
}

/// How many commits before a name another lies: `HEAD~3` and `HEAD^^^` are three.
fn generations(name: &str) -> Option<u32> {
    let mut back = 0_u32;
    let mut rest = &name[name.find(['~', '^'])?..];
    while let Some(sign) = rest.chars().next() {
        rest = &rest[1..];
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let number = rest[..digits].parse().ok();
        rest = &rest[digits..];
        back = back.saturating_add(match sign {
            '~' => number.unwrap_or(1),
            '^' => 1,
            _ => return None,
        });
    }
    Some(back)
}

/// The last release, else the last commit.
fn last(repository: &Repository) -> Result<Revision, RangeError> {
    let head = revision(repository, "HEAD")?;
    match tagged(repository, &head, 1)?.pop() {
        Some(release) => Ok(release),
        None if repository.is_shallow().unwrap_or_default() => Err(no_release_here(&head)),
        None => Ok(head),
    }
}

/// The last release before a revision, which may be one itself.
fn released_before(repository: &Repository, head: &Revision) -> Result<Revision, RangeError> {
    let found = tagged(repository, head, 2)?.into_iter().find(|release| release.id != head.id);
    found.ok_or_else(|| {
        let cut = repository.is_shallow().unwrap_or_default();
        if cut { no_release_here(head) } else { RangeError::NoRelease(head.name.clone()) }
    })
}

fn no_release_here(head: &Revision) -> RangeError {
    let name = format!("a release before {}", head.name);
    RangeError::Shallow { name, fetch: "git fetch --unshallow --tags".to_owned() }
}

/// The first commits with a release's tag, from one back in time; of several tags on one, the greatest version.
fn tagged(repository: &Repository, head: &Revision, most: usize) -> Result<Vec<Revision>, RangeError> {
    let greatest = |tags: &[(Version, String)]| tags.last().map(|(_, name)| name.clone());
    tagged_as(repository, head, most, &greatest)
}

/// What a commit is called by the tags of releases on it, the greatest version last; `None` if it is not meant.
pub(super) type NameOf<'n> = &'n dyn Fn(&[(Version, String)]) -> Option<String>;

/// The first commits of which `name` says what they are called, from one back in time.
pub(super) fn tagged_as(
    repository: &Repository,
    head: &Revision,
    most: usize,
    name: NameOf<'_>,
) -> Result<Vec<Revision>, RangeError> {
    let refused = |error: String| RangeError::Refused(error);
    let tags = tags(repository).map_err(refused)?;
    let head = ObjectId::from_hex(head.id.as_bytes()).expect("it came from an object's name");
    let walk = repository.rev_walk([head]).sorting(Sorting::ByCommitTime(CommitTimeOrder::NewestFirst));
    let walk = walk.all().map_err(|error| refused(error.to_string()))?;
    let mut found = Vec::new();
    // A history that was cut off ends where a parent is not there.
    for info in walk.take(MOST_COMMITS).map_while(Result::ok) {
        if let Some(name) = tags.get(&info.id).and_then(|tags| name(tags)) {
            found.push(named(repository, info.id, &name)?);
        }
        if found.len() >= most {
            break;
        }
    }
    Ok(found)
}

/// By commit: the tags of releases on it, the greatest version last.
fn tags(repository: &Repository) -> Result<HashMap<ObjectId, Vec<(Version, String)>>, String> {
    let references = repository.references().map_err(|error| error.to_string())?;
    let mut tags: HashMap<ObjectId, Vec<(Version, String)>> = HashMap::new();
    for mut tag in references.tags().map_err(|error| error.to_string())?.filter_map(Result::ok) {
        let name = tag.name().shorten().to_string();
        let (Some(version), Ok(commit)) = (Version::parse(&name), tag.peel_to_commit()) else { continue };
        tags.entry(commit.id).or_default().push((version, name));
    }
    tags.values_mut().for_each(|tags| tags.sort());
    Ok(tags)
}

/// Where two revisions parted.
fn parted(repository: &Repository, base: Revision, head: &Revision) -> Result<Revision, RangeError> {
    let id = |of: &Revision| ObjectId::from_hex(of.id.as_bytes()).expect("it came from an object's name");
    let found = repository.merge_base(id(&base), id(head)).ok().flatten();
    match found {
        Some(found) => named(repository, found.detach(), &base.name),
        None => Err(RangeError::Unknown(format!("{}...{}", base.name, head.name))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_depth_is_read_from_the_name() {
        for (name, back) in [("HEAD~3", Some(3)), ("HEAD^^", Some(2)), ("main~2^", Some(3)), ("v1.0", None)] {
            assert_eq!(generations(name), back, "{name}");
        }
        assert_eq!(generations("v1.0^{commit}"), None);
    }
}
