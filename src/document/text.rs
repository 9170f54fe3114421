use super::{Block, BlockKind, Inline, InlineKind, Visit, walk_blocks, walk_inlines};

/// The plain text of inlines: breaks are spaces, images their alternative text, notes and
/// references nothing.
pub fn plain_text(inlines: &[Inline]) -> String {
    let mut projection = Projection::default();
    walk_inlines(inlines, &mut projection);
    projection.text
}

/// The plain text of blocks, one line per leaf block.
pub fn plain_text_of_blocks(blocks: &[Block]) -> String {
    let mut projection = Projection::default();
    walk_blocks(blocks, &mut projection);
    projection.text.trim().to_owned()
}

#[derive(Default)]
struct Projection {
    text: String,
}

impl<'a> Visit<'a> for Projection {
    fn block(&mut self, block: &'a Block) {
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
        if let BlockKind::CodeBlock(code) = &block.kind {
            self.text.push_str(&code.literal);
        }
        if let BlockKind::Formula(formula) = &block.kind {
            self.text.push_str(formula.alternative());
        }
    }

    fn inline(&mut self, inline: &'a Inline) {
        match &inline.kind {
            InlineKind::Text(text) | InlineKind::Code(text) => self.text.push_str(text),
            InlineKind::SoftBreak | InlineKind::LineBreak => self.text.push(' '),
            InlineKind::Image(image) => self.text.push_str(&image.alternative),
            InlineKind::Formula(formula) => self.text.push_str(formula.alternative()),
            InlineKind::Citation(citation) => self.text.push_str(&citation.source),
            InlineKind::Emphasis(_)
            | InlineKind::Strong(_)
            | InlineKind::Strikethrough(_)
            | InlineKind::Highlight(_)
            | InlineKind::Superscript(_)
            | InlineKind::Subscript(_)
            | InlineKind::Link(_)
            | InlineKind::Note(_)
            | InlineKind::Reference(_)
            | InlineKind::Span(..) => {}
        }
    }
}
