//! Blocks of every kind, each to its paragraphs.

use super::frame::{Flow, Frame, Keep};
use super::numbering::{Bound, Marker};
use super::style::ParagraphStyle;
use super::writer::{Last, Paragraph, Writer};
use super::xml::{Build, Indent, RunProperties};
use crate::document::{
    Block, BlockKind, Box, DescriptionItem, Details, Heading, HeadingLevel, Inline, NodeId, Pt, plain_text,
};
use crate::resolve::{CodeToken, CodeTokenKind, HeadingInfo, HeadingPlace};

impl<'a> Writer<'a> {
    /// Blocks of one container.
    pub fn blocks(&mut self, blocks: &'a [Block], frame: &Frame<'a>) {
        for (index, block) in blocks.iter().enumerate() {
            let mut inner = frame.for_block(index, blocks.len()).in_language(block.attributes.language.as_deref());
            if let Some(next) = blocks.get(index + 1) {
                inner.after = inner.after.or(self.space_before(next, frame));
            }
            self.block(block, &inner);
        }
    }

    /// What stands close to the block before it takes that one's space away.
    fn space_before(&self, next: &Block, frame: &Frame<'a>) -> Option<Pt> {
        let source = self.doc.paragraphs.get(next.id).is_some_and(|info| info.source);
        let joined = frame.surround.is_some() && matches!(next.kind, BlockKind::Table(_));
        (source || joined).then_some(Pt(0.0))
    }

    fn block(&mut self, block: &'a Block, frame: &Frame<'a>) {
        match &block.kind {
            BlockKind::Paragraph(content) => self.body_paragraph(block.id, content, frame),
            BlockKind::Heading(heading) => self.heading(block.id, heading, frame),
            BlockKind::List(list) => self.anchored(block.id, |w| w.list(block.id, list, frame)),
            BlockKind::DescriptionList(items) => self.anchored(block.id, |w| w.descriptions(items, frame)),
            BlockKind::BlockQuote(blocks) => self.anchored(block.id, |w| w.quote(blocks, frame)),
            BlockKind::Box(boxed) => self.boxed(block.id, boxed, frame),
            BlockKind::CodeBlock(_) => self.anchored(block.id, |w| w.code(block.id, frame)),
            BlockKind::Figure(figure) => self.figure(block.id, figure, frame),
            BlockKind::Table(table) => self.table(block.id, table, frame),
            BlockKind::ThematicBreak => self.anchored(block.id, |w| w.rule(frame)),
            BlockKind::Details(details) => self.anchored(block.id, |w| w.details(details, frame)),
            BlockKind::Division(blocks) => self.anchored(block.id, |w| w.blocks(blocks, frame)),
        }
    }

    /// The block's anchor goes to its first paragraph.
    fn anchored(&mut self, id: NodeId, content: impl FnOnce(&mut Self)) {
        self.anchor_next(id);
        content(self);
    }

