//! How alike two texts are.
//!
//! In: blocks. Out: [`Bag`]s of their words, and how much of two is in both (Dice), rare words weighing more. Cheap, and bounded: of a
//! long text only some words are kept, the same of each.

use std::collections::HashMap;

use super::canon;
use crate::document::{Block, BlockKind, Inline, InlineKind, Visit, stands_alone, walk_blocks, walk_inlines};

/// Different words that a bag holds at most: those of the lowest digests, so that two long texts keep the same.
const MOST_WORDS: usize = 512;

/// Words by their digests, ascending, and how often each is there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Bag {
    words: Vec<(u64, u32)>,
    /// All that were counted.
    pub(super) total: u32,
}

impl Bag {
    /// The words of blocks.
    pub(super) fn of_blocks(blocks: &[Block]) -> Self {
        let mut words = Words::default();
        walk_blocks(blocks, &mut words);
        words.bag()
    }

    /// The words of a line and of blocks.
    pub(super) fn of_both(line: &[Inline], blocks: &[Block]) -> Self {
        let mut words = Words::default();
        walk_inlines(line, &mut words);
        walk_blocks(blocks, &mut words);
        words.bag()
    }

    /// Both together.
    pub(super) fn and(mut self, other: &Self) -> Self {
        self.words.extend(&other.words);
        Self { words: counted(self.words), total: self.total + other.total }
    }

    /// Each word once.
    pub(super) fn distinct(&self) -> impl Iterator<Item = u64> {
        self.words.iter().map(|(word, _)| *word)
    }
}

/// Digests of words, as they are met.
#[derive(Default)]
struct Words(Vec<(u64, u32)>);

impl Words {
    fn text(&mut self, text: &str) {
        let mut start = None;
        for (at, c) in text.char_indices() {
            let apart = !c.is_alphanumeric() || stands_alone(c);
            match (start, apart) {
                (None, false) => start = Some(at),
                (Some(from), true) => {
                    self.word(&text[from..at]);
                    start = None;
                }
                (None, true) | (Some(_), false) => {}
            }
            if stands_alone(c) {
                self.word(&text[at..at + c.len_utf8()]);
            }
        }
        if let Some(from) = start {
            self.word(&text[from..]);
        }
    }

    fn word(&mut self, word: &str) {
        self.0.push((canon::hash(word), 1));
    }

    fn bag(self) -> Bag {
        let total = u32::try_from(self.0.len()).unwrap_or(u32::MAX);
        Bag { words: counted(self.0), total }
    }
}

fn counted(mut words: Vec<(u64, u32)>) -> Vec<(u64, u32)> {
    words.sort_unstable();
    words.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        if same {
            kept.1 += next.1;
        }
        same
    });
    words.truncate(MOST_WORDS);
    words
}

impl Visit<'_> for Words {
    fn block(&mut self, block: &Block) {
        match &block.kind {
            BlockKind::CodeBlock(code) => self.text(&code.literal),
            BlockKind::Formula(formula) => self.text(&formula.source),
            BlockKind::Figure(figure) => {
                self.word(&figure.image.destination);
                self.text(&figure.image.alternative);
            }
            BlockKind::Paragraph(_)
            | BlockKind::Heading(_)
            | BlockKind::List(_)
            | BlockKind::DescriptionList(_)
            | BlockKind::BlockQuote(_)
            | BlockKind::Box(_)
            | BlockKind::Table(_)
            | BlockKind::ThematicBreak
            | BlockKind::Details(_)
            | BlockKind::Division(_)
            | BlockKind::Bibliography(_) => {}
        }
    }

    fn inline(&mut self, inline: &Inline) {
        match &inline.kind {
            InlineKind::Text(text) | InlineKind::Code(text) => self.text(text),
            InlineKind::Image(image) => self.word(&image.destination),
            InlineKind::Formula(formula) => self.word(&formula.source),
            InlineKind::Reference(reference) => self.word(reference.label.as_str()),
            InlineKind::Citation(citation) => self.word(&citation.source),
            InlineKind::SoftBreak
            | InlineKind::LineBreak
            | InlineKind::Emphasis(_)
            | InlineKind::Strong(_)
            | InlineKind::Strikethrough(_)
            | InlineKind::Highlight(_)
            | InlineKind::Superscript(_)
            | InlineKind::Subscript(_)
            | InlineKind::Link(_)
            | InlineKind::Note(_)
            | InlineKind::Span(..) => {}
        }
    }
}

/// What words weigh among some texts: the more of these hold one, the less it says.
pub(super) struct Weights(HashMap<u64, u32>);

impl Weights {
    /// Of the texts at hand.
    pub(super) fn of<'b>(bags: impl Iterator<Item = &'b Bag>) -> Self {
        let mut met = HashMap::new();
        for word in bags.flat_map(Bag::distinct) {
            *met.entry(word).or_default() += 1;
        }
        Self(met)
    }

    /// How many of the texts hold a word.
    pub(super) fn met(&self, word: u64) -> u32 {
        self.0.get(&word).copied().unwrap_or_default()
    }

    fn weight(&self, word: u64) -> f64 {
        1.0 / f64::from(self.met(word).max(2)).sqrt()
    }

    /// How much of two texts is in both, from 0 to 1: two without a word are alike.
    pub(super) fn alike(&self, one: &Bag, other: &Bag) -> f64 {
        dice(one, other, |word| self.weight(word))
    }
}

/// The same with all words alike.
pub(super) fn alike(one: &Bag, other: &Bag) -> f64 {
    dice(one, other, |_| 1.0)
}

fn dice(one: &Bag, other: &Bag, weight: impl Fn(u64) -> f64) -> f64 {
    let all = |bag: &Bag| bag.words.iter().map(|(word, count)| weight(*word) * f64::from(*count)).sum::<f64>();
    let whole = all(one) + all(other);
    if whole == 0.0 {
        return 1.0;
    }
    let (mut here, mut there) = (one.words.iter().peekable(), other.words.iter().peekable());
    let mut both = 0.0;
    while let (Some((a, count)), Some((b, others))) = (here.peek(), there.peek()) {
        match a.cmp(b) {
            std::cmp::Ordering::Less => drop(here.next()),
            std::cmp::Ordering::Greater => drop(there.next()),
            std::cmp::Ordering::Equal => {
                both += weight(*a) * f64::from(*count.min(others));
                here.next();
                there.next();
            }
        }
    }
    2.0 * both / whole
}
