//! What is said of a change where it stands: all of it in words of the report's language.

use crate::document::{BlockKind, BoxKind, Direction, Form, Side, StandingKind, Was};
use crate::resolve::{ChangeInfo, ChangeKind, ChangeObject, Date, ResolvedDocument, Terms};

/// How a node is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Look {
    /// It is new.
    Inserted,
    /// It is gone.
    Deleted,
    /// It stood elsewhere.
    MovedTo,
    /// It stands elsewhere.
    MovedFrom,
    /// It is of another form.
    Reformatted,
}

impl Look {
    pub(super) fn of(kind: StandingKind) -> Self {
        match kind {
            StandingKind::Inserted => Self::Inserted,
            StandingKind::Deleted => Self::Deleted,
            StandingKind::MovedTo => Self::MovedTo,
            StandingKind::MovedFrom => Self::MovedFrom,
        }
    }

    /// The class by which the style sheet knows it.
    pub(super) fn class(self) -> &'static str {
        match self {
            Self::Inserted => "inserted",
            Self::Deleted => "deleted",
            Self::MovedTo => "inserted moved",
            Self::MovedFrom => "deleted moved",
            Self::Reformatted => "reformatted",
        }
    }

    pub(super) fn is_moved(self) -> bool {
        matches!(self, Self::MovedTo | Self::MovedFrom)
    }

    /// The version that it stands in, if that is one only.
    pub(super) fn side(self) -> Option<Side> {
        match self {
            Self::Inserted | Self::MovedTo => Some(Side::New),
            Self::Deleted | Self::MovedFrom => Some(Side::Old),
            Self::Reformatted => None,
        }
    }
}

/// How a node is shown, and which change it is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Shown {
    pub(super) look: Look,
    pub(super) number: u32,
}

/// What is said before and behind.
pub(super) fn spoken(doc: &ResolvedDocument, look: Look) -> (&'static str, &'static str) {
    let terms = &doc.terms.revision;
    match look {
        Look::Inserted => terms.spoken_inserted,
        Look::Deleted => terms.spoken_deleted,
        Look::MovedTo | Look::MovedFrom => terms.spoken_moved,
        Look::Reformatted => terms.spoken_reformatted,
    }
}

/// What the link at a change's number is called: "Change 3: Replacement: words".
pub(super) fn description(doc: &ResolvedDocument, shown: Shown) -> String {
    let terms = &doc.terms;
    let number = terms.revision.change.replace("{}", &shown.number.to_string());
    match info(doc, shown) {
        Some(change) => format!("{number}{}{}", terms.colon, terms.change_label(change)),
        None => number,
    }
}

fn info(doc: &ResolvedDocument, shown: Shown) -> Option<&ChangeInfo> {
    doc.revision.as_ref()?.change(shown.number)
}

/// What was done: "Insertion", or where it moved to or from.
pub(super) fn kind(doc: &ResolvedDocument, shown: Shown) -> String {
    let terms = &doc.terms;
    let named = |kind| terms.revision.kind(kind).0.to_owned();
    let moved = |end: usize| {
        let words = info(doc, shown).zip(doc.revision.as_ref()).map(|(change, all)| terms.moved(all, change));
        words.map_or_else(|| named(ChangeKind::Moved), |words| words[end].clone())
    };
    match shown.look {
        Look::Inserted => named(ChangeKind::Inserted),
        Look::Deleted => named(ChangeKind::Deleted),
        Look::MovedFrom => moved(0),
        Look::MovedTo => moved(1),
        Look::Reformatted => named(ChangeKind::Reformatted),
    }
}

/// The same of a block: "Deletion: table".
pub(super) fn label(doc: &ResolvedDocument, block: &BlockKind, shown: Shown) -> String {
    format!("{}{}{}", kind(doc, shown), doc.terms.colon, doc.terms.revision.object(object(block)))
}

