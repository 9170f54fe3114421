use super::{Block, BlockKind, Inline, InlineKind, Visit, walk_blocks, walk_inlines};

/// What is shown for a reference, citation or formula, whose text no draft holds; `None` leaves it as typed.
pub type Worded<'a> = &'a mut dyn FnMut(&Inline) -> Option<String>;

/// The plain text of inlines as typed: breaks are spaces, images and formulas their alternative text, notes nothing,
/// references `@label`.
pub fn plain_text(inlines: &[Inline]) -> String {
    worded_text(inlines, &mut |_| None)
}

/// The plain text of blocks as typed, one line per leaf block.
pub fn plain_text_of_blocks(blocks: &[Block]) -> String {
    worded_text_of_blocks(blocks, &mut |_| None)
}

/// As [`plain_text`], with what is shown for references and the like.
pub fn worded_text(inlines: &[Inline], worded: Worded<'_>) -> String {
    let mut projection = Projection { text: String::new(), worded };
    walk_inlines(inlines, &mut projection);
    projection.text
}

/// As [`plain_text_of_blocks`], with what is shown for references and the like.
pub fn worded_text_of_blocks(blocks: &[Block], worded: Worded<'_>) -> String {
    let mut projection = Projection { text: String::new(), worded };
    walk_blocks(blocks, &mut projection);
    projection.text.trim().to_owned()
}

struct Projection<'w> {
    text: String,
    worded: Worded<'w>,
}

impl Projection<'_> {
    fn generated(&mut self, inline: &Inline, typed: impl Fn() -> String) {
        let shown = (self.worded)(inline).unwrap_or_else(typed);
        self.text.push_str(&shown);
    }
}

impl<'a> Visit<'a> for Projection<'_> {
    fn block(&mut self, block: &'a Block) {
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
        if let BlockKind::CodeBlock(code) = &block.kind {
            self.text.push_str(&code.literal);
        }
        if let BlockKind::Formula(formula) = &block.kind {
            self.text.push_str(&formula.alternative());
        }
    }

    fn inline(&mut self, inline: &'a Inline) {
        match &inline.kind {
            InlineKind::Text(text) | InlineKind::Code(text) => self.text.push_str(text),
            InlineKind::SoftBreak | InlineKind::LineBreak => self.text.push(' '),
            InlineKind::Image(image) => self.text.push_str(&image.alternative),
            InlineKind::Reference(reference) => self.generated(inline, || format!("@{}", reference.label)),
            InlineKind::Citation(citation) => self.generated(inline, || citation.source.clone()),
            InlineKind::Formula(formula) => self.generated(inline, || formula.alternative()),
            InlineKind::Emphasis(_)
            | InlineKind::Strong(_)
            | InlineKind::Strikethrough(_)
            | InlineKind::Highlight(_)
            | InlineKind::Superscript(_)
            | InlineKind::Subscript(_)
            | InlineKind::Link(_)
            | InlineKind::Note(_)
            | InlineKind::Span(..) => {}
        }
    }
}
