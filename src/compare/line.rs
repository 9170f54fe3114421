//! Two lines as one.
//!
//! In: the inlines of both. Out: one line whose leaves say what was inserted and deleted, and what stood in another format. Text is aligned first,
//! formats are compared where it is the same; what stands in another link is other text.

use std::collections::HashMap;
use std::ops::Range;

use super::hunk::{self, Hunk};
use super::tidy;
use super::token::{Line, TokenClass};
use super::{Work, mark};
use crate::document::{Change, Format, Former, Inline, Mark, NodeId, Run, StandingKind, Was, inlines};

/// Both lines as one.
pub(super) fn line(work: &mut Work<'_>, old: &[Inline], new: &[Inline]) -> Vec<Inline> {
    let (before, after) = (Line::of(&[old]), Line::of(&[new]));
    let hunks = hunks(work, &before, &after);
    let mut both = Both::of(work, &before, &after);
    both.write(&hunks);
    if both.changed { inlines(both.out) } else { new.to_vec() }
}

/// Several paragraphs of one version and one of the other, as the several. The space that parts them where they are one comes and goes with
/// the change that parts or joins them.
pub(super) fn lines(work: &mut Work<'_>, old: &[&[Inline]], new: &[&[Inline]], end: u32) -> Vec<Vec<Inline>> {
    let (before, after) = (Line::of(old), Line::of(new));
    let hunks = hunks(work, &before, &after);
    let mut both = Both::of(work, &before, &after);
    both.end = Some(end);
    both.write(&hunks);
    let mut out = both.out;
    let mut parts: Vec<Vec<Inline>> = Vec::new();
    for cut in both.cuts.into_iter().rev() {
        parts.push(inlines(out.split_off(cut)));
    }
    parts.push(inlines(out));
    parts.reverse();
    parts
}

/// Where they differ, as a reader wants it.
fn hunks(work: &mut Work<'_>, old: &Line, new: &Line) -> Vec<Hunk> {
    let mut found = tidy::tidy(old, new, hunk::hunks(&old.signs(), &new.signs()));
    // A reference to another note is another reference: told last, when it is known which of them stay.
    let mut others = Vec::new();
    for (here, there) in hunk::between(&found, old.tokens.len(), new.tokens.len()) {
        for (i, j) in here.zip(there) {
            if let (Some(one), Some(other)) = (old.note(i), new.note(j))
                && !work.pair_notes(one, other)
            {
                others.push(Hunk { old: i..i + 1, new: j..j + 1 });
            }
        }
    }
    if !others.is_empty() {
        found.extend(others);
        found.sort_by_key(|hunk| (hunk.old.start, hunk.new.start));
        found = tidy::apart(found);
    }
    found
}

struct Both<'l, 'w, 'd> {
    work: &'w mut Work<'d>,
    old: &'l Line,
    new: &'l Line,
    out: Vec<Run>,
    /// Where in `out` a paragraph begins.
    cuts: Vec<usize>,
    /// The change that parts or joins paragraphs.
    end: Option<u32>,
    /// Links of the old line that are links of the new.
    links: HashMap<NodeId, NodeId>,
    /// What the last leaf was before its format changed, and by which change.
    reformatted: Option<(Vec<Format>, Mark)>,
    changed: bool,
}

impl<'l, 'w, 'd> Both<'l, 'w, 'd> {
    fn of(work: &'w mut Work<'d>, old: &'l Line, new: &'l Line) -> Self {
        Self {
            work,
            old,
            new,
            out: Vec::new(),
            cuts: Vec::new(),
            end: None,
            links: HashMap::new(),
            reformatted: None,
            changed: false,
        }
    }

    fn write(&mut self, hunks: &[Hunk]) {
        let stretches = hunk::between(hunks, self.old.tokens.len(), self.new.tokens.len());
        for (here, there) in &stretches {
            self.link(here, there);
        }
        let mut stretches = stretches.into_iter().peekable();
        for hunk in hunks {
            if let Some((here, there)) = stretches.next_if(|(here, _)| here.end <= hunk.old.start) {
                self.same(here, there);
            }
            self.hunk(hunk);
        }
        for (here, there) in stretches {
            self.same(here, there);
        }
    }

    /// Learns which links are the same.
    fn link(&mut self, here: &Range<usize>, there: &Range<usize>) {
        for (_, run, other) in pairs((self.old, here), (self.new, there)) {
            if let (Some(one), Some(other)) = (run.link(), other.link()) {
                self.links.entry(one.id).or_insert(other.id);
            }
        }
    }

