//! Traces of its making in a page: marks of changes, places in the drafts, comments.

use scraper::Node;

use super::parse;
use crate::inspect::InspectError;
use crate::inspect::trace::counted;

/// Attributes by which a redline or a preview names what a page was made from.
const OWN: [&str; 5] = ["data-source", "data-node", "data-was", "data-change", "data-span"];

/// What a page still tells.
/// # Errors
/// As [`super::read`].
pub(in crate::inspect) fn traces(bytes: &[u8]) -> Result<Vec<String>, InspectError> {
    let page = parse(bytes)?;
    let mut found = Vec::new();
    for node in page.tree.nodes() {
        match node.value() {
            Node::Comment(_) => found.push("it has a comment".to_owned()),
            Node::Element(element) => {
                if matches!(element.name(), "ins" | "del") {
                    found.push(format!("it has a revision (<{}>)", element.name()));
                }
                let own = element.attrs().filter(|(name, _)| OWN.contains(name));
                found.extend(own.map(|(name, _)| format!("it names what it was made from ({name})")));
            }
            Node::Document | Node::Fragment | Node::Doctype(_) | Node::Text(_) | Node::ProcessingInstruction(_) => {}
        }
    }
    Ok(counted(found))
}
