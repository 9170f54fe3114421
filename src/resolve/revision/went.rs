//! Where what is numbered went.
//!
//! In: the marked tree, the numbers of both versions. Out: for each numbered paragraph, heading, box, figure and table, in reading order, the number
//! that it had and the one that it has.

use std::collections::{HashMap, VecDeque};

use super::ChangeObject;
use super::excerpt::opening;
use super::object::object;
use crate::document::{Block, BlockKind, Document, NodeId, Side, StandingKind, settle_blocks};
use crate::resolve::number::Numbers;
use crate::resolve::resolved::ResolvedDocument;

/// Something numbered, and what has become of its number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Went {
    /// What it is.
    pub object: ChangeObject,
    /// Its number in the old version, without a full stop; `None` if it is new.
    pub before: Option<String>,
    /// Its number in the new version; `None` if it is gone.
    pub after: Option<String>,
    /// Whether it stands elsewhere.
    pub moved: bool,
    /// Its first words.
    pub opening: String,
}

/// Where everything went; `doc` words the references.
pub(in crate::resolve) fn went(
    doc: &ResolvedDocument,
    document: &Document,
    old: &Numbers<'_>,
    new: &Numbers<'_>,
) -> Vec<Went> {
    let headings = |numbers: &Numbers<'_>| {
        let numbered = numbers
            .headings
            .iter()
            .filter_map(|heading| heading.number.as_ref().map(|number| (heading.block.id, number.printed.clone())));
        numbered.collect::<HashMap<_, _>>()
    };
    let (old_headings, new_headings) = (headings(old), headings(new));
    let mut reader = Reader {
        doc,
        before: &|block| number(old, &old_headings, block),
        after: &|block| number(new, &new_headings, block),
        list: Vec::new(),
        ends: HashMap::new(),
    };
    document.parts.iter().for_each(|part| reader.blocks(&part.blocks, None));
    reader.list
}

fn number(numbers: &Numbers<'_>, headings: &HashMap<NodeId, String>, block: &Block) -> Option<String> {
    let paragraph = numbers.paragraphs.get(block.id).and_then(|info| info.number.clone());
    let caption = numbers.captions.get(block.id).map(|info| info.number.clone());
    let boxed = numbers.boxes.get(block.id).and_then(|info| info.number.clone());
    let number = paragraph.or(caption).or(boxed).or_else(|| headings.get(&block.id).cloned())?;
    Some(number.trim_end_matches('.').to_owned())
}

type NumberOf<'n> = &'n dyn Fn(&Block) -> Option<String>;

struct Reader<'n> {
    doc: &'n ResolvedDocument,
    before: NumberOf<'n>,
    after: NumberOf<'n>,
    list: Vec<Went>,
    /// Ends of moves that wait for the other, by their number and what they are: places in the list.
    ends: HashMap<(u32, ChangeObject, Side), VecDeque<usize>>,
}

impl Reader<'_> {
    fn blocks(&mut self, blocks: &[Block], within: Option<(StandingKind, u32)>) {
        // What a paragraph goes on with that was split or merged.
        let mut joined: Option<(Side, Option<String>)> = None;
        // A heading that is gone, right before another: the change, and where it is listed.
        let mut renamed: Option<(u32, usize)> = None;
        for block in blocks {
            let own = block.change.as_ref().and_then(|change| change.standing.as_ref());
            let standing = within.or_else(|| own.map(|standing| (standing.kind, standing.mark.number)));
            let (mut before, mut after) = ((self.before)(block), (self.after)(block));
            match joined.take() {
                Some((Side::New, number)) => before = before.or(number),
                Some((Side::Old, number)) => after = after.or(number),
                None => {}
            }
            let end = block.change.as_ref().and_then(|change| change.end.as_ref());
            joined = end.map(|end| match end.side {
                Side::New => (Side::New, before.clone()),
                Side::Old => (Side::Old, after.clone()),
            });
            let heading = standing.filter(|_| matches!(block.kind, BlockKind::Heading(_)));
            match (renamed.take(), heading) {
                (Some((gone, at)), Some((StandingKind::Inserted, number))) if gone == number => {
                    let opening = self.first_words(block, Side::New);
                    let one = &mut self.list[at];
                    (one.after, one.opening) = (after, opening);
                }
                _ if before.is_some() || after.is_some() => {
                    renamed = heading
                        .filter(|(kind, _)| *kind == StandingKind::Deleted)
                        .map(|(_, number)| (number, self.list.len()));
                    self.take(block, (before, after), standing);
                }
                _ => {}
            }
            self.children(block, standing);
        }
    }

    fn take(
        &mut self,
        block: &Block,
        (before, after): (Option<String>, Option<String>),
        standing: Option<(StandingKind, u32)>,
    ) {
        let object = object(&block.kind);
        let moved = standing.filter(|(kind, _)| matches!(kind, StandingKind::MovedTo | StandingKind::MovedFrom));
        if let Some((kind, number)) = moved {
            let other = self.ends.get_mut(&(number, object, kind.side().other())).and_then(VecDeque::pop_front);
            if let Some(at) = other {
                let one = &mut self.list[at];
                one.before = one.before.take().or(before);
                one.after = one.after.take().or(after);
                return;
            }
            self.ends.entry((number, object, kind.side())).or_default().push_back(self.list.len());
        }
        let side = if after.is_some() { Side::New } else { Side::Old };
        let opening = self.first_words(block, side);
        self.list.push(Went { object, before, after, moved: moved.is_some(), opening });
    }

    fn first_words(&self, block: &Block, side: Side) -> String {
        let whole = Block { change: None, ..block.clone() };
        opening(&self.doc.plain_text_of_blocks(&settle_blocks(&[whole], &|_| Some(side))))
    }

    fn children(&mut self, block: &Block, within: Option<(StandingKind, u32)>) {
        match &block.kind {
            BlockKind::Division(blocks) | BlockKind::BlockQuote(blocks) => self.blocks(blocks, within),
            BlockKind::Box(boxed) => self.blocks(&boxed.blocks, within),
            BlockKind::Details(details) => self.blocks(&details.blocks, within),
            BlockKind::List(list) => list.items.iter().for_each(|item| self.blocks(&item.blocks, within)),
            BlockKind::DescriptionList(items) => items.iter().for_each(|item| self.blocks(&item.details, within)),
            BlockKind::Paragraph(_)
            | BlockKind::Heading(_)
            | BlockKind::CodeBlock(_)
            | BlockKind::Figure(_)
            | BlockKind::Table(_)
            | BlockKind::ThematicBreak
            | BlockKind::Formula(_)
            | BlockKind::Bibliography(_) => {}
        }
    }
}
