//! Formulas as calls of Typst's own functions for mathematics.
//!
//! In: a [`MathNode`]. Out: one expression. Every sign is a string literal in a call of `sy`: a formula's TeX never
//! reaches Typst. PDF/UA-1 wants alternative text on each (7.7).

use super::escape;
use super::generator::Generator;
use crate::document::{Formula, FormulaForm, NodeId};
use crate::resolve::{
    AccentMark, FractionRule, GridColumn, GridKind, MathClass, MathGrid, MathNode, MathSize, Placement, Slant, TextFace,
};

impl Generator<'_> {
    /// A formula for itself, with its number at the end.
    pub(super) fn display_formula(&mut self, id: NodeId, formula: &Formula) {
        let doc = self.doc;
        let info = doc.formulas.get(id);
        let Some((info, node)) = info.and_then(|info| Some((info, info.shown.as_ref()?))) else {
            self.statement("unread-formula(");
            self.optional(info.and_then(|info| info.number.as_deref()));
            self.out.push(", ");
            self.sequence(Self::waiting_anchors);
            self.out.push(", ");
            self.sequence(|g| g.inline_code(formula.source.trim()));
            return self.out.push(")");
        };
        self.statement("display-formula(");
        self.optional(Some(&info.alternative));
        self.out.push(", ");
        self.optional(info.number.as_deref());
        self.out.push(", ");
        self.sequence(Self::waiting_anchors);
        self.out.push(", ");
        self.math(node);
        self.out.push(")");
    }

    /// A formula within a line.
    pub(super) fn formula(&mut self, id: NodeId, formula: &Formula) {
        let doc = self.doc;
        let Some((info, node)) = doc.formulas.get(id).and_then(|info| Some((info, info.shown.as_ref()?))) else {
            return self.inline_code(formula.source.trim());
        };
        self.statement("formula(");
        self.optional(Some(&info.alternative));
        self.out.push(", ");
        match info.form {
            FormulaForm::Line => self.math(node),
            FormulaForm::Display => self.call("math.display", |g| g.math(node)),
        }
        self.out.push(")");
    }

    fn call(&mut self, function: &str, arguments: impl FnOnce(&mut Self)) {
        self.out.push(function);
        self.out.push("(");
        arguments(self);
        self.out.push(")");
    }

    /// A node as one expression.
    fn math(&mut self, node: &MathNode) {
        match node.pieces() {
            [only] => self.math_node(only),
            several => self.sequence(|g| g.math_statements(several)),
        }
    }

    fn math_statements(&mut self, nodes: &[MathNode]) {
        for node in nodes {
            self.statement("");
            self.math_node(node);
        }
    }

    fn math_node(&mut self, node: &MathNode) {
        match node {
            MathNode::Row(nodes) => self.sequence(|g| g.math_statements(nodes)),
            MathNode::Identifier { text, slant } => self.identifier(text, *slant),
            MathNode::Number(text) => self.call("math.class", |g| {
                g.out.push("\"normal\", ");
                g.call("math.upright", |g| g.sign(text));
            }),
            MathNode::Operator { text, class } => self.operator(*class, |g| g.sign(text)),
            MathNode::Delimiter { text, class, height } => self.operator(*class, |g| {
                g.call("math.lr", |g| {
                    g.out.push(&format!("size: {height}em, "));
                    g.sign(text);
                });
            }),
            MathNode::Large(c) => self.sign(&c.to_string()),
            MathNode::Function { name, .. } => self.call("math.op", |g| g.words(name)),
            MathNode::Stretched(c) => self.call("math.stretch", |g| {
                g.sign(&c.to_string());
                g.out.push(", size: 100% + 1em");
            }),
            MathNode::Text { text, face } => self.call("math-text", |g| {
                g.words(text);
                g.out.push(match face {
                    TextFace::Plain => "",
                    TextFace::Bold => ", weight: 700",
                    TextFace::Italic => ", style: \"italic\"",
                    TextFace::Mono => ", fonts: mono-fonts",
                });
            }),
            MathNode::Space(width) => self.out.push(&format!("h({}em)", round(*width))),
            MathNode::Fraction { numerator, denominator, rule } => {
                let function = match rule {
                    FractionRule::Drawn => "math.frac",
                    FractionRule::None => "math.vec",
                };
                self.call(function, |g| {
                    g.out.push(if *rule == FractionRule::None { "delim: none, " } else { "" });
                    g.operands([numerator, denominator]);
                });
            }
            MathNode::Root { radicand, index: None } => self.call("math.sqrt", |g| g.math(radicand)),
            MathNode::Root { radicand, index: Some(index) } => {
                self.call("math.root", |g| g.operands([index, radicand]))
            }
            MathNode::Scripts { base, sub, sup, placement } => {
                self.attached(base, [sub.as_deref(), sup.as_deref()], *placement);
            }
            MathNode::Accent { base, mark } => self.accent(base, *mark),
            MathNode::Fenced { open: Some('('), close: Some(')'), parts, .. } if binomial(parts).is_some() => {
                let sides = binomial(parts).unwrap_or([&parts[0], &parts[0]]);
                self.call("math.binom", |g| g.operands(sides));
            }
            MathNode::Fenced { open, close, parts, middle } => self.fenced([*open, *close], parts, middle),
            MathNode::Grid(grid) => self.grid(grid),
            MathNode::Sized(size, node) => {
                let function = match size {
                    MathSize::Display => "math.display",
                    MathSize::Text => "math.inline",
                    MathSize::Script => "math.script",
                    MathSize::ScriptScript => "math.sscript",
                };
                self.call(function, |g| g.math(node));
            }
            MathNode::Phantom(node) => self.call("hide", |g| g.math(node)),
            MathNode::Boxed(node) => self.call("framed-formula", |g| g.math(node)),
        }
    }

    fn operands<const N: usize>(&mut self, nodes: [&MathNode; N]) {
        for (at, node) in nodes.into_iter().enumerate() {
            self.out.push(if at > 0 { ", " } else { "" });
            self.math(node);
        }
    }

    /// A sign in the font for formulas.
    fn sign(&mut self, text: &str) {
        self.call("sy", |g| g.words(text));
    }

    fn words(&mut self, text: &str) {
        self.out.formula_literal(&escape::shown(text));
    }

    fn identifier(&mut self, text: &str, slant: Slant) {
        let plain = text.chars().all(char::is_alphanumeric);
        match slant {
            Slant::Italic => self.call("math.italic", |g| g.sign(text)),
            Slant::Upright if plain && text.chars().count() > 1 => self.call("math.upright", |g| g.words(text)),
            Slant::Upright if plain => self.call("math.upright", |g| g.sign(text)),
            Slant::Upright => self.operator(MathClass::Ordinary, |g| g.sign(text)),
        }
    }

    fn operator(&mut self, class: MathClass, sign: impl FnOnce(&mut Self)) {
        let name = match class {
            MathClass::Ordinary | MathClass::Prefix => "normal",
            MathClass::Binary => "binary",
            MathClass::Relation => "relation",
            MathClass::Opening => "opening",
            MathClass::Closing => "closing",
            MathClass::Punctuation => "punctuation",
        };
        self.call("math.class", |g| {
            g.out.push(&format!("\"{name}\", "));
            sign(g);
        });
    }

    fn attached(&mut self, base: &MathNode, [sub, sup]: [Option<&MathNode>; 2], placement: Placement) {
        let held = match placement {
            Placement::Beside => "math.scripts(",
            Placement::Limits => "math.limits(",
            Placement::ByDisplay => "math.limits(inline: false, ",
        };
        self.call("math.attach", |g| {
            g.out.push(held);
            g.math(base);
            g.out.push(")");
            for (name, script) in [(", b: ", sub), (", t: ", sup)] {
                if let Some(script) = script {
                    g.out.push(name);
                    g.math(script);
                }
            }
        });
    }

    fn accent(&mut self, base: &MathNode, mark: AccentMark) {
        let function = match mark {
            AccentMark::Over(c, _) => {
                return self.call("math.accent", |g| {
                    g.math(base);
                    g.out.push(", ");
                    g.words(&c.to_string());
                });
            }
            AccentMark::Overline => "math.overline",
            AccentMark::Underline => "math.underline",
            AccentMark::Overbrace('⎴') => "math.overbracket",
            AccentMark::Overbrace('⏜') => "math.overparen",
            AccentMark::Overbrace(_) => "math.overbrace",
            AccentMark::Underbrace('⎵') => "math.underbracket",
            AccentMark::Underbrace('⏝') => "math.underparen",
            AccentMark::Underbrace(arrow @ ('→' | '←')) => {
                return self.call("math.attach", |g| {
                    g.call("math.limits", |g| g.math(base));
                    g.out.push(", b: ");
                    g.call("math.stretch", |g| {
                        g.sign(&arrow.to_string());
                        g.out.push(", size: 100%");
                    });
                });
            }
            AccentMark::Underbrace(_) => "math.underbrace",
        };
        self.call(function, |g| g.math(base));
    }

    fn fenced(&mut self, [open, close]: [Option<char>; 2], parts: &[MathNode], middle: &[char]) {
        self.call("math.lr", |g| {
            g.sequence(|g| {
                g.delimiter(open, MathClass::Opening);
                for (at, part) in parts.iter().enumerate() {
                    g.math_statements(part.pieces());
                    if let Some(c) = middle.get(at) {
                        g.statement("");
                        g.call("math.mid", |g| g.sign(&c.to_string()));
                    }
                }
                g.delimiter(close, MathClass::Closing);
            });
        });
    }

    fn delimiter(&mut self, delimiter: Option<char>, class: MathClass) {
        if let Some(c) = delimiter {
            self.statement("");
            self.operator(class, |g| g.sign(&c.to_string()));
        }
    }

    fn grid(&mut self, grid: &MathGrid) {
        self.call("math.mat", |g| {
            g.out.push(match grid.kind {
                GridKind::Matrix => "delim: none, column-gap: 0.9em, row-gap: 0.35em",
                GridKind::Small => "delim: none, column-gap: 0.5em, row-gap: 0.2em",
                GridKind::Stack => "delim: none, row-gap: 0.25em",
                GridKind::Cases => "delim: none, column-gap: 1em, row-gap: 0.35em",
                GridKind::Lines => "delim: none, column-gap: 0em, row-gap: 0.6em",
            });
            for row in &grid.rows {
                g.out.push(", (");
                for (at, (cell, column)) in row.iter().zip(&grid.columns).enumerate() {
                    g.grid_cell(grid.kind, at, cell, *column);
                    g.out.push(", ");
                }
                g.out.push(")");
            }
        });
    }

    /// A cell; `math-align` is where its column lines up.
    fn grid_cell(&mut self, kind: GridKind, at: usize, cell: &MathNode, column: GridColumn) {
        let content = |g: &mut Self| match kind {
            GridKind::Lines => g.call("math.display", |g| {
                g.sequence(|g| {
                    g.statement(gap_before(at, cell, column));
                    g.math_statements(cell.pieces());
                });
            }),
            GridKind::Small | GridKind::Stack => g.call("math.script", |g| g.math(cell)),
            GridKind::Matrix | GridKind::Cases => g.math(cell),
        };
        self.sequence(|g| {
            g.statement(if column == GridColumn::Left { "math-align; " } else { "" });
            content(g);
            g.out.push(if column == GridColumn::Right { "; math-align" } else { "" });
        });
    }
}

/// Room before a cell of aligned lines: a sign at its start has lost what stands before it.
fn gap_before(at: usize, cell: &MathNode, column: GridColumn) -> &'static str {
    match (column, cell.pieces().first()) {
        (GridColumn::Right, _) if at > 0 => "h(2em)",
        (GridColumn::Left | GridColumn::Center, Some(MathNode::Operator { class: MathClass::Relation, .. }))
            if at > 0 =>
        {
            "h(0.2778em)"
        }
        _ => "",
    }
}

/// Both sides of a binomial.
fn binomial(parts: &[MathNode]) -> Option<[&MathNode; 2]> {
    match parts {
        [MathNode::Fraction { numerator, denominator, rule: FractionRule::None }] => Some([numerator, denominator]),
        _ => None,
    }
}

fn round(width: f64) -> f64 {
    (width * 10_000.0).round() / 10_000.0
}
