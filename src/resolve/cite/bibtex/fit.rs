//! What hayagriva's reader leaves out, or puts where no style looks for it.
//!
//! In: an entry as that reader has it, its type, and the texts of fields that it drops. Out: the same work with the
//! publisher that an institution or `howpublished` is (as BibTeX's styles have it), a number where CSL has one, a series
//! that is not taken for a book, and a kind that styles know. Never changes what was typed.

use std::collections::HashMap;

use hayagriva::Entry;
use hayagriva::types::{ChunkKind, EntryType, FormatString, Person, Publisher, QualifiedUrl};

/// Sets what is there.
macro_rules! keep {
    ($work:ident, $($value:expr => $set:ident),* $(,)?) => { $(if let Some(value) = $value { $work.$set(value.to_owned()); })* };
}

/// What hayagriva's reader drops.
#[derive(Default)]
pub(super) struct Dropped {
    /// Texts of fields, by their name.
    pub(super) texts: HashMap<&'static str, FormatString>,
    /// Where the work lies, as `howpublished` has it, or an address without a scheme.
    pub(super) address: Option<QualifiedUrl>,
}

/// Fields that are asked for once more, since hayagriva's reader has no place for them, or one that another takes.
pub(super) const ASKED: &[&str] =
    &["howpublished", "note", "addendum", "subtitle", "titleaddon", "booksubtitle", "journalsubtitle"];

/// The work that an entry of a type (in lower case) stands for.
pub(super) fn fit(kind: &str, read: &Entry, dropped: &Dropped) -> Entry {
    let mut work = if read.parents().iter().any(is_around) && !alone(kind, read) {
        within(read)
    } else {
        by_itself(kind, read, dropped)
    };
    titles(&mut work, &dropped.texts);
    if let Some(note) = note(read, dropped, work.publisher()) {
        work.set_note(note);
    }
    addresses(&mut work, dropped);
    if work.genre().is_some_and(|genre| genre.to_string() == "Master's thesis") {
        work.set_genre(FormatString::from("Master’s thesis".to_owned()));
    }
    work
}

/// Where a work lies, however that was typed.
fn addresses(work: &mut Entry, dropped: &Dropped) {
    let arxiv = work.keyed_serial_number("arxiv").map(|id| format!("https://arxiv.org/abs/{id}"));
    let other = || dropped.address.clone().or_else(|| arxiv?.parse().ok());
    if work.url_any().is_none()
        && work.doi().is_none()
        && let Some(url) = other()
    {
        work.set_url(url);
    }
    for prefix in ["https://doi.org/", "http://doi.org/", "https://dx.doi.org/", "http://dx.doi.org/", "doi:"] {
        if let Some(doi) = work.doi().and_then(|doi| doi.strip_prefix(prefix)).map(str::to_owned) {
            work.set_doi(doi);
        }
    }
}

/// Whether a parent is what a work stands in, rather than a series, or an event.
fn is_around(parent: &Entry) -> bool {
    matches!(
        parent.entry_type(),
        EntryType::Periodical | EntryType::Anthology | EntryType::Proceedings | EntryType::Book | EntryType::Reference
    )
}

/// Whether a work of a type stands for itself; a chapter that names no other book is that book.
fn alone(kind: &str, read: &Entry) -> bool {
    let inside =
        kind.starts_with("in") || kind.starts_with("supp") || matches!(kind, "article" | "bookinbook" | "conference");
    !inside || (kind == "inbook" && read.parents().iter().all(|parent| parent.title().is_none()))
}

/// What a type is to CSL; hayagriva has reference works, collections and pamphlets that styles know nothing of.
fn kind_of(kind: &str, read: &Entry) -> EntryType {
    match kind {
        "booklet" | "manual" | "inbook" | "collection" | "mvcollection" | "reference" | "mvreference" => {
            EntryType::Book
        }
        "standard" => EntryType::Report,
        "software" => EntryType::Repository,
        _ => *read.entry_type(),
    }
}

/// A book of which a chapter is cited: what it stands in is itself.
fn flattened(read: &Entry) -> Entry {
    let mut flat = read.clone();
    let Some(around) = read.parents().iter().find(|parent| is_around(parent)) else { return flat };
    keep!(flat,
        around.publisher() => set_publisher, around.organization() => set_organization, around.edition() => set_edition,
        around.volume() => set_volume, around.issue() => set_issue, around.page_total() => set_page_total,
    );
    flat.set_parents(around.parents().to_vec());
    flat
}

