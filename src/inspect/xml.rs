//! XML to a tree, and a walk over it.
//!
//! In: a part's bytes. Out: an [`Element`] with namespaces resolved, which borrows from them what stands there as it is.
//! No document type, no entity but XML's own five, at most [`DEPTH`] levels and [`NODES`] nodes; building and walking keep an
//! explicit stack.

mod namespace;

use std::borrow::Cow;

use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{NsReader, XmlVersion};

use super::InspectError;
pub(super) use namespace::Space;

/// Elements within each other.
const DEPTH: usize = 256;
/// Elements and texts of one part: a report of a thousand pages has about 400,000.
const NODES: usize = 4_000_000;

/// An element.
#[derive(Debug)]
pub(super) struct Element<'t> {
    /// Its namespace.
    pub space: Space,
    /// Its local name.
    pub name: Cow<'t, str>,
    attributes: Vec<(Space, Cow<'t, str>, Cow<'t, str>)>,
    /// What it holds, in order.
    pub children: Vec<Node<'t>>,
}

/// What an element holds.
#[derive(Debug)]
pub(super) enum Node<'t> {
    /// An element.
    Element(Element<'t>),
    /// Text, references resolved.
    Text(Cow<'t, str>),
}

impl<'t> Element<'t> {
    /// Whether it is the element of that name.
    pub fn is(&self, space: Space, name: &str) -> bool {
        self.space == space && self.name == name
    }

    /// An attribute's value.
    pub fn attribute(&self, space: Space, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(s, n, _)| *s == space && n == name).map(|(_, _, value)| &**value)
    }

    /// Every attribute.
    pub fn attributes(&self) -> impl Iterator<Item = (Space, &str, &str)> {
        self.attributes.iter().map(|(space, name, value)| (*space, &**name, &**value))
    }

    /// `w:val`.
    pub fn value(&self) -> Option<&str> {
        self.attribute(Space::Word, "val")
    }

    /// Child elements.
    pub fn elements(&self) -> impl Iterator<Item = &Self> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// Children of a name.
    pub fn all<'a>(&'a self, space: Space, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.elements().filter(move |element| element.is(space, name))
    }

    /// The first child of a name.
    pub fn child(&self, space: Space, name: &str) -> Option<&Self> {
        self.elements().find(|element| element.is(space, name))
    }

    /// A child of WordprocessingML.
    pub fn word(&self, name: &str) -> Option<&Self> {
        self.child(Space::Word, name)
    }

    /// Text directly within.
    pub fn own_text(&self) -> String {
        self.children
            .iter()
            .filter_map(|node| match node {
                Node::Text(text) => Some(&**text),
                Node::Element(_) => None,
            })
            .collect()
    }

    /// All text within.
    pub fn text(&self) -> String {
        let mut walk = Walk::new(self);
        let mut out = String::new();
        while let Some(step) = walk.step() {
            if let Step::Text(text) = step {
                out.push_str(text);
            }
        }
        out
    }

    /// An on/off property (ECMA-376 17.17.4): present without a value means on.
    pub fn switched_on(&self) -> bool {
        !matches!(self.value(), Some("0" | "false" | "off"))
    }
}

/// A walk through all that an element holds, parents before children.
pub(super) struct Walk<'a> {
    open: Vec<(&'a Element<'a>, std::slice::Iter<'a, Node<'a>>)>,
}

/// A step of a [`Walk`].
pub(super) enum Step<'a> {
    /// An element begins.
    Enter(&'a Element<'a>),
    /// Text.
    Text(&'a str),
    /// An element ends.
    Leave(&'a Element<'a>),
}

impl<'a> Walk<'a> {
    /// Through what an element holds; the element itself is not a step.
    pub fn new(root: &'a Element<'a>) -> Self {
        Self { open: vec![(root, root.children.iter())] }
    }

