//! What a redline's files must give back: accepting all is the new version, rejecting all is the old one.
//!
//! In: the files as written, both versions each by itself. Out: what does not hold. The clean versions are written with the same style by the same writers, and all
//! are read back from their bytes: so a fault of a writer's marks, or of the comparison, is found whoever made it. What is not read back of the clean ones (fonts,
//! pictures) is not made; the redline's own files are those that are published.

use std::collections::BTreeSet;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::{Kept, RedlineRequest, formats, joined, resolve_options};
use crate::compare;
use crate::diag::{Code, Diagnostic, Place};
use crate::document::{Block, Change, Document, Side, Visit, walk_blocks};
use crate::inspect::{self, InspectError, Mismatch, Projection};
use crate::pipeline::Redline;
use crate::project::{Format, Project, World};
use crate::resolve::{self, ResolvedDocument};
use crate::style::{FontSet, Stylesheet};
use crate::write::{self, docx::Paging};

/// The formats that are held to it. A PDF's marks are for the eye: `readback` looks at it.
const PROVED: [Format; 2] = [Format::Docx, Format::Html];

/// What a file does not give back.
#[derive(Debug, Clone)]
pub(super) struct Failure {
    pub(super) format: Format,
    pub(super) side: Side,
    pub(super) reason: Reason,
}

/// Why.
#[derive(Debug, Clone)]
pub(super) enum Reason {
    /// It says something else there.
    Differs(Mismatch),
    /// It cannot be read.
    Unreadable(String),
}

/// Both versions as the formats say them.
pub(super) struct Clean(Vec<ReadBack>);

/// What a format says of a version.
type ReadBack = (Format, Side, Result<Projection, InspectError>);

/// A redline's files as they were read back, each on both sides.
#[derive(Default)]
pub(super) struct Marked(Mutex<Vec<ReadBack>>);

impl Marked {
    /// Reads a file back.
    pub(super) fn read(&self, format: Format, bytes: &[u8]) {
        let [old, new] = match inspect::projections(bytes) {
            Ok([old, new]) => [Ok(old.without_inner_links()), Ok(new)],
            Err(fault) => [Err(fault.clone()), Err(fault)],
        };
        self.files().extend([(format, Side::Old, old), (format, Side::New, new)]);
    }

    fn files(&self) -> MutexGuard<'_, Vec<ReadBack>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Clean {
    /// Writes both versions by themselves, and reads them back.
    pub(super) fn of(
        redline: &Redline,
        (world, old_world): (&dyn World, &dyn World),
        (style, fonts): (&Stylesheet, &FontSet),
        request: &RedlineRequest,
        kept: &Kept,
    ) -> Self {
        let wanted = formats(&redline.project, &request.build);
        let report = &redline.project.config.report;
        let terms = resolve::Terms::of_language(report.language());
        let date = terms.date(report.date.unwrap_or(request.build.date));
        let said = |side, document, project, world| {
            let mut resolved = alone(document, project, world, (style, fonts), request, kept);
            resolve::word_date(&mut resolved, &date);
            read_back(&resolved, side, wanted, (style, fonts))
        };
        let versions = &redline.versions;
        std::thread::scope(|scope| {
            let old = scope.spawn(|| said(Side::Old, &versions.old, &redline.before, old_world));
            let new = said(Side::New, &versions.new, &redline.project, world);
            Self(joined(old).into_iter().chain(new).collect())
        })
    }

    /// The old version again, in which what is computed of that which stays (the words of citations and references) is the new version's: that is no change, and is in a
    /// redline what it is in the new version.
    pub(super) fn of_baseline(
        redline: &Redline,
        (resolved, old_world): (&ResolvedDocument, &dyn World),
        (style, fonts): (&Stylesheet, &FontSet),
        request: &RedlineRequest,
        kept: &Kept,
    ) -> Self {
        let options = resolve_options(&redline.before, (style, fonts), &request.build, kept);
        let resolved = resolve::resolve_baseline(resolved, &redline.before(old_world), &options);
        Self(read_back(&resolved, Side::Old, formats(&redline.project, &request.build), (style, fonts)))
    }

    /// What the files of a redline do not give back of them.
    pub(super) fn failures(&self, files: &Marked) -> Vec<Failure> {
        let files = files.files();
        let failure = |(format, side, clean): &ReadBack| {
            let (.., marked) = files.iter().find(|(of, at, _)| of == format && at == side)?;
            let reason = match (marked, clean) {
                (Ok(marked), Ok(clean)) => Reason::Differs(marked.difference(clean)?),
                (Err(InspectError(why)), _) | (_, Err(InspectError(why))) => Reason::Unreadable(why.clone()),
            };
            Some(Failure { format: *format, side: *side, reason })
        };
        self.0.iter().filter_map(failure).collect()
    }
}

