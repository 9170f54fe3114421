//! The words of a changelog.

pub(super) mod arabic;
pub(super) mod chinese;
pub(super) mod english;
pub(super) mod french;
pub(super) mod russian;
pub(super) mod spanish;

/// What a changelog says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChangelogTerms {
    /// "Changelog".
    pub title: &'static str,
    /// "Unreleased", of what stands in no version yet.
    pub unreleased: &'static str,
    /// "Substantive changes".
    pub substantive: &'static str,
    /// "Editorial changes".
    pub editorial: &'static str,
    /// "Words", before how many came and went.
    pub words: &'static str,
    /// "Tables changed", before how many.
    pub tables: &'static str,
    /// "Figures changed", before how many.
    pub figures: &'static str,
    /// "from {}", with the section that something was moved from.
    pub from: &'static str,
    /// "formerly {}", with a former title.
    pub was: &'static str,
    /// "former {}", with what something that is gone was numbered by: "former paragraph 20".
    pub former: &'static str,
    /// "Where each numbered paragraph went".
    pub went: &'static str,
    /// "Paragraph before", a column's heading.
    pub number_before: &'static str,
    /// "Paragraph now", a column's heading.
    pub number_after: &'static str,
    /// "new", where a number was not there before.
    pub new: &'static str,
    /// "deleted", where a number is no longer there.
    pub gone: &'static str,
    /// "moved", beside a number.
    pub moved: &'static str,
    /// "Opening words", a column's heading.
    pub note: &'static str,
    /// "Revision history".
    pub history: &'static str,
    /// "Version", a column's heading.
    pub version: &'static str,
    /// "Changes", a column's heading.
    pub what: &'static str,
    /// "First version."
    pub first: &'static str,
    /// "and {} more", behind a list that was cut short.
    pub more: &'static str,
    /// "Editorial changes only."
    pub only_editorial: &'static str,
    /// "In several places", where the same was done more than once.
    pub throughout: &'static str,
    /// What was done.
    pub actions: ActionTerms,
    /// "Added", "Changed", "Removed" and "Fixed": the headings of a version (Keep a Changelog 1.1).
    pub headings: [&'static str; 4],
    /// Why a change was classed as it was.
    pub reasons: ReasonTerms,
}

/// What was done to a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ActionTerms {
    /// "Added".
    pub added: &'static str,
    /// "Removed".
    pub removed: &'static str,
    /// "Moved".
    pub moved: &'static str,
    /// "Replaced", of a picture.
    pub replaced: &'static str,
    /// "Rewritten".
    pub rewritten: &'static str,
    /// "Reworded".
    pub reworded: &'static str,
    /// "Renamed".
    pub renamed: &'static str,
    /// "Restructured".
    pub restructured: &'static str,
    /// "Reformatted".
    pub reformatted: &'static str,
}

/// Why a change was classed as it was: what it touches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReasonTerms {
    /// "white space".
    pub space: &'static str,
    /// "punctuation".
    pub punctuation: &'static str,
    /// "capitals".
    pub capitals: &'static str,
    /// "spelling".
    pub spelling: &'static str,
    /// "a small word".
    pub small_words: &'static str,
    /// "format".
    pub format: &'static str,
    /// "a link’s address".
    pub link_address: &'static str,
    /// "structure".
    pub structure: &'static str,
    /// "place within its chapter".
    pub place: &'static str,
    /// "a number".
    pub number: &'static str,
    /// "a figure in a table".
    pub table_figure: &'static str,
    /// "what must, may or must not be done".
    pub obligation: &'static str,
    /// "a recommendation".
    pub recommendation: &'static str,
    /// "a sentence".
    pub sentence: &'static str,
    /// "new text".
    pub new_text: &'static str,
    /// "removed text".
    pub removed_text: &'static str,
    /// "place in another chapter or order".
    pub order: &'static str,
    /// "a figure".
    pub figure: &'static str,
    /// "a formula".
    pub formula: &'static str,
    /// "code".
    pub code: &'static str,
    /// "a note".
    pub note_text: &'static str,
    /// "kind or state".
    pub status: &'static str,
    /// "a title".
    pub heading_title: &'static str,
    /// "wording".
    pub wording: &'static str,
}
