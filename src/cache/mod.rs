//! Finished reports kept, so that what was built once, here or by another job, is not built again.
//!
//! In: a project as loaded, a [`Request`], a [`Store`]. Out: what a build would give, byte for byte and word for word, from the
//! store if it is there, else built and kept. What a build read is known only once it is done: so the first key, over
//! program, request, configuration and drafts, leads to the list of what such a build asked for, and the answers of
//! today to the same questions make the second key, which leads to the report. Never trusts the store: what is not as it
//! was written is dropped, and with a [`Secret`] what others have written is as good as absent. Never fails a build: what
//! stands in the way is a warning.

mod entry;
mod key;
mod secret;
mod store;
mod witness;

pub use secret::Secret;
#[cfg(feature = "bucket")]
pub use store::bucket::{BucketAccess, BucketStore};
pub use store::folder::FolderStore;
pub use store::{Store, StoreError};

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::diag::{Code, Diagnostic, Diagnostics, Place, Warned};
use crate::output::OutputFile;
use crate::pipeline::{self, Built, Kept, Report, Request, Stage};
use crate::project::{Project, World};
use crate::source::FileId;
use entry::Entry;
use key::Key;
use witness::{Question, Witness};

/// A store, and what marks what this program keeps there.
pub struct Cache {
    store: std::boxed::Box<dyn Store>,
    /// What tells this build of the program from any other.
    tool: String,
    /// With it only what was kept by someone who knows it is taken.
    secret: Option<Secret>,
    /// Whether the store has failed: it is not asked again.
    failed: AtomicBool,
}

/// What may be asked under one first key depends on the answers: lists of it are kept for so many of the last builds, as
/// where two branches take turns.
const MOST_LISTS: usize = 8;

/// Where a report came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// It was built.
    Build,
    /// It was in the store.
    Store,
}

impl std::fmt::Debug for Cache {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Cache").field("store", &self.store.name()).finish_non_exhaustive()
    }
}

impl Cache {
    /// Over a store. `tool` tells this build of the program from any other: its digest. With a secret, only what was kept
    /// with the same one is found; without, whoever can write to the store is trusted.
    pub fn new(store: std::boxed::Box<dyn Store>, tool: String, secret: Option<Secret>) -> Self {
        Self { store, tool, secret, failed: AtomicBool::new(false) }
    }

    /// What [`pipeline::build_again`] gives, from the store where it is there.
    pub fn build(
        &self,
        world: &dyn World,
        loaded: Warned<Project>,
        request: &Request,
        progress: &dyn Fn(Stage),
        kept: &Kept,
    ) -> (Built, Source) {
        let mut doubts = Diagnostics::new();
        let first = Key::first(&self.tool, self.secret.as_ref(), &loaded.value, request);
        if let Some(built) = self.take(world, &loaded, request, &first, &mut doubts) {
            return (with(built, doubts), Source::Store);
        }
        let before = loaded.diagnostics.len();
        let files: Vec<FileId> = loaded.value.sources.ids().collect();
        let witness = Witness::new(world);
        let built = pipeline::build_again(&witness, loaded, request, progress, kept);
        if let (Some(report), Some(seen)) = (&built.report, witness.finish()) {
            let entry = Entry::of(&built, report, (before, files.len()));
            self.keep(&first, &seen, &entry, &mut doubts);
        }
        (with(built, doubts), Source::Build)
    }

    /// What the store has for a project as it is.
    fn take(
        &self,
        world: &dyn World,
        loaded: &Warned<Project>,
        request: &Request,
        first: &Key,
        doubts: &mut Diagnostics,
    ) -> Option<Built> {
        let list = self.get(&first.name("inputs"), doubts)?;
        let Some(lists) = self.lists(first, &list) else {
            return self.drop_damaged(&first.name("inputs"), doubts);
        };
        let mut answers = BTreeMap::new();
        for questions in lists {
            let Some(seen) = ask(world, questions, &mut answers) else {
                return self.drop_damaged(&first.name("inputs"), doubts);
            };
            let second = first.second(&seen);
            if let Some(bytes) = self.get(&second.name("report"), doubts) {
                let entry = Entry::from_bytes(&second, &bytes, self.secret.as_ref());
                let built = entry.and_then(|entry| entry.restore(loaded));
                let sound = built
                    .filter(|built| built.report.as_ref().is_some_and(|report| is_asked_for(report, built, request)));
                return sound.or_else(|| self.drop_damaged(&second.name("report"), doubts));
            }
        }
        None
    }

