use super::super::style::Sheet;
use super::super::xml::{
    AbstractList, Indent, Level, LevelFormat, LevelSuffix, ListInstance, ListReference, RunFonts, RunProperties,
};
use super::format::{Template, value};
use super::{Marker, Numbering};
use crate::document::{ListKind, OrderedDelimiter, OrderedStyle, Pt};

/// Word's lists have nine levels.
const LEVELS: u8 = 9;

/// What makes a list look different from another: one abstract list each.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(in super::super) struct Look {
    /// What stands before each item.
    markers: Markers,
    /// Indents' worth of space before a marker that stands further in than the first line can: see [`PAD`].
    pad: u8,
}

/// What stands before an item.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Markers {
    /// The bullets of the tokens, by level.
    Bullets,
    /// One marker at every level.
    Same(String),
    /// Numbers.
    Ordered(LevelFormat, String, &'static str),
}

/// In a box the first line of every paragraph must begin at the same edge, or Word takes the box apart. Markers of
/// lists within lists are moved in by spaces instead: an em and an en are an indent's width.
const PAD: &str = "\u{2003}\u{2002}";

/// A list being written.
#[derive(Debug, Clone)]
pub(in super::super) struct ItemList {
    level: u8,
    kind: ItemKind,
}

#[derive(Debug, Clone)]
enum ItemKind {
    Bullet,
    Ordered { template: Template, instance: Option<u32>, next: u32 },
}

impl Numbering {
    /// Begins a list: an ordered one gets an instance that starts at its own number.
    pub fn list(&mut self, kind: ListKind, depth: u8) -> ItemList {
        let level = depth.min(LEVELS - 1);
        let kind = match kind {
            ListKind::Bullet => ItemKind::Bullet,
            ListKind::Ordered { start, style, delimiter } => {
                ItemKind::Ordered { template: template(style, delimiter), instance: None, next: start }
            }
        };
        ItemList { level, kind }
    }

    /// The next item's marker, such that Word shows `marker`.
    pub fn item(&mut self, list: &mut ItemList, marker: &str, pad: u8, sheet: &Sheet<'_>) -> Marker {
        let reference = |instance| Marker::List(ListReference { list: instance, level: Some(list.level) });
        match &mut list.kind {
            ItemKind::Bullet => {
                let bullets = bullets(sheet);
                let by_level = bullets[usize::from(list.level)] == marker;
                let markers = if by_level { Markers::Bullets } else { Markers::Same(marker.to_owned()) };
                reference(self.shared_instance(Look { markers, pad }))
            }
            ItemKind::Ordered { template, instance, next } => {
                let expected = *next;
                *next = next.saturating_add(1);
                if value(template, marker) != Some(expected) {
                    return Marker::Literal(marker.to_owned());
                }
                let markers = Markers::Ordered(template.format, template.before.clone(), template.after);
                let starts = vec![(list.level, expected)];
                reference(*instance.get_or_insert_with(|| self.new_instance(Look { markers, pad }, starts)))
            }
        }
    }

    /// The marker of an item that does not count: it is gone, or the list is what it was.
    pub fn uncounted(&mut self, list: &mut ItemList, marker: &str, pad: u8, sheet: &Sheet<'_>) -> Marker {
        let (level, next) = match &list.kind {
            ItemKind::Bullet => return self.item(list, marker, pad, sheet),
            ItemKind::Ordered { next, .. } => (list.level, *next),
        };
        if let ItemKind::Ordered { template, instance, .. } = &mut list.kind {
            let markers = Markers::Ordered(template.format, template.before.clone(), template.after);
            let instance =
                *instance.get_or_insert_with(|| self.new_instance(Look { markers, pad }, vec![(level, next)]));
            return Marker::List(ListReference { list: instance, level: Some(level) });
        }
        Marker::Style
    }

    /// The bullet of a level.
    pub fn bullet(list: &ItemList, sheet: &Sheet<'_>) -> String {
        bullets(sheet)[usize::from(list.level)].clone()
    }

    fn new_instance(&mut self, look: Look, starts: Vec<(u8, u32)>) -> u32 {
        let (list, id) = (self.look(look), self.instances.len() as u32 + 1);
        self.instances.push(ListInstance { id, list, starts });
        id
    }

    fn look(&mut self, key: Look) -> u32 {
        let next = self.looks.len() as u32 + super::PARAGRAPHS;
        *self.looks.entry(key).or_insert(next)
    }

    /// Bullets do not count: one instance serves all.
    fn shared_instance(&mut self, look: Look) -> u32 {
        let list = self.look(look.clone());
        match self.instances.iter().find(|instance| instance.list == list) {
            Some(instance) => instance.id,
            None => self.new_instance(look, Vec::new()),
        }
    }
}

fn template(style: OrderedStyle, delimiter: OrderedDelimiter) -> Template {
    let (before, after) = match delimiter {
        OrderedDelimiter::Period => ("", "."),
        OrderedDelimiter::Parenthesis => ("", ")"),
        OrderedDelimiter::Parentheses => ("(", ")"),
    };
    Template::plain(LevelFormat::of(style), before, after)
}

/// The tokens' bullets by level; they begin again after the last.
fn bullets(sheet: &Sheet<'_>) -> Vec<String> {
    let given = sheet.tokens.role("list").extra_texts("bullets");
    let given = if given.is_empty() { vec!["•"] } else { given };
    given.into_iter().cycle().take(usize::from(LEVELS)).map(str::to_owned).collect()
}

impl Look {
    /// The abstract list.
    pub fn definition(&self, id: u32, sheet: &Sheet<'_>) -> AbstractList {
        let role = sheet.tokens.role("list");
        let bullets = bullets(sheet);
        let level = |level: u8| {
            let (format, text) = match &self.markers {
                Markers::Bullets => (LevelFormat::Bullet, bullets[usize::from(level)].clone()),
                Markers::Same(marker) => (LevelFormat::Bullet, marker.replace('%', "")),
                Markers::Ordered(format, before, after) => {
                    (*format, Template::plain(*format, before, after).text(level))
                }
            };
            // A bullet is one character.
            let format = if format == LevelFormat::Bullet && self.pad > 0 { LevelFormat::None } else { format };
            let text = PAD.repeat(usize::from(self.pad)) + &text;
            let start = Pt(role.indent.0 * f64::from(level + 1));
            let indent = Indent { start, end: Pt(0.0), hang: role.hang };
            let font = symbol_font(&text, sheet).as_deref().map(RunFonts::all);
            let run = RunProperties { font, ..RunProperties::default() };
            Level { format, style: None, suffix: LevelSuffix::Tab, text, indent, tabs: Vec::new(), run }
        };
        AbstractList { id, levels: (0..LEVELS).map(level).collect() }
    }
}

/// Boxes to tick are in the fixed-width family only.
fn symbol_font(text: &str, sheet: &Sheet<'_>) -> Option<String> {
    text.contains(['☐', '☑', '☒']).then(|| sheet.tokens.fonts.mono.clone())
}
