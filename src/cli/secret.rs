//! The secret with which the entries of a cache in a folder are marked, so that a folder that came with a repository, or
//! from anyone else, is never believed.
//!
//! In: the environment, and the folder of the user's state. Out: bytes. Never shows them, and never takes a file that
//! others can read: a repository cannot bring one along.

use std::fs::{self, File, Metadata};
use std::io::{self, Read as _, Write as _};
use std::path::Path;

use super::folders;

/// How many bytes the secret of a machine has.
const LENGTH: usize = 32;

/// What machines have in common: `RAPPORTEUR_CACHE_SECRET`.
pub(super) fn shared() -> Option<Vec<u8>> {
    let secret = std::env::var_os("RAPPORTEUR_CACHE_SECRET").filter(|secret| !secret.is_empty())?;
    Some(secret.into_encoded_bytes())
}

/// This user's on this machine, made if there is none.
/// # Errors
/// Why there is none.
pub(super) fn of_machine() -> Result<Vec<u8>, String> {
    let folder =
        folders::of_state().ok_or("there is no home folder for the secret that its entries are marked with")?;
    let place = folder.join("cache-secret");
    read_or_make(&place).map_err(|error| format!("its secret, {}: {error}", place.display()))
}

fn read_or_make(place: &Path) -> io::Result<Vec<u8>> {
    match read(place) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => make(place).and_then(|()| read(place)),
        found => found,
    }
}

fn read(place: &Path) -> io::Result<Vec<u8>> {
    let about = fs::symlink_metadata(place)?;
    if !about.is_file() || about.len() != LENGTH as u64 || is_open(&about) {
        return Err(io::Error::other("it is not 32 bytes that nobody else can read; once removed, it is made anew"));
    }
    fs::read(place)
}

/// Whole or not at all; where another process was sooner, its own stays.
fn make(place: &Path) -> io::Result<()> {
    let folder = place.parent().unwrap_or(place);
    fs::create_dir_all(folder)?;
    let mut secret = [0; LENGTH];
    File::open("/dev/urandom")?.read_exact(&mut secret)?;
    // For its owner alone (0600).
    let mut file = tempfile::Builder::new().prefix(".new-").tempfile_in(folder)?;
    file.write_all(&secret)?;
    file.as_file().sync_all()?;
    match file.persist_noclobber(place) {
        Err(error) if error.error.kind() != io::ErrorKind::AlreadyExists => Err(error.error),
        Ok(_) | Err(_) => Ok(()),
    }
}

#[cfg(unix)]
fn is_open(about: &Metadata) -> bool {
    std::os::unix::fs::PermissionsExt::mode(&about.permissions()) & 0o077 != 0
}

#[cfg(not(unix))]
fn is_open(_: &Metadata) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn it_is_made_once_and_believed_only_if_nobody_else_can_read_it() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().expect("a temporary folder");
        let place = folder.path().join("state/cache-secret");
        let made: Vec<Vec<u8>> = std::thread::scope(|scope| {
            let all: Vec<_> = (0..8).map(|_| scope.spawn(|| read_or_make(&place).expect("it is made"))).collect();
            all.into_iter().map(|one| one.join().expect("no thread panics")).collect()
        });
        assert!(made.iter().all(|one| *one == made[0]) && made[0].len() == LENGTH && made[0] != [0; LENGTH]);
        assert_eq!(fs::metadata(&place).expect("it is there").permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::read_dir(folder.path().join("state")).expect("it is there").count(), 1);
        let other = read_or_make(&folder.path().join("other")).expect("it is made");
        assert_ne!(other, made[0]);
        fs::set_permissions(&place, fs::Permissions::from_mode(0o644)).expect("it is ours");
        assert!(read_or_make(&place).is_err(), "as a clone of a repository would have it");
        fs::write(&place, "short").expect("it can be written");
        fs::set_permissions(&place, fs::Permissions::from_mode(0o600)).expect("it is ours");
        assert!(read_or_make(&place).is_err());
    }
}
