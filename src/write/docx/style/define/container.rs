//! What has borders around its paragraphs: quotes, code, details, boxes.

use super::Definer;
use crate::document::{BoxKind, Pt};
use crate::style::box_role;
use crate::write::docx::style::frame::Surround;
use crate::write::docx::style::name::{BoxPart, ParagraphStyle};
use crate::write::docx::style::sheet::space_before;

impl Definer<'_> {
    pub(super) fn containers(&mut self) {
        self.surrounded(ParagraphStyle::Quote, "quote", "quote");
        self.surrounded(ParagraphStyle::QuoteList, "quote", "quote");
        self.surrounded(ParagraphStyle::Code, "code", "code");
        self.surrounded(ParagraphStyle::DetailsSummary, "details-summary", "details");
        self.surrounded(ParagraphStyle::Details, "details", "details");
        self.surrounded(ParagraphStyle::DetailsList, "details", "details");
        self.surrounded(ParagraphStyle::Placeholder, "placeholder", "placeholder");
    }

    /// A style with the text of one role and the surround of another.
    pub(super) fn surrounded(&mut self, name: ParagraphStyle, role: &str, around: &str) {
        let container = self.style.role(around);
        let surround = Surround::of(container, self.style);
        let before = space_before(container, self.style);
        let list_after = self.style.role("list").after;
        let body_after = self.style.role("body").after;
        self.add(name, role, |style| {
            style.paragraph.borders = Some(surround.borders);
            style.paragraph.fill = surround.fill;
            style.paragraph.indent = Some(surround.indent(container));
            match name {
                ParagraphStyle::QuoteList | ParagraphStyle::DetailsList => {
                    style.paragraph.spacing.before = None;
                    style.paragraph.spacing.after = Some(list_after);
                }
                ParagraphStyle::Details => {
                    style.paragraph.spacing.before = None;
                    style.paragraph.spacing.after = Some(body_after);
                }
                ParagraphStyle::DetailsSummary => style.paragraph.spacing.before = Some(before),
                ParagraphStyle::Code => {
                    style.run.no_proof = Some(true);
                    style.paragraph.keep_lines = None;
                }
                _ => {}
            }
        });
    }

    pub(super) fn boxes(&mut self) {
        for kind in BOX_KINDS {
            for part in BoxPart::ALL {
                self.box_part(kind, part);
            }
        }
    }

    pub(super) fn box_part(&mut self, kind: BoxKind, part: BoxPart) {
        let container = self.style.role(box_role(kind));
        let surround = Surround::of(container, self.style);
        let label = part == BoxPart::Label || (kind == BoxKind::Statement && part == BoxPart::Title);
        let role = match part {
            _ if label => "box-label",
            BoxPart::Title => "box-title",
            BoxPart::Label | BoxPart::Body | BoxPart::List => box_role(kind),
        };
        let label_color = container.extra_color("label_color").map(|name| self.style.color(&name));
        let (list, body) = (self.style.role("list").after, self.style.role("body").after);
        self.add(ParagraphStyle::Box(kind, part), role, |style| {
            style.paragraph.borders = Some(surround.borders);
            style.paragraph.fill = surround.fill;
            style.paragraph.indent = Some(surround.indent(container));
            style.next = Some(ParagraphStyle::Box(kind, BoxPart::Body).id());
            match part {
                BoxPart::Label | BoxPart::Title => {
                    if label {
                        style.run.color = label_color.or(style.run.color);
                    }
                }
                BoxPart::Body => style.paragraph.spacing.after = Some(Pt(body.0.min(container.line.0 * 0.5))),
                BoxPart::List => style.paragraph.spacing.after = Some(list),
            }
            if part != BoxPart::Label {
                style.paragraph.spacing.before = None;
            }
        });
    }
}

const BOX_KINDS: [BoxKind; 8] = [
    BoxKind::Recommendation,
    BoxKind::Statement,
    BoxKind::Numbered,
    BoxKind::Note,
    BoxKind::Tip,
    BoxKind::Important,
    BoxKind::Warning,
    BoxKind::Caution,
];
