use super::HeadingLevel;

/// What a piece of a finished report is, in every format: the key of a style's tokens,
/// and what `inspect` reads back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// The report's title.
    Title,
    /// The report's subtitle.
    Subtitle,
    /// Any other line of the cover.
    Cover,
    /// A heading.
    Heading(HeadingLevel),
    /// A paragraph of running text.
    Body,
    /// First paragraph of the first front part.
    Lead,
    /// A paragraph directly in a list item.
    ListItem,
    /// A description list's term.
    Term,
    /// A paragraph in a description.
    Description,
    /// A paragraph in a block quote.
    Quote,
    /// A code block.
    Code,
    /// The label of a box: "Recommendation 1", "Note".
    BoxLabel,
    /// The title of a box.
    BoxTitle,
    /// A paragraph in a box.
    BoxBody,
    /// A caption, label and number included.
    Caption,
    /// A paragraph in a header cell.
    TableHeader,
    /// A paragraph in a data cell.
    TableCell,
    /// A figure or image; its text is the alternative text.
    Figure,
    /// An entry of the bibliography.
    Bibliography,
    /// A paragraph in a note.
    Note,
}

impl Role {
    /// The name, as `inspect` prints it.
    pub fn name(self) -> String {
        let name = match self {
            Self::Title => "title",
            Self::Subtitle => "subtitle",
            Self::Cover => "cover",
            Self::Heading(level) => return format!("heading-{}", level.get()),
            Self::Body => "body",
            Self::Lead => "lead",
            Self::ListItem => "list-item",
            Self::Term => "term",
            Self::Description => "description",
            Self::Quote => "quote",
            Self::Code => "code",
            Self::BoxLabel => "box-label",
            Self::BoxTitle => "box-title",
            Self::BoxBody => "box-body",
            Self::Caption => "caption",
            Self::TableHeader => "table-header",
            Self::TableCell => "table-cell",
            Self::Figure => "figure",
            Self::Bibliography => "bibliography",
            Self::Note => "note",
        };
        name.to_owned()
    }
}
