//! The works that may be cited.
//!
//! In: the bibliographies' texts. Out: [`Library`], every work by its key, whatever its file was written in. What
//! cannot be read is said, with its place, and the rest still counts.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use hayagriva::Entry;
use hayagriva::types::FormatString;

use super::{bibtex, csl_json, markup, yaml};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::project::Project;
use crate::source::{FileId, Span};

/// Faults told of one bibliography.
const MOST_FAULTS: usize = 50;

/// Works by their key.
pub(super) struct Library {
    works: Vec<Work>,
    by_key: HashMap<String, usize>,
    lost: HashSet<String>,
    whole: bool,
}

/// A work, and where its key or the work itself stands.
pub(super) struct Work {
    pub(super) entry: Entry,
    pub(super) span: Span,
    /// A note that is printed at the end of an entry, whether the style prints one or not: so do BibTeX's styles, and so
    /// hayagriva's own format has it. Programs that write CSL JSON keep other things there.
    pub(super) note: Option<FormatString>,
}

/// A work that a reader of some format has found, and a fault that it met: ranges are bytes of the file.
#[derive(Default)]
pub(super) struct Read {
    pub(super) works: Vec<(Entry, Range<usize>)>,
    pub(super) faults: Vec<(Range<usize>, String)>,
    /// What is odd, and leaves the work as it is.
    pub(super) remarks: Vec<Remark>,
    /// Keys of works that cannot be read.
    pub(super) lost: Vec<String>,
    /// Whether the file could be read, but for the faults: where it could not, any key may have been in it.
    pub(super) whole: bool,
}

/// Something odd in a bibliography.
pub(super) struct Remark {
    pub(super) place: Range<usize>,
    pub(super) message: String,
    pub(super) hint: Option<String>,
}

/// What a file's notes are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Notes {
    Printed,
    Kept,
}

/// Whether a bibliography that is named could not be read, which loading told.
pub(super) fn is_unread(project: &Project) -> bool {
    project.citations.bibliographies.len() < project.config.citations.bibliography.len()
}

impl Library {
    /// Reads every bibliography of a project.
    pub(super) fn load(project: &Project, found: &mut Diagnostics) -> Self {
        let mut library =
            Self { works: Vec::new(), by_key: HashMap::new(), lost: HashSet::new(), whole: !is_unread(project) };
        for &file in &project.citations.bibliographies {
            library.add(project, file, found);
        }
        library
    }

    /// The work with a key.
    pub(super) fn get(&self, key: &str) -> Option<&Work> {
        self.by_key.get(key).map(|&at| &self.works[at])
    }

    /// Every work, in the order of the files.
    pub(super) fn works(&self) -> impl Iterator<Item = &Work> {
        self.works.iter()
    }

    /// Whether a key is that of no work only because of a fault that was told already.
    pub(super) fn lost(&self, key: &str) -> bool {
        self.get(key).is_none() && (!self.whole || self.lost.contains(key))
    }

    /// Whether there is none.
    pub(super) fn is_empty(&self) -> bool {
        self.works.is_empty()
    }

    fn add(&mut self, project: &Project, file: FileId, found: &mut Diagnostics) {
        let source = &project.sources[file];
        let mut notes = Notes::Printed;
        let read = match source.path().rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase()) {
            Some(extension) if extension == "json" => {
                notes = Notes::Kept;
                csl_json::read(source.text())
            }
            Some(extension) if extension == "yaml" || extension == "yml" => yaml::read(source.text()),
            Some(_) | None => bibtex::read(source.text()),
        };
        let more = read.faults.len().saturating_sub(MOST_FAULTS);
        for (range, message) in read.faults.into_iter().take(MOST_FAULTS) {
            let span = Span::new(file, range.start, range.end);
            found.push(Diagnostic::new(Code::InvalidBibliography, span, message));
        }
        if more > 0 {
            let message = format!("{more} more faults in this bibliography");
            found.push(Diagnostic::new(Code::InvalidBibliography, Span::new(file, 0, 0), message));
        }
        for Remark { place, message, hint } in read.remarks {
            let span = Span::new(file, place.start, place.end);
            let remark = Diagnostic::new(Code::DoubtfulBibliography, span, message);
            found.push(hint.into_iter().fold(remark, Diagnostic::hint));
        }
        self.whole &= read.whole;
        self.lost.extend(read.lost);
        for (entry, range) in read.works {
            self.insert(entry, Span::new(file, range.start, range.end), notes, found);
        }
    }

    fn insert(&mut self, mut entry: Entry, span: Span, notes: Notes, found: &mut Diagnostics) {
        if let Some(first) = self.get(entry.key()) {
            let message = format!("the key `{}` is that of another work", entry.key());
            let fault = Diagnostic::new(Code::InvalidBibliography, span, message);
            return found.push(fault.related(first.span, "this one is cited").hint("give one of them another key"));
        }
        markup::encode(&mut entry);
        self.by_key.insert(entry.key().to_owned(), self.works.len());
        let note = entry.note().filter(|_| notes == Notes::Printed).cloned();
        self.works.push(Work { entry, span, note });
    }
}
