//! The project: `rapporteur.toml`, which files are drafts and in what order, and the only
//! door to a file system.
//!
//! In: a [`World`]. Out: [`Project`] with its [`Config`], the drafts' text as
//! [`crate::source::Sources`], and diagnostics that point into `rapporteur.toml`. Nothing outside the project's root is ever opened.

mod cache;
mod citations;
mod config;
mod date;
mod drafts;
mod encoding;
pub mod history;
mod limits;
mod load;
mod locate;
mod numbering;
mod parse;
mod places;
mod system;
mod translation;
mod validate;
mod world;

pub use cache::CacheConfig;
pub use citations::CitationFiles;
pub use config::{
    Author, ChangelogConfig, CitationsConfig, Config, DraftsConfig, FontsConfig, Format, OutputConfig, ReportConfig,
    ServeConfig, StyleConfig, TypographyConfig,
};
pub use date::Date;
pub use history::{CommitError, CommitWorld, Revision};
pub use limits::{LimitsConfig, mib};
pub use load::{editions, load, load_again, load_behind, read_text};
pub use locate::{Entry, LocateError, Location, Start, locate, output_folder, output_folder_of};
pub use numbering::{AnnexNotes, CaptionNumbering, HeadingNumbering, ListOf, NumberingConfig};
pub use parse::{Parsed, parse_toml};
pub use places::Places;
pub use system::SystemWorld;
pub use translation::{Edition, Translation, TranslationConfig};
pub use validate::is_language;
pub use world::{MemoryWorld, PathError, ProjectPath, ReadError, Stamp, World};

use crate::source::{FileId, Sources};

/// The configuration's name, in the project's root.
pub const CONFIG_FILE: &str = "rapporteur.toml";

/// A loaded project.
#[derive(Debug, Clone)]
pub struct Project {
    /// What led to it.
    pub entry: Entry,
    /// The configuration, defaults filled in.
    pub config: Config,
    /// Where the configuration's values stand.
    pub places: Places,
    /// What it is a translation of, if it is one; the configuration is the translation's then.
    pub translation: Option<Translation>,
    /// The drafts, in reading order.
    pub drafts: Vec<Draft>,
    /// The files that citations depend on.
    pub citations: CitationFiles,
    /// The text of every file read so far.
    pub sources: Sources,
}

impl Project {
    /// The folder of the draft that is a file; the root where it is none.
    pub fn folder_of(&self, file: FileId) -> ProjectPath {
        let draft = self.drafts.iter().find(|draft| draft.file == file);
        draft.map_or_else(ProjectPath::root, |draft| draft.path.parent())
    }
}

/// One draft file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Its path beneath the root.
    pub path: ProjectPath,
    /// Its text in [`Project::sources`].
    pub file: FileId,
}

fn is_markdown(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(stem, extension)| !stem.is_empty() && extension.eq_ignore_ascii_case("md"))
}
