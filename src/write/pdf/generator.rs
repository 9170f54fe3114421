//! The generator: where it is in the document, and how statements are put together.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use super::change::Shown;
use super::chapter::Cut;
use super::markup::Markup;
use super::{escape, page};
use crate::document::{Direction, NodeId, Pt};
use crate::resolve::{Anchor, Emphasis, LanguageInfo, Orientation, ResolvedDocument};
use crate::style::{FontSet, Stylesheet};

/// Generates the source of a document.
pub(super) struct Generator<'a> {
    pub(super) doc: &'a ResolvedDocument,
    pub(super) style: &'a Stylesheet,
    pub(super) out: Markup<'a>,
    /// Where in the page the next block stands.
    pub(super) place: Place,
    /// Every anchor generated, in order.
    pub(super) anchors: Vec<Anchor>,
    /// Every anchor that something leads to.
    pub(super) targets: Vec<Anchor>,
    /// Those of them that a first generation did not come across.
    pub(super) absent: BTreeSet<Anchor>,
    /// Where each chapter begins.
    pub(super) cuts: Vec<Cut>,
    /// Which bytes are whose part's, by its position in the document.
    pub(super) parts: Vec<(usize, Range<usize>)>,
    /// Anchors of blocks that stand at the first text within.
    pub(super) waiting: Vec<Anchor>,
    /// References to notes met within a link, and how each is shown as changed.
    pub(super) late_notes: Vec<(NodeId, Option<Shown>)>,
    /// Notes whose reference stands in a repeated head; they are set with the first row beneath it.
    pub(super) head_notes: Vec<NodeId>,
    /// By the number of a change, the part that it begins in.
    pub(super) homes: Arc<BTreeMap<u32, usize>>,
    /// The part at hand, by its position in the document.
    pub(super) part: Option<usize>,
    /// Changes that have a place.
    pub(super) changes: BTreeSet<u32>,
    /// The change that goes on where the next leaf stands.
    pub(super) running: Option<Shown>,
    /// How the leaf before is shown, and whether it ends in a space.
    pub(super) beside_change: Option<(Shown, bool)>,
    /// Changes of form that are said where the next text begins, and what is said of each.
    pub(super) pending: Vec<(Shown, String)>,
}

/// What surrounds a block or inline.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    /// Room across.
    pub(super) width: Pt,
    /// How the page lies.
    pub(super) orientation: Orientation,
    /// Type size.
    pub(super) size: Pt,
    /// Inside another block, where no page can begin.
    pub(super) contained: bool,
    /// In a note's body.
    pub(super) in_note: bool,
    /// In the contents, where nothing leads anywhere.
    pub(super) in_contents: bool,
    /// In a link.
    pub(super) in_link: bool,
    /// In a head that is repeated on later pages, as an artifact: it may hold neither links nor notes.
    pub(super) in_repeated_head: bool,
    /// Which way lines run.
    pub(super) direction: Direction,
    /// How emphasis looks.
    pub(super) emphasis: Emphasis,
    /// Whether the language is another than the report's.
    pub(super) foreign: bool,
    /// In text that a writer struck.
    pub(super) struck: bool,
    /// In text that is underlined or struck as changed.
    pub(super) decorated: Option<Shown>,
    /// In a link or struck text, before which the numbers of all changes in it have been said.
    pub(super) numbered: bool,
    /// In a link that looks like one leaf by leaf, since some of its leaves are shown as changed.
    pub(super) link_by_leaf: bool,
    /// How everything here is shown, in something that stands in one version only.
    pub(super) change: Option<Shown>,
    /// On the cover's panel, whose colour shows no other.
    pub(super) on_panel: bool,
    /// Inlines around.
    pub(super) depth: u8,
}

impl Place {
    /// The same place in another language.
    pub(super) fn speaking(self, info: &LanguageInfo, report: &LanguageInfo) -> Self {
        Self { direction: info.direction, emphasis: info.emphasis, foreign: info.tag != report.tag, ..self }
    }
}

