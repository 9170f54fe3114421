use std::collections::BTreeMap;

use super::super::numbering::{ANNEXES, HEADINGS, PARAGRAPHS};
use super::super::xml::{
    Border, CellMargins, CellProperties, Indent, Leader, LineHeight, ListReference, ParagraphBorders,
    ParagraphProperties, RunProperties, Spacing, StyleDefinition, StyleKind, Tab, TabAlignment, TableBorders,
    TableConditional, TableLook, TableProperties, VerticalAlignment,
};
use super::frame::Surround;
use super::name::{BoxPart, CharacterStyle, ParagraphStyle, REPORT_TABLE, style_id};
use super::sheet::{Facts, HeadingBinding, borders, paragraph, run, space_before};
use crate::document::{BoxKind, HeadingLevel, Pt};
use crate::style::{Border as BorderToken, Stylesheet, Weight, box_role, heading_role};

/// By style.
type Paragraphs = BTreeMap<ParagraphStyle, Facts>;

/// All definitions, and what paragraphs need to know of theirs.
pub(super) fn define(style: &Stylesheet, binding: HeadingBinding) -> (Vec<StyleDefinition>, Paragraphs) {
    let mut definer = Definer { style, definitions: Vec::new(), paragraphs: Paragraphs::new() };
    definer.text();
    definer.headings(binding);
    definer.cover();
    definer.contents();
    definer.lists();
    definer.containers();
    definer.boxes();
    definer.captions();
    definer.tables();
    definer.notes();
    definer.page();
    definer.characters();
    definer.table_styles();
    (definer.definitions, definer.paragraphs)
}

struct Definer<'a> {
    style: &'a Stylesheet,
    definitions: Vec<StyleDefinition>,
    paragraphs: Paragraphs,
}

