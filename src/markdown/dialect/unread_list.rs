//! Lines that were meant as items of a list and run on in a paragraph: a list with markers that CommonMark does not
//! know, or a number other than 1, begins beneath an empty line (5.3), and `•` makes no item at all.
//!
//! In: the blocks of a draft and its notes. Out: a diagnostic at the first such line of a kind; the text stays what it is.

use super::super::marker::Marker;
use super::super::reader::Reader;
use super::elsewhere;
use crate::diag::{Code, Diagnostic};
use crate::document::{Block, BlockKind, Visit, walk_blocks};
use crate::source::Span;

/// What other programs set before items.
const BULLETS: [char; 8] = ['•', '◦', '▪', '▫', '‣', '●', '○', '\u{f0b7}'];
/// Lines between two items, at most.
const FARTHEST: usize = 200;

/// Tells what a draft and its notes hold.
pub(super) fn report(reader: &mut Reader<'_>, blocks: &[Block]) {
    if reader.place.whole().is_some() {
        return;
    }
    let mut search = Search { reader, bullets: Vec::new(), counted: Vec::new() };
    walk_blocks(blocks, &mut search);
    reader.notes.iter().for_each(|note| walk_blocks(&note.blocks, &mut search));
    let Search { bullets, counted, .. } = search;
    if let Some((first, others)) = bullets.split_first() {
        let sign = reader.place.text(*first);
        let message = format!("`{sign}` makes no list: this is text{}", elsewhere(reader, others));
        let hint = "write `- ` before each item, and leave a line empty above the first";
        reader.diagnostics.push(Diagnostic::new(Code::UnreadList, *first, message).hint(hint));
    }
    if let Some((first, others)) = counted.split_first() {
        let message = format!(
            "this list begins in the midst of a paragraph, and is text that runs on{}",
            elsewhere(reader, others)
        );
        let hint = "leave a line empty above its first item";
        reader.diagnostics.push(Diagnostic::new(Code::UnreadList, *first, message).hint(hint));
    }
}

struct Search<'r, 'a> {
    reader: &'r Reader<'a>,
    bullets: Vec<Span>,
    counted: Vec<Span>,
}

impl Visit<'_> for Search<'_, '_> {
    fn block(&mut self, block: &Block) {
        if !matches!(block.kind, BlockKind::Paragraph(_)) {
            return;
        }
        let mut start = block.span.range().start;
        let mut before: Option<(usize, Marker<'_>, usize)> = None;
        for (nth, line) in self.reader.place.text(block.span).split_inclusive('\n').enumerate() {
            let bare = line.trim_start_matches([' ', '\t', '>']);
            let at = start + line.len() - bare.len();
            start += line.len();
            if let Some(bullet) = bare.chars().next().filter(|c| BULLETS.contains(c)) {
                let rest = &bare[bullet.len_utf8()..];
                if rest.starts_with(char::is_whitespace) && !rest.trim().is_empty() {
                    return self.bullets.push(self.reader.place.between(at, at + bullet.len_utf8()));
                }
            }
            let Some(marker) = Marker::read(bare.trim_end()).filter(|_| nth > 0) else { continue };
            // One line may begin so by chance: the next has to go on counting.
            if let Some((from, first, place)) = before
                && nth - from <= FARTHEST
                && first.is_before(&marker)
            {
                return self.counted.push(self.reader.place.between(place, place + first.width));
            }
            before = Some((nth, marker, at));
        }
    }
}
