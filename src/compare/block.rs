//! Blocks side by side, and two that are alike as one.
//!
//! In: the blocks of both versions that stand side by side. Out: those of both, each with its place. A pair that is gone into is held to the proof: were it
//! not what it was when every change in it is rejected, and what it is when every one is accepted, both would be shown whole.

use super::align::{Class, Step, Unit, Units, align};
use super::moves::{self, Whole};
use super::split::{self, Plan};
use super::words::Bag;
use super::{Work, canon, code, item, level, line, table};
use crate::document::{
    Block, BlockKind, Box, Caption, Change, Details, Figure, Form, Former, FormerBlock, Heading, Inline, List, Marked,
    Side, StandingKind, Was, plain_text_of_blocks, settle_blocks,
};

/// Where a block of both comes from: its position among those of a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// It stands in the old version alone.
    Old(usize),
    /// It stands in the new version alone.
    New(usize),
    /// It stands in both.
    Both(usize, usize),
}

/// Blocks of both versions.
pub(super) fn blocks(work: &mut Work<'_>, old: &[Block], new: &[Block]) -> Vec<Block> {
    siblings(work, old, new).into_iter().map(|(block, _)| block).collect()
}

/// The same with their places.
pub(super) fn siblings(work: &mut Work<'_>, old: &[Block], new: &[Block]) -> Vec<(Block, Place)> {
    let (before, after) = (units(old), units(new));
    let steps = {
        let (here, there) = (|at: usize| bag(&old[at]), |at: usize| bag(&new[at]));
        align(&Units { units: before.clone(), bag: &here }, &Units { units: after.clone(), bag: &there })
    };
    work.rows += 1;
    let mut row = Row { row: work.rows, out: Vec::with_capacity(steps.len()), last: None };
    for step in split::plan(old, new, (&before, &after), &steps) {
        match step {
            Plan::Step(Step::Both(i, j)) => {
                let same = before[i].hash == after[j].hash && work.pair_all_notes(&old[i], &new[j]);
                match if same { Some(new[j].clone()) } else { pair(work, &old[i], &new[j]) } {
                    Some(block) => row.push(block, Place::Both(i, j)),
                    None => {
                        // A picture in the place of another is a change of its own, whatever came or went beside it.
                        let apart = before[i].class == after[j].class && matches!(after[j].class, Class::Kind(_));
                        row.last = row.last.filter(|_| !apart);
                        row.whole(work, &old[i], before[i].hash, Place::Old(i));
                        row.whole(work, &new[j], after[j].hash, Place::New(j));
                        row.last = row.last.filter(|_| !apart);
                    }
                }
            }
            Plan::Step(Step::Old(i)) => row.whole(work, &old[i], before[i].hash, Place::Old(i)),
            Plan::Step(Step::New(j)) => row.whole(work, &new[j], after[j].hash, Place::New(j)),
            Plan::Split(i, window) => match split::split(work, &old[i], &new[window.clone()]) {
                Some(blocks) => window.zip(blocks).for_each(|(j, block)| row.push(block, Place::Both(i, j))),
                None => {
                    row.whole(work, &old[i], before[i].hash, Place::Old(i));
                    window.for_each(|j| row.whole(work, &new[j], after[j].hash, Place::New(j)));
                }
            },
            Plan::Merge(window, j) => match split::merge(work, &old[window.clone()], &new[j]) {
                Some(blocks) => window.zip(blocks).for_each(|(i, block)| row.push(block, Place::Both(i, j))),
                None => {
                    window.for_each(|i| row.whole(work, &old[i], before[i].hash, Place::Old(i)));
                    row.whole(work, &new[j], after[j].hash, Place::New(j));
                }
            },
        }
    }
    row.out
}

/// Blocks of both versions as they are put side by side.
struct Row {
    row: u32,
    out: Vec<(Block, Place)>,
    /// The number of the last, if it stands whole in one version.
    last: Option<(u32, Side)>,
}

impl Row {
    fn push(&mut self, block: Block, place: Place) {
        self.last = None;
        self.out.push((block, place));
    }

