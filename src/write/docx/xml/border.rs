use super::{Build, Xml};
use crate::document::Pt;
use crate::style::Color;

/// A single line (`CT_Border`, ECMA-376 17.3.4).
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in super::super) struct Border {
    /// Width, at most 12 pt in the format and 6 pt in Word's dialog.
    pub width: Pt,
    /// Between line and text, at most 31 pt.
    pub space: Pt,
    /// Colour.
    pub color: Color,
}

impl Border {
    /// A line.
    pub fn single(width: Pt, space: Pt, color: Color) -> Self {
        Self { width, space, color }
    }

    /// No line, where a style has one.
    const NONE: Self = Self { width: Pt(0.0), space: Pt(0.0), color: Color { red: 0, green: 0, blue: 0 } };

    pub(super) fn write(&self, xml: &mut Xml, name: &str) {
        if self.width.0 <= 0.0 {
            return xml.value(name, "nil");
        }
        xml.empty(
            name,
            &[
                ("w:val", &"single"),
                ("w:sz", &self.width.eighths().clamp(2, 96)),
                ("w:space", &(self.space.0.round() as i64).clamp(0, 31)),
                ("w:color", &self.color.hex()),
            ],
        );
    }
}

/// `w:pBdr` (ECMA-376 17.3.1.24). Word joins neighbouring paragraphs whose borders, shading and indents are equal.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(in super::super) struct ParagraphBorders {
    /// Above.
    pub top: Option<Border>,
    /// At the left.
    pub left: Option<Border>,
    /// Below.
    pub bottom: Option<Border>,
    /// At the right.
    pub right: Option<Border>,
    /// Between paragraphs that are joined.
    pub between: Option<Border>,
}

impl ParagraphBorders {
    /// These in place of a style's: a side that it has and these have not is taken away.
    pub fn instead_of(self, style: Option<Self>) -> Self {
        let Some(style) = style else { return self };
        let side = |own: Option<Border>, other: Option<Border>| own.or(other.map(|_| Border::NONE));
        Self {
            top: side(self.top, style.top),
            left: side(self.left, style.left),
            bottom: side(self.bottom, style.bottom),
            right: side(self.right, style.right),
            between: side(self.between, style.between),
        }
    }

    pub(super) fn write(&self, xml: &mut Xml) {
        xml.container("w:pBdr", |xml| {
            let sides = [
                ("w:top", self.top),
                ("w:left", self.left),
                ("w:bottom", self.bottom),
                ("w:right", self.right),
                ("w:between", self.between),
            ];
            for (name, border) in sides {
                if let Some(border) = border {
                    border.write(xml, name);
                }
            }
        });
    }
}

/// `w:shd`: a fill without a pattern (ECMA-376 17.3.5).
pub(super) fn shading(xml: &mut Xml, fill: Option<Color>) {
    if let Some(fill) = fill {
        xml.empty("w:shd", &[("w:val", &"clear"), ("w:color", &"auto"), ("w:fill", &fill.hex())]);
    }
}
