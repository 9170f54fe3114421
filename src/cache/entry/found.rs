//! Diagnostics as they are kept.

use serde::{Deserialize, Serialize};

use crate::diag::{Code, Diagnostic, Place};
use crate::source::{Sources, Span};

/// A diagnostic.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Found {
    code: String,
    place: Where,
    message: String,
    related: Vec<(At, String)>,
    hints: Vec<String>,
}

#[derive(Debug, Serialize, Deserialize)]
enum Where {
    Span(At),
    Path(String),
    Nowhere,
}

/// Bytes of a file, which is called by its position among those that were read.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct At {
    file: usize,
    start: u32,
    end: u32,
}

impl At {
    fn of(span: Span, sources: &Sources) -> Self {
        let file = sources.ids().position(|id| id == span.file).unwrap_or(usize::MAX);
        Self { file, start: span.start, end: span.end }
    }

    fn restore(self, sources: &Sources) -> Option<Span> {
        let file = sources.ids().nth(self.file)?;
        Some(Span { file, start: self.start, end: self.end.max(self.start) })
    }
}

impl Found {
    pub(super) fn of(found: &Diagnostic, sources: &Sources) -> Self {
        let place = match &found.place {
            Place::Span(span) => Where::Span(At::of(*span, sources)),
            Place::Path(path) => Where::Path(path.clone()),
            Place::Nowhere => Where::Nowhere,
        };
        let related = found.related.iter().map(|(span, label)| (At::of(*span, sources), label.clone()));
        Self {
            code: found.code.slug().to_owned(),
            place,
            message: found.message.clone(),
            related: related.collect(),
            hints: found.hints.clone(),
        }
    }

    /// Whether it shows a file.
    pub(super) fn points_at(&self, file: usize) -> bool {
        let own = match &self.place {
            Where::Span(at) => at.file == file,
            Where::Path(_) | Where::Nowhere => false,
        };
        own || self.related.iter().any(|(at, _)| at.file == file)
    }

    /// The diagnostic; `None` if it is none of this program's, or of another project.
    pub(super) fn restore(self, sources: &Sources) -> Option<Diagnostic> {
        let code = *Code::ALL.iter().find(|code| code.slug() == self.code)?;
        let place = match self.place {
            Where::Span(at) => Place::Span(at.restore(sources)?),
            Where::Path(path) => Place::Path(path),
            Where::Nowhere => Place::Nowhere,
        };
        let related = self.related.into_iter().map(|(at, label)| Some((at.restore(sources)?, label)));
        let related = related.collect::<Option<_>>()?;
        Some(Diagnostic { code, place, message: self.message, related, hints: self.hints })
    }
}
