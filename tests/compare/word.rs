//! A redline in Word's own revisions, read back from its bytes: accepting everything is the clean new file, rejecting everything the clean old one.

use rapporteur::document::Side;
use rapporteur::inspect::{self, Projection};
use rapporteur::resolve::ResolvedDocument;
use rapporteur::style::FontSet;
use rapporteur::write::docx::{self, Paging};

use crate::draft::Draft;
use crate::report::{clean, marked};
use crate::{runs, versions};

/// The file of a report.
fn file(doc: &ResolvedDocument) -> Vec<u8> {
    let style = rapporteur::style::bundled("report").expect("it comes with the program");
    docx::draft(doc, style, &FontSet::bundled(), Paging::Word).finish(None)
}

/// The same, as a redline is held to it.
fn plain(doc: &ResolvedDocument) -> Vec<u8> {
    let style = rapporteur::style::bundled("report").expect("it comes with the program");
    docx::draft(doc, style, &FontSet::bundled(), Paging::Word).plain()
}

fn read(bytes: &[u8], side: Side) -> Projection {
    inspect::projection(bytes, side).expect("a file that Word takes")
}

/// What does not hold of a redline, if anything. `RAPPORTEUR_KEEP` names a folder that takes the files, for other readers (`tests/inspect/`).
fn fault(name: &str, old: &Draft, new: &Draft) -> Option<String> {
    let keep = |part: &str, bytes: &[u8]| {
        if let Ok(folder) = std::env::var("RAPPORTEUR_KEEP") {
            std::fs::write(format!("{folder}/{name}.{part}.docx"), bytes).expect("the folder takes files");
        }
    };
    let redline = file(&marked(old, new).0);
    keep("red", &redline);
    let [was, is] = inspect::projections(&redline).expect("a file that Word takes");
    let fault = |side: Side, draft: &Draft| {
        let clean = clean(draft).0;
        let alone = file(&clean);
        let (part, marked) = if side == Side::Old { ("old", &was) } else { ("new", &is) };
        keep(part, &alone);
        let (alone, proved) = (read(&alone, Side::New), read(&plain(&clean), Side::New));
        assert_eq!(proved.difference(&alone), None, "what a redline is held to says what the file does");
        Some(format!("{side:?}: {}", marked.difference(&alone)?))
    };
    let (is, was) = (fault(Side::New, new), fault(Side::Old, old));
    is.or(was)
}

#[test]
fn a_word_file_is_both_versions() {
    let mut faults = Vec::new();
    for seed in runs(12) {
        let (old, new, shown) = versions(seed, 10);
        if let Some(fault) = fault(&format!("seed{seed}"), &old, &new) {
            faults.push(format!("seed {seed}: {fault}\n{}", if faults.is_empty() { shown } else { String::new() }));
        }
    }
    assert!(faults.is_empty(), "{} of them:\n{}", faults.len(), faults.join("\n"));
}

/// Each kind of change by itself: the old text, the new one.
#[test]
fn each_change_is_both_versions() {
    let mut faults = Vec::new();
    for (at, case) in include_str!("word.md").split("\n====\n").enumerate() {
        let (old, new) = case.split_once("\n----\n").expect("two versions");
        let draft = |text: &str| vec![vec![text.trim().to_owned()]];
        if let Some(found) = fault(&format!("case{at:02}"), &draft(old), &draft(new)) {
            faults.push(format!("{case}\n>>> {found}"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}
