//! What a type cannot say about a configuration: check digits, paths beneath the root, names of files.

mod cache;
mod translations;

use super::{Config, Places, ProjectPath};
use crate::diag::{Code, Diagnostic, Diagnostics};

/// Characters of a style's name.
const LONGEST_STYLE_NAME: usize = 64;
/// The deepest contents that any style sets.
const DEEPEST_CONTENTS: u8 = 6;
const LANGUAGE_HINT: &str = "such as `en`, `fr`, `pt-BR` or `zh-Hans` (BCP 47)";

/// Tidies a configuration (white space, a format named twice) and reports what is wrong in it.
pub(super) fn validate(config: &mut Config, places: &Places) -> Diagnostics {
    let mut check = Check { places, diagnostics: Diagnostics::new() };
    check.texts(config);
    check.identifiers(config);
    check.folders(config);
    check.translations(config);
    check.cache(config);
    check.output(config);
    check.limits(config);
    check.editor(config);
    check.diagnostics
}

struct Check<'a> {
    places: &'a Places,
    diagnostics: Diagnostics,
}

impl Check<'_> {
    fn fault(&mut self, key: &str, message: impl Into<String>, hint: &str) {
        let fault = Diagnostic::at(Code::InvalidConfig, self.places.place(key), message);
        self.diagnostics.push(if hint.is_empty() { fault } else { fault.hint(hint) });
    }

    /// One line each; an empty one says nothing, so it is a mistake.
    fn texts(&mut self, config: &mut Config) {
        let report = &mut config.report;
        let lines = [
            ("report.title", &mut report.title),
            ("report.subtitle", &mut report.subtitle),
            ("report.short_title", &mut report.short_title),
            ("report.draft_label", &mut report.draft_label),
            ("report.version", &mut report.version),
            ("report.publisher", &mut report.publisher),
            ("report.event", &mut report.event),
            ("report.series", &mut report.series),
            ("report.reference", &mut report.reference),
            ("report.licence", &mut report.licence),
            ("report.description", &mut report.description),
            ("citations.style", &mut config.citations.style),
            ("citations.title", &mut config.citations.title),
        ];
        for (key, value) in lines {
            self.line(key, value);
        }
    }

    fn line(&mut self, key: &str, value: &mut Option<String>) {
        if let Some(text) = value {
            *text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            if text.is_empty() {
                self.fault(key, format!("`{key}` is empty"), "leave the key out, or fill it in");
                *value = None;
            }
        }
    }

    /// ISBN and DOI of the report, or of a translation, as the table of that name has them.
    fn numbers(&mut self, table: &str, isbn: Option<&str>, doi: Option<&str>) {
        if let Some(isbn) = isbn
            && let Err(why) = check_isbn(isbn)
        {
            self.fault(&format!("{table}.isbn"), format!("`{isbn}` is no ISBN: {why}"), "");
        }
        if let Some(doi) = doi.filter(|doi| !is_doi(doi)) {
            let hint = "a DOI begins with `10.`, without `https://doi.org/` before it: `10.1000/182`";
            self.fault(&format!("{table}.doi"), format!("`{doi}` is no DOI"), hint);
        }
    }

    fn identifiers(&mut self, config: &Config) {
        let report = &config.report;
        self.numbers("report", report.isbn.as_deref(), report.doi.as_deref());
        let languages = [("report.language", &report.language), ("citations.language", &config.citations.language)];
        for (key, language) in languages {
            if let Some(language) = language.as_deref().filter(|language| !is_language(language)) {
                self.fault(key, format!("`{language}` is no language tag"), LANGUAGE_HINT);
            }
        }
        if config.numbering.contents_depth > DEEPEST_CONTENTS {
            let message = format!("the contents are at most {DEEPEST_CONTENTS} levels deep");
            self.fault("numbering.contents_depth", message, "0 leaves the contents out");
        }
    }

    fn limits(&mut self, config: &mut Config) {
        for (key, value, ceiling) in config.limits.ceilings() {
            if *value == 0 || *value > ceiling {
                self.fault(key, format!("`{key}` is {value}"), &format!("it is at least 1 and at most {ceiling}"));
                *value = (*value).clamp(1, ceiling);
            }
        }
    }

    fn folders(&mut self, config: &mut Config) {
        for (key, folder) in
            [("drafts.folder", &mut config.drafts.folder), ("output.folder", &mut config.output.folder)]
        {
            match ProjectPath::new(folder) {
                Ok(path) => *folder = path.as_str().to_owned(),
                Err(_) => {
                    let message = format!("`{folder}` is not a folder of the project");
                    self.fault(key, message, "name a folder beneath rapporteur.toml, with `/` between its parts");
                    *folder = key.split('.').next().unwrap_or_default().to_owned();
                }
            }
        }
        for folder in &config.fonts.folders {
            if ProjectPath::new(folder).is_err() {
                let message = format!("`{folder}` is not a folder of the project");
                let hint = "name a folder beneath rapporteur.toml; fonts of the system are found without";
                self.fault("fonts.folders", message, hint);
            }
        }
        let (drafts, output) = (&config.drafts.folder, &config.output.folder);
        let contains = output.is_empty()
            || drafts.strip_prefix(output.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        if contains {
            let message = "the output folder contains the drafts";
            self.fault("output.folder", message, "write to a folder of its own, such as `output`");
        }
        let name = &config.style.name;
        if name.is_empty()
            || name.len() > LONGEST_STYLE_NAME
            || !name.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c))
        {
            let message =
                format!("`{}` is no name of a style", name.chars().take(LONGEST_STYLE_NAME).collect::<String>());
            let hint = "at most 64 letters, digits, `-` and `_`: the name of a folder in `styles/`";
            self.fault("style.name", message, hint);
            config.style.name = super::StyleConfig::default().name;
        }
    }

    /// An address that a browser hands to another program, never one that it opens itself.
    fn editor(&mut self, config: &mut Config) {
        let editor = &config.serve.editor;
        let scheme = editor.split_once("://").map(|(scheme, _)| scheme.to_ascii_lowercase()).unwrap_or_default();
        let sound = scheme.starts_with(|c: char| c.is_ascii_lowercase())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
            && !["javascript", "data", "vbscript", "blob", "file", "http", "https", "about"].contains(&scheme.as_str());
        if !sound || !editor.contains("{path}") || editor.contains(char::is_whitespace) {
            let message = format!("`{editor}` is no address of an editor");
            let hint = "such as `vscode://file/{path}:{line}` or `idea://open?file={path}&line={line}`";
            self.fault("serve.editor", message, hint);
            config.serve = super::ServeConfig::default();
        }
    }

    fn output(&mut self, config: &mut Config) {
        let formats = &mut config.output.formats;
        formats.sort();
        formats.dedup();
        if formats.is_empty() {
            self.fault("output.formats", "no format is asked for", "any of `pdf`, `docx`, `html`");
        }
        if let Some(name) = config.output.name.as_deref()
            && !is_file_stem(name)
        {
            let message = format!("`{name}` cannot be a file's name");
            self.fault("output.name", message, "letters, digits, `-`, `_` and `.`, without an extension");
        }
    }
}

