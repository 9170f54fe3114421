use serde::Serialize;

/// A script, or a kind of signs, that the bundled families lack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Script {
    /// Arabic, Persian, Urdu …
    Arabic,
    /// Armenian.
    Armenian,
    /// Bengali, Assamese.
    Bengali,
    /// Chinese characters, with Japanese kana and Korean hangul, which the same font has.
    Chinese,
    /// Hindi, Marathi, Nepali …
    Devanagari,
    /// Amharic, Tigrinya …
    Ethiopic,
    /// Georgian.
    Georgian,
    /// Gujarati.
    Gujarati,
    /// Punjabi.
    Gurmukhi,
    /// Hebrew, Yiddish.
    Hebrew,
    /// Kannada.
    Kannada,
    /// Khmer.
    Khmer,
    /// Lao.
    Lao,
    /// Malayalam.
    Malayalam,
    /// Burmese.
    Myanmar,
    /// N’Ko.
    Nko,
    /// Odia.
    Oriya,
    /// Sinhala.
    Sinhala,
    /// Syriac.
    Syriac,
    /// Tamil.
    Tamil,
    /// Telugu.
    Telugu,
    /// Maldivian.
    Thaana,
    /// Thai.
    Thai,
    /// Tibetan, Dzongkha.
    Tibetan,
    /// Berber.
    Tifinagh,
    /// Signs of mathematics.
    Math,
    /// Arrows, dingbats and other signs.
    Symbols,
    /// Pictures: no font at hand has them that may stand in a PDF for archives.
    Emoji,
}

impl Script {
    /// Every script, in the order in which their fonts are tried.
    pub const ALL: [Self; 28] = [
        Self::Arabic,
        Self::Armenian,
        Self::Bengali,
        Self::Chinese,
        Self::Devanagari,
        Self::Ethiopic,
        Self::Georgian,
        Self::Gujarati,
        Self::Gurmukhi,
        Self::Hebrew,
        Self::Kannada,
        Self::Khmer,
        Self::Lao,
        Self::Malayalam,
        Self::Myanmar,
        Self::Nko,
        Self::Oriya,
        Self::Sinhala,
        Self::Syriac,
        Self::Tamil,
        Self::Telugu,
        Self::Thaana,
        Self::Thai,
        Self::Tibetan,
        Self::Tifinagh,
        Self::Math,
        Self::Symbols,
        Self::Emoji,
    ];

    /// The script of a character that no bundled family shows; `None` where no font is known for it.
    pub fn of(c: char) -> Option<Self> {
        let code = u32::from(c);
        let blocks = BLOCKS.partition_point(|(_, last, _)| *last < code);
        BLOCKS.get(blocks).filter(|(first, ..)| *first <= code).map(|(.., script)| *script)
    }

    /// Its name, before "characters".
    pub fn name(self) -> &'static str {
        self.info().name
    }

    /// Its table under `[font]` in a style: `arabic`.
    pub fn key(self) -> String {
        format!("{self:?}").to_lowercase()
    }

    /// Whether its lines run from right to left.
    pub fn runs_backward(self) -> bool {
        matches!(self, Self::Arabic | Self::Hebrew | Self::Nko | Self::Syriac | Self::Thaana)
    }

    /// The family that stands for it where a style names no other; `None` where there is none.
    pub(super) fn family(self) -> Option<&'static str> {
        self.info().family
    }

    /// The Debian package with that family.
    pub fn package(self) -> Option<&'static str> {
        self.info().family.map(|family| if family.contains("CJK") { "fonts-noto-cjk" } else { "fonts-noto-core" })
    }

    fn info(self) -> Info {
        let noto = |name, family| Info { name, family: Some(family) };
        match self {
            Self::Arabic => noto("Arabic", "Noto Naskh Arabic"),
            Self::Armenian => noto("Armenian", "Noto Sans Armenian"),
            Self::Bengali => noto("Bengali", "Noto Sans Bengali"),
            Self::Chinese => noto("Chinese, Japanese or Korean", "Noto Sans CJK SC"),
            Self::Devanagari => noto("Devanagari", "Noto Sans Devanagari"),
            Self::Ethiopic => noto("Ethiopic", "Noto Sans Ethiopic"),
            Self::Georgian => noto("Georgian", "Noto Sans Georgian"),
            Self::Gujarati => noto("Gujarati", "Noto Sans Gujarati"),
            Self::Gurmukhi => noto("Gurmukhi", "Noto Sans Gurmukhi"),
            Self::Hebrew => noto("Hebrew", "Noto Sans Hebrew"),
            Self::Kannada => noto("Kannada", "Noto Sans Kannada"),
            Self::Khmer => noto("Khmer", "Noto Sans Khmer"),
            Self::Lao => noto("Lao", "Noto Sans Lao"),
            Self::Malayalam => noto("Malayalam", "Noto Sans Malayalam"),
            Self::Myanmar => noto("Burmese", "Noto Sans Myanmar"),
            Self::Nko => noto("N’Ko", "Noto Sans NKo"),
            Self::Oriya => noto("Odia", "Noto Sans Oriya"),
            Self::Sinhala => noto("Sinhala", "Noto Sans Sinhala"),
            Self::Syriac => noto("Syriac", "Noto Sans Syriac"),
            Self::Tamil => noto("Tamil", "Noto Sans Tamil"),
            Self::Telugu => noto("Telugu", "Noto Sans Telugu"),
            Self::Thaana => noto("Thaana", "Noto Sans Thaana"),
            Self::Thai => noto("Thai", "Noto Sans Thai"),
            Self::Tibetan => noto("Tibetan", "Noto Serif Tibetan"),
            Self::Tifinagh => noto("Tifinagh", "Noto Sans Tifinagh"),
            Self::Math => noto("mathematical", "Noto Sans Math"),
            Self::Symbols => noto("symbol", "Noto Sans Symbols2"),
            Self::Emoji => Info { name: "emoji", family: None },
        }
    }
}

