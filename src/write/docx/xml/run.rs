use super::border::{Border, shading};
use super::{Build, RunChange, Xml};
use crate::document::{Direction, Pt};
use crate::resolve::LanguageInfo;
use crate::style::Color;

/// `w:rPr` (ECMA-376 17.3.2.28).
#[derive(Debug, Clone, Default, PartialEq)]
pub(in super::super) struct RunProperties {
    /// Id of the character style.
    pub style: Option<String>,
    /// Families.
    pub font: Option<RunFonts>,
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
    /// Whether it runs from right to left: Word then takes size, weight and family for complex scripts. Never in a
    /// style, where Word would take it for the whole paragraph.
    pub right_to_left: bool,
    /// Language.
    pub language: Option<RunLanguage>,
    /// What it was before it was revised.
    pub change: Option<Box<RunChange>>,
}

/// `w:rFonts` (ECMA-376 17.3.2.26): a family for each class of characters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in super::super) struct RunFonts {
    /// Of Latin letters and their like.
    pub latin: Option<String>,
    /// Of Chinese, Japanese and Korean.
    pub east_asian: Option<String>,
    /// Of scripts that run from right to left or join their letters.
    pub complex: Option<String>,
    /// Which of them quotation marks, dashes and dots take that more than one script has.
    pub hint: Option<FontHint>,
}

/// `w:hint`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum FontHint {
    /// The East Asian family.
    EastAsian,
}

/// `w:lang` (ECMA-376 17.3.2.20): the language of each class of characters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in super::super) struct RunLanguage {
    /// Of Latin letters and their like.
    pub latin: String,
    /// Of Chinese, Japanese and Korean.
    pub east_asian: Option<String>,
    /// Of text that runs from right to left.
    pub complex: Option<String>,
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
        xml.container("w:rPr", |xml| self.write_content(xml));
    }

    /// Writes what the element holds.
    pub(super) fn write_content(&self, xml: &mut Xml) {
        xml.optional("w:rStyle", self.style.as_deref());
        if let Some(font) = &self.font {
            font.write(xml);
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
        xml.switch("w:rtl", self.right_to_left.then_some(true));
        if let Some(language) = &self.language {
            language.write(xml);
        }
        if let Some(change) = &self.change {
            change
                .revision
                .write("w:rPrChange", xml, |xml| xml.element("w:rPr", &[], |xml| change.was.write_content(xml)));
        }
    }
}

impl RunFonts {
    /// One family for all characters.
    pub fn all(family: &str) -> Self {
        let family = Some(family.to_owned());
        Self { latin: family.clone(), east_asian: family.clone(), complex: family, hint: None }
    }

    fn write(&self, xml: &mut Xml) {
        let hint = self.hint.map(|hint| match hint {
            FontHint::EastAsian => "eastAsia",
        });
        let mut attributes: Vec<(&str, &dyn std::fmt::Display)> = Vec::new();
        attributes.extend(hint.as_ref().map(|hint| ("w:hint", hint as _)));
        if let Some(latin) = &self.latin {
            attributes.extend([("w:ascii", latin as _), ("w:hAnsi", latin as _)]);
        }
        attributes.extend(self.east_asian.as_ref().map(|family| ("w:eastAsia", family as _)));
        attributes.extend(self.complex.as_ref().map(|family| ("w:cs", family as _)));
        xml.empty("w:rFonts", &attributes);
    }
}

impl RunLanguage {
    /// Of a language. Word knows most only with a region.
    pub fn of(language: &LanguageInfo) -> Self {
        let tag = language.tag.as_str();
        let regional = REGIONS.iter().find(|(bare, _)| *bare == tag).map_or(tag, |(_, regional)| regional);
        let given = || Some(regional.to_owned());
        let primary = tag.split('-').next().unwrap_or_default();
        let east_asian = EAST_ASIAN.contains(&primary);
        let complex = language.direction == Direction::RightToLeft;
        Self {
            latin: regional.to_owned(),
            east_asian: if east_asian { given() } else { None },
            complex: if complex { given() } else { None },
        }
    }

    /// As attributes of `w:lang` and `w:themeFontLang`.
    pub(super) fn attributes(&self) -> Vec<(&'static str, &dyn std::fmt::Display)> {
        let mut attributes: Vec<(&'static str, &dyn std::fmt::Display)> = vec![("w:val", &self.latin)];
        attributes.extend(self.east_asian.as_ref().map(|tag| ("w:eastAsia", tag as _)));
        attributes.extend(self.complex.as_ref().map(|tag| ("w:bidi", tag as _)));
        attributes
    }

    fn write(&self, xml: &mut Xml) {
        xml.empty("w:lang", &self.attributes());
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

/// Regions for languages that Word knows by region alone ([MS-LCID]): the one whose forms the bare tag means.
const REGIONS: &[(&str, &str)] = &[
    ("ar", "ar-SA"),
    ("fa", "fa-IR"),
    ("he", "he-IL"),
    ("ja", "ja-JP"),
    ("ko", "ko-KR"),
    ("ur", "ur-PK"),
    ("zh", "zh-CN"),
    ("zh-Hans", "zh-CN"),
    ("zh-Hant", "zh-TW"),
];

/// Languages whose letters Word sets in the East Asian family.
const EAST_ASIAN: [&str; 3] = ["ja", "ko", "zh"];
