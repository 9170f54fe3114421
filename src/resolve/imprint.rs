//! What the report says of itself, in words.

use crate::diag::Status;
use crate::project::Date;

/// Metadata as it is printed.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Metadata {
    /// Never empty.
    pub title: String,
    /// Beneath the title.
    pub subtitle: Option<String>,
    /// For the running head; the title where none is given.
    pub short_title: String,
    /// BCP 47.
    pub language: String,
    /// Draft or final.
    pub status: Status,
    /// What every page of a draft shows; `None` in a final. "Draft" where a draft gives none.
    pub draft_label: Option<String>,
    /// As given.
    pub version: Option<String>,
    /// ISO date, for metadata.
    pub date: Option<Date>,
    /// The date in words of the report's language ("20 December 2017").
    pub date_text: String,
    /// Name and address of each author.
    pub authors: Vec<(String, Option<String>)>,
    /// Configuration's, then those of front matter, each once.
    pub contributors: Vec<String>,
    /// As given.
    pub publisher: Option<String>,
    /// As given.
    pub event: Option<String>,
    /// Above the title on the cover.
    pub series: Option<String>,
    /// As given.
    pub reference: Option<String>,
    /// As given.
    pub isbn: Option<String>,
    /// As given.
    pub doi: Option<String>,
    /// As given, with an address where the SPDX identifier is known.
    pub licence: Option<Licence>,
    /// As given.
    pub subjects: Vec<String>,
    /// As given.
    pub description: Option<String>,
    /// As given.
    pub disclaimer: Option<String>,
    /// Label and value of each line at the foot of the cover.
    pub cover_rows: Vec<CoverRow>,
    /// Text at the start of the running foot ("IGF2024/BPF-CYB · version 0.1.0"); may be empty.
    pub running_foot: String,
}

/// A licence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Licence {
    /// SPDX identifier or free text.
    pub text: String,
    /// Its deed's address, if known.
    pub url: Option<String>,
}

/// A line of the cover.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoverRow {
    /// "Publisher".
    pub label: String,
    /// The value.
    pub value: String,
}

impl Metadata {
    /// What is printed of it, or shown by a viewer: all that stands in no draft.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        let rows = self.cover_rows.iter().flat_map(|row| [row.label.as_str(), row.value.as_str()]);
        let single = [&self.subtitle, &self.draft_label, &self.series, &self.reference, &self.disclaimer];
        let fixed = [self.title.as_str(), self.short_title.as_str(), self.running_foot.as_str()];
        fixed.into_iter().chain(single.into_iter().filter_map(|text| text.as_deref())).chain(rows)
    }
}
