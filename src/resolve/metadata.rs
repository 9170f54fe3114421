//! The report's metadata as it is printed.
//!
//! In: the configuration, a date, the title and the people that the drafts give. Out: [`Metadata`].

use super::language::LanguageInfo;
use super::terms::Terms;
use super::web::WebAddress;
use crate::diag::Status;
use crate::document::CoverLine;
use crate::project::{Config, Date};

/// Metadata as it is printed.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Metadata {
    /// Never empty.
    pub title: String,
    /// Beneath the title.
    pub subtitle: Option<String>,
    /// For the running head; the title where none is given.
    pub short_title: String,
    /// BCP 47.
    pub language: String,
    /// Draft or final.
    pub status: Status,
    /// What every page of a draft shows; `None` in a final. "Draft" where a draft gives none.
    pub draft_label: Option<String>,
    /// The same, where it also stands large and pale behind the text.
    pub watermark: Option<String>,
    /// As given.
    pub version: Option<String>,
    /// ISO date, for metadata.
    pub date: Option<Date>,
    /// The date in words of the report's language ("20 December 2017").
    pub date_text: String,
    /// Name and address of each author.
    pub authors: Vec<(String, Option<String>)>,
    /// Configuration's, then those of front matter, each once.
    pub contributors: Vec<String>,
    /// As given.
    pub publisher: Option<String>,
    /// As given.
    pub event: Option<String>,
    /// Above the title on the cover.
    pub series: Option<String>,
    /// As given.
    pub reference: Option<String>,
    /// As given.
    pub isbn: Option<String>,
    /// As given.
    pub doi: Option<String>,
    /// As given, with an address where the SPDX identifier is known.
    pub licence: Option<Licence>,
    /// As given.
    pub subjects: Vec<String>,
    /// As given.
    pub description: Option<String>,
    /// As given.
    pub disclaimer: Option<String>,
    /// The report in other languages, as it stands beside this file.
    pub alternates: Vec<Alternate>,
    /// Label and value of each line at the foot of the cover.
    pub cover_rows: Vec<CoverRow>,
    /// Text at the start of the running foot ("IGF2024/BPF-CYB · version 0.1.0"); may be empty.
    pub running_foot: String,
}

/// The report in another language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alternate {
    /// BCP 47.
    pub language: String,
    /// The name of its page.
    pub page: String,
}

/// A licence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Licence {
    /// SPDX identifier or free text.
    pub text: String,
    /// Its deed's address, if known.
    pub url: Option<String>,
}

/// A line at the foot of the cover.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoverRow {
    /// Which it is.
    pub line: CoverLine,
    /// "Publisher".
    pub label: String,
    /// The value; in a redline empty where the old version alone has one.
    pub value: String,
}

/// Which lines stand at the foot of the cover. The reference is not among them: it stands on the cover's panel.
const ROWS: [CoverLine; 9] = [
    CoverLine::Event,
    CoverLine::Publisher,
    CoverLine::Authors,
    CoverLine::Contributors,
    CoverLine::Version,
    CoverLine::Date,
    CoverLine::Isbn,
    CoverLine::Doi,
    CoverLine::Licence,
];

/// From the configuration, and from what the drafts give: the title, if it has none, and more people.
pub(super) fn resolve(
    config: &Config,
    language: &LanguageInfo,
    date: Date,
    title: String,
    credited: &[&str],
) -> Metadata {
    let report = &config.report;
    let terms = Terms::of_language(&language.tag);
    let date = report.date.unwrap_or(date);
    let authors = report.authors.iter().map(|author| (author.name().to_owned(), author.url().map(str::to_owned)));
    let mut metadata = Metadata {
        short_title: given(report.short_title.as_ref()).unwrap_or_else(|| title.clone()),
        title,
        subtitle: given(report.subtitle.as_ref()),
        language: language.tag.clone(),
        status: report.status,
        draft_label: draft_label(config, &terms),
        watermark: draft_label(config, &terms).filter(|_| report.watermark),
        version: given(report.version.as_ref()),
        date: Some(date),
        date_text: terms.date(date),
        authors: authors.collect(),
        contributors: each_once(report.contributors.iter().map(String::as_str).chain(credited.iter().copied())),
        publisher: given(report.publisher.as_ref()),
        event: given(report.event.as_ref()),
        series: given(report.series.as_ref()),
        reference: given(report.reference.as_ref()),
        isbn: given(report.isbn.as_ref()),
        doi: given(report.doi.as_ref()),
        licence: given(report.licence.as_ref()).map(Licence::new),
        subjects: report.subjects.clone(),
        description: given(report.description.as_ref()),
        disclaimer: given(report.disclaimer.as_ref()),
        ..Metadata::default()
    };
    metadata.show_rows(&terms, &|_| false);
    metadata.running_foot = metadata.foot(&terms);
    metadata
}

