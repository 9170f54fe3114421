//! The page under construction: tags, escaped text, and which letters of which face it needs.

use std::collections::{BTreeMap, BTreeSet};

use super::change::Marks;
use super::escape;
use super::font::math;
use super::pieces::{Cut, RegionKey, push_tag};
use crate::document::{Direction, NodeId};
use crate::resolve::{Emphasis, LanguageInfo, ResolvedDocument};
use crate::style::{Family, Stylesheet, Weight};

/// What is written.
#[derive(Clone, Copy)]
pub(super) enum Form<'a> {
    /// A page in a style.
    Page(&'a Stylesheet),
    /// Bare blocks, as CommonMark's examples print them.
    Fragment,
}

/// A face that some text is set in.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Face {
    pub family: String,
    pub weight: Weight,
    pub italic: bool,
}

/// Letters, by face.
pub(super) type Letters = BTreeMap<Face, BTreeSet<char>>;

/// How paragraphs stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spacing {
    /// As paragraphs.
    Loose,
    /// In a tight list (CommonMark 5.3).
    Tight,
}

/// Whether a text stands where it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Voice {
    /// It does.
    Own,
    /// It is repeated elsewhere, within a link: no links, ids or notes of its own.
    Echo,
}

/// Whether pictures are in the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pictures {
    /// They are.
    Inside,
    /// Only what is said of them is.
    Absent,
}

/// Collects the page.
pub(super) struct Writer<'a> {
    pub doc: &'a ResolvedDocument,
    pub form: Form<'a>,
    pub spacing: Spacing,
    pub voice: Voice,
    /// Column widths used, in thousandths.
    pub widths: BTreeSet<u16>,
    pub letters: Letters,
    /// What has been said of changes.
    pub marks: Marks,
    /// Whether changes are marked.
    pub redline: bool,
    /// Whether pictures are in the page.
    pub pictures: Pictures,
    /// The language of what is being written.
    language: LanguageInfo,
    out: String,
    cuts: Vec<(usize, Cut)>,
    face: Option<Face>,
}

/// What a writer has written.
pub(super) struct Finished {
    pub html: String,
    /// Where it can be cut, by byte.
    pub cuts: Vec<(usize, Cut)>,
    pub letters: Letters,
    /// Column widths used, in thousandths.
    pub widths: BTreeSet<u16>,
}

/// A start tag.
pub(super) struct Tag {
    name: &'static str,
    attributes: Vec<(&'static str, String)>,
}

impl Tag {
    pub fn new(name: &'static str) -> Self {
        Self { name, attributes: Vec::new() }
    }

    pub fn attr(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.attributes.push((name, value.into()));
        self
    }

    /// The attribute if there is a value.
    pub fn maybe(self, name: &'static str, value: Option<impl Into<String>>) -> Self {
        match value {
            Some(value) => self.attr(name, value),
            None => self,
        }
    }

    pub fn class(self, class: impl Into<String>) -> Self {
        self.attr("class", class)
    }

    /// Its attributes, in their order.
    pub fn into_attributes(self) -> Vec<(&'static str, String)> {
        self.attributes
    }
}

/// Attributes that CommonMark's examples have.
const FRAGMENT_ATTRIBUTES: &[&str] = &["href", "src", "alt", "title", "start"];

impl<'a> Writer<'a> {
    pub fn new(doc: &'a ResolvedDocument, form: Form<'a>) -> Self {
        Self {
            doc,
            form,
            spacing: Spacing::Loose,
            voice: Voice::Own,
            widths: BTreeSet::new(),
            letters: Letters::new(),
            marks: Marks::default(),
            redline: matches!(form, Form::Page(_)) && doc.revision.is_some(),
            pictures: Pictures::Inside,
            language: doc.language.clone(),
            out: String::new(),
            cuts: Vec::new(),
            face: None,
        }
    }

    pub fn is_page(&self) -> bool {
        matches!(self.form, Form::Page(_))
    }

    /// The anchor of a node where its own text stands.
    pub fn anchor(&self, id: NodeId) -> Option<&'a str> {
        match self.voice {
            Voice::Own => self.doc.anchors.get(id).map(|anchor| anchor.as_str()),
            Voice::Echo => None,
        }
    }

    /// Adds the block that an element shows, by which a proof names it; only a redline is proved.
    pub fn keyed(&self, tag: Tag, id: NodeId) -> Tag {
        tag.maybe("data-node", self.redline.then(|| id.index().to_string()))
    }

    /// Adds a language, where there is one, and which way it runs.
    pub fn in_language(&self, tag: Tag, language: Option<&LanguageInfo>) -> Tag {
        match language {
            Some(info) => tag.attr("lang", info.tag.as_str()).attr("dir", info.direction.name()),
            None => tag,
        }
    }

    /// Words of the program, which are in the report's language whatever stands around them.
    pub fn words(&mut self, content: impl FnOnce(&mut Self)) {
        if self.language.tag == self.doc.language.tag {
            return content(self);
        }
        let report = &self.doc.language;
        let tag = self.in_language(Tag::new("span"), Some(report));
        self.with_language(Some(report), |w| w.inline(tag, content));
    }

    /// Code and numbers run from left to right, whatever stands around them.
    pub fn left_to_right(&self, tag: Tag) -> Tag {
        match self.language.direction {
            Direction::LeftToRight => tag,
            Direction::RightToLeft => tag.attr("dir", "ltr"),
        }
    }

    /// How emphasis looks in the language of what is being written.
    pub fn emphasis(&self) -> Emphasis {
        self.language.emphasis
    }

