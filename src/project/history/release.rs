//! Where a new release stands among those before it, and the tag that names it.
//!
//! In: a folder, a [`Version`]. Out: [`Standing`]. Writes nothing but a tag that it is asked for, and sends nothing anywhere.

use std::path::Path;

use gix::objs::Kind;
use gix::refs::transaction::PreviousValue;
use gix::{ObjectId, Repository};

use super::revision::{opened, revision, tagged_as};
use super::{RangeError, Revision, Version, commit_time, folder_of, open};

/// A version among the releases of a repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The commit that is checked out.
    pub head: Revision,
    /// The releases that it comes after, the newest first: by commit, the tag of the greatest version that is less.
    pub earlier: Vec<Revision>,
    /// A release that it comes after though its version is greater.
    pub later: Option<String>,
    /// Where its own tag stands.
    pub tag: TagPlace,
}

/// Where the tag of a version stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TagPlace {
    /// Nowhere.
    Nowhere,
    /// On the commit that is checked out.
    Here,
    /// On another commit.
    Elsewhere {
        /// The tag.
        tag: String,
        /// The commit's name.
        commit: String,
    },
}

/// Where a version would stand if what is checked out were released under it.
/// # Errors
/// If there is no such history, or not all of it.
pub fn standing(root: &Path, version: &Version) -> Result<Standing, RangeError> {
    let repository = opened(root)?;
    let head = revision(&repository, "HEAD")?;
    if repository.is_shallow().unwrap_or_default() {
        let name = "the releases before this one".to_owned();
        return Err(RangeError::Shallow { name, fetch: "git fetch --unshallow --tags".to_owned() });
    }
    let less = |tags: &[(Version, String)]| {
        let less = tags.iter().rev().find(|(other, _)| other < version);
        less.map(|(_, name)| name.clone())
    };
    let more = |tags: &[(Version, String)]| {
        let more = tags.iter().rev().find(|(other, _)| other > version);
        more.map(|(_, name)| name.clone())
    };
    let earlier = tagged_as(&repository, &head, usize::MAX, &less)?;
    let later = tagged_as(&repository, &head, 1, &more)?.pop().map(|later| later.name);
    let tag = place(&repository, version, &head).map_err(RangeError::Refused)?;
    Ok(Standing { head, earlier, later, tag })
}

fn place(repository: &Repository, version: &Version, head: &Revision) -> Result<TagPlace, String> {
    let references = repository.references().map_err(|error| error.to_string())?;
    let mut place = TagPlace::Nowhere;
    let here = ObjectId::from_hex(head.id.as_bytes()).expect("it came from an object's name");
    for mut tag in references.tags().map_err(|error| error.to_string())?.filter_map(Result::ok) {
        let name = tag.name().shorten().to_string();
        if Version::parse(&name).as_ref() != Some(version) {
            continue;
        }
        match tag.peel_to_id() {
            Ok(commit) if commit.detach() == here => place = TagPlace::Here,
            Ok(commit) => return Ok(TagPlace::Elsewhere { tag: name, commit: commit.to_string() }),
            Err(_) => return Ok(TagPlace::Elsewhere { tag: name, commit: "nothing that can be read".to_owned() }),
        }
    }
    Ok(place)
}

/// A commit by its full name.
/// # Errors
/// If the repository has no such commit.
pub fn commit(root: &Path, id: &str, name: &str) -> Result<Revision, RangeError> {
    let repository = opened(root)?;
    let there = ObjectId::from_hex(id.as_bytes()).ok().filter(|id| repository.find_commit(*id).is_ok());
    let missing = || match repository.is_shallow().unwrap_or_default() {
        true => RangeError::Shallow { name: name.to_owned(), fetch: "git fetch --unshallow --tags".to_owned() },
        false => RangeError::Unknown(id.to_owned()),
    };
    let there = there.ok_or_else(missing)?;
    let time = commit_time(&repository, there).map_err(RangeError::Refused)?;
    Ok(Revision { id: id.to_owned(), name: name.to_owned(), time })
}

/// Where a folder lies in the repository's work tree, with `/`; `None` without one.
pub fn place_in_repository(root: &Path) -> Option<String> {
    let repository = open(root).ok()?;
    let folder = folder_of(&repository, root).ok()??;
    Some(folder.to_string_lossy().replace('\\', "/"))
}

/// The top of the work tree around a folder.
pub fn top(folder: &Path) -> Option<std::path::PathBuf> {
    open(folder).ok()?.workdir().map(Path::to_owned)
}

/// Whether git knows who would write a tag.
/// # Errors
/// That it does not.
pub fn can_tag(root: &Path) -> Result<(), String> {
    let repository = open(root).map_err(|state| format!("the repository cannot be read ({state:?})"))?;
    let unknown = || NOBODY.to_owned();
    repository.committer().ok_or_else(unknown)?.map(|_| ()).map_err(|_| unknown())
}

const NOBODY: &str = "git does not know who you are; `git config user.name` and `git config user.email` say it";

/// Names a commit by an annotated tag (git-tag(1)), as git's user.
/// # Errors
/// Says why it cannot be written: it is there already, or git does not know who is at work.
pub fn tag(root: &Path, commit: &Revision, name: &str, message: &str) -> Result<(), String> {
    let repository = open(root).map_err(|state| format!("the repository cannot be read ({state:?})"))?;
    let tagger = repository.committer().ok_or_else(|| NOBODY.to_owned())?.map_err(|error| error.to_string())?;
    let target = ObjectId::from_hex(commit.id.as_bytes()).map_err(|error| error.to_string())?;
    let written = repository.tag(name, target, Kind::Commit, Some(tagger), message, PreviousValue::MustNotExist);
    written.map(|_| ()).map_err(|error| error.to_string())
}
