use crate::document::{BoxKind, HeadingLevel};

/// A paragraph style. Word's own wherever it has one, so that its commands and other programs know it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(in super::super) enum ParagraphStyle {
    /// Running text.
    Normal,
    /// Running text with a number in the gutter.
    BodyNumbered,
    /// First paragraph of the first front part.
    Lead,
    /// A heading of the body, and any of level 2 and deeper.
    Heading(HeadingLevel),
    /// The same without a number, where the level's style brings one.
    UnnumberedHeading(HeadingLevel),
    /// A level-1 heading of a front part.
    FrontHeading,
    /// An annex's own heading.
    AnnexHeading,
    /// Above the title.
    CoverKicker,
    /// The report's title.
    Title,
    /// The report's subtitle.
    Subtitle,
    /// The label of a draft on the cover.
    CoverLabel,
    /// What a cover draft says besides.
    CoverText,
    /// A line at the foot of the cover.
    CoverMeta,
    /// The disclaimer.
    Disclaimer,
    /// The heading of the contents.
    TocHeading,
    /// A line of the contents, by level.
    Toc(HeadingLevel),
    /// A line of a list of figures or the like.
    TableOfFigures,
    /// First paragraph of a bulleted item.
    ListBullet,
    /// First paragraph of a numbered item.
    ListNumber,
    /// Further paragraphs of an item.
    ListContinue,
    /// A description list's term.
    Term,
    /// A paragraph that describes a term.
    Description,
    /// A paragraph in a block quote.
    Quote,
    /// A list in a block quote.
    QuoteList,
    /// A code block.
    Code,
    /// A paragraph of a box.
    Box(BoxKind, BoxPart),
    /// Keeps two boxes apart, which Word would join.
    BoxGap,
    /// The summary of details.
    DetailsSummary,
    /// A paragraph of details.
    Details,
    /// A list in details.
    DetailsList,
    /// The caption of a figure or table.
    Caption,
    /// A picture on its own.
    Figure,
    /// What stands in an absent picture's place.
    Placeholder,
    /// Source or note beneath a figure or table.
    Source,
    /// A paragraph in a cell.
    TableText,
    /// A paragraph in a header cell.
    TableHeader,
    /// A list in a cell.
    TableList,
    /// An entry of the bibliography.
    Bibliography,
    /// A paragraph in a note.
    FootnoteText,
    /// A list in a note.
    FootnoteList,
    /// A thematic break.
    Rule,
    /// The running head.
    Header,
    /// The running foot.
    Footer,
}

/// What a paragraph is to its box.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(in super::super) enum BoxPart {
    /// "Recommendation 1".
    Label,
    /// Its title.
    Title,
    /// Its text.
    Body,
    /// A list in it.
    List,
}

/// A character style.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(in super::super) enum CharacterStyle {
    /// A link.
    Hyperlink,
    /// Code in a line.
    Code,
    /// The number of a note.
    FootnoteReference,
    /// "Figure 1".
    CaptionLabel,
    /// The frame around a draft's label.
    DraftLabel,
    /// The document's symbol on the cover.
    CoverReference,
    /// What a line of the cover is about.
    CoverMetaLabel,
}

/// The style of tables.
pub(in super::super) const REPORT_TABLE: &str = "Report Table";

impl ParagraphStyle {
    /// The name by which Word knows it.
    pub fn name(self) -> String {
        let name = match self {
            Self::Normal => "Normal",
            Self::BodyNumbered => "Body Numbered",
            Self::Lead => "Lead",
            Self::Heading(level) => return format!("heading {}", level.get()),
            Self::UnnumberedHeading(level) => return format!("Unnumbered Heading {}", level.get()),
            Self::FrontHeading => "Front Heading",
            Self::AnnexHeading => "Annex Heading",
            Self::CoverKicker => "Cover Kicker",
            Self::Title => "Title",
            Self::Subtitle => "Subtitle",
            Self::CoverLabel => "Cover Label",
            Self::CoverText => "Cover Text",
            Self::CoverMeta => "Cover Meta",
            Self::Disclaimer => "Disclaimer",
            Self::TocHeading => "TOC Heading",
            Self::Toc(level) => return format!("toc {}", level.get()),
            Self::TableOfFigures => "table of figures",
            Self::ListBullet => "List Bullet",
            Self::ListNumber => "List Number",
            Self::ListContinue => "List Continue",
            Self::Term => "Term",
            Self::Description => "Description",
            Self::Quote => "Quote",
            Self::QuoteList => "Quote List",
            Self::Code => "HTML Preformatted",
            Self::Box(kind, part) => return format!("{}{}", box_name(kind), part.suffix()),
            Self::BoxGap => "Box Gap",
            Self::DetailsSummary => "Details Summary",
            Self::Details => "Details",
            Self::DetailsList => "Details List",
            Self::Caption => "caption",
            Self::Figure => "Figure",
            Self::Placeholder => "Placeholder",
            Self::Source => "Source",
            Self::TableText => "Table Text",
            Self::TableHeader => "Table Header",
            Self::TableList => "Table List",
            Self::Bibliography => "Bibliography",
            Self::FootnoteText => "footnote text",
            Self::FootnoteList => "Footnote List",
            Self::Rule => "Thematic Break",
            Self::Header => "header",
            Self::Footer => "footer",
        };
        name.to_owned()
    }

