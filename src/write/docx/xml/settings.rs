use super::{Build, RunLanguage, Xml};
use crate::document::Pt;

/// `w:settings` (ECMA-376 17.15.1.78).
#[derive(Debug, Clone, PartialEq)]
pub(in super::super) struct Settings {
    /// Whether fonts are embedded, so that Word keeps them on saving.
    pub embed_fonts: bool,
    /// Whether what an editor changes is tracked.
    pub track_revisions: bool,
    /// Between tab stops that nobody set.
    pub default_tab: Pt,
    /// Whether words are divided at the ends of lines.
    pub hyphenate: bool,
    /// Language.
    pub language: RunLanguage,
}

impl Settings {
    /// Writes the element's content.
    pub fn write(&self, xml: &mut Xml) {
        xml.empty("w:zoom", &[("w:percent", &100)]);
        xml.switch("w:embedTrueTypeFonts", self.embed_fonts.then_some(true));
        xml.switch("w:trackRevisions", self.track_revisions.then_some(true));
        xml.value("w:defaultTabStop", self.default_tab.twips());
        xml.switch("w:autoHyphenation", self.hyphenate.then_some(true));
        xml.value("w:characterSpacingControl", "doNotCompress");
        xml.element("w:footnotePr", &[], |xml| {
            xml.empty("w:footnote", &[("w:id", &-1)]);
            xml.empty("w:footnote", &[("w:id", &0)]);
        });
        xml.element("w:compat", &[], |xml| {
            for (name, value) in COMPATIBILITY {
                xml.empty(
                    "w:compatSetting",
                    &[("w:name", name), ("w:uri", &"http://schemas.microsoft.com/office/word"), ("w:val", value)],
                );
            }
        });
        xml.empty("w:themeFontLang", &self.language.attributes());
        xml.empty(
            "w:clrSchemeMapping",
            &[
                ("w:bg1", &"light1"),
                ("w:t1", &"dark1"),
                ("w:bg2", &"light2"),
                ("w:t2", &"dark2"),
                ("w:accent1", &"accent1"),
                ("w:accent2", &"accent2"),
                ("w:accent3", &"accent3"),
                ("w:accent4", &"accent4"),
                ("w:accent5", &"accent5"),
                ("w:accent6", &"accent6"),
                ("w:hyperlink", &"hyperlink"),
                ("w:followedHyperlink", &"followedHyperlink"),
            ],
        );
        xml.value("w:decimalSymbol", ".");
        xml.value("w:listSeparator", ",");
    }
}

/// Word 2013 and later lay out by their newest rules only if a document says so ([MS-DOCX] 2.3.3).
const COMPATIBILITY: &[(&str, &str)] = &[
    ("compatibilityMode", "15"),
    ("overrideTableStyleFontSizeAndJustification", "1"),
    ("enableOpenTypeFeatures", "1"),
    ("doNotFlipMirrorIndents", "1"),
    ("differentiateMultirowTableHeaders", "1"),
];
