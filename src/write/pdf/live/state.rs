//! The chapters as they are laid out at one state of the report, and what is to be laid out next.
//!
//! In: generated source, chapters to lay out. Out: their pages, and what Typst says of them. Decides nothing about order.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;
use typst::foundations::Bytes;
use typst::syntax::Source;

use super::answers::Answers;
use super::chapter::{self, Chapter, Images, Slots, Stale};
use super::feet::Feet;
use super::page::Purpose;
use super::{Changed, Settled, setting};
use crate::diag::Diagnostics;
use crate::document::Direction;
use crate::resolve::ResolvedDocument;
use crate::style::{FontSet, Stylesheet};
use crate::write::pdf::bars::Bars;
use crate::write::pdf::chapter::ChapterPlace;
use crate::write::pdf::page::{self as generation, Generated};
use crate::write::pdf::style::PATH;
use crate::write::pdf::world::Press;

/// As often as Typst itself lays out a document whose page numbers move its contents, which move its page numbers.
const ROUNDS: usize = 5;

/// Typst keeps what it laid out, down to the paragraph, for as many steps as this after it was last used.
const KEPT: usize = 8;

/// Pages laid out in one such step: these, and an eighth of the document. So what is kept grows with the document and not
/// with what an edit touched: a note that renumbers half a report lays out half of it anew.
const STEP: usize = 32;

/// A state of the report.
pub(super) struct State {
    pub(super) press: Press,
    pub(super) fonts: FontSet,
    pub(super) images: Images,
    /// What each chapter's source begins with.
    pub(super) rules: String,
    pub(super) chapters: Vec<Chapter>,
    pub(super) slots: Slots,
    pub(super) answers: Answers,
    /// None before the first state.
    pub(super) feet: Option<Arc<Feet>>,
    /// Where changes are shown.
    pub(super) bars: Option<Arc<Bars>>,
    /// How many rounds it took so far to give the contents their page numbers.
    pub(super) rounds: usize,
    /// What of the last round is not laid out yet.
    pub(super) left: Vec<usize>,
    /// The whole source, as it was taken in last; none before the first state.
    pub(super) generated: Option<Arc<Generated>>,
    /// The chapter that has other words since.
    pub(super) patched: Option<usize>,
    /// Pages laid out since the last step of forgetting.
    pub(super) pages_set: usize,
}

impl State {
    pub(super) fn new(fonts: &FontSet) -> Self {
        let press = Press::empty(BTreeMap::new(), fonts);
        let (images, rules, chapters, slots, answers) = Default::default();
        let (rounds, left, pages_set) = Default::default();
        let (feet, bars, generated, patched) = Default::default();
        let fonts = fonts.clone();
        Self {
            press,
            fonts,
            images,
            rules,
            chapters,
            slots,
            answers,
            feet,
            bars,
            rounds,
            left,
            generated,
            patched,
            pages_set,
        }
    }

    pub(super) fn take(
        &mut self,
        generated: Generated,
        style: &Stylesheet,
        direction: Direction,
        restyled: bool,
    ) -> Changed {
        let head = generated.cuts.first().map_or("", |cut| &generated.source[..cut.at]);
        if restyled || !self.feet.as_ref().is_some_and(|feet| feet.is_of(head)) {
            self.feet = Some(Arc::new(Feet::new(&self.press, head, style, direction)));
            self.rules = format!("{head}#show: body => report(meta, body, feet: false)\n");
        }
        let is_marked = !generated.changes.is_empty();
        self.bars = is_marked.then(|| Arc::new(Bars::new(&self.press, style, direction)));
        (self.rounds, self.left, self.patched) = Default::default();
        let old = std::mem::take(&mut self.chapters);
        let mut changed = Changed::default();
        (self.chapters, changed.moved) = self.slots.matched(old, &generated, &mut self.press);
        for (at, (chapter, ranges)) in self.chapters.iter_mut().zip(chapter::ranges(&generated)).enumerate() {
            let (bytes, anchors) = ranges;
            let origins = generated.origins.part(bytes.clone(), self.rules.len());
            let text = [self.rules.as_str(), &generated.source[bytes]].concat();
            chapter.show(shown(&self.images, &text));
            if restyled {
                chapter.stale = Stale::Words;
            }
            chapter.renew(&self.press, text, origins, &generated.anchors[anchors]);
            match chapter.stale {
                Stale::Not => {}
                Stale::Numbers => changed.renumbered += 1,
                Stale::Words => changed.edited.push(at),
            }
        }
        self.generated = Some(Arc::new(generated));
        changed
    }

