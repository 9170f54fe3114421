//! Rules about a report as a whole, a file for each.
//!
//! In: a report about which everything is decided, and how it is to be written. Out: what the rules find. A rule is a function
//! from the one to the other, with its documentation and tests beside it; it never looks at what is written, at other rules or
//! at files, and never repeats what parsing and resolving report as they meet it.

mod glyphs;

use crate::diag::Diagnostics;
use crate::project::{Format, Project};
use crate::resolve::ResolvedDocument;
use crate::style::{FontSet, Stylesheet};

/// What a rule looks at.
#[derive(Debug, Clone, Copy)]
pub struct Checked<'a> {
    /// What the report is made from: its configuration, drafts and their sources.
    pub project: &'a Project,
    /// The report.
    pub resolved: &'a ResolvedDocument,
    /// How it looks.
    pub style: &'a Stylesheet,
    /// The fonts at hand.
    pub fonts: &'a FontSet,
    /// What is to be written.
    pub formats: &'a [Format],
}

/// What is at fault with a report, by one measure.
type Rule = fn(&Checked<'_>) -> Diagnostics;

/// In the order in which they are told.
const RULES: &[Rule] = &[glyphs::missing];

/// All that the rules find.
pub fn check(checked: &Checked<'_>) -> Diagnostics {
    let mut found = Diagnostics::new();
    for rule in RULES {
        found.extend(rule(checked));
    }
    found
}
