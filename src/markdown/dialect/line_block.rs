//! pandoc's line blocks: lines that begin with `| ` and stay lines.

use super::super::reader::Reader;
use super::super::text::Located;
use crate::document::{Block, BlockKind, Inline, InlineKind};

/// A paragraph whose every line begins with a bar, and that has no other: its lines without them.
pub(super) fn read(reader: &Reader<'_>, mut block: Block) -> Block {
    let BlockKind::Paragraph(content) = &mut block.kind else { return block };
    if is_line_block(content) {
        let mut begins = true;
        for inline in content.iter_mut() {
            if matches!(inline.kind, InlineKind::SoftBreak | InlineKind::LineBreak) {
                inline.kind = InlineKind::LineBreak;
                begins = true;
            } else if let InlineKind::Text(text) = &mut inline.kind
                && std::mem::take(&mut begins)
            {
                let words = text.trim_start_matches(['|', ' ']);
                let start = text.len() - words.len();
                inline.span = Located::new(&reader.place, inline.span, text).part(start..text.len());
                *text = words.to_owned();
            }
        }
        content.retain(|inline| !matches!(&inline.kind, InlineKind::Text(text) if text.is_empty()));
    }
    block
}

fn is_line_block(content: &[Inline]) -> bool {
    let is_break = |inline: &Inline| matches!(inline.kind, InlineKind::SoftBreak | InlineKind::LineBreak);
    let marked = |line: &[Inline]| {
        let Some(Inline { kind: InlineKind::Text(first), .. }) = line.first() else { return false };
        let others = line.iter().filter(|inline| matches!(&inline.kind, InlineKind::Text(text) if text.contains('|')));
        without_bar(first).is_some_and(|rest| !rest.contains('|')) && others.count() == 1
    };
    content.split(is_break).all(marked)
}

/// A line's text; how far it is indented is not kept.
fn without_bar(text: &str) -> Option<&str> {
    let rest = text.strip_prefix('|')?;
    (rest.is_empty() || rest.starts_with(' ')).then(|| rest.trim_start_matches(' '))
}
