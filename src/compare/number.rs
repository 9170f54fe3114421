//! The numbers of changes: from 1, in reading order.
//!
//! In: a tree whose marks have numbers in the order of finding, which of them are one change, and which are moves. Out: the same tree with
//! the numbers that a reader sees; how many there are.

use std::collections::HashMap;

use super::moves::Moved;
use crate::document::{
    Block, BlockKind, Change, Document, StandingKind, Visit, VisitMut, walk_blocks, walk_blocks_mut,
};

/// Numbers the changes of a document.
pub(super) fn number(document: &mut Document, neighbours: &[(u32, u32)], moved: &HashMap<u32, Moved>) -> u32 {
    let mut numbers = Numbers { leader: leaders(neighbours, moved), given: HashMap::new() };
    for part in &document.parts {
        walk_blocks(&part.blocks, &mut numbers);
    }
    for note in &document.notes {
        walk_blocks(&note.blocks, &mut numbers);
    }
    let count = u32::try_from(numbers.given.len()).expect("fewer than 2^32 changes are made");
    let mut write = Write { numbers, moved };
    for part in &mut document.parts {
        walk_blocks_mut(&mut part.blocks, &mut write);
    }
    for note in &mut document.notes {
        walk_blocks_mut(&mut note.blocks, &mut write);
    }
    count
}

/// The number that stands for each of those that are one change. What is moved is a change of its own; what stands on either side of it is one all the
/// same, so that the other way round it is, too.
fn leaders(neighbours: &[(u32, u32)], moved: &HashMap<u32, Moved>) -> HashMap<u32, u32> {
    let mut leader: HashMap<u32, u32> = HashMap::new();
    // What stands before something that is moved.
    let mut through: HashMap<u32, u32> = HashMap::new();
    for (before, next) in neighbours {
        // Neighbours come in order: the one before has its leader already.
        let first = match moved.contains_key(before) {
            true => through.get(before).copied(),
            false => Some(leader.get(before).copied().unwrap_or(*before)),
        };
        let Some(first) = first else { continue };
        if moved.contains_key(next) { &mut through } else { &mut leader }.insert(*next, first);
    }
    leader.extend(moved.iter().map(|(number, moved)| (*number, moved.number)));
    leader
}

struct Numbers {
    leader: HashMap<u32, u32>,
    given: HashMap<u32, u32>,
}

impl Numbers {
    fn leader(&self, number: u32) -> u32 {
        self.leader.get(&number).copied().unwrap_or(number)
    }
}

impl Visit<'_> for Numbers {
    fn change(&mut self, change: &Change) {
        for mark in change.marks() {
            let next = u32::try_from(self.given.len() + 1).expect("fewer than 2^32 changes are made");
            self.given.entry(self.leader(mark.number)).or_insert(next);
        }
    }
}

struct Write<'m> {
    numbers: Numbers,
    moved: &'m HashMap<u32, Moved>,
}

impl Write<'_> {
    fn write(&self, number: &mut u32) {
        let leader = self.numbers.leader(*number);
        *number = self.numbers.given.get(&leader).copied().unwrap_or_default();
    }

    fn kind(&self, kind: &mut StandingKind, number: u32) {
        if let Some(moved) = self.moved.get(&number) {
            *kind = moved.kind;
        }
    }
}

impl VisitMut for Write<'_> {
    fn block(&mut self, block: &mut Block) {
        if let BlockKind::Table(table) = &mut block.kind {
            table
                .columns
                .iter_mut()
                .filter_map(|column| column.change.as_mut())
                .for_each(|mark| self.write(&mut mark.number));
        }
    }

    fn change(&mut self, change: &mut Change) {
        if let Some(standing) = &mut change.standing {
            self.kind(&mut standing.kind, standing.mark.number);
        }
        change.marks_mut().for_each(|mark| self.write(&mut mark.number));
    }
}
