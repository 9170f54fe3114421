//! Editorial or substantive, and by which rule.
//!
//! The rules are tried in the order of [`reason`] and of [`wording::reason`]; what none of them takes for editorial is substantive.

use super::wording;
use crate::resolve::{ChangeInfo, ChangeKind, ChangeObject, PlaceInfo, ReasonTerms, RevisionInfo};

/// What a change means to a reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Class {
    /// It says something else than before.
    Substantive,
    /// It says the same.
    Editorial,
}

impl Class {
    /// Its name for programs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Substantive => "substantive",
            Self::Editorial => "editorial",
        }
    }
}

/// Why a change was classed as it was: what it touches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Reason {
    /// White space alone.
    Space,
    /// Punctuation, hyphens and apostrophes alone.
    Punctuation,
    /// Capitals alone.
    Capitals,
    /// The spelling of the same words.
    Spelling,
    /// An article or a relative pronoun.
    SmallWords,
    /// How it looks.
    Format,
    /// Where a link leads.
    LinkAddress,
    /// Paragraphs split or merged, a heading's level.
    Structure,
    /// Another place in the same chapter.
    Place,
    /// A number.
    Number,
    /// A number in a table.
    TableFigure,
    /// A word that says what must, may or must not be done.
    Obligation,
    /// The words of a recommendation, or one that came or went.
    Recommendation,
    /// A sentence that came or went.
    Sentence,
    /// A paragraph, item, row or the like that came.
    NewText,
    /// One that went.
    RemovedText,
    /// Another chapter, or the order of recommendations.
    Order,
    /// A figure.
    Figure,
    /// A formula.
    Formula,
    /// Code.
    Code,
    /// A note that came or went.
    Note,
    /// The kind of a box, the state of a task.
    Status,
    /// A title.
    Title,
    /// Any other words.
    Wording,
}

impl Reason {
    /// The class that it stands for.
    pub fn class(self) -> Class {
        match self {
            Self::Space
            | Self::Punctuation
            | Self::Capitals
            | Self::Spelling
            | Self::SmallWords
            | Self::Format
            | Self::LinkAddress
            | Self::Structure
            | Self::Place => Class::Editorial,
            Self::Number
            | Self::TableFigure
            | Self::Obligation
            | Self::Recommendation
            | Self::Sentence
            | Self::NewText
            | Self::RemovedText
            | Self::Order
            | Self::Figure
            | Self::Formula
            | Self::Code
            | Self::Note
            | Self::Status
            | Self::Title
            | Self::Wording => Class::Substantive,
        }
    }

    /// Whether such a change puts right what was wrong: it says the same, and better.
    pub(super) fn mends(self) -> bool {
        matches!(
            self,
            Self::Space | Self::Punctuation | Self::Capitals | Self::Spelling | Self::SmallWords | Self::LinkAddress
        )
    }

    /// Its name for programs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Space => "space",
            Self::Punctuation => "punctuation",
            Self::Capitals => "capitals",
            Self::Spelling => "spelling",
            Self::SmallWords => "small-words",
            Self::Format => "format",
            Self::LinkAddress => "link-address",
            Self::Structure => "structure",
            Self::Place => "place",
            Self::Number => "number",
            Self::TableFigure => "table-figure",
            Self::Obligation => "obligation",
            Self::Recommendation => "recommendation",
            Self::Sentence => "sentence",
            Self::NewText => "new-text",
            Self::RemovedText => "removed-text",
            Self::Order => "order",
            Self::Figure => "figure",
            Self::Formula => "formula",
            Self::Code => "code",
            Self::Note => "note",
            Self::Status => "status",
            Self::Title => "title",
            Self::Wording => "wording",
        }
    }

    /// What it says to a reader: "a number".
    pub fn words(self, terms: &ReasonTerms) -> &'static str {
        match self {
            Self::Space => terms.space,
            Self::Punctuation => terms.punctuation,
            Self::Capitals => terms.capitals,
            Self::Spelling => terms.spelling,
            Self::SmallWords => terms.small_words,
            Self::Format => terms.format,
            Self::LinkAddress => terms.link_address,
            Self::Structure => terms.structure,
            Self::Place => terms.place,
            Self::Number => terms.number,
            Self::TableFigure => terms.table_figure,
            Self::Obligation => terms.obligation,
            Self::Recommendation => terms.recommendation,
            Self::Sentence => terms.sentence,
            Self::NewText => terms.new_text,
            Self::RemovedText => terms.removed_text,
            Self::Order => terms.order,
            Self::Figure => terms.figure,
            Self::Formula => terms.formula,
            Self::Code => terms.code,
            Self::Note => terms.note_text,
            Self::Status => terms.status,
            Self::Title => terms.heading_title,
            Self::Wording => terms.wording,
        }
    }
}

