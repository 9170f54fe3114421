//! A story (the body, a note) walked from start to end.

use super::formula::Formulas;
use super::numbering::Numbering;
use super::package::Relationships;
use super::paragraph::Paragraph;
use super::revision;
use super::section::NoteNumbers;
use super::style::Styles;
use crate::document::{Direction, Role, Side};
use crate::inspect::xml::{Element, Space, Step, Walk};
use crate::inspect::{Facts, Fragment};

/// Which story.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// The body.
    Body,
    /// A note, by its place in the order of first reference, from 0.
    Note(usize),
}

/// What all stories share.
pub(super) struct Reader<'a> {
    styles: &'a Styles,
    numbering: Numbering,
    /// Ids and numbers of notes, in the order of first reference.
    notes: Vec<(String, String)>,
    note_numbers: NoteNumbers,
    fragments: Vec<Fragment>,
    facts: Facts,
    formulas: Formulas,
}

/// Whether the walk goes into an element.
#[derive(PartialEq, Eq)]
enum Go {
    Into,
    Past,
}

/// What is open while a story is walked.
struct Story<'a> {
    place: Place,
    relationships: &'a Relationships,
    paragraphs: Vec<Paragraph>,
    fields: Vec<Field>,
    /// Whether each open row is a header row.
    rows: Vec<bool>,
    /// Whether the number of a note follows as text.
    own_mark: bool,
    /// The language of the run that is open, if it says one.
    language: Option<String>,
}

/// A field between its begin and its end (ECMA-376 17.16.18).
#[derive(Default)]
struct Field {
    instruction: String,
    separated: bool,
    result: String,
}

impl Field {
    fn is(&self, name: &str) -> bool {
        self.instruction.split_whitespace().next().is_some_and(|first| first.eq_ignore_ascii_case(name))
    }
}

impl<'a> Reader<'a> {
    /// Nothing read yet.
    pub fn new(styles: &'a Styles, numbering: Numbering, formulas: Formulas) -> Self {
        Self {
            styles,
            numbering,
            notes: Vec::new(),
            note_numbers: NoteNumbers::default(),
            fragments: Vec::new(),
            facts: Facts::default(),
            formulas,
        }
    }

    /// The id of a note, by its place in the order of first reference, from 0.
    pub fn note_id(&self, index: usize) -> Option<String> {
        self.notes.get(index).map(|(id, _)| id.clone())
    }

    /// What was read.
    pub fn finish(mut self) -> (Vec<Fragment>, Facts) {
        self.facts.notes = self.notes.len();
        (self.fragments, self.facts)
    }

    /// Reads a story.
    pub fn story(&mut self, root: &Element<'_>, relationships: &Relationships, place: Place) {
        let before = self.fragments.len();
        if place == Place::Body {
            self.note_numbers = NoteNumbers::read(root);
        }
        let (paragraphs, fields, rows, own_mark) = Default::default();
        let mut story = Story { place, relationships, paragraphs, fields, rows, own_mark, language: None };
        let mut walk = Walk::new(root);
        while let Some(step) = walk.step() {
            match step {
                Step::Enter(element) => {
                    if self.enter(element, &mut story) == Go::Past {
                        walk.skip();
                    }
                }
                Step::Leave(element) => self.leave(element, &mut story),
                Step::Text(_) => {}
            }
        }
        if let Place::Note(index) = place {
            self.facts.count("Note");
            let number = self.notes.get(index).map(|(_, number)| number.clone());
            self.number_note(before, number);
        }
    }

    /// A note's number stands before its first paragraph; alone, if that has a marker of its own.
    fn number_note(&mut self, at: usize, number: Option<String>) {
        match self.fragments.get_mut(at) {
            Some(first) if first.role == Role::Note && first.number.is_none() => first.number = number,
            _ => self.fragments.insert(at, Fragment { number, ..Fragment::new(Role::Note, "") }),
        }
    }

    fn enter(&mut self, element: &Element<'_>, story: &mut Story<'_>) -> Go {
        if !revision::shown(element, Side::New) {
            return Go::Past;
        }
        if element.space == Space::Word {
            return self.enter_word(element, story);
        }
        if element.is(Space::WordDrawing, "docPr") {
            story.figure(element);
            return Go::Past;
        }
        if element.is(Space::Math, "oMath") {
            self.facts.count("Formula");
            if let Some(alternative) = self.formulas.alternative(element) {
                story.text(&alternative);
                return Go::Past;
            }
        }
        if element.is(Space::Math, "t") {
            story.text(&element.own_text());
        }
        if element.is(Space::Compatibility, "Fallback") { Go::Past } else { Go::Into }
    }

