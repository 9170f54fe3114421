use std::collections::BTreeMap;
use std::ops::Range;

use toml::de::DeTable;

use super::fit::check_fit;
use super::font::read_fonts;
use super::layer::{Layer, LayerPart, merge};
use super::legible::check_contrast;
use super::reader::Reader;
use super::role::read_roles;
use super::{Color, ColorName, Page, Palette, Stylesheet};
use crate::diag::Diagnostics;
use crate::document::Pt;
use crate::source::{FileId, SourceFile};

/// Where each colour of each palette is defined.
pub(super) type Places = BTreeMap<(Scheme, ColorName), Range<usize>>;

/// Which palette.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Scheme {
    Light,
    Dark,
}

impl Scheme {
    /// Its table beneath `[color]`.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

impl Stylesheet {
    /// Reads and checks `style.toml`; `name` is that of its folder.
    /// # Errors
    /// As [`Self::load_layers`].
    pub fn load(name: &str, file: FileId, source: &SourceFile) -> Result<Self, Diagnostics> {
        Self::load_layers(name, &[Layer { file, source, part: LayerPart::Whole }])
    }

    /// Reads and checks a style of several layers, the deepest first.
    /// # Errors
    /// Every fault, each at its place: what is not TOML, a key, role, colour or family that is unknown or
    /// missing, a value that Word cannot show, a pair of colours with too little contrast.
    pub fn load_layers(name: &str, layers: &[Layer<'_>]) -> Result<Self, Diagnostics> {
        let (root, origins, faults) = merge(layers);
        let mut reader = Reader::new(origins);
        for (range, message) in faults {
            reader.fault(range, message);
        }
        let root = &root;
        reader.known_keys(root, &["base", "description", "page", "font", "color", "role"]);
        for key in ["base", "description"] {
            root.get(key).and_then(|value| reader.text(value));
        }
        let page = read_page(&mut reader, root);
        let table = section(&mut reader, root, "font");
        let fonts = read_fonts(&mut reader, table);
        let (palette, places) = read_palette(&mut reader, root);
        let roles = section(&mut reader, root, "role").map(|table| read_roles(&mut reader, table, &palette));
        let style = Self { name: name.to_owned(), page, fonts, palette, roles: roles.unwrap_or_default() };
        if reader.is_clean() {
            check_fit(&mut reader, &style, root);
        }
        if reader.is_clean() {
            check_contrast(&mut reader, &style, root, &places);
        }
        reader.finish(style)
    }

    /// The style as a project wants it: whether each chapter starts a page, where it says so.
    #[must_use]
    pub fn with_chapters_start_pages(mut self, chapters: Option<bool>) -> Self {
        if let (Some(starts), Some(role)) = (chapters, self.roles.get_mut("heading-1")) {
            role.page_break_before = starts;
        }
        self
    }
}

/// A table that every style has.
fn section<'t, 'd>(reader: &mut Reader, parent: &'t DeTable<'d>, name: &str) -> Option<&'t DeTable<'d>> {
    match parent.get(name) {
        Some(value) => reader.table(value),
        None => {
            let hint = "`base = \"report\"` at the file's beginning takes from there what the style does not say";
            reader.fault_with_hint(0..0, format!("there is no table `{name}`"), hint);
            None
        }
    }
}

fn read_page(reader: &mut Reader, root: &DeTable<'_>) -> Page {
    let table = section(reader, root, "page");
    if let Some(table) = table {
        let keys = [
            "width_mm",
            "height_mm",
            "margin_top_mm",
            "margin_bottom_mm",
            "margin_start_mm",
            "margin_end_mm",
            "header_distance_mm",
            "footer_distance_mm",
            "gutter",
        ];
        reader.known_keys(table, &keys);
    }
    let mut points = |key: &str| match table.map(|table| table.get(key)) {
        Some(Some(value)) => reader.number(value).unwrap_or_default(),
        Some(None) => {
            reader.fault(0..0, format!("the page has no `{key}`"));
            0.0
        }
        None => 0.0,
    };
    let mut mm = |key: &str| Pt::from_mm(points(key));
    Page {
        width: mm("width_mm"),
        height: mm("height_mm"),
        margin_top: mm("margin_top_mm"),
        margin_bottom: mm("margin_bottom_mm"),
        margin_start: mm("margin_start_mm"),
        margin_end: mm("margin_end_mm"),
        header_distance: mm("header_distance_mm"),
        footer_distance: mm("footer_distance_mm"),
        gutter: Pt(points("gutter")),
    }
}

/// Colours that are used by their own names: of lines and marks that no role says anything about, and of code.
const REQUIRED: [&str; 12] = [
    "paper",
    "ink",
    "muted",
    "accent",
    "tint",
    "rule",
    "hairline",
    "code_keyword",
    "code_string",
    "code_number",
    "code_comment",
    "code_name",
];

fn read_palette(reader: &mut Reader, root: &DeTable<'_>) -> (Palette, Places) {
    let mut places = Places::new();
    let table = section(reader, root, "color");
    if let Some(table) = table {
        reader.known_keys(table, &["light", "dark"]);
    }
    let mut scheme = |scheme: Scheme| {
        let table = table.and_then(|table| section(reader, table, scheme.key()));
        table.map(|table| read_colors(reader, table, scheme, &mut places)).unwrap_or_default()
    };
    let palette = Palette { light: scheme(Scheme::Light), dark: scheme(Scheme::Dark) };
    let required = REQUIRED.iter().filter(|_| !palette.light.is_empty());
    for name in required.filter(|name| !palette.light.contains_key(&ColorName((**name).to_owned()))) {
        reader.fault(0..0, format!("there is no colour `{name}`, which lines and code are drawn in"));
    }
    for ((defined, name), range) in &places {
        let (other, missing_in) = match defined {
            Scheme::Light => (&palette.dark, Scheme::Dark),
            Scheme::Dark => (&palette.light, Scheme::Light),
        };
        if !other.contains_key(name) {
            let hint = format!("give `{}` in `color.{}` too: it may be the same", name.0, missing_in.key());
            let message = format!("colour `{}` has no twin in `color.{}`", name.0, missing_in.key());
            reader.fault_with_hint(range.clone(), message, hint);
        }
    }
    (palette, places)
}

fn read_colors(
    reader: &mut Reader,
    table: &DeTable<'_>,
    scheme: Scheme,
    places: &mut Places,
) -> BTreeMap<ColorName, Color> {
    let mut colors = BTreeMap::new();
    for (key, value) in table {
        let name = ColorName(key.get_ref().to_string());
        if !is_color_name(&name.0) {
            let message = format!("`{}` cannot be the name of a colour", name.0);
            reader.fault_with_hint(key.span(), message, "a letter, then letters, digits, `_` and `-`");
            continue;
        }
        let text = reader.text(value).unwrap_or_default();
        let color = Color::parse(&text);
        if color.is_none() {
            let hint = "six digits, two each for red, green and blue";
            reader.fault_with_hint(value.span(), format!("`{text}` is not a colour such as `#1b2227`"), hint);
        }
        // What is no colour still is the name's: one fault is enough.
        colors.insert(name.clone(), color.unwrap_or(Color { red: 0, green: 0, blue: 0 }));
        places.insert((scheme, name), value.span());
    }
    colors
}

/// Whether style sheets of every format can have it.
fn is_color_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || "_-".contains(c))
}

impl Color {
    /// From `#rrggbb`.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#').filter(|d| d.len() == 6 && d.bytes().all(|b| b.is_ascii_hexdigit()))?;
        let channel = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).ok();
        Some(Self { red: channel(0)?, green: channel(2)?, blue: channel(4)? })
    }
}
