//! What a redline gives a reader to read.
//!
//! In: a redline. Out: how many words it shows as gone and come, in how many places, how many of them are the same on both sides of a change, and how
//! many words that stayed stand alone between two changes.

use std::collections::{BTreeMap, HashMap};

use rapporteur::document::{
    Block, Change, Document, Inline, InlineKind, Run, Side, StandingKind, Visit, plain_text_of_blocks, runs, walk_block,
};

/// What is measured.
#[derive(Default)]
pub struct Measure {
    /// Words deleted and inserted.
    pub words: [usize; 2],
    /// Words that are moved, counted where they stand now.
    pub moved: usize,
    /// Stretches of text, and blocks, items and rows that are whole.
    pub places: usize,
    /// Words that a change both takes away and brings.
    pub common: usize,
    /// Words that stay, one or two of them between two changed stretches.
    pub islands: usize,
    changes: BTreeMap<u32, [Vec<String>; 2]>,
}

impl Measure {
    /// Of a redline.
    pub fn of(document: &Document) -> Self {
        let mut measure = Self::default();
        let rows = document.parts.iter().map(|part| &part.blocks);
        for blocks in rows.chain(document.notes.iter().map(|note| &note.blocks)) {
            measure.blocks(blocks);
        }
        for sides in measure.changes.values() {
            let mut before: HashMap<&str, usize> = HashMap::new();
            sides[0].iter().for_each(|word| *before.entry(word).or_default() += 1);
            for word in &sides[1] {
                if let Some(left) = before.get_mut(word.as_str()).filter(|left| **left > 0) {
                    *left -= 1;
                    measure.common += 1;
                }
            }
        }
        measure
    }

    fn blocks(&mut self, blocks: &[Block]) {
        blocks.iter().for_each(|block| walk_block(block, self));
    }

    fn add(&mut self, kind: StandingKind, number: u32, text: &str) {
        let words = text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric));
        let words: Vec<String> = words.map(str::to_owned).collect();
        match kind {
            StandingKind::MovedFrom => return,
            StandingKind::MovedTo => return self.moved += words.len(),
            StandingKind::Deleted | StandingKind::Inserted => {}
        }
        let at = usize::from(kind.side() == Side::New);
        self.words[at] += words.len();
        self.changes.entry(number).or_default()[at].extend(words);
    }

    fn whole(&mut self, change: Option<&Change>, text: impl Fn() -> String) {
        if let Some(standing) = change.and_then(|change| change.standing.as_ref()) {
            self.places += 1;
            self.add(standing.kind, standing.mark.number, &text());
        }
    }

    /// The leaves of a line that a block holds itself.
    fn line(&mut self, inlines: &[Inline]) {
        let (mut last, mut between) = (None, String::new());
        for run in runs(inlines) {
            let Run { leaf, .. } = run;
            let atom = if leaf.kind == InlineKind::SoftBreak { " " } else { "\u{fffc}" };
            let text = if let InlineKind::Text(text) = &leaf.kind { text.as_str() } else { atom };
            let Some(standing) = leaf.change.as_ref().and_then(|change| change.standing.as_ref()) else {
                between.push_str(text);
                continue;
            };
            self.add(standing.kind, standing.mark.number, text);
            if last != Some(standing.mark.number) {
                self.places += 1;
                let words = between.split_whitespace().count();
                if last.is_some() && (1..3).contains(&words) && !between.contains('\u{fffc}') {
                    self.islands += words;
                }
            }
            last = Some(standing.mark.number);
            between.clear();
        }
    }
}

impl<'a> Visit<'a> for Measure {
    fn block(&mut self, block: &'a Block) {
        use rapporteur::document::BlockKind as Kind;
        self.whole(block.change.as_deref(), || plain_text_of_blocks(std::slice::from_ref(block)));
        if let Kind::Paragraph(content) = &block.kind {
            self.line(content);
        }
        if let Kind::Heading(heading) = &block.kind {
            self.line(&heading.content);
        }
        if let Kind::List(list) = &block.kind {
            for item in &list.items {
                self.whole(item.change.as_deref(), || plain_text_of_blocks(&item.blocks));
            }
        }
        if let Kind::Table(table) = &block.kind {
            for row in table.head.iter().chain(&table.body) {
                let cells = || row.cells.iter().map(|cell| plain_text_of_blocks(&cell.blocks)).collect::<Vec<_>>();
                self.whole(row.change.as_deref(), || cells().join(" "));
                for cell in &row.cells {
                    self.whole(cell.change.as_deref(), || plain_text_of_blocks(&cell.blocks));
                }
            }
        }
    }
}

/// Words that `git diff --word-diff` shows as gone and come.
pub fn word_diff(old: &str, new: &str) -> Option<[usize; 2]> {
    let folder = tempfile::tempdir().ok()?;
    let paths = [folder.path().join("old.md"), folder.path().join("new.md")];
    std::fs::write(&paths[0], old).ok()?;
    std::fs::write(&paths[1], new).ok()?;
    let arguments = ["diff", "--no-index", "--word-diff=porcelain", "--unified=0"];
    let output = std::process::Command::new("git").args(arguments).args(&paths).output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let count = |sign: char, head: &str| {
        let lines = text.lines().filter(|line| line.starts_with(sign) && !line.starts_with(head));
        lines.map(|line| line[1..].split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count()).sum()
    };
    Some([count('-', "---"), count('+', "+++")])
}
