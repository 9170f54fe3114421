//! What comparing two versions takes, and what it finds: `cargo bench --bench compare -- OLD NEW` with two folders of Markdown or two files;
//! without them, a draft of 27,000 words and one of a million, each with every twentieth paragraph edited, and inputs made to cost much.

#![expect(clippy::print_stdout, reason = "figures are for whoever runs it")]

use std::path::Path;
use std::time::Instant;

use rapporteur::compare::{Comparison, Options, compare, difference};
use rapporteur::document::{
    Block, BlockKind, Document, Inline, InlineKind, Side, StandingKind, Visit, plain_text_of_blocks, walk_block,
};
use rapporteur::markdown;
use rapporteur::source::Sources;

fn main() {
    let folders: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    if let [old, new] = folders.as_slice() {
        measure("as given", &texts(Path::new(old)), &texts(Path::new(new)));
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

fn texts(path: &Path) -> Vec<String> {
    let mut files = vec![path.to_owned()];
    if path.is_dir() {
        files = std::fs::read_dir(path).expect("a folder").flatten().map(|entry| entry.path()).collect();
        files.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
        files.sort();
    }
    files.iter().map(|path| std::fs::read_to_string(path).expect("a file")).collect()
}

fn parsed(sources: &mut Sources, texts: &[String]) -> Document {
    let files: Vec<_> = texts.iter().enumerate().map(|(at, text)| sources.add(format!("{at}.md"), text)).collect();
    markdown::parse(sources, &files).value
}

fn measure(name: &str, old: &[String], new: &[String]) {
    let mut sources = Sources::default();
    let (old, new) = (parsed(&mut sources, old), parsed(&mut sources, new));
    let begun = Instant::now();
    let comparison = compare(&old, &new, &Options::default());
    let taken = begun.elapsed();
    let Comparison { document, changes, coarsened } = &comparison;
    let proved = [(Side::Old, &old), (Side::New, &new)].map(|(side, whole)| difference(&document.side(side), whole));
    let mut words = Words::default();
    document.parts.iter().for_each(|part| words.read(&part.blocks));
    document.notes.iter().for_each(|note| words.read(&note.blocks));
    println!(
        "{name}: {taken:.1?}, {changes} changes, words -{} +{}, moved {}, coarsened {}, differs {proved:?}",
        words.count[0],
        words.count[1],
        words.moved,
        coarsened.len()
    );
    if std::env::var_os("SHOW").is_some() {
        words.shown.iter().for_each(|line| println!("{line}"));
    }
}

/// Words that stand in one version only.
#[derive(Default)]
struct Words {
    count: [usize; 2],
    moved: usize,
    shown: Vec<String>,
    line: String,
}

impl Words {
    fn read(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.line.clear();
            match block.change.as_ref().and_then(|change| change.standing.as_ref()) {
                Some(standing) => self.whole(standing.kind, &plain_text_of_blocks(std::slice::from_ref(block))),
                None => walk_block(block, self),
            }
            if self.line.contains(['[', '{']) {
                self.shown.push(std::mem::take(&mut self.line));
            }
        }
    }

    fn whole(&mut self, kind: StandingKind, text: &str) {
        let count = text.split_whitespace().count();
        let (sign, to) = match kind {
            StandingKind::Deleted => ("[-", Some(0)),
            StandingKind::Inserted => ("{+", Some(1)),
            StandingKind::MovedFrom => ("[<", None),
            StandingKind::MovedTo => ("{>", None),
        };
        match to {
            Some(at) => self.count[at] += count,
            None => self.moved += count,
        }
        self.line.push_str(&format!("{sign}{text}{}", if sign.starts_with('[') { "]" } else { "}" }));
    }
}

impl<'a> Visit<'a> for Words {
    fn inline(&mut self, inline: &'a Inline) {
        let InlineKind::Text(text) = &inline.kind else { return };
        match inline.change.as_ref().and_then(|change| change.standing.as_ref()) {
            Some(standing) => self.whole(standing.kind, text),
            None => self.line.push_str(text),
        }
    }

    fn block(&mut self, block: &'a Block) {
        // Items and rows that stand whole in one version are read with their blocks.
        let within = |side: Side, blocks: &[Block], words: &mut Self| {
            words.whole(StandingKind::on(side), &plain_text_of_blocks(blocks));
        };
        if let BlockKind::List(list) = &block.kind {
            for item in &list.items {
                if let Some(standing) = item.change.as_ref().and_then(|change| change.standing.as_ref()) {
                    within(standing.kind.side(), &item.blocks, self);
                }
            }
        }
        if let BlockKind::Table(table) = &block.kind {
            for row in table.head.iter().chain(&table.body) {
                if let Some(standing) = row.change.as_ref().and_then(|change| change.standing.as_ref()) {
                    row.cells.iter().for_each(|cell| within(standing.kind.side(), &cell.blocks, self));
                }
            }
        }
    }
}
