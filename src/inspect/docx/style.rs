//! Paragraph styles: what a style's name says of a paragraph's role, and the numbering that it brings.
//!
//! In: `word/styles.xml`. Out: [`Styles`], asked by style id. Names are Word's own, or those of this project's writer
//! (see [`ROLES`]); a style that is neither says what the style it is based on says.

use std::collections::HashMap;

use crate::document::{HeadingLevel, Role};
use crate::inspect::xml::{Element, Space};

/// What a style says of a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Says {
    /// Its role, wherever it stands.
    Role(Role),
    /// Running text, whose role its surroundings decide.
    Plain,
    /// Generated or repeated: contents, running heads and feet.
    Apparatus,
}

/// Style names, in lower case, and roles. Headings, contents and boxes follow patterns of their own.
const ROLES: &[(&str, Says)] = &[
    ("normal", Says::Plain),
    ("body text", Says::Plain),
    ("body numbered", Says::Plain),
    ("table text", Says::Plain),
    ("table number", Says::Plain),
    ("source", Says::Plain),
    ("title", Says::Role(Role::Title)),
    ("subtitle", Says::Role(Role::Subtitle)),
    ("cover kicker", Says::Role(Role::Cover)),
    ("cover label", Says::Role(Role::Cover)),
    ("cover text", Says::Role(Role::Cover)),
    ("cover meta", Says::Role(Role::Cover)),
    ("disclaimer", Says::Role(Role::Cover)),
    ("placeholder", Says::Role(Role::Figure)),
    ("lead", Says::Role(Role::Lead)),
    ("list paragraph", Says::Role(Role::ListItem)),
    ("bibliography", Says::Role(Role::Bibliography)),
    ("term", Says::Role(Role::Term)),
    ("definition term", Says::Role(Role::Term)),
    ("description", Says::Role(Role::Description)),
    ("definition", Says::Role(Role::Description)),
    ("quote", Says::Role(Role::Quote)),
    ("intense quote", Says::Role(Role::Quote)),
    ("block text", Says::Role(Role::Quote)),
    ("code", Says::Role(Role::Code)),
    ("source code", Says::Role(Role::Code)),
    ("html preformatted", Says::Role(Role::Code)),
    ("caption", Says::Role(Role::Caption)),
    ("table header", Says::Role(Role::TableHeader)),
    ("footnote text", Says::Role(Role::Note)),
    ("endnote text", Says::Role(Role::Note)),
    ("toc heading", Says::Apparatus),
    ("table of figures", Says::Apparatus),
    ("header", Says::Apparatus),
    ("footer", Says::Apparatus),
];

/// Families of box styles: `<family> Label`, `<family> Title`, `<family>`.
const BOXES: &[&str] = &[
    "recommendation",
    "problem statement",
    "statement",
    "box",
    "numbered box",
    "note",
    "tip",
    "important",
    "warning",
    "caution",
];

/// How many styles may be based on each other.
const CHAIN: usize = 32;

#[derive(Debug, Clone, Default)]
struct Style {
    name: String,
    based_on: Option<String>,
    numbering: Option<u32>,
    level: Option<usize>,
}

/// Paragraph styles by id.
#[derive(Debug, Clone, Default)]
pub(super) struct Styles {
    styles: HashMap<String, Style>,
    default: Option<String>,
    /// `w:lang` of the defaults.
    pub language: Option<String>,
}

impl Styles {
    /// From `word/styles.xml`.
    pub fn read(root: &Element<'_>) -> Self {
        let mut styles = Self { language: default_language(root), ..Self::default() };
        for element in root.all(Space::Word, "style") {
            if element.attribute(Space::Word, "type") != Some("paragraph") {
                continue;
            }
            let Some(id) = element.attribute(Space::Word, "styleId") else { continue };
            if matches!(element.attribute(Space::Word, "default"), Some("1" | "true" | "on")) {
                styles.default = Some(id.to_owned());
            }
            styles.styles.insert(id.to_owned(), Style::read(element));
        }
        styles
    }

    /// What the style of an id says; without one, what the default style says.
    pub fn says(&self, id: Option<&str>) -> Says {
        self.chain(id).find_map(|style| by_name(&style.name)).unwrap_or(Says::Plain)
    }

    /// The name of the style of an id, in lower case; without one, of the default style.
    pub fn name<'a>(&'a self, id: Option<&'a str>) -> Option<&'a str> {
        self.chain(id).next().map(|style| style.name.as_str()).filter(|name| !name.is_empty())
    }