    /// One that stands in one version alone.
    fn whole(&mut self, work: &mut Work<'_>, block: &Block, hash: u64, place: Place) {
        let side = match place {
            Place::Old(_) => Side::Old,
            Place::New(_) | Place::Both(..) => Side::New,
        };
        let mark = work.mark();
        let number = mark.number;
        if let Some((last, of)) = self.last
            && (of != side || !matches!(block.kind, BlockKind::Heading(_)))
        {
            work.neighbours.push((last, number));
        }
        self.last = Some((number, side));
        let at = self.out.len();
        let notes = canon::notes_of(std::slice::from_ref(block));
        let mut text = String::new();
        canon::block(block, &mut text);
        let bag = bag(block);
        // A figure that stands in another cell is mostly another figure.
        let named = bag.total > 1 && plain_text_of_blocks(std::slice::from_ref(block)).contains(char::is_alphabetic);
        let (spelt, within) = (moves::spelt(&text), work.table.filter(|_| named));
        work.whole.push(Whole { number, side, hash, spelt, bag, within, at: (self.row, at), notes });
        let change = Change::stands(StandingKind::on(side), mark);
        self.out.push((Block { change, ..block.clone() }, place));
    }
}

fn units(blocks: &[Block]) -> Vec<Unit> {
    let mut text = String::new();
    let unit = |block: &Block| {
        text.clear();
        canon::block(block, &mut text);
        Unit { hash: canon::hash(&text), weight: text.len() as u64, class: class(&block.kind), key: None }
    };
    blocks.iter().map(unit).collect()
}

fn bag(block: &Block) -> Bag {
    Bag::of_blocks(std::slice::from_ref(block))
}

fn class(kind: &BlockKind) -> Class {
    Class::Kind(match kind {
        BlockKind::Paragraph(_) => return Class::Text,
        BlockKind::Heading(_) => return Class::Heading,
        BlockKind::ThematicBreak | BlockKind::Formula(_) => return Class::Whole,
        BlockKind::List(_) => 0,
        BlockKind::DescriptionList(_) => 1,
        BlockKind::BlockQuote(_) => 2,
        BlockKind::Box(_) => 3,
        BlockKind::CodeBlock(_) => 4,
        BlockKind::Figure(_) => 5,
        BlockKind::Table(_) => 6,
        BlockKind::Details(_) => 7,
        BlockKind::Division(_) => 8,
        BlockKind::Bibliography(_) => 9,
    })
}

/// Two blocks as one; `None` where they are better shown whole.
fn pair(work: &mut Work<'_>, old: &Block, new: &Block) -> Option<Block> {
    let point = work.point();
    if let Some(both) = levelled(work, old, new) {
        if proved(std::slice::from_ref(&both), std::slice::from_ref(old), std::slice::from_ref(new)) {
            return Some(both);
        }
        work.back(&point);
    }
    let both = unite(work, old, new);
    match both {
        Some(both) if proved(std::slice::from_ref(&both), std::slice::from_ref(old), std::slice::from_ref(new)) => {
            Some(both)
        }
        both => {
            work.back(&point);
            if both.is_some() {
                work.coarsened.push(new.span);
            }
            None
        }
    }
}

/// Whether rejecting everything gives the old blocks, and accepting everything the new.
pub(super) fn proved(both: &[Block], old: &[Block], new: &[Block]) -> bool {
    let said = |blocks: &[Block]| {
        let mut text = String::new();
        canon::blocks(blocks, &mut text);
        text
    };
    let settled = |side: Side| said(&settle_blocks(both, &|_| Some(side)));
    settled(Side::Old) == said(old) && settled(Side::New) == said(new)
}

/// Two lists some of whose items stand at another level.
fn levelled(work: &mut Work<'_>, old: &Block, new: &Block) -> Option<Block> {
    let (BlockKind::List(was), BlockKind::List(is)) = (&old.kind, &new.kind) else { return None };
    let items = level::items(work, was, is)?;
    let change = Change { former: former(work, old, new), ..Change::default() };
    Some(Block { kind: BlockKind::List(List { items, ..*is }), change: some(change), ..new.clone() })
}

