//! Fields (ECMA-376 17.16): always complex ones, with what they show filled in. No instruction ever holds a word that
//! a writer typed.

use super::Paging;
use super::writer::Writer;
use super::xml::{Build, RunProperties};

/// Whether Word computes a field anew on opening.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cached {
    /// What stands there holds.
    Valid,
    /// It is to be computed.
    Dirty,
}

impl Cached {
    /// Of fields that show page numbers.
    pub fn of(paging: Paging) -> Self {
        match paging {
            Paging::Pdf => Self::Valid,
            Paging::Word => Self::Dirty,
        }
    }
}

impl Writer<'_> {
    /// A field and what it shows.
    pub fn field(&mut self, instruction: &str, run: &RunProperties, result: impl FnOnce(&mut Self)) {
        self.begin_field(instruction, run, Cached::Valid);
        result(self);
        self.end_field(run);
    }

    /// Up to where the result begins.
    pub fn begin_field(&mut self, instruction: &str, run: &RunProperties, cached: Cached) {
        self.run(run, |w| match cached {
            Cached::Valid => w.empty("w:fldChar", &[("w:fldCharType", &"begin")]),
            Cached::Dirty => w.empty("w:fldChar", &[("w:fldCharType", &"begin"), ("w:dirty", &"true")]),
        });
        let padded = format!(" {instruction} ");
        let name = self.changes.instruction();
        self.run(run, |w| w.leaf(name, &[("xml:space", &"preserve")], &padded));
        self.run(run, |w| w.empty("w:fldChar", &[("w:fldCharType", &"separate")]));
    }

    /// After the result.
    pub fn end_field(&mut self, run: &RunProperties) {
        self.run(run, |w| w.empty("w:fldChar", &[("w:fldCharType", &"end")]));
    }
}
