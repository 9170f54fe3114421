//! Syntax of templates and of other dialects that is only text here: one warning for each kind in a draft.

use std::collections::BTreeMap;

use super::super::reader::Reader;
use super::super::text::Located;
use crate::diag::{Code, Diagnostic};
use crate::document::{Block, BlockKind, Inline, InlineKind, Visit, walk_blocks};
use crate::source::Span;

/// What a piece of text would be elsewhere. Its order is that of the warnings for one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Foreign {
    Template,
    Shortcode,
    WikiLink,
    Extension,
    AttributeList,
    Role,
    RawAttribute,
    Admonition,
    Tab,
    Cell,
    LineFormula,
    DisplayFormula,
    Environment,
}

impl Foreign {
    fn is(self) -> &'static str {
        match self {
            Self::Template => "is a template's (Liquid, Jinja); templates are not filled in here",
            Self::Shortcode => "is a shortcode (Hugo, Quarto), which is not run here",
            Self::WikiLink => "is a wiki's link, and no link here",
            Self::Extension => "is an extension of kramdown, and means nothing here",
            Self::AttributeList => "is a list of kramdown's attributes that belongs to nothing, or names another",
            Self::Role => "is a role (MyST), and means nothing here",
            Self::RawAttribute => "marks raw markup (pandoc), which is shown as it is typed",
            Self::Admonition => "is MkDocs's way to begin a box, and is text here",
            Self::Tab => "is MkDocs's way to begin a tab, and is text here",
            Self::Cell => "is a code cell, which is not run but shown",
            Self::LineFormula | Self::DisplayFormula => "is TeX's own way to mark a formula, and is text here",
            Self::Environment => "begins an environment of TeX outside a formula, and is text here",
        }
    }

    fn hint(self) -> &'static str {
        match self {
            Self::Template => "write what it would say; put what is meant to be read so between backticks",
            Self::Shortcode => "write what it would say, or list the file that it includes among the drafts",
            Self::WikiLink => "write `[text](page.md)` or `[text](#heading)`",
            Self::Extension => "delete it; a comment is written `<!-- … -->`",
            Self::AttributeList => "write the attributes themselves, like `{: #id .class}`",
            Self::Role => "a reference is written `@label`, a link `[text](#label)`",
            Self::RawAttribute => "write what all three formats can show",
            Self::Admonition => {
                "write `::: {.note title=\"…\"}` above the text and `:::` beneath it, and do not indent it"
            }
            Self::Tab => "a heading or a box keeps what stands beneath it together",
            Self::LineFormula => "write `$…$`; a parenthesis alone needs no backslash",
            Self::DisplayFormula => "write `$$…$$`",
            Self::Environment => "write `$$` before and after it, if it is a formula",
            Self::Cell => {
                "options such as `#|` are part of what is shown: keep the result beside it as a figure or table"
            }
        }
    }
}

/// Warns of what a draft and its notes hold.
pub(super) fn report(reader: &mut Reader<'_>, blocks: &[Block]) {
    let mut search = Search { reader, found: BTreeMap::new() };
    walk_blocks(blocks, &mut search);
    reader.notes.iter().for_each(|note| walk_blocks(&note.blocks, &mut search));
    let found = search.found;
    for (kind, mut spans) in found {
        spans.sort_by_key(|span| span.start);
        let Some((first, others)) = spans.split_first() else { continue };
        let message =
            format!("`{}` {}", shortened(reader.place.text(*first).trim_start_matches(['`', '~'])), kind.is());
        let more = elsewhere(reader, others);
        reader.diagnostics.push(Diagnostic::new(Code::ForeignSyntax, *first, message + &more).hint(kind.hint()));
    }
}

/// "; 3 more on lines 5, 8 and 9".
pub(in super::super) fn elsewhere(reader: &Reader<'_>, others: &[Span]) -> String {
    const MOST_LINES: usize = 6;
    if others.is_empty() {
        return String::new();
    }
    let (mut line, mut counted) = (1, 0);
    let mut lines: Vec<usize> = Vec::new();
    for start in others.iter().map(|span| span.range().start) {
        line += reader.place.draft().get(counted..start).unwrap_or_default().matches('\n').count();
        counted = start.max(counted);
        lines.push(line);
    }
    lines.dedup();
    let shown: Vec<String> = lines.iter().take(MOST_LINES).map(usize::to_string).collect();
    let word = if lines.len() == 1 { "line" } else { "lines" };
    let rest = if lines.len() > MOST_LINES { ", …" } else { "" };
    format!("; {} more on {word} {}{rest}", others.len(), shown.join(", "))
}

