//! Attributes, `key="value"` in braces, that mean nothing where they stand.
//!
//! In: a draft's blocks and notes. Out: a fault at each such key, with the keys that would mean something. What HTML and
//! other dialects have there is passed over, as it always was (`docs/dialects.md`), unless it holds words that a reader
//! was to see; and so is all that code has.

use super::reader::Reader;
use crate::diag::{Code, nearest};
use crate::document::{Attributes, Block, BlockKind, Inline, InlineKind, Visit, walk_blocks};
use crate::source::Span;

const IMAGE: &[&str] = &["width", "height", "alt", "title", "lang"];
const BOX: &[&str] = &["title", "lang"];
const GROUP: &[&str] = &["lang", "title", "src"];
const TABLE: &[&str] = &["widths", "header-columns", "lang"];
const TABLE_FILE: &[&str] =
    &["src", "title", "columns", "header", "header-columns", "align", "delimiter", "widths", "lang"];
const FORMULA: &[&str] = &["alt", "lang"];
const OTHER: &[&str] = &["lang"];

/// What HTML, kramdown, pandoc, pandoc-crossref and Quarto have in braces.
const FOREIGN: &[&str] = &[
    "abbr",
    "accesskey",
    "align",
    "allow",
    "allowfullscreen",
    "alt",
    "appearance",
    "autoplay",
    "bgcolor",
    "border",
    "cellpadding",
    "cellspacing",
    "cite",
    "collapse",
    "color",
    "colspan",
    "column",
    "controls",
    "custom-style",
    "datetime",
    "decoding",
    "desc",
    "description",
    "dir",
    "download",
    "draggable",
    "echo",
    "entry-spacing",
    "eval",
    "face",
    "filename",
    "footer",
    "frameborder",
    "group",
    "headers",
    "height",
    "hidden",
    "href",
    "hreflang",
    "hspace",
    "icon",
    "include",
    "incremental",
    "label",
    "lightbox",
    "line-spacing",
    "loading",
    "longdesc",
    "loop",
    "markdown",
    "media",
    "muted",
    "name",
    "nocase",
    "nolabel",
    "number",
    "numberlines",
    "offset",
    "open",
    "output",
    "page",
    "panel",
    "parse_block_html",
    "ping",
    "placement",
    "pos",
    "poster",
    "prefix",
    "rel",
    "reversed",
    "role",
    "rowspan",
    "scope",
    "scrollable",
    "secno",
    "short",
    "short-caption",
    "shortcaption",
    "size",
    "sizes",
    "span",
    "spellcheck",
    "src",
    "srcset",
    "start",
    "start-from",
    "startfrom",
    "style",
    "summary",
    "tabindex",
    "tag",
    "tags",
    "target",
    "tbl",
    "tex",
    "title",
    "toc",
    "transition",
    "translate",
    "type",
    "usemap",
    "valign",
    "value",
    "visibility",
    "vspace",
    "warning",
    "width",
    "wrapper",
];
/// What their keys begin with.
const FOREIGN_PARTS: &[&str] = &[
    "aria",
    "auto",
    "background",
    "cap",
    "code",
    "content",
    "data",
    "docx",
    "epub",
    "eq",
    "fig",
    "html",
    "item",
    "latex",
    "layout",
    "lst",
    "on",
    "out",
    "ref",
    "tbl",
    "thm",
    "unless",
    "when",
    "xml",
];

/// Of these, what holds words that a reader was to see.
const WORDS: &[&str] = &["title", "fig-cap", "tbl-cap", "lst-cap", "summary", "footer"];

/// So many keys of one node are looked at.
const MOST: usize = 16;

/// Says of each key that means nothing where it stands.
pub(super) fn report(reader: &mut Reader<'_>, blocks: &[Block]) {
    let mut search = Search { reader, found: Vec::new() };
    walk_blocks(blocks, &mut search);
    reader.notes.iter().for_each(|note| walk_blocks(&note.blocks, &mut search));
    for Found { key, span, known } in search.found {
        let message = format!("`{key}` means nothing here, and its value is not shown");
        let list = known.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ");
        let hint = match meant(&key, known) {
            Some(near) => format!("did you mean `{near}`? Known here: {list}"),
            None => format!("known here: {list}"),
        };
        reader.warn_with(Code::UnknownAttribute, span, message, &hint);
    }
}

