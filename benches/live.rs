//! What an edit takes until its pages are seen, and until all is settled and the PDF is ready, on reports of about 100 and
//! 1,000 pages, in this process: `cargo bench --bench live [-- EDITS [PAGES]] [cpu]`. Prints the median and the 95th
//! percentile in milliseconds of each stage, and the memory that is held. `cpu`: not what a clock says, but what was
//! computed on all cores together, for a machine that does other things too. `unchanged`: only what a save of equal
//! bytes takes until it is known that nothing has changed, by the clock.

mod report;
#[path = "live/unchanged.rs"]
mod unchanged;

use std::collections::BTreeMap;
use std::io::Write;
use std::time::{SystemTime, UNIX_EPOCH};

use rapporteur::pipeline::{self, Kept, Prepared, Request};
use rapporteur::project::{self, Date, Entry, Format, MemoryWorld};
use rapporteur::source::Sources;
use rapporteur::write;
use rapporteur::write::pdf::live::{LivePages, Settled};

const STAGES: [&str; 9] = ["load", "resolve", "html", "update", "quick", "svg", "seen", "settle", "pdf"];
const KINDS: [&str; 6] = ["word", "paragraph", "note", "figure", "heading", "nothing"];

fn main() {
    let numbers: Vec<usize> = std::env::args().skip(1).filter_map(|argument| argument.parse().ok()).collect();
    let edits = numbers.first().copied().unwrap_or(100);
    for pages in [100, 1000] {
        if numbers.get(1).is_none_or(|only| *only == pages) {
            measure(pages * report::HUNDRED_PAGES / 155, edits);
        }
    }
}

struct Bench {
    files: Vec<(String, String)>,
    live: LivePages,
    kept: Kept,
    sources: Sources,
    edits: usize,
}

fn measure(chapters: usize, edits: usize) {
    let mut bench = Bench {
        files: report::files(chapters),
        live: LivePages::new(),
        kept: Kept::default(),
        sources: Sources::default(),
        edits: 0,
    };
    let mut out = std::io::stdout();
    if std::env::args().any(|argument| argument == "unchanged") {
        return unchanged::measure(&bench.files, edits);
    }
    let cold = bench.round("nothing");
    let held = bench.live.pages();
    writeln!(out, "{} pages, cold: {:?} ms, {} MB", held.len(), rounded(&cold), resident()).expect("stdout is open");
    drop(held);
    unchanged::measure(&bench.files, edits);
    for kind in KINDS {
        let mut stages: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
        for _ in 0..edits {
            for (stage, took) in STAGES.iter().zip(bench.round(kind)) {
                stages.entry(stage).or_default().push(took);
            }
        }
        write!(out, "{kind:9}").expect("stdout is open");
        for stage in STAGES {
            let took = stages.get_mut(stage).expect("each was measured");
            took.sort_by(f64::total_cmp);
            let at = |share: usize| took[(took.len() * share / 100).min(took.len() - 1)];
            write!(out, "  {stage} {:.0}/{:.0}", at(50), at(95)).expect("stdout is open");
        }
        writeln!(out, "  {} MB", resident()).expect("stdout is open");
    }
    for hundred in 1..=5 {
        for at in 0..edits {
            bench.round(KINDS[[0, 0, 0, 0, 0, 1, 1, 2, 3, 4][at % 10]]);
        }
        writeln!(out, "after {} mixed edits: {} MB", hundred * edits, resident()).expect("stdout is open");
    }
}

impl Bench {
    /// An edit, and what each stage took.
    fn round(&mut self, kind: &str) -> [f64; 9] {
        let chapter = self.edit(kind);
        let world = MemoryWorld::new(self.files.iter().map(|(path, text)| (path, text)));
        let mut before = now();
        let mut lap = || {
            let after = now();
            after - std::mem::replace(&mut before, after)
        };
        let loaded = project::load_again(&world, &Entry::Configuration, &self.sources);
        self.sources.clone_from(&loaded.value.sources);
        let load = lap();
        let request = Request {
            date: Date { year: 2026, month: 1, day: 31 },
            formats: Some(Format::ALL.to_vec()),
            name: "measured".to_owned(),
        };
        let Prepared { resolved, .. } = pipeline::prepare_again(&world, loaded, &request, &|_| {}, &self.kept);
        let (doc, style, fonts) = resolved.expect("the report has drafts");
        let resolve = lap();
        write::html::pieces(&doc, &style, &fonts, &self.kept.faces);
        let html = lap();
        let changed = self.live.update(&doc, &style, &fonts);
        let update = lap();
        self.live.quick(changed.edited.first().copied()).expect("no fault");
        let quick = lap();
        let pages = self.live.pages();
        // The middle of the chapter, where the edit is.
        let seen = pages.iter().enumerate().filter(|(_, page)| page.chapter == chapter).map(|(at, _)| at).nth(1);
        pages.svg(seen.unwrap_or_default());
        let svg = lap();
        let settled = self.live.settle(chapter, &|| false);
        assert!(matches!(settled, Settled::Done(_)), "{settled:?}");
        let settle = lap();
        self.live.pages().pdf().expect("no fault");
        let seen = load + resolve + html + update + quick + svg;
        [load, resolve, html, update, quick, svg, seen, settle, lap()]
    }

    /// Changes a draft in the middle; says which chapter that is, behind cover and contents.
    fn edit(&mut self, kind: &str) -> usize {
        self.edits += 1;
        let (number, middle) = (self.edits, self.files.len() / 2);
        let text = &mut self.files[middle].1;
        let section = text.find("## Section 2").expect("it has one");
        let after = section + text[section..].find("\n\n").expect("a heading ends") + 2;
        match kind {
            "word" => text.insert_str(after, &format!("Word{number} ")),
            "paragraph" => text.insert_str(after, &format!("{}\n\n", report::prose(number, 60))),
            "note" => text.insert_str(after, &format!("Noted[^e{number}] here.\n\n[^e{number}]: Added {number}.\n\n")),
            "figure" => {
                text.insert_str(after, &format!("| a | b |\n|---|---|\n| {number} | 2 |\n\nTable: New {number}\n\n"))
            }
            "heading" => text.insert_str(section + "## Section 2".len(), &format!(", {number}")),
            _ => {}
        }
        middle + 1
    }
}

fn rounded(took: &[f64]) -> Vec<u64> {
    took.iter().map(|took| took.round() as u64).collect()
}

/// Megabytes that this process holds, where the system says so.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or_default();
    line.split_whitespace().next().and_then(|kb| kb.parse::<u64>().ok()).unwrap_or_default() / 1024
}

/// In milliseconds.
fn now() -> f64 {
    if !std::env::args().any(|argument| argument == "cpu") {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).expect("it is later than 1970");
        return since.as_secs_f64() * 1000.0;
    }
    let tasks = std::fs::read_dir("/proc/self/task").expect("on Linux alone").flatten();
    let spent = tasks.filter_map(|task| {
        let text = std::fs::read_to_string(task.path().join("schedstat")).ok()?;
        text.split(' ').next()?.parse::<f64>().ok()
    });
    spent.sum::<f64>() / 1e6
}
