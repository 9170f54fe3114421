//! Traces of its making in a Word document: revisions, comments, people, bookmarks that nobody sees.

use super::package::Package;
use crate::inspect::InspectError;
use crate::inspect::trace::counted;
use crate::inspect::xml::{Element, Space, Step, Walk};

/// What a document still tells.
/// # Errors
/// If a part cannot be read within the limits.
pub(in crate::inspect) fn traces(bytes: &[u8]) -> Result<Vec<String>, InspectError> {
    let mut package = Package::open(bytes)?;
    let mut found = Vec::new();
    for name in package.names() {
        let file = name.rsplit('/').next().unwrap_or(&name);
        if file.starts_with("comments") || file == "people.xml" {
            found.push(format!("it has a part {name}"));
        }
        if name.ends_with(".xml") && name.starts_with("word/") {
            let Some(part) = package.part(&name)? else { continue };
            let root = part.xml()?;
            let mut walk = Walk::new(&root);
            while let Some(step) = walk.step() {
                if let Step::Enter(element) = step {
                    found.extend(trace(element));
                }
            }
        }
    }
    if let Some(core) = package.part("docProps/core.xml")? {
        found.extend(hidden_author(&core.xml()?));
    }
    Ok(counted(found))
}

/// What an element tells of an editor's work (ECMA-376 17.13, 17.15.1.72).
fn trace(element: &Element) -> Option<String> {
    if element.attributes().any(|(space, name, _)| space == Space::Word && name.starts_with("rsid")) {
        return Some("it tells in which session something was written (w:rsid)".to_owned());
    }
    if element.space != Space::Word {
        return None;
    }
    let name = &*element.name;
    let is_revision = matches!(
        name,
        "ins" | "del" | "moveFrom" | "moveTo" | "cellIns" | "cellDel" | "cellMerge" | "delText" | "delInstrText"
    );
    let is_range = name.starts_with("moveFromRange")
        || name.starts_with("moveToRange")
        || name.starts_with("customXml") && (name.contains("Ins") || name.contains("Del") || name.contains("Move"));
    if is_revision || is_range || name.ends_with("Change") {
        return Some(format!("it has a revision (w:{name})"));
    }
    match name {
        "trackRevisions" => Some("it tracks what is changed (w:trackRevisions)".to_owned()),
        "rsids" => Some("it tells in which sessions it was written (w:rsids)".to_owned()),
        "bookmarkStart" => {
            let bookmark = element.attribute(Space::Word, "name").filter(|name| name.starts_with('_'));
            bookmark.map(|name| format!("it has a hidden bookmark ({name})"))
        }
        _ if name.starts_with("comment") => Some(format!("it has a comment (w:{name})")),
        _ => None,
    }
}

/// Whoever changed it last is its author, or nobody.
fn hidden_author(core: &Element) -> Option<String> {
    let text = |space, name| core.child(space, name).map(Element::text).unwrap_or_default();
    let (author, last) = (text(Space::DublinCore, "creator"), text(Space::CoreProperties, "lastModifiedBy"));
    (last != author).then(|| format!("it names {last} as who changed it last"))
}
