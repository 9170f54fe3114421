//! Which two versions people mean.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::fmt;
use std::path::Path;

use gix::revision::walk::Sorting;
use gix::traverse::commit::simple::CommitTimeOrder;
use gix::{ObjectId, Repository};

use super::{MOST_COMMITS, State, commit_time, open};

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

fn opened(root: &Path) -> Result<Repository, RangeError> {
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
fn revision(repository: &Repository, name: &str) -> Result<Revision, RangeError> {
    let commit = || -> Option<ObjectId> {
        let object = repository.rev_parse_single(name.as_bytes()).ok()?.object().ok()?;
        Some(object.peel_to_commit().ok()?.id)
    };
    let id = commit().ok_or_else(|| missing(repository, name))?;
    named(repository, id, name)
}

fn named(repository: &Repository, id: ObjectId, name: &str) -> Result<Revision, RangeError> {
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

/// The first commits with a release's tag, from one back in time.
fn tagged(repository: &Repository, head: &Revision, most: usize) -> Result<Vec<Revision>, RangeError> {
    let refused = |error: String| RangeError::Refused(error);
    let tags = tags(repository).map_err(refused)?;
    let head = ObjectId::from_hex(head.id.as_bytes()).expect("it came from an object's name");
    let walk = repository.rev_walk([head]).sorting(Sorting::ByCommitTime(CommitTimeOrder::NewestFirst));
    let walk = walk.all().map_err(|error| refused(error.to_string()))?;
    let mut found = Vec::new();
    // A history that was cut off ends where a parent is not there.
    for info in walk.take(MOST_COMMITS).map_while(Result::ok) {
        if let Some((_, name)) = tags.get(&info.id) {
            found.push(named(repository, info.id, name)?);
        }
        if found.len() >= most {
            break;
        }
    }
    Ok(found)
}

/// By commit: its release's tag; of several, that of the greatest version.
fn tags(repository: &Repository) -> Result<HashMap<ObjectId, (Version, String)>, String> {
    let references = repository.references().map_err(|error| error.to_string())?;
    let mut tags: HashMap<ObjectId, (Version, String)> = HashMap::new();
    for mut tag in references.tags().map_err(|error| error.to_string())?.filter_map(Result::ok) {
        let name = tag.name().shorten().to_string();
        let (Some(version), Ok(commit)) = (Version::of(&name), tag.peel_to_commit()) else { continue };
        let release = (version, name);
        let best = tags.entry(commit.id).or_insert_with(|| release.clone());
        if *best < release {
            *best = release;
        }
    }
    Ok(tags)
}

/// A version, so that the greater is the later: `v` and what stands behind a hyphen optional (Semantic Versioning 2.0.0, clause 11, as far as
/// releases on one commit need to be told apart).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Version {
    numbers: Vec<u64>,
    /// What is no release yet comes before it.
    suffix: Reverse<Option<String>>,
}

impl Version {
    fn of(tag: &str) -> Option<Self> {
        let text = tag.strip_prefix(['v', 'V']).unwrap_or(tag);
        let end = text.find(['-', '+', '_']).unwrap_or(text.len());
        let (numbers, suffix) = text.split_at(end);
        let numbers: Option<Vec<u64>> = numbers.split('.').map(|number| number.parse().ok()).collect();
        let numbers = numbers.filter(|numbers| numbers.len() <= MOST_NUMBERS)?;
        Some(Self { numbers, suffix: Reverse(Some(suffix.to_owned()).filter(|suffix| !suffix.is_empty())) })
    }
}

/// Numbers in a version: what has more is something else.
const MOST_NUMBERS: usize = 4;

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
    fn versions_are_told_from_other_tags() {
        for tag in ["v1", "1.0", "v4.0.3", "V2.0.0-rc.1", "4.0.3_release", "2024.1"] {
            assert!(Version::of(tag).is_some(), "{tag}");
        }
        for tag in ["draft", "v", "release-1.0", "v1.x", "1.2.3.4.5", ""] {
            assert!(Version::of(tag).is_none(), "{tag}");
        }
        let version = |tag| Version::of(tag).expect("a version");
        assert!(version("v1.10") > version("v1.9"));
        assert!(version("v1.0.0") > version("v1.0.0-rc.1"));
    }

    #[test]
    fn the_depth_is_read_from_the_name() {
        for (name, back) in [("HEAD~3", Some(3)), ("HEAD^^", Some(2)), ("main~2^", Some(3)), ("v1.0", None)] {
            assert_eq!(generations(name), back, "{name}");
        }
        assert_eq!(generations("v1.0^{commit}"), None);
    }
}
