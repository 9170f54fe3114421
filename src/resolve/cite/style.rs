//! The style of citations, and the words of its language.
//!
//! In: `[citations]`, the CSL file if one is named. Out: [`Chosen`]. hayagriva's archive is unpacked only here, and
//! only where something is cited.

use std::sync::OnceLock;

use hayagriva::archive::{ArchivedStyle, locales};
use hayagriva::citationberg::{IndependentStyle, InfoLinkRel, Locale, LocaleCode, Style};

use super::guard;
use super::mend::mend;
use crate::diag::{Code, Diagnostic, Diagnostics, Place, nearest};
use crate::project::Project;
use crate::source::Span;

/// Where only a bibliography is given: authors and years, as most institutions cite.
const DEFAULT: &str = "chicago-author-date";

/// A style, ready to be used.
pub(super) struct Chosen {
    pub(super) style: IndependentStyle,
    pub(super) locale: LocaleCode,
    pub(super) locales: &'static [Locale],
}

/// Finds the style; the default one where it is not known.
pub(super) fn choose(project: &Project, language: &str, found: &mut Diagnostics) -> Chosen {
    let config = &project.config.citations;
    let chosen = match (project.citations.style, config.style.as_deref()) {
        (Some(file), _) => own(project.sources[file].text()).map_err(|why| {
            let message = format!("this style of citations cannot be used: {why}");
            Diagnostic::new(Code::InvalidCitationStyle, Span::new(file, 0, 0), message)
        }),
        (None, Some(name)) if name.to_ascii_lowercase().ends_with(".csl") => Ok(default()),
        (None, Some(name)) => archived(name).ok_or_else(|| unknown(name, project.places.place("citations.style"))),
        (None, None) => Ok(default()),
    };
    let (mut style, locale) = chosen.unwrap_or_else(|fault| {
        found.push(fault);
        default()
    });
    mend(&mut style);
    let language = config.language.as_deref().unwrap_or(language);
    let locale = locale.unwrap_or_else(|| locale_of(language));
    static LOCALES: OnceLock<Vec<Locale>> = OnceLock::new();
    Chosen { style, locale, locales: LOCALES.get_or_init(locales) }
}

type Found = (IndependentStyle, Option<LocaleCode>);

fn default() -> Found {
    archived(DEFAULT).expect("the default style is in the archive")
}

fn archived(name: &str) -> Option<Found> {
    independent(ArchivedStyle::by_name(&name.to_lowercase())?.get(), None)
}

/// A dependent style is its parent with a language.
fn independent(style: Style, locale: Option<LocaleCode>) -> Option<Found> {
    match style {
        Style::Independent(style) => Some((style, locale)),
        Style::Dependent(style) => {
            let parent = ArchivedStyle::by_id(&style.parent_link.href)?;
            match parent.get() {
                Style::Independent(parent) => Some((parent, locale.or(style.default_locale))),
                Style::Dependent(_) => None,
            }
        }
    }
}

fn own(text: &str) -> Result<Found, String> {
    guard::xml(text)?;
    let style = Style::from_xml(text).map_err(|error| error.to_string())?;
    if let Style::Dependent(dependent) = &style {
        let parent = &dependent.parent_link.href;
        if dependent.parent_link.rel != InfoLinkRel::IndependentParent || ArchivedStyle::by_id(parent).is_none() {
            return Err(format!("it depends on `{parent}`, which the program does not have"));
        }
    }
    let found = independent(style, None).ok_or("the style that it depends on depends on another")?;
    guard::style(&found.0)?;
    Ok(found)
}

fn unknown(name: &str, place: Place) -> Diagnostic {
    let fault = Diagnostic::at(Code::InvalidCitationStyle, place, format!("no style of citations is called `{name}`"));
    let names = || ArchivedStyle::all().iter().flat_map(|style| style.names()).copied();
    let lowered = name.to_lowercase();
    let near = nearest(name, names()).or_else(|| names().find(|known| known.contains(&lowered)));
    let others = "there are apa, chicago-author-date, chicago-notes, ieee, iso-690-author-date, vancouver and many \
                  more; any other is a CSL file of the project: `styles/own.csl`";
    match near {
        Some(near) => fault.hint(format!("did you mean `{near}`?")).hint(others),
        None => fault.hint(others),
    }
}

/// CSL's locale for a BCP 47 language; Chinese by its script.
fn locale_of(language: &str) -> LocaleCode {
    let known = |code: &str| LOCALE_CODES.contains(&code);
    let parts: Vec<&str> = language.split('-').collect();
    let base = parts.first().copied().unwrap_or_default().to_ascii_lowercase();
    if base == "zh" {
        let traditional =
            parts.iter().any(|part| ["Hant", "TW", "HK", "MO"].iter().any(|t| part.eq_ignore_ascii_case(t)));
        return LocaleCode(if traditional { "zh-TW" } else { "zh-CN" }.to_owned());
    }
    let region = parts.iter().skip(1).find(|part| part.len() == 2).map(|part| part.to_ascii_uppercase());
    let full = region.map(|region| format!("{base}-{region}")).filter(|code| known(code));
    let code = LocaleCode(full.unwrap_or(base));
    code.fallback().filter(|_| !code.0.contains('-')).unwrap_or(code)
}

/// Regions that have words of their own.
const LOCALE_CODES: &[&str] =
    &["en-GB", "en-US", "de-AT", "de-CH", "de-DE", "es-CL", "es-ES", "es-MX", "fr-CA", "fr-FR", "pt-BR", "pt-PT"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_have_locales() {
        for (language, locale) in [
            ("en", "en-US"),
            ("en-GB", "en-GB"),
            ("en-KE", "en-US"),
            ("fr", "fr-FR"),
            ("es-419", "es-ES"),
            ("ru", "ru-RU"),
            ("ar", "ar"),
            ("zh-Hans", "zh-CN"),
            ("zh-Hant-TW", "zh-TW"),
        ] {
            assert_eq!(locale_of(language).0, locale, "{language}");
        }
        let known: Vec<_> = locales().into_iter().filter_map(|locale| locale.lang).collect();
        assert!(
            ["en-US", "fr-FR", "es-ES", "ru-RU", "ar", "zh-CN"]
                .iter()
                .all(|code| known.contains(&LocaleCode((*code).to_owned())))
        );
    }

    #[test]
    fn every_archived_style_passes_the_guard() {
        for archived in ArchivedStyle::all() {
            let (style, _) = independent(archived.get(), None).unwrap_or_else(|| panic!("{:?}", archived.names()));
            assert_eq!(guard::style(&style), Ok(()), "{:?}", archived.names());
        }
    }
}