    /// The next step.
    pub fn step(&mut self) -> Option<Step<'a>> {
        let (element, children) = self.open.last_mut()?;
        match children.next() {
            Some(Node::Element(child)) => {
                self.open.push((child, child.children.iter()));
                Some(Step::Enter(child))
            }
            Some(Node::Text(text)) => Some(Step::Text(text)),
            None => {
                let element = *element;
                self.open.pop();
                if self.open.is_empty() { None } else { Some(Step::Leave(element)) }
            }
        }
    }

    /// Passes over the element just entered; it is not left either.
    pub fn skip(&mut self) {
        if self.open.len() > 1 {
            self.open.pop();
        }
    }
}

/// Parses a part.
/// # Errors
/// If it is not well-formed UTF-8 XML within the limits, or has a document type.
pub(super) fn parse(bytes: &[u8]) -> Result<Element<'_>, InspectError> {
    let text = std::str::from_utf8(bytes).map_err(|_| InspectError::new("XML that is not UTF-8"))?;
    let mut reader = NsReader::from_str(text.trim_start_matches('\u{feff}'));
    reader.config_mut().check_end_names = true;
    let mut tree = Builder { open: Vec::new(), root: None, nodes: 0 };
    loop {
        let event = reader.read_event().map_err(malformed)?;
        match event {
            Event::Start(start) => tree.open(element(text, &reader, &start)?)?,
            Event::Empty(start) => {
                tree.open(element(text, &reader, &start)?)?;
                tree.close();
            }
            Event::End(_) => tree.close(),
            Event::Text(text) => tree.text(text.xml10_content())?,
            Event::CData(text) => tree.text(text.xml10_content())?,
            Event::GeneralRef(reference) => tree.text(resolve(&reference)?.into())?,
            Event::DocType(_) => return Err(InspectError::new("XML with a document type")),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            Event::Eof => break,
        }
    }
    if !tree.open.is_empty() {
        return Err(InspectError::new("XML that ends within an element"));
    }
    tree.root.ok_or_else(|| InspectError::new("XML without an element"))
}

fn malformed(error: impl std::fmt::Display) -> InspectError {
    InspectError::new(format_args!("XML that is not well-formed: {error}"))
}

fn resolve(reference: &BytesRef<'_>) -> Result<String, InspectError> {
    if let Some(character) = reference.resolve_char_ref().map_err(malformed)? {
        return Ok(character.to_string());
    }
    quick_xml::escape::resolve_xml_entity(reference)
        .map(str::to_owned)
        .ok_or_else(|| InspectError::new("XML with an entity of its own"))
}

fn element<'t>(text: &'t str, reader: &NsReader<&[u8]>, start: &BytesStart<'_>) -> Result<Element<'t>, InspectError> {
    let (space, name) = reader.resolver().resolve_element(start.name());
    let (space, name) = (Space::of(&space), lent(text, name.into_inner()));
    let mut attributes = Vec::new();
    for attribute in start.attributes() {
        let attribute = attribute.map_err(malformed)?;
        let (space, name) = reader.resolver().resolve_attribute(attribute.key);
        let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(malformed)?;
        let value = match value {
            Cow::Borrowed(value) => lent(text, value),
            Cow::Owned(value) => Cow::Owned(value),
        };
        attributes.push((Space::of(&space), lent(text, name.into_inner()), value));
    }
    Ok(Element { space, name, attributes, children: Vec::new() })
}

/// A stretch of a text, not copied where it is one.
fn lent<'t>(text: &'t str, stretch: &str) -> Cow<'t, str> {
    let at = stretch.as_ptr().addr().checked_sub(text.as_ptr().addr());
    let found = at.and_then(|at| text.get(at..at + stretch.len()));
    found.filter(|found| std::ptr::eq(*found, stretch)).map_or_else(|| stretch.to_owned().into(), Cow::Borrowed)
}

struct Builder<'t> {
    open: Vec<Element<'t>>,
    root: Option<Element<'t>>,
    nodes: usize,
}

