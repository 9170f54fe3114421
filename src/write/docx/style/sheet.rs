use std::collections::BTreeMap;

use super::super::xml::{
    Border, Build, Indent, LineHeight, ParagraphBorders, ParagraphProperties, RunLanguage, RunProperties, Spacing,
    StyleDefinition, WORD, Xml,
};
use super::define::define;
use super::family::Families;
use super::frame::{Surround, sides_of_paper};
use super::name::ParagraphStyle;
use crate::document::{BoxKind, Direction, Pt};
use crate::resolve::{Emphasis, LanguageInfo};
use crate::style::{Border as BorderToken, Color, ColorName, Family, RoleStyle, Stylesheet, Weight, box_role};

/// Which styles bring a number with them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in super::super) struct HeadingBinding {
    /// Headings of the body, by level from 0.
    pub levels: [bool; 6],
    /// Annexes.
    pub annexes: bool,
}

/// The styles of a document, and what paragraphs need to know of them.
#[derive(Debug)]
pub(in super::super) struct Sheet<'a> {
    /// The tokens.
    pub tokens: &'a Stylesheet,
    /// The report's language.
    pub language: &'a LanguageInfo,
    /// Which styles bring a number.
    pub binding: HeadingBinding,
    families: Families,
    definitions: Vec<StyleDefinition>,
    paragraphs: BTreeMap<ParagraphStyle, Facts>,
}

/// What paragraphs need to know of their style, so that they say only what differs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in super::super) struct Facts {
    /// Indents.
    pub indent: Indent,
    /// Size of type.
    pub size: Pt,
    /// Whether it slants its text.
    pub italic: bool,
    /// Space above.
    pub before: Pt,
    /// Space above where a paragraph of it does not start a page, though the style does.
    pub before_in_page: Pt,
    /// Space below.
    pub after: Pt,
    /// Whether it starts a page.
    pub page_break_before: bool,
    /// Borders.
    pub borders: Option<ParagraphBorders>,
    /// Fill.
    pub fill: Option<Color>,
}

impl<'a> Sheet<'a> {
    /// Every style, whether used or not: an editor may want it.
    pub fn new(
        tokens: &'a Stylesheet,
        binding: HeadingBinding,
        language: &'a LanguageInfo,
        families: Families,
    ) -> Self {
        let (definitions, paragraphs) = define(tokens, binding, language, &families);
        Self { tokens, language, binding, families, definitions, paragraphs }
    }

    /// What a style brings.
    pub fn facts(&self, style: ParagraphStyle) -> &Facts {
        self.paragraphs.get(&style).expect("every paragraph style is defined")
    }

    /// A role's space above. Word adds it to the space below what comes before, where other formats take the larger;
    /// that is running text most of the time, so that much is taken off.
    pub fn space_before(&self, role: &RoleStyle) -> Pt {
        space_before(role, self.tokens)
    }

    /// A colour of a role that only some roles have (`label_color`).
    pub fn extra_color(&self, role: &str, key: &str) -> Option<Color> {
        self.tokens.role(role).extra_color(key).map(|name| self.tokens.color(&name))
    }

    /// A palette's colour.
    pub fn color(&self, name: &str) -> Option<Color> {
        self.tokens.palette.light.get(&ColorName(name.to_owned())).copied()
    }

    /// What is drawn around the paragraphs of a kind of box.
    pub fn box_surround(&self, kind: BoxKind, direction: Direction) -> Surround {
        Surround::of(self.tokens.role(box_role(kind)), self.tokens, direction)
    }

    /// What is drawn around the paragraphs of a role.
    pub fn surround(&self, role: &str, direction: Direction) -> Surround {
        Surround::of(self.tokens.role(role), self.tokens, direction)
    }

    /// `styles.xml`.
    pub fn write(&self) -> Vec<u8> {
        Xml::root("w:styles", &[("xmlns:w", WORD)], |xml| {
            xml.element("w:docDefaults", &[], |xml| {
                xml.element("w:rPrDefault", &[], |xml| self.default_run().write(xml));
                xml.element("w:pPrDefault", &[], |_| {});
            });
            self.definitions.iter().for_each(|definition| definition.write(xml));
        })
    }

    fn default_run(&self) -> RunProperties {
        let body = self.tokens.role("body");
        RunProperties {
            font: Some(self.families.fonts(&self.tokens.fonts.text, self.tokens)),
            language: Some(RunLanguage::of(self.language)),
            ..run(body, self.tokens, self.language, &self.families)
        }
    }
}

pub(super) fn space_before(role: &RoleStyle, style: &Stylesheet) -> Pt {
    Pt((role.before.0 - style.role("body").after.0).max(0.0))
}

/// A role's text.
pub(super) fn run(role: &RoleStyle, style: &Stylesheet, language: &LanguageInfo, families: &Families) -> RunProperties {
    let family = match role.family {
        Family::Text => &style.fonts.text,
        Family::Heading => &style.fonts.heading,
        Family::Mono => &style.fonts.mono,
    };
    RunProperties {
        font: (*family != style.fonts.text).then(|| families.fonts(family, style)),
        bold: (role.weight == Weight::Bold).then_some(true),
        italic: (role.italic && language.emphasis == Emphasis::Italic).then_some(true),
        color: Some(style.color(&role.color)),
        size: Some(role.size),
        ..RunProperties::default()
    }
}

/// A role's paragraphs, without borders and fill.
pub(super) fn paragraph(role: &RoleStyle) -> ParagraphProperties {
    ParagraphProperties {
        keep_next: role.keep_next.then_some(true),
        keep_lines: role.keep_next.then_some(true),
        page_break_before: role.page_break_before.then_some(true),
        spacing: Spacing {
            before: Some(role.before),
            after: Some(role.after),
            line: Some(LineHeight::AtLeast(role.line)),
        },
        indent: Some(Indent { start: role.indent, end: role.indent_end, hang: role.hang }),
        ..ParagraphProperties::default()
    }
}

/// A role's borders where it has any, each with its own space.
pub(super) fn borders(role: &RoleStyle, style: &Stylesheet, direction: Direction) -> Option<ParagraphBorders> {
    let side = |token: &Option<BorderToken>| {
        token.as_ref().map(|token| Border::single(token.width, token.space, style.color(&token.color)))
    };
    let (left, right) = sides_of_paper((side(&role.borders.start), side(&role.borders.end)), direction);
    let (top, bottom) = (side(&role.borders.top), side(&role.borders.bottom));
    let borders = ParagraphBorders { top, left, bottom, right, between: None };
    (borders != ParagraphBorders::default()).then_some(borders)
}
