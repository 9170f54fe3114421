//! Numbers and markers as Word computes them (ECMA-376 17.9).
//!
//! In: `word/numbering.xml`, then each numbered paragraph in reading order. Out: "III.", "A.", "(b)", "•".

use std::collections::{HashMap, HashSet};

use crate::inspect::numeral;
use crate::inspect::xml::{Element, Space};

/// Levels of a list (`w:ilvl` 0 to 8).
const LEVELS: usize = 9;

#[derive(Debug, Clone)]
struct Level {
    start: u32,
    format: Format,
    text: String,
    /// `w:lvlRestart`: 0 never, n after a paragraph of level n (counted from 1); without it after any higher level.
    restart: Option<usize>,
    /// `w:isLgl`: all numbers of the text are decimal.
    legal: bool,
    /// The style that belongs to this level.
    style: Option<String>,
}

impl Default for Level {
    fn default() -> Self {
        Self { start: 0, format: Format::Decimal, text: String::new(), restart: None, legal: false, style: None }
    }
}

/// `w:numFmt` (ECMA-376 17.18.59), as far as lists and notes have it here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Decimal,
    DecimalZero,
    LowerLetter,
    UpperLetter,
    LowerRoman,
    UpperRoman,
    Bullet,
    None,
}

#[derive(Debug, Clone, Default)]
struct Instance {
    list: u32,
    /// `w:lvlOverride` with a level of its own.
    levels: HashMap<usize, Level>,
    /// `w:startOverride`.
    starts: HashMap<usize, u32>,
}

type List = HashMap<usize, Level>;

/// Definitions and running counters.
#[derive(Debug, Clone, Default)]
pub(super) struct Numbering {
    lists: HashMap<u32, List>,
    instances: HashMap<u32, Instance>,
    /// By list: instances of one list count on together.
    counters: HashMap<u32, [Option<u32>; LEVELS]>,
    /// Start overrides that have been applied: an instance restarts a level once.
    restarted: HashSet<(u32, usize)>,
}

impl Numbering {
    /// From `word/numbering.xml`.
    pub fn read(root: &Element<'_>) -> Self {
        let mut numbering = Self::default();
        for element in root.all(Space::Word, "abstractNum") {
            if let Some(id) = attribute(element, "abstractNumId") {
                numbering.lists.insert(id, levels(element));
            }
        }
        for element in root.all(Space::Word, "num") {
            if let (Some(id), Some(list)) = (attribute(element, "numId"), child_value(element, "abstractNumId")) {
                numbering.instances.insert(id, Instance::read(element, list));
            }
        }
        numbering
    }

    /// The level of an instance that is bound to one of these styles (`w:pStyle`), nearest first.
    pub fn level_of_style<'a>(&self, instance: u32, mut styles: impl Iterator<Item = &'a str>) -> Option<usize> {
        let list = self.lists.get(&self.instances.get(&instance)?.list)?;
        styles.find_map(|style| list.iter().find(|(_, l)| l.style.as_deref() == Some(style)).map(|(at, _)| *at))
    }

    /// How a level of an instance marks its items: a bullet, or how it counts and what stands around the number.
    pub fn marker(&self, instance: u32, level: usize) -> String {
        let definition = self.instances.get(&instance);
        let list = definition.and_then(|definition| self.lists.get(&definition.list));
        let level = definition.and_then(|one| one.levels.get(&level)).or_else(|| list?.get(&level));
        level.map(|level| format!("{:?} {}", level.format, level.text.trim())).unwrap_or_default()
    }

    /// Counts a paragraph and gives what Word shows before it; `None` where it shows nothing.
    pub fn next(&mut self, instance: u32, level: usize) -> Option<String> {
        let level = level.min(LEVELS - 1);
        let definition = self.instances.get(&instance)?;
        let list = self.lists.get(&definition.list)?;
        let counters = self.counters.entry(definition.list).or_default();
        for (at, start) in definition.starts.iter().filter(|(at, _)| **at <= level) {
            if self.restarted.insert((instance, *at)) {
                counters[*at] = start.checked_sub(1);
            }
        }
        let of = |at: usize| definition.levels.get(&at).or_else(|| list.get(&at)).cloned().unwrap_or_default();
        let first = |at: usize| definition.starts.get(&at).copied().unwrap_or_else(|| of(at).start);
        counters[level] = Some(counters[level].map_or_else(|| first(level), |count| count.saturating_add(1)));
        for (at, counter) in counters.iter_mut().enumerate().take(level) {
            counter.get_or_insert_with(|| first(at));
        }
        for (at, counter) in counters.iter_mut().enumerate().skip(level + 1) {
            if of(at).restart.is_none_or(|restart| restart > level) {
                *counter = None;
            }
        }
        let shown = counters.map(Option::unwrap_or_default);
        text(&of(level), &shown, |at| of(at).format)
    }
}

