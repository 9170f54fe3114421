//! A release: a folder of files that appears at one stroke and never changes.
//!
//! In: a folder, a name, files. Out: [`Placed`]. What is there already is only compared. A run that was interrupted leaves a folder under a hidden
//! name, which the next one clears away. Never writes into a folder that has appeared.

use std::io;
use std::path::{Path, PathBuf};

use super::disk::{Disk, SystemDisk};
use super::journal::is_output;
use super::publish::PATIENCE;
use super::staging::Staging;
use super::{Lock, OutputFile, PublishError};

/// Folders that have not appeared yet begin so.
const STAGED: &str = ".rapporteur-release-";

/// What became of a release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Placed {
    /// It has appeared.
    New,
    /// It was there, with the same files, and is untouched.
    Same,
    /// Another one of its name was there, and is untouched: which files differ, are missing or stand there beside them.
    Other(Vec<String>),
}

/// Puts files into a new folder `name` within `parent`, which is made if need be.
/// # Errors
/// If another process writes there for longer than ten seconds, or the system refuses; then the folder is not there, or if only the last step failed it is there whole.
pub fn publish_folder(parent: &Path, name: &str, files: &[OutputFile]) -> Result<Placed, PublishError> {
    publish_on(&SystemDisk, parent, name, files)
}

fn publish_on(disk: &dyn Disk, parent: &Path, name: &str, files: &[OutputFile]) -> Result<Placed, PublishError> {
    let place = parent.join(name);
    if !is_output(name) || !files.iter().all(|file| is_output(&file.name)) {
        return Err(PublishError::Io { path: place, why: "a name leads out of the folder".to_owned() });
    }
    doing(parent, disk.create_folder(parent))?;
    let _lock = Lock::take(parent, PATIENCE)?;
    let staging = Staging { disk, folder: parent };
    staging.recover()?;
    staging.keep_out_of_git()?;
    clear(disk, parent)?;
    if place.symlink_metadata().is_ok() {
        let differing = differing(disk, &place, files)?;
        return Ok(if differing.is_empty() { Placed::Same } else { Placed::Other(differing) });
    }
    let staged = parent.join(format!("{STAGED}{name}"));
    let placed = stage(disk, &staged, files).and_then(|()| {
        doing(&place, disk.rename(&staged, &place))?;
        doing(parent, disk.sync_folder(parent))
    });
    // What cannot be cleared away now is cleared by the next run.
    placed.map(|()| Placed::New).inspect_err(|_| drop(disk.remove_folder(&staged)))
}

/// Writes every file through to the device, and reads it back.
fn stage(disk: &dyn Disk, staged: &Path, files: &[OutputFile]) -> Result<(), PublishError> {
    doing(staged, disk.create_folder(staged))?;
    for OutputFile { name, bytes } in files {
        let path = staged.join(name);
        doing(&path, disk.write(&path, bytes))?;
        if doing(&path, disk.read(&path))? != *bytes {
            return Err(PublishError::Io { path, why: "it does not read back as written".to_owned() });
        }
    }
    doing(staged, disk.sync_folder(staged))
}

/// Removes what interrupted runs have left.
fn clear(disk: &dyn Disk, parent: &Path) -> Result<(), PublishError> {
    let is_rest = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with(STAGED) && path.symlink_metadata().is_ok_and(|metadata| metadata.is_dir())
    };
    let rests = doing(parent, disk.names(parent))?.into_iter().filter(is_rest);
    rests.into_iter().try_for_each(|rest| doing(&rest, disk.remove_folder(&rest)))
}

