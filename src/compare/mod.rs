//! Two versions of a report against each other.
//!
//! In: two [`Document`]s as parsed, before anything is numbered. Out: a [`Comparison`]: the one tree of both, whose nodes say what was
//! inserted, deleted, moved or given another form. Accepting all of it gives the new version, rejecting all of it the old one: each
//! block is held to that as it is made, and one that fails is shown as deleted and inserted whole. Never looks at what is computed
//! (numbers, contents, the text of references), at files, or at how drafts are cut into them.
//!
//! The tree is compared level by level: what stands side by side is aligned ([`align`]), pairs are gone into, the rest is whole. What
//! went here and came there is then found among the rest ([`moves`]).

mod align;
mod block;
mod canon;
mod coarsen;
mod code;
mod hunk;
mod item;
mod level;
mod line;
mod moves;
mod note;
mod number;
mod part;
mod span;
mod split;
mod table;
mod tidy;
mod token;
mod words;

pub use canon::{difference, same};
pub use coarsen::{Coarsened, coarsen};

use std::collections::HashMap;

use crate::document::{Document, Hand, Mark, NodeId, Note};
use crate::source::Span;

/// How two versions are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Whether what stands elsewhere is shown as moved.
    pub moves: Moves,
}

impl Default for Options {
    fn default() -> Self {
        Self { moves: Moves::Marked }
    }
}

/// What becomes of text that stands elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moves {
    /// It is marked at both ends.
    Marked,
    /// It is deleted here and inserted there.
    Plain,
}

/// What two versions came to.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// The tree of both. Its ids are its own.
    pub document: Document,
    /// How many changes there are: they are numbered from 1 to this.
    pub changes: u32,
    /// Blocks of the new version that could not be shown in less than the whole, though part of them is the same.
    pub coarsened: Vec<Span>,
}

/// Compares two versions.
pub fn compare(old: &Document, new: &Document, options: &Options) -> Comparison {
    let (mut old, mut new) = (old.clone(), new.clone());
    old.give_titles();
    new.give_titles();
    let first_old = old.renumber_behind(&mut new);
    let mut work = Work::new(&old, &new, first_old);
    let mut document = part::parts(&mut work, &old, &new);
    if options.moves == Moves::Marked {
        moves::pair_notes(&mut work);
    }
    note::notes(&mut work, &mut document);
    let moved = match options.moves {
        Moves::Marked => moves::find(&work),
        Moves::Plain => HashMap::new(),
    };
    let coarsened = std::mem::take(&mut work.coarsened);
    let changes = number::number(&mut document, &work.neighbours, &moved);
    document.renumber();
    Comparison { document, changes, coarsened }
}

/// What a comparison has at hand and what it has found so far.
struct Work<'d> {
    /// The number that the next mark gets: these are given anew when all is there.
    next: u32,
    /// Nodes of the old version have ids from this on.
    first_old: NodeId,
    old_notes: HashMap<NodeId, &'d Note>,
    new_notes: HashMap<NodeId, &'d Note>,
    notes: note::Pairs,
    /// What stands in one version only, as a whole.
    whole: Vec<moves::Whole>,
    /// Rows of siblings that were compared.
    rows: u32,
    /// Marks side by side that are one change unless they are moves.
    neighbours: Vec<(u32, u32)>,
    coarsened: Vec<Span>,
    /// How many list items are around what is compared.
    within_items: u32,
    /// The table whose cells are compared.
    table: Option<u32>,
}

/// How far a [`Work`] had come, to go back to.
struct Point {
    whole: usize,
    neighbours: usize,
    notes: usize,
    coarsened: usize,
}

impl<'d> Work<'d> {
    fn new(old: &'d Document, new: &'d Document, first_old: NodeId) -> Self {
        Self {
            next: 0,
            first_old,
            old_notes: old.notes.iter().map(|note| (note.id, note)).collect(),
            new_notes: new.notes.iter().map(|note| (note.id, note)).collect(),
            notes: note::Pairs::default(),
            whole: Vec::new(),
            rows: 0,
            neighbours: Vec::new(),
            coarsened: Vec::new(),
            within_items: 0,
            table: None,
        }
    }

    /// A mark of a change of its own.
    fn mark(&mut self) -> Mark {
        self.next += 1;
        mark(self.next)
    }

    fn point(&self) -> Point {
        Point {
            whole: self.whole.len(),
            neighbours: self.neighbours.len(),
            notes: self.notes.len(),
            coarsened: self.coarsened.len(),
        }
    }

    /// Forgets what was found since: it is not in the tree.
    fn back(&mut self, point: &Point) {
        self.whole.truncate(point.whole);
        self.neighbours.truncate(point.neighbours);
        self.notes.truncate(point.notes);
        self.coarsened.truncate(point.coarsened);
    }
}

/// The mark of a change; who made it is said later, if at all.
fn mark(number: u32) -> Mark {
    let hand: Option<std::sync::Arc<Hand>> = None;
    Mark { number, hand }
}

#[cfg(test)]
mod tests;
