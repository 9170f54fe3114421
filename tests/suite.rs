//! The suite: a folder per area beneath `tests/suite`, a Markdown file per case, what it must become beside it.
//!
//! `UPDATE=1 cargo test --release --test suite` accepts what there is now: read the difference before you commit it.

#[path = "suite/area.rs"]
mod area;
#[path = "suite/dump.rs"]
mod dump;

use libtest_mimic::Arguments;

use area::{Area, Expected};

/// Every area: its folder, and what each case gives.
const AREAS: &[Area] = &[Area { folder: "markdown", run: markdown }];

fn main() {
    let arguments = Arguments::from_args();
    let trials = AREAS.iter().flat_map(Area::trials).collect();
    libtest_mimic::run(&arguments, trials).exit();
}

/// The tree and what was said of the draft.
fn markdown(text: &str) -> Vec<Expected> {
    let mut sources = rapporteur::source::Sources::default();
    let file = sources.add("case.md", text);
    let parsed = rapporteur::markdown::parse(&sources, &[file]);
    let tree = dump::document(&sources, &parsed.value);
    let said = dump::diagnostics(&sources, &parsed.diagnostics);
    vec![Expected { extension: "tree", text: tree }, Expected { extension: "diag", text: said }]
}
