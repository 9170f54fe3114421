//! Characters that no font at hand shows.
//!
//! Only a PDF cannot leave them to the reader's own fonts: on its pages U+FFFD stands in their place. Each is told once, at
//! its first place; of a script whose font is not there, one stands for all.

use std::collections::{BTreeMap, BTreeSet};

use super::Checked;
use crate::diag::{Code, Diagnostic, Diagnostics, Place};
use crate::document::{
    Block, BlockKind, Document, Formula, FormulaForm, Inline, InlineKind, NodeId, Visit, walk_blocks,
};
use crate::project::Format;
use crate::source::Span;
use crate::style::{FallbackFont, FontSet, Script, Stylesheet};

/// The rule.
pub(super) fn missing(checked: &Checked<'_>) -> Diagnostics {
    let Checked { resolved, style, fonts, formats, .. } = checked;
    if !formats.contains(&Format::Pdf) {
        return Diagnostics::new();
    }
    let is_code = |id| resolved.formulas.get(id).is_some_and(|formula| formula.shown.is_none());
    of_texts(&resolved.document, resolved.metadata.texts(), (fonts, style), &is_code)
}

/// Every character that no face shows, at its first place; one for all characters of a script whose font is not
/// there. `generated` are texts that stand in the report but in no draft (its title, names).
fn of_texts<'a>(
    document: &Document,
    generated: impl IntoIterator<Item = &'a str>,
    (fonts, style): (&FontSet, &Stylesheet),
    is_code: &dyn Fn(NodeId) -> bool,
) -> Diagnostics {
    let mut search = Search { fonts, is_code, seen: BTreeSet::new(), found: Vec::new() };
    for part in &document.parts {
        walk_blocks(&part.blocks, &mut search);
    }
    for note in &document.notes {
        walk_blocks(&note.blocks, &mut search);
    }
    for text in generated {
        search.text(text, &|_| Place::Nowhere);
    }
    let mut diagnostics = Diagnostics::new();
    for missing in by_font(&search.found, fonts) {
        diagnostics.push(missing.diagnostic(style));
    }
    diagnostics
}

/// A character, or all of a script.
struct Missing<'f> {
    first: &'f (char, Place),
    others: usize,
    script: Option<Script>,
    /// Whether the script's font is there, and lacks the character.
    lacking: bool,
}

fn by_font<'f>(found: &'f [(char, Place)], fonts: &FontSet) -> Vec<Missing<'f>> {
    let mut missing: Vec<Missing<'f>> = Vec::new();
    let mut scripts: BTreeMap<Script, usize> = BTreeMap::new();
    for first in found {
        let script = Script::of(first.0);
        let lacking = script.is_some_and(|script| fonts.has(script));
        let absent = script.filter(|_| !lacking);
        if let Some(at) = absent.and_then(|script| scripts.get(&script)) {
            missing[*at].others += 1;
            continue;
        }
        scripts.extend(absent.map(|script| (script, missing.len())));
        missing.push(Missing { first, others: 0, script, lacking });
    }
    missing
}

impl Missing<'_> {
    fn diagnostic(&self, style: &Stylesheet) -> Diagnostic {
        let (c, place) = self.first;
        let kind = self.script.map_or(String::new(), |script| format!("{} ", script.name()));
        let more = match self.others {
            0 => String::new(),
            1 => format!(", nor another {kind}character"),
            others => format!(", nor {others} more {kind}characters"),
        };
        let message = format!("no font at hand shows “{c}” (U+{:04X}){more}", u32::from(*c));
        let stands = "in the PDF “\u{fffd}” stands in its place";
        let font = self.script.filter(|_| !self.lacking).and_then(|script| style.fonts.fallback_of(script));
        let hint = match font {
            Some(font) => format!("{}; until then {stands}", install(font)),
            None => stands.to_owned(),
        };
        Diagnostic::at(Code::MissingGlyph, place.clone(), message).hint(hint)
    }
}

/// How a font comes to be found.
fn install(font: &FallbackFont) -> String {
    let file = font.regular.first().map_or("its file", String::as_str);
    let own = FallbackFont::noto(font.script).is_some_and(|noto| noto.family == font.family);
    match font.script.package().filter(|_| own) {
        Some(package) => format!(
            "install {} (`apt install {package}`), or put `{file}` into a folder that `folders` under `[fonts]` names",
            font.family
        ),
        None => format!("install {}, or put `{file}` into a folder that `folders` under `[fonts]` names", font.family),
    }
}

struct Search<'f> {
    fonts: &'f FontSet,
    is_code: &'f dyn Fn(NodeId) -> bool,
    seen: BTreeSet<char>,
    found: Vec<(char, Place)>,
}

