//! Entries that inherit from each other.
//!
//! In: the entries of a file. Out: the fields by which one inherits from itself, or from too many, which hayagriva's
//! reader would follow for ever.

use std::collections::HashMap;
use std::ops::Range;

use super::scan::Entry;

/// Entries that one may inherit from, each counted as often as it is reached.
const MOST_INHERITED: usize = 200;

/// Fields by which an entry inherits from itself, or from too many.
pub(super) fn endless(text: &str, entries: &[Entry]) -> Vec<Range<usize>> {
    let inherits = |entry: &Entry| {
        let named = ["crossref", "xdata"].into_iter().flat_map(|name| entry.named(text, name));
        named.map(|field| (field.name.start..field.value.end, field.names(text).map(str::to_owned).collect())).collect()
    };
    let inherits = entries.iter().map(inherits).collect();
    Endless { inherits, by_key: keys(text, entries), costs: vec![None; entries.len()], fields: Vec::new() }.find()
}

fn keys<'a>(text: &'a str, entries: &'a [Entry]) -> HashMap<&'a str, usize> {
    let aliases = entries
        .iter()
        .enumerate()
        .flat_map(|(at, entry)| entry.named(text, "ids").flat_map(|field| field.names(text)).map(move |key| (key, at)));
    let own = entries.iter().enumerate().rev().map(|(at, entry)| (&text[entry.key.clone()], at));
    aliases.chain(own).collect()
}

struct Endless<'a> {
    /// By entry: fields that name others, and the names.
    inherits: Vec<Vec<(Range<usize>, Vec<String>)>>,
    by_key: HashMap<&'a str, usize>,
    /// How many entries each reads, itself included.
    costs: Vec<Option<usize>>,
    fields: Vec<Range<usize>>,
}

impl Endless<'_> {
    fn find(mut self) -> Vec<Range<usize>> {
        let inherits = std::mem::take(&mut self.inherits);
        for at in 0..inherits.len() {
            let mut path = Vec::new();
            self.cost(&inherits, at, &mut path);
        }
        self.fields
    }

    /// Paths longer than the limit are cut as well, so that this ends.
    fn cost(&mut self, inherits: &[Vec<(Range<usize>, Vec<String>)>], at: usize, path: &mut Vec<usize>) -> usize {
        if let Some(cost) = self.costs[at] {
            return cost;
        }
        path.push(at);
        let mut cost = 1_usize;
        for (field, names) in &inherits[at] {
            let mut sum = 0_usize;
            for name in names {
                let Some(&next) = self.by_key.get(name.as_str()) else { continue };
                let circular = path.contains(&next) || path.len() > 50;
                sum = sum.saturating_add(if circular { usize::MAX } else { self.cost(inherits, next, path) });
            }
            if sum > MOST_INHERITED {
                self.fields.push(field.clone());
            } else {
                cost += sum;
            }
        }
        path.pop();
        self.costs[at] = Some(cost);
        cost
    }
}
