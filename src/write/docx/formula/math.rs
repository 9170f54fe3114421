//! A tree of mathematics as elements of Office Math, each with its properties first.

use super::super::xml::{Build, Xml};
use super::enclosed::{DEEPEST, Pair, closed_by, enclosed};
use crate::resolve::{AccentMark, FractionRule, MathClass, MathNode, Placement, Slant, TextFace};
use crate::style::Fonts;

/// Word's font for formulas.
const FONT: &str = "Cambria Math";
/// What stands in an empty cell, and where an operator has nothing before or behind it, which LibreOffice shows as a fault.
pub(super) const OPERAND: &str = "\u{200a}";
/// Signs that Word or LibreOffice take for marks of their own languages of formulas.
const MARKS: [char; 11] = ['&', '%', '#', '{', '}', '~', '_', '^', '"', '\\', '|'];

/// Writes a formula; its characters in order.
pub(super) fn write(xml: &mut Xml, node: &MathNode, fonts: &Fonts) -> String {
    let mut math = Math { xml, fonts, text: String::new(), enclosed: 0 };
    math.element("m:oMath", &[], |math| math.nodes(node.pieces()));
    math.text
}

pub(super) struct Math<'x> {
    xml: &'x mut Xml,
    fonts: &'x Fonts,
    text: String,
    /// Pairs of delimiters around what is being written.
    pub(super) enclosed: usize,
}

impl Build for Math<'_> {
    fn xml(&mut self) -> &mut Xml {
        self.xml
    }
}

