//! The commonest edit by a short way: words of paragraphs, where nothing that is numbered, linked or referred to has
//! changed. What was decided about the report still holds; only the paragraphs are written again.
//!
//! In: the last whole state, a draft as it is now. Out: the page with the block that changed, and the block itself, with
//! the ids that it had, for the pages.
//! A whole run follows in any case, and what it makes is what stays.

use std::sync::Arc;

use super::desk::Good;
use super::web::{Digest, Web, WebBlock, WebRegion};
use super::words::{Moved, Reworded};
use crate::document::{
    self, Attributes, Block, BlockKind, Document, Inline, InlineKind, NodeId, PartKind, VisitMut, walk_blocks_mut,
};
use crate::markdown::{self, KeptDrafts};
use crate::project::Project;
use crate::resolve;
use crate::source::{FileId, SourceFile, Sources, Span};
use crate::write::html::{self, RegionKey, Wants};

/// The page, and what its words are, after an edit of one draft, whose text is now `new`; `None` where more has changed
/// than words of one block. The words have no revision yet.
pub(super) fn patch(
    (whole, wants_of_whole, kept): (&Arc<Good>, &Wants, &KeptDrafts),
    project: &Project,
    draft: FileId,
    new: &Arc<SourceFile>,
) -> Option<(Web, Reworded)> {
    let (resolved, old) = (&whole.resolved, &whole.sources[draft]);
    let part = resolved.document.parts.iter().position(|part| part.file == draft)?;
    let edit = Edit::between(old.text(), new.text())?;
    let mut sources = Sources::clone(&whole.sources);
    let now = sources.share(Arc::clone(new));
    let (before, after) =
        (parsed(project, &sources, draft, kept), parsed(project, &sources, now, &KeptDrafts::default()));
    let at = edit.only_block(&before, &after)?;
    let (before, after) = (&before.parts.first()?.blocks[at], &after.parts.first()?.blocks[at]);
    let there = &resolved.document.parts[part].blocks;
    let index = there.iter().position(|block| same_place(block.span, before.span))?;
    let above = index.checked_sub(1).map(|above| &there[above].kind);
    // A paragraph directly beneath may be its source line, by its words.
    if matches!(above, Some(BlockKind::Table(_) | BlockKind::Figure(_))) {
        return None;
    }
    let new_block = patched(before, after, &there[index])?;
    let (html, wants) = html::block(resolved, &whole.style, part, &new_block);
    let region = whole.web.regions.iter().position(|region| region.key == RegionKey::Part(part))?;
    let mut blocks = whole.web.regions[region].blocks.to_vec();
    let block = blocks.get_mut(index).filter(|_| wants_of_whole.cover(&wants))?;
    (block.digest, block.html) = (Digest::of(html.as_str()), html.into());
    move_lines(&mut blocks, index, (old.lines().count(), new.lines().count()));
    let mut regions = whole.web.regions.to_vec();
    regions[region] =
        WebRegion { digest: WebRegion::digest_of(&blocks), blocks: blocks.into(), ..regions[region].clone() };
    let web = Web { regions: regions.into(), ..Web::clone(&whole.web) };
    let moved = Moved { edit, before: draft, block: new_block.span };
    let (whole, sources) = (Arc::clone(whole), Arc::new(sources));
    Some((web, Reworded { revision: 0, whole, sources, moved, part, index, block: new_block }))
}

/// A draft by itself, its quotation marks set.
fn parsed(project: &Project, sources: &Sources, file: FileId, kept: &KeptDrafts) -> Document {
    let mut document = markdown::parse_again(sources, &[file], kept).value;
    resolve::set_quotes(&mut document, project);
    document
}

/// The block ends some lines later, or earlier, and what comes after it stands there.
fn move_lines(blocks: &mut [WebBlock], at: usize, (before, after): (usize, usize)) {
    let moved = |line: usize| (line + after).saturating_sub(before).max(1);
    for (index, block) in blocks.iter_mut().enumerate().skip(at) {
        if let Some(source) = &mut block.source {
            source.last_line = moved(source.last_line);
            if index > at {
                source.start.line = moved(source.start.line);
            }
        }
    }
}

