//! What a node was before, as an attribute: `inspect` reads the old version from it.

use crate::document::{CellScope, Form, Format, Former, FormerBlock, ListKind, Was};
use crate::style::box_role;
use crate::write::html::list::counting;
use crate::write::html::writer::Tag;

/// Adds `data-was`, and what else was otherwise.
pub(super) fn was(tag: Tag, former: &Former) -> Tag {
    match &former.was {
        Was::Block(block) => block_was(tag, block),
        Was::Run(formats) => tag.attr("data-was", formats.iter().map(format_was).collect::<Vec<_>>().join(" ")),
        Was::Item(checked) => tag.attr(
            "data-was",
            match checked {
                Some(true) => "task done",
                Some(false) => "task",
                None => "item",
            },
        ),
        Was::Level { level, kind } => tag.attr("data-was", format!("level {level} {}", list_was(*kind))),
        Was::Cell { scope, .. } => tag.attr(
            "data-was",
            match scope {
                CellScope::Data => "td",
                CellScope::Column | CellScope::Row => "th",
            },
        ),
    }
}

/// A list by how its items are marked.
fn list_was(kind: ListKind) -> String {
    match kind {
        ListKind::Bullet => "ul".to_owned(),
        ListKind::Ordered { style, .. } => format!("ol {}", counting(style)),
    }
}

fn block_was(tag: Tag, block: &FormerBlock) -> Tag {
    let tag = tag.maybe("data-was-lang", block.attributes.language.as_deref());
    match &block.form {
        Form::Paragraph => tag.attr("data-was", "p"),
        Form::Heading(level) => tag.attr("data-was", format!("heading level-{}", level.get())),
        Form::List(kind) => tag.attr("data-was", list_was(*kind)),
        Form::Box(kind) => tag.attr("data-was", format!("box {}", box_role(*kind))),
        Form::CodeBlock(info) => tag.attr("data-was", "code").attr("data-was-info", info.as_str()),
        Form::Figure(image) => tag.attr("data-was", "figure").attr("data-was-alt", image.alternative.as_str()),
        Form::Table(_) => tag.attr("data-was", "table"),
        Form::Plain => tag.attr("data-was", "plain"),
    }
}

/// What stood around text, by the element that shows it.
fn format_was(format: &Format) -> String {
    let name = match format {
        Format::Emphasis => "em",
        Format::Strong => "strong",
        Format::Strikethrough => "s",
        Format::Highlight => "mark",
        Format::Superscript => "sup",
        Format::Subscript => "sub",
        Format::Code => "code",
        Format::Link { .. } => "a",
        Format::Span(attributes) => {
            return attributes.language.as_ref().map_or_else(|| "span".to_owned(), |tag| format!("lang={tag}"));
        }
    };
    name.to_owned()
}