/// Names of what a folder has otherwise.
fn differing(disk: &dyn Disk, place: &Path, files: &[OutputFile]) -> Result<Vec<String>, PublishError> {
    let there = match disk.names(place) {
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => return Ok(vec![".".to_owned()]),
        names => doing(place, names)?,
    };
    let name = |path: &PathBuf| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut differing: Vec<String> =
        there.iter().map(name).filter(|name| !files.iter().any(|file| file.name == *name)).collect();
    for file in files {
        match disk.read(&place.join(&file.name)) {
            Ok(bytes) if bytes == file.bytes => {}
            Ok(_) => differing.push(file.name.clone()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => differing.push(file.name.clone()),
            Err(error) => return Err(PublishError::io(&place.join(&file.name), &error)),
        }
    }
    differing.sort();
    Ok(differing)
}

fn doing<T>(path: &Path, result: io::Result<T>) -> Result<T, PublishError> {
    result.map_err(|error| PublishError::io(path, &error))
}

#[cfg(test)]
mod tests {
    use super::super::failing::FailingDisk;
    use super::*;

    fn files(text: &str) -> Vec<OutputFile> {
        let file = |name: &str| OutputFile { name: name.to_owned(), bytes: format!("{name} {text}").into_bytes() };
        ["a.pdf", "b.docx", "SHA256SUMS"].map(file).to_vec()
    }

    /// What stands beside releases: the lock and `.gitignore`, and rests.
    fn hidden(parent: &Path) -> usize {
        let names = SystemDisk.names(parent).expect("the folder is there");
        names.iter().filter(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'))).count()
    }

    #[test]
    fn a_release_appears_once_and_never_changes() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let parent = folder.path().join("deep/output");
        assert_eq!(publish_folder(&parent, "1.0", &files("x")), Ok(Placed::New));
        assert_eq!(publish_folder(&parent, "1.0", &files("x")), Ok(Placed::Same));
        assert_eq!(
            publish_folder(&parent, "1.0", &files("y")[..2]),
            Ok(Placed::Other(vec!["SHA256SUMS".to_owned(), "a.pdf".to_owned(), "b.docx".to_owned()]))
        );
        assert_eq!(SystemDisk.read(&parent.join("1.0/a.pdf")).expect("it is there"), b"a.pdf x");
        assert_eq!(publish_folder(&parent, "1.1", &files("y")), Ok(Placed::New));
        assert_eq!(hidden(&parent), 2);
        for name in ["../x", ".x", "", "a/b"] {
            assert!(publish_folder(&parent, name, &files("x")).is_err(), "{name}");
        }
    }

    /// At whatever operation the power goes, and whatever single one or every n-th fails, a release is there whole or not at all, those before are as
    /// they were, and the next run makes it and leaves no rest.
    #[test]
    fn whatever_fails_a_release_is_whole_or_not_there() {
        let (mut whole, mut none) = (0, 0);
        for kind in 0..3 {
            for at in 1..40_usize {
                let folder = tempfile::tempdir().expect("a temporary folder");
                publish_folder(folder.path(), "1.0", &files("old")).expect("nothing stands against it");
                let disk = FailingDisk::new(|number| match kind {
                    0 => number >= at,
                    1 => number == at,
                    _ => number % at == at - 1,
                });
                let done = publish_on(&disk, folder.path(), "1.1", &files("new"));
                let place = folder.path().join("1.1");
                if place.exists() {
                    whole += 1;
                    assert_eq!(differing(&SystemDisk, &place, &files("new")), Ok(Vec::new()), "{kind} {at}");
                } else {
                    none += 1;
                    assert!(done.is_err(), "{kind} {at}");
                }
                assert_eq!(differing(&SystemDisk, &folder.path().join("1.0"), &files("old")), Ok(Vec::new()));
                assert!(
                    publish_folder(folder.path(), "1.1", &files("new"))
                        .is_ok_and(|placed| placed != Placed::Other(Vec::new()))
                );
                assert_eq!(differing(&SystemDisk, &place, &files("new")), Ok(Vec::new()), "{kind} {at}");
                assert_eq!(hidden(folder.path()), 2, "{kind} {at}");
            }
        }
        assert!(whole > 20 && none > 20, "{whole} {none}: both were met");
    }
}
