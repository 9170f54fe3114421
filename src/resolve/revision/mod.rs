//! The list of changes that a redline shows: the same in every format.
//!
//! In: a resolved redline, the names of its versions. Out: [`RevisionInfo`]: what each numbered change is, what it is about, in which section
//! it stands, what it said before and says now. Never decides what a change is: the marks of the tree say so.

mod collect;
mod excerpt;
mod found;
mod object;
mod place;
mod said;
mod section;
mod total;
mod went;

use std::sync::Arc;

pub(super) use collect::collect;
pub use excerpt::excerpt;
pub use place::PlaceInfo;
pub use said::Is;
pub use section::SectionInfo;
pub use total::Total;
pub use went::Went;
pub(super) use went::went;

use crate::document::Hand;

/// What the two versions are called, and whose the redline is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Names {
    /// The baseline: "Draft I".
    pub baseline: String,
    /// The revision: "Draft II".
    pub revision: String,
    /// The author of every change that has none of its own, and the redline's date.
    pub author: Hand,
}

/// What a redline says about itself.
#[derive(Debug, Clone, PartialEq)]
pub struct RevisionInfo {
    /// The baseline, as it is called.
    pub baseline: String,
    /// The revision, as it is called.
    pub revision: String,
    /// "Changes since Draft I", in the report's language.
    pub title: String,
    /// Whose it is, and of when.
    pub author: Hand,
    /// Every heading of either version that stands in no box, quote or table, in reading order.
    pub sections: Vec<SectionInfo>,
    /// The changes: change n is at n − 1.
    pub changes: Vec<ChangeInfo>,
    /// The blocks that they stand in.
    pub places: Vec<PlaceInfo>,
    /// What has become of each number.
    pub went: Vec<Went>,
}

/// A change.
#[derive(Debug, Clone, PartialEq)]
pub struct ChangeInfo {
    /// From 1, in reading order: the same in every format.
    pub number: u32,
    /// What was done.
    pub kind: ChangeKind,
    /// What it was done to.
    pub object: ChangeObject,
    /// The section that it stands in, by its place in [`RevisionInfo::sections`]: what is gone stands where it stood. `None` before the first
    /// heading.
    pub section: Option<usize>,
    /// The section that it was moved from, if it was moved.
    pub origin: Option<usize>,
    /// The block that it stands in, by its place in [`RevisionInfo::places`]: where it is now, if it was moved.
    pub place: usize,
    /// The numbered thing that it stands in, as a sentence names it: "paragraph 14", "Table 2", "recommendation 3".
    pub within: Option<String>,
    /// What was there before, shortened; empty where nothing was.
    pub before: String,
    /// What is there now, shortened; empty where nothing is. As `before` where only the form has changed.
    pub after: String,
    /// The same in full: blocks and cells on lines of their own.
    pub text: Wording,
    /// Whether a note came or went with it, or is it.
    pub notes: bool,
    /// The words beside it in its line, as many as make it understood; empty where it is more than a part of a line.
    pub beside: Wording,
    /// Words that came; a move adds those alone that it did not take along.
    pub added: usize,
    /// Words that went.
    pub removed: usize,
    /// Who made it, where that is known of it alone.
    pub hand: Option<Arc<Hand>>,
}

/// Two texts that belong together.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Wording {
    /// What was, or what stands before.
    pub before: String,
    /// What is, or what stands behind.
    pub after: String,
}

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ChangeKind {
    /// It is new.
    Inserted,
    /// It is gone.
    Deleted,
    /// It stands in another's place.
    Replaced,
    /// It stands elsewhere.
    Moved,
    /// Its words are the same, in another form or format.
    Reformatted,
    /// A heading of another level.
    Relevelled,
    /// An item of a list, which stands deeper.
    Nested,
    /// An item of a list, which stands less deep.
    Raised,
    /// One paragraph became several.
    Split,
    /// Several paragraphs became one.
    Merged,
}

impl ChangeInfo {
    /// Whether a space parts it from the words before it, and from those behind it.
    pub fn gaps(&self) -> [bool; 2] {
        let text = if self.text.after.is_empty() { &self.text.before } else { &self.text.after };
        [text.starts_with(char::is_whitespace), text.ends_with(char::is_whitespace)]
    }

    /// Whether a picture stands in another's place, and all that is said of it is the same.
    pub fn is_other_picture(&self) -> bool {
        self.kind == ChangeKind::Replaced && self.object == ChangeObject::Figure && self.text.before == self.text.after
    }
}

impl ChangeKind {
    /// All, in the order in which they are listed.
    pub const ALL: [Self; 10] = [
        Self::Inserted,
        Self::Deleted,
        Self::Replaced,
        Self::Moved,
        Self::Reformatted,
        Self::Relevelled,
        Self::Nested,
        Self::Raised,
        Self::Split,
        Self::Merged,
    ];

    /// Its name for programs: "inserted".
    pub fn name(self) -> &'static str {
        match self {
            Self::Inserted => "inserted",
            Self::Deleted => "deleted",
            Self::Replaced => "replaced",
            Self::Moved => "moved",
            Self::Reformatted => "reformatted",
            Self::Relevelled => "relevelled",
            Self::Nested => "nested",
            Self::Raised => "raised",
            Self::Split => "split",
            Self::Merged => "merged",
        }
    }
}

/// What a change is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ChangeObject {
    /// Words of a line.
    Words,
    /// Where a link leads.
    Link,
    /// A paragraph.
    Paragraph,
    /// Several paragraphs or other blocks in a row.
    Passage,
    /// A heading.
    Heading,
    /// A heading and what follows it.
    Section,
    /// A list.
    List,
    /// An item of a list.
    ListItem,
    /// A term and its description.
    Term,
    /// A block quote.
    Quote,
    /// A recommendation.
    Recommendation,
    /// Any other box.
    Box,
    /// Code.
    Code,
    /// A figure, or a picture in a line.
    Figure,
    /// A table.
    Table,
    /// A row of a table.
    Row,
    /// A column of a table.
    Column,
    /// A cell of a table.
    Cell,
    /// A formula.
    Formula,
    /// A note.
    Note,
    /// A line across the page.
    Rule,
}

impl ChangeObject {
    /// Its name for programs: "list-item".
    pub fn name(self) -> &'static str {
        match self {
            Self::Words => "words",
            Self::Link => "link",
            Self::Paragraph => "paragraph",
            Self::Passage => "passage",
            Self::Heading => "heading",
            Self::Section => "section",
            Self::List => "list",
            Self::ListItem => "list-item",
            Self::Term => "term",
            Self::Quote => "quote",
            Self::Recommendation => "recommendation",
            Self::Box => "box",
            Self::Code => "code",
            Self::Figure => "figure",
            Self::Table => "table",
            Self::Row => "row",
            Self::Column => "column",
            Self::Cell => "cell",
            Self::Formula => "formula",
            Self::Note => "note",
            Self::Rule => "rule",
        }
    }
}

impl RevisionInfo {
    /// A change by its number.
    pub fn change(&self, number: u32) -> Option<&ChangeInfo> {
        self.changes.get(usize::try_from(number).ok()?.checked_sub(1)?)
    }

    /// Whose a change is, and of when.
    pub fn hand<'h>(&'h self, change: &'h ChangeInfo) -> &'h Hand {
        change.hand.as_deref().unwrap_or(&self.author)
    }
}
