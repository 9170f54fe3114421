//! What stands in a paragraph: text with its formats, links, pictures, formulas, notes, fields.

use super::super::revision;
use super::Story;
use crate::document::Side;
use crate::inspect::projection::{ProjectedObject, ProjectedRun};
use crate::inspect::xml::{Element, Space, Step, Walk};

/// A field between its begin and its end (ECMA-376 17.16.18).
#[derive(Default)]
pub(super) struct Field {
    instruction: String,
    separated: bool,
    /// Whether it is a link: what it shows was typed.
    link: bool,
}

impl Field {
    fn name(&self) -> String {
        self.instruction.split_whitespace().next().unwrap_or_default().to_ascii_uppercase()
    }

    /// The address of a link (ECMA-376 17.16.5.25).
    fn address(&self) -> Option<String> {
        let mut quoted = self.instruction.split('"');
        let before = quoted.next()?;
        let address = quoted.next()?;
        Some(if before.contains("\\l") { "#".to_owned() } else { address.to_owned() })
    }
}

/// Fields that count or list, or show what stands elsewhere as it is printed.
const SILENT: [&str; 6] = ["SEQ", "STYLEREF", "PAGEREF", "TOC", "NUMPAGES", "PAGE"];

/// Properties of a run that follow from its text, or that no reader sees.
const DERIVED: [&str; 13] = [
    "rtl",
    "cs",
    "bCs",
    "iCs",
    "szCs",
    "noProof",
    "webHidden",
    "rFonts",
    "rPrChange",
    "ins",
    "del",
    "moveFrom",
    "moveTo",
];

/// Character styles of computed text: a caption's label and number, a note's number.
const COMPUTED: [&str; 2] = ["CaptionLabel", "FootnoteReference"];

