//! Blocks: each becomes one call of a function of the template.
//!
//! In: the tree and what was decided about it. Out: Typst source, in which text is literals only.
//! Never numbers, orders or measures; where a block may break is estimated by `fit`.

use super::fit::{self, Breaking};
use super::generator::{Generator, Place};
use crate::document::{Block, BlockKind, Box, Details, Inline, NodeId, Pt};
use crate::resolve::Orientation;
use crate::style::box_role;

/// With less room across than this (in points) blocks within blocks are not indented any more.
pub(super) const CRAMPED: f64 = 56.0;

impl Generator<'_> {
    /// Blocks as one expression.
    pub(super) fn blocks(&mut self, blocks: &[Block]) {
        self.sequence(|g| {
            g.block_statements(blocks);
            g.waiting_anchors();
        });
    }

    pub(super) fn block_statements(&mut self, blocks: &[Block]) {
        let doc = self.doc;
        let alike = |a: &Block, b: &Block| doc.orientation(a.id) == doc.orientation(b.id);
        for run in blocks.chunk_by(alike) {
            if self.turns(run) {
                self.turned(run);
            } else {
                self.run(run);
            }
        }
    }

    /// Whether blocks that lie alike want pages that lie on their side.
    pub(super) fn turns(&self, run: &[Block]) -> bool {
        let orientation = run.first().map(|block| self.doc.orientation(block.id)).unwrap_or_default();
        let upright = self.place.orientation == Orientation::Portrait && !self.place.contained;
        upright && orientation == Orientation::Landscape
    }

    /// Blocks on pages of their own, which lie on their side.
    pub(super) fn turned(&mut self, blocks: &[Block]) {
        let width = self.style.page.landscape_measure();
        let place = Place { width, orientation: Orientation::Landscape, ..self.place };
        self.out.push("\n");
        self.statement("landscape(");
        self.within(place, |g| {
            g.sequence(|g| {
                g.run(blocks);
                g.waiting_anchors();
            });
        });
        self.out.push(")");
    }

    /// Blocks that stand on pages which lie alike.
    fn run(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.out.push("\n");
            self.block_statement(block);
        }
    }

    pub(super) fn block_statement(&mut self, block: &Block) {
        let start = self.out.position();
        self.whole(&block.change, |g| g.labelled(block, |g| g.spoken_block(block)));
        self.out.came_from(start, block.span);
    }

    /// A block in its own language.
    fn spoken_block(&mut self, block: &Block) {
        match self.doc.languages.get(block.id) {
            Some(language) => self.in_language(language, |g| {
                g.sequence(|g| g.block(block));
            }),
            None => self.block(block),
        }
    }

    fn block(&mut self, block: &Block) {
        let doc = self.doc;
        if !matches!(block.kind, BlockKind::Heading(_))
            && let Some(anchor) = doc.anchors.get(block.id)
        {
            self.waiting.push(anchor.clone());
        }
        if self.place.width.0 < CRAMPED {
            return self.unindented(block);
        }
        self.in_full(block);
    }

    pub(super) fn in_full(&mut self, block: &Block) {
        match &block.kind {
            BlockKind::Paragraph(content) => self.paragraph(block, content),
            BlockKind::Heading(heading) => self.heading(block, heading),
            BlockKind::List(list) => self.list(block.id, list),
            BlockKind::DescriptionList(items) => self.description_list(items),
            BlockKind::BlockQuote(blocks) => self.quote(blocks),
            BlockKind::Box(boxed) => self.boxed(block.id, boxed),
            BlockKind::CodeBlock(_) => self.code(block),
            BlockKind::Figure(figure) => self.figure(block.id, figure),
            BlockKind::Table(table) => self.table(block.id, table),
            BlockKind::ThematicBreak => self.statement("divider"),
            BlockKind::Details(details) => self.details(details),
            BlockKind::Division(blocks) => self.block_statements(blocks),
            BlockKind::Formula(formula) => self.display_formula(block.id, formula),
            BlockKind::Bibliography(entries) => self.bibliography(block.id, entries),
        }
    }

    pub(super) fn strong_paragraph(&mut self, content: &[Inline]) {
        self.statement("p(strong(");
        self.inlines(content);
        self.out.push("))\n");
    }

    fn paragraph(&mut self, block: &Block, content: &[Inline]) {
        let info = self.doc.paragraphs.get(block.id).cloned().unwrap_or_default();
        match info.number {
            Some(number) => {
                self.statement("numbered(");
                self.number(&number);
                self.out.push(", ");
            }
            None if info.source => self.statement("source("),
            None if info.lead => self.statement("lead("),
            None => self.statement("p("),
        }
        self.line(block, content);
        self.out.push(")");
    }

    fn quote(&mut self, blocks: &[Block]) {
        let role = self.style.role("quote");
        let inside = self.inside(role.indent + role.indent_end + role.padding);
        self.statement("quoted(");
        self.within(inside, |g| g.blocks(blocks));
        self.direction();
        self.out.push(")");
    }

    fn boxed(&mut self, id: NodeId, boxed: &Box) {
        let name = box_role(boxed.kind);
        let role = self.style.role(name);
        let inside = Place { size: role.size, ..self.inside(role.padding * 2.0 + Pt(6.0)) };
        let label = self.doc.boxes[id].text();
        let high = fit::height(&boxed.blocks, inside.width, role);
        self.statement("boxed(");
        self.out.literal(name);
        self.out.push(", ");
        self.generated(label.as_deref());
        self.out.push(", ");
        match &boxed.title {
            Some(title) => self.within(inside, |g| g.inlines(title)),
            None => self.out.push("none"),
        }
        self.out.push(&format!(", {}, ", Breaking::of(high, self.text_height()).literal()));
        self.within(inside, |g| g.blocks(&boxed.blocks));
        self.direction();
        self.out.push(")");
    }

    fn details(&mut self, details: &Details) {
        let inside = self.inside(self.style.role("details").padding * 2.0);
        self.statement("unfolded(");
        self.inlines(&details.summary);
        self.out.push(", ");
        self.within(inside, |g| g.blocks(&details.blocks));
        self.direction();
        self.out.push(")");
    }
}
