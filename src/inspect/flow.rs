//! Nested blocks and the text within them, made into fragments: what HTML and PDF have in common.
//!
//! In: blocks that begin and end, text, markers, references. Out: one [`Fragment`] for each run of text between two
//! borders of blocks, in the role that the innermost block with a role gives it.

use super::space::{collapse, collapse_code};
use super::{Facts, Fragment};
use crate::document::Role;

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
    pub notes: Vec<u32>,
    /// Outside addresses.
    pub links: Vec<String>,
    /// Pictures within it: alternative texts.
    pub figures: Vec<String>,
}

/// Fragments as they are made.
#[derive(Debug, Default)]
pub(super) struct Flow {
    /// The fragment under way.
    pub pending: Pending,
    fragments: Vec<Fragment>,
    frames: Vec<Frame>,
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

    /// Gives the innermost block a marker.
    pub fn mark(&mut self, marker: String) {
        if let Some(frame) = self.frames.last_mut() {
            frame.marker = Some(marker);
        }
    }

    /// Ends the fragment under way: its text, then its pictures.
    pub fn flush(&mut self) {
        let found = self.frames.iter().rposition(|frame| frame.role.is_some());
        let role = found.and_then(|at| self.frames[at].role).unwrap_or(Role::Body);
        let Pending { text, number, notes, links, figures } = std::mem::take(&mut self.pending);
        let text = if role == Role::Code { collapse_code(&text) } else { collapse(&text) };
        let number = number.map(|number| collapse(&number));
        if !text.is_empty() || number.is_some() || !notes.is_empty() {
            let marker = self.place_markers(found);
            self.fragments.push(Fragment { role, number: number.or(marker), text, notes, links });
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

    /// All fragments; headings and figures among them are counted.
    pub fn finish(mut self, facts: &mut Facts) -> Vec<Fragment> {
        self.flush();
        self.fragments.iter().for_each(|fragment| facts.count_fragment(fragment));
        self.fragments
    }
}
