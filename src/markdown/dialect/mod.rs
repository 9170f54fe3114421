//! What other dialects of Markdown write, where it means something here or must be told.
//!
//! In: the blocks of a container, and in the end those of a draft. Out: the same, with kramdown's attribute lists where
//! they belong and pandoc's line blocks made; and a warning for each kind of syntax that a draft holds and that is only
//! text here, or that looks like a table and is none. Never runs a template. `docs/dialects.md` is the table of it.

mod attribute_list;
mod foreign;
mod line_block;
mod marker;
pub(super) mod pipe_table;
mod space;

use super::reader::Reader;
use crate::document::Block;

/// The blocks of one container, with what dialects mean by some of them.
pub(super) fn blocks(reader: &mut Reader<'_>, blocks: Vec<Block>) -> Vec<Block> {
    let mut out = Vec::with_capacity(blocks.len());
    for block in attribute_list::settle(reader, blocks) {
        let kept = marker::kept(reader, block);
        out.extend(kept.map(|block| line_block::read(reader, block)));
    }
    out
}

pub(super) use foreign::{elsewhere, report};
pub(super) use space::spaced;
