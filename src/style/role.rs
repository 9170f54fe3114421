use std::collections::{BTreeMap, BTreeSet};

use toml::Spanned;
use toml::de::DeTable;

use super::key::{EXTRA, Extra, habit, role_keys};
use super::reader::{Reader, Value};
use super::{Border, Borders, ColorName, Family, Palette, ROLES, RoleStyle, Weight};
use crate::document::Pt;

/// Word's limits: a border's width (ECMA-376 17.3.4, its dialog) and its space.
const WIDEST_BORDER: f64 = 6.0;
const WIDEST_SPACE: f64 = 31.0;
/// The longest rule above notes, in millimetres.
const WIDEST_SEPARATOR: f64 = 200.0;
/// Word's largest spacing and indent, 22 inches.
const LONGEST: f64 = 1584.0;

/// Every role of the table, each built on what it names with `as`, else on the text of `body`.
pub(super) fn read_roles(reader: &mut Reader, table: &DeTable<'_>, palette: &Palette) -> BTreeMap<String, RoleStyle> {
    for key in table.keys() {
        if !ROLES.contains(&key.get_ref().as_ref()) {
            reader.unknown(key.span(), "role", key.get_ref(), ROLES.iter().copied());
        }
    }
    let mut roles = Roles { table, palette, done: BTreeMap::new(), started: BTreeSet::new() };
    for name in ROLES {
        roles.read(reader, name);
    }
    roles.done
}

struct Roles<'t, 'd> {
    table: &'t DeTable<'d>,
    palette: &'t Palette,
    done: BTreeMap<String, RoleStyle>,
    started: BTreeSet<String>,
}

impl Roles<'_, '_> {
    /// Reads a role and, first, the one it builds on: at most one `as` deep, so that a reader finds its tokens.
    fn read(&mut self, reader: &mut Reader, name: &str) -> RoleStyle {
        if let Some(role) = self.done.get(name) {
            return role.clone();
        }
        self.started.insert(name.to_owned());
        let plain = RoleStyle::plain();
        let Some(value) = self.table.get(name) else {
            reader.fault(0..0, format!("there is no role `{name}`"));
            return plain;
        };
        let Some(table) = reader.table(value) else { return plain };
        role_has(reader, name, table);
        let mut role = self.base(reader, name, table);
        RoleReader { reader, table, palette: self.palette }.apply(&mut role);
        self.done.insert(name.to_owned(), role.clone());
        role
    }

    fn base(&mut self, reader: &mut Reader, name: &str, table: &DeTable<'_>) -> RoleStyle {
        let Some(value) = table.get("as") else {
            return if name == "body" { RoleStyle::plain() } else { self.read(reader, "body").text_only() };
        };
        let Some(other) = reader.text(value) else { return RoleStyle::plain() };
        if !ROLES.contains(&other.as_str()) {
            reader.unknown(value.span(), "role", &other, ROLES.iter().copied());
            return RoleStyle::plain();
        }
        if self.started.contains(&other) && !self.done.contains_key(&other) {
            reader.fault(value.span(), format!("role `{other}` builds on `{name}` in turn"));
            return RoleStyle::plain();
        }
        self.read(reader, &other)
    }
}

/// Faults at every key that no role has, or not this one.
fn role_has(reader: &mut Reader, role: &str, table: &DeTable<'_>) {
    for key in table.keys() {
        let name = key.get_ref().as_ref();
        if let Some(extra) = EXTRA.iter().find(|extra| extra.name == name) {
            if !extra.is_of(role) {
                let hint = format!("these have it: {}", extra.roles().join(", "));
                reader.fault_with_hint(key.span(), format!("role `{role}` has no `{name}`"), hint);
            }
        } else if let Some(instead) = habit(name) {
            let hint = format!("write it as in `{instead}`");
            reader.fault_with_hint(key.span(), format!("there is no key `{name}`"), hint);
        } else if !role_keys().any(|known| known == name) {
            reader.unknown(key.span(), "key", name, role_keys());
        }
    }
}

struct RoleReader<'r, 't, 'd> {
    reader: &'r mut Reader,
    table: &'t DeTable<'d>,
    palette: &'t Palette,
}

