//! A file's objects, what stands behind references, and text strings.
//!
//! In: objects, however they were read. Out: values by key. Only what structure and facts are made of is told.

use std::borrow::Cow;
use std::collections::HashSet;

use crate::inspect::space::collapse;

/// Number and generation (ISO 32000-1 7.3.10).
pub(super) type ObjectId = (u32, u16);

/// An object (ISO 32000-1 7.3).
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Object<'a> {
    /// Nothing.
    Null,
    /// True or false.
    Boolean,
    /// A number that is none of the others.
    Real,
    /// A number.
    Integer(i64),
    /// A name, its escapes read.
    Name(Cow<'a, [u8]>),
    /// A string, its escapes read.
    String(Cow<'a, [u8]>),
    /// Objects in a row.
    Array(Vec<Object<'a>>),
    /// Values by key.
    Dictionary(Dictionary<'a>),
    /// A stream's dictionary, and the bytes of metadata.
    Stream(Dictionary<'a>, Option<Cow<'a, [u8]>>),
    /// An object that stands elsewhere.
    Reference(ObjectId),
}

/// Values by key.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Dictionary<'a>(pub Vec<(Cow<'a, [u8]>, Object<'a>)>);

/// A file's objects.
#[derive(Debug, PartialEq)]
pub(super) struct File<'a> {
    /// By id, ascending.
    objects: Vec<(ObjectId, Object<'a>)>,
    trailer: Dictionary<'a>,
}

impl<'a> File<'a> {
    /// Of objects in the order of their ids.
    pub fn new(objects: Vec<(ObjectId, Object<'a>)>, trailer: Dictionary<'a>) -> Self {
        Self { objects, trailer }
    }
}

impl<'a> Object<'a> {
    /// A whole number.
    pub fn as_integer(&self) -> Option<i64> {
        if let Self::Integer(number) = self { Some(*number) } else { None }
    }

    /// The bytes of a string.
    pub fn as_string(&self) -> Option<&[u8]> {
        if let Self::String(bytes) = self { Some(bytes) } else { None }
    }

    fn as_name(&self) -> Option<&[u8]> {
        if let Self::Name(name) = self { Some(name) } else { None }
    }

    fn as_dictionary(&self) -> Option<&Dictionary<'a>> {
        if let Self::Dictionary(dictionary) | Self::Stream(dictionary, _) = self { Some(dictionary) } else { None }
    }
}

impl<'a> Dictionary<'a> {
    /// A value as it is written.
    pub fn get(&self, key: &str) -> Option<&Object<'a>> {
        self.0.iter().rev().find(|(own, _)| &**own == key.as_bytes()).map(|(_, value)| value)
    }

    /// Whether its `Type` is that.
    pub fn is_a(&self, kind: &str) -> bool {
        self.get("Type").and_then(Object::as_name) == Some(kind.as_bytes())
    }
}

/// References that lead from one to the next.
const LONGEST_CHAIN: usize = 16;
/// More than any report has pages.
const MOST_PAGES: usize = 100_000;

/// A file's objects.
#[derive(Clone, Copy)]
pub(super) struct Objects<'a> {
    file: &'a File<'a>,
}

impl<'a> Objects<'a> {
    /// Of a file.
    pub fn new(file: &'a File<'a>) -> Self {
        Self { file }
    }

    /// The catalog (ISO 32000-1 7.7.2).
    pub fn catalog(self) -> Option<&'a Dictionary<'a>> {
        self.child(&self.file.trailer, "Root")
    }

    /// The information dictionary (14.3.3).
    pub fn information(self) -> Option<&'a Dictionary<'a>> {
        self.child(&self.file.trailer, "Info")
    }

    /// The trailer's identifiers (14.4), in hexadecimal digits.
    pub fn identifiers(self) -> Vec<String> {
        let ids = self.list(&self.file.trailer, "ID");
        ids.into_iter().filter_map(Object::as_string).map(hexadecimal).collect()
    }

    /// Pages in order (7.7.3).
    pub fn pages(self) -> Vec<ObjectId> {
        let mut pages = Vec::new();
        let mut seen = HashSet::new();
        let root = self.catalog().and_then(|catalog| self.reference(catalog, "Pages"));
        let mut waiting: Vec<ObjectId> = root.into_iter().collect();
        while let Some(id) = waiting.pop() {
            let node = self.object(id).and_then(|node| self.dictionary(node));
            let Some(node) = node.filter(|_| seen.insert(id) && seen.len() <= MOST_PAGES) else { continue };
            if node.get("Kids").is_none() {
                pages.push(id);
            }
            let kids = self.list(node, "Kids").into_iter().rev();
            waiting.extend(kids.filter_map(|kid| if let Object::Reference(kid) = kid { Some(*kid) } else { None }));
        }
        pages
    }

    /// Every dictionary, those of streams included.
    pub fn dictionaries(self) -> impl Iterator<Item = &'a Dictionary<'a>> {
        self.file.objects.iter().filter_map(|(_, object)| object.as_dictionary())
    }

    /// What stands behind references.
    pub fn resolve(self, object: &'a Object<'a>) -> &'a Object<'a> {
        let mut found = object;
        for _ in 0..LONGEST_CHAIN {
            let Object::Reference(id) = found else { return found };
            found = self.object(*id).unwrap_or(&Object::Null);
        }
        &Object::Null
    }

    /// A value.
    pub fn get(self, dictionary: &'a Dictionary<'a>, key: &str) -> Option<&'a Object<'a>> {
        dictionary.get(key).map(|object| self.resolve(object)).filter(|object| **object != Object::Null)
    }

    /// A dictionary, that of a stream included.
    pub fn dictionary(self, object: &'a Object<'a>) -> Option<&'a Dictionary<'a>> {
        self.resolve(object).as_dictionary()
    }

    /// A value that is a dictionary.
    pub fn child(self, dictionary: &'a Dictionary<'a>, key: &str) -> Option<&'a Dictionary<'a>> {
        self.get(dictionary, key)?.as_dictionary()
    }

    /// A value that is a name.
    pub fn name(self, dictionary: &'a Dictionary<'a>, key: &str) -> Option<Cow<'a, str>> {
        Some(String::from_utf8_lossy(self.get(dictionary, key)?.as_name()?))
    }

    /// A value that is a text string, not empty.
    pub fn text(self, dictionary: &'a Dictionary<'a>, key: &str) -> Option<String> {
        let text = collapse(&text(self.get(dictionary, key)?.as_string()?));
        (!text.is_empty()).then_some(text)
    }

    /// A value that is a reference.
    pub fn reference(self, dictionary: &'a Dictionary<'a>, key: &str) -> Option<ObjectId> {
        if let Object::Reference(id) = dictionary.get(key)? { Some(*id) } else { None }
    }

    /// A value that is an object or an array of them.
    pub fn list(self, dictionary: &'a Dictionary<'a>, key: &str) -> Vec<&'a Object<'a>> {
        match self.get(dictionary, key) {
            Some(Object::Array(items)) => items.iter().collect(),
            // Not the resolved object: whether it was a reference says what it is.
            Some(_) => dictionary.get(key).into_iter().collect(),
            None => Vec::new(),
        }
    }

    /// The object of an id.
    pub fn object(self, id: ObjectId) -> Option<&'a Object<'a>> {
        let objects = &self.file.objects;
        let at = objects.binary_search_by_key(&id, |(id, _)| *id).ok()?;
        Some(&objects[at].1)
    }

    /// A stream's bytes.
    pub fn stream(self, object: &'a Object<'a>) -> Option<&'a [u8]> {
        if let Object::Stream(_, Some(bytes)) = self.resolve(object) { Some(bytes) } else { None }
    }
}

/// A text string (ISO 32000-1 7.9.2.2): UTF-16BE or UTF-8 by its mark, else PDFDocEncoding, of which Latin-1 is read.
pub(super) fn text(bytes: &[u8]) -> String {
    match bytes {
        [0xfe, 0xff, rest @ ..] => utf16(rest),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => bytes.iter().map(|byte| char::from(*byte)).collect(),
    }
}

/// UTF-16BE.
pub(super) fn utf16(bytes: &[u8]) -> String {
    let units = bytes.as_chunks::<2>().0.iter().map(|pair| u16::from_be_bytes(*pair));
    char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_strings_have_three_forms() {
        assert_eq!(text(b"\xfe\xff\x00A\xd8\x3d\xde\x00"), "A\u{1f600}");
        assert_eq!(text(b"\xef\xbb\xbfA\xe2\x80\x93"), "A–");
        assert_eq!(text(b"caf\xe9"), "café");
    }
}
