//! The pages that are shown, and what leads from them back to the drafts.

use std::sync::Arc;

use super::desk::Good;
use super::state::{PageInfo, Pages};
use super::web::Digest;
use super::words::{Moved, Reworded};
use crate::source::{FileId, Sources};
use crate::write::pdf::live;

/// The pages as they are laid out, and what they lead back to: not the report itself, of which one is large enough.
pub(super) struct Shown {
    pub(super) revision: u64,
    pub(super) sources: Arc<Sources>,
    /// Where things stand since words were edited that these pages show.
    pub(super) moved: Option<Moved>,
    /// The draft of each part.
    pub(super) drafts: Vec<FileId>,
    pub(super) pages: live::Pages,
}

impl Shown {
    /// The pages of a revision.
    pub(super) fn of(good: &Good, pages: live::Pages) -> Self {
        let drafts = good.resolved.document.parts.iter().map(|part| part.file).collect();
        Self { revision: good.revision, sources: Arc::clone(&good.sources), moved: None, drafts, pages }
    }

    /// The pages of a revision that is another by its words.
    pub(super) fn of_words(words: &Reworded, pages: live::Pages) -> Self {
        let sources = Arc::clone(&words.sources);
        Self { revision: words.revision, sources, moved: Some(words.moved.clone()), ..Self::of(&words.whole, pages) }
    }

    /// Names the picture of a page, from 0.
    pub(super) fn digest(&self, page: usize) -> Option<Digest> {
        self.pages.iter().nth(page).map(|page| Digest::of(&page.digest))
    }

    /// Which page, from 0, has the picture of that name.
    pub(super) fn page_of(&self, digest: Digest) -> Option<usize> {
        self.pages.iter().position(|page| Digest::of(&page.digest) == digest)
    }

    /// As a state has them.
    pub(super) fn infos(&self, settled: bool) -> Arc<Pages> {
        let infos = self.pages.iter().map(|page| PageInfo {
            digest: Digest::of(&page.digest),
            width: page.width.0,
            height: page.height.0,
        });
        Arc::new(Pages { revision: self.revision, pages: infos.collect(), settled })
    }
}
