//! Reads a finished PDF back before it is published: what is not as it should be is not published.

use super::Written;
use crate::diag::{Code, Diagnostic, Diagnostics, Place};
use crate::inspect::{Expected, Facts, InspectError, check_pdf, pdf_facts};
use crate::output::PdfRecord;
use crate::project::Format;
use crate::resolve::{OutlineEntry, ResolvedDocument};
use crate::style::FontSet;

/// What does not read back as it should, and what does, for the manifest.
pub(super) fn check(
    written: &Written,
    resolved: &ResolvedDocument,
    fonts: &FontSet,
) -> (Diagnostics, Option<PdfRecord>) {
    let mut diagnostics = Diagnostics::new();
    let pdf = written.files.iter().find(|(format, _)| *format == Format::Pdf);
    let Some((_, bytes)) = pdf else { return (diagnostics, None) };
    let (faults, record) = match pdf_facts(bytes) {
        Ok(found) => (faults(&found, written, resolved, fonts), Some(record(found))),
        Err(InspectError(reason)) => (vec![format!("it cannot be read: {reason}")], None),
    };
    for fault in faults {
        let message = format!("the finished PDF is not sound: {fault}");
        let hint = "nothing was published; please report this with the drafts";
        diagnostics.push(Diagnostic::at(Code::Readback, Place::Nowhere, message).hint(hint));
    }
    (diagnostics, record)
}

fn faults(found: &Facts, written: &Written, resolved: &ResolvedDocument, fonts: &FontSet) -> Vec<String> {
    let mut faults = check_pdf(found, &expected(resolved, fonts));
    let pages = written.pages.as_ref().map(|pages| pages.total as usize);
    if found.pages != pages {
        faults.push(format!("it has {:?} pages and was laid out on {pages:?}", found.pages));
    }
    faults
}

fn expected(resolved: &ResolvedDocument, fonts: &FontSet) -> Expected {
    // Only the third part's files may carry others (ISO 19005-3 6.8).
    let archive = if resolved.attachments.is_empty() { "PDF/A-2a" } else { "PDF/A-3a" };
    Expected {
        title: resolved.file_title(),
        language: resolved.metadata.language.clone(),
        headings: headings(resolved, fonts),
        notes: resolved.notes.len(),
        conformance: vec!["PDF/UA-1".to_owned(), archive.to_owned()],
    }
}

/// The headings of the drafts; of a redline also those of what it says about itself.
fn headings(resolved: &ResolvedDocument, fonts: &FontSet) -> Vec<(usize, String)> {
    let drafted = resolved.outline.iter().map(|entry| (entry.level.get().into(), words(resolved, entry, fonts)));
    let revision = resolved.revision.as_ref();
    let front = revision.map(|revision| revision.title.as_str());
    let list = revision.filter(|revision| !revision.changes.is_empty()).map(|_| resolved.terms.revision.summary);
    let own = |title: &str| (1, covered(title, fonts));
    front.into_iter().map(own).chain(drafted).chain(list.map(own)).collect()
}

fn record(facts: Facts) -> PdfRecord {
    PdfRecord {
        pages: facts.pages.unwrap_or_default(),
        title: facts.title.unwrap_or_default(),
        language: facts.language.unwrap_or_default(),
        conformance: facts.conformance,
        identifiers: facts.identifiers,
        bookmarks: facts.bookmarks.len(),
        tags: facts.tags,
    }
}

/// Number and words of a heading as its bookmark has them.
fn words(resolved: &ResolvedDocument, entry: &OutlineEntry, fonts: &FontSet) -> String {
    let words = entry.number.clone().unwrap_or_default() + &resolved.plain_text(&entry.content);
    covered(&words, fonts)
}

/// What no font shows stands as U+FFFD in the PDF, and was warned of.
fn covered(words: &str, fonts: &FontSet) -> String {
    words.chars().map(|c| if fonts.covers(c) { c } else { '\u{fffd}' }).collect()
}
