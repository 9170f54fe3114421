//! Objects as lopdf has read them: of a file that anything may have written.
//!
//! In: a document. Out: a [`File`]. Streams stay compressed but for metadata.

use std::borrow::Cow;

use lopdf::Document;

use super::STREAM;
use super::object::{Dictionary, File, Object};

/// All objects of a document.
pub(super) fn file(document: &Document) -> File<'_> {
    let objects = document.objects.iter().map(|(id, read)| (*id, object(read)));
    File::new(objects.collect(), dictionary(&document.trailer))
}

/// lopdf reads no objects deeper in each other than a hundred.
fn object(read: &lopdf::Object) -> Object<'_> {
    match read {
        lopdf::Object::Null => Object::Null,
        lopdf::Object::Boolean(_) => Object::Boolean,
        lopdf::Object::Integer(number) => Object::Integer(*number),
        lopdf::Object::Real(_) => Object::Real,
        lopdf::Object::Name(name) => Object::Name(Cow::Borrowed(name)),
        lopdf::Object::String(bytes, _) => Object::String(Cow::Borrowed(bytes)),
        lopdf::Object::Array(items) => Object::Array(items.iter().map(object).collect()),
        lopdf::Object::Dictionary(values) => Object::Dictionary(dictionary(values)),
        lopdf::Object::Stream(stream) => {
            let wanted = Some(stream).filter(|stream| stream.dict.has_type(b"Metadata"));
            let bytes = wanted.and_then(|stream| stream.get_plain_content_with_limit(STREAM).ok());
            Object::Stream(dictionary(&stream.dict), bytes.map(Cow::Owned))
        }
        lopdf::Object::Reference(id) => Object::Reference(*id),
    }
}

fn dictionary(values: &lopdf::Dictionary) -> Dictionary<'_> {
    Dictionary(values.iter().map(|(key, value)| (Cow::Borrowed(key.as_slice()), object(value))).collect())
}
