use std::fmt::Display;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use super::escape::allowed;

const INFALLIBLE: &str = "a Vec takes every write";

/// A part being written. Text and attribute values are escaped here and nowhere else.
pub(in super::super) struct Xml {
    writer: Writer<Vec<u8>>,
}

impl Default for Xml {
    fn default() -> Self {
        Self { writer: Writer::new(Vec::new()) }
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

    /// The bytes.
    pub fn into_bytes(self) -> Vec<u8> {
        self.writer.into_inner()
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