    /// The lists of what builds asked for, the newest first; `None` if they are not as they were written.
    fn lists(&self, first: &Key, bytes: &[u8]) -> Option<Vec<Vec<Question>>> {
        let (lists, _) = entry::opened::<Vec<Vec<Question>>>(first, bytes, self.secret.as_ref())?;
        (lists.len() <= MOST_LISTS).then_some(lists)
    }

    /// Keeps a report, and what it was made of.
    fn keep(&self, first: &Key, seen: &[(Question, String)], entry: &Entry, doubts: &mut Diagnostics) {
        let second = first.second(seen);
        // Read again: another build may have added its own by now.
        let others = self.get(&first.name("inputs"), doubts).and_then(|list| self.lists(first, &list));
        let asked: Vec<Question> = seen.iter().map(|(question, _)| question.clone()).collect();
        let mut lists = others.unwrap_or_default();
        lists.retain(|other| *other != asked);
        lists.insert(0, asked);
        lists.truncate(MOST_LISTS);
        let secret = self.secret.as_ref();
        // The report first: a list that leads nowhere would only cost time.
        let entries = [
            (second.name("report"), entry.to_bytes(&second, secret)),
            (first.name("inputs"), entry::sealed(first, &lists, &[], secret)),
        ];
        let size: usize = entries.iter().map(|(_, bytes)| bytes.len()).sum();
        if size as u64 <= self.store.room() {
            self.put(&entries, doubts);
        } else {
            let (name, mib) = (self.store.name(), size.div_ceil(1024 * 1024));
            let message = format!("the report is too large for the cache {name} ({mib} MiB) and was not kept");
            doubts.push(
                doubt(message).hint("`limit_mib` under `[cache]` is how much a folder holds; none keeps over 1024"),
            );
        }
    }

    fn get(&self, name: &str, doubts: &mut Diagnostics) -> Option<Vec<u8>> {
        if self.failed.load(Ordering::Relaxed) {
            return None;
        }
        self.store.get(name).unwrap_or_else(|error| {
            self.give_up(&error, doubts);
            None
        })
    }

    fn put(&self, entries: &[(String, Vec<u8>)], doubts: &mut Diagnostics) {
        if !self.failed.load(Ordering::Relaxed)
            && let Err(error) = self.store.put(entries)
        {
            self.give_up(&error, doubts);
        }
    }

    fn give_up(&self, error: &StoreError, doubts: &mut Diagnostics) {
        self.failed.store(true, Ordering::Relaxed);
        let message = format!("the cache {} is of no use now: {error}", self.store.name());
        doubts.push(doubt(message).hint("the report is whole; without a cache each build takes its full time"));
    }

    fn drop_damaged<T>(&self, name: &str, doubts: &mut Diagnostics) -> Option<T> {
        let removed = self.store.remove(name);
        let message = format!("the cache {} held a damaged or forged entry, which is not used", self.store.name());
        doubts.push(doubt(message).hint(match removed {
            Ok(()) => "it was removed, and the report was built anew",
            Err(_) => "it could not be removed; the report was built anew",
        }));
        None
    }
}

/// Questions with the answers of today, each asked once; `None` where one is none that a build asks.
fn ask(
    world: &dyn World,
    questions: Vec<Question>,
    answers: &mut BTreeMap<Question, String>,
) -> Option<Vec<(Question, String)>> {
    let mut seen = Vec::new();
    for question in questions {
        if !answers.contains_key(&question) {
            answers.insert(question.clone(), question.ask(world)?);
        }
        let answer = answers[&question].clone();
        seen.push((question, answer));
    }
    Some(seen)
}

fn doubt(message: String) -> Diagnostic {
    Diagnostic::at(Code::Environment, Place::Nowhere, message)
}

fn with(mut built: Built, doubts: Diagnostics) -> Built {
    built.diagnostics.extend(doubts);
    built
}

/// Whether files are those that a build of this request gives, by their names and their order.
fn is_asked_for(report: &Report, built: &Built, request: &Request) -> bool {
    let formats = request.formats.as_ref().unwrap_or(&built.project.config.output.formats);
    let stem = pipeline::file_stem(&built.project, &request.name);
    let mut sorted = formats.clone();
    sorted.sort();
    sorted.dedup();
    let expected = sorted.iter().map(|format| format!("{stem}.{}", format.extension()));
    let names = |file: &OutputFile| file.name.clone();
    report.files.iter().map(names).eq(expected)
        && report.record == pipeline::record_name(&built.project, &request.name)
        && !built.diagnostics.has_errors(built.status())
}

#[cfg(test)]
mod tests;
