//! Which elements there are, and what their attributes mean.

use super::super::attributes::set;
use super::token::Tag;
use crate::document::Attributes;

/// An element of the subset, or another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Name {
    Anchor,
    Break,
    Caption,
    Cell,
    Code,
    Column,
    ColumnGroup,
    Description,
    DescriptionList,
    Details,
    Division,
    Emphasis,
    Figure,
    FigureCaption,
    HeaderCell,
    Heading(u8),
    Highlight,
    Image,
    Item,
    List,
    OrderedList,
    Paragraph,
    Preformatted,
    Quote,
    Row,
    Rule,
    /// `script`, `style` and others whose content is no text.
    Script,
    Section(Section),
    Span,
    Strikethrough,
    Strong,
    Subscript,
    Summary,
    Superscript,
    Table,
    Term,
    WordBreak,
    /// Outside the subset: its content stands without it.
    Unknown(Flow),
}

/// Which part of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Section {
    Head,
    Body,
    Foot,
}

/// Whether an element stands in a line or breaks it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Flow {
    Inline,
    Block,
}

const BLOCKS: &[&str] = &[
    "address", "article", "aside", "center", "dialog", "fieldset", "footer", "form", "header", "hgroup", "legend",
    "main", "menu", "nav", "noscript", "section", "search", "iframe", "option", "select", "video", "audio", "object",
    "svg", "math",
];
const VOID: &[&str] =
    &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];

/// Tags outside the subset that HTML has, or had.
const OTHERS: &[&str] = &[
    "abbr", "acronym", "applet", "area", "audio", "base", "basefont", "bdi", "bdo", "big", "blink", "body", "button",
    "canvas", "data", "datalist", "embed", "font", "frame", "frameset", "head", "html", "input", "ins", "label",
    "link", "map", "marquee", "meta", "meter", "noframes", "optgroup", "output", "param", "picture", "progress", "q",
    "rb", "rp", "rt", "rtc", "ruby", "slot", "small", "source", "textarea", "title", "track", "u", "path", "g",
    "circle", "rect", "line", "text",
];

/// Whether HTML knows a tag, in lower case.
pub(super) fn is_html(name: &str) -> bool {
    Name::of(name) != Name::Unknown(Flow::Inline) || OTHERS.contains(&name)
}

impl Name {
    /// By a tag's name in lower case.
    pub(super) fn of(name: &str) -> Self {
        match name {
            "a" => Self::Anchor,
            "br" => Self::Break,
            "caption" => Self::Caption,
            "td" => Self::Cell,
            "code" | "kbd" | "samp" | "tt" => Self::Code,
            "col" => Self::Column,
            "colgroup" => Self::ColumnGroup,
            "dd" => Self::Description,
            "dl" => Self::DescriptionList,
            "details" => Self::Details,
            "div" => Self::Division,
            "em" | "i" | "cite" | "dfn" | "var" => Self::Emphasis,
            "figure" => Self::Figure,
            "figcaption" => Self::FigureCaption,
            "th" => Self::HeaderCell,
            "h1" => Self::Heading(1),
            "h2" => Self::Heading(2),
            "h3" => Self::Heading(3),
            "h4" => Self::Heading(4),
            "h5" => Self::Heading(5),
            "h6" => Self::Heading(6),
            "mark" => Self::Highlight,
            "img" => Self::Image,
            "li" => Self::Item,
            "ul" => Self::List,
            "ol" => Self::OrderedList,
            "p" => Self::Paragraph,
            "pre" => Self::Preformatted,
            "blockquote" => Self::Quote,
            "tr" => Self::Row,
            "hr" => Self::Rule,
            "script" | "style" | "template" => Self::Script,
            "thead" => Self::Section(Section::Head),
            "tbody" => Self::Section(Section::Body),
            "tfoot" => Self::Section(Section::Foot),
            "span" => Self::Span,
            "del" | "s" | "strike" => Self::Strikethrough,
            "strong" | "b" => Self::Strong,
            "sub" => Self::Subscript,
            "summary" => Self::Summary,
            "sup" => Self::Superscript,
            "table" => Self::Table,
            "dt" => Self::Term,
            "wbr" => Self::WordBreak,
            other if BLOCKS.contains(&other) => Self::Unknown(Flow::Block),
            _ => Self::Unknown(Flow::Inline),
        }
    }

    /// Whether a line ends where it begins.
    pub(super) fn is_block(self) -> bool {
        match self {
            Self::Caption
            | Self::Cell
            | Self::Column
            | Self::ColumnGroup
            | Self::Description
            | Self::DescriptionList
            | Self::Details
            | Self::Division
            | Self::Figure
            | Self::FigureCaption
            | Self::HeaderCell
            | Self::Heading(_)
            | Self::Item
            | Self::List
            | Self::OrderedList
            | Self::Paragraph
            | Self::Preformatted
            | Self::Quote
            | Self::Row
            | Self::Rule
            | Self::Script
            | Self::Section(_)
            | Self::Summary
            | Self::Table
            | Self::Term
            | Self::Unknown(Flow::Block) => true,
            Self::Anchor
            | Self::Break
            | Self::Code
            | Self::Emphasis
            | Self::Highlight
            | Self::Image
            | Self::Span
            | Self::Strikethrough
            | Self::Strong
            | Self::Subscript
            | Self::Superscript
            | Self::WordBreak
            | Self::Unknown(Flow::Inline) => false,
        }
    }