fn each_once<'a>(names: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for name in names.map(str::trim).filter(|name| !name.is_empty()) {
        if !kept.iter().any(|known| known == name) {
            kept.push(name.to_owned());
        }
    }
    kept
}

impl Metadata {
    /// What is printed of it, or shown by a viewer: all that stands in no draft.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        let rows = self.cover_rows.iter().flat_map(|row| [row.label.as_str(), row.value.as_str()]);
        let single = [&self.subtitle, &self.draft_label, &self.series, &self.reference, &self.disclaimer];
        let fixed = [self.title.as_str(), self.short_title.as_str(), self.running_foot.as_str()];
        fixed.into_iter().chain(single.into_iter().filter_map(|text| text.as_deref())).chain(rows)
    }

    /// What a line of the cover says.
    pub(super) fn line(&self, line: CoverLine, terms: &Terms) -> Option<String> {
        let joined = |names: Vec<&str>| (!names.is_empty()).then(|| names.join(terms.semicolon));
        match line {
            CoverLine::Series => self.series.clone(),
            CoverLine::Reference => self.reference.clone(),
            CoverLine::Title => Some(self.title.clone()),
            CoverLine::Subtitle => self.subtitle.clone(),
            CoverLine::Event => self.event.clone(),
            CoverLine::Publisher => self.publisher.clone(),
            CoverLine::Authors => joined(self.authors.iter().map(|(name, _)| name.as_str()).collect()),
            CoverLine::Contributors => joined(self.contributors.iter().map(String::as_str).collect()),
            CoverLine::Version => self.version.clone(),
            CoverLine::Date => Some(self.date_text.clone()),
            CoverLine::Isbn => self.isbn.clone(),
            CoverLine::Doi => self.doi.clone(),
            CoverLine::Licence => self.licence.as_ref().map(|licence| licence.text.clone()),
            CoverLine::Disclaimer => self.disclaimer.clone(),
        }
    }

    /// Fills the cover's foot: what is given, and what a redline says something of.
    pub(super) fn show_rows(&mut self, terms: &Terms, marked: &dyn Fn(CoverLine) -> bool) {
        let shown = |line: CoverLine| {
            let value = self.line(line, terms).or_else(|| marked(line).then(String::new))?;
            let one = line == CoverLine::Authors && self.authors.len() == 1;
            let label = if one { terms.cover.author.0 } else { terms.cover.label(line) };
            Some(CoverRow { line, label: label.to_owned(), value })
        };
        self.cover_rows = ROWS.into_iter().filter_map(shown).collect();
    }

    fn foot(&self, terms: &Terms) -> String {
        let version = self.version.as_ref().map(|version| format!("{} {version}", terms.version));
        let pieces: Vec<String> = self.reference.clone().into_iter().chain(version).collect();
        pieces.join(" · ")
    }
}

/// What is there beyond white space.
pub(super) fn given(text: Option<&String>) -> Option<String> {
    text.map(|text| text.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|text| !text.is_empty())
}

fn draft_label(config: &Config, terms: &Terms) -> Option<String> {
    match config.report.status {
        Status::Draft => Some(given(config.report.draft_label.as_ref()).unwrap_or_else(|| terms.draft.to_owned())),
        Status::Final => None,
    }
}

