//! Blocks of every kind, each to its paragraphs.

use super::change::{Track, code, former_block, of_line};
use super::frame::{Flow, Frame};
use super::numbering::Bound;
use super::style::ParagraphStyle;
use super::writer::{Last, Writer};
use super::xml::{Indent, RunLanguage, RunProperties};
use crate::document::{Block, BlockKind, DescriptionItem, Details, Direction, Inline, NodeId, Pt, Side};
use crate::resolve::{CodeToken, CodeTokenKind};

impl<'a> Writer<'a> {
    /// Blocks of one container.
    pub fn blocks(&mut self, blocks: &'a [Block], frame: &Frame<'a>) {
        let mut range = None;
        for (index, block) in blocks.iter().enumerate() {
            let before = index.checked_sub(1).and_then(|before| blocks.get(before));
            range = range.or(self.begin_move(before, block));
            self.within(Track::of(&block.change), |w| w.one_of(blocks, index, frame));
            self.end_move(&mut range, block, blocks.get(index + 1));
        }
    }

    fn one_of(&mut self, blocks: &'a [Block], index: usize, frame: &Frame<'a>) {
        let block = &blocks[index];
        let mut inner = frame.for_block(index, blocks.len()).in_language(self.doc.languages.get(block.id));
        if let Some(next) = blocks.get(index + 1) {
            inner.after = inner.after.or(self.space_before(next, frame));
        }
        let inner = self.on_its_page(block, inner);
        self.block(block, &inner);
    }

