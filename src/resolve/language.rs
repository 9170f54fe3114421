//! Languages: which way each runs, and whether its letters can slant.
//!
//! In: BCP 47 tags as typed. Out: [`LanguageInfo`] of the report and of every part and passage that has a language
//! of its own. Never guesses a language from text.

use super::reading::{self, Place as Reading, Read};
use super::resolved::SideTable;
use super::terms::Terms;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::document::{Attributes, Block, BlockKind, Direction, Document, Inline, InlineKind, NodeId, Part};
use crate::project::{Project, is_language};
use crate::source::Span;

/// The language where none is given.
const DEFAULT: &str = "en";

/// A language, and what follows from it for every format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LanguageInfo {
    /// BCP 47, in the case that it recommends (RFC 5646, 2.1.1): `zh-Hans-CN`.
    pub tag: String,
    /// Which way its lines run.
    pub direction: Direction,
    /// How its emphasis looks.
    pub emphasis: Emphasis,
}

/// How emphasis looks (CommonMark 6.2, `*text*`), and every role that a style slants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Emphasis {
    /// Slanted.
    #[default]
    Italic,
    /// Upright and bold: Arabic, Chinese and others have no slanted letters, and a machine's slant disfigures them.
    /// A role that a style slants is upright, in its own weight.
    Bold,
}

/// Languages of a report.
pub(super) struct Languages {
    /// The report's.
    pub(super) report: LanguageInfo,
    /// One per part.
    pub(super) parts: Vec<Option<LanguageInfo>>,
    /// By block and inline.
    pub(super) passages: SideTable<LanguageInfo>,
}

impl LanguageInfo {
    /// Of a tag that is well formed.
    pub fn new(tag: &str) -> Self {
        let tag = canonical(tag);
        let script = script(&tag);
        let direction = if RIGHT_TO_LEFT.contains(&script) { Direction::RightToLeft } else { Direction::LeftToRight };
        let emphasis = if SLANTED.contains(&script) { Emphasis::Italic } else { Emphasis::Bold };
        Self { tag, direction, emphasis }
    }
}

impl LanguageInfo {
    /// Whether its words are divided at the ends of lines where a style asks for it: those of Arabic, Chinese and other
    /// scripts are not.
    pub fn hyphenates(&self) -> bool {
        // Scripts with slanted letters are those with hyphens.
        self.emphasis == Emphasis::Italic
    }
}

impl Default for LanguageInfo {
    fn default() -> Self {
        Self::new(DEFAULT)
    }
}

/// Reads every language; says which tags are none, and where English words stand in for those of a language.
pub(super) fn resolve(document: &Document, project: &Project, notes: &[usize], found: &mut Diagnostics) -> Languages {
    let report = report(project);
    if Terms::known(&report.tag).is_none() {
        let message = format!(
            "the words that the program adds (“Contents”, “Figure”) are English: it has none in `{}`",
            report.tag
        );
        let place = project.places.place("report.language");
        let has: Vec<&str> = Terms::ALL.iter().map(|terms| terms.language).collect();
        let fault = Diagnostic::at(Code::UnsupportedLanguage, place, message);
        found.push(fault.hint(format!("it has them in: {}; please report which others you need", has.join(", "))));
    }
    let mut passages = Passages { found, parts: Vec::new(), table: SideTable::default() };
    reading::read(document, notes, &mut passages);
    let Passages { parts, table, .. } = passages;
    Languages { report, parts, passages: table }
}

/// The report's own language.
pub(super) fn report(project: &Project) -> LanguageInfo {
    let configured = project.config.report.language.as_deref().map(str::trim).filter(|tag| !tag.is_empty());
    configured.filter(|tag| is_language(tag)).map(LanguageInfo::new).unwrap_or_default()
}

struct Passages<'f> {
    found: &'f mut Diagnostics,
    parts: Vec<Option<LanguageInfo>>,
    table: SideTable<LanguageInfo>,
}

impl<'d> Read<'d> for Passages<'_> {
    fn part(&mut self, part: &'d Part) {
        let info = part.language.as_deref().and_then(|tag| self.info(tag, Span::new(part.file, 0, 0)));
        self.parts.push(info);
    }

    fn block(&mut self, block: &'d Block, _place: &Reading<'d>) {
        self.passage(block.id, &block.attributes, block.span);
        if let BlockKind::Figure(figure) = &block.kind
            && block.attributes.language.is_none()
        {
            self.passage(block.id, &figure.image.attributes, block.span);
        }
    }

    fn inline(&mut self, inline: &'d Inline, _place: &Reading<'d>) {
        match &inline.kind {
            InlineKind::Span(attributes, _) => self.passage(inline.id, attributes, inline.span),
            InlineKind::Link(link) => self.passage(inline.id, &link.attributes, inline.span),
            InlineKind::Image(image) => self.passage(inline.id, &image.attributes, inline.span),
            InlineKind::Text(_)
            | InlineKind::SoftBreak
            | InlineKind::LineBreak
            | InlineKind::Emphasis(_)
            | InlineKind::Strong(_)
            | InlineKind::Strikethrough(_)
            | InlineKind::Highlight(_)
            | InlineKind::Superscript(_)
            | InlineKind::Subscript(_)
            | InlineKind::Code(_)
            | InlineKind::Formula(_)
            | InlineKind::Citation(_)
            | InlineKind::Note(_)
            | InlineKind::Reference(_) => {}
        }
    }
}

