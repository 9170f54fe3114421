//! The blocks of both versions, back in the files of the new.
//!
//! In: both documents. Out: the parts of the new one, with what was deleted where it stood: beside what it stood beside, and at the
//! joint of two files in the one that its own file has become. A file that is gone as a whole is a part of its own, since its kind decides
//! how it was numbered.

use super::Work;
use super::block::{self, Place};
use super::line;
use crate::document::{Block, BlockKind, Document, Part, Side};

/// The parts of both.
pub(super) fn parts(work: &mut Work<'_>, old: &Document, new: &Document) -> Document {
    let mut parts: Vec<Part> = new.parts.iter().map(|part| Part { blocks: Vec::new(), ..part.clone() }).collect();
    // The cover comes first, and so do the numbers of its changes.
    for (part, is) in parts.iter_mut().zip(&new.parts) {
        part.blocks = part.line().map(|line| cover_line(work, old.cover_line(line), is)).unwrap_or_default();
    }
    let (old_blocks, old_parts) = flat(old);
    let (new_blocks, new_parts) = flat(new);
    let both = block::siblings(work, &old_blocks, &new_blocks);
    let homes = homes(&both, (&old_parts, &new_parts), old.parts.len());
    let mut build = Build { old, parts, at: None, waiting: Vec::new() };
    let mut gone: Vec<(usize, Part)> = Vec::new();
    for (block, place) in both {
        match place {
            Place::Old(i) => build.waiting.push((block, old_parts[i])),
            Place::New(j) | Place::Both(_, j) => build.place(block, new_parts[j], &homes, &mut gone),
        }
    }
    build.end(&homes, &mut gone);
    let mut parts = build.parts;
    for part in parts.iter_mut().filter(|part| part.line().is_none()) {
        let came = |block: &Block| {
            block.change.as_ref().is_some_and(|change| {
                change.standing.as_ref().is_some_and(|standing| standing.kind.side() == Side::New)
            })
        };
        if !part.blocks.is_empty() && part.blocks.iter().all(came) {
            part.side = Some(Side::New);
        }
    }
    // From the last, so that places before it stay what they are.
    gone.into_iter().rev().for_each(|(at, part)| parts.insert(at, part));
    Document { parts, notes: new.notes.clone() }
}

/// A line of the cover: it is there in both, if only without words.
fn cover_line(work: &mut Work<'_>, old: Option<&Part>, new: &Part) -> Vec<Block> {
    let content = |part: &Part| match part.blocks.first().map(|block| &block.kind) {
        Some(BlockKind::Paragraph(content)) => content.clone(),
        Some(_) | None => Vec::new(),
    };
    let was = old.map(content).unwrap_or_default();
    let both = |block: &Block| {
        let kind = BlockKind::Paragraph(line::line(work, &was, &content(new)));
        Block { kind, ..block.clone() }
    };
    new.blocks.first().map(both).into_iter().collect()
}

/// The blocks of all drafts, and which part each is of.
fn flat(document: &Document) -> (Vec<Block>, Vec<usize>) {
    let blocks = document.parts.iter().enumerate().filter(|(_, part)| part.line().is_none());
    blocks.flat_map(|(at, part)| part.blocks.iter().map(move |block| (block.clone(), at))).unzip()
}

/// What has become of each old part: the new one that holds its first block that is still there.
fn homes(both: &[(Block, Place)], (old, new): (&[usize], &[usize]), count: usize) -> Vec<Option<usize>> {
    let mut homes = vec![None; count];
    for (_, place) in both {
        if let Place::Both(i, j) = place {
            homes[old[*i]].get_or_insert(new[*j]);
        }
    }
    homes
}

struct Build<'d> {
    old: &'d Document,
    parts: Vec<Part>,
    /// The new part that the last block was put in.
    at: Option<usize>,
    /// Deleted blocks, each with its old part.
    waiting: Vec<(Block, usize)>,
}

impl Build<'_> {
    fn place(&mut self, block: Block, part: usize, homes: &[Option<usize>], gone: &mut Vec<(usize, Part)>) {
        self.put(part, homes, gone);
        self.at = Some(part);
        self.parts[part].blocks.push(block);
    }

    fn end(&mut self, homes: &[Option<usize>], gone: &mut Vec<(usize, Part)>) {
        let last = self.parts.len();
        self.put(last, homes, gone);
    }

    /// Puts what was deleted before the next block, which stands in a part, or behind all of them.
    fn put(&mut self, next: usize, homes: &[Option<usize>], gone: &mut Vec<(usize, Part)>) {
        for (block, from) in std::mem::take(&mut self.waiting) {
            let joint = self.at != Some(next);
            let whole = self.old.parts[from].blocks.len();
            match self.at {
                Some(at) if !joint => self.parts[at].blocks.push(block),
                _ if whole > 0 && homes[from].is_none() => {
                    match gone.last_mut().filter(|(_, part)| part.file == self.old.parts[from].file) {
                        Some((_, part)) => part.blocks.push(block),
                        None => {
                            let part =
                                Part { blocks: vec![block], side: Some(Side::Old), ..self.old.parts[from].clone() };
                            gone.push((next.min(self.parts.len()), part));
                        }
                    }
                }
                Some(at) if homes[from] != Some(next) || next >= self.parts.len() => self.parts[at].blocks.push(block),
                Some(_) | None => {
                    let into = next.min(self.parts.len().saturating_sub(1));
                    match self.parts.get_mut(into) {
                        Some(part) => part.blocks.push(block),
                        None => gone.push((
                            0,
                            Part { blocks: vec![block], side: Some(Side::Old), ..self.old.parts[from].clone() },
                        )),
                    }
                }
            }
        }
    }
}
