//! Boxes: label, title and text in styles that Word joins to one frame. A box within a box has its label and stands further in,
//! but the frame is the outer one's: paragraphs have one frame each.

use super::change::{FormerFrame, Track, former_block, of_line};
use super::frame::{Frame, Keep};
use super::style::BoxPart::{Body, Label, List, Title};
use super::style::ParagraphStyle;
use super::writer::Writer;
use super::xml::RunProperties;
use crate::document::{Block, BlockKind, Box, BoxKind, Form, Mark, NodeId, Pt, StandingKind};
use crate::resolve::Anchor;
use crate::style::box_role;

impl<'a> Writer<'a> {
    /// A box: label, title and text, in styles that Word joins to one frame.
    pub fn boxed(&mut self, block: &'a Block, boxed: &'a Box, frame: &Frame<'a>) {
        let id = block.id;
        let former = former_kind(block);
        let role = self.sheet.tokens.role(box_role(boxed.kind));
        let own = self.sheet.box_surround(boxed.kind, frame.direction);
        let joined = frame.surround.filter(|outer| outer.surround.closes());
        let (inset, surround) = match joined {
            // Paragraphs cannot hold a box within a box, and the outer one must not fall apart: it goes on, and
            // Word takes paragraphs apart whose ends differ.
            Some(_) => (frame.inset(own.start, Pt(0.0)), None),
            None => {
                self.part_from_framed();
                (frame.inset(own.start, own.end), Some(own))
            }
        };
        let after = Some(frame.after.unwrap_or(role.after));
        let drawn = surround.is_some();
        let former = former.map(|(was, mark)| (FormerFrame::Box { is: boxed.kind, was, drawn }, was, mark));
        let inner = Frame {
            former: former.map(|(former, ..)| former).or(frame.former),
            paragraph: ParagraphStyle::Box(boxed.kind, Body),
            list: Some(ParagraphStyle::Box(boxed.kind, List)),
            keep: if boxed.blocks.len() > KEPT { frame.keep } else { Keep::ButLast },
            ..surround.map_or(inset, |own| inset.surrounded(own))
        };
        let before = Some(frame.before.unwrap_or(self.sheet.space_before(role)));
        let label = self.doc.boxes.get(id).and_then(|info| Some((info.label.clone()?, info.number.clone())));
        let heads = usize::from(label.is_some()) + usize::from(boxed.title.is_some());
        let head = |index: usize| Frame {
            before: before.filter(|_| index == 0),
            after: after.filter(|_| index + 1 == heads && boxed.blocks.is_empty()),
            ..inner
        };
        let was = former.and_then(|(_, was, mark)| Some((self.former_label(id)?, was, mark)));
        if let Some(was) = was.filter(|_| self.changes.standing.is_none()) {
            self.both_labels(block, boxed.kind, was, label.as_ref(), &head(0));
        } else if let Some((label, number)) = &label {
            let style = ParagraphStyle::Box(boxed.kind, Label);
            self.plain(&head(0), style, |w| w.box_label(id, boxed.kind, label, number.as_deref()));
        } else {
            self.anchor_next(id);
        }
        if let Some(title) = &boxed.title {
            let (style, frame) = (ParagraphStyle::Box(boxed.kind, Title), head(usize::from(label.is_some())));
            self.within(of_line(title), |w| w.plain(&frame, style, |w| w.content(&frame, style, title)));
        }
        self.blocks(&boxed.blocks, &Frame { before: before.filter(|_| heads == 0), after, ..inner });
    }

    /// The label and number that a box had, if it had a label.
    fn former_label(&self, id: NodeId) -> Option<Option<(String, Option<String>)>> {
        let info = self.doc.former.as_deref()?.boxes.get(id)?;
        Some(info.label.clone().map(|label| (label, info.number.clone())))
    }

    /// The labels of a box that became one of another kind.
    fn both_labels(
        &mut self,
        block: &'a Block,
        kind: BoxKind,
        (old, was, mark): (Option<(String, Option<String>)>, BoxKind, &'a Mark),
        new: Option<&(String, Option<String>)>,
        frame: &Frame<'a>,
    ) {
        let style = ParagraphStyle::Box(kind, Label);
        let (gone, came) = (Track { kind: StandingKind::Deleted, mark }, Track { kind: StandingKind::Inserted, mark });
        let whole = match (&old, new) {
            (Some(_), None) => Some(gone),
            (None, Some(_)) => Some(came),
            (Some(_), Some(_)) => None,
            (None, None) => return self.anchor_next(block.id),
        };
        let style = if new.is_none() { ParagraphStyle::Box(was, Label) } else { style };
        self.within(whole, |w| {
            w.plain(frame, style, |w| {
                if let Some((label, number)) = &old {
                    w.within(Some(gone), |w| w.former_box_label(was, label, number.as_deref()));
                }
                if let Some((label, number)) = new {
                    w.within(Some(came), |w| w.box_label(block.id, kind, label, number.as_deref()));
                }
            });
        });
    }

    fn former_box_label(&mut self, kind: BoxKind, label: &str, number: Option<&str>) {
        let run = RunProperties::default();
        let Some(number) = number else { return self.text_run(&run, label) };
        self.text_run(&run, &format!("{label} "));
        self.sequence(sequence_name(kind), number, "", None, &run);
    }

    /// "Recommendation 1", its number a field, so that a box that an editor adds counts too.
    fn box_label(&mut self, id: NodeId, kind: BoxKind, label: &str, number: Option<&str>) {
        let anchor = self.doc.anchors.get(id);
        let name = sequence_name(kind);
        self.bookmarked(anchor, |w| {
            let run = RunProperties::default();
            let Some(number) = number else { return w.text_run(&run, label) };
            w.text_run(&run, &format!("{label} "));
            w.sequence(name, number, "", anchor, &run);
        });
    }

    /// A number of a sequence, of what has this anchor; `switches` as in ECMA-376 17.16.5.56.
    pub fn sequence(&mut self, name: &str, number: &str, switches: &str, anchor: Option<&Anchor>, run: &RunProperties) {
        if !number.bytes().all(|byte| byte.is_ascii_digit()) {
            return self.text_run(run, number);
        }
        let digits = self.shown.digits(anchor);
        self.bookmarked(digits.as_ref(), |w| {
            w.field(&format!("SEQ {name} \\* ARABIC{switches}"), run, |w| w.text_run(run, number));
        });
    }
}

/// What Word counts boxes of a kind as.
fn sequence_name(kind: BoxKind) -> &'static str {
    if kind == BoxKind::Recommendation { "Recommendation" } else { "Box" }
}

/// The kind that a box was of, if it was of another.
fn former_kind(block: &Block) -> Option<(BoxKind, &Mark)> {
    let (was, mark) = former_block(block)?;
    let Form::Box(kind) = was.form else { return None };
    let BlockKind::Box(boxed) = &block.kind else { return None };
    (kind != boxed.kind).then_some((kind, mark))
}

/// Boxes of more blocks than this may break across pages.
const KEPT: usize = 12;
