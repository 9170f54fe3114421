//! Changes that a written file could not show in part, shown whole.
//!
//! In: a redline, and the numbers of changes whose proof failed in a file. Out: the same redline, in which the blocks that hold these are
//! deleted and inserted whole; its changes are numbered anew. The innermost block is tried first: what was whole already makes the block around it so.
//! Accepting and rejecting give what they gave.

use std::collections::{BTreeSet, HashMap};

use super::canon::NotesOf;
use super::{mark, number};
use crate::document::{
    Block, BlockKind, Change, Document, Ids, Inline, InlineKind, LevelItem, NodeId, Note, Side, StandingKind, Visit,
    VisitMut, Was, flatten, mark_leaves, settle_blocks, walk_block, walk_blocks, walk_blocks_mut,
};
use crate::source::Span;

/// A redline some of whose blocks are shown whole.
#[derive(Debug, Clone, PartialEq)]
pub struct Coarsened {
    /// The tree of both versions. Its ids are its own.
    pub document: Document,
    /// How many changes there are: they are numbered from 1 to this.
    pub changes: u32,
    /// The blocks that are now shown whole, where they stand in the new version.
    pub blocks: Vec<Span>,
    /// Of the numbers given, those of changes that are shown whole already and have nothing around them.
    pub left: BTreeSet<u32>,
}

/// Shows some changes of a redline whole.
pub fn coarsen(document: &Document, numbers: &BTreeSet<u32>) -> Coarsened {
    let mut document = document.clone();
    let ids = document.free_ids();
    let mut coarsen = Coarsen {
        numbers,
        next: last_number(&document),
        uses: uses(&document),
        notes: document.notes.iter().map(|note| (note.id, note.clone())).collect(),
        rewritten: HashMap::new(),
        gone: Vec::new(),
        ids,
        blocks: Vec::new(),
        left: BTreeSet::new(),
    };
    for part in &mut document.parts {
        let blocks = std::mem::take(&mut part.blocks);
        if part.line().is_some() {
            part.blocks = blocks.into_iter().map(|block| coarsen.line(block)).collect();
            continue;
        }
        let (blocks, left) = coarsen.blocks(blocks);
        part.blocks = blocks;
        coarsen.left.extend(left);
    }
    for note in &mut document.notes {
        if !coarsen.rewritten.contains_key(&note.id) {
            let (blocks, left) = coarsen.blocks(std::mem::take(&mut note.blocks));
            note.blocks = blocks;
            coarsen.left.extend(left);
        }
    }
    for note in &mut document.notes {
        if let Some(blocks) = coarsen.rewritten.remove(&note.id) {
            note.blocks = blocks;
        }
    }
    document.notes.append(&mut coarsen.gone);
    let Coarsen { blocks, left, .. } = coarsen;
    let changes = number::number(&mut document, &[], &HashMap::new());
    document.renumber();
    Coarsened { document, changes, blocks, left }
}

struct Coarsen<'n> {
    numbers: &'n BTreeSet<u32>,
    /// The highest number that is taken.
    next: u32,
    /// How often each note is referred to.
    uses: HashMap<NodeId, usize>,
    notes: HashMap<NodeId, Note>,
    /// Notes that came with a block that is now whole.
    rewritten: HashMap<NodeId, Vec<Block>>,
    /// What those were.
    gone: Vec<Note>,
    ids: Ids,
    blocks: Vec<Span>,
    left: BTreeSet<u32>,
}

