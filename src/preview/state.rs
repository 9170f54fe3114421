//! What a preview shows at one moment.

use std::sync::Arc;
use std::time::Duration;

use super::finding::{Fault, Finding};
use super::web::{Digest, Web};

/// Everything that is shown, whole and of one piece; never changed once it is published.
#[derive(Debug, Clone)]
pub struct State {
    /// Counts states, from 0: each has a higher one than those before.
    pub serial: u64,
    /// Counts versions of the drafts that could be shown, from 1; 0 until there is one.
    pub revision: u64,
    /// The report as a page; the last good one while the drafts are at fault, `None` until there has been one.
    pub web: Option<Arc<Web>>,
    /// The report's pages; they may be of an earlier revision for a moment.
    pub pages: Arc<Pages>,
    /// What was found in the drafts as they are now, as on the terminal: about whole files first, then by place.
    pub findings: Arc<[Finding]>,
    /// Why `web` is not what the drafts say, if it is not.
    pub fault: Option<Fault>,
    /// For the status line.
    pub status: Status,
}

/// What a status line says.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Status {
    /// From the look at the files to the page.
    pub built_in: Duration,
    /// Whether the page is final. Until then it shows the words of an edit, and what else may follow from it does not yet
    /// show; a moment later it does.
    pub settled: bool,
    /// How often a page shown before it was final was not as the final one: never, but for a defect.
    pub corrected: usize,
    /// Words of the report, notes included.
    pub words: usize,
    /// The draft's label, in a draft.
    pub draft_label: Option<String>,
    /// Why changes are looked for again and again, if the system tells of none.
    pub polling: Option<String>,
    /// Whether the project's folder is gone for now.
    pub gone: bool,
}

/// The report's pages as laid out.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Pages {
    /// The revision that they show.
    pub revision: u64,
    /// Each page, in order.
    pub pages: Arc<[PageInfo]>,
    /// Whether every page is as a fresh build has it. Until then, numbers and places after the edit may be those of
    /// before.
    pub settled: bool,
}

/// A page, undrawn; [`super::Preview::page_svg`] draws it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PageInfo {
    /// Changes whenever the page's picture does.
    pub digest: Digest,
    /// In points.
    pub width: f64,
    /// In points.
    pub height: f64,
}

/// A place in a file of the project.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourcePlace {
    /// Beneath the project's root, with `/`.
    pub path: Arc<str>,
    /// From 1.
    pub line: usize,
    /// In characters, from 1.
    pub column: usize,
}

/// A place on a page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PagePlace {
    /// From 0.
    pub page: usize,
    /// In points from the left edge.
    pub x: f64,
    /// In points from the upper edge.
    pub y: f64,
}

impl State {
    /// Before anything was built.
    pub(super) fn empty() -> Self {
        Self {
            serial: 0,
            revision: 0,
            web: None,
            pages: Arc::default(),
            findings: Arc::default(),
            fault: None,
            status: Status::default(),
        }
    }
}
