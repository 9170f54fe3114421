//! Numbers and markers by Word's own lists, so that they count on when a secretariat adds to the text.
//!
//! In: the numbers that `resolve` gave. Out: references to lists such that Word computes exactly these numbers, and
//! `numbering.xml`. Where counting on would give another number, the list starts anew at the right one; what no list
//! of ours can show is [`Marker::Literal`]. Never numbers anything by itself.

mod counter;
mod format;
mod list;

use std::collections::BTreeMap;

use self::counter::{Counted, Counter};
use self::format::{Template, heading_value, value};
pub(super) use self::list::ItemList;
use self::list::Look;
use super::style::{ParagraphStyle, Sheet};
use super::xml::{
    AbstractList, Indent, Leader, Level, LevelFormat, LevelSuffix, ListInstance, ListReference, RunProperties, Tab,
    TabAlignment, WORD, Xml,
};
use crate::document::{HeadingLevel, Pt};
use crate::resolve::{HeadingInfo, HeadingPlace, NumberScheme};
use crate::style::Weight;

/// The list that headings of the body are bound to.
pub(super) const HEADINGS: u32 = 1;
/// The list that annexes are bound to.
pub(super) const ANNEXES: u32 = 2;
/// The list that numbered paragraphs are bound to.
pub(super) const PARAGRAPHS: u32 = 3;

/// How a paragraph gets its number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Marker {
    /// Its style brings it, or brings none.
    Style,
    /// By a reference of its own.
    List(ListReference),
    /// As text.
    Literal(String),
}

/// Lists used so far.
#[derive(Debug)]
pub(super) struct Numbering {
    headings: Counter,
    annexes: Counter,
    paragraphs: Counter,
    looks: BTreeMap<Look, u32>,
    instances: Vec<ListInstance>,
    /// How headings of the body look, by level.
    body: Vec<Template>,
    /// How headings of annexes look, by level.
    annex: Vec<Template>,
}

/// Numbered paragraphs: 1.
fn paragraph_template() -> Template {
    Template::plain(LevelFormat::Decimal, "", ".")
}

impl Numbering {
    /// Nothing numbered yet.
    pub fn new(scheme: &NumberScheme) -> Self {
        let instance = |id| ListInstance { id, list: id - 1, starts: Vec::new() };
        Self {
            headings: Counter::new(HEADINGS),
            annexes: Counter::new(ANNEXES),
            paragraphs: Counter::new(PARAGRAPHS),
            looks: BTreeMap::new(),
            instances: [HEADINGS, ANNEXES, PARAGRAPHS].map(instance).to_vec(),
            body: scheme.body.iter().map(Template::of).collect(),
            annex: scheme.annexes.iter().map(Template::of).collect(),
        }
    }

    /// A heading's number; `bound` says whether the heading's style brings one. Without a number the style is one
    /// that brings none.
    pub fn heading(&mut self, info: &HeadingInfo, bound: Bound) -> Marker {
        let level = info.level.get() - 1;
        let Some(number) = &info.number else { return Marker::Style };
        let annex = info.place == HeadingPlace::Annex;
        let (templates, counter) =
            if annex { (&self.annex, &mut self.annexes) } else { (&self.body, &mut self.headings) };
        let above = (0..level).map(|above| (templates[usize::from(above)].format, counter.at(above)));
        let Some(value) = heading_value(&templates[usize::from(level)], number, above) else {
            return Marker::Literal(number.clone());
        };
        let by_style = bound == Bound::Yes && (!annex || level == 0);
        count(counter, &mut self.instances, level, value, by_style)
    }

    /// A paragraph's number; `bound` says whether its style brings one, as a lead's does not.
    pub fn paragraph(&mut self, number: &str, bound: Bound) -> Marker {
        let Some(value) = value(&paragraph_template(), number) else { return Marker::Literal(number.to_owned()) };
        count(&mut self.paragraphs, &mut self.instances, 0, value, bound == Bound::Yes)
    }

    /// The number of a heading that is gone: it counts for Word until its deletion is accepted, and for nothing else.
    pub fn gone_heading(&self, info: &HeadingInfo, bound: Bound) -> Marker {
        let level = info.level.get() - 1;
        let Some(number) = &info.number else { return Marker::Style };
        let annex = info.place == HeadingPlace::Annex;
        let (templates, counter) = if annex { (&self.annex, &self.annexes) } else { (&self.body, &self.headings) };
        if templates[usize::from(level)].format == LevelFormat::None {
            return Marker::Literal(number.clone());
        }
        if bound == Bound::Yes && (!annex || level == 0) && counter.is_original() {
            return Marker::Style;
        }
        Marker::List(ListReference { list: counter.instance(), level: Some(level) })
    }

