//! Bookmarks: anchors as Word names them.

use std::collections::{BTreeMap, BTreeSet};

use crate::resolve::Anchor;

/// The longest name that Word takes.
const LONGEST: usize = 40;

/// Names given so far, and the counter of ids that all annotations of the package share.
#[derive(Debug, Default)]
pub(super) struct Bookmarks {
    names: BTreeMap<Anchor, String>,
    taken: BTreeSet<String>,
    written: BTreeSet<Anchor>,
    next_id: u32,
}

impl Bookmarks {
    /// The name of an anchor: letters, digits and `_`, first a letter, at most 40, unique whatever the case.
    pub fn name(&mut self, anchor: &Anchor) -> String {
        if let Some(name) = self.names.get(anchor) {
            return name.clone();
        }
        let base = valid(anchor.as_str());
        let mut name = base.clone();
        for number in 2.. {
            if self.taken.insert(name.to_lowercase()) {
                break;
            }
            let suffix = format!("_{number}");
            let kept: String = base.chars().take(LONGEST - suffix.len()).collect();
            name = kept + &suffix;
        }
        self.names.insert(anchor.clone(), name.clone());
        name
    }

    /// Whether an anchor's bookmark is still to be written; afterwards it counts as written.
    pub fn claim(&mut self, anchor: &Anchor) -> bool {
        self.written.insert(anchor.clone())
    }

    /// Keeps a name from being an anchor's.
    pub fn reserve(&mut self, name: &str) {
        self.taken.insert(name.to_owned());
    }

    /// The next id of an annotation.
    pub fn next_id(&mut self) -> u32 {
        self.next_id += 1;
        self.next_id
    }
}

fn valid(anchor: &str) -> String {
    let name: String = anchor.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).take(LONGEST).collect();
    if name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return name;
    }
    format!("b_{name}").chars().take(LONGEST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_valid_unique_and_stable() {
        let mut bookmarks = Bookmarks::default();
        let long = "a".repeat(60);
        let longer = format!("{}b", "a".repeat(45));
        let mut name = |anchor: &str| bookmarks.name(&Anchor(anchor.to_owned()));
        assert_eq!(name("heading-one"), "heading_one");
        assert_eq!(name("heading.one"), "heading_one_2");
        assert_eq!(name("Heading-One"), "Heading_One_3");
        assert_eq!(name("heading-one"), "heading_one");
        assert_eq!(name(&long), "a".repeat(40));
        assert_eq!(name(&longer), format!("{}_2", "a".repeat(38)));
        assert_eq!(name("9-lives"), "b_9_lives");
    }
}
