//! TeX formulas as trees.
//!
//! In: the source of each formula, its number. Out: a [`FormulaInfo`] for each: a [`MathNode`], which MathML, Typst's
//! and Word's own formulas are written from, or the source where it cannot be read, with a warning at the command.
//! The grammar is our own, so that a fault knows its place in the draft and no input is without a bound.

mod accent;
mod alphabet;
mod class;
mod command;
mod definition;
mod delimiter;
mod environment;
mod parser;
mod room;
mod script;
mod symbol;
#[cfg(test)]
mod tests;
mod text;
mod token;
mod tree;
mod unknown;

pub use tree::{
    AccentMark, FractionRule, GridColumn, GridKind, MathClass, MathGrid, MathNode, MathSize, Placement, Reach, Slant,
    TextFace,
};

use std::ops::Range;

use super::reading::{self, Place, Read};
use super::resolved::SideTable;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::document::{Block, BlockKind, Document, Formula, FormulaForm, Inline, InlineKind, NodeId};
use crate::source::{Sources, Span};

/// What was decided about a formula.
#[derive(Debug, Clone, PartialEq)]
pub struct FormulaInfo {
    /// What is set; `None` where the source cannot be read: it is shown as it is typed, as code.
    pub shown: Option<MathNode>,
    /// How large.
    pub form: FormulaForm,
    /// What a reader who cannot see it gets: as given, else its TeX.
    pub alternative: String,
    /// "(1)", of a formula that stands for itself and has a label.
    pub number: Option<String>,
}

/// Reads every formula; `numbers` are those of formulas that stand for themselves.
pub(super) fn resolve(
    document: &Document,
    notes: &[usize],
    sources: &Sources,
    numbers: &SideTable<String>,
    found: &mut Diagnostics,
) -> SideTable<FormulaInfo> {
    let mut formulas = Formulas { sources, numbers, found, table: SideTable::default() };
    reading::read(document, notes, &mut formulas);
    formulas.table
}

struct Formulas<'s> {
    sources: &'s Sources,
    numbers: &'s SideTable<String>,
    found: &'s mut Diagnostics,
    table: SideTable<FormulaInfo>,
}

impl<'a> Read<'a> for Formulas<'_> {
    fn block(&mut self, block: &'a Block, _: &Place<'a>) {
        if let BlockKind::Formula(formula) = &block.kind {
            self.formula(block.id, block.span, formula);
        }
    }

    fn inline(&mut self, inline: &'a Inline, _: &Place<'a>) {
        if let InlineKind::Formula(formula) = &inline.kind {
            self.formula(inline.id, inline.span, formula);
        }
    }
}

impl Formulas<'_> {
    fn formula(&mut self, id: NodeId, span: Span, formula: &Formula) {
        let shown = match parser::parse(&formula.source) {
            Ok(parsed) => {
                for (range, message) in parsed.left_out {
                    let span = self.place(span, formula, &range);
                    self.found.push(Diagnostic::new(Code::UnshownFormula, span, message));
                }
                Some(parsed.node)
            }
            Err(fault) => {
                let span = self.place(span, formula, &fault.range);
                let message = format!("{}: the formula is shown as it is typed", fault.message);
                let fault_found = Diagnostic::new(Code::UnreadableFormula, span, message);
                self.found.push(match fault.hint {
                    Some(hint) => fault_found.hint(hint),
                    None => fault_found,
                });
                None
            }
        };
        let (alternative, number) = (formula.alternative(), self.numbers.get(id).map(|number| format!("({number})")));
        self.table.insert(id, FormulaInfo { shown, form: formula.form, alternative, number });
    }

    /// Where bytes of a formula's source stand in the draft.
    fn place(&self, span: Span, formula: &Formula, range: &Range<usize>) -> Span {
        let typed = self.sources.text(span);
        let dollars = match formula.form {
            FormulaForm::Line => 1,
            FormulaForm::Display => 2,
        };
        // As it is typed, or, in a quote and the like, line by line elsewhere: then the whole.
        let start = typed.find(&formula.source).filter(|at| *at == dollars);
        start.map_or(span, |at| {
            let start = span.range().start + at;
            Span::new(span.file, start + range.start, start + range.end)
        })
    }
}