impl Coarsen<'_> {
    /// A line of the cover stays one paragraph: all its words went, and all came.
    fn line(&mut self, mut block: Block) -> Block {
        if !self.hits(&block) {
            return block;
        }
        self.next += 1;
        let words = |side: Side| {
            let settled = settle_blocks(std::slice::from_ref(&block), &|_| Some(side)).pop();
            let Some(BlockKind::Paragraph(mut content)) = settled.map(|block| block.kind) else { return Vec::new() };
            if let Some(change) = Change::stands(StandingKind::on(side), mark(self.next)) {
                mark_leaves(&mut content, &change);
            }
            content
        };
        let (was, is) = (words(Side::Old), words(Side::New));
        let BlockKind::Paragraph(content) = &mut block.kind else { return block };
        if content.len() == was.len() + is.len() {
            self.left.extend(self.numbers);
            return block;
        }
        *content = was.into_iter().chain(is).collect();
        self.blocks.push(block.span);
        block
    }

    /// Blocks side by side; and the numbers of those that only what is around them can help.
    fn blocks(&mut self, blocks: Vec<Block>) -> (Vec<Block>, BTreeSet<u32>) {
        let mut out = Vec::with_capacity(blocks.len());
        let mut left = BTreeSet::new();
        let mut blocks = blocks.into_iter().peekable();
        while let Some(block) = blocks.next() {
            // A paragraph that was split or merged is one.
            let mut together = vec![block];
            while together.last().is_some_and(ends) {
                let Some(next) = blocks.next() else { break };
                together.push(next);
            }
            if together.iter().any(|block| self.hits(block)) {
                self.together(together, &mut out, &mut left);
            } else {
                out.append(&mut together);
            }
        }
        (out, left)
    }

    fn together(&mut self, mut blocks: Vec<Block>, out: &mut Vec<Block>, left: &mut BTreeSet<u32>) {
        if let [block] = blocks.as_mut_slice() {
            if let Some(standing) = block.change.as_mut().and_then(|change| change.standing.as_mut()) {
                let plain = StandingKind::on(standing.kind.side());
                if standing.kind == plain {
                    left.insert(standing.mark.number);
                } else {
                    // One end of a move becomes a change of its own.
                    self.next += 1;
                    (standing.kind, standing.mark.number) = (plain, self.next);
                    self.blocks.push(block.span);
                }
                return out.append(&mut blocks);
            }
            let whole = Hits::own(self.numbers, block) || has_levels(block);
            let inner = !whole && self.within(block);
            if inner {
                return out.append(&mut blocks);
            }
        }
        self.whole(&blocks, out);
    }

    /// Tries the blocks within a block; false where that is not enough, and then nothing is done.
    fn within(&mut self, block: &mut Block) -> bool {
        let before = (block.clone(), self.rewritten.clone(), self.gone.len(), self.blocks.len());
        let mut all = true;
        block.each_row(&mut |blocks| {
            let (rows, left) = self.blocks(std::mem::take(blocks));
            *blocks = rows;
            all &= left.is_empty();
        });
        if !all {
            (*block, self.rewritten) = (before.0, before.1);
            self.gone.truncate(before.2);
            self.blocks.truncate(before.3);
        }
        all
    }

    /// Deletes and inserts blocks that stand in both versions.
    fn whole(&mut self, blocks: &[Block], out: &mut Vec<Block>) {
        self.next += 1;
        let number = self.next;
        self.blocks.extend(blocks.first().map(|block| block.span));
        let mut olds = settle_blocks(blocks, &|_| Some(Side::Old));
        let mut news = settle_blocks(blocks, &|_| Some(Side::New));
        self.notes_of(blocks, &mut olds, number);
        stand(&mut olds, Side::Old, number);
        stand(&mut news, Side::New, number);
        out.append(&mut olds);
        out.append(&mut news);
    }

    /// Notes that nothing else refers to come and go with the blocks.
    fn notes_of(&mut self, blocks: &[Block], olds: &mut [Block], number: u32) {
        let mut met: HashMap<NodeId, usize> = HashMap::new();
        notes_in(blocks).into_iter().for_each(|note| *met.entry(note).or_default() += 1);
        let was: Vec<NodeId> = notes_in(olds);
        let mut copies: HashMap<NodeId, NodeId> = HashMap::new();
        for id in notes_in(blocks) {
            let Some(note) = self.notes.get(&id).filter(|_| met.get(&id) == self.uses.get(&id)) else { continue };
            let side = |side: Side| {
                let mut blocks = settle_blocks(&note.blocks, &|_| Some(side));
                stand(&mut blocks, side, number);
                blocks
            };
            // One that is gone altogether stays the note that it is.
            let gone = settle_blocks(&note.blocks, &|_| Some(Side::New)).is_empty();
            if gone {
                self.rewritten.insert(id, side(Side::Old));
                continue;
            }
            self.rewritten.insert(id, side(Side::New));
            if was.contains(&id) && !copies.contains_key(&id) {
                let copy = Note { id: self.ids.fresh(), blocks: side(Side::Old), ..note.clone() };
                copies.insert(id, copy.id);
                self.gone.push(copy);
            }
        }
        walk_blocks_mut(olds, &mut Lead(&copies));
    }

    fn hits(&self, block: &Block) -> bool {
        let mut hits = Hits { numbers: self.numbers, hit: false };
        walk_block(block, &mut hits);
        hits.hit
    }
}

