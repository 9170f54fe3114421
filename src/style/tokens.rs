use std::collections::BTreeMap;

use serde::Serialize;

use super::{FallbackFont, RUNNING, Script};
use crate::document::Pt;

/// A whole style, checked.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Stylesheet {
    /// Its name, that of its folder.
    pub name: String,
    /// Paper and margins.
    pub page: Page,
    /// Families, by use.
    pub fonts: Fonts,
    /// Colours on white and on dark.
    pub palette: Palette,
    /// By role name (`heading-1`, `body`, `box-note`, …): those of [`super::ROLES`].
    pub roles: BTreeMap<String, RoleStyle>,
}

/// Paper and margins.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Page {
    /// Width of the paper.
    pub width: Pt,
    /// Height of the paper.
    pub height: Pt,
    /// Above the text.
    pub margin_top: Pt,
    /// Below the text.
    pub margin_bottom: Pt,
    /// Before the text, gutter included.
    pub margin_start: Pt,
    /// After the text.
    pub margin_end: Pt,
    /// From the paper's edge to the running head.
    pub header_distance: Pt,
    /// From the paper's edge to the running foot.
    pub footer_distance: Pt,
    /// Numbers of headings and paragraphs hang in this much of the start margin.
    pub gutter: Pt,
}

impl Page {
    /// Width of the text.
    pub fn measure(&self) -> Pt {
        self.width - self.margin_start - self.margin_end
    }

    /// Width of the text on a page that lies on its side; its margins are the same.
    pub fn landscape_measure(&self) -> Pt {
        self.height - self.margin_start - self.margin_end
    }
}

/// Families, by use.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Fonts {
    /// Running text.
    pub text: String,
    /// Headings.
    pub heading: String,
    /// Code.
    pub mono: String,
    /// For letters that those lack, one per script, in the order in which they are tried.
    pub fallback: Vec<FallbackFont>,
}

impl Fonts {
    /// The name of a family.
    pub fn family(&self, family: Family) -> &str {
        match family {
            Family::Text => &self.text,
            Family::Heading => &self.heading,
            Family::Mono => &self.mono,
        }
    }

    /// The font of a script.
    pub fn fallback_of(&self, script: Script) -> Option<&FallbackFont> {
        self.fallback.iter().find(|font| font.script == script)
    }
}

/// One face of a bundled family. TrueType outlines, so that Word can embed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FontFace {
    /// Family name as in its `name` table.
    pub family: &'static str,
    /// Regular or bold.
    pub weight: Weight,
    /// Slanted.
    pub italic: bool,
    /// All letters equally wide.
    pub mono: bool,
    /// The file.
    pub data: &'static [u8],
}

impl FontFace {
    /// SHA-256 of the file.
    pub fn digest(&self) -> [u8; 32] {
        super::fonts::digest(self)
    }
}

/// Which of [`Fonts`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Family {
    /// [`Fonts::text`].
    #[default]
    Text,
    /// [`Fonts::heading`].
    Heading,
    /// [`Fonts::mono`].
    Mono,
}

/// 400 or 700: Word has no others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize)]
pub enum Weight {
    /// 400.
    #[default]
    Regular,
    /// 700.
    Bold,
}

impl Weight {
    /// As CSS and OpenType count.
    pub fn number(self) -> u16 {
        match self {
            Self::Regular => 400,
            Self::Bold => 700,
        }
    }
}

/// A name in the palette (`ink`, `accent`).
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct ColorName(pub String);

/// sRGB.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Color {
    /// Red.
    pub red: u8,
    /// Green.
    pub green: u8,
    /// Blue.
    pub blue: u8,
}