    /// Takes style, fonts and images in; what is as before stays the same to Typst. Whether style or fonts are others.
    pub(super) fn files(&mut self, doc: &ResolvedDocument, style: &Stylesheet, fonts: &FontSet) -> bool {
        let mut restyled = false;
        if self.fonts.fallback() != fonts.fallback() {
            self.press.set_fonts(fonts);
            self.fonts = fonts.clone();
            // An SVG's text is drawn in them.
            self.images.clear();
            restyled = true;
        }
        let files = self.press.files_mut();
        let sheet = generation::style_file(doc, style, fonts);
        if files.get(PATH).is_none_or(|kept| kept.as_slice() != sheet.as_slice()) {
            files.insert(PATH.to_owned(), sheet);
            restyled = true;
        }
        let mut images = BTreeMap::new();
        for (path, bytes, digest) in generation::assets(doc) {
            if self.images.get(&path) != Some(&digest) {
                files.insert(path.clone(), Bytes::new(bytes.to_vec()));
            }
            images.insert(path, digest);
        }
        files.retain(|path, _| path == PATH || images.contains_key(path));
        self.images = images;
        restyled
    }

    /// Whether some chapters would be told otherwise now than when they were laid out: they are to be laid out next.
    pub(super) fn goes_on(&mut self) -> bool {
        // Pauses do not count anew: contents that never come to rest would be laid out for ever.
        if self.rounds == ROUNDS {
            return false;
        }
        self.rounds += 1;
        self.left = self.outdated();
        !self.left.is_empty()
    }

    /// How it ended.
    pub(super) fn settled(&self) -> Settled {
        let everything: Vec<usize> = (0..self.chapters.len()).collect();
        let (mut faults, mut doubts) = (self.faults(&everything), self.warnings());
        match self.foot() {
            Ok(found) => doubts.extend(found),
            Err(found) => faults.extend(found),
        }
        if faults.is_empty() { Settled::Done(doubts) } else { Settled::Faulty(faults) }
    }

    /// Chapters that are not laid out as their source is; but for those whose answers the others give.
    pub(super) fn stale(&self) -> Vec<usize> {
        let stale = |at: &usize| {
            let chapter = &self.chapters[*at];
            chapter.stale != Stale::Not && !chapter.place.asks_for_pages()
        };
        (0..self.chapters.len()).filter(stale).collect()
    }

    /// Chapters that are still stale, or would be told otherwise now than when they were laid out.
    pub(super) fn outdated(&mut self) -> Vec<usize> {
        self.answers = Answers::new(&self.chapters);
        let outdated = |at: &usize| {
            let chapter = &self.chapters[*at];
            chapter.stale != Stale::Not || chapter.laid.as_ref().is_some_and(|laid| !laid.holds(&self.answers))
        };
        (0..self.chapters.len()).filter(outdated).collect()
    }

    /// Lays out all of them, as many at a time as there are cores; those that are left where it was not let finish.
    pub(super) fn all(&mut self, mut wanted: Vec<usize>, first: usize, cancelled: &dyn Fn() -> bool) -> Vec<usize> {
        wanted.sort_by_key(|at| at.abs_diff(first));
        let mut done = 0;
        for batch in wanted.chunks(rayon::current_num_threads()) {
            if cancelled() {
                break;
            }
            self.lay_out(batch, Purpose::Look);
            self.forget();
            done += batch.len();
        }
        wanted.split_off(done)
    }

