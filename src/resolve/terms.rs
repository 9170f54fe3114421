//! Words that the program itself writes, in the language of the report.

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
    };
}
