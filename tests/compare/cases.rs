//! What a comparison makes of two drafts, case by case: `tests/compare/cases/*.txt` has the old draft, the new one and the redline as text,
//! with a line of `=` between them. `UPDATE=1` writes what came out.

use std::path::{Path, PathBuf};

use rapporteur::compare::{Options, compare, difference};
use rapporteur::document::{Document, Side};
use rapporteur::markdown;
use rapporteur::source::Sources;

use crate::shown::shown;

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/compare/cases");
    let entries = std::fs::read_dir(folder).expect("the cases are there");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry can be read").path()).collect();
    paths.sort();
    assert!(paths.len() > 10, "the cases are there");
    paths
}

fn parsed(sources: &mut Sources, name: &str, text: &str) -> Document {
    let file = sources.add(name.to_owned(), text.to_owned());
    markdown::parse(sources, &[file]).value
}

/// A case's old and new draft, and what is made of them.
fn parts(text: &str) -> [&str; 3] {
    let mut parts = text.splitn(3, "\n====\n");
    std::array::from_fn(|_| parts.next().unwrap_or_default())
}

#[test]
fn cases_read_as_they_should() {
    let mut faults = Vec::new();
    for path in cases() {
        let text = std::fs::read_to_string(&path).expect("a case can be read");
        let [old, new, expected] = parts(&text);
        let mut sources = Sources::default();
        let (before, after) = (parsed(&mut sources, "old.md", old), parsed(&mut sources, "new.md", new));
        let comparison = compare(&before, &after, &Options::default());
        for (side, whole) in [(Side::Old, &before), (Side::New, &after)] {
            assert_eq!(difference(&comparison.document.side(side), whole), None, "{}: {side:?}", path.display());
        }
        let found = shown(&comparison.document);
        if found.trim_end() == expected.trim_end() {
            continue;
        }
        if std::env::var_os("UPDATE").is_some() {
            let written = format!("{old}\n====\n{new}\n====\n{found}");
            std::fs::write(&path, written).expect("a case can be written");
        }
        faults.push(format!("{}:\n{found}", path.display()));
    }
    assert!(faults.is_empty() || std::env::var_os("UPDATE").is_some(), "{}", faults.join("\n"));
}
