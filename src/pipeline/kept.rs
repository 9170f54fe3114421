//! What one run leaves to the next: what costs time to make again, each thing keyed by all that it depends on.

use std::sync::{Arc, Mutex, MutexGuard};

use crate::diag::Diagnostics;
use crate::markdown::KeptDrafts;
use crate::resolve::{KeptImages, ResolvedDocument};
use crate::style::{FontSet, Stylesheet};
use crate::write::PageNumbers;
use crate::write::html::KeptFaces;
use crate::write::pdf::live::{self, LivePages, Settled};
use crate::write::pdf::{self, LaidOut, Pdf};

/// What one run leaves to the next. It changes no result; cheap to clone, and shared by its copies.
#[derive(Clone, Default)]
pub struct Kept {
    /// Drafts as parsed.
    pub drafts: KeptDrafts,
    /// Images as decoded.
    pub images: KeptImages,
    /// Faces as cut for the page.
    pub faces: KeptFaces,
    /// Pages as laid out, where they are kept between runs.
    pages: Option<Arc<Mutex<LivePages>>>,
}

impl std::fmt::Debug for Kept {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Kept").field("drafts", &self.drafts).field("images", &self.images).finish_non_exhaustive()
    }
}

impl Kept {
    /// Keeps pages, too: the PDF is laid out chapter by chapter, and only what an edit has changed.
    pub fn with_pages() -> Self {
        Self { pages: Some(Arc::default()), ..Self::default() }
    }

    /// # Errors
    /// What Typst refused, pointing at the drafts.
    pub(super) fn lay_out(
        &self,
        doc: &ResolvedDocument,
        style: &Stylesheet,
        fonts: &FontSet,
    ) -> Result<Layout, Diagnostics> {
        let Some(pages) = &self.pages else {
            return pdf::lay_out(doc, style, fonts).map(|laid_out| Layout::Plain(Box::new(laid_out)));
        };
        let mut live = unbroken(pages);
        live.update(doc, style, fonts);
        match live.settle(0, &|| false) {
            Settled::Done(doubts) => Ok(Layout::Kept(Box::new(live.pages()), doubts)),
            Settled::Faulty(faults) => Err(faults),
            Settled::Cancelled => unreachable!("nobody cancels it"),
        }
    }
}

/// Pages that a defect has left half changed are laid out from nothing.
fn unbroken(pages: &Mutex<LivePages>) -> MutexGuard<'_, LivePages> {
    pages.lock().unwrap_or_else(|broken| {
        pages.clear_poison();
        let mut live = broken.into_inner();
        *live = LivePages::new();
        live
    })
}

/// Pages before they are a file.
pub(super) enum Layout {
    /// Of Typst's own compile.
    Plain(Box<LaidOut>),
    /// Kept ones, and what the typesetter doubted.
    Kept(Box<live::Pages>, Diagnostics),
}

impl Layout {
    /// Where things stand.
    pub(super) fn numbers(&self) -> PageNumbers {
        match self {
            Self::Plain(laid_out) => laid_out.pages.clone(),
            Self::Kept(pages, _) => pages.numbers(),
        }
    }

    /// # Errors
    /// What a standard forbids, pointing at the drafts.
    pub(super) fn export(self) -> Result<Pdf, Diagnostics> {
        match self {
            Self::Plain(laid_out) => laid_out.export(),
            Self::Kept(pages, warnings) => pages.pdf().map(|pdf| Pdf { warnings, ..pdf }),
        }
    }
}