impl<'t> Builder<'t> {
    fn open(&mut self, element: Element<'t>) -> Result<(), InspectError> {
        self.count()?;
        if self.open.len() >= DEPTH {
            return Err(InspectError::new(format_args!("XML nested deeper than {DEPTH}")));
        }
        if self.open.is_empty() && self.root.is_some() {
            return Err(InspectError::new("XML with two roots"));
        }
        self.open.push(element);
        Ok(())
    }

    fn close(&mut self) {
        let Some(element) = self.open.pop() else { return };
        match self.open.last_mut() {
            Some(parent) => parent.children.push(Node::Element(element)),
            None => self.root = Some(element),
        }
    }

    fn text(&mut self, text: Cow<'t, str>) -> Result<(), InspectError> {
        let Some(parent) = self.open.last_mut() else { return Ok(()) };
        if let Some(Node::Text(before)) = parent.children.last_mut() {
            before.to_mut().push_str(&text);
            return Ok(());
        }
        parent.children.push(Node::Text(text));
        self.count()
    }

    fn count(&mut self) -> Result<(), InspectError> {
        self.nodes += 1;
        if self.nodes > NODES { Err(InspectError::new("XML with too many elements")) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

    #[test]
    fn namespaces_are_matched_and_prefixes_are_not() {
        let text = format!(r#"<x:p xmlns:x="{W}" xmlns:w="urn:no"><w:t/><x:t x:val="1" val="2"/></x:p>"#);
        let root = parse(text.as_bytes()).expect("well-formed");
        assert!(root.is(Space::Word, "p"));
        let t = root.word("t").expect("the second");
        assert_eq!(t.value(), Some("1"));
        assert_eq!(t.attribute(Space::None, "val"), Some("2"));
    }

    #[test]
    fn references_and_sections_become_text() {
        let root = parse(b"<a>x &amp; y&#x2013;<![CDATA[<z>]]> &lt;</a>").expect("well-formed");
        assert_eq!(root.own_text(), "x & y\u{2013}<z> <");
    }

    #[test]
    fn what_stands_in_the_text_is_not_copied() {
        let root = parse(b"<a b='1 2' c='&lt;'>x<d/>&gt;</a>").expect("well-formed");
        let borrowed = |text: &Cow<'_, str>| matches!(text, Cow::Borrowed(_));
        assert!(borrowed(&root.name) && root.attributes.iter().all(|(_, name, _)| borrowed(name)));
        let values: Vec<_> = root.attributes.iter().map(|(_, _, value)| (&**value, borrowed(value))).collect();
        assert_eq!(values, [("1 2", true), ("<", false)]);
        assert!(matches!(&root.children[0], Node::Text(Cow::Borrowed("x"))));
        assert!(matches!(&root.children[2], Node::Text(Cow::Owned(text)) if text == ">"));
    }

    #[test]
    fn what_is_hostile_is_refused() {
        let deep = |n: usize| format!("{}{}", "<a>".repeat(n), "</a>".repeat(n));
        assert!(parse(deep(DEPTH).as_bytes()).is_ok());
        for (text, reason) in [
            (deep(DEPTH + 1), "nested"),
            (r#"<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>"#.to_owned(), "document type"),
            ("<a>&b;</a>".to_owned(), "entity"),
            ("<a><b></a>".to_owned(), "well-formed"),
            ("<a>".to_owned(), "ends within"),
            (String::new(), "without"),
        ] {
            let error = parse(text.as_bytes()).expect_err("refused");
            assert!(error.0.contains(reason), "{reason}: {error}");
        }
    }

    #[test]
    fn a_walk_can_pass_over_an_element() {
        let root = parse(b"<a><b>1<c>2</c></b>3</a>").expect("well-formed");
        let mut walk = Walk::new(&root);
        let mut seen = String::new();
        while let Some(step) = walk.step() {
            match step {
                Step::Enter(element) if element.name == "c" => walk.skip(),
                Step::Enter(_) | Step::Leave(_) => {}
                Step::Text(text) => seen.push_str(text),
            }
        }
        assert_eq!(seen, "13");
        assert_eq!(root.text(), "123");
    }
}
