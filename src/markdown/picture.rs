//! Pictures within a line that were meant as figures.
//!
//! In: a draft's blocks and notes. Out: a fault at each picture that has a caption, or a figure's label, and stands not
//! alone in its paragraph. An image of HTML is not told: there a title is what a pointer shows.

use super::reader::Reader;
use crate::diag::Code;
use crate::document::{Block, Image, Inline, InlineKind, Visit, walk_blocks};
use crate::source::Span;

/// What labels of figures begin with.
const FIGURE: [&str; 2] = ["fig-", "fig:"];

/// Says of each such picture that it has neither caption nor number.
pub(super) fn report(reader: &mut Reader<'_>, blocks: &[Block]) {
    let mut search = Search { found: Vec::new() };
    walk_blocks(blocks, &mut search);
    reader.notes.iter().for_each(|note| walk_blocks(&note.blocks, &mut search));
    for (span, figure) in search.found {
        if !reader.place.text(span).starts_with("![") {
            continue;
        }
        let label = figure.unwrap_or_else(|| "fig-…".to_owned());
        let hint = format!(
            "set it alone in its paragraph: an empty line before it and after, and nothing behind it but `{{#{label}}}`"
        );
        let message = "a picture within a line has no caption and no number";
        reader.warn_with(Code::PictureInLine, span, message, &hint);
    }
}

struct Search {
    found: Vec<(Span, Option<String>)>,
}

impl Visit<'_> for Search {
    fn inline(&mut self, inline: &Inline) {
        if let InlineKind::Image(image) = &inline.kind {
            let label = figure_label(image);
            if label.is_some() || !image.title.trim().is_empty() {
                self.found.push((inline.span, label));
            }
        }
    }
}

fn figure_label(image: &Image) -> Option<String> {
    let label = image.attributes.label.as_ref()?.as_str();
    FIGURE.iter().any(|begin| label.starts_with(begin)).then(|| label.to_owned())
}
