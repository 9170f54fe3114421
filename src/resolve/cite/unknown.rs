//! Names in a bibliography that mean nothing.
//!
//! In: names, where they stand. Out: one [`Remark`] for each, at its first place, so that a file of thousands of works
//! is no thousand remarks.

use std::collections::HashMap;
use std::ops::Range;

use super::library::Remark;
use crate::diag::nearest;

/// Names told of one bibliography.
const MOST: usize = 20;

/// Names that were met, in the order of their first places.
#[derive(Default)]
pub(super) struct Unknown {
    by_name: HashMap<String, usize>,
    names: Vec<(String, Range<usize>, usize)>,
}

impl Unknown {
    /// Counts a name; where it stands is asked for once.
    pub(super) fn meet(&mut self, name: &str, place: impl FnOnce() -> Range<usize>) {
        if let Some(&at) = self.by_name.get(name) {
            self.names[at].2 += 1;
            return;
        }
        self.by_name.insert(name.to_owned(), self.names.len());
        self.names.push((name.to_owned(), place(), 1));
    }

    /// What is said of them: "`pubisher` is `what`, in 3 entries: `effect`", with the nearest of those that are known.
    pub(super) fn remarks(
        self,
        what: &str,
        effect: &str,
        known: impl Iterator<Item = &'static str> + Clone,
    ) -> Vec<Remark> {
        let more = self.names.len().saturating_sub(MOST);
        let last = self.names.last().map(|(_, place, _)| place.clone());
        let mut remarks: Vec<Remark> = self
            .names
            .into_iter()
            .take(MOST)
            .map(|(name, place, count)| {
                let times = if count > 1 { format!(", {count} times") } else { String::new() };
                let near = nearest(&name, known.clone());
                Remark {
                    place,
                    message: format!("`{name}` is {what}{times}; {effect}"),
                    hint: near.map(|near| format!("did you mean `{near}`?")),
                }
            })
            .collect();
        if let (Some(place), true) = (last, more > 0) {
            remarks.push(Remark { place, message: format!("{more} more names that are {what}"), hint: None });
        }
        remarks
    }
}
