//! `[translations]`: the report in other languages.
//!
//! In: a configuration. Out: the same as a translation has it, each value with the place that it was typed at, so that no
//! later stage need know that it is one. Never mixes drafts: a translation's are those of its own folder.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::config::{Author, Config, DraftsConfig, ReportConfig};
use super::{Entry, PathError, Places, Project, ProjectPath, ReadError, World};

/// A translation of the report: where its drafts are, and what of `[report]` it words otherwise. What is not given is the
/// report's own.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct TranslationConfig {
    /// Folder of its drafts, relative to this file; by default the drafts' folder with the language beneath it
    /// (`drafts/fr`).
    pub folder: Option<String>,
    /// File names and globs in reading order; by default those of `[drafts]`.
    pub order: Option<Vec<String>>,
    /// The full title.
    pub title: Option<String>,
    /// What stands beneath the title.
    pub subtitle: Option<String>,
    /// For the running head; files are named after the report's own.
    pub short_title: Option<String>,
    /// Shown on every page of a draft.
    pub draft_label: Option<String>,
    /// Bodies (or people) that issue the report.
    pub authors: Option<Vec<Author>>,
    /// Who publishes it.
    pub publisher: Option<String>,
    /// The meeting it was written for.
    pub event: Option<String>,
    /// Above the title on the cover; the series it belongs to.
    pub series: Option<String>,
    /// A document symbol or number.
    pub reference: Option<String>,
    /// ISBN of the translation.
    pub isbn: Option<String>,
    /// DOI of the translation.
    pub doi: Option<String>,
    /// Keywords.
    pub subjects: Option<Vec<String>>,
    /// One paragraph, for metadata.
    pub description: Option<String>,
    /// Printed after the contents or on the cover's back.
    pub disclaimer: Option<String>,
    /// Heading of the bibliography.
    pub bibliography_title: Option<String>,
}

/// What a project is a translation of.
#[derive(Debug, Clone, PartialEq)]
pub struct Translation {
    /// BCP 47, as `[translations]` has it.
    pub language: String,
    /// The folder of its drafts.
    pub folder: ProjectPath,
    /// The folder of the drafts that it translates.
    pub original: ProjectPath,
    /// The report that it translates.
    pub report: Box<ReportConfig>,
}

/// One of the languages that a report is made in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edition {
    /// The one that the others translate.
    Original(String),
    /// A translation.
    Translation(String),
}

impl Edition {
    /// BCP 47.
    pub fn language(&self) -> &str {
        match self {
            Self::Original(language) | Self::Translation(language) => language,
        }
    }

    /// What its files' names have behind the report's.
    pub fn suffix(&self) -> String {
        match self {
            Self::Original(_) => String::new(),
            Self::Translation(language) => format!(".{language}"),
        }
    }
}

impl Config {
    /// The folder of a translation's drafts, if the configuration has that translation.
    fn translation_folder(&self, language: &str) -> Option<ProjectPath> {
        let translation = self.translations.get(language)?;
        let drafts = ProjectPath::new(&self.drafts.folder).unwrap_or_else(|_| ProjectPath::root());
        let named = translation.folder.as_deref().and_then(|folder| ProjectPath::new(folder).ok());
        Some(named.unwrap_or_else(|| drafts.child(language)))
    }

    /// The folders of all translations.
    pub(super) fn translation_folders(&self) -> impl Iterator<Item = (&str, ProjectPath)> {
        let languages = self.translations.keys();
        languages.filter_map(|language| Some((language.as_str(), self.translation_folder(language)?)))
    }
}

/// The languages that a report is made in: its own, then the others in alphabetical order.
pub(super) fn editions(config: &Config) -> Vec<Edition> {
    let translations = config.translations.keys().cloned().map(Edition::Translation);
    std::iter::once(Edition::Original(config.report.language().to_owned())).chain(translations).collect()
}

impl Project {
    /// The languages that the report is made in: its own, then the others in alphabetical order.
    pub fn editions(&self) -> Vec<Edition> {
        let mut editions = editions(&self.config);
        if let Some(translation) = &self.translation {
            editions[0] = Edition::Original(translation.report.language().to_owned());
        }
        editions
    }