/// Whether files can carry this name on every system.
fn is_file_stem(name: &str) -> bool {
    let allowed = |c: char| c.is_alphanumeric() || "-_. ".contains(c);
    !name.is_empty()
        && name.len() <= 120
        && name.chars().all(allowed)
        && !name.starts_with(['.', ' ', '-'])
        && !name.ends_with(['.', ' '])
}

/// Checks the digits of an ISBN-10 or ISBN-13 (ISO 2108, annex C).
fn check_isbn(isbn: &str) -> Result<(), &'static str> {
    let digits: Vec<u32> = isbn
        .chars()
        .filter(|c| !matches!(c, '-' | ' ' | '\u{2010}' | '\u{2011}' | '\u{2013}'))
        .enumerate()
        .map(|(at, c)| if at == 9 && matches!(c, 'X' | 'x') { Some(10) } else { c.to_digit(10) })
        .collect::<Option<_>>()
        .ok_or("it has letters or signs other than hyphens")?;
    let (sum, modulus) = match digits.len() {
        10 => (digits.iter().zip((1..=10).rev()).map(|(digit, weight)| digit * weight).sum::<u32>(), 11),
        13 if digits[9] < 10 => {
            (digits.iter().zip([1, 3].iter().cycle()).map(|(digit, weight)| digit * weight).sum(), 10)
        }
        _ => return Err("it has neither 10 nor 13 digits"),
    };
    if sum % modulus == 0 { Ok(()) } else { Err("its check digit does not fit") }
}

