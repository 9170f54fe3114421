//! CSL JSON, as Zotero and Manubot write it.
//!
//! In: a file of items. Out: its works as hayagriva's own entries, so that works of all files are worded together.
//! hayagriva's reader of this format refuses whole files for a number that is a word, and dates with ranges end it.

use std::ops::Range;

use hayagriva::Entry;
use hayagriva::types::{Date, EntryType, FormatString, Person, PersonRole, PersonsWithRoles, Publisher, QualifiedUrl};
use serde_json::{Map, Value};

use super::library::Read;
use super::name;

type Item = Map<String, Value>;

/// Reads a file: a list of items, or an object that holds one.
pub(super) fn read(text: &str) -> Read {
    let mut read = Read { whole: true, ..Read::default() };
    let items = match serde_json::from_str::<Value>(text) {
        Ok(Value::Array(items)) => items,
        Ok(Value::Object(mut object)) => match object.remove("items").or_else(|| object.remove("references")) {
            Some(Value::Array(items)) => items,
            Some(_) | None => vec![Value::Object(object)],
        },
        Ok(_) => Vec::new(),
        Err(error) => {
            let at = offset(text, error.line(), error.column());
            read.whole = false;
            read.faults.push((at..at, format!("this bibliography is not valid JSON: {error}")));
            return read;
        }
    };
    read.remarks = name::of_items(text, &items);
    let places = Places::of(text);
    for (at, item) in items.iter().enumerate() {
        let key = KEYS.iter().find_map(|name| item.get(name).and_then(word));
        match (item.as_object(), key) {
            (Some(item), Some(key)) => {
                let place = places.find(&key);
                read.works.push((entry(&key, item), place));
            }
            (Some(_), None) => read.faults.push((0..0, format!("item {} has no `id` and is left out", at + 1))),
            (None, _) => read.faults.push((0..0, format!("item {} is no object and is left out", at + 1))),
        }
    }
    read
}

fn offset(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let mut at = (start + column.saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// What an item is cited by: CSL's own `id`, else what Manubot and Zotero's plug-ins write where there is none.
const KEYS: &[&str] = &["id", "citation-key", "standard_id", "standard_citation"];

/// Where ids stand.
struct Places<'t>(Vec<(&'t str, Range<usize>)>);

impl<'t> Places<'t> {
    fn of(text: &'t str) -> Self {
        let mut places = Vec::new();
        let names = KEYS.iter().flat_map(|name| {
            let quoted = format!("\"{name}\"");
            text.match_indices(quoted.as_str()).map(|(at, found)| at + found.len()).collect::<Vec<_>>()
        });
        for behind in names {
            let rest = &text[behind..];
            let Some(value) = rest.trim_start().strip_prefix(':').map(str::trim_start) else { continue };
            let Some(id) = value.strip_prefix('"').and_then(|value| value.split('"').next()) else { continue };
            let start = text.len() - value.len() + 1;
            places.push((id, start..start + id.len()));
        }
        places.sort_by(|a, b| a.0.cmp(b.0));
        Self(places)
    }

    fn find(&self, key: &str) -> Range<usize> {
        let at = self.0.partition_point(|(id, _)| *id < key);
        self.0.get(at).filter(|(id, _)| *id == key).map_or(0..0, |(_, range)| range.clone())
    }
}

fn word(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => return None,
    };
    (!text.is_empty()).then_some(text)
}

fn text(item: &Item, name: &str) -> Option<String> {
    item.get(name).and_then(word)
}

fn format(item: &Item, name: &str) -> Option<FormatString> {
    text(item, name).map(FormatString::from)
}

