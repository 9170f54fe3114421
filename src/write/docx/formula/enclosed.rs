//! What stands between delimiters, as Office Math has it (`m:d`, ECMA-376 22.1.2.24).
//!
//! In: nodes of a row, or a fence. Out: the pair that a delimiter opens; `m:d`. Never leaves a delimiter out.

use super::super::xml::Build;
use super::math::{Look, Math};
use crate::resolve::{MathClass, MathNode, Placement};

impl Math<'_> {
    /// Delimiters that grow. `m:d` knows one separator: from the first other one on, the rest is an `m:d` within.
    pub(super) fn fenced(&mut self, [open, close]: [Option<char>; 2], parts: &[MathNode], middle: &[char]) {
        let shown = |delimiter: Option<char>| delimiter.map(String::from).unwrap_or_default();
        let same = middle.iter().take_while(|c| Some(*c) == middle.first()).count();
        let (own, rest) = parts.split_at(if same == middle.len() { parts.len() } else { same });
        self.element("m:d", &[], |math| {
            math.element("m:dPr", &[], |math| {
                math.property("m:begChr", &shown(open));
                if let Some(c) = middle.first() {
                    math.property("m:sepChr", &c.to_string());
                }
                math.property("m:endChr", &shown(close));
            });
            own.iter().for_each(|part| math.part("m:e", part));
            if !rest.is_empty() {
                math.element("m:e", &[], |math| math.separated(rest, &middle[same..]));
            }
        });
    }

    /// Parts with separators between them and nothing around them.
    fn separated(&mut self, parts: &[MathNode], middle: &[char]) {
        if self.enclosed < DEEPEST {
            self.enclosed += 1;
            self.fenced([None, None], parts, middle);
            self.enclosed -= 1;
            return;
        }
        for (at, part) in parts.iter().enumerate() {
            self.nodes(part.pieces());
            if let Some(c) = middle.get(at) {
                self.run(&c.to_string(), Look::Upright);
            }
        }
    }
}

/// Pairs within each other beyond this are written delimiter by delimiter.
pub(super) const DEEPEST: usize = 16;
/// What stands further from where it opens is not looked for.
const FURTHEST: usize = 400;

/// Delimiters and what they enclose.
pub(super) struct Pair<'n> {
    pub(super) delimiters: [char; 2],
    pub(super) inside: &'n [MathNode],
    /// The closing one, which may carry scripts.
    pub(super) closing: &'n MathNode,
    pub(super) behind: &'n [MathNode],
}

/// The pair that a delimiter opens, if what closes it stands in the same row.
pub(super) fn enclosed<'n>(first: &MathNode, behind: &'n [MathNode]) -> Option<Pair<'n>> {
    let open = delimiter(first, MathClass::Opening)?;
    let mut depth = 0_usize;
    for (at, node) in behind.iter().enumerate().take(FURTHEST) {
        if delimiter(node, MathClass::Opening).is_some() {
            depth += 1;
        } else if let Some(close) = closed_by(node) {
            if depth == 0 {
                let delimiters = [open, close];
                return Some(Pair { delimiters, inside: &behind[..at], closing: node, behind: &behind[at + 1..] });
            }
            depth -= 1;
        }
    }
    None
}

fn delimiter(node: &MathNode, wanted: MathClass) -> Option<char> {
    let MathNode::Operator { text, class } = node else { return None };
    let mut chars = text.chars();
    chars.next().filter(|_| *class == wanted && chars.next().is_none())
}

/// What closes, with scripts or without.
pub(super) fn closed_by(node: &MathNode) -> Option<char> {
    let MathNode::Scripts { base, placement: Placement::Beside, .. } = node else {
        return delimiter(node, MathClass::Closing);
    };
    delimiter(base, MathClass::Closing)
}