    /// The depth of a line of the contents (`toc 1` to `toc 9`), or of a list of figures.
    pub fn contents_depth(&self, id: Option<&str>) -> Option<usize> {
        match self.chain(id).next()?.name.as_str() {
            "table of figures" => Some(1),
            name => name.strip_prefix("toc ")?.parse().ok(),
        }
    }

    /// The numbering that a style brings, `w:numId`, and the level if it says one.
    pub fn numbering(&self, id: Option<&str>) -> Option<(u32, Option<usize>)> {
        let numbering = self.chain(id).find_map(|style| style.numbering)?;
        Some((numbering, self.chain(id).find_map(|style| style.level)))
    }

    /// The ids of a style and those it is based on.
    pub fn ids<'a>(&'a self, id: Option<&'a str>) -> impl Iterator<Item = &'a str> {
        let first = id.or(self.default.as_deref());
        std::iter::successors(first, |id| self.styles.get(*id)?.based_on.as_deref()).take(CHAIN)
    }

    fn chain<'a>(&'a self, id: Option<&'a str>) -> impl Iterator<Item = &'a Style> {
        self.ids(id).filter_map(|id| self.styles.get(id))
    }
}

impl Style {
    fn read(element: &Element<'_>) -> Self {
        let text = |name| element.word(name).and_then(Element::value).map(str::to_owned);
        let numbering = element.word("pPr").and_then(|properties| properties.word("numPr"));
        let number = |name| numbering?.word(name)?.value()?.parse().ok();
        Self {
            name: text("name").unwrap_or_default().to_lowercase(),
            based_on: text("basedOn"),
            numbering: number("numId"),
            level: number("ilvl").map(|level| level as usize),
        }
    }
}

fn default_language(root: &Element<'_>) -> Option<String> {
    let properties = root.word("docDefaults")?.word("rPrDefault")?.word("rPr")?;
    properties.word("lang")?.value().map(str::to_owned)
}

fn by_name(name: &str) -> Option<Says> {
    if let Some((_, says)) = ROLES.iter().find(|(known, _)| *known == name) {
        return Some(*says);
    }
    if let Some(level) = name.strip_prefix("heading ") {
        return level.parse().ok().map(|level| Says::Role(Role::Heading(HeadingLevel::new(level))));
    }
    if name.starts_with("toc ") {
        return Some(Says::Apparatus);
    }
    if name.starts_with("list ") || name.ends_with(" list") {
        return Some(Says::Role(Role::ListItem));
    }
    let (family, role) = match name.rsplit_once(' ') {
        Some((family, "label")) => (family, Role::BoxLabel),
        Some((family, "title")) => (family, Role::BoxTitle),
        _ => (name, Role::BoxBody),
    };
    BOXES.contains(&family).then_some(Says::Role(role))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inspect::xml;

    fn styles(body: &str) -> Styles {
        let xml = format!(
            r#"<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{body}</w:styles>"#
        );
        Styles::read(&xml::parse(xml.as_bytes()).expect("well-formed"))
    }

    #[test]
    fn names_say_roles() {
        let heading = |level| Some(Says::Role(Role::Heading(HeadingLevel::new(level))));
        for (name, expected) in [
            ("heading 1", heading(1)),
            ("heading 6", heading(6)),
            ("toc 3", Some(Says::Apparatus)),
            ("list bullet 2", Some(Says::Role(Role::ListItem))),
            ("recommendation label", Some(Says::Role(Role::BoxLabel))),
            ("problem statement title", Some(Says::Role(Role::BoxTitle))),
            ("note", Some(Says::Role(Role::BoxBody))),
            ("title", Some(Says::Role(Role::Title))),
            ("minister's own", None),
        ] {
            assert_eq!(by_name(name), expected, "{name}");
        }
    }

    #[test]
    fn an_unknown_style_is_what_it_is_based_on() {
        let styles = styles(
            r#"<w:style w:type="paragraph" w:styleId="H"><w:name w:val="Heading 2"/>
                 <w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="7"/></w:numPr></w:pPr></w:style>
               <w:style w:type="paragraph" w:styleId="X"><w:name w:val="Mine"/><w:basedOn w:val="H"/></w:style>
               <w:style w:type="paragraph" w:styleId="A"><w:basedOn w:val="B"/></w:style>
               <w:style w:type="paragraph" w:styleId="B"><w:basedOn w:val="A"/></w:style>"#,
        );
        assert_eq!(styles.says(Some("X")), Says::Role(Role::Heading(HeadingLevel::new(2))));
        assert_eq!(styles.numbering(Some("X")), Some((7, Some(1))));
        assert_eq!(styles.says(Some("A")), Says::Plain, "a circle ends");
        assert_eq!(styles.says(Some("absent")), Says::Plain);
    }
}
