use std::fmt::Display;
use std::ops::Range;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use super::escape::allowed;
use crate::resolve::Anchor;

const INFALLIBLE: &str = "a Vec takes every write";

/// A part being written. Text and attribute values are escaped here and nowhere else.
pub(in super::super) struct Xml {
    writer: Writer<Vec<u8>>,
    places: Vec<(usize, PageNumber)>,
}

/// A number that only the laid out pages know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) enum PageNumber {
    /// The page of an anchor.
    Of(Anchor),
    /// How many there are.
    Total,
}

/// A part's bytes, and where in them page numbers are still to come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) struct Story {
    /// The XML without them.
    pub xml: Vec<u8>,
    /// Offsets in it, ascending.
    pub places: Vec<(usize, PageNumber)>,
}

impl Story {
    /// The XML, each place filled; digits need no escaping.
    pub fn fill(&self, number: impl Fn(&PageNumber) -> Option<u32>) -> Vec<u8> {
        let mut filled = Vec::with_capacity(self.xml.len() + 4 * self.places.len());
        let mut from = 0;
        for (at, place) in &self.places {
            filled.extend_from_slice(&self.xml[from..*at]);
            filled.extend(number(place).map(|number| number.to_string()).unwrap_or_default().bytes());
            from = *at;
        }
        filled.extend_from_slice(&self.xml[from..]);
        filled
    }
}

impl Default for Xml {
    fn default() -> Self {
        Self { writer: Writer::new(Vec::new()), places: Vec::new() }
    }
}

impl Xml {
    /// A part with the declaration that Word writes.
    pub fn part() -> Self {
        let mut xml = Self::default();
        xml.event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), Some("yes"))));
        xml
    }

    /// A part of one root element.
    pub fn root(name: &str, attributes: &[(&str, &str)], content: impl FnOnce(&mut Self)) -> Vec<u8> {
        let attributes: Vec<_> = attributes.iter().map(|(key, value)| (*key, value as &dyn Display)).collect();
        let mut xml = Self::part();
        xml.element(name, &attributes, content);
        xml.into_bytes()
    }

    /// The bytes of a part that holds no page number.
    pub fn into_bytes(self) -> Vec<u8> {
        debug_assert!(self.places.is_empty(), "a part with page numbers is a story");
        self.writer.into_inner()
    }

    /// The bytes, and the places of page numbers.
    pub fn into_story(self) -> Story {
        Story { xml: self.writer.into_inner(), places: self.places }
    }

    /// A page number goes here.
    pub fn page_number(&mut self, number: PageNumber) {
        self.places.push((self.writer.get_ref().len(), number));
    }

    /// Bytes written so far.
    pub fn position(&self) -> usize {
        self.writer.get_ref().len()
    }

    /// What was written from a position on.
    pub fn since(&self, position: usize) -> &[u8] {
        &self.writer.get_ref()[position..]
    }

    /// Takes back what was written from a position on.
    pub fn take_from(&mut self, position: usize) -> Story {
        let first = self.places.partition_point(|(at, _)| *at < position);
        let places = self.places.drain(first..).map(|(at, number)| (at - position, number)).collect();
        Story { xml: self.writer.get_mut().split_off(position), places }
    }

    /// Writes a part of what was taken back, page numbers included.
    pub fn put(&mut self, story: &Story, range: Range<usize>) {
        let start = self.position();
        let within = story.places.iter().filter(|(at, _)| range.contains(at));
        self.places.extend(within.map(|(at, number)| (start + at - range.start, number.clone())));
        self.writer.get_mut().extend_from_slice(&story.xml[range]);
    }

    /// Opens the element again that was closed last, if it is one of that name and nothing stands behind it.
    pub fn reopen(&mut self, name: &str) -> bool {
        let end = format!("</{name}>");
        let open = self.writer.get_ref().ends_with(end.as_bytes());
        if open {
            let length = self.position() - end.len();
            self.writer.get_mut().truncate(length);
        }
        open
    }

    /// Ends an element.
    pub fn end(&mut self, name: &str) {
        self.event(Event::End(BytesEnd::new(name)));
    }

    /// Begins an element.
    pub fn begin(&mut self, name: &str, attributes: &[(&str, &dyn Display)]) {
        self.event(Event::Start(Self::start(name, attributes)));
    }

    fn event(&mut self, event: Event<'_>) {
        self.writer.write_event(event).expect(INFALLIBLE);
    }

    fn start<'a>(name: &'a str, attributes: &[(&str, &dyn Display)]) -> BytesStart<'a> {
        let mut start = BytesStart::new(name);
        for (key, value) in attributes {
            start.push_attribute((*key, allowed(&value.to_string()).as_ref()));
        }
        start
    }
}

