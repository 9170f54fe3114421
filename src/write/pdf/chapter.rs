//! Chapters: the stretches of a document that begin on a page of their own, and so can be laid out alone.
//!
//! In: the blocks of a part. Out: their source, each block an expression of its own in markup, and where each chapter's
//! source begins. A chapter's source stands on its own: what surrounds it, such as a part's language, is said again in
//! each. A heading that begins a page inside something else begins no chapter.

use std::collections::{BTreeSet, HashSet};

use rayon::prelude::*;

use super::block::CRAMPED;
use super::generator::{Generator, Place};
use crate::document::{Block, BlockKind, Part};
use crate::resolve::{Anchor, LanguageInfo};

/// Where a chapter begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cut {
    /// Byte of the generated source.
    pub(super) at: usize,
    /// How many anchors come before.
    pub(super) anchors: usize,
    /// What begins there.
    pub(super) place: ChapterPlace,
}

/// What a stretch of generated source is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum ChapterPlace {
    /// No chapter: the rules for the whole document.
    Rules,
    /// The cover, which has no head and no foot.
    Cover,
    /// Contents, lists and disclaimer.
    Contents,
    /// A chapter of the drafts, by its heading's anchor; the first may begin without one.
    Body(Option<Anchor>),
    /// A redline's list of changes, behind all else.
    Changes,
}

impl ChapterPlace {
    /// Whether it says on which pages other chapters have something.
    pub(super) fn asks_for_pages(&self) -> bool {
        match self {
            Self::Contents | Self::Changes => true,
            Self::Rules | Self::Cover | Self::Body(_) => false,
        }
    }
}

impl Generator<'_> {
    /// Here begins a chapter.
    pub(super) fn cut(&mut self, place: ChapterPlace) {
        self.cuts.push(Cut { at: self.out.position(), anchors: self.anchors.len(), place });
    }

    /// All parts but the cover's, side by side: each is on its own.
    pub(super) fn parts(&mut self) {
        let doc = self.doc;
        let generated: Vec<(usize, Generator<'_>)> = (doc.document.parts.par_iter().enumerate())
            .filter(|(_, part)| !part.kind.is_on_cover())
            .map(|(at, part)| (at, self.alone(at, part)))
            .collect();
        for (at, part) in generated {
            let start = self.out.position();
            self.append(part);
            self.parts.push((at, start..self.out.position()));
        }
    }

    /// What the part at a position comes to, which may be another than the document has there.
    pub(super) fn alone(&self, at: usize, part: &Part) -> Self {
        let mut generator = Generator { part: Some(at), ..self.another() };
        generator.part(part, self.doc.part_languages.get(at).and_then(Option::as_ref));
        generator
    }

    /// A generator of what stands beside this.
    fn another(&self) -> Self {
        let (absent, homes) = (self.absent.clone(), self.homes.clone());
        Generator { absent, homes, ..Generator::new(self.doc, self.style, self.out.fonts()) }
    }

    /// Puts what another has generated behind all that is here.
    fn append(&mut self, other: Self) {
        let (bytes, anchors) = (self.out.position(), self.anchors.len());
        let moved = |cut: Cut| Cut { at: cut.at + bytes, anchors: cut.anchors + anchors, ..cut };
        self.cuts.extend(other.cuts.into_iter().map(moved));
        self.anchors.extend(other.anchors);
        self.targets.extend(other.targets);
        self.changes.extend(other.changes);
        self.out.append(other.out);
    }

    /// A part, chapter by chapter.
    fn part(&mut self, part: &Part, language: Option<&LanguageInfo>) {
        let inside = language.map_or(self.place, |info| self.place.speaking(info, &self.doc.language));
        let mut top = Top { language, open: false };
        self.top_blocks(&part.blocks, inside, &mut top);
        if !self.waiting.is_empty() {
            self.open(None, &mut top);
            self.within(inside, |g| {
                g.out.push("#{\n");
                g.waiting_anchors();
                g.out.push("}");
            });
        }
        self.close(&mut top);
    }

    fn top_blocks(&mut self, blocks: &[Block], inside: Place, top: &mut Top<'_>) {
        let doc = self.doc;
        let alike = |a: &Block, b: &Block| doc.orientation(a.id) == doc.orientation(b.id);
        for run in blocks.chunk_by(alike) {
            if self.turns(run) {
                self.open(None, top);
                self.out.push("#{");
                self.within(inside, |g| g.turned(run));
                self.out.push("}");
            } else {
                run.iter().for_each(|block| self.top_block(block, inside, top));
            }
        }
    }

    fn top_block(&mut self, block: &Block, inside: Place, top: &mut Top<'_>) {
        let doc = self.doc;
        if let BlockKind::Division(blocks) = &block.kind
            && doc.languages.get(block.id).is_none()
            && inside.width.0 >= CRAMPED
        {
            self.waiting.extend(doc.anchors.get(block.id).cloned());
            return self.top_blocks(blocks, inside, top);
        }
        self.open(Some(block), top);
        self.out.push("#{\n");
        self.within(inside, |g| g.block_statement(block));
        self.out.push("}");
    }

    /// Begins a chapter if `block` does, and says what surrounds it.
    fn open(&mut self, block: Option<&Block>, top: &mut Top<'_>) {
        let begins = block.filter(|block| self.begins_page(block) && self.doc.languages.get(block.id).is_none());
        if let Some(block) = begins {
            self.close(top);
            let anchor = self.doc.headings.get(block.id).map(|info| info.anchor.clone());
            self.cut(ChapterPlace::Body(anchor));
        }
        if let Some(language) = top.language.filter(|_| !top.open) {
            self.out.push("#");
            self.language(language);
            self.out.push("[");
            top.open = true;
        }
    }

    fn close(&mut self, top: &mut Top<'_>) {
        if std::mem::take(&mut top.open) {
            self.out.push("])\n");
        }
    }

    /// Chapters in which nothing is seen belong to the one before: by themselves they would have an empty page.
    pub(super) fn drop_blank_cuts(&mut self) {
        let ends: Vec<usize> = self.cuts.iter().skip(1).map(|cut| cut.at).chain([self.out.position()]).collect();
        let mut ends = ends.into_iter();
        let out = &self.out;
        self.cuts.retain(|cut| {
            let end = ends.next().expect("each cut has an end");
            !matches!(cut.place, ChapterPlace::Body(_) | ChapterPlace::Changes) || !is_blank(out.between(cut.at, end))
        });
    }

    /// What something leads to and nothing is.
    pub(super) fn absent(&self) -> BTreeSet<Anchor> {
        let known: HashSet<&Anchor> = self.anchors.iter().collect();
        self.targets.iter().filter(|anchor| !known.contains(anchor)).cloned().collect()
    }
}

/// Where in a part's markup the generator is.
struct Top<'a> {
    language: Option<&'a LanguageInfo>,
    /// Whether the call that says the language is open.
    open: bool,
}

/// Whether source shows nothing: no more than anchors, in whatever language.
fn is_blank(source: &str) -> bool {
    let calls = source.matches('(').count();
    calls == source.matches("anchor(\"").count() + source.matches("#speak(\"").count()
}