    /// What is the same in both, but for its format.
    fn same(&mut self, here: Range<usize>, there: Range<usize>) {
        let mut from = (here.start, there.start);
        // Up to where a paragraph begins in either.
        let (old_cuts, new_cuts) = (&self.old.cuts, &self.new.cuts);
        let cuts = old_cuts.iter().filter(|cut| here.contains(cut)).map(|cut| cut - here.start);
        let mut cuts: Vec<usize> =
            cuts.chain(new_cuts.iter().filter(|cut| there.contains(cut)).map(|cut| cut - there.start)).collect();
        cuts.sort_unstable();
        cuts.dedup();
        for cut in cuts {
            let to = (here.start + cut, there.start + cut);
            self.stretch(&(from.0..to.0), &(from.1..to.1));
            self.cuts.push(self.out.len());
            from = to;
        }
        self.stretch(&(from.0..here.end), &(from.1..there.end));
    }

    fn stretch(&mut self, here: &Range<usize>, there: &Range<usize>) {
        for (text, was, run) in pairs((self.old, here), (self.new, there)) {
            let mut run = self.new.leaf(&text, run);
            if (was.around.is_empty() && run.around.is_empty()) || was.formats() == run.formats() {
                self.reformatted = None;
            } else {
                self.changed = true;
                let was = was.formats();
                let mark = match &self.reformatted {
                    Some((before, mark)) if *before == was => mark.clone(),
                    Some(_) | None => self.work.mark(),
                };
                self.reformatted = Some((was.clone(), mark.clone()));
                let former = Some(Former { was: Was::Run(was), mark });
                run.leaf.change = Some(std::boxed::Box::new(Change { former, ..Change::default() }));
            }
            self.out.push(run);
        }
    }

    fn hunk(&mut self, hunk: &Hunk) {
        self.changed = true;
        self.reformatted = None;
        let space = |line: &Line, tokens: &Range<usize>| {
            line.tokens[tokens.clone()].iter().all(|token| token.class == TokenClass::Space)
        };
        let spaces = space(self.old, &hunk.old) && space(self.new, &hunk.new);
        let number = self.end.filter(|_| spaces).unwrap_or_else(|| self.work.mark().number);
        self.only(self.old, &hunk.old, StandingKind::Deleted, number);
        self.only(self.new, &hunk.new, StandingKind::Inserted, number);
    }

    /// What stands in one version only.
    fn only(&mut self, line: &'l Line, tokens: &Range<usize>, kind: StandingKind, number: u32) {
        let mut from = tokens.start;
        for cut in line.cuts.iter().filter(|cut| tokens.contains(cut)) {
            self.pieces(line, &(from..*cut), kind, number);
            self.cuts.push(self.out.len());
            from = *cut;
        }
        self.pieces(line, &(from..tokens.end), kind, number);
    }

    fn pieces(&mut self, line: &'l Line, tokens: &Range<usize>, kind: StandingKind, number: u32) {
        if tokens.is_empty() {
            return;
        }
        for (text, run) in line.pieces(line.covered(tokens)) {
            let mut run = line.leaf(&text, run);
            for around in &mut run.around {
                if let Some(id) = self.links.get(&around.id) {
                    around.id = *id;
                }
            }
            run.leaf.change = Change::stands(kind, mark(number));
            self.out.push(run);
        }
    }
}

/// Stretches of the same tokens, cut wherever a leaf of either ends: in the new text, the old leaf, the new leaf.
fn pairs<'l>(
    (old, here): (&'l Line, &Range<usize>),
    (new, there): (&'l Line, &Range<usize>),
) -> Vec<(Range<usize>, &'l Run, &'l Run)> {
    let mut found = Vec::new();
    let (mut from, mut to) = (here.start, there.start);
    for (i, j) in here.clone().zip(there.clone()) {
        if old.tokens[i].range.len() == new.tokens[j].range.len() {
            continue;
        }
        // A space here, several there.
        same_text((old, old.covered(&(from..i))), (new, new.covered(&(to..j))), &mut found);
        if let Some((_, was)) = old.pieces(old.tokens[i].range.clone()).next() {
            found.extend(new.pieces(new.tokens[j].range.clone()).map(|(text, run)| (text, was, run)));
        }
        (from, to) = (i + 1, j + 1);
    }
    same_text((old, old.covered(&(from..here.end))), (new, new.covered(&(to..there.end))), &mut found);
    found
}

/// The same of text that is the same to the byte.
fn same_text<'l>(
    (old, here): (&'l Line, Range<usize>),
    (new, there): (&'l Line, Range<usize>),
    found: &mut Vec<(Range<usize>, &'l Run, &'l Run)>,
) {
    let mut olds = old.pieces(here.clone()).peekable();
    for (range, run) in new.pieces(there.clone()) {
        let mut at = range.start;
        while at < range.end
            && let Some((piece, was)) = olds.peek()
        {
            let end = (piece.end - here.start + there.start).min(range.end);
            found.push((at..end, *was, run));
            if piece.end - here.start + there.start <= end {
                olds.next();
            }
            at = end;
        }
    }
}
