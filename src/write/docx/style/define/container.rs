//! What has borders around its paragraphs: quotes, code, details, boxes.

use super::Definer;
use crate::document::{BoxKind, Direction, Pt};
use crate::style::box_role;
use crate::write::docx::style::frame::Surround;
use crate::write::docx::style::name::{BoxPart, ParagraphStyle};
use crate::write::docx::style::sheet::space_before;
use crate::write::docx::xml::{Leader, StyleDefinition, Tab, TabAlignment};

impl Definer<'_> {
    pub(super) fn containers(&mut self) {
        let (list, body) = (self.style.role("list").after, self.style.role("body").after);
        let details = space_before(self.style.role("details"), self.style);
        let spaced = |before: Option<Pt>, after: Pt| {
            move |style: &mut StyleDefinition| {
                style.paragraph.spacing.before = before;
                style.paragraph.spacing.after = Some(after);
            }
        };
        self.surrounded(ParagraphStyle::Quote, "quote", "quote", |_| {});
        self.surrounded(ParagraphStyle::QuoteList, "quote", "quote", spaced(None, list));
        self.surrounded(ParagraphStyle::Code, "code", "code", |style| {
            style.run.no_proof = Some(true);
            style.paragraph.keep_lines = None;
            let start = style.paragraph.indent.unwrap_or_default().start;
            style.paragraph.tabs = code_tabs(start, style.run.size.unwrap_or_default());
        });
        self.surrounded(ParagraphStyle::DetailsSummary, "details-summary", "details", |style| {
            style.paragraph.spacing.before = Some(details);
        });
        self.surrounded(ParagraphStyle::Details, "details", "details", spaced(None, body));
        self.surrounded(ParagraphStyle::DetailsList, "details", "details", spaced(None, list));
        self.surrounded(ParagraphStyle::Placeholder, "placeholder", "placeholder", |_| {});
    }

    /// A style with the text of one role and what is drawn around another.
    fn surrounded(
        &mut self,
        name: ParagraphStyle,
        role: &str,
        around: &str,
        change: impl FnOnce(&mut StyleDefinition),
    ) {
        let container = self.style.role(around);
        // Code runs from left to right in every language.
        let code = name == ParagraphStyle::Code;
        let direction = if code { Direction::LeftToRight } else { self.language.direction };
        let own = self.language.direction;
        let surround = Surround::of(container, self.style, direction);
        self.add(name, role, |style| {
            style.paragraph.borders = Some(surround.borders);
            style.paragraph.fill = surround.fill;
            style.paragraph.indent = Some(surround.indent(container));
            style.paragraph.direction = (direction != own).then_some(direction);
            change(style);
        });
    }

    pub(super) fn boxes(&mut self) {
        for kind in BOX_KINDS {
            for part in BoxPart::ALL {
                self.box_part(kind, part);
            }
        }
    }

    fn box_part(&mut self, kind: BoxKind, part: BoxPart) {
        let container = self.style.role(box_role(kind));
        let surround = Surround::of(container, self.style, self.language.direction);
        let label = part == BoxPart::Label || (kind == BoxKind::Statement && part == BoxPart::Title);
        let role = match part {
            _ if label => "box-label",
            BoxPart::Title => "box-title",
            BoxPart::Label | BoxPart::Body | BoxPart::List => box_role(kind),
        };
        let before = space_before(container, self.style);
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
            style.paragraph.spacing.before = label.then_some(before);
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

/// Stops at every fourth column of code.
fn code_tabs(start: Pt, size: Pt) -> Vec<Tab> {
    let stop = |index: u8| Tab {
        position: start + size * (FIXED_ADVANCE * 4.0 * f64::from(index)),
        alignment: TabAlignment::Left,
        leader: Leader::None,
    };
    (1..=12).map(stop).collect()
}

/// Width of every letter of a fixed-width family, in ems.
const FIXED_ADVANCE: f64 = 0.602;
