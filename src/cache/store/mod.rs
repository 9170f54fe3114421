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

    /// How much can be kept at a time, in bytes.
    fn room(&self) -> u64 {
        LARGEST
    }

    /// Keeps entries that belong together, in their order, each in place of any other of its name. They come to no more
    /// than there is room for.
    /// # Errors
    /// If the store cannot be written.
    fn put(&self, entries: &[(String, Vec<u8>)]) -> Result<(), StoreError>;

    /// Takes an entry away.
    /// # Errors
    /// If it cannot be.
    fn remove(&self, name: &str) -> Result<(), StoreError>;
}
