use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What is numbered.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct NumberingConfig {
    /// How headings are numbered.
    pub headings: HeadingNumbering,
    /// Whether paragraphs of the body are numbered through.
    pub paragraphs: bool,
    /// Depth of the contents, in heading levels; 0 leaves them out.
    pub contents_depth: u8,
    /// Whether figures, tables and formulas count through the report ("Figure 12") or in each chapter ("Figure 2.1").
    pub figures: CaptionNumbering,
    /// How notes of annexes are numbered; by default in letters where headings are numbered as in documents of the
    /// United Nations.
    pub annex_notes: Option<AnnexNotes>,
    /// Lists after the contents: `figures`, `tables`, `recommendations`, in this order of yours.
    pub lists: Vec<ListOf>,
}

impl Default for NumberingConfig {
    fn default() -> Self {
        Self {
            headings: HeadingNumbering::default(),
            paragraphs: false,
            contents_depth: 2,
            figures: CaptionNumbering::default(),
            annex_notes: None,
            lists: Vec::new(),
        }
    }
}

impl NumberingConfig {
    /// How notes of annexes are numbered.
    pub fn annex_notes(&self) -> AnnexNotes {
        self.annex_notes.unwrap_or(match self.headings {
            HeadingNumbering::UnitedNations => AnnexNotes::Letters,
            HeadingNumbering::Decimal | HeadingNumbering::None => AnnexNotes::Continue,
        })
    }
}

/// How headings are numbered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum HeadingNumbering {
    /// I., A., 1., (a): as in documents of the United Nations.
    #[default]
    UnitedNations,
    /// 1, 1.1, 1.1.1; annexes A, A.1: as in standards.
    Decimal,
    /// Not at all.
    None,
}

/// Where figures, tables and formulas begin to count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CaptionNumbering {
    /// Once: "Figure 12".
    #[default]
    Through,
    /// In each chapter and annex, whose number stands before theirs: "Figure 2.1".
    ByChapter,
}

/// How notes of annexes are numbered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum AnnexNotes {
    /// a, b, c, anew in each annex.
    Letters,
    /// On from those of the body.
    Continue,
}

/// What is listed after the contents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ListOf {
    /// Figures that have captions.
    Figures,
    /// Tables that have captions.
    Tables,
    /// Recommendations.
    Recommendations,
}
