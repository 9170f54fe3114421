//! The chapters of a document between its states: which is which, what changed in them, and what each was laid out as.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use typst::diag::SourceDiagnostic;
use typst::syntax::{FileId, Source};

use super::edit;
use super::setting::Laid;
use crate::diag::Diagnostics;
use crate::resolve::Anchor;
use crate::write::pdf::chapter::ChapterPlace;
use crate::write::pdf::markup::Origins;
use crate::write::pdf::page::Generated;
use crate::write::pdf::report;
use crate::write::pdf::world::{self, Press};

/// The digests of images, by the paths that sources have for them.
pub(super) type Images = BTreeMap<String, [u8; 32]>;

/// A chapter.
pub(super) struct Chapter {
    /// The id of its source, the same as long as it lasts.
    pub(super) slot: FileId,
    /// What it is.
    pub(super) place: ChapterPlace,
    /// From its source to the drafts.
    pub(super) origins: Origins,
    /// The places in it that something may lead to.
    pub(super) anchors: Arc<[Anchor]>,
    /// Whether its layout is of an older source.
    pub(super) stale: Stale,
    /// A newer source, and where it is from, not taken in yet.
    pending: Option<(String, Origins)>,
    /// What its newest source shows.
    shown: Images,
    /// What the source showed that was taken in last. The same path may have led elsewhere in between.
    taken: Images,
    /// Its pages, if it could ever be laid out.
    pub(super) laid: Option<Arc<Laid>>,
    /// What stands against a newer layout.
    pub(super) faults: Vec<SourceDiagnostic>,
}

/// How far a layout is from its chapter's source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stale {
    /// It is of that source.
    Not,
    /// Numbers changed.
    Numbers,
    /// Words changed.
    Words,
}

impl Chapter {
    fn new(slot: FileId, place: ChapterPlace) -> Self {
        let (origins, faults, shown, taken) = Default::default();
        let (anchors, stale) = (Arc::from([]), Stale::Words);
        Self { slot, place, origins, anchors, stale, pending: None, shown, taken, laid: None, faults }
    }

    /// Takes note of the images as they are now: of one that is another, the layout is stale whatever the words say.
    pub(super) fn show(&mut self, images: Images) {
        let is_other = |(path, digest): (&String, &[u8; 32])| self.taken.get(path).is_some_and(|taken| taken != digest);
        if images.iter().any(is_other) {
            self.stale = Stale::Words;
        }
        self.shown = images;
    }

    /// Takes note of the source as it is now.
    pub(super) fn renew(&mut self, press: &Press, text: String, origins: Origins, anchors: &[Anchor]) {
        if *self.anchors != *anchors {
            self.anchors = anchors.into();
        }
        let stale = press.kept(self.slot).map_or(Stale::Words, |source| edit::compared(source.text(), &text));
        if stale == Stale::Not {
            // It may be that of what was laid out last, after a change that was taken back.
            if self.pending.take().is_some() && self.stale == Stale::Numbers {
                self.stale = Stale::Not;
            }
            self.origins = origins;
        } else {
            // Until it is laid out, what is seen is of the older source, but stands elsewhere in the drafts.
            self.origins = if stale == Stale::Numbers { self.origins.moved_to(&origins) } else { Origins::default() };
            self.stale = self.stale.max(stale);
            self.pending = Some((text, origins));
        }
    }

    /// Its newest source, where none of it was taken in before.
    pub(super) fn parsed(&self, press: &Press) -> Option<Source> {
        let (text, _) = self.pending.as_ref().filter(|_| press.kept(self.slot).is_none())?;
        Some(Source::new(self.slot, text.clone()))
    }

    /// Takes the newest source in, so that it can be laid out.
    pub(super) fn take_in(&mut self, press: &mut Press) {
        self.taken.clone_from(&self.shown);
        let Some((text, origins)) = self.pending.take() else { return };
        self.origins = origins;
        match press.source_mut(self.slot) {
            Some(source) if source.text() == text => {}
            Some(source) => edit::apply(source, &text),
            None => press.put(self.slot, &text),
        }
    }

    /// What Typst says of this chapter, said about the drafts.
    pub(super) fn said(&self, press: &Press, found: &[SourceDiagnostic]) -> Diagnostics {
        report::translated(found, &|span| {
            if span.id() != Some(self.slot) {
                return None;
            }
            self.origins.find(&typst::WorldExt::range(press, span)?)
        })
    }
}

/// The stretches of the source that are chapters.
pub(super) fn ranges(generated: &Generated) -> impl Iterator<Item = (Range<usize>, Range<usize>)> {
    let cuts = generated.cuts.get(1..).unwrap_or_default();
    let next = cuts.iter().skip(1).map(|cut| (cut.at, cut.anchors));
    let ends = next.chain([(generated.source.len(), generated.anchors.len())]);
    cuts.iter().zip(ends).map(|(cut, (end, anchors))| (cut.at..end, cut.anchors..anchors))
}

/// The ids of sources, which Typst never frees: those of chapters that went are used again.
#[derive(Default)]
pub(super) struct Slots {
    free: Vec<FileId>,
    used: usize,
}

impl Slots {
    fn fresh(&mut self) -> FileId {
        self.free.pop().unwrap_or_else(|| {
            self.used += 1;
            world::id(&format!("/chapter/{}.typ", self.used))
        })
    }

    /// The chapters of the new state, in order, each that was there before as it was. Says whether they are others.
    pub(super) fn matched(
        &mut self,
        mut old: Vec<Chapter>,
        generated: &Generated,
        press: &mut Press,
    ) -> (Vec<Chapter>, bool) {
        let new: Vec<&ChapterPlace> = generated.cuts.iter().skip(1).map(|cut| &cut.place).collect();
        let alike = |(chapter, place): &(&Chapter, &&ChapterPlace)| chapter.place == ***place;
        let before = old.iter().zip(&new).take_while(|pair| alike(pair)).count();
        let room = old.len().min(new.len()) - before;
        let after = old.iter().rev().zip(new.iter().rev()).take(room).take_while(|pair| alike(pair)).count();
        let end = old.split_off(old.len() - after);
        let mut middle: Vec<Option<Chapter>> = old.split_off(before).into_iter().map(Some).collect();
        let wanted = &new[before..new.len() - after];
        let moved = middle.len() != wanted.len();
        let mut chapters = old;
        for (at, place) in wanted.iter().enumerate() {
            // As many as before: at most their headings were renamed.
            let found = if moved {
                middle.iter().position(|chapter| chapter.as_ref().is_some_and(|chapter| chapter.place == **place))
            } else {
                Some(at)
            };
            let kept = found.and_then(|at| middle[at].take());
            let chapter = kept.unwrap_or_else(|| Chapter::new(self.fresh(), (*place).clone()));
            chapters.push(Chapter { place: (*place).clone(), ..chapter });
        }
        chapters.extend(end);
        for gone in middle.into_iter().flatten() {
            press.remove(gone.slot);
            self.free.push(gone.slot);
        }
        (chapters, moved)
    }
}