/// All of some blocks stands in one version.
fn stand(blocks: &mut [Block], side: Side, number: u32) {
    for block in blocks {
        block.change = Change::stands(StandingKind::on(side), mark(number));
    }
}

/// Whether items of a list have come to another level: it is one with the lists in it.
fn has_levels(block: &Block) -> bool {
    let BlockKind::List(list) = &block.kind else { return false };
    let levelled = |row: &LevelItem| {
        let former = row.item.change.as_ref().and_then(|change| change.former.as_ref());
        former.is_some_and(|former| matches!(former.was, Was::Level { .. }))
    };
    flatten(list.clone()).iter().any(levelled)
}

/// Whether a paragraph goes on with the next block in one version.
fn ends(block: &Block) -> bool {
    block.change.as_ref().is_some_and(|change| change.end.is_some())
}

fn notes_in(blocks: &[Block]) -> Vec<NodeId> {
    let mut notes = NotesOf::default();
    walk_blocks(blocks, &mut notes);
    notes.0
}

/// How often each note is referred to.
fn uses(document: &Document) -> HashMap<NodeId, usize> {
    let parts = document.parts.iter().flat_map(|part| notes_in(&part.blocks));
    let mut uses = HashMap::new();
    for id in parts.chain(document.notes.iter().flat_map(|note| notes_in(&note.blocks))) {
        *uses.entry(id).or_default() += 1;
    }
    uses
}

fn last_number(document: &Document) -> u32 {
    struct Last(u32);
    impl Visit<'_> for Last {
        fn change(&mut self, change: &Change) {
            self.0 = change.marks().map(|mark| mark.number).fold(self.0, u32::max);
        }
    }
    let mut last = Last(0);
    document.parts.iter().for_each(|part| walk_blocks(&part.blocks, &mut last));
    document.notes.iter().for_each(|note| walk_blocks(&note.blocks, &mut last));
    last.0
}

/// Leads references to notes to copies of these.
struct Lead<'c>(&'c HashMap<NodeId, NodeId>);

impl VisitMut for Lead<'_> {
    fn inline(&mut self, inline: &mut Inline) {
        if let InlineKind::Note(id) = &mut inline.kind
            && let Some(copy) = self.0.get(id)
        {
            *id = *copy;
        }
    }
}

/// Whether a mark has one of some numbers.
struct Hits<'n> {
    numbers: &'n BTreeSet<u32>,
    hit: bool,
}

impl Hits<'_> {
    /// Whether a block has one that stands in none of the blocks within it.
    fn own(numbers: &BTreeSet<u32>, block: &Block) -> bool {
        let mut hits = Hits { numbers, hit: false };
        let mut frame = block.clone();
        frame.each_row(&mut Vec::clear);
        if let BlockKind::Table(table) = &frame.kind {
            hits.hit =
                table.columns.iter().filter_map(|column| column.change).any(|mark| numbers.contains(&mark.number));
        }
        walk_block(&frame, &mut hits);
        hits.hit
    }
}

impl Visit<'_> for Hits<'_> {
    fn change(&mut self, change: &Change) {
        self.hit |= change.marks().any(|mark| self.numbers.contains(&mark.number));
    }
}
