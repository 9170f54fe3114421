//! What is left to do once a set is complete, kept in the folder until it is done.

use serde::{Deserialize, Serialize};

/// Its name in the output folder.
pub(super) const JOURNAL: &str = ".rapporteur.journal";
/// Files not yet in their place begin so.
pub(super) const STAGED: &str = ".rapporteur-staged-";

/// What leads from what stands in a folder to a whole set, in any order and as often as need be.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Journal {
    pub(super) steps: Vec<Step>,
}

/// What becomes of one file.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Step {
    /// Its name in the folder.
    pub(super) name: String,
    pub(super) change: Change,
    /// SHA-256 of what takes the place, or of what goes.
    pub(super) sha256: String,
}

/// What is done with a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Change {
    /// The file staged under that name takes its place.
    Put(String),
    /// It goes, if it is what was written.
    Remove,
}

impl Journal {
    /// From the file; a journal appears whole, so that one that cannot be read was written by someone else, and says nothing.
    pub(super) fn read(text: &[u8]) -> Self {
        let mut journal: Self = serde_json::from_slice(text).unwrap_or_default();
        journal.steps.retain(|step| match &step.change {
            Change::Put(staged) => is_output(&step.name) && is_plain(staged) && staged.starts_with(STAGED),
            Change::Remove => is_output(&step.name),
        });
        journal
    }

    /// The file.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        serde_json::to_vec(self).expect("strings have a place in JSON")
    }
}

/// Whether a name can be that of a file of a set: in the folder itself, and none of those that publishing keeps for itself.
pub(super) fn is_output(name: &str) -> bool {
    is_plain(name) && !name.starts_with('.')
}

/// Whether a name stays in the folder.
fn is_plain(name: &str) -> bool {
    !name.is_empty() && !name.contains(['/', '\\', '\0', ':']) && name != "." && name != ".."
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_journal_leads_nowhere_else() {
        let step = |name: &str, change| Step { name: name.to_owned(), change, sha256: String::new() };
        let put = |staged: &str| Change::Put(staged.to_owned());
        let steps = vec![
            step("r.pdf", put(".rapporteur-staged-new-r.pdf")),
            step("../x", put(".rapporteur-staged-new-x")),
            step("r.pdf", put("../secret")),
            step("r.pdf", put(".gitignore")),
            step(".gitignore", Change::Remove),
            step("a/b", Change::Remove),
            step("C:b", Change::Remove),
            step("..\\b", Change::Remove),
        ];
        let read = Journal::read(&Journal { steps }.to_bytes());
        assert_eq!(read.steps.len(), 1);
        assert!(Journal::read(b"{").steps.is_empty());
    }
}
