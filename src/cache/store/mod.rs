//! Where entries are kept.

#[cfg(feature = "bucket")]
pub(super) mod bucket;
pub(super) mod folder;

use std::fmt;

/// No entry is larger than this, in bytes.
pub(super) const LARGEST: u64 = 1024 * 1024 * 1024;

/// Why a store cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoreError(pub String);

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for StoreError {}

/// Entries by their names, for several processes at once. Each appears whole or not at all.
pub trait Store: Send + Sync {
    /// What it is called, for messages.
    fn name(&self) -> String;

    /// An entry, if it is there.
    /// # Errors
    /// If the store cannot be read.
    fn get(&self, name: &str) -> Result<Option<Vec<u8>>, StoreError>;

    /// Keeps an entry, in place of any other of that name.
    /// # Errors
    /// If the store cannot be written.
    fn put(&self, name: &str, bytes: &[u8]) -> Result<(), StoreError>;

    /// Takes an entry away.
    /// # Errors
    /// If it cannot be.
    fn remove(&self, name: &str) -> Result<(), StoreError>;
}