/// What an item of a type is, and what it stands in (CSL 1.0.2, appendix III).
fn kinds(kind: &str) -> (EntryType, EntryType) {
    match kind {
        "article-journal" | "article-magazine" | "review" | "review-book" => {
            (EntryType::Article, EntryType::Periodical)
        }
        "article-newspaper" => (EntryType::Article, EntryType::Newspaper),
        "article" => (EntryType::Article, EntryType::Repository),
        "paper-conference" => (EntryType::Article, EntryType::Proceedings),
        "post-weblog" => (EntryType::Article, EntryType::Blog),
        "book" | "classic" | "collection" => (EntryType::Book, EntryType::Book),
        "chapter" => (EntryType::Chapter, EntryType::Book),
        "entry" | "entry-dictionary" | "entry-encyclopedia" => (EntryType::Entry, EntryType::Reference),
        "report" | "standard" | "pamphlet" => (EntryType::Report, EntryType::Report),
        "thesis" => (EntryType::Thesis, EntryType::Book),
        "webpage" => (EntryType::Web, EntryType::Web),
        "post" => (EntryType::Post, EntryType::Thread),
        "patent" => (EntryType::Patent, EntryType::Misc),
        "legal_case" => (EntryType::Case, EntryType::Misc),
        "legislation" | "bill" | "regulation" | "treaty" => (EntryType::Legislation, EntryType::Anthology),
        "manuscript" => (EntryType::Manuscript, EntryType::Misc),
        "periodical" => (EntryType::Periodical, EntryType::Periodical),
        "software" => (EntryType::Repository, EntryType::Repository),
        "motion_picture" | "broadcast" => (EntryType::Video, EntryType::Video),
        "song" | "musical_score" => (EntryType::Audio, EntryType::Audio),
        "graphic" | "figure" | "map" => (EntryType::Artwork, EntryType::Misc),
        _ => (EntryType::Misc, EntryType::Misc),
    }
}

fn entry(key: &str, item: &Item) -> Entry {
    let (kind, around) = kinds(&text(item, "type").unwrap_or_default());
    let mut entry = Entry::new(key, kind);
    if let Some(mut title) = format(item, "title") {
        title.short = text(item, "title-short").map(|short| Box::new(FormatString::from(short).value));
        entry.set_title(title);
    }
    // A list, or by mistake one person alone.
    let people = |name: &str| match item.get(name) {
        Some(Value::Array(list)) => persons(list),
        Some(alone) => person(alone).into_iter().collect(),
        None => Vec::new(),
    };
    for (people, set) in [
        (people("author"), Entry::set_authors as fn(&mut Entry, Vec<Person>)),
        (people("editor"), Entry::set_editors as fn(&mut Entry, Vec<Person>)),
    ] {
        if !people.is_empty() {
            set(&mut entry, people);
        }
    }
    let affiliated: Vec<PersonsWithRoles> = ROLES
        .iter()
        .map(|(name, role)| PersonsWithRoles::new(people(name), role.clone()))
        .filter(|group| !group.names.is_empty())
        .collect();
    if !affiliated.is_empty() {
        entry.set_affiliated(affiliated);
    }
    if let Some(date) = item.get("issued").and_then(date) {
        entry.set_date(date);
    }
    numbers(&mut entry, item);
    words(&mut entry, item);
    surroundings(&mut entry, item, around);
    entry
}

const ROLES: &[(&str, PersonRole)] = &[
    ("translator", PersonRole::Translator),
    ("illustrator", PersonRole::Illustrator),
    ("composer", PersonRole::Composer),
    ("director", PersonRole::Director),
    ("producer", PersonRole::Producer),
    ("compiler", PersonRole::Compiler),
    ("organizer", PersonRole::Organizer),
    ("contributor", PersonRole::Collaborator),
];