impl Passages<'_> {
    fn passage(&mut self, id: NodeId, attributes: &Attributes, span: Span) {
        let info = attributes.language.as_deref().and_then(|tag| self.info(tag, span));
        if let Some(info) = info {
            self.table.insert(id, info);
        }
    }

    fn info(&mut self, tag: &str, span: Span) -> Option<LanguageInfo> {
        if is_language(tag) {
            return Some(LanguageInfo::new(tag));
        }
        let fault = Diagnostic::new(Code::InvalidLanguage, span, format!("`{tag}` is no language tag; it is left out"));
        self.found.push(fault.hint("such as `en`, `fr`, `pt-BR` or `zh-Hans` (BCP 47)"));
        None
    }
}

/// The first subtag, in lower case.
pub(super) fn primary(tag: &str) -> String {
    tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase()
}

/// RFC 5646, 2.1.1: language in lower case, script in title case, region in upper case.
fn canonical(tag: &str) -> String {
    let parts: Vec<String> = tag.split('-').enumerate().map(|(at, part)| canonical_part(at, part)).collect();
    // What follows a single letter is an extension: all in lower case.
    let extension = parts.iter().position(|part| part.len() == 1).unwrap_or(parts.len());
    let cased = parts.iter().enumerate().map(
        |(at, part)| {
            if at > extension { part.to_ascii_lowercase() } else { part.clone() }
        },
    );
    cased.collect::<Vec<_>>().join("-")
}

fn canonical_part(at: usize, part: &str) -> String {
    let lower = part.to_ascii_lowercase();
    match part.len() {
        2 if at > 0 => part.to_ascii_uppercase(),
        4 if at > 0 && part.bytes().all(|byte| byte.is_ascii_alphabetic()) => {
            lower[..1].to_ascii_uppercase() + &lower[1..]
        }
        _ => lower,
    }
}

/// Scripts (ISO 15924) whose lines run from right to left.
const RIGHT_TO_LEFT: &[&str] = &["Adlm", "Arab", "Hebr", "Mand", "Mend", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa"];

/// Scripts that have slanted letters.
const SLANTED: &[&str] = &["Armn", "Cyrl", "Geor", "Grek", "Latn"];

/// Languages that are not written in Latin letters, with the script in which they are where their tag names none
/// (CLDR, likely subtags).
const SCRIPTS: &[(&str, &[&str])] = &[
    ("Arab", &["ar", "arc", "azb", "bal", "ckb", "fa", "glk", "ks", "lrc", "mzn", "ps", "sd", "skr", "ug", "ur"]),
    ("Armn", &["hy", "hyw"]),
    ("Beng", &["as", "bn", "mni"]),
    ("Cyrl", &["ab", "ba", "be", "bg", "ce", "cv", "kk", "ky", "mk", "mn", "os", "ru", "sah", "sr", "tg", "tt", "uk"]),
    ("Deva", &["bho", "brx", "doi", "gom", "hi", "kok", "mai", "mr", "ne", "sa", "sat"]),
    ("Ethi", &["am", "ti", "tig", "wal"]),
    ("Geor", &["ka", "xmf"]),
    ("Grek", &["el", "grc"]),
    ("Gujr", &["gu"]),
    ("Guru", &["pa"]),
    ("Hans", &["zh", "cmn", "wuu", "hak"]),
    ("Hant", &["yue", "lzh"]),
    ("Hebr", &["he", "iw", "ji", "yi", "lad"]),
    ("Jpan", &["ja"]),
    ("Khmr", &["km"]),
    ("Knda", &["kn", "tcy"]),
    ("Kore", &["ko"]),
    ("Laoo", &["lo"]),
    ("Mlym", &["ml"]),
    ("Mymr", &["my", "shn", "mnw"]),
    ("Nkoo", &["nqo"]),
    ("Orya", &["or"]),
    ("Sinh", &["si"]),
    ("Syrc", &["syr", "aii"]),
    ("Taml", &["ta"]),
    ("Telu", &["te"]),
    ("Tfng", &["zgh", "tzm"]),
    ("Thaa", &["dv"]),
    ("Thai", &["th"]),
    ("Tibt", &["bo", "dz"]),
];

/// The script of a canonical tag: its own, else that in which the language is mostly written.
fn script(tag: &str) -> &str {
    let named = tag.split('-').skip(1).take_while(|part| part.len() > 1);
    let named = named.filter(|part| part.len() == 4 && part.starts_with(|c: char| c.is_ascii_uppercase()));
    let likely = || {
        let language = tag.split('-').next().unwrap_or_default();
        SCRIPTS.iter().find(|(_, languages)| languages.contains(&language)).map_or("Latn", |(script, _)| script)
    };
    named.last().unwrap_or_else(likely)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn direction_and_emphasis_follow_from_the_script() {
        use Direction::{LeftToRight, RightToLeft};
        for (tag, direction, emphasis) in [
            ("en", LeftToRight, Emphasis::Italic),
            ("ru", LeftToRight, Emphasis::Italic),
            ("AR-eg", RightToLeft, Emphasis::Bold),
            ("ar-Latn", LeftToRight, Emphasis::Italic),
            ("az-Arab", RightToLeft, Emphasis::Bold),
            ("he", RightToLeft, Emphasis::Bold),
            ("zh", LeftToRight, Emphasis::Bold),
            ("zh-Hans-CN", LeftToRight, Emphasis::Bold),
            ("zh-Latn-pinyin", LeftToRight, Emphasis::Italic),
            ("sl-rozaj-biske", LeftToRight, Emphasis::Italic),
        ] {
            let info = LanguageInfo::new(tag);
            assert_eq!((info.direction, info.emphasis), (direction, emphasis), "{tag}");
        }
    }

    #[test]
    fn tags_are_written_as_recommended() {
        for (typed, tag) in
            [("FR-ca", "fr-CA"), ("zh-hans-cn", "zh-Hans-CN"), ("es-419", "es-419"), ("en-x-OWN-Ab", "en-x-own-ab")]
        {
            assert_eq!(LanguageInfo::new(typed).tag, tag);
        }
    }
}
