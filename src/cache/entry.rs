//! What is kept of a build, as bytes.
//!
//! A line of JSON with the digest of all that follows (and its code under the secret, where there is one), a line of JSON that
//! says what follows, then the files. What was read of the project itself is not kept: it is there.

mod found;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::Secret;
use super::key::Key;
use crate::diag::{Diagnostics, Warned};
use crate::output::{Manifest, OutputFile, digest};
use crate::pipeline::{Built, Report};
use crate::project::Project;
use found::Found;

/// What a build gave beyond what loading the project gives.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Entry {
    files: Vec<File>,
    manifest: Manifest,
    record: String,
    found: Vec<Found>,
    /// Files that were read after loading; their text where a message points at them.
    sources: Vec<(String, String)>,
    #[serde(skip)]
    bytes: Vec<u8>,
}

#[derive(Debug, Serialize, Deserialize)]
struct File {
    name: String,
    bytes: usize,
    sha256: String,
}

/// What stands before all else.
#[derive(Serialize, Deserialize)]
struct Seal {
    key: String,
    sha256: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    code: Option<String>,
}

impl Entry {
    /// From a report; so many diagnostics and files were there before it was built.
    pub(super) fn of(built: &Built, report: &Report, (diagnostics, files): (usize, usize)) -> Self {
        let sources = &built.project.sources;
        let found: Vec<Found> = built.diagnostics.iter().skip(diagnostics).map(|one| Found::of(one, sources)).collect();
        let is_shown = |at: usize| found.iter().any(|one| one.points_at(at));
        let late = sources.ids().enumerate().skip(files).map(|(at, id)| {
            let text = if is_shown(at) { sources[id].text().to_owned() } else { String::new() };
            (sources[id].path().to_owned(), text)
        });
        let sources = late.collect();
        let file =
            |file: &OutputFile| File { name: file.name.clone(), bytes: file.bytes.len(), sha256: digest(&file.bytes) };
        Self {
            files: report.files.iter().map(file).collect(),
            manifest: report.manifest.clone(),
            record: report.record.clone(),
            found,
            sources,
            bytes: report.files.iter().flat_map(|file| file.bytes.iter().copied()).collect(),
        }
    }

    pub(super) fn to_bytes(&self, key: &Key, secret: Option<&Secret>) -> Vec<u8> {
        sealed(key, self, &self.bytes, secret)
    }

    /// What was kept under a key; `None` if it is not as it was written.
    pub(super) fn from_bytes(key: &Key, bytes: &[u8], secret: Option<&Secret>) -> Option<Self> {
        let (entry, bytes) = opened::<Self>(key, bytes, secret)?;
        let whole: usize = entry.files.iter().try_fold(0_usize, |sum, file| sum.checked_add(file.bytes))?;
        (whole == bytes.len()).then(|| Self { bytes: bytes.to_vec(), ..entry })
    }

    /// The build that it was kept from, of a project that was loaded just now; `None` where it is another's.
    pub(super) fn restore(self, loaded: &Warned<Project>) -> Option<Built> {
        let mut files = Vec::new();
        let mut rest = self.bytes.as_slice();
        for File { name, bytes, sha256 } in self.files {
            let (own, others) = rest.split_at_checked(bytes)?;
            rest = others;
            if digest(own) != sha256 {
                return None;
            }
            files.push(OutputFile { name, bytes: own.to_vec() });
        }
        let Warned { value: mut project, diagnostics: mut all } = loaded.clone();
        for (path, text) in self.sources {
            project.sources.add(path, text);
        }
        let mut late = Diagnostics::new();
        for found in self.found {
            late.push(found.restore(&project.sources)?);
        }
        all.extend(late);
        let report = Report { files, manifest: self.manifest, record: self.record };
        Some(Built { project, diagnostics: all, report: Some(report) })
    }
}

/// Something under its key, so that any other bytes are found out.
pub(super) fn sealed(key: &Key, value: &impl Serialize, bytes: &[u8], secret: Option<&Secret>) -> Vec<u8> {
    let mut body = serde_json::to_vec(value).expect("strings and numbers have a place in JSON");
    body.push(b'\n');
    body.extend_from_slice(bytes);
    let code = secret.map(|secret| code(secret, key, &body));
    let seal = Seal { key: key.as_str().to_owned(), sha256: digest(&body), code };
    let mut all = serde_json::to_vec(&seal).expect("strings have a place in JSON");
    all.push(b'\n');
    all.extend_from_slice(&body);
    all
}

/// What was sealed under a key, and the bytes behind it; `None` if it is not as it was written.
pub(super) fn opened<'b, T: DeserializeOwned>(
    key: &Key,
    bytes: &'b [u8],
    secret: Option<&Secret>,
) -> Option<(T, &'b [u8])> {
    let (seal, body) = line(bytes)?;
    let seal: Seal = serde_json::from_slice(seal).ok()?;
    let is_ours = secret.is_none_or(|secret| seal.code.as_deref() == Some(code(secret, key, body).as_str()));
    if seal.key != key.as_str() || seal.sha256 != digest(body) || !is_ours {
        return None;
    }
    let (value, bytes) = line(body)?;
    Some((serde_json::from_slice(value).ok()?, bytes))
}

fn line(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = bytes.iter().position(|byte| *byte == b'\n')?;
    Some((&bytes[..end], &bytes[end + 1..]))
}

/// Of bytes under their key: the same under another key have another.
fn code(secret: &Secret, key: &Key, body: &[u8]) -> String {
    secret.code(&[key.as_str().as_bytes(), body])
}
