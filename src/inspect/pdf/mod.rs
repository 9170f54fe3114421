//! A tagged PDF: its structure tree, read in reading order. The only home of lopdf.
//!
//! In: bytes of any origin. Out: [`Inspection`]. Text comes from marked content, letter by letter through each font's
//! `ToUnicode`, unless `ActualText` or `Alt` says otherwise; artifacts and contents are left out; notes follow at the
//! end. A file without tags has facts and no fragments. It is only read: never is a file written by lopdf. Facts of a
//! file that is [`plain`], as those of every build are, are read without it, in a tenth of the time.

mod cmap;
mod content;
mod element;
mod facts;
mod foreign;
mod object;
mod order;
mod outline;
mod plain;
mod structure;
mod trace;
mod walk;

use std::panic::{AssertUnwindSafe, catch_unwind};

use lopdf::{Document, LoadOptions};

use self::object::{File, Objects};
pub(super) use self::trace::traces;
use super::{Facts, InspectError, Inspection};

/// Larger than any report.
const LIMIT: usize = 256 << 20;
/// What one stream may inflate to.
const STREAM: usize = 64 << 20;

/// Reads a file.
/// # Errors
/// If it is no PDF, too large, or encrypted.
pub(super) fn read(bytes: &[u8]) -> Result<Inspection, InspectError> {
    guarded(bytes, || {
        let document = load(bytes)?;
        let file = foreign::file(&document);
        let objects = Objects::new(&file);
        let mut facts = own_facts(&objects);
        let fragments = walk::read(&objects, &mut facts, Some(content::read(&document)));
        Ok(Inspection { fragments, facts })
    })
}

/// Reads facts alone: no page's content is looked at, so the lines of [`Facts::contents`] say nothing.
/// # Errors
/// As [`read`].
pub(super) fn read_facts(bytes: &[u8]) -> Result<Facts, InspectError> {
    guarded(bytes, || match plain::read(bytes) {
        Some(file) => Ok(facts(&file)),
        None => Ok(facts(&foreign::file(&load(bytes)?))),
    })
}

fn facts(file: &File<'_>) -> Facts {
    let objects = Objects::new(file);
    let mut facts = own_facts(&objects);
    walk::read(&objects, &mut facts, None);
    facts
}

fn own_facts(objects: &Objects<'_>) -> Facts {
    let mut facts = facts::read(objects);
    facts.bookmarks = outline::read(objects);
    facts
}

fn guarded<T>(bytes: &[u8], read: impl FnOnce() -> Result<T, InspectError>) -> Result<T, InspectError> {
    if bytes.len() > LIMIT {
        return Err(InspectError::new("a PDF larger than a report can be"));
    }
    // lopdf is bounded in depth and size, but slices and subtracts in places where a damaged file makes it panic.
    // Nothing is shared with the closure but the bytes, so nothing is left half changed.
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| Err(InspectError::new("a PDF that is damaged")))
}

fn load(bytes: &[u8]) -> Result<Document, InspectError> {
    let options = LoadOptions::with_max_decompressed_size(STREAM);
    let document = Document::load_mem_with_options(bytes, options)
        .map_err(|error| InspectError::new(format_args!("a PDF that cannot be read: {error}")))?;
    if document.is_encrypted() {
        return Err(InspectError::new("a PDF that is encrypted"));
    }
    Ok(document)
}

#[cfg(test)]
mod tests;
