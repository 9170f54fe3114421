//! Paragraphs that were split, and paragraphs that were merged.
//!
//! In: steps through two rows of blocks. Out: the same steps, some as a [`Plan::Split`] or [`Plan::Merge`]: one paragraph against
//! two to eight neighbours of the other version that say nearly the same together.

use std::ops::Range;

use super::align::{Step, Unit};
use super::words::{Bag, alike};
use super::{Work, block, line};
use crate::document::{Block, BlockKind, Inline, ParagraphEnd, Side};

/// What is done with blocks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Plan {
    /// A plain step.
    Step(Step),
    /// One old paragraph and several new ones.
    Split(usize, Range<usize>),
    /// Several old paragraphs and a new one.
    Merge(Range<usize>, usize),
}

/// How many paragraphs are one at most.
const MOST_PARTS: usize = 8;
/// How much of it must be the same.
const LEAST: f64 = 0.9;
/// Blocks of both versions in a stretch that is looked through in full.
const MOST_PAIRS: usize = 2_500;

/// Finds splits and merges among steps.
pub(super) fn plan(old: &[Block], new: &[Block], units: (&[Unit], &[Unit]), steps: &[Step]) -> Vec<Plan> {
    let same = |step: &Step| matches!(step, Step::Both(i, j) if units.0[*i].hash == units.1[*j].hash);
    let mut plan = Vec::with_capacity(steps.len());
    for stretch in steps.chunk_by(|one, other| !same(one) && !same(other)) {
        let olds = stretch.iter().filter(|step| !matches!(step, Step::New(_))).count();
        let news = stretch.iter().filter(|step| !matches!(step, Step::Old(_))).count();
        if olds == 0 || news == 0 || olds + news < 3 || olds * news > MOST_PAIRS {
            plan.extend(stretch.iter().copied().map(Plan::Step));
        } else {
            plan.extend(Stretch::of(old, new, stretch).plan());
        }
    }
    plan
}

/// Steps without one that is the same in both.
struct Stretch<'b> {
    old: &'b [Block],
    new: &'b [Block],
    olds: Range<usize>,
    news: Range<usize>,
    /// What stands for both so far: ranges of either.
    both: Vec<(Range<usize>, Range<usize>)>,
    old_bags: Vec<Bag>,
    new_bags: Vec<Bag>,
}

impl<'b> Stretch<'b> {
    fn of(old: &'b [Block], new: &'b [Block], steps: &[Step]) -> Self {
        let (mut olds, mut news, mut both) = (None::<Range<usize>>, None::<Range<usize>>, Vec::new());
        let grow = |range: &mut Option<Range<usize>>, at: usize| {
            let start = range.as_ref().map_or(at, |range| range.start);
            *range = Some(start..at + 1);
        };
        for step in steps {
            match *step {
                Step::Both(i, j) => {
                    grow(&mut olds, i);
                    grow(&mut news, j);
                    both.push((i..i + 1, j..j + 1));
                }
                Step::Old(i) => grow(&mut olds, i),
                Step::New(j) => grow(&mut news, j),
            }
        }
        let (olds, news) = (olds.unwrap_or_default(), news.unwrap_or_default());
        let bags = |blocks: &[Block]| {
            blocks.iter().map(|block| Bag::of_blocks(std::slice::from_ref(block))).collect::<Vec<Bag>>()
        };
        let (old_bags, new_bags) = (bags(&old[olds.clone()]), bags(&new[news.clone()]));
        Self { old, new, olds, news, both, old_bags, new_bags }
    }

    fn plan(mut self) -> Vec<Plan> {
        for i in self.olds.clone() {
            let parts = (self.new_bags.as_slice(), self.news.clone());
            if let Some(window) = window(
                &self.old_bags[i - self.olds.start],
                parts,
                |j| alone(&self.old[i], &self.new[j]),
                |a, b| self.new[a].span.file == self.new[b].span.file,
            ) {
                self.take(i..i + 1, window);
            }
        }
        for j in self.news.clone() {
            let parts = (self.old_bags.as_slice(), self.olds.clone());
            if let Some(window) = window(
                &self.new_bags[j - self.news.start],
                parts,
                |i| alone(&self.old[i], &self.new[j]),
                |a, b| self.old[a].span.file == self.old[b].span.file,
            ) {
                self.take(window, j..j + 1);
            }
        }
        let mut plan = Vec::new();
        let mut from = (self.olds.start, self.news.start);
        for (i, j) in self.both.into_iter().chain([(self.olds.end..self.olds.end, self.news.end..self.news.end)]) {
            plan.extend((from.0..i.start).map(|at| Plan::Step(Step::Old(at))));
            plan.extend((from.1..j.start).map(|at| Plan::Step(Step::New(at))));
            from = (i.end, j.end);
            match (i.len(), j.len()) {
                (0, _) | (_, 0) => {}
                (1, 1) => plan.push(Plan::Step(Step::Both(i.start, j.start))),
                (1, _) => plan.push(Plan::Split(i.start, j)),
                (_, _) => plan.push(Plan::Merge(i, j.start)),
            }
        }
        plan
    }