    fn body_paragraph(&mut self, id: NodeId, content: &'a [Inline], frame: &Frame<'a>) {
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
            let marker = self.numbering.paragraph(number);
            self.number(&mut paragraph, marker);
        }
        let anchor = self.doc.anchors.get(id);
        self.paragraph(frame, paragraph, |w| w.bookmarked(anchor, |w| w.content(frame, style, content)));
    }

    /// Gives a paragraph its number.
    pub fn number(&mut self, paragraph: &mut Paragraph, marker: Marker) {
        match marker {
            Marker::Style => {}
            Marker::List(list) => paragraph.list = Some(list),
            Marker::Literal(text) => {
                paragraph.style = match paragraph.style {
                    ParagraphStyle::Heading(level) => ParagraphStyle::UnnumberedHeading(level),
                    ParagraphStyle::AnnexHeading => ParagraphStyle::FrontHeading,
                    ParagraphStyle::BodyNumbered => ParagraphStyle::Normal,
                    style => style,
                };
                paragraph.natural = self.sheet.facts(paragraph.style).indent;
                paragraph.marker = Some(text);
            }
        }
    }

    fn heading(&mut self, id: NodeId, heading: &'a Heading, frame: &Frame<'a>) {
        let info = self.doc.headings.get(id).cloned().unwrap_or_else(|| HeadingInfo {
            level: heading.level,
            number: None,
            place: HeadingPlace::Front,
            anchor: crate::resolve::Anchor(format!("heading-{}", id.index())),
        });
        let (style, bound) = self.heading_style(&info);
        let marker = self.numbering.heading(&info, bound);
        let mut paragraph = self.at_edges(frame, style);
        if frame.flow == Flow::Report {
            let annex = style == ParagraphStyle::AnnexHeading;
            let gutter = self.sheet.tokens.page.gutter;
            let hang = if info.number.is_some() && !annex { gutter } else { Pt(0.0) };
            paragraph.indent = Indent { hang, ..Indent::NONE };
            if let Marker::List(_) = marker {
                paragraph.natural = paragraph.indent;
            }
        }
        self.number(&mut paragraph, marker);
        self.draw_rule_from_gutter(&mut paragraph, heading, frame);
        self.paragraph(frame, paragraph, |w| {
            w.bookmarked(Some(&info.anchor), |w| w.content(frame, style, &heading.content));
        });
    }

    /// A rule begins where the paragraph does. One that is to begin in the gutter though no number hangs there needs an
    /// indent of its own, under which only a heading of one line looks right.
    fn draw_rule_from_gutter(&self, paragraph: &mut Paragraph, heading: &Heading, frame: &Frame<'a>) {
        let style = paragraph.style;
        let own = match style {
            ParagraphStyle::FrontHeading => self.sheet.tokens.role("front-heading"),
            ParagraphStyle::AnnexHeading => self.sheet.tokens.role("annex"),
            _ => self.sheet.tokens.role(crate::style::heading_role(HeadingLevel::new(1))),
        };
        let level_1 = match style {
            ParagraphStyle::FrontHeading | ParagraphStyle::AnnexHeading => true,
            ParagraphStyle::Heading(level) | ParagraphStyle::UnnumberedHeading(level) => level.get() == 1,
            _ => false,
        };
        let ruled = level_1 && own.borders.top.as_ref().is_some_and(|border| border.from_gutter);
        let letters = plain_text(&heading.content).chars().count() + "Annex VIII. ".len();
        let one_line = letters as f64 * WIDE_LETTER * own.size.0 < frame.width.0;
        if ruled && one_line && paragraph.indent.hang.0 == 0.0 && frame.flow == Flow::Report {
            let gutter = self.sheet.tokens.page.gutter.0;
            paragraph.indent = Indent { start: Pt(-gutter), end: Pt(0.0), hang: Pt(-gutter) };
        }
    }

    fn heading_style(&self, info: &HeadingInfo) -> (ParagraphStyle, Bound) {
        let binding = &self.sheet.binding;
        let numbered = info.number.is_some();
        let bound = |bound| if bound { Bound::Yes } else { Bound::No };
        match (info.place, info.level.get()) {
            (HeadingPlace::Front, 1) => (ParagraphStyle::FrontHeading, Bound::No),
            (HeadingPlace::Annex, 1) if !numbered => (ParagraphStyle::FrontHeading, Bound::No),
            (HeadingPlace::Annex, 1) => (ParagraphStyle::AnnexHeading, bound(binding.annexes)),
            (HeadingPlace::Front | HeadingPlace::Body | HeadingPlace::Annex, level) => {
                match (numbered, binding.levels[usize::from(level - 1)]) {
                    (false, true) => (ParagraphStyle::UnnumberedHeading(info.level), Bound::No),
                    (_, binds) => (ParagraphStyle::Heading(info.level), bound(binds)),
                }
            }
        }
    }

    fn descriptions(&mut self, items: &'a [DescriptionItem], frame: &Frame<'a>) {
        for (index, item) in items.iter().enumerate() {
            let outer = frame.for_block(index, items.len());
            self.anchor_next(item.id);
            let term = Frame { after: outer.after.filter(|_| item.details.is_empty()), ..outer };
            self.plain(&term, ParagraphStyle::Term, |w| w.content(&term, ParagraphStyle::Term, &item.term));
            let role = self.sheet.tokens.role("description");
            let inner = Frame { before: None, ..outer.inset(role.indent, role.indent_end) };
            self.blocks(&item.details, &self.of_style(inner, ParagraphStyle::Description));
        }
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
        let surround = self.sheet.surround(role);
        let role = self.sheet.tokens.role(role);
        if frame.surround.is_some() {
            // Word takes paragraphs apart whose ends differ.
            return frame.inset(role.indent, Pt(0.0));
        }
        self.part_from_framed();
        let indent = surround.indent(role);
        let inner = frame.inset(indent.start, indent.end);
        Frame { surround: Some((surround, inner.start)), ..inner }
    }

    fn details(&mut self, details: &'a Details, frame: &Frame<'a>) {
        let space = self.sheet.tokens.role("details").after;
        let inner = self.surrounded(frame, "details");
        let after = inner.after.or(Some(space));
        let alone = details.blocks.is_empty();
        let summary = Frame { after: after.filter(|_| alone), ..inner };
        let style = ParagraphStyle::DetailsSummary;
        self.plain(&summary, style, |w| w.content(&summary, style, &details.summary));
        let styles = (ParagraphStyle::Details, Some(ParagraphStyle::DetailsList));
        let body = Frame { paragraph: styles.0, list: styles.1, before: None, after, ..inner };
        self.blocks(&details.blocks, &body);
    }

    /// A line of a code block ends with a break, so that the block stays one paragraph with one frame around it.
    fn code(&mut self, id: NodeId, frame: &Frame<'a>) {
        let style = ParagraphStyle::Code;
        let inner = self.surrounded(frame, "code");
        let lines = &self.doc.code[id];
        self.plain(&inner, style, |w| {
            for (index, line) in lines.iter().enumerate() {
                if index > 0 {
                    w.run(&RunProperties::default(), |w| w.empty("w:br", &[]));
                }
                w.code_line(line);
            }
        });
    }

    fn code_line(&mut self, line: &[CodeToken]) {
        let mut column = 0;
        for token in line {
            let run = RunProperties {
                color: token.kind.name().and_then(|name| self.sheet.color(name)),
                italic: (token.kind == CodeTokenKind::Comment).then_some(true),
                ..RunProperties::default()
            };
            let text = spaced(&token.text, &mut column);
            self.text_run(&run, &text);
        }
    }

    fn rule(&mut self, frame: &Frame<'a>) {
        self.part_from_framed();
        self.plain(frame, ParagraphStyle::Rule, |_| {});
        if frame.surround.is_none() {
            self.last = Last::Framed;
        }
    }

    /// A box: label, title and text, in styles that Word joins to one frame.
    fn boxed(&mut self, id: NodeId, boxed: &'a Box, frame: &Frame<'a>) {
        use super::style::BoxPart::{Body, Label, List, Title};
        let role = self.sheet.tokens.role(crate::style::box_role(boxed.kind));
        let surround = self.sheet.box_surround(boxed.kind);
        self.part_from_framed();
        let inset = frame.inset(surround.start, surround.end);
        let after = Some(frame.after.unwrap_or(role.after));
        let inner = Frame {
            paragraph: ParagraphStyle::Box(boxed.kind, Body),
            list: Some(ParagraphStyle::Box(boxed.kind, List)),
            surround: Some((surround, inset.start)),
            keep: if boxed.blocks.len() > KEPT { frame.keep } else { Keep::ButLast },
            ..inset
        };
        let before = Some(frame.before.unwrap_or(self.sheet.space_before(role)));
        let label = self.doc.boxes.get(id).and_then(|info| Some((info.label.clone()?, info.number.clone())));
        let heads = usize::from(label.is_some()) + usize::from(boxed.title.is_some());
        let head = |index: usize| Frame {
            before: before.filter(|_| index == 0),
            after: after.filter(|_| index + 1 == heads && boxed.blocks.is_empty()),
            ..inner
        };
        if let Some((label, number)) = &label {
            let style = ParagraphStyle::Box(boxed.kind, Label);
            self.plain(&head(0), style, |w| w.box_label(id, label, number.as_deref()));
        } else {
            self.anchor_next(id);
        }
        if let Some(title) = &boxed.title {
            let (style, frame) = (ParagraphStyle::Box(boxed.kind, Title), head(usize::from(label.is_some())));
            self.plain(&frame, style, |w| w.content(&frame, style, title));
        }
        self.blocks(&boxed.blocks, &Frame { before: before.filter(|_| heads == 0), after, ..inner });
    }

    /// "Recommendation 1", its number a field, so that a box that an editor adds counts too.
    fn box_label(&mut self, id: NodeId, label: &str, number: Option<&str>) {
        let anchor = self.doc.anchors.get(id);
        self.bookmarked(anchor, |w| {
            let run = RunProperties::default();
            let Some(number) = number else { return w.text_run(&run, label) };
            w.text_run(&run, &format!("{label} "));
            w.sequence(label, number, &run);
        });
    }

    /// A number of a sequence.
    pub fn sequence(&mut self, label: &str, number: &str, run: &RunProperties) {
        let name: String = label.chars().filter(char::is_ascii_alphabetic).collect();
        if name.is_empty() || !number.bytes().all(|byte| byte.is_ascii_digit()) {
            return self.text_run(run, number);
        }
        self.field(&format!("SEQ {name} \\* ARABIC"), run, |w| w.text_run(run, number));
    }
}

/// Whether the number stands before the title instead of in the gutter: "Annex I. Sessions".
pub(super) fn runs_in(info: &HeadingInfo) -> bool {
    info.place == HeadingPlace::Annex && info.level.get() == 1
}

/// No alphabet's letters are wider on average, in ems.
const WIDE_LETTER: f64 = 0.6;

/// Boxes of more blocks than this may break across pages.
const KEPT: usize = 12;

/// Tabs as spaces, four columns apart.
fn spaced(text: &str, column: &mut usize) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let width = if c == '\t' { 4 - *column % 4 } else { 1 };
        if c == '\t' {
            out.extend(std::iter::repeat_n(' ', width))
        } else {
            out.push(c)
        }
        *column += width;
    }
    out
}
