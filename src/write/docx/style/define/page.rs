//! Cover, contents, running head and foot.

use super::{Definer, heading, right_tab};
use crate::document::{HeadingLevel, Pt};
use crate::style::Weight;
use crate::write::docx::style::frame::Surround;
use crate::write::docx::style::name::ParagraphStyle;
use crate::write::docx::xml::{Indent, Leader, StyleDefinition, Tab, TabAlignment};

impl Definer<'_> {
    /// Kicker, title and subtitle have the same borders, fill and indents: Word joins them to one panel.
    pub(super) fn cover(&mut self) {
        let mut panel = Surround::of(self.style.role("cover-panel"), self.style, self.language.direction);
        if panel.fill.is_none() {
            // It stands at the edges of the text.
            (panel.borders.left, panel.borders.right) = (None, None);
        }
        let measure = self.style.page.measure();
        let in_panel = |style: &mut StyleDefinition| {
            style.paragraph.borders = Some(panel.borders);
            style.paragraph.fill = panel.fill;
            style.paragraph.keep_next = Some(true);
        };
        self.add(ParagraphStyle::CoverKicker, "cover-kicker", |style| {
            in_panel(style);
            style.next = Some(ParagraphStyle::Title.id());
            style.paragraph.tabs = vec![right_tab(measure, Leader::None)];
        });
        self.add(ParagraphStyle::Title, "title", |style| {
            in_panel(style);
            style.next = Some(ParagraphStyle::Subtitle.id());
        });
        self.add(ParagraphStyle::Subtitle, "subtitle", |style| {
            in_panel(style);
            style.paragraph.keep_next = None;
        });
        self.add(ParagraphStyle::CoverLabel, "cover-text", |style| {
            style.paragraph.spacing.before = Some(Pt(30.0));
            style.paragraph.spacing.after = Some(Pt(18.0));
        });
        self.add(ParagraphStyle::CoverText, "cover-text", |_| {});
        let meta = self.style.role("cover-meta");
        let label_width = meta.extra_length("label_width").unwrap_or(Pt(90.0));
        let bold = meta.extra_weight("value_weight") == Some(Weight::Bold);
        self.add(ParagraphStyle::CoverMeta, "cover-meta", |style| {
            style.paragraph.indent = Some(Indent { start: label_width, end: Pt(0.0), hang: label_width });
            style.paragraph.spacing.after = Some(Pt(3.0));
            style.run.bold = bold.then_some(true);
        });
        self.add(ParagraphStyle::Disclaimer, "disclaimer", |_| {});
    }

    pub(super) fn contents(&mut self) {
        let (measure, gutter) = (self.style.page.measure(), self.style.page.gutter);
        self.add(ParagraphStyle::TocHeading, "toc-heading", |style| {
            style.based_on = Some(ParagraphStyle::FrontHeading.id());
            heading(style, 9, None);
            style.paragraph.indent = Some(Indent { start: Pt(-gutter.0), end: Pt(0.0), hang: Pt(-gutter.0) });
            style.priority = 39;
        });
        self.add(ParagraphStyle::TableOfFigures, "toc-2", |style| {
            style.priority = 39;
            style.quick = false;
            style.paragraph.indent = Some(Indent::NONE);
            style.paragraph.tabs = vec![right_tab(measure, Leader::Dot)];
        });
        for level in (1..=6).map(HeadingLevel::new) {
            let role = match level.get() {
                1 => "toc-1",
                2 => "toc-2",
                _ => "toc-3",
            };
            let leader = match self.style.role(role).extra.get("leader").and_then(toml::Value::as_str) {
                Some("dot") => Leader::Dot,
                Some(_) | None => Leader::None,
            };
            let deeper = Pt(f64::from(level.get().saturating_sub(3)) * self.style.role(role).hang.0);
            self.add(ParagraphStyle::Toc(level), role, |style| {
                style.priority = 39;
                style.quick = false;
                let own = style.paragraph.indent.unwrap_or_default();
                let in_gutter = level.get() == 1 && gutter.0 > 0.0;
                let text = if in_gutter { Pt(0.0) } else { own.start + own.hang + deeper };
                let hang = if in_gutter { gutter } else { own.hang };
                style.paragraph.indent = Some(Indent { start: text, end: Pt(0.0), hang });
                let at_text = Tab { position: text, alignment: TabAlignment::Left, leader: Leader::None };
                style.paragraph.tabs = vec![at_text, right_tab(measure, leader)];
                if let Some(borders) = &mut style.paragraph.borders {
                    borders.between = borders.bottom;
                }
            });
        }
    }

    pub(super) fn page(&mut self) {
        let measure = self.style.page.measure();
        for (name, role) in [(ParagraphStyle::Header, "running-head"), (ParagraphStyle::Footer, "running-foot")] {
            self.add(name, role, |style| {
                style.quick = false;
                style.priority = 99;
                style.paragraph.tabs = vec![right_tab(measure, Leader::None)];
            });
        }
    }
}
