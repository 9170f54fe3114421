//! PDF/UA-1 and PDF/A-2a, laid out by Typst. The only home of typst.
//!
//! In: the resolved document, the stylesheet. Out: [`Pdf`]. The drafts reach Typst as string literals in
//! generated calls of `template.typ`; tokens and images reach it as virtual files. It sees no file
//! system, no clock, no fonts but the bundled ones, and counts nothing.

mod backward;
mod bars;
mod bibliography;
mod block;
mod change;
mod chapter;
mod code;
mod escape;
mod figure;
mod fit;
mod formula;
mod generator;
mod heading;
mod image;
mod inline;
mod list;
pub mod live;
mod markup;
mod narrow;
mod native;
mod note;
mod page;
mod report;
mod revision;
mod stamp;
mod style;
mod table;
#[cfg(test)]
mod tests;
mod world;

use std::collections::BTreeMap;

use comemo::Track;
use sha2::{Digest, Sha256};
use typst::diag::SourceResult;
use typst::ecow::{EcoString, EcoVec};
use typst::foundations::{Bytes, Smart};
use typst::introspection::Location;
use typst::model::LateLinkResolver;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use super::PageNumbers;
use crate::diag::Diagnostics;
use crate::resolve::{Anchor, ResolvedDocument};
use crate::style::{FontSet, Stylesheet};
use markup::Origins;
use page::{Archive, Generated};
pub use revision::pages_of_text;
use world::Press;

/// A finished PDF.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pdf {
    /// The file.
    pub bytes: Vec<u8>,
    /// Where things stand, for Word's contents.
    pub pages: PageNumbers,
    /// What the typesetter doubted.
    pub warnings: Diagnostics,
}

/// The pages, before they are a file.
pub struct LaidOut {
    press: Press,
    origins: Origins,
    laid_out: PagedDocument,
    identifier: String,
    archive: Archive,
    /// The changes of a redline.
    destinations: Vec<Destination>,
    /// Where things stand.
    pub pages: PageNumbers,
    warnings: Diagnostics,
}

/// How many builds ago a layout may have been used last and still be kept for the next one.
const KEPT_BUILDS: usize = 10;

/// Lays out and exports with Typst's plain compile, which lays everything out in one go. A build uses [`live`], which is
/// faster, and is held to this.
/// # Errors
/// What Typst refused, pointing at the drafts.
pub fn write(doc: &ResolvedDocument, style: &Stylesheet, fonts: &FontSet) -> Result<Pdf, Diagnostics> {
    lay_out(doc, style, fonts)?.export()
}

/// The first half of [`write`].
/// # Errors
/// What Typst refused, pointing at the drafts.
pub fn lay_out(doc: &ResolvedDocument, style: &Stylesheet, fonts: &FontSet) -> Result<LaidOut, Diagnostics> {
    let generated = page::generate(doc, style, fonts);
    let files = page::files(doc, style, fonts);
    let identifier = identifier(&generated.source, &files);
    let Generated { source, origins, anchors, changes, archive, .. } = generated;
    let press = Press::new(source, files, fonts);
    let compiled = typst::compile::<PagedDocument>(&press);
    typst::comemo::evict(KEPT_BUILDS);
    let mut warnings = report::diagnostics(&press, &origins, &compiled.warnings);
    let barred = compiled.output.and_then(|laid_out| {
        if changes.is_empty() {
            return Ok((laid_out, EcoVec::new()));
        }
        bars::draw(&laid_out, &press, style, doc.language.direction)
    });
    match barred {
        Ok((laid_out, doubts)) => {
            warnings.extend(report::diagnostics(&press, &origins, &doubts));
            let pages = page_numbers(&laid_out, &anchors);
            let destinations = destinations(&changes);
            Ok(LaidOut { press, origins, laid_out, identifier, archive, destinations, pages, warnings })
        }
        Err(errors) => Err(report::diagnostics(&press, &origins, &errors)),
    }
}

impl LaidOut {
    /// The file.
    /// # Errors
    /// What a standard forbids, pointing at the drafts.
    pub fn export(self) -> Result<Pdf, Diagnostics> {
        let Self { press, origins, laid_out, identifier, archive, destinations, pages, warnings } = self;
        match file(&laid_out, &options(identifier, archive), &destinations) {
            Ok(bytes) => Ok(Pdf { bytes, pages, warnings }),
            Err(errors) => Err(report::diagnostics(&press, &origins, &errors)),
        }
    }
}

/// A place, and its name in the file.
type Destination = (Location, EcoString);

/// The places of changes.
fn destinations<'n>(changes: impl IntoIterator<Item = &'n u32>) -> Vec<Destination> {
    let names = changes.into_iter().map(|number| change::change_place(*number));
    names.map(|name| (native::location(&name), name.into())).collect()
}

/// A document as a file, in which `destinations` are named beside headings (ISO 32000-1 12.3.2.3).
fn file(laid_out: &PagedDocument, options: &PdfOptions, destinations: &[Destination]) -> SourceResult<Vec<u8>> {
    if destinations.is_empty() {
        return typst_pdf::pdf(laid_out, options);
    }
    let resolver = LateLinkResolver::new(None, laid_out.introspector().as_ref());
    typst_pdf::pdf_in_bundle(laid_out, options, destinations, resolver.track())
}

/// Makes what every layout needs and none changes: it takes a while, and may be done beside something else.
pub fn prepare() {
    world::prepare();
}

/// Forgets every layout, so that the next one is made from nothing: for measuring.
pub fn forget() {
    typst::comemo::evict(0);
}

/// The generated Typst source: for tests, and to look at.
pub fn source(doc: &ResolvedDocument, style: &Stylesheet, fonts: &FontSet) -> String {
    page::generate(doc, style, fonts).source
}

fn options(identifier: String, archive: Archive) -> PdfOptions {
    let archive = match archive {
        Archive::Alone => PdfStandard::A_2a,
        Archive::Carrying => PdfStandard::A_3a,
    };
    let standards = PdfStandards::new(&[PdfStandard::Ua_1, archive]).expect("the two are compatible");
    PdfOptions {
        ident: Smart::Custom(identifier),
        creator: Smart::Custom(Some(concat!("rapporteur ", env!("CARGO_PKG_VERSION")).to_owned())),
        standards,
        ..PdfOptions::default()
    }
}

/// The same for equal content: PDF identifiers come from it and from nothing else.
fn identifier(source: &str, files: &BTreeMap<String, Bytes>) -> String {
    let mut hash = Sha256::new();
    hash.update(source);
    for (path, bytes) in files {
        hash.update(path);
        hash.update(Sha256::digest(bytes));
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

fn page_numbers(laid_out: &PagedDocument, anchors: &[Anchor]) -> PageNumbers {
    let introspector = laid_out.introspector();
    let by_anchor = anchors.iter().filter_map(|anchor| {
        let page = introspector.position(native::location(anchor.as_str()))?.page;
        Some((anchor.clone(), u32::try_from(page.get()).ok()?))
    });
    let total = u32::try_from(laid_out.pages().len()).unwrap_or(u32::MAX);
    PageNumbers { by_anchor: by_anchor.collect(), total }
}
