//! Classes in braces that mean nothing: no style has a look for them.
//!
//! In: a draft's blocks and notes. Out: a warning for each such class. A class of HTML is not told: what people paste
//! is full of them, and how things look is the style's to say.

use std::collections::BTreeMap;

use super::boxes;
use super::dialect::elsewhere;
use super::reader::Reader;
use crate::diag::{Code, Diagnostic, nearest};
use crate::document::{Attributes, Block, BlockKind, Inline, Table, Visit, walk_blocks};
use crate::source::Span;

/// Every class that means something, beside those of boxes.
pub(super) const KNOWN: &[&str] = &["unnumbered", "unlisted", "decorative", "landscape", "table", "header-column"];

/// So many classes of one node are looked at.
const MOST: usize = 16;

/// Warns of each unknown class, where it first stands.
pub(super) fn report(reader: &mut Reader<'_>, blocks: &[Block]) {
    let mut search = Search { reader, found: BTreeMap::new() };
    walk_blocks(blocks, &mut search);
    reader.notes.iter().for_each(|note| walk_blocks(&note.blocks, &mut search));
    let found = search.found;
    for (class, mut spans) in found {
        spans.sort_by_key(|span| span.start);
        let Some((first, others)) = spans.split_first() else { continue };
        let message = format!("no style knows the class `{class}`{}", elsewhere(reader, others));
        let names = || KNOWN.iter().chain(boxes::NAMES).copied();
        let (code, hint) = match nearest(&class, names()) {
            Some(near) => (Code::MisspeltClass, format!("did you mean `{near}`?")),
            None => (Code::UnknownClass, "what carries it looks as it would without".to_owned()),
        };
        reader.diagnostics.push(Diagnostic::new(code, *first, message).hint(hint));
    }
}

struct Search<'r, 'a> {
    reader: &'r Reader<'a>,
    found: BTreeMap<String, Vec<Span>>,
}

impl Search<'_, '_> {
    /// Notes the classes of what stands at `whole`, but for the `skipped` first.
    fn add(&mut self, attributes: &Attributes, skipped: usize, whole: Span) {
        for class in attributes.classes.iter().skip(skipped).take(MOST) {
            let typed = format!(".{class}");
            let at = self.reader.place.text(whole).find(&typed);
            let known = KNOWN.contains(&class.as_str()) || boxes::kind(class).is_some();
            if let Some(at) = at.filter(|_| !known) {
                let start = whole.range().start + at;
                let span = self.reader.place.between(start, start + typed.len());
                self.found.entry(class.clone()).or_default().push(span);
            }
        }
    }
}

impl Visit<'_> for Search<'_, '_> {
    fn block(&mut self, block: &Block) {
        let skipped = match &block.kind {
            // Languages, and what highlighters know.
            BlockKind::CodeBlock(_) => return,
            // One that names no box is told as that.
            BlockKind::Box(_) => 1,
            BlockKind::Paragraph(_)
            | BlockKind::Heading(_)
            | BlockKind::List(_)
            | BlockKind::DescriptionList(_)
            | BlockKind::BlockQuote(_)
            | BlockKind::Figure(_)
            | BlockKind::Table(_)
            | BlockKind::ThematicBreak
            | BlockKind::Details(_)
            | BlockKind::Division(_)
            | BlockKind::Formula(_)
            | BlockKind::Bibliography(_) => 0,
        };
        self.add(&block.attributes, skipped, block.span);
        // A table's classes stand in its caption, above it or below.
        if let BlockKind::Table(Table { caption: Some(caption), .. }) = &block.kind
            && !block.span.range().contains(&caption.span.range().start)
        {
            self.add(&block.attributes, 0, caption.span);
        }
    }

    fn inline(&mut self, inline: &Inline) {
        // Code in a line has a language.
        if let Some(attributes) = inline.kind.attributes().filter(|_| !inline.is_attributed_code()) {
            self.add(attributes, 0, inline.span);
        }
    }
}
