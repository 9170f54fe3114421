//! Boxes: label, title and text in styles that Word joins to one frame. A box within a box has its label and stands further in,
//! but the frame is the outer one's: paragraphs have one frame each.

use super::frame::{Frame, Keep};
use super::style::BoxPart::{Body, Label, List, Title};
use super::style::ParagraphStyle;
use super::writer::Writer;
use super::xml::RunProperties;
use crate::document::{Box, BoxKind, NodeId, Pt};
use crate::resolve::Anchor;
use crate::style::box_role;

impl<'a> Writer<'a> {
    /// A box: label, title and text, in styles that Word joins to one frame.
    pub fn boxed(&mut self, id: NodeId, boxed: &'a Box, frame: &Frame<'a>) {
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
        let inner = Frame {
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
        if let Some((label, number)) = &label {
            let style = ParagraphStyle::Box(boxed.kind, Label);
            self.plain(&head(0), style, |w| w.box_label(id, boxed.kind, label, number.as_deref()));
        } else {
            self.anchor_next(id);
        }
        if let Some(title) = &boxed.title {
            let (style, frame) = (ParagraphStyle::Box(boxed.kind, Title), head(usize::from(label.is_some())));
            self.plain(&frame, style, |w| w.content(&frame, style, title));
        }
        self.blocks(&boxed.blocks, &Frame { before: before.filter(|_| heads == 0), after, ..inner });
    }

    /// "Recommendation 1", its number a field, so that a box that an editor adds counts too.
    fn box_label(&mut self, id: NodeId, kind: BoxKind, label: &str, number: Option<&str>) {
        let anchor = self.doc.anchors.get(id);
        let name = if kind == BoxKind::Recommendation { "Recommendation" } else { "Box" };
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

/// Boxes of more blocks than this may break across pages.
const KEPT: usize = 12;