/// `10.` registrant `/` suffix (DOI Handbook 2.2).
fn is_doi(doi: &str) -> bool {
    let Some((prefix, suffix)) = doi.strip_prefix("10.").and_then(|rest| rest.split_once('/')) else { return false };
    let registrant = prefix.split('.').all(|part| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit()));
    registrant && !suffix.is_empty() && !suffix.chars().any(char::is_whitespace)
}

/// Whether a language tag is well formed: language of two or three letters (no longer one is registered), script, region,
/// variants, extensions (RFC 5646, 2.1).
pub fn is_language(tag: &str) -> bool {
    let alphabetic = |part: &str| part.chars().all(|c| c.is_ascii_alphabetic());
    let mut parts = tag.split('-');
    let primary = parts.next().unwrap_or_default();
    if !alphabetic(primary) || !(2..=3).contains(&primary.len()) {
        return false;
    }
    let mut rest: Vec<&str> = parts.collect();
    if rest.iter().any(|part| part.is_empty() || part.len() > 8 || !part.chars().all(|c| c.is_ascii_alphanumeric())) {
        return false;
    }
    let mut next_if = |fits: &dyn Fn(&str) -> bool| {
        if rest.first().is_some_and(|part| fits(part)) {
            rest.remove(0);
            return true;
        }
        false
    };
    next_if(&|part| part.len() == 3 && alphabetic(part));
    next_if(&|part| part.len() == 4 && alphabetic(part));
    next_if(&|part| part.len() == 2 && alphabetic(part) || part.len() == 3 && part.parse::<u16>().is_ok());
    while next_if(&|part| part.len() >= 5 || part.len() == 4 && part.starts_with(|c: char| c.is_ascii_digit())) {}
    // An extension or private use: a single letter and something after it.
    rest.first().is_none_or(|part| part.len() == 1) && rest.last().is_none_or(|part| part.len() > 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn isbn_check_digits() {
        for good in ["978-92-1-101378-8", "9780306406157", "0-306-40615-2", "080442957X"] {
            assert_eq!(check_isbn(good), Ok(()), "{good}");
        }
        for bad in ["978-92-1-101378-9", "0-306-40615-3", "12345", "978030640615X", "97803064061AB", ""] {
            assert!(check_isbn(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn dois_and_language_tags() {
        for good in ["10.1000/182", "10.1000.10/a(b)c"] {
            assert!(is_doi(good), "{good}");
        }
        for bad in ["https://doi.org/10.1000/182", "10.1000", "10./x", "10.1000/", "10.1000/a b"] {
            assert!(!is_doi(bad), "{bad}");
        }
        for good in ["en", "pt-BR", "zh-Hans", "zh-Hant-TW", "es-419", "de-CH-1901", "en-x-own", "sl-rozaj-biske"] {
            assert!(is_language(good), "{good}");
        }
        for bad in ["", "e", "en_GB", "english", "english!", "en-", "en-GB-GB", "en-x", "12"] {
            assert!(!is_language(bad), "{bad}");
        }
    }
}
