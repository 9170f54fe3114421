//! Character styles.

use super::{Definer, code_scale};
use crate::document::Pt;
use crate::style::{Border as BorderToken, Weight};
use crate::write::docx::style::name::CharacterStyle;
use crate::write::docx::style::sheet::run;
use crate::write::docx::xml::{
    Border, ParagraphProperties, RunProperties, StyleDefinition, StyleKind, VerticalAlignment,
};

impl Definer<'_> {
    pub(super) fn characters(&mut self) {
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

    pub(super) fn character(&self, name: CharacterStyle) -> RunProperties {
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
                font: Some(self.families.fonts(&style.fonts.mono, style)),
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
            CharacterStyle::CoverReference => {
                RunProperties { bold: None, ..run(style.role("cover-reference"), style, self.language, self.families) }
            }
            CharacterStyle::DraftLabel => {
                let border = style.role("draft-label").borders.top.as_ref();
                let line = |token: &BorderToken| Border::single(token.width, Pt(1.0), style.color(&token.color));
                RunProperties {
                    border: border.map(line),
                    ..run(style.role("draft-label"), style, self.language, self.families)
                }
            }
        }
    }
}