impl Definer<'_> {
    /// A paragraph style from a role, changed by `change`.
    fn add(&mut self, name: ParagraphStyle, role: &str, change: impl FnOnce(&mut StyleDefinition)) {
        let role = self.style.role(role);
        let mut definition = StyleDefinition {
            kind: StyleKind::Paragraph,
            id: name.id(),
            name: name.name(),
            default: false,
            builtin: name.is_builtin(),
            based_on: Some(ParagraphStyle::Normal.id()),
            next: None,
            priority: 1,
            quick: true,
            paragraph: paragraph(role),
            run: run(role, self.style),
            table: None,
        };
        definition.paragraph.borders = borders(role, self.style);
        if !matches!(name, ParagraphStyle::Toc(_) | ParagraphStyle::Source) {
            definition.paragraph.spacing.before = Some(space_before(role, self.style));
        }
        change(&mut definition);
        let paragraph = &definition.paragraph;
        let facts = Facts {
            indent: paragraph.indent.unwrap_or_default(),
            size: definition.run.size.unwrap_or(role.size),
            after: paragraph.spacing.after.unwrap_or_default(),
            page_break_before: paragraph.page_break_before == Some(true),
            borders: paragraph.borders,
            fill: paragraph.fill,
        };
        self.paragraphs.insert(name, facts);
        self.definitions.push(definition);
    }

    fn text(&mut self) {
        self.add(ParagraphStyle::Normal, "body", |style| {
            style.default = true;
            style.based_on = None;
            style.priority = 0;
            style.paragraph.widow_control = Some(true);
            style.run = RunProperties::default();
        });
        let hang = self.style.role("paragraph-number").hang;
        self.add(ParagraphStyle::BodyNumbered, "body", |style| {
            style.paragraph.list = Some(ListReference { list: PARAGRAPHS, level: None });
            style.paragraph.indent = Some(Indent { hang, ..Indent::NONE });
        });
        let next_normal = |style: &mut StyleDefinition| style.next = Some(ParagraphStyle::Normal.id());
        self.add(ParagraphStyle::Lead, "lead", next_normal);
        self.add(ParagraphStyle::Rule, "rule", |style| {
            style.paragraph.spacing.line = Some(LineHeight::Exactly(Pt(1.0)));
        });
        self.add(ParagraphStyle::BoxGap, "body", |style| {
            style.quick = false;
            style.paragraph.spacing =
                Spacing { before: Some(Pt(0.0)), after: Some(Pt(0.0)), line: Some(LineHeight::Exactly(Pt(6.0))) };
            style.run = RunProperties { size: Some(Pt(2.0)), ..RunProperties::default() };
        });
    }

    fn headings(&mut self, binding: HeadingBinding) {
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

    /// Kicker, title and subtitle have the same borders, fill and indents: Word joins them to one panel.
    fn cover(&mut self) {
        let panel = Surround::of(self.style.role("cover-panel"), self.style);
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
            style.paragraph.at_page_foot = Some(measure);
            style.paragraph.indent = Some(Indent { start: label_width, end: Pt(0.0), hang: label_width });
            style.paragraph.spacing.after = Some(Pt(3.0));
            style.run.bold = bold.then_some(true);
        });
        self.add(ParagraphStyle::Disclaimer, "disclaimer", |_| {});
    }

    fn contents(&mut self) {
        let (measure, gutter) = (self.style.page.measure(), self.style.page.gutter);
        self.add(ParagraphStyle::TocHeading, "toc-heading", |style| {
            style.based_on = Some(ParagraphStyle::FrontHeading.id());
            heading(style, 9, None);
            style.paragraph.indent = Some(Indent { start: Pt(-gutter.0), end: Pt(0.0), hang: Pt(-gutter.0) });
            style.priority = 39;
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
                let text = if level.get() == 1 { Pt(0.0) } else { own.start + own.hang + deeper };
                let hang = if level.get() == 1 { gutter } else { own.hang };
                style.paragraph.indent = Some(Indent { start: text, end: Pt(0.0), hang });
                let at_text = Tab { position: text, alignment: TabAlignment::Left, leader: Leader::None };
                style.paragraph.tabs = vec![at_text, right_tab(measure, leader)];
                if let Some(borders) = &mut style.paragraph.borders {
                    borders.between = borders.bottom;
                }
            });
        }
    }

    fn lists(&mut self) {
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
    }

    fn containers(&mut self) {
        self.surrounded(ParagraphStyle::Quote, "quote", "quote");
        self.surrounded(ParagraphStyle::QuoteList, "quote", "quote");
        self.surrounded(ParagraphStyle::Code, "code", "code");
        self.surrounded(ParagraphStyle::DetailsSummary, "details-summary", "details");
        self.surrounded(ParagraphStyle::Details, "details", "details");
        self.surrounded(ParagraphStyle::DetailsList, "details", "details");
        self.surrounded(ParagraphStyle::Placeholder, "placeholder", "placeholder");
    }

    /// A style with the text of one role and the surround of another.
    fn surrounded(&mut self, name: ParagraphStyle, role: &str, around: &str) {
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

    fn boxes(&mut self) {
        for kind in BOX_KINDS {
            for part in BoxPart::ALL {
                self.box_part(kind, part);
            }
        }
    }

    fn box_part(&mut self, kind: BoxKind, part: BoxPart) {
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

    fn captions(&mut self) {
        self.add(ParagraphStyle::Caption, "caption", |style| style.priority = 35);
        self.add(ParagraphStyle::Source, "source", |_| {});
        let space = self.style.role("figure").extra_length("padding_y").unwrap_or_default();
        self.add(ParagraphStyle::Figure, "figure", |style| {
            let padded = |border: Option<Border>| border.map(|border| Border { space, ..border });
            if let Some(borders) = &mut style.paragraph.borders {
                borders.top = padded(borders.top);
                borders.bottom = padded(borders.bottom);
            }
            style.paragraph.spacing.line = None;
        });
    }

    fn tables(&mut self) {
        let flat = |style: &mut StyleDefinition| {
            style.paragraph.spacing.before = Some(Pt(0.0));
            style.paragraph.spacing.after = Some(Pt(0.0));
        };
        self.add(ParagraphStyle::TableText, "table", |style| {
            flat(style);
            style.paragraph.borders = None;
        });
        self.add(ParagraphStyle::TableHeader, "table-header", |style| {
            flat(style);
            style.paragraph.borders = None;
            style.paragraph.keep_next = Some(true);
        });
        let (start, hang) = (self.style.role("list").indent, self.style.role("list").hang);
        self.add(ParagraphStyle::TableList, "table", |style| {
            flat(style);
            style.paragraph.borders = None;
            style.paragraph.indent = Some(Indent { start, end: Pt(0.0), hang });
        });
    }

    fn notes(&mut self) {
        let hang = self.style.role("footnote").hang;
        self.add(ParagraphStyle::FootnoteText, "footnote", |style| {
            style.quick = false;
            style.paragraph.indent = Some(Indent { start: hang, end: Pt(0.0), hang });
        });
        self.add(ParagraphStyle::FootnoteList, "footnote", |style| {
            style.quick = false;
            style.paragraph.indent = Some(Indent { start: hang, ..Indent::NONE });
        });
    }

    fn page(&mut self) {
        let measure = self.style.page.measure();
        for (name, role) in [(ParagraphStyle::Header, "running-head"), (ParagraphStyle::Footer, "running-foot")] {
            self.add(name, role, |style| {
                style.quick = false;
                style.priority = 99;
                style.paragraph.tabs = vec![right_tab(measure, Leader::None)];
            });
        }
    }

    fn characters(&mut self) {
        for name in CharacterStyle::ALL {
            let definition = StyleDefinition {
                kind: StyleKind::Character,
                id: name.id(),
                name: name.name().to_owned(),
                default: false,
                builtin: name.is_builtin(),
                based_on: None,
                next: None,
                priority: 99,
                quick: false,
                paragraph: ParagraphProperties::default(),
                run: self.character(name),
                table: None,
            };
            self.definitions.push(definition);
        }
    }

    fn character(&self, name: CharacterStyle) -> RunProperties {
        let style = self.style;
        let color = |role: &str| Some(style.color(&style.role(role).color));
        let bold = |role: &str| (style.role(role).weight == Weight::Bold).then_some(true);
        let labelled = |role: &str| RunProperties {
            color: style.role(role).extra_color("label_color").map(|name| style.color(&name)),
            bold: style.role(role).extra_weight("label_weight").map(|weight| weight == Weight::Bold),
            ..RunProperties::default()
        };
        match name {
            CharacterStyle::Hyperlink => {
                RunProperties { color: color("link"), underline: Some(true), ..RunProperties::default() }
            }
            CharacterStyle::Code => RunProperties {
                font: Some(style.fonts.mono.clone()),
                no_proof: Some(true),
                size: Some(style.role("body").size * code_scale(style)),
                ..RunProperties::default()
            },
            CharacterStyle::FootnoteReference => RunProperties {
                color: color("footnote-number"),
                bold: bold("footnote-number"),
                vertical: Some(VerticalAlignment::Superscript),
                ..RunProperties::default()
            },
            CharacterStyle::CaptionLabel => labelled("caption"),
            CharacterStyle::CoverMetaLabel => labelled("cover-meta"),
            CharacterStyle::CoverReference => RunProperties { bold: None, ..run(style.role("cover-reference"), style) },
            CharacterStyle::DraftLabel => {
                let border = style.role("draft-label").borders.top.as_ref();
                let line = |token: &BorderToken| Border::single(token.width, Pt(1.0), style.color(&token.color));
                RunProperties { border: border.map(line), ..run(style.role("draft-label"), style) }
            }
        }
    }

    fn table_styles(&mut self) {
        let table = self.style.role("table");
        let margins = CellMargins {
            vertical: table.extra_length("cell_y").unwrap_or_default(),
            horizontal: table.extra_length("cell_x").unwrap_or_default(),
        };
        let line = |token: &Option<BorderToken>| {
            token.as_ref().map(|token| Border::single(token.width, Pt(0.0), self.style.color(&token.color)))
        };
        let borders = TableBorders {
            top: line(&table.borders.top),
            left: None,
            bottom: line(&table.borders.bottom),
            right: None,
            inside: line(&table.borders.inside),
        };
        let header = self.style.role("table-header");
        let first_row = TableConditional {
            run: RunProperties::default(),
            cell: CellProperties {
                borders: Some(TableBorders { bottom: line(&header.borders.bottom), ..TableBorders::default() }),
                fill: header.fill.as_ref().map(|name| self.style.color(name)),
                ..CellProperties::default()
            },
        };
        let normal = style_id("Normal Table");
        let none = CellMargins { vertical: Pt(0.0), horizontal: Pt(5.4) };
        let plain = TableProperties { margins: Some(none), ..TableProperties::default() };
        let mut normal_table = table_style("Normal Table", None, TableLook { table: plain, first_row: None });
        normal_table.default = true;
        normal_table.builtin = true;
        let report = TableProperties { borders: Some(borders), margins: Some(margins), ..TableProperties::default() };
        let look = TableLook { table: report, first_row: Some(first_row) };
        self.definitions.extend([normal_table, table_style(REPORT_TABLE, Some(normal), look)]);
    }
}

fn table_style(name: &str, based_on: Option<String>, look: TableLook) -> StyleDefinition {
    StyleDefinition {
        kind: StyleKind::Table,
        id: style_id(name),
        name: name.to_owned(),
        default: false,
        builtin: false,
        based_on,
        next: None,
        priority: 99,
        quick: false,
        paragraph: ParagraphProperties::default(),
        run: RunProperties::default(),
        table: Some(look),
    }
}

/// What all headings have in common. Two headings that follow each other keep their rules.
fn heading(style: &mut StyleDefinition, outline: u8, hang: Option<Pt>) {
    style.next = Some(ParagraphStyle::Normal.id());
    style.priority = 9;
    style.paragraph.outline_level = Some(outline);
    style.paragraph.indent = Some(Indent { hang: hang.unwrap_or_default(), ..Indent::NONE });
    style.paragraph.tabs = match hang {
        Some(_) => vec![Tab { position: Pt(0.0), alignment: TabAlignment::Left, leader: Leader::None }],
        None => Vec::new(),
    };
    if let Some(ParagraphBorders { top, between, .. }) = &mut style.paragraph.borders {
        *between = *top;
    }
}

fn right_tab(position: Pt, leader: Leader) -> Tab {
    Tab { position, alignment: TabAlignment::Right, leader }
}

/// Size of code in a line, as a share of the text around it.
pub(in super::super) fn code_scale(style: &Stylesheet) -> f64 {
    style.role("code-inline").extra.get("scale").and_then(toml::Value::as_float).unwrap_or(1.0)
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
