use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::numbering::NumberingConfig;
use super::{CacheConfig, Date, LimitsConfig, TranslationConfig};
use crate::diag::Status;

/// `rapporteur.toml`, typed. Unknown keys are refused.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// What the report is.
    pub report: ReportConfig,
    /// Where the drafts are and in what order they are read.
    pub drafts: DraftsConfig,
    /// The report in other languages, by their BCP 47 tags.
    pub translations: BTreeMap<String, TranslationConfig>,
    /// How the report looks.
    pub style: StyleConfig,
    /// What is set as the language has it.
    pub typography: TypographyConfig,
    /// Where fonts are, beside the system's.
    pub fonts: FontsConfig,
    /// What is numbered, and how.
    pub numbering: NumberingConfig,
    /// Citations and the bibliography.
    pub citations: CitationsConfig,
    /// What is written, and where.
    pub output: OutputConfig,
    /// Where finished reports are kept.
    pub cache: CacheConfig,
    /// How large what it is made of may be.
    pub limits: LimitsConfig,
    /// What is told of earlier versions.
    pub changelog: ChangelogConfig,
    /// The preview in a browser.
    pub serve: ServeConfig,
}

/// The report's metadata.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ReportConfig {
    /// The full title.
    pub title: Option<String>,
    /// What stands beneath the title.
    pub subtitle: Option<String>,
    /// For the running head and the file names.
    pub short_title: Option<String>,
    /// BCP 47 language of the report, `en` by default.
    pub language: Option<String>,
    /// `draft` or `final`; decides what is a warning and what is an error.
    pub status: Status,
    /// Shown on every page of a draft: "Draft I".
    pub draft_label: Option<String>,
    /// Whether a draft's label also stands large and pale behind the text.
    pub watermark: bool,
    /// The report's own version.
    pub version: Option<String>,
    /// ISO 8601 date (`2024-12-17`).
    pub date: Option<Date>,
    /// Bodies (or people) that issue the report.
    pub authors: Vec<Author>,
    /// People who contributed.
    pub contributors: Vec<String>,
    /// Who publishes it.
    pub publisher: Option<String>,
    /// The meeting it was written for.
    pub event: Option<String>,
    /// Above the title on the cover; the series it belongs to.
    pub series: Option<String>,
    /// A document symbol or number.
    pub reference: Option<String>,
    /// ISBN, with or without hyphens; its check digit is checked.
    pub isbn: Option<String>,
    /// DOI (`10.…/…`), without a resolver in front.
    pub doi: Option<String>,
    /// SPDX identifier or free text.
    pub licence: Option<String>,
    /// Keywords.
    pub subjects: Vec<String>,
    /// One paragraph, for metadata.
    pub description: Option<String>,
    /// Printed after the contents or on the cover's back.
    pub disclaimer: Option<String>,
}

impl ReportConfig {
    /// The report's language (BCP 47); English where it gives none.
    pub fn language(&self) -> &str {
        self.language.as_deref().unwrap_or("en")
    }

    /// Everything that a writer chose the words of and that is printed, or shown by a viewer.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        let single = [
            &self.title,
            &self.subtitle,
            &self.short_title,
            &self.draft_label,
            &self.publisher,
            &self.version,
            &self.event,
            &self.series,
            &self.reference,
            &self.licence,
            &self.description,
            &self.disclaimer,
        ];
        let lists = self.contributors.iter().chain(&self.subjects).map(String::as_str);
        let single = single.into_iter().filter_map(|text| text.as_deref());
        single.chain(self.authors.iter().map(Author::name)).chain(lists)
    }
}

/// An author: a name, or a name with an address.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Author {
    /// Just the name.
    Name(String),
    /// The name and more.
    Full {
        /// The name.
        name: String,
        /// An identifier: ORCID, ROR or a web address.
        #[serde(default)]
        url: Option<String>,
    },
}

impl Author {
    /// The name.
    pub fn name(&self) -> &str {
        match self {
            Self::Name(name) | Self::Full { name, .. } => name,
        }
    }

    /// The identifier or address, if one is given.
    pub fn url(&self) -> Option<&str> {
        match self {
            Self::Name(_) => None,
            Self::Full { url, .. } => url.as_deref(),
        }
    }
}

/// Where the drafts are.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct DraftsConfig {
    /// Folder of the drafts, relative to this file.
    pub folder: String,
    /// File names and globs in reading order; by default all `*.md` directly in the folder, by name.
    pub order: Vec<String>,
}

impl Default for DraftsConfig {
    fn default() -> Self {
        Self { folder: "drafts".to_owned(), order: Vec::new() }
    }
}

