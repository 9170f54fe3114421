use crate::document::{BoxKind, HeadingLevel};

/// Every role that a style says something about; a style that lacks one does not load.
pub const ROLES: &[&str] = &[
    "body",
    "lead",
    "paragraph-number",
    "list",
    "term",
    "description",
    "quote",
    "rule",
    "link",
    "highlight",
    "code",
    "code-inline",
    "heading-1",
    "heading-2",
    "heading-3",
    "heading-4",
    "heading-5",
    "heading-6",
    "front-heading",
    "annex",
    "cover-panel",
    "cover-kicker",
    "cover-reference",
    "title",
    "subtitle",
    "cover-text",
    "cover-meta",
    "disclaimer",
    "toc-heading",
    "toc-1",
    "toc-2",
    "toc-3",
    "running-head",
    "running-foot",
    "draft-label",
    "caption",
    "source",
    "figure",
    "placeholder",
    "table",
    "table-header",
    "box-label",
    "box-title",
    "box-statement",
    "box-recommendation",
    "box-numbered",
    "box-note",
    "box-tip",
    "box-important",
    "box-warning",
    "box-caution",
    "details",
    "details-summary",
    "bibliography",
    "footnote",
    "footnote-number",
];

/// The role of a kind of box.
pub fn box_role(kind: BoxKind) -> &'static str {
    match kind {
        BoxKind::Recommendation => "box-recommendation",
        BoxKind::Statement => "box-statement",
        BoxKind::Numbered => "box-numbered",
        BoxKind::Note => "box-note",
        BoxKind::Tip => "box-tip",
        BoxKind::Important => "box-important",
        BoxKind::Warning => "box-warning",
        BoxKind::Caution => "box-caution",
    }
}

/// The role of a heading of the body; those of front parts and annexes have `front-heading` and `annex` at level 1.
pub fn heading_role(level: HeadingLevel) -> &'static str {
    match level.get() {
        1 => "heading-1",
        2 => "heading-2",
        3 => "heading-3",
        4 => "heading-4",
        5 => "heading-5",
        _ => "heading-6",
    }
}