impl Instance {
    fn read(element: &Element<'_>, list: u32) -> Self {
        let mut instance = Self { list, ..Self::default() };
        for over in element.all(Space::Word, "lvlOverride") {
            let Some(at) = attribute(over, "ilvl").map(|at| at as usize) else { continue };
            if let Some(start) = child_value(over, "startOverride") {
                instance.starts.insert(at, start);
            }
            if let Some(level) = over.word("lvl") {
                instance.levels.insert(at, Level::read(level));
            }
        }
        instance
    }
}

impl Level {
    fn read(element: &Element<'_>) -> Self {
        let value = |name: &str| element.word(name).and_then(Element::value);
        Self {
            start: child_value(element, "start").unwrap_or_default(),
            format: value("numFmt").map_or(Format::Decimal, Format::named),
            text: value("lvlText").unwrap_or_default().to_owned(),
            restart: child_value(element, "lvlRestart").map(|restart| restart as usize),
            legal: element.word("isLgl").is_some_and(Element::switched_on),
            style: value("pStyle").map(str::to_owned),
        }
    }
}

fn levels(list: &Element<'_>) -> List {
    let levels = list.all(Space::Word, "lvl");
    levels.filter_map(|level| Some((attribute(level, "ilvl")? as usize, Level::read(level)))).collect()
}

fn attribute(element: &Element<'_>, name: &str) -> Option<u32> {
    element.attribute(Space::Word, name)?.parse().ok()
}

fn child_value(element: &Element<'_>, name: &str) -> Option<u32> {
    element.word(name)?.value()?.parse().ok()
}

/// `w:lvlText` with `%1` to `%9` replaced.
fn text(level: &Level, counters: &[u32; LEVELS], format: impl Fn(usize) -> Format) -> Option<String> {
    if level.format == Format::Bullet {
        return Some(bullet(&level.text));
    }
    let mut out = String::new();
    let mut characters = level.text.chars().peekable();
    while let Some(character) = characters.next() {
        let place = characters.peek().and_then(|next| next.to_digit(10)).filter(|digit| *digit > 0);
        let (Some(place), '%') = (place, character) else {
            out.push(character);
            continue;
        };
        characters.next();
        let at = place as usize - 1;
        let format = if level.legal { Format::Decimal } else { format(at) };
        out.push_str(&format.number(counters[at]));
    }
    let out = out.trim().to_owned();
    (!out.is_empty()).then_some(out)
}

/// Bullets of the Symbol and Wingdings fonts lie in the private use area.
fn bullet(text: &str) -> String {
    text.chars().map(|c| if ('\u{f000}'..='\u{f0ff}').contains(&c) { '•' } else { c }).collect()
}

impl Format {
    /// By its name; decimal where it is not known.
    pub fn named(name: &str) -> Self {
        match name {
            "decimalZero" => Self::DecimalZero,
            "lowerLetter" => Self::LowerLetter,
            "upperLetter" => Self::UpperLetter,
            "lowerRoman" => Self::LowerRoman,
            "upperRoman" => Self::UpperRoman,
            "bullet" => Self::Bullet,
            "none" => Self::None,
            _ => Self::Decimal,
        }
    }