fn shortened(text: &str) -> String {
    const MOST: usize = 40;
    let line = text.lines().next().unwrap_or_default();
    if line.chars().count() <= MOST && line.len() == text.len() {
        return line.to_owned();
    }
    line.chars().take(MOST - 1).chain("…".chars()).collect()
}

struct Search<'r, 'a> {
    reader: &'r Reader<'a>,
    found: BTreeMap<Foreign, Vec<Span>>,
}

impl Search<'_, '_> {
    fn add(&mut self, kind: Foreign, span: Span) {
        self.found.entry(kind).or_default().push(span);
    }

    fn text(&mut self, text: &str, span: Span) {
        const BEGINS: [char; 3] = ['{', '[', '('];
        if !text.contains(BEGINS) {
            return;
        }
        let located = Located::new(&self.reader.place, span, text);
        let mut at = 0;
        while let Some(next) = text[at..].find(BEGINS) {
            at += next;
            if let Some((kind, part)) = self.formula(&located, text, at) {
                self.add(kind, part);
                at += 1;
                continue;
            }
            let Some((kind, len)) = begins(&text[at..]) else {
                at += 1;
                continue;
            };
            if !located.is_escaped(at) {
                self.add(kind, located.part(at..at + len));
            }
            at += len;
        }
    }

    /// A formula between TeX's own delimiters, of which Markdown takes the backslashes off; where it looks like one:
    /// `\[1\]` is a number in brackets.
    fn formula(&self, located: &Located<'_>, text: &str, at: usize) -> Option<(Foreign, Span)> {
        if text[..at].ends_with(r"\begin") && text[at..].starts_with('{') {
            let name = text.bytes().skip(at).take(LONGEST_NAME + 1).position(|byte| byte == b'}')?;
            return Some((Foreign::Environment, located.part(at - r"\begin".len()..at + name + 1)));
        }
        let draft = self.reader.place.draft();
        let typed = located.part(at..at + 1).range().start;
        // Where a text begins with such a sign, it begins behind the backslash.
        let slash = || draft[..typed].bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1;
        let start = if located.is_escaped(at) { typed } else { typed.checked_sub(1).filter(|_| slash())? };
        let source = draft.get(start..)?;
        let (kind, open, close) = [(Foreign::LineFormula, r"\(", r"\)"), (Foreign::DisplayFormula, r"\[", r"\]")]
            .into_iter()
            .find(|(_, open, _)| source.starts_with(open))?;
        let inside = &source[open.len()..];
        let end = inside.char_indices().nth(LONGEST).map_or(inside.len(), |(end, _)| end);
        let len = inside[..end].find(close).filter(|len| is_mathematics(&inside[..*len], kind))?;
        Some((kind, self.reader.place.between(start, start + open.len() + len + close.len())))
    }

    /// What stands right before and behind a code span.
    fn code(&mut self, span: Span) {
        let (start, end) = (span.range().start, span.range().end);
        let draft = self.reader.place.draft();
        let (Some(before), Some(behind)) = (draft.get(..start), draft.get(end..)) else { return };
        let is_name = |c: &char| c.is_alphanumeric() || "-_:".contains(*c);
        if let Some(role) = before.strip_suffix('}') {
            let name: usize = role.chars().rev().take(LONGEST_NAME).take_while(is_name).map(char::len_utf8).sum();
            let brace = role.len() - name;
            if name > 0 && role[..brace].ends_with('{') {
                self.add(Foreign::Role, self.reader.place.between(brace - 1, start));
            }
        }
        if let Some(format) = behind.strip_prefix("{=") {
            let name: usize = format.chars().take(LONGEST_NAME).take_while(is_name).map(char::len_utf8).sum();
            if format[name..].starts_with('}') {
                self.add(Foreign::RawAttribute, self.reader.place.between(end, end + "{=}".len() + name));
            }
        }
    }
}