fn by_itself(kind: &str, read: &Entry, dropped: &Dropped) -> Entry {
    let read = if kind == "inbook" { flattened(read) } else { read.clone() };
    let kind_of = kind_of(kind, &read);
    let online = kind_of == EntryType::Web;
    // What has an address would be taken for a page of the web, which styles give no year and no publisher.
    let aside = kind_of == EntryType::Misc;
    let mut work = copied(&read, kind_of, read.url().filter(|_| !aside));
    // Who made a thing has written its manual, if no one else has.
    let maker =
        read.organization().filter(|_| kind == "manual" && read.authors().is_none() && read.editors().is_none());
    if let Some(maker) = maker {
        let name = maker.to_string();
        let person = Person { name, given_name: None, prefix: None, suffix: None, comma_suffix: false, alias: None };
        work.set_authors(vec![person]);
    }
    let how = dropped.texts.get("howpublished").or_else(|| remark(kind_of, &read, dropped));
    if let Some(publisher) =
        publisher_of(read.publisher(), read.organization().filter(|_| !online && maker.is_none()), how)
    {
        work.set_publisher(publisher);
    }
    if kind == "dataset" && work.genre().is_none() {
        work.set_genre(FormatString::from("data set".to_owned()));
    }
    let mut parents = read.parents().to_vec();
    let mut number = read.issue().map(ToString::to_string);
    let is_series = |parent: &Entry| parent.parents().is_empty() && *parent.entry_type() != EntryType::Conference;
    if let Some(at) = parents.iter().position(is_series) {
        let mut series = copy(&parents.remove(at), EntryType::Anthology);
        if let Some(number) = number.take().and_then(|number| number.parse().ok()) {
            series.set_volume(number);
        }
        parents.insert(0, collected(kind_of, series));
    }
    if let Some(number) = number {
        work.set_keyed_serial_number("serial", number);
    }
    if online && let Some(site) = read.organization().filter(|site| !is_author(&read, site)) {
        let mut around = Entry::new(read.key(), EntryType::Web);
        around.set_title(site.clone());
        parents.insert(0, around);
    }
    if aside && let Some(url) = read.url().cloned().or_else(|| dropped.address.clone()) {
        let mut place = Entry::new(read.key(), EntryType::Misc);
        place.set_url(url);
        parents.push(place);
    }
    work.set_parents(parents);
    work
}

/// Whether a body is the author already.
fn is_author(work: &Entry, body: &FormatString) -> bool {
    let name = body.to_string();
    work.authors().is_some_and(|authors| authors.iter().any(|author| author.name == name))
}

/// A series where its work looks for it: books hold it themselves, others find it a step further up.
fn collected(kind: EntryType, series: Entry) -> Entry {
    if matches!(kind, EntryType::Book | EntryType::Proceedings) {
        return series;
    }
    let mut between = Entry::new(series.key(), EntryType::Periodical);
    between.set_parents(vec![series]);
    between
}

/// A contribution: what it stands in has the publisher, and in a series a number.
fn within(read: &Entry) -> Entry {
    let mut work = read.clone();
    let mut parents = read.parents().to_vec();
    let Some(around) = parents.iter_mut().find(|parent| is_around(parent)) else { return work };
    let periodical = *around.entry_type() == EntryType::Periodical;
    let organization = around.organization().filter(|_| !periodical);
    let publisher = publisher_of(around.publisher(), organization, None);
    let mut issue = around.issue().cloned();
    let mut series = around.parents().to_vec();
    if !periodical && let (Some(series), Some(number)) = (series.first_mut(), &issue) {
        series.set_volume(number.clone());
        issue = None;
    }
    let mut fresh = copy(around, *around.entry_type());
    fresh.set_parents(series);
    if let Some(issue) = issue {
        fresh.set_issue(issue);
    }
    if let Some(publisher) = publisher {
        fresh.set_publisher(publisher);
    }
    *around = fresh;
    if is_contribution(&work, &parents[0]) {
        let mut series = parents[0].parents().to_vec();
        series.iter_mut().for_each(|series| *series = published(series, EntryType::Anthology));
        parents[0] = published(&parents[0], EntryType::Anthology);
        parents[0].set_parents(series);
        work = published(&work, EntryType::Anthos);
    }
    work.set_parents(parents);
    work
}

/// Whether a work is set as a contribution to a collection: a chapter, whose number would be taken for the work's, and
/// a paper in a book that someone edited or published, of which styles of papers leave out the half.
fn is_contribution(work: &Entry, around: &Entry) -> bool {
    let chapter = *work.entry_type() == EntryType::Chapter;
    let paper = *around.entry_type() == EntryType::Proceedings && *work.entry_type() == EntryType::Article;
    let edited = work.editors().is_some() || around.publisher().and_then(Publisher::name).is_some();
    chapter || (paper && edited)
}

