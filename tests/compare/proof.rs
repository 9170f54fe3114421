//! Versions that are hard to show as one: what is computed differs between them though nothing was typed otherwise, notes belong elsewhere, tables end the report. Each must be
//! published, proved by its own files, and nothing of it shown whole.

use rapporteur::compare::Options;
use rapporteur::diag::Code;
use rapporteur::document::Hand;
use rapporteur::pipeline::{self, Given, Naming, RedlineRequest, Request, Stage};
use rapporteur::project::{self, Date, Entry, Format, MemoryWorld};

const REFS: &str = "@article{smith, title={A thing}, author={Smith, Jane}, year={2020}, journal={Journal of Things}}\n\
    @book{doe, title={Another}, author={Doe, John}, year={2019}, publisher={Press}}\n\
    @book{lee, title={Third}, author={Lee, Ann}, year={2018}, publisher={Press}}\n\
    @book{kim, title={Fourth}, author={Kim, Bo}, year={2017}, publisher={Press}}\n";

/// A version: lines `[…]` and `key = …` before the first empty line are its configuration.
fn world(text: &str) -> MemoryWorld {
    let (config, draft) = match text.starts_with('[') {
        true => text.split_once("\n\n").unwrap_or((text, "")),
        false => ("", text),
    };
    let picture = |colour: &str| {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"40\"><rect width=\"40\" height=\"40\" fill=\"{colour}\"/></svg>"
        )
    };
    MemoryWorld::new([
        ("rapporteur.toml".to_owned(), format!("report.title = \"T\"\n{config}\n")),
        ("refs.bib".to_owned(), REFS.to_owned()),
        ("drafts/a.svg".to_owned(), picture("red")),
        ("drafts/b.svg".to_owned(), picture("blue")),
        ("drafts/1.md".to_owned(), draft.to_owned()),
    ])
}

/// What is wrong with the redline of two versions.
fn fault(old: &str, new: &str) -> Option<String> {
    let (old, new) = (world(old), world(new));
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
    let loaded = project::load(&new, &Entry::Configuration);
    let built = pipeline::build_redline((&new, loaded), (&old, &Entry::Configuration), &request, &|_: Stage| {}).built;
    let grave = |code: Code| matches!(code, Code::Readback | Code::ShownWhole);
    let found = built.diagnostics.iter().find(|found| grave(found.code) || built.report.is_none());
    found.map(|found| format!("{:?}: {}", found.code, found.message))
}

#[test]
fn what_is_hard_is_proved_and_shown_in_part() {
    let mut faults = Vec::new();
    for case in include_str!("proof.md").split("\n====\n") {
        let (name, case) = case.trim_start().split_once("\n\n").expect("a name");
        let (old, new) = case.split_once("\n----\n").expect("two versions");
        if let Some(found) = fault(old, new) {
            faults.push(format!("{name}: {found}"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
