//! How deep blocks and inlines may nest.
//!
//! Deeper than [`FLATTENED`] a container is left out and its content kept; a draft with blocks
//! deeper than [`REFUSED`] is not read at all. Every walk of the tree may recurse therefore.

use comrak::Node;
use comrak::arena_tree::NodeEdge;
use comrak::nodes::NodeValue;

use crate::diag::{Code, Diagnostic};
use crate::source::Span;

/// Containers that may stand in one another.
pub(super) const FLATTENED: usize = 20;
/// Containers beyond which a draft is refused.
pub(super) const REFUSED: usize = 100;

/// The first block that stands deeper than [`REFUSED`].
pub(super) fn too_deep<'a>(root: Node<'a>) -> Option<Node<'a>> {
    let mut depth = 0_usize;
    for edge in root.traverse() {
        match edge {
            NodeEdge::Start(node) if is_container(node) => {
                depth += 1;
                if depth > REFUSED {
                    return Some(node);
                }
            }
            NodeEdge::End(node) if is_container(node) => depth -= 1,
            NodeEdge::Start(_) | NodeEdge::End(_) => {}
        }
    }
    None
}

/// The text with each run of `>` that nests too deep anyhow made shorter, if it has one: at each of them comrak looks
/// at the whole rest of the run. Lines stay as many.
pub(super) fn shortened(text: &str) -> Option<String> {
    let run = ">".repeat(2 * REFUSED);
    if !text.contains(&run) {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(&run) {
        let (before, after) = rest.split_at(at + run.len());
        out.push_str(before);
        rest = after.trim_start_matches('>');
    }
    Some(out + rest)
}

fn is_container(node: Node<'_>) -> bool {
    matches!(
        node.data().value,
        NodeValue::BlockQuote
            | NodeValue::Item(_)
            | NodeValue::TaskItem(_)
            | NodeValue::Alert(_)
            | NodeValue::BlockDirective(_)
            | NodeValue::DescriptionItem(_)
            | NodeValue::FootnoteDefinition(_)
    )
}

/// What to say of a draft that is refused.
pub(super) fn refusal(span: Span) -> Diagnostic {
    let message = format!("blocks nest deeper than {REFUSED} here: the draft is not read");
    Diagnostic::new(Code::TooDeep, span, message).hint("is this text, or something that was pasted by mistake?")
}

/// What to say of a place that is flattened.
pub(super) fn flattened(span: Span) -> Diagnostic {
    let message = format!("this nests deeper than {FLATTENED}: its content is kept, without what is around it");
    Diagnostic::new(Code::DeepNesting, span, message)
}

#[cfg(test)]
mod tests {
    use super::{REFUSED, shortened};

    #[test]
    fn runs_of_quotes_are_made_shorter() {
        let run = ">".repeat(2 * REFUSED);
        assert_eq!(shortened(&format!("a{}b", &run[1..])), None);
        assert_eq!(shortened(&format!("a\n{run}>>b\n- {run}>")), Some(format!("a\n{run}b\n- {run}")));
    }
}
