//! Citations and entries in words.
//!
//! In: what is cited, in reading order, the works, the style. Out: [`Worded`]: inlines for each citation, and the
//! entries of the bibliography in the style's order. All of it goes through one driver, so that numbers, letters
//! behind years, "ibid." and the rest come out as the style has them.

use std::collections::HashMap;

use hayagriva::citationberg::taxonomy::Locator as CslLocator;
use hayagriva::citationberg::{IndependentStyle, StyleClass};
use hayagriva::types::FormatString;
use hayagriva::{
    BibliographyDriver, BibliographyRequest, CitationItem as Request, CitationRequest, CitePurpose, Entry,
    LocatorPayload, RenderedBibliography, RenderedCitation, SpecificLocator,
};

use super::collect::Cited;
use super::compose::{Composer, Parts};
use super::label::Labels;
use super::library::{Library, Work};
use super::markup::{CLOSING, OPENING};
use super::run::{self, inlines, runs_of};
use super::style::Chosen;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::document::{CitationForm, CitationItem, Ids, Inline, LocatorKind, NodeId};
use crate::project::CitationsConfig;
use crate::resolve::info::{BibliographyInfo, BibliographyLayout};
use crate::source::Span;

/// Everything that was worded.
pub(super) struct Worded {
    /// By citation.
    pub(super) citations: HashMap<NodeId, Parts>,
    /// The entries, each with its label and place; none in a style without a bibliography.
    pub(super) entries: Vec<(String, Span, Vec<Inline>)>,
    pub(super) info: BibliographyInfo,
}

/// Words every citation, and the entries of what is cited.
pub(super) fn word(
    cited: &[Cited],
    library: &Library,
    chosen: &Chosen,
    config: &CitationsConfig,
    labels: &mut Labels,
    ids: &mut Ids,
    found: &mut Diagnostics,
) -> Worded {
    let styles = Styles::of(&chosen.style);
    let mut driver = BibliographyDriver::new();
    let mut asked = Vec::new();
    for cited in cited {
        let known = |(at, item): (usize, &CitationItem)| library.get(&item.key).map(|_| at);
        let known: Vec<usize> = cited.citation.items.iter().enumerate().filter_map(known).collect();
        if !known.is_empty() {
            driver.citation(request(cited, &known, library, chosen, &styles));
        }
        asked.push((cited, known));
    }
    let unasked: Vec<Request<'_, Entry>> = uncited(library, config).map(hidden).collect();
    if !unasked.is_empty() {
        let locale = Some(chosen.locale.clone());
        driver.citation(CitationRequest::new(unasked, &chosen.style, locale, chosen.locales, None));
    }
    let bibliography = BibliographyRequest::new(&chosen.style, Some(chosen.locale.clone()), chosen.locales);
    let rendered = driver.finish(bibliography);
    let (entries, info) = entries(rendered.bibliography, library, labels, ids, found);
    let composer = Composer { style: &chosen.style, labels, link: config.link && !entries.is_empty() };
    let mut words = rendered.citations.iter();
    let mut citations = HashMap::new();
    for (cited, known) in asked {
        let words: Option<&RenderedCitation> = if known.is_empty() { None } else { words.next() };
        citations.insert(cited.id, composer.citation(cited, &known, words, ids));
    }
    Worded { citations, entries, info }
}

/// Variants of the style for what CSL has no words for.
struct Styles {
    /// In the order typed: where words stand between works, neither sorting nor collapsing makes sense.
    ordered: IndependentStyle,
    /// The same with signs for its brackets, so that the author can be told from the rest.
    marked: IndependentStyle,
}

impl Styles {
    fn of(style: &IndependentStyle) -> Self {
        let mut ordered = style.clone();
        ordered.citation.sort = None;
        ordered.citation.collapse = None;
        ordered.citation.cite_group_delimiter = None;
        let mut marked = ordered.clone();
        marked.citation.layout.prefix = Some(OPENING.to_string());
        marked.citation.layout.suffix = Some(CLOSING.to_string());
        Self { ordered, marked }
    }
}

fn request<'a>(
    cited: &'a Cited,
    known: &[usize],
    library: &'a Library,
    chosen: &'a Chosen,
    styles: &'a Styles,
) -> CitationRequest<'a, Entry> {
    let items: Vec<&CitationItem> = known.iter().map(|&at| &cited.citation.items[at]).collect();
    let whole = items.iter().all(|item| item.form == CitationForm::Whole);
    let bare = items.iter().all(|item| item.prefix.is_empty() && item.suffix.is_empty());
    let style = match (whole, bare) {
        (true, true) => &chosen.style,
        (true, false) => &styles.ordered,
        (false, _) => &styles.marked,
    };
    let requests = items.into_iter().filter_map(|item| {
        let work = library.get(&item.key)?;
        let locator = item.locator.as_ref();
        let locator = locator.map(|found| SpecificLocator(csl(found.kind), LocatorPayload::Str(&found.value)));
        let purpose = (item.form != CitationForm::Whole).then_some(CitePurpose::Prose);
        Some(Request::new(&work.entry, locator, None, false, purpose))
    });
    let note = cited.note.filter(|_| chosen.style.settings.class == StyleClass::Note);
    CitationRequest::new(requests.collect(), style, Some(chosen.locale.clone()), chosen.locales, note)
}

