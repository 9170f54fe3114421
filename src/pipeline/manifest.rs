//! From what a report was made.

use super::{Written, figures};
use crate::diag::Status;
use crate::output::{FontRecord, InputRecord, Manifest, StyleRecord, ToolRecord, digest};
use crate::project::{Date, Project};
use crate::resolve::ResolvedDocument;
use crate::style::{self, FontSet, Stylesheet};

/// Everything but the records of the files themselves and what was read back.
pub(super) fn describe(
    project: &Project,
    resolved: &ResolvedDocument,
    style: &Stylesheet,
    written: &Written,
) -> Manifest {
    let metadata = &resolved.metadata;
    let pages = written.pages.as_ref().map(|pages| pages.total as usize);
    let tokens = serde_json::to_vec(style).expect("tokens are strings and numbers");
    Manifest {
        tool: ToolRecord { name: env!("CARGO_PKG_NAME").to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() },
        title: metadata.title.clone(),
        language: metadata.language.clone(),
        status: status_name(metadata.status).to_owned(),
        version: metadata.version.clone(),
        date: metadata.date.as_ref().map(Date::to_string),
        style: StyleRecord { name: style.name.clone(), sha256: digest(&tokens) },
        fonts: written.fonts.clone(),
        inputs: inputs(project, resolved),
        outputs: Vec::new(),
        figures: figures::count(resolved, pages),
        pdf: None,
    }
}

fn status_name(status: Status) -> &'static str {
    match status {
        Status::Draft => "draft",
        Status::Final => "final",
    }
}

/// Every face at hand. The digests of fonts with thousands of letters take longer than a page to write.
pub(super) fn font_records(fonts: &FontSet) -> Vec<FontRecord> {
    let record = |face: &style::FontFace| FontRecord {
        family: face.family.to_owned(),
        weight: face.weight.number(),
        italic: face.italic,
        sha256: digest(face.data),
    };
    let found = fonts.fallback().iter().map(|face| FontRecord {
        family: face.family.clone(),
        weight: face.weight.number(),
        italic: false,
        sha256: digest(&face.data),
    });
    fonts.faces().iter().map(record).chain(found).collect()
}

/// Texts, then images, each in the order of reading.
fn inputs(project: &Project, resolved: &ResolvedDocument) -> Vec<InputRecord> {
    let texts = project
        .sources
        .ids()
        .map(|id| &project.sources[id])
        .filter(|source| !source.path().starts_with("rapporteur:"))
        .map(|file| InputRecord { path: file.path().to_owned(), sha256: digest(file.text().as_bytes()) });
    let images = resolved.assets.iter().map(|asset| InputRecord {
        path: asset.path.clone(),
        sha256: asset.digest.iter().map(|byte| format!("{byte:02x}")).collect(),
    });
    texts.chain(images).collect()
}
