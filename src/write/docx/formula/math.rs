//! A tree of mathematics as elements of Office Math, each with its properties first.

use super::super::xml::{Build, Xml};
use crate::resolve::{
    AccentMark, FractionRule, GridColumn, GridKind, MathClass, MathGrid, MathNode, Placement, Slant, TextFace,
};

/// Word's font for formulas.
const FONT: &str = "Cambria Math";

/// Writes a formula; its characters in order.
pub(super) fn write(xml: &mut Xml, node: &MathNode, text_font: &str) -> String {
    let mut math = Math { xml, text_font, text: String::new(), enclosed: 0 };
    math.element("m:oMath", &[], |math| math.nodes(node.pieces()));
    math.text
}

struct Math<'x> {
    xml: &'x mut Xml,
    text_font: &'x str,
    text: String,
    /// Pairs of delimiters around what is being written.
    enclosed: usize,
}

impl Build for Math<'_> {
    fn xml(&mut self) -> &mut Xml {
        self.xml
    }
}

impl Math<'_> {
    /// Nodes one after another: a sum takes what follows it as its own, as Word has it.
    fn nodes(&mut self, nodes: &[MathNode]) {
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

    fn part(&mut self, name: &str, node: &MathNode) {
        self.element(name, &[], |math| math.nodes(node.pieces()));
    }

    fn property(&mut self, name: &str, value: &str) {
        self.empty(name, &[("m:val", &value)]);
    }

    fn node(&mut self, node: &MathNode) {
        match node {
            MathNode::Row(nodes) => self.nodes(nodes),
            MathNode::Identifier { text, slant: Slant::Italic } => self.run(text, Look::Italic),
            MathNode::Identifier { text, slant: Slant::Upright }
            | MathNode::Number(text)
            | MathNode::Operator { text, .. }
            | MathNode::Delimiter { text, .. } => self.run(text, Look::Upright),
            MathNode::Large(c) | MathNode::Stretched(c) => self.run(&c.to_string(), Look::Upright),
            MathNode::Function { name, .. } => self.run(&format!("{name}\u{2009}"), Look::Upright),
            MathNode::Text { text, face } => self.run(text, Look::Words(*face)),
            MathNode::Space(width) => self.run(room(*width), Look::Upright),
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

    fn run(&mut self, text: &str, look: Look) {
        if text.is_empty() {
            return;
        }
        self.text.push_str(text);
        let font = match look {
            Look::Words(_) => self.text_font.to_owned(),
            Look::Italic | Look::Upright => FONT.to_owned(),
        };
        self.element("m:r", &[], |math| {
            math.container("m:rPr", |math| match look {
                Look::Italic => {}
                Look::Upright => math.property("m:sty", "p"),
                Look::Words(_) => math.empty("m:nor", &[]),
            });
            math.element("w:rPr", &[], |math| {
                math.empty("w:rFonts", &[("w:ascii", &font), ("w:hAnsi", &font), ("w:cs", &font)]);
                match look {
                    Look::Words(TextFace::Bold) => math.empty("w:b", &[]),
                    Look::Words(TextFace::Italic) => math.empty("w:i", &[]),
                    Look::Italic | Look::Upright | Look::Words(TextFace::Plain | TextFace::Mono) => {}
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

    fn fenced(&mut self, [open, close]: [Option<char>; 2], parts: &[MathNode], middle: &[char]) {
        let shown = |delimiter: Option<char>| delimiter.map(String::from).unwrap_or_default();
        self.element("m:d", &[], |math| {
            math.element("m:dPr", &[], |math| {
                math.property("m:begChr", &shown(open));
                if let Some(c) = middle.first() {
                    math.property("m:sepChr", &c.to_string());
                }
                math.property("m:endChr", &shown(close));
            });
            parts.iter().for_each(|part| math.part("m:e", part));
        });
    }

    fn grid(&mut self, grid: &MathGrid) {
        match grid.kind {
            GridKind::Lines => self.element("m:eqArr", &[], |math| {
                for row in &grid.rows {
                    math.element("m:e", &[], |math| math.line(row));
                }
            }),
            GridKind::Stack if grid.columns.len() == 1 => self.element("m:eqArr", &[], |math| {
                for cell in grid.rows.iter().flatten() {
                    math.part("m:e", cell);
                }
            }),
            GridKind::Matrix | GridKind::Small | GridKind::Stack | GridKind::Cases => self.matrix(grid),
        }
    }

    /// A line of `m:eqArr` (22.1.2.34): `&` is where lines are aligned.
    fn line(&mut self, row: &[MathNode]) {
        for (at, cell) in row.iter().enumerate() {
            if at > 0 {
                self.run("&", Look::Upright);
            }
            self.nodes(cell.pieces());
        }
    }

    fn matrix(&mut self, grid: &MathGrid) {
        self.element("m:m", &[], |math| {
            math.element("m:mPr", &[], |math| {
                math.property("m:plcHide", "1");
                math.element("m:mcs", &[], |math| {
                    for column in &grid.columns {
                        math.element("m:mc", &[], |math| {
                            math.element("m:mcPr", &[], |math| {
                                math.property("m:count", "1");
                                math.property("m:mcJc", side(*column));
                            });
                        });
                    }
                });
            });
            for row in &grid.rows {
                math.element("m:mr", &[], |math| row.iter().for_each(|cell| math.part("m:e", cell)));
            }
        });
    }
}

/// How a run looks.
#[derive(Clone, Copy)]
enum Look {
    /// A variable.
    Italic,
    /// Anything else of a formula.
    Upright,
    /// Words.
    Words(TextFace),
}

fn group(c: char, position: &str, alignment: &str) -> Vec<(&'static str, String)> {
    vec![("m:chr", c.to_string()), ("m:pos", position.to_owned()), ("m:vertJc", alignment.to_owned())]
}

fn side(column: GridColumn) -> &'static str {
    match column {
        GridColumn::Left => "left",
        GridColumn::Center => "center",
        GridColumn::Right => "right",
    }
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

/// Pairs within each other beyond this are written delimiter by delimiter.
const DEEPEST: usize = 16;
/// What stands further from where it opens is not looked for.
const FURTHEST: usize = 400;

/// Delimiters and what they enclose.
struct Pair<'n> {
    delimiters: [char; 2],
    inside: &'n [MathNode],
    /// The closing one, which may carry scripts.
    closing: &'n MathNode,
    behind: &'n [MathNode],
}

/// The pair that a delimiter opens, if what closes it stands in the same row.
fn enclosed<'n>(first: &MathNode, behind: &'n [MathNode]) -> Option<Pair<'n>> {
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
fn closed_by(node: &MathNode) -> Option<char> {
    let MathNode::Scripts { base, placement: Placement::Beside, .. } = node else {
        return delimiter(node, MathClass::Closing);
    };
    delimiter(base, MathClass::Closing)
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
