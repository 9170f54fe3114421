//! Which side of a tracked revision is read. Now: all accepted. Reading with all rejected will be decided here too.

use crate::inspect::xml::{Element, Space};

/// Whether an element's content is there once every revision is accepted (ECMA-376 17.13.5).
pub(super) fn shown(element: &Element) -> bool {
    if element.space != Space::Word {
        return true;
    }
    match element.name.as_str() {
        "del" | "moveFrom" | "delText" | "delInstrText" => false,
        "tr" => element.word("trPr").is_none_or(|properties| properties.word("del").is_none()),
        _ => true,
    }
}
