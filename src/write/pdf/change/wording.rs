//! What is said of a change where it stands: all of it in words of the report's language.

use super::{Look, Shown};
use crate::document::{Block, BlockKind, BoxKind, CodeBlock, Direction, Form, StandingKind, Was};
use crate::resolve::{ChangeInfo, ChangeKind, ChangeObject, ResolvedDocument};

/// What a link at a change's number says (ISO 14289-1 7.18.5), which tells who does not see the lines what was done: number, kind, and both texts.
pub(super) fn description(doc: &ResolvedDocument, shown: Shown) -> String {
    let terms = &doc.terms;
    let number = terms.revision.change.replace("{}", &shown.number.to_string());
    let Some(change) = info(doc, shown) else { return number };
    let text = texts(doc, change);
    let said = format!("{number}{}{}", terms.colon, terms.change_label(change));
    if text.is_empty() { said } else { format!("{said}{}{text}", terms.colon) }
}

/// What was and what is, as one line.
fn texts(doc: &ResolvedDocument, change: &ChangeInfo) -> String {
    match (change.before.as_str(), change.after.as_str()) {
        ("", text) | (text, "") => text.to_owned(),
        (before, after) if before == after => after.to_owned(),
        (before, after) => format!("{before} {} {after}", arrow(doc)),
    }
}

/// From what was to what is, the way that lines run.
fn arrow(doc: &ResolvedDocument) -> char {
    match doc.language.direction {
        Direction::LeftToRight => '\u{2192}',
        Direction::RightToLeft => '\u{2190}',
    }
}

fn info(doc: &ResolvedDocument, shown: Shown) -> Option<&ChangeInfo> {
    doc.revision.as_ref()?.change(shown.number)
}

/// Where something moved from or to, at that end.
pub(super) fn moved(doc: &ResolvedDocument, shown: Shown) -> Option<String> {
    let end = match shown.look {
        Look::Stands(StandingKind::MovedFrom) => 0,
        Look::Stands(StandingKind::MovedTo) => 1,
        Look::Stands(StandingKind::Inserted | StandingKind::Deleted) | Look::Reformatted => return None,
    };
    let terms = &doc.terms;
    let words = info(doc, shown).zip(doc.revision.as_ref()).map(|(change, revision)| terms.moved(revision, change));
    Some(words.map_or_else(|| terms.revision.movement.0.to_owned(), |words| words[end].clone()))
}

/// What is said of a block before it: "Deletion: table".
pub(super) fn label(doc: &ResolvedDocument, block: &Block, shown: Shown) -> String {
    let terms = &doc.terms;
    let kind = match shown.look {
        Look::Stands(StandingKind::Inserted) => terms.revision.kind(ChangeKind::Inserted).0.to_owned(),
        Look::Stands(StandingKind::Deleted) => terms.revision.kind(ChangeKind::Deleted).0.to_owned(),
        Look::Stands(StandingKind::MovedTo | StandingKind::MovedFrom) => moved(doc, shown).unwrap_or_default(),
        Look::Reformatted => terms.revision.kind(ChangeKind::Reformatted).0.to_owned(),
    };
    format!("{kind}{}{}", terms.colon, terms.revision.object(object(&block.kind)))
}

fn object(kind: &BlockKind) -> ChangeObject {
    match kind {
        BlockKind::Paragraph(_) | BlockKind::Division(_) | BlockKind::Details(_) | BlockKind::Bibliography(_) => {
            ChangeObject::Paragraph
        }
        BlockKind::Heading(_) => ChangeObject::Heading,
        BlockKind::List(_) | BlockKind::DescriptionList(_) => ChangeObject::List,
        BlockKind::BlockQuote(_) => ChangeObject::Quote,
        BlockKind::Box(boxed) if boxed.kind == BoxKind::Recommendation => ChangeObject::Recommendation,
        BlockKind::Box(_) => ChangeObject::Box,
        BlockKind::CodeBlock(_) => ChangeObject::Code,
        BlockKind::Figure(_) => ChangeObject::Figure,
        BlockKind::Table(_) => ChangeObject::Table,
        BlockKind::ThematicBreak => ChangeObject::Rule,
        BlockKind::Formula(_) => ChangeObject::Formula,
    }
}

/// What a node is now.
#[derive(Debug, Clone, Copy)]
pub(in crate::write::pdf) enum Is<'b> {
    /// A block.
    Block(&'b BlockKind),
    /// An item, whose box is ticked or not, if it has one.
    Item(Option<bool>),
    /// A cell.
    Cell,
}

/// What is said of a block's former form: "Heading level 3 → 2", where that can be said, else that its format is another.
pub(super) fn former(doc: &ResolvedDocument, was: &Was, is: Is<'_>) -> String {
    let (terms, arrow) = (&doc.terms.revision, arrow(doc));
    let format = terms.kind(ChangeKind::Reformatted).0;
    let from_to = |name: &str, from: &str, to: &str| format!("{name} {from} {arrow} {to}").trim().to_owned();
    match was {
        Was::Block(was) => match (&was.form, is) {
            (Form::Heading(from), Is::Block(BlockKind::Heading(to))) => {
                let name = terms.kind(ChangeKind::Relevelled).0;
                from_to(name, &from.get().to_string(), &to.level.get().to_string())
            }
            (Form::Heading(_), Is::Block(BlockKind::Paragraph(_))) => {
                from_to("", terms.object(ChangeObject::Heading), terms.object(ChangeObject::Paragraph))
            }
            (Form::Paragraph, Is::Block(BlockKind::Heading(_))) => {
                from_to("", terms.object(ChangeObject::Paragraph), terms.object(ChangeObject::Heading))
            }
            (Form::Box(from), Is::Block(BlockKind::Box(to))) if *from != to.kind => {
                from_to("", box_name(doc, *from), box_name(doc, to.kind))
            }
            (Form::CodeBlock(from), Is::Block(BlockKind::CodeBlock(CodeBlock { info, .. }))) if from != info => {
                from_to(format, from, info)
            }
            (
                Form::Paragraph
                | Form::Heading(_)
                | Form::List(_)
                | Form::Box(_)
                | Form::CodeBlock(_)
                | Form::Figure(_)
                | Form::Table(_)
                | Form::Plain,
                _,
            ) => format.to_owned(),
        },
        Was::Item(from) => match is {
            Is::Item(to) => from_to("", tick(*from), tick(to)),
            Is::Block(_) | Is::Cell => format.to_owned(),
        },
        Was::Level { .. } => format!("{format}{}{}", doc.terms.colon, terms.object(ChangeObject::ListItem)),
        Was::Run(_) | Was::Cell { .. } => format.to_owned(),
    }
}

fn tick(checked: Option<bool>) -> &'static str {
    match checked {
        Some(true) => "\u{2611}",
        Some(false) => "\u{2610}",
        None => "\u{2022}",
    }
}

fn box_name(doc: &ResolvedDocument, kind: BoxKind) -> &'static str {
    let terms = &doc.terms;
    match kind {
        BoxKind::Recommendation => terms.recommendation,
        BoxKind::Statement | BoxKind::Numbered => terms.boxed,
        BoxKind::Note => terms.note,
        BoxKind::Tip => terms.tip,
        BoxKind::Important => terms.important,
        BoxKind::Warning => terms.warning,
        BoxKind::Caution => terms.caution,
    }
}