    /// The frame on the page that a block stands on, which may turn for it.
    fn on_its_page(&mut self, block: &Block, frame: Frame<'a>) -> Frame<'a> {
        let orientation = self.doc.orientation(block.id);
        if self.changes.is_gone() || frame.flow != Flow::Report || frame.paragraph == ParagraphStyle::CoverText {
            return frame;
        }
        self.lay_out(orientation);
        Frame { orientation, width: self.measure(orientation), ..frame }
    }

    /// What stands close to the block before it takes that one's space away.
    pub fn space_before(&self, next: &Block, frame: &Frame<'a>) -> Option<Pt> {
        let source = self.doc.paragraphs.get(next.id).is_some_and(|info| info.source);
        let joined = frame.surround.is_some() && matches!(next.kind, BlockKind::Table(_));
        (source || joined).then_some(Pt(0.0))
    }

    fn block(&mut self, block: &'a Block, frame: &Frame<'a>) {
        self.key_next(block.id);
        if let Some((_, mark)) = former_block(block) {
            self.meet(mark, Side::New);
        }
        match &block.kind {
            BlockKind::Paragraph(content) => self.body_paragraph(block, content, frame),
            BlockKind::Heading(heading) => self.heading(block, heading, frame),
            BlockKind::List(list) => self.anchored(block.id, |w| w.list(block, list, frame)),
            BlockKind::DescriptionList(items) => self.anchored(block.id, |w| w.descriptions(items, frame)),
            BlockKind::BlockQuote(blocks) => self.anchored(block.id, |w| w.quote(blocks, frame)),
            BlockKind::Box(boxed) => self.boxed(block, boxed, frame),
            BlockKind::CodeBlock(_) => self.anchored(block.id, |w| w.code(block, frame)),
            BlockKind::Figure(figure) => self.figure(block, figure, frame),
            BlockKind::Table(table) => self.table(block.id, table, frame),
            BlockKind::ThematicBreak => self.anchored(block.id, |w| w.rule(frame)),
            BlockKind::Details(details) => self.anchored(block.id, |w| w.details(details, frame)),
            BlockKind::Division(blocks) => self.anchored(block.id, |w| w.blocks(blocks, frame)),
            BlockKind::Bibliography(entries) => self.anchored(block.id, |w| w.bibliography(block.id, entries, frame)),
            BlockKind::Formula(formula) => self.display_formula(block.id, formula, frame),
        }
    }

    /// The block's anchor goes to its first paragraph.
    fn anchored(&mut self, id: NodeId, content: impl FnOnce(&mut Self)) {
        self.anchor_next(id);
        content(self);
    }

    fn body_paragraph(&mut self, block: &'a Block, content: &'a [Inline], frame: &Frame<'a>) {
        let id = block.id;
        let info = self.doc.paragraphs.get(id);
        let number = info.and_then(|info| info.number.as_deref());
        let style = match info {
            Some(info) if info.source => ParagraphStyle::Source,
            Some(info) if info.lead && frame.flow == Flow::Report => ParagraphStyle::Lead,
            Some(_) | None if number.is_some() => ParagraphStyle::BodyNumbered,
            Some(_) | None => frame.paragraph,
        };
        let mut paragraph = self.at_edges(frame, style);
        if let Some(number) = number {
            paragraph.indent = paragraph.natural;
            let bound = if style == ParagraphStyle::BodyNumbered { Bound::Yes } else { Bound::No };
            let marker = if self.changes.is_gone() {
                self.numbering.gone_paragraph(number, bound)
            } else {
                self.numbering.paragraph(number, bound)
            };
            self.number(&mut paragraph, marker);
        }
        paragraph.was = self.former_paragraph(block, frame, paragraph.style);
        self.changes.end = Self::end_of(&block.change);
        let anchor = self.doc.anchors.get(id);
        self.paragraph(frame, paragraph, |w| w.bookmarked(anchor, |w| w.content(frame, style, content)));
    }

    fn descriptions(&mut self, items: &'a [DescriptionItem], frame: &Frame<'a>) {
        for (index, item) in items.iter().enumerate() {
            let track = Track::of(&item.change);
            self.within(track, |w| w.description(item, &frame.for_block(index, items.len())));
        }
    }

    fn description(&mut self, item: &'a DescriptionItem, outer: &Frame<'a>) {
        self.anchor_next(item.id);
        let term = Frame { after: outer.after.filter(|_| item.details.is_empty()), ..*outer };
        self.plain(&term, ParagraphStyle::Term, |w| w.content(&term, ParagraphStyle::Term, &item.term));
        let role = self.sheet.tokens.role("description");
        let inner = Frame { before: None, ..outer.inset(role.indent, role.indent_end) };
        self.blocks(&item.details, &self.of_style(inner, ParagraphStyle::Description));
    }

    /// The frame with plain paragraphs of a style, unless its container has its own.
    fn of_style(&self, frame: Frame<'a>, style: ParagraphStyle) -> Frame<'a> {
        if frame.list.is_some() { frame } else { Frame { paragraph: style, ..frame } }
    }

    fn quote(&mut self, blocks: &'a [Block], frame: &Frame<'a>) {
        let inner = self.surrounded(frame, "quote");
        let styles = (ParagraphStyle::Quote, Some(ParagraphStyle::QuoteList));
        self.blocks(blocks, &Frame { paragraph: styles.0, list: styles.1, ..inner });
    }

    /// The frame within a container that a role's borders surround. What a container around it draws goes on.
    pub fn surrounded(&mut self, frame: &Frame<'a>, role: &str) -> Frame<'a> {
        let surround = self.sheet.surround(role, frame.direction);
        let role = self.sheet.tokens.role(role);
        if frame.surround.is_some() {
            // Word takes paragraphs apart whose ends differ.
            return frame.inset(role.indent, Pt(0.0));
        }
        self.part_from_framed();
        let indent = surround.indent(role);
        let inner = frame.inset(indent.start, indent.end);
        inner.surrounded(surround)
    }

    fn details(&mut self, details: &'a Details, frame: &Frame<'a>) {
        let space = self.sheet.tokens.role("details").after;
        let inner = self.surrounded(frame, "details");
        let after = inner.after.or(Some(space));
        let alone = details.blocks.is_empty();
        let summary = Frame { after: after.filter(|_| alone), ..inner };
        let style = ParagraphStyle::DetailsSummary;
        self.within(of_line(&details.summary), |w| {
            w.plain(&summary, style, |w| w.content(&summary, style, &details.summary));
        });
        let styles = (ParagraphStyle::Details, Some(ParagraphStyle::DetailsList));
        let body = Frame { paragraph: styles.0, list: styles.1, before: None, after, ..inner };
        self.blocks(&details.blocks, &body);
    }

    /// A line of a code block ends with a break, so that the block stays one paragraph with one frame around it.
    fn code(&mut self, block: &'a Block, frame: &Frame<'a>) {
        let style = ParagraphStyle::Code;
        // Code runs from left to right wherever it stands.
        let mut inner = self.surrounded(&frame.turned(Direction::LeftToRight), "code");
        if let Some(outer) = frame.surround.and(inner.surround) {
            // At the edge of what is drawn around it: the tab that would lead further in would be one of the code's.
            (inner.start, inner.end) = (outer.start, outer.end);
        }
        let lines = &self.doc.code[block.id];
        let tracks = code::Tracks::of(&block.change, lines.len());
        let language = frame.language.map(RunLanguage::of);
        self.plain(&inner, style, |w| {
            for (index, line) in lines.iter().enumerate() {
                if let Some(breaks) = index.checked_sub(1).and_then(|before| tracks.end(before)) {
                    w.within(breaks, |w| w.line_break(&RunProperties::default()));
                }
                w.within(tracks.line(index), |w| w.code_line(line, language.as_ref()));
            }
        });
    }

    fn code_line(&mut self, line: &[CodeToken], language: Option<&RunLanguage>) {
        for token in line {
            let run = RunProperties {
                color: token.kind.name().and_then(|name| self.sheet.color(name)),
                italic: (token.kind == CodeTokenKind::Comment).then_some(true),
                language: language.cloned(),
                ..RunProperties::default()
            };
            self.code_run(&run, &token.text);
        }
    }

    fn rule(&mut self, frame: &Frame<'a>) {
        self.part_from_framed();
        let mut paragraph = self.at_edges(frame, ParagraphStyle::Rule);
        if frame.surround.is_none() {
            // As wide as in the other formats: 30 per cent, in the middle.
            let side = frame.width * 0.35;
            paragraph.indent = Indent { start: frame.start + side, end: frame.end + side, hang: Pt(0.0) };
        }
        self.paragraph(frame, paragraph, |_| {});
        if frame.surround.is_none() {
            self.wrote(Last::Framed);
        }
    }
}
