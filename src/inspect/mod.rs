//! Reads a finished PDF, DOCX or HTML back: roles and text in reading order, and facts.
//! The only home of lopdf.
//!
//! In: bytes of any origin. Out: [`Inspection`]. Never panics or recurses on what the file says.

mod check;
mod compare;
mod docx;
mod flow;
mod html;
mod inspection;
mod numeral;
mod passage;
mod pdf;
mod projection;
mod space;
mod trace;
mod xml;

pub use check::{Expected, check_pdf, without_script};
pub use compare::Precision;
pub use inspection::{Facts, Fragment, InspectError, Inspection};
pub use passage::Passage;
pub use projection::{
    Mismatch, ProjectedBlock, ProjectedKind, ProjectedList, ProjectedObject, ProjectedRun, Projection,
};
pub use trace::{Told, traces};

use crate::document::Side;

/// Reads the facts of a PDF, and no text: fast enough for every build.
/// # Errors
/// If it cannot be read.
pub fn pdf_facts(bytes: &[u8]) -> Result<Facts, InspectError> {
    pdf::read_facts(bytes)
}

/// Reads a file, told apart by its first bytes.
/// # Errors
/// If it is none of the three, or cannot be read.
pub fn inspect(bytes: &[u8]) -> Result<Inspection, InspectError> {
    read(bytes).map(Inspection::without_own_language)
}

fn read(bytes: &[u8]) -> Result<Inspection, InspectError> {
    let start = bytes.trim_ascii_start();
    if bytes.starts_with(b"%PDF-") {
        pdf::read(bytes)
    } else if bytes.starts_with(b"PK\x03\x04") {
        docx::read(bytes)
    } else if start.starts_with(b"<") || start.starts_with(b"\xef\xbb\xbf") {
        html::read(bytes)
    } else {
        Err(InspectError::new("neither PDF nor DOCX nor HTML"))
    }
}

/// Reads a file as it is once every revision in it is accepted ([`Side::New`]) or rejected ([`Side::Old`]).
/// # Errors
/// If it is neither DOCX nor HTML, cannot be read, or its revisions are none that a program would take.
pub fn projection(bytes: &[u8], side: Side) -> Result<Projection, InspectError> {
    projected(bytes, [side]).map(|[read]| read)
}

/// Reads a file as both versions that it shows, the old one and the new one: at less cost than one after the other.
/// # Errors
/// As [`projection`].
pub fn projections(bytes: &[u8]) -> Result<[Projection; 2], InspectError> {
    projected(bytes, [Side::Old, Side::New])
}

fn projected<const N: usize>(bytes: &[u8], sides: [Side; N]) -> Result<[Projection; N], InspectError> {
    let start = bytes.trim_ascii_start();
    if bytes.starts_with(b"PK\x03\x04") {
        docx::project(bytes, sides)
    } else if start.starts_with(b"<") || start.starts_with(b"\xef\xbb\xbf") {
        html::project(bytes, sides)
    } else {
        Err(InspectError::new("no format whose revisions can be read"))
    }
}
