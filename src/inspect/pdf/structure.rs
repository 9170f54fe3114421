//! The structure tree (ISO 32000-1 14.7), walked without recursion.
//!
//! In: the catalog's `StructTreeRoot`. Out: [`Step`]s. Each element is entered once, however the file links them.

use std::collections::HashSet;

use super::element::Element;
use super::object::{Dictionary, Object, ObjectId, Objects};

/// Elements within each other.
const DEPTH: usize = 512;

/// A step of a [`Walk`].
pub(super) enum Step<'a> {
    /// An element begins.
    Enter(Element<'a>),
    /// An element ends.
    Leave,
    /// Marked content of a page.
    Content(ObjectId, i64),
    /// An annotation.
    Annotation(&'a Dictionary<'a>),
}

/// A walk through the tree.
pub(super) struct Walk<'a> {
    objects: Objects<'a>,
    seen: HashSet<ObjectId>,
    open: Vec<Open<'a>>,
}

struct Open<'a> {
    kids: std::vec::IntoIter<&'a Object<'a>>,
    page: Option<ObjectId>,
}

impl<'a> Walk<'a> {
    /// From the root; `None` where a file has no tags.
    pub fn new(objects: Objects<'a>) -> Option<Self> {
        let root = objects.child(objects.catalog()?, "StructTreeRoot")?;
        let kids = objects.list(root, "K").into_iter();
        Some(Self { objects, seen: HashSet::new(), open: vec![Open { kids, page: None }] })
    }

    /// The next step.
    pub fn step(&mut self) -> Option<Step<'a>> {
        loop {
            let open = self.open.last_mut()?;
            let Some(kid) = open.kids.next() else {
                self.open.pop();
                return if self.open.is_empty() { None } else { Some(Step::Leave) };
            };
            let page = open.page;
            if let Some(step) = self.kid(kid, page) {
                return Some(step);
            }
        }
    }

    fn kid(&mut self, kid: &'a Object<'a>, page: Option<ObjectId>) -> Option<Step<'a>> {
        if let Object::Reference(id) = kid
            && !self.seen.insert(*id)
        {
            return None;
        }
        if let Object::Integer(content) = self.objects.resolve(kid) {
            return Some(Step::Content(page?, *content));
        }
        let dictionary = self.objects.dictionary(kid)?;
        let own_page = self.objects.reference(dictionary, "Pg").or(page);
        if dictionary.is_a("MCR") {
            let content = self.objects.get(dictionary, "MCID")?.as_integer()?;
            return Some(Step::Content(own_page?, content));
        }
        if dictionary.is_a("OBJR") {
            return self.objects.child(dictionary, "Obj").map(Step::Annotation);
        }
        if self.open.len() >= DEPTH {
            return None;
        }
        let element = Element::new(self.objects, dictionary)?;
        self.open.push(Open { kids: self.objects.list(dictionary, "K").into_iter(), page: own_page });
        Some(Step::Enter(element))
    }
}