impl Story<'_> {
    /// An element of WordprocessingML within a paragraph; whether the walk goes into it.
    pub fn enter_run(&mut self, element: &Element<'_>, side: Side) -> bool {
        match element.name.as_ref() {
            "r" => return self.open_run(element, side),
            "t" | "delText" => self.text(&element.own_text()),
            "tab" | "ptab" => self.text("\t"),
            "br" | "cr" => self.text("\n"),
            "noBreakHyphen" => self.text("\u{2011}"),
            "softHyphen" => self.text("\u{ad}"),
            "sym" => self.text(element.attribute(Space::Word, "char").unwrap_or_default()),
            "fldChar" => self.field_character(element),
            "instrText" | "delInstrText" => self.instruction(&element.own_text()),
            "fldSimple" => {
                let instruction = element.attribute(Space::Word, "instr").unwrap_or_default().to_owned();
                self.fields.push(Field { instruction, ..Field::default() });
                self.separate();
            }
            _ => {}
        }
        true
    }

    /// An element of another vocabulary; whether the walk goes into it.
    pub fn enter_other(&mut self, element: &Element<'_>) -> bool {
        if element.is(Space::WordDrawing, "docPr") {
            self.image(element);
            return false;
        }
        if element.is(Space::Math, "oMath") {
            self.formula.get_or_insert_default();
        }
        if element.is(Space::Math, "t")
            && let Some(formula) = &mut self.formula
        {
            formula.push_str(&element.own_text());
        }
        !element.is(Space::Compatibility, "Fallback")
    }

    fn open_run(&mut self, run: &Element<'_>, side: Side) -> bool {
        let properties = revision::properties(run, "rPr", side);
        let hidden = properties.and_then(|properties| properties.word("vanish")).is_some_and(Element::switched_on);
        let given = properties.into_iter().flat_map(Element::elements);
        let kept = given.filter(|one| one.space == Space::Word && !DERIVED.contains(&one.name.as_ref()));
        self.formats = kept.map(format).collect();
        self.formats.sort();
        let style = properties.and_then(|properties| properties.word("rStyle")).and_then(Element::value);
        self.computed = style.is_some_and(|style| COMPUTED.contains(&style));
        !hidden
    }

    /// A run ends.
    pub fn end_run(&mut self) {
        self.formats.clear();
        self.computed = false;
    }

    /// Text of a field is computed; that of a link is not. What a reference shows is kept with it.
    fn text(&mut self, text: &str) {
        if self.fields.last().is_some_and(|field| field.separated && field.name() == "REF") {
            return self.shown(text);
        }
        let shown = self.fields.iter().all(|field| field.separated && field.link);
        if shown && !self.computed {
            self.push(text, None);
        }
    }

    /// What the field that was met last shows.
    fn shown(&mut self, text: &str) {
        let last = self.lines.last_mut().and_then(|line| line.block.runs.last_mut());
        if let Some(run) = last.filter(|run| matches!(run.object, Some(ProjectedObject::Field(_)))) {
            run.text.push_str(text);
        }
    }

    fn push(&mut self, text: &str, object: Option<ProjectedObject>) {
        let link = self.links.iter().rev().find_map(Clone::clone);
        let formats = if object.is_some() { Vec::new() } else { self.formats.clone() };
        if let Some(line) = self.lines.last_mut() {
            line.block.push(ProjectedRun { text: text.to_owned(), formats, link, object });
        }
    }

    /// A link, from here on.
    pub fn open_link(&mut self, element: &Element<'_>) {
        let relationship = element.attribute(Space::Relationship, "id").and_then(|id| self.relationships.get(id));
        let address = relationship.filter(|relationship| relationship.external).map(|one| one.target.clone());
        self.links.push(Some(address.unwrap_or_else(|| "#".to_owned())));
    }

    /// A reference to a note.
    pub fn note(&mut self) {
        self.push("", Some(ProjectedObject::Note));
    }

    /// A formula's characters are read.
    pub fn end_formula(&mut self) {
        if let Some(formula) = self.formula.take().filter(|formula| !formula.is_empty()) {
            self.push(&formula, Some(ProjectedObject::Formula));
        }
    }

    /// A picture with its alternative text; decoration has none.
    fn image(&mut self, properties: &Element<'_>) {
        let mut walk = Walk::new(properties);
        let mut decorative = false;
        while let Some(step) = walk.step() {
            let Step::Enter(element) = step else { continue };
            decorative |= element.is(Space::Decorative, "decorative");
        }
        let said = properties.attribute(Space::None, "descr").filter(|_| !decorative);
        self.push(said.unwrap_or_default(), Some(ProjectedObject::Image));
    }

    fn field_character(&mut self, element: &Element<'_>) {
        match element.attribute(Space::Word, "fldCharType") {
            Some("begin") => self.fields.push(Field::default()),
            Some("separate") => self.separate(),
            Some("end") => self.end_field(),
            _ => {}
        }
    }

    fn instruction(&mut self, text: &str) {
        if let Some(field) = self.fields.last_mut().filter(|field| !field.separated) {
            field.instruction.push_str(text);
        }
    }

    /// A field's instruction is read; its result follows.
    fn separate(&mut self) {
        let Some(field) = self.fields.last_mut().filter(|field| !field.separated) else { return };
        field.separated = true;
        let name = field.name();
        field.link = name == "HYPERLINK";
        if field.link {
            let address = field.address();
            return self.links.push(address);
        }
        if name == "NOTEREF" {
            self.note();
        } else if !SILENT.contains(&name.as_str()) {
            self.push("", Some(ProjectedObject::Field(name)));
        }
    }

    /// A field ends.
    pub fn end_field(&mut self) {
        self.separate();
        if self.fields.pop().is_some_and(|field| field.link) {
            self.links.pop();
        }
    }
}

/// A property by its name and, unless it is simply on, its value.
fn format(property: &Element<'_>) -> String {
    let name = &property.name;
    let value = property.value().or_else(|| property.attribute(Space::Word, "fill"));
    let fill = property.attribute(Space::Word, "fill").filter(|_| name == "shd");
    match fill.or(value) {
        Some("1" | "true" | "on") | None => name.clone().into_owned(),
        Some("0" | "false" | "off") => format!("{name}:0"),
        Some(value) => format!("{name}:{value}"),
    }
}
