//! The ids of entries: `ref-` and the key.
//!
//! In: keys, and the labels that writers typed. Out: a label for each key, whatever its case that of nothing else.

use std::collections::{HashMap, HashSet};

/// Ids given so far.
pub(super) struct Labels {
    taken: HashSet<String>,
    by_key: HashMap<String, String>,
}

impl Labels {
    /// None given; what is taken is in lower case.
    pub(super) fn new(taken: HashSet<String>) -> Self {
        Self { taken, by_key: HashMap::new() }
    }

    /// The id of a key's entry.
    pub(super) fn of(&mut self, key: &str) -> String {
        if let Some(label) = self.by_key.get(key) {
            return label.clone();
        }
        let plain: String =
            key.chars().map(|c| if c.is_ascii_alphanumeric() || "_.-".contains(c) { c } else { '-' }).collect();
        let wanted = format!("ref-{plain}");
        let numbered = (2_u32..).map(|number| format!("{wanted}-{number}"));
        let mut candidates = std::iter::once(wanted.clone()).chain(numbered);
        let label = candidates.find(|label| self.taken.insert(label.to_lowercase())).expect("numbers do not end");
        self.by_key.insert(key.to_owned(), label.clone());
        label
    }

    /// An id, if nothing has it.
    pub(super) fn claim(&mut self, label: &str) -> Option<String> {
        self.taken.insert(label.to_lowercase()).then(|| label.to_owned())
    }

    /// The id that a key's entry has, if it has one.
    pub(super) fn get(&self, key: &str) -> Option<&str> {
        self.by_key.get(key).map(String::as_str)
    }
}
