use super::paragraph::Tab;
use super::{Build, Indent, ParagraphProperties, RunProperties, Xml};
use crate::document::OrderedStyle;

/// `w:abstractNum` (ECMA-376 17.9.1): how a list looks at each of its levels.
#[derive(Debug, Clone, PartialEq)]
pub(in super::super) struct AbstractList {
    /// Its id.
    pub id: u32,
    /// Its levels, at most nine.
    pub levels: Vec<Level>,
}

/// `w:lvl` (ECMA-376 17.9.6).
#[derive(Debug, Clone, PartialEq)]
pub(in super::super) struct Level {
    /// How it counts.
    pub format: LevelFormat,
    /// The paragraph style that brings this level with it.
    pub style: Option<String>,
    /// What follows the number.
    pub suffix: LevelSuffix,
    /// The number with what stands around it: `%1.`
    pub text: String,
    /// Indents.
    pub indent: Indent,
    /// Tab stops.
    pub tabs: Vec<Tab>,
    /// The look of the number.
    pub run: RunProperties,
}

/// `w:numFmt`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(in super::super) enum LevelFormat {
    /// 1, 2, 3
    Decimal,
    /// a, b, c
    LowerLetter,
    /// A, B, C
    UpperLetter,
    /// i, ii, iii
    LowerRoman,
    /// I, II, III
    UpperRoman,
    /// Always the same character.
    Bullet,
    /// Always the same text.
    None,
}

/// `w:suff`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum LevelSuffix {
    /// A tab.
    Tab,
    /// A space.
    Space,
}

/// `w:num` (ECMA-376 17.9.15): a list that counts on its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) struct ListInstance {
    /// Its id, from 1.
    pub id: u32,
    /// The [`AbstractList`] that it looks like.
    pub list: u32,
    /// Where levels begin to count: level from 0, and number.
    pub starts: Vec<(u8, u32)>,
}

impl AbstractList {
    /// Writes the element.
    pub fn write(&self, xml: &mut Xml) {
        xml.element("w:abstractNum", &[("w:abstractNumId", &self.id)], |xml| {
            // Stable and unequal: Word merges lists of one `nsid` on copying between documents.
            xml.value("w:nsid", format!("{:08X}", 0x5241_5000 + self.id));
            xml.value("w:multiLevelType", "multilevel");
            xml.value("w:tmpl", format!("{:08X}", 0x5250_5400 + self.id));
            for (index, level) in self.levels.iter().enumerate() {
                level.write(xml, index);
            }
        });
    }
}

impl Level {
    fn write(&self, xml: &mut Xml, index: usize) {
        xml.element("w:lvl", &[("w:ilvl", &index)], |xml| {
            xml.value("w:start", 1);
            xml.value("w:numFmt", self.format.name());
            xml.optional("w:pStyle", self.style.as_deref());
            if self.suffix == LevelSuffix::Space {
                xml.value("w:suff", "space");
            }
            xml.value("w:lvlText", &self.text);
            // Towards the text. Word means the leading edge by it, as with `w:jc`; LibreOffice takes it by the page, so
            // that in a paragraph from right to left it sets a number outside its edge, whatever program wrote the file.
            xml.value("w:lvlJc", "left");
            let (indent, tabs) = (Some(self.indent), self.tabs.clone());
            ParagraphProperties { tabs, indent, ..Default::default() }.write(xml);
            self.run.write(xml);
        });
    }
}

impl LevelFormat {
    /// Of a style of counting.
    pub fn of(style: OrderedStyle) -> Self {
        match style {
            OrderedStyle::Decimal => Self::Decimal,
            OrderedStyle::LowerAlpha => Self::LowerLetter,
            OrderedStyle::UpperAlpha => Self::UpperLetter,
            OrderedStyle::LowerRoman => Self::LowerRoman,
            OrderedStyle::UpperRoman => Self::UpperRoman,
        }
    }

    /// Its name in the schema.
    pub fn name(self) -> &'static str {
        match self {
            Self::Decimal => "decimal",
            Self::LowerLetter => "lowerLetter",
            Self::UpperLetter => "upperLetter",
            Self::LowerRoman => "lowerRoman",
            Self::UpperRoman => "upperRoman",
            Self::Bullet => "bullet",
            Self::None => "none",
        }
    }
}

impl ListInstance {
    /// Writes the element.
    pub fn write(&self, xml: &mut Xml) {
        xml.element("w:num", &[("w:numId", &self.id)], |xml| {
            xml.value("w:abstractNumId", self.list);
            for (level, start) in &self.starts {
                xml.element("w:lvlOverride", &[("w:ilvl", level)], |xml| xml.value("w:startOverride", start));
            }
        });
    }
}