impl Color {
    /// `rrggbb`, lower case, without `#`.
    pub fn hex(self) -> String {
        format!("{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }
}

/// Every colour, twice.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Palette {
    /// On white; what paper shows.
    pub light: BTreeMap<ColorName, Color>,
    /// On dark; the web's dark mode.
    pub dark: BTreeMap<ColorName, Color>,
}

/// A role's look. Lengths are in points.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RoleStyle {
    /// Type size.
    pub size: Pt,
    /// From baseline to baseline.
    pub line: Pt,
    /// Weight.
    pub weight: Weight,
    /// Slanted.
    pub italic: bool,
    /// Family.
    pub family: Family,
    /// Colour of the text.
    pub color: ColorName,
    /// Space before.
    pub before: Pt,
    /// Space after.
    pub after: Pt,
    /// Indent at the start.
    pub indent: Pt,
    /// Indent at the end.
    pub indent_end: Pt,
    /// How far the first line hangs out before the rest.
    pub hang: Pt,
    /// Background.
    pub fill: Option<ColorName>,
    /// Between border and content.
    pub padding: Pt,
    /// Borders.
    pub borders: Borders,
    /// Kept on a page with what follows.
    pub keep_next: bool,
    /// Starts a page.
    pub page_break_before: bool,
    /// Tokens that only some roles have (`label_color`, `cell_x`, `bullets`, …); the `extra_…` functions read them.
    pub extra: BTreeMap<String, toml::Value>,
}

/// Borders by side.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Borders {
    /// Above.
    pub top: Option<Border>,
    /// Below.
    pub bottom: Option<Border>,
    /// At the start: left in English.
    pub start: Option<Border>,
    /// At the end.
    pub end: Option<Border>,
    /// Between the rows of a table.
    pub inside: Option<Border>,
}

/// A border.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Border {
    /// Width, at most 6 pt.
    pub width: Pt,
    /// Colour.
    pub color: ColorName,
    /// Between border and text, at most 31 pt.
    pub space: Pt,
    /// Whether it begins at the gutter.
    pub from_gutter: bool,
}

impl Stylesheet {
    /// A role's style.
    /// # Panics
    /// If the style lacks it: loading a style refuses one that lacks a role.
    pub fn role(&self, name: &str) -> &RoleStyle {
        self.roles.get(name).unwrap_or_else(|| panic!("loading a style checks that it has role {name}"))
    }

    /// A colour on white.
    /// # Panics
    /// If the palette lacks it: loading a style checks every name.
    pub fn color(&self, name: &ColorName) -> Color {
        *self.palette.light.get(name).expect("loading a style checks every colour name")
    }
}

impl Stylesheet {
    /// Whether words of a role may be divided at the end of a line, where their language does that: running text, if
    /// `body` says so.
    pub fn hyphenates(&self, role: &str) -> bool {
        let asked = self.role("body").extra.get("hyphenate").and_then(toml::Value::as_bool);
        asked == Some(true) && RUNNING.contains(&role)
    }
}

impl RoleStyle {
    /// A length of [`RoleStyle::extra`], in points; keys that end in `_mm` are converted.
    pub fn extra_length(&self, key: &str) -> Option<Pt> {
        let number = self.extra.get(key)?.as_float()?;
        Some(if key.ends_with("_mm") { Pt::from_mm(number) } else { Pt(number) })
    }

    /// A colour of [`RoleStyle::extra`].
    pub fn extra_color(&self, key: &str) -> Option<ColorName> {
        Some(ColorName(self.extra.get(key)?.as_str()?.to_owned()))
    }

    /// A weight of [`RoleStyle::extra`].
    pub fn extra_weight(&self, key: &str) -> Option<Weight> {
        let number = self.extra.get(key)?.as_integer()?;
        Some(if number == 700 { Weight::Bold } else { Weight::Regular })
    }

    /// Texts of [`RoleStyle::extra`]; empty where there are none.
    pub fn extra_texts(&self, key: &str) -> Vec<&str> {
        let list = self.extra.get(key).and_then(toml::Value::as_array);
        list.map(|list| list.iter().filter_map(toml::Value::as_str).collect()).unwrap_or_default()
    }
}