fn numbers(entry: &mut Entry, item: &Item) {
    if let Some(pages) = text(item, "page").and_then(|pages| pages.parse().ok()) {
        entry.set_page_range(pages);
    }
    if let Some(edition) = text(item, "edition").and_then(|edition| edition.parse().ok()) {
        entry.set_edition(edition);
    }
    if let Some(chapter) = text(item, "chapter-number").and_then(|chapter| chapter.parse().ok()) {
        entry.set_chapter(chapter);
    }
    if let Some(pages) = text(item, "number-of-pages").and_then(|pages| pages.parse().ok()) {
        entry.set_page_total(pages);
    }
    if let Some(volumes) = text(item, "number-of-volumes").and_then(|volumes| volumes.parse().ok()) {
        entry.set_volume_total(volumes);
    }
    for (name, key) in [
        ("DOI", "doi"),
        ("ISBN", "isbn"),
        ("ISSN", "issn"),
        ("PMID", "pmid"),
        ("PMCID", "pmcid"),
        ("number", "serial"),
        ("version", "version"),
    ] {
        if let Some(value) = text(item, name) {
            entry.set_keyed_serial_number(key, value);
        }
    }
}

fn words(entry: &mut Entry, item: &Item) {
    let (publisher, place) = (format(item, "publisher"), format(item, "publisher-place"));
    if publisher.is_some() || place.is_some() {
        entry.set_publisher(Publisher::new(publisher, place));
    }
    if let Some(mut url) = text(item, "URL").and_then(|url| url.parse::<QualifiedUrl>().ok()) {
        url.visit_date = item.get("accessed").and_then(date);
        entry.set_url(url);
    }
    if let Some(language) = text(item, "language").and_then(|language| language.parse().ok()) {
        entry.set_language(language);
    }
    if let Some(note) = text(item, "note").and_then(|note| remarks(&note)) {
        entry.set_note(FormatString::from(note));
    }
    for (name, set) in [
        ("genre", Entry::set_genre as fn(&mut Entry, FormatString)),
        ("archive", Entry::set_archive),
        ("archive_location", Entry::set_archive_location),
        ("call-number", Entry::set_call_number),
        ("authority", Entry::set_organization),
    ] {
        if let Some(value) = format(item, name) {
            set(entry, value);
        }
    }
}

/// A note without the fields that programs keep there, a line each (`DOI: 10.…`).
fn remarks(note: &str) -> Option<String> {
    let is_remark = |line: &&str| !line.split_once(':').is_some_and(|(name, _)| is_field(name));
    let kept: Vec<&str> = note.lines().filter(is_remark).filter(|line| !line.contains("loaded by Manubot")).collect();
    let kept = kept.join(" ").trim().to_owned();
    (!kept.is_empty()).then_some(kept)
}

/// Whether programs write a field of this name into notes: a variable of CSL (1.0.2, appendix IV), or a number that
/// Zotero and its extensions keep.
fn is_field(name: &str) -> bool {
    let name = name.trim().to_ascii_lowercase().replace([' ', '_'], "-");
    let name = name.trim_start_matches('-');
    name.starts_with("tex.") || FIELDS.split(' ').any(|field| field == name)
}

const FIELDS: &str = "accessed ads-bibcode archive archive-location archive-place arxiv authority available-date \
                      call-number chapter-number citation citation-key collection-editor collection-number \
                      collection-title conference-name container-author container-title container-title-short date doi \
                      edition eprint eprinttype event-date event-place event-title genre google-books-id input-id isbn \
                      issn issue issued jstor jurisdiction language license medium mr-number mrnumber number \
                      number-of-pages number-of-volumes oclc openalex original-author original-date original-id \
                      original-input-id original-publisher original-publisher-place original-standard-id original-title \
                      page page-first page-version-id pages part-number part-title place pmcid pmid printing-number \
                      publisher publisher-place reviewed-author reviewed-genre reviewed-title section standard-citation \
                      standard-id submitted supplement-number title-short type url version volume volume-title \
                      year-suffix zbl zblnumber";

