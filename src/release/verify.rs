//! Whether a release is what it says, and whether it can be made again.
//!
//! In: the files of its folder by name, what was made again. Out: [`Fault`]s, an [`Agreement`] for each file. Trusts no file: names and lengths are checked before
//! anything is believed.

use std::collections::BTreeMap;

use crate::output::{FontRecord, MANIFEST_FILE, Manifest, OutputFile, SUMS_FILE, digest, read_sums};

/// What is not as a release's sums and its manifest say.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// A file of the release itself that is not there.
    None(&'static str),
    /// A file of the release itself that cannot be read.
    Unreadable(&'static str),
    /// A file that is named and not there.
    Missing(String),
    /// A file that is other than it was.
    Changed(String),
    /// A file that is not named.
    Extra(String),
    /// A file of which the sums and the manifest say different things.
    Disagree(String),
}

/// Holds a folder's files against its sums and its manifest, which is handed back.
/// # Errors
/// What does not hold.
pub fn check(files: &BTreeMap<String, Vec<u8>>) -> Result<Manifest, Vec<Fault>> {
    let (sums, manifest) = match (files.get(SUMS_FILE), files.get(MANIFEST_FILE)) {
        (Some(sums), Some(manifest)) => (sums, manifest),
        (None, _) => return Err(vec![Fault::None(SUMS_FILE)]),
        (_, None) => return Err(vec![Fault::None(MANIFEST_FILE)]),
    };
    let sums = std::str::from_utf8(sums).ok().and_then(read_sums).ok_or_else(|| vec![Fault::Unreadable(SUMS_FILE)])?;
    let sums: BTreeMap<String, String> = sums.into_iter().collect();
    let mut faults: Vec<Fault> = Vec::new();
    for (name, sum) in &sums {
        match files.get(name) {
            None => faults.push(Fault::Missing(name.clone())),
            Some(bytes) if digest(bytes) != *sum => faults.push(Fault::Changed(name.clone())),
            Some(_) => {}
        }
    }
    let named = |name: &String| name == SUMS_FILE || sums.contains_key(name);
    faults.extend(files.keys().filter(|name| !named(name)).cloned().map(Fault::Extra));
    match serde_json::from_slice::<Manifest>(manifest) {
        Ok(manifest) => {
            faults.extend(disagreement(&manifest, &sums));
            faults.sort();
            if faults.is_empty() { Ok(manifest) } else { Err(faults) }
        }
        Err(_) if faults.is_empty() => Err(vec![Fault::Unreadable(MANIFEST_FILE)]),
        Err(_) => Err(faults),
    }
}

/// Files that only one of the two names, or both with different sums.
fn disagreement(manifest: &Manifest, sums: &BTreeMap<String, String>) -> Vec<Fault> {
    let outputs: BTreeMap<&str, &str> =
        manifest.outputs.iter().map(|output| (output.path.as_str(), output.sha256.as_str())).collect();
    let of_sums =
        sums.iter().filter(|(name, sum)| *name != MANIFEST_FILE && outputs.get(name.as_str()) != Some(&sum.as_str()));
    let of_outputs = outputs.keys().filter(|name| !sums.contains_key(**name));
    let names = of_sums.map(|(name, _)| name.clone()).chain(of_outputs.map(|name| (*name).to_owned()));
    names.map(Fault::Disagree).collect()
}

/// What became of a file that was made again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Agreement {
    /// The bytes are the same.
    Same,
    /// They are not, from this byte on.
    Differs(usize),
    /// It is in the release, and was not made again.
    OnlyThere,
    /// It was made again, and is not in the release.
    OnlyAgain,
}

/// File by file, in the order of their names, whether what was made again is what is there.
pub fn agreement(there: &BTreeMap<String, Vec<u8>>, again: &[OutputFile]) -> Vec<(String, Agreement)> {
    let again: BTreeMap<&str, &[u8]> = again.iter().map(|file| (file.name.as_str(), file.bytes.as_slice())).collect();
    let names: std::collections::BTreeSet<&str> =
        there.keys().map(String::as_str).chain(again.keys().copied()).collect();
    let agreement = |name: &str| match (there.get(name), again.get(name)) {
        (Some(there), Some(again)) if there == again => Agreement::Same,
        (Some(there), Some(again)) => {
            let at = there.iter().zip(*again).position(|(one, other)| one != other);
            Agreement::Differs(at.unwrap_or(there.len().min(again.len())))
        }
        (Some(_), None) => Agreement::OnlyThere,
        (None, _) => Agreement::OnlyAgain,
    };
    names.into_iter().map(|name| (name.to_owned(), agreement(name))).collect()
}

/// A face that a release was set in and that is not at hand, or is another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FontDifference {
    /// Its family.
    pub family: String,
    /// 400 or 700.
    pub weight: u16,
}

/// The faces that differ between what a release was set in and what it was set in again.
pub fn fonts(there: &Manifest, again: &Manifest) -> Vec<FontDifference> {
    let all = |manifest: &Manifest| -> Vec<FontRecord> {
        let translations = manifest.translations.iter().flat_map(|translation| translation.fonts.clone());
        manifest.fonts.iter().cloned().chain(translations).collect()
    };
    let (there, again) = (all(there), all(again));
    let only = |of: &[FontRecord], other: &[FontRecord]| -> Vec<FontRecord> {
        of.iter().filter(|face| !other.contains(face)).cloned().collect()
    };
    let differing = only(&there, &again).into_iter().chain(only(&again, &there));
    let mut found: Vec<FontDifference> = Vec::new();
    for FontRecord { family, weight, .. } in differing {
        let difference = FontDifference { family, weight };
        if !found.contains(&difference) {
            found.push(difference);
        }
    }
    found
}
