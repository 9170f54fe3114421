//! Estimates of how high something will be, so that what is short is kept whole and what is long may
//! break. Only that choice rests on them, never a position.

use crate::document::{Block, BlockKind, Pt, Visit, plain_text_of_blocks, walk_blocks};
use crate::style::RoleStyle;

/// Whether a block may break across pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Breaking {
    /// It is short: kept whole.
    Whole,
    /// It may.
    Breakable,
}

impl Breaking {
    /// Kept whole if `height` is at most two fifths of `room`, the text's height on a page.
    pub(super) fn of(height: f64, room: Pt) -> Self {
        if height <= room.0 * 0.4 { Self::Whole } else { Self::Breakable }
    }

    /// As Typst's `breakable` has it.
    pub(super) fn literal(self) -> &'static str {
        match self {
            Self::Whole => "false",
            Self::Breakable => "true",
        }
    }
}

/// How many characters of a role's type fit on a line.
pub(super) fn room(width: Pt, size: Pt, share: f64) -> usize {
    (width.0 / (size.0 * share)).max(1.0) as usize
}

/// Height of text in a role's type.
pub(super) fn text_height(chars: usize, width: Pt, role: &RoleStyle) -> f64 {
    chars.div_ceil(room(width, role.size, 0.54)).max(1) as f64 * role.line.0
}

/// Height of blocks in a role's type; infinite where they hold a figure or table.
pub(super) fn height(blocks: &[Block], width: Pt, role: &RoleStyle) -> f64 {
    let mut search = Large::default();
    walk_blocks(blocks, &mut search);
    if search.found {
        return f64::INFINITY;
    }
    let text = plain_text_of_blocks(blocks);
    text.lines().map(|line| text_height(line.chars().count(), width, role) + 6.0).sum()
}

#[derive(Default)]
struct Large {
    found: bool,
}

impl<'a> Visit<'a> for Large {
    fn block(&mut self, block: &'a Block) {
        self.found |= matches!(block.kind, BlockKind::Figure(_) | BlockKind::Table(_));
    }
}