impl Visit<'_> for Search<'_, '_> {
    fn block(&mut self, block: &Block) {
        if let BlockKind::CodeBlock(code) = &block.kind {
            let kind = if code.info.starts_with("{=") { Foreign::RawAttribute } else { Foreign::Cell };
            if code.info.starts_with('{') {
                let line = self.reader.place.text(block.span).find(['\n', '\r']).unwrap_or_default();
                let start = block.span.range().start;
                self.add(kind, self.reader.place.between(start, start + line));
            }
        }
        if let BlockKind::Paragraph(content) = &block.kind
            && let Some(Inline { kind: InlineKind::Text(text), span, .. }) = content.first()
        {
            let begins = |marks: &[&str]| marks.iter().any(|mark| text.starts_with(mark));
            if begins(&["!!! ", "??? ", "???+ "]) {
                self.add(Foreign::Admonition, *span);
            } else if begins(&["=== \"", "=== “", "=== '"]) {
                self.add(Foreign::Tab, *span);
            }
        }
    }

    fn inline(&mut self, inline: &Inline) {
        match &inline.kind {
            InlineKind::Text(text) => self.text(text, inline.span),
            InlineKind::Code(_) => self.code(inline.span),
            InlineKind::SoftBreak
            | InlineKind::LineBreak
            | InlineKind::Emphasis(_)
            | InlineKind::Strong(_)
            | InlineKind::Strikethrough(_)
            | InlineKind::Highlight(_)
            | InlineKind::Superscript(_)
            | InlineKind::Subscript(_)
            | InlineKind::Link(_)
            | InlineKind::Image(_)
            | InlineKind::Note(_)
            | InlineKind::Reference(_)
            | InlineKind::Formula(_)
            | InlineKind::Citation(_)
            | InlineKind::Span(..) => {}
        }
    }
}

/// Characters within which something that is opened is closed.
const LONGEST: usize = 500;
/// Characters of a role's or format's name.
const LONGEST_NAME: usize = 64;

/// Whether what stands between delimiters of TeX is a formula: it has signs that text has not, or, in parentheses,
/// nothing but letters by themselves and figures.
pub(super) fn is_mathematics(inside: &str, kind: Foreign) -> bool {
    if inside.contains("\n\n") || inside.trim().is_empty() {
        return false;
    }
    let mut pairs = inside.chars().zip(inside.chars().skip(1));
    let command = pairs.any(|(slash, letter)| slash == '\\' && letter.is_ascii_alphabetic());
    let words = || inside.split(|c: char| !c.is_alphabetic()).any(|word| word.chars().count() > 1);
    command || inside.contains(['^', '_', '=', '<', '>']) || (kind == Foreign::LineFormula && !words())
}

/// What a text begins with, and how long that is.
fn begins(text: &str) -> Option<(Foreign, usize)> {
    const PAIRS: &[(&str, &str, Foreign)] = &[
        ("{{<", ">}}", Foreign::Shortcode),
        ("{{%", "%}}", Foreign::Shortcode),
        ("{{", "}}", Foreign::Template),
        ("{%", "%}", Foreign::Template),
        ("{##", "##}", Foreign::Template),
        ("{::", "}", Foreign::Extension),
        ("{:/", "}", Foreign::Extension),
        ("{:", "}", Foreign::AttributeList),
        ("[[", "]]", Foreign::WikiLink),
    ];
    let (open, close, kind) = PAIRS.iter().find(|(open, ..)| text.starts_with(open))?;
    let inside = &text[open.len()..];
    // `[[@key]]` is a citation within brackets.
    let end = inside.char_indices().nth(LONGEST).map_or(inside.len(), |(end, _)| end);
    match inside[..end].find(close).filter(|_| !(open == &"[[" && inside.starts_with('@'))) {
        Some(0) => None,
        Some(end) => Some((*kind, open.len() + end + close.len())),
        // A template may run over lines, which are texts of their own.
        None => (*kind == Foreign::Template).then_some((*kind, open.len() + end)),
    }
}