    /// Which of them it is.
    pub fn edition(&self) -> Edition {
        match &self.translation {
            Some(translation) => Edition::Translation(translation.language.clone()),
            None => Edition::Original(self.config.report.language().to_owned()),
        }
    }

    /// The file that a draft in `folder` names. A translation need not have pictures and tables of its own: where there
    /// is none, it is looked for as if the draft stood where the one does that it translates.
    /// # Errors
    /// As [`ProjectPath::resolve`].
    pub fn named_file(&self, world: &dyn World, folder: &ProjectPath, path: &str) -> Result<ProjectPath, PathError> {
        let own = ProjectPath::resolve(folder, path);
        let is_there = |path: &ProjectPath| !matches!(world.read(path, 0), Err(ReadError::Missing));
        let Some(translation) = self.translation.as_ref().filter(|_| !own.as_ref().is_ok_and(is_there)) else {
            return own;
        };
        let shared = translation.original_of(folder).and_then(|folder| ProjectPath::resolve(&folder, path).ok());
        shared.filter(is_there).map_or(own, Ok)
    }
}

impl Translation {
    /// The folder among the original's drafts that a folder of the translation stands for.
    fn original_of(&self, folder: &ProjectPath) -> Option<ProjectPath> {
        let parts: Vec<&str> = folder.parts().collect();
        let beneath = folder.is_beneath(&self.folder).then(|| &parts[self.folder.parts().count()..])?;
        Some(beneath.iter().fold(self.original.clone(), |path, part| path.child(part)))
    }
}

/// A configuration as a translation of it has it; nothing where it has no such translation.
pub(super) fn translate(config: &Config, places: &Places, language: &str) -> Option<(Config, Places, Translation)> {
    let folder = config.translation_folder(language)?;
    let (mut translated, mut places) = (config.clone(), places.clone());
    let original = ProjectPath::new(&config.drafts.folder).unwrap_or_else(|_| ProjectPath::root());
    let report = Box::new(config.report.clone());
    let translation = Translation { language: language.to_owned(), folder, original, report };
    let own = config.translations.get(language)?;
    let order = own.order.clone().unwrap_or_else(|| config.drafts.order.clone());
    translated.drafts = DraftsConfig { folder: translation.folder.as_str().to_owned(), order };
    translated.report = worded(config.report.clone(), own);
    translated.report.language = Some(language.to_owned());
    if own.bibliography_title.is_some() {
        translated.citations.title.clone_from(&own.bibliography_title);
    }
    let table = format!("translations.{language}");
    places.stand_for("drafts.folder", &table);
    places.stand_for("drafts.folder", &format!("{table}.folder"));
    places.stand_for("drafts.order", &format!("{table}.order"));
    places.stand_for("report", &table);
    places.stand_for("report.language", &table);
    places.stand_for("citations.title", &format!("{table}.bibliography_title"));
    Some((translated, places, translation))
}

/// What is printed of the report, in the translation's words.
fn worded(mut report: ReportConfig, own: &TranslationConfig) -> ReportConfig {
    let texts = [
        (&mut report.title, &own.title),
        (&mut report.subtitle, &own.subtitle),
        (&mut report.short_title, &own.short_title),
        (&mut report.draft_label, &own.draft_label),
        (&mut report.publisher, &own.publisher),
        (&mut report.event, &own.event),
        (&mut report.series, &own.series),
        (&mut report.reference, &own.reference),
        (&mut report.isbn, &own.isbn),
        (&mut report.doi, &own.doi),
        (&mut report.description, &own.description),
        (&mut report.disclaimer, &own.disclaimer),
    ];
    for (text, own) in texts {
        if own.is_some() {
            text.clone_from(own);
        }
    }
    if let Some(authors) = &own.authors {
        report.authors.clone_from(authors);
    }
    if let Some(subjects) = &own.subjects {
        report.subjects.clone_from(subjects);
    }
    report
}

/// What leads to an edition of a project.
pub(super) fn entry(edition: &Edition) -> Entry {
    match edition {
        Edition::Original(_) => Entry::Configuration,
        Edition::Translation(language) => Entry::Translation(language.clone()),
    }
}

#[cfg(test)]
#[path = "translation/tests.rs"]
mod tests;
