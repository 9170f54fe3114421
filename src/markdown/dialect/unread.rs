//! Marks that were meant as a formula, a heading, a note, and are text for a blank or a sign too many or too few.
//!
//! In: the blocks of a draft and its notes. Out: a diagnostic at each such mark; the text stays what it is. Each asks
//! for more than the mark alone: prices, `#hashtags` and `std::paths` are text.

use super::super::reader::Reader;
use super::super::text::Located;
use super::super::{attributes, class};
use super::foreign::{self, Foreign};
use crate::diag::{Code, Diagnostic};
use crate::document::{Block, BlockKind, FormulaForm, Inline, InlineKind, Visit, walk_blocks};

/// Characters behind a mark within which it is told.
const LONGEST: usize = 500;
/// What a mark that is text is hidden with.
const ESCAPED: &str = "a backslash before it says that it is text";
/// Signs in which a hashtag does not end, nor a heading.
const ENDS: [char; 8] = ['.', '!', '?', ':', ';', ',', '…', '۔'];

/// Tells what a draft and its notes hold.
pub(super) fn report(reader: &mut Reader<'_>, blocks: &[Block]) {
    let mut search = Search { reader, found: Vec::new() };
    walk_blocks(blocks, &mut search);
    reader.notes.iter().for_each(|note| walk_blocks(&note.blocks, &mut search));
    let found = search.found;
    found.into_iter().for_each(|found| reader.diagnostics.push(found));
}

struct Search<'r, 'a> {
    reader: &'r Reader<'a>,
    found: Vec<Diagnostic>,
}

impl<'r, 'a> Search<'r, 'a> {
    fn tell(&mut self, code: Code, at: usize, len: usize, message: impl Into<String>, hint: impl Into<String>) {
        let span = self.reader.place.between(at, at + len);
        self.found.push(Diagnostic::new(code, span, message).hint(hint));
    }

