//! How a node is shown that has changed, and what is said of it to those who do not see it.

use crate::document::{Side, StandingKind};
use crate::resolve::{ChangeKind, ResolvedDocument};

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

/// That a paragraph was split here, or merged with the next.
pub(super) fn parted(doc: &ResolvedDocument, side: Side) -> &'static str {
    let kind = match side {
        Side::New => ChangeKind::Split,
        Side::Old => ChangeKind::Merged,
    };
    doc.terms.revision.kind(kind).0
}