/// The one stretch of a text that is another in the next.
#[derive(Debug, Clone)]
pub(super) struct Edit {
    /// Where it begins in both.
    start: usize,
    /// Where it ends in the old text, and in the new.
    ends: [usize; 2],
}

impl Edit {
    pub(super) fn between(old: &str, new: &str) -> Option<Self> {
        let same = |a: &u8, b: &u8| a == b;
        let start = old.bytes().zip(new.bytes()).take_while(|(a, b)| same(a, b)).count();
        let most = old.len().min(new.len()) - start;
        let behind = old.bytes().rev().zip(new.bytes().rev()).take(most).take_while(|(a, b)| same(a, b)).count();
        (old != new).then_some(Self { start, ends: [old.len() - behind, new.len() - behind] })
    }

    /// Where something of the old text stands in the new.
    pub(super) fn moved(&self, span: Span) -> (usize, usize) {
        let moved = |at: u32| match at as usize {
            at if at >= self.ends[0] => at + self.ends[1] - self.ends[0],
            at => at,
        };
        (moved(span.start), moved(span.end))
    }

    /// Where something of the new text stood in the old, or what was there instead.
    pub(super) fn moved_back(&self, offset: usize) -> usize {
        match offset {
            offset if offset >= self.ends[1] => offset + self.ends[0] - self.ends[1],
            offset => offset.min(self.ends[0]),
        }
    }

    /// The only block that it touches, if all others stand as they did, wherever they stand.
    fn only_block(&self, old: &Document, new: &Document) -> Option<usize> {
        let (before, after) = (old.parts.first()?, new.parts.first()?);
        let stays = |old: Span, new: Span| self.moved(old) == (new.start as usize, new.end as usize);
        let front = before.kind == after.kind
            && before.title == after.title
            && before.numbering == after.numbering
            && before.language == after.language
            && before.contributors == after.contributors;
        let notes = old.notes.len() == new.notes.len()
            && old.notes.iter().zip(&new.notes).all(|(a, b)| a.label == b.label && stays(a.span, b.span));
        let mut blocks = before.blocks.iter().zip(&after.blocks);
        let same = before.blocks.len() == after.blocks.len() && blocks.all(|(a, b)| stays(a.span, b.span));
        if !(front && notes && same) || before.kind == PartKind::Cover {
            return None;
        }
        let holds = |span: Span| span.start as usize <= self.start && self.ends[0] <= span.end as usize;
        // Inline notes stand within a block, and are written elsewhere.
        let in_note = old
            .notes
            .iter()
            .any(|note| (note.span.start as usize) < self.ends[0] && self.start < note.span.end as usize);
        before.blocks.iter().position(|block| holds(block.span)).filter(|_| !in_note)
    }
}

/// The new block with the ids of the one that stands in the report, if only words differ, and resolving the report
/// left the old one as it was.
fn patched(old: &Block, new: &Block, there: &Block) -> Option<Block> {
    let [old, mut new, mut there] = [old, new, there].map(|block| [block.clone()]);
    let mut given = Ids::default();
    walk_blocks_mut(&mut there, &mut given);
    let shape = |blocks: &[Block; 1], words| Bare::of(blocks, words, there[0].span);
    let as_it_was = shape(&old, Words::Kept)? == shape(&there, Words::Kept)?;
    if !as_it_was || shape(&old, Words::Blank)? != shape(&new, Words::Blank)? {
        return None;
    }
    let mut give = Give { nodes: given.nodes.into_iter(), notes: given.notes.into_iter() };
    walk_blocks_mut(&mut new, &mut give);
    let [new] = new;
    Some(new)
}

fn same_place(one: Span, other: Span) -> bool {
    (one.start, one.end) == (other.start, other.end)
}

/// Ids as they are met.
#[derive(Default)]
struct Ids {
    nodes: Vec<NodeId>,
    notes: Vec<NodeId>,
}

impl VisitMut for Ids {
    fn id(&mut self, id: &mut NodeId) {
        self.nodes.push(*id);
    }

