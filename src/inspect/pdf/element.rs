//! A structure element and its attributes.

use std::borrow::Cow;

use super::object::{Dictionary, Object, Objects, text};

/// A structure element (ISO 32000-1 14.7.2).
#[derive(Clone)]
pub(super) struct Element<'a> {
    objects: Objects<'a>,
    dictionary: &'a Dictionary<'a>,
    /// Its type as written, before the role map.
    pub kind: Cow<'a, str>,
}

impl<'a> Element<'a> {
    /// `None` where it has no type.
    pub fn new(objects: Objects<'a>, dictionary: &'a Dictionary<'a>) -> Option<Self> {
        let kind = objects.name(dictionary, "S")?;
        Some(Self { objects, dictionary, kind })
    }

    /// Alternative text; empty where the writer gave an empty one.
    pub fn alternative(&self) -> Option<String> {
        Some(text(self.objects.get(self.dictionary, "Alt")?.as_string()?))
    }

    /// Text that stands for its content.
    pub fn actual_text(&self) -> Option<String> {
        Some(text(self.objects.get(self.dictionary, "ActualText")?.as_string()?))
    }

    /// The language of its content (14.9.2).
    pub fn language(&self) -> Option<String> {
        self.objects.text(self.dictionary, "Lang")
    }

    /// An attribute (14.7.5) that is a name.
    pub fn attribute(&self, name: &str) -> Option<Cow<'a, str>> {
        let owners = self.objects.list(self.dictionary, "A").into_iter();
        let owners = owners.filter(|object| !matches!(object, Object::Integer(_)));
        owners.filter_map(|owner| self.objects.dictionary(owner)).find_map(|owner| self.objects.name(owner, name))
    }

    /// Whether it holds an element of a type.
    pub fn holds(&self, kind: &str) -> bool {
        let kids = self.objects.list(self.dictionary, "K").into_iter();
        kids.filter_map(|kid| self.objects.dictionary(kid))
            .any(|kid| self.objects.name(kid, "S").as_deref() == Some(kind))
    }

    /// The level of `H1` to `H6` and deeper.
    pub fn heading_level(&self) -> Option<u8> {
        self.kind.strip_prefix('H')?.parse().ok()
    }
}
