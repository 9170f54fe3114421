//! Link reference definitions (CommonMark 4.7) for text that is parsed by itself: titles of images and boxes.
//!
//! In: a draft. Out: [`Definitions`], which comrak asks where it meets a label that it does not know. What defines
//! something is comrak's to say: it is asked for each label that may be defined, before the draft.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use comrak::nodes::NodeValue;
use comrak::options::BrokenLinkReference;
use comrak::{Arena, ResolvedReference};

use super::note::fold;
use super::syntax::{self, Boxes};

/// What references in titles may come to, in bytes, for any draft; for a longer one, its length: as comrak bounds those
/// of a text.
const LEAST_BOUND: usize = 100_000;

/// Destination and title, by folded label. A copy shares them.
#[derive(Debug, Clone, Default)]
pub(super) struct Definitions {
    found: Arc<BTreeMap<String, (String, String)>>,
    /// Bytes that may still be handed out.
    left: Arc<AtomicUsize>,
}

impl Definitions {
    /// Those of a text.
    pub(super) fn of(text: &str) -> Self {
        let lines = text.lines().map(|line| line.trim_start_matches([' ', '\t', '>']));
        let labels: BTreeMap<String, &str> = lines.filter_map(label).map(|label| (fold(label), label)).collect();
        if labels.is_empty() {
            return Self::default();
        }
        let asked: String = labels.values().map(|label| format!("[{label}]\n\n")).collect();
        let arena = Arena::new();
        let root = syntax::tree(&arena, &(asked + text), Boxes::Text);
        let answers = root.children().zip(labels.into_keys()).filter_map(|(paragraph, key)| {
            let link = paragraph.first_child()?;
            let data = link.data();
            let NodeValue::Link(link) = &data.value else { return None };
            Some((key, (link.url.clone(), link.title.clone())))
        });
        let found = Arc::new(answers.collect());
        Self { found, left: Arc::new(AtomicUsize::new(text.len().max(LEAST_BOUND))) }
    }

    /// What a label leads to; nothing where titles have come to more than a person writes.
    pub(super) fn resolve(&self, reference: &BrokenLinkReference<'_>) -> Option<ResolvedReference> {
        let (url, title) = self.found.get(&fold(reference.original))?;
        let size = url.len() + title.len();
        let take = |left: usize| left.checked_sub(size);
        self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, take).ok()?;
        Some(ResolvedReference { url: url.clone(), title: title.clone() })
    }
}

/// The label of a line that may be a definition; a note's is none.
fn label(line: &str) -> Option<&str> {
    let (label, _) = line.strip_prefix('[')?.split_once("]:")?;
    (!label.starts_with('^') && !label.trim().is_empty() && !label.contains(['[', ']'])).then_some(label)
}