    /// Writes `content` in a language, where there is one.
    pub fn with_language(&mut self, language: Option<&LanguageInfo>, content: impl FnOnce(&mut Self)) {
        let Some(language) = language else { return content(self) };
        let outer = std::mem::replace(&mut self.language, language.clone());
        content(self);
        self.language = outer;
    }

    /// A start tag; a fragment keeps only what CommonMark prints.
    pub fn open(&mut self, tag: Tag) {
        let Tag { name, mut attributes } = tag;
        if !self.is_page() {
            attributes.retain(|(name, _)| FRAGMENT_ATTRIBUTES.contains(name));
        }
        push_tag(&mut self.out, name, &attributes);
    }

    pub fn close(&mut self, name: &str) {
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
    }

    /// An element within a line.
    pub fn inline(&mut self, tag: Tag, content: impl FnOnce(&mut Self)) {
        let name = tag.name;
        self.open(tag);
        content(self);
        self.close(name);
    }

    /// An element on lines of its own.
    pub fn block(&mut self, tag: Tag, content: impl FnOnce(&mut Self)) {
        self.line();
        self.inline(tag, content);
        self.line();
    }

    /// An element whose children stand on lines of their own.
    pub fn group(&mut self, tag: Tag, content: impl FnOnce(&mut Self)) {
        self.block(tag, |w| {
            w.line();
            content(w);
            w.line();
        });
    }

    /// Notes that the page can be cut here.
    pub fn cut(&mut self, cut: Cut) {
        self.line();
        self.cuts.push((self.out.len(), cut));
    }

    /// A region without a container, of one block at most.
    pub fn alone(&mut self, key: RegionKey, content: impl FnOnce(&mut Self)) {
        self.cut(Cut::Open(key));
        let begin = self.out.len();
        content(self);
        if self.out.len() > begin {
            self.cuts.push((begin, Cut::Block(None)));
        }
        self.cut(Cut::Close);
        self.cut(Cut::End);
    }

    /// Begins a line unless one has just begun.
    pub fn line(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with('\n') {
            self.out.push('\n');
        }
    }

    /// Text, escaped; its letters are counted to the face in force.
    pub fn text(&mut self, text: &str) {
        escape::push_text(&mut self.out, text);
        self.need(text);
    }

    /// Signs of a formula, in the font for formulas.
    pub fn sign(&mut self, text: &str) {
        escape::push_text(&mut self.out, text);
        self.need_sign(text);
    }

    /// Counts signs that a browser draws by itself, as that of a root.
    pub fn need_sign(&mut self, text: &str) {
        if self.is_page() {
            let face = Face { family: math::FAMILY.to_owned(), weight: Weight::Regular, italic: false };
            self.letters.entry(face).or_default().extend(text.chars());
        }
    }

    /// Text in a span of a class that has a role's look.
    pub fn labelled(&mut self, class: &str, role: &str, text: &str) {
        self.inline(Tag::new("span").class(class), |w| w.in_role(role, |w| w.text(text)));
    }

    /// Markup of our own that holds no text.
    pub fn raw(&mut self, markup: &str) {
        self.out.push_str(markup);
    }

    /// Counts letters that style sheets or attributes show.
    pub fn need(&mut self, text: &str) {
        if let Some(face) = &self.face {
            self.letters.entry(face.clone()).or_default().extend(text.chars());
        }
    }

    /// Sets `content` in a role's face.
    pub fn in_role(&mut self, role: &str, content: impl FnOnce(&mut Self)) {
        let face = match self.form {
            Form::Page(style) => {
                let role = style.role(role);
                let family = family(style, role.family).to_owned();
                Some(Face { family, weight: role.weight, italic: role.italic })
            }
            Form::Fragment => None,
        };
        self.with_face(face, content);
    }

    /// Sets `content` in bold.
    pub fn in_bold(&mut self, content: impl FnOnce(&mut Self)) {
        let face = self.face.clone().map(|face| Face { weight: Weight::Bold, ..face });
        self.with_face(face, content);
    }

    /// Sets `content` in italics.
    pub fn in_italic(&mut self, content: impl FnOnce(&mut Self)) {
        let face = self.face.clone().map(|face| Face { italic: true, ..face });
        self.with_face(face, content);
    }

    /// Sets `content` in the family for code, weight and slant as around it.
    pub fn in_mono(&mut self, content: impl FnOnce(&mut Self)) {
        let face = match (self.form, self.face.clone()) {
            (Form::Page(style), Some(face)) => Some(Face { family: family(style, Family::Mono).to_owned(), ..face }),
            (Form::Page(_) | Form::Fragment, face) => face,
        };
        self.with_face(face, content);
    }

    fn with_face(&mut self, face: Option<Face>, content: impl FnOnce(&mut Self)) {
        let outer = std::mem::replace(&mut self.face, face);
        content(self);
        self.face = outer;
    }

    /// Writes `content` with a list's spacing.
    pub fn with_spacing(&mut self, spacing: Spacing, content: impl FnOnce(&mut Self)) {
        let outer = std::mem::replace(&mut self.spacing, spacing);
        content(self);
        self.spacing = outer;
    }

    /// Writes `content` as an echo.
    pub fn as_echo(&mut self, content: impl FnOnce(&mut Self)) {
        let outer = std::mem::replace(&mut self.voice, Voice::Echo);
        content(self);
        self.voice = outer;
    }

    /// What has been written.
    pub fn finish(self) -> Finished {
        Finished { html: self.out, cuts: self.cuts, letters: self.letters, widths: self.widths }
    }
}

/// The name of a family.
pub(super) fn family(style: &Stylesheet, family: Family) -> &str {
    style.fonts.family(family)
}