struct Info {
    name: &'static str,
    family: Option<&'static str>,
}

/// First and last code point of blocks (Unicode 17, Blocks.txt), ascending.
const BLOCKS: &[(u32, u32, Script)] = &[
    (0x0530, 0x058F, Script::Armenian),
    (0x0590, 0x05FF, Script::Hebrew),
    (0x0600, 0x06FF, Script::Arabic),
    (0x0700, 0x074F, Script::Syriac),
    (0x0750, 0x077F, Script::Arabic),
    (0x0780, 0x07BF, Script::Thaana),
    (0x07C0, 0x07FF, Script::Nko),
    (0x0860, 0x086F, Script::Syriac),
    (0x0870, 0x08FF, Script::Arabic),
    (0x0900, 0x097F, Script::Devanagari),
    (0x0980, 0x09FF, Script::Bengali),
    (0x0A00, 0x0A7F, Script::Gurmukhi),
    (0x0A80, 0x0AFF, Script::Gujarati),
    (0x0B00, 0x0B7F, Script::Oriya),
    (0x0B80, 0x0BFF, Script::Tamil),
    (0x0C00, 0x0C7F, Script::Telugu),
    (0x0C80, 0x0CFF, Script::Kannada),
    (0x0D00, 0x0D7F, Script::Malayalam),
    (0x0D80, 0x0DFF, Script::Sinhala),
    (0x0E00, 0x0E7F, Script::Thai),
    (0x0E80, 0x0EFF, Script::Lao),
    (0x0F00, 0x0FFF, Script::Tibetan),
    (0x1000, 0x109F, Script::Myanmar),
    (0x10A0, 0x10FF, Script::Georgian),
    (0x1100, 0x11FF, Script::Chinese),
    (0x1200, 0x139F, Script::Ethiopic),
    (0x1780, 0x17FF, Script::Khmer),
    (0x19E0, 0x19FF, Script::Khmer),
    (0x1C90, 0x1CBF, Script::Georgian),
    (0x1CD0, 0x1CFF, Script::Devanagari),
    (0x2190, 0x21FF, Script::Math),
    (0x2200, 0x22FF, Script::Math),
    (0x2300, 0x23FF, Script::Symbols),
    (0x2460, 0x24FF, Script::Chinese),
    (0x25A0, 0x27BF, Script::Symbols),
    (0x27C0, 0x27FF, Script::Math),
    (0x2900, 0x2AFF, Script::Math),
    (0x2B00, 0x2BFF, Script::Symbols),
    (0x2D00, 0x2D2F, Script::Georgian),
    (0x2D30, 0x2D7F, Script::Tifinagh),
    (0x2D80, 0x2DDF, Script::Ethiopic),
    (0x2E80, 0x33FF, Script::Chinese),
    (0x3400, 0x4DBF, Script::Chinese),
    (0x4E00, 0x9FFF, Script::Chinese),
    (0xA8E0, 0xA8FF, Script::Devanagari),
    (0xA960, 0xA97F, Script::Chinese),
    (0xA9E0, 0xA9FF, Script::Myanmar),
    (0xAA60, 0xAA7F, Script::Myanmar),
    (0xAB00, 0xAB2F, Script::Ethiopic),
    (0xAC00, 0xD7FF, Script::Chinese),
    (0xF900, 0xFAFF, Script::Chinese),
    (0xFB13, 0xFB17, Script::Armenian),
    (0xFB1D, 0xFB4F, Script::Hebrew),
    (0xFB50, 0xFDFF, Script::Arabic),
    (0xFE10, 0xFE1F, Script::Chinese),
    (0xFE30, 0xFE6F, Script::Chinese),
    (0xFE70, 0xFEFE, Script::Arabic),
    (0xFF00, 0xFFEF, Script::Chinese),
    (0x1D400, 0x1D7FF, Script::Math),
    (0x1EE00, 0x1EEFF, Script::Math),
    (0x1F000, 0x1FAFF, Script::Emoji),
    (0x20000, 0x3FFFF, Script::Chinese),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_ascend_and_find_their_script() {
        for pair in BLOCKS.windows(2) {
            assert!(pair[0].1 < pair[1].0, "{:x?}", pair[0]);
        }
        for (c, script) in [
            ('ا', Some(Script::Arabic)),
            ('漢', Some(Script::Chinese)),
            ('，', Some(Script::Chinese)),
            ('한', Some(Script::Chinese)),
            ('ש', Some(Script::Hebrew)),
            ('ह', Some(Script::Devanagari)),
            ('😀', Some(Script::Emoji)),
            ('a', None),
            ('\u{13000}', None),
        ] {
            assert_eq!(Script::of(c), script, "{c}");
        }
    }
}
