//! Finished files to a folder: all of a set, or none of it.
//!
//! In: names and bytes, a [`Manifest`]. Out: files that are wholly old or wholly new, the manifest
//! last. A set that cannot be put in its place leaves the one before; one that was interrupted after it was complete is
//! rolled forward when the next run begins, before that it leaves no trace. What the set before had and this one has
//! not goes. A release is a folder of its own, which appears at one stroke and never changes. Never reads a draft, never deletes what it did not write.

mod disk;
#[cfg(test)]
#[path = "tests/failing.rs"]
mod failing;
mod folder;
mod journal;
mod lock;
mod manifest;
mod publish;
mod slug;
mod staging;
mod sums;

pub use folder::{Placed, publish_folder};
pub use lock::Lock;
pub use manifest::{
    ChangeRecord, EarlierRecord, Figures, FontRecord, InputRecord, Manifest, OutputRecord, PdfRecord, RedlineRecord,
    ReleaseRecord, StyleRecord, ToolRecord, digest, hexadecimal,
};
pub use publish::{MANIFEST_FILE, OutputFile, PublishError, publish, recover};
pub use slug::slug;
pub use sums::{SUMS_FILE, read_sums, sums};
