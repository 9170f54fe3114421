//! The pages as they are at one moment: to look at, to click on, to make a file of.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;
use typst::diag::{SourceDiagnostic, SourceResult};
use typst::ecow::EcoVec;
use typst::foundations::Bytes;
use typst::layout::{Frame, FrameItem, GroupItem};
use typst::syntax::{DiagSpan, DiagSpanKind, Source};
use typst::utils::hash128;
use typst_layout::{Page, PagedDocument};
use typst_svg::SvgOptions;

use super::chapter::Chapter;
use super::feet::Feet;
use super::outline;
use super::setting::Laid;
use crate::diag::Diagnostics;
use crate::document::Pt;
use crate::resolve::Anchor;
use crate::source::Span;
use crate::write::PageNumbers;
use crate::write::pdf::bars::Bars;
use crate::write::pdf::chapter::ChapterPlace;
use crate::write::pdf::markup::Origins;
use crate::write::pdf::page::{Archive, Generated};
use crate::write::pdf::world::Press;
use crate::write::pdf::{Destination, Pdf, destinations, file, identifier, native, options, report};

/// The pages that are laid out. A copy costs little, and shares them.
#[derive(Clone, Default)]
pub struct Pages {
    pub(super) chapters: Vec<Part>,
    pub(super) pages: Vec<PageView>,
    feet: Option<Arc<Feet>>,
    /// Only changes have them.
    bars: Option<Arc<Bars>>,
    /// What their file is named by: their source, and the files that it names.
    generated: Option<Arc<Generated>>,
    files: BTreeMap<String, Bytes>,
}

/// A chapter as it is laid out, and the way back to the drafts.
#[derive(Clone)]
pub(super) struct Part {
    pub(super) source: Source,
    pub(super) origins: Origins,
    pub(super) laid: Arc<Laid>,
    anchors: Arc<[Anchor]>,
    /// Pages before it.
    pub(super) before: usize,
}

/// What pages are wanted for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// To be looked at, so that what has changed has to be told from what has not.
    Look,
    /// To be a file.
    File,
}

/// A page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PageView {
    /// Width.
    pub width: Pt,
    /// Height.
    pub height: Pt,
    /// Differs if anything on the page does; nothing in [`super::LivePages::for_file`].
    pub digest: u128,
    /// Which chapter it is in, as [`super::LivePages::quick`] and [`super::LivePages::settle`] count them.
    pub chapter: usize,
    /// Among the pages of its chapter that are laid out, from 0.
    pub(super) within: usize,
    /// Among `Pages::chapters`.
    pub(super) part: usize,
    /// Whether it has a foot.
    footed: bool,
}

impl Pages {
    pub(super) fn new(
        press: &Press,
        generated: &Arc<Generated>,
        chapters: &[Chapter],
        (feet, bars): (Arc<Feet>, Option<Arc<Bars>>),
        purpose: Purpose,
    ) -> Self {
        let laid = chapters.iter().enumerate().filter_map(|(at, chapter)| Some((at, chapter, chapter.laid.as_ref()?)));
        let total: usize = laid.clone().map(|(_, _, laid)| laid.document.pages().len()).sum();
        feet.keep(total);
        let (mut parts, mut pages) = (Vec::new(), Vec::with_capacity(total));
        for (at, chapter, laid) in laid {
            let Some(source) = press.kept(chapter.slot).cloned() else { continue };
            let before = pages.len();
            let footed = chapter.place != ChapterPlace::Cover;
            for (within, page) in laid.document.pages().iter().enumerate() {
                let digest = match purpose {
                    Purpose::Look if footed => hash128(&(laid.digests()[within], pages.len(), total, feet.digest())),
                    Purpose::Look => laid.digests()[within],
                    Purpose::File => 0,
                };
                let pt = |length: typst::layout::Abs| Pt(length.to_pt());
                pages.push(PageView {
                    width: pt(page.frame.width()),
                    height: pt(page.frame.height()),
                    digest,
                    chapter: at,
                    within,
                    part: parts.len(),
                    footed,
                });
            }
            let (origins, anchors) = (chapter.origins.clone(), chapter.anchors.clone());
            parts.push(Part { source, origins, laid: laid.clone(), anchors, before });
        }
        let (generated, files) = (Some(Arc::clone(generated)), press.files().clone());
        Self { chapters: parts, pages, feet: Some(feet), bars, generated, files }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.pages.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.pages.is_empty()
    }