fn unite(work: &mut Work<'_>, old: &Block, new: &Block) -> Option<Block> {
    let mut lines = Vec::new();
    let kind = match (&old.kind, &new.kind) {
        (BlockKind::Paragraph(was) | BlockKind::Heading(Heading { content: was, .. }), BlockKind::Paragraph(is)) => {
            BlockKind::Paragraph(line::line(work, was, is))
        }
        (BlockKind::Paragraph(was) | BlockKind::Heading(Heading { content: was, .. }), BlockKind::Heading(is)) => {
            BlockKind::Heading(Heading { content: line::line(work, was, &is.content), ..*is })
        }
        (BlockKind::List(was), BlockKind::List(is)) => {
            BlockKind::List(List { items: item::items(work, &was.items, &is.items), ..*is })
        }
        (BlockKind::DescriptionList(was), BlockKind::DescriptionList(is)) => {
            BlockKind::DescriptionList(item::descriptions(work, was, is))
        }
        (BlockKind::BlockQuote(was), BlockKind::BlockQuote(is)) => BlockKind::BlockQuote(blocks(work, was, is)),
        (BlockKind::Division(was), BlockKind::Division(is)) => BlockKind::Division(blocks(work, was, is)),
        (BlockKind::Bibliography(was), BlockKind::Bibliography(is)) => BlockKind::Bibliography(blocks(work, was, is)),
        (BlockKind::Box(was), BlockKind::Box(is)) => BlockKind::Box(Box {
            kind: is.kind,
            title: heading_line(work, was.title.as_deref(), is.title.as_deref()),
            blocks: blocks(work, &was.blocks, &is.blocks),
        }),
        (BlockKind::Details(was), BlockKind::Details(is)) => BlockKind::Details(Details {
            summary: line::line(work, &was.summary, &is.summary),
            blocks: blocks(work, &was.blocks, &is.blocks),
        }),
        (BlockKind::Figure(was), BlockKind::Figure(is)) if canon::same_picture(&was.image, &is.image) => {
            let caption = caption(work, was.caption.as_ref(), is.caption.as_ref());
            BlockKind::Figure(Figure { image: is.image.clone(), caption })
        }
        (BlockKind::Table(was), BlockKind::Table(is)) => BlockKind::Table(table::table(work, was, is)?),
        (BlockKind::CodeBlock(was), BlockKind::CodeBlock(is)) => {
            let (both, marks) = code::code(work, was, is);
            lines = marks;
            BlockKind::CodeBlock(both)
        }
        (_, BlockKind::Paragraph(_) | BlockKind::Heading(_) | BlockKind::List(_) | BlockKind::DescriptionList(_))
        | (_, BlockKind::BlockQuote(_) | BlockKind::Box(_) | BlockKind::CodeBlock(_) | BlockKind::Figure(_))
        | (_, BlockKind::Table(_) | BlockKind::ThematicBreak | BlockKind::Details(_) | BlockKind::Division(_))
        | (_, BlockKind::Formula(_) | BlockKind::Bibliography(_)) => return None,
    };
    let mut both = Block { kind, change: None, ..new.clone() };
    let mut change = Change { former: former(work, old, new), lines, ..Change::default() };
    if let BlockKind::Table(table) = &both.kind
        && change.former.is_some()
        && table.columns.iter().any(|column| column.change.is_some())
    {
        // Columns that came or went say so themselves.
        if !table::same_columns(table, old, new) || old.attributes != new.attributes {
            return None;
        }
        change.former = None;
    }
    both.change = some(change);
    Some(both)
}

fn some(change: Change) -> Marked {
    if change.is_empty() { None } else { Some(std::boxed::Box::new(change)) }
}

/// That a block was of another form.
fn former(work: &mut Work<'_>, old: &Block, new: &Block) -> Option<Former> {
    let form = Form::of(&old.kind);
    let same = match (&form, Form::of(&new.kind)) {
        (Form::Figure(was), Form::Figure(is)) => {
            let said = |image| {
                let mut text = String::new();
                canon::image(image, &mut text);
                text
            };
            said(was) == said(&is)
        }
        (was, is) => *was == is,
    };
    if same && old.attributes == new.attributes {
        return None;
    }
    let was = FormerBlock { attributes: old.attributes.clone(), form };
    Some(Former { was: Was::Block(std::boxed::Box::new(was)), mark: work.mark() })
}

/// A title that may be there or not.
fn heading_line(work: &mut Work<'_>, old: Option<&[Inline]>, new: Option<&[Inline]>) -> Option<Vec<Inline>> {
    old.or(new)?;
    Some(line::line(work, old.unwrap_or_default(), new.unwrap_or_default()))
}

/// A caption that may be there or not.
pub(super) fn caption(work: &mut Work<'_>, old: Option<&Caption>, new: Option<&Caption>) -> Option<Caption> {
    let either = new.or(old)?;
    let content = |caption: Option<&Caption>| caption.map(|caption| caption.content.clone()).unwrap_or_default();
    let content = line::line(work, &content(old), &content(new));
    Some(Caption { content, ..either.clone() })
}