/// That a paragraph was split here, or merged with the next.
pub(super) fn parted(doc: &ResolvedDocument, side: Side) -> &'static str {
    let kind = match side {
        Side::New => ChangeKind::Split,
        Side::Old => ChangeKind::Merged,
    };
    doc.terms.revision.kind(kind).0
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

/// What is said of a block's former form: "Heading level: 3 → 2", where that can be said.
pub(super) fn former(doc: &ResolvedDocument, kind: &BlockKind, was: &Was) -> String {
    let terms = &doc.terms;
    let Was::Block(was) = was else { return reformatted(doc, None) };
    match (&was.form, kind) {
        (Form::Heading(from), BlockKind::Heading(to)) if *from != to.level => {
            let name = terms.revision.kind(ChangeKind::Relevelled).0;
            let levels = (from.get().to_string(), to.level.get().to_string());
            format!("{name}{}{}", terms.colon, from_to(doc, &levels.0, &levels.1))
        }
        (Form::Box(from), BlockKind::Box(to)) if *from != to.kind => {
            let name = |kind| terms.box_label(kind).unwrap_or(terms.boxed);
            reformatted(doc, Some(from_to(doc, name(*from), name(to.kind))))
        }
        (Form::CodeBlock(from), BlockKind::CodeBlock(to)) if *from != to.info => {
            reformatted(doc, Some(from_to(doc, from, &to.info)))
        }
        (Form::Figure(from), BlockKind::Figure(to)) if from.alternative != to.image.alternative => {
            reformatted(doc, Some(from_to(doc, &from.alternative, &to.image.alternative)))
        }
        (Form::Paragraph, BlockKind::Heading(_)) | (Form::Heading(_), BlockKind::Paragraph(_)) => {
            let was = if was.form == Form::Paragraph { ChangeObject::Paragraph } else { ChangeObject::Heading };
            let name = |object| terms.revision.object(object);
            reformatted(doc, Some(from_to(doc, name(was), name(object(kind)))))
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
        ) => reformatted(doc, Some(terms.revision.object(object(kind)).to_owned())),
    }
}

/// The same of an item, which may have or have had a box to tick, or of a cell.
pub(super) fn former_of_item(doc: &ResolvedDocument, checked: Option<bool>, was: &Was) -> String {
    let (done, open) = doc.terms.task;
    let name = |checked: Option<bool>| match checked {
        Some(true) => done,
        Some(false) => open,
        None => "•",
    };
    match was {
        Was::Item(was) => reformatted(doc, Some(from_to(doc, name(*was), name(checked)))),
        Was::Level { .. } => reformatted(doc, Some(doc.terms.revision.object(ChangeObject::ListItem).to_owned())),
        Was::Cell { .. } | Was::Run(_) | Was::Block(_) => reformatted(doc, None),
    }
}

fn reformatted(doc: &ResolvedDocument, how: Option<String>) -> String {
    let Terms { revision, colon, .. } = &doc.terms;
    let name = revision.kind(ChangeKind::Reformatted).0;
    how.map_or_else(|| name.to_owned(), |how| format!("{name}{colon}{how}"))
}

/// From what was to what is, the way that lines run.
fn from_to(doc: &ResolvedDocument, was: &str, is: &str) -> String {
    let arrow = match doc.language.direction {
        Direction::LeftToRight => '\u{2192}',
        Direction::RightToLeft => '\u{2190}',
    };
    format!("{was} {arrow} {is}").trim().to_owned()
}

/// RFC 3339, in UTC.
pub(super) fn time(seconds: i64) -> String {
    let of_day = seconds.rem_euclid(86_400);
    let (hour, minute, second) = (of_day / 3_600, of_day / 60 % 60, of_day % 60);
    format!("{}T{hour:02}:{minute:02}:{second:02}Z", Date::from_unix(seconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_that_of_utc() {
        assert_eq!(time(0), "1970-01-01T00:00:00Z");
        assert_eq!(time(1_734_393_599), "2024-12-16T23:59:59Z");
        assert_eq!(time(-1), "1969-12-31T23:59:59Z");
    }
}