impl<'t, 'd> RoleReader<'_, 't, 'd> {
    fn apply(&mut self, role: &mut RoleStyle) {
        self.text(role);
        self.spacing(role);
        self.borders(&mut role.borders);
        set(&mut role.keep_next, self.get("keep_next").and_then(|v| self.reader.flag(v)));
        set(&mut role.page_break_before, self.get("page_break_before").and_then(|v| self.reader.flag(v)));
        for key in EXTRA {
            if let Some(value) = self.get(key.name).and_then(|value| self.extra(value, key.kind)) {
                role.extra.insert(key.name.to_owned(), value);
            }
        }
    }

    fn text(&mut self, role: &mut RoleStyle) {
        let sound = role.line >= role.size;
        if let Some(value) = self.get("size")
            && let Some(size) = self.length("size", LONGEST)
        {
            if size.0 < 4.0 || (size.0 * 2.0).fract() != 0.0 {
                self.reader
                    .fault(value.span(), "a size is a multiple of half a point from 4 pt on: Word has no others");
            }
            role.size = size;
        }
        set(&mut role.line, self.length("line", LONGEST));
        // What a role has from another is told there.
        let own = self.get("line").or_else(|| self.get("size").filter(|_| sound)).map(Spanned::span);
        if let Some(range) = own.filter(|_| role.line < role.size) {
            self.reader
                .fault(range, format!("a line of {} pt is lower than its text of {} pt", role.line.0, role.size.0));
        }
        set(&mut role.weight, self.get("weight").and_then(|v| self.weight(v)));
        set(&mut role.italic, self.get("style").and_then(|v| self.choice(v, &["normal", "italic"])).map(|i| i == 1));
        let families = [Family::Text, Family::Heading, Family::Mono];
        let family = self.get("family").and_then(|v| self.choice(v, &["text", "heading", "mono"]));
        set(&mut role.family, family.map(|i| families[i]));
        set(&mut role.color, self.get("color").and_then(|v| self.color(v)));
    }

    fn spacing(&mut self, role: &mut RoleStyle) {
        set(&mut role.before, self.length("before", LONGEST));
        set(&mut role.after, self.length("after", LONGEST));
        set(&mut role.indent, self.length("indent", LONGEST));
        set(&mut role.indent_end, self.length("indent_end", LONGEST));
        set(&mut role.hang, self.length("hang", LONGEST));
        set(&mut role.padding, self.length("padding", WIDEST_SPACE));
        match self.get("fill") {
            Some(value) if is_none(value) => role.fill = None,
            Some(value) => role.fill = self.color(value).or(role.fill.take()),
            None => {}
        }
    }

    fn borders(&mut self, borders: &mut Borders) {
        if let Some(all) = self.border("border_all") {
            *borders = Borders { inside: borders.inside.take(), ..Borders::on_all_sides(all.as_ref()) };
        }
        for (key, side) in [
            ("border_top", &mut borders.top),
            ("border_bottom", &mut borders.bottom),
            ("border_start", &mut borders.start),
            ("border_end", &mut borders.end),
            ("border_inside", &mut borders.inside),
        ] {
            if let Some(border) = self.border(key) {
                *side = border;
            }
        }
    }

    /// A border, or that there is none.
    fn border(&mut self, key: &str) -> Option<Option<Border>> {
        let value = self.get(key)?;
        if is_none(value) {
            return Some(None);
        }
        let Some(table) = value.get_ref().as_table() else {
            let hint = "such as `{ width = 1, color = \"rule\" }`, or `\"none\"` for none";
            self.reader.fault_with_hint(value.span(), "a border is a table", hint);
            return None;
        };
        self.reader.known_keys(table, &["width", "color", "space", "from"]);
        let (Some(width), Some(color)) = (table.get("width"), table.get("color")) else {
            self.reader.fault(value.span(), "a border has a `width` and a `color`");
            return None;
        };
        let limited = self.reader.length(width, WIDEST_BORDER)?;
        if limited.0 < 0.25 || (limited.0 * 8.0).fract() != 0.0 {
            self.reader.fault(width.span(), "a border's width is a multiple of an eighth of a point from 0.25 pt on");
        }
        let from = table.get("from").and_then(|v| self.choice(v, &["text", "gutter"]));
        Some(Some(Border {
            width: limited,
            color: self.color(color)?,
            space: table.get("space").and_then(|v| self.reader.length(v, WIDEST_SPACE)).unwrap_or_default(),
            from_gutter: from == Some(1),
        }))
    }

    fn extra(&mut self, value: &Value<'_>, kind: Extra) -> Option<toml::Value> {
        match kind {
            Extra::Length(limit) => self.extra_length(value, limit).map(toml::Value::Float),
            Extra::Share(least, most) => self.share(value, least, most).map(toml::Value::Float),
            Extra::Color => self.color(value).map(|name| toml::Value::String(name.0)),
            Extra::Weight => self.weight(value).map(|weight| toml::Value::Integer(weight.number().into())),
            Extra::Leader => {
                let names = ["none", "dot"];
                self.choice(value, &names).map(|i| toml::Value::String(names[i].to_owned()))
            }
            Extra::Bullets => self.bullets(value),
            Extra::Flag => self.reader.flag(value).map(toml::Value::Boolean),
            Extra::Separator => self.separator(value),
        }
    }

    fn extra_length(&mut self, value: &Value<'_>, limit: f64) -> Option<f64> {
        let number = self.reader.number(value)?;
        if number > limit {
            self.reader.fault(value.span(), format!("{number} is more than there is room for: {limit}"));
            return None;
        }
        Some(number)
    }

    fn share(&mut self, value: &Value<'_>, least: f64, most: f64) -> Option<f64> {
        let share = self.reader.number(value)?;
        if !(least..=most).contains(&share) {
            self.reader
                .fault(value.span(), format!("a share of the size of the text around it, from {least} to {most}"));
            return None;
        }
        Some(share)
    }

    /// Bullets that fit before their items, and that can be seen.
    fn bullets(&mut self, value: &Value<'_>) -> Option<toml::Value> {
        let texts = self.reader.texts(value)?;
        let fits = |text: &String| (1..=4).contains(&text.chars().count()) && !text.contains(char::is_control);
        if let Some(text) = texts.iter().find(|text| !fits(text) || text.trim().is_empty()) {
            self.reader.fault(value.span(), format!("`{text}` is no bullet: one to four characters, not spaces alone"));
            return None;
        }
        Some(toml::Value::Array(texts.into_iter().map(toml::Value::String).collect()))
    }

    fn separator(&mut self, value: &Value<'_>) -> Option<toml::Value> {
        let table = self.reader.table(value)?;
        self.reader.known_keys(table, &["width", "color", "length_mm"]);
        let mut read = toml::Table::new();
        for (key, kind) in [
            ("width", Extra::Length(WIDEST_BORDER)),
            ("color", Extra::Color),
            ("length_mm", Extra::Length(WIDEST_SEPARATOR)),
        ] {
            let Some(value) = table.get(key) else {
                self.reader.fault(value.span(), format!("the separator has no `{key}`"));
                continue;
            };
            read.insert(key.to_owned(), self.extra(value, kind)?);
        }
        Some(toml::Value::Table(read))
    }

    fn length(&mut self, key: &str, limit: f64) -> Option<Pt> {
        let value = self.get(key)?;
        self.reader.length(value, limit)
    }

    fn weight(&mut self, value: &Value<'_>) -> Option<Weight> {
        match value.get_ref().as_integer().map(ToString::to_string).as_deref() {
            Some("400") => Some(Weight::Regular),
            Some("700") => Some(Weight::Bold),
            _ => {
                self.reader.fault(value.span(), "a weight is 400 or 700: Word has no others");
                None
            }
        }
    }

    fn color(&mut self, value: &Value<'_>) -> Option<ColorName> {
        let name = ColorName(self.reader.text(value)?);
        if name.0.starts_with('#') {
            let hint =
                "name it in `color.light` and `color.dark`, and use its name: dark screens need one of their own";
            self.reader.fault_with_hint(
                value.span(),
                format!("`{}` is a colour and not the name of one", name.0),
                hint,
            );
            return None;
        }
        // Where there are no colours at all, that was told.
        if !self.palette.light.is_empty() && !self.palette.light.contains_key(&name) {
            self.reader.unknown(value.span(), "colour", &name.0, self.palette.light.keys().map(|n| n.0.as_str()));
            return None;
        }
        Some(name)
    }

    /// Position of the word among those allowed.
    fn choice(&mut self, value: &Value<'_>, allowed: &[&str]) -> Option<usize> {
        let text = self.reader.text(value)?;
        let at = allowed.iter().position(|word| *word == text);
        if at.is_none() {
            let allowed: Vec<String> = allowed.iter().map(|word| format!("`\"{word}\"`")).collect();
            self.reader.fault_with_hint(
                value.span(),
                format!("it cannot be `{text}`"),
                format!("one of {}", allowed.join(", ")),
            );
        }
        at
    }

    fn get(&self, key: &str) -> Option<&'t Value<'d>> {
        self.table.get(key)
    }
}

