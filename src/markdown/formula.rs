//! Formulas: `$…$` within a line; `$$…$$` on lines of its own is a block, with its attributes behind it or on the
//! line beneath.
//!
//! In: comrak's mathematics (pandoc's rules: no space inside single dollars, no digit behind the closing one), and
//! the inlines of a paragraph. Out: [`Formula`]s, and the blocks that the paragraph becomes. TeX is not read here.

use comrak::nodes::NodeMath;

use super::hygiene::clean;
use super::reader::Reader;
use super::text::Located;
use super::{attributes, figure};
use crate::document::{Attributes, Block, BlockKind, Formula, FormulaForm, Inline, InlineKind};
use crate::source::Span;

/// What comrak found between dollar signs.
pub(super) fn formula(math: NodeMath) -> InlineKind {
    let form = if math.display_math { FormulaForm::Display } else { FormulaForm::Line };
    InlineKind::Formula(Formula { source: clean(math.literal), form, attributes: Attributes::default() })
}

/// A paragraph's content as blocks: itself, or what stands before, in and after the formulas on lines of their own.
pub(super) fn paragraph(reader: &mut Reader<'_>, span: Span, content: Vec<Inline>) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut before = Vec::new();
    let mut rest = content.into_iter().collect::<std::collections::VecDeque<_>>();
    while let Some(inline) = rest.pop_front() {
        let begins = before.last().is_none_or(is_break);
        match stands_alone(reader, &inline, &mut rest, begins) {
            Some((at, formula)) => {
                blocks.extend(text(reader, std::mem::take(&mut before)));
                let attributes = formula.attributes.clone();
                blocks.push(reader.block(at, attributes, BlockKind::Formula(formula)));
                rest.pop_front();
            }
            None => before.push(inline),
        }
    }
    if blocks.is_empty() {
        return figure::paragraph(reader, span, before);
    }
    blocks.extend(text(reader, before));
    blocks
}

/// What stands beside formulas, if it is anything.
fn text(reader: &mut Reader<'_>, mut content: Vec<Inline>) -> Vec<Block> {
    while content.last().is_some_and(is_break) {
        content.pop();
    }
    let (Some(first), Some(last)) = (content.first(), content.last()) else { return Vec::new() };
    let span = first.span.to(last.span);
    figure::paragraph(reader, span, content)
}

/// A formula that begins a line, if nothing but its attributes follows it there.
fn stands_alone(
    reader: &mut Reader<'_>,
    inline: &Inline,
    rest: &mut std::collections::VecDeque<Inline>,
    begins: bool,
) -> Option<(Span, Formula)> {
    let InlineKind::Formula(formula) = &inline.kind else { return None };
    if formula.form != FormulaForm::Display {
        return None;
    }
    let mut formula = formula.clone();
    let mut at = inline.span;
    if let Some(Inline { span, kind: InlineKind::Text(text), .. }) = rest.front()
        && let Some(begin) = text.find('{').filter(|begin| text[..*begin].trim().is_empty())
    {
        let located = Located::new(&reader.place, *span, text);
        if let Some(parsed) = attributes::parse(&text[begin..]) {
            let end = begin + parsed.len;
            if begins && text[end..].trim().is_empty() && rest.get(1).is_none_or(is_break) {
                formula.attributes = parsed.attributes;
                at = at.to(located.part(begin..end));
                rest.pop_front();
            }
        } else if attributes::is_attempt(&text[begin..]) {
            let span = located.part(begin..text.len());
            reader.refuse_attributes(span);
        }
    }
    if begins && formula.attributes.is_empty() {
        (formula.attributes, at) = next_line(reader, rest).map_or((formula.attributes, at), |(attributes, end)| {
            rest.drain(..2);
            (attributes, at.to(end))
        });
    }
    let ends = rest.front().is_none_or(is_break);
    (begins && ends).then_some((at, formula))
}

/// Attributes that are all of the line beneath a formula.
fn next_line(reader: &Reader<'_>, rest: &std::collections::VecDeque<Inline>) -> Option<(Attributes, Span)> {
    let InlineKind::Text(text) = &rest.get(1).filter(|_| rest.front().is_some_and(is_break))?.kind else { return None };
    let (text, span) = (text.trim_end(), rest[1].span);
    let parsed = attributes::parse(text).filter(|parsed| parsed.len == text.len() && !parsed.attributes.is_empty())?;
    let escaped = Located::new(&reader.place, span, text).is_escaped(0);
    (!escaped && rest.get(2).is_none_or(is_break)).then_some((parsed.attributes, span))
}

fn is_break(inline: &Inline) -> bool {
    matches!(inline.kind, InlineKind::SoftBreak | InlineKind::LineBreak)
}