/// Writing elements: for [`Xml`] itself, and for what holds one.
pub(in super::super) trait Build: Sized {
    /// Where it is written.
    fn xml(&mut self) -> &mut Xml;

    /// An element and its content.
    fn element(&mut self, name: &str, attributes: &[(&str, &dyn Display)], content: impl FnOnce(&mut Self)) {
        self.xml().event(Event::Start(Xml::start(name, attributes)));
        content(self);
        self.xml().event(Event::End(BytesEnd::new(name)));
    }

    /// An element, unless its content turns out to be nothing.
    fn container(&mut self, name: &str, content: impl FnOnce(&mut Self)) {
        let before = self.xml().writer.get_ref().len();
        self.xml().event(Event::Start(BytesStart::new(name)));
        let opened = self.xml().writer.get_ref().len();
        content(self);
        if self.xml().writer.get_ref().len() == opened {
            self.xml().writer.get_mut().truncate(before);
        } else {
            self.xml().event(Event::End(BytesEnd::new(name)));
        }
    }

    /// An element without content.
    fn empty(&mut self, name: &str, attributes: &[(&str, &dyn Display)]) {
        self.xml().event(Event::Empty(Xml::start(name, attributes)));
    }

    /// `<name w:val="value"/>`.
    fn value(&mut self, name: &str, value: impl Display) {
        self.empty(name, &[("w:val", &value)]);
    }

    /// `<name w:val="value"/>`, if there is a value.
    fn optional(&mut self, name: &str, value: Option<impl Display>) {
        if let Some(value) = value {
            self.value(name, value);
        }
    }

    /// A property that is on by being there (`CT_OnOff`, ECMA-376 17.17.4); `Some(false)` switches it off explicitly.
    fn switch(&mut self, name: &str, on: Option<bool>) {
        match on {
            Some(true) => self.empty(name, &[]),
            Some(false) => self.value(name, 0),
            None => {}
        }
    }

    /// Characters.
    fn text(&mut self, text: &str) {
        self.xml().event(Event::Text(BytesText::new(&allowed(text))));
    }

    /// An element that holds nothing but text.
    fn leaf(&mut self, name: &str, attributes: &[(&str, &dyn Display)], text: &str) {
        self.element(name, attributes, |xml| xml.text(text));
    }
}

impl Build for Xml {
    fn xml(&mut self) -> &mut Xml {
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_numbers_are_filled_in_where_they_belong() {
        let mut xml = Xml::default();
        xml.element("p", &[], |xml| {
            xml.element("t", &[], |xml| xml.page_number(PageNumber::Total));
            xml.leaf("t", &[], "of");
            xml.element("t", &[], |xml| xml.page_number(PageNumber::Total));
        });
        let story = xml.into_story();
        let text =
            |number: fn(&PageNumber) -> Option<u32>| String::from_utf8(story.clone().fill(number)).expect("UTF-8");
        assert_eq!(text(|_| Some(120)), "<p><t>120</t><t>of</t><t>120</t></p>");
        assert_eq!(text(|_| None), "<p><t></t><t>of</t><t></t></p>");
    }

    #[test]
    fn escapes_once_and_drops_empty_containers() {
        let mut xml = Xml::default();
        xml.element("p", &[("a", &"<\"&'>")], |xml| {
            xml.container("empty", |_| {});
            xml.container("full", |xml| xml.value("x", 1));
            xml.leaf("t", &[], "a < b && c\u{1}");
        });
        let text = String::from_utf8(xml.into_bytes()).expect("UTF-8");
        assert_eq!(
            text,
            "<p a=\"&lt;&quot;&amp;&apos;&gt;\"><full><x w:val=\"1\"/></full><t>a &lt; b &amp;&amp; c\u{fffd}</t></p>"
        );
    }
}
