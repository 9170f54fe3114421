//! Files that a PDF carries: what the report was made from.
//!
//! In: a project, its images, a [`World`]. Out: [`Attachment`]s, each file once, in the order of reading, as it lies in the project. Never carries a file of
//! the program's own.

use std::collections::BTreeSet;

use sha2::{Digest, Sha256};

use super::asset::Asset;
use crate::diag::{Code, Diagnostic, Diagnostics, Place, Warned};
use crate::project::{Project, ProjectPath, World};

/// A file that the PDF carries (ISO 32000-2 14.13, relationship `Source`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Beneath the project, with `/`.
    pub path: String,
    /// What its bytes are (RFC 6838).
    pub media: &'static str,
    /// The file.
    pub bytes: Vec<u8>,
    /// SHA-256 of it.
    pub digest: [u8; 32],
}

/// No file is larger than this.
const LARGEST: u64 = 64 << 20;

/// Files of the program itself have paths that begin so.
const OWN: &str = "rapporteur:";

/// What a report was made from.
pub fn attachments(project: &Project, assets: &[Asset], world: &dyn World) -> Warned<Vec<Attachment>> {
    let sources = project.sources.ids().map(|id| project.sources[id].path());
    let paths = sources.filter(|path| !path.starts_with(OWN)).chain(assets.iter().map(|asset| asset.path.as_str()));
    let (mut met, mut found, mut attachments) = (BTreeSet::new(), Diagnostics::new(), Vec::new());
    for path in paths.filter(|path| met.insert(*path)) {
        let Ok(place) = ProjectPath::new(path) else { continue };
        match world.read(&place, LARGEST) {
            Ok(bytes) => {
                let digest = Sha256::digest(&bytes).into();
                attachments.push(Attachment { path: path.to_owned(), media: media(path), bytes, digest });
            }
            Err(_) => {
                let message = format!("{path} cannot be read again, so the PDF does not carry it");
                found.push(Diagnostic::at(Code::Unreadable, Place::Path(path.to_owned()), message));
            }
        }
    }
    Warned::new(attachments, found)
}

/// By a file's ending.
fn media(path: &str) -> &'static str {
    let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
    match ending.as_str() {
        "md" => "text/markdown",
        "toml" => "application/toml",
        "csv" => "text/csv",
        "tsv" => "text/tab-separated-values",
        "bib" => "application/x-bibtex",
        "yaml" | "yml" => "application/yaml",
        "json" => "application/json",
        "csl" => "application/xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "svg" => "image/svg+xml",
        _ => "application/octet-stream",
    }
}
