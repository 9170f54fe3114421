use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{ALL_LANGUAGES, place};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::project::{Format, Places, ProjectPath, is_language};

/// A series' file, typed. Unknown keys are refused.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(extend("required" = ["report"]))]
pub struct SeriesConfig {
    /// Languages of each report, by their tags, or `all`; each report's own by default.
    pub languages: Vec<String>,
    /// `pdf`, `docx`, `html`; each report's own by default.
    pub formats: Option<Vec<Format>>,
    /// Folder that holds a folder for each report's files, relative to this file; by default each report is written to
    /// its own.
    pub output: Option<String>,
    /// The reports.
    #[schemars(length(min = 1))]
    pub report: Vec<SeriesReport>,
}

/// A report of a series, or several.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(extend("required" = ["path"]))]
pub struct SeriesReport {
    /// The report's folder, or its only draft, relative to this file; a glob takes every project that it matches.
    pub path: String,
    /// Its languages, in place of the series'.
    pub languages: Option<Vec<String>>,
    /// Its formats, in place of the series'.
    pub formats: Option<Vec<Format>>,
    /// The folder that holds a folder for its files, in place of the series'.
    pub output: Option<String>,
}

/// Tidies a series (formats named twice) and reports what a type cannot say.
pub(super) fn validate(config: &mut SeriesConfig, places: &Places, found: &mut Diagnostics) {
    let fault = |place, message: String, hint: &str| Diagnostic::at(Code::InvalidConfig, place, message).hint(hint);
    let mut check = |place: &dyn Fn(&str) -> crate::diag::Place,
                     languages: &[String],
                     formats: &mut Option<Vec<Format>>,
                     output: Option<&String>| {
        for language in languages.iter().filter(|language| *language != ALL_LANGUAGES && !is_language(language)) {
            let hint = "a tag such as `en`, `fr` or `zh-Hans` (BCP 47), or `all`";
            found.push(fault(place("languages"), format!("`{language}` is no language tag"), hint));
        }
        if let Some(formats) = formats {
            formats.sort();
            formats.dedup();
            if formats.is_empty() {
                let hint = "any of `pdf`, `docx`, `html`, or leave the key out";
                found.push(fault(place("formats"), "no format is asked for".to_owned(), hint));
            }
        }
        if let Some(output) = output.filter(|output| ProjectPath::new(output).is_err()) {
            let message = format!("`{output}` is no folder beneath that of the series");
            found.push(fault(place("output"), message, "name a folder beside this file, with `/` between its parts"));
        }
    };
    check(&|key| places.place(key), &config.languages, &mut config.formats, config.output.as_ref());
    for (at, report) in config.report.iter_mut().enumerate() {
        let languages = report.languages.clone().unwrap_or_default();
        check(&|key| place(places, at, key), &languages, &mut report.formats, report.output.as_ref());
    }
    if config.report.is_empty() {
        let hint = "name one: `[[report]]`, and beneath it `path = \"reports/a\"`";
        found.push(fault(places.place("report"), "the series has no report".to_owned(), hint));
    }
}
