//! What one run leaves to the next: what costs time to make again, each thing keyed by all that it depends on.

use std::sync::{Arc, Mutex, MutexGuard};

use crate::diag::Diagnostics;
use crate::markdown::KeptDrafts;
use crate::resolve::{KeptImages, ResolvedDocument};
use crate::style::{FontSet, Stylesheet};
use crate::write::PageNumbers;
use crate::write::html::KeptFaces;
use crate::write::pdf::Pdf;
use crate::write::pdf::live::{LivePages, Pages};

/// What one run leaves to the next. It changes no result; cheap to clone, and shared by its copies.
#[derive(Clone, Default)]
pub struct Kept {
    /// Drafts as parsed.
    pub drafts: KeptDrafts,
    /// Images as decoded.
    pub images: KeptImages,
    /// Faces as cut for the page.
    pub faces: KeptFaces,
    /// Pages as laid out.
    pages: Arc<Mutex<LivePages>>,
}

impl std::fmt::Debug for Kept {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Kept").field("drafts", &self.drafts).field("images", &self.images).finish_non_exhaustive()
    }
}

/// Pages before they are a file.
pub(super) struct Layout {
    pages: Pages,
    /// What the typesetter doubted.
    doubts: Diagnostics,
}

impl Kept {
    /// Lays out the PDF chapter by chapter, and of what is kept only what has changed.
    /// # Errors
    /// What Typst refused, pointing at the drafts.
    pub(super) fn lay_out(
        &self,
        doc: &ResolvedDocument,
        style: &Stylesheet,
        fonts: &FontSet,
    ) -> Result<Layout, Diagnostics> {
        let mut live = unbroken(&self.pages);
        live.update(doc, style, fonts);
        let doubts = live.finish()?;
        Ok(Layout { pages: live.for_file(), doubts })
    }
}

impl Layout {
    /// Where things stand.
    pub(super) fn numbers(&self) -> PageNumbers {
        self.pages.numbers()
    }

    /// # Errors
    /// What a standard forbids, pointing at the drafts.
    pub(super) fn export(self) -> Result<Pdf, Diagnostics> {
        let mut pdf = self.pages.pdf()?;
        let doubts = std::mem::replace(&mut pdf.warnings, self.doubts);
        pdf.warnings.extend(doubts);
        Ok(pdf)
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