    /// The same of a paragraph.
    pub fn gone_paragraph(&self, number: &str, bound: Bound) -> Marker {
        if value(&paragraph_template(), number).is_none() {
            return Marker::Literal(number.to_owned());
        }
        if bound == Bound::Yes && self.paragraphs.is_original() {
            return Marker::Style;
        }
        Marker::List(ListReference { list: self.paragraphs.instance(), level: Some(0) })
    }

    /// `numbering.xml`.
    pub fn write(&self, sheet: &Sheet<'_>) -> Vec<u8> {
        Xml::root("w:numbering", &[("xmlns:w", WORD)], |xml| {
            headings(sheet, &self.body).write(xml);
            annexes(sheet, &self.annex).write(xml);
            paragraphs(sheet).write(xml);
            let mut looks: Vec<_> = self.looks.iter().collect();
            looks.sort_by_key(|(_, id)| **id);
            looks.into_iter().for_each(|(look, id)| look.definition(*id, sheet).write(xml));
            self.instances.iter().for_each(|instance| instance.write(xml));
        })
    }
}

/// Whether a style brings a number with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bound {
    /// It does.
    Yes,
    /// It does not.
    No,
}

/// Counts on, or starts a new instance of the list where Word would count another number.
fn count(counter: &mut Counter, instances: &mut Vec<ListInstance>, level: u8, value: u32, by_style: bool) -> Marker {
    let next = instances.len() as u32 + 1;
    match counter.count(level, value, next) {
        Counted::On => {}
        Counted::Anew(instance) => instances.push(instance),
    }
    if by_style && counter.is_original() {
        return Marker::Style;
    }
    Marker::List(ListReference { list: counter.instance(), level: Some(level) })
}

fn headings(sheet: &Sheet<'_>, templates: &[Template]) -> AbstractList {
    let gutter = sheet.tokens.page.gutter;
    let level = |level: u8| {
        let style = ParagraphStyle::Heading(HeadingLevel::new(level + 1));
        let bound = sheet.binding.levels[usize::from(level)].then(|| style.id());
        hanging(&templates[usize::from(level)], level, bound, gutter)
    };
    AbstractList { id: HEADINGS - 1, levels: (0..6).map(level).collect() }
}

fn annexes(sheet: &Sheet<'_>, templates: &[Template]) -> AbstractList {
    let gutter = sheet.tokens.page.gutter;
    let own = Level {
        format: templates[0].format,
        style: sheet.binding.annexes.then(|| ParagraphStyle::AnnexHeading.id()),
        suffix: LevelSuffix::Space,
        text: templates[0].text(0),
        indent: Indent::NONE,
        tabs: Vec::new(),
        run: number_run(sheet, "annex"),
    };
    let deeper = (1..6).map(|level| hanging(&templates[usize::from(level)], level, None, gutter));
    AbstractList { id: ANNEXES - 1, levels: std::iter::once(own).chain(deeper).collect() }
}

fn number_run(sheet: &Sheet<'_>, role: &str) -> RunProperties {
    let bold = sheet.tokens.role(role).weight == Weight::Bold;
    RunProperties { bold: Some(bold), color: sheet.extra_color(role, "number_color"), ..RunProperties::default() }
}

fn paragraphs(sheet: &Sheet<'_>) -> AbstractList {
    let role = sheet.tokens.role("paragraph-number");
    let mut level = hanging(&paragraph_template(), 0, Some(ParagraphStyle::BodyNumbered.id()), role.hang);
    if sheet.tokens.page.gutter.0 == 0.0 {
        // Before the text, whose first line begins where the number has room.
        level.indent = Indent::NONE;
        level.tabs = vec![Tab { position: role.hang, alignment: TabAlignment::Left, leader: Leader::None }];
    }
    level.run =
        RunProperties { color: Some(sheet.tokens.color(&role.color)), size: Some(role.size), ..Default::default() };
    AbstractList { id: PARAGRAPHS - 1, levels: vec![level] }
}

/// A number that hangs in the gutter, with the text at the edge; before the text where there is no gutter.
fn hanging(template: &Template, level: u8, style: Option<String>, hang: Pt) -> Level {
    let at_edge = Tab { position: Pt(0.0), alignment: TabAlignment::Left, leader: Leader::None };
    let (suffix, tabs) =
        if hang.0 > 0.0 { (LevelSuffix::Tab, vec![at_edge]) } else { (LevelSuffix::Space, Vec::new()) };
    Level {
        format: template.format,
        style,
        suffix,
        text: template.text(level),
        indent: Indent { hang, ..Indent::NONE },
        tabs,
        run: RunProperties::default(),
    }
}
