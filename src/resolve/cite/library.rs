//! The works that may be cited.
//!
//! In: the bibliographies' texts. Out: [`Library`], every work by its key, whatever its file was written in. What
//! cannot be read is said, with its place, and the rest still counts.

use std::collections::HashMap;
use std::ops::Range;

use hayagriva::Entry;

use super::{bibtex, csl_json, markup, yaml};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::project::Project;
use crate::source::{FileId, Span};

/// Faults told of one bibliography.
const MOST_FAULTS: usize = 50;

/// Works by their key.
#[derive(Default)]
pub(super) struct Library {
    works: Vec<Work>,
    by_key: HashMap<String, usize>,
}

/// A work, and where its key or the work itself stands.
pub(super) struct Work {
    pub(super) entry: Entry,
    pub(super) span: Span,
}

/// A work that a reader of some format has found, and a fault that it met: ranges are bytes of the file.
#[derive(Default)]
pub(super) struct Read {
    pub(super) works: Vec<(Entry, Range<usize>)>,
    pub(super) faults: Vec<(Range<usize>, String)>,
}

impl Library {
    /// Reads every bibliography of a project.
    pub(super) fn load(project: &Project, found: &mut Diagnostics) -> Self {
        let mut library = Self::default();
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

    /// Whether there is none.
    pub(super) fn is_empty(&self) -> bool {
        self.works.is_empty()
    }

    fn add(&mut self, project: &Project, file: FileId, found: &mut Diagnostics) {
        let source = &project.sources[file];
        let read = match source.path().rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase()) {
            Some(extension) if extension == "json" => csl_json::read(source.text()),
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
        for (entry, range) in read.works {
            self.insert(entry, Span::new(file, range.start, range.end), found);
        }
    }

    fn insert(&mut self, mut entry: Entry, span: Span, found: &mut Diagnostics) {
        if let Some(first) = self.get(entry.key()) {
            let message = format!("the key `{}` is that of another work", entry.key());
            let fault = Diagnostic::new(Code::InvalidBibliography, span, message);
            return found.push(fault.related(first.span, "this one is cited").hint("give one of them another key"));
        }
        markup::encode(&mut entry);
        self.by_key.insert(entry.key().to_owned(), self.works.len());
        self.works.push(Work { entry, span });
    }
}
