//! Every style's definition, from its role's tokens.

mod character;
mod container;
mod page;
mod table;
mod text;

use std::collections::BTreeMap;

use super::family::Families;
use super::name::ParagraphStyle;
use super::sheet::{Facts, HeadingBinding, borders, paragraph, run, space_before};
use crate::document::Pt;
use crate::resolve::LanguageInfo;
use crate::style::Stylesheet;
use crate::write::docx::xml::{
    Indent, Leader, ParagraphBorders, ParagraphProperties, StyleDefinition, StyleKind, Tab, TabAlignment,
};

/// By style.
type Paragraphs = BTreeMap<ParagraphStyle, Facts>;

/// All definitions, and what paragraphs need to know of theirs.
pub(super) fn define(
    style: &Stylesheet,
    binding: HeadingBinding,
    language: &LanguageInfo,
    families: &Families,
) -> (Vec<StyleDefinition>, Paragraphs) {
    let mut definer = Definer { style, language, families, definitions: Vec::new(), paragraphs: Paragraphs::new() };
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
    language: &'a LanguageInfo,
    families: &'a Families,
    definitions: Vec<StyleDefinition>,
    paragraphs: Paragraphs,
}

impl Definer<'_> {
    /// A paragraph style from a role, changed by `change`.
    fn add(&mut self, name: ParagraphStyle, role: &str, change: impl FnOnce(&mut StyleDefinition)) {
        let divided = |role: &str| self.style.hyphenates(role);
        let whole_words = (divided("body") && !divided(role)).then_some(true);
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
            paragraph: ParagraphProperties { whole_words, ..paragraph(role) },
            run: run(role, self.style, self.language, self.families),
            table: None,
        };
        definition.paragraph.borders = borders(role, self.style, self.language.direction);
        if !matches!(name, ParagraphStyle::Toc(_) | ParagraphStyle::TableOfFigures | ParagraphStyle::Source) {
            definition.paragraph.spacing.before = Some(space_before(role, self.style));
        }
        change(&mut definition);
        let in_page = definition.paragraph.spacing.before.unwrap_or_default();
        if definition.paragraph.page_break_before == Some(true) {
            // Word keeps space above at the top of a page that a paragraph starts; other formats have none there.
            definition.paragraph.spacing.before = Some(Pt(0.0));
        }
        let paragraph = &definition.paragraph;
        let facts = Facts {
            indent: paragraph.indent.unwrap_or_default(),
            size: definition.run.size.unwrap_or(role.size),
            italic: definition.run.italic == Some(true),
            before: paragraph.spacing.before.unwrap_or_default(),
            before_in_page: in_page,
            after: paragraph.spacing.after.unwrap_or_default(),
            page_break_before: paragraph.page_break_before == Some(true),
            borders: paragraph.borders,
            fill: paragraph.fill,
        };
        self.paragraphs.insert(name, facts);
        self.definitions.push(definition);
    }
}

/// What all headings have in common. Two headings that follow each other keep their rules.
fn heading(style: &mut StyleDefinition, outline: u8, hang: Option<Pt>) {
    style.next = Some(ParagraphStyle::Normal.id());
    style.priority = 9;
    style.paragraph.outline_level = Some(outline);
    style.paragraph.indent = Some(Indent { hang: hang.unwrap_or_default(), ..Indent::NONE });
    style.paragraph.tabs = match hang {
        Some(hang) if hang.0 > 0.0 => {
            vec![Tab { position: Pt(0.0), alignment: TabAlignment::Left, leader: Leader::None }]
        }
        Some(_) | None => Vec::new(),
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
