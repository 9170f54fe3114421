use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

use super::passage::{Passage, primary};
use crate::document::{Direction, Role};

/// What a finished file says.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Inspection {
    /// The report from title to last note, in reading order, without contents, running heads and feet.
    pub fragments: Vec<Fragment>,
    /// What the file says about itself.
    pub facts: Facts,
}

/// A piece of text in one role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fragment {
    /// What it is.
    #[serde(serialize_with = "role_name")]
    pub role: Role,
    /// For text in a box: the role of what holds the box, where the format tells it and it has one.
    #[serde(serialize_with = "outer_role_name", skip_serializing_if = "Option::is_none")]
    pub holder: Option<Role>,
    /// A number or marker set before it ("III.", "4.", "•", "1" of a note), generated ones included.
    /// A marker without a paragraph of its own stands alone, before an empty text.
    pub number: Option<String>,
    /// Its text, white space collapsed (code keeps its lines); references to notes are not in it.
    pub text: String,
    /// Numbers of the notes it refers to, as shown ("3", "b"), in order.
    pub notes: Vec<String>,
    /// Addresses outside the file that it links to, in order.
    pub links: Vec<String>,
    /// Which way its lines run, for text, where the format tells it; a PDF does not.
    #[serde(serialize_with = "direction_name", skip_serializing_if = "Option::is_none")]
    pub direction: Option<Direction>,
    /// What it says in other languages than the file's, in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub passages: Vec<Passage>,
}

fn direction_name<S: Serializer>(direction: &Option<Direction>, serializer: S) -> Result<S::Ok, S::Error> {
    direction.map(Direction::name).serialize(serializer)
}

fn role_name<S: Serializer>(role: &Role, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&role.name())
}

fn outer_role_name<S: Serializer>(role: &Option<Role>, serializer: S) -> Result<S::Ok, S::Error> {
    role.map(Role::name).serialize(serializer)
}

impl Fragment {
    /// Text in a role, and nothing else.
    pub fn new(role: Role, text: impl Into<String>) -> Self {
        let (notes, links, passages) = Default::default();
        Self { role, holder: None, number: None, text: text.into(), notes, links, direction: None, passages }
    }
}

impl Inspection {
    /// Text that says it is in the file's own language is no passage in another.
    pub(super) fn without_own_language(mut self) -> Self {
        let own = primary(self.facts.language.as_deref().unwrap_or_default());
        for fragment in &mut self.fragments {
            fragment.passages.retain(|passage| primary(&passage.language) != own);
        }
        self
    }
}

/// Facts of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Facts {
    /// Pages (PDF only).
    pub pages: Option<usize>,
    /// Title in the metadata.
    pub title: Option<String>,
    /// Language.
    pub language: Option<String>,
    /// Authors in the metadata.
    pub authors: Vec<String>,
    /// Subject keywords.
    pub subjects: Vec<String>,
    /// Conformance claimed ("PDF/UA-1", "PDF/A-2a").
    pub conformance: Vec<String>,
    /// Document identifiers.
    pub identifiers: Vec<String>,
    /// How many of each structure element, by the names of PDF (ISO 32000-1 14.8.4) in every format:
    /// `H1` to `H6`, `Table`, `TR`, `TH`, `TD`, `L`, `LI`, `Figure`, `Note`, … A DOCX counts no lists.
    pub tags: BTreeMap<String, usize>,
    /// The printed contents: depth from 1, number and title.
    pub contents: Vec<(usize, String)>,
    /// What a viewer's navigation shows (a PDF's bookmarks, headings elsewhere): depth from 1, number and title.
    pub bookmarks: Vec<(usize, String)>,
    /// Notes.
    pub notes: usize,
    /// Fonts embedded.
    pub fonts: Vec<String>,
}

impl Facts {
    /// How many structure elements have a name.
    pub fn tagged(&self, name: &str) -> usize {
        self.tags.get(name).copied().unwrap_or_default()
    }

    pub(super) fn count(&mut self, name: &str) {
        *self.tags.entry(name.to_owned()).or_default() += 1;
    }

    /// Takes the count of a heading back.
    pub(super) fn uncount(&mut self, fragment: &Fragment) {
        if let Role::Heading(level) = fragment.role {
            let count = self.tags.entry(format!("H{}", level.get())).or_default();
            *count = count.saturating_sub(1);
        }
    }

    /// Counts a heading, which viewers also navigate by, or a figure.
    pub(super) fn count_fragment(&mut self, fragment: &Fragment) {
        if let Role::Heading(level) = fragment.role {
            self.count(&format!("H{}", level.get()));
            let number = fragment.number.as_ref().map(|number| format!("{number} ")).unwrap_or_default();
            self.bookmarks.push((level.get().into(), format!("{number}{}", fragment.text)));
        } else if fragment.role == Role::Figure {
            self.count("Figure");
        }
    }
}

/// Why a file cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InspectError(pub String);

impl InspectError {
    pub(super) fn new(reason: impl std::fmt::Display) -> Self {
        Self(reason.to_string())
    }
}

impl std::fmt::Display for InspectError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for InspectError {}