    fn enter_word(&mut self, element: &Element<'_>, story: &mut Story<'_>) -> Go {
        match element.name.as_ref() {
            "p" => {
                let paragraph = self.open(element, story);
                story.paragraphs.push(paragraph);
                return Go::Into;
            }
            "tbl" => self.facts.count("Table"),
            "tr" => {
                self.facts.count("TR");
                story.rows.push(is_header_row(element));
            }
            "tc" => self.cell(element, story),
            "r" if is_hidden(element) => return Go::Past,
            "r" => story.language = language(element),
            "t" if story.own_mark => self.take_mark(&element.own_text(), story),
            "t" => story.text(&element.own_text()),
            "tab" | "ptab" => story.text("\t"),
            "br" | "cr" => story.text("\n"),
            "noBreakHyphen" => story.text("\u{2011}"),
            "sym" => story.symbol(element),
            "fldChar" => story.field_character(element),
            "instrText" => story.instruction(&element.own_text()),
            "fldSimple" => {
                let instruction = element.attribute(Space::Word, "instr").unwrap_or_default().to_owned();
                story.fields.push(Field { instruction, separated: true, result: String::new() });
            }
            "footnoteReference" => self.reference(element, story),
            "hyperlink" => story.link(element),
            "pPr" | "rPr" | "sectPr" | "tblPr" | "tblGrid" | "trPr" | "tcPr" | "sdtPr" => return Go::Past,
            _ => {}
        }
        Go::Into
    }

    fn leave(&mut self, element: &Element<'_>, story: &mut Story<'_>) {
        if element.space != Space::Word {
            return;
        }
        match element.name.as_ref() {
            "p" => {
                if let Some(paragraph) = story.paragraphs.pop() {
                    self.close(paragraph, story);
                }
                if element.word("pPr").is_some_and(|properties| properties.word("sectPr").is_some()) {
                    self.note_numbers.next_section();
                }
            }
            "tr" => drop(story.rows.pop()),
            "fldSimple" => story.end_field(),
            _ => {}
        }
    }

    fn open(&mut self, element: &Element<'_>, story: &Story<'_>) -> Paragraph {
        let properties = element.word("pPr");
        let style = properties.and_then(|p| p.word("pStyle")).and_then(Element::value);
        let direct = properties.and_then(|p| p.word("numPr"));
        let says = self.styles.says(style);
        let contents = self.styles.contents_depth(style);
        let around = match (story.rows.last(), story.place) {
            (Some(true), _) => Role::TableHeader,
            (Some(false), _) => Role::TableCell,
            (None, Place::Note(_)) => Role::Note,
            (None, Place::Body) => Role::Body,
        };
        let number = self.number(style, direct);
        let around = if direct.is_some() && number.is_some() { Role::ListItem } else { around };
        let (text, notes, links, figures, spoken) = Default::default();
        let backward = properties.and_then(|p| p.word("bidi")).is_some_and(Element::switched_on);
        let direction = if backward { Direction::RightToLeft } else { Direction::LeftToRight };
        Paragraph { says, around, number, text, spoken, direction, notes, links, figures, contents }
    }

    /// Direct numbering wins over the style's, and number 0 means none (ECMA-376 17.9.18).
    fn number(&mut self, style: Option<&str>, direct: Option<&Element<'_>>) -> Option<String> {
        let value = |name| direct?.word(name)?.value()?.parse::<u32>().ok();
        let from_style = self.styles.numbering(style);
        let instance = value("numId").or(from_style.map(|(instance, _)| instance)).filter(|id| *id != 0)?;
        let level = match value("ilvl") {
            Some(level) => level as usize,
            None => from_style
                .and_then(|(_, level)| level)
                .or_else(|| self.numbering.level_of_style(instance, self.styles.ids(style)))
                .unwrap_or_default(),
        };
        self.numbering.next(instance, level)
    }

    fn close(&mut self, paragraph: Paragraph, story: &Story<'_>) {
        if let Some(depth) = paragraph.contents {
            let line = crate::inspect::space::collapse(&paragraph.text);
            if !line.is_empty() {
                self.facts.contents.push((depth, line));
            }
            return;
        }
        if story.in_contents() {
            return;
        }
        for fragment in paragraph.finish() {
            self.facts.count_fragment(&fragment);
            self.fragments.push(fragment);
        }
    }

    /// A cell that continues a vertical merge is no cell of its own.
    fn cell(&mut self, element: &Element<'_>, story: &Story<'_>) {
        let merge = element.word("tcPr").and_then(|properties| properties.word("vMerge"));
        if merge.is_none_or(|merge| merge.value() == Some("restart")) {
            self.facts.count(if story.rows.last() == Some(&true) { "TH" } else { "TD" });
        }
    }

