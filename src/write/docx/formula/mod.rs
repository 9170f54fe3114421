//! Formulas as Office Math (ECMA-376 22.1), centred, with their numbers at the end margin.
//!
//! In: a [`MathNode`]. Out: `m:oMath`. Word has no place for a formula's alternative text; it stands in a part of its
//! own (`customXml`, ECMA-376 15.2.5) beside the formula's characters, so that nothing that was typed is lost.

mod enclosed;
mod grid;
mod math;

use super::frame::Frame;
use super::inline::Line;
use super::writer::Writer;
use super::xml::{Build, Leader, RunProperties, Tab, TabAlignment, Xml};
use crate::document::{Formula, NodeId, Pt};
use crate::resolve::{FormulaInfo, MathNode};

/// The part that holds alternative texts, as the document leads to it.
pub(super) const PART: &str = "customXml/item1.xml";
/// Its content type.
pub(super) const CONTENT_TYPE: &str = "application/xml";
/// The relationship's type.
pub(super) const RELATIONSHIP: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXml";

/// The part that says what [`PART`] is, which Word wants beside it (ECMA-376 15.2.6).
pub(super) const PROPERTIES: &str = "customXml/itemProps1.xml";
/// Its content type.
pub(super) const PROPERTIES_TYPE: &str = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml";
/// The relationship from [`PART`] to it.
pub(super) const PROPERTIES_RELATIONSHIP: &str =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXmlProps";

/// The properties of the part: its id, the same in every report, and the names in it.
pub(super) fn properties() -> Vec<u8> {
    let namespace = "http://schemas.openxmlformats.org/officeDocument/2006/customXml";
    let attributes = [("xmlns:ds", namespace), ("ds:itemID", "{7F0E2B9A-5C41-4D0E-9B57-2A6C1D3E8F40}")];
    Xml::root("ds:datastoreItem", &attributes, |xml| {
        xml.element("ds:schemaRefs", &[], |xml| xml.empty("ds:schemaRef", &[("ds:uri", &"urn:rapporteur:formulas")]));
    })
}

/// A formula's characters and its alternative text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Alternative {
    text: String,
    alternative: String,
}

/// The part of alternative texts.
pub(super) fn alternatives(formulas: &[Alternative]) -> Vec<u8> {
    Xml::root("formulas", &[("xmlns", "urn:rapporteur:formulas")], |xml| {
        for Alternative { text, alternative } in formulas {
            xml.leaf("formula", &[("text", text)], alternative);
        }
    })
}

impl<'a> Writer<'a> {
    /// A formula for itself.
    pub fn display_formula(&mut self, id: NodeId, formula: &'a Formula, frame: &Frame<'a>) {
        let doc = self.doc;
        let info = doc.formulas.get(id);
        let style = frame.paragraph;
        let Some(number) = info.and_then(|info| info.number.as_deref()) else {
            self.anchor_next(id);
            return self.plain(frame, style, |w| match info.and_then(|info| Some((info, info.shown.as_ref()?))) {
                Some((info, node)) => w.revised(|w| {
                    w.element("m:oMathPara", &[], |w| {
                        w.element("m:oMathParaPr", &[], |w| w.empty("m:jc", &[("m:val", &"center")]));
                        w.unmarked(|w| w.office_math(info, node));
                    });
                }),
                None => w.formula_source(formula, &w.line(frame, style)),
            });
        };
        let mut paragraph = self.at_edges(frame, style);
        let stop = |position, alignment| Tab { position, alignment, leader: Leader::None };
        let middle = Pt(frame.start.0 + frame.width.0 / 2.0);
        paragraph.properties.tabs =
            vec![stop(middle, TabAlignment::Center), stop(frame.start + frame.width, TabAlignment::Right)];
        let line = self.line(frame, style);
        self.paragraph(frame, paragraph, |w| {
            let plain = RunProperties::default();
            w.tab(&plain);
            match info.and_then(|info| Some((info, info.shown.as_ref()?))) {
                Some((info, node)) => w.office_math(info, node),
                None => w.formula_source(formula, &line),
            }
            w.tab(&plain);
            // References show the number without its parentheses.
            let digits = number.trim_matches(['(', ')']);
            w.text_run(&line.run, "(");
            w.bookmarked(doc.anchors.get(id), |w| w.text_run(&line.run, digits));
            w.text_run(&line.run, ")");
        });
    }

    /// A formula within a line.
    pub fn formula(&mut self, id: NodeId, formula: &'a Formula, line: &Line<'a>) {
        let doc = self.doc;
        match doc.formulas.get(id).and_then(|info| Some((info, info.shown.as_ref()?))) {
            Some((info, node)) => self.office_math(info, node),
            None => self.formula_source(formula, line),
        }
    }

    fn formula_source(&mut self, formula: &'a Formula, line: &Line<'a>) {
        self.inline_code(formula.source.trim(), line);
    }

    fn office_math(&mut self, info: &FormulaInfo, node: &MathNode) {
        let sheet = self.sheet;
        let mut text = String::new();
        self.revised(|w| text = math::write(w.xml(), node, &sheet.tokens.fonts));
        self.formulas.push(Alternative { text, alternative: info.alternative.clone() });
    }
}
