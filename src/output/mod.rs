//! Finished files to a folder: all of a set, or none of it.
//!
//! In: names and bytes, a [`Manifest`]. Out: files that are wholly old or wholly new, the manifest
//! last. A set that was interrupted after it was complete is rolled forward when the next one begins;
//! before that it leaves no trace. Never reads a draft, never deletes what it did not write.

mod disk;
mod lock;
mod manifest;
mod publish;
mod slug;

pub use lock::Lock;
pub use manifest::{
    Figures, FontRecord, InputRecord, Manifest, OutputRecord, PdfRecord, StyleRecord, ToolRecord, digest,
};
pub use publish::{MANIFEST_FILE, OutputFile, PublishError, publish, recover};
pub use slug::slug;
