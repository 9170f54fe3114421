//! A package taken apart, for looking into its parts.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// Parts by name.
pub struct Package {
    parts: BTreeMap<String, Vec<u8>>,
}

/// An element, in the order of its start, with the names of those around it.
#[derive(Debug, Clone)]
pub struct Element {
    /// With its prefix.
    pub name: String,
    /// Attributes, names with their prefix.
    pub attributes: BTreeMap<String, String>,
    /// Text directly within.
    pub text: String,
    /// Names of the elements around it, outermost first.
    pub around: Vec<String>,
}

impl Element {
    /// An attribute's value.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).map(String::as_str)
    }

    /// An attribute that must be there.
    pub fn must(&self, name: &str) -> &str {
        self.get(name).unwrap_or_else(|| panic!("{} has no {name}", self.name))
    }
}

impl Package {
    /// Unzips a package; no name may come twice.
    pub fn open(bytes: &[u8]) -> Self {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip");
        let mut parts = BTreeMap::new();
        for index in 0..archive.len() {
            let mut file = archive.by_index(index).expect("an entry");
            let mut content = Vec::new();
            file.read_to_end(&mut content).expect("it inflates");
            let name = file.name().expect("UTF-8").into_owned();
            assert!(parts.insert(name.clone(), content).is_none(), "{name} twice");
        }
        Self { parts }
    }

    /// Names of the parts.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.parts.keys().map(String::as_str)
    }

    /// Whether a part is there.
    pub fn has(&self, name: &str) -> bool {
        self.parts.contains_key(name)
    }

    /// A part's text.
    pub fn text(&self, name: &str) -> &str {
        let bytes = self.parts.get(name).unwrap_or_else(|| panic!("no part {name}"));
        std::str::from_utf8(bytes).expect("UTF-8")
    }

    /// A part's elements; none if there is no such part.
    pub fn elements(&self, name: &str) -> Vec<Element> {
        if self.has(name) { parse(self.text(name)) } else { Vec::new() }
    }
}

fn parse(text: &str) -> Vec<Element> {
    let mut reader = Reader::from_str(text);
    let mut elements: Vec<Element> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    loop {
        match reader.read_event().expect("well-formed") {
            Event::Start(start) => {
                elements.push(element(&start, &open, &elements));
                open.push(elements.len() - 1);
            }
            Event::Empty(start) => elements.push(element(&start, &open, &elements)),
            Event::End(_) => drop(open.pop()),
            Event::Text(text) => add(&mut elements, &open, &text.xml10_content()),
            Event::GeneralRef(entity) => {
                let character = match &*entity {
                    "lt" => "<",
                    "gt" => ">",
                    "amp" => "&",
                    "quot" => "\"",
                    "apos" => "'",
                    other => panic!("an entity of no use here: {other}"),
                };
                add(&mut elements, &open, character);
            }
            Event::Eof => break,
            Event::Decl(_) => {}
            Event::CData(_) | Event::Comment(_) | Event::PI(_) | Event::DocType(_) => panic!("never written"),
        }
    }
    assert!(open.is_empty());
    elements
}

fn add(elements: &mut [Element], open: &[usize], text: &str) {
    if let Some(at) = open.last() {
        elements[*at].text.push_str(text);
    }
}

fn element(start: &BytesStart<'_>, open: &[usize], elements: &[Element]) -> Element {
    let attribute = |attribute: Result<quick_xml::events::attributes::Attribute<'_>, _>| {
        let attribute = attribute.expect("an attribute");
        let value = attribute.normalized_value(XmlVersion::Implicit1_0).expect("escaped").into_owned();
        (String::from(attribute.key.as_ref()), value)
    };
    Element {
        name: String::from(start.name().as_ref()),
        attributes: start.attributes().map(attribute).collect(),
        text: String::new(),
        around: open.iter().map(|at| elements[*at].name.clone()).collect(),
    }
}
