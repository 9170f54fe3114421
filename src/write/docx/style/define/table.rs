//! Figures, tables, notes.

use super::Definer;
use crate::document::Pt;
use crate::style::Border as BorderToken;
use crate::write::docx::style::name::{ParagraphStyle, REPORT_TABLE, style_id};
use crate::write::docx::xml::{
    Border, CellMargins, CellProperties, Indent, ParagraphProperties, RunProperties, StyleDefinition, StyleKind,
    TableBorders, TableConditional, TableLook, TableProperties, TextAlignment,
};

impl Definer<'_> {
    pub(super) fn captions(&mut self) {
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
            style.paragraph.alignment = Some(TextAlignment::Center);
        });
    }

    pub(super) fn tables(&mut self) {
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

    pub(super) fn notes(&mut self) {
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

    pub(super) fn table_styles(&mut self) {
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
            start: None,
            bottom: line(&table.borders.bottom),
            end: None,
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
