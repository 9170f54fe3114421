//! Finished files to a folder: all of a set, or none of it.
//!
//! In: names and bytes, a [`Manifest`]. Out: files that are wholly old or wholly new, the manifest
//! last. A set that cannot be put in its place leaves the one before; one that was interrupted after it was complete is
//! rolled forward when the next run begins, before that it leaves no trace. What the set before had and this one has
//! not goes. Never reads a draft, never deletes what it did not write.

mod disk;
mod journal;
mod lock;
mod manifest;
mod publish;
mod slug;
mod staging;

pub use lock::Lock;
pub use manifest::{
    ChangeRecord, Figures, FontRecord, InputRecord, Manifest, OutputRecord, PdfRecord, RedlineRecord, StyleRecord,
    ToolRecord, digest, hexadecimal,
};
pub use publish::{MANIFEST_FILE, OutputFile, PublishError, publish, recover};
pub use slug::slug;
