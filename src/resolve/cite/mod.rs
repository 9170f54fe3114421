//! Citations and the bibliography: worded once, by the style of citations, for all three formats.
//!
//! In: the tree as prepared, the bibliographies. Out: the same without a citation in it: each has become text, links
//! and, in styles of notes, a note; and the bibliography stands in its place. Never fetches or runs anything, and
//! costs nothing where nothing is cited. The only home of hayagriva.

mod beside;
mod bibtex;
mod collect;
mod compose;
mod csl_json;
mod gone;
mod guard;
mod label;
mod library;
mod markup;
mod mend;
mod name;
mod place;
mod run;
mod settle;
mod style;
mod unfold;
mod unknown;
mod word;
mod yaml;

use super::info::BibliographyInfo;
use super::link::MOST_SUGGESTED;
use super::terms::Terms;
use crate::diag::{Code, Diagnostic, Diagnostics, nearest};
use crate::document::{Block, BlockKind, CitationItem, Document, NodeId, Side, Visit, walk_blocks};
use crate::project::Project;
use collect::Cited;
pub(super) use gone::word_gone;
use label::Labels;
use library::Library;
use settle::{Left, settle};
use unfold::NoteSign;

/// Keys named in one diagnostic.
const MOST_NAMED: usize = 10;

/// Words every citation and puts the bibliography in its place: hands back how it is laid out. Ids are not in reading
/// order then.
pub(super) fn cite(document: &mut Document, project: &Project, found: &mut Diagnostics) -> Option<BibliographyInfo> {
    let config = &project.config.citations;
    let asks = !config.nocite.is_empty();
    if !asks && !settle::holds_any(document) {
        return None;
    }
    let library = Library::load(project, found);
    let mut ids = document.free_ids();
    let (left, labels) = settle(document, &|key| library.get(key).is_some(), &mut ids);
    if left == Left::None && !asks {
        return None;
    }
    let language = project.config.report.language();
    let chosen = style::choose(project, language, found);
    let class = chosen.style.settings.class;
    // What is gone has its words already and counts no more.
    let cited = match document.is_marked() {
        true => collect::collect(&document.side(Side::New), class),
        false => collect::collect(document, class),
    };
    // That a bibliography is not there was told, and all that it would hold is unknown for that alone.
    if !library::is_unread(project) {
        report(&cited, &library, found);
    }
    report_uncited(project, &library, found);
    let mut labels = Labels::new(labels);
    let worded = word::word(&cited, &library, &chosen, config, &mut labels, &mut ids, found);
    unfold::unfold(document, class, sign(project), worded.citations, &mut ids);
    if !worded.entries.is_empty() {
        let heading = config.title.as_deref().unwrap_or(Terms::of_language(language).references);
        place::place(document, worded.entries, heading, &mut labels, &mut ids);
    }
    Some(worded.info)
}

/// Where a report's language has the sign of a note.
fn sign(project: &Project) -> NoteSign {
    let language = project.config.report.language();
    let english = language.split('-').next().is_some_and(|base| base.eq_ignore_ascii_case("en"));
    if english { NoteSign::BehindPunctuation } else { NoteSign::BeforePunctuation }
}

/// Keys that are those of no work.
fn report(cited: &[Cited], library: &Library, found: &mut Diagnostics) {
    let items = cited.iter().flat_map(|cited| &cited.citation.items);
    let (lost, unknown): (Vec<_>, Vec<_>) =
        items.filter(|item| library.get(&item.key).is_none()).partition(|item| library.lost(&item.key));
    left_out(&lost).into_iter().for_each(|fault| found.push(fault));
    for (nth, CitationItem { key, span, .. }) in unknown.into_iter().enumerate() {
        let fault = Diagnostic::new(Code::UnknownCitation, *span, format!("no work has the key `{key}`"));
        if library.is_empty() {
            let hint = "name a bibliography in rapporteur.toml: `bibliography = [\"references.bib\"]` under \
                        `[citations]`; or write `\\@` for a plain at sign";
            found.push(fault.hint(hint));
            continue;
        }
        let keys = || library.works().map(|work| work.entry.key());
        let near = if nth < MOST_SUGGESTED { nearest(key, keys()) } else { None };
        found.push(match near {
            Some(near) => fault.hint(format!("did you mean `@{near}`?")),
            None => fault.hint("add it to a bibliography that rapporteur.toml names"),
        });
    }
}

/// Keys whose works were left out with the fault that was told of them: once for all.
fn left_out(items: &[&CitationItem]) -> Option<Diagnostic> {
    let mut keys: Vec<&str> = Vec::new();
    for item in items {
        if !keys.contains(&item.key.as_str()) {
            keys.push(&item.key);
        }
    }
    let shown: Vec<String> = keys.iter().take(MOST_NAMED).map(|key| format!("`{key}`")).collect();
    let more = keys.len() - shown.len();
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let message = format!("no work is known for {}{more}, since a bibliography cannot be read", shown.join(", "));
    let hint = "mend the bibliography where its own diagnostics say";
    items.first().map(|item| Diagnostic::new(Code::UnknownCitation, item.span, message).hint(hint))
}

/// The same of those that are to be listed uncited.
fn report_uncited(project: &Project, library: &Library, found: &mut Diagnostics) {
    let keys = project.config.citations.nocite.iter().map(|typed| word::listed(typed)).filter(|key| *key != "*");
    for (nth, key) in keys.filter(|key| library.get(key).is_none() && !library.lost(key)).enumerate() {
        let place = project.places.place("citations.nocite");
        let fault = Diagnostic::at(Code::UnknownCitation, place, format!("no work has the key `{key}`"));
        let works = || library.works().map(|work| work.entry.key());
        let near = if nth < MOST_SUGGESTED { nearest(key, works()) } else { None };
        found.push(match near {
            Some(near) => fault.hint(format!("did you mean `@{near}`?")),
            None => fault.hint("add it to a bibliography that rapporteur.toml names, or take it out of `nocite`"),
        });
    }
}

/// The block that holds the bibliography.
pub(super) fn placed(document: &Document) -> Option<NodeId> {
    struct Find(Option<NodeId>);
    impl Visit<'_> for Find {
        fn block(&mut self, block: &Block) {
            if let BlockKind::Bibliography(_) = block.kind {
                self.0.get_or_insert(block.id);
            }
        }
    }
    let mut find = Find(None);
    document.parts.iter().for_each(|part| walk_blocks(&part.blocks, &mut find));
    find.0
}