    fn located<'t>(&self, inline: &Inline, text: &'t str) -> Located<'t>
    where
        'a: 't,
    {
        Located::new(&self.reader.place, inline.span, text)
    }

    /// Where in the draft a mark was typed, if as it is and not behind a backslash.
    fn typed(&self, located: &Located<'_>, at: usize, mark: &str) -> Option<usize> {
        let start = located.part(at..at + mark.len()).range().start;
        let draft = self.reader.place.draft();
        let slashes = draft.get(..start)?.bytes().rev().take_while(|byte| *byte == b'\\').count();
        (slashes.is_multiple_of(2) && draft[start..].starts_with(mark)).then_some(start)
    }

    /// What stands from there on in its line, within reach.
    fn line(&self, start: usize) -> &'r str {
        let rest = self.reader.place.draft().get(start..).unwrap_or_default();
        let end = rest.char_indices().nth(LONGEST).map_or(rest.len(), |(end, _)| end);
        rest[..end].lines().next().unwrap_or_default()
    }

    /// What stands before it in its line, within reach.
    fn before(&self, start: usize) -> &'r str {
        let draft = self.reader.place.draft();
        draft[draft.floor_char_boundary(start.saturating_sub(LONGEST))..start].rsplit('\n').next().unwrap_or_default()
    }

    fn text(&mut self, inline: &Inline, text: &str) {
        const MARKS: [&str; 4] = ["$$", "[^ ", "^ [", "!["];
        if !MARKS.iter().any(|mark| text.contains(mark)) {
            return;
        }
        let located = self.located(inline, text);
        for mark in MARKS {
            for (at, _) in text.match_indices(mark) {
                let Some(start) = self.typed(&located, at, mark) else { continue };
                match mark {
                    "$$" => self.dollars(start),
                    "![" => self.image(start),
                    _ => self.note(start, mark),
                }
            }
        }
    }

    /// `$$` without another in its paragraph: comrak has taken those that have one.
    fn dollars(&mut self, start: usize) {
        let draft = self.reader.place.draft();
        let (behind, before) = (&draft[start + 2..], self.before(start));
        if behind.starts_with('$') || before.ends_with(|c: char| c == '$' || c.is_alphanumeric()) {
            return;
        }
        let line = self.line(start + 2);
        let blank = line.trim().is_empty();
        let alone = blank && before.trim_matches([' ', '\t', '>']).is_empty();
        // On a line of its own it has the formula beneath it.
        let next = if blank {
            let end = behind.find('\n').map_or(behind.len(), |end| end + 1);
            self.line(start + 2 + end)
        } else {
            line
        };
        let is_formula = foreign::is_mathematics(next, Foreign::LineFormula)
            && next.contains(char::is_alphanumeric)
            && !next.trim_start().starts_with('|');
        if alone || is_formula {
            let message = "this `$$` has no other in its paragraph: what was meant as a formula is text";
            let hint = "write `$$` before the formula and `$$` behind it, and leave no line empty between them";
            self.tell(Code::UnreadFormula, start, 2, message, hint);
        }
    }

    /// `[^ 2]`, `text^ [note]`.
    fn note(&mut self, start: usize, mark: &str) {
        let line = self.line(start);
        let Some(end) = line.find(']') else { return };
        let inside = line[mark.len()..end].trim();
        let is_label = |c: char| c.is_alphanumeric() || "-_".contains(c);
        if mark == "[^ " && !inside.is_empty() && inside.chars().all(is_label) {
            let message = format!("`{}` is text: a note's name holds no space", &line[..=end]);
            self.tell(Code::UnreadMarkup, start, end + 1, message, format!("write `[^{inside}]`"));
        } else if mark == "^ ["
            && inside.contains(char::is_alphabetic)
            && !self.before(start).trim_end().ends_with(|c: char| c.is_numeric() || "^)]}".contains(c))
        {
            let message = "this is no note, but text: a space parts the `^` from its bracket";
            self.tell(Code::UnreadMarkup, start, end + 1, message, "write `^[` before the note, without a space");
        }
    }

    /// `![Alternative] (image.png)`.
    fn image(&mut self, start: usize) {
        let line = self.line(start);
        let Some(end) = line.find(']') else { return };
        let behind = line[end + 1..].trim_start();
        let Some((path, _)) = behind.strip_prefix('(').and_then(|behind| behind.split_once(')')) else { return };
        if line[end + 1..].starts_with([' ', '\t']) && path.contains(['.', '/']) {
            let len = line.len() - behind.len() + path.len() + 2;
            let message = "this is no image, but text: a space parts its brackets";
            self.tell(Code::UnreadMarkup, start, len, message, format!("write `{}({path})`", &line[..=end]));
        }
    }

    /// What begins a line of a paragraph.
    fn begins(&mut self, block: &Block, content: &[Inline], nth: usize) {
        let Some(inline @ Inline { kind: InlineKind::Text(text), .. }) = content.get(nth) else { return };
        let sign = if text.starts_with('#') { "#" } else { "::" };
        if !text.starts_with(sign) {
            return self.attributes(inline, text, content.get(nth + 1));
        }
        let Some(start) = self.typed(&self.located(inline, text), 0, sign) else { return };
        let rest = text.trim_start_matches(['#', ':']);
        let (marks, line) = (text.len() - rest.len(), self.line(start));
        if sign == "::" {
            if marks == 2 && (rest.starts_with('{') || rest.starts_with(' ') && !rest.trim().is_empty()) {
                let message = "this begins no box, but is text: a box takes three colons";
                let hint = "write `:::` and the box's kind above its text, and `:::` on a line of its own beneath it";
                self.tell(Code::UnreadMarkup, start, marks, message, hint);
            }
            return;
        }
        let before = self.before(start);
        let is_heading = if marks == 1 {
            content.len() == 1 && before.trim_matches([' ', '\t', '>']).is_empty() && self.is_title(block, rest)
        } else {
            marks <= 6 && rest.starts_with(char::is_alphanumeric) && !before.contains(['|', '<'])
        };
        if is_heading && line[..marks].bytes().all(|byte| byte == b'#') {
            let signs = &line[..marks];
            let message = format!("`{signs}` begins no heading, but is text: a space is to follow it");
            let word = rest.split_whitespace().next().unwrap_or_default();
            let more = if rest.trim_end() == word { "" } else { " …" };
            let hint = format!("write `{signs} {word}{more}`; {ESCAPED}");
            self.tell(Code::UnreadMarkup, start, marks, message, hint);
        }
    }

    /// Whether one line behind a `#` reads like a heading, and not like hashtags, a colour or a sentence.
    fn is_title(&self, block: &Block, rest: &str) -> bool {
        let word = rest.split_whitespace().next().unwrap_or_default();
        let is_colour = word.len() >= 3 && word.chars().all(|c| c.is_ascii_hexdigit());
        let source = self.reader.place.text(block.span);
        let signs = source.matches('#').count();
        rest.starts_with(char::is_uppercase)
            && signs == 1
            && !is_colour
            && !rest.trim_end().ends_with(ENDS)
            && !source.contains('|')
    }

    /// `{#id}` on a line of its own.
    fn attributes(&mut self, inline: &Inline, text: &str, next: Option<&Inline>) {
        let alone = next.is_none_or(|next| matches!(next.kind, InlineKind::SoftBreak | InlineKind::LineBreak));
        let text = text.trim_end();
        if !alone || !text.starts_with('{') || text.starts_with("{:") {
            return;
        }
        let Some(parsed) = attributes::parse(text) else { return };
        if parsed.len != text.len() || parsed.attributes.label.is_none() {
            return;
        }
        let Some(start) = self.typed(&self.located(inline, text), 0, "{") else { return };
        let message = format!("`{text}` belongs to nothing, and is text");
        let hint = format!("write it at the end of the heading, image, caption or formula itself; {ESCAPED}");
        self.tell(Code::UnreadMarkup, start, text.len(), message, hint);
    }

    /// `{word}` at the end of a heading or caption.
    fn last_braces(&mut self, content: &[Inline]) {
        let Some(inline @ Inline { kind: InlineKind::Text(text), .. }) = content.last() else { return };
        let Some(at) = text.trim_end().rfind('{').filter(|at| text[..*at].ends_with(char::is_whitespace)) else {
            return;
        };
        if bare_word(&text[at..]).is_some_and(|word| text[at..].trim_end().len() == word.len() + 2) {
            self.braces(inline, text, at);
        }
    }

    fn braces(&mut self, inline: &Inline, text: &str, at: usize) {
        let Some(word) = bare_word(&text[at..]) else { return };
        let Some(start) = self.typed(&self.located(inline, text), at, "{") else { return };
        let sign = if class::KNOWN.contains(&word) { "." } else { "#" };
        let message = format!("`{{{word}}}` is text: a name in braces begins with `{sign}`");
        let hint = format!("write `{{{sign}{word}}}`; {ESCAPED}");
        self.tell(Code::UnreadMarkup, start, word.len() + 2, message, hint);
    }

    /// What stands behind an image or a formula: `{fig-two}`, `(#eq-z)`.
    fn behind(&mut self, owner: &Inline, inline: &Inline) {
        let InlineKind::Text(text) = &inline.kind else { return };
        let is_formula = matches!(&owner.kind, InlineKind::Formula(formula) if formula.form == FormulaForm::Display);
        if !is_formula && !matches!(owner.kind, InlineKind::Image(_)) {
            return;
        }
        let at = text.len() - text.trim_start().len();
        if text[at..].starts_with('{') {
            return self.braces(inline, text, at);
        }
        let Some(name) = text[at..].strip_prefix("(#").and_then(|name| name.split_once(')')).map(|(name, _)| name)
        else {
            return;
        };
        let Some(start) = self.typed(&self.located(inline, text), at, "(#").filter(|_| is_formula) else { return };
        if !name.is_empty() && !name.contains(char::is_whitespace) {
            let message = format!("`(#{name})` is text: a formula's name stands in braces");
            self.tell(Code::UnreadMarkup, start, name.len() + 3, message, format!("write `{{#{name}}}`"));
        }
    }
}

