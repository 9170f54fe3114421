//! Traces of its making in a PDF: annotations that are no links, scripts, files that nobody attached.

use super::object::{Dictionary, File, Object, Objects};
use super::{foreign, guarded, load, plain};
use crate::inspect::InspectError;
use crate::inspect::trace::{Told, counted};

/// What a file still tells.
/// # Errors
/// As [`super::read`].
pub(in crate::inspect) fn traces(bytes: &[u8], told: &Told) -> Result<Vec<String>, InspectError> {
    guarded(bytes, || match plain::read(bytes) {
        Some(file) => Ok(of(&file, told)),
        None => Ok(of(&foreign::file(&load(bytes)?), told)),
    })
}

fn of(file: &File<'_>, told: &Told) -> Vec<String> {
    let objects = Objects::new(file);
    let mut found: Vec<String> = objects.dictionaries().filter_map(|dictionary| trace(objects, dictionary)).collect();
    let attached = objects.dictionaries().filter(|dictionary| dictionary.is_a("Filespec")).count();
    if attached != told.attachments {
        found.push(format!("it carries {attached} files, and not {}", told.attachments));
    }
    counted(found)
}

/// An annotation (ISO 32000-1 12.5) or a script (12.6.4.16).
fn trace(objects: Objects<'_>, dictionary: &Dictionary<'_>) -> Option<String> {
    let subtype = objects.name(dictionary, "Subtype");
    if dictionary.is_a("Annot") && subtype.as_deref() != Some("Link") {
        return Some(format!("it has an annotation that is no link ({})", subtype.unwrap_or_default()));
    }
    let is_script = matches!(dictionary.get("S"), Some(Object::Name(name)) if &**name == b"JavaScript");
    is_script.then(|| "it has a script".to_owned())
}