    /// A number.
    pub fn number(self, number: u32) -> String {
        match self {
            Self::Decimal => number.to_string(),
            Self::DecimalZero => format!("{number:02}"),
            Self::LowerLetter => repeated_letters(number),
            Self::UpperLetter => repeated_letters(number).to_uppercase(),
            Self::LowerRoman => numeral::roman(number),
            Self::UpperRoman => numeral::roman(number).to_uppercase(),
            Self::Bullet | Self::None => String::new(),
        }
    }
}

/// a to z, then aa, bb, and so on, as Word has it.
fn repeated_letters(number: u32) -> String {
    let Some(index) = number.checked_sub(1) else { return String::new() };
    let letter = char::from(b'a' + (index % 26) as u8);
    std::iter::repeat_n(letter, (index / 26 + 1).min(32) as usize).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inspect::xml;

    const LEVELS_XML: &str = r#"<w:abstractNum w:abstractNumId="0">
        <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:pStyle w:val="H1"/><w:lvlText w:val="%1."/></w:lvl>
        <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="upperLetter"/><w:lvlText w:val="%2."/></w:lvl>
        <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1/(%3)"/></w:lvl>
        <w:lvl w:ilvl="3"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/><w:lvlText w:val="%1.%4"/></w:lvl>
        <w:lvl w:ilvl="4"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlRestart w:val="0"/><w:lvlText w:val="%5"/></w:lvl>
        <w:lvl w:ilvl="5"><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF0B7;"/></w:lvl>
        <w:lvl w:ilvl="6"><w:numFmt w:val="none"/><w:lvlText w:val=""/></w:lvl>
      </w:abstractNum>
      <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
      <w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>
      <w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1)"/></w:lvl></w:lvlOverride></w:num>"#;

    fn run(paragraphs: &[(u32, usize)]) -> Vec<String> {
        let xml = format!(
            r#"<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{LEVELS_XML}</w:numbering>"#
        );
        let mut numbering = Numbering::read(&xml::parse(xml.as_bytes()).expect("well-formed"));
        paragraphs.iter().map(|(num, level)| numbering.next(*num, *level).unwrap_or_else(|| "–".to_owned())).collect()
    }

    #[test]
    fn levels_count_as_in_word() {
        for (paragraphs, expected) in [
            (&[(1, 0), (1, 0), (1, 0)][..], "I. II. III."),
            (&[(1, 0), (1, 1), (1, 1), (1, 0), (1, 1)], "I. A. B. II. A."),
            (&[(1, 0), (1, 2), (1, 2), (1, 1), (1, 2)], "I. I/(a) I/(b) B. I/(a)"),
            (&[(1, 0), (1, 0), (1, 3)], "I. II. 2.1"),
            (&[(1, 0), (1, 4), (1, 0), (1, 4)], "I. 1 II. 2"),
            (&[(1, 5), (1, 6)], "• –"),
            (&[(1, 0), (2, 0), (2, 0), (1, 0)], "I. V. VI. VII."),
            (&[(3, 0), (3, 0)], "1) 2)"),
            (&[(9, 0)], "–"),
            (&[(1, 99)], "–"),
        ] {
            assert_eq!(run(paragraphs).join(" "), expected, "{paragraphs:?}");
        }
    }

    #[test]
    fn a_style_finds_its_level() {
        let xml = format!(
            r#"<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{LEVELS_XML}</w:numbering>"#
        );
        let numbering = Numbering::read(&xml::parse(xml.as_bytes()).expect("well-formed"));
        assert_eq!(numbering.level_of_style(1, ["Annex", "H1"].into_iter()), Some(0));
        assert_eq!(numbering.level_of_style(1, ["Normal"].into_iter()), None);
    }

    #[test]
    fn numbers_have_their_forms() {
        let forms = [Format::LowerLetter, Format::UpperRoman, Format::DecimalZero];
        let all = |n| forms.map(|form| form.number(n)).join(" ");
        assert_eq!(all(1), "a I 01");
        assert_eq!(all(27), "aa XXVII 27");
        assert_eq!(all(1994), format!("{} MCMXCIV 1994", "r".repeat(32)));
        assert_eq!(Format::LowerRoman.number(4000), "4000");
        assert_eq!(Format::LowerLetter.number(0), "");
    }
}
