//! A paragraph while it is read, and what it becomes.

use super::style::Says;
use crate::document::{Direction, Role};
use crate::inspect::Fragment;
use crate::inspect::passage::Spoken;
use crate::inspect::space::{collapse, collapse_code};

/// A paragraph that is open.
#[derive(Debug)]
pub(super) struct Paragraph {
    /// What its style says.
    pub says: Says,
    /// Its role where the style leaves that open.
    pub around: Role,
    /// Its computed number or marker.
    pub number: Option<String>,
    /// Its text so far.
    pub text: String,
    /// Notes referred to.
    pub notes: Vec<String>,
    /// Its text once more, by language.
    pub spoken: Spoken,
    /// Which way its lines run.
    pub direction: Direction,
    /// Outside addresses linked to.
    pub links: Vec<String>,
    /// Pictures within it: their alternative texts.
    pub figures: Vec<String>,
    /// Depth in the contents, if it is a line of them.
    pub contents: Option<usize>,
}

impl Paragraph {
    /// Its fragments: its text, then its pictures. Empty paragraphs give none, unless a marker stands in them.
    pub fn finish(self) -> Vec<Fragment> {
        let role = match self.says {
            Says::Role(role) => role,
            Says::Plain => self.around,
            Says::Apparatus => return Vec::new(),
        };
        let text = if role == Role::Code { collapse_code(&self.text) } else { collapse(&self.text) };
        let (text, number) = match self.number {
            None => numbered_formula(&self.text).map_or((text, None), |(text, number)| (text, Some(number))),
            number => (text, number),
        };
        let figures = self.figures;
        let mut fragments = Vec::new();
        if !text.is_empty() || number.is_some() || !self.notes.is_empty() {
            let Self { notes, links, direction, spoken, .. } = self;
            let (direction, passages) = (Some(direction), spoken.finish());
            fragments.push(Fragment { role, holder: None, number, text, notes, links, direction, passages });
        }
        fragments.extend(figures.iter().map(|alternative| Fragment::new(Role::Figure, collapse(alternative))));
        fragments
    }
}

/// A formula in the middle of its line and its number at the end: a tab before each, and nothing else.
fn numbered_formula(text: &str) -> Option<(String, String)> {
    let (formula, number) = text.strip_prefix('\t')?.rsplit_once('\t')?;
    let digits = number.strip_prefix('(')?.strip_suffix(')')?;
    let valid = !digits.is_empty() && digits.chars().all(|c| c.is_alphanumeric() || c == '.');
    valid.then(|| (collapse(formula), number.to_owned()))
}
