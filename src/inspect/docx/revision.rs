//! Which side of a tracked revision is read (ECMA-376 17.13.5).
//!
//! In: an element of WordprocessingML and a side. Out: whether it stands there, and the properties that it has there. Nothing else in this reader knows a revision.

use crate::document::Side;
use crate::inspect::xml::{Element, Space};

/// Whether an element's content is there once every revision is accepted ([`Side::New`]) or rejected ([`Side::Old`]).
pub(super) fn shown(element: &Element<'_>, side: Side) -> bool {
    if element.space != Space::Word {
        return true;
    }
    match element.name.as_ref() {
        "ins" | "moveTo" => side == Side::New,
        "del" | "moveFrom" => side == Side::Old,
        "delText" | "delInstrText" => side == Side::Old,
        "tr" => element.word("trPr").is_none_or(|properties| stands(properties, side)),
        "tc" => element.word("tcPr").is_none_or(|properties| match side {
            Side::New => properties.word("cellDel").is_none(),
            Side::Old => properties.word("cellIns").is_none(),
        }),
        _ => true,
    }
}

/// Whether what has these properties stands on a side: a row by its own, a paragraph's end by those of its mark.
fn stands(properties: &Element<'_>, side: Side) -> bool {
    let gone = match side {
        Side::New => ["del", "moveFrom"],
        Side::Old => ["ins", "moveTo"],
    };
    gone.iter().all(|name| properties.word(name).is_none())
}

/// Whether a paragraph ends on a side, or goes on in the next.
pub(super) fn ends(paragraph: &Element<'_>, side: Side) -> bool {
    let mark = paragraph.word("pPr").and_then(|properties| properties.word("rPr"));
    mark.is_none_or(|mark| stands(mark, side))
}

/// An element's properties of a name (`pPr`, `rPr`, `trPr`, `tcPr`) as they are on a side: before a change of them, all are in the record of it.
pub(super) fn properties<'e>(element: &'e Element<'e>, name: &str, side: Side) -> Option<&'e Element<'e>> {
    let now = element.word(name)?;
    let record = (side == Side::Old).then(|| now.word(&format!("{name}Change"))).flatten();
    match record {
        Some(record) => record.word(name),
        None => Some(now),
    }
}

/// Whether an element marks what it holds as revised.
pub(super) fn is_revision(element: &Element<'_>) -> bool {
    element.space == Space::Word && matches!(element.name.as_ref(), "ins" | "del" | "moveFrom" | "moveTo")
}