/// Which style.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct StyleConfig {
    /// A style of the program, or a folder of the project beneath `styles/`.
    pub name: String,
    /// Whether each chapter starts a page; the style's own by default.
    pub chapters_start_pages: Option<bool>,
    /// Tokens of the page that are to differ from the style's.
    #[schemars(with = "Tokens")]
    pub page: toml::Table,
    /// Font families that are to differ from the style's.
    #[schemars(with = "Tokens")]
    pub font: toml::Table,
    /// Colours that are to differ from the style's, beneath `light` and `dark`.
    #[schemars(with = "Tokens")]
    pub color: toml::Table,
    /// Tokens of roles that are to differ from the style's, beneath the roles' names.
    #[schemars(with = "Tokens")]
    pub role: toml::Table,
}

/// Tokens in the schema: the style's own reader checks them.
type Tokens = std::collections::BTreeMap<String, serde_json::Value>;

impl StyleConfig {
    /// Whether some token is to differ from the style's.
    pub fn has_tokens(&self) -> bool {
        [&self.page, &self.font, &self.color, &self.role].iter().any(|table| !table.is_empty())
    }
}

impl Default for StyleConfig {
    fn default() -> Self {
        let (page, font, color, role) = Default::default();
        Self { name: "report".to_owned(), chapters_start_pages: None, page, font, color, role }
    }
}

/// What is set as the language has it, though it was typed otherwise.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct TypographyConfig {
    /// Whether straight quotation marks become those of the language; by default they stay as typed.
    pub quotes: bool,
}

/// Where fonts are looked for that the program does not bring along: those of Arabic, Chinese and other scripts.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct FontsConfig {
    /// Folders of font files, relative to this file; the system's font folders come after them.
    pub folders: Vec<String>,
}

/// Citations and the bibliography.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct CitationsConfig {
    /// Bibliographies, relative to this file: BibTeX or BibLaTeX (`.bib`), hayagriva (`.yaml`, `.yml`) or CSL JSON
    /// (`.json`). Where two have one key, the first has it.
    pub bibliography: Vec<String>,
    /// A style of the program (`apa`, `ieee`, `chicago-notes`, …) or a CSL file (`styles/own.csl`);
    /// `chicago-author-date` by default.
    pub style: Option<String>,
    /// BCP 47 language of the words that citations bring; by default the report's.
    pub language: Option<String>,
    /// Heading of the bibliography, where no `::: {#refs}` says its place; "References" by default, in the report's
    /// language.
    pub title: Option<String>,
    /// Whether citations link to their entries.
    pub link: bool,
    /// Keys of works that are listed though nothing cites them; `@*` lists them all.
    pub nocite: Vec<String>,
}

impl Default for CitationsConfig {
    fn default() -> Self {
        let (bibliography, nocite) = (Vec::new(), Vec::new());
        Self { bibliography, style: None, language: None, title: None, link: true, nocite }
    }
}

/// What is told of earlier versions, by comparing them.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ChangelogConfig {
    /// Folder of what people write about versions, relative to this file: `1.1.0.md` belongs to that version, any other
    /// name to what comes next.
    pub notes: String,
    /// Whether the report ends with an annex on what changed since the last release.
    pub annex: bool,
    /// Whether a table of the releases stands before the body.
    pub history: bool,
    /// The version that the annex goes back to, by its tag; the last release by default.
    pub since: Option<String>,
}

impl Default for ChangelogConfig {
    fn default() -> Self {
        Self { notes: "changes".to_owned(), annex: false, history: false, since: None }
    }
}

/// The preview in a browser.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ServeConfig {
    /// Address at which the editor opens a file: `{path}`, `{line}` and `{column}` stand for the place;
    /// `vscode://file/{path}:{line}:{column}` by default.
    pub editor: String,
}

impl Default for ServeConfig {
    fn default() -> Self {
        Self { editor: "vscode://file/{path}:{line}:{column}".to_owned() }
    }
}

/// What is written.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct OutputConfig {
    /// Folder for what a build writes, relative to this file.
    pub folder: String,
    /// File name without extension; by default from the short title.
    pub name: Option<String>,
    /// `pdf`, `docx`, `html`.
    pub formats: Vec<Format>,
    /// Whether the PDF carries what it was made from: drafts, configuration, bibliographies, images (PDF/A-3a).
    pub attach_sources: bool,
}

impl Default for OutputConfig {
    fn default() -> Self {
        Self { folder: "output".to_owned(), name: None, formats: Format::ALL.to_vec(), attach_sources: false }
    }
}

/// A format that a report is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// Tagged PDF.
    Pdf,
    /// Office Open XML.
    Docx,
    /// One self-contained page.
    Html,
}

impl Format {
    /// All, in the order in which they are listed.
    pub const ALL: &'static [Self] = &[Self::Pdf, Self::Docx, Self::Html];

    /// The file extension.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Docx => "docx",
            Self::Html => "html",
        }
    }
}