    /// The pages in order.
    pub fn iter(&self) -> std::slice::Iter<'_, PageView> {
        self.pages.iter()
    }

    /// The page, from 0, as SVG: text as outlines, no links.
    pub fn svg(&self, page: usize) -> Option<String> {
        let (page, _) = self.finished((page, self.pages.get(page)?)).ok()?;
        Some(drawn(&page))
    }

    /// The page as it is in the file, and what Typst doubts in what was drawn on it.
    fn finished(&self, (at, view): (usize, &PageView)) -> SourceResult<(Page, EcoVec<SourceDiagnostic>)> {
        let laid = &self.chapters[view.part].laid;
        let page = &laid.document.pages()[view.within];
        let mut page = match &self.feet {
            Some(feet) if view.footed => feet.on(page, at + 1, self.pages.len()),
            Some(_) | None => Page { number: at as u64 + 1, ..page.clone() },
        };
        let doubts = match &self.bars {
            Some(bars) => bars.on(&mut page, at, &laid.extents()[view.within])?,
            None => EcoVec::new(),
        };
        Ok((page, doubts))
    }

    /// The same file as a build's, once all is laid out.
    /// # Errors
    /// What a standard forbids, pointing at the drafts.
    pub fn pdf(&self) -> Result<Pdf, Diagnostics> {
        let finished: Vec<_> = self.pages.par_iter().enumerate().map(|view| self.finished(view)).collect();
        let finished: SourceResult<Vec<_>> = finished.into_iter().collect();
        let (finished, doubts): (Vec<Page>, Vec<_>) =
            finished.map_err(|errors| self.said(&errors))?.into_iter().unzip();
        let info = self.chapters.first().map(|part| typst::model::Document::info(&part.laid.document).clone());
        let document = PagedDocument::new(EcoVec::from(finished), info.unwrap_or_default());
        let exported = file(&document, &options(self.identifier(), self.archive()), &self.destinations());
        let bytes = exported.map_err(|errors| self.said(&errors))?;
        Ok(Pdf { bytes, pages: self.numbers(), warnings: self.said(&doubts.concat()) })
    }

    /// The changes that are shown.
    fn destinations(&self) -> Vec<Destination> {
        destinations(self.generated.iter().flat_map(|generated| &generated.changes))
    }

    /// On which page each anchor stands, and how many there are.
    pub fn numbers(&self) -> PageNumbers {
        let mut by_anchor = BTreeMap::new();
        for part in &self.chapters {
            for anchor in part.anchors.iter() {
                let position = part.laid.document.introspector().position(native::location(anchor.as_str()));
                let page = position.and_then(|position| u32::try_from(part.before + position.page.get()).ok());
                by_anchor.extend(page.map(|page| (anchor.clone(), page)));
            }
        }
        PageNumbers { by_anchor, total: u32::try_from(self.len()).unwrap_or(u32::MAX) }
    }

    fn identifier(&self) -> String {
        let source = self.generated.as_ref().map_or("", |generated| &generated.source);
        identifier(source, &self.files)
    }

    fn archive(&self) -> Archive {
        self.generated.as_ref().map(|generated| generated.archive).unwrap_or_default()
    }

    fn said(&self, found: &[SourceDiagnostic]) -> Diagnostics {
        report::translated(found, &|span| self.chapters.iter().find_map(|part| part.origin(span)))
    }
}

/// A page as SVG.
pub(super) fn drawn(page: &Page) -> String {
    let letters = typst_svg::svg(&Page { frame: without_links(&page.frame), ..page.clone() }, &SvgOptions::default());
    outline::joined(&letters)
}

/// The same frame without the areas that lead somewhere: as an image it leads nowhere, and Typst's SVG does not escape
/// addresses.
fn without_links(frame: &Frame) -> Frame {
    let mut kept = Frame::new(frame.size(), frame.kind());
    if frame.has_baseline() {
        kept.set_baseline(frame.baseline());
    }
    for (at, item) in frame.items() {
        if let FrameItem::Group(group) = item {
            let group = GroupItem { frame: without_links(&group.frame), ..group.clone() };
            kept.push(*at, FrameItem::Group(group));
        } else if !matches!(item, FrameItem::Link(..)) {
            kept.push(*at, item.clone());
        }
    }
    kept
}

impl Part {
    /// Where in the drafts something in its source is from.
    pub(super) fn origin(&self, span: DiagSpan) -> Option<Span> {
        self.origins.find(&self.generated(span)?)
    }

    /// Which bytes of its source a span is.
    pub(super) fn generated(&self, span: DiagSpan) -> Option<Range<usize>> {
        if span.id() != Some(self.source.id()) {
            return None;
        }
        match span.get() {
            DiagSpanKind::Number { num, sub_range, .. } => self.source.range(num, sub_range),
            DiagSpanKind::Range { range, .. } => Some(range),
            DiagSpanKind::Detached => None,
        }
    }
}