struct Found {
    key: String,
    span: Span,
    known: &'static [&'static str],
}

/// The known key that is meant most likely.
fn meant(key: &str, known: &'static [&'static str]) -> Option<&'static str> {
    let is_title = matches!(key.to_lowercase().as_str(), "caption" | "heading" | "fig-cap" | "tbl-cap" | "lst-cap");
    let same = if is_title { "title" } else { key };
    nearest(same, known.iter().copied())
}

fn is_foreign(key: &str) -> bool {
    let begun = |part: &&str| key.strip_prefix(*part).is_some_and(|rest| rest.starts_with(['-', '.', ':', '_']));
    FOREIGN.contains(&key) || key.contains(':') || FOREIGN_PARTS.iter().any(begun)
}

struct Search<'r, 'a> {
    reader: &'r Reader<'a>,
    found: Vec<Found>,
}

impl Search<'_, '_> {
    /// Notes the keys of what stands at `whole`.
    fn add(&mut self, attributes: &Attributes, known: &'static [&'static str], whole: Span) {
        for (key, value) in attributes.pairs.iter().take(MOST) {
            let has_words = WORDS.contains(&key.as_str()) && value.contains(char::is_alphabetic);
            if known.contains(&key.as_str()) || (is_foreign(key) && !has_words) {
                continue;
            }
            let Some(at) = typed_at(self.reader.place.text(whole), key) else { continue };
            let start = whole.range().start + at;
            let span = self.reader.place.between(start, start + key.len());
            if !self.found.iter().any(|found| found.span == span) {
                self.found.push(Found { key: key.clone(), span, known });
            }
        }
    }

    /// The line that a block begins with.
    fn first_line(&self, whole: Span) -> Span {
        let len = self.reader.place.text(whole).find('\n');
        let start = whole.range().start;
        len.map_or(whole, |len| self.reader.place.between(start, start + len))
    }
}

/// Where a key stands within braces.
fn typed_at(text: &str, key: &str) -> Option<usize> {
    let mut from = 0;
    while let Some(at) = text[from..].find(key).map(|at| from + at) {
        let end = at + key.len();
        let brace = text[..at].rfind(['{', '}']);
        let within = brace.is_some_and(|brace| text[brace..].starts_with('{'));
        let begins = text[..at].ends_with(|c: char| c.is_whitespace() || c == '{' || c == ':');
        if within && begins && text[end..].starts_with('=') {
            return Some(at);
        }
        from = end;
    }
    None
}

impl Visit<'_> for Search<'_, '_> {
    fn block(&mut self, block: &Block) {
        if block.attributes.pairs.is_empty() {
            return;
        }
        let (known, at) = match &block.kind {
            BlockKind::CodeBlock(_) => return,
            BlockKind::Box(_) => (BOX, self.first_line(block.span)),
            BlockKind::Division(_) => (GROUP, self.first_line(block.span)),
            BlockKind::Table(table) if table.file.is_some() => (TABLE_FILE, self.first_line(block.span)),
            BlockKind::Table(table) => (TABLE, table.caption.as_ref().map_or(block.span, |caption| caption.span)),
            BlockKind::Figure(_) => (IMAGE, block.span),
            BlockKind::Formula(_) => (FORMULA, block.span),
            BlockKind::Paragraph(_)
            | BlockKind::Heading(_)
            | BlockKind::List(_)
            | BlockKind::DescriptionList(_)
            | BlockKind::BlockQuote(_)
            | BlockKind::ThematicBreak
            | BlockKind::Details(_)
            | BlockKind::Bibliography(_) => (OTHER, block.span),
        };
        self.add(&block.attributes, known, at);
    }

    fn inline(&mut self, inline: &Inline) {
        // Code in a line has what highlighters know.
        let Some(attributes) = inline.kind.attributes().filter(|_| !inline.is_attributed_code()) else { return };
        let known = if matches!(inline.kind, InlineKind::Image(_)) {
            IMAGE
        } else if matches!(inline.kind, InlineKind::Formula(_)) {
            FORMULA
        } else {
            OTHER
        };
        self.add(attributes, known, inline.span);
    }
}
