//! Anchors: each unique in the report, whatever its case (Word's bookmarks know none).
//!
//! In: what a place would like to be called. Out: [`Anchor`]s, ASCII and in order of claiming.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use super::info::Anchor;
use super::resolved::SideTable;
use crate::document::NodeId;

/// Longest anchor made from a heading's text.
const LONGEST: usize = 100;

/// The anchors given so far.
#[derive(Default)]
pub(super) struct Anchors {
    /// By node.
    pub(super) table: SideTable<Anchor>,
    /// In lower case, with the number that the next of that name would try first.
    taken: HashMap<String, u32>,
}

impl Anchors {
    /// Gives a node the anchor that it wants, or that with the first free number behind it.
    /// A node that has one keeps it.
    pub(super) fn claim(&mut self, node: NodeId, wanted: &str) -> Anchor {
        if let Some(anchor) = self.table.get(node) {
            return anchor.clone();
        }
        let anchor = Anchor(self.free(wanted));
        self.table.insert(node, anchor.clone());
        anchor
    }

    /// Gives an anchor that stands in a table of its own, as notes' do.
    pub(super) fn reserve(&mut self, wanted: &str) -> Anchor {
        Anchor(self.free(wanted))
    }

    fn free(&mut self, wanted: &str) -> String {
        let key = wanted.to_ascii_lowercase();
        let Some(&next) = self.taken.get(&key) else {
            self.taken.insert(key, 2);
            return wanted.to_owned();
        };
        let number = (next..).find(|number| !self.taken.contains_key(&format!("{key}-{number}")));
        let number = number.expect("fewer than 2^32 anchors are given");
        self.taken.insert(key.clone(), number + 1);
        self.taken.insert(format!("{key}-{number}"), 2);
        format!("{wanted}-{number}")
    }
}

/// Whether a label can be an anchor as it is.
pub(super) fn is_anchor(label: &str) -> bool {
    label.starts_with(|c: char| c.is_ascii_alphabetic())
        && label.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
}

/// The anchor that a text would like: its letters without accents, spaces as hyphens. Where it does not
/// begin with a letter, `prefix` stands before it; where nothing is left, there is none.
pub(super) fn from_text(text: &str, prefix: &str) -> Option<String> {
    let plain = text.nfkd().filter(|c| !is_combining_mark(*c)).collect::<String>();
    let mut anchor = slug(&plain);
    anchor.retain(|c| c.is_ascii());
    anchor.truncate(LONGEST);
    let anchor = anchor.trim_matches(['-', '_']);
    if anchor.is_empty() {
        None
    } else if is_anchor(anchor) {
        Some(anchor.to_owned())
    } else {
        Some(format!("{prefix}-{anchor}"))
    }
}

/// A heading's text as GitHub makes an anchor of it: lower case, spaces as hyphens, and beside letters,
/// numbers, hyphens and underscores nothing.
pub(super) fn slug(text: &str) -> String {
    let mut slug = String::new();
    for c in text.trim().chars().flat_map(char::to_lowercase) {
        if c.is_whitespace() {
            slug.push('-');
        } else if c.is_alphanumeric() || is_combining_mark(c) || c == '-' || c == '_' {
            slug.push(c);
        }
    }
    slug
}

/// What other programs make of a heading's text, where it is not what GitHub does: pandoc keeps full stops and, as
/// kramdown, begins with a letter; Python-Markdown has one hyphen where GitHub has several.
pub(super) fn slugs_elsewhere(text: &str) -> impl Iterator<Item = String> {
    let github = slug(text);
    let lettered = |slug: &str| slug.trim_start_matches(|c: char| !c.is_alphabetic()).to_owned();
    let single = github.split('-').filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-");
    let pandoc = text.contains('.').then(|| {
        let kept = |c: &char| c.is_alphanumeric() || c.is_whitespace() || is_combining_mark(*c) || "-_.".contains(*c);
        let plain: String = text.to_lowercase().chars().filter(kept).collect();
        lettered(&plain.split_whitespace().collect::<Vec<_>>().join("-"))
    });
    let others = [lettered(&github), lettered(&single), single];
    let others = others.into_iter().chain(pandoc);
    others.filter(move |name| !name.is_empty() && *name != github)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Ids;

    #[test]
    fn texts_become_anchors() {
        for (text, slugged, anchor) in [
            ("Scope of work", "scope-of-work", Some("scope-of-work")),
            ("Appendix I - Containers", "appendix-i---containers", Some("appendix-i---containers")),
            ("What's new in 4.0?", "whats-new-in-40", Some("whats-new-in-40")),
            ("Größe & Maß", "größe--maß", Some("groe--ma")),
            ("Résumé", "résumé", Some("resume")),
            ("2017 session", "2017-session", Some("section-2017-session")),
            ("目录", "目录", None),
            ("…", "", None),
            ("_x_", "_x_", Some("x")),
        ] {
            assert_eq!(slug(text), slugged, "{text}");
            assert_eq!(from_text(text, "section").as_deref(), anchor, "{text}");
        }
    }

    #[test]
    fn anchors_are_unique_whatever_their_case() {
        let mut ids = Ids::default();
        let mut anchors = Anchors::default();
        let mut claim = |wanted: &str| anchors.claim(ids.fresh(), wanted).0;
        let given: Vec<String> = ["a", "A", "a-2", "a", "a-2"].into_iter().map(&mut claim).collect();
        assert_eq!(given, ["a", "A-2", "a-2-2", "a-3", "a-2-3"]);
    }
}