impl Math<'_> {
    /// Nodes one after another: a sum takes what follows it as its own, as Word has it.
    pub(super) fn nodes(&mut self, nodes: &[MathNode]) {
        if let [MathNode::Operator { text, .. }] = nodes {
            return self.run(text, Look::Sign);
        }
        if nodes.first().is_some_and(is_between) {
            self.run(OPERAND, Look::Sign);
        }
        self.following(nodes);
        if nodes.last().is_some_and(is_between) {
            self.run(OPERAND, Look::Sign);
        }
    }

    fn following(&mut self, nodes: &[MathNode]) {
        let mut rest = nodes;
        while let Some((first, behind)) = rest.split_first() {
            rest = match (large(first), behind) {
                (Some((sign, scripts, placement)), [_, ..]) if summand(behind) > 0 => {
                    let (own, others) = behind.split_at(summand(behind));
                    self.sum(sign, scripts, placement, own);
                    others
                }
                _ => match enclosed(first, behind).filter(|_| self.enclosed < DEEPEST) {
                    Some(pair) => self.pair(pair),
                    None => {
                        self.node(first);
                        behind
                    }
                },
            };
        }
    }

    /// Plain delimiters around something, as Word itself keeps them: not one by one.
    fn pair<'n>(&mut self, pair: Pair<'n>) -> &'n [MathNode] {
        let Pair { delimiters: [open, close], inside, closing, behind } = pair;
        let parts = vec![MathNode::Row(inside.to_vec())];
        let fence = MathNode::Fenced { open: Some(open), close: Some(close), parts, middle: Vec::new() };
        self.enclosed += 1;
        if let MathNode::Scripts { sub, sup, placement, .. } = closing {
            self.scripts(&fence, [sub.as_deref(), sup.as_deref()], *placement);
        } else {
            self.node(&fence);
        }
        self.enclosed -= 1;
        behind
    }

    pub(super) fn part(&mut self, name: &str, node: &MathNode) {
        self.element(name, &[], |math| math.nodes(node.pieces()));
    }

    pub(super) fn property(&mut self, name: &str, value: &str) {
        self.empty(name, &[("m:val", &value)]);
    }

    pub(super) fn node(&mut self, node: &MathNode) {
        match node {
            MathNode::Row(nodes) => self.nodes(nodes),
            MathNode::Operator { text, class: MathClass::Opening | MathClass::Closing }
            | MathNode::Delimiter { text, .. } => self.run(text, Look::Sign),
            MathNode::Identifier { text, .. } | MathNode::Operator { text, .. } if text.contains(MARKS) => {
                self.run(text, Look::Sign);
            }
            MathNode::Identifier { text, slant: Slant::Italic } => self.run(text, Look::Italic),
            MathNode::Identifier { text, slant: Slant::Upright }
            | MathNode::Number(text)
            | MathNode::Operator { text, .. } => self.run(text, Look::Upright),
            MathNode::Large(c) | MathNode::Stretched(c) => self.run(&c.to_string(), Look::Upright),
            MathNode::Function { name, .. } => self.run(&format!("{name}\u{2009}"), Look::Upright),
            MathNode::Text { text, face } => self.run(text, Look::Words(*face)),
            MathNode::Space(width) => self.run(room(*width), Look::Sign),
            MathNode::Fraction { numerator, denominator, rule } => self.element("m:f", &[], |math| {
                if *rule == FractionRule::None {
                    math.element("m:fPr", &[], |math| math.property("m:type", "noBar"));
                }
                math.part("m:num", numerator);
                math.part("m:den", denominator);
            }),
            MathNode::Root { radicand, index } => self.element("m:rad", &[], |math| {
                if index.is_none() {
                    math.element("m:radPr", &[], |math| math.property("m:degHide", "1"));
                }
                math.element("m:deg", &[], |math| index.iter().for_each(|index| math.nodes(index.pieces())));
                math.part("m:e", radicand);
            }),
            MathNode::Scripts { base, sub, sup, placement } => {
                self.scripts(base, [sub.as_deref(), sup.as_deref()], *placement);
            }
            MathNode::Accent { base, mark } => self.accent(base, *mark),
            MathNode::Fenced { open, close, parts, middle } => self.fenced([*open, *close], parts, middle),
            MathNode::Grid(grid) => self.grid(grid),
            MathNode::Sized(_, node) => self.nodes(node.pieces()),
            MathNode::Phantom(node) => self.element("m:phant", &[], |math| {
                math.element("m:phantPr", &[], |math| math.property("m:show", "0"));
                math.part("m:e", node);
            }),
            MathNode::Boxed(node) => self.element("m:borderBox", &[], |math| math.part("m:e", node)),
        }
    }

    pub(super) fn run(&mut self, text: &str, look: Look) {
        if text.is_empty() {
            return;
        }
        self.text.push_str(text);
        let font = match look {
            Look::Words(TextFace::Mono) => self.fonts.mono.clone(),
            Look::Words(TextFace::Plain | TextFace::Bold | TextFace::Italic) => self.fonts.text.clone(),
            Look::Italic | Look::Upright | Look::Sign => FONT.to_owned(),
        };
        self.element("m:r", &[], |math| {
            math.container("m:rPr", |math| match look {
                Look::Italic => {}
                Look::Upright => math.property("m:sty", "p"),
                Look::Words(_) | Look::Sign => math.empty("m:nor", &[]),
            });
            math.element("w:rPr", &[], |math| {
                math.empty("w:rFonts", &[("w:ascii", &font), ("w:hAnsi", &font), ("w:cs", &font)]);
                match look {
                    Look::Words(TextFace::Bold) => math.empty("w:b", &[]),
                    Look::Words(TextFace::Italic) => math.empty("w:i", &[]),
                    Look::Italic | Look::Upright | Look::Sign | Look::Words(TextFace::Plain | TextFace::Mono) => {}
                }
            });
            math.leaf("m:t", &[("xml:space", &"preserve")], text);
        });
    }

    /// `m:nary` (22.1.2.70) with what it is over.
    fn sum(&mut self, sign: char, [sub, sup]: [Option<&MathNode>; 2], placement: Placement, own: &[MathNode]) {
        let limits = if placement == Placement::Beside { "subSup" } else { "undOvr" };
        self.element("m:nary", &[], |math| {
            math.element("m:naryPr", &[], |math| {
                math.property("m:chr", &sign.to_string());
                math.property("m:limLoc", limits);
                math.property("m:subHide", if sub.is_some() { "0" } else { "1" });
                math.property("m:supHide", if sup.is_some() { "0" } else { "1" });
            });
            for (name, script) in [("m:sub", sub), ("m:sup", sup)] {
                math.element(name, &[], |math| script.iter().for_each(|script| math.nodes(script.pieces())));
            }
            math.element("m:e", &[], |math| math.nodes(own));
        });
    }

    fn scripts(&mut self, base: &MathNode, [sub, sup]: [Option<&MathNode>; 2], placement: Placement) {
        match (placement, sub, sup) {
            (Placement::Beside, Some(sub), Some(sup)) => self.element("m:sSubSup", &[], |math| {
                math.part("m:e", base);
                math.part("m:sub", sub);
                math.part("m:sup", sup);
            }),
            (Placement::Beside, Some(sub), None) => self.element("m:sSub", &[], |math| {
                math.part("m:e", base);
                math.part("m:sub", sub);
            }),
            (Placement::Beside, None, Some(sup)) => self.element("m:sSup", &[], |math| {
                math.part("m:e", base);
                math.part("m:sup", sup);
            }),
            (Placement::Limits | Placement::ByDisplay, Some(sub), sup) => self.element("m:limLow", &[], |math| {
                math.element("m:e", &[], |math| math.scripts(base, [None, sup], placement));
                math.part("m:lim", sub);
            }),
            (Placement::Limits | Placement::ByDisplay, None, Some(sup)) => self.element("m:limUpp", &[], |math| {
                math.part("m:e", base);
                math.part("m:lim", sup);
            }),
            (_, None, None) => self.nodes(base.pieces()),
        }
    }

    fn accent(&mut self, base: &MathNode, mark: AccentMark) {
        let (name, properties) = match mark {
            AccentMark::Over(c, _) => ("m:acc", vec![("m:chr", c.to_string())]),
            AccentMark::Overline => ("m:bar", vec![("m:pos", "top".to_owned())]),
            AccentMark::Underline => ("m:bar", vec![("m:pos", "bot".to_owned())]),
            AccentMark::Overbrace(c) => ("m:groupChr", group(c, "top", "bot")),
            AccentMark::Underbrace(c) => ("m:groupChr", group(c, "bot", "top")),
        };
        self.element(name, &[], |math| {
            math.element(&format!("{name}Pr"), &[], |math| {
                properties.iter().for_each(|(name, value)| math.property(name, value));
            });
            math.part("m:e", base);
        });
    }
}