/// The journal, book or series that a work stands in; volume and issue are theirs.
fn surroundings(entry: &mut Entry, item: &Item, around: EntryType) {
    let (title, series) = (format(item, "container-title"), format(item, "collection-title"));
    let volume = text(item, "volume").and_then(|volume| volume.parse().ok());
    let issue = text(item, "issue").and_then(|issue| issue.parse().ok());
    let collection = series.map(|title| {
        let kind = if title_is_own(item) { *entry.entry_type() } else { around };
        let mut collection = Entry::new(entry.key(), kind);
        collection.set_title(title);
        if let Some(number) = text(item, "collection-number").and_then(|number| number.parse().ok()) {
            collection.set_volume(number);
        }
        collection
    });
    let Some(title) = title else {
        entry.set_parents(collection.into_iter().collect());
        if let Some(volume) = volume {
            entry.set_volume(volume);
        }
        if let Some(issue) = issue {
            entry.set_issue(issue);
        }
        return;
    };
    let mut parent = Entry::new(entry.key(), around);
    parent.set_title(FormatString {
        short: text(item, "container-title-short").map(|short| Box::new(FormatString::from(short).value)),
        ..title
    });
    if let Some(volume) = volume {
        parent.set_volume(volume);
    }
    if let Some(issue) = issue {
        parent.set_issue(issue);
    }
    parent.set_parents(collection.into_iter().collect());
    entry.set_parents(vec![parent]);
}

fn title_is_own(item: &Item) -> bool {
    text(item, "container-title").is_none()
}

fn persons(list: &[Value]) -> Vec<Person> {
    list.iter().filter_map(person).collect()
}

fn person(value: &Value) -> Option<Person> {
    let plain =
        |name: String| Person { name, given_name: None, prefix: None, suffix: None, comma_suffix: false, alias: None };
    let Some(parts) = value.as_object() else { return word(value).map(plain) };
    if let Some(literal) = text(parts, "literal").or_else(|| text(parts, "name")) {
        return Some(plain(literal));
    }
    let (family, given) = (text(parts, "family"), text(parts, "given"));
    let (prefix, suffix) = (text(parts, "dropping-particle"), text(parts, "suffix"));
    let Some(family) = family else { return given.map(plain) };
    let name = match text(parts, "non-dropping-particle") {
        Some(particle) => format!("{particle} {family}"),
        None => family,
    };
    Some(Person { given_name: given, prefix, suffix, ..plain(name) })
}

/// The first day, month or year of a date; of a text, its first year.
fn date(value: &Value) -> Option<Date> {
    if let Some(parts) = value.get("date-parts").and_then(|parts| parts.get(0)).and_then(Value::as_array) {
        let number = |at: usize| parts.get(at).and_then(word).and_then(|part| part.parse::<i32>().ok());
        let mut date = day(number(0)?, number(1), number(2));
        date.approximate = value.get("circa").is_some_and(|circa| *circa != Value::Bool(false));
        return Some(date);
    }
    let raw = value.get("raw").or_else(|| value.get("literal")).or_else(|| value.get("year")).and_then(word);
    let raw = raw.or_else(|| word(value))?;
    let numbers: Vec<&str> = raw.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let at = numbers.iter().position(|part| part.len() == 4)?;
    let iso = raw.trim_start().starts_with(numbers[at]) && raw.contains('-');
    let next = |more: usize| numbers.get(at + more).filter(|_| iso).and_then(|part| part.parse().ok());
    Some(day(numbers[at].parse().ok()?, next(1), next(2)))
}

fn day(year: i32, month: Option<i32>, day: Option<i32>) -> Date {
    let from_zero = |value: Option<i32>, most: i32| {
        let value = value.filter(|value| (1..=most).contains(value))?;
        u8::try_from(value - 1).ok()
    };
    let month = from_zero(month, 12);
    let day = from_zero(day, 31).filter(|_| month.is_some());
    Date { month, day, ..Date::from_year(year.clamp(-9999, 9999)) }
}

#[cfg(test)]
mod tests {
    use super::remarks;

    #[test]
    fn only_fields_are_taken_out_of_a_note() {
        let note = "See also: annex\nDOI: 10.1/x\nCitation Key: a\n_eprint: y\ntex.ids: z\nParis: a city";
        assert_eq!(remarks(note).as_deref(), Some("See also: annex Paris: a city"));
        assert_eq!(remarks("PMID: 1\nstandard_id: doi:10.1/x"), None);
    }
}
