//! The HTML that real drafts use.
//!
//! In: HTML blocks and tags as comrak cuts them out, with the Markdown between them. Out: nodes of ours.
//! A tag outside the subset keeps its text and is said; nothing executable ever enters the tree.

mod blocks;
mod carry;
mod code;
mod element;
mod inlines;
mod table;
mod token;
mod tree;

pub(super) use blocks::blocks;
pub(super) use inlines::{inlines, trimmed};
pub(super) use tree::{Piece, Tree, read_block, read_inline};
