//! What each draft was parsed to, kept for the next run: a draft that is as it was is not parsed again.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::grid::Cells;
use super::{Read, read};
use crate::source::{FileId, SourceFile, Sources};

/// Drafts as parsed, by their place among the files; cheap to clone, and shared by its copies.
#[derive(Clone, Default)]
pub struct KeptDrafts {
    kept: Arc<Mutex<BTreeMap<FileId, Kept>>>,
}

struct Kept {
    file: Arc<SourceFile>,
    read: Arc<Read>,
}

impl std::fmt::Debug for KeptDrafts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("KeptDrafts").field("drafts", &self.kept().len()).finish()
    }
}

impl KeptDrafts {
    fn kept(&self) -> MutexGuard<'_, BTreeMap<FileId, Kept>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What a draft comes to by itself, behind drafts with so many cells.
    pub(super) fn read(&self, sources: &Sources, file: FileId, before: &Cells) -> Arc<Read> {
        let source = sources.file(file);
        let known = self.kept().get(&file).filter(|kept| kept.file == *source).map(|kept| Arc::clone(&kept.read));
        // Where there is no room for its tables it comes to something else.
        if let Some(known) = known.filter(|known| before.have_room_for(&known.cells)) {
            return known;
        }
        let read = Arc::new(read(sources, file, before));
        if before.have_room_for(&read.cells) {
            self.kept().insert(file, Kept { file: Arc::clone(source), read: Arc::clone(&read) });
        }
        read
    }

    /// Lets go of all drafts but these.
    pub fn keep(&self, drafts: &[FileId]) {
        self.kept().retain(|file, _| drafts.contains(file));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::{parse, parse_again};

    /// Over edits, drafts that come, go and change places: all is as if it were parsed for the first time.
    #[test]
    fn what_is_kept_is_what_would_be_parsed() {
        let kept = KeptDrafts::default();
        let (a, b, c) =
            ("# A {#a}\n\nSee @b.[^1]\n\n[^1]: Note.\n", "# B {#b}\n\n| x |\n|---|\n| y |^[In.]\n", "See @a.\n");
        for drafts in [vec![a, b], vec![a, b, c], vec![a, c, b], vec![c], vec![a, b], vec![a, "# B\n\x07"], vec![a, b]]
        {
            let mut sources = Sources::default();
            let files: Vec<FileId> =
                drafts.iter().enumerate().map(|(at, draft)| sources.add(format!("{at}.md"), *draft)).collect();
            assert_eq!(parse_again(&sources, &files, &kept), parse(&sources, &files), "{drafts:?}");
            kept.keep(&files);
            assert_eq!(kept.kept().len(), drafts.len());
        }
    }

    /// A draft that had room for its tables has none behind others that take it up.
    #[test]
    fn room_for_tables_is_counted_anew() {
        let kept = KeptDrafts::default();
        let table = format!("| a | b |\n|---|---|\n{}", "| x | y |\n".repeat(12_000));
        let small = "| a |\n|---|\n| x |\n";
        for first in [small.to_owned(), format!("{table}\n\n{table}\n"), small.to_owned()] {
            let mut sources = Sources::default();
            let files = [sources.add("a.md", first), sources.add("b.md", table.clone())];
            assert_eq!(parse_again(&sources, &files, &kept), parse(&sources, &files));
        }
    }
}
