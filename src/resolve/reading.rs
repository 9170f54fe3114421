//! The report in reading order: every block and line with where it stands.
//!
//! In: a [`Document`] and the order of its notes. Out: calls of a [`Read`]. The parts come first, then the
//! notes that are printed. Never changes anything.

use crate::document::{Block, BlockKind, Document, Inline, Part, Row, walk_inlines};
use crate::source::FileId;

/// Where a block stands.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    /// The draft it was typed in.
    pub(super) file: FileId,
    /// Its part; a note belongs to none.
    pub(super) part: Option<&'a Part>,
    /// What it is within.
    pub(super) flow: Flow,
    /// How many lists are around it.
    pub(super) lists: u8,
    /// The block before it, within the same block.
    pub(super) previous: Option<&'a Block>,
}

/// What a block is within.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Flow {
    /// A part, directly, or by groups without a look of their own.
    Top,
    /// A box, quote, list, table, …
    Within,
    /// A note.
    Note,
}

/// What to do at each block and inline, parents before children.
pub(super) trait Read<'a> {
    /// At a block; the lines and blocks within follow.
    fn block(&mut self, _block: &'a Block, _place: &Place<'a>) {}
    /// At an inline; those within follow.
    fn inline(&mut self, _inline: &'a Inline, _place: &Place<'a>) {}
    /// Before a part's blocks.
    fn part(&mut self, _part: &'a Part) {}
    /// Before a note's blocks; `_number` is that of the note, from 1.
    fn note(&mut self, _number: u32) {}
}

/// Reads parts, then notes by their positions in [`Document::notes`].
pub(super) fn read<'a>(document: &'a Document, notes: &[usize], read: &mut impl Read<'a>) {
    for part in &document.parts {
        read.part(part);
        let place = Place { file: part.file, part: Some(part), flow: Flow::Top, lists: 0, previous: None };
        blocks(&part.blocks, place, read);
    }
    for (number, &index) in (1..).zip(notes) {
        let note = &document.notes[index];
        read.note(number);
        let place = Place { file: note.file, part: None, flow: Flow::Note, lists: 0, previous: None };
        blocks(&note.blocks, place, read);
    }
}

impl Place<'_> {
    fn within(self) -> Self {
        let flow = if self.flow == Flow::Note { Flow::Note } else { Flow::Within };
        Self { flow, previous: None, ..self }
    }
}

fn blocks<'a>(blocks: &'a [Block], place: Place<'a>, read: &mut impl Read<'a>) {
    let mut place = Place { previous: None, ..place };
    for block in blocks {
        read.block(block, &place);
        children(block, place, read);
        place.previous = Some(block);
    }
}

fn children<'a>(block: &'a Block, place: Place<'a>, read: &mut impl Read<'a>) {
    let within = place.within();
    match &block.kind {
        BlockKind::Paragraph(content) => line(content, place, read),
        BlockKind::Heading(heading) => line(&heading.content, place, read),
        BlockKind::List(list) => {
            let within = Place { lists: place.lists.saturating_add(1), ..within };
            list.items.iter().for_each(|item| blocks(&item.blocks, within, read));
        }
        BlockKind::DescriptionList(items) => {
            for item in items {
                line(&item.term, within, read);
                blocks(&item.details, within, read);
            }
        }
        BlockKind::BlockQuote(quoted) => blocks(quoted, within, read),
        BlockKind::Division(grouped) => blocks(grouped, place, read),
        BlockKind::Bibliography(entries) => blocks(entries, within, read),
        BlockKind::Box(boxed) => {
            line(boxed.title.as_deref().unwrap_or_default(), within, read);
            blocks(&boxed.blocks, within, read);
        }
        BlockKind::Figure(figure) => {
            let caption = figure.caption.as_ref().map(|caption| caption.content.as_slice());
            line(caption.unwrap_or_default(), within, read);
        }
        BlockKind::Table(table) => {
            let caption = table.caption.as_ref().map(|caption| caption.content.as_slice());
            line(caption.unwrap_or_default(), within, read);
            rows(&table.head, within, read);
            rows(&table.body, within, read);
        }
        BlockKind::Details(details) => {
            line(&details.summary, within, read);
            blocks(&details.blocks, within, read);
        }
        BlockKind::CodeBlock(_) | BlockKind::ThematicBreak | BlockKind::Formula(_) => {}
    }
}

fn rows<'a>(rows: &'a [Row], place: Place<'a>, read: &mut impl Read<'a>) {
    for cell in rows.iter().flat_map(|row| &row.cells) {
        blocks(&cell.blocks, place, read);
    }
}

fn line<'a>(content: &'a [Inline], place: Place<'a>, read: &mut impl Read<'a>) {
    struct Line<'r, 'a, R>(&'r mut R, Place<'a>);
    impl<'a, R: Read<'a>> crate::document::Visit<'a> for Line<'_, 'a, R> {
        fn inline(&mut self, inline: &'a Inline) {
            self.0.inline(inline, &self.1);
        }
    }
    walk_inlines(content, &mut Line(read, place));
}