    /// Its id in the package.
    pub fn id(self) -> String {
        style_id(&self.name())
    }

    /// The style that looks the same and brings no number.
    pub fn unnumbered(self) -> Self {
        if let Self::Heading(level) = self {
            return Self::UnnumberedHeading(level);
        }
        let pairs = [(Self::AnnexHeading, Self::FrontHeading), (Self::BodyNumbered, Self::Normal)];
        pairs.into_iter().find(|(numbered, _)| *numbered == self).map_or(self, |(_, plain)| plain)
    }

    /// Whether Word has it by itself.
    pub fn is_builtin(self) -> bool {
        match self {
            Self::Normal
            | Self::Heading(_)
            | Self::Title
            | Self::Subtitle
            | Self::TocHeading
            | Self::Toc(_)
            | Self::TableOfFigures
            | Self::ListBullet
            | Self::ListNumber
            | Self::ListContinue
            | Self::Quote
            | Self::Code
            | Self::Caption
            | Self::Bibliography
            | Self::FootnoteText
            | Self::Header
            | Self::Footer => true,
            Self::BodyNumbered
            | Self::Lead
            | Self::UnnumberedHeading(_)
            | Self::FrontHeading
            | Self::AnnexHeading
            | Self::CoverKicker
            | Self::CoverLabel
            | Self::CoverText
            | Self::CoverMeta
            | Self::Disclaimer
            | Self::Term
            | Self::Description
            | Self::QuoteList
            | Self::Box(..)
            | Self::BoxGap
            | Self::DetailsSummary
            | Self::Details
            | Self::DetailsList
            | Self::Figure
            | Self::Placeholder
            | Self::Source
            | Self::TableText
            | Self::TableHeader
            | Self::TableList
            | Self::FootnoteList
            | Self::Rule => false,
        }
    }
}

impl BoxPart {
    /// Every part.
    pub const ALL: [Self; 4] = [Self::Label, Self::Title, Self::Body, Self::List];

    fn suffix(self) -> &'static str {
        match self {
            Self::Label => " Label",
            Self::Title => " Title",
            Self::Body => "",
            Self::List => " List",
        }
    }
}

fn box_name(kind: BoxKind) -> &'static str {
    match kind {
        BoxKind::Recommendation => "Recommendation",
        BoxKind::Statement => "Statement",
        BoxKind::Numbered => "Box",
        BoxKind::Note => "Note",
        BoxKind::Tip => "Tip",
        BoxKind::Important => "Important",
        BoxKind::Warning => "Warning",
        BoxKind::Caution => "Caution",
    }
}

impl CharacterStyle {
    /// Every character style.
    pub const ALL: [Self; 7] = [
        Self::Hyperlink,
        Self::Code,
        Self::FootnoteReference,
        Self::CaptionLabel,
        Self::DraftLabel,
        Self::CoverReference,
        Self::CoverMetaLabel,
    ];

    /// The name by which Word knows it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Hyperlink => "Hyperlink",
            Self::Code => "HTML Code",
            Self::FootnoteReference => "footnote reference",
            Self::CaptionLabel => "Caption Label",
            Self::DraftLabel => "Draft Label",
            Self::CoverReference => "Cover Reference",
            Self::CoverMetaLabel => "Cover Meta Label",
        }
    }

    /// Its id in the package.
    pub fn id(self) -> String {
        style_id(self.name())
    }

    /// Whether Word has it by itself.
    pub fn is_builtin(self) -> bool {
        match self {
            Self::Hyperlink | Self::Code | Self::FootnoteReference => true,
            Self::CaptionLabel | Self::DraftLabel | Self::CoverReference | Self::CoverMetaLabel => false,
        }
    }
}

/// The id that Word itself gives: the name without spaces, each word with a capital.
pub(in super::super) fn style_id(name: &str) -> String {
    let capital = |word: &str| {
        let mut letters = word.chars();
        letters.next().map(|first| first.to_ascii_uppercase().to_string() + letters.as_str()).unwrap_or_default()
    };
    name.split(' ').map(capital).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_words_own() {
        assert_eq!(ParagraphStyle::Heading(HeadingLevel::new(2)).id(), "Heading2");
        assert_eq!(ParagraphStyle::FootnoteText.id(), "FootnoteText");
        assert_eq!(ParagraphStyle::Code.id(), "HTMLPreformatted");
        assert_eq!(ParagraphStyle::Box(BoxKind::Tip, BoxPart::Label).id(), "TipLabel");
    }
}