/// How a run looks.
#[derive(Clone, Copy)]
pub(super) enum Look {
    /// A variable.
    Italic,
    /// Anything else of a formula.
    Upright,
    /// A sign that stands for itself: no operator, no delimiter, no mark.
    Sign,
    /// Words.
    Words(TextFace),
}

/// Whether a sign stands between two things.
pub(super) fn is_between(node: &MathNode) -> bool {
    let MathNode::Operator { text, class } = node else { return false };
    match class {
        MathClass::Binary | MathClass::Relation => true,
        MathClass::Prefix => !matches!(text.as_str(), "+" | "−" | "±" | "∓"),
        MathClass::Ordinary | MathClass::Opening | MathClass::Closing | MathClass::Punctuation => false,
    }
}

fn group(c: char, position: &str, alignment: &str) -> Vec<(&'static str, String)> {
    vec![("m:chr", c.to_string()), ("m:pos", position.to_owned()), ("m:vertJc", alignment.to_owned())]
}

/// A sum or integral, its limits and where they stand.
fn large(node: &MathNode) -> Option<(char, [Option<&MathNode>; 2], Placement)> {
    if let MathNode::Large(c) = node {
        return Some((*c, [None, None], Placement::Beside));
    }
    let MathNode::Scripts { base, sub, sup, placement } = node else { return None };
    let MathNode::Large(c) = base.as_ref() else { return None };
    Some((*c, [sub.as_deref(), sup.as_deref()], *placement))
}

/// How many of the nodes behind a sum belong to it: up to a relation, a sign between terms, or what closes.
fn summand(behind: &[MathNode]) -> usize {
    // What opens within closes within.
    let mut depth = 0_usize;
    for (at, node) in behind.iter().enumerate() {
        if let MathNode::Space(width) = node
            && *width >= 1.0
            && depth == 0
        {
            return at;
        }
        if depth > 0 && closed_by(node).is_some() {
            depth -= 1;
            continue;
        }
        let MathNode::Operator { text, class } = node else { continue };
        match class {
            MathClass::Opening => depth += 1,
            MathClass::Relation | MathClass::Closing | MathClass::Punctuation if depth == 0 => return at,
            MathClass::Binary if depth == 0 && matches!(text.as_str(), "+" | "−" | "±" | "∓") => return at,
            MathClass::Relation
            | MathClass::Closing
            | MathClass::Punctuation
            | MathClass::Binary
            | MathClass::Ordinary
            | MathClass::Prefix => {}
        }
    }
    behind.len()
}

/// A space about as wide (Unicode 6.2, General Punctuation).
fn room(width: f64) -> &'static str {
    match width {
        width if width < 0.05 => "",
        width if width < 0.2 => "\u{2009}",
        width if width < 0.26 => "\u{2005}",
        width if width < 0.4 => "\u{2004}",
        width if width < 0.75 => "\u{2002}",
        width if width < 1.5 => "\u{2003}",
        _ => "\u{2003}\u{2003}",
    }
}
