//! From what a report was made.

use super::{Redline, Written, figures};
use crate::diag::Status;
use crate::document::Hand;
use crate::output::{
    ChangeRecord, FontRecord, InputRecord, Manifest, RedlineRecord, StyleRecord, ToolRecord, digest, hexadecimal,
};
use crate::project::{Date, Project};
use crate::resolve::{ChangeInfo, ResolvedDocument, RevisionInfo};
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
        tool: ToolRecord {
            name: env!("CARGO_PKG_NAME").to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            sha256: None,
        },
        title: metadata.title.clone(),
        language: metadata.language.clone(),
        status: status_name(metadata.status).to_owned(),
        version: metadata.version.clone(),
        date: metadata.date.as_ref().map(Date::to_string),
        style: StyleRecord { name: style.name.clone(), sha256: digest(&tokens) },
        fonts: written.fonts.clone(),
        inputs: inputs(project, resolved),
        attached: attached(resolved),
        outputs: Vec::new(),
        figures: figures::count(resolved, pages),
        pdf: None,
        redline: None,
        release: None,
        translations: Vec::new(),
    }
}

/// The same of a redline: what of the inputs was the baseline's, and what changed.
pub(super) fn with_changes(manifest: Manifest, redline: &Redline, revision: &RevisionInfo) -> Manifest {
    let texts = redline.project.sources.ids().filter(|id| !redline.project.sources[*id].path().starts_with(OWN));
    let is_old: Vec<bool> = texts.map(|id| redline.old_files.contains(&id)).collect();
    let mut inputs = manifest.inputs;
    for (input, _) in inputs.iter_mut().zip(is_old).filter(|(_, is_old)| *is_old) {
        // As git names a file of a commit (gitrevisions(7)).
        input.path = format!("{}:{}", redline.names.baseline, input.path);
    }
    let Hand { author, time } = revision.author.clone();
    let changes = revision.changes.iter().map(|change| change_record(change, revision)).collect();
    let redline = RedlineRecord {
        baseline: revision.baseline.clone(),
        revision: revision.revision.clone(),
        author,
        time,
        changes,
    };
    Manifest { inputs, redline: Some(redline), ..manifest }
}

fn change_record(change: &ChangeInfo, revision: &RevisionInfo) -> ChangeRecord {
    ChangeRecord {
        number: change.number,
        kind: change.kind.name().to_owned(),
        object: change.object.name().to_owned(),
        section: change.section.map(|section| revision.sections[section].name()),
        before: change.before.clone(),
        after: change.after.clone(),
        words_added: change.added,
        words_removed: change.removed,
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
        sha256: hexadecimal(&face.digest()),
    };
    let found = fonts.fallback().iter().map(|face| FontRecord {
        family: face.family.clone(),
        weight: face.weight.number(),
        italic: false,
        sha256: hexadecimal(&face.data.digest()),
    });
    fonts.faces().iter().map(record).chain(found).collect()
}

fn attached(resolved: &ResolvedDocument) -> Vec<InputRecord> {
    let record = |path: &str, digest: &[u8]| InputRecord { path: path.to_owned(), sha256: hexadecimal(digest) };
    resolved.attachments.iter().map(|file| record(&file.path, &file.digest)).collect()
}

/// Files of the program itself have paths that begin so.
const OWN: &str = "rapporteur:";

/// Texts, then images, each in the order of reading.
fn inputs(project: &Project, resolved: &ResolvedDocument) -> Vec<InputRecord> {
    let texts = project
        .sources
        .ids()
        .map(|id| &project.sources[id])
        .filter(|source| !source.path().starts_with(OWN))
        .map(|file| InputRecord { path: file.path().to_owned(), sha256: digest(file.text().as_bytes()) });
    let images = resolved
        .assets
        .iter()
        .map(|asset| InputRecord { path: asset.path.clone(), sha256: hexadecimal(&asset.digest) });
    texts.chain(images).collect()
}
