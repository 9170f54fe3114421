use super::{Build, LevelFormat, Xml};
use crate::document::{Direction, Pt};

/// `w:sectPr` (ECMA-376 17.6.17).
#[derive(Debug, Clone, PartialEq)]
pub(in super::super) struct SectionProperties {
    /// How its notes count.
    pub notes: Option<NoteNumbering>,
    /// Where it begins.
    pub start: SectionStart,
    /// Whether its first page has a running head and foot of its own.
    pub title_page: bool,
    /// Running heads.
    pub headers: StoryReferences,
    /// Running feet.
    pub footers: StoryReferences,
    /// How the paper lies.
    pub orientation: PaperOrientation,
    /// Width of the paper.
    pub width: Pt,
    /// Height of the paper.
    pub height: Pt,
    /// Above the text.
    pub top: Pt,
    /// After the text: at the left where the report runs from right to left.
    pub margin_end: Pt,
    /// Below the text.
    pub bottom: Pt,
    /// Before the text.
    pub margin_start: Pt,
    /// Which way its pages run.
    pub direction: Direction,
    /// From the paper's edge to the running head.
    pub header: Pt,
    /// From the paper's edge to the running foot.
    pub footer: Pt,
}

/// `w:footnotePr` of a section (ECMA-376 17.11.11).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) struct NoteNumbering {
    /// How they count.
    pub format: LevelFormat,
    /// Whether they begin anew here, and at which number.
    pub start: Option<u32>,
}

/// `w:type` of a section (ECMA-376 17.18.77).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum SectionStart {
    /// On a new page.
    Page,
    /// Where the one before ends.
    Here,
}

/// How the paper lies (`w:orient`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum PaperOrientation {
    /// Upright.
    Portrait,
    /// On its side; width and height are those of the paper as it lies.
    Landscape,
}

/// Relationship ids of the stories of first and other pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) struct StoryReferences {
    /// Of the first page.
    pub first: String,
    /// Of all others.
    pub others: String,
}

impl SectionProperties {
    /// Writes the element.
    pub fn write(&self, xml: &mut Xml) {
        xml.element("w:sectPr", &[], |xml| {
            for (name, stories) in [("w:headerReference", &self.headers), ("w:footerReference", &self.footers)] {
                xml.empty(name, &[("w:type", &"default"), ("r:id", &stories.others)]);
                if self.title_page {
                    xml.empty(name, &[("w:type", &"first"), ("r:id", &stories.first)]);
                }
            }
            if let Some(notes) = self.notes {
                xml.element("w:footnotePr", &[], |xml| {
                    xml.value("w:numFmt", notes.format.name());
                    xml.optional("w:numStart", notes.start);
                    xml.value("w:numRestart", if notes.start.is_some() { "eachSect" } else { "continuous" });
                });
            }
            if self.start == SectionStart::Here {
                xml.value("w:type", "continuous");
            }
            let (width, height) = (self.width.twips(), self.height.twips());
            let mut paper: Vec<(&str, &dyn std::fmt::Display)> = vec![("w:w", &width), ("w:h", &height)];
            if self.orientation == PaperOrientation::Landscape {
                paper.push(("w:orient", &"landscape"));
            }
            xml.empty("w:pgSz", &paper);
            let (left, right) = match self.direction {
                Direction::LeftToRight => (self.margin_start, self.margin_end),
                Direction::RightToLeft => (self.margin_end, self.margin_start),
            };
            xml.empty(
                "w:pgMar",
                &[
                    ("w:top", &self.top.twips()),
                    ("w:right", &right.twips()),
                    ("w:bottom", &self.bottom.twips()),
                    ("w:left", &left.twips()),
                    ("w:header", &self.header.twips()),
                    ("w:footer", &self.footer.twips()),
                    ("w:gutter", &0),
                ],
            );
            xml.empty("w:cols", &[("w:space", &720)]);
            xml.switch("w:titlePg", self.title_page.then_some(true));
            xml.switch("w:bidi", (self.direction == Direction::RightToLeft).then_some(true));
        });
    }
}
