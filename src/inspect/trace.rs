//! What a finished file still tells of how it came about, and a final must not.
//!
//! In: bytes of any origin, who is named as its author. Out: a sentence for each trace. A redline is full of them, and is no final copy.

use super::{InspectError, docx, html, pdf};

/// What a final may tell of its making.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Told {
    /// The authors, as the configuration names them.
    pub authors: Vec<String>,
    /// How many files a PDF carries.
    pub attachments: usize,
}

/// Revisions, comments, names and notes of an editor's own that a file still has: nothing if it is a clean copy.
/// # Errors
/// If it is none of the three formats, or cannot be read.
pub fn traces(bytes: &[u8], told: &Told) -> Result<Vec<String>, InspectError> {
    let mut found = if bytes.starts_with(b"%PDF-") {
        pdf::traces(bytes, told)?
    } else if bytes.starts_with(b"PK\x03\x04") {
        docx::traces(bytes)?
    } else {
        html::traces(bytes)?
    };
    let authors = super::inspect(bytes)?.facts.authors;
    // What stands between names is each format's own.
    let letters = |names: &[String]| names.concat().chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    if letters(&authors) != letters(&told.authors) {
        found.push(format!("it names {} as its authors, and not {}", listed(&authors), listed(&told.authors)));
    }
    Ok(found)
}

fn listed(names: &[String]) -> String {
    if names.is_empty() { "nobody".to_owned() } else { names.join(", ") }
}

/// Each sentence once, with how often it holds.
pub(super) fn counted(mut traces: Vec<String>) -> Vec<String> {
    traces.sort();
    let runs = traces.chunk_by(|one, next| one == next);
    runs.map(|run| if run.len() > 1 { format!("{} ({} times)", run[0], run.len()) } else { run[0].clone() }).collect()
}
