//! A line as tokens: the only home of icu_segmenter.
//!
//! In: the inlines of a paragraph, or of several that are one in the other version. Out: [`Line`]: its text, the leaves that it
//! is made of, its tokens: words as Unicode has them (Chinese, Japanese, Thai and the like by dictionary), and each space, mark and atom
//! for itself. No grapheme is ever cut.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::ops::Range;

use icu_segmenter::options::WordBreakInvariantOptions;
use icu_segmenter::{WordSegmenter, WordSegmenterBorrowed};

use super::canon;
use crate::document::{Format, Inline, InlineKind, NodeId, Run, runs};

/// What stands in a line's text for an image, note, formula, …
const ATOM: &str = "\u{fffc}";

/// A line that is to be compared.
pub(super) struct Line {
    pub(super) text: String,
    /// Leaves, by what they cover of the text.
    pub(super) pieces: Vec<(Range<usize>, Run)>,
    pub(super) tokens: Vec<Token>,
    /// Where one paragraph ends and the next begins, as the first token of the next.
    pub(super) cuts: Vec<usize>,
}

/// A token.
#[derive(Debug, Clone)]
pub(super) struct Token {
    pub(super) range: Range<usize>,
    /// What it says, and in which link.
    pub(super) sign: u64,
    pub(super) class: TokenClass,
}

/// What a token is to a reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TokenClass {
    /// It says something.
    Word,
    /// So common that it says nothing by itself.
    Stop,
    /// White space.
    Space,
    /// The end of a sentence.
    End,
    /// Any other mark.
    Mark,
    /// No text.
    Atom,
}

impl TokenClass {
    /// Whether it is a word of any kind.
    pub(super) fn is_word(self) -> bool {
        matches!(self, Self::Word | Self::Stop)
    }
}

/// Words that say nothing by themselves, in the six languages of the United Nations as far as they write them apart.
const STOP: &str = " a an and as at be by for from in is it its not of on or that the this to was with \
    au aux avec ce d dans de des du en est et il l la le les ne par pas pour qu que qui se sur un une \
    al con del e el en es las lo los no o para por se su un una y \
    в и к на не о от по с у что \
    من في على إلى عن أن و ما لا ";

impl Line {
    /// Of one paragraph, or of several one behind the other.
    pub(super) fn of(paragraphs: &[&[Inline]]) -> Self {
        let mut line = Self { text: String::new(), pieces: Vec::new(), tokens: Vec::new(), cuts: Vec::new() };
        let mut ends = Vec::new();
        for paragraph in paragraphs {
            line.add(runs(paragraph));
            ends.push(line.text.len());
        }
        ends.pop();
        line.split(&ends);
        line.cuts = ends.iter().map(|end| line.tokens.partition_point(|token| token.range.start < *end)).collect();
        line
    }

    fn add(&mut self, runs: Vec<Run>) {
        for run in runs {
            let start = self.text.len();
            self.text.push_str(run.leaf.kind.words().unwrap_or(ATOM));
            if start < self.text.len() {
                self.pieces.push((start..self.text.len(), run));
            }
        }
    }

    /// Cuts the text into tokens; none goes over an end of a paragraph or of a link.
    fn split(&mut self, ends: &[usize]) {
        let links: Vec<u64> = self.pieces.iter().map(|(_, run)| link_sign(run)).collect();
        let mut breaks: Vec<usize> = Vec::new();
        let mut from = 0;
        // Each paragraph for itself: the full stop of one and the first letter of the next are no word.
        for &end in ends.iter().chain([&self.text.len()]) {
            breaks.extend(segmenter().segment_str(&self.text[from..end]).map(|at| from + at));
            from = end;
        }
        breaks.extend(self.pieces.windows(2).zip(links.windows(2)).filter_map(|(pieces, links)| {
            let apart = links[0] != links[1] || is_atom(&pieces[0].1) || is_atom(&pieces[1].1);
            apart.then_some(pieces[0].0.end)
        }));
        breaks.extend([0, self.text.len()]);
        breaks.sort_unstable();
        breaks.dedup();
        let mut at = 0;
        for range in breaks.windows(2).map(|ends| ends[0]..ends[1]) {
            while self.pieces[at].0.end <= range.start {
                at += 1;
            }
            let (text, run) = (&self.text[range.clone()], &self.pieces[at].1);
            let (class, said) = if is_atom(run) {
                let mut said = String::new();
                canon::atom(&run.leaf.kind, &mut said);
                (TokenClass::Atom, said)
            } else {
                let class = class_of(text);
                // Several spaces are one.
                let one = class == TokenClass::Space && text.chars().all(canon::is_space);
                (class, if one { " ".to_owned() } else { text.to_owned() })
            };
            let mut hasher = DefaultHasher::new();
            (said, class == TokenClass::Atom, links[at]).hash(&mut hasher);
            self.tokens.push(Token { range, sign: hasher.finish(), class });
        }
    }

