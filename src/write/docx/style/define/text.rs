//! Running text, headings, lists.

use super::{Definer, heading};
use crate::document::{Direction, HeadingLevel, Pt};
use crate::style::heading_role;
use crate::write::docx::numbering::{ANNEXES, HEADINGS, PARAGRAPHS};
use crate::write::docx::style::name::ParagraphStyle;
use crate::write::docx::style::sheet::HeadingBinding;
use crate::write::docx::xml::{Indent, LineHeight, ListReference, RunProperties, Spacing, StyleDefinition};

impl Definer<'_> {
    pub(super) fn text(&mut self) {
        let backwards = self.language.direction == Direction::RightToLeft;
        self.add(ParagraphStyle::Normal, "body", |style| {
            style.default = true;
            style.based_on = None;
            style.priority = 0;
            style.paragraph.widow_control = Some(true);
            style.paragraph.direction = backwards.then_some(Direction::RightToLeft);
            style.run = RunProperties::default();
        });
        let hang = self.style.role("paragraph-number").hang;
        let run_in = self.style.page.gutter.0 == 0.0;
        self.add(ParagraphStyle::BodyNumbered, "body", |style| {
            style.paragraph.list = Some(ListReference { list: PARAGRAPHS, level: None });
            let hang = if run_in { Pt(0.0) } else { hang };
            style.paragraph.indent = Some(Indent { hang, ..Indent::NONE });
        });
        let next_normal = |style: &mut StyleDefinition| style.next = Some(ParagraphStyle::Normal.id());
        self.add(ParagraphStyle::Lead, "lead", next_normal);
        self.add(ParagraphStyle::Rule, "rule", |style| {
            style.paragraph.spacing.line = Some(LineHeight::Exactly(Pt(1.0)));
            let side = self.style.page.measure() * 0.35;
            style.paragraph.indent = Some(Indent { start: side, end: side, hang: Pt(0.0) });
        });
        self.add(ParagraphStyle::BoxGap, "body", |style| {
            style.quick = false;
            style.paragraph.spacing =
                Spacing { before: Some(Pt(0.0)), after: Some(Pt(0.0)), line: Some(LineHeight::Exactly(Pt(6.0))) };
            style.run = RunProperties { size: Some(Pt(2.0)), ..RunProperties::default() };
        });
    }

    pub(super) fn headings(&mut self, binding: HeadingBinding) {
        let gutter = self.style.page.gutter;
        for level in (1..=6).map(HeadingLevel::new) {
            let at = level.get() - 1;
            let bound = binding.levels[usize::from(at)];
            self.add(ParagraphStyle::Heading(level), heading_role(level), |style| {
                heading(style, at, bound.then_some(gutter));
                style.paragraph.list = bound.then(|| ListReference { list: HEADINGS, level: (at > 0).then_some(at) });
            });
        }
        for level in (1..=6).map(HeadingLevel::new) {
            self.add(ParagraphStyle::UnnumberedHeading(level), heading_role(level), |style| {
                heading(style, level.get() - 1, None);
                style.based_on = Some(ParagraphStyle::Heading(level).id());
                style.paragraph.list = Some(ListReference::NONE);
            });
        }
        let based_on = |style: &mut StyleDefinition| {
            style.based_on = Some(ParagraphStyle::Heading(HeadingLevel::new(1)).id());
            heading(style, 0, None);
        };
        self.add(ParagraphStyle::FrontHeading, "front-heading", |style| {
            based_on(style);
            style.paragraph.list = Some(ListReference::NONE);
        });
        self.add(ParagraphStyle::AnnexHeading, "annex", |style| {
            based_on(style);
            let list = ListReference { list: ANNEXES, level: None };
            style.paragraph.list = Some(if binding.annexes { list } else { ListReference::NONE });
        });
    }

    pub(super) fn lists(&mut self) {
        let list = self.style.role("list");
        let (start, hang) = (list.indent, list.hang);
        for name in [ParagraphStyle::ListBullet, ParagraphStyle::ListNumber] {
            self.add(name, "list", |style| style.paragraph.indent = Some(Indent { start, end: Pt(0.0), hang }));
        }
        self.add(ParagraphStyle::ListContinue, "list", |style| {
            style.paragraph.indent = Some(Indent { start, ..Indent::NONE });
        });
        self.add(ParagraphStyle::Term, "term", |style| style.next = Some(ParagraphStyle::Description.id()));
        self.add(ParagraphStyle::Description, "description", |_| {});
        let hang = self.style.role("bibliography").hang;
        self.add(ParagraphStyle::Bibliography, "bibliography", |style| {
            style.paragraph.indent = Some(Indent { start: hang, end: Pt(0.0), hang });
        });
    }
}