    /// Whether HTML lets its end tag be left out (13.1.2.4).
    pub(super) fn ends_by_itself(self) -> bool {
        self.is_cell()
            || matches!(
                self,
                Self::Paragraph
                    | Self::Item
                    | Self::Row
                    | Self::Section(_)
                    | Self::Term
                    | Self::Description
                    | Self::Column
                    | Self::ColumnGroup
                    | Self::Caption
            )
    }

    /// `td` or `th`.
    pub(super) fn is_cell(self) -> bool {
        matches!(self, Self::Cell | Self::HeaderCell)
    }

    /// Whether the start of `next` ends an open element of this name.
    pub(super) fn ends_before(self, next: Self) -> bool {
        let section = matches!(next, Self::Section(_));
        let row = next == Self::Row || section;
        let (paragraph, item) = (self == Self::Paragraph, self == Self::Item);
        let described = matches!(self, Self::Term | Self::Description);
        let in_section = matches!(self, Self::Section(_) | Self::Row);
        let before_rows = matches!(self, Self::Column | Self::ColumnGroup | Self::Caption);
        let column = next == Self::ColumnGroup || next == Self::Column && self != Self::ColumnGroup;
        paragraph && next.is_block()
            || item && next == Self::Item
            || described && matches!(next, Self::Term | Self::Description)
            || self.is_cell() && (next.is_cell() || row)
            || in_section && section
            || self == Self::Row && row
            || before_rows && (row || column)
    }
}

/// Whether a tag has no end tag.
pub(super) fn is_void(name: &str) -> bool {
    VOID.contains(&name)
}

/// What becomes of a tag's attributes.
pub(super) struct Read {
    /// Those that are used, or that mean nothing where a style decides.
    pub(super) attributes: Attributes,
    /// Names of those that say something which is left out.
    pub(super) lost: Vec<String>,
}

/// Reads a tag's attributes.
pub(super) fn read(name: Name, tag: &Tag<'_>) -> Read {
    let mut read = Read { attributes: Attributes::default(), lost: Vec::new() };
    for (key, value) in &tag.attributes {
        if key == "style" && is_of_table(name) {
            let lost = styles(value, &mut read.attributes);
            read.lost.extend(lost.then(|| key.clone()));
            continue;
        }
        match meaning(name, key) {
            Meaning::Used => set(&mut read.attributes, if *key == "name" { "id" } else { key }, value.clone()),
            Meaning::Harmless => {}
            Meaning::Lost => read.lost.push(key.clone()),
        }
    }
    read
}

fn is_of_table(name: Name) -> bool {
    name.is_cell() || matches!(name, Name::Row | Name::Column | Name::ColumnGroup)
}

/// What `style` says that a table keeps: how text stands, how wide a column is. Whether it says more.
fn styles(value: &str, attributes: &mut Attributes) -> bool {
    let mut lost = false;
    for declaration in value.split(';').filter(|declaration| !declaration.trim().is_empty()) {
        let (property, value) = declaration.split_once(':').unwrap_or((declaration, ""));
        match property.trim().to_ascii_lowercase().as_str() {
            "text-align" => set(attributes, "align", value.trim().to_owned()),
            "width" => set(attributes, "width", value.trim().to_owned()),
            _ => lost = true,
        }
    }
    lost
}

enum Meaning {
    Used,
    Harmless,
    Lost,
}

fn meaning(name: Name, key: &str) -> Meaning {
    let used = name == Name::Anchor && matches!(key, "href" | "name" | "title")
        || name == Name::Image && matches!(key, "src" | "alt" | "title" | "width")
        || name.is_cell() && matches!(key, "colspan" | "rowspan" | "scope" | "align")
        || name == Name::Row && key == "align"
        || matches!(name, Name::Column | Name::ColumnGroup) && matches!(key, "span" | "width" | "align")
        || name == Name::OrderedList && matches!(key, "start" | "type");
    let alike = matches!(
        key,
        "target"
            | "rel"
            | "border"
            | "cellpadding"
            | "cellspacing"
            | "valign"
            | "height"
            | "width"
            | "loading"
            | "open"
            | "decoding"
            | "role"
            | "frame"
            | "rules"
            | "summary"
            | "type"
            | "translate"
            | "abbr"
            | "headers"
            | "tabindex"
    );
    if used || matches!(key, "id" | "class" | "lang" | "xml:lang") {
        Meaning::Used
    } else if alike || key.starts_with("data-") || key.starts_with("aria-") {
        Meaning::Harmless
    } else {
        Meaning::Lost
    }
}
