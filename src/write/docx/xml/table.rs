use super::border::{Border, shading};
use super::{Build, Tracked, Xml};
use crate::document::{Direction, Pt};
use crate::style::Color;

/// `w:tblPr` (ECMA-376 17.4.59).
#[derive(Debug, Clone, Default, PartialEq)]
pub(in super::super) struct TableProperties {
    /// Id of the table style.
    pub style: Option<String>,
    /// Whether its columns run from right to left.
    pub direction: Direction,
    /// Width of all columns.
    pub width: Option<Pt>,
    /// From the start of the text block to the first cell's edge.
    pub indent: Option<Pt>,
    /// Borders.
    pub borders: Option<TableBorders>,
    /// Within each cell, between edge and text.
    pub margins: Option<CellMargins>,
    /// Which of the style's parts the table has (`w:tblLook`).
    pub look: Option<Look>,
    /// Title, for readers that cannot see the table.
    pub caption: Option<String>,
    /// Description, likewise.
    pub description: Option<String>,
}

/// `w:tblLook`: no last row or column, no bands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) struct Look {
    /// Whether the first row heads the columns.
    pub first_row: bool,
    /// Whether the first column heads the rows.
    pub first_column: bool,
}

/// `w:tblBorders`, or a cell's `w:tcBorders`.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(in super::super) struct TableBorders {
    /// Above.
    pub top: Option<Border>,
    /// At the start: Word reads `left` so in a table whose columns run from right to left.
    pub start: Option<Border>,
    /// Below.
    pub bottom: Option<Border>,
    /// At the end.
    pub end: Option<Border>,
    /// Between rows.
    pub inside: Option<Border>,
}

/// `w:tblCellMar`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in super::super) struct CellMargins {
    /// Above and below.
    pub vertical: Pt,
    /// At both sides.
    pub horizontal: Pt,
}

/// `w:trPr` (ECMA-376 17.4.81).
#[derive(Debug, Clone, Default, PartialEq)]
pub(in super::super) struct RowProperties {
    /// Stays on one page.
    pub cant_split: bool,
    /// Repeated at the head of each page.
    pub header: bool,
    /// That it stands in one version only.
    pub tracked: Option<Tracked>,
}

/// `w:tcPr` (ECMA-376 17.4.69).
#[derive(Debug, Clone, Default, PartialEq)]
pub(in super::super) struct CellProperties {
    /// Width, all columns covered.
    pub width: Option<Pt>,
    /// Columns covered, from 2.
    pub span: Option<usize>,
    /// Its part in a vertical merge.
    pub merge: Option<VerticalMerge>,
    /// Borders.
    pub borders: Option<TableBorders>,
    /// Fill.
    pub fill: Option<Color>,
    /// Between the edge at the start and text, where it differs from the table's.
    pub start_margin: Option<Pt>,
    /// Between text and the edge at the end, where it differs from the table's.
    pub end_margin: Option<Pt>,
}

/// `w:vMerge`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum VerticalMerge {
    /// The cell that is seen.
    Restart,
    /// A cell that the one above covers.
    Continue,
}

impl TableProperties {
    /// Writes the element.
    pub fn write(&self, xml: &mut Xml) {
        xml.element("w:tblPr", &[], |xml| {
            xml.optional("w:tblStyle", self.style.as_deref());
            xml.switch("w:bidiVisual", (self.direction == Direction::RightToLeft).then_some(true));
            if let Some(width) = self.width {
                length(xml, "w:tblW", width);
            }
            if let Some(indent) = self.indent {
                length(xml, "w:tblInd", indent);
            }
            if let Some(borders) = self.borders {
                borders.write(xml, "w:tblBorders");
            }
            if self.width.is_some() {
                xml.empty("w:tblLayout", &[("w:type", &"fixed")]);
            }
            if let Some(margins) = self.margins {
                margins.write(xml);
            }
            if let Some(look) = self.look {
                look.write(xml);
            }
            xml.optional("w:tblCaption", self.caption.as_deref());
            xml.optional("w:tblDescription", self.description.as_deref());
        });
    }
}

impl Look {
    fn write(self, xml: &mut Xml) {
        let value = 0x0600 | if self.first_row { 0x0020 } else { 0 } | if self.first_column { 0x0080 } else { 0 };
        xml.empty(
            "w:tblLook",
            &[
                ("w:val", &format!("{value:04X}")),
                ("w:firstRow", &u8::from(self.first_row)),
                ("w:lastRow", &0),
                ("w:firstColumn", &u8::from(self.first_column)),
                ("w:lastColumn", &0),
                ("w:noHBand", &1),
                ("w:noVBand", &1),
            ],
        );
    }
}

fn length(xml: &mut Xml, name: &str, length: Pt) {
    xml.empty(name, &[("w:w", &length.twips()), ("w:type", &"dxa")]);
}

impl TableBorders {
    fn write(&self, xml: &mut Xml, name: &str) {
        let sides = [
            ("w:top", self.top),
            ("w:left", self.start),
            ("w:bottom", self.bottom),
            ("w:right", self.end),
            ("w:insideH", self.inside),
        ];
        xml.container(name, |xml| {
            for (name, border) in sides {
                if let Some(border) = border {
                    border.write(xml, name);
                }
            }
        });
    }
}

impl CellMargins {
    fn write(self, xml: &mut Xml) {
        xml.element("w:tblCellMar", &[], |xml| {
            length(xml, "w:top", self.vertical);
            length(xml, "w:left", self.horizontal);
            length(xml, "w:bottom", self.vertical);
            length(xml, "w:right", self.horizontal);
        });
    }
}

impl RowProperties {
    /// Writes the element, if there is anything in it.
    pub fn write(&self, xml: &mut Xml) {
        xml.container("w:trPr", |xml| {
            xml.switch("w:cantSplit", self.cant_split.then_some(true));
            xml.switch("w:tblHeader", self.header.then_some(true));
            self.tracked.iter().for_each(|tracked| tracked.write(xml));
        });
    }
}

impl CellProperties {
    /// Writes the element, if there is anything in it.
    pub fn write(&self, xml: &mut Xml) {
        xml.container("w:tcPr", |xml| {
            if let Some(width) = self.width {
                length(xml, "w:tcW", width);
            }
            xml.optional("w:gridSpan", self.span);
            match self.merge {
                Some(VerticalMerge::Restart) => xml.value("w:vMerge", "restart"),
                Some(VerticalMerge::Continue) => xml.empty("w:vMerge", &[]),
                None => {}
            }
            if let Some(borders) = self.borders {
                borders.write(xml, "w:tcBorders");
            }
            shading(xml, self.fill);
            xml.container("w:tcMar", |xml| {
                for (name, margin) in [("w:left", self.start_margin), ("w:right", self.end_margin)] {
                    if let Some(margin) = margin {
                        length(xml, name, margin);
                    }
                }
            });
        });
    }
}