/// What the formats say of a version by itself.
fn read_back(
    resolved: &ResolvedDocument,
    version: Side,
    wanted: &[Format],
    (style, fonts): (&Stylesheet, &FontSet),
) -> Vec<ReadBack> {
    let read = |format| {
        let read = inspect::projection(&written(resolved, (style, fonts), format), Side::New);
        let read = match version {
            Side::Old => read.map(Projection::without_inner_links),
            Side::New => read,
        };
        (format, version, read)
    };
    PROVED.into_iter().filter(|format| wanted.contains(format)).map(read).collect()
}

/// A version by itself, as a build would resolve it.
fn alone(
    document: &Document,
    project: &Project,
    world: &dyn World,
    (style, fonts): (&Stylesheet, &FontSet),
    request: &RedlineRequest,
    kept: &Kept,
) -> ResolvedDocument {
    let options = resolve_options(project, (style, fonts), &request.build, kept);
    // Its faults were told of, or are the baseline's.
    resolve::resolve(resolve::word_filled(document.clone(), project), project, world, &options).value
}

fn written(doc: &ResolvedDocument, (style, fonts): (&Stylesheet, &FontSet), format: Format) -> Vec<u8> {
    match format {
        Format::Docx => write::docx::draft(doc, style, fonts, Paging::Word).plain(),
        Format::Html => write::html::plain(doc, style).into_bytes(),
        Format::Pdf => Vec::new(),
    }
}

/// The changes at the places that failed: those of the block, else those nearest before and behind it.
pub(super) fn changes(document: &Document, failures: &[Failure]) -> BTreeSet<u32> {
    let keys = failures.iter().filter_map(|failure| match &failure.reason {
        Reason::Differs(mismatch) => mismatch.key,
        Reason::Unreadable(_) => None,
    });
    keys.flat_map(|key| near(document, key)).collect()
}

fn near(document: &Document, key: u32) -> BTreeSet<u32> {
    let mut near = Near { key: key as usize, within: BTreeSet::new(), before: None, behind: None, met: false };
    for blocks in document.parts.iter().map(|part| &part.blocks).chain(document.notes.iter().map(|note| &note.blocks)) {
        walk_blocks(blocks, &mut near);
    }
    if near.within.is_empty() { near.before.into_iter().chain(near.behind).collect() } else { near.within }
}

/// Looks for the changes of a block.
struct Near {
    key: usize,
    within: BTreeSet<u32>,
    before: Option<u32>,
    behind: Option<u32>,
    met: bool,
}

impl<'a> Visit<'a> for Near {
    fn block(&mut self, block: &'a Block) {
        if block.id.index() != self.key {
            return;
        }
        self.met = true;
        let mut marks = Marks(BTreeSet::new());
        walk_blocks(std::slice::from_ref(block), &mut marks);
        self.within = marks.0;
    }

    fn change(&mut self, change: &'a Change) {
        for mark in change.marks() {
            if !self.met {
                self.before = Some(mark.number);
            } else if !self.within.contains(&mark.number) {
                self.behind.get_or_insert(mark.number);
            }
        }
    }
}

struct Marks(BTreeSet<u32>);

impl<'a> Visit<'a> for Marks {
    fn change(&mut self, change: &'a Change) {
        self.0.extend(change.marks().map(|mark| mark.number));
    }
}

/// That a file does not give back a version, whatever is shown whole.
pub(super) fn unproved(failure: &Failure) -> Diagnostic {
    let side = side_name(failure.side);
    let why = match &failure.reason {
        Reason::Differs(mismatch) => format!("it has {:?} where that has {:?}", mismatch.these, mismatch.those),
        Reason::Unreadable(why) => format!("it cannot be read: {why}"),
    };
    let message = format!("the redline as {} does not give back the {side} version: {why}", failure.format.extension());
    defect(message)
}

/// That the tree of both does not give back a version.
pub(super) fn unsound(side: Side) -> Diagnostic {
    defect(format!("the comparison does not give back the {} version", side_name(side)))
}

fn defect(message: String) -> Diagnostic {
    let hint = "nothing was published; please report this with both versions of the drafts";
    Diagnostic::at(Code::Readback, Place::Nowhere, message).hint(hint)
}

fn side_name(side: Side) -> &'static str {
    match side {
        Side::Old => "old",
        Side::New => "new",
    }
}

/// Where the tree itself does not give back a version: a defect of the comparison.
pub(super) fn of_tree(redline: &Redline) -> Option<Side> {
    let document = &redline.comparison.document;
    let differs = |side: Side, version: &Document| !compare::same(&document.side(side), version);
    let new = differs(Side::New, &redline.versions.new).then_some(Side::New);
    new.or_else(|| differs(Side::Old, &redline.versions.old).then_some(Side::Old))
}
