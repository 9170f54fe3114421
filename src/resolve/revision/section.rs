//! Sections, by which changes are listed.

use crate::document::{Block, BlockKind, Side, plain_text, settle_blocks};
use crate::resolve::info::Anchor;
use crate::resolve::resolved::ResolvedDocument;

/// A heading that changes stand under.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectionInfo {
    /// "III.", as printed; of one that is gone, as it was.
    pub number: Option<String>,
    /// Its text: that of the new version; of one that is gone, as it was.
    pub title: String,
    /// What it was called before, if that was something else.
    pub former: Option<String>,
    /// 1 for a chapter.
    pub level: u8,
    /// Where it stands.
    pub anchor: Option<Anchor>,
    /// Its chapter, by its place in [`super::RevisionInfo::sections`]: its own for a chapter.
    pub chapter: usize,
    /// The version that it stands in, where that is one only.
    pub side: Option<Side>,
}

impl SectionInfo {
    /// "III. Findings".
    pub fn name(&self) -> String {
        match &self.number {
            Some(number) => format!("{number} {}", self.title),
            None => self.title.clone(),
        }
    }
}

/// The sections, as they are met.
#[derive(Default)]
pub(super) struct Sections {
    pub(super) list: Vec<SectionInfo>,
    /// The section that is being read in each version: the old, the new.
    at: [Option<usize>; 2],
    /// The same of chapters.
    chapter: [Option<usize>; 2],
}

/// The place of a version in a pair.
pub(super) fn place(side: Side) -> usize {
    match side {
        Side::Old => 0,
        Side::New => 1,
    }
}

impl Sections {
    /// The section that is being read in a version.
    pub(super) fn current(&self, side: Side) -> Option<usize> {
        self.at[place(side)]
    }

    /// At a heading that stands in one version, or in both.
    pub(super) fn heading(&mut self, doc: &ResolvedDocument, block: &Block, side: Option<Side>) {
        let Some(title) = title(doc, block, side.unwrap_or(Side::New)) else { return };
        let was = if side.is_none() { title_of(doc, block, Side::Old) } else { None };
        let former = was.filter(|was| *was != title);
        let info = doc.headings.get(block.id);
        let level = info.map_or(1, |info| info.level.get());
        let index = self.list.len();
        let sides = match side {
            Some(side) => vec![side],
            None => vec![Side::Old, Side::New],
        };
        for side in &sides {
            self.at[place(*side)] = Some(index);
            if level == 1 {
                self.chapter[place(*side)] = Some(index);
            }
        }
        let of = place(side.unwrap_or(Side::New));
        self.list.push(SectionInfo {
            number: info.and_then(|info| info.number.clone()),
            title,
            former,
            level,
            anchor: doc.anchors.get(block.id).cloned(),
            chapter: self.chapter[of].unwrap_or(index),
            side,
        });
    }
}

/// What a heading says in a version; `None` where it has no text there or is no heading.
fn title(doc: &ResolvedDocument, block: &Block, side: Side) -> Option<String> {
    title_of(doc, block, side).or_else(|| title_of(doc, block, side.other()))
}

fn title_of(doc: &ResolvedDocument, block: &Block, side: Side) -> Option<String> {
    // What stands in the other version alone has no text in this one; a heading that came or went is whole.
    let whole = Block { change: None, ..block.clone() };
    let settled = settle_blocks(std::slice::from_ref(&whole), &|_| Some(side));
    let Some(BlockKind::Heading(heading)) = settled.first().map(|block| &block.kind) else { return None };
    let text = doc.plain_text(&heading.content);
    let empty = plain_text(&heading.content).trim().is_empty();
    (!empty).then(|| text.split_whitespace().collect::<Vec<_>>().join(" "))
}
