//! Rows and columns as Office Math has them: `m:m` (ECMA-376 22.1.2.60), and `m:eqArr` (22.1.2.34) for lines that
//! are aligned at nothing.
//!
//! In: a [`MathGrid`]. Out: its element. Never lets a `&` into `m:eqArr`, where Word takes it for a mark of alignment.

use super::super::xml::Build;
use super::math::{Look, Math, OPERAND};
use crate::resolve::{GridColumn, GridKind, MathGrid, MathNode};

/// Between a line's equations where it holds several, in em.
const BETWEEN: f64 = 2.0;

impl Math<'_> {
    pub(super) fn grid(&mut self, grid: &MathGrid) {
        let lines = match grid.kind {
            GridKind::Lines | GridKind::Stack => true,
            GridKind::Matrix | GridKind::Small | GridKind::Cases => false,
        };
        if lines && grid.columns.len() == 1 && !grid.rows.iter().flatten().any(holds_ampersand) {
            return self.element("m:eqArr", &[], |math| {
                grid.rows.iter().flatten().for_each(|cell| math.part("m:e", cell));
            });
        }
        self.matrix(grid);
    }

    fn matrix(&mut self, grid: &MathGrid) {
        let aligned = grid.kind == GridKind::Lines;
        self.element("m:m", &[], |math| {
            math.element("m:mPr", &[], |math| {
                math.property("m:plcHide", "1");
                if aligned {
                    math.property("m:cGpRule", "3");
                    math.property("m:cGp", "0");
                }
                math.element("m:mcs", &[], |math| grid.columns.iter().for_each(|column| math.column(*column)));
            });
            for row in &grid.rows {
                math.element("m:mr", &[], |math| {
                    for (at, cell) in row.iter().enumerate() {
                        let another = aligned && at > 0 && grid.columns.get(at) == Some(&GridColumn::Right);
                        math.element("m:e", &[], |math| {
                            math.node(&MathNode::Space(if another { BETWEEN } else { 0.0 }));
                            if cell.pieces().is_empty() {
                                math.run(OPERAND, Look::Sign);
                            }
                            math.nodes(cell.pieces());
                        });
                    }
                });
            }
        });
    }

    fn column(&mut self, column: GridColumn) {
        self.element("m:mc", &[], |math| {
            math.element("m:mcPr", &[], |math| {
                math.property("m:count", "1");
                math.property("m:mcJc", side(column));
            });
        });
    }
}

fn side(column: GridColumn) -> &'static str {
    match column {
        GridColumn::Left => "left",
        GridColumn::Center => "center",
        GridColumn::Right => "right",
    }
}

/// Whether a `&` is shown somewhere within.
fn holds_ampersand(node: &MathNode) -> bool {
    let maybe = |node: &Option<Box<MathNode>>| node.as_ref().is_some_and(|node| holds_ampersand(node));
    match node {
        MathNode::Row(nodes) | MathNode::Fenced { parts: nodes, .. } => nodes.iter().any(holds_ampersand),
        MathNode::Identifier { text, .. }
        | MathNode::Number(text)
        | MathNode::Operator { text, .. }
        | MathNode::Delimiter { text, .. }
        | MathNode::Function { name: text, .. }
        | MathNode::Text { text, .. } => text.contains('&'),
        MathNode::Large(_) | MathNode::Stretched(_) | MathNode::Space(_) => false,
        MathNode::Fraction { numerator, denominator, .. } => holds_ampersand(numerator) || holds_ampersand(denominator),
        MathNode::Root { radicand, index } => holds_ampersand(radicand) || maybe(index),
        MathNode::Scripts { base, sub, sup, .. } => holds_ampersand(base) || maybe(sub) || maybe(sup),
        MathNode::Grid(grid) => grid.rows.iter().flatten().any(holds_ampersand),
        MathNode::Accent { base: node, .. }
        | MathNode::Sized(_, node)
        | MathNode::Phantom(node)
        | MathNode::Boxed(node) => holds_ampersand(node),
    }
}
