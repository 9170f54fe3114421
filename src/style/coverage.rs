//! Which characters the faces at hand can show.
//!
//! In: a document, and generated texts beside it. Out: [`Code::MissingGlyph`], once a character, or once a script
//! of which no font is there, at the first place. What stands in its place is the writer's to say: U+FFFD on a page;
//! HTML and Word fall back to the reader's own fonts.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use super::{FallbackFont, FontSet, Script, Stylesheet, faces, formula_face};
use crate::diag::{Code, Diagnostic, Diagnostics, Place};
use crate::document::{
    Block, BlockKind, Document, Formula, FormulaForm, Inline, InlineKind, NodeId, Visit, walk_blocks,
};
use crate::source::Span;
use ttf_parser::cmap::Format;

/// One bit a code point, for the planes that fonts fill.
#[derive(Debug, Clone)]
pub(super) struct Coverage(Vec<u64>);

/// Code points that are counted: the first three planes.
const COUNTED: usize = 0x3_0000;

impl Coverage {
    /// Adds what a face can show, of the characters that it is wanted for; nothing if the file is no font.
    pub(super) fn add(&mut self, data: &[u8], index: u32, wanted: fn(char) -> bool) {
        let Ok(face) = ttf_parser::Face::parse(data, index) else { return };
        let tables = face.tables().cmap.into_iter().flat_map(|cmap| cmap.subtables);
        let tables: Vec<_> = tables.filter(ttf_parser::cmap::Subtable::is_unicode).collect();
        // A table of full Unicode holds whatever the others hold (OpenType 1.9, "cmap"), which are often one twice.
        let full = tables.iter().find(|table| matches!(table.format, Format::SegmentedCoverage(_)));
        for table in full.map_or(&*tables, std::slice::from_ref) {
            table.codepoints(|c| {
                if let Some(word) = self.0.get_mut(c as usize / 64)
                    && table.glyph_index(c).is_some_and(|glyph| glyph.0 != 0)
                    && char::from_u32(c).is_some_and(wanted)
                {
                    *word |= 1 << (c % 64);
                }
            });
        }
    }

    pub(super) fn has(&self, code: u32) -> bool {
        self.0.get(code as usize / 64).is_some_and(|word| word >> (code % 64) & 1 == 1)
    }
}

/// What the bundled faces show.
pub(super) fn bundled_coverage() -> &'static Coverage {
    static COVERED: LazyLock<Coverage> = LazyLock::new(|| {
        let mut coverage = Coverage(vec![0; COUNTED / 64]);
        for face in faces() {
            coverage.add(face.data, 0, if face.mono { is_sign } else { |_| true });
        }
        coverage
    });
    &COVERED
}

/// Whether the font for formulas shows a character.
pub(super) fn covers_in_formulas(c: char) -> bool {
    static COVERED: LazyLock<Coverage> = LazyLock::new(|| {
        let mut coverage = Coverage(vec![0; COUNTED / 64]);
        coverage.add(formula_face(), 0, |_| true);
        coverage
    });
    COVERED.has(u32::from(c))
}

/// A face for code lends its arrows and boxes to running text, but not its letters of other scripts, which are all
/// equally wide.
fn is_sign(c: char) -> bool {
    match Script::of(c) {
        None | Some(Script::Math | Script::Symbols) => true,
        Some(_) => false,
    }
}

/// Characters without a shape of their own (Unicode 5.21, default ignorable code points). Not the youngest, U+180F, which
/// the typesetter takes for one that has a shape.
pub(super) fn ignorable(code: u32) -> bool {
    matches!(code,
        0xAD | 0x34F | 0x61C | 0x115F..=0x1160 | 0x17B4..=0x17B5 | 0x180B..=0x180E | 0x200B..=0x200F
        | 0x2028..=0x202E | 0x2060..=0x206F | 0x3164 | 0xFE00..=0xFE0F | 0xFEFF | 0xFFA0 | 0xE_0000..=0xE_0FFF)
}

/// Every character that no face shows, at its first place; one for all characters of a script whose font is not
/// there. `generated` are texts that stand in the report but in no draft (its title, names).
pub fn missing_glyphs<'a>(
    document: &Document,
    generated: impl IntoIterator<Item = &'a str>,
    fonts: &FontSet,
    style: &Stylesheet,
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
pub fn install(font: &FallbackFont) -> String {
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

    #[test]
    fn latin_greek_and_cyrillic_are_covered_and_hieroglyphs_are_not() {
        let fonts = FontSet::bundled();
        assert!("Größe, naïve → ✓, Ελληνικά, Русский — “…” «\u{202f}» • ☐☑ \u{200d}".chars().all(|c| fonts.covers(c)));
        assert!(!"\u{13000}漢😀ا".chars().any(|c| fonts.covers(c)));
    }

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
        let found = missing_glyphs(&document, [], &FontSet::bundled(), style, &|_| false);
        let places: Vec<_> = found.iter().map(|found| found.place.clone()).collect();
        let spans = [(8, 11), (46, 50)].map(|(start, end)| Place::Span(Span::new(file, start, end)));
        assert_eq!(places, spans, "{found:?}");
        // As code, which is what stands for a formula that cannot be read, its signs need a font for text.
        let found = missing_glyphs(&document, [], &FontSet::bundled(), style, &|_| true);
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
