//! A version of a report, released: everything that its folder holds, and from what it can be made again.
//!
//! In: the project as a commit holds it, the release before, what is asked for. Out: an [`Edition`] in each language, and the whole as files. Whoever asks
//! knows git and the date: nothing here looks at a work tree, a clock or the machine, so that the same is made anywhere. Never writes a file.

mod edition;
mod paragraphs;
mod sbom;
mod verify;

pub use edition::{Baseline, Edition, EditionRequest, Released, edition};
pub use sbom::sbom;
pub use verify::{Agreement, Fault, FontDifference, agreement, check, fonts};

use crate::diag::Status;
use crate::output::{self, MANIFEST_FILE, Manifest, OutputFile, OutputRecord, ReleaseRecord, SUMS_FILE, digest};
use crate::project::{Config, Date};

/// The bill of materials' name in a release.
pub const SBOM_FILE: &str = "sbom.cdx.json";

/// Makes a configuration that of a release: what it says of status, version, label, watermark and sources gives way.
pub fn apply(config: &mut Config, record: &ReleaseRecord) {
    let report = &mut config.report;
    report.status = if record.label.is_some() { Status::Draft } else { Status::Final };
    report.version = Some(record.version.clone());
    report.draft_label = record.label.clone();
    report.watermark = record.watermark;
    config.output.attach_sources = record.attach_sources;
}

/// What is known of the program that makes a release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tool {
    /// SHA-256 of it.
    pub sha256: String,
}

/// All that a release's folder holds: the editions' files, the bill of materials, the manifest, and the sums of them all. The first edition is that of the
/// report's own language.
pub fn bind(editions: Vec<Bound>, record: ReleaseRecord, tool: &Tool) -> Vec<OutputFile> {
    let mut files: Vec<OutputFile> = Vec::new();
    let mut manifests = Vec::new();
    for Bound { files: own, manifest } in editions {
        manifests.push(Manifest { outputs: records(&own), ..manifest });
        files.extend(own);
    }
    let mut manifests = manifests.into_iter();
    let Some(mut manifest) = manifests.next() else { return files };
    let date = manifest.date.as_deref().and_then(Date::parse).map_or(0, Date::to_unix);
    files.push(OutputFile { name: SBOM_FILE.to_owned(), bytes: sbom(&tool.sha256, &Date::moment(date)).into_bytes() });
    manifest.outputs = records(&files);
    manifest.tool.sha256 = Some(tool.sha256.clone());
    manifest.release = Some(record);
    manifest.translations = manifests.collect();
    files.push(OutputFile { name: MANIFEST_FILE.to_owned(), bytes: manifest.to_json().into_bytes() });
    files.push(OutputFile { name: SUMS_FILE.to_owned(), bytes: output::sums(&files).into_bytes() });
    files
}

/// An edition's files, and what they were made from.
#[derive(Debug, Clone)]
pub struct Bound {
    /// The files.
    pub files: Vec<OutputFile>,
    /// From what.
    pub manifest: Manifest,
}

fn records(files: &[OutputFile]) -> Vec<OutputRecord> {
    let record = |file: &OutputFile| OutputRecord {
        path: file.name.clone(),
        bytes: file.bytes.len() as u64,
        sha256: digest(&file.bytes),
    };
    files.iter().map(record).collect()
}