    pub(super) fn lay_out(&mut self, wanted: &[usize], purpose: Purpose) {
        self.take_in(wanted);
        let set = |at: usize| {
            let set = setting::set(&self.press, &self.chapters[at], &self.answers);
            // Beside other chapters, where they will be asked for.
            let set = set.inspect(|laid| {
                if purpose == Purpose::Look {
                    laid.digests();
                }
            });
            (at, set)
        };
        // The longest first: one that is begun last is waited for alone.
        let length = |at: &usize| self.press.kept(self.chapters[*at].slot).map_or(0, |source| source.text().len());
        let mut wanted = wanted.to_vec();
        wanted.sort_by_key(|at| std::cmp::Reverse(length(at)));
        let set: Vec<_> = wanted.into_par_iter().with_max_len(1).map(set).collect();
        for (at, set) in set {
            let chapter = &mut self.chapters[at];
            chapter.stale = Stale::Not;
            match set {
                Ok(laid) => {
                    self.pages_set += laid.document.pages().len();
                    (chapter.laid, chapter.faults) = (Some(Arc::new(laid)), Vec::new());
                }
                Err(faults) => chapter.faults = faults,
            }
        }
    }

    /// Takes the newest sources in; those that were not there before are parsed side by side.
    pub(super) fn take_in(&mut self, wanted: &[usize]) {
        let parsed = wanted.par_iter().filter_map(|at| self.chapters[*at].parsed(&self.press));
        let parsed: Vec<Source> = parsed.collect();
        parsed.into_iter().for_each(|source| self.press.take(source));
        wanted.iter().for_each(|at| self.chapters[*at].take_in(&mut self.press));
    }

    /// Has Typst forget what was not used lately.
    pub(super) fn forget(&mut self) {
        let pages: usize =
            self.chapters.iter().flat_map(|chapter| &chapter.laid).map(|laid| laid.document.pages().len()).sum();
        let step = STEP + pages / KEPT;
        for _ in 0..self.pages_set / step {
            comemo::evict(KEPT);
        }
        self.pages_set %= step;
    }

    pub(super) fn faults(&self, chapters: &[usize]) -> Diagnostics {
        let mut found = Diagnostics::new();
        for at in chapters {
            let chapter = &self.chapters[*at];
            found.extend(chapter.said(&self.press, &chapter.faults));
        }
        found
    }

    /// What Typst doubts in the feet, or refuses; nothing where no page has one.
    pub(super) fn foot(&self) -> Result<Diagnostics, Diagnostics> {
        let pages = |chapter: &Chapter| chapter.laid.as_ref().map_or(0, |laid| laid.document.pages().len());
        let footed = self.chapters.iter().filter(|chapter| chapter.place != ChapterPlace::Cover);
        let page = footed.filter_map(|chapter| chapter.laid.as_ref()?.document.pages().last()).next_back();
        match (&self.feet, page) {
            (Some(feet), Some(page)) => feet.said(self.chapters.iter().map(pages).sum(), page.frame.width()),
            (None, _) | (_, None) => Ok(Diagnostics::new()),
        }
    }

    pub(super) fn warnings(&self) -> Diagnostics {
        let mut found = Diagnostics::new();
        for chapter in &self.chapters {
            let laid = chapter.laid.iter();
            laid.for_each(|laid| found.extend(chapter.said(&self.press, &laid.warnings)));
        }
        found
    }
}

/// The images that a source shows, if not a few more.
fn shown(images: &Images, source: &str) -> Images {
    let rest = source.match_indices(generation::ASSETS).map(|(at, _)| &source[at..]);
    let paths = rest.filter_map(|rest| rest.split('"').next());
    paths.filter_map(|path| images.get_key_value(path)).map(|(path, digest)| (path.clone(), *digest)).collect()
}
