//! What comparing two versions takes, and what it finds, as a table: `cargo bench --bench compare -- OLD NEW …` with pairs of folders of Markdown or
//! of files, and `SHOW=1` for the changes as text; `benches/compare/pairs.py FOLDER` gives it the real pairs of a folder of corpora. Without them, a draft of 27,000 words and one of a million, each with every twentieth paragraph edited, and inputs made to cost much.

#![expect(clippy::print_stdout, reason = "figures are for whoever runs it")]

#[path = "compare/measure.rs"]
mod measure;
#[path = "../tests/compare/shown.rs"]
mod shown;

use std::path::Path;
use std::time::Instant;

use measure::{Measure, word_diff};
use rapporteur::compare::{Comparison, Options, compare, difference};
use rapporteur::document::{Document, Side};
use rapporteur::markdown;
use rapporteur::source::Sources;

fn main() {
    println!("what | takes | changes | places | words | moved | common | islands | coarsened | by git | share");
    let folders: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    if !folders.is_empty() {
        for pair in folders.chunks_exact(2) {
            measure(&pair[1], &texts(Path::new(&pair[0])), &texts(Path::new(&pair[1])));
        }
        return;
    }
    for words in [27_000, 1_000_000] {
        let old = generated(words);
        let edited = |(at, paragraph): (usize, &str)| {
            if at % 20 == 7 { paragraph.replacen(" of ", " and newly of ", 1) } else { paragraph.to_owned() }
        };
        let new = old.split("\n\n").enumerate().map(edited).collect::<Vec<_>>().join("\n\n");
        measure(&format!("{words} words"), &[old], &[new]);
    }
    hostile();
}

/// Inputs made to cost much.
fn hostile() {
    let alike = |word: &str| format!("{word} and {word} and {word}.\n\n").repeat(20_000);
    measure("20,000 paragraphs alike", &[alike("one")], &[alike("two")]);
    let words = |from: u32| (0..200_000).map(|n| format!("{} ", (n * 7 + from) % 1_000)).collect::<String>();
    measure("a paragraph of 200,000 words", &[words(0)], &[words(3)]);
    let reversed = |order: &mut dyn Iterator<Item = u32>| {
        order
            .map(|n| format!("Paragraph {n} says what {n} paragraphs of the {n} say to all of {n}.\n\n"))
            .collect::<String>()
    };
    measure("20,000 paragraphs turned round", &[reversed(&mut (0..20_000))], &[reversed(&mut (0..20_000).rev())]);
    let table = |by: u32| {
        let rows = (0..5_000).map(|n| format!("| {} | {} |\n", n % 7, (n * by) % 11)).collect::<String>();
        format!("| a | b |\n|---|---|\n{rows}")
    };
    measure("a table of 5,000 rows alike", &[table(3)], &[table(5)]);
    let deep = |word: &str| {
        (0..2_000).map(|n| format!("{}- {word} item {n} of the list\n", "  ".repeat(n % 40))).collect::<String>()
    };
    measure("a list of 2,000 items, 40 deep", &[deep("an")], &[deep("one")]);
    let shuffled =
        |by: usize| (0..5_000).map(|n| format!("- item {} of the whole list\n", n * by % 5_000)).collect::<String>();
    measure("a list of 5,000 items shuffled", &[shuffled(1)], &[shuffled(1_999)]);
    let notes = |word: &str| {
        let one = |n: u32| format!("Paragraph {n} says {word}.[^{n}]\n\n[^{n}]: Note {n} says {word}, too.\n\n");
        (0..5_000).map(one).collect::<String>()
    };
    measure("5,000 notes", &[notes("this")], &[notes("that")]);
    let parts = |at: usize| {
        (0..4_000).map(|n| format!("word{n} and more.{}", if n % 8 == at { "\n\n" } else { " " })).collect::<String>()
    };
    measure("4,000 sentences cut elsewhere", &[parts(0)], &[parts(4)]);
    measure("quotes 200 deep", &[format!("{} deep\n", ">".repeat(200))], &[format!("{} deeper\n", ">".repeat(200))]);
}

/// Words by a generator that depends on nothing.
fn generated(words: usize) -> String {
    let mut state = 7_u64;
    let mut next = |sides: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % sides
    };
    let mut text = String::new();
    for at in 0..words {
        // Common words are as common as they are in prose.
        let most = next(20_000);
        let less = next(1 + most);
        let rank = next(1 + less);
        text.push_str(&if rank % 9 == 0 { "of".to_owned() } else { format!("word{rank}") });
        text.push_str(if at % 60 == 59 {
            ".\n\n"
        } else if at % 15 == 14 {
            ". "
        } else {
            " "
        });
    }
    text
}

/// The Markdown files of a folder and of those within it, or one file.
fn texts(path: &Path) -> Vec<String> {
    fn add(path: &Path, files: &mut Vec<std::path::PathBuf>) {
        if !path.is_dir() {
            return files.push(path.to_owned());
        }
        let entries = std::fs::read_dir(path).expect("a folder").flatten().map(|entry| entry.path());
        let mut entries: Vec<_> = entries
            .filter(|path| path.is_dir() || path.extension().is_some_and(|extension| extension == "md"))
            .collect();
        entries.sort();
        entries.iter().for_each(|path| add(path, files));
    }
    let mut files = Vec::new();
    add(path, &mut files);
    files.iter().map(|path| std::fs::read_to_string(path).expect("a file")).collect()
}

fn parsed(sources: &mut Sources, texts: &[String]) -> Document {
    let files: Vec<_> = texts.iter().enumerate().map(|(at, text)| sources.add(format!("{at}.md"), text)).collect();
    markdown::parse(sources, &files).value
}

/// A line of the table: what was found in how long, beside what git shows of the same text.
fn measure(name: &str, old: &[String], new: &[String]) {
    let mut sources = Sources::default();
    let (before, after) = (parsed(&mut sources, old), parsed(&mut sources, new));
    let begun = Instant::now();
    let comparison = compare(&before, &after, &Options::default());
    let taken = begun.elapsed();
    let Comparison { document, changes, coarsened } = &comparison;
    let differs =
        [(Side::Old, &before), (Side::New, &after)].map(|(side, whole)| difference(&document.side(side), whole));
    let Measure { words, moved, places, common, islands, .. } = Measure::of(document);
    let git = if old.iter().map(String::len).sum::<usize>() < 3_000_000 {
        word_diff(&old.concat(), &new.concat())
    } else {
        None
    };
    let beside = git.map_or_else(String::new, |git| {
        let share = (words[0] + words[1]) as f64 / (git[0] + git[1]).max(1) as f64;
        format!(" | -{} +{} | {share:.2}", git[0], git[1])
    });
    println!(
        "{name} | {:.0} ms | {changes} | {places} | -{} +{} | {moved} | {common} | {islands} | {}{beside}",
        taken.as_secs_f64() * 1e3,
        words[0],
        words[1],
        coarsened.len(),
    );
    for (side, differs) in [Side::Old, Side::New].into_iter().zip(differs) {
        if let Some((found, wanted)) = differs {
            println!("  {side:?} differs:\n  {found}\n  {wanted}");
        }
    }
    if std::env::var_os("SHOW").is_some() {
        let signs = ["[-", "[+", "[<", "[>", "[~"];
        let first = |line: &&str| line.trim_start().starts_with(['-', '+', '<', '>', '~', '|']);
        let text = shown::shown(document);
        text.lines()
            .filter(|line| first(line) || signs.iter().any(|sign| line.contains(sign)))
            .for_each(|line| println!("{line}"));
    }
}