/// `"none"`: nothing is drawn, though the style or role that it builds on draws something.
fn is_none(value: &Value<'_>) -> bool {
    value.get_ref().as_str() == Some("none")
}

/// Sets what was read.
fn set<T>(place: &mut T, read: Option<T>) {
    if let Some(value) = read {
        *place = value;
    }
}

impl RoleStyle {
    /// Before anything is read.
    fn plain() -> Self {
        Self {
            size: Pt(11.0),
            line: Pt(17.0),
            weight: Weight::Regular,
            italic: false,
            family: Family::Text,
            color: ColorName("ink".to_owned()),
            before: Pt(0.0),
            after: Pt(0.0),
            indent: Pt(0.0),
            indent_end: Pt(0.0),
            hang: Pt(0.0),
            fill: None,
            padding: Pt(0.0),
            borders: Borders::default(),
            keep_next: false,
            page_break_before: false,
            extra: BTreeMap::new(),
        }
    }

    /// Only what concerns its text.
    fn text_only(self) -> Self {
        let Self { size, line, weight, italic, family, color, .. } = self;
        Self { size, line, weight, italic, family, color, ..Self::plain() }
    }
}

impl Borders {
    fn on_all_sides(border: Option<&Border>) -> Self {
        let side = || border.cloned();
        Self { top: side(), bottom: side(), start: side(), end: side(), inside: None }
    }
}