    fn inline(&mut self, inline: &mut Inline) {
        if let InlineKind::Note(note) = inline.kind {
            self.notes.push(note);
        }
    }
}

/// Gives the ids of another tree of the same shape.
struct Give {
    nodes: std::vec::IntoIter<NodeId>,
    notes: std::vec::IntoIter<NodeId>,
}

impl VisitMut for Give {
    fn id(&mut self, id: &mut NodeId) {
        *id = self.nodes.next().unwrap_or(*id);
    }

    fn inline(&mut self, inline: &mut Inline) {
        if let InlineKind::Note(note) = &mut inline.kind {
            *note = self.notes.next().unwrap_or(*note);
        }
    }
}

/// Whether words count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Words {
    Kept,
    Blank,
}

/// Takes away what tells where a block stands, and the words where they do not count.
struct Bare {
    words: Words,
    nowhere: Span,
    note: NodeId,
    /// Whether there is nothing in it by which anything else is decided.
    is_plain: bool,
}

impl Bare {
    /// `None` where something else depends on the block.
    fn of(blocks: &[Block; 1], words: Words, nowhere: Span) -> Option<[Block; 1]> {
        let mut blocks = blocks.clone();
        let note = document::Ids::default().fresh();
        let mut bare = Self { words, nowhere, note, is_plain: true };
        walk_blocks_mut(&mut blocks, &mut bare);
        document::renew_ids(&mut blocks, &mut document::Ids::default());
        bare.is_plain.then_some(blocks)
    }

    fn labelled(&mut self, attributes: &Attributes) {
        self.is_plain &= attributes.label.is_none();
    }
}

impl VisitMut for Bare {
    fn block(&mut self, block: &mut Block) {
        block.span = self.nowhere;
        self.labelled(&block.attributes);
        match &mut block.kind {
            BlockKind::List(list) => list.items.iter_mut().for_each(|item| item.span = self.nowhere),
            BlockKind::DescriptionList(items) => items.iter_mut().for_each(|item| item.span = self.nowhere),
            BlockKind::Paragraph(_) | BlockKind::BlockQuote(_) | BlockKind::Division(_) => {}
            BlockKind::Heading(_)
            | BlockKind::Box(_)
            | BlockKind::CodeBlock(_)
            | BlockKind::Figure(_)
            | BlockKind::Table(_)
            | BlockKind::ThematicBreak
            | BlockKind::Details(_)
            | BlockKind::Formula(_)
            | BlockKind::Bibliography(_) => self.is_plain = false,
        }
    }

    fn inline(&mut self, inline: &mut Inline) {
        inline.span = self.nowhere;
        match &mut inline.kind {
            InlineKind::Text(text) | InlineKind::Code(text) => {
                // It may name something that another draft calls so.
                self.is_plain &= !text.contains('@');
                if self.words == Words::Blank {
                    text.clear();
                }
            }
            InlineKind::Note(note) => *note = self.note,
            InlineKind::Link(link) => self.labelled(&link.attributes),
            InlineKind::Span(attributes, _) => self.labelled(attributes),
            InlineKind::SoftBreak
            | InlineKind::LineBreak
            | InlineKind::Emphasis(_)
            | InlineKind::Strong(_)
            | InlineKind::Strikethrough(_)
            | InlineKind::Highlight(_)
            | InlineKind::Superscript(_)
            | InlineKind::Subscript(_) => {}
            InlineKind::Image(_) | InlineKind::Reference(_) | InlineKind::Formula(_) | InlineKind::Citation(_) => {
                self.is_plain = false;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edit_is_the_one_stretch_that_differs() {
        let edit = |old: &str, new: &str| Edit::between(old, new).map(|edit| (edit.start, edit.ends));
        assert_eq!(edit("one two", "one two"), None);
        assert_eq!(edit("one two", "one or two"), Some((4, [4, 7])));
        assert_eq!(edit("aaa", "aa"), Some((2, [3, 2])));
        assert_eq!(edit("", "x"), Some((0, [0, 1])));
    }
}
