//! A disk that fails, for tests.

use std::cell::Cell;
use std::io;
use std::path::{Path, PathBuf};

use super::disk::{Disk, SystemDisk};

/// A disk on which some operations fail, by their number from 0.
pub(super) struct FailingDisk<F> {
    /// How many were tried.
    pub(super) done: Cell<usize>,
    fails: F,
}

impl<F: Fn(usize) -> bool> FailingDisk<F> {
    pub(super) fn new(fails: F) -> Self {
        Self { done: Cell::new(0), fails }
    }

    fn step(&self) -> io::Result<()> {
        let number = self.done.replace(self.done.get() + 1);
        if (self.fails)(number) { Err(io::Error::other("no power")) } else { Ok(()) }
    }
}

impl<F: Fn(usize) -> bool> Disk for FailingDisk<F> {
    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.step().inspect_err(|_| {
            // What a crash in the middle of writing leaves.
            let _ = SystemDisk.write(path, &bytes[..bytes.len() / 2]);
        })?;
        SystemDisk.write(path, bytes)
    }

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.step()?;
        SystemDisk.read(path)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step()?;
        SystemDisk.rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.step()?;
        SystemDisk.remove(path)
    }

    fn remove_folder(&self, folder: &Path) -> io::Result<()> {
        self.step()?;
        SystemDisk.remove_folder(folder)
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.step()?;
        SystemDisk.sync_folder(folder)
    }

    fn create_folder(&self, folder: &Path) -> io::Result<()> {
        self.step()?;
        SystemDisk.create_folder(folder)
    }

    fn names(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        self.step()?;
        SystemDisk.names(folder)
    }
}