/// The only word in the braces that a text begins with.
fn bare_word(text: &str) -> Option<&str> {
    let word = text.strip_prefix('{')?.split_once('}')?.0;
    let is_name = |c: char| c.is_alphanumeric() || "-_:.".contains(c);
    (word.starts_with(char::is_alphabetic) && word.chars().all(is_name)).then_some(word)
}

impl Visit<'_> for Search<'_, '_> {
    fn block(&mut self, block: &Block) {
        if let BlockKind::Heading(heading) = &block.kind {
            self.last_braces(&heading.content);
        }
        if let BlockKind::Table(table) = &block.kind
            && let Some(caption) = &table.caption
        {
            self.last_braces(&caption.content);
        }
        let BlockKind::Paragraph(content) = &block.kind else { return };
        for nth in 0..content.len() {
            let before = nth.checked_sub(1).map(|before| &content[before]);
            if before.is_none_or(|before| matches!(before.kind, InlineKind::SoftBreak | InlineKind::LineBreak)) {
                self.begins(block, content, nth);
            } else if let Some(before) = before {
                self.behind(before, &content[nth]);
            }
        }
    }

    fn inline(&mut self, inline: &Inline) {
        if let InlineKind::Text(text) = &inline.kind {
            self.text(inline, text);
        }
    }
}
