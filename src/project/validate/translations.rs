//! What a type cannot say about `[translations]`: languages that are none or are named twice, folders that are another's.

use super::{Check, LANGUAGE_HINT, is_language};
use crate::project::{Config, ProjectPath, TranslationConfig};

impl Check<'_> {
    /// Tidies translations and takes out those at fault.
    pub(super) fn translations(&mut self, config: &mut Config) {
        self.languages(config);
        for (language, translation) in &mut config.translations {
            let table = format!("translations.{language}");
            self.words(&table, translation);
            self.numbers(&table, translation.isbn.as_deref(), translation.doi.as_deref());
            if let Some(folder) = &mut translation.folder {
                match ProjectPath::new(folder) {
                    Ok(path) => *folder = path.as_str().to_owned(),
                    Err(_) => {
                        let message = format!("`{folder}` is not a folder of the project");
                        let hint = "name a folder beneath rapporteur.toml, with `/` between its parts";
                        self.fault(&format!("{table}.folder"), message, hint);
                        translation.folder = None;
                    }
                }
            }
        }
        self.apart(config);
    }

    fn languages(&mut self, config: &mut Config) {
        let own = config.report.language().to_owned();
        let mut known = vec![(own, "report.language".to_owned())];
        // As they are written, so that of two alike the second is at fault.
        let mut tags: Vec<String> = config.translations.keys().cloned().collect();
        tags.sort_by_key(|tag| self.places.span(&format!("translations.{tag}")).map(|span| span.start));
        for tag in tags {
            let key = format!("translations.{tag}");
            let twice = known.iter().find(|(known, _)| known.eq_ignore_ascii_case(&tag));
            if !is_language(&tag) {
                self.fault(&key, format!("`{tag}` is no language tag"), LANGUAGE_HINT);
            } else if let Some((_, other)) = twice {
                let (message, hint) = if other == "report.language" {
                    let hint = "a translation is in another language; `language` under `[report]` is the report's own";
                    (format!("`{tag}` is the language of the report itself"), hint)
                } else {
                    (format!("`[{other}]` is a translation into `{tag}` already"), "keep one of them")
                };
                self.fault(&key, message, hint);
            } else {
                known.push((tag, key));
                continue;
            }
            config.translations.remove(&tag);
        }
    }

    fn words(&mut self, table: &str, translation: &mut TranslationConfig) {
        let lines = [
            ("title", &mut translation.title),
            ("subtitle", &mut translation.subtitle),
            ("short_title", &mut translation.short_title),
            ("draft_label", &mut translation.draft_label),
            ("publisher", &mut translation.publisher),
            ("event", &mut translation.event),
            ("series", &mut translation.series),
            ("reference", &mut translation.reference),
            ("description", &mut translation.description),
            ("bibliography_title", &mut translation.bibliography_title),
        ];
        for (key, value) in lines {
            self.line(&format!("{table}.{key}"), value);
        }
    }

    /// Drafts of two languages in one folder would be one report.
    fn apart(&mut self, config: &Config) {
        let drafts = ProjectPath::new(&config.drafts.folder).unwrap_or_else(|_| ProjectPath::root());
        let output = ProjectPath::new(&config.output.folder).unwrap_or_else(|_| ProjectPath::root());
        let mut taken = vec![(drafts, "drafts".to_owned())];
        for (language, folder) in config.translation_folders() {
            let table = format!("translations.{language}");
            if let Some((_, other)) = taken.iter().find(|(other, _)| *other == folder) {
                let message = format!("`{folder}` holds the drafts of `[{other}]` already");
                self.fault(&format!("{table}.folder"), message, "give each language a folder of its own");
            } else if folder.is_beneath(&output) {
                let message = format!("the output folder contains the drafts of `[{table}]`");
                self.fault(&format!("{table}.folder"), message, "keep them in another folder, such as `drafts/fr`");
            }
            taken.push((folder, table));
        }
    }
}
