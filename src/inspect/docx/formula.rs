//! Alternative texts of formulas, which Word has no place for: a part of their own gives them by the formula's
//! characters, first come first served among formulas of the same.

use std::collections::{HashMap, VecDeque};

use crate::inspect::xml::{Element, Space, Step, Walk};

/// Alternative texts that no formula has taken yet.
#[derive(Debug, Default)]
pub(super) struct Formulas {
    by_text: HashMap<String, VecDeque<String>>,
}

impl Formulas {
    /// Of the part that holds them; any other part gives none.
    pub fn read(root: &Element<'_>) -> Self {
        let mut by_text: HashMap<String, VecDeque<String>> = HashMap::new();
        for formula in root.elements().filter(|element| element.name == "formula") {
            if let Some(text) = formula.attribute(Space::None, "text") {
                by_text.entry(text.to_owned()).or_default().push_back(formula.own_text());
            }
        }
        Self { by_text }
    }

    /// The alternative text of a formula.
    pub fn alternative(&mut self, formula: &Element<'_>) -> Option<String> {
        self.by_text.get_mut(&characters(formula))?.pop_front()
    }
}

/// A formula's characters in order, without signs that are properties (delimiters, sums).
fn characters(formula: &Element<'_>) -> String {
    let mut walk = Walk::new(formula);
    let mut out = String::new();
    while let Some(step) = walk.step() {
        match step {
            Step::Enter(element) if element.is(Space::Math, "t") => out.push_str(&element.own_text()),
            Step::Enter(_) | Step::Leave(_) | Step::Text(_) => {}
        }
    }
    out
}
