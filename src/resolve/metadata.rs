use super::imprint::{CoverRow, Licence, Metadata};
use crate::diag::{Code, Diagnostic, Diagnostics, Place, Status};
use crate::document::{Block, BlockKind, Document, HeadingLevel, PartKind, plain_text};
use crate::project::{Config, Date, Project};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The report's metadata, worded. Takes the title off the cover part, where it would stand twice.
pub(super) fn resolve(
    document: &mut Document,
    project: &Project,
    fallback_date: Date,
    diagnostics: &mut Diagnostics,
) -> Metadata {
    let report = &project.config.report;
    let on_cover = take_cover_title(document);
    let title = report.title.clone().or(on_cover).or_else(|| first_heading(document)).unwrap_or_else(|| {
        diagnostics.push(missing_title(document));
        "Untitled report".to_owned()
    });
    drop_repeated_cover_lines(document, &title, report.subtitle.as_deref());
    let date = report.date.unwrap_or(fallback_date);
    let mut metadata = Metadata {
        short_title: report.short_title.clone().unwrap_or_else(|| title.clone()),
        title,
        subtitle: report.subtitle.clone(),
        language: report.language.clone().unwrap_or_else(|| "en".to_owned()),
        status: report.status,
        draft_label: draft_label(&project.config),
        version: report.version.clone(),
        date: Some(date),
        date_text: date_text(date),
        authors: report
            .authors
            .iter()
            .map(|author| (author.name().to_owned(), author.url().map(str::to_owned)))
            .collect(),
        contributors: contributors(document, &project.config),
        publisher: report.publisher.clone(),
        event: report.event.clone(),
        series: report.series.clone(),
        reference: report.reference.clone(),
        isbn: report.isbn.clone(),
        doi: report.doi.clone(),
        licence: report.licence.as_deref().map(licence),
        subjects: report.subjects.clone(),
        description: report.description.clone(),
        disclaimer: report.disclaimer.clone(),
        cover_rows: Vec::new(),
        running_foot: String::new(),
    };
    metadata.cover_rows = cover_rows(&metadata);
    metadata.running_foot = running_foot(&metadata);
    metadata
}

fn missing_title(document: &Document) -> Diagnostic {
    let hint = "give it one in `rapporteur.toml`: `[report]` and `title = \"…\"`, or begin a draft with `# …`";
    let place =
        document.parts.iter().find_map(|part| part.blocks.first()).map_or(Place::Nowhere, |b| Place::Span(b.span));
    Diagnostic::at(Code::MissingTitle, place, "the report has no title").hint(hint)
}

/// "20 December 2017".
fn date_text(date: Date) -> String {
    format!("{} {} {}", date.day, MONTHS[usize::from(date.month) - 1], date.year)
}

fn draft_label(config: &Config) -> Option<String> {
    match config.report.status {
        Status::Draft => Some(config.report.draft_label.clone().unwrap_or_else(|| "Draft".to_owned())),
        Status::Final => None,
    }
}

fn contributors(document: &Document, config: &Config) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let credited = document.parts.iter().flat_map(|part| &part.contributors);
    for name in config.report.contributors.iter().chain(credited) {
        if !names.contains(name) {
            names.push(name.clone());
        }
    }
    names
}

/// Removes the cover part's first level-1 heading and hands back its text.
fn take_cover_title(document: &mut Document) -> Option<String> {
    let cover = document.parts.iter_mut().find(|part| part.kind == PartKind::Cover)?;
    let at = cover.blocks.iter().position(|block| level(block) == Some(1))?;
    let block = cover.blocks.remove(at);
    heading_text(&block)
}

fn first_heading(document: &Document) -> Option<String> {
    let mut blocks = document.parts.iter().flat_map(|part| &part.blocks);
    blocks.find(|block| level(block) == Some(1)).and_then(heading_text)
}

fn level(block: &Block) -> Option<u8> {
    if let BlockKind::Heading(heading) = &block.kind { Some(HeadingLevel::get(heading.level)) } else { None }
}

fn heading_text(block: &Block) -> Option<String> {
    let BlockKind::Heading(heading) = &block.kind else { return None };
    Some(plain_text(&heading.content)).filter(|text| !text.trim().is_empty())
}

/// Cover paragraphs that only repeat title or subtitle.
fn drop_repeated_cover_lines(document: &mut Document, title: &str, subtitle: Option<&str>) {
    for part in document.parts.iter_mut().filter(|part| part.kind == PartKind::Cover) {
        part.blocks.retain(|block| {
            let BlockKind::Paragraph(content) = &block.kind else { return true };
            let text = plain_text(content);
            text != title && Some(text.as_str()) != subtitle
        });
    }
}

fn licence(text: &str) -> Licence {
    Licence { text: text.to_owned(), url: licence_url(text) }
}

/// Deeds of the licences that reports carry, by SPDX identifier.
fn licence_url(text: &str) -> Option<String> {
    if text.starts_with("http://") || text.starts_with("https://") {
        return Some(text.to_owned());
    }
    if text == "CC0-1.0" {
        return Some("https://creativecommons.org/publicdomain/zero/1.0/".to_owned());
    }
    let (kind, version) = text.strip_prefix("CC-")?.rsplit_once('-')?;
    let known = ["BY", "BY-SA", "BY-NC", "BY-ND", "BY-NC-SA", "BY-NC-ND"].contains(&kind);
    (known && version.bytes().all(|b| b.is_ascii_digit() || b == b'.'))
        .then(|| format!("https://creativecommons.org/licenses/{}/{version}/", kind.to_lowercase()))
}

/// What stands at the foot of the cover. The reference stands in the panel, with the series.
fn cover_rows(metadata: &Metadata) -> Vec<CoverRow> {
    let names: Vec<&str> = metadata.authors.iter().map(|(name, _)| name.as_str()).collect();
    let authors = (!names.is_empty()).then(|| names.join(", "));
    let contributors = (!metadata.contributors.is_empty()).then(|| metadata.contributors.join(", "));
    let rows = [
        ("Event", metadata.event.clone()),
        ("Publisher", metadata.publisher.clone()),
        (if names.len() > 1 { "Authors" } else { "Author" }, authors),
        ("Contributors", contributors),
        ("Version", metadata.version.clone()),
        ("Date", Some(metadata.date_text.clone())),
        ("ISBN", metadata.isbn.clone()),
        ("DOI", metadata.doi.clone()),
        ("Licence", metadata.licence.as_ref().map(|licence| licence.text.clone())),
    ];
    let row = |(label, value): (&str, Option<String>)| Some(CoverRow { label: label.to_owned(), value: value? });
    rows.into_iter().filter_map(row).collect()
}

fn running_foot(metadata: &Metadata) -> String {
    let version = metadata.version.as_ref().map(|version| format!("version {version}"));
    let parts: Vec<String> = metadata.reference.iter().cloned().chain(version).collect();
    parts.join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn licences_lead_to_their_deeds() {
        assert_eq!(licence_url("CC-BY-SA-4.0").as_deref(), Some("https://creativecommons.org/licenses/by-sa/4.0/"));
        assert_eq!(licence_url("All rights reserved"), None);
    }

    #[test]
    fn a_date_reads_as_in_print() {
        assert_eq!(Date::parse("2017-12-20").map(date_text).as_deref(), Some("20 December 2017"));
    }
}
