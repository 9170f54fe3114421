//! A report to measure with: plausible prose, tables, lists, notes, code and links, as many chapters as asked for.

use std::fmt::Write;

/// Chapters that come to about a hundred pages.
pub const HUNDRED_PAGES: usize = 25;

/// A project of that many chapters: the configuration, then the drafts in order.
pub fn files(chapters: usize) -> Vec<(String, String)> {
    let config = "[report]\ntitle = \"Measured\"\ndate = \"2026-01-31\"\n[numbering]\nparagraphs = true\n".to_owned();
    let drafts = (1..=chapters).map(|at| (format!("drafts/{at:04}.md"), chapter(at)));
    std::iter::once(("rapporteur.toml".to_owned(), config)).chain(drafts).collect()
}

/// About four pages.
fn chapter(at: usize) -> String {
    let mut text = format!("# Chapter {at} {{#chapter-{at}}}\n\n");
    for section in 1..=4 {
        write!(text, "## Section {section} of chapter {at} {{#s-{at}-{section}}}\n\n").expect("a String takes text");
        for paragraph in 0..4 {
            let seed = at * 97 + section * 13 + paragraph;
            write!(
                text,
                "{}[^{section}-{paragraph}] See [the section](#s-{at}-1) and `code_{seed}`.\n\n",
                prose(seed, 70)
            )
            .expect("a String takes text");
            write!(text, "[^{section}-{paragraph}]: {}\n\n", prose(seed + 5, 14)).expect("a String takes text");
        }
        text.push_str("- First **item**\n- Second *item*, which is longer than the first\n\n");
        table(&mut text, at, section);
    }
    text.push_str("```rust\nfn main() {\n    let answer = 42; // of all\n}\n```\n\n");
    text
}

fn table(text: &mut String, at: usize, section: usize) {
    text.push_str("| Requirement | Level | Share |\n|:---|:---|---:|\n");
    for row in 0..8 {
        let seed = at * 31 + section * 7 + row;
        writeln!(text, "| {} | L{} | {}.{} |", prose(seed, 9), seed % 3 + 1, seed % 90, seed % 10)
            .expect("a String takes text");
    }
    writeln!(text, "\nTable: Requirements {section} {{#t-{at}-{section}}}\n").expect("a String takes text");
}

/// Words in an order that differs from paragraph to paragraph, so that nothing laid out before serves again.
pub fn prose(seed: usize, words: usize) -> String {
    const WORDS: [&str; 24] = [
        "the",
        "forum",
        "recommends",
        "that",
        "members",
        "consider",
        "capacity",
        "building",
        "in",
        "every",
        "region",
        "and",
        "report",
        "on",
        "measures",
        "taken",
        "with",
        "partners",
        "of",
        "civil",
        "society",
        "by",
        "next",
        "year",
    ];
    let mut state = seed.wrapping_mul(2_654_435_761).wrapping_add(12_345);
    let chosen: Vec<&str> = (0..words)
        .map(|_| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            WORDS[(state >> 33) % WORDS.len()]
        })
        .collect();
    format!("Item {seed} {}.", chosen.join(" "))
}
