//! Generated words, by language.
//!
//! In: a BCP 47 language. Out: [`Terms`], every word that the program itself puts into a report.

use crate::document::BoxKind;

/// Generated words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    /// "Contents"
    pub contents: &'static str,
    /// "Notes"
    pub notes: &'static str,
    /// "Figure"
    pub figure: &'static str,
    /// "Table"
    pub table: &'static str,
    /// "Annex", before an annex's number.
    pub annex: &'static str,
    /// "section", in a reference.
    pub section: &'static str,
    /// "paragraph", in a reference.
    pub paragraph: &'static str,
    /// "Recommendation", the label of a box.
    pub recommendation: &'static str,
    /// "Box", the label of a numbered box.
    pub boxed: &'static str,
    /// "Tip", the label of a box.
    pub tip: &'static str,
    /// "Important", the label of a box.
    pub important: &'static str,
    /// "Warning", the label of a box.
    pub warning: &'static str,
    /// "Caution", the label of a box.
    pub caution: &'static str,
    /// "Back to text", for a note's return link.
    pub back_to_text: &'static str,
    /// "Image not available", before what it would have shown.
    pub image_missing: &'static str,
    /// "Page", before n of m.
    pub page: &'static str,
    /// "of", between n and m.
    pub of: &'static str,
    /// "Skip to content".
    pub skip: &'static str,
    /// "Copy link".
    pub copy_link: &'static str,
    /// "Link copied", once it is.
    pub copied: &'static str,
    /// "Close", for a note shown in place.
    pub close: &'static str,
    /// "Note", before the number of a note shown in place.
    pub note: &'static str,
    /// "Code", the name of a block of code.
    pub code: &'static str,
    /// "Done" and "To do", the state of a task list's item.
    pub task: (&'static str, &'static str),
    /// "Draft", the label of a draft that gives none.
    pub draft: &'static str,
    /// "Untitled report".
    pub untitled: &'static str,
    /// "version", in the running foot.
    pub version: &'static str,
    /// Labels on the cover.
    pub cover: CoverTerms,
    /// January to December.
    pub months: [&'static str; 12],
}

/// Labels on the cover.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoverTerms {
    /// "Event"
    pub event: &'static str,
    /// "Publisher"
    pub publisher: &'static str,
    /// "Author" and "Authors"
    pub author: (&'static str, &'static str),
    /// "Contributors"
    pub contributors: &'static str,
    /// "Version"
    pub version: &'static str,
    /// "Date"
    pub date: &'static str,
    /// "Licence"
    pub licence: &'static str,
}

impl Terms {
    /// English.
    pub const ENGLISH: Self = Self {
        contents: "Contents",
        notes: "Notes",
        figure: "Figure",
        table: "Table",
        annex: "Annex",
        section: "section",
        paragraph: "paragraph",
        recommendation: "Recommendation",
        boxed: "Box",
        tip: "Tip",
        important: "Important",
        warning: "Warning",
        caution: "Caution",
        back_to_text: "Back to text",
        image_missing: "Image not available",
        page: "Page",
        of: "of",
        skip: "Skip to content",
        copy_link: "Copy link",
        copied: "Link copied",
        close: "Close",
        note: "Note",
        code: "Code",
        task: ("Done", "To do"),
        draft: "Draft",
        untitled: "Untitled report",
        version: "version",
        cover: CoverTerms {
            event: "Event",
            publisher: "Publisher",
            author: ("Author", "Authors"),
            contributors: "Contributors",
            version: "Version",
            date: "Date",
            licence: "Licence",
        },
        months: [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ],
    };

    /// The words of a language; English where there are none for it.
    pub fn of_language(_language: &str) -> Self {
        Self::ENGLISH
    }

    /// The label of a kind of box; a statement has none.
    pub fn box_label(&self, kind: BoxKind) -> Option<&'static str> {
        match kind {
            BoxKind::Recommendation => Some(self.recommendation),
            BoxKind::Statement => None,
            BoxKind::Numbered => Some(self.boxed),
            BoxKind::Note => Some(self.note),
            BoxKind::Tip => Some(self.tip),
            BoxKind::Important => Some(self.important),
            BoxKind::Warning => Some(self.warning),
            BoxKind::Caution => Some(self.caution),
        }
    }
}
