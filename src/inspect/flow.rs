//! Nested blocks and the text within them, made into fragments: what HTML and PDF have in common.
//!
//! In: blocks that begin and end, text, markers, references. Out: one [`Fragment`] for each run of text between two
//! borders of blocks, in the role that the innermost block with a role gives it.

use super::Fragment;
use super::passage::Spoken;
use super::space::{collapse, collapse_code};
use crate::document::{Direction, Role};

/// What an open block means for the text within it.
#[derive(Debug, Clone, Default)]
pub(super) struct Frame {
    /// The role of text within, unless a deeper block says another.
    pub role: Option<Role>,
    /// A marker that waits for its first paragraph.
    pub marker: Option<String>,
}

/// A fragment under way.
#[derive(Debug, Default)]
pub(super) struct Pending {
    /// Its text, white space as met.
    pub text: String,
    /// Its number, if it has one of its own.
    pub number: Option<String>,
    /// Notes referred to.
    pub notes: Vec<String>,
    /// Outside addresses.
    pub links: Vec<String>,
    /// Pictures within it: alternative texts.
    pub figures: Vec<String>,
    /// Which way its lines run.
    pub direction: Option<Direction>,
    /// Its text once more, by language.
    pub spoken: Spoken,
}

/// Fragments as they are made.
#[derive(Debug)]
pub(super) struct Flow {
    /// The role of text that no block gives one.
    pub around: Role,
    /// The fragment under way.
    pub pending: Pending,
    fragments: Vec<Fragment>,
    frames: Vec<Frame>,
}

impl Default for Flow {
    fn default() -> Self {
        let (pending, fragments, frames) = Default::default();
        Self { around: Role::Body, pending, fragments, frames }
    }
}

impl Flow {
    /// A block begins.
    pub fn enter(&mut self, frame: Frame) {
        self.flush();
        self.frames.push(frame);
    }

    /// The innermost block ends.
    pub fn leave(&mut self) {
        self.flush();
        if self.frames.last().is_some_and(|frame| frame.marker.is_some()) {
            self.place_markers(None);
        }
        self.frames.pop();
    }

    /// Whether a block of a role is open.
    pub fn is_within(&self, role: Role) -> bool {
        self.frames.iter().any(|frame| frame.role == Some(role))
    }

    /// Takes back the last fragment if it is a heading: that of the contents, which only now begin.
    pub fn take_heading(&mut self) -> Option<Fragment> {
        self.fragments.pop_if(|fragment| matches!(fragment.role, Role::Heading(_)))
    }

    /// The role of text that comes now, if a block says one.
    pub fn role(&self) -> Option<Role> {
        self.frames.iter().rev().find_map(|frame| frame.role)
    }

    /// Whether no text has come yet.
    pub fn is_empty(&self) -> bool {
        self.fragments.is_empty() && self.pending.text.trim().is_empty() && self.pending.number.is_none()
    }

    /// Gives the innermost block of a role a marker.
    pub fn mark(&mut self, role: Role, marker: String) {
        if let Some(frame) = self.frames.iter_mut().rev().find(|frame| frame.role == Some(role)) {
            frame.marker = Some(marker);
        }
    }

    /// Ends the fragment under way: its text, then its pictures.
    pub fn flush(&mut self) {
        let found = self.frames.iter().rposition(|frame| frame.role.is_some());
        let role = found.and_then(|at| self.frames[at].role).unwrap_or(self.around);
        let Pending { text, number, notes, links, figures, direction, spoken } = std::mem::take(&mut self.pending);
        let text = if role == Role::Code { collapse_code(&text) } else { collapse(&text) };
        let number = number.map(|number| collapse(&number));
        if !text.is_empty() || number.is_some() || !notes.is_empty() {
            let marker = self.place_markers(found);
            let holder = if is_box(role) { self.frames.iter().rev().find_map(holder) } else { None };
            let (number, passages) = (number.or(marker), spoken.finish());
            self.fragments.push(Fragment { role, holder, number, text, notes, links, direction, passages });
        }
        for alternative in figures {
            self.place_markers(None);
            self.fragments.push(Fragment::new(Role::Figure, collapse(&alternative)));
        }
    }

    /// Markers that wait: the one of the block at `own` is given back, others stand alone.
    fn place_markers(&mut self, own: Option<usize>) -> Option<String> {
        let mut given = None;
        for (at, frame) in self.frames.iter_mut().enumerate() {
            let Some(marker) = frame.marker.take() else { continue };
            if own == Some(at) {
                given = Some(marker);
            } else {
                let role = frame.role.unwrap_or(Role::ListItem);
                self.fragments.push(Fragment { number: Some(marker), ..Fragment::new(role, "") });
            }
        }
        given
    }

    /// All fragments.
    pub fn finish(mut self) -> Vec<Fragment> {
        self.flush();
        self.fragments
    }
}

fn is_box(role: Role) -> bool {
    matches!(role, Role::BoxLabel | Role::BoxTitle | Role::BoxBody)
}

fn holder(frame: &Frame) -> Option<Role> {
    frame.role.filter(|role| !is_box(*role))
}
