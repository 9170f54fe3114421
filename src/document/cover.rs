use super::{Document, Part, PartKind, PartNumbering};
use crate::source::FileId;

/// A line of the cover that the configuration gives, in the order of reading. In a redline each is a part of its own, whose one paragraph has no text where
/// nothing is given; what a report that is no redline prints of them is its metadata. The draft's label is none: like running heads it says which version this is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum CoverLine {
    /// Above the title.
    Series,
    /// Beside it: a document's symbol.
    Reference,
    /// The report's title.
    Title,
    /// Beneath it.
    Subtitle,
    /// What the report was made for.
    Event,
    /// Who publishes it.
    Publisher,
    /// Who wrote it.
    Authors,
    /// Who else is credited.
    Contributors,
    /// Which version it calls itself.
    Version,
    /// Of when it says it is.
    Date,
    /// ISO 2108.
    Isbn,
    /// ISO 26324.
    Doi,
    /// On what terms it may be used.
    Licence,
    /// What its publisher does not answer for.
    Disclaimer,
}

impl CoverLine {
    /// All, in the order of reading.
    pub const ALL: [Self; 14] = [
        Self::Series,
        Self::Reference,
        Self::Title,
        Self::Subtitle,
        Self::Event,
        Self::Publisher,
        Self::Authors,
        Self::Contributors,
        Self::Version,
        Self::Date,
        Self::Isbn,
        Self::Doi,
        Self::Licence,
        Self::Disclaimer,
    ];
}

impl PartKind {
    /// Whether it stands on the cover.
    pub fn is_on_cover(self) -> bool {
        matches!(self, Self::Cover | Self::Line(_))
    }
}

impl Part {
    /// A line of the cover, without its text.
    pub fn of_line(line: CoverLine, file: FileId) -> Self {
        Self {
            file,
            kind: PartKind::Line(line),
            title: None,
            numbering: PartNumbering::Unnumbered,
            language: None,
            contributors: Vec::new(),
            side: None,
            blocks: Vec::new(),
        }
    }

    /// Which line of the cover it is, if it is one.
    pub fn line(&self) -> Option<CoverLine> {
        match self.kind {
            PartKind::Line(line) => Some(line),
            PartKind::Cover | PartKind::Front | PartKind::Body | PartKind::Annex => None,
        }
    }
}

impl Document {
    /// The paragraph of a line of the cover, if it is in the tree.
    pub fn cover_line(&self, line: CoverLine) -> Option<&Part> {
        self.parts.iter().find(|part| part.line() == Some(line))
    }
}
