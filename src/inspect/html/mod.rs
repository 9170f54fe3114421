//! An HTML page: its `main`, or its whole body where it has none.
//!
//! In: text of any origin. Out: [`Inspection`]. What stands outside `main`, scripts, styles, contents, links that copy
//! or lead back, and whatever is hidden are left out. Roles follow from elements and from this project's own classes.

mod depth;
mod element;
mod facts;
mod projection;
mod trace;
mod walk;

use scraper::Html;

pub(super) use self::trace::traces;
use super::{InspectError, Inspection, Projection};
use crate::document::Side;

/// Larger than any report with its fonts and pictures inside.
const LIMIT: usize = 256 << 20;

/// Reads a page as it is with all its changes accepted, or rejected, or each.
/// # Errors
/// As [`read`].
pub(super) fn project<const N: usize>(bytes: &[u8], sides: [Side; N]) -> Result<[Projection; N], InspectError> {
    let page = parse(bytes)?;
    Ok(sides.map(|side| projection::read(&page, side)))
}

/// Reads a page.
/// # Errors
/// If it is not UTF-8, too large, or nested too deep.
pub(super) fn read(bytes: &[u8]) -> Result<Inspection, InspectError> {
    let page = parse(bytes)?;
    let mut facts = facts::read(&page);
    let fragments = walk::read(&page, &mut facts);
    Ok(Inspection { fragments, facts })
}

fn parse(bytes: &[u8]) -> Result<Html, InspectError> {
    if bytes.len() > LIMIT {
        return Err(InspectError::new("a page larger than a report can be"));
    }
    let text = std::str::from_utf8(bytes).map_err(|_| InspectError::new("a page that is not UTF-8"))?;
    if depth::of(text) > depth::LIMIT {
        return Err(InspectError::new(format_args!("a page nested deeper than {}", depth::LIMIT)));
    }
    Ok(Html::parse_document(text.trim_start_matches('\u{feff}')))
}

#[cfg(test)]
mod tests;
