//! Link reference definitions (CommonMark 4.7) for text that is parsed by itself: titles of images and boxes.
//!
//! In: the lines of a draft. Out: [`Definitions`], which comrak asks where it meets a label that it does not know. Of two
//! with one label the first counts.

use std::collections::BTreeMap;
use std::sync::Arc;

use comrak::nodes::NodeValue;
use comrak::options::BrokenLinkReference;
use comrak::{Arena, ResolvedReference};

use super::note::fold;
use super::syntax::{self, Boxes};

/// Destination and title, by folded label. A copy shares them.
#[derive(Debug, Clone, Default)]
pub(super) struct Definitions {
    found: Arc<BTreeMap<String, (String, String)>>,
}

impl Definitions {
    /// Those of a text; a line of code defines nothing.
    pub(super) fn of(text: &str, is_code: impl Fn(usize) -> bool) -> Self {
        let lines: Vec<&str> = text.lines().map(|line| line.trim_start_matches([' ', '\t', '>'])).collect();
        let mut found = BTreeMap::new();
        for (at, line) in lines.iter().enumerate() {
            let Some(label) = label(line).filter(|_| !is_code(at + 1)) else { continue };
            let key = fold(label);
            if !found.contains_key(&key)
                && let Some(defined) = read(label, line, lines.get(at + 1).copied().unwrap_or_default())
            {
                found.insert(key, defined);
            }
        }
        Self { found: Arc::new(found) }
    }

    /// What a label leads to.
    pub(super) fn resolve(&self, reference: &BrokenLinkReference<'_>) -> Option<ResolvedReference> {
        let (url, title) = self.found.get(&fold(reference.original))?;
        Some(ResolvedReference { url: url.clone(), title: title.clone() })
    }
}

/// The label of a line that may be a definition; a note's is none.
fn label(line: &str) -> Option<&str> {
    let (label, _) = line.strip_prefix('[')?.split_once("]:")?;
    (!label.starts_with('^') && !label.trim().is_empty() && !label.contains(['[', ']'])).then_some(label)
}

/// A definition of one line, or of two: the destination or the title may stand on the second.
fn read(label: &str, line: &str, next: &str) -> Option<(String, String)> {
    let arena = Arena::new();
    let ends = line.ends_with("]:") || next.starts_with(['"', '\'', '(']);
    let more = if ends { next } else { "" };
    let root = syntax::tree(&arena, &format!("{line}\n{more}\n\n[{label}]\n"), Boxes::Text);
    let mut links = root.descendants().filter_map(|node| {
        let data = node.data();
        let NodeValue::Link(link) = &data.value else { return None };
        Some((link.url.clone(), link.title.clone()))
    });
    links.next()
}