impl<'a> Generator<'a> {
    /// At the start of a document.
    pub(super) fn new(doc: &'a ResolvedDocument, style: &'a Stylesheet, fonts: &'a FontSet) -> Self {
        let place = Place {
            width: style.page.measure(),
            orientation: Orientation::Portrait,
            size: style.role("body").size,
            contained: false,
            in_note: false,
            in_contents: false,
            in_link: false,
            in_repeated_head: false,
            direction: doc.language.direction,
            emphasis: doc.language.emphasis,
            foreign: false,
            struck: false,
            decorated: None,
            numbered: false,
            link_by_leaf: false,
            change: None,
            on_panel: false,
            depth: 0,
        };
        let out = Markup::new(fonts);
        let (anchors, targets, waiting, late_notes, head_notes) = Default::default();
        let (absent, cuts, parts) = Default::default();
        let (homes, part, changes, running, beside_change, pending) = Default::default();
        Self {
            doc,
            style,
            out,
            place,
            anchors,
            targets,
            absent,
            cuts,
            parts,
            waiting,
            late_notes,
            head_notes,
            homes,
            part,
            changes,
            running,
            beside_change,
            pending,
        }
    }

    /// Statements in braces as one expression.
    pub(super) fn sequence(&mut self, content: impl FnOnce(&mut Self)) {
        self.out.push("{");
        let start = self.out.position();
        content(self);
        self.out.push(if self.out.position() == start { "[]}" } else { "}" });
    }

    /// A statement of its own.
    pub(super) fn statement(&mut self, code: &str) {
        if self.out.wants_separator() {
            self.out.push("; ");
        }
        self.out.push(code);
    }

    /// Text as a statement of its own.
    pub(super) fn statement_literal(&mut self, text: &str) {
        if !text.is_empty() {
            self.statement("t(");
            self.out.literal(text);
            self.out.push(")");
        }
    }

    /// A text or `none`.
    pub(super) fn optional(&mut self, text: Option<&str>) {
        match text {
            Some(text) => self.out.literal(&escape::shown(text)),
            None => self.out.push("none"),
        }
    }

    /// Generates with other surroundings.
    pub(super) fn within(&mut self, place: Place, content: impl FnOnce(&mut Self)) {
        let outer = std::mem::replace(&mut self.place, place);
        content(self);
        self.place = outer;
    }

    /// Inside a block that takes `less` of the room across.
    pub(super) fn inside(&self, less: Pt) -> Place {
        let width = Pt((self.place.width.0 - less.0).max(24.0));
        Place { width, contained: true, ..self.place }
    }

    /// The height of the text on the page at hand.
    pub(super) fn text_height(&self) -> Pt {
        let page = &self.style.page;
        let paper = match self.place.orientation {
            Orientation::Portrait => page.height,
            Orientation::Landscape => page.width,
        };
        paper - page.margin_top - page.margin_bottom
    }

    /// A place to link to.
    pub(super) fn anchor(&mut self, anchor: &Anchor) {
        self.statement("anchor(");
        self.out.literal(anchor.as_str());
        self.out.push(")");
        self.anchors.push(anchor.clone());
    }

    /// The name of a place that something leads to, or `none` where it is not in the document.
    pub(super) fn target(&mut self, anchor: &Anchor) {
        if self.absent.contains(anchor) {
            return self.out.push("none");
        }
        self.out.literal(anchor.as_str());
        self.targets.push(anchor.clone());
    }

    /// The anchors that wait for a place.
    pub(super) fn waiting_anchors(&mut self) {
        for anchor in std::mem::take(&mut self.waiting) {
            self.anchor(&anchor);
        }
    }

    /// Statements in another language.
    pub(super) fn in_language(&mut self, info: &LanguageInfo, content: impl FnOnce(&mut Self)) {
        self.statement("");
        self.language(info);
        self.within(self.place.speaking(info, &self.doc.language), content);
        self.out.push(")");
    }

    /// Words of the program, which are in the report's language whatever stands around them, or `none`.
    pub(super) fn words_of_report(&mut self, text: Option<&str>) {
        let foreign = self.place.foreign && text.is_some();
        if foreign {
            self.language(&self.doc.language);
        }
        self.optional_shown(text);
        if foreign {
            self.out.push(")");
        }
    }

    /// The call that sets its last argument, which must follow, in another language.
    pub(super) fn language(&mut self, info: &LanguageInfo) {
        let (language, region) = page::language(&info.tag);
        self.out.push("speak(");
        self.out.literal(&language);
        self.out.push(", ");
        self.optional(region.as_deref());
        self.out.push(", ");
        if info.direction != self.place.direction {
            self.out.push(&format!("dir: {}, ", info.direction.name()));
        }
    }

    /// The last argument of what has sides: which way it runs, where the report does otherwise.
    pub(super) fn direction(&mut self) {
        if self.place.direction != self.doc.language.direction {
            self.out.push(&format!(", dir: {}", self.place.direction.name()));
        }
    }
}