/// A work of another type, with its publisher.
fn published(work: &Entry, kind: EntryType) -> Entry {
    let mut fresh = copy(work, kind);
    keep!(fresh, work.publisher() => set_publisher);
    fresh
}

/// The note of what was not published: it says where that comes from, and styles list nothing that comes from nowhere.
fn remark<'a>(kind: EntryType, read: &Entry, dropped: &'a Dropped) -> Option<&'a FormatString> {
    let unpublished = matches!(kind, EntryType::Misc | EntryType::Manuscript);
    let found = read.url().is_some() || read.doi().is_some() || dropped.address.is_some();
    dropped.texts.get("note").filter(|_| unpublished && !found)
}

/// Who has brought a work out: its publisher, else the institution, else how it came out.
fn publisher_of(
    given: Option<&Publisher>,
    organization: Option<&FormatString>,
    how: Option<&FormatString>,
) -> Option<Publisher> {
    let place = given.and_then(Publisher::location).cloned();
    let name = given.and_then(Publisher::name).or(organization).or(how).cloned();
    (name.is_some() || place.is_some()).then(|| Publisher::new(name, place))
}

/// The note, behind how the work came out where its publisher leaves no place for that.
fn note(read: &Entry, dropped: &Dropped, publisher: Option<&Publisher>) -> Option<FormatString> {
    let how = dropped.texts.get("howpublished");
    let own = ["note", "addendum"].iter().filter_map(|name| dropped.texts.get(name));
    let printed = |note: &&FormatString| publisher.and_then(Publisher::name).is_some_and(|name| name == *note);
    let mut notes: Vec<&FormatString> = how.into_iter().chain(own).filter(|note| !printed(note)).collect();
    if dropped.texts.is_empty() && dropped.address.is_none() {
        notes.extend(read.note());
    }
    let mut joined = notes.first().copied()?.clone();
    for note in &notes[1..] {
        add(&mut joined, ". ", note);
    }
    Some(joined)
}

/// Subtitles, behind the titles that they belong to.
fn titles(work: &mut Entry, texts: &HashMap<&'static str, FormatString>) {
    let lengthen = |title: Option<&FormatString>, names: &[(&str, &str)]| {
        let mut title = title?.clone();
        for (name, between) in names {
            if let Some(more) = texts.get(name) {
                add(&mut title, between, more);
            }
        }
        Some(title)
    };
    if let Some(title) = lengthen(work.title(), &[("subtitle", ": "), ("titleaddon", ". ")]) {
        work.set_title(title);
    }
    let mut parents = work.parents().to_vec();
    let around = parents.iter_mut().find(|parent| is_around(parent));
    if let Some(around) = around
        && let Some(title) = lengthen(around.title(), &[("booksubtitle", ": "), ("journalsubtitle", ": ")])
    {
        around.set_title(title);
        work.set_parents(parents);
    }
}

fn add(text: &mut FormatString, between: &str, more: &FormatString) {
    let ends = text.value.0.last().is_some_and(|chunk| chunk.value.trim_end().ends_with(['.', ':', '?', '!']));
    text.value.push_str(if ends { " " } else { between }, ChunkKind::Normal);
    for chunk in &more.value.0 {
        text.value.push_chunk(chunk.clone());
    }
}

/// All that a work of another type keeps: not its number, its publisher, its note and what it stands in.
fn copy(read: &Entry, kind: EntryType) -> Entry {
    copied(read, kind, read.url())
}

fn copied(read: &Entry, kind: EntryType, url: Option<&QualifiedUrl>) -> Entry {
    let mut work = Entry::new(read.key(), kind);
    keep!(work,
        read.title() => set_title, read.authors() => set_authors, read.date() => set_date, read.editors() => set_editors,
        read.affiliated() => set_affiliated, read.location() => set_location, read.organization() => set_organization,
        read.chapter() => set_chapter, read.volume() => set_volume, read.volume_total() => set_volume_total,
        read.edition() => set_edition, read.page_range() => set_page_range, read.page_total() => set_page_total,
        url => set_url, read.serial_number() => set_serial_number, read.language() => set_language,
        read.archive() => set_archive, read.archive_location() => set_archive_location,
        read.call_number() => set_call_number, read.genre() => set_genre,
    );
    work
}