/// The rule that classes a change.
pub(super) fn reason(change: &ChangeInfo, revision: &RevisionInfo, language: &str) -> Reason {
    let place = &revision.places[change.place];
    match change.kind {
        ChangeKind::Relevelled | ChangeKind::Nested | ChangeKind::Raised | ChangeKind::Split | ChangeKind::Merged => {
            Reason::Structure
        }
        ChangeKind::Reformatted => reformatted(change.object),
        ChangeKind::Moved => moved(change, place, revision, language),
        ChangeKind::Inserted | ChangeKind::Deleted | ChangeKind::Replaced => edited(change, place, language),
    }
}

fn reformatted(object: ChangeObject) -> Reason {
    // A note that has become a recommendation, a task that is done.
    match object {
        ChangeObject::Recommendation | ChangeObject::Box | ChangeObject::ListItem => Reason::Status,
        ChangeObject::Words
        | ChangeObject::Link
        | ChangeObject::Paragraph
        | ChangeObject::Passage
        | ChangeObject::Heading
        | ChangeObject::Section
        | ChangeObject::List
        | ChangeObject::Term
        | ChangeObject::Quote
        | ChangeObject::Code
        | ChangeObject::Figure
        | ChangeObject::Table
        | ChangeObject::Row
        | ChangeObject::Column
        | ChangeObject::Cell
        | ChangeObject::Formula
        | ChangeObject::Note
        | ChangeObject::Rule => Reason::Format,
    }
}

/// What stands elsewhere: by what else it says there, if anything; else by how far it went.
fn moved(change: &ChangeInfo, place: &PlaceInfo, revision: &RevisionInfo, language: &str) -> Reason {
    let said = wording::reason(change, place, language);
    if said.class() == Class::Substantive {
        return said;
    }
    let chapter = |section: Option<usize>| section.map(|section| revision.sections[section].chapter);
    let far = match (chapter(change.section), chapter(change.origin)) {
        (Some(one), Some(other)) => one != other && !is_renamed(revision, other, one),
        (None, None) => false,
        (Some(_), None) | (None, Some(_)) => true,
    };
    if far || change.object == ChangeObject::Recommendation { Reason::Order } else { Reason::Place }
}

/// Whether a chapter of the old version is one of the new under another title: they stand side by side.
fn is_renamed(revision: &RevisionInfo, old: usize, new: usize) -> bool {
    let sides = (revision.sections[old].side.is_some(), revision.sections[new].side.is_some());
    sides == (true, true) && new == old + 1
}

/// The rule for something whole that came or went by itself.
pub(super) fn whole(object: ChangeObject, came: bool) -> Reason {
    match object {
        ChangeObject::Figure => Reason::Figure,
        ChangeObject::Formula => Reason::Formula,
        ChangeObject::Code => Reason::Code,
        ChangeObject::Note => Reason::Note,
        ChangeObject::Recommendation => Reason::Recommendation,
        ChangeObject::Rule => Reason::Format,
        ChangeObject::Words
        | ChangeObject::Link
        | ChangeObject::Paragraph
        | ChangeObject::Passage
        | ChangeObject::Heading
        | ChangeObject::Section
        | ChangeObject::List
        | ChangeObject::ListItem
        | ChangeObject::Term
        | ChangeObject::Quote
        | ChangeObject::Box
        | ChangeObject::Table
        | ChangeObject::Row
        | ChangeObject::Column
        | ChangeObject::Cell => {
            if came {
                Reason::NewText
            } else {
                Reason::RemovedText
            }
        }
    }
}

fn edited(change: &ChangeInfo, place: &PlaceInfo, language: &str) -> Reason {
    let replaced = change.kind == ChangeKind::Replaced;
    match change.object {
        ChangeObject::Link => Reason::LinkAddress,
        ChangeObject::Words => match wording::reason(change, place, language) {
            reason if reason.class() == Class::Editorial && change.notes => Reason::Note,
            reason => reason,
        },
        ChangeObject::Code if wording::is_spaced_alike(change) => Reason::Space,
        ChangeObject::Figure | ChangeObject::Formula | ChangeObject::Code | ChangeObject::Rule => {
            whole(change.object, change.kind != ChangeKind::Deleted)
        }
        _ if replaced => wording::reason(change, place, language),
        ChangeObject::Paragraph
        | ChangeObject::Passage
        | ChangeObject::Heading
        | ChangeObject::Section
        | ChangeObject::List
        | ChangeObject::ListItem
        | ChangeObject::Term
        | ChangeObject::Quote
        | ChangeObject::Recommendation
        | ChangeObject::Box
        | ChangeObject::Table
        | ChangeObject::Row
        | ChangeObject::Column
        | ChangeObject::Cell
        | ChangeObject::Note => whole(change.object, change.kind != ChangeKind::Deleted),
    }
}