    /// Takes a split or merge for what it stands for, unless something else stands across it.
    fn take(&mut self, i: Range<usize>, j: Range<usize>) {
        let within = |(a, b): &(Range<usize>, Range<usize>)| {
            i.start <= a.start && a.end <= i.end && j.start <= b.start && b.end <= j.end
        };
        let before = |(a, b): &(Range<usize>, Range<usize>)| a.end <= i.start && b.end <= j.start;
        let behind = |(a, b): &(Range<usize>, Range<usize>)| i.end <= a.start && j.end <= b.start;
        if self.both.iter().all(|both| within(both) || before(both) || behind(both)) {
            self.both.retain(|both| !within(both));
            self.both.push((i, j));
            self.both.sort_by_key(|(i, j)| (i.start, j.start));
        }
    }
}

/// The neighbours that say together what a paragraph says: of one file, since a paragraph ends with its file.
fn window(
    whole: &Bag,
    (parts, at): (&[Bag], Range<usize>),
    fits: impl Fn(usize) -> bool,
    together: impl Fn(usize, usize) -> bool,
) -> Option<Range<usize>> {
    let mut best: Option<(f64, Range<usize>)> = None;
    for start in 0..parts.len() {
        let mut bag = Bag::default();
        for (end, part) in parts.iter().enumerate().skip(start).take(MOST_PARTS) {
            let (first, last) = (at.start + start, at.start + end);
            if !fits(last) || !together(first, last) || part.total == 0 {
                break;
            }
            bag = bag.and(part);
            if bag.total > whole.total.saturating_mul(2) {
                break;
            }
            let alike = alike(whole, &bag);
            if end > start && alike >= LEAST && best.as_ref().is_none_or(|(most, _)| alike > *most) {
                best = Some((alike, first..last + 1));
            }
        }
    }
    best.map(|(_, window)| window)
}

/// Whether two are paragraphs of one form.
fn alone(old: &Block, new: &Block) -> bool {
    let paragraphs = matches!((&old.kind, &new.kind), (BlockKind::Paragraph(_), BlockKind::Paragraph(_)));
    paragraphs && old.attributes == new.attributes
}

fn content(block: &Block) -> &[Inline] {
    if let BlockKind::Paragraph(content) = &block.kind { content } else { &[] }
}

/// A paragraph and those that it was split into.
pub(super) fn split(work: &mut Work<'_>, old: &Block, new: &[Block]) -> Option<Vec<Block>> {
    join(work, std::slice::from_ref(old), new, new, Side::New)
}

/// Paragraphs and the one that they were merged into.
pub(super) fn merge(work: &mut Work<'_>, old: &[Block], new: &Block) -> Option<Vec<Block>> {
    join(work, old, std::slice::from_ref(new), old, Side::Old)
}

/// The paragraphs of both, of which there are as many as one version has.
fn join(work: &mut Work<'_>, old: &[Block], new: &[Block], several: &[Block], side: Side) -> Option<Vec<Block>> {
    let point = work.point();
    let contents = |blocks: &'_ [Block]| blocks.iter().map(|block| content(block).to_vec()).collect::<Vec<_>>();
    let (before, after) = (contents(old), contents(new));
    let before: Vec<&[Inline]> = before.iter().map(Vec::as_slice).collect();
    let after: Vec<&[Inline]> = after.iter().map(Vec::as_slice).collect();
    let mark = work.mark();
    let lines = line::lines(work, &before, &after, mark.number);
    let last = several.len() - 1;
    let mut both = Vec::with_capacity(several.len());
    let count = lines.len();
    for (at, (block, content)) in several.iter().zip(lines).enumerate() {
        let attributes = new[0].attributes.clone();
        let mut block = Block { kind: BlockKind::Paragraph(content), attributes, ..block.clone() };
        if at < last {
            block.change.get_or_insert_default().end = Some(ParagraphEnd { side, mark: mark.clone() });
        }
        both.push(block);
    }
    if count == several.len() && block::proved(&both, old, new) {
        return Some(both);
    }
    work.back(&point);
    work.coarsened.push(new[0].span);
    None
}