impl Licence {
    /// Finds the deed of a licence by its SPDX identifier.
    pub fn new(text: String) -> Self {
        let url = deed(&text);
        Self { text, url }
    }
}

/// Deeds of the licences under which reports are published.
fn deed(identifier: &str) -> Option<String> {
    if identifier.starts_with("https://") || identifier.starts_with("http://") {
        return WebAddress::new(identifier).ok().map(|address| address.to_string());
    }
    let identifier = identifier.to_ascii_lowercase().replace(' ', "-");
    match identifier.as_str() {
        "cc0-1.0" | "cc0" => return Some("https://creativecommons.org/publicdomain/zero/1.0/".to_owned()),
        "mit" => return Some("https://opensource.org/license/mit".to_owned()),
        "apache-2.0" => return Some("https://www.apache.org/licenses/LICENSE-2.0".to_owned()),
        _ => {}
    }
    // `CC-BY-NC-SA-3.0-IGO`: the conditions, the version, a jurisdiction.
    let rest = identifier.strip_prefix("cc-")?;
    let at = rest.find(|c: char| c.is_ascii_digit())?;
    let conditions = rest[..at].trim_end_matches('-');
    if !["by", "by-sa", "by-nd", "by-nc", "by-nc-sa", "by-nc-nd"].contains(&conditions) {
        return None;
    }
    let (version, place) = rest[at..].split_once('-').unwrap_or((&rest[at..], ""));
    if !["1.0", "2.0", "2.5", "3.0", "4.0"].contains(&version) || !place.bytes().all(|b| b.is_ascii_lowercase()) {
        return None;
    }
    let place = if place.is_empty() { String::new() } else { format!("{place}/") };
    Some(format!("https://creativecommons.org/licenses/{conditions}/{version}/{place}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::Author;

    #[test]
    fn licences_have_deeds() {
        for (text, url) in [
            ("CC-BY-4.0", Some("https://creativecommons.org/licenses/by/4.0/")),
            ("CC BY 4.0", Some("https://creativecommons.org/licenses/by/4.0/")),
            ("CC-BY-NC-SA-3.0-IGO", Some("https://creativecommons.org/licenses/by-nc-sa/3.0/igo/")),
            ("CC0-1.0", Some("https://creativecommons.org/publicdomain/zero/1.0/")),
            ("https://example.org/terms", Some("https://example.org/terms")),
            ("https://exa mple/", None),
            ("CC-FOO-4.0", None),
            ("CC-BY-4.0-x/../y", None),
            ("© IGF Secretariat", None),
        ] {
            assert_eq!(Licence::new(text.to_owned()).url.as_deref(), url, "{text}");
        }
    }

    #[test]
    fn the_cover_and_the_foot_say_what_is_given_and_nothing_else() {
        let mut config = Config::default();
        config.report.version = Some(" 0.1.0 ".to_owned());
        config.report.authors = vec![Author::Name("A".to_owned()), Author::Name("B".to_owned())];
        config.report.contributors = vec!["C".to_owned()];
        let day = Date { year: 2017, month: 12, day: 20 };
        let metadata = resolve(&config, &LanguageInfo::default(), day, "A title".to_owned(), &["D", "C", " "]);
        let rows: Vec<String> = metadata.cover_rows.iter().map(|row| format!("{}: {}", row.label, row.value)).collect();
        assert_eq!(rows, ["Authors: A; B", "Contributors: C; D", "Version: 0.1.0", "Date: 20 December 2017"]);
        assert_eq!(metadata.running_foot, "version 0.1.0");
        assert_eq!(metadata.draft_label.as_deref(), Some("Draft"));
        assert_eq!(metadata.short_title, "A title");
        config.report.status = Status::Final;
        config.report.reference = Some("REF/1".to_owned());
        let metadata = resolve(&config, &LanguageInfo::default(), day, String::new(), &[]);
        assert_eq!(metadata.draft_label, None);
        assert_eq!(metadata.running_foot, "REF/1 · version 0.1.0");
    }
}
