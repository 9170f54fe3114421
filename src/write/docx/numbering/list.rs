use super::super::style::Sheet;
use super::super::xml::{AbstractList, Indent, Level, LevelFormat, LevelSuffix, ListInstance, ListReference, RunProperties};
use super::format::{Template, value};
use super::{Marker, Numbering};
use crate::document::{ListKind, OrderedDelimiter, OrderedStyle, Pt};

/// Word's lists have nine levels.
const LEVELS: u8 = 9;

/// What makes a list look different from another: one abstract list each.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(in super::super) enum LookKey {
    /// The bullets of the tokens, by level.
    Bullets,
    /// One marker at every level, with room before it in ems of the text's size.
    Marker(String),
    /// Numbers.
    Ordered(LevelFormat, &'static str, &'static str),
}

/// A list being written.
#[derive(Debug)]
pub(in super::super) struct ItemList {
    level: u8,
    kind: ItemKind,
}

#[derive(Debug)]
enum ItemKind {
    Bullet,
    Ordered { template: Template, instance: u32, next: u32 },
}

impl Numbering {
    /// Begins a list: an ordered one gets an instance that starts at its own number.
    pub fn list(&mut self, kind: ListKind, depth: u8) -> ItemList {
        let level = depth.min(LEVELS - 1);
        let kind = match kind {
            ListKind::Bullet => ItemKind::Bullet,
            ListKind::Ordered { start, style, delimiter } => {
                let template = template(style, delimiter);
                let look = self.look(LookKey::Ordered(template.format, template.before, template.after));
                let instance = self.instances.len() as u32 + 1;
                self.instances.push(ListInstance { id: instance, list: look, starts: vec![(level, start)] });
                ItemKind::Ordered { template, instance, next: start }
            }
        };
        ItemList { level, kind }
    }

    /// The next item's marker, such that Word shows `marker`.
    pub fn item(&mut self, list: &mut ItemList, marker: &str, sheet: &Sheet<'_>) -> Marker {
        let reference = |instance| Marker::List(ListReference { list: instance, level: Some(list.level) });
        match &mut list.kind {
            ItemKind::Bullet => {
                let bullets = bullets(sheet);
                let by_level = bullets[usize::from(list.level)] == marker;
                let key = if by_level { LookKey::Bullets } else { LookKey::Marker(marker.to_owned()) };
                reference(self.shared_instance(key))
            }
            ItemKind::Ordered { template, instance, next } => {
                let expected = *next;
                *next += 1;
                match value(template, marker) {
                    Some(value) if value == expected => reference(*instance),
                    Some(_) | None => Marker::Literal(marker.to_owned()),
                }
            }
        }
    }

    fn look(&mut self, key: LookKey) -> u32 {
        let next = self.looks.len() as u32 + super::PARAGRAPHS;
        *self.looks.entry(key).or_insert(next)
    }

    /// Bullets do not count: one instance serves all.
    fn shared_instance(&mut self, key: LookKey) -> u32 {
        let list = self.look(key);
        if let Some(instance) = self.instances.iter().find(|instance| instance.list == list) {
            return instance.id;
        }
        let id = self.instances.len() as u32 + 1;
        self.instances.push(ListInstance { id, list, starts: Vec::new() });
        id
    }
}

fn template(style: OrderedStyle, delimiter: OrderedDelimiter) -> Template {
    let format = match style {
        OrderedStyle::Decimal => LevelFormat::Decimal,
        OrderedStyle::LowerAlpha => LevelFormat::LowerLetter,
        OrderedStyle::UpperAlpha => LevelFormat::UpperLetter,
        OrderedStyle::LowerRoman => LevelFormat::LowerRoman,
        OrderedStyle::UpperRoman => LevelFormat::UpperRoman,
    };
    let (before, after) = match delimiter {
        OrderedDelimiter::Period => ("", "."),
        OrderedDelimiter::Parenthesis => ("", ")"),
        OrderedDelimiter::Parentheses => ("(", ")"),
    };
    Template { format, before, after }
}

/// The tokens' bullets by level; they begin again after the last.
fn bullets(sheet: &Sheet<'_>) -> Vec<String> {
    let given = sheet.tokens.role("list").extra_texts("bullets");
    let given = if given.is_empty() { vec!["•"] } else { given };
    given.into_iter().cycle().take(usize::from(LEVELS)).map(str::to_owned).collect()
}

impl LookKey {
    /// The abstract list.
    pub fn definition(&self, id: u32, sheet: &Sheet<'_>) -> AbstractList {
        let role = sheet.tokens.role("list");
        let bullets = bullets(sheet);
        let level = |level: u8| {
            let (format, text) = match self {
                Self::Bullets => (LevelFormat::Bullet, bullets[usize::from(level)].clone()),
                Self::Marker(marker) => (LevelFormat::Bullet, marker.replace('%', "")),
                Self::Ordered(format, before, after) => {
                    (*format, Template { format: *format, before, after }.text(level))
                }
            };
            let start = Pt(role.indent.0 * f64::from(level + 1));
            let indent = Indent { start, end: Pt(0.0), hang: role.hang };
            let run = RunProperties { font: symbol_font(&text, sheet), ..RunProperties::default() };
            Level { format, style: None, suffix: LevelSuffix::Tab, text, indent, tabs: Vec::new(), run }
        };
        AbstractList { id, levels: (0..LEVELS).map(level).collect() }
    }
}

/// Boxes to tick are in the fixed-width family only.
fn symbol_font(text: &str, sheet: &Sheet<'_>) -> Option<String> {
    text.contains(['☐', '☑', '☒']).then(|| sheet.tokens.fonts.mono.clone())
}
