use super::{Build, Xml};
use crate::document::Pt;

/// `w:sectPr` (ECMA-376 17.6.17).
#[derive(Debug, Clone, PartialEq)]
pub(in super::super) struct SectionProperties {
    /// Running heads.
    pub headers: StoryReferences,
    /// Running feet.
    pub footers: StoryReferences,
    /// Width of the paper.
    pub width: Pt,
    /// Height of the paper.
    pub height: Pt,
    /// Above the text.
    pub top: Pt,
    /// After the text.
    pub right: Pt,
    /// Below the text.
    pub bottom: Pt,
    /// Before the text.
    pub left: Pt,
    /// From the paper's edge to the running head.
    pub header: Pt,
    /// From the paper's edge to the running foot.
    pub footer: Pt,
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
                xml.empty(name, &[("w:type", &"first"), ("r:id", &stories.first)]);
            }
            xml.empty("w:pgSz", &[("w:w", &self.width.twips()), ("w:h", &self.height.twips())]);
            xml.empty(
                "w:pgMar",
                &[
                    ("w:top", &self.top.twips()),
                    ("w:right", &self.right.twips()),
                    ("w:bottom", &self.bottom.twips()),
                    ("w:left", &self.left.twips()),
                    ("w:header", &self.header.twips()),
                    ("w:footer", &self.footer.twips()),
                    ("w:gutter", &0),
                ],
            );
            xml.empty("w:cols", &[("w:space", &720)]);
            xml.switch("w:titlePg", Some(true));
        });
    }
}
