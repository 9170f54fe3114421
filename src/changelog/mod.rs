//! A changelog that comes from a comparison and not from commit messages.
//!
//! In: a resolved redline. Out: a [`Release`]: what was added, removed, moved, rewritten and renamed, by section, each entry classed as editorial or
//! substantive with the rule that decided so; and its renderings: Markdown by section, half a page for a mailing list, the form of Keep a
//! Changelog with hand-written notes kept, JSON, and a draft with an annex and a revision history. Never compares, and
//! never asks who committed what.

mod class;
mod draft;
mod entry;
mod fold;
mod group;
mod json;
mod keep;
mod mail;
mod markdown;
mod notes;
mod numbers;
mod obligation;
mod pair;
mod spelling;
mod wording;

pub use class::{Class, Reason};
pub use draft::{annex, history};
pub use entry::{Action, Entry, Piece};
pub use group::release;
pub use json::json;
pub use keep::keep_a_changelog;
pub use mail::mail;
pub use markdown::{Detail, first, markdown, page};
pub use notes::{Note, assign};
pub use numbers::{Row, paragraphs};

use crate::resolve::{Date, Terms, Total, Went};
use fold::capitalised;

/// What one version changed of the one before.
#[derive(Debug, Clone, PartialEq)]
pub struct Release {
    /// What it is called: "Draft II", "1.1.0".
    pub name: String,
    /// The version before.
    pub since: String,
    /// The date of the version before.
    pub since_date: Option<Date>,
    /// As its tag has it, by which notes know it.
    pub tag: Option<String>,
    /// Its date.
    pub date: Option<Date>,
    /// What changed, in reading order.
    pub entries: Vec<Entry>,
    /// Changes and words.
    pub total: Total,
    /// Tables that changed, came or went.
    pub tables: usize,
    /// Figures that changed, came or went.
    pub figures: usize,
    /// Where every number went.
    pub went: Vec<Went>,
    /// What people wrote about it, beside what was found.
    pub notes: Vec<Note>,
    /// The words that it is told in.
    pub terms: Terms,
}

impl Release {
    /// Its entries of a class.
    pub fn of_class(&self, class: Class) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(move |entry| entry.class == class)
    }

    /// Whether it is a version of its own, rather than drafts as they stand now.
    pub fn is_released(&self) -> bool {
        self.tag.is_some()
    }

    /// What it is called where a line begins: a name stays as it is, words that stand in for one ("this version") have a capital.
    fn heading(&self) -> String {
        if self.name == self.terms.revision.current { capitalised(&self.name) } else { self.name.clone() }
    }

    /// "Changes since Draft I".
    pub fn title(&self) -> String {
        self.terms.revision.since.replace("{}", &self.since)
    }
}