    fn reference(&mut self, element: &Element<'_>, story: &mut Story<'_>) {
        let Some(id) = element.attribute(Space::Word, "id") else { return };
        if matches!(element.attribute(Space::Word, "customMarkFollows"), Some("1" | "true" | "on")) {
            self.notes.push((id.to_owned(), String::new()));
            story.own_mark = true;
            return;
        }
        let known = self.notes.iter().find(|(known, _)| known == id).map(|(_, number)| number.clone());
        let number = known.unwrap_or_else(|| {
            let number = self.note_numbers.next_note();
            self.notes.push((id.to_owned(), number.clone()));
            number
        });
        story.note(number);
    }

    /// A note whose number is written out (`w:customMarkFollows`).
    fn take_mark(&mut self, mark: &str, story: &mut Story<'_>) {
        story.own_mark = false;
        if let Some((_, number)) = self.notes.last_mut() {
            mark.trim().clone_into(number);
        }
        story.note(mark.trim().to_owned());
    }
}

impl Story<'_> {
    /// Text of a field shows once its result has begun. Page numbers of contents are left out.
    fn text(&mut self, text: &str) {
        if self.fields.iter().any(|field| !field.separated) {
            return;
        }
        let contents = self.in_contents();
        if let Some(field) = self.fields.last_mut() {
            field.result.push_str(text);
        }
        let hidden = |field: &Field| field.is("NOTEREF") || (contents && field.is("PAGEREF"));
        if self.fields.iter().any(hidden) {
            return;
        }
        if let Some(paragraph) = self.paragraphs.last_mut() {
            paragraph.text.push_str(text);
            paragraph.spoken.say(self.language.as_deref(), text);
        }
    }

    fn in_contents(&self) -> bool {
        self.fields.iter().any(|field| field.is("TOC"))
    }

    fn symbol(&mut self, element: &Element<'_>) {
        let code = element.attribute(Space::Word, "char").and_then(|code| u32::from_str_radix(code, 16).ok());
        if let Some(symbol) = code.and_then(char::from_u32) {
            self.text(symbol.encode_utf8(&mut [0; 4]));
        }
    }

    fn field_character(&mut self, element: &Element<'_>) {
        match element.attribute(Space::Word, "fldCharType") {
            Some("begin") => self.fields.push(Field::default()),
            Some("separate") => {
                if let Some(field) = self.fields.last_mut() {
                    field.separated = true;
                }
            }
            Some("end") => self.end_field(),
            _ => {}
        }
    }

    fn instruction(&mut self, text: &str) {
        if let Some(field) = self.fields.last_mut().filter(|field| !field.separated) {
            field.instruction.push_str(text);
        }
    }

    fn end_field(&mut self) {
        let Some(field) = self.fields.pop().filter(|field| field.is("NOTEREF")) else { return };
        if !field.result.trim().is_empty() {
            self.note(field.result.trim().to_owned());
        }
    }

    fn note(&mut self, number: String) {
        if let Some(paragraph) = self.paragraphs.last_mut() {
            paragraph.notes.push(number);
        }
    }

    fn link(&mut self, element: &Element<'_>) {
        let relationship = element.attribute(Space::Relationship, "id").and_then(|id| self.relationships.get(id));
        let (Some(relationship), Some(paragraph)) = (relationship, self.paragraphs.last_mut()) else { return };
        if relationship.external {
            paragraph.links.push(relationship.target.clone());
        }
    }

    /// A picture with its alternative text (`wp:docPr`, ECMA-376 20.4.2.5); decoration is none.
    fn figure(&mut self, properties: &Element<'_>) {
        let mut walk = Walk::new(properties);
        while let Some(step) = walk.step() {
            let Step::Enter(element) = step else { continue };
            if element.is(Space::Decorative, "decorative") && element.attribute(Space::None, "val") == Some("1") {
                return;
            }
        }
        if let Some(paragraph) = self.paragraphs.last_mut() {
            paragraph.figures.push(properties.attribute(Space::None, "descr").unwrap_or_default().to_owned());
        }
    }
}

/// What a run's own properties say: of right-to-left text, the language of complex scripts (ECMA-376 17.3.2.20).
fn language(run: &Element<'_>) -> Option<String> {
    let properties = run.word("rPr")?;
    let language = properties.word("lang")?;
    let backward = properties.word("rtl").is_some_and(Element::switched_on);
    let complex = language.attribute(Space::Word, "bidi").filter(|_| backward);
    complex.or(language.value()).map(str::to_owned)
}

fn is_header_row(row: &Element<'_>) -> bool {
    row.word("trPr").and_then(|properties| properties.word("tblHeader")).is_some_and(Element::switched_on)
}

fn is_hidden(run: &Element<'_>) -> bool {
    run.word("rPr").and_then(|properties| properties.word("vanish")).is_some_and(Element::switched_on)
}
