//! The files, all of them side by side.
//!
//! In: what is resolved, the style, the formats. Out: [`Written`]. Decides nothing, and reads nothing back.

use std::thread::ScopedJoinHandle;

use super::kept::{Kept, Layout};
use super::manifest;
use crate::diag::{Diagnostics, Warned};
use crate::output::FontRecord;
use crate::project::Format;
use crate::resolve::ResolvedDocument;
use crate::style::{FontSet, Stylesheet};
use crate::write::docx::Paging;
use crate::write::{self, PageNumbers};

/// Is given a file as it was written.
pub(super) type Seen<'s> = &'s (dyn Fn(Format, &[u8]) + Sync);

/// The formats asked for, in the order of [`Format::ALL`].
pub(super) struct Written {
    pub(super) files: Vec<(Format, Vec<u8>)>,
    pub(super) pages: Option<PageNumbers>,
    pub(super) fonts: Vec<FontRecord>,
}

/// Writes every format, side by side: Word's package waits for the PDF's page numbers, where there is a PDF, and for
/// nothing else.
pub(super) fn write_all(
    resolved: &ResolvedDocument,
    (style, fonts, kept): (&Stylesheet, &FontSet, &Kept),
    formats: &[Format],
    seen: Seen<'_>,
) -> Result<Warned<Written>, Diagnostics> {
    let wants = |format| formats.contains(&format);
    let is_paged = wants(Format::Pdf);
    let paging = if is_paged { Paging::Pdf } else { Paging::Word };
    let draft = || wants(Format::Docx).then(|| write::docx::draft(resolved, style, fonts, paging));
    let page = || {
        let pieces = || write::html::pieces(resolved, style, fonts, &kept.faces);
        wants(Format::Html).then(|| looked_at(Format::Html, pieces().html().into_bytes(), seen))
    };
    // Beside the pages, which take longer than all else, one after the other: so that they have a core to themselves.
    let records = || manifest::font_records(fonts);
    let beside = || {
        if is_paged {
            return (draft(), page(), records());
        }
        let ((draft, page), records) = rayon::join(|| rayon::join(draft, page), records);
        (draft, page, records)
    };
    std::thread::scope(|scope| {
        let beside = scope.spawn(beside);
        let laid_out = is_paged.then(|| kept.lay_out(resolved, style, fonts)).transpose()?;
        let pages = laid_out.as_ref().map(Layout::numbers);
        let numbers = pages.as_ref().map(write::pdf::pages_of_text);
        let finished = scope.spawn(move || {
            let (draft, page, records) = joined(beside);
            let docx = draft.map(|draft| looked_at(Format::Docx, draft.finish(numbers.as_ref()), seen));
            (docx, page, records)
        });
        let (pdf, doubts) = laid_out.map(Layout::export).transpose()?.map(|pdf| (pdf.bytes, pdf.warnings)).unzip();
        let (docx, html, fonts) = joined(finished);
        let written = [(Format::Pdf, pdf), (Format::Docx, docx), (Format::Html, html)];
        let files = written.into_iter().filter_map(|(format, bytes)| Some((format, bytes?))).collect();
        Ok(Warned::new(Written { files, pages, fonts }, doubts.unwrap_or_default()))
    })
}

/// The bytes, once they were seen.
fn looked_at(format: Format, bytes: Vec<u8>, seen: Seen<'_>) -> Vec<u8> {
    seen(format, &bytes);
    bytes
}

/// What a thread made; its panic goes on in this one.
pub(super) fn joined<T>(thread: ScopedJoinHandle<'_, T>) -> T {
    thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}
