//! What other dialects of Markdown write, where it means something here or must be told.
//!
//! In: the blocks of a container, and in the end those of a draft. Out: the same, with kramdown's attribute lists where
//! they belong and pandoc's line blocks made; and a warning for each kind of syntax that a draft holds and that is only
//! text here, that looks like a table and is none, or that misses being Markdown by a sign or a space. Never runs a template. `docs/dialects.md` is the table of it.

mod attribute_list;
mod caption;
mod foreign;
mod line_block;
mod marker;
pub(super) mod pipe_table;
mod space;
mod unread;
mod unread_list;

use super::reader::Reader;
use crate::document::Block;

/// The blocks of one container, with what dialects mean by some of them.
pub(super) fn blocks(reader: &mut Reader<'_>, blocks: Vec<Block>) -> Vec<Block> {
    let mut out = Vec::with_capacity(blocks.len());
    for block in attribute_list::settle(reader, blocks) {
        let kept = marker::kept(reader, block);
        out.extend(kept.map(|block| line_block::read(reader, block)));
    }
    caption::report(reader, &out);
    out
}

/// Tells what a draft and its notes hold that is only text here.
pub(super) fn report(reader: &mut Reader<'_>, blocks: &[Block]) {
    foreign::report(reader, blocks);
    unread::report(reader, blocks);
    unread_list::report(reader, blocks);
}

pub(super) use foreign::elsewhere;
pub(super) use space::spaced;
