use crate::document::Role;

/// What a finished file says.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Inspection {
    /// The report from title to last note, in reading order, without contents, running heads and feet.
    pub fragments: Vec<Fragment>,
    /// What the file says about itself.
    pub facts: Facts,
}

/// A piece of text in one role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fragment {
    /// What it is.
    pub role: Role,
    /// A number or marker set before it ("III.", "4.", "•", "1" of a note), generated ones included.
    pub number: Option<String>,
    /// Its text, white space collapsed; references to notes are not in it.
    pub text: String,
}

/// Facts of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
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
    /// How many of each structure element (`H1`, `Table`) or its like.
    pub tags: std::collections::BTreeMap<String, usize>,
    /// Bookmarks or contents: depth from 1 and title.
    pub bookmarks: Vec<(usize, String)>,
    /// Notes.
    pub notes: usize,
    /// Fonts embedded.
    pub fonts: Vec<String>,
}

/// Why a file cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InspectError(pub String);

impl std::fmt::Display for InspectError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for InspectError {}
