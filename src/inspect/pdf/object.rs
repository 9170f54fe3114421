//! Objects behind references, and text strings.

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::STREAM;
use crate::inspect::space::collapse;

/// A document's objects.
#[derive(Clone, Copy)]
pub(super) struct Objects<'a> {
    document: &'a Document,
}

impl<'a> Objects<'a> {
    /// Of a document.
    pub fn new(document: &'a Document) -> Self {
        Self { document }
    }

    /// The catalog (ISO 32000-1 7.7.2).
    pub fn catalog(self) -> Option<&'a Dictionary> {
        self.document.catalog().ok()
    }

    /// The information dictionary (14.3.3).
    pub fn information(self) -> Option<&'a Dictionary> {
        self.dictionary(self.document.trailer.get(b"Info").ok()?)
    }

    /// The trailer's identifiers (14.4), in hexadecimal digits.
    pub fn identifiers(self) -> Vec<String> {
        let ids = self.document.trailer.get(b"ID").and_then(Object::as_array).map_or(&[][..], Vec::as_slice);
        ids.iter().filter_map(|id| id.as_str().ok()).map(hexadecimal).collect()
    }

    /// Pages in order.
    pub fn pages(self) -> Vec<ObjectId> {
        self.document.page_iter().collect()
    }

    /// Every dictionary, those of streams included.
    pub fn dictionaries(self) -> impl Iterator<Item = &'a Dictionary> {
        self.document.objects.values().filter_map(own_dictionary)
    }

    /// What stands behind references.
    pub fn resolve(self, object: &'a Object) -> &'a Object {
        self.document.dereference(object).map_or(&Object::Null, |(_, object)| object)
    }

    /// A value.
    pub fn get(self, dictionary: &'a Dictionary, key: &str) -> Option<&'a Object> {
        dictionary.get(key.as_bytes()).ok().map(|object| self.resolve(object)).filter(|object| !object.is_null())
    }

    /// A dictionary, that of a stream included.
    pub fn dictionary(self, object: &'a Object) -> Option<&'a Dictionary> {
        own_dictionary(self.resolve(object))
    }

    /// A value that is a dictionary.
    pub fn child(self, dictionary: &'a Dictionary, key: &str) -> Option<&'a Dictionary> {
        self.dictionary(self.get(dictionary, key)?)
    }

    /// A value that is a name.
    pub fn name(self, dictionary: &'a Dictionary, key: &str) -> Option<String> {
        let name = self.get(dictionary, key)?.as_name().ok()?;
        Some(String::from_utf8_lossy(name).into_owned())
    }

    /// A value that is a text string, not empty.
    pub fn text(self, dictionary: &'a Dictionary, key: &str) -> Option<String> {
        let text = collapse(&text(self.get(dictionary, key)?.as_str().ok()?));
        (!text.is_empty()).then_some(text)
    }

    /// A value that is a reference.
    pub fn reference(self, dictionary: &'a Dictionary, key: &str) -> Option<ObjectId> {
        dictionary.get(key.as_bytes()).and_then(Object::as_reference).ok()
    }

    /// A value that is an object or an array of them.
    pub fn list(self, dictionary: &'a Dictionary, key: &str) -> Vec<&'a Object> {
        match self.get(dictionary, key) {
            Some(Object::Array(items)) => items.iter().collect(),
            // Not the resolved object: whether it was a reference says what it is.
            Some(_) => dictionary.get(key.as_bytes()).into_iter().collect(),
            None => Vec::new(),
        }
    }

    /// The object of an id.
    pub fn object(self, id: ObjectId) -> Option<&'a Object> {
        self.document.get_object(id).ok()
    }

    /// A stream's bytes, inflated.
    pub fn stream(self, object: &'a Object) -> Option<Vec<u8>> {
        self.resolve(object).as_stream().ok()?.get_plain_content_with_limit(STREAM).ok()
    }

    /// A page's content.
    pub fn page_content(self, page: ObjectId) -> Option<Vec<u8>> {
        self.document.get_page_content_with_limit(page, STREAM).ok()
    }

    /// A page's fonts by resource name.
    pub fn page_fonts(self, page: ObjectId) -> Vec<(Vec<u8>, &'a Dictionary)> {
        self.document.get_page_fonts(page).map(|fonts| fonts.into_iter().collect()).unwrap_or_default()
    }
}

fn own_dictionary(object: &Object) -> Option<&Dictionary> {
    object.as_dict().or_else(|_| object.as_stream().map(|stream| &stream.dict)).ok()
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
