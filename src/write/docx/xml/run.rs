use super::border::{Border, shading};
use super::{Build, Xml};
use crate::document::Pt;
use crate::style::Color;

/// `w:rPr` (ECMA-376 17.3.2.28).
#[derive(Debug, Clone, Default, PartialEq)]
pub(in super::super) struct RunProperties {
    /// Id of the character style.
    pub style: Option<String>,
    /// Family.
    pub font: Option<String>,
    /// Bold.
    pub bold: Option<bool>,
    /// Slanted.
    pub italic: Option<bool>,
    /// Struck through.
    pub strike: Option<bool>,
    /// Not spell-checked: code.
    pub no_proof: Option<bool>,
    /// Not shown in Word's web layout: page numbers of contents.
    pub web_hidden: Option<bool>,
    /// Colour.
    pub color: Option<Color>,
    /// Size.
    pub size: Option<Pt>,
    /// A line beneath.
    pub underline: Option<bool>,
    /// A frame around it.
    pub border: Option<Border>,
    /// Fill behind it.
    pub fill: Option<Color>,
    /// Raised or lowered.
    pub vertical: Option<VerticalAlignment>,
    /// BCP 47.
    pub language: Option<String>,
}

/// `w:vertAlign`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum VerticalAlignment {
    /// Raised and smaller.
    Superscript,
    /// Lowered and smaller.
    Subscript,
}

impl RunProperties {
    /// Writes the element, if there is anything in it.
    pub fn write(&self, xml: &mut Xml) {
        xml.container("w:rPr", |xml| {
            xml.optional("w:rStyle", self.style.as_deref());
            if let Some(font) = &self.font {
                xml.empty("w:rFonts", &[("w:ascii", font), ("w:hAnsi", font), ("w:eastAsia", font), ("w:cs", font)]);
            }
            xml.switch("w:b", self.bold);
            xml.switch("w:bCs", self.bold);
            xml.switch("w:i", self.italic);
            xml.switch("w:iCs", self.italic);
            xml.switch("w:strike", self.strike);
            xml.switch("w:noProof", self.no_proof);
            xml.switch("w:webHidden", self.web_hidden);
            xml.optional("w:color", self.color.map(Color::hex));
            xml.optional("w:sz", self.size.map(Pt::half_points));
            xml.optional("w:szCs", self.size.map(Pt::half_points));
            xml.optional("w:u", self.underline.map(|on| if on { "single" } else { "none" }));
            if let Some(border) = self.border {
                border.write(xml, "w:bdr");
            }
            shading(xml, self.fill);
            xml.optional("w:vertAlign", self.vertical.map(VerticalAlignment::name));
            xml.optional("w:lang", self.language.as_deref());
        });
    }
}

impl VerticalAlignment {
    fn name(self) -> &'static str {
        match self {
            Self::Superscript => "superscript",
            Self::Subscript => "subscript",
        }
    }
}
