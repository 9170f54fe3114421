//! What signs are where they stand: a minus with nothing before it is a prefix (The TeXbook, appendix G, rules 5
//! and 6).

use super::tree::{MathClass, MathNode};

/// A row whose binary signs are such.
pub(super) fn settled(mut nodes: Vec<MathNode>) -> Vec<MathNode> {
    let mut before = Some(MathClass::Opening);
    for at in 0..nodes.len() {
        let binary = class(&nodes[at]) == Some(MathClass::Binary);
        let nothing_before = !matches!(before, Some(MathClass::Ordinary | MathClass::Closing));
        let nothing_after =
            nodes[at + 1..].iter().find(|node| !matches!(node, MathNode::Space(_))).is_none_or(|next| {
                matches!(class(next), Some(MathClass::Relation | MathClass::Closing | MathClass::Punctuation))
            });
        if binary && nothing_before {
            become_prefix(&mut nodes[at], MathClass::Prefix);
        } else if binary && nothing_after {
            become_prefix(&mut nodes[at], MathClass::Ordinary);
        }
        before = class(&nodes[at]).or(before);
    }
    nodes
}

/// The class of a piece; `None` for room.
pub(super) fn class(node: &MathNode) -> Option<MathClass> {
    match node {
        MathNode::Operator { class, .. } | MathNode::Delimiter { class, .. } => Some(*class),
        MathNode::Scripts { base, .. } => match class(base) {
            None => Some(MathClass::Ordinary),
            class => class,
        },
        // What follows a sum or a function has nothing before it.
        MathNode::Large(_) | MathNode::Function { .. } => Some(MathClass::Prefix),
        MathNode::Stretched(_) => Some(MathClass::Relation),
        MathNode::Space(_) => None,
        MathNode::Sized(_, node) => class(node.pieces().first()?),
        MathNode::Row(_)
        | MathNode::Identifier { .. }
        | MathNode::Number(_)
        | MathNode::Text { .. }
        | MathNode::Fraction { .. }
        | MathNode::Root { .. }
        | MathNode::Accent { .. }
        | MathNode::Fenced { .. }
        | MathNode::Grid(_)
        | MathNode::Phantom(_)
        | MathNode::Boxed(_) => Some(MathClass::Ordinary),
    }
}

fn become_prefix(node: &mut MathNode, wanted: MathClass) {
    match node {
        MathNode::Operator { class, .. } => *class = wanted,
        MathNode::Scripts { base, .. } => become_prefix(base, wanted),
        MathNode::Row(_)
        | MathNode::Identifier { .. }
        | MathNode::Number(_)
        | MathNode::Delimiter { .. }
        | MathNode::Large(_)
        | MathNode::Function { .. }
        | MathNode::Stretched(_)
        | MathNode::Text { .. }
        | MathNode::Space(_)
        | MathNode::Fraction { .. }
        | MathNode::Root { .. }
        | MathNode::Accent { .. }
        | MathNode::Fenced { .. }
        | MathNode::Grid(_)
        | MathNode::Sized(..)
        | MathNode::Phantom(_)
        | MathNode::Boxed(_) => {}
    }
}

/// A piece as if it were of a class (`\mathrel{…}`); what holds more than one sign stays as it is.
pub(super) fn reclassed(node: MathNode, class: MathClass) -> MathNode {
    match node {
        MathNode::Identifier { text, .. } | MathNode::Operator { text, .. } => MathNode::Operator { text, class },
        MathNode::Row(mut nodes) if nodes.len() == 1 => reclassed(nodes.remove(0), class),
        MathNode::Row(_)
        | MathNode::Number(_)
        | MathNode::Delimiter { .. }
        | MathNode::Large(_)
        | MathNode::Function { .. }
        | MathNode::Stretched(_)
        | MathNode::Text { .. }
        | MathNode::Space(_)
        | MathNode::Fraction { .. }
        | MathNode::Root { .. }
        | MathNode::Scripts { .. }
        | MathNode::Accent { .. }
        | MathNode::Fenced { .. }
        | MathNode::Grid(_)
        | MathNode::Sized(..)
        | MathNode::Phantom(_)
        | MathNode::Boxed(_) => node,
    }
}

/// Whether a large sign is an integral, whose limits stand beside it.
pub(super) fn is_integral(c: char) -> bool {
    matches!(c, '∫'..='∳' | '⨋'..='⨜')
}