fn csl(kind: LocatorKind) -> CslLocator {
    match kind {
        LocatorKind::Page => CslLocator::Page,
        LocatorKind::Book => CslLocator::Book,
        LocatorKind::Chapter => CslLocator::Chapter,
        LocatorKind::Column => CslLocator::Column,
        LocatorKind::Figure => CslLocator::Figure,
        LocatorKind::Folio => CslLocator::Folio,
        LocatorKind::Issue => CslLocator::Issue,
        LocatorKind::Line => CslLocator::Line,
        LocatorKind::Note => CslLocator::Note,
        LocatorKind::Opus => CslLocator::Opus,
        LocatorKind::Paragraph => CslLocator::Paragraph,
        LocatorKind::Part => CslLocator::Part,
        LocatorKind::Section => CslLocator::Section,
        LocatorKind::SubVerbo => CslLocator::SubVerbo,
        LocatorKind::Table => CslLocator::Table,
        LocatorKind::Verse => CslLocator::Verse,
        LocatorKind::Volume => CslLocator::Volume,
    }
}

/// The key in `@key`, as `nocite` has it; `*` for every one.
pub(super) fn listed(typed: &str) -> &str {
    typed.trim().trim_start_matches('@')
}

/// Works that are listed though nothing cites them.
fn uncited<'a>(library: &'a Library, config: &'a CitationsConfig) -> impl Iterator<Item = &'a Work> {
    let all = config.nocite.iter().any(|typed| listed(typed) == "*");
    let named = |key: &str| config.nocite.iter().any(|typed| listed(typed) == key);
    library.works().filter(move |work| all || named(work.entry.key()))
}

fn hidden(work: &Work) -> Request<'_, Entry> {
    Request::new(&work.entry, None, None, true, None)
}

type Entries = Vec<(String, Span, Vec<Inline>)>;

fn entries(
    rendered: Option<RenderedBibliography>,
    library: &Library,
    labels: &mut Labels,
    ids: &mut Ids,
    found: &mut Diagnostics,
) -> (Entries, BibliographyInfo) {
    let Some(rendered) = rendered else {
        return (Vec::new(), BibliographyInfo { layout: BibliographyLayout::Flush, labels: Vec::new() });
    };
    let (mut entries, mut marks) = (Vec::new(), Vec::new());
    for item in &rendered.items {
        let Some(work) = library.get(&item.key) else { continue };
        let mark = item.first_field.as_ref().map(|field| run::text(&runs_of(field)).trim().to_owned());
        marks.extend(mark.filter(|mark| !mark.is_empty()));
        let mut runs = run::runs(&item.content);
        trim(&mut runs);
        if runs.is_empty() {
            let message = format!("the style lists no work like `{}`: it has neither publisher nor address", item.key);
            found.push(Diagnostic::new(Code::DoubtfulBibliography, work.span, message));
            continue;
        }
        if let Some(note) = &work.note {
            append(&mut runs, note);
        }
        entries.push((labels.of(&item.key), work.span, inlines(&runs, ids, work.span)));
    }
    let widest = marks.iter().map(|mark| mark.chars().count()).max().unwrap_or_default();
    let layout = if marks.len() == entries.len() && widest > 0 {
        BibliographyLayout::Labelled(u8::try_from(widest).unwrap_or(u8::MAX).min(12))
    } else if rendered.hanging_indent {
        BibliographyLayout::Hanging
    } else {
        BibliographyLayout::Flush
    };
    let labels = if matches!(layout, BibliographyLayout::Labelled(_)) { marks } else { Vec::new() };
    (entries, BibliographyInfo { layout, labels })
}

/// A note at the end of an entry, unless the style has printed it.
fn append(runs: &mut Vec<run::Run>, note: &FormatString) {
    let mut more = run::runs_of_text(note);
    trim(&mut more);
    let (printed, said) = (run::text(runs), run::text(&more));
    if said.is_empty() || printed.to_lowercase().contains(&said.trim_end_matches('.').to_lowercase()) {
        return;
    }
    let stops = |text: &str| text.trim_end_matches(['”', '’', '»', '"', ')']).ends_with(['.', '?', '!', '。']);
    let address = runs.last().is_some_and(run::Run::leads);
    runs.push(run::Run::plain(if stops(&printed) || address { " " } else { ". " }));
    runs.extend(more);
    if (stops(&printed) || address) && !stops(&said) {
        runs.push(run::Run::plain("."));
    }
}

/// Blanks at the ends of an entry are what a label has left behind.
fn trim(runs: &mut Vec<run::Run>) {
    while let Some(first) = runs.first_mut() {
        first.text = first.text.trim_start().to_owned();
        if !first.text.is_empty() {
            break;
        }
        runs.remove(0);
    }
    while let Some(last) = runs.last_mut() {
        last.text = last.text.trim_end().to_owned();
        if !last.text.is_empty() {
            break;
        }
        runs.pop();
    }
}
