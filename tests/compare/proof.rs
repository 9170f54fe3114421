//! Versions that are hard to show as one: what is computed differs between them though nothing was typed otherwise, notes belong elsewhere, tables end the report. Each must be
//! published, proved by its own files, and nothing of it shown whole.

use rapporteur::compare::Options;
use rapporteur::diag::Code;
use rapporteur::document::Hand;
use rapporteur::pipeline::{self, Given, Naming, RedlineRequest, Request, Stage};
use rapporteur::project::{self, Date, Entry, Format, MemoryWorld};

use crate::hard::{self, Case};

/// What is wrong with the redline of two versions.
fn fault(old: &MemoryWorld, new: &MemoryWorld) -> Option<String> {
    let author = Hand { author: "A".to_owned(), time: 0 };
    let request = RedlineRequest {
        build: Request {
            formats: Some(vec![Format::Docx, Format::Html]),
            date: Date { year: 2024, month: 12, day: 17 },
            name: "report".to_owned(),
        },
        options: Options::default(),
        given: Given { baseline: "old".to_owned(), revision: None, author, naming: Naming::Own },
    };
    let loaded = project::load(new, &Entry::Configuration);
    let built = pipeline::build_redline((new, loaded), (old, &Entry::Configuration), &request, &|_: Stage| {}).built;
    let grave = |code: Code| matches!(code, Code::Readback | Code::ShownWhole);
    let found = built.diagnostics.iter().find(|found| grave(found.code) || built.report.is_none());
    found.map(|found| format!("{:?}: {}", found.code, found.message))
}

#[test]
fn what_is_hard_is_proved_and_shown_in_part() {
    let mut faults = Vec::new();
    for Case { name, old, new } in hard::cases(&|_| true) {
        if let Some(found) = fault(&old, &new) {
            faults.push(format!("{name}: {found}"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
