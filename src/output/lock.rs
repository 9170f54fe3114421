use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use super::PublishError;

/// Its name in the output folder. It stays there: to remove it would let two builds hold two locks.
pub(super) const LOCK_FILE: &str = ".rapporteur.lock";

const PAUSE: Duration = Duration::from_millis(25);

/// The right to write to an output folder; given back when dropped, or when the process ends.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

impl Lock {
    /// Waits for the right to write to `folder`, which is there, for at most `patience`.
    /// # Errors
    /// [`PublishError::Locked`] if another process still holds it then, or an error of the system.
    pub fn take(folder: &Path, patience: Duration) -> Result<Self, PublishError> {
        let path = folder.join(LOCK_FILE);
        let open = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path);
        let mut file = open.map_err(|error| PublishError::io(&path, &error))?;
        let deadline = Instant::now() + patience;
        loop {
            match file.try_lock() {
                Ok(()) => break,
                Err(TryLockError::WouldBlock) if Instant::now() < deadline => std::thread::sleep(PAUSE),
                Err(TryLockError::WouldBlock) => return Err(PublishError::Locked { holder: holder(&mut file) }),
                Err(TryLockError::Error(error)) => return Err(PublishError::io(&path, &error)),
            }
        }
        // Only for people: who holds it. A failure to write it is no failure to lock.
        let note = file.set_len(0).and_then(|()| file.rewind()).and_then(|()| write!(file, "{}", std::process::id()));
        let _ = note;
        Ok(Self { _file: file })
    }
}

/// The process that holds a lock, as it noted itself.
fn holder(file: &mut File) -> Option<u32> {
    let mut text = String::new();
    file.rewind().ok()?;
    file.take(32).read_to_string(&mut text).ok()?;
    text.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_holder_at_a_time_and_it_is_named() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let first = Lock::take(folder.path(), Duration::ZERO).expect("nobody holds it");
        let second = Lock::take(folder.path(), Duration::from_millis(60));
        assert!(matches!(second, Err(PublishError::Locked { holder: Some(pid) }) if pid == std::process::id()));
        drop(first);
        assert!(Lock::take(folder.path(), Duration::ZERO).is_ok());
    }
}
