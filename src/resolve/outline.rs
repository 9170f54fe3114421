//! The contents.
//!
//! In: headings in reading order with their anchors. Out: [`OutlineEntry`]s, empty headings left out, and what
//! writers ask of each heading.

use super::anchor::Anchors;
use super::info::{HeadingInfo, OutlineEntry};
use super::number::Numbers;
use super::resolved::SideTable;
use crate::document::{Inline, InlineKind};

/// What was decided about each heading.
pub(super) fn headings(numbers: &Numbers<'_>, anchors: &Anchors) -> SideTable<HeadingInfo> {
    let mut table = SideTable::default();
    for heading in &numbers.headings {
        let id = heading.block.id;
        let number = heading.number.as_ref().map(|number| number.printed.clone());
        let anchor = anchors.table[id].clone();
        table.insert(id, HeadingInfo { level: heading.level, number, place: heading.place, anchor });
    }
    table
}

/// Every heading that has text; those within `depth` levels are listed in the printed contents.
pub(super) fn outline(numbers: &Numbers<'_>, anchors: &Anchors, depth: u8) -> Vec<OutlineEntry> {
    let entry = |heading: &super::number::NumberedHeading<'_>| OutlineEntry {
        heading: heading.block.id,
        level: heading.level,
        number: heading.number.as_ref().map(|number| number.printed.clone()),
        content: without_notes(heading.content),
        anchor: anchors.table[heading.block.id].clone(),
        listed: heading.listed && heading.level.get() <= depth,
    };
    numbers.headings.iter().filter(|heading| !heading.empty).map(entry).collect()
}

/// A heading's text as it is repeated elsewhere: its notes stay where they are.
pub(super) fn without_notes(content: &[Inline]) -> Vec<Inline> {
    let mut kept: Vec<Inline> = Vec::with_capacity(content.len());
    for inline in content.iter().filter(|inline| !matches!(inline.kind, InlineKind::Note(_))) {
        let mut inline = inline.clone();
        if let Some(children) = inline.children_mut() {
            *children = without_notes(children);
        }
        kept.push(inline);
    }
    kept
}
