//! Names of types and fields.
//!
//! In: the entries of a file. Out: a remark for each name that means nothing: BibTeX's, BibLaTeX's and those that
//! programs keep for themselves are known.

use std::collections::HashSet;

use super::scan::Entry;
use crate::resolve::cite::library::Read;
use crate::resolve::cite::unknown::Unknown;

/// Says which names mean nothing.
pub(super) fn report(text: &str, entries: &[Entry], read: &mut Read) {
    let (mut kinds, mut fields) = (Unknown::default(), Unknown::default());
    let fields_known: HashSet<&str> = names(FIELDS).chain(names(OWN)).collect();
    for entry in entries {
        let kind = entry.kind_in(text);
        if !names(TYPES).any(|name| name == kind) {
            kinds.meet(&kind, || entry.kind.clone());
        }
        for field in &entry.fields {
            let name = text[field.name.clone()].to_ascii_lowercase();
            if !fields_known.contains(name.as_str()) && !is_own(&name) {
                fields.meet(&name, || field.name.clone());
            }
        }
    }
    read.remarks.extend(kinds.remarks("no type of entry", "it is read as `misc`", names(TYPES)));
    read.remarks.extend(fields.remarks("no field that is known", "what it holds is not printed", names(FIELDS)));
}

fn names(list: &'static str) -> impl Iterator<Item = &'static str> + Clone {
    list.split(' ')
}

/// Whether a program keeps a field of this name for itself, or a class of documents that the project does not have.
fn is_own(name: &str) -> bool {
    let begins = ["bdsk-", "citeulike-", "mendeley-", "zotero-", "jabref-", "x-", "opt", "__", "date-", "sort", "verb"];
    let begins = begins.iter().any(|begin| name.starts_with(begin));
    let ends = ["_numpages", "-id", "_id", "-key", "-added", "-modified"].iter().any(|end| name.ends_with(end));
    begins || ends
}

/// Types of BibTeX and of BibLaTeX's standard styles, with their aliases.
const TYPES: &str = "article book booklet inbook incollection inproceedings conference manual mastersthesis phdthesis \
    misc proceedings techreport unpublished mvbook bookinbook suppbook collection mvcollection \
    suppcollection dataset online electronic www patent periodical suppperiodical mvproceedings \
    reference mvreference inreference report set software thesis xdata standard artwork audio bibnote \
    commentary image jurisdiction legislation legal letter movie music performance review video webpage";

/// Fields that are printed, or that lead to others (BibLaTeX 3.20, 2.2).
const FIELDS: &str = "author title year month day date journal journaltitle volume number pages publisher address location \
    editor booktitle series edition institution school organization howpublished note url urldate doi \
    isbn issn chapter type version subtitle titleaddon booksubtitle booktitleaddon maintitle \
    mainsubtitle maintitleaddon journalsubtitle journaltitleaddon issue issuetitle issuesubtitle \
    issuetitleaddon eventtitle eventtitleaddon eventdate venue translator annotator commentator \
    introduction foreword afterword bookauthor editora editorb editorc editortype editoratype \
    editorbtype editorctype holder part volumes pagetotal pagination bookpagination eid eprint \
    eprinttype eprintclass archiveprefix primaryclass addendum pubstate language langid origlanguage \
    origdate origtitle origpublisher origlocation shorttitle shortauthor shorteditor shortjournal \
    shortseries crossref xref xdata ids key label isan ismn isrn iswc library nameaddon authortype \
    bookauthortype subtype entrysubtype related relatedtype relatedstring reprinttitle annotation annote \
    abstract shorthand hyphenation langidopts gender indextitle indexsorttitle execute entryset options \
    presort nocite usera userb userc userd usere userf lista listb listc listd liste listf namea nameb \
    namec nameatype namebtype namectype shorthandintro file";

/// What programs for references write, and no style prints.
const OWN: &str = "keywords keyword timestamp owner pdf ps local-url groups comment review rating read readstatus \
    ranking priority printed qualityassured creationdate modificationdate added-at biburl bibsource \
    interhash intrahash posted-at username tags tag description affiliation author_keywords \
    document_type source copyright contents size lccn mrclass mrnumber mrreviewer zbl zblnumber coden \
    fjournal pmid pmcid arxivid adsurl adsnote bibcode issue_date acmid articleno numpages city country \
    region unique-id researcherid-numbers orcid-numbers web-of-science-categories times-cited \
    funding-text funding-acknowledgement cited-references da doc-delivery-number journal-iso \
    number-of-cited-references usage-count-last-180-days usage-count-since-2013 research-areas \
    author-email keywords-plus eissn earlyaccessdate oa citations preview bib2html_pubtype bibtex_show \
    selected abbr code website slides poster collaboration reportnumber slaccitation lastchecked \
    lastaccessed accessed urlaccessdate archivelocation archive callnumber call-number shelf image cover \
    price internal-note internalnote private checked medium place rights license cites refid bookmark \
    nationality dateadded datemodified";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_known_once() {
        let mut seen = HashSet::new();
        for name in names(FIELDS).chain(names(OWN)) {
            assert!(seen.insert(name) && !name.is_empty(), "{name}");
        }
    }
}
