//! What Typst says about generated source, said about the drafts.

use typst::WorldExt;
use typst::diag::{Severity, SourceDiagnostic};
use typst::syntax::DiagSpan;

use super::markup::Origins;
use super::world::Press;
use crate::diag::{Code, Diagnostic, Diagnostics, Place};
use crate::source::Span;

/// Typst's diagnostics, each at the place in the drafts from which the source at fault was generated.
pub(super) fn diagnostics(press: &Press, origins: &Origins, found: &[SourceDiagnostic]) -> Diagnostics {
    translated(found, &|span| {
        if span.id() != Some(Press::main_id()) {
            return None;
        }
        origins.find(&press.range(span)?)
    })
}

/// Typst's diagnostics, with places in the drafts for its own.
pub(super) fn translated(found: &[SourceDiagnostic], origin: &dyn Fn(DiagSpan) -> Option<Span>) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    for fault in found {
        let code = match fault.severity {
            Severity::Error => Code::Typesetting,
            Severity::Warning => Code::TypesettingDoubt,
        };
        let place = place(fault, origin).map_or(Place::Nowhere, Place::Span);
        let mut diagnostic = Diagnostic::at(code, place, format!("the typesetter says: {}", fault.message));
        for hint in &fault.hints {
            diagnostic = diagnostic.hint(hint.v.to_string());
        }
        diagnostics.push(diagnostic);
    }
    diagnostics
}

/// The fault's own place, or the innermost call in generated source that led to it.
fn place(fault: &SourceDiagnostic, origin: &dyn Fn(DiagSpan) -> Option<Span>) -> Option<Span> {
    let calls = fault.trace.iter().map(|point| point.span.into());
    std::iter::once(fault.span).chain(calls).find_map(origin)
}