impl Search<'_> {
    fn text(&mut self, text: &str, place: &dyn Fn(usize) -> Place) {
        self.characters(text, FontSet::covers, place);
    }

    fn characters(&mut self, text: &str, covers: fn(&FontSet, char) -> bool, place: &dyn Fn(usize) -> Place) {
        for (at, c) in text.char_indices() {
            if !covers(self.fonts, c) && self.seen.insert(c) {
                self.found.push((c, place(at)));
            }
        }
    }

    fn at(&mut self, text: &str, span: Span) {
        self.text(text, &|at| place(text, at, span, 0));
    }

    /// A formula's TeX, which holds every letter that it shows.
    fn formula(&mut self, id: NodeId, formula: &Formula, span: Span) {
        let dollars = match formula.form {
            FormulaForm::Line => 1,
            FormulaForm::Display => 2,
        };
        let source = formula.source.as_str();
        let covers: fn(&FontSet, char) -> bool =
            if (self.is_code)(id) { FontSet::covers } else { FontSet::covers_in_formulas };
        self.characters(source, covers, &|at| place(source, at, span, dollars));
    }
}

/// Where a character of a node's text stands, `around` bytes within it: exact where the draft has the text letter for
/// letter, else the node's whole span.
fn place(text: &str, at: usize, span: Span, around: usize) -> Place {
    let exact = span.range().len() == text.len() + 2 * around;
    let length = text[at..].chars().next().map_or(0, char::len_utf8);
    let start = span.range().start + around + at;
    Place::Span(if exact { Span::new(span.file, start, start + length) } else { span })
}

impl<'a> Visit<'a> for Search<'_> {
    fn block(&mut self, block: &'a Block) {
        if let BlockKind::CodeBlock(code) = &block.kind {
            self.at(&code.literal, block.span);
        } else if let BlockKind::Formula(formula) = &block.kind {
            self.formula(block.id, formula, block.span);
        }
    }

    fn inline(&mut self, inline: &'a Inline) {
        if let InlineKind::Text(text) | InlineKind::Code(text) = &inline.kind {
            self.at(text, inline.span);
        } else if let InlineKind::Formula(formula) = &inline.kind {
            self.formula(inline.id, formula, inline.span);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::style::bundled;

    fn told(text: &str) -> Vec<(String, Place, String)> {
        let fonts = FontSet::bundled();
        let mut search = Search { fonts: &fonts, is_code: &|_| false, seen: BTreeSet::new(), found: Vec::new() };
        let mut sources = crate::source::Sources::default();
        let file = sources.add("a.md", text);
        search.at(text, Span::new(file, 0, text.len()));
        let style = bundled("report").expect("bundled");
        let told = |missing: &Missing<'_>| {
            let found = missing.diagnostic(style);
            (found.message, found.place, found.hints.concat())
        };
        by_font(&search.found, &fonts).iter().map(told).collect()
    }

    #[test]
    fn letters_in_formulas_are_missed_and_signs_of_mathematics_are_not() {
        let mut sources = crate::source::Sources::default();
        let file = sources.add("a.md", "$$\\text{漢} = \u{1d53d} ∮ ⟦x⟧$$\n\nand $\\text{\u{13000}}$\n");
        let document = crate::markdown::parse(&sources, &[file]).value;
        let style = bundled("report").expect("bundled");
        let found = of_texts(&document, [], (&FontSet::bundled(), style), &|_| false);
        let places: Vec<_> = found.iter().map(|found| found.place.clone()).collect();
        let spans = [(8, 11), (46, 50)].map(|(start, end)| Place::Span(Span::new(file, start, end)));
        assert_eq!(places, spans, "{found:?}");
        // As code, which is what stands for a formula that cannot be read, its signs need a font for text.
        let found = of_texts(&document, [], (&FontSet::bundled(), style), &|_| true);
        let first = found.iter().map(|found| found.place.clone()).nth(1);
        assert_eq!(first, Some(Place::Span(Span::new(file, 15, 19))), "{found:?}");
    }

    #[test]
    fn characters_of_a_script_without_a_font_are_reported_once_where_the_first_stands() {
        let told = told("a \u{13000} 漢字 漢 \u{13001}");
        let (messages, hints): (Vec<&str>, Vec<&str>) = told.iter().map(|(m, _, h)| (m.as_str(), h.as_str())).unzip();
        assert_eq!(
            messages,
            [
                "no font at hand shows “\u{13000}” (U+13000)",
                "no font at hand shows “漢” (U+6F22), nor another Chinese, Japanese or Korean character",
                "no font at hand shows “\u{13001}” (U+13001)",
            ]
        );
        assert!(matches!(told[1].1, Place::Span(span) if (span.start, span.end) == (7, 10)), "{:?}", told[1].1);
        assert!(hints[1].starts_with("install Noto Sans CJK SC (`apt install fonts-noto-cjk`)"), "{}", hints[1]);
        assert_eq!(hints[0], "in the PDF “\u{fffd}” stands in its place");
    }
}
