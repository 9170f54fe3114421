//! How something is shown, by its mark.

use crate::document::{Block, Change, Inline, Marked, Side, Standing, StandingKind};
use crate::resolve::CoverText;

/// How something is shown, as the template names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::write::pdf) enum Look {
    /// It stands in one version only.
    Stands(StandingKind),
    /// It was of another format.
    Reformatted,
}

impl Look {
    pub(in crate::write::pdf) fn name(self) -> &'static str {
        match self {
            Self::Stands(StandingKind::Inserted) => "inserted",
            Self::Stands(StandingKind::Deleted) => "deleted",
            Self::Stands(StandingKind::MovedTo) => "moved-to",
            Self::Stands(StandingKind::MovedFrom) => "moved-from",
            Self::Reformatted => "reformatted",
        }
    }
}

/// A look, and which change it is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::write::pdf) struct Shown {
    /// How.
    pub(in crate::write::pdf) look: Look,
    /// The change's number.
    pub(in crate::write::pdf) number: u32,
}

impl Shown {
    /// How, as the template names it.
    pub(in crate::write::pdf) fn name(self) -> &'static str {
        self.look.name()
    }

    fn of(standing: &Standing) -> Self {
        Self { look: Look::Stands(standing.kind), number: standing.mark.number }
    }

    /// Whether it stands in the old version alone.
    pub(in crate::write::pdf) fn is_gone(self) -> bool {
        match self.look {
            Look::Stands(kind) => kind.side() == Side::Old,
            Look::Reformatted => false,
        }
    }
}

/// How a node is shown that stands in one version only.
pub(in crate::write::pdf) fn standing(change: &Marked) -> Option<Shown> {
    change.as_ref()?.standing.as_ref().map(Shown::of)
}

/// How a line of the cover is shown all of which came or went.
pub(in crate::write::pdf) fn of_cover(text: CoverText<'_>) -> Option<Shown> {
    let CoverText::Marked { content, whole: Some(_), .. } = text else { return None };
    content.first().and_then(|first| leaf(first.change.as_deref()?))
}

/// How a leaf of a line is shown by its own mark.
pub(super) fn leaf(change: &Change) -> Option<Shown> {
    let former = || change.former.as_ref().map(|former| Shown { look: Look::Reformatted, number: former.mark.number });
    change.standing.as_ref().map(Shown::of).or_else(former)
}

/// How a line of a code block is shown by its own mark.
pub(in crate::write::pdf) fn line(block: &Block, at: usize) -> Option<Shown> {
    let mut lines = block.change.iter().flat_map(|change| &change.lines);
    lines.find(|line| line.line == at).map(|line| Shown::of(&line.standing))
}

/// Whether anything in some inlines is marked.
pub(in crate::write::pdf) fn is_marked(content: &[Inline]) -> bool {
    content.iter().any(Inline::is_marked)
}

/// Inlines as they stand in the new version.
pub(in crate::write::pdf) fn accepted(content: &[Inline]) -> Vec<Inline> {
    let stays = |inline: &&Inline| !standing(&inline.change).is_some_and(Shown::is_gone);
    content
        .iter()
        .filter(stays)
        .map(|inline| {
            let mut inline = inline.clone();
            if let Some(children) = inline.children_mut() {
                *children = accepted(children);
            }
            inline
        })
        .collect()
}
