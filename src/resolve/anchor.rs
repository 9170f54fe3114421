use std::collections::{HashMap, HashSet};

use unicode_normalization::UnicodeNormalization;

use super::Anchor;

/// Hands out anchors, each once.
#[derive(Debug, Clone, Default)]
pub(super) struct Anchors {
    taken: HashSet<String>,
    /// The next suffix to try for a base, so that a thousand equal headings cost no more than a thousand steps.
    suffixes: HashMap<String, u32>,
}

impl Anchors {
    /// The anchor for a label as typed, or for a slug; `-2` and so on where it is taken.
    /// What has no letter or digit that an anchor may hold takes `fallback`.
    pub(super) fn claim(&mut self, wanted: &str, fallback: &str) -> Anchor {
        let base = valid(wanted, fallback);
        if self.taken.insert(base.clone()) {
            return Anchor(base);
        }
        let suffix = self.suffixes.entry(base.clone()).or_insert(1);
        loop {
            *suffix += 1;
            let candidate = format!("{base}-{suffix}");
            if self.taken.insert(candidate.clone()) {
                return Anchor(candidate);
            }
        }
    }
}

/// Letters, digits, `-`, `_`, `.` of ASCII, a letter first; accents are taken off.
fn valid(wanted: &str, fallback: &str) -> String {
    let plain = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let kept: String = wanted.nfkd().filter(plain).collect();
    if !kept.contains(|c: char| c.is_ascii_alphanumeric()) {
        return fallback.to_owned();
    }
    if kept.starts_with(|c: char| c.is_ascii_alphabetic()) {
        kept
    } else {
        format!("{fallback}-{}", kept.trim_start_matches('-'))
    }
}

/// A heading's text as a slug, in the manner of GitHub: lower case, spaces to hyphens, punctuation gone.
pub(super) fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for c in text.trim().chars() {
        match c {
            ' ' | '\t' | '\n' => slug.push('-'),
            '-' | '_' => slug.push(c),
            c if c.is_alphanumeric() => slug.extend(c.to_lowercase()),
            _ => {}
        }
    }
    slug
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anchors_are_unique_and_plain() {
        let mut anchors = Anchors::default();
        let mut claim = |text: &str| anchors.claim(text, "section").0;
        assert_eq!(claim("scope"), "scope");
        assert_eq!(claim("scope"), "scope-2");
        assert_eq!(claim("scope"), "scope-3");
        assert_eq!(claim("scope-2"), "scope-2-2");
        assert_eq!(claim(&slug("Évaluation & suivi")), "evaluation--suivi");
        assert_eq!(claim("范围"), "section");
        assert_eq!(claim("范围"), "section-2");
        assert_eq!(claim("2017"), "section-2017");
    }

    #[test]
    fn slugs_are_those_that_writers_know() {
        assert_eq!(slug("What's new, in 2.0?"), "whats-new-in-20");
        assert_eq!(slug("  V1: Architecture - Design "), "v1-architecture---design");
    }
}