    /// What the tokens say, in order.
    pub(super) fn signs(&self) -> Vec<u64> {
        self.tokens.iter().map(|token| token.sign).collect()
    }

    /// The text that some tokens cover.
    pub(super) fn covered(&self, tokens: &Range<usize>) -> Range<usize> {
        match self.tokens.get(tokens.clone()).and_then(|tokens| Some((tokens.first()?, tokens.last()?))) {
            Some((first, last)) => first.range.start..last.range.end,
            None => {
                let at = self.tokens.get(tokens.start).map_or(self.text.len(), |token| token.range.start);
                at..at
            }
        }
    }

    /// The pieces that a stretch of text is made of, each as far as it belongs to it.
    pub(super) fn pieces(&self, text: Range<usize>) -> impl Iterator<Item = (Range<usize>, &Run)> {
        let first = self.pieces.partition_point(|(range, _)| range.end <= text.start);
        let within = self.pieces[first..].iter().take_while(move |(range, _)| range.start < text.end);
        within.map(move |(range, run)| (range.start.max(text.start)..range.end.min(text.end), run))
    }

    /// A piece's leaf, as far as a stretch of text goes.
    pub(super) fn leaf(&self, text: &Range<usize>, run: &Run) -> Run {
        let mut run = run.clone();
        if let InlineKind::Text(inner) = &mut run.leaf.kind {
            *inner = self.text[text.clone()].to_owned();
        }
        run
    }

    /// The note that a token refers to.
    pub(super) fn note(&self, token: usize) -> Option<NodeId> {
        let token = &self.tokens[token];
        let (_, run) = self.pieces(token.range.clone()).next()?;
        if let InlineKind::Note(id) = run.leaf.kind { Some(id) } else { None }
    }
}

fn segmenter() -> WordSegmenterBorrowed<'static> {
    WordSegmenter::new_dictionary(WordBreakInvariantOptions::default())
}

fn is_atom(run: &Run) -> bool {
    !matches!(run.leaf.kind, InlineKind::Text(_) | InlineKind::SoftBreak)
}

/// Which link a leaf stands in, and in which place of a report that has a name: a change of either is one of text.
fn link_sign(run: &Run) -> u64 {
    let link = run.around.iter().find_map(|around| match &around.format {
        Format::Link { destination, title, attributes } => Some((destination, title, format!("{attributes:?}"))),
        Format::Emphasis
        | Format::Strong
        | Format::Strikethrough
        | Format::Highlight
        | Format::Superscript
        | Format::Subscript
        | Format::Code
        | Format::Span(_) => None,
    });
    let mut hasher = DefaultHasher::new();
    link.hash(&mut hasher);
    hasher.finish()
}

fn class_of(text: &str) -> TokenClass {
    if text.chars().all(char::is_whitespace) {
        TokenClass::Space
    } else if text.chars().any(char::is_alphanumeric) {
        let lower = text.to_lowercase();
        let stop = !text.contains(' ') && STOP.contains(&format!(" {lower} "));
        if stop { TokenClass::Stop } else { TokenClass::Word }
    } else if text.starts_with(['.', '!', '?', '。', '！', '？', '؟', '…', ';', '；', '؛', ':', '：']) {
        TokenClass::End
    } else {
        TokenClass::Mark
    }
}
